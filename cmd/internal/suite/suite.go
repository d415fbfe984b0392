// Package suite is the list of all commands. It links every format, so that only
// tests, and a program that holds all commands, import it.
package suite

import (
	"slices"
	"sync"

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
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2px"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstat2xlsx"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstatdice"
	"github.com/jsonstat-go/toolkit/cmd/internal/jsonstatslice"
	"github.com/jsonstat-go/toolkit/cmd/internal/parquet2jsonstat"
	"github.com/jsonstat-go/toolkit/cmd/internal/px2jsonstat"
	"github.com/jsonstat-go/toolkit/cmd/internal/pxfetch"
	"github.com/jsonstat-go/toolkit/cmd/internal/sdmx2jsonstat"
	"github.com/jsonstat-go/toolkit/cmd/internal/xlsx2jsonstat"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Commands are the tables of all commands, by name. Each has the short name that it has
// as a command of jsonstat.
func Commands() []cli.Command { return slices.Clone(commands()) }

// commands are those of Commands, made once: nothing in this package changes them.
var commands = sync.OnceValue(func() []cli.Command {
	short := func(cmd cli.Command, name string) cli.Command {
		cmd.Short = name
		return cmd
	}
	return []cli.Command{
		short(arrow2jsonstat.Command(), "from-arrow"),
		short(csv2jsonstat.Command(), "from-csv"),
		short(jsonstat2array.Command(), "array"),
		short(jsonstat2arrobj.Command(), "arrobj"),
		short(jsonstat2arrow.Command(), "arrow"),
		short(jsonstat2csv.Command(), "csv"),
		short(jsonstat2jsonstat.Command(), "jsonstat"),
		short(jsonstat2objarr.Command(), "objarr"),
		short(jsonstat2object.Command(), "object"),
		short(jsonstat2parquet.Command(), "parquet"),
		short(jsonstat2px.Command(), "px"),
		short(jsonstat2xlsx.Command(), "xlsx"),
		short(jsonstatdice.Command(), "dice"),
		short(jsonstatslice.Command(), "slice"),
		short(parquet2jsonstat.Command(), "from-parquet"),
		short(px2jsonstat.Command(), "from-px"),
		short(pxfetch.Command(), "fetch"),
		short(sdmx2jsonstat.Command(), "from-sdmx"),
		short(xlsx2jsonstat.Command(), "from-xlsx"),
	}
})
