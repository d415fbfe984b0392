package columnar

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/convert/internal/build"
	"github.com/jsonstat-go/toolkit/convert/internal/period"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// FieldKind is what a column can be.
type FieldKind uint8

// The kinds. Whatever is not Nested can be a dimension.
const (
	FieldOther  FieldKind = iota // dates, times
	FieldNumber                  // whole or not
	FieldText
	FieldBool
	FieldNull   // nothing but nulls
	FieldNested // lists, structures, bytes
)

// Field is a column of a table that is to be read.
type Field struct {
	Name string
	Kind FieldKind
	Type string // as messages name it
	Keys map[string]string
}

// ReadOptions say which column is what.
type ReadOptions struct {
	Value      string   // name of the value column, "" for the rule
	Status     string   // the same of the status column
	Dimensions []string // names of the columns that are dimensions, in order; nil for all others
	Roles      map[string]jsonstat.Role
	Warn       func(text string) // may be nil
}

// Plan says which column is what.
type Plan struct {
	Value  int // column
	Status int // column, -1 for none
	Dims   []PlannedDimension

	named  map[string]int    // the first column of a name
	head   *jsonstat.Dataset // nil if the table has none that fits
	forms  Forms
	fields []Field
	table  map[string]string
	kinds  string // what texts of the value column stand for, see KeyValues
	roles  map[string]jsonstat.Role
}

// PlannedDimension is a dimension and its column.
type PlannedDimension struct {
	Column int // -1 where the column of a dimension with one category is gone
	ID     string
	found  *build.Dimension
}

// NewPlan finds out which column is what, by the keys of the table and its columns,
// or by the rule for tables without: the value column is the one called value, else
// the first with numbers; one called status has the statuses; all others are
// dimensions.
func NewPlan(fields []Field, table map[string]string, o ReadOptions) (*Plan, error) {
	if o.Warn == nil {
		o.Warn = func(string) {}
	}
	p := &Plan{fields: fields, table: table, roles: o.Roles, named: make(map[string]int, len(fields))}
	for i, f := range slices.Backward(fields) {
		p.named[f.Name] = i
	}
	p.forms = Forms{parseForm(table[KeyValueForm]), parseForm(table[KeyStatusForm])}
	var err error
	if p.Value, err = p.valueColumn(o); err != nil {
		return nil, err
	}
	p.kinds = fields[p.Value].Keys[KeyValues]
	if p.Status, err = p.statusColumn(o); err != nil {
		return nil, err
	}
	if text, ok := table[KeyHead]; ok && o.Dimensions == nil {
		if err := p.byHead(text, o); err != nil {
			return nil, err
		}
		if p.head != nil {
			return p, nil
		}
	}
	return p, p.byRule(o)
}

// find is the column of that name.
func (p *Plan) find(name, flag string) (int, error) {
	if i, ok := p.named[name]; ok {
		return i, nil
	}
	names := make([]string, len(p.fields))
	for i, f := range p.fields {
		names[i] = f.Name
	}
	msg := fmt.Sprintf("there is no column %q for the %s", brief(name), flag)
	if near := jsonstat.Near(name, names); len(near) > 0 {
		msg += fmt.Sprintf(": did you mean %q?", near[0])
	} else if len(names) <= 20 {
		msg += ": the columns are " + strings.Join(names, ", ")
	}
	return -1, &ColumnError{msg}
}

// ColumnError is a column that is not there, or not what it should be.
type ColumnError struct{ Msg string }

// Error says what is wrong with which column.
func (e *ColumnError) Error() string { return e.Msg }

