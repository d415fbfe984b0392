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

// add adds counts of other cells.
func (c *counts) add(o counts) {
	c.numbers, c.words, c.nones = c.numbers+o.numbers, c.words+o.words, c.nones+o.nones
	c.flagged, c.lone, c.zeroed = c.flagged+o.flagged, c.lone+o.lone, c.zeroed+o.zeroed
	c.percents, c.noted, c.marked = c.percents+o.percents, c.noted+o.noted, c.marked+o.marked
	c.commas, c.points = c.commas+o.commas, c.points+o.points
	c.threes, c.small = c.threes+o.threes, c.small+o.small
	c.other, c.large = c.other || o.other, c.large || o.large
}
