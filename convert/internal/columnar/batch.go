package columnar

import "github.com/jsonstat-go/toolkit/jsonstat"

// BatchRows is the most rows of a batch: enough that what is done once for each
// does not count, few enough that its columns stay near the processor.
const BatchRows = 64 << 10

// maxText is how much text of values makes a batch full.
const maxText = 8 << 20

// Batch is a piece of a table as columns. The next one takes its place.
type Batch struct {
	Len   int
	First int64     // position of the first row in the cube
	Index [][]int32 // by dimension: which category, by row

	Status   []int32 // number of the status in Texts of the column + 1; 0 is none
	NoStatus int     // rows without one

	Nulls   int       // missing values
	Valid   []byte    // bitmap of those that are there, the lowest bit of each byte first
	Floats  []float64 // of type Float64: the values, 0 if missing
	Ints    []int64   // of type Int64
	Text    []byte    // of type UTF8, or of the column ValueText: the values one behind the other
	Offsets []int32   // where each begins, and where the last one ends

	Words     int    // of the column ValueText: how many there are
	ValidText []byte // and which, as Valid is of the values
}

// Codes are what a column of a dimension or of statuses says in each row: the numbers of
// its categories, or of its statuses from 1, where 0 is none.
func (b *Batch) Codes(c *Column) []int32 {
	if c.Kind == Status {
		return b.Status
	}
	return b.Index[c.Dim]
}

// filler appends cells to a batch.
type filler struct {
	t *Table
	b Batch
	n number

	rounded      int64 // values of which float64 has no digit-true copy
	roundedToken string
	roundedPos   int64
}

func newFiller(t *Table) filler {
	rows := int(min(t.ds.Len(), BatchRows))
	w := filler{t: t}
	w.b.Index = make([][]int32, len(t.ds.Shape()))
	for i := range w.b.Index {
		w.b.Index[i] = make([]int32, rows)
	}
	w.b.Status = make([]int32, rows)
	w.b.Valid = make([]byte, (rows+7)/8)
	if t.split {
		w.b.Offsets, w.b.ValidText = make([]int32, 1, rows+1), make([]byte, (rows+7)/8)
	}
	switch t.Type {
	case Float64:
		w.b.Floats = make([]float64, rows)
	case Int64:
		w.b.Ints = make([]int64, rows)
	default:
		w.b.Offsets = make([]int32, 1, rows+1)
	}
	return w
}

// empty empties the batch for rows from a position on.
func (w *filler) empty(pos int64) {
	b := &w.b
	b.Len, b.First, b.NoStatus, b.Nulls, b.Words = 0, pos, 0, 0, 0
	clear(b.Valid)
	clear(b.ValidText)
	b.Text, b.Offsets = b.Text[:0], b.Offsets[:min(1, len(b.Offsets))]
}

// full tells whether the batch takes no more rows.
func (w *filler) full() bool { return w.b.Len == cap(w.b.Status) || len(w.b.Text) > maxText }

// cells appends the statuses and values of so many cells of a chunk.
func (w *filler) cells(c *jsonstat.Chunk, from, n int) (err error) {
	row := w.b.Len
	if c.Status != nil {
		w.statuses(row, c.Status[from:from+n])
	} else {
		clear(w.b.Status[row : row+n])
		w.b.NoStatus += n
	}
	switch w.t.Type {
	case Float64:
		err = w.floats(c, from, n)
		if w.t.split {
			w.words(c, from, n)
		}
	case Int64:
		err = w.ints(c, from, n)
	default:
		w.texts(c, from, n)
	}
	w.b.Len += n
	return err
}

// missing appends so many cells without a value, of one status.
func (w *filler) missing(n int, status int32) {
	row := w.b.Len
	fill(w.b.Status[row:row+n], status)
	if status == 0 {
		w.b.NoStatus += n
	}
	w.b.Nulls += n
	switch w.t.Type {
	case Float64:
		clear(w.b.Floats[row : row+n])
	case Int64:
		clear(w.b.Ints[row : row+n])
	}
	if w.b.Offsets != nil {
		for range n {
			w.b.Offsets = append(w.b.Offsets, int32(len(w.b.Text)))
		}
	}
	w.b.Len += n
}

func (w *filler) statuses(row int, list []int32) {
	copy(w.b.Status[row:], list)
	for _, s := range list {
		if s == 0 {
			w.b.NoStatus++
		}
	}
}

