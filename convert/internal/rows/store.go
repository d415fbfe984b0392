package rows

import (
	"encoding/binary"
	"fmt"
	"os"

	"github.com/jsonstat-go/toolkit/internal/spool"
)

// storeMemory is how large a store is that stays in memory. A larger one has a file,
// beside which batchMemory waits to be written.
const (
	storeMemory = 2 << 20
	batchMemory = 1 << 20
)

// A store keeps what the passes behind the first one need of the rows, a chunk for
// each batch: of every column the numbers of its texts, or the texts themselves where
// a dictionary of them would be as long as the column; and where each row stands.
//
// A chunk begins with how many parts it has and the end of each of them, four bytes
// each. Part 0 is where
// the rows stand, as differences; part i+1 is column i: a byte that says how many
// bytes a number of a text takes (1, 2 or 4), then these; or 8, then the one number
// that all rows have, and how many rows that are, in 4 bytes each; or 0, then the
// texts, each behind its length and its kind.
type store struct {
	chunks []chunk
	memory [][]byte // of the chunks that are not in the file, the last ones
	free   [][]byte // room for more
	held   int      // bytes in memory
	size   int64    // of all chunks
	file   *os.File
	done   func()
	body   []byte // of the chunk that is being written
	parts  []uint32
	room   []byte // of the chunk that was read last
	kept   int    // which one that is, plus one; 0 if none
}

// chunk is a chunk's place in the whole.
type chunk struct {
	at, first int64 // first is its first row
	size      int
	rows      int
}

// begin starts a chunk of so many columns with where its rows stand.
func (s *store) begin(numbers []int64, columns int) {
	s.parts = s.parts[:0]
	head := 4 * (columns + 2)
	s.body = append(s.body[:0], make([]byte, head)...)
	before := int64(0)
	for _, n := range numbers {
		s.body = binary.AppendVarint(s.body, n-before)
		before = n
	}
	s.end()
}

// end ends a part.
func (s *store) end() { s.parts = append(s.parts, uint32(len(s.body))) }

// codes writes a column as numbers of texts, all of them below the limit.
func (s *store) codes(codes []int32, limit int) {
	switch {
	case alike(codes):
		s.body = append(s.body, 8)
		s.body = binary.LittleEndian.AppendUint32(s.body, uint32(codes[0]))
		s.body = binary.LittleEndian.AppendUint32(s.body, uint32(len(codes)))
	case limit <= 1<<8:
		s.body = append(s.body, 1)
		for _, c := range codes {
			s.body = append(s.body, byte(c))
		}
	case limit <= 1<<16:
		s.body = append(s.body, 2)
		for _, c := range codes {
			s.body = binary.LittleEndian.AppendUint16(s.body, uint16(c))
		}
	default:
		s.body = append(s.body, 4)
		for _, c := range codes {
			s.body = binary.LittleEndian.AppendUint32(s.body, uint32(c))
		}
	}
	s.end()
}

// alike tells whether some numbers are all the same.
func alike(codes []int32) bool {
	for _, c := range codes {
		if c != codes[0] {
			return false
		}
	}
	return len(codes) > 0
}

// texts writes a column of a batch as texts.
func (s *store) texts(b *Batch, column int) {
	s.beginTexts()
	for row, span := range b.Cells[column] {
		s.text(b.Text[span.From:span.To], b.kind(column, row))
	}
	s.end()
}

// beginTexts begins a column that is written text by text. It ends with end.
func (s *store) beginTexts() { s.body = append(s.body, 0) }

// text writes the text of a row.
func (s *store) text(text []byte, kind Kind) {
	if head := uint64(len(text))<<3 | uint64(kind); head < 0x80 {
		s.body = append(s.body, byte(head))
	} else {
		s.body = binary.AppendUvarint(s.body, head)
	}
	s.body = append(s.body, text...)
}

