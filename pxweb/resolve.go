package pxweb

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// CheckCriteria sees whether criteria that somebody wrote select something, which needs no
// table: there is one, and values follow every code list.
func CheckCriteria(criteria []dice.Criterion) error {
	if len(criteria) == 0 {
		return selectionErrorf("", "a selection is empty: write VARIABLE=value,value")
	}
	for _, c := range criteria {
		if c.CodeList != "" && len(c.Select) == 0 {
			return selectionErrorf(c.Dimension, "no values follow the code list %s: write %s:value,value, or %s:* for all", c.CodeList, c.CodeList, c.CodeList)
		}
	}
	return nil
}

// Resolve holds criteria against the table. Variables that none names are left
// out if they can be, else taken whole; with no criterion at all everything is
// taken. Unknown variables and values are a [*jsonstat.UnknownError] with near
// misses; whatever would make a server leave out a variable without a word is an
// error as well. lists may be nil.
func (t *Table) Resolve(criteria []dice.Criterion, lists Lists) (*Query, error) {
	q, r := &Query{Table: t}, &resolver{lists: lists}
	q.again = func(t *Table) (*Query, error) { return t.Resolve(criteria, lists) }
	by := make([][]dice.Criterion, len(t.Variables))
	for _, c := range criteria {
		i, err := t.findIn(c)
		if err != nil {
			return nil, err
		}
		if len(by[i]) > 0 && by[i][0].CodeList != c.CodeList {
			return nil, selectionErrorf(t.Variables[i].Code, "it is selected twice")
		}
		by[i] = append(by[i], c)
	}
	for i := range t.Variables {
		v := &t.Variables[i]
		if len(by[i]) == 0 {
			if len(criteria) > 0 && v.Elimination {
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
	if len(saved.Criteria) > 0 {
		q, err := t.Resolve(saved.Criteria, lists)
		if err == nil && t.API == V2 {
			q.saved = saved.ID
		}
		return q, err
	}
	q := &Query{Table: t, again: func(t *Table) (*Query, error) { return t.ResolveSaved(saved, lists) }}
	for i := range t.Variables {
		if !t.Variables[i].Elimination {
			q.Chosen = append(q.Chosen, t.Variables[i].whole())
		}
	}
	return q, nil
}

// Roll turns what is frozen in a query into what follows the table: the newest n periods
// into the newest n, whichever they are, and a list of all values into all. A list of periods
// that does not end with the newest one stays.
func (s *SavedQuery) Roll(t *Table) error {
	for i := range s.Criteria {
		c := &s.Criteria[i]
		if c.CodeList != "" || len(c.Select) == 0 || c.Select[0].Kind != dice.ID {
			continue
		}
		v, err := t.Variable(c.Dimension)
		if err != nil {
			return err
		}
		if v.Dim == nil {
			continue
		}
		first, n := -1, 0
		seen := map[int]bool{}
		for _, s := range c.Select {
			k := indexFold(v.Dim, s.Text)
			if k < 0 || seen[k] || s.Kind != dice.ID {
				first = -1
				break
			}
			seen[k] = true
			if n++; first < 0 || k < first {
				first = k
			}
		}
		switch {
		case first < 0:
		case n == v.Dim.Len():
			c.Select = []dice.Selector{{Kind: dice.Glob, Text: "*"}}
		case v.Role() == jsonstat.Time && first+n == v.Dim.Len():
			c.Select = []dice.Selector{{Kind: dice.Top, N: n}}
		}
	}
	return nil
}

// findIn finds the variable of a criterion. Version 2, which does not mind case, knows the
// time variable by an alias.
func (t *Table) findIn(c dice.Criterion) (int, error) {
	i, err := t.find(c.Dimension)
	if err != nil && c.AnyCase && strings.EqualFold(c.Dimension, "time") {
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

// resolver finds what is chosen of variables, and notes what may surprise.
type resolver struct {
	lists    Lists // may be nil
	warnings []string
	missing  error // why the code list at hand cannot be had
}

// choose resolves the criteria of a variable; nil if it is to be left out.
func (r *resolver) choose(v *Variable, list []dice.Criterion) (*Chosen, error) {
	first := list[0]
	for _, c := range list {
		if len(c.Select) > 0 {
			continue
		}
		if c.CodeList == "" && v.Elimination {
			return nil, nil
		}
		return nil, selectionErrorf(v.Code, "no values are selected, and it cannot be left out")
	}
	c := &Chosen{Variable: v, CodeList: first.CodeList}
	d := v.Dim
	if first.CodeList != "" {
		var err error
		if d, err = r.listed(v, first.CodeList); err != nil {
			return nil, err
		}
		if d == nil {
			err := c.takeNamed(list, r.missing)
			if c.isValueSet() {
				c.inTableOrder()
			}
			return c, err
		}
	}
	if d == nil {
		if c.Whole = len(list) == 1 && isStar(first); c.Whole {
			return c, nil
		}
		return c, c.takeNamed(list, nil)
	}
	if unsure(d, list) {
		r.warnings = append(r.warnings, fmt.Sprintf("variable %q: its periods have no form that tells their order; the last ones of the table are taken for the newest", v.Code))
	}
	keep, err := resolveIn(d, list...)
	if err != nil {
		return nil, err
	}
	c.take(d, keep)
	if c.isValueSet() {
		c.inTableOrder()
	}
	return c, nil
}

// listed is the dimension of a code list, nil if nobody tells its values. A list that
// cannot be had is no reason to stop: its values are taken as they are named, and a warning
// names it.
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
	r.missing = nil
	if r.lists == nil {
		return nil, nil
	}
	l, err := r.lists(name)
	if _, ok := errors.AsType[*Error](err); ok { // whatever the server, or the way to it, has
		r.missing = fmt.Errorf("the code list %s cannot be had: %w", listID(name), err)
		r.warnings = append(r.warnings, fmt.Sprintf("%v; its values are asked for as they are named", r.missing))
		return nil, nil
	}
	if err != nil || l == nil {
		return nil, err
	}
	return l.dimension(v)
}

// takeNamed takes values as they are named, where nobody tells which there are; missing is
// why, if a code list could not be had.
func (c *Chosen) takeNamed(list []dice.Criterion, missing error) error {
	of := "the variable"
	if c.CodeList != "" {
		of = c.CodeList
	}
	named := map[string]bool{}
	for _, criterion := range list {
		for _, s := range criterion.Select {
			switch {
			case (s.Kind != dice.ID || criterion.Omit) && missing != nil:
				return fmt.Errorf("variable %q: %s cannot be resolved: %w", c.Variable.Code, shown(s), missing)
			case s.Kind != dice.ID || criterion.Omit:
				return selectionErrorf(c.Variable.Code, "%s cannot be resolved, for the server does not tell the values of %s: name them one by one", shown(s), of)
			case !named[s.Text]:
				named[s.Text] = true
				c.Codes = append(c.Codes, s.Text)
			}
		}
	}
	return nil
}

// shown is a selector as it was written.
func shown(s dice.Selector) string { return cmp.Or(s.Written, s.String()) }

// unsure tells whether the newest periods are asked for where the codes do not
// tell their order.
func unsure(d *jsonstat.Dimension, list []dice.Criterion) bool {
	if d.Role() != jsonstat.Time || d.Len() < 2 {
		return false
	}
	for _, c := range list {
		for _, s := range c.Select {
			if s.Kind == dice.Top || s.Kind == dice.Bottom {
				return !inOrder(d)
			}
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

// resolveIn finds the categories that criteria of one variable select, in ascending order;
// nil if they are all.
func resolveIn(d *jsonstat.Dimension, list ...dice.Criterion) ([]int, error) {
	spec := &dice.Spec{}
	for _, c := range list {
		c.Dimension, c.CodeList = d.ID(), ""
		spec.Criteria = append(spec.Criteria, c)
	}
	keep, err := spec.Resolve([]*jsonstat.Dimension{d})
	if e, ok := errors.AsType[*jsonstat.UnknownError](err); ok && list[0].AnyCase && strings.Contains(strings.Trim(e.Name, "*"), "*") {
		return nil, selectionErrorf(d.ID(), "%s: stars stand only at the ends", e.Name)
	}
	if errors.Is(err, dice.ErrEmpty) {
		return nil, selectionErrorf(d.ID(), "nothing of it is selected: it has %d values", d.Len())
	}
	if err != nil {
		return nil, err
	}
	return keep[0], nil
}

// indexFold is the place of a code, without regard to case if need be.
func indexFold(d *jsonstat.Dimension, code string) int {
	if i := d.Index(code); i >= 0 {
		return i
	}
	for i := range d.Len() {
		if strings.EqualFold(d.CategoryID(i), code) {
			return i
		}
	}
	return -1
}
