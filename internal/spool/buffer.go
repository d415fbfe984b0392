package spool

import (
	"io"
	"os"
)

// Buffer keeps what is written to it, in memory and from some size on in a temporary
// file. The zero Buffer is empty.
type Buffer struct {
	buf  []byte
	file *os.File
	done func() error // closes and removes it
}

// BufferMemory is how many bytes a buffer holds before it turns to a file.
const BufferMemory = 4 << 20

// Write keeps p.
func (b *Buffer) Write(p []byte) (int, error) {
	b.buf = append(b.buf, p...)
	if len(b.buf) < BufferMemory {
		return len(p), nil
	}
	if b.file == nil {
		var err error
		if b.file, b.done, err = temporary(); err != nil {
			return 0, err
		}
	}
	_, err := b.file.Write(b.buf)
	b.buf = b.buf[:0]
	return len(p), err
}

// Start is the beginning of what was written, up to four kibibytes.
func (b *Buffer) Start() []byte {
	const most = 4 << 10
	if b.file == nil {
		return b.buf[:min(len(b.buf), most)]
	}
	start := make([]byte, most)
	n, _ := b.file.ReadAt(start, 0)
	return start[:n]
}

// CopyTo writes all to w.
func (b *Buffer) CopyTo(w io.Writer) error {
	if b.file != nil {
		if _, err := b.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := io.Copy(w, b.file); err != nil {
			return err
		}
	}
	_, err := w.Write(b.buf)
	return err
}

// Close frees what was kept. A nil Buffer has nothing.
func (b *Buffer) Close() error {
	if b == nil || b.file == nil {
		return nil
	}
	b.file = nil
	return b.done()
}
