package rows

import "bytes"

// Records are the rows of a text or a sheet, from the first on, in which the header
// is a row like any other.
type Records interface {
	// Next are the fields of the next row, valid until the following call, and the
	// number of the row; io.EOF behind the last.
	Next() (fields [][]byte, number int64, err error)

	// Same is how many of the leading fields of the row that was read last are known
	// to be those of the one before it.
	Same() int

	// Place says where a row stands, and a field of it; column is -1 for none.
	Place(number int64, column int) Place
}

// kinded are records whose fields have kinds, those of the row that was read last.
type kinded interface{ Kinds() []Kind }

// traited are records some of whose fields have traits: those of the row that was read
// last, nil if it has none.
type traited interface{ Traits() []Trait }

// gapped are records that tell whether empty rows, which they do not give, stand in
// front of the row that was read last.
type gapped interface{ Gap() bool }

// row is a row.
type row struct {
	fields [][]byte
	kinds  []Kind  // nil if all are Plain
	traits []Trait // nil if there are none
	number int64
	gap    bool // an empty row stands in front of it
}

// has tells whether a field has a text of its own: not that of a range of cells that
// are one, of which it is not the first.
func (r *row) has(i int) bool {
	return i < len(r.fields) && len(bytes.TrimSpace(r.fields[i])) > 0 && (i >= len(r.traits) || r.traits[i]&Copied == 0)
}

// text is the text of a field, without blanks around it; "" if the row is too short.
func (r *row) text(i int) string {
	if i >= len(r.fields) {
		return ""
	}
	return string(bytes.TrimSpace(r.fields[i]))
}

// isPlain tells whether a row is one like most: it has a text behind its first field, and
// nothing about it needs a second look. Same is how many fields are known already.
func (r *row) isPlain(same int) bool {
	if r.gap || r.traits != nil || len(r.fields) < 2 || same == 0 && isNoteText(r.fields[0]) {
		return false
	}
	for k := len(r.fields) - 1; k > 0; k-- {
		if f := r.fields[k]; len(f) > 0 && f[0] > ' ' {
			return true
		}
	}
	return false
}

// width is how many fields there are up to the last one with a text of its own.
func (r *row) width() int {
	for i := len(r.fields) - 1; i >= 0; i-- {
		if r.has(i) {
			return i + 1
		}
	}
	return 0
}

// cut is the row without some fields in front, and up to a last one.
func (r *row) cut(from, to int) {
	part := func(n int) (int, int) { return min(from, n), min(max(from, to), n) }
	a, b := part(len(r.fields))
	r.fields = r.fields[a:b]
	a, b = part(len(r.kinds))
	r.kinds = r.kinds[a:b]
	a, b = part(len(r.traits))
	r.traits = r.traits[a:b]
}
