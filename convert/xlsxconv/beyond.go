package xlsxconv

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
)

// beyond are the cells of which the sheets do not say all: numbers with more
// digits than are sure, texts that are too long, statuses that are not seen.
// They are kept compressed until the hidden sheet is written.
type beyond struct {
	n    int
	text bytes.Buffer
	pack *flate.Writer
	head []byte
}

// beyondKind is what is kept of a cell.
type beyondKind byte

const (
	beyondValue  beyondKind = 'v' // a JSON token
	beyondStatus beyondKind = 's'
)

// add keeps a token of the cell at a position.
func (b *beyond) add(kind beyondKind, pos int64, token []byte) error {
	if b.pack == nil {
		var err error
		if b.pack, err = flate.NewWriter(&b.text, flate.BestSpeed); err != nil {
			return err
		}
	}
	b.n++
	b.head = append(b.head[:0], byte(kind))
	b.head = binary.AppendUvarint(b.head, uint64(pos))
	b.head = binary.AppendUvarint(b.head, uint64(len(token)))
	if _, err := b.pack.Write(b.head); err != nil {
		return err
	}
	_, err := b.pack.Write(token)
	return err
}

// each goes through what was kept, once.
func (b *beyond) each(f func(kind beyondKind, pos int64, token []byte) error) error {
	if b.n == 0 {
		return nil
	}
	if err := b.pack.Close(); err != nil {
		return err
	}
	r := bufio.NewReader(flate.NewReader(&b.text))
	var token []byte
	for range b.n {
		kind, err := r.ReadByte()
		if err != nil {
			return err
		}
		pos, err := binary.ReadUvarint(r)
		if err != nil {
			return err
		}
		size, err := binary.ReadUvarint(r)
		if err != nil {
			return err
		}
		token = append(token[:0], make([]byte, size)...)
		if _, err := io.ReadFull(r, token); err != nil {
			return err
		}
		if err := f(beyondKind(kind), int64(pos), token); err != nil {
			return err
		}
	}
	return nil
}
