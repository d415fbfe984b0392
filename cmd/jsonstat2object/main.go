// Jsonstat2object turns a JSON-stat dataset into a Google DataTable.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2object"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(jsonstat2object.Command()) }
