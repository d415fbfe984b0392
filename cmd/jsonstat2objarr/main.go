// Jsonstat2objarr turns a JSON-stat dataset into a JSON object of arrays.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2objarr"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(jsonstat2objarr.Command()) }
