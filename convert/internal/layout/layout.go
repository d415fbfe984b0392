// Package layout decides what a table made of a cube looks like: which columns
// it has, what its headers and cells say, and in which order its rows come. All
// tabular formats share it.
//
// A table is a [Layout] (layout.go). A [Walk] goes through the cells that have rows
// (keep.go, walk.go; run.go on odometer.go and padding.go); [Layout.Rows] does so by the
// row (rows.go), also of pivots (pivot.go), whose rows may come in another order than the
// cube (order.go).
package layout

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Show is what a header or a cell says of a dimension or a category.
type Show uint8

// What is shown. Default is Label, unless a format has a habit of its own. Both
// is "[id] label" in one column, Columns gives the id and the label a column each.
const (
	Default Show = iota
	Label
	ID
	Both
	Columns
)

// maxColumns is the most columns that a pivot may have.
const maxColumns = 1 << 20

// maxRows is the largest sparse cube of which all cells are written unasked.
const maxRows = 100_000_000

// Options choose a layout. The zero value is a long table of labels.
type Options struct {
	Field   Show     // headers; Columns counts as Label
	Content Show     // cells
	By      []string // ids of the dimensions whose categories become columns
	Stub    []string // ids of dimensions that name the rows of a pivot, the outermost first; others follow in the order of the cube
	Drop    []string // ids of dimensions with one category that a pivot leaves out
	Each    []Show   // cells by dimension of the cube, in the place of Content; may be nil

	DropConstant bool     // leave out all dimensions with one category, pivot or not, but those to pivot by
	Stay         []string // ids of dimensions that stay all the same

	ByField Show     // headers of the value columns of a pivot; Default is Field
	Prefix  string   // of those headers
	Taken   []string // headers that no dimension may have

	// AnyCase tells all headers apart that differ by the case of letters alone, which are the
	// same to engines that are asked in SQL. A label that is its dimension's id but for the
	// case, where both are headers, is told from it by "_label" then, and by " label"
	// otherwise.
	AnyCase bool

	Warn func(message string) // is told of dimensions that are not dropped; may be nil
}

// Kind of a column.
type Kind uint8

// The kinds of columns.
const (
	Dimension Kind = iota
	Value
)

// Column is a column of the table.
type Column struct {
	Kind   Kind
	Header string
	Show   Show // of a dimension column: Label, ID or Both
	Dim    int  // of a dimension column: which dimension of the cube
}

// Layout is the plan of a table: dimension columns first, then either one value
// column, or one for each combination of categories of the pivoted dimensions.
type Layout struct {
	Columns []Column
	Stub    []int // dimensions whose categories name the rows, the outermost first; dropped ones included
	By      []int // pivoted dimensions, the outermost first
	Dropped []int // dimensions of the stub that have no column
	Values  int   // number of value columns
	turns   []turn
}

// turn is how the categories of a pivoted dimension come by in the value columns:
// each stays for so many columns. Of a dimension that is not pivoted size is 0.
type turn struct{ size, columns int }

// Pivoted tells whether categories make the columns.
func (l *Layout) Pivoted() bool { return len(l.By) > 0 }

// Category is which category of a pivoted dimension a value column stands for.
func (l *Layout) Category(dim, column int) int {
	if t := l.turns[dim]; t.size > 0 {
		return column / t.columns % t.size
	}
	return 0
}

// New plans a table. Unknown dimensions are errors.
func New(ds *jsonstat.Dataset, o Options) (*Layout, error) {
	l := &Layout{Values: 1, turns: make([]turn, len(ds.Dimensions()))}
	pivoted := map[int]bool{}
	for _, id := range o.By {
		i, d, err := ds.FindDimension(id)
		if err != nil {
			return nil, err
		}
		if pivoted[i] {
			return nil, fmt.Errorf("dimension %q is to be pivoted twice", id)
		}
		pivoted[i] = true
		l.By = append(l.By, i)
		columns := int64(l.Values) * int64(d.Len()) // an int may have 32 bits
		if columns > maxColumns {
			return nil, fmt.Errorf("a pivot by %s has more than %d columns: %w", strings.Join(o.By, ", "), maxColumns, jsonstat.ErrLimit)
		}
		l.Values = int(columns)
	}
	columns := 1
	for _, i := range slices.Backward(l.By) {
		l.turns[i] = turn{ds.Shape()[i], columns}
		columns *= ds.Shape()[i]
	}
	dropped, err := droppedOf(ds, o, pivoted)
	if err != nil {
		return nil, err
	}
	order, err := stubOf(ds, o, pivoted)
	if err != nil {
		return nil, err
	}
	stay := make(map[string]bool, len(o.Stay))
	for _, id := range o.Stay {
		stay[id] = true
	}
	for _, i := range order {
		d := ds.Dimensions()[i]
		l.Stub = append(l.Stub, i)
		if dropped[i] || o.DropConstant && d.Len() == 1 && !stay[d.ID()] {
			l.Dropped = append(l.Dropped, i)
		} else {
			l.dimension(i, d, o)
		}
	}
	l.unique(ds, o)
	if l.Pivoted() {
		l.pivot(ds, o)
	}
	return l, nil
}

