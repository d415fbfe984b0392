// Jsonstatdice keeps some categories of a JSON-stat dataset.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstatdice"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(jsonstatdice.Command()) }
