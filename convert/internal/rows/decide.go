package rows

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A decider says what the columns of a table are, by the rules that stand in docs. It
// goes from what is sure to what is likely:
//
//  1. what the user said (user);
//  2. what names say (names.go);
//  3. which columns are of figures (figures.go);
//  4. the last column is the value, all others are dimensions;
//  5. what would then be lost, distorted or multiplied (check.go).
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

	described map[string]map[string]json.RawMessage // dimensions that the description has, by id
	owners    map[Part]map[int]*column              // see owned
	known     map[string]bool                       // headers of dimensions of the head
	weak      *column                               // a status column that could well be something else; nil for none
	warnings  []doubt
}

// doubt is a warning, and the options that would say otherwise.
type doubt struct {
	msg     string
	options []string
}

func (d *decider) warn(options []string, format string, args ...any) {
	d.warnings = append(d.warnings, doubt{fmt.Sprintf(format, args...), options})
}

// put says what a column is.
func put(c *column, part Part, why Reason) { c.part, c.why = part, why }

// of are the columns of a part.
func (d *decider) of(part Part) []*column {
	return d.having(func(c *column) bool { return c.part == part })
}

// owned are the columns of a part that belong to another one, by the number of that
// one; of several the first. It is known once all is decided.
func (d *decider) owned(part Part) map[int]*column {
	if d.owners == nil {
		d.owners = map[Part]map[int]*column{}
	}
	if d.owners[part] == nil {
		d.owners[part] = map[int]*column{}
		for _, c := range slices.Backward(d.of(part)) {
			if c.of >= 0 {
				d.owners[part][c.of] = c
			}
		}
	}
	return d.owners[part]
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

// decide says what all columns are.
func (d *decider) decide() error {
	for _, c := range d.columns {
		c.part, c.why, c.of = Undecided, Nobody, -1
	}
	d.weak = nil
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
	if err := d.unfit(); err != nil {
		return err
	}
	if err := d.maybeRowNumbers(); err != nil {
		return err
	}
	d.free, d.decided = d.of(Undecided), d.of(Dimension)
	if err := d.lookLikeData(); err != nil {
		return err
	}
	if err := d.headerBelow(); err != nil {
		return err
	}
	if err := d.sideBySide(); err != nil {
		return err
	}
	if !d.by && !(len(d.values) > 0 && len(d.dims) > 0) {
		decide := d.figures
		if d.o.Head != nil || d.o.Content == layout.Columns {
			decide = d.lastOfHead
		}
		if err := decide(); err != nil {
			return err
		}
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
		if err := d.pairs(); err != nil {
			return err
		}
	}
	if err := d.nothingIn(); err != nil {
		return err
	}
	return d.check()
}

// format takes what the file itself says of its columns; a last column without a name
// and without content is none.
func (d *decider) format() {
	for _, c := range d.columns {
		if c.Role != Undecided {
			put(c, c.Role, ByFormat)
			if c.Of != "" {
				c.of = slices.IndexFunc(d.columns, func(o *column) bool { return o.Name == c.Of && o.Role != Labels })
			}
		}
	}
	headings := d.headingNames()
	for _, c := range d.columns {
		if c.part == Undecided && !d.forms.HasHead && d.inHead(c.Name) && !headings[c.Name] { // else the file says itself which columns are its dimensions
			put(c, Dimension, ByHead)
		}
	}
	for _, c := range d.columns {
		if c.called == "" && c.Name == "" && c.figures == 0 && c.texts == 0 && c.part == Undecided && !c.Typed && d.hasNames() {
			put(c, LeftOut, ByFormat)
		}
	}
}

// inHead tells whether the head, or the description, has a dimension of that id or
// label.
func (d *decider) inHead(name string) bool {
	if d.o.Head == nil {
		return d.described[name] != nil
	}
	if d.o.Content == layout.Both {
		if id, _, ok := splitBoth(name); ok {
			name = id
		}
	}
	if d.known == nil {
		d.known = map[string]bool{}
		for _, h := range d.o.Head.Dimensions() {
			for _, text := range []string{h.ID(), h.Label(), blanks(h.ID()), blanks(h.Label())} {
				d.known[text] = true
			}
		}
		d.known[""] = slices.ContainsFunc(d.o.Head.Dimensions(), func(h *jsonstat.Dimension) bool { return isOf("", h) })
	}
	return d.known[name]
}

// isOf tells whether a header is the id or the label of a dimension, or was before
// its blanks and line breaks were made one blank each.
func isOf(header string, d *jsonstat.Dimension) bool {
	switch header {
	case d.ID():
		return true
	case "":
		return strings.TrimSpace(d.ID()) == ""
	}
	return header == d.Label() || header == blanks(d.ID()) || header == blanks(d.Label())
}

// blanks is a text with one blank for each run of blanks and line breaks in it.
func blanks(text string) string { return strings.Join(strings.Fields(text), " ") }

// lastOfHead takes the last column that is no dimension of the head, or no half of a
// pair of ids and labels, for the values.
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
	if len(d.choice.Stub) > 0 && len(d.choice.By) == 0 {
		return &Error{Msg: "columns are named that stand beside headings, but not the dimension that the headings are", Err: ErrColumn}
	}
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
	of := map[*column]*column{} // labels by ids
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
		if before := of[id]; before != nil && before != labels && before.of == id.at {
			return &Error{Msg: fmt.Sprintf("column %q cannot have its labels in both %q and %q", id.name(), before.name(), labels.name()), Err: ErrColumn}
		}
		if labels.why == ByUser && labels.part == Labels && labels.of != id.at {
			return &Error{Msg: fmt.Sprintf("column %q cannot hold the labels of both %q and %q", labels.name(), d.columns[labels.of].name(), id.name()), Err: ErrColumn}
		}
		of[id] = labels
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
	// What the file says of values and statuses counts no more beside what the user says.
	for _, c := range d.columns {
		if c.why == ByFormat && (c.part == Value && len(d.values) > 0 || c.part == Status && d.choice.Status != "") {
			put(c, Undecided, Nobody)
			switch {
			case d.forms.HasHead:
				d.noPart(c)
			case d.o.Head != nil:
				put(c, LeftOut, ByUser)
			}
		}
	}
	return nil
}