// floats parses values straight from their tokens.
func (w *filler) floats(c *jsonstat.Chunk, from, n int) error {
	row := w.b.Len
	dst, valid := w.b.Floats[row:row+n], w.b.Valid
	for i := range dst {
		k := from + i
		kind := c.Kinds[k]
		if kind == jsonstat.Missing || w.t.split && isWord(kind) {
			dst[i] = 0
			w.b.Nulls++
			continue
		}
		token := c.Buf[c.Start[k]:c.End[k]]
		f, ok := float64(0), false
		if kind == jsonstat.Number {
			f, ok = parseShort(token)
		}
		if !ok {
			var err error
			if f, err = w.float(c, k, token); err != nil {
				return err
			}
		}
		dst[i] = f
		valid[(row+i)>>3] |= 1 << ((row + i) & 7)
	}
	return nil
}

// float is the slow way, for numbers of many digits.
func (w *filler) float(c *jsonstat.Chunk, k int, token []byte) (float64, error) {
	kind := c.Kinds[k]
	if kind != jsonstat.Number && kind != jsonstat.NumberRaw {
		return 0, w.refuse(c, k)
	}
	f, exact := w.n.float(kind, token)
	if exact {
		return f, nil
	}
	if whole(w.n.canonical(kind, token)) {
		return 0, w.refuse(c, k)
	}
	if w.rounded++; w.rounded == 1 {
		w.roundedToken, w.roundedPos = string(token), c.Position(k)
	}
	return f, nil
}

func (w *filler) ints(c *jsonstat.Chunk, from, n int) error {
	row := w.b.Len
	for i := range n {
		k := from + i
		kind := c.Kinds[k]
		switch kind {
		case jsonstat.Missing:
			w.b.Ints[row+i] = 0
			w.b.Nulls++
			continue
		case jsonstat.Number, jsonstat.NumberRaw:
		default:
			return w.refuse(c, k)
		}
		v, ok := w.n.int(kind, c.Token(k))
		if !ok {
			return w.refuse(c, k)
		}
		w.b.Ints[row+i] = v
		w.b.Valid[(row+i)>>3] |= 1 << ((row + i) & 7)
	}
	return nil
}

// refuse is the error for a value that the type has no room for.
func (w *filler) refuse(c *jsonstat.Chunk, k int) error {
	kind := c.Kinds[k]
	return &ValueError{
		Where: Where(w.t.ds, c.Position(k)), Token: string(c.Token(k)), Type: w.t.Type,
		Text: kind != jsonstat.Number && kind != jsonstat.NumberRaw,
	}
}

// isWord tells whether a value is no number.
func isWord(kind jsonstat.Kind) bool {
	return kind != jsonstat.Missing && kind != jsonstat.Number && kind != jsonstat.NumberRaw
}

// words fills the column of the values that are no numbers.
func (w *filler) words(c *jsonstat.Chunk, from, n int) {
	row := w.b.Len
	for i := range n {
		if k := from + i; isWord(c.Kinds[k]) {
			w.text(c.Kinds[k], c.Token(k))
			w.b.ValidText[(row+i)>>3] |= 1 << ((row + i) & 7)
			w.b.Words++
		}
		w.b.Offsets = append(w.b.Offsets, int32(len(w.b.Text)))
	}
}

func (w *filler) texts(c *jsonstat.Chunk, from, n int) {
	row := w.b.Len
	for i := range n {
		k := from + i
		if kind := c.Kinds[k]; kind == jsonstat.Missing {
			w.b.Nulls++
		} else {
			w.text(kind, c.Token(k))
			w.b.Valid[(row+i)>>3] |= 1 << ((row + i) & 7)
		}
		w.b.Offsets = append(w.b.Offsets, int32(len(w.b.Text)))
	}
}

// text appends a value as a text.
func (w *filler) text(kind jsonstat.Kind, token []byte) {
	switch kind {
	case jsonstat.Text:
		start := len(w.b.Text)
		w.b.Text = jsonstat.AppendText(w.b.Text, token)
		if w.t.tokens && quoted(w.b.Text[start:]) {
			w.b.Text = append(w.b.Text[:start], token...)
		}
	case jsonstat.NumberRaw:
		w.b.Text = jsonstat.AppendNumber(w.b.Text, token)
	default:
		w.b.Text = append(w.b.Text, token...)
	}
}

// fill sets all of a slice to a number.
func fill(dst []int32, k int32) {
	for i := range dst {
		dst[i] = k
	}
}
