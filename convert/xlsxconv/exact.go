package xlsxconv

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"math"
	"strconv"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A cell of a sheet holds a float64. These are the digits that all float64 hold.
const sureDigits = 15

// float finds what a cell holds of a number in ECMAScript's layout: the nearest
// float64 in the shortest way. exact tells whether that is the number itself; ok
// is false if no cell can hold it, since it is too large or too close to zero.
func float(dst, number []byte) (cell []byte, exact, ok bool) {
	f, err := strconv.ParseFloat(string(number), 64)
	if err != nil || (f == 0) != isZero(number) || (f != 0 && math.Abs(f) < 0x1p-1022) || math.Abs(f) > 9.99999999999999e307 {
		return dst, false, false
	}
	from := len(dst)
	var shortest [32]byte
	dst = jsonstat.AppendNumber(dst, strconv.AppendFloat(shortest[:0], f, 'e', -1, 64))
	return dst, bytes.Equal(dst[from:], number), true
}

// isZero tells whether a number has no digit but zeros in front of its exponent.
func isZero(number []byte) bool {
	for _, c := range number {
		if '1' <= c && c <= '9' {
			return false
		}
		if c == 'e' || c == 'E' {
			break
		}
	}
	return true
}

// beyond are the cells of which the sheets do not say all: numbers with more
// digits than a float64 has, texts that are too long, statuses that are not seen.
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
