// Jsonstat2arrow turns a JSON-stat dataset into an Apache Arrow table.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2arrow"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(jsonstat2arrow.Command()) }
