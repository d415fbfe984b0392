package convert

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/jsontext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// tableRows are the rows of a JSON table, whose columns are known.
type tableRows struct {
	w      *jsontext.Window
	src    io.ReadSeeker
	form   form
	header []string
	labels []string       // of the columns of a DataTable, else nil
	place  []int          // of rows that are arrays: the column of each item, -1 if it is left out
	column map[string]int // of objects: that of each member
	drop   map[string]int // names to leave out: how often they came up
	start  int64          // where the rows begin
	bare   bool           // objects stand one behind the other
	starts []int64        // of an object of arrays: where that of each column begins

	columns []*jsontext.Window // of an object of arrays
	row     int64              // that was read last; 0 is the header

	text   []byte   // tokens of the row, one behind the other
	spans  [][2]int // of each column, its token in text
	fields [][]byte
	plain  []byte
}

// newTableRows finds out the form of a table and its columns.
func newTableRows(src io.ReadSeeker, drop []string) (*tableRows, error) {
	r := &tableRows{src: src, w: jsontext.New(src), column: map[string]int{}, drop: map[string]int{}}
	for _, name := range drop {
		r.drop[name] = 0
	}
	if err := r.w.Start(); err != nil {
		return nil, err
	}
	if err := r.detect(); err != nil {
		return nil, err
	}
	for _, name := range drop {
		if r.drop[name] == 0 {
			return nil, &CSVError{Msg: fmt.Sprintf("there is no column %q to leave out: they are %.200s", name, strings.Join(r.header, ", ")), Err: jsonstat.ErrUnknown}
		}
	}
	r.spans, r.fields = make([][2]int, len(r.header)), make([][]byte, len(r.header))
	return r, nil
}

// add makes a column and returns its number, -1 if it is to be left out.
func (r *tableRows) add(name string) int {
	if n, drop := r.drop[name]; drop {
		r.drop[name] = n + 1
		return -1
	}
	r.header = append(r.header, name)
	return len(r.header) - 1
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
		return &CSVError{Msg: "the table is empty"}
	}
	return &CSVError{Msg: fmt.Sprintf("the text begins with %q: a JSON table is an array or an object", c)}
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
		return r.members()
	case c != '[':
		return &CSVError{Msg: "the first item of the array is neither a row, which is an array or an object, nor a header"}
	}
	r.form = arrays
	err = r.w.Elements(func(int) error {
		name, err := r.w.Str()
		if err == nil {
			r.place = append(r.place, r.add(string(name)))
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
		if err := r.w.Goto(at["data"].at); err != nil {
			return err
		}
		return r.detect()
	case arraysOnly:
		r.form = series
		for _, m := range list {
			if r.add(m.name) >= 0 {
				r.starts = append(r.starts, m.at)
			}
		}
		return nil
	}
	r.form, r.bare = objects, true
	return r.members()
}

// members finds the names of the members of all objects, in the order in which
// they come up.
func (r *tableRows) members() error {
	if err := r.w.Goto(r.start); err != nil {
		return err
	}
	if !r.bare {
		if err := r.w.Take('['); err != nil {
			return err
		}
		r.start = r.w.Offset()
	}
	for row := int64(1); ; row++ {
		if more, err := r.another(row); !more {
			return err
		}
		err := r.w.Members(func(name string) error {
			if _, known := r.column[name]; !known {
				name = strings.Clone(name)
				r.column[name] = r.add(name)
			}
			_, err := r.w.Skip()
			return err
		})
		if err != nil {
			return err
		}
	}
}

// cols reads the columns of a DataTable.
func (r *tableRows) cols(at int64) error {
	if err := r.w.Goto(at); err != nil {
		return err
	}
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
		k := r.add(id)
		r.place = append(r.place, k)
		if k >= 0 {
			r.labels = append(r.labels, firstOf(label, id))
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := r.w.Goto(r.start); err != nil {
		return err
	}
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
			return false, r.w.Unexpected("an object")
		}
		return c != 0, nil
	case c == ']':
		return false, r.w.Take(']')
	case row > 1 || r.form == arrays:
		return r.w.Next(']')
	}
	return true, nil
}

