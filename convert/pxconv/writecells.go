package pxconv

import (
	"bytes"
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// cellBuffer is how full the buffer of cells is written out.
const cellBuffer = 64 << 10

// cellWriter writes cells in the order of the file.
type cellWriter struct {
	w     io.Writer
	c     *cellPlan
	buf   []byte
	line  int   // where the line begins in buf; negative if it began before
	width int64 // cells of a row
	left  int64 // of the row at hand
	keys  bool
	row   int64
	names [][][]byte // keys by variable of the STUB and value
	start int        // where the row begins in buf
	zeros bool       // the row has been zeros alone so far
}

func (w *cellWriter) flush() error {
	_, err := w.w.Write(w.buf)
	w.line -= len(w.buf)
	w.buf = w.buf[:0]
	return err
}

// setKeys renders the keys of the rows.
func (w *cellWriter) setKeys(x *outline, l *lineWriter) error {
	for i, d := range x.dims[:x.stub] {
		list := make([][]byte, d.Len())
		for k := range list {
			key := d.CategoryID(k)
			if x.keysByValue(i) {
				key = x.value(i, k)
			}
			raw, ok := l.enc.encode(`"` + l.clean(key) + `",`)
			if !ok {
				return &Error{Keyword: "KEYS", Msg: fmt.Sprintf("%q is no text in %s", d.CategoryID(k), l.enc.name), Err: ErrCharacter}
			}
			list[k] = raw
		}
		w.names = append(w.names, list)
	}
	w.begin()
	return nil
}

// begin begins a row with keys.
func (w *cellWriter) begin() {
	w.start, w.zeros = len(w.buf), true
	rest := w.row
	at := make([]int, len(w.names))
	for i := len(w.names) - 1; i >= 0; i-- {
		n := int64(len(w.names[i]))
		at[i] = int(rest % n)
		rest /= n
	}
	for i, k := range at {
		w.buf = append(w.buf, w.names[i][k]...)
	}
}

// cell writes a cell.
func (w *cellWriter) cell(text []byte, zero bool) error {
	w.zeros = w.zeros && zero
	if len(w.buf)-w.line+len(text)+1 > maxLine {
		switch last := len(w.buf) - 1; {
		case !w.keys:
			w.buf = append(w.buf, '\n')
			w.line = len(w.buf)
		case w.buf[last] == ' ': // the line ends in its place: two signs would be a cell without anything
			w.buf[last] = '\n'
			w.line = len(w.buf)
		}
	}
	w.buf = append(append(w.buf, text...), ' ')
	if w.left--; w.left == 0 {
		return w.end()
	}
	if !w.keys && len(w.buf) > cellBuffer {
		return w.flush()
	}
	return nil
}

// end ends a row.
func (w *cellWriter) end() error {
	w.left = w.width
	w.row++
	if w.keys {
		if w.zeros {
			w.buf = w.buf[:w.start]
		} else {
			w.buf[len(w.buf)-1] = '\n'
		}
		if len(w.buf) > cellBuffer {
			if err := w.flush(); err != nil {
				return err
			}
		}
		w.line = len(w.buf)
		if w.row < w.rows() {
			w.begin()
		}
		return nil
	}
	w.buf = append(w.buf, '\n')
	w.line = len(w.buf)
	if len(w.buf) > cellBuffer {
		return w.flush()
	}
	return nil
}

// rows is how many rows there are.
func (w *cellWriter) rows() int64 {
	n := int64(1)
	for _, list := range w.names {
		n *= int64(len(list))
	}
	return n
}

// value writes a cell as it is.
func (w *cellWriter) value(kind jsonstat.Kind, token []byte, status int32) error {
	switch kind {
	case jsonstat.Missing:
		return w.cell(w.mark(status), false)
	case jsonstat.NumberRaw:
		text := plainNumber(nil, token)
		return w.cell(text, isZero(text))
	}
	return w.cell(token, len(token) == 1 && token[0] == '0')
}

// mark is what stands in a cell without a value.
func (w *cellWriter) mark(status int32) []byte {
	if status > 0 && int(status) < len(w.c.marks) && w.c.marks[status] != nil {
		return w.c.marks[status]
	}
	return w.c.none
}

func isZero(token []byte) bool {
	return len(bytes.Trim(token, "-0.")) == 0
}

// inOrder writes the cells of a dataset whose order is that of the file.
func (w *cellWriter) inOrder(ds *jsonstat.Dataset) error {
	next, info := int64(0), ds.Cells().Info()
	gap := func(to int64) error {
		for ; next < to; next++ {
			if err := w.cell(w.mark(info.Default), false); err != nil {
				return err
			}
		}
		return nil
	}
	err := (layout.Walk{Cube: ds, Statuses: true}).Chunks(func(chunk *jsonstat.Chunk) error {
		for i, kind := range chunk.Kinds {
			if chunk.Positions != nil {
				if err := gap(chunk.Positions[i]); err != nil {
					return err
				}
			}
			status := int32(0)
			if chunk.Status != nil {
				status = chunk.Status[i]
			}
			next++
			if err := w.value(kind, chunk.Token(i), status); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return gap(ds.Len())
}

// turned writes the cells of a dataset in another order, row by row.
func (w *cellWriter) turned(x *outline) error {
	o := layout.Options{}
	for i, d := range x.dims {
		if i < x.stub {
			o.Stub = append(o.Stub, d.ID())
		} else {
			o.By = append(o.By, d.ID())
		}
	}
	if len(o.By) == 0 { // one column
		last := len(o.Stub) - 1
		o.Stub, o.By = o.Stub[:last], o.Stub[last:]
	}
	if x.made { // it has one category, and is no variable
		o.Stub = append([]string{x.contents.ID()}, o.Stub...)
	}
	l, err := layout.New(x.ds, o)
	if err != nil {
		return err
	}
	return l.Rows(x.ds, true, layout.All, func(_ []int, cells []layout.Cell) error {
		for i := range cells {
			if err := w.value(cells[i].Kind, cells[i].Token, cells[i].Status); err != nil {
				return err
			}
		}
		return nil
	})
}
