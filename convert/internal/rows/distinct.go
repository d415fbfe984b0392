package rows

import (
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"math"
	"os"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/spool"
)

// A recoded column has numbers for the texts of a raw one, in a file: four bytes a
// row.
type recoded struct {
	dict dictionary
	file *os.File
	done func()
}

func (r *recoded) close() {
	if r.done != nil {
		r.done()
	}
}

// number gives a raw column numbers for its texts, so that it can be a dimension.
func (t *table) number(c *column) error {
	if !c.raw || c.recode != nil {
		return nil
	}
	r := &recoded{}
	var err error
	if r.file, r.done, err = spool.File(); err != nil {
		return err
	}
	c.recode = r
	r.dict = dictionary{text: slices.Clone(c.dict.text), ends: slices.Clone(c.dict.ends), table: slices.Clone(c.dict.table), seed: c.dict.seed}
	var codes []int32
	var buf []byte
	for i := range t.store.chunks {
		chunk, err := t.store.read(i)
		if err != nil {
			return err
		}
		codes, ok := t.store.appendCodes(codes[:0], chunk, c.at)
		if !ok {
			texts, _ := t.store.run(chunk, c.at)
			for range t.store.chunks[i].rows {
				text, kind := texts.next()
				codes = append(codes, r.dict.add(t.key(text, kind)))
			}
		}
		buf = buf[:0]
		for _, k := range codes {
			buf = binary.LittleEndian.AppendUint32(buf, uint32(k))
		}
		if _, err := r.file.WriteAt(buf, 4*t.store.chunks[i].first); err != nil {
			return fmt.Errorf("keeping the rows in a temporary file: %w", err)
		}
	}
	c.size = r.dict.len()
	return nil
}

// entries is the dictionary that the numbers of a column belong to.
func (c *column) entries() *dictionary {
	if c.recode != nil {
		return &c.recode.dict
	}
	return &c.dict
}

// codes are the numbers of the texts of a column in a chunk. A raw column must have
// been numbered.
func (t *table) codes(dst []int32, i int, chunk []byte, c *column) ([]int32, error) {
	if c.recode == nil {
		dst, ok := t.store.appendCodes(dst, chunk, c.at)
		if !ok {
			return nil, fmt.Errorf("column %q is not numbered", c.Name)
		}
		return dst, nil
	}
	buf := make([]byte, 4*t.store.chunks[i].rows)
	if _, err := c.recode.file.ReadAt(buf, 4*t.store.chunks[i].first); err != nil {
		return nil, fmt.Errorf("reading the rows from a temporary file: %w", err)
	}
	for ; len(buf) > 0; buf = buf[4:] {
		dst = append(dst, int32(binary.LittleEndian.Uint32(buf)))
	}
	return dst, nil
}

// each goes through the chunks with the numbers of some columns.
func (t *table) each(columns []*column, f func(first int64, codes [][]int32) (bool, error)) error {
	for _, c := range columns {
		if err := t.number(c); err != nil {
			return err
		}
	}
	codes := make([][]int32, len(columns))
	for i := range t.store.chunks {
		chunk, err := t.store.read(i)
		if err != nil {
			return err
		}
		for k, c := range columns {
			if codes[k], err = t.codes(codes[k][:0], i, chunk, c); err != nil {
				return err
			}
		}
		if more, err := f(t.store.chunks[i].first, codes); err != nil || !more {
			return err
		}
	}
	return nil
}

// box is the product of the sizes of some columns; it is infinite if it does not fit.
func box(columns []*column) float64 {
	n := 1.0
	for _, c := range columns {
		n *= float64(c.size)
	}
	return n
}

// varying are the columns with more than one text: the others tell no rows apart.
func varying(columns []*column) []*column {
	return slices.DeleteFunc(slices.Clone(columns), func(c *column) bool { return !c.raw && c.size < 2 })
}

// bitsARow is how many bits a row may take to mark cells in a bitmap, before the hashes
// of the rows are sorted in its place.
const bitsARow = 64

// unique tells whether some columns tell all rows apart.
func (t *table) unique(columns []*column) (bool, error) {
	if t.n <= 1 {
		return true, nil
	}
	columns = varying(columns)
	for _, c := range columns {
		if err := t.number(c); err != nil {
			return false, err
		}
	}
	size := box(columns)
	switch {
	case size < float64(t.n):
		return false, nil // also where there is no column left
	case size <= float64(max(t.n, 1024))*bitsARow:
		return t.uniqueByBitmap(columns, int64(size))
	}
	return t.uniqueByHash(columns)
}

func (t *table) uniqueByBitmap(columns []*column, size int64) (bool, error) {
	seen := make([]uint64, (size+63)/64)
	unique := true
	pos := make([]int64, BatchRows)
	err := t.each(columns, func(_ int64, codes [][]int32) (bool, error) {
		n := len(codes[0])
		pos = pos[:n]
		clear(pos)
		for k, c := range columns {
			stride := int64(c.size)
			for row, code := range codes[k] {
				pos[row] = pos[row]*stride + int64(code)
			}
		}
		for _, p := range pos {
			word, bit := p>>6, uint64(1)<<(p&63)
			if seen[word]&bit != 0 {
				unique = false
				return false, nil
			}
			seen[word] |= bit
		}
		return true, nil
	})
	return unique, err
}

