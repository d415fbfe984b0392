package convert

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ReadJSONOptions say how a JSON table is read. The zero value, and nil, read
// what the writers of JSON tables write by default.
type ReadJSONOptions struct {
	// ValueName names the value. Default: value in any case, else, where rows are
	// arrays, the last column.
	ValueName string

	// StatusName names the status, if there is one. Default: status in any case.
	StatusName string

	// Drop leaves out columns that are neither dimensions nor value nor status.
	Drop []string

	// The others are those of [ReadCSVOptions].
	Head                   *jsonstat.Dataset
	Description            json.RawMessage
	Label, Source, Updated string
	Roles                  map[string]jsonstat.Role
	Warn                   func(message string)
}

// ReadJSON makes a dataset of a JSON table, which it knows by its form: an array
// of objects, objects one behind the other (NDJSON), an array of arrays whose
// first is the header, an object of arrays, one for each column, or a Google
// DataTable; those of [WriteArrObj] and [WriteObjArr] also with the description
// in front. Numbers keep their digits, texts stay texts, null is missing. Else it
// is like [ReadCSV]; its errors count rows, from 1.
func ReadJSON(r io.Reader, o *ReadJSONOptions) (*jsonstat.Dataset, error) {
	if o == nil {
		o = &ReadJSONOptions{}
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
		return nil, err
	}
	return ds, nil
}

// readJSON is ReadJSON of what can be read again.
func readJSON(src io.ReadSeeker, o *ReadJSONOptions) (*jsonstat.Dataset, error) {
	rows, err := newTableRows(src, o.Drop)
	if err != nil {
		return nil, err
	}
	opts := &ReadCSVOptions{
		ValueName: o.ValueName, StatusName: o.StatusName, Head: o.Head, Description: o.Description,
		Label: o.Label, Source: o.Source, Updated: o.Updated, Roles: o.Roles, Warn: o.Warn,
	}
	if i := indexFold(rows.header, "status"); i >= 0 && o.StatusName == "" {
		opts.StatusName = rows.header[i]
	}
	if i := indexFold(rows.header, "value"); i >= 0 && o.ValueName == "" {
		opts.ValueName = rows.header[i]
	} else if o.ValueName == "" && rows.form != arrays && rows.form != google {
		return nil, &CSVError{Msg: fmt.Sprintf("no member is called value: name the one that is it, of %.200s", strings.Join(rows.header, ", ")), Err: jsonstat.ErrUnknown}
	}
	ds, err := ReadRows(rows, opts)
	var wrong *CSVError
	if errors.As(err, &wrong) {
		wrong.row = true
	}
	return ds, err
}

// indexFold is the place of a name in any case, the last of several; -1 if it is
// not there.
func indexFold(names []string, name string) int {
	for i, n := range slices.Backward(names) {
		if strings.EqualFold(n, name) {
			return i
		}
	}
	return -1
}
