package columnar

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/internal/period"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Options say what a table of columns looks like. The zero value has ids as names
// and labels as cells.
type Options struct {
	Field, Content layout.Show
	Keep           layout.Keep
	Type           ValueType
	Dates          bool              // first days in the place of the codes of periods
	Starts         bool              // beside them, in columns whose names end in _start
	DropConstant   bool              // no columns of dimensions with one category
	Stay           []string          // ids of dimensions that have some all the same
	AllCells       bool              // also of a huge sparse cube
	Warn           func(text string) // may be nil
}

// ColumnKind is what a column holds.
type ColumnKind uint8

// The kinds of columns.
const (
	Dimension ColumnKind = iota // categories, by texts
	Date                        // categories that are periods, by their first day
	Status
	Value
)

// Column is a column of a table.
type Column struct {
	Kind  ColumnKind
	Name  string
	Dim   int      // of a Dimension or Date: which one of the cube
	Texts []string // of a Dimension: of its categories; of a Status: all there are. No text comes twice
	Days  []int32  // of a Date: of its categories, counted from 1970-01-01
	Keys  []Key
}

// Table is the plan of a table: dimensions in order, status, value.
type Table struct {
	Columns []Column
	Keys    []Key
	Type    ValueType // that of the value column: Float64, Int64 or UTF8

	ds      *jsonstat.Dataset
	o       Options
	timed   bool    // a dimension has the role time
	strides []int64 // of the cube
	tokens  bool    // texts that look like other values stand in quotes
}

// Need is what must be known of a dataset before its first cell.
const Need = jsonstat.NeedHead | jsonstat.NeedStatus | jsonstat.NeedFacts

// New plans the table of a dataset. Its cells are read if that is what it takes to
// know the type of the values.
func New(ds *jsonstat.Dataset, o Options) (*Table, error) {
	if layout.TooMany(ds, o.Keep) && !o.AllCells {
		return nil, &convert.TooManyRowsError{Cells: ds.Len()}
	}
	if o.Warn == nil {
		o.Warn = func(string) {}
	}
	if o.Field == layout.Default {
		o.Field = layout.ID
	}
	if o.Content == layout.Default {
		o.Content = layout.Label
	}
	t := &Table{ds: ds, o: o, timed: len(ds.Role(jsonstat.Time)) > 0, strides: ds.Shape().Strides()}
	var err error
	if t.Keys, err = tableKeys(ds); err != nil {
		return nil, err
	}
	if err := t.dimensions(); err != nil {
		return nil, err
	}
	t.Columns = append(t.Columns, Column{Kind: Status, Name: "status", Keys: []Key{{KeyStatus, "true"}}})
	value := Column{Kind: Value, Name: "value", Keys: []Key{{KeyMeasure, "true"}}}
	var kinds string
	if t.Type, kinds, err = decideType(ds, o.Type); err != nil {
		return nil, err
	}
	if t.tokens = kinds == kindToken; t.tokens {
		o.Warn("some values are texts that look like numbers or booleans beside values that are: these texts stand in quotes")
	}
	if kinds != "" {
		value.Keys = append(value.Keys, Key{KeyValues, kinds})
	}
	t.Columns = append(t.Columns, value)
	return t, t.statuses()
}

// dimensions adds the columns of the dimensions.
func (t *Table) dimensions() error {
	l, err := layout.New(t.ds, layout.Options{
		Field: t.o.Field, Content: t.o.Content, DropConstant: t.o.DropConstant, Stay: t.o.Stay, Taken: []string{"status", "value"}, AnyCase: true,
	})
	if err != nil {
		return err
	}
	dated := map[int]bool{}
	names := map[string]bool{"status": true, "value": true}
	for _, c := range l.Columns {
		names[strings.ToLower(c.Header)] = true
	}
	contents := map[layout.Show]string{layout.ID: contentID, layout.Label: contentLabel, layout.Both: contentBoth}
	for _, c := range l.Columns {
		d := t.ds.Dimensions()[c.Dim]
		col := Column{Name: c.Header, Dim: c.Dim}
		content := contents[c.Show]
		var start *Column
		if days, ok := t.dates(d, dated[c.Dim]); ok {
			dated[c.Dim] = true
			if t.o.Starts {
				name := c.Header + "_start"
				for names[strings.ToLower(name)] {
					name += "_"
				}
				names[strings.ToLower(name)] = true
				start = &Column{Name: name, Dim: c.Dim, Kind: Date, Days: days}
				start.Keys = keys{{KeyDimension, d.ID()}, {KeyContent, contentDate}}
			} else {
				content, col.Kind, col.Days = contentDate, Date, days
			}
		}
		texts := textsOf(d, content)
		if col.Kind == Dimension {
			col.Texts = texts
		}
		if col.Keys, err = dimensionKeys(d, content, texts); err != nil {
			return err
		}
		t.Columns = append(t.Columns, col)
		if start != nil {
			t.Columns = append(t.Columns, *start)
		}
	}
	return nil
}

// dates are the first days of the periods that the categories of a dimension are, counted
// from 1970-01-01; ok is false if it is not written as dates, or was already.
func (t *Table) dates(d *jsonstat.Dimension, done bool) (days []int32, ok bool) {
	if !t.o.Dates && !t.o.Starts || done {
		return nil, false
	}
	isTime := d.Role() == jsonstat.Time
	if !isTime && (d.Role() != jsonstat.Classification || t.timed) {
		return nil, false
	}
	first, ok := period.FirstDays(ids(d))
	if !ok && isTime {
		t.o.Warn(fmt.Sprintf("dimension %q has codes that are no periods of one frequency: it is not written as dates", d.ID()))
	}
	for _, day := range first {
		days = append(days, int32(day.Unix()/86400))
	}
	return days, ok
}

// statuses lists the statuses of the status column. Those of a document are known
// once its cells were read with them.
func (t *Table) statuses() error {
	cells := t.ds.Cells()
	if cells.Info().HasStatus && t.ds.HasCells() {
		known := len(cells.Statuses())
		if known == 1 { // not yet read: a file knows them, what was built or cut may not
			if err := (layout.Walk{Cube: t.ds, Statuses: true}).Chunks(func(*jsonstat.Chunk) error { return nil }); err != nil {
				return err
			}
		}
	}
	t.Columns[len(t.Columns)-2].Texts = slices.Clone(cells.Statuses()[1:])
	return nil
}

// Sorted are the columns by which the rows are sorted, the first one first, each upwards:
// as far as the categories of the dimensions stand in the order of what a column says of
// them. A dimension of one category needs none.
func (t *Table) Sorted() (columns []int) {
	for dim, size := range t.ds.Shape() {
		if size == 1 {
			continue
		}
		found := slices.IndexFunc(t.Columns, func(c Column) bool {
			return c.Kind == Dimension && c.Dim == dim && slices.IsSorted(c.Texts) || c.Kind == Date && c.Dim == dim && slices.IsSorted(c.Days)
		})
		if found < 0 {
			break
		}
		columns = append(columns, found)
	}
	return columns
}
