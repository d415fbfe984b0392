package pxweb

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Resolve holds selections against the table. Variables that none names are left
// out if they can be, else taken whole; with no selection at all everything is
// taken. Unknown variables and values are a [*jsonstat.UnknownError] with near
// misses; whatever would make a server leave out a variable without a word is an
// error as well. lists may be nil.
func (t *Table) Resolve(selections []Selection, lists Lists) (*Query, error) {
	q, r := &Query{Table: t}, &resolver{lists: lists}
	by := make([][]Selection, len(t.Variables))
	for _, s := range selections {
		i, err := t.findIn(s)
		if err != nil {
			return nil, err
		}
		if len(by[i]) > 0 && (by[i][0].how != inGrammar || s.how != inGrammar || by[i][0].CodeList != s.CodeList) {
			return nil, selectionErrorf(t.Variables[i].Code, "it is selected twice")
		}
		by[i] = append(by[i], s)
	}
	for i := range t.Variables {
		v := &t.Variables[i]
		if len(by[i]) == 0 {
			if len(selections) > 0 && v.Elimination {
				continue
			}
			q.Chosen = append(q.Chosen, v.whole())
			continue
		}
		c, err := r.choose(v, by[i])
		if err != nil {
			return nil, err
		}
		if c != nil {
			q.Chosen = append(q.Chosen, *c)
		}
	}
	q.Warnings = r.warnings
	return q, nil
}

// ResolveSaved holds a query of a file against the table, by the rules of the
// version that it is written for: with nothing named, what can be left out is.
func (t *Table) ResolveSaved(saved *SavedQuery, lists Lists) (*Query, error) {
	if len(saved.Selections) > 0 {
		return t.Resolve(saved.Selections, lists)
	}
	q := &Query{Table: t}
	for i := range t.Variables {
		if !t.Variables[i].Elimination {
			q.Chosen = append(q.Chosen, t.Variables[i].whole())
		}
	}
	return q, nil
}

// findIn finds the variable of a selection. Version 2 knows the time variable by
// an alias.
func (t *Table) findIn(s Selection) (int, error) {
	i, err := t.find(s.Variable)
	if err != nil && s.how == expressions2 && strings.EqualFold(s.Variable, "time") {
		for k := range t.Variables {
			if t.Variables[k].Role() == jsonstat.Time {
				return k, nil
			}
		}
	}
	return i, err
}

// whole takes all values of a variable.
func (v *Variable) whole() Chosen {
	c := Chosen{Variable: v, Whole: v.Dim == nil}
	if v.Dim != nil {
		c.take(v.Dim, nil)
	}
	return c
}

// take takes the categories at some indexes, or all of them if there are none.
func (c *Chosen) take(d *jsonstat.Dimension, keep []int) {
	if keep == nil {
		keep = span(0, d.Len())
	}
	c.Codes, c.Labels = make([]string, len(keep)), make([]string, len(keep))
	for i, k := range keep {
		c.Codes[i], c.Labels[i] = d.CategoryID(k), d.CategoryLabel(k)
	}
}

// resolver finds what is chosen of variables, and notes what may surprise.
type resolver struct {
	lists    Lists // may be nil
	warnings []string
}

// choose resolves the selections of a variable; nil if it is to be left out.
func (r *resolver) choose(v *Variable, list []Selection) (*Chosen, error) {
	s := list[0]
	if s.how != inGrammar && len(s.values) == 0 {
		if s.CodeList == "" && v.Elimination {
			return nil, nil
		}
		return nil, selectionErrorf(v.Code, "no values are selected, and it cannot be left out")
	}
	c := &Chosen{Variable: v, CodeList: s.CodeList}
	d := v.Dim
	if s.CodeList != "" {
		var err error
		if d, err = r.listed(v, s.CodeList); err != nil {
			return nil, err
		}
		if d == nil {
			err := c.takeNamed(list)
			c.dropValueSet()
			return c, err
		}
	}
	if d == nil {
		if c.Whole = isStar(list); c.Whole {
			return c, nil
		}
		return c, c.takeNamed(list)
	}
	if unsure(d, list) {
		r.warnings = append(r.warnings, fmt.Sprintf("variable %q: its periods have no form that tells their order; the last ones of the table are taken for the newest", v.Code))
	}
	keep, err := resolve(d, list)
	if err != nil {
		return nil, err
	}
	c.take(d, keep)
	c.dropValueSet()
	return c, nil
}

