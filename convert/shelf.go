package convert

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/spool"
)

// shelfRoom is how much text waits in memory, and shelfShare how much of it there
// is at least for each text. Only tests change them.
var shelfRoom, shelfShare = 2 << 20, 256

// A shelf keeps texts that grow side by side and are written one after the other.
// When they need too much room they are moved to a temporary file, a piece of
// each, so that its memory depends on the number of texts alone.
type shelf struct {
	texts []*waiting
	used  int // of all texts in memory

	file  *os.File // nil as long as there is none
	done  func()
	end   int64  // of the file
	buf   []byte // of what goes to the file
	spare []byte // of what comes from it
}

// waiting is a text on a shelf.
type waiting struct {
	text []byte
	last int64 // where the last piece in the file begins, plus 1; 0 if there is none
}

// pieceHead stands in front of each piece: where the one before begins, and the
// length.
const pieceHead = 8 + 4

// tidy makes room if there is none left.
func (s *shelf) tidy() error {
	if s.used <= max(shelfRoom, shelfShare*len(s.texts)) {
		return nil
	}
	if s.file == nil {
		var err error
		if s.file, s.done, err = spool.File(); err != nil {
			return err
		}
	}
	for _, w := range s.texts {
		if len(w.text) == 0 {
			continue
		}
		at := s.end + int64(len(s.buf)) + 1
		s.buf = binary.LittleEndian.AppendUint64(s.buf, uint64(w.last))
		s.buf = binary.LittleEndian.AppendUint32(s.buf, uint32(len(w.text)))
		s.buf = append(s.buf, w.text...)
		w.last, w.text = at, w.text[:0]
		if len(s.buf) >= flushAt {
			if err := s.flush(); err != nil {
				return err
			}
		}
	}
	s.used = 0
	return s.flush()
}

func (s *shelf) flush() error {
	n, err := s.file.WriteAt(s.buf, s.end)
	s.end += int64(n)
	s.buf = s.buf[:0]
	if err != nil {
		return fmt.Errorf("keeping columns in a temporary file: %w", err)
	}
	return nil
}

// copy writes a text.
func (s *shelf) copy(w io.Writer, text *waiting) error {
	type piece struct {
		at  int64
		len int
	}
	var pieces []piece // from the last one on
	for next := text.last; next != 0; {
		var head [pieceHead]byte
		if _, err := s.file.ReadAt(head[:], next-1); err != nil {
			return fmt.Errorf("reading columns from a temporary file: %w", err)
		}
		pieces = append(pieces, piece{next - 1 + pieceHead, int(binary.LittleEndian.Uint32(head[8:]))})
		next = int64(binary.LittleEndian.Uint64(head[:]))
	}
	for _, p := range slices.Backward(pieces) {
		s.spare = slices.Grow(s.spare[:0], p.len)[:p.len]
		if _, err := s.file.ReadAt(s.spare, p.at); err != nil {
			return fmt.Errorf("reading columns from a temporary file: %w", err)
		}
		if _, err := w.Write(s.spare); err != nil {
			return err
		}
	}
	_, err := w.Write(text.text)
	return err
}

func (s *shelf) close() {
	if s.done != nil {
		s.done()
	}
}
