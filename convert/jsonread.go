package convert

import (
	"io"

	"github.com/jsonstat-go/toolkit/convert/internal/jsonfault"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ReadJSON makes a dataset of a JSON table, which it knows by its form: an array
// of objects, objects one behind the other (NDJSON), an array of arrays whose
// first is the header, an object of arrays, one for each column, or a Google
// DataTable; those of [WriteArrObj] and [WriteObjArr] also with the description
// in front. Numbers keep their digits, texts stay texts, null is missing. Else it
// is like [ReadCSV]; its errors count rows, from 1.
func ReadJSON(r io.Reader, o *TableOptions) (*jsonstat.Dataset, error) {
	if o == nil {
		o = &TableOptions{}
	}
	r, err := charset.JSONReader(r)
	if err != nil {
		return nil, err
	}
	if _, ok := r.(io.ReaderAt); !ok {
		r = struct{ io.Reader }{r} // places of the text are read side by side: it is kept in a file
	}
	src, done, err := spool.Rewindable(r)
	if err != nil {
		return nil, err
	}
	defer done()
	ds, err := readJSON(src, o)
	if err = src.Cause(err); err != nil {
		return nil, tableError(jsonfault.Of(err))
	}
	return ds, nil
}

// readJSON is ReadJSON of what can be read again.
func readJSON(src *spool.Source, o *TableOptions) (*jsonstat.Dataset, error) {
	table, err := newTableRows(src)
	if err != nil {
		return nil, err
	}
	return rows.Make(table, rows.Format{Typed: true}, o.internal())
}
