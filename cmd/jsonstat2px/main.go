// Jsonstat2px turns a JSON-stat dataset into a PX file.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2px"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(jsonstat2px.Command()) }
