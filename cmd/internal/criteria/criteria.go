// Package criteria is what the flags keep and omit say, of all commands that have them:
// which categories of a dataset are wanted.
package criteria

import (
	"errors"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Flags are the flags keep and omit, under a heading of the help.
func Flags(group string) []cli.Flag { return flags(group, ", as in jsonstatdice") }

// DiceFlags are the same for the command whose help explains criteria.
func DiceFlags() []cli.Flag { return flags("", "") }

func flags(group, see string) []cli.Flag {
	return []cli.Flag{
		cli.Strings{Name: "keep", Value: "CRITERIA", Complete: cli.Criteria, Group: group, Help: "only these categories, such as Region=0301/1103 or 'Tid=top(5)'" + see + "; those of a dimension add up"},
		cli.Strings{Name: "omit", Value: "CRITERIA", Complete: cli.Criteria, Group: group, Help: "leave these categories out"},
	}
}

// List are the criteria of the flags keep and omit. One that cannot be read is an error of
// the call.
func List(c *cli.Context) ([]dice.Criterion, error) {
	var all []dice.Criterion
	for _, flag := range []string{"keep", "omit"} {
		for _, text := range c.Strings(flag) {
			if text == "" {
				return nil, cli.Usagef("--%s is empty: a criterion is dimension=category/category", flag)
			}
			list, err := Parse(flag, text)
			if err != nil {
				return nil, err
			}
			for _, cr := range list {
				cr.Omit = flag == "omit"
				all = append(all, cr)
			}
		}
	}
	return all, nil
}

// Parse reads the criteria that a flag gives.
func Parse(flag, text string) ([]dice.Criterion, error) {
	spec, err := dice.Parse(text)
	if err != nil {
		return nil, cli.Usagef("--%s: %v", flag, err)
	}
	return spec.Criteria, nil
}

// Apply is the part of a dataset that a spec keeps. What it does not find is an error of
// the call.
func Apply(spec *dice.Spec, ds *jsonstat.Dataset) (*jsonstat.Dataset, error) {
	sub, err := spec.Apply(ds)
	if err != nil && !errors.Is(err, jsonstat.ErrUnknown) { // which says what there is
		err = cli.Usage(err)
	}
	return sub, err
}

// A Cut is what a call keeps of a dataset.
type Cut struct {
	spec dice.Spec
}

// Read reads the flags. Call it before anything is opened.
func Read(c *cli.Context) (*Cut, error) {
	list, err := List(c)
	if err != nil {
		return nil, err
	}
	return &Cut{dice.Spec{Criteria: list}}, nil
}

// All tells whether no criteria are given.
func (k *Cut) All() bool { return len(k.spec.Criteria) == 0 }

// Need is what must be known of a dataset before it is cut, with what its consumer needs.
// Without criteria it is that alone: what flows from a pipe flows on.
func (k *Cut) Need(need jsonstat.Need) jsonstat.Need {
	if !k.All() {
		need |= jsonstat.NeedHead | jsonstat.NeedOrder
	}
	return need
}

// Of is the part of a dataset that is kept.
func (k *Cut) Of(ds *jsonstat.Dataset) (*jsonstat.Dataset, error) {
	if k.All() {
		return ds, nil
	}
	return Apply(&k.spec, ds)
}

// Settled is the part of a dataset that is kept as it would be in a document of its own,
// see [dice.Settle]: for what carries the head or the list of statuses along.
func (k *Cut) Settled(ds *jsonstat.Dataset) (*jsonstat.Dataset, error) {
	sub, err := k.Of(ds)
	if err != nil || k.All() {
		return sub, err
	}
	return dice.Settle(sub)
}

// Open opens the dataset that a call names, see [cli.Context.OpenDataset], and is the part
// that is kept.
func (k *Cut) Open(c *cli.Context, need jsonstat.Need) (*jsonstat.Dataset, error) {
	ds, err := c.OpenDataset(k.Need(need))
	if err != nil {
		return nil, err
	}
	return k.Of(ds)
}

// OpenSettled is Open for what takes a dataset as [Cut.Settled] makes it.
func (k *Cut) OpenSettled(c *cli.Context, need jsonstat.Need) (*jsonstat.Dataset, error) {
	ds, err := c.OpenDataset(k.Need(need))
	if err != nil {
		return nil, err
	}
	return k.Settled(ds)
}
