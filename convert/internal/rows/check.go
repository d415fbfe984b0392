package rows

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// checkRules are about what a decision would lose, distort or multiply.
type checkRules struct {
	*decision
	dims, values []*column // as they were decided
}

// check looks at what the decision would lose, distort or multiply.
func (d checkRules) check() error {
	if len(d.dims) == 0 && len(d.values) == 1 && !d.headed && d.o.Head == nil { // what has a header has a word for it
		return undecided(nil, Choice{}, "the table has no column that could be a dimension")
	}
	if first := d.columns[0]; len(d.dims) == 0 && d.n > 1 && first.part == LeftOut && first.why == ByName {
		return d.proposed(undecided([]*column{first}, Choice{Dimensions: names([]*column{first})}, "%s is taken for row numbers, and there is no column that could be a dimension", first.name()))
	}
	notData := func() error { return headerRules{d.decision}.notData(d.dims, d.values) }
	if err := inOrder(d.once, notData, d.statuses, d.lone, d.texts, valueRules{d.decision, d.values}.cellsOfValues); err != nil {
		return err
	}
	if !slices.ContainsFunc(d.dims, func(c *column) bool { return c.why != ByFormat }) && !d.trying {
		return nil // the file says itself what its dimensions are
	}
	var said []error // what is wrong, and more telling than that two rows are alike
	if len(d.saidDims) == 0 {
		if err := d.repeated(); err != nil {
			said = append(said, err)
		}
	}
	if err := d.multiplied(); err != nil {
		said = append(said, err)
	}
	if len(said) == 0 && !d.trying { // else what fills the cube finds it
		return nil
	}
	// Two rows for one cell are the first thing to say: no choice of columns that are
	// left out would mend that.
	ok, err := d.unique(d.dims)
	if err != nil {
		return err
	}
	if !ok {
		return d.twice(d.dims)
	}
	if len(said) == 0 {
		return nil
	}
	return said[0]
}

// once finds dimensions whose labels look as if they stood once for several rows, which
// is not sure.
func (d checkRules) once() error {
	if len(d.choice.Dimensions) > 0 || d.trying {
		return nil
	}
	labelled := map[int]bool{}
	for _, l := range d.of(Labels) {
		labelled[l.of] = true
	}
	columns := slices.DeleteFunc(slices.Clone(d.dims), func(c *column) bool {
		return d.grid == nil || c.at >= d.grid.stub.unsure || settled(c) || labelled[c.at]
	})
	if len(columns) == 0 {
		return nil
	}
	e := undecided(columns, Choice{}, "cells of %s are empty below a label: do the labels stand once for several rows? Then write them in all of these", list(columns))
	e.Keep = d.kept(d.dims)
	return e
}

// statuses finds columns that are called as statuses are, and without which the rows
// are not unique: they may be dimensions.
func (d checkRules) statuses() error {
	statuses := varying(d.having(func(c *column) bool {
		return c.part == Status && c.why == ByName && (c.of < 0 || d.columns[c.of].part == Dimension)
	}))
	if len(statuses) == 0 {
		return nil
	}
	ok, err := d.unique(d.dims)
	if err != nil {
		return err
	}
	if ok && d.weak != nil && !d.weak.areCodes() {
		e := undecided([]*column{d.weak}, Choice{Ignore: names([]*column{d.weak})}, "%s could hold statuses, or say more of other columns", d.weak.name())
		e.Also = []string{"Status"}
		return d.proposed(e)
	}
	if ok {
		return nil
	}
	if ok, err = d.unique(slices.Concat(d.dims, statuses)); err != nil || !ok {
		return err
	}
	e := undecided(statuses, Choice{Dimensions: names(slices.Concat(d.dims, statuses))}, "%s could hold statuses or be a dimension: the rows are not unique without", list(statuses))
	e.Also = []string{"Status"}
	return e
}

// lone finds a row that has a category of the first dimension and nothing else: a note
// below the table, or a heading in it.
func (d checkRules) lone() error {
	if len(d.dims) == 0 || len(d.saidDims) > 0 || d.forms.Typed || d.o.Head != nil || d.n < 2 {
		return nil
	}
	rest := slices.Concat(d.dims[1:], d.values)
	for _, c := range rest {
		if c.empties == 0 {
			return nil
		}
	}
	first, err := d.rowOf(slices.Concat(d.dims[:1], rest), func(cells [][]cell, row int) bool {
		text := trim(cells[0][row].text)
		return (len(d.dims) > 1 && len(text) > 0 || isNoteText(text)) &&
			!slices.ContainsFunc(cells[1:], func(of []cell) bool { return len(trim(of[row].text)) > 0 })
	})
	if err != nil || first < 0 {
		return err
	}
	texts, err := d.textsOf(d.dims[:1], first)
	if err != nil {
		return err
	}
	return d.wrongIn(first, -1, &Error{Msg: fmt.Sprintf("the row has nothing but %q: it is no row of the table", brief(texts[0])), Err: ErrWidth})
}