func (p *Plan) valueColumn(o ReadOptions) (int, error) {
	i := -1
	if o.Value != "" {
		var err error
		if i, err = p.find(o.Value, "values"); err != nil {
			return -1, err
		}
	}
	dimensions := setOf(o.Dimensions)
	free := func(f Field) bool {
		return f.Name != o.Status && !dimensions[f.Name] && f.Keys[KeyStatus] != "true"
	}
	for _, is := range []func(f Field) bool{
		func(f Field) bool { return f.Keys[KeyMeasure] == "true" },
		func(f Field) bool { return strings.EqualFold(f.Name, "value") && f.Keys[KeyDimension] == "" },
		func(f Field) bool { return f.Kind == FieldNumber && f.Keys[KeyDimension] == "" },
	} {
		if i < 0 {
			i = slices.IndexFunc(p.fields, func(f Field) bool { return free(f) && is(f) })
		}
	}
	if i < 0 {
		return -1, &ColumnError{"no column is called value, and none has numbers: which one has the values?"}
	}
	if f := p.fields[i]; f.Kind == FieldOther || f.Kind == FieldNested {
		return -1, &ColumnError{fmt.Sprintf("column %q is of type %s: values are numbers, texts or booleans", f.Name, f.Type)}
	}
	return i, nil
}

func (p *Plan) statusColumn(o ReadOptions) (int, error) {
	if o.Status != "" {
		i, err := p.find(o.Status, "statuses")
		if err == nil && i == p.Value {
			err = &ColumnError{fmt.Sprintf("column %q cannot have both values and statuses", o.Status)}
		}
		return i, err
	}
	dimensions := setOf(o.Dimensions)
	for _, is := range []func(f Field) bool{
		func(f Field) bool { return f.Keys[KeyStatus] == "true" },
		func(f Field) bool {
			return strings.EqualFold(f.Name, "status") && f.Keys[KeyDimension] == "" && !dimensions[f.Name]
		},
	} {
		for i, f := range p.fields {
			if i != p.Value && is(f) {
				return i, nil
			}
		}
	}
	return -1, nil
}

// byHead plans with the head that the table carries, if every dimension has its
// column. Those of one category need none.
func (p *Plan) byHead(text string, o ReadOptions) error {
	head, err := ParseHead([]byte(text))
	if err != nil {
		return err
	}
	used := map[int]bool{p.Value: true, p.Status: true}
	free := p.freeColumns()
	var dims []PlannedDimension
	for _, d := range head.Dimensions() {
		i := free.of(d, used)
		if i < 0 && d.Len() != 1 {
			o.Warn(fmt.Sprintf("dimension %q of the head has no column any more: the head is not used", d.ID()))
			return nil
		}
		content := ""
		if i >= 0 {
			used[i] = true
			content = p.fields[i].Keys[KeyContent]
		}
		dims = append(dims, PlannedDimension{i, d.ID(), known(d, content)})
	}
	for i, f := range p.fields {
		if !used[i] && head.Dimension(f.Keys[KeyDimension]) == nil {
			o.Warn(fmt.Sprintf("column %q is no part of the cube that the table came from: it is left out", f.Name))
		}
	}
	if len(p.roles) > 0 {
		o.Warn("the table says itself which role its dimensions have")
	}
	p.head, p.Dims = head, dims
	if forms := (Forms{}); p.forms == forms {
		p.forms.Values = jsonstat.Dense
	}
	return nil
}

// freeColumns are the columns that may be of a dimension: by the id that their key
// says, those with labels apart, and by name where they have no key.
type freeColumns struct{ byID, byLabels, byName map[string][]int }

func (p *Plan) freeColumns() *freeColumns {
	free := &freeColumns{map[string][]int{}, map[string][]int{}, map[string][]int{}}
	for i, f := range p.fields {
		if f.Kind == FieldNested {
			continue
		}
		id := f.Keys[KeyDimension]
		to := free.byID
		if f.Keys[KeyContent] == contentLabel {
			to = free.byLabels
		}
		to[id] = append(to[id], i)
		if id == "" {
			free.byName[f.Name] = append(free.byName[f.Name], i)
		}
	}
	return free
}

