package jsonstat

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"unsafe"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// Values is a row of cells in memory, for datasets that are built in Go: set
// cells in any order, values and statuses each on their own, and give its Cells to
// [New]. What is set again takes the place of what was set before. It takes 16
// bytes a cell, 20 with statuses, 8 more if sparse, and the text of what is long:
// numbers of more than 28 characters, which no float64 needs, and texts of more
// than 12 bytes. In a sparse row that is not filled in ascending order each
// setting takes that much, until Cells puts it in order.
//
// A position at which the row has no cell is an error, not a panic: the first
// one stays, see [Values.Err], and New refuses the row.
//
// The zero value is an empty sparse row, ready to use, as [NewSparseValues] makes it.
type Values struct {
	tokens     []packedToken
	status     []int32 // by cell; nil if there are none
	words      []string
	ids        map[string]int32
	lastStatus int32 // the status given last, which is often the next one too
	long       longTokens
	quotedText []byte // the last text, in quotes
	err        error  // the first position that was out of range

	dense     bool
	positions []int64 // of the slots of a sparse row
	unsorted  bool    // they do not ascend, and one may come several times
}

// What a setting of an unsorted row leaves to an earlier one of its position.
const (
	valueUnset  Kind  = 0xff
	statusUnset int32 = -1
)

// NewValues makes a row of n missing cells.
func NewValues(n int) *Values {
	if n < 0 {
		return &Values{dense: true, err: fmt.Errorf("a row of %d cells: %w", n, ErrSize)}
	}
	return &Values{dense: true, tokens: make([]packedToken, n)}
}

// NewSparseValues makes a row of which only cells that are set are there. It has
// a cell at each position from 0 on; [New] knows how many the cube has.
func NewSparseValues() *Values { return &Values{} }

// Err is the error, an [ErrSize], for the first position that was given to a setter
// and at which the row has no cell; nil if there was none. The setter changed nothing.
func (v *Values) Err() error { return v.err }

// Grow makes room for n more cells of a sparse row, for who knows how many will
// come. It changes nothing else.
func (v *Values) Grow(n int) {
	if !v.dense && n > 0 {
		v.positions, v.tokens = slices.Grow(v.positions, n), slices.Grow(v.tokens, n)
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

// indexOf is the index in tokens of a position; -1, with an error, if the row has no such
// cell.
//
// A dense row has one for each position. A sparse row has two columns, positions and
// tokens, side by side. Most callers set cells in ascending order, so a new position is
// appended; setting the last one again finds it at the end. The first position that comes
// late is looked up by binary search, and if it is new the row is unsorted from then on:
// every setting is appended without a look back, and sortPositions puts all of them in
// order at the end, in n log n, where inserting each would take n*n.
func (v *Values) indexOf(pos int64) (int, error) {
	if v.dense {
		if uint64(pos) >= uint64(len(v.tokens)) {
			return -1, v.outOfRange(pos)
		}
		return int(pos), nil
	}
	n := len(v.positions)
	switch {
	case n > 0 && v.positions[n-1] == pos:
		return n - 1, nil
	case pos < 0:
		return -1, v.outOfRange(pos)
	case n > 0 && !v.unsorted && v.positions[n-1] > pos:
		if i, ok := slices.BinarySearch(v.positions, pos); ok {
			return i, nil
		}
		v.unsorted = true
	}
	// In an unsorted row it is not looked up whether the position was there before.
	fresh, none := packedToken{}, int32(0)
	if v.unsorted {
		fresh.kind, none = valueUnset, statusUnset
	}
	v.positions = append(v.positions, pos)
	v.tokens = append(v.tokens, fresh)
	if v.status != nil {
		v.status = append(v.status, none)
	}
	return n, nil
}

// outOfRange is the error for a position that the row does not have.
func (v *Values) outOfRange(pos int64) error {
	err := fmt.Errorf("there is no cell at position %d of a row: %w", pos, ErrSize)
	if v.dense {
		err = fmt.Errorf("there is no cell at position %d of a row of %d cells: %w", pos, len(v.tokens), ErrSize)
	}
	if v.err == nil {
		v.err = err
	}
	return err
}

func (v *Values) setToken(pos int64, kind Kind, token []byte) error {
	i, err := v.indexOf(pos)
	if err != nil {
		return err
	}
	v.tokens[i].store(kind, token, &v.long)
	return nil
}

// SetNumber sets a cell to a decimal number, which keeps its digits. It fails
// on what is no JSON number, and where there is no such cell.
func (v *Values) SetNumber(pos int64, number string) error {
	kind, ok := jsontoken.NumberKind(number)
	if !ok {
		return fmt.Errorf("%q is not a number", jsontoken.Shorten(number, 40))
	}
	return v.setToken(pos, Kind(kind), []byte(number))
}

// SetNumberToken is SetNumber for bytes, which are copied.
func (v *Values) SetNumberToken(pos int64, number []byte) error {
	kind, ok := jsontoken.NumberKind(unsafe.String(unsafe.SliceData(number), len(number)))
	if !ok {
		return fmt.Errorf("%q is not a number", jsontoken.Shorten(string(number), 40))
	}
	return v.setToken(pos, Kind(kind), number)
}

// SetToken sets a cell to a value as it stands in JSON, as chunks have it: a
// number, a text with its quotes, true, false or null. It fails on what begins
// like none of them, and where there is no such cell; of a text the rest is not
// checked.
func (v *Values) SetToken(pos int64, token []byte) error {
	switch {
	case len(token) >= 2 && token[0] == '"' && token[len(token)-1] == '"':
		return v.setToken(pos, Text, token)
	case string(token) == "true":
		return v.setToken(pos, True, token)
	case string(token) == "false":
		return v.setToken(pos, False, token)
	case string(token) == "null" || len(token) == 0:
		return v.setToken(pos, Missing, nil)
	}
	return v.SetNumberToken(pos, token)
}

// SetFloat64 sets a cell to the shortest decimal number that is the float. Where
// there is no such cell, see [Values.Err].
func (v *Values) SetFloat64(pos int64, f float64) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		v.SetMissing(pos)
		return
	}
	var buf, text [32]byte
	number := AppendNumber(text[:0], strconv.AppendFloat(buf[:0], f, 'e', -1, 64))
	kind, _ := jsontoken.NumberKind(number)
	_ = v.setToken(pos, Kind(kind), number) // the error stays
}

