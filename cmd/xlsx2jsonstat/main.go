// Xlsx2jsonstat turns an Excel workbook into a JSON-stat dataset.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/xlsx2jsonstat"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(xlsx2jsonstat.Command()) }
