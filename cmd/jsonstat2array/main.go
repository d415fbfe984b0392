// Jsonstat2array turns a JSON-stat dataset into a JSON array of arrays.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2array"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(jsonstat2array.Command()) }
