// Csv2jsonstat turns a CSV or CSV-stat table into a JSON-stat dataset.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/csv2jsonstat"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(csv2jsonstat.Command()) }
