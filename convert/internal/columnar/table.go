package columnar

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/convert/internal/textform"
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
	SafeNames      bool              // names that every engine takes, see [textform.Name]
	AllCells       bool              // also of a huge sparse cube
	Warn           func(text string) // may be nil
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
	split   bool    // what is no number has a column of its own
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
	t := &Table{ds: ds, o: o, split: o.Type == Double, timed: len(ds.Role(jsonstat.Time)) > 0, strides: ds.Shape().Strides()}
	var err error
	if err := t.dimensions(); err != nil {
		return nil, err
	}
	head, err := t.Head()
	if err != nil {
		return nil, err
	}
	t.Keys = tableKeys(ds, head)
	t.Columns = append(t.Columns, Column{Kind: Status, Name: "status", Keys: []Key{{KeyStatus, "true"}}})
	value := Column{Kind: Value, Name: "value", Keys: []Key{{KeyMeasure, "true"}}}
	var kinds string
	if t.Type, kinds, err = decideType(ds, o.Type); err != nil {
		return nil, err
	}
	if t.tokens = kinds == kindToken; t.tokens {
		o.Warn("some values are texts that look like numbers or booleans beside values that are: these texts stand in quotes")
	}
	switch {
	case t.split:
		t.Columns = append(t.Columns, value, Column{Kind: ValueText, Name: valueText, Keys: []Key{{KeyValueText, "true"}, {KeyValues, kinds}}})
	case kinds != "":
		value.Keys = append(value.Keys, Key{KeyValues, kinds})
		t.Columns = append(t.Columns, value)
	default:
		t.Columns = append(t.Columns, value)
	}
	return t, t.statuses()
}

// Head is that of the table's dataset, without its cells. Where the names of columns were
// made for engines, it says which column is what, see [withNames].
func (t *Table) Head() ([]byte, error) {
	head, err := Head(t.ds)
	if err != nil || !t.o.SafeNames {
		return head, err
	}
	return withNames(head, namesOf(t.ds, t.Columns)), nil
}

// valueText is what the column of values that are no numbers is called.
const valueText = "value_text"

// dimensions adds the columns of the dimensions.
func (t *Table) dimensions() error {
	taken := []string{"status", "value"}
	if t.split {
		taken = append(taken, valueText)
	}
	l, err := layout.New(t.ds, layout.Options{
		Field: t.o.Field, Content: t.o.Content, DropConstant: t.o.DropConstant, Stay: t.o.Stay, Taken: taken, AnyCase: true,
	})
	if err != nil {
		return err
	}
	dated := map[int]bool{}
	names := map[string]bool{}
	for _, name := range taken {
		names[name] = true
	}
	for i := range l.Columns {
		c := &l.Columns[i]
		if t.o.SafeNames {
			name := textform.Name(c.Header)
			c.Header = name
			for n := 2; names[strings.ToLower(c.Header)]; n++ {
				c.Header = fmt.Sprint(name, "_", n)
			}
		}
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
	at := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Kind == Status })
	t.Columns[at].Texts = slices.Clone(cells.Statuses()[1:])
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
