package rows

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// headerRules are about headers that are rows of data, and rows that are none.
type headerRules struct{ *decision }

// lookLikeData finds a table whose first row is no header: every column of numbers has
// a number for its header, and no period; or a column of months and the like has one.
// Where one is called as values are, there is a header, whatever its cells are.
func (d headerRules) lookLikeData() error {
	if !d.headed || d.choice.Header != "" || d.by || len(d.of(Value)) > 0 {
		return nil
	}
	if i := slices.IndexFunc(d.columns, func(c *column) bool { return c.finer && c.texts > 0 && isPeriod(c.Name) }); i >= 0 {
		return d.noHeader(d.columns[i : i+1])
	}
	numbers := d.having(func(c *column) bool { return c.part != LeftOut && c.numeric() && !c.time })
	if len(numbers) == 0 {
		return nil
	}
	var plain []*column // whose header is no period
	for _, c := range numbers {
		switch {
		case !looksNumber(c), isPeriod(c.Name) && !c.years:
			return nil
		case !isPeriod(c.Name):
			plain = append(plain, c)
		}
	}
	// A row of data has something where all others have, and no word for time: data
	// frames have no names for their rows, or such as level_1.
	if len(plain) == 0 || slices.ContainsFunc(d.columns, func(c *column) bool {
		return c.part != LeftOut && timeWord(c.Name) ||
			c.part != LeftOut && !c.numeric() && (c.Name == "" && c.texts == d.n && d.n > 1 || levelForm().MatchString(c.Name))
	}) {
		return nil
	}
	return d.noHeader(numbers)
}

// noHeader is the error for a first row that is one of data, as the headers of some
// columns tell.
func (d headerRules) noHeader(columns []*column) error {
	e := undecided(columns, Choice{}, "the first row, with %q, looks like data: the table has no header", columns[len(columns)-1].Name)
	if len(columns) > 1 && !slices.ContainsFunc(columns, func(c *column) bool { return !isWhole([]byte(c.Name)) }) {
		e.Also = []string{"By"}
	}
	if count(columns) && len(columns) < len(d.free) {
		e.propose(figureRules(d).settle(columns))
		e.Also = []string{"Header"}
		return d.proposed(e)
	}
	if d.grid != nil && d.grid.from > 0 {
		return e // what stands above would be data, too
	}
	none := Choice{Header: "0"}
	e.propose(none)
	err := d.proposed(e)
	if e.Propose == nil {
		e.propose(none)
	}
	return err
}

// count tells whether the headers of three and more neighbouring columns count: 0, 1,
// 2 are ages rather than figures.
func count(columns []*column) bool {
	for i, c := range columns {
		v, err := strconv.Atoi(c.Name)
		if err != nil || i > 0 && (c.at != columns[i-1].at+1 || c.Name != strconv.Itoa(v)) {
			return false
		}
		if before := 0; i > 0 {
			if before, _ = strconv.Atoi(columns[i-1].Name); v != before+1 {
				return false
			}
		}
	}
	return len(columns) > 2
}

// looksNumber tells whether the header of a column is a number, perhaps with a mark behind
// it, or a mark in the place of one, if cells of the column have such.
func looksNumber(c *column) bool {
	header := c.Name
	h := strings.TrimPrefix(strings.TrimSpace(header), "-")
	if h != "" && strings.Trim(h, "0123456789.,") == "" && hasDigit().MatchString(h) {
		return true
	}
	n := numbers{either: true}
	switch l, token := n.look([]byte(header), Plain); l {
	case number, flagged:
		v := value(token)
		return (v != math.Trunc(v) || v < 1500 || v > 2100 || n.percent) && // 2023p is a year
			(n.mark == nil || c.marked > 0) && (!n.percent || c.percents > 0) // as cells of the column are
	case nothing:
		return c.marked > 0 && h != "" && strings.ContainsRune("<.:-–—…", []rune(h)[0])
	}
	return false
}

// notData finds rows that are none of data: a header that stands again, as on a new
// page or over a second table, and a first row without anything in the columns of
// dimensions.
func (d headerRules) notData(dims, values []*column) error {
	if !d.headed || d.n < 2 || d.forms.Typed {
		return nil
	}
	named := func(list []*column, is func(*column) bool) []*column {
		return slices.DeleteFunc(slices.Clone(list), func(c *column) bool { return c.called == "" || !is(c) })
	}
	stub := named(dims, func(c *column) bool { return c.texts > 0 })
	heads := named(values, func(c *column) bool { return c.head().period })
	if len(heads) < len(values) { // the header of a value would be no number
		return d.blankStub(dims, values)
	}
	for i, again := range [][]*column{stub, heads} {
		if len(again) == 0 || slices.ContainsFunc(again, func(c *column) bool { return !c.raw && !c.has(c.called) }) {
			continue
		}
		// A category may be called as its dimension is, and a figure as its year: either is a
		// header where the other looks like one, too.
		both := slices.Concat(again, heads)
		row, err := d.rowOf(both, func(cells [][]cell, at int) bool {
			for k, c := range both {
				if text := string(cells[k][at].text); text != c.called && (i > 0 || k < len(again) || !isPeriod(text)) {
					return false
				}
			}
			return true
		})
		if err != nil {
			return err
		}
		if row >= 0 && i == 1 && len(heads) == 1 {
			if gap, err := d.behindGap(row); err != nil || !gap {
				return err
			}
		}
		if row >= 0 {
			return d.wrongIn(row, -1, &Error{Msg: fmt.Sprintf("the row is the header again, with %q: it is no row of the table", brief(again[0].called)), Err: ErrUndecided})
		}
	}
	return d.blankStub(dims, values)
}

