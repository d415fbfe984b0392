package rows

import "bytes"

// counts are how many cells of a column are what.
type counts struct {
	numbers, words, nones   int64 // cells that are numbers, texts, nothing, and nothing else
	flagged, lone, zeroed   int64 // see [look]
	percents, noted, marked int64 // numbers with %, with the number of a note; cells with a mark
	commas, points          int64 // numbers with either decimal mark, where that is open

	// Of texts that are numbers:
	threes int64 // with three digits behind the mark and one to three before it
	other  bool  // some have another form
	small  int64 // whole, and below 1000
	large  bool  // some are whole and not below 1000
}

// count counts a cell, or so many of it, by what a look at it said.
func (c *counts) count(l look, token []byte, kind Kind, n *numbers, times int64) {
	switch l {
	case number:
		c.numbers += times
	case nothing:
		c.nones += times
	case flagged:
		c.flagged += times
	case lone:
		c.lone += times
	case coded:
		c.zeroed += times
	default:
		c.words += times
	}
	if n.percent || n.noted || n.mark != nil {
		c.beside(n, times)
	}
	if l != number && l != flagged || kind != Plain {
		return
	}
	if l == number && n.with != 0 && !isWhole(token) {
		if n.with == ',' {
			c.commas += times
		} else {
			c.points += times
		}
	}
	if !c.other && (n.open || !c.large) { // else it is known that nothing is asked
		c.form(token, times)
	}
}

// beside counts what stands beside a number, or in its place.
func (c *counts) beside(n *numbers, times int64) {
	if n.percent {
		c.percents += times
	}
	if n.noted {
		c.noted += times
	}
	if n.mark != nil {
		c.marked += times
	}
}

// form counts a number by whether its decimal mark could stand between thousands.
func (c *counts) form(token []byte, times int64) {
	switch whole := isWhole(token); {
	case whole && string(token) == "0": // which says nothing
	case whole && len(bytes.TrimPrefix(token, []byte("-"))) <= 3:
		c.small += times
	case whole:
		c.large = true
	case threeDigits(token):
		c.threes += times
	default:
		c.other = true
	}
}

// threeDigits tells whether a number has three digits behind the mark, and one to three
// before it.
func threeDigits(token []byte) bool {
	digits := bytes.TrimPrefix(token, []byte("-"))
	i := bytes.IndexByte(digits, '.')
	return i > 0 && i <= 3 && len(digits) == i+4 && digits[0] != '0' && isWhole(digits[i+1:])
}

// add adds counts of other cells.
func (c *counts) add(o counts) {
	c.numbers, c.words, c.nones = c.numbers+o.numbers, c.words+o.words, c.nones+o.nones
	c.flagged, c.lone, c.zeroed = c.flagged+o.flagged, c.lone+o.lone, c.zeroed+o.zeroed
	c.percents, c.noted, c.marked = c.percents+o.percents, c.noted+o.noted, c.marked+o.marked
	c.commas, c.points = c.commas+o.commas, c.points+o.points
	c.threes, c.small = c.threes+o.threes, c.small+o.small
	c.other, c.large = c.other || o.other, c.large || o.large
}

// sumUp says how many cells are numbers, texts and nothing: what is a number or nothing
// among figures alone counts as such where most of the others are figures.
func (c *column) sumUp(n *numbers) {
	switch n.decimal { // which an open mark was settled to
	case ",":
		c.numbers, c.words = c.numbers-c.points, c.words+c.points
	case ".":
		c.numbers, c.words = c.numbers-c.commas, c.words+c.commas
	}
	c.figures, c.texts, c.empties = c.numbers, c.words+c.zeroed, c.nones
	if c.figures >= c.flagged+c.lone && c.figures > 0 {
		c.figures, c.empties = c.figures+c.flagged, c.empties+c.lone
	} else {
		c.texts += c.flagged + c.lone
	}
}

// settleMark says which decimal mark the table has, where it may be a comma or a point:
// a comma if any column of numbers has one in a number.
func (t *table) settleMark() {
	n := &t.numbers
	comma := false
	for _, c := range t.columns {
		m := c.inRaw
		for i := range c.dict.len() {
			text, kind := ofKey(c.dict.at(i))
			l, token := n.look(text, kind)
			m.count(l, token, kind, n, c.often[i])
		}
		c.inOpen = m
		comma = comma || m.commas > 0 && m.numbers-m.points > m.words+m.points && !c.zero
	}
	n.open, n.decimal = false, "."
	if comma {
		n.decimal = ","
	}
	t.wasOpen = true
}

// otherwise takes the other decimal mark if the columns of values speak for it, and
// tells whether it did: the mark is a comma, unless no cell of theirs has one and some
// have a point.
func (t *table) otherwise(values []*column) bool {
	if !t.wasOpen || len(values) == 0 {
		return false
	}
	commas, points := int64(0), int64(0)
	for _, c := range values {
		commas, points = commas+c.inOpen.commas, points+c.inOpen.points
	}
	want := t.numbers.decimal
	switch {
	case commas > 0:
		want = ","
	case points > 0:
		want = "."
	}
	if want == t.numbers.decimal {
		return false
	}
	t.numbers.decimal = want
	t.sum()
	return true
}
