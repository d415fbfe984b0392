package rows

import (
	"bytes"
	"math"
	"slices"
	"strconv"
)

// A column is a column of the table: its name, what its cells are, and what it was
// taken for.
type column struct {
	Field
	called string // its header before it was told apart from others of the same text
	at     int    // number, from 0
	// sheet is the column of its sheet, from 0, -1 outside of sheets.
	sheet    int
	byNumber bool // it goes by its number, since the header of another column is its letters
	part     Part
	why      Reason
	of       int // the column that labels and statuses belong to, -1 for none

	dict   dictionary
	often  []int64 // by text: how many rows have it
	looks  []look  // by text
	raw    bool    // its texts are no longer numbered
	inRaw  counts  // of the cells that came since then
	inOpen counts  // of all cells, while either decimal mark could be the one
	dated  int64   // cells that are periods to the format
	recode *recoded
	header *header // see head

	coded   *Dictionary    // of a format, that was met last
	ours    []int32        // the numbers that its entries have here, -1 for those that did not come up
	ordered map[string]int // texts of ordered dictionaries, by their place

	facts
}

// facts are what rules ask of the cells of a column.
type facts struct {
	counts
	rows                    int64
	figures, texts, empties int64  // cells that are numbers, texts, nothing
	size                    int    // different texts; of a raw column at least so many
	zero                    bool   // some number has a zero before its digits: codes
	years                   bool   // all numbers are whole and between 1500 and 2100
	fractions               bool   // some number is negative or has a fraction
	rising                  bool   // all cells are whole numbers, each above the one before
	counting                bool   // they are 0, 1, 2, ... or 1, 2, 3, ...
	whole                   bool   // all numbers are whole
	periods, finer          bool   // all cells that are something are periods; none is a year
	time                    bool   // it is a column of time
	firstText               string // the first text among the cells
	firstLoose              bool   // it could stand among figures
}

// maxTexts is how many texts of a column of numbers are numbered.
const maxTexts = 1 << 16

// follow is the state of what rows in their order say of a column.
type follow struct {
	last  float64
	first float64
	n     int64
	off   bool // it does not rise
}

// step looks at the number of the next row.
func (f *follow) step(v float64, ok bool) {
	if f.off {
		return
	}
	whole := ok && v == math.Trunc(v) && v >= 0
	switch {
	case !whole, f.n > 0 && v <= f.last:
		f.off = true
		return
	case f.n == 0:
		f.first = v
	}
	f.last = v
	f.n++
}

// rises and counts are what it comes to.
func (f *follow) rises(rows int64) bool { return !f.off && f.n == rows && rows > 0 }
func (f *follow) counts(rows int64) bool {
	return f.rises(rows) && rows > 1 && (f.first == 0 || f.first == 1) && f.last-f.first == float64(rows-1)
}

// value is a number token as a float.
func value(token []byte) float64 {
	if v, ok := wholeValue(token); ok {
		return float64(v)
	}
	f, err := strconv.ParseFloat(string(token), 64)
	if err != nil {
		return math.Inf(1)
	}
	return f
}

// numeric tells whether a column is one of numbers: it has more of them than texts,
// and none of them is a code.
func (c *column) numeric() bool { return c.figures > c.texts && !c.zero && !c.Codes }

// numberless tells whether a column cannot hold values by itself.
func (c *column) numberless() bool { return c.texts > c.figures || c.zero || c.Codes }

// valued tells whether a column may hold values whose name says that it does: it has no
// more texts than numbers, where letters for missing values and flags behind numbers are
// no texts.
func (c *column) valued() bool {
	letters := c.flagged + c.lone
	if c.numbers+c.flagged == 0 {
		letters = 0
	}
	return c.words <= c.numbers+letters
}

// name is how messages call a column: by its header, else by its letters in a sheet, or
// its number.
func (c *column) name() string {
	switch {
	case c.Name != "":
		return c.Name
	case c.sheet >= 0 && !c.byNumber:
		return lettersOf(c.sheet)
	}
	return strconv.Itoa(c.at + 1)
}

// lettersOf are the letters of a column of a sheet by its number, from 0.
func lettersOf(n int) string {
	var b []byte
	for n++; n > 0; n = (n - 1) / 26 {
		b = append(b, byte('A'+(n-1)%26))
	}
	slices.Reverse(b)
	return string(b)
}

// A set of columns is by their numbers, with one more than there are, so that the
// column at the right of the last one can be asked for.
type set []bool

// set is a set of some columns.
func (t *table) set(lists ...[]*column) set {
	s := make(set, len(t.columns)+1)
	for _, list := range lists {
		for _, c := range list {
			s[c.at] = true
		}
	}
	return s
}

// without are the columns of a list that are in no set.
func (s set) without(list []*column) []*column {
	return slices.DeleteFunc(slices.Clone(list), func(c *column) bool { return s[c.at] })
}

// byAt sorts columns by where they stand.
func byAt(list []*column) []*column {
	slices.SortFunc(list, func(a, b *column) int { return a.at - b.at })
	return slices.Compact(list)
}

// settle sums up what the cells of a column say, once all have come.
func (c *column) settle(rows int64, f *follow, n *numbers) {
	c.rows = rows
	c.size = c.dict.len()
	c.years, c.whole = true, true
	c.counts = c.inRaw
	numbers := false
	for i := range c.looks {
		text, kind := ofKey(c.dict.at(i))
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
		c.precise()
	}
	if len(c.Order) == 0 && len(c.ordered) > 0 {
		for i := range c.dict.len() {
			if text, kind := ofKey(c.dict.at(i)); kind != Null {
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

// looked is how many of the texts of a column the rules look at.
const looked = 3000

// allPeriods tells whether all texts of a column, as far as they are looked at, are
// periods, and finer ones than years.
func (c *column) allPeriods() (all, finer bool) {
	any := false
	for i := range min(c.dict.len(), looked) {
		if c.looks[i] == nothing {
			continue
		}
		text, _ := ofKey(c.dict.at(i))
		if !isPeriod(string(text)) {
			return false, false
		}
		any = true
	}
	return any, any && !c.years
}

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
		text, _ := ofKey(c.dict.at(i))
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

// numberOf is the number that a text with a decimal point or comma stands for.
func numberOf(text []byte) (float64, bool) {
	v, err := strconv.ParseFloat(string(bytes.Replace(trim(text), []byte(","), []byte("."), 1)), 64)
	return v, err == nil
}
