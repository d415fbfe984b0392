// Jsonstat2csv turns a JSON-stat dataset into CSV or CSV-stat.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2csv"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(jsonstat2csv.Command()) }
