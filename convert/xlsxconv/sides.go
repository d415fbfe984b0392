package xlsxconv

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/pxext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// SidesError tells why Stub and Heading of [Options] make no table: they leave dimensions out,
// or name one twice, or nothing stands across.
type SidesError struct {
	Missing []string // ids of dimensions of more than one category that neither names
	Twice   string   // id of a dimension that has two places
}

// Error names the dimensions.
func (e *SidesError) Error() string {
	switch {
	case len(e.Missing) == 1:
		return fmt.Sprintf("dimension %q is on neither side of the table", e.Missing[0])
	case len(e.Missing) > 1:
		var names []string
		for _, id := range e.Missing {
			names = append(names, fmt.Sprintf("%q", id))
		}
		return fmt.Sprintf("dimensions %s are on neither side of the table", strings.Join(names, ", "))
	case e.Twice != "":
		return fmt.Sprintf("dimension %q has two places in the table", e.Twice)
	}
	return "all dimensions are down the side of the table, and none across"
}

// sides are the two sides of a table.
type sides struct {
	stub, heading []string // ids of dimensions, the outermost first
	dropped       []string // those that are on neither
}

// sidesOf are the sides that Stub and Heading say.
func sidesOf(ds *jsonstat.Dataset, o *Options, px pxext.Table) (sides, error) {
	if len(o.By) > 0 {
		return sides{}, errors.New("the dimensions across the table are named twice, by By and by Heading")
	}
	named := map[string]bool{}
	for _, id := range slices.Concat(o.Stub, o.Heading) {
		if _, _, err := ds.FindDimension(id); err != nil {
			return sides{}, err
		}
		if named[id] {
			return sides{}, &SidesError{Twice: id}
		}
		named[id] = true
	}
	var single, several []string // not named, of one category and of more
	for _, d := range ds.Dimensions() {
		switch {
		case named[d.ID()]:
		case d.Len() == 1:
			single = append(single, d.ID())
		default:
			several = append(several, d.ID())
		}
	}
	switch {
	case len(o.Stub) > 0 && len(o.Heading) > 0:
		if len(several) > 0 {
			return sides{}, &SidesError{Missing: several}
		}
		return sides{o.Stub, o.Heading, single}, nil
	case len(o.Heading) > 0:
		return sides{stub: inOrder(ds, px.Stub, slices.Concat(single, several)), heading: o.Heading}, nil
	case len(several)+len(single) == 0:
		return sides{}, &SidesError{}
	case len(several) > 0 && o.DropConstant:
		return sides{stub: o.Stub, heading: inOrder(ds, px.Heading, several)}, nil
	}
	return sides{stub: o.Stub, heading: inOrder(ds, px.Heading, slices.Concat(single, several))}, nil
}

// inOrder puts dimensions in the order in which the document has them on a side of the
// table, and those that it does not have there behind them in its own.
func inOrder(ds *jsonstat.Dataset, side, ids []string) []string {
	place := func(id string) int {
		if i := slices.Index(side, id); i >= 0 {
			return i
		}
		i, _, _ := ds.FindDimension(id)
		return len(side) + i
	}
	slices.SortFunc(ids, func(a, b string) int { return place(a) - place(b) })
	return ids
}
