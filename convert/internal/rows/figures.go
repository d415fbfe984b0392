package rows

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// figureRules find the columns of figures.
type figureRules struct{ *decision }

// figures finds the columns of figures among those that neither user, head nor name
// decided, and takes the last column for the value if it is the only one.
//
// A column is of figures if its header is a period, ends in one, or is of one kind with
// the header of the column of figures at its right; or if it is of numbers and stands
// behind the key. Several are an error, and so is one that is not the last column.
func (d figureRules) figures() error {
	values := d.of(Value)
	named := len(values) > 0 && values[0].why == ByName
	figs, err := d.figureColumns(values, named)
	if err != nil {
		return err
	}
	all := byAt(slices.Concat(figs, values))
	if len(figs) > 0 && len(all) > 1 {
		err := d.proposed(undecided(all, d.settle(all), "several columns hold figures: %s", list(all)))
		if e := (*Error)(nil); named && errors.As(err, &e) && e.Propose == nil && !d.trying { // the rows are not unique without
			if keep := d.oneOf(values[0], figs); d.try(keep) == nil {
				e.propose(keep)
			}
		}
		return err
	}
	if len(values) > 0 {
		return nil
	}
	last := d.free[len(d.free)-1]
	if len(figs) == 1 {
		f := figs[0]
		if last.at > f.at {
			return d.proposed(undecided([]*column{f, last}, d.settle(figs), "the values could be %s or %s, the last column", brief(f.name()), brief(last.name())))
		}
		put(f, Value, ByRule)
		return nil
	}
	switch {
	case last.Name == "" && d.headed && last.at == d.columns[len(d.columns)-1].at && d.choice.Header != "0" && len(d.columns) > 1:
		return undecided([]*column{last}, Choice{}, "the last column, %s, has no name but content: say what it is", last.name())
	case (last.figures == 0 || last.Codes) && !(d.o.Texts && last.texts > 0):
		text := last.firstText
		if text == "" && last.dict.len() > 0 {
			key, _ := last.dict.cell(0)
			text = string(key)
		}
		what := "nothing"
		if text != "" {
			what = strconv.Quote(brief(text))
		}
		e := undecided([]*column{last}, Choice{}, "there is no column of figures: the last one, %s, holds %s", brief(last.name()), what)
		e.Text, e.Err = text, ErrNoFigures
		if d.numbers.otherMark(text) {
			e.Also = append(e.Also, "Decimal")
		}
		if groupMark([]byte(text)) != "" {
			e.Also = append(e.Also, "Thousands")
		}
		return e
	case d.n > 1 && last.years && last.time && last.texts == 0:
		e := undecided([]*column{last}, Choice{}, "there is no column of figures: the last one, %s, holds periods", brief(last.name()))
		e.Err = ErrNoFigures
		return e
	}
	put(last, Value, ByRule)
	return nil
}

// oneOf is a choice for a column that is called as values are, and others behind it
// without which the rows are not unique: these are dimensions, or it is one and the
// last one has the figures, as makes the smaller cube.
func (d figureRules) oneOf(value *column, figs []*column) Choice {
	dims := byAt(slices.Concat(d.decided, d.free))
	last := figs[len(figs)-1]
	other := byAt(append(d.set([]*column{last}).without(dims), value))
	if box(other) < box(dims) {
		return Choice{Values: names([]*column{last}), Dimensions: names(other)}
	}
	return Choice{Dimensions: names(dims)}
}

