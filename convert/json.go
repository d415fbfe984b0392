package convert

import (
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// WriteArray writes an array of rows, each an array: the header first, then a
// row for each cell with its categories, status and value.
func WriteArray(w io.Writer, ds *jsonstat.Dataset, o *JSONOptions) error {
	t, err := newJSONTable(w, ds, o, arrays)
	if err != nil {
		return err
	}
	open, shut := "[", "]"
	if t.o.Lines {
		open, shut, t.between = "", "\n", "\n"
	}
	t.str(open)
	t.header()
	t.begun = true
	return t.finish(t.rows(), shut)
}

// WriteArrObj writes an array of objects, one for each cell or row of a pivot.
func WriteArrObj(w io.Writer, ds *jsonstat.Dataset, o *JSONOptions) error {
	t, err := newJSONTable(w, ds, o, objects)
	if err != nil {
		return err
	}
	shut := t.openMeta("[", "]")
	return t.finish(t.rows(), shut)
}

// WriteNDJSON writes the objects of [WriteArrObj], each in a line of its own.
func WriteNDJSON(w io.Writer, ds *jsonstat.Dataset, o *JSONOptions) error {
	t, err := newJSONTable(w, ds, o, objects)
	if err != nil {
		return err
	}
	t.between = "\n"
	err = t.rows()
	shut := ""
	if t.begun {
		shut = "\n"
	}
	return t.finish(err, shut)
}

// WriteObject writes a Google DataTable: an object with the columns and an array
// of rows. The value column is of type number if the first cell is a number or
// missing, else string.
func WriteObject(w io.Writer, ds *jsonstat.Dataset, o *JSONOptions) error {
	t, err := newJSONTable(w, ds, o, google)
	if err != nil {
		return err
	}
	t.names()
	err = t.rows()
	if !t.begun {
		t.columnTypes(jsonstat.Missing)
	}
	return t.finish(err, "]}")
}

// WriteObjArr writes one object with an array for each column. Columns that have
// to wait for others do so in a temporary file, unless they are small.
func WriteObjArr(w io.Writer, ds *jsonstat.Dataset, o *JSONOptions) error {
	t, err := newJSONTable(w, ds, o, series)
	if err != nil {
		return err
	}
	shut := t.openMeta("{", "}")
	list := t.jsonColumns()
	if t.l.Pivoted() || t.o.Keep != All {
		err = t.columnPass(list)
	} else {
		err = t.wholeColumns(list)
	}
	return t.finish(err, shut)
}
