package rows

import (
	"math"
	"slices"
)

// sum sums up what the columns hold, now that it is known how numbers are read.
func sum(t *table) {
	for i, f := range t.src.Fields() {
		t.columns[i].Unfit, t.columns[i].Seen = f.Unfit, f.Seen // which a cell may have told
	}
	for _, c := range t.columns {
		c.settle(t.n, &t.numbers)
	}
	// Headers that count what they name, "5 years", or that are of one kind, such as
	// "Week 1" beside "Week 2", are headings: they do not say that time is below.
	for i, c := range t.columns {
		if c.time && !c.Time && !c.finer && (counted(c.Name) ||
			i > 0 && oneKind(c, t.columns[i-1]) || i+1 < len(t.columns) && oneKind(c, t.columns[i+1])) {
			c.time = false
		}
	}
}

// settleMark says which decimal mark the table has, where it may be a comma or a point:
// a comma if any column of numbers has one in a number.
func settleMark(t *table) {
	n := &t.numbers
	comma := false
	for _, c := range t.columns {
		m := c.inRaw
		for i := range c.dict.len() {
			text, kind := c.dict.cell(i)
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
func otherwise(t *table, values []*column) bool {
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
	sum(t)
	return true
}

// settle sums up what the cells of a column say, once all have come.
func (c *column) settle(rows int64, n *numbers) {
	f := &c.follow
	c.rows = rows
	c.size = c.dict.len()
	c.years, c.whole = true, true
	c.counts = c.inRaw
	numbers := false
	for i := range c.looks {
		text, kind := c.dict.cell(i)
		l, token := n.look(text, kind)
		c.looks[i] = l
		c.count(l, token, kind, n, c.often[i])
		if l == number {
			v := value(token)
			numbers = true
			c.years = c.years && v == math.Trunc(v) && v >= 1500 && v <= 2100
			c.whole = c.whole && v == math.Trunc(v)
		}
	}
	c.sumUp(n)
	if c.raw {
		c.size = max(c.size, maxTexts)
		c.years, c.whole = false, c.whole && !c.fractions
	}
	c.years = c.years && numbers
	pure := c.figures > 0 && c.texts == 0 && c.empties == 0
	c.rising = pure && f.rises(rows)
	c.counting = pure && f.counts(rows)
	if c.dated > 0 && c.dated == rows-c.empties {
		c.Time = true
		precise(c)
	}
	if len(c.Order) == 0 && len(c.ordered) > 0 {
		for i := range c.dict.len() {
			if text, kind := c.dict.cell(i); kind != Null {
				c.Order = append(c.Order, string(text))
			}
		}
		place := func(text string) int { // what no dictionary had stands behind
			if i, ok := c.ordered[text]; ok {
				return i
			}
			return len(c.ordered)
		}
		slices.SortStableFunc(c.Order, func(a, b string) int { return place(a) - place(b) })
	}
	c.periods, c.finer = c.allPeriods()
	c.time = c.isTime()
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

// allPeriods tells whether all texts of a column, as far as they are looked at, are
// periods, and finer ones than years.
func (c *column) allPeriods() (all, finer bool) {
	any := false
	for i := range min(c.dict.len(), looked) {
		if c.looks[i] == nothing {
			continue
		}
		text, _ := c.dict.cell(i)
		if !isPeriod(string(text)) {
			return false, false
		}
		any = true
	}
	return any, any && !c.years
}

// looked is how many of the texts of a column the rules look at.
const looked = 3000

// isTime tells whether a column is one of time: its header has a word for time over
// whole numbers or periods, or all its cells are periods finer than years.
func (c *column) isTime() bool {
	if c.Time || c.finer {
		return true
	}
	if !timeWord(c.Name) {
		return false
	}
	any := false
	for i := range min(c.dict.len(), looked) {
		text, _ := c.dict.cell(i)
		switch c.looks[i] {
		case number:
			v, ok := numberOf(text)
			if !ok || v != math.Trunc(v) || math.Abs(v) >= 1e9 {
				return false
			}
			any = true
		case textual:
			if !isPeriod(string(text)) && !hasYear().Match(text) {
				return false
			}
			any = true
		}
	}
	return any
}
