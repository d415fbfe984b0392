package spool

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// StreamMemory is how many bytes a stream holds before it turns to a file.
const StreamMemory = 2 << 20

// ErrGone is returned for bytes of a stream that were not kept.
var ErrGone = errors.New("the bytes were read and are gone")

// Stream is a source over a stream, which can be read once. It reads the stream as it is
// asked to, and keeps the bytes in memory or, beyond StreamMemory, in a temporary file that
// has no name. An offset below kept is read from there, one at read from the stream, and one
// in between was read while the stream was live and is gone:
//
//	0 ........ kept ........ read ........ end of the stream
//	  can be      was read      not read
//	  read again  and is gone   yet
type Stream struct {
	r    io.Reader
	mem  bytes.Buffer
	file *os.File
	done func() error // closes and removes it
	kept int64        // bytes in mem or file
	read int64        // bytes taken from r
	live bool         // keep no more
	end  error        // how the stream ended, io.EOF too: it is not asked again
}

// NewStream returns a source over r.
func NewStream(r io.Reader) *Stream { return &Stream{r: r} }

// Live stops keeping: what is read from now on can be read once, in order.
func (s *Stream) Live() { s.live = true }

// ReadAt reads what was kept, or from the stream.
func (s *Stream) ReadAt(p []byte, off int64) (int, error) {
	switch {
	case off < s.kept:
		p = p[:min(int64(len(p)), s.kept-off)]
		if s.file != nil {
			return s.file.ReadAt(p, off)
		}
		return copy(p, s.mem.Bytes()[off:]), nil
	case s.end != nil && s.end != io.EOF:
		return 0, s.end
	case off != s.read:
		return 0, ErrGone
	case s.end != nil:
		return 0, s.end
	}
	n := 0
	for try := 0; n == 0 && s.end == nil; try++ {
		if n, s.end = s.r.Read(p); n == 0 && s.end == nil && try == maxEmpty {
			s.end = io.ErrNoProgress
		}
	}
	s.read += int64(n)
	if !s.live {
		if err := s.keep(p[:n]); err != nil {
			s.end = err
			return 0, err
		}
	}
	return n, s.end
}

// Kept is what was kept so far, as a source that ends there. Reading it takes
// nothing from the stream.
func (s *Stream) Kept() *Kept { return &Kept{s, s.kept} }

// Kept is the part of a stream that can be read at any offset.
type Kept struct {
	s *Stream
	n int64
}

// Len is the number of bytes.
func (k *Kept) Len() int64 { return k.n }

// ReadAt reads what was kept.
func (k *Kept) ReadAt(p []byte, off int64) (int, error) {
	if off >= k.n {
		return 0, io.EOF
	}
	return k.s.ReadAt(p[:min(int64(len(p)), k.n-off)], off)
}

func (s *Stream) keep(p []byte) error {
	if s.file == nil && s.mem.Len()+len(p) > StreamMemory {
		if err := s.spill(); err != nil {
			return err
		}
	}
	if s.file != nil {
		if _, err := s.file.Write(p); err != nil {
			return err
		}
	} else {
		s.mem.Write(p)
	}
	s.kept += int64(len(p))
	return nil
}

// spill moves the memory to a temporary file.
func (s *Stream) spill() error {
	f, done, err := temporary()
	if err != nil {
		return err
	}
	s.file, s.done = f, done
	_, err = f.Write(s.mem.Bytes())
	s.mem = bytes.Buffer{}
	return err
}

// Close frees the memory and the file. Nothing can be read afterwards.
func (s *Stream) Close() error {
	s.mem = bytes.Buffer{}
	s.kept, s.end = 0, os.ErrClosed
	if s.file == nil {
		return nil
	}
	s.file = nil
	return s.done()
}