// texts finds cells of value columns that are neither a number nor nothing.
func (d checkRules) texts() error {
	if d.o.Texts || d.forms.Typed {
		return nil
	}
	total := int64(0)
	for _, c := range d.values {
		if !c.Typed {
			total += c.words
		}
	}
	if total == 0 {
		return nil
	}
	row, c, text, err := d.firstText()
	if err != nil {
		return err
	}
	place, err := d.where(row, c.at)
	if err != nil {
		return err
	}
	e := undecided([]*column{c}, Choice{}, "%s: %q is no number", brief(c.name()), brief(text))
	e.at(place).Err = ErrText
	e.Text = text
	switch {
	case total == 2:
		e.Msg += ", nor is another cell"
	case total > 2:
		e.Msg += fmt.Sprintf(", nor are %d other cells", total-1)
	}
	if currency(text) {
		e.Msg += ": it has a sign of a currency"
	}
	if e.Also = []string{"Texts", "NA"}; d.numbers.otherMark(text) {
		e.Also = []string{"Decimal", "Texts", "NA"}
	}
	if all, err := (valueRules{d.decision, d.values}).allGrouped(groupMark([]byte(text))); err != nil {
		return err
	} else if all {
		e.Also = slices.Insert(e.Also, 0, "Thousands")
	}
	if header, err := d.secondHeader(total); err != nil {
		return err
	} else if header != "" {
		e.propose(Choice{Header: header})
		e.Also = nil
		return d.proposed(e)
	}
	return e
}

// firstText is the first cell of some columns that is a text.
func (d checkRules) firstText() (row int64, c *column, text string, err error) {
	row = math.MaxInt64
	for _, k := range d.values {
		if k.words == 0 || k.Typed {
			continue
		}
		at, t, err := d.textOf(k)
		if err != nil {
			return 0, nil, "", err
		}
		if at >= 0 && at < row {
			row, c, text = at, k, t
		}
	}
	return row, c, text, nil
}

// secondHeader finds that all texts among the figures stand in the first row: it is a
// second row of the header.
func (d checkRules) secondHeader(total int64) (string, error) {
	if !d.headed || d.choice.Header != "" || total < 2 || d.n < 2 {
		return "", nil
	}
	for _, c := range d.values {
		if c.words > 1 {
			return "", nil
		}
		if c.words == 1 {
			if row, _, err := d.textOf(c); err != nil || row != 0 {
				return "", err
			}
		}
	}
	return headerRules{d.decision}.longerHeader(), nil
}

// currency tells whether a text has the sign of a currency.
func currency(text string) bool { return strings.ContainsAny(text, "$€£¥₽₹₩¢") }

// repeated finds columns that say nothing that others do not say.
func (d checkRules) repeated() error {
	var behind []*column
	if len(d.values) == 1 && !d.by {
		var err error
		if behind, err = d.behindValue(d.values[0]); err != nil {
			return err
		}
	}
	all, late, err := repeatRules{d.decision}.spare(d.dims, behind)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(r repeat) bool { return settled(r.column) && settled(r.of) })
	gone := columnsOf(all)
	if gone = append(gone, late...); len(gone) == 0 {
		return nil
	}
	says := "say"
	if len(gone) == 1 {
		says = "says"
	}
	e := undecided(gone, repeatRules{d.decision}.away(all, late), "%s %s nothing that other columns do not say", list(gone), says)
	e.Keep = d.kept(d.dims)
	if len(late) == 0 && !slices.ContainsFunc(all, func(r repeat) bool { return !ofPeriodBehind(r) }) {
		e.propose(Choice{Dimensions: names(d.dims)})
		e.Keep = nil
	}
	return d.proposed(e)
}

