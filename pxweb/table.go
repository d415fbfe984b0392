package pxweb

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Table is what a server says about a table before data are asked for, in
// either version of the API.
type Table struct {
	API     API
	ID      string // as it was asked for
	Path    string // below the database in version 1; else the ID
	Title   string
	Source  string
	Updated string // as the server writes it; "" in version 1
	Lang    string

	Variables []Variable // in the order of the dimensions of the data

	Discontinued bool // version 2 only

	rawTitle string // as the server writes it
	sign     string // of the edition, see edition.go
	read     time.Time

	// Dataset has all of the metadata of version 2: notes, units, links. It has no
	// cells. It is nil in version 1, which knows none of these.
	Dataset *jsonstat.Dataset
}

// date is what the metadata say of when the table was updated.
func (t *Table) date() dated { return dated{t.Updated, t.read} }

// Variable is a variable of a table.
type Variable struct {
	Code string
	Text string

	// Dim has the values as the categories of a dimension, with labels and role,
	// and in version 2 with units, notes and identifiers. It is nil if the server
	// leaves the values out, as version 1 does where there are very many.
	Dim *jsonstat.Dimension

	// Elimination says that the variable may be left out of a query: the total is
	// given, which is that of EliminationValue if it has one, else a sum.
	Elimination      bool
	EliminationValue string // version 2 only

	contents bool // it is the contents, although no role says so

	Map       string        // version 1 only
	CodeLists []CodeListRef // version 2 only; version 1 does not tell them
}

// Role is what the variable stands for. Version 1 says time and leaves the
// contents to be known by their usual code.
func (v *Variable) Role() jsonstat.Role {
	switch {
	case v.contents:
		return jsonstat.Metric
	case v.Dim != nil:
		return v.Dim.Role()
	}
	return jsonstat.Classification
}

// Variable is the variable of that code, without regard to case if that makes
// it only one. The error is a [*jsonstat.UnknownError] with near misses.
func (t *Table) Variable(code string) (*Variable, error) {
	i, err := t.find(code)
	if err != nil {
		return nil, err
	}
	return &t.Variables[i], nil
}

func (t *Table) find(code string) (int, error) {
	folded, times := -1, 0
	for i := range t.Variables {
		if t.Variables[i].Code == code {
			return i, nil
		}
		if strings.EqualFold(t.Variables[i].Code, code) {
			folded, times = i, times+1
		}
	}
	if times == 1 {
		return folded, nil
	}
	return -1, unknown("variable", code, "", t.codes(), func(i int) string { return t.Variables[i].Text })
}

func (t *Table) codes() []string {
	list := make([]string, len(t.Variables))
	for i := range list {
		list[i] = t.Variables[i].Code
	}
	return list
}

// unknown is the error for a name that is not there; one that is the text of
// something is a near miss of that.
func unknown(kind, name, in string, all []string, text func(i int) string) error {
	e := &jsonstat.UnknownError{Kind: kind, Name: name, In: in}
	for i, id := range all {
		if len(e.Near) < 3 && strings.EqualFold(text(i), name) {
			e.Near = append(e.Near, id)
		}
	}
	if e.Near == nil {
		e.Near = jsonstat.Near(name, all)
	}
	if len(all) <= 20 {
		e.All = all
	}
	return e
}

// CodeListRef names a code list of a variable.
type CodeListRef struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Type  string `json:"type"` // Aggregation or Valueset
}

// CodeList is a grouping or a value set of a variable.
type CodeList struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Type   string `json:"type"` // Aggregation or Valueset
	Values []struct {
		Code    string   `json:"code"`
		Label   string   `json:"label"`
		Members []string `json:"valueMap"` // codes of the variable that the value is made of
	} `json:"values"`
	Elimination      bool   `json:"elimination"`
	EliminationValue string `json:"eliminationValueCode"`
}

// Lists finds the values of code lists while selections are resolved. It returns
// nil where they cannot be known.
type Lists func(name string) (*CodeList, error)

// listID is the name of a code list in version 2, listName that in version 1.
func listID(name string) string {
	if kind, rest, ok := strings.Cut(name, ":"); ok && isListKind(kind) {
		return kind + "_" + rest
	}
	return name
}

func listName(id string) string {
	for _, kind := range listKinds {
		if rest, ok := strings.CutPrefix(id, kind+"_"); ok {
			return kind + ":" + rest
		}
	}
	return id
}

// listKinds are the kinds of code lists, the longest names first.
var listKinds = []string{"agg_single", "agg_all", "agg", "vs"}

func isListKind(kind string) bool {
	return slices.ContainsFunc(listKinds, func(k string) bool { return strings.EqualFold(k, kind) })
}

// dimension makes a dimension of the values of a list.
func (l *CodeList) dimension(v *Variable) (*jsonstat.Dimension, error) {
	spec := jsonstat.DimensionSpec{ID: v.Code, Label: v.Text, Role: v.Role()}
	for _, value := range l.Values {
		spec.Categories = append(spec.Categories, jsonstat.Category{ID: value.Code, Label: value.Label})
	}
	d, err := jsonstat.NewDimension(spec)
	if err != nil {
		return nil, fmt.Errorf("code list %s: %w", l.ID, err)
	}
	return d, nil
}

// some are the first three and the last two values, nil if the values are not known.
func (v *Variable) some() []string {
	if v.Dim == nil {
		return nil
	}
	var list []string
	n := v.Dim.Len()
	for k := range n {
		if k < 3 || k >= n-2 {
			list = append(list, v.Dim.CategoryID(k))
		}
	}
	return list
}

// isTableNumber tells whether a text is a number of a table of Statistics Norway.
func isTableNumber(s string) bool { return len(s) == 5 && isNumber(s) }

// isNumber tells whether a text is a number, as tables have them.
func isNumber(s string) bool {
	_, err := strconv.ParseUint(s, 10, 32)
	return err == nil
}
