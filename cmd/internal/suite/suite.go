// Package suite is the list of all commands. It links every format, so that only
// tests, and a program that holds all commands, import it.
package suite

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/arrow2jsonstat"
	"github.com/jsonstat-go/toolkit/cmd/internal/csv2jsonstat"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2array"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2arrobj"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2arrow"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2csv"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2jsonstat"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2objarr"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2object"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2parquet"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2xlsx"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstatdice"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstatslice"
	"github.com/jsonstat-go/toolkit/cmd/internal/parquet2jsonstat"
	"github.com/jsonstat-go/toolkit/cmd/internal/pxfetch"
	"github.com/jsonstat-go/toolkit/cmd/internal/sdmx2jsonstat"
	"github.com/jsonstat-go/toolkit/cmd/internal/xlsx2jsonstat"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Commands are the tables of all commands, by name.
func Commands() []cli.Command {
	return []cli.Command{
		arrow2jsonstat.Command(),
		csv2jsonstat.Command(),
		jsonstat2array.Command(),
		jsonstat2arrobj.Command(),
		jsonstat2arrow.Command(),
		jsonstat2csv.Command(),
		jsonstat2jsonstat.Command(),
		jsonstat2objarr.Command(),
		jsonstat2object.Command(),
		jsonstat2parquet.Command(),
		jsonstat2xlsx.Command(),
		jsonstatdice.Command(),
		jsonstatslice.Command(),
		parquet2jsonstat.Command(),
		pxfetch.Command(),
		sdmx2jsonstat.Command(),
		xlsx2jsonstat.Command(),
	}
}