// Rewind goes to the header.
func (r *tableRows) Rewind() error {
	r.row = -1
	if r.form != series {
		return r.w.Goto(r.start)
	}
	r.columns = r.columns[:0]
	at, _ := r.src.(io.ReaderAt)          // see ReadJSON
	const room, least = 16 << 20, 1 << 10 // of all windows together, and of each
	size := max(room/max(len(r.starts), 1), least)
	for _, start := range r.starts {
		const all = 1 << 62
		w := jsontext.NewSize(io.NewSectionReader(at, 0, all), size)
		if err := w.Goto(start); err != nil {
			return err
		}
		if err := w.Take('['); err != nil {
			return err
		}
		r.columns = append(r.columns, w)
	}
	return nil
}

// Next is the next row, or the header.
func (r *tableRows) Next() ([][]byte, int64, error) {
	if r.row++; r.row == 0 {
		for i, name := range r.header {
			r.fields[i] = []byte(name)
		}
		return r.fields, 0, nil
	}
	r.text = r.text[:0]
	clear(r.spans)
	var more bool
	var err error
	if r.form == series {
		more, err = r.side()
	} else if more, err = r.another(r.row); more && err == nil {
		switch r.form {
		case arrays:
			err = r.items(false)
		case google:
			err = r.w.Members(func(name string) error {
				if name == "c" {
					return r.items(true)
				}
				_, err := r.w.Skip()
				return err
			})
		default:
			err = r.w.Members(func(name string) error { return r.item(r.w, r.column[name]) })
		}
	}
	if err == nil && !more {
		err = io.EOF
	}
	if err != nil {
		return nil, r.row, err
	}
	r.split()
	return r.fields, r.row, nil
}

// items reads a row that is an array, of values or of the cells of a DataTable.
func (r *tableRows) items(cells bool) error {
	n := 0
	err := r.w.Elements(func(i int) error {
		n++
		if i >= len(r.place) {
			_, err := r.w.Skip()
			return err
		}
		if c, err := r.w.Peek(); err != nil || !cells || c != '{' {
			if err != nil {
				return err
			}
			return r.item(r.w, r.place[i])
		}
		return r.w.Members(func(name string) error {
			if name == "v" {
				return r.item(r.w, r.place[i])
			}
			_, err := r.w.Skip()
			return err
		})
	})
	if err == nil && n != len(r.place) {
		return &CSVError{Line: r.row, Msg: fmt.Sprintf("the row has %d columns, the header has %d", n, len(r.place))}
	}
	return err
}

// item reads the value of a column, which is left out if it is none.
func (r *tableRows) item(w *jsontext.Window, column int) error {
	if column < 0 {
		_, err := w.Skip()
		return err
	}
	token, err := w.Scalar()
	if err != nil {
		return err
	}
	if len(token) == 0 {
		return &CSVError{Line: r.row, Msg: fmt.Sprintf("%q is an object or an array, not a value: leave it out", r.header[column])}
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
		return false, &CSVError{Line: r.row, Msg: "the columns are not equally long: some end before this row"}
	}
	return ended == 0, nil
}

// split makes fields of the tokens of a row. Null, and what is not there, is nil.
func (r *tableRows) split() {
	r.plain = slices.Grow(r.plain[:0], len(r.text)) // no text is longer than its token
	for i, s := range r.spans {
		token := r.text[s[0]:s[1]]
		switch {
		case len(token) == 0 || token[0] == 'n':
			r.fields[i] = nil
		case token[0] != '"':
			r.fields[i] = token
		case bytes.IndexByte(token, '\\') < 0:
			r.fields[i] = token[1 : len(token)-1]
		default:
			from := len(r.plain)
			r.plain = jsonstat.AppendText(r.plain, token)
			r.fields[i] = r.plain[from:]
		}
	}
}

// token is the value of a column of the row as it stands in JSON.
func (r *tableRows) token(column int) []byte {
	s := r.spans[column]
	return r.text[s[0]:s[1]]
}

// label is the label of a column: its name, but in a DataTable.
func (r *tableRows) label(column int) string {
	if r.labels != nil {
		return r.labels[column]
	}
	return r.header[column]
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
