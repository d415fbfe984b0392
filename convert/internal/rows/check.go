package rows

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// check looks at what the decision would lose, distort or multiply.
func (d *decider) check() error {
	dims, values := d.dimensions(), d.of(Value)
	if err := d.statuses(dims); err != nil {
		return err
	}
	if err := d.texts(values); err != nil {
		return err
	}
	var said []error // what is wrong, and more telling than that two rows are alike
	if len(d.dims) == 0 {
		if err := d.repeated(dims, values); err != nil {
			said = append(said, err)
		}
	}
	if err := d.multiplied(dims, values); err != nil {
		said = append(said, err)
	}
	if len(said) == 0 {
		return nil
	}
	// Two rows for one cell are the first thing to say: no choice of columns that are
	// left out would mend that.
	ok, err := d.unique(dims)
	if err != nil {
		return err
	}
	if !ok {
		return d.twice(dims)
	}
	return said[0]
}

// dimensions are the columns that are dimensions, those that the user named first, in
// that order.
func (d *decider) dimensions() []*column {
	dims := slices.DeleteFunc(slices.Clone(d.dims), func(c *column) bool { return c.part != Dimension })
	for _, c := range d.of(Dimension) {
		if !slices.Contains(dims, c) {
			dims = append(dims, c)
		}
	}
	return dims
}

// statuses finds columns that are called as statuses are, and without which the rows
// are not unique: they may be dimensions.
func (d *decider) statuses(dims []*column) error {
	statuses := d.having(func(c *column) bool { return c.part == Status && c.why == ByName && c.of < 0 })
	if len(statuses) == 0 {
		return nil
	}
	ok, err := d.unique(dims)
	if err != nil || ok {
		return err
	}
	if ok, err = d.unique(slices.Concat(dims, statuses)); err != nil || !ok {
		return err
	}
	e := undecided(statuses, Choice{Dimensions: names(slices.Concat(dims, statuses))}, "%s could hold statuses or be a dimension: the rows are not unique without", list(statuses))
	e.Also = []string{"Status"}
	return e
}

// texts finds cells of value columns that are neither a number nor nothing.
func (d *decider) texts(values []*column) error {
	if d.o.Texts || d.typed {
		return nil
	}
	total := int64(0)
	var first *column
	for _, c := range values {
		total += c.texts
		if c.texts > 0 && first == nil {
			first = c
		}
	}
	if total == 0 {
		return nil
	}
	row, c, text, err := d.firstText(values)
	if err != nil {
		return err
	}
	place, err := d.where(row, c.at)
	if err != nil {
		return err
	}
	e := undecided([]*column{c}, Choice{}, "%s: %q is no number", brief(c.name()), brief(text))
	e.at(place).Err = ErrText
	if total > 1 {
		e.Msg += fmt.Sprintf("; nor are %d more cells", total-1)
	}
	if currency(text) {
		e.Msg += ": it has a sign of a currency"
	}
	e.Also = []string{"Texts", "NA"}
	if header, err := d.secondHeader(values, total); err != nil {
		return err
	} else if header != "" {
		e.propose(Choice{Header: header})
		e.Also = nil
		return d.proposed(e)
	}
	return e
}

// firstText is the first cell of some columns that is a text.
func (d *decider) firstText(columns []*column) (row int64, c *column, text string, err error) {
	row = math.MaxInt64
	for _, k := range columns {
		if k.texts == 0 {
			continue
		}
		at, t, err := d.textOf(k)
		if err != nil {
			return 0, nil, "", err
		}
		if at < row {
			row, c, text = at, k, t
		}
	}
	return row, c, text, nil
}

// textOf is the first cell of a column that is a text.
func (t *table) textOf(c *column) (row int64, text string, err error) {
	row = math.MaxInt64
	err = t.cells([]*column{c}, func(first int64, i int, cells [][]cell) (bool, error) {
		for k := range cells[0] {
			if l, _ := t.numbers.look(cells[0][k].text, cells[0][k].kind); l == textual {
				row, text = first+int64(k), string(cells[0][k].text)
				return false, nil
			}
		}
		return true, nil
	})
	return row, text, err
}

