// Package slice is what jsonstatslice and jsonstat2jsonstat have in common,
// which is everything but their names: they were always one script.
package slice

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/criteria"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Command completes the table of one of them.
func Command(cmd cli.Command) cli.Command {
	cmd.Args, cmd.Formats, cmd.ReadsJSONStat = cli.InputOutput, formats.Registry{}, true
	cmd.Flags = slices.Concat([]cli.Flag{
		cli.String{Name: "filter", Short: 'f', Value: "DIM=CAT,...", Complete: cli.Pairs, Help: "keep one category of each of these dimensions"},
	}, criteria.Flags(""), []cli.Flag{
		cli.Bool{Name: "modify", Short: 'm', Help: "write values and statuses as arrays, or as --ovalue and --ostatus say"},
		cli.Bool{Name: "ovalue", Short: 'o', Help: "with --modify: values as an object without the missing ones"},
		cli.Bool{Name: "ostatus", Short: 's', Help: "with --modify: statuses as an object"},
		cli.Bool{Name: "all-cells", Help: "write a sparse cube of more than 100 million cells in full"},
	})
	if cmd.Run == nil {
		cmd.Run = Run
	}
	return cmd
}

// Run reads a dataset, slices it if that is asked for, and writes it.
func Run(c *cli.Context) error {
	pairs, err := filter(c.String("filter"))
	if err != nil {
		return err
	}
	cut, err := criteria.Read(c)
	if err != nil {
		return err
	}
	opts := &jsonstat.WriteOptions{Explicit: true, AllCells: c.Bool("all-cells")}
	whole := len(pairs) == 0 && cut.All()
	if !whole {
		opts.Values, opts.Statuses = jsonstat.Dense, jsonstat.Dense
	}
	switch {
	case c.Bool("modify"):
		opts.Values, opts.Statuses = form(c.Bool("ovalue")), form(c.Bool("ostatus"))
	case c.Bool("ovalue"), c.Bool("ostatus"):
		c.Warn("--ovalue and --ostatus have no effect without --modify")
	}
	ds, err := cut.Open(c, jsonstat.NeedHead|jsonstat.NeedStatus|jsonstat.NeedOrder)
	if err != nil {
		return err
	}
	sub, err := dice.Slice(ds, pairs...)
	if err != nil {
		return err
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	if whole && ds.Cells().Info().Default != 0 {
		opts.Statuses = jsonstat.AsRead // one status for all cells is as short as it can be
	}
	err = sub.Write(w, opts)
	if errors.Is(err, jsonstat.ErrLimit) {
		return cli.Usage(err, "-mos writes what is there; --all-cells writes them all")
	}
	return err
}

func form(sparse bool) jsonstat.Form {
	if sparse {
		return jsonstat.Sparse
	}
	return jsonstat.Dense
}

// filter reads dimension=category pairs. A slash means nothing in them. As in
// the tools that these replace, of two for a dimension the last counts.
func filter(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	var pairs []string
	at := map[string]int{}
	for _, part := range strings.Split(text, ",") {
		dim, category, ok := strings.Cut(part, "=")
		if !ok {
			return nil, cli.Usage(fmt.Errorf("--filter: %q has no equals sign: it is dimension=category", part), "jsonstatdice --keep takes names with commas, in quotes")
		}
		if i, twice := at[dim]; twice {
			pairs[i] = category
			continue
		}
		at[dim] = len(pairs) + 1
		pairs = append(pairs, dim, category)
	}
	return pairs, nil
}
