package sdmxconv

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// form is what a column says, in as few words as there are.
type form struct {
	column   *column
	constant int32        // the one value, 0 if there are several
	by       []*dimension // those that the value depends on, if they are few
	values   []cell       // by position of those dimensions, ascending
	cells    []cell       // or by observation
	most     int32        // the value of all observations that are not in cells, 0 for none
}

// cell is the value of an observation.
type cell struct {
	pos int64
	id  int32
}

// json writes a form as the member of extension.sdmx.attributes.
func (f *form) json() json.RawMessage {
	col := f.column
	switch {
	case f.constant != 0:
		v, ok := col.value(f.constant)
		if !ok || v.own || !v.listed && v.name == "" {
			return json.RawMessage(col.text(f.constant))
		}
		b := jsontoken.AppendString([]byte(`{"id":`), v.id)
		if v.name != "" {
			b = jsontoken.AppendString(append(b, `,"label":`...), v.name)
		}
		return append(b, '}')
	case f.by != nil:
		b := []byte(`{"dimensions":[`)
		for _, d := range f.by {
			b = jsontoken.AppendString(jsontoken.AppendComma(b), d.id)
		}
		b = append(b, `],"values":{`...)
		for _, v := range f.values {
			b = append(jsontoken.AppendName(b, f.key(v.pos)), col.text(v.id)...)
		}
		return append(b, `}}`...)
	}
	b := []byte{'{'}
	if f.most != 0 {
		b = append(append(b, `"*":`...), col.text(f.most)...)
	}
	for _, cell := range f.cells {
		b = strconv.AppendInt(append(jsontoken.AppendComma(b), '"'), cell.pos, 10)
		b = append(b, `":`...)
		if cell.id == 0 {
			b = append(b, "null"...)
			continue
		}
		b = append(b, col.text(cell.id)...)
	}
	return append(b, '}')
}

// saidBy tells whether another form says all that this one says: the same of the same
// attribute, or one value for all.
func (f form) saidBy(by form) bool {
	if by.column.id != f.column.id {
		return false
	}
	if by.constant == 0 {
		return bytes.Equal(f.json(), by.json())
	}
	same := func(id int32) bool { return id == 0 || f.column.plain(id) == by.column.plain(by.constant) }
	other := func(c cell) bool { return !same(c.id) }
	return same(f.constant) && same(f.most) && !slices.ContainsFunc(f.values, other) && !slices.ContainsFunc(f.cells, other)
}

// key names the categories that a value depends on.
func (f *form) key(pos int64) string {
	var ids []string
	for _, d := range f.by {
		ids = append(ids, d.values[d.category(pos)].id)
	}
	return strings.Join(ids, ":")
}

// each goes through the categories of a dimension that the form gives a value,
// if it depends on no other. It is false if the form says nothing of that kind.
func (f *form) each(d *dimension, set func(category int, id int32)) bool {
	switch {
	case f.constant != 0:
		for i := range d.size {
			set(i, f.constant)
		}
	case len(f.by) == 1 && f.by[0] == d:
		for _, v := range f.values {
			set(int(v.pos/d.stride), v.id)
		}
	default:
		return false
	}
	return true
}
