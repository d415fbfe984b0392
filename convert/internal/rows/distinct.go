package rows

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"slices"
)

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
func (t *kept) unique(columns []*column) (bool, error) {
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

func (t *kept) uniqueByBitmap(columns []*column, size int64) (bool, error) {
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
func (t *kept) uniqueByHash(columns []*column) (bool, error) {
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
func (t *kept) alike(columns []*column) (first, second int64, found bool, err error) {
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
func (t *kept) functions(columns []*column) (of [][]bool, err error) {
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
func (t *kept) isFunction(b, a *column) (bool, error) {
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