// SetText sets a cell to a text. Where there is no such cell, see [Values.Err].
func (v *Values) SetText(pos int64, text string) {
	v.quotedText = jsontoken.AppendString(v.quotedText[:0], text)
	_ = v.setToken(pos, Text, v.quotedText)
}

// SetBool sets a cell to true or false, which the specification does not have
// but documents do. Where there is no such cell, see [Values.Err].
func (v *Values) SetBool(pos int64, b bool) {
	if b {
		_ = v.setToken(pos, True, []byte("true"))
		return
	}
	_ = v.setToken(pos, False, []byte("false"))
}

// SetMissing sets a cell to null; its status stays. Where there is no such cell,
// see [Values.Err].
func (v *Values) SetMissing(pos int64) { _ = v.setToken(pos, Missing, nil) }

// SetStatus gives a cell a status, "" for none; its value stays. A cell of a sparse
// row that has no value is there then, and missing. Where there is no such cell,
// see [Values.Err].
func (v *Values) SetStatus(pos int64, status string) {
	if status == "" && v.status == nil {
		_, _ = v.indexOf(pos)
		return
	}
	i, err := v.indexOf(pos)
	if err != nil {
		return
	}
	if v.ids == nil {
		v.ids = map[string]int32{"": 0}
		v.words = []string{""}
	}
	if v.words[v.lastStatus] != status {
		id, ok := v.ids[status]
		if !ok {
			id = int32(len(v.words))
			v.ids[status] = id
			v.words = append(v.words, status)
		}
		v.lastStatus = id
	}
	if v.status == nil {
		v.status = make([]int32, len(v.tokens), cap(v.tokens))
	}
	v.status[i] = v.lastStatus
}

// checkCube checks that the row belongs to a cube of n cells.
func (v *Values) checkCube(n int64) error {
	if v.err != nil {
		return v.err
	}
	if v.dense && int64(len(v.tokens)) != n {
		return fmt.Errorf("there are %d values for %d cells: %w", len(v.tokens), n, ErrSize)
	}
	if k := len(v.positions); k > 0 && v.positions[k-1] >= n { // they ascend from 0
		return fmt.Errorf("there is a value for position %d, but the cube has %d cells: %w", v.positions[k-1], n, ErrSize)
	}
	return nil
}

// sortPositions puts a sparse row in order. Of several settings of a position the later
// ones count, for value and status each on their own: set(7, 1), status(7, "p"), set(7, 2)
// gives 2 with "p". That is why a setting of an unsorted row notes which half it leaves
// alone (valueUnset, statusUnset).
func (v *Values) sortPositions() {
	// The positions are sorted themselves: to look them up costs more than to move them.
	type setting struct {
		pos int64
		at  int
	}
	order := make([]setting, len(v.positions))
	for i, pos := range v.positions {
		order[i] = setting{pos, i}
	}
	slices.SortFunc(order, func(a, b setting) int {
		if a.pos == b.pos {
			return cmp.Compare(a.at, b.at)
		}
		return cmp.Compare(a.pos, b.pos)
	})
	kept := make([]int, 0, len(order))
	for k := 0; k < len(order); {
		into := order[k].at
		for k++; k < len(order) && order[k].pos == order[k-1].pos; k++ {
			v.mergeSetting(into, order[k].at)
		}
		if s := &v.tokens[into]; s.kind == valueUnset {
			s.kind = Missing
		}
		if v.status != nil && v.status[into] == statusUnset {
			v.status[into] = 0
		}
		kept = append(kept, into)
	}
	v.unsorted = false
	v.positions = pickInOrder(v.positions, kept)
	v.tokens = pickInOrder(v.tokens, kept)
	if v.status != nil {
		v.status = pickInOrder(v.status, kept)
	}
}

// mergeSetting moves what was set later into the setting that is kept.
func (v *Values) mergeSetting(into, later int) {
	if s := v.tokens[later]; s.kind != valueUnset {
		v.tokens[into] = s
	}
	if v.status != nil && v.status[later] != statusUnset {
		v.status[into] = v.status[later]
	}
}

// pickInOrder is the list of the items with these indexes.
func pickInOrder[T any](list []T, order []int) []T {
	picked := make([]T, len(order))
	for k, i := range order {
		picked[k] = list[i]
	}
	return picked
}
