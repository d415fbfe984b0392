// Jsonstat2arrobj turns a JSON-stat dataset into a JSON array of objects, or NDJSON.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2arrobj"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(jsonstat2arrobj.Command()) }
