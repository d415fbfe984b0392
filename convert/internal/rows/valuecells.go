package rows

import (
	"fmt"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// valueRules are about what the cells of values say besides their numbers.
type valueRules struct {
	*decision
	values []*column
}

// cellsOfValues looks at what the cells of values say besides their numbers, and at
// cells of other columns that ought to have something.
func (d valueRules) cellsOfValues() error {
	if err := inOrder(d.faulty, d.thousands, d.percents); err != nil {
		return err
	}
	noted, first := int64(0), (*column)(nil)
	for _, c := range d.values {
		if c.noted > 0 && first == nil {
			first = c
		}
		noted += c.noted
	}
	if noted == 0 {
		return nil
	}
	row, text, err := d.firstCell(first, func([]byte, look, []byte) bool { return d.numbers.noted })
	if err != nil {
		return err
	}
	place, err := d.where(row, first.at)
	if err == nil {
		d.warn(nil, "numbers of notes beside figures are left out: %q in %s%s", brief(text), place, others(noted))
	}
	return err
}

// others says how many more there are.
func others(n int64) string {
	switch {
	case n == 2:
		return " and another"
	case n > 2:
		return fmt.Sprintf(" and %d others", n-1)
	}
	return ""
}

// faulty finds cells of a sheet that have no text, since what would have made it
// failed: among values they are missing, elsewhere nothing can be done without them. A
// figure that stands for several cells of values could be that of any of them.
func (d valueRules) faulty() error {
	of := d.set(d.values)
	total, row := int64(0), int64(0)
	var first *column
	for _, c := range d.columns {
		seen := c.Seen[Faulty.index()]
		switch {
		case seen.N == 0 || c.part == LeftOut:
		case of[c.at]:
			if total += seen.N; first == nil || seen.First < row {
				first, row = c, seen.First
			}
		default:
			return (&Error{Msg: fmt.Sprintf("the cell has a formula without a result, or an error, and %s is %s", brief(c.name()), article(c.part)), Err: ErrText}).at(d.place(seen.First, c.at))
		}
	}
	if total > 0 {
		cells := "a cell has"
		if total > 1 {
			cells = fmt.Sprintf("%d cells have", total)
		}
		d.warn(nil, "%s a formula without a result, or an error, and no value: %s; a spreadsheet program that opens and saves the file computes results", cells, d.place(row, first.at))
	}
	total, row, first = 0, 0, nil
	for _, c := range d.values {
		if seen := c.Seen[Copied.index()]; seen.N > 0 {
			return (&Error{Msg: fmt.Sprintf("%s: one figure stands for several cells, which are merged", brief(c.name())), Err: ErrText}).at(d.place(seen.First, c.at))
		}
		if seen := c.Seen[Percent.index()]; seen.N > 0 {
			if total += seen.N; first == nil || seen.First < row {
				first, row = c, seen.First
			}
		}
	}
	if total > 0 {
		d.warn(nil, "values that are shown in per cent are taken as they are stored, 0.125 and not 12.5: %s%s", d.place(row, first.at), others(total))
	}
	return nil
}

// The fewest fractions of three digits that may be thousands where a point is the
// decimal mark for sure.
const manyThrees = 10

// thousands finds values whose points, or commas that were found by looking, may well stand
// between thousands: all of them have three digits behind them. Where it was open which
// mark is the decimal one, any of them will do; else whole numbers below 1000 have to stand
// beside many.
func (d valueRules) thousands() error {
	if d.o.Decimal != "" || d.o.Thousands != "" || d.numbers.decimal == "," && !(d.wasOpen && d.forms.Looked) {
		return nil
	}
	var all counts
	var first *column
	for _, c := range d.values {
		all.add(c.counts)
		asked := c.threes > 0 && (d.wasOpen || c.threes >= manyThrees && !c.large && c.small > 0)
		if first == nil && asked {
			first = c
		}
	}
	if d.by && !d.wasOpen && (all.threes < manyThrees || all.large || all.small == 0) { // all are one measure
		return nil
	}
	if d.by && first == nil && all.threes >= manyThrees {
		first = d.values[slices.IndexFunc(d.values, func(c *column) bool { return c.threes > 0 })]
	}
	if first == nil || all.other {
		return nil
	}
	row, text, err := d.firstCell(first, func(_ []byte, _ look, token []byte) bool { return len(token) > 0 && threeDigits(token) })
	if err != nil || row < 0 {
		return err
	}
	mark := "point"
	if d.numbers.decimal == "," {
		mark = "comma"
	}
	place, err := d.where(row, first.at)
	if err != nil {
		return err
	}
	e := undecided([]*column{first}, Choice{}, "%s: the %s of %q may be a decimal mark, or stand between thousands: all have three digits behind it", brief(first.name()), mark, brief(text))
	e.at(place).Text = text
	e.Also = []string{"Decimal", "Thousands"}
	return e
}

// allGrouped tells whether all texts of some columns look as if they had one mark between
// groups of three digits.
func (d valueRules) allGrouped(mark string) (bool, error) {
	if mark == "" {
		return false, nil
	}
	for _, c := range d.values {
		if c.words == 0 || c.Typed {
			continue
		}
		other, _, err := d.firstCell(c, func(text []byte, l look, _ []byte) bool { return l == textual && groupMark(text) != mark })
		if err != nil || other >= 0 {
			return false, err
		}
	}
	return true, nil
}

// percents finds values in per cent, which must be all of a measure: of a column of
// values or, where several are one measure, of all of them.
func (d valueRules) percents() error {
	var first, other *column // with %, and without
	for _, c := range d.values {
		if c.percents == 0 && c.figures > 0 {
			other = c
		}
		if c.percents > 0 && first == nil {
			first = c
		}
	}
	if first == nil {
		return nil
	}
	for _, c := range d.values {
		if c.percents > 0 && c.percents < c.numbers+c.flagged {
			return d.somePercent(c, "other cells")
		}
	}
	if other != nil && d.by && !d.measured() {
		return d.somePercent(first, brief(other.name()))
	}
	return nil
}

// measured tells whether the headings have a dimension of measures of which each is in
// per cent throughout, or not at all.
func (d valueRules) measured() bool {
	k := slices.IndexFunc(d.choice.By, func(id string) bool { return d.o.Roles[id] == jsonstat.Metric })
	if k < 0 {
		return false
	}
	parts, err := headingParts(d.values, d.choice.By, func(string, string) {})
	if err != nil {
		return false
	}
	in := map[string]bool{}
	for i, c := range d.values {
		if c.figures == 0 {
			continue
		}
		if was, ok := in[parts[i][k]]; ok && was != (c.percents > 0) {
			return false
		}
		in[parts[i][k]] = c.percents > 0
	}
	return true
}

// somePercent is the error for values of which some are in per cent.
func (d valueRules) somePercent(c *column, not string) error {
	row, text, err := d.firstCell(c, func([]byte, look, []byte) bool { return d.numbers.percent })
	if err != nil {
		return err
	}
	return d.wrongIn(row, c.at, &Error{Msg: fmt.Sprintf("%s: %q is in per cent, and %s are not", brief(c.name()), brief(text), not), Err: ErrText, Text: text})
}
