package jsonstatdice

import (
	"errors"
	"os"

	"github.com/jsonstat-go/toolkit/cmd/internal/criteria"
	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func run(c *cli.Context) error {
	spec, err := readSpec(c)
	if err != nil {
		return err
	}
	opts := writeOptions(c, len(spec.Criteria) > 0)
	ds, err := c.OpenDataset(jsonstat.NeedHead | jsonstat.NeedStatus | jsonstat.NeedOrder)
	if err != nil {
		return err
	}
	sub, err := criteria.Apply(spec, ds)
	if err != nil {
		return err
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	if len(spec.Criteria) == 0 && ds.Cells().Info().Default != 0 && opts.Statuses == jsonstat.Sparse {
		opts.Statuses = jsonstat.AsRead // one status for all cells is as short as it can be
	}
	err = sub.Write(w, opts)
	if errors.Is(err, jsonstat.ErrLimit) {
		return cli.Usage(err, "-o and -s write what is there; --all-cells writes them all")
	}
	return err
}

// readSpec reads the criteria of the call.
func readSpec(c *cli.Context) (*dice.Spec, error) {
	spec := &dice.Spec{Labels: c.Bool("labels")}
	filter, err := criteria.Parse("filter", c.String("filter"))
	if err != nil {
		return nil, err
	}
	// Of two criteria of a dimension the old filter takes the last.
	seen := map[string]int{}
	for _, cr := range filter {
		cr.Omit = c.Bool("drop")
		if i, twice := seen[cr.Dimension]; twice {
			c.Warn("--filter has several criteria of dimension %q, the last one counts; --keep adds them up", cr.Dimension)
			spec.Criteria[i] = cr
			continue
		}
		seen[cr.Dimension] = len(spec.Criteria)
		spec.Criteria = append(spec.Criteria, cr)
	}
	if c.Bool("drop") && !c.IsSet("filter") {
		c.Warn("--drop has no effect without --filter; --omit leaves out by itself")
	}
	if name := c.String("criteria"); name != "" {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, cli.Usagef("--criteria: %v", err)
		}
		file, err := dice.ParseJSON(text)
		if err != nil {
			return nil, cli.Usagef("--criteria %s: %v", name, err)
		}
		spec.Criteria = append(spec.Criteria, file.Criteria...)
	}
	list, err := criteria.List(c)
	spec.Criteria = append(spec.Criteria, list...)
	return spec, err
}

// writeOptions chooses the forms in which the cube is written.
func writeOptions(c *cli.Context, filtered bool) *jsonstat.WriteOptions {
	forms := map[string]jsonstat.Form{"dense": jsonstat.Dense, "sparse": jsonstat.Sparse, "asread": jsonstat.AsRead}
	form := func(name, letter string) jsonstat.Form {
		switch {
		case c.IsSet(name):
			if c.String(name) != "sparse" {
				c.VoidedBy(name, letter)
			}
			return forms[c.String(name)]
		case c.Bool(letter):
			return jsonstat.Sparse
		case filtered:
			return jsonstat.Dense
		}
		return jsonstat.AsRead
	}
	return &jsonstat.WriteOptions{
		Values: form("values", "ovalue"), Statuses: form("statuses", "ostatus"),
		Explicit: true, AllCells: c.Bool("all-cells"),
	}
}
