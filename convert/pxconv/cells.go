package pxconv

import (
	"errors"
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/internal/window"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// cells are those of a file in the usual form: all of them in the order of the cube.
type cells struct {
	src     window.Source
	section *window.Section
	n       int64
	say     *statuses
	round   *rounding // nil: numbers stay as they are
}

func (c *cells) Info() jsonstat.CellsInfo {
	return jsonstat.CellsInfo{HasStatus: c.section.Kinds[window.Null] > 0 || len(c.say.notes) > 0}
}

func (c *cells) Facts() (jsonstat.Facts, error) {
	s := c.section
	if c.round != nil || s.Kinds[window.String] > 0 {
		return jsonstat.CountFacts(c)
	}
	return jsonstat.Facts{
		Stored: s.Count, Missing: s.Kinds[window.Null], Numbers: s.Kinds[window.Number] + s.Kinds[window.Raw], Whole: s.Whole, Digits: s.Digits,
	}, nil
}

func (c *cells) Statuses() []string { return c.say.list }

func (c *cells) Cursor(statuses bool) (jsonstat.Cursor, error) {
	g := newGrammar(c.src)
	t := &cursor{c: c, g: g, w: window.NewCursor(g.r, g, c.section), to: c.n}
	t.shaper = newShaper(c.say, c.round, statuses)
	return t, nil
}

// cursor reads the cells.
type cursor struct {
	c        *cells
	g        *grammar
	w        *window.Cursor
	next, to int64
	ends     map[int64]window.Checkpoint // where ranges ended: others begin there
	shaper
}

// maxEnds is how many ends of ranges are remembered.
const maxEnds = 1 << 17

func (t *cursor) Close() error { return nil }

func (t *cursor) Range(from, to int64) error {
	if from < 0 || to > t.c.n || from > to {
		return fmt.Errorf("cells %d to %d of %d: %w", from, to, t.c.n, jsonstat.ErrSize)
	}
	at := t.next
	t.next, t.to = from, to
	t.seek(from)
	end, ok := t.ends[from]
	delete(t.ends, from)
	switch {
	case from == at && from > 0:
		return nil // it stands there
	case ok:
		t.w.Goto(end)
		return nil
	}
	m := t.c.section.Before(from)
	t.w.Goto(m)
	for n := from - m.Pos; n > 0; n -= int64(t.w.N) {
		t.g.left = n
		if err := t.w.Next(int(min(n, window.ChunkCells))); err != nil {
			return err
		}
		if t.w.N == 0 {
			return io.ErrUnexpectedEOF // the file became another one
		}
	}
	return nil
}

func (t *cursor) Next() (*jsonstat.Chunk, error) {
	if t.next >= t.to {
		return nil, io.EOF
	}
	want := min(t.to-t.next, window.ChunkCells)
	t.w.N, t.w.Done = 0, false
	for t.w.N == 0 {
		t.g.left = want
		if err := t.w.Next(int(want)); err != nil {
			return nil, err
		}
		if t.w.Done && t.w.N == 0 {
			return nil, io.ErrUnexpectedEOF
		}
	}
	first := t.next
	if t.next += int64(t.w.N); t.next == t.to && t.to < t.c.n {
		if t.ends == nil || len(t.ends) >= maxEnds {
			t.ends = map[int64]window.Checkpoint{}
		}
		t.ends[t.to] = t.w.Here()
	}
	return t.shape(first, &t.w.Chunk), nil
}

// scanCells looks through the cells once.
func (f *file) scanCells(src window.Source, data, n int64) (*window.Section, error) {
	g := newGrammar(src)
	g.left = n
	s := &window.Section{Off: data - 1}
	g.r.Goto(s.Off)
	err := s.Scan(&window.Cursor{R: g.r, G: g}, false)
	if err == nil {
		err = f.checkEnd(g, src)
	}
	if err != nil {
		if s.Count < n && g.tight >= 0 {
			return nil, f.tightError(src, g.tight)
		}
		return nil, f.cellError(src, err)
	}
	return s, nil
}

// tightError is the error for a comma that may be a decimal mark or stand between thousands.
func (f *file) tightError(src window.Source, off int64) error {
	return f.cellError(src, &window.SyntaxError{Offset: off, Msg: "a comma stands between two digits, and taken for what separates cells it does not give as many cells as there are: decimals have a point, and thousands nothing between them"})
}

// checkEnd looks at what stands behind the last cell, and notes what was odd among them.
func (f *file) checkEnd(g *grammar, src window.Source) error {
	r := g.r
	line := func(off int64) int {
		l, _ := lineColumn(src, off)
		return l
	}
	end, more := false, false
	for b := r.Space(); b != 0 || r.Pos < r.End; b = r.Space() {
		switch {
		case b == ';':
			end = true
		case b == ',' && !end:
		default:
			more = true
		}
		if more {
			break
		}
		r.Pos++
	}
	if r.Err != nil {
		return r.Err
	}
	switch {
	case more && !end && g.tight >= 0:
		return f.tightError(src, g.tight)
	case more && !end:
		f.warn(WarnEnd, "DATA", line(r.Offset()), "there are more cells than the head says: they are left out")
	case more:
		f.warn(WarnEnd, "DATA", line(r.Offset()), "more stands behind the end: it is left out")
	case !end:
		f.warn(WarnEnd, "DATA", line(r.Offset()), "the semicolon at the end is missing")
	}
	f.warnOdd(g, line)
	return nil
}

// warnOdd warns of what was met among the cells.
func (f *file) warnOdd(g *grammar, line func(int64) int) {
	for _, odd := range []struct {
		off  int64
		kind WarningKind
		msg  string
	}{
		{g.separators, WarnSeparator, "cells are separated by something else than blanks"},
		{g.bare, WarnSeparator, "a mark stands without its quotes"},
		{g.numbers, WarnNumber, "a number is in an odd form, such as with quotes or a plus sign"},
	} {
		if odd.off >= 0 {
			f.warn(odd.kind, "DATA", line(odd.off), "%s", odd.msg)
		}
	}
}

// cellError is an error among the cells, with its place.
func (f *file) cellError(src window.Source, err error) error {
	bad, ok := errors.AsType[*window.SyntaxError](err)
	if !ok {
		if e, ok := errors.AsType[*window.ReadError](err); ok {
			return e.Err
		}
		return err
	}
	kind := ErrNotPX
	if bad.Limit {
		kind = jsonstat.ErrLimit
	}
	line, column := lineColumn(src, bad.Offset)
	return &Error{Keyword: "DATA", Line: line, Column: column, Msg: bad.Msg, Err: kind}
}

// lineColumn is the place of an offset, which is looked for from the start of the file: that
// is done for errors alone.
func lineColumn(src window.Source, off int64) (line, column int) {
	line = 1
	bol := int64(0)
	buf := make([]byte, 256<<10)
	for at := int64(0); at < off; {
		n, err := src.ReadAt(buf[:min(int64(len(buf)), off-at)], at)
		for i, b := range buf[:n] {
			if b == '\n' {
				line++
				bol = at + int64(i) + 1
			}
		}
		at += int64(n)
		if err != nil || n == 0 {
			break
		}
	}
	return line, int(off-bol) + 1
}
