// Arrow2jsonstat turns an Apache Arrow table into a JSON-stat dataset.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/arrow2jsonstat"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(arrow2jsonstat.Command()) }
