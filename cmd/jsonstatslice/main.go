// Jsonstatslice keeps one category of some dimensions of a JSON-stat dataset.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstatslice"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(jsonstatslice.Command()) }
