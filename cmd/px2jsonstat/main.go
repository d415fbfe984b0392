// Px2jsonstat turns a PX file into JSON-stat.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/px2jsonstat"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(px2jsonstat.Command()) }
