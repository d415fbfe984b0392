package pxserver

import (
	"math"
	"math/bits"
	"slices"
	"time"
)

// A pick is one category of an answer.
type pick struct {
	code    string
	text    Text
	value   *Value // nil for a group
	members []int  // positions in the variable that it stands for, added up
}

// A naming is what a format calls a category in a language.
type naming func(p pick, lang string) string

func (p pick) codeIn(string) string      { return p.code }
func (p pick) textIn(lang string) string { return p.text.In(lang) }

// An axis is one variable of an answer.
type axis struct {
	v     *Variable
	list  *CodeList // nil is the variable's own values
	picks []pick
	gone  bool // eliminated: one pick, and no dimension
	// A pick may come twice, one behind the other: it is one category, of two cells.

	of      int  // which variable of the table it is
	heading bool // it is in the heading, not in the stub
}

// An extract is an answer: a part of a table.
type extract struct {
	t       *Table
	host    *Host
	lang    string
	edition int
	said    func(updated time.Time, edition int) string // what is said of when it was updated
	mixed   bool                                        // values as an object, statuses as an array
	second  bool                                        // an answer of version 2
	axes    []axis                                      // every variable, in the order of the answer
	shown   []int                                       // axes that are dimensions
	added   *axis                                       // a dimension in front that no variable stands behind
}

// pickOf is the category of one value.
func (v *Variable) pickOf(i int) pick {
	return pick{v.Values[i].Code, v.Values[i].Text, &v.Values[i], []int{i}}
}

// picksOf are the categories at the positions, in the table's order.
func (v *Variable) picksOf(positions []int) []pick {
	chosen := make([]bool, len(v.Values))
	for _, p := range positions {
		chosen[p] = true
	}
	picks := make([]pick, 0, len(positions))
	for i, yes := range chosen {
		if yes {
			picks = append(picks, v.pickOf(i))
		}
	}
	return picks
}

// eliminated is the axis of a variable that was left out and can be.
func (v *Variable) eliminated() axis {
	a := axis{v: v, gone: true}
	if i := v.index(v.EliminationValue); i >= 0 {
		a.picks = []pick{v.pickOf(i)}
	} else {
		a.picks = []pick{{members: every(len(v.Values))}}
	}
	return a
}

// whole is the axis with all values of a variable.
func (v *Variable) whole() axis {
	return axis{v: v, picks: v.picksOf(every(len(v.Values)))}
}

// groupPick is the category of a value of a code list.
func (v *Variable) groupPick(g *Group) pick {
	p := pick{code: g.Code, text: g.Text}
	if len(g.Members) == 0 {
		if i := v.index(g.Code); i >= 0 {
			if p.text == (Text{}) {
				p.text = v.Values[i].Text
			}
			p.members, p.value = []int{i}, &v.Values[i]
		}
	}
	for _, m := range g.Members {
		if i := v.index(m); i >= 0 {
			p.members = append(p.members, i)
		}
	}
	return p
}

// categories are the picks, each once.
func (a *axis) categories() []pick {
	for i := 1; i < len(a.picks); i++ {
		if a.picks[i].code == a.picks[i-1].code {
			return slices.CompactFunc(slices.Clone(a.picks), func(x, y pick) bool { return x.code == y.code })
		}
	}
	return a.picks
}

// each calls for the categories that are values.
func (a *axis) each(f func(code string, v *Value)) {
	for _, p := range a.categories() {
		if p.value != nil {
			f(p.code, p.value)
		}
	}
}

func (a *axis) any(is func(*Value) bool) (found bool) {
	a.each(func(_ string, v *Value) { found = found || is(v) })
	return found
}

// wholeTable is the extract of all that a table has.
func wholeTable(t *Table, host *Host, lang string) *extract {
	e := &extract{t: t, host: host, lang: lang}
	for i := range t.Variables {
		e.axes = append(e.axes, t.Variables[i].whole())
		e.shown = append(e.shown, i)
	}
	e.place()
	return e
}

// cells is the number of cells, or the largest int if there are more.
func (e *extract) cells() int {
	n := uint64(1)
	for _, a := range e.axes {
		hi, lo := bits.Mul64(n, uint64(len(a.picks)))
		if hi != 0 || lo > math.MaxInt {
			return math.MaxInt
		}
		n = lo
	}
	return int(n)
}

// place takes note of which variables the axes are; they come in the table's order.
func (e *extract) place() {
	for i := range e.axes {
		e.axes[i].of, e.axes[i].heading = i, i >= len(e.axes)-e.t.heading()
	}
}

// arrange says which axes are dimensions, and what is made of the contents.
func (e *extract) arrange() {
	e.shown = e.shown[:0]
	hasContents := false
	for i := range e.axes {
		a := &e.axes[i]
		if a.v.Kind == Contents {
			if e.host.RemoveSingle && len(a.picks) == 1 {
				continue
			}
			hasContents = true
		}
		if !a.gone {
			e.shown = append(e.shown, i)
		}
	}
	if !hasContents && !e.host.OldSerializer {
		e.added = e.eliminatedContents()
	}
}

