// Jsonstat2xlsx turns a JSON-stat dataset into an Excel workbook.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2xlsx"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(jsonstat2xlsx.Command()) }
