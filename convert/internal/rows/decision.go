package rows

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
)

// A decision is what is known so far of the columns of a table: the decider goes from
// rules to rules with it, each kind of which is a type of its own.
type decision struct {
	*table
	o      *Options
	choice Choice
	names  map[string][]string // what columns are called, as the head says, see [NamesMember]

	saidValues []*column // that the user named, in this order
	saidDims   []*column // the same, of dimensions
	by         bool      // the columns that are left are categories
	free       []*column // undecided after names
	decided    []*column // dimensions by then
	key        int       // how many of the free columns tell the rows apart, -1: none do; see keyOf
	keyed      bool      // key is known
	trying     bool      // a proposal is being tried

	// try decides the table with a choice on top of the user's: the decider does.
	try func(propose Choice) error

	described map[string]map[string]json.RawMessage // dimensions that the description has, by id
	owners    map[Part]map[int]*column              // see owned
	weak      *column                               // a status column that could well be something else; nil for none
	warnings  []doubt
}

// doubt is a warning, and the options that would say otherwise.
type doubt struct {
	msg     string
	options []string
}

func (d *decision) warn(options []string, format string, args ...any) {
	d.warnings = append(d.warnings, doubt{fmt.Sprintf(format, args...), options})
}

// inOrder goes through rules up to the first error.
func inOrder(rules ...func() error) error {
	for _, rule := range rules {
		if err := rule(); err != nil {
			return err
		}
	}
	return nil
}

// put says what a column is.
func put(c *column, part Part, why Reason) { c.part, c.why = part, why }

// of are the columns of a part.
func (d *decision) of(part Part) []*column {
	return d.having(func(c *column) bool { return c.part == part })
}

func (d *decision) having(is func(c *column) bool) []*column {
	var list []*column
	for _, c := range d.columns {
		if is(c) {
			list = append(list, c)
		}
	}
	return list
}

// owned are the columns of a part that belong to another one, by the number of that
// one; of several the first. It is known once all is decided.
func (d *decision) owned(part Part) map[int]*column {
	if d.owners == nil {
		d.owners = map[Part]map[int]*column{}
	}
	if d.owners[part] == nil {
		d.owners[part] = map[int]*column{}
		for _, c := range slices.Backward(d.of(part)) {
			if c.of >= 0 {
				d.owners[part][c.of] = c
			}
		}
	}
	return d.owners[part]
}

// dimensions are the columns that are dimensions, those that the user named first, in
// that order.
func (d *decision) dimensions() []*column {
	dims := slices.DeleteFunc(slices.Clone(d.saidDims), func(c *column) bool { return c.part != Dimension })
	given := make(map[*column]bool, len(dims))
	for _, c := range dims {
		given[c] = true
	}
	for _, c := range d.of(Dimension) {
		if !given[c] {
			dims = append(dims, c)
		}
	}
	return dims
}

// hasNames tells whether any column has a name.
func (d *decision) hasNames() bool {
	return slices.ContainsFunc(d.columns, func(c *column) bool { return c.Name != "" })
}

// keyOf finds the shortest run of undecided columns from the left that tells all rows
// apart, decided dimensions first. It is -1 if all of them do not.
func (d *decision) keyOf() (int, error) {
	if d.keyed {
		return d.key, nil
	}
	d.keyed, d.key = true, -1
	keys, order := d.decided, d.free
	ok, err := d.unique(slices.Concat(keys, order))
	if err != nil || !ok {
		return -1, err
	}
	low, high := 0, len(order)
	for low < high {
		mid := (low + high) / 2
		if ok, err = d.unique(slices.Concat(keys, order[:mid])); err != nil {
			return -1, err
		}
		if ok {
			high = mid
		} else {
			low = mid + 1
		}
	}
	d.key = low
	return low, nil
}

// sizeOf is the size of a column, exactly: one that is raw is numbered first.
func (d *decision) sizeOf(c *column) (int, error) {
	err := d.number(c)
	return c.size, err
}

// cells is how many cells a cube of some dimensions has.
func cells(dims []*column, values int) int64 {
	n := box(dims) * float64(max(1, values))
	if n >= math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(n)
}

// undecided tells that a table needs a word.
func undecided(columns []*column, propose Choice, format string, args ...any) *Error {
	e := &Error{Msg: fmt.Sprintf(format, args...), Columns: called(columns), Err: ErrUndecided}
	e.propose(propose)
	return e
}

// noPart leaves out a column that came to a table later than its head.
func (d *decision) noPart(c *column) {
	put(c, LeftOut, ByFormat)
	d.warn(nil, "column %q is no part of the cube that the table came from: it is left out", c.name())
}

// proposed tries what an error proposes on the table itself. What it would lead to is
// joined with it, as long as that is another proposal; one that leads to a call that
// makes no sense is not made.
func (d *decision) proposed(e *Error) error {
	propose := e.choice()
	if d.trying || propose.empty() {
		return e
	}
	for range 4 {
		err := d.try(propose)
		if err == nil {
			break
		}
		var next *Error
		if errors.As(err, &next) && next.Propose != nil {
			if more := next.choice(); more.Header != "" {
				propose = more
			} else {
				propose = propose.merge(more)
			}
			continue
		}
		if errors.Is(err, ErrWidth) { // no choice of columns mends that
			return err
		}
		if errors.Is(err, ErrColumn) || errors.Is(err, ErrTwice) {
			propose = Choice{}
		}
		break
	}
	e.propose(propose)
	return e
}

// kept is what names all dimensions, so that none is asked about any more; nil if that
// is no way either.
func (d *decision) kept(dims []*column) []string {
	keep := Choice{Dimensions: names(dims)}
	if d.trying || box(dims) >= math.MaxInt64 || d.try(keep) != nil {
		return nil
	}
	return keep.Dimensions
}