// finish ends the chunk.
func (s *store) finish(rows int) error {
	binary.LittleEndian.PutUint32(s.body, uint32(len(s.parts)))
	for i, p := range s.parts {
		binary.LittleEndian.PutUint32(s.body[4*(i+1):], p)
	}
	most := storeMemory
	if s.file != nil {
		most = batchMemory
	}
	if s.held+len(s.body) > most && s.held > 0 {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.chunks = append(s.chunks, chunk{at: s.size, first: s.rows(), size: len(s.body), rows: rows})
	s.size += int64(len(s.body))
	s.held += len(s.body)
	s.memory = append(s.memory, s.body)
	if n := len(s.free); n > 0 {
		s.body, s.free = s.free[n-1], s.free[:n-1]
	} else {
		s.body = make([]byte, 0, len(s.body)+len(s.body)/16)
	}
	return nil
}

// spill moves what is in memory to the file.
func (s *store) spill() error {
	if s.file == nil {
		var err error
		if s.file, s.done, err = spool.File(); err != nil {
			return err
		}
	}
	for i, b := range s.memory {
		if _, err := s.file.WriteAt(b, s.chunks[len(s.chunks)-len(s.memory)+i].at); err != nil {
			return fmt.Errorf("keeping the rows in a temporary file: %w", err)
		}
	}
	for room := 0; room < batchMemory && len(s.memory) > 0; s.memory = s.memory[1:] {
		room += cap(s.memory[0])
		s.free = append(s.free, s.memory[0])
	}
	s.memory, s.held = nil, 0
	return nil
}

// rows is how many rows there are.
func (s *store) rows() int64 {
	if n := len(s.chunks); n > 0 {
		return s.chunks[n-1].first + int64(s.chunks[n-1].rows)
	}
	return 0
}

// read is the chunk of that number, valid until the next call.
func (s *store) read(i int) ([]byte, error) {
	c := s.chunks[i]
	if first := len(s.chunks) - len(s.memory); i >= first {
		return s.memory[i-first], nil
	}
	if s.kept == i+1 {
		return s.room, nil
	}
	if cap(s.room) < c.size {
		s.room = make([]byte, c.size)
	}
	s.room, s.kept = s.room[:c.size], 0
	if _, err := s.file.ReadAt(s.room, c.at); err != nil {
		return nil, fmt.Errorf("reading the rows from a temporary file: %w", err)
	}
	s.kept = i + 1
	return s.room, nil
}

// part is a part of a chunk, nil for one of a column that came up later.
func (s *store) part(chunk []byte, i int) []byte {
	n := int(binary.LittleEndian.Uint32(chunk))
	if i >= n {
		return nil
	}
	from := uint32(4 * (n + 1))
	if i > 0 {
		from = binary.LittleEndian.Uint32(chunk[4*i:])
	}
	return chunk[from:binary.LittleEndian.Uint32(chunk[4*(i+1):])]
}

// rowsIn is how many rows a chunk has.
func (s *store) rowsIn(chunk []byte) (n int) {
	for _, c := range s.part(chunk, 0) {
		if c < 0x80 { // the last byte of a number
			n++
		}
	}
	return n
}

// appendNumbers appends where the rows of a chunk stand.
func (s *store) appendNumbers(dst []int64, chunk []byte) []int64 {
	p := s.part(chunk, 0)
	at := int64(0)
	for len(p) > 0 {
		d, n := binary.Varint(p)
		at += d
		dst, p = append(dst, at), p[n:]
	}
	return dst
}

// appendCodes appends the numbers of the texts of a column. ok is false if the chunk
// has the texts themselves.
func (s *store) appendCodes(dst []int32, chunk []byte, column int) (codes []int32, ok bool) {
	p := s.part(chunk, column+1)
	if p == nil { // number 0 is nothing then, see table.grow
		return append(dst, make([]int32, s.rowsIn(chunk))...), true
	}
	width, p := p[0], p[1:]
	switch width {
	case 1:
		for _, c := range p {
			dst = append(dst, int32(c))
		}
	case 2:
		for ; len(p) >= 2; p = p[2:] {
			dst = append(dst, int32(binary.LittleEndian.Uint16(p)))
		}
	case 4:
		for ; len(p) >= 4; p = p[4:] {
			dst = append(dst, int32(binary.LittleEndian.Uint32(p)))
		}
	case 8:
		code := int32(binary.LittleEndian.Uint32(p))
		for range binary.LittleEndian.Uint32(p[4:]) {
			dst = append(dst, code)
		}
	default:
		return dst, false
	}
	return dst, true
}

// A run goes through the texts of a column in a chunk that has them.
type run struct{ rest []byte }

// run begins with the first row. ok is false if the chunk has numbers of texts.
func (s *store) run(chunk []byte, column int) (r run, ok bool) {
	p := s.part(chunk, column+1)
	if p == nil {
		return run{}, false
	}
	return run{p[1:]}, p[0] == 0
}

// next is the text of the next row.
func (r *run) next() ([]byte, Kind) {
	head, n := binary.Uvarint(r.rest)
	r.rest = r.rest[n:]
	text := r.rest[:head>>3]
	r.rest = r.rest[head>>3:]
	return text, Kind(head & 7)
}

// close takes the file away.
func (s *store) close() {
	if s.done != nil {
		s.done()
		s.done = nil
	}
}
