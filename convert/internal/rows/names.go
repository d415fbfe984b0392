package rows

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
)

// nameRules are about names of columns that say what they are.
type nameRules struct{ *decision }

// nameParts says what columns are whose names say it.
func (d nameRules) nameParts() error {
	leading := true // of a frame that was written and read more than once there are several
	for i, c := range d.columns[:len(d.columns)-1] {
		leading = leading && d.isRowNumbers(c, i)
		if c.part == Undecided && (leading || c.Index) && !c.numberless() {
			if err := d.rowNumbers(c); err != nil {
				return err
			}
		}
	}
	byNorm := map[string]*column{}
	for _, c := range d.columns {
		byNorm[c.head().normed] = c
	}
	_, statcan := byNorm["ref date"]
	// Values first: Value label would be taken for labels of them else.
	called := d.having(func(c *column) bool { return c.part == Undecided && isValueName(c.called) })
	for _, c := range called {
		if (c.valued() || len(called) == 1 && (d.forms.Typed || d.o.Texts)) && len(d.saidValues) == 0 && !d.said(Value) { // else others were named
			put(c, Value, ByName)
		}
	}
	var others []*column // which may be labels: of what, is known once all statuses are
	for _, c := range d.columns {
		if c.part != Undecided {
			continue
		}
		n := c.head().normed
		switch {
		case pandasForm().MatchString(c.Name) && c.texts == 0 && int64(c.size) == d.n:
			put(c, LeftOut, ByName)
		case d.o.Content == layout.Columns && !isValueName(c.called) && !isStatusName(c.calledNorm()):
		case statcan && slices.Contains(statcanNames, strings.ReplaceAll(n, " ", "_")):
			put(c, LeftOut, ByName)
		case isValueName(c.called) && c.valued():
		case isStatusName(c.calledNorm()):
			if d.choice.Status == "" && d.statusColumn() < 0 { // else no other one holds statuses, whatever it is called
				d.statusByName(c, c.calledNorm())
			}
		case d.statusOf(c):
		default:
			others = append(others, c)
		}
	}
	for _, c := range others {
		if c.part == Undecided {
			if err := d.labelsByName(c, c.head().normed, byNorm); err != nil {
				return err
			}
		}
	}
	if err := d.timestamps(); err != nil {
		return err
	}
	if values := d.having(func(c *column) bool { return c.part == Value && c.why == ByName }); len(values) > 1 && len(d.choice.By) == 0 {
		return d.proposed(undecided(values, Choice{Values: names(values)}, "several columns are called as values are: %s", list(values)))
	}
	return nil
}

// said tells whether the file says of a column that it is such a part of the cube.
func (d nameRules) said(part Part) bool {
	return slices.ContainsFunc(d.columns, func(c *column) bool { return c.part == part && c.why == ByFormat && c.of < 0 })
}

// isRowNumbers tells whether a first column, or one behind others of this kind, is
// called as row numbers are, and its numbers only rise.
func (d nameRules) isRowNumbers(c *column, i int) bool {
	unnamed := unnamedForm().MatchString(c.Name)
	return d.hasNames() && (c.rising || c.counting) && (unnamed || i == 0 && slices.Contains(rowNames, c.head().normed))
}

// rowNumbers leaves out a column of row numbers. Years that rise may be just these: a
// table with periods down the side has no header above them.
func (d nameRules) rowNumbers(c *column) error {
	others := d.having(func(k *column) bool { return k != c && k.part == Undecided && (k.Name != "" || k.figures > 0) })
	if len(others) > 1 && c.Name == "" && !slices.ContainsFunc(others, func(k *column) bool { return k.numberless() || k.time || k.figures == 0 }) {
		choice := Choice{Values: names(others), Dimensions: []string{c.name()}}
		if len(d.choice.By) > 0 {
			choice = Choice{Stub: []string{c.name()}}
		}
		if len(d.saidValues) == 0 && len(d.saidDims) == 0 && len(d.choice.Stub) == 0 {
			return d.proposed(undecided([]*column{c}, choice, "column %s, which has no name, could be a dimension, or the numbers of rows: all others hold numbers", c.name()))
		}
	}
	if !c.years || c.counting {
		put(c, LeftOut, ByName)
		return nil
	}
	e := undecided([]*column{c}, Choice{}, "column %s, which has no name of its own, could hold years, or the numbers of rows", c.name())
	e.Also = []string{"Dimensions", "Ignore"}
	return e
}

// statusByName takes a column for statuses by its name: only beside or behind a column
// that is a value by name, or as the last one behind figures. Elsewhere it is a
// dimension like any other.
func (d nameRules) statusByName(c *column, n string) {
	value := slices.IndexFunc(d.columns, func(k *column) bool {
		return k.part == Value || isValueName(k.called) && k.part == Undecided && k.valued()
	})
	end := true
	for _, k := range d.columns[c.at+1:] {
		end = end && k.part != Undecided
	}
	var before *column
	for _, k := range d.columns[:c.at] {
		if k.part == Undecided {
			before = k
		}
	}
	end = end && before != nil && before.figures > before.texts && n != "symbol"
	switch {
	case n == "obs status", n == "observation status",
		d.o.Head != nil && !d.by && n != "symbol", // what is no dimension of the head
		value >= 0 && (c.at > value || c.at == value-1 && n != "symbol"),
		value < 0 && end:
		put(c, Status, ByName)
	case value < 0 && d.isReferenceStatus(c):
		put(c, Status, ByName)
		d.weak = c
	}
}

