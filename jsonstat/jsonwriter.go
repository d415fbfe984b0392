package jsonstat

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// writer writes JSON. The first error stays and stops the rest, so that only flush has to
// be checked.
type writer struct {
	w   *bufio.Writer
	buf []byte
	err error
}

func newWriter(w io.Writer, size int) *writer { return &writer{w: bufio.NewWriterSize(w, size)} }

func (e *writer) flush() error {
	if e.err != nil {
		return e.err
	}
	return e.w.Flush()
}

func (e *writer) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *writer) str(s string) { _, _ = e.w.WriteString(s) } // the error comes again at Flush

func (e *writer) quoted(s string) {
	e.buf = jsontoken.AppendString(e.buf[:0], s)
	_, _ = e.w.Write(e.buf)
}

// field is a member of an object that is written from Go.
type field struct {
	name  string
	write func()
	rank  int // place in the order of names, see object

	// optional writes the value of a member that may be absent, for which it calls
	// begin; it stands for write.
	optional func(begin func())
}

// object writes fields: in the order of names first, then the rest.
func (e *writer) object(fields []field, order []string) {
	if len(order) > 0 {
		rank := make(map[string]int, len(order))
		for i, name := range order {
			if _, twice := rank[name]; !twice {
				rank[name] = i
			}
		}
		for i := range fields {
			f := &fields[i]
			var known bool
			if f.rank, known = rank[f.name]; !known {
				f.rank = len(order)
			}
		}
		slices.SortStableFunc(fields, func(a, b field) int { return a.rank - b.rank })
	}
	_ = e.w.WriteByte('{')
	first := true
	for _, f := range fields {
		begin := func() {
			if !first {
				_ = e.w.WriteByte(',')
			}
			first = false
			e.quoted(f.name)
			_ = e.w.WriteByte(':')
		}
		if f.optional != nil {
			f.optional(begin)
			continue
		}
		begin()
		f.write()
	}
	_ = e.w.WriteByte('}')
}

// list writes an array of n items.
func (e *writer) list(n int, item func(i int)) {
	_ = e.w.WriteByte('[')
	for i := range n {
		if i > 0 {
			_ = e.w.WriteByte(',')
		}
		item(i)
	}
	_ = e.w.WriteByte(']')
}

func (e *writer) strings(list []string) { e.list(len(list), func(i int) { e.quoted(list[i]) }) }

func (e *writer) raw(text json.RawMessage) {
	if !json.Valid(text) {
		e.fail(errors.New("a raw member is not valid JSON: " + jsontoken.Shorten(string(text), 40)))
		return
	}
	_, _ = e.w.Write(text)
}

func (e *writer) members(fields []field, members []Member) []field {
	for _, m := range members {
		fields = append(fields, field{name: m.Name, write: func() { e.raw(m.Value) }})
	}
	return fields
}

// texts adds members that are texts, given by name and text; those that are "" are not there.
func (e *writer) texts(fields []field, texts [][2]string) []field {
	for _, t := range texts {
		if t[1] != "" {
			fields = append(fields, field{name: t[0], write: func() { e.quoted(t[1]) }})
		}
	}
	return fields
}

func mapFields[T any](list []T, f func(T) field) []field {
	fields := make([]field, len(list))
	for i, v := range list {
		fields[i] = f(v)
	}
	return fields
}