// dropValueSet takes values of a value set as what they are, values of the
// variable, in whose order they come then.
func (c *Chosen) dropValueSet() {
	d := c.Variable.Dim
	if kind, _, _ := strings.Cut(c.CodeList, ":"); kind != "vs" || d == nil {
		return
	}
	keep := make([]int, len(c.Codes))
	for i, code := range c.Codes {
		if keep[i] = d.Index(code); keep[i] < 0 {
			return
		}
	}
	slices.Sort(keep)
	c.CodeList = ""
	c.take(d, keep)
}

// listed is the dimension of a code list, nil if nobody tells its values.
func (r *resolver) listed(v *Variable, name string) (*jsonstat.Dimension, error) {
	if len(v.CodeLists) > 0 {
		ids := make([]string, len(v.CodeLists))
		for i, l := range v.CodeLists {
			ids[i] = l.ID
		}
		if !slices.Contains(ids, listID(name)) {
			return nil, unknown("code list", listID(name), v.Code, ids, func(i int) string { return v.CodeLists[i].Label })
		}
	}
	if r.lists == nil {
		return nil, nil
	}
	l, err := r.lists(name)
	if err != nil || l == nil {
		return nil, err
	}
	return l.dimension(v)
}

// takeNamed takes values as they are named, where nobody tells which there are.
func (c *Chosen) takeNamed(list []Selection) error {
	of := "the variable"
	if c.CodeList != "" {
		of = c.CodeList
	}
	named := make(map[string]bool, len(c.Codes))
	for _, code := range c.Codes {
		named[code] = true
	}
	add := func(code string) {
		if !named[code] {
			named[code] = true
			c.Codes = append(c.Codes, code)
		}
	}
	for _, s := range list {
		for _, sel := range s.picks {
			if sel.Kind != dice.ID {
				return selectionErrorf(c.Variable.Code, "%s cannot be resolved, for the server does not tell the values of %s: name them one by one", sel, of)
			}
			add(sel.Text)
		}
		for _, value := range s.values {
			if s.how == expressions2 && isExpression(value) || s.how == filter1 && (strings.EqualFold(s.filter, "all") || strings.EqualFold(s.filter, "top")) {
				return selectionErrorf(c.Variable.Code, "%s cannot be resolved, for the server does not tell the values of %s: name them one by one", value, of)
			}
			add(value)
		}
	}
	return nil
}

// isStar tells whether all values are selected, in the way of any language.
func isStar(list []Selection) bool {
	s := list[0]
	return len(list) == 1 && (s.how == inGrammar && len(s.picks) == 1 && s.picks[0].Kind == dice.Glob && s.picks[0].Text == "*" ||
		s.how != inGrammar && len(s.values) == 1 && s.values[0] == "*" && (s.how == expressions2 || strings.EqualFold(s.filter, "all")))
}

// unsure tells whether the newest periods are asked for where the codes do not
// tell their order.
func unsure(d *jsonstat.Dimension, list []Selection) bool {
	if d.Role() != jsonstat.Time || d.Len() < 2 {
		return false
	}
	for _, s := range list {
		ends := s.how == filter1 && strings.EqualFold(s.filter, "top")
		for _, sel := range s.picks {
			ends = ends || sel.Kind == dice.Top || sel.Kind == dice.Bottom
		}
		for _, value := range s.values {
			low := strings.ToLower(value)
			ends = ends || s.how == expressions2 && (strings.HasPrefix(low, "top(") || strings.HasPrefix(low, "bottom("))
		}
		if ends {
			return !inOrder(d)
		}
	}
	return false
}

// inOrder tells whether the codes of periods are of one form and ascend, or
// descend.
func inOrder(d *jsonstat.Dimension) bool {
	up, down := true, true
	for i := 1; i < d.Len(); i++ {
		a, b := d.CategoryID(i-1), d.CategoryID(i)
		if shapeOf(a) != shapeOf(b) {
			return false
		}
		up, down = up && a < b, down && a > b
	}
	return (up || down) && strings.HasPrefix(shapeOf(d.CategoryID(0)), "9999")
}

// shapeOf writes a 9 for each digit.
func shapeOf(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '9'
		}
		return r
	}, code)
}

// resolve finds the categories that selections of one variable select, in
// ascending order.
func resolve(d *jsonstat.Dimension, list []Selection) ([]int, error) {
	s := list[0]
	switch s.how {
	case filter1:
		return resolveFilter(d, s)
	case expressions2:
		return resolveExpressions(d, s.values)
	}
	spec := &dice.Spec{}
	for _, s := range list {
		spec.Criteria = append(spec.Criteria, dice.Criterion{Dimension: d.ID(), Select: s.picks})
	}
	keep, err := spec.Resolve([]*jsonstat.Dimension{d})
	if err != nil {
		return nil, err
	}
	return keep[0], nil
}
