package convert

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// readWindow is how much of a table is in memory at a time. Only tests change it.
var readWindow = 256 << 10

// tableRows are the rows of a JSON table, whose columns are known.
type tableRows struct {
	w      *jsontoken.Reader
	src    *spool.Source
	form   form
	fields []rows.Field
	column map[string]int // of objects: that of each member
	start  int64          // where the rows begin
	bare   bool           // objects stand one behind the other
	starts []int64        // of an object of arrays: where that of each column begins

	columns []*jsontoken.Reader // of an object of arrays
	row     int64               // that is read, from 1

	text  []byte   // tokens of the row, one behind the other
	spans [][2]int // of each column, its token in text
	plain []byte
}

// newTableRows finds out the form of a table and its columns, as far as they stand in
// front of the rows.
func newTableRows(src *spool.Source) (*tableRows, error) {
	r := &tableRows{src: src, w: jsontoken.NewReader(src, readWindow), column: map[string]int{}}
	r.w.SkipBOM()
	return r, r.detect()
}

// Fields are the columns. Those of objects come up with their rows.
func (r *tableRows) Fields() []rows.Field { return r.fields }

// Place says where a row stands.
func (r *tableRows) Place(number int64, _ int) rows.Place { return rows.Place{Row: number} }

// add makes a column and returns its number.
func (r *tableRows) add(name, label string) int {
	r.fields = append(r.fields, rows.Field{Name: name, Label: label})
	r.spans = append(r.spans, [2]int{})
	return len(r.fields) - 1
}

// detect looks at the start of the text.
func (r *tableRows) detect() error {
	c, err := r.w.Peek()
	if err != nil {
		return err
	}
	switch r.start = r.w.Offset(); c {
	case '[':
		return r.detectList()
	case '{':
		return r.detectObject()
	case 0:
		return &rows.Error{Msg: "the table is empty"}
	}
	return &rows.Error{Msg: fmt.Sprintf("the text begins with %q: a JSON table is an array or an object", c)}
}

// detectList looks at the first row of an array.
func (r *tableRows) detectList() error {
	if err := r.w.Take('['); err != nil {
		return err
	}
	c, err := r.w.Peek()
	switch {
	case err != nil:
		return err
	case c == '{':
		r.form = objects
		return nil
	case c != '[':
		return &rows.Error{Msg: "the first item of the array is neither a row, which is an array or an object, nor a header"}
	}
	r.form = arrays
	err = r.w.Elements(func(int) error {
		name, err := r.w.Str()
		if err == nil {
			r.add(string(name), "")
		}
		return err
	})
	r.start = r.w.Offset()
	return err
}

// detectObject looks at the members of the first object.
func (r *tableRows) detectObject() error {
	type member struct {
		name  string
		first byte
		at    int64
	}
	var list []member
	at := map[string]member{}
	err := r.w.Members(func(text string) error {
		name := strings.Clone(text)
		c, err := r.w.Peek()
		if err != nil {
			return err
		}
		m := member{name, c, r.w.Offset()}
		list, at[name] = append(list, m), m
		_, err = r.w.Skip()
		return err
	})
	if err != nil {
		return err
	}
	arraysOnly := len(list) > 0
	for _, m := range list {
		arraysOnly = arraysOnly && m.first == '['
	}
	switch {
	case at["cols"].first == '[' && at["rows"].first == '[':
		r.form, r.start = google, at["rows"].at
		return r.cols(at["cols"].at)
	case at["meta"].first == '{' && (at["data"].first == '[' || at["data"].first == '{'):
		r.w.Goto(at["data"].at)
		return r.detect()
	case arraysOnly:
		r.form = series
		for _, m := range list {
			r.add(m.name, "")
			r.starts = append(r.starts, m.at)
		}
		return nil
	}
	r.form, r.bare = objects, true
	r.w.Goto(r.start)
	return nil
}

// cols reads the columns of a DataTable.
func (r *tableRows) cols(at int64) error {
	r.w.Goto(at)
	err := r.w.Elements(func(i int) error {
		id, label := fmt.Sprint("column ", i+1), ""
		err := r.w.Members(func(name string) error {
			to := &id
			switch name {
			case "id":
			case "label":
				to = &label
			default:
				_, err := r.w.Skip()
				return err
			}
			text, err := r.w.Str()
			*to = string(text)
			return err
		})
		r.add(id, label)
		return err
	})
	if err != nil {
		return err
	}
	r.w.Goto(r.start)
	err = r.w.Take('[')
	r.start = r.w.Offset()
	return err
}

