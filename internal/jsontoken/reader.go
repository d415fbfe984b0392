package jsontoken

import "github.com/jsonstat-go/toolkit/internal/window"

// Reader is the tokenizer: a window over a JSON text.
type Reader struct {
	window.Reader
	NaN bool // read NaN and Infinity as null
}

// NewReader returns a reader at the start of src with a window of size bytes; 0 means
// [window.Size].
func NewReader(src window.Source, size int) *Reader {
	return &Reader{Reader: *window.NewReader(src, size)}
}

// NewCursor returns a cursor at the start of a section, on a reader of its own.
func NewCursor(r *Reader, s *window.Section) *window.Cursor {
	return window.NewCursor(&r.Reader, r, s)
}

// Scan reads the row of cells at an offset: it is what makes a section of a container
// that the parser took for something else.
func Scan(r *Reader, off int64, words bool) (*window.Section, error) {
	r.Goto(off)
	s := &window.Section{Off: off}
	s.Object = r.Space() == '{'
	return s, s.Scan(&window.Cursor{R: &r.Reader, G: r}, words)
}