// figureColumns are the columns of figures, in their order.
func (d figureRules) figureColumns(values []*column, named bool) ([]*column, error) {
	if len(d.free) == 0 {
		return nil, nil
	}
	if named {
		if d.n <= 1 {
			return nil, nil
		}
		i := slices.IndexFunc(d.free, func(c *column) bool { return c.at > values[0].at })
		if i < 0 {
			return nil, nil
		}
		return d.figuresAmong(d.free[i:])
	}
	behind, err := d.behindKey()
	if err != nil {
		return nil, err
	}
	figs, err := d.figuresAmong(behind)
	if err != nil {
		return nil, err
	}
	in := d.set(figs)
	for _, c := range slices.Backward(d.free) {
		if in[c.at] || !c.valued() {
			continue
		}
		if h := c.head(); h.period || h.endPeriod || d.under(c) || in[c.at+1] && oneKind(c, d.columns[c.at+1]) {
			figs, in[c.at] = append(figs, c), true
		}
	}
	if figs, err = d.ranks(figs); err != nil {
		return nil, err
	}
	if len(figs) == 0 {
		return nil, nil
	}
	// Beside a column of figures one number throughout is a figure too, and among
	// several an empty column as well.
	first := slices.MinFunc(figs, func(a, b *column) int { return a.at - b.at })
	several := len(figs) > 1
	in = d.set(figs)
	for _, c := range behind {
		if !in[c.at] && c.texts == 0 && !c.raw && c.size == 1 && c.marked == 0 && (c.figures > 0 || several) &&
			!(c.years && c.time) && (c.at > first.at || c.figures > 0 && in[c.at+1]) {
			figs, in[c.at], several = append(figs, c), true, true
		}
	}
	return byAt(figs), nil
}

// under tells whether a column stands with a neighbour under one text of a header of
// several rows.
func (d figureRules) under(c *column) bool {
	n := len(c.Parts)
	is := func(at int) bool {
		return at >= 0 && at < len(d.columns) && len(d.columns[at].Parts) == n && d.columns[at].Parts[0] == c.Parts[0]
	}
	return n > 1 && (is(c.at-1) || is(c.at+1))
}

// figuresAmong are the columns of several numbers that may be figures.
func (d figureRules) figuresAmong(columns []*column) ([]*column, error) {
	var figs []*column
	for _, c := range columns {
		if !d.figure(c) {
			continue
		}
		if size, err := d.sizeOf(c); err != nil {
			return nil, err
		} else if size > 1 {
			figs = append(figs, c)
		}
	}
	return figs, nil
}

// behindKey are the columns behind the key: the shortest run of columns from the left
// that tells all rows apart. It is looked for only where more than one undecided column
// is of numbers and not of time; else there is nothing to choose from.
func (d figureRules) behindKey() ([]*column, error) {
	candidates := 0
	for _, c := range d.free {
		if c.figures > 0 && c.numeric() && (!c.time || d.lasting(c)) {
			candidates++
		}
	}
	last := d.free[len(d.free)-1]
	noFigures := !last.numeric() || last.years && last.time
	if d.n <= 1 || candidates == 0 || candidates == 1 && !noFigures {
		return nil, nil
	}
	if noFigures {
		// The key of a table that does not end in figures: its texts and periods, then
		// numbers from the left.
		return d.behindTexts()
	}
	k, err := d.keyOf()
	if err != nil || k < 0 {
		return nil, err
	}
	return d.free[k:], nil
}

// lasting tells whether a column of time holds how long something takes rather than
// when it was: its header says more than a word for time, or the last column, which has
// the figures, is called so too.
func (d figureRules) lasting(c *column) bool {
	isNumber := func(c *column) bool { return !c.Time && !c.periods && !c.years && c.texts == 0 && c.size > 1 }
	last := d.free[len(d.free)-1]
	return isNumber(c) && (lasts(c.Name) || last.time && isNumber(last))
}

// behindTexts are the columns that a key of texts and periods leaves.
func (d figureRules) behindTexts() ([]*column, error) {
	var key, rest []*column
	for _, c := range d.free {
		switch {
		case c.texts > 0 && !c.numeric() || c.time:
			key = append(key, c)
		case c.figures > 0:
			rest = append(rest, c)
		}
	}
	for {
		ok, err := d.unique(slices.Concat(d.decided, key))
		if err != nil {
			return nil, err
		}
		if ok || len(rest) == 0 {
			if !ok || len(rest) == 0 {
				return nil, nil
			}
			break
		}
		key, rest = append(key, rest[0]), rest[1:]
	}
	return d.set(key).without(d.free), nil
}