// another tells whether another row follows, and goes to it.
func (r *tableRows) another(row int64) (bool, error) {
	c, err := r.w.Peek()
	switch {
	case err != nil:
		return false, err
	case r.bare:
		if c != 0 && c != '{' {
			return false, r.w.Unexpected(r.w.Pos, "an object")
		}
		return c != 0, nil
	case c == ']':
		r.w.Pos++
		return false, nil
	case row > 1 || r.form == arrays:
		return r.w.Next(']')
	}
	return true, nil
}

// beside opens the columns of an object of arrays.
func (r *tableRows) beside() error {
	const room, least = 16 << 20, 1 << 10 // of all windows together, and of each
	size := min(max(room/max(len(r.starts), 1), least), readWindow)
	for _, start := range r.starts {
		w := jsontoken.NewReader(r.src, size)
		w.Goto(start)
		if err := w.Take('['); err != nil {
			return err
		}
		r.columns = append(r.columns, w)
	}
	return nil
}

// Rows puts all rows in the batch.
func (r *tableRows) Rows(b *rows.Batch, next func() error) error {
	if r.form == series {
		if err := r.beside(); err != nil {
			return err
		}
	}
	b.Grow(len(r.fields))
	for r.row = 1; ; r.row++ {
		more, err := r.read()
		if err != nil {
			return err
		}
		if !more {
			return next()
		}
		r.give(b)
		if b.Full() {
			if err := next(); err != nil {
				return err
			}
		}
	}
}

// read reads the tokens of a row.
func (r *tableRows) read() (more bool, err error) {
	r.text = r.text[:0]
	clear(r.spans)
	if r.form == series {
		return r.side()
	}
	if more, err = r.another(r.row); err != nil || !more {
		return false, err
	}
	switch r.form {
	case arrays:
		return true, r.items(false)
	case google:
		return true, r.w.Members(func(name string) error {
			if name == "c" {
				return r.items(true)
			}
			_, err := r.w.Skip()
			return err
		})
	}
	return true, r.w.Members(func(name string) error {
		i, known := r.column[name]
		if !known {
			name = strings.Clone(name)
			i = r.add(name, "")
			r.column[name] = i
		}
		return r.item(r.w, i)
	})
}

// items reads a row that is an array, of values or of the cells of a DataTable.
func (r *tableRows) items(cells bool) error {
	n := 0
	err := r.w.Elements(func(i int) error {
		n++
		if i >= len(r.fields) {
			_, err := r.w.Skip()
			return err
		}
		if c, err := r.w.Peek(); err != nil || !cells || c != '{' {
			if err != nil {
				return err
			}
			return r.item(r.w, i)
		}
		return r.w.Members(func(name string) error {
			if name == "v" {
				return r.item(r.w, i)
			}
			_, err := r.w.Skip()
			return err
		})
	})
	if err == nil && n != len(r.fields) {
		return &rows.Error{Row: r.row, Msg: fmt.Sprintf("the row has %d columns, the header has %d", n, len(r.fields))}
	}
	return err
}

// item reads the value of a column, which is left out if it is none.
func (r *tableRows) item(w *jsontoken.Reader, column int) error {
	kind, token, err := w.Token()
	if err != nil {
		return err
	}
	if kind == jsontoken.Array || kind == jsontoken.Object {
		r.fields[column].Unfit = "object or array"
		_, err := w.Skip()
		return err
	}
	r.spans[column] = [2]int{len(r.text), len(r.text) + len(token)}
	r.text = append(r.text, token...)
	return nil
}

// side reads the next item of each column.
func (r *tableRows) side() (bool, error) {
	ended := 0
	for i, w := range r.columns {
		c, err := w.Peek()
		if err != nil {
			return false, err
		}
		if c == ']' {
			ended++
			continue
		}
		if r.row > 1 {
			if _, err := w.Next(']'); err != nil {
				return false, err
			}
		}
		if err := r.item(w, i); err != nil {
			return false, err
		}
	}
	if ended > 0 && ended < len(r.columns) {
		return false, &rows.Error{Row: r.row, Msg: "the columns are not equally long: some end before this row"}
	}
	return ended == 0, nil
}

// give puts the row in the batch. What is not there is null.
func (r *tableRows) give(b *rows.Batch) {
	b.Grow(len(r.fields))
	for i, s := range r.spans {
		token := r.text[s[0]:s[1]]
		switch {
		case len(token) == 0 || token[0] == 'n':
			b.Add(i, nil, rows.Null)
		case token[0] == 't' || token[0] == 'f':
			b.Add(i, token, rows.Bool)
		case token[0] != '"':
			b.Add(i, token, rows.Number)
		case bytes.IndexByte(token, '\\') < 0:
			b.Add(i, token[1:len(token)-1], rows.Text)
		default:
			r.plain = jsonstat.AppendText(r.plain[:0], token)
			b.Add(i, r.plain, rows.Text)
		}
	}
	b.End(r.row)
}