// nothingIn finds columns that a rule took for dimensions and that are null throughout.
func (d *decider) nothingIn() error {
	empty := d.having(func(c *column) bool {
		return c.part == Dimension && c.why == ByRule && c.dict.len() == 1 && !c.raw && isNull(c.dict.at(0))
	})
	if len(empty) == 0 || len(empty) == len(d.of(Dimension)) { // of no other dimensions a row says what it lacks
		return nil
	}
	return d.proposed(undecided(empty, Choice{Ignore: names(empty)}, "there is nothing in a column that would be a dimension: %s", list(empty)))
}

// noPart leaves out a column that came to a table later than its head.
func (d *decider) noPart(c *column) {
	put(c, LeftOut, ByFormat)
	d.warn(nil, "column %q is no part of the cube that the table came from: it is left out", c.name())
}

// unfit finds columns whose type the cube has no room for, and that nobody left out.
func (d *decider) unfit() error {
	var list []*column
	for _, c := range d.columns {
		switch {
		case c.Unfit == "" || c.part == LeftOut:
		case c.part != Undecided && c.why == ByUser:
			return &Error{Msg: fmt.Sprintf("column %q cannot be %s: it is of type %s", c.name(), article(c.part), c.Unfit), Err: ErrColumn}
		default:
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return nil
	}
	var texts []string
	for _, c := range list {
		texts = append(texts, fmt.Sprintf("%s of type %s", brief(c.name()), c.Unfit))
	}
	return d.proposed(undecided(list, Choice{Ignore: names(list)}, "a column holds neither values nor categories: %s", strings.Join(texts, ", ")))
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
	first := !slices.ContainsFunc(d.columns[:c.at], func(k *column) bool { return k.part != LeftOut }) &&
		!slices.ContainsFunc(d.decided, func(c *column) bool { return c.why == ByFormat }) // an index, which stands behind in the file
	return !(c.time && (c.years || !d.lasting(c))) && !(first && (c.counting || c.rising))
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
