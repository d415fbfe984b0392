package jsonstat

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
	"unsafe"

	"github.com/jsonstat-go/toolkit/jsonstat/internal/scan"
)

// Values is a row of cells in memory, for datasets that are built in Go: fill
// it in any order and give its Cells to [New]. It takes 20 bytes a cell, 28 if
// sparse, and the text of what is longer than 14 bytes. The zero value is empty.
type Values struct {
	slots  []slot
	status []int32 // by cell; nil if there are none
	words  []string
	ids    map[string]int32
	last   int32  // the status given last, which is often the next one too
	long   []byte // tokens that do not fit in a slot

	sparse    bool
	positions []int64 // of the slots of a sparse row
	sorted    bool
}

// slot holds a token of up to 14 bytes, or where a longer one lies.
type slot struct {
	text [slotText]byte
	len  uint8 // slotLong: text holds offset and length of the token
	kind Kind
}

const (
	slotText = 14
	slotLong = slotText + 1
)

// NewValues makes a row of n missing cells.
func NewValues(n int) *Values { return &Values{slots: make([]slot, n)} }

// NewSparseValues makes a row of which only cells that are set are there.
func NewSparseValues() *Values { return &Values{sparse: true, sorted: true} }

// Grow makes room for n more cells of a sparse row, for who knows how many will
// come. It changes nothing else.
func (v *Values) Grow(n int) {
	if v.sparse && n > 0 {
		v.positions, v.slots = slices.Grow(v.positions, n), slices.Grow(v.slots, n)
	}
}

// Floats makes a row of numbers; NaN and the infinities, which JSON does not
// have, are missing.
func Floats(values ...float64) *Values {
	v := NewValues(len(values))
	for i, f := range values {
		v.SetFloat64(int64(i), f)
	}
	return v
}

// Numbers makes a row of decimal numbers as they are to be written, such as
// "12.50"; "" is missing. It fails on what is no JSON number.
func Numbers(values ...string) (*Values, error) {
	v := NewValues(len(values))
	for i, s := range values {
		if s == "" {
			continue
		}
		if err := v.SetNumber(int64(i), s); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// slot finds the slot of a position.
func (v *Values) slot(pos int64) *slot {
	if !v.sparse {
		return &v.slots[pos]
	}
	if n := len(v.positions); n > 0 && v.positions[n-1] == pos {
		return &v.slots[n-1]
	} else if n > 0 && v.positions[n-1] > pos {
		v.sorted = false
	}
	v.positions = append(v.positions, pos)
	v.slots = append(v.slots, slot{})
	if v.status != nil {
		v.status = append(v.status, 0)
	}
	return &v.slots[len(v.slots)-1]
}

func (v *Values) set(pos int64, kind Kind, token []byte) {
	s := v.slot(pos)
	s.kind = kind
	if len(token) <= slotText {
		s.len = uint8(copy(s.text[:], token))
		return
	}
	s.len = slotLong
	off, n := len(v.long), len(token)
	for i := range 8 {
		s.text[i] = byte(off >> (8 * i))
	}
	for i := range 6 {
		s.text[8+i] = byte(n >> (8 * i))
	}
	v.long = append(v.long, token...)
}

func (v *Values) token(s *slot) []byte {
	if s.len <= slotText {
		return s.text[:s.len]
	}
	off, n := 0, 0
	for i := range 8 {
		off |= int(s.text[i]) << (8 * i)
	}
	for i := range 6 {
		n |= int(s.text[8+i]) << (8 * i)
	}
	return v.long[off : off+n]
}

// SetNumber sets a cell to a decimal number, which keeps its digits. It fails
// on what is no JSON number.
func (v *Values) SetNumber(pos int64, number string) error {
	kind, ok := scan.NumberKind(number)
	if !ok {
		return fmt.Errorf("%q is not a number", shorten(number, 40))
	}
	v.set(pos, Kind(kind), []byte(number))
	return nil
}

// SetNumberToken is SetNumber for bytes, which are copied.
func (v *Values) SetNumberToken(pos int64, number []byte) error {
	kind, ok := scan.NumberKind(unsafe.String(unsafe.SliceData(number), len(number)))
	if !ok {
		return fmt.Errorf("%q is not a number", shorten(string(number), 40))
	}
	v.set(pos, Kind(kind), number)
	return nil
}

// SetFloat64 sets a cell to the shortest decimal number that is the float.
func (v *Values) SetFloat64(pos int64, f float64) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		v.SetMissing(pos)
		return
	}
	var buf, text [32]byte
	number := AppendNumber(text[:0], strconv.AppendFloat(buf[:0], f, 'e', -1, 64))
	kind, _ := scan.NumberKind(number)
	v.set(pos, Kind(kind), number)
}

// SetText sets a cell to a text.
func (v *Values) SetText(pos int64, text string) {
	v.set(pos, Text, appendString(nil, text))
}

// SetMissing sets a cell to null.
func (v *Values) SetMissing(pos int64) { v.set(pos, Missing, nil) }

