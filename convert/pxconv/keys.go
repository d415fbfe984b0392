package pxconv

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/window"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A file with KEYS has rows with the values of the STUB in front: rows of which all cells are
// zero are not there, and the others come in any order. Of each row its number in the cube
// and its place in the file are kept, 16 bytes; then rows are read in the order of the cube,
// and zeros stand for those that are not there.

// maxKeyCells is how many cells a cube of such a file has at most without AllCells.
const maxKeyCells = 100_000_000

// keyRow is a row of the file.
type keyRow struct{ row, off int64 }

// keyCells are the cells of such a file.
type keyCells struct {
	src   window.Source
	rows  []keyRow
	width int64 // cells of a row
	n     int64
	say   *statuses
	round *rounding
	marks bool // some cell has a mark in the place of a number
}

// keyOf are what the keys of a variable are, in the bytes of the file.
type keyOf struct {
	name  string
	place map[string]int
	size  int64
}

// hasKeys tells whether the file has rows with keys.
func (f *file) hasKeys() bool {
	for _, e := range f.entries {
		if e.keyword == "KEYS" {
			return true
		}
	}
	return false
}

// keysOf are the keys of the variables of the STUB.
func (f *file) keysOf() ([]keyOf, error) {
	codes := map[*variable]bool{}
	for _, e := range f.entries {
		if e.keyword != "KEYS" || len(e.sub) == 0 {
			continue
		}
		v := f.variable(f.langOf(e), e.sub[0])
		if v == nil {
			f.lost(e, "there is no variable %q", e.sub[0])
			continue
		}
		switch strings.ToUpper(e.text()) {
		case "CODES":
			if codes[v] = true; v.made {
				f.warn(WarnMissing, "CODES", 0, "it is missing for %q, whose keys are codes: 0, 1, 2 … stand for it", f.name(v, f.main))
			}
		case "VALUES":
		default:
			return nil, f.fault(e, e.keyword, "%q is neither CODES nor VALUES", e.text())
		}
	}
	var keys []keyOf
	for _, v := range f.variables {
		if v.heading {
			continue
		}
		list := v.texts[f.main].values
		if codes[v] {
			list = v.codes
		}
		k := keyOf{name: v.texts[f.main].name, place: make(map[string]int, len(list)), size: int64(len(list))}
		for i, text := range list {
			raw, ok := f.enc.encode(text)
			if !ok {
				continue // no key can be it
			}
			if _, twice := k.place[string(raw)]; twice {
				return nil, f.fault(nil, "KEYS", "the value %q of %q occurs twice: KEYS by CODES would tell them apart", text, k.name)
			}
			k.place[string(raw)] = i
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// readKeys looks through the rows once.
func (f *file) readKeys(src window.Source, data, n int64, say *statuses) (*keyCells, error) {
	keys, err := f.keysOf()
	if err != nil {
		return nil, err
	}
	if n > maxKeyCells && !f.o.AllCells {
		return nil, &Error{Keyword: "KEYS", Msg: fmt.Sprintf("the cube has %d cells, most of which may be zeros of rows that the file leaves out", n), Err: ErrTooLarge}
	}
	c := &keyCells{src: src, width: 1, n: n, say: say}
	for _, v := range f.variables {
		if v.heading {
			c.width *= int64(v.len())
		}
	}
	g := newGrammar(src)
	r := &keyReader{g: g, keys: keys, w: &window.Cursor{R: g.r, G: g}}
	r.w.Reset(false)
	g.r.Goto(data)
	if err := r.all(c); err != nil {
		return nil, f.cellError(src, err)
	}
	f.warnOdd(g, func(off int64) int { line, _ := lineColumn(src, off); return line })
	if !r.ended {
		line, _ := lineColumn(src, g.r.Offset())
		f.warn(WarnEnd, "DATA", line, "the semicolon at the end is missing")
	}
	slices.SortFunc(c.rows, func(a, b keyRow) int { return cmp.Compare(a.row, b.row) })
	for i := 1; i < len(c.rows); i++ {
		if a, b := c.rows[i-1], c.rows[i]; a.row == b.row {
			first, _ := lineColumn(src, min(a.off, b.off))
			line, column := lineColumn(src, max(a.off, b.off))
			return nil, &Error{Keyword: "DATA", Line: line, Column: column, Msg: fmt.Sprintf("the row has the keys of line %d", first), Err: ErrNotPX}
		}
	}
	return c, nil
}

// keyReader reads rows with their keys.
type keyReader struct {
	g     *grammar
	w     *window.Cursor
	keys  []keyOf
	ended bool // with a semicolon
}

// all reads all rows.
func (r *keyReader) all(c *keyCells) error {
	for {
		row, more, err := r.key()
		if err != nil || !more {
			return err
		}
		if len(c.rows) == math.MaxInt32 {
			return r.g.r.Fault(r.g.r.Pos, "there are more than %d rows", math.MaxInt32)
		}
		c.rows = append(c.rows, keyRow{row, r.g.r.Offset()})
		for left := c.width; left > 0; left -= int64(r.w.N) {
			r.g.left = left
			if err := r.cells(min(left, window.ChunkCells)); err != nil {
				if bad, ok := err.(*window.SyntaxError); ok && startsKey(r.g.r) {
					bad.Msg = fmt.Sprintf("the row in front of this key has %d cells for %d", c.width-left+int64(r.w.N), c.width)
				}
				return err
			}
			c.marks = c.marks || slices.Contains(r.w.Kind[:r.w.N], window.Null)
		}
	}
}

// startsKey tells whether a key stands where the reader stopped, in quotes with a comma
// behind it.
func startsKey(r *window.Reader) bool {
	rest := r.Buf[r.Pos:r.End]
	if len(rest) == 0 || rest[0] != '"' {
		return false
	}
	k := bytes.IndexByte(rest[1:], '"')
	return k >= 0 && k+2 < len(rest) && rest[k+2] == ','
}

// cells reads some cells of a row.
func (r *keyReader) cells(n int64) error {
	r.w.N, r.w.Done = 0, false
	for r.w.N == 0 {
		if err := r.w.Next(int(n)); err != nil {
			return err
		}
	}
	return nil
}

// key reads the keys of a row; more is false at the end of the data.
func (r *keyReader) key() (row int64, more bool, err error) {
	rd := r.g.r
	for i, k := range r.keys {
		b := rd.Space()
		switch {
		case b == ',':
			rd.Pos++
			b = rd.Space()
		case b == ';' && i == 0:
			rd.Pos++
			r.ended = true
			return 0, false, nil
		}
		switch {
		case b == 0 && rd.Pos >= rd.End && rd.Err != nil:
			return 0, false, rd.Err
		case b == 0 && rd.Pos >= rd.End && i == 0:
			return 0, false, nil
		case b != '"':
			return 0, false, rd.Unexpected(rd.Pos, fmt.Sprintf("the key of %q in quotes", k.name))
		}
		text, err := r.quoted()
		if err != nil {
			return 0, false, err
		}
		place, ok := k.place[string(text)]
		if !ok {
			return 0, false, rd.Fault(rd.Pos, "%q is no value of %q", shorten(string(text)), k.name)
		}
		row = row*k.size + int64(place)
	}
	if rd.Space() == ',' {
		rd.Pos++
	}
	return row, true, nil
}

// quoted reads a text in quotes.
func (r *keyReader) quoted() ([]byte, error) {
	rd := r.g.r
	rd.Mark = rd.Pos
	for i := rd.Pos + 1; ; {
		for rd.Buf[i] != '"' && i < rd.End {
			i++
		}
		if i < rd.End {
			text := rd.Buf[rd.Mark+1 : i]
			rd.Pos = i + 1
			return text, nil
		}
		if i-rd.Mark > 1<<16 {
			return nil, rd.Fault(rd.Mark, "a key is longer than 65536 bytes")
		}
		k, ok := rd.More(i)
		if i = k; !ok {
			return nil, rd.Unexpected(i, "the closing quote of a key")
		}
	}
}

func (c *keyCells) Info() jsonstat.CellsInfo {
	return jsonstat.CellsInfo{HasStatus: c.marks || len(c.say.notes) > 0}
}

func (c *keyCells) Facts() (jsonstat.Facts, error) { return jsonstat.CountFacts(c) }

func (c *keyCells) Statuses() []string { return c.say.list }

func (c *keyCells) Cursor(statuses bool) (jsonstat.Cursor, error) {
	g := newGrammar(c.src)
	t := &keyCursor{c: c, r: keyReader{g: g, w: &window.Cursor{R: g.r, G: g}}, to: c.n}
	t.r.w.Reset(false)
	t.shaper = newShaper(c.say, c.round, statuses)
	return t, nil
}

// keyCursor reads the rows in the order of the cube.
type keyCursor struct {
	c        *keyCells
	r        keyReader
	at       int // next row of the file, in the order of the cube
	next, to int64
	inside   bool         // the reader stands in front of cell next of that row
	piece    window.Chunk // of several rows, copied
	shaper
}

func (t *keyCursor) Close() error { return nil }

func (t *keyCursor) Range(from, to int64) error {
	if from < 0 || to > t.c.n || from > to {
		return fmt.Errorf("cells %d to %d of %d: %w", from, to, t.c.n, jsonstat.ErrSize)
	}
	t.next, t.to, t.inside = from, to, false
	row := from / t.c.width
	t.at, _ = slices.BinarySearchFunc(t.c.rows, row, func(r keyRow, row int64) int { return cmp.Compare(r.row, row) })
	t.seek(from)
	return nil
}

func (t *keyCursor) Next() (*jsonstat.Chunk, error) {
	if t.next >= t.to {
		return nil, io.EOF
	}
	p := &t.piece
	if p.Kind == nil {
		p.Kind, p.Start, p.End = make([]window.Kind, window.ChunkCells), make([]uint32, window.ChunkCells), make([]uint32, window.ChunkCells)
	}
	p.N, p.Text = 0, p.Text[:0]
	first := t.next
	for t.next < t.to && p.N < window.ChunkCells {
		if err := t.take(min(t.to-t.next, int64(window.ChunkCells-p.N))); err != nil {
			return nil, err
		}
	}
	return t.shape(first, p), nil
}

// take takes at most n cells, of one row, or zeros up to the next row.
func (t *keyCursor) take(n int64) error {
	p, width := &t.piece, t.c.width
	row, column := t.next/width, t.next%width
	if t.at < len(t.c.rows) && t.c.rows[t.at].row < row {
		t.at++
		t.inside = false
		return nil
	}
	if t.at == len(t.c.rows) || t.c.rows[t.at].row > row {
		end := t.c.n
		if t.at < len(t.c.rows) {
			end = t.c.rows[t.at].row * width
		}
		for n = min(n, end-t.next); n > 0; n-- {
			p.Start[p.N], p.End[p.N], p.Kind[p.N] = uint32(len(p.Text)), uint32(len(p.Text)+1), window.Number
			p.Text = append(p.Text, '0')
			p.N++
			t.next++
		}
		return nil
	}
	if !t.inside {
		t.r.g.r.Goto(t.c.rows[t.at].off)
		for left := column; left > 0; left -= int64(t.r.w.N) {
			t.r.g.left = left
			if err := t.r.cells(min(left, window.ChunkCells)); err != nil {
				return err
			}
		}
		t.inside = true
	}
	n = min(n, width-column)
	t.r.g.left = n
	if err := t.r.cells(n); err != nil {
		return err
	}
	w := t.r.w
	for i := range w.N {
		from := len(p.Text)
		p.Text = append(p.Text, w.Text[w.Start[i]:w.End[i]]...)
		p.Start[p.N], p.End[p.N], p.Kind[p.N] = uint32(from), uint32(len(p.Text)), w.Kind[i]
		p.N++
	}
	t.next += int64(w.N)
	return nil
}