// secondHeader finds that all texts among the figures stand in the first row: it is a
// second row of the header.
func (d *decider) secondHeader(values []*column, total int64) (string, error) {
	if !d.headed || d.choice.Header != "" || total < 2 || d.n < 2 {
		return "", nil
	}
	for _, c := range values {
		if c.texts > 1 {
			return "", nil
		}
		if c.texts == 1 {
			if row, _, err := d.textOf(c); err != nil || row != 0 {
				return "", err
			}
		}
	}
	g, ok := d.src.(interface{ HeaderRow() int64 })
	if !ok {
		return "", nil
	}
	return fmt.Sprintf("%d-%d", g.HeaderRow(), g.HeaderRow()+1), nil
}

// currency tells whether a text has the sign of a currency.
func currency(text string) bool { return strings.ContainsAny(text, "$€£¥₽₹₩¢") }

// repeated finds columns that say nothing that others do not say.
func (d *decider) repeated(dims, values []*column) error {
	all, err := d.repeats(dims)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(r repeat) bool { return settled(r.column) && settled(r.of) })
	var gone []*column
	for _, r := range all {
		gone = append(gone, r.column)
	}
	var late []*column
	if len(values) == 1 && !d.by {
		rest := slices.DeleteFunc(slices.Clone(dims), func(c *column) bool { return slices.Contains(gone, c) })
		if late, err = d.behindValue(rest, values[0]); err != nil {
			return err
		}
	}
	if gone = append(gone, late...); len(gone) == 0 {
		return nil
	}
	says := "say"
	if len(gone) == 1 {
		says = "says"
	}
	e := undecided(gone, d.away(all, late), "%s %s nothing that other columns do not say", list(gone), says)
	e.Also = []string{"Dimensions"}
	return d.proposed(e)
}

// settled tells whether a column was not decided by its name or a rule.
func settled(c *column) bool { return c.why == ByUser || c.why == ByHead || c.why == ByFormat }

// behindValue are columns behind the value without which the rows are unique.
func (d *decider) behindValue(dims []*column, value *column) ([]*column, error) {
	if len(dims) == 0 || value.at < slices.MinFunc(dims, func(a, b *column) int { return a.at - b.at }).at {
		return nil, nil
	}
	var late []*column
	rest := slices.Clone(dims)
	for _, c := range slices.Backward(dims) {
		if c.at < value.at || !c.raw && c.size < 2 || len(rest) < 2 || settled(c) {
			continue
		}
		without := slices.DeleteFunc(slices.Clone(rest), func(k *column) bool { return k == c })
		ok, err := d.unique(without)
		if err != nil {
			return nil, err
		}
		if ok {
			late, rest = append(late, c), without
		}
	}
	return late, nil
}

// The numbers of cells for a row from which on a cube is asked about.
const (
	manyCells   = 4
	manyMore    = 100
	manyPeriods = 10
)

// multiplied finds that the cube would have many more cells than there are rows, and
// columns of numbers that are figures rather than dimensions.
func (d *decider) multiplied(dims, values []*column) error {
	for _, c := range dims {
		if c.raw {
			if err := d.number(c); err != nil {
				return err
			}
		}
	}
	for _, c := range dims {
		if c.Name == "" && d.headed && d.choice.Header != "0" {
			d.warn("a column without a name is called %s", c.name())
		}
	}
	if len(d.dims) == 0 && !d.by {
		if err := d.justMissed(dims, values); err != nil {
			return err
		}
	}
	size := box(dims)
	if size <= manyCells*float64(d.n) || len(d.dims) > 0 {
		return nil
	}
	var odd []*column
	for _, c := range dims {
		if c.why == ByRule && c.numeric() && !c.time && c.at > 0 && (size > manyMore*float64(d.n) || 2*int64(c.size) > d.n || !c.whole) {
			odd = append(odd, c)
		}
	}
	if len(odd) > 0 {
		return d.oddOnes(odd, dims, values)
	}
	for _, c := range slices.Backward(dims) {
		if c.size < 2 || len(dims) < 2 || c.time && size <= manyPeriods*float64(d.n) {
			continue
		}
		ok, err := d.unique(slices.DeleteFunc(slices.Clone(dims), func(k *column) bool { return k == c }))
		if err != nil {
			return err
		}
		if ok {
			d.warn("%d cells for %d rows, which are unique without %s, too", cells(dims, len(values)), d.n, brief(c.name()))
			return nil
		}
	}
	if size > manyMore*float64(d.n) {
		d.warn("%d cells for %d rows: most of the cube is empty", cells(dims, len(values)), d.n)
	}
	return nil
}