// ranks adds the columns that are called ranks, wherever they stand, where the others
// tell the rows apart.
func (d figureRules) ranks(figs []*column) ([]*column, error) {
	in := d.set(figs)
	for _, c := range d.free {
		if in[c.at] || !c.numeric() || d.n <= 1 || !isRank(c) {
			continue
		}
		rest := slices.Clone(d.decided)
		for _, o := range d.free {
			if o != c && !in[o.at] && !d.figure(o) {
				rest = append(rest, o)
			}
		}
		ok, err := d.unique(rest)
		if err != nil {
			return nil, err
		}
		if ok {
			figs, in[c.at] = append(figs, c), true
		}
	}
	return figs, nil
}

// settle is a choice that names columns of figures and takes away what then repeats
// other columns.
func (d figureRules) settle(figs []*column) Choice {
	var rest []*column
	in := d.set(figs)
	for _, c := range d.columns {
		if c.part == Dimension || c.part == Undecided && !in[c.at] {
			rest = append(rest, c)
		}
	}
	suffix := d.suffixOf(figs, rest)
	if suffix != "" {
		rest = slices.DeleteFunc(rest, func(c *column) bool {
			base, ok := strings.CutSuffix(c.Name, suffix)
			i := d.named(base)
			return ok && i >= 0 && in[i]
		})
	}
	repeats, late, err := repeatRules(d).spare(rest, d.late(rest, figs[0]))
	if err != nil {
		return Choice{}
	}
	repeats = slices.DeleteFunc(repeats, ofPeriodBehind)
	keep := d.set(columnsOf(repeats), late).without(rest)
	alike := len(figs) > 1
	for _, f := range figs[1:] {
		alike = alike && oneKind(figs[0], f)
	}
	choice := Choice{Values: names(figs)}
	if ids := inRows(figs); ids != nil {
		choice = Choice{By: ids, Stub: names(keep)}
	} else if contentsAndTime(figs) {
		choice = Choice{By: []string{"Contents", "Time"}, Stub: names(keep)}
	} else if alike {
		by := "Category"
		if isPeriod(figs[0].Name) {
			by = "Time"
		}
		choice = Choice{By: []string{by}, Stub: names(keep)}
	}
	away := repeatRules(d).away(repeats, late)
	choice.Labels, choice.Ignore, choice.StatusSuffix = away.Labels, away.Ignore, suffix
	return choice
}

// suffixOf is what the headers of some columns of texts have behind those of all
// columns of figures: they hold their statuses. It is "" for none.
func (d figureRules) suffixOf(figs, rest []*column) string {
	const longest = 8
	if len(figs) < 2 {
		return ""
	}
	for _, c := range rest {
		suffix, ok := strings.CutPrefix(c.Name, figs[0].Name)
		if !ok || suffix == "" || len(suffix) > longest || isPeriod(c.Name) {
			continue
		}
		if !slices.ContainsFunc(figs, func(f *column) bool {
			i := d.named(f.Name + suffix)
			return i < 0 || d.columns[i].figures > 0 || d.columns[i].part != Undecided
		}) {
			return suffix
		}
	}
	return ""
}

// late are columns of texts behind the figures without which the rows are unique: they
// say something of a row, not which it is.
func (d figureRules) late(keep []*column, figure *column) []*column {
	if len(keep) == 0 || figure.at < keep[0].at {
		return nil
	}
	var late []*column
	for _, c := range slices.Backward(keep) {
		if c.at < figure.at || c.time || c.texts == 0 || c.size < 2 || len(keep)-len(late) < 2 {
			continue
		}
		rest := d.set(late, []*column{c}).without(keep)
		if ok, err := d.unique(rest); err == nil && ok {
			late = append(late, c)
		}
	}
	return late
}

// figure tells whether a column of numbers may hold figures: not the years of a column
// of time, nor a first column whose numbers only rise. A rank is one wherever it
// stands.
func (d figureRules) figure(c *column) bool {
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
