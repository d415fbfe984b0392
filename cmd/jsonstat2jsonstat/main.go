// Jsonstat2jsonstat writes a JSON-stat dataset again, as version 2.0.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2jsonstat"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(jsonstat2jsonstat.Command()) }
