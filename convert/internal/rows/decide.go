package rows

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A decider says what the columns of a table are, by the rules that stand in docs. It
// goes from what is sure to what is likely:
//
//  1. what the user said (user);
//  2. what names say (names.go);
//  3. which columns are of figures (figures.go);
//  4. the last column is the value, all others are dimensions;
//  5. what would then be lost, distorted or multiplied (checks.go).
//
// Evidence never removes or re-reads a column by itself: next month's file must give
// the same cube, or an error. So steps 3 and 5 end in errors, which propose a choice.
type decider struct {
	*table
	o      *Options
	choice Choice

	values, dims []*column // that the user named, in this order
	by           bool      // the columns that are left are categories
	free         []*column // undecided after names
	decided      []*column // dimensions by then
	key          int       // how many of the free columns tell the rows apart, -1: none do; see keyOf
	keyed        bool      // key is known
	trying       bool      // a proposal is being tried
	warnings     []string
}

func (d *decider) warn(format string, args ...any) {
	d.warnings = append(d.warnings, fmt.Sprintf(format, args...))
}

// put says what a column is.
func put(c *column, part Part, why Reason) { c.part, c.why = part, why }

// of are the columns of a part.
func (d *decider) of(part Part) []*column {
	return d.having(func(c *column) bool { return c.part == part })
}

func (d *decider) having(is func(c *column) bool) []*column {
	var list []*column
	for _, c := range d.columns {
		if is(c) {
			list = append(list, c)
		}
	}
	return list
}

// undecided tells that a table needs a word.
func undecided(columns []*column, propose Choice, format string, args ...any) *Error {
	e := &Error{Msg: fmt.Sprintf(format, args...), Err: ErrUndecided}
	e.propose(propose)
	for _, c := range columns {
		e.Columns = append(e.Columns, c.name())
	}
	return e
}

// list names columns in a message.
func list(columns []*column) string {
	var texts []string
	for i, c := range columns {
		if i == 12 {
			texts = append(texts, fmt.Sprintf("and %d more", len(columns)-i))
			break
		}
		texts = append(texts, brief(c.name()))
	}
	return strings.Join(texts, ", ")
}

// decide says what all columns are.
func (d *decider) decide() error {
	for _, c := range d.columns {
		c.part, c.why, c.of = Undecided, Nobody, -1
	}
	d.format()
	if err := d.user(); err != nil {
		return err
	}
	if err := d.nameParts(); err != nil {
		return err
	}
	if len(d.choice.By) > 0 {
		if err := d.wide(); err != nil {
			return err
		}
	}
	if len(d.values) > 0 && len(d.dims) > 0 {
		left := d.of(Undecided)
		for _, c := range left {
			put(c, LeftOut, ByUser)
		}
		if len(left) > 0 {
			d.warn("left out: %s", list(left))
		}
	}
	d.free, d.decided = d.of(Undecided), d.of(Dimension)
	if err := d.lookLikeData(); err != nil {
		return err
	}
	if !d.by && !(len(d.values) > 0 && len(d.dims) > 0) {
		decide := d.figures
		if d.o.Head != nil {
			decide = d.lastOfHead
		}
		if err := decide(); err != nil {
			return err
		}
	}
	for _, c := range d.of(Undecided) {
		put(c, Dimension, ByRule)
	}
	return d.check()
}

// format takes what the file itself says of its columns; a last column without a name
// and without content is none.
func (d *decider) format() {
	for _, c := range d.columns {
		if c.Role != Undecided {
			put(c, c.Role, ByFormat)
			c.of = slices.IndexFunc(d.columns, func(o *column) bool { return c.Of != "" && o.Name == c.Of })
		}
	}
	if d.o.Head != nil {
		for _, c := range d.columns {
			if c.part == Undecided && d.inHead(c.Name) {
				put(c, Dimension, ByHead)
			}
		}
	}
	for i := len(d.columns) - 1; i >= 0; i-- {
		c := d.columns[i]
		if c.Name != "" || c.figures > 0 || c.texts > 0 || c.part != Undecided || i == 0 {
			break
		}
		put(c, LeftOut, ByFormat)
	}
}

// inHead tells whether the head has a dimension of that id or label.
func (d *decider) inHead(name string) bool {
	return name != "" && slices.ContainsFunc(d.o.Head.Dimensions(), func(h *jsonstat.Dimension) bool { return h.ID() == name || h.Label() == name })
}

// lastOfHead takes the last column that is no dimension of the head for the values.
func (d *decider) lastOfHead() error {
	if len(d.of(Value)) > 0 {
		return nil
	}
	if len(d.free) == 0 {
		return undecided(nil, Choice{}, "no column is left for the values")
	}
	put(d.free[len(d.free)-1], Value, ByRule)
	return nil
}