// of finds the column of a dimension: by its key, its id or its label. One with
// ids or dates is better than one with labels.
func (free *freeColumns) of(d *jsonstat.Dimension, used map[int]bool) int {
	for _, place := range []struct {
		columns map[string][]int
		key     string
	}{{free.byID, d.ID()}, {free.byLabels, d.ID()}, {free.byName, d.ID()}, {free.byName, d.Label()}} {
		list := place.columns[place.key]
		for len(list) > 0 && used[list[0]] {
			list = list[1:]
		}
		place.columns[place.key] = list
		if len(list) > 0 {
			return list[0]
		}
	}
	return -1
}

func setOf(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, name := range names {
		set[name] = true
	}
	return set
}

// known is a dimension that knows the texts by which a column calls its categories.
// Where nothing is said about them they are ids, labels or dates.
func known(d *jsonstat.Dimension, content string) *build.Dimension {
	texts := ids(d)
	labels, both := make([]string, d.Len()), make([]string, d.Len())
	for i := range labels {
		labels[i] = d.CategoryLabel(i)
		both[i] = "[" + d.CategoryID(i) + "] " + labels[i]
	}
	labels, both = apart(d, labels), apart(d, both)
	switch content {
	case contentID:
		return fixed(texts)
	case contentLabel:
		return fixed(labels)
	case contentBoth:
		return fixed(both)
	}
	var dates []string
	if days, ok := period.FirstDays(texts); ok {
		for _, day := range days {
			dates = append(dates, day.Format(time.DateOnly))
		}
		if content == contentDate {
			return fixed(dates)
		}
	}
	found := fixed(texts)
	for _, list := range [][]string{dates, both} {
		for i, text := range list {
			found.Alias(text, i)
		}
	}
	if !ambiguous(d, labels) {
		for i, text := range labels {
			found.Alias(text, i)
		}
	}
	return found
}

func fixed(texts []string) *build.Dimension {
	d := build.NewDimension(texts)
	d.Fix()
	return d
}

// ambiguous tells whether a label is the id of another category.
func ambiguous(d *jsonstat.Dimension, labels []string) bool {
	for i, label := range labels {
		if k := d.Index(label); k >= 0 && k != i {
			return true
		}
	}
	return false
}

// byRule plans a table without a head.
func (p *Plan) byRule(o ReadOptions) error {
	columns := make([]int, 0, len(p.fields))
	taken := map[int]bool{p.Value: true, p.Status: true}
	for _, name := range o.Dimensions {
		i, err := p.find(name, "dimensions")
		if err != nil {
			return err
		}
		if taken[i] {
			return &ColumnError{fmt.Sprintf("column %q cannot be two things", name)}
		}
		taken[i] = true
		columns = append(columns, i)
	}
	if o.Dimensions == nil {
		for i := range p.fields {
			if i != p.Value && i != p.Status {
				columns = append(columns, i)
			}
		}
	}
	ids := map[string]bool{}
	for _, i := range columns {
		f := p.fields[i]
		id := f.Name
		if f.Keys[KeyDimension] != "" {
			id = f.Keys[KeyDimension]
		}
		if ids[id] && f.Keys[KeyDimension] != "" {
			continue // the labels beside the ids
		}
		if ids[id] {
			return &ColumnError{fmt.Sprintf("two columns are called %q", id)}
		}
		if f.Kind == FieldNested {
			return &ColumnError{fmt.Sprintf("column %q is of type %s, which cannot be a dimension: name those that can", f.Name, f.Type)}
		}
		ids[id] = true
		d := PlannedDimension{i, id, build.NewDimension(nil)}
		for _, text := range stringList(f.Keys[KeyOrder]) {
			d.found.Add([]byte(text))
		}
		p.Dims = append(p.Dims, d)
	}
	for _, id := range slices.Sorted(maps.Keys(p.roles)) {
		if !ids[id] {
			return &ColumnError{fmt.Sprintf("there is no dimension %q to be %s", id, p.roles[id])}
		}
	}
	if len(p.Dims) == 0 {
		return errors.New("the table has no column that could be a dimension")
	}
	return nil
}