// stubOf are the dimensions that are not pivoted, those first that the options name.
func stubOf(ds *jsonstat.Dataset, o Options, pivoted map[int]bool) ([]int, error) {
	var stub []int
	placed := make([]bool, len(ds.Dimensions()))
	for _, id := range o.Stub {
		i, _, err := ds.FindDimension(id)
		switch {
		case err != nil:
			return nil, err
		case pivoted[i] || placed[i]:
			return nil, fmt.Errorf("dimension %q is to have two places in the table", id)
		}
		stub, placed[i] = append(stub, i), true
	}
	for i := range ds.Dimensions() {
		if !pivoted[i] && !placed[i] {
			stub = append(stub, i)
		}
	}
	if !slices.IsSorted(stub) && len(pivoted) == 0 {
		return nil, errors.New("rows are in another order than the cube only in a pivot")
	}
	return stub, nil
}

// droppedOf are the dimensions that a pivot leaves out. It tells of those that it cannot.
func droppedOf(ds *jsonstat.Dataset, o Options, pivoted map[int]bool) (map[int]bool, error) {
	warn := func(format string, args ...any) {
		if o.Warn != nil {
			o.Warn(fmt.Sprintf(format, args...))
		}
	}
	if len(pivoted) == 0 {
		if len(o.Drop) > 0 {
			warn("dropping dimensions has no effect without a dimension to pivot by")
		}
		return nil, nil
	}
	dropped := map[int]bool{}
	for _, id := range o.Drop {
		i, d, err := ds.FindDimension(id)
		switch {
		case err != nil:
			return nil, err
		case pivoted[i]:
			warn("dimension %q cannot be dropped: the table is pivoted by it", id)
		case d.Len() != 1:
			warn("dimension %q is not dropped: it has %d categories, not one", id, d.Len())
		default:
			dropped[i] = true
		}
	}
	return dropped, nil
}

// dimension adds the columns of a dimension.
func (l *Layout) dimension(i int, d *jsonstat.Dimension, o Options) {
	content := o.Content
	if o.Each != nil {
		content = o.Each[i]
	}
	if content != Columns {
		l.Columns = append(l.Columns, Column{Header: say(o.Field, d.ID(), d.Label()), Show: content, Dim: i})
		return
	}
	id, label := d.ID(), d.Label()
	switch {
	case !strings.EqualFold(id, label):
	case o.AnyCase:
		label += "_label"
	default:
		label += " label"
	}
	l.Columns = append(l.Columns, Column{Header: id, Show: ID, Dim: i}, Column{Header: label, Show: Label, Dim: i})
}

// say puts an id and a label into words.
func say(show Show, id, label string) string {
	switch show {
	case ID:
		return id
	case Both:
		return "[" + id + "] " + label
	}
	return label
}

// unique tells dimensions of the same label apart by their id, and from what is taken.
func (l *Layout) unique(ds *jsonstat.Dataset, o Options) {
	seen := map[string]int{}
	for _, h := range o.Taken {
		seen[o.fold(h)]++
	}
	for _, c := range l.Columns {
		seen[o.fold(c.Header)]++
	}
	for i := range l.Columns {
		if c := &l.Columns[i]; seen[o.fold(c.Header)] > 1 {
			c.Header += " [" + ds.Dimensions()[c.Dim].ID() + "]"
		}
	}
	if !o.AnyCase {
		return
	}
	used := map[string]bool{} // ids too may differ by case alone
	for i := range l.Columns {
		c := &l.Columns[i]
		told := c.Header
		for n := 2; used[o.fold(told)]; n++ {
			told = c.Header + " (" + strconv.Itoa(n) + ")"
		}
		used[o.fold(told)] = true
		c.Header = told
	}
}

// fold is a header without what headers are not told apart by.
func (o *Options) fold(header string) string {
	if o.AnyCase {
		return strings.ToLower(header)
	}
	return header
}

// pivot adds the value columns of a pivot: the categories of the last pivoted
// dimension move fastest. Those of the same name, or named like a dimension,
// are told apart by their ids.
func (l *Layout) pivot(ds *jsonstat.Dataset, o Options) {
	seen := map[string]int{}
	for _, c := range l.Columns {
		seen[c.Header]++
	}
	field := o.ByField
	if field == Default {
		field = o.Field
	}
	headers := make([]string, l.Values)
	ids := make([]string, l.Values)
	for k := range headers {
		var words, names []string
		for _, i := range l.By {
			d, category := ds.Dimensions()[i], l.Category(i, k)
			id, label := d.CategoryID(category), d.CategoryLabel(category)
			words = append(words, say(field, id, label))
			names = append(names, id)
		}
		headers[k], ids[k] = o.Prefix+strings.Join(words, " "), strings.Join(names, " ")
		seen[headers[k]]++
	}
	for k, h := range headers {
		if seen[h] > 1 {
			h += " [" + ids[k] + "]"
		}
		l.Columns = append(l.Columns, Column{Kind: Value, Header: h})
	}
}

// Say is the text of a category in a dimension column.
func (c *Column) Say(d *jsonstat.Dimension, category int) string {
	return say(c.Show, d.CategoryID(category), d.CategoryLabel(category))
}