// SetStatus gives a cell a status. In a sparse row it must be the cell set last.
func (v *Values) SetStatus(pos int64, status string) {
	if v.ids == nil {
		v.ids = map[string]int32{"": 0}
		v.words = []string{""}
	}
	if v.words[v.last] != status {
		id, ok := v.ids[status]
		if !ok {
			id = int32(len(v.words))
			v.ids[status] = id
			v.words = append(v.words, status)
		}
		v.last = id
	}
	if v.status == nil {
		v.status = make([]int32, len(v.slots), cap(v.slots))
	}
	i := int(pos)
	if v.sparse {
		v.slot(pos)
		i = len(v.slots) - 1
	}
	v.status[i] = v.last
}

// Cells is the row as a source of cells. The values must not change afterwards.
func (v *Values) Cells() Cells {
	if v.sparse && !v.sorted {
		v.sort()
	}
	return &memoryCells{v: v}
}

// fits checks that the row belongs to a cube of n cells.
func (v *Values) fits(n int64) error {
	if !v.sparse && int64(len(v.slots)) != n {
		return fmt.Errorf("there are %d values for %d cells: %w", len(v.slots), n, ErrSize)
	}
	if len(v.positions) == 0 {
		return nil
	}
	for _, pos := range []int64{v.positions[0], v.positions[len(v.positions)-1]} { // they ascend
		if pos < 0 || pos >= n {
			return fmt.Errorf("there is a value for position %d, but the cube has %d cells: %w", pos, n, ErrSize)
		}
	}
	return nil
}

// sort puts a sparse row in order; of several cells for a position the last stays.
func (v *Values) sort() {
	order := make([]int, len(v.positions))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(v.positions[a], v.positions[b]) })
	sorted := &Values{sparse: true, sorted: true, words: v.words, ids: v.ids, long: v.long}
	for k, i := range order {
		if k+1 < len(order) && v.positions[order[k+1]] == v.positions[i] {
			continue
		}
		sorted.positions = append(sorted.positions, v.positions[i])
		sorted.slots = append(sorted.slots, v.slots[i])
		if v.status != nil {
			sorted.status = append(sorted.status, v.status[i])
		}
	}
	*v = *sorted
}

// memoryCells are the cells of a dataset built in Go.
type memoryCells struct{ v *Values }

func (m *memoryCells) Info() CellsInfo {
	if m.v == nil {
		return CellsInfo{}
	}
	return CellsInfo{Sparse: m.v.sparse, HasStatus: m.v.status != nil}
}

func (m *memoryCells) Statuses() []string {
	if m.v == nil || m.v.words == nil {
		return []string{""}
	}
	return m.v.words
}

func (m *memoryCells) Facts() (Facts, error) { return CountFacts(m) }

func (m *memoryCells) Cursor(statuses bool) (Cursor, error) {
	c := &memoryCursor{v: m.v, statuses: statuses && m.v != nil && m.v.status != nil}
	if m.v != nil {
		c.to = len(m.v.slots)
	}
	return c, nil
}

// memoryCursor copies the tokens of a chunk side by side.
type memoryCursor struct {
	v        *Values
	statuses bool
	next, to int
	chunk    Chunk
}

const memoryChunk = 4096

func (c *memoryCursor) Range(from, to int64) error {
	if c.v == nil {
		return nil
	}
	if c.v.sparse {
		c.next, _ = slices.BinarySearch(c.v.positions, from)
		c.to, _ = slices.BinarySearch(c.v.positions, to)
		return nil
	}
	if from < 0 || from > to || to > int64(len(c.v.slots)) {
		return fmt.Errorf("cells %d to %d of %d: %w", from, to, len(c.v.slots), ErrSize)
	}
	c.next, c.to = int(from), int(to)
	return nil
}

func (c *memoryCursor) Next() (*Chunk, error) {
	n := min(c.to-c.next, memoryChunk)
	if n <= 0 {
		return nil, io.EOF
	}
	k := &c.chunk
	k.First = int64(c.next)
	if c.v.sparse {
		k.Positions = c.v.positions[c.next : c.next+n]
	}
	k.Kinds, k.Start, k.End, k.Buf = grow(k.Kinds, n), grow(k.Start, n), grow(k.End, n), k.Buf[:0]
	for i := range n {
		s := &c.v.slots[c.next+i]
		k.Kinds[i] = s.kind
		k.Start[i] = uint32(len(k.Buf))
		k.Buf = append(k.Buf, c.v.token(s)...)
		k.End[i] = uint32(len(k.Buf))
	}
	if c.statuses {
		k.Status = c.v.status[c.next : c.next+n]
	}
	c.next += n
	return k, nil
}

func (c *memoryCursor) Close() error { return nil }

// appendString appends a text as a JSON string. Only what must be is escaped.
func appendString(dst []byte, s string) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '\r':
			dst = append(dst, `\r`...)
		case c == '\t':
			dst = append(dst, `\t`...)
		case c < 0x20:
			dst = append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		case c < utf8.RuneSelf:
			dst = append(dst, c)
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			dst = utf8.AppendRune(dst, r) // bad bytes become U+FFFD
			i += n
			continue
		}
		i++
	}
	return append(dst, '"')
}