// eliminatedContents is the dimension that the newest serializer puts in front
// where no contents variable is left.
func (e *extract) eliminatedContents() *axis {
	value := &Value{Code: "EliminatedValue", Text: e.t.contents(), Decimals: e.t.Decimals}
	if a := e.contents(); a != nil {
		of := *a.picks[0].value
		value = &of
		value.Code = "EliminatedValue"
		value.Alternative = Text{}
		value.Notes, value.URNs = nil, ""
	}
	v := &Variable{Code: "ContentsCode", Text: T("EliminatedContents", "EliminatedContents"), Kind: Contents, Values: []Value{*value}}
	return &axis{v: v, picks: []pick{{value.Code, e.t.contents(), &v.Values[0], []int{0}}}}
}

// contentsLast puts the contents behind the other variables, for formats that have a
// column for each of them. keys are the other dimensions; contents is -1 where the
// contents are no dimension.
func (e *extract) contentsLast() (keys []int, contents int) {
	at := slices.IndexFunc(e.axes, func(a axis) bool { return a.v.Kind == Contents })
	if at < 0 {
		return e.shown, -1
	}
	a := e.axes[at]
	e.axes = append(slices.Delete(e.axes, at, at+1), a)
	contents = -1
	for _, i := range e.shown {
		switch {
		case i < at:
			keys = append(keys, i)
		case i > at:
			keys = append(keys, i-1) // it has moved up
		default:
			contents = len(e.axes) - 1
		}
	}
	e.shown = slices.Clone(keys)
	if contents >= 0 {
		e.shown = append(e.shown, contents)
	}
	return keys, contents
}

// contents is the axis of the contents variable, or nil.
func (e *extract) contents() *axis {
	for i := range e.axes {
		if e.axes[i].v.Kind == Contents {
			return &e.axes[i]
		}
	}
	return nil
}

// dimensions are the axes that the answer has, in their order.
func (e *extract) dimensions() []*axis {
	var axes []*axis
	if e.added != nil {
		axes = append(axes, e.added)
	}
	for _, i := range e.shown {
		axes = append(axes, &e.axes[i])
	}
	return axes
}

// sides are the shown axes of the stub and of the heading.
func (e *extract) sides() (stub, heading []int) {
	for _, i := range e.shown {
		if e.axes[i].heading {
			heading = append(heading, i)
		} else {
			stub = append(stub, i)
		}
	}
	return stub, heading
}

// names are what a format calls the variables of axes, as if they were categories.
func (e *extract) names(axes []int, name naming) (names []string) {
	for _, i := range axes {
		v := e.axes[i].v
		names = append(names, name(pick{code: v.Code, text: v.Text}, e.lang))
	}
	return names
}

// updated is when the newest of the contents in the answer was updated.
func (e *extract) updated() time.Time {
	newest := e.t.Updated
	if a := e.contents(); a != nil {
		newest = time.Time{}
		for _, p := range a.picks {
			at := e.t.Updated
			if p.value != nil && !p.value.Updated.IsZero() {
				at = p.value.Updated
			}
			if at.After(newest) {
				newest = at
			}
		}
	}
	return newest.Add(time.Duration(e.edition) * time.Hour)
}

// date is what the answer says of when the table was updated, "" if it says nothing.
func (e *extract) date() string {
	if e.host.FileTables && e.t.NoDate {
		return ""
	}
	if e.said == nil {
		return e.updated().UTC().Format("2006-01-02T15:04:05Z")
	}
	return e.said(e.updated(), e.edition)
}

// tableNotes are the notes of the table that stand in this answer.
func (e *extract) tableNotes() (notes []Note) {
	for _, n := range e.t.Notes {
		if n.Only == "" || e.has(n.Only) {
			notes = append(notes, n)
		}
	}
	return notes
}

// has tells whether a category "Variable=code" is in the answer.
func (e *extract) has(category string) bool {
	for _, a := range e.axes {
		for _, p := range a.picks {
			if !a.gone && a.v.Code+"="+p.code == category {
				return true
			}
		}
	}
	return false
}

// label is the title of the answer: what the figures are (of several contents the
// one that was asked for, if it was one), by the names of the
// variables that it has.
func (e *extract) label() string {
	what := e.t.contents()
	if a := e.contents(); a != nil && len(a.picks) == 1 && len(a.v.Values) > 1 {
		what = a.picks[0].value.Text
	}
	by, and := ", etter ", " og "
	if e.lang == "en" {
		by, and = ", by ", " and "
	}
	label := what.In(e.lang)
	for i, k := range e.shown {
		switch {
		case i == 0:
			label += by
		case i == len(e.shown)-1:
			label += and
		default:
			label += ", "
		}
		label += e.axes[k].v.Text.In(e.lang)
	}
	return label
}
