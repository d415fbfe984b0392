package convert

import "io"

// flushAt is how full a buffer is written out. It stays in the second-level
// cache beside the window of the reader.
const flushAt = 64 << 10

// buffer is what waits to be written.
type buffer struct {
	w   io.Writer
	buf []byte
}

func newBuffer(w io.Writer) buffer { return buffer{w, make([]byte, 0, flushAt+4096)} }

// flush writes the buffer out. It is called seldom: spill, which is called a lot, is to
// be inlined without it.
//
//go:noinline
func (b *buffer) flush() error {
	_, err := b.w.Write(b.buf)
	b.buf = b.buf[:0]
	return err
}

// spill writes the buffer out if it is full.
func (b *buffer) spill() error {
	if len(b.buf) < flushAt {
		return nil
	}
	return b.flush()
}
