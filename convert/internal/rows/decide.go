package rows

import "github.com/jsonstat-go/toolkit/convert/internal/layout"

// A decider says what the columns of a table are, by the rules that stand in docs. It
// goes from what is sure to what is likely:
//
//  1. what the file, the head and the user say (said.go);
//  2. what names say (names.go), and which columns are headings (wide.go);
//  3. whether the header is none (rowsofdata.go), and which columns are of figures
//     (figures.go);
//  4. the last column is the value, all others are dimensions;
//  5. what would then be lost, distorted or multiplied (check.go, valuecells.go).
//
// Evidence never removes or re-reads a column by itself: next month's file must give
// the same cube, or an error. So steps 3 and 5 end in errors, which propose a choice.
type decider struct{ *decision }

// newDecider is a decider that begins with what is known before.
func newDecider(d *decision) decider {
	d.try = decider{d}.tried
	return decider{d}
}

// decide says what all columns are.
func (d decider) decide() error {
	said, named, header := saidRules(d), nameRules(d), headerRules(d)
	for _, c := range d.columns {
		c.part, c.why, c.of = Undecided, Nobody, -1
	}
	d.weak = nil
	said.format()
	if err := inOrder(said.user, named.nameParts, wideRules(d).wide); err != nil {
		return err
	}
	if len(d.saidValues) > 0 && len(d.saidDims) > 0 {
		left := d.having(func(c *column) bool {
			return c.part == Undecided || c.part == Dimension && c.why != ByUser && c.why != ByHead
		})
		for _, c := range left {
			put(c, LeftOut, ByUser)
		}
		for _, c := range d.of(Labels) { // of dimensions that are none
			if c.of >= 0 && d.columns[c.of].part == LeftOut && d.columns[c.of].why == ByUser {
				put(c, LeftOut, ByUser)
				left = append(left, c)
			}
		}
		left = byAt(left)
		if len(left) > 0 {
			d.warn(nil, "left out: %s", list(left))
		}
	}
	if d.forms.HasHead {
		for _, c := range d.of(Undecided) {
			if c.Unfit != "" {
				d.noPart(c)
			}
		}
	}
	d.free, d.decided = d.of(Undecided), d.of(Dimension)
	if err := inOrder(said.unfit, named.maybeRowNumbers, header.lookLikeData, header.headerBelow, header.sideBySide); err != nil {
		return err
	}
	switch found := len(d.of(Value)) > 0; {
	case d.by, len(d.saidValues) > 0 && len(d.saidDims) > 0:
	case !found && len(d.free) == 0:
		return undecided(nil, Choice{}, "no column is left for the values")
	case d.o.Head == nil && d.o.Content != layout.Columns:
		if err := (figureRules(d)).figures(); err != nil {
			return err
		}
	case !found: // the last column that is no dimension of the head, or no half of a pair of ids and labels
		put(d.free[len(d.free)-1], Value, ByRule)
	}
	why := ByRule
	if d.o.Content != layout.Default && d.o.Content != layout.ID {
		why = ByUser // who says what the cells of dimensions hold says that these are some
	}
	for _, c := range d.of(Undecided) {
		if d.forms.HasHead {
			d.noPart(c)
		} else {
			put(c, Dimension, why)
		}
	}
	if d.o.Content == layout.Columns {
		if err := said.pairs(); err != nil {
			return err
		}
	}
	if err := d.nothingIn(); err != nil {
		return err
	}
	return checkRules{d.decision, d.dimensions(), d.of(Value)}.check()
}

// nothingIn finds columns that a rule took for dimensions and that are null throughout.
func (d decider) nothingIn() error {
	empty := d.having(func(c *column) bool {
		return c.part == Dimension && c.why == ByRule && c.dict.len() == 1 && !c.raw && isNull(c.dict.at(0))
	})
	if len(empty) == 0 || len(empty) == len(d.of(Dimension)) { // of no other dimensions a row says what it lacks
		return nil
	}
	return d.proposed(undecided(empty, Choice{Ignore: names(empty)}, "there is nothing in a column that would be a dimension: %s", list(empty)))
}

// tried decides the table with a choice on top of the user's.
func (d decider) tried(propose Choice) error {
	t := d.table
	if propose.Header != "" {
		var err error
		if t, err = reheaded(d.table, propose.Header); err != nil {
			return err
		}
		defer t.close()
	}
	type part struct {
		part Part
		why  Reason
		of   int
	}
	var before []part
	for _, c := range d.columns {
		before = append(before, part{c.part, c.why, c.of})
	}
	defer func() { // what was tried was not decided
		for i, c := range d.columns {
			c.part, c.why, c.of = before[i].part, before[i].why, before[i].of
		}
	}()
	again := newDecider(&decision{table: t, o: d.o, choice: d.choice.merge(propose), trying: true, described: d.described})
	if err := again.decide(); err != nil {
		return err
	}
	dims := again.dimensions()
	if ok, err := again.unique(dims); err != nil || ok {
		return err
	}
	return again.twice(dims)
}

// candidates are the columns that the decimal mark is looked for in: the columns of
// values or, where it could not be told which these are, the last column.
func (d decider) candidates() []*column {
	if values := d.of(Value); len(values) > 0 {
		return values
	}
	if free := d.having(func(c *column) bool { return c.part == Undecided }); len(free) > 0 {
		return free[len(free)-1:]
	}
	return nil
}