// oddOnes is the error for columns of numbers that multiply the cube.
func (d *decider) oddOnes(odd, dims, values []*column) error {
	rest := slices.DeleteFunc(slices.Clone(dims), func(c *column) bool { return slices.Contains(odd, c) })
	first, second, found, err := d.alike(rest)
	if err != nil {
		return err
	}
	n := cells(dims, len(values))
	size := fmt.Sprintf("%d cells", n)
	if n == math.MaxInt64 {
		size = "more cells than can be counted"
	}
	if found {
		a, err := d.where(first, -1)
		if err != nil {
			return err
		}
		b, err := d.where(second, -1)
		if err != nil {
			return err
		}
		e := undecided(odd, Choice{}, "%s would make %s of %d rows: are these dimensions, or figures? %s and %s differ in them alone", list(odd), size, d.n, a, b)
		e.Also = []string{"Dimensions"}
		return e
	}
	e := undecided(odd, Choice{Values: names(byAt(slices.Concat(odd, values)))}, "%s would make %s of %d rows: are these dimensions, or figures?", list(odd), size, d.n)
	e.Also = []string{"Dimensions"}
	return d.proposed(e)
}

// justMissed warns of a column of numbers that is a dimension, and could as well hold
// figures.
func (d *decider) justMissed(dims, values []*column) error {
	loose := len(dims) > 1 && 2*float64(d.n) < box(dims)
	for _, c := range dims {
		if c.why != ByRule || !c.numeric() || c.at == 0 {
			continue
		}
		near := d.n == 1 && !c.years || d.n > 1 && loose && !c.whole
		if !near && d.n > 1 && c.years && !c.time && c.size > 1 {
			behind, err := d.isBehind(c)
			if err != nil {
				return err
			}
			near = behind
		}
		if !near && d.n > 1 && c.size == 1 && !c.time && slices.ContainsFunc(values, func(v *column) bool { return v.at == c.at+1 }) {
			behind, err := d.isBehind(c)
			if err != nil {
				return err
			}
			near = behind
		}
		if near {
			d.warn("%s is taken for a dimension, and could hold figures", brief(c.name()))
		}
	}
	return nil
}

// isBehind tells whether a column stands behind the key.
func (d *decider) isBehind(c *column) (bool, error) {
	i := slices.Index(d.free, c)
	if i < 0 {
		return false, nil
	}
	candidates := 0
	for _, f := range d.free {
		if f.numeric() && !f.time {
			candidates++
		}
	}
	if candidates < 2 {
		return false, nil
	}
	k, err := d.keyOf()
	return err == nil && k >= 0 && i >= k, err
}

// twice is the error for two rows with the same coordinates.
func (d *decider) twice(dims []*column) error {
	first, second, found, err := d.alike(dims)
	if err != nil || !found {
		return err
	}
	a, err := d.where(first, -1)
	if err != nil {
		return err
	}
	b, err := d.where(second, -1)
	if err != nil {
		return err
	}
	texts, err := d.textsOf(dims, second)
	if err != nil {
		return err
	}
	return (&Error{Msg: fmt.Sprintf("the categories %s have a row already, in %s", brief(strings.Join(texts, ", ")), a), Err: ErrTwice}).at(b)
}
