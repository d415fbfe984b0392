// Jsonstat2parquet turns a JSON-stat dataset into an Apache Parquet file.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2parquet"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(jsonstat2parquet.Command()) }
