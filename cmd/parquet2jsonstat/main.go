// Parquet2jsonstat turns an Apache Parquet file into a JSON-stat dataset.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/parquet2jsonstat"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(parquet2jsonstat.Command()) }
