package columnar

import "github.com/jsonstat-go/toolkit/convert/internal/rows"

// FieldKind is what the cells of a column are.
type FieldKind uint8

// The kinds.
const (
	FieldOther  FieldKind = iota // texts of another type: times of day
	FieldNumber                  // whole or not
	FieldText
	FieldBool
	FieldPeriod // dates, times, periods
	FieldNull   // nothing but nulls
	FieldNested // lists, structures, bytes: neither values nor categories
)

// Field is a column of a file that is to be read.
type Field struct {
	Name string
	Kind FieldKind
	Type string // as messages name it
	Keys map[string]string

	// Names are the texts of all cells, each once, of a column that the names of folders
	// make: how they call the categories of a head is found out by them. Else nil.
	Names []string
}

// Reading is a column as [rows.Make] is told of it, and how its cells are read.
type Reading struct {
	rows.Field
	Skip   bool   // nobody wants its cells: they are all Null
	Values string // what texts stand for, see KeyValues; "" is what they look like
	Words  int    // of values: number of the column of those that are no numbers, from 1; 0 for none
}

// DecimalKind is the kind of a decimal of so many places.
func DecimalKind(scale int) FieldKind {
	if scale > MaxScale || scale < -MaxScale {
		return FieldNested
	}
	return FieldNumber
}

// CountPeriods makes a column of whole numbers one of periods, if its keys say that it
// counts them, and returns these; else it is nil.
func (f *Field) CountPeriods() *Periods {
	freq := frequency(f.Keys)
	if freq == "" {
		return nil
	}
	p, ok := newPeriods(freq)
	if !ok {
		f.Kind, f.Type = FieldNested, "period["+freq+"]"
		return nil
	}
	f.Kind = FieldPeriod
	return &p
}
