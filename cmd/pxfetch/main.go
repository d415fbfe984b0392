// Pxfetch gets tables from PxWeb servers as JSON-stat.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/pxfetch"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(pxfetch.Command()) }