// user takes what the options say.
func (d *decider) user() error {
	twice := func(c *column, part Part) error {
		if c.why == ByUser && c.part != part {
			return &Error{Msg: fmt.Sprintf("column %q cannot be both %s and %s", c.name(), c.part, part), Err: ErrColumn}
		}
		return nil
	}
	take := func(names []string, part Part) ([]*column, error) {
		columns, err := d.all(names)
		if err != nil {
			return nil, err
		}
		for _, c := range columns {
			if err := twice(c, part); err != nil {
				return nil, err
			}
			put(c, part, ByUser)
		}
		return columns, nil
	}
	if _, err := take(d.choice.Ignore, LeftOut); err != nil {
		return err
	}
	var err error
	if d.values, err = take(d.choice.Values, Value); err != nil {
		return err
	}
	if d.dims, err = take(d.choice.Dimensions, Dimension); err != nil {
		return err
	}
	for _, l := range d.choice.Labels {
		id, err := d.find(l[0])
		if err != nil {
			return err
		}
		labels, err := d.find(l[1])
		if err != nil {
			return err
		}
		if err := twice(labels, Labels); err != nil {
			return err
		}
		if id == labels {
			return &Error{Msg: fmt.Sprintf("column %q cannot hold its own labels", id.name()), Err: ErrColumn}
		}
		put(labels, Labels, ByUser)
		labels.of = id.at
		if id.part == Undecided || id.part == Dimension && id.why == ByFormat {
			put(id, Dimension, ByUser)
		}
	}
	if d.choice.Status != "" {
		if _, err := take([]string{d.choice.Status}, Status); err != nil {
			return err
		}
	}
	return nil
}

// wide takes the columns that are neither stub nor anything else for categories of the
// dimensions of the headings.
func (d *decider) wide() error {
	stub, err := d.all(d.choice.Stub)
	if err != nil {
		return err
	}
	why := ByUser
	left := d.having(func(c *column) bool {
		return c.part == Undecided && (c.Name != "" || c.figures+c.texts > 0)
	})
	if len(left) == 0 {
		return &Error{Msg: "no column is left to be a category of " + strings.Join(d.choice.By, ", "), Err: ErrColumn}
	}
	switch {
	case len(stub) > 0:
	case d.o.Head != nil:
		if stub, err = d.stubOfHead(left); err != nil {
			return err
		}
		why = ByHead
	default:
		last := left[len(left)-1]
		k := slices.IndexFunc(left, func(c *column) bool { return oneKind(c.Name, last.Name) })
		if k < 0 {
			k = len(left) - 1
		}
		stub, why = left[:k], ByRule
	}
	for _, c := range stub {
		if c.part == Undecided || c.part == Dimension {
			put(c, Dimension, why)
		}
	}
	d.by = true
	for _, c := range left {
		if c.part == Undecided {
			put(c, Value, ByUser)
		}
	}
	if len(d.of(Value)) == 0 {
		return &Error{Msg: "no column is left to be a category of " + strings.Join(d.choice.By, ", "), Err: ErrColumn}
	}
	if len(d.choice.Stub) > 0 {
		d.dims = nil
		for _, c := range stub {
			if c.part == Dimension {
				d.dims = append(d.dims, c)
			}
		}
	}
	return nil
}

// lookLikeData finds a table whose first row is no header: every column of numbers has
// a number for its header, and no period.
func (d *decider) lookLikeData() error {
	if !d.headed || d.choice.Header != "" || d.by || len(d.values) > 0 {
		return nil
	}
	numbers := d.having(func(c *column) bool { return c.part != LeftOut && c.numeric() && !c.time })
	if len(numbers) == 0 {
		return nil
	}
	for _, c := range numbers {
		if isPeriod(c.Name) || !looksNumber(c.Name) {
			return nil
		}
	}
	return undecided(numbers, Choice{Header: "0"}, "the first row, with %q, looks like data: the table has no header", numbers[len(numbers)-1].Name)
}

// looksNumber tells whether a header is a number.
func looksNumber(header string) bool {
	h := strings.TrimPrefix(strings.TrimSpace(header), "-")
	return h != "" && strings.Trim(h, "0123456789.,") == "" && hasDigit.MatchString(h)
}

// figure tells whether a column of numbers may hold figures: not the years of a column
// of time, nor a first column whose numbers only rise. A rank is one wherever it
// stands.
func (d *decider) figure(c *column) bool {
	if !c.numeric() {
		return false
	}
	if isRank(c) {
		return true
	}
	first := len(d.free) > 0 && c.at == d.free[0].at
	return !(c.years && c.time) && !(first && (c.counting || c.rising))
}

// keyOf finds the shortest run of undecided columns from the left that tells all rows
// apart, decided dimensions first. It is -1 if all of them do not.
func (d *decider) keyOf() (int, error) {
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
func (d *decider) sizeOf(c *column) (int, error) {
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
