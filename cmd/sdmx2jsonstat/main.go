// Sdmx2jsonstat turns an SDMX-JSON or SDMX-CSV data message into JSON-stat.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/sdmx2jsonstat"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() { cli.Main(sdmx2jsonstat.Command()) }