// behindValue are columns behind the value without which the rows are unique.
func (d checkRules) behindValue(value *column) ([]*column, error) {
	if len(d.dims) == 0 || value.at < slices.MinFunc(d.dims, func(a, b *column) int { return a.at - b.at }).at {
		return nil, nil
	}
	var late []*column
	rest := slices.Clone(d.dims)
	for _, c := range slices.Backward(d.dims) {
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
func (d checkRules) multiplied() error {
	for _, c := range d.dims {
		if c.raw {
			if err := d.number(c); err != nil {
				return err
			}
		}
	}
	if nameless := slices.DeleteFunc(slices.Clone(d.dims), func(c *column) bool { return c.Name != "" }); len(nameless) > 0 && d.headed && d.choice.Header != "0" {
		if len(nameless) == 1 {
			d.warn(nil, "a column without a name is called %s", list(nameless))
		} else {
			d.warn(nil, "columns without a name are called %s", list(nameless))
		}
	}
	if len(d.saidDims) == 0 && !d.by {
		if err := d.justMissed(); err != nil {
			return err
		}
	}
	size := box(d.dims)
	if size <= manyCells*float64(d.n) || len(d.saidDims) > 0 {
		return nil
	}
	var odd []*column
	for _, c := range d.dims {
		if c.why == ByRule && c.numeric() && !c.time && c.at > 0 && (size > manyMore*float64(d.n) || 2*int64(c.size) > d.n || !c.whole) {
			odd = append(odd, c)
		}
	}
	if len(odd) > 0 {
		return d.oddOnes(odd)
	}
	for _, c := range slices.Backward(d.dims) {
		if c.size < 2 || len(d.dims) < 2 || c.time && size <= manyPeriods*float64(d.n) {
			continue
		}
		ok, err := d.unique(slices.DeleteFunc(slices.Clone(d.dims), func(k *column) bool { return k == c }))
		if err != nil {
			return err
		}
		if ok {
			d.warn([]string{"Ignore"}, "%d cells for %d rows, which are unique without %s, too", cells(d.dims, len(d.values)), d.n, brief(c.name()))
			return nil
		}
	}
	if size > manyMore*float64(d.n) {
		d.warn(nil, "%d cells for %d rows: most of the cube is empty", cells(d.dims, len(d.values)), d.n)
	}
	return nil
}

// oddOnes is the error for columns of numbers that multiply the cube.
func (d checkRules) oddOnes(odd []*column) error {
	rest := d.set(odd).without(d.dims)
	first, second, found, err := d.alike(rest)
	if err != nil {
		return err
	}
	n := cells(d.dims, len(d.values))
	size := fmt.Sprintf("%d cells", n)
	if n == math.MaxInt64 {
		size = "more cells than can be counted"
	}
	if found {
		a, b, err := d.both(first, second)
		if err != nil {
			return err
		}
		e := undecided(odd, Choice{}, "%s would make %s of %d rows: are these dimensions, or figures? %s and %s differ in them alone", list(odd), size, d.n, a, b)
		e.Keep = d.kept(d.dims)
		return e
	}
	e := undecided(odd, Choice{Values: names(byAt(slices.Concat(odd, d.values)))}, "%s would make %s of %d rows: are these dimensions, or figures?", list(odd), size, d.n)
	e.Keep = d.kept(d.dims)
	return d.proposed(e)
}

// justMissed warns of a column of numbers that is a dimension, and could as well hold
// figures. Of those in front of a value that is known by its name only fractions in a
// cube that is not full tell that: else every cube with numbers for ids would be
// warned of.
func (d checkRules) justMissed() error {
	var missed []*column
	loose := len(d.dims) > 1 && 2*float64(d.n) < box(d.dims)
	named := slices.IndexFunc(d.values, func(v *column) bool { return v.why == ByName })
	for _, c := range d.dims {
		if c.why != ByRule || !c.numeric() || c.at == 0 {
			continue
		}
		near := d.n > 1 && loose && !c.whole
		if !near && named >= 0 && c.at < d.values[named].at {
			continue
		}
		near = near || d.n == 1 && !c.years
		odd := c.years && c.size > 1 || c.size == 1 && slices.ContainsFunc(d.values, func(v *column) bool { return v.at == c.at+1 })
		if !near && d.n > 1 && !c.time && odd {
			var err error
			if near, err = d.isBehind(c); err != nil {
				return err
			}
		}
		if near {
			missed = append(missed, c)
		}
	}
	options := []string{"Values", "Dimensions"}
	switch len(missed) {
	case 0:
	case 1:
		d.warn(options, "%s is taken for a dimension, and could hold figures", list(missed))
	default:
		d.warn(options, "%s are taken for dimensions, and could hold figures", list(missed))
	}
	return nil
}

// isBehind tells whether a column stands behind the key.
func (d checkRules) isBehind(c *column) (bool, error) {
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