// hashesAtOnce is how many hashes of rows are in memory at a time.
const hashesAtOnce = 4 << 20

// uniqueByHash compares hashes of rows: all of them at once or, where there are many,
// those of one share after the other. A hash of 64 bits may come twice by chance, in
// one of thousands of tables of ten million rows; then two rows are held to be alike
// until a filler finds that they are not.
func (t *table) uniqueByHash(columns []*column) (bool, error) {
	seed := maphash.MakeSeed()
	shares := uint64(t.n/hashesAtOnce + 1)
	hashes := make([]uint64, 0, min(t.n, hashesAtOnce+hashesAtOnce/8))
	for share := range shares {
		hashes = hashes[:0]
		err := t.each(columns, func(_ int64, codes [][]int32) (bool, error) {
			for row := range codes[0] {
				h := rowHash(seed, codes, row)
				if shares == 1 || h%shares == share {
					hashes = append(hashes, h)
				}
			}
			return true, nil
		})
		if err != nil {
			return false, err
		}
		slices.Sort(hashes)
		for i := 1; i < len(hashes); i++ {
			if hashes[i] == hashes[i-1] {
				return false, nil
			}
		}
	}
	return true, nil
}

// rowHash mixes the numbers of a row.
func rowHash(seed maphash.Seed, codes [][]int32, row int) uint64 {
	var b [8]byte
	h := uint64(0x9e3779b97f4a7c15)
	for _, list := range codes {
		binary.LittleEndian.PutUint64(b[:], h^uint64(list[row]))
		h = maphash.Bytes(seed, b[:])*0xff51afd7ed558ccd + uint64(list[row])
	}
	return h
}

// alike finds two rows that some columns do not tell apart, the first such row in the
// order of the table and the one that it repeats; found is false if there are none.
func (t *table) alike(columns []*column) (first, second int64, found bool, err error) {
	columns = varying(columns)
	seed := maphash.MakeSeed()
	seen := map[uint64]int64{}
	shares := uint64(t.n/hashesAtOnce + 1)
	second = math.MaxInt64
	for share := range shares {
		clear(seen)
		row0 := int64(0)
		if len(columns) == 0 {
			return 0, 1, t.n > 1, nil
		}
		err := t.each(columns, func(_ int64, codes [][]int32) (bool, error) {
			for row := range codes[0] {
				h := rowHash(seed, codes, row)
				if h%shares != share {
					continue
				}
				at := row0 + int64(row)
				if before, ok := seen[h]; ok {
					if at < second {
						first, second, found = before, at, true
					}
					return false, nil
				}
				seen[h] = at
			}
			row0 += int64(len(codes[0]))
			return row0 < second, nil
		})
		if err != nil {
			return 0, 0, false, err
		}
	}
	return first, second, found, nil
}

// functions tells which columns are a function of which others: of[i][k] says that
// column i is one of column k.
func (t *table) functions(columns []*column) (of [][]bool, err error) {
	return functions(columns, func(c *column) int { return c.size }, t.each)
}

// functions are those in the rows that each goes through, in which columns have so many
// texts. A pair is left at its first contradiction.
func functions(columns []*column, size func(c *column) int, each func([]*column, func(int64, [][]int32) (bool, error)) error) (of [][]bool, err error) {
	type pair struct {
		b, a  int // b may be a function of a
		image []int32
	}
	var open []*pair
	of = make([][]bool, len(columns))
	for i, b := range columns {
		of[i] = make([]bool, len(columns))
		for k, a := range columns {
			if i != k && size(a) >= size(b) {
				open = append(open, &pair{b: i, a: k})
			}
		}
	}
	err = each(columns, func(_ int64, codes [][]int32) (bool, error) {
		open = slices.DeleteFunc(open, func(p *pair) bool {
			image, a, b := p.image, codes[p.a], codes[p.b]
			for row, k := range a {
				for int(k) >= len(image) { // numbers come up one after the other
					image = append(image, -1)
				}
				switch was := image[k]; {
				case was < 0:
					image[k] = b[row]
				case was != b[row]:
					return true
				}
			}
			p.image = image
			return false
		})
		return len(open) > 0, nil
	})
	for _, p := range open {
		of[p.b][p.a] = true
	}
	return of, err
}

// isFunction tells whether b is a function of a.
func (t *table) isFunction(b, a *column) (bool, error) {
	for _, c := range []*column{a, b} {
		if err := t.number(c); err != nil {
			return false, err
		}
	}
	if b.size > a.size {
		return false, nil
	}
	of, err := t.functions([]*column{b, a})
	return err == nil && of[0][1], err
}