// behindGap tells whether an empty row stands in front of a row.
func (d headerRules) behindGap(row int64) (bool, error) {
	if d.grid == nil {
		return false, nil
	}
	place, err := d.where(row, -1)
	return slices.Contains(d.grid.gapped, max(place.Line, place.Row)), err
}

// headerBelow finds that the first row has a text of its own for each column, some of
// which are numbers below: it is the header, and what was taken for it a title with
// separators in it.
func (d headerRules) headerBelow() error {
	g := d.grid
	if g == nil || !d.headed || d.o.Texts || d.choice.Header != "" || d.n < 2 || g.header != g.from {
		return nil
	}
	// A bad cell in one column is just that, unless it is what values are called.
	odd := d.having(func(c *column) bool { return c.words == 1 && c.numbers > 0 && !c.zero })
	if len(odd) == 0 || len(odd) == 1 && !isValueName(odd[0].firstText) {
		return nil
	}
	texts, err := d.textsOf(d.columns, 0)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for i, text := range texts {
		c := d.columns[i]
		if strings.TrimSpace(text) == "" || seen[text] || c.raw || c.times(text) > 1 || !heading([]byte(text)) || c.words > 1 && c.numbers > 0 {
			return nil
		}
		seen[text] = true
	}
	header := fmt.Sprint(g.lastHeaderRow() + 1)
	return d.proposed(undecided(nil, Choice{Header: header}, "%q looks like a title, and the row below it like the header", brief(d.columns[0].Name)))
}

// sideBySide finds an empty column without a name with columns of figures at its left and
// texts at its right: two tables, most likely.
func (d headerRules) sideBySide() error {
	if len(d.choice.Dimensions) > 0 || len(d.choice.Stub) > 0 {
		return nil
	}
	figures := false // at the left
	for i, c := range d.columns[:len(d.columns)-1] {
		right := d.columns[i+1]
		figures = figures || c.numeric() && !c.time
		if !figures || c.Name != "" || c.part != LeftOut || c.why != ByFormat || right.Name == "" || right.part != Undecided ||
			right.texts <= right.figures {
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(d.columns[i+1:]), func(c *column) bool { return c.part == LeftOut })
		return d.proposed(undecided(rest, Choice{Ignore: names(rest)}, "an empty column stands in front of %s: are these two tables?", list(rest)))
	}
	return nil
}

// blankStub finds a first row that has nothing in the columns of dimensions: it says of
// the columns what they are, such as units.
func (d headerRules) blankStub(dims, values []*column) error {
	g := d.grid
	if g == nil || len(dims) == 0 || len(dims) == 1 && !g.sheet() || len(d.choice.Dimensions) > 0 || slices.ContainsFunc(dims, func(c *column) bool { return c.empties == 0 }) {
		return nil
	}
	texts, err := d.textsOf(dims, 0)
	if err != nil || slices.ContainsFunc(texts, func(t string) bool { return strings.TrimSpace(t) != "" }) {
		return err
	}
	place, err := d.where(0, -1)
	if err != nil {
		return err
	}
	figures, err := d.textsOf(values, 0)
	if err != nil {
		return err
	}
	total := !slices.ContainsFunc(figures, func(t string) bool { l, _ := d.numbers.look([]byte(t), Plain); return l.asValue() != number })
	if total && !g.sheet() {
		return nil // databases write totals so
	}
	e := undecided(dims, Choice{}, "the first row has nothing in %s: is it a row of the header?", list(dims))
	e.at(place)
	e.Keep = d.kept(dims)
	if header := d.longerHeader(); header != "" && d.choice.Header == "" && !total {
		e.propose(Choice{Header: header})
		return d.proposed(e)
	}
	return e
}

// longerHeader names the rows of a header that has one more row than it has now, "" where
// the table has none to name.
func (d headerRules) longerHeader() string {
	g := d.grid
	if g == nil || g.header < 0 {
		return ""
	}
	return fmt.Sprintf("%d-%d", g.HeaderRow(), g.lastHeaderRow()+1)
}