// isReferenceStatus tells whether a column is the status column of the tools that we
// replace, whatever the values are called: exactly Status, in front of a last column of
// numbers. Marital status is called so, too, so it is asked about where its texts are
// no codes.
func (d nameRules) isReferenceStatus(c *column) bool {
	if c.called != "Status" || c.at != len(d.columns)-2 || len(d.choice.By) > 0 {
		return false
	}
	last := d.columns[len(d.columns)-1]
	return last.part == Undecided && !last.numberless() && !(last.years && last.time)
}

// statusOf takes X_symbol, X Status for the statuses of X.
func (d nameRules) statusOf(c *column) bool {
	if suffix := d.choice.StatusSuffix; suffix != "" {
		if base, ok := strings.CutSuffix(c.Name, suffix); ok {
			if i := d.named(base); i >= 0 && i != c.at {
				put(c, Status, ByUser)
				c.of = i
				return true
			}
		}
	}
	m := statusForm().FindStringSubmatch(c.Name)
	if m == nil {
		return false
	}
	i := d.named(m[1])
	if i < 0 || i == c.at {
		return false
	}
	heading := len(d.choice.By) > 0 && len(d.choice.Stub) > 0 && !slices.Contains(d.choice.Stub, m[1])
	if of := d.columns[i]; !heading && of.part == Undecided && (of.numberless() || of.years && of.time) {
		return false // it holds no values that could have statuses
	}
	put(c, Status, ByName)
	c.of = i
	return true
}

// maybeRowNumbers is the error for a first column that is called as row numbers are
// and holds whole numbers, in another order: those of rows that were sorted or put
// together, or a dimension.
func (d nameRules) maybeRowNumbers() error {
	c := d.columns[0]
	if c.part != Undecided || !d.hasNames() || d.o.Head != nil || len(d.columns) < 3 || d.n < 2 || !c.numeric() || !c.whole || c.time || c.texts > 0 ||
		!slices.Contains(rowNames, c.head().normed) && !unnamedForm().MatchString(c.Name) {
		return nil
	}
	name := names([]*column{c})
	e := undecided([]*column{c}, Choice{Ignore: name}, "%s could be row numbers, or a dimension", c.name())
	err := d.proposed(e)
	if e.Propose != nil {
		e.Keep = name
		return err
	}
	e.propose(Choice{Dimensions: name})
	return d.proposed(e)
}

// labelsByName takes X_LABEL for the labels of X, X for those of X code, and what
// stands behind TLIST(..) and C…V… for theirs, where the cells bear it out.
func (d nameRules) labelsByName(c *column, n string, byNorm map[string]*column) error {
	if m := labelForm().FindStringSubmatch(n); m != nil && m[1] != "" {
		base := strings.TrimSpace(m[1])
		ids := []string{base + " code", base + " id", base + "code", base + "id", base + " kode", base, base + " iso"}
		for _, name := range ids {
			id := byNorm[name]
			if id == nil || id == c {
				continue
			}
			if id.part == Status && (id.why == ByName || id.why == ByUser) { // what its codes mean has no place in a cube
				if ok, err := d.isFunction(c, id); err != nil {
					return err
				} else if ok {
					put(c, LeftOut, ByName)
					return nil
				}
			}
			if id.part != Undecided && id.part != Dimension {
				continue
			}
			return d.pairIf(id, c)
		}
	}
	if contentsForm().MatchString(c.Name) && c.at+1 < len(d.columns) {
		if b := d.columns[c.at+1]; b.part == Undecided && b.size == c.size && !isStatusName(b.calledNorm()) && !contentsForm().MatchString(b.Name) && !isUnit(b) {
			if ok, err := d.isFunction(b, c); err != nil || !ok {
				return err
			}
			d.pair(c, b)
		}
		return nil
	}
	for _, ending := range codeEndings {
		base, cut := strings.CutSuffix(n, ending)
		if !cut {
			continue
		}
		b := byNorm[base]
		if b == nil || b == c || b.part != Undecided || slices.ContainsFunc(labelWords, func(w string) bool { return byNorm[base+" "+w] != nil }) {
			continue
		}
		return d.pairIf(c, b)
	}
	return nil
}

// pairIf takes a column for labels of another one, as both are called. It is an error if
// their cells say otherwise: with other rows they might not.
func (d nameRules) pairIf(id, labels *column) error {
	if ok, err := d.isFunction(labels, id); err != nil {
		return err
	} else if ok {
		d.pair(id, labels)
		return nil
	}
	choice := Choice{Dimensions: names(byAt([]*column{id, labels}))}
	if ok, err := d.isFunction(id, labels); err != nil {
		return err
	} else if ok {
		choice = Choice{Ignore: names([]*column{id})}
	}
	e := undecided([]*column{labels}, choice, "%s is called as the labels of %s are, and says more", brief(labels.name()), brief(id.name()))
	return d.proposed(e)
}

// pair takes a column for labels of another one.
func (d nameRules) pair(id, labels *column) {
	put(labels, Labels, ByName)
	labels.of = id.at
	if id.part == Undecided {
		put(id, Dimension, ByName)
	}
}

// timestamps leaves out a column called timestamp that says of each period when it
// begins, as PxWeb writes it.
func (d nameRules) timestamps() error {
	i := slices.IndexFunc(d.columns, func(c *column) bool { return c.part == Undecided && c.time && c.head().normed == "timestamp" })
	if i < 0 {
		return nil
	}
	for _, c := range d.columns {
		if c.at == i || c.part != Undecided && c.part != Dimension || !c.time && !c.periods {
			continue
		}
		ok, err := d.isFunction(d.columns[i], c)
		if err != nil {
			return err
		}
		if ok {
			put(d.columns[i], LeftOut, ByName)
			return nil
		}
	}
	return nil
}
