package jsonstat

import (
	"io"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/number"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// Cells is where the cells of a dataset come from: the text of a document, or
// memory. A package that filters or merges cubes implements it over the
// cursors of others.
type Cells interface {
	// Info is what is known without reading cells.
	Info() CellsInfo

	// Facts counts all cells. For the text of a document that is done already.
	Facts() (Facts, error)

	// Cursor reads the cells from the first one on. Statuses are read with the
	// values only if they are asked for. Close it when done.
	Cursor(statuses bool) (Cursor, error)

	// Statuses are the different statuses met so far, by number; number 0 is
	// "", no status. The slice only grows.
	Statuses() []string
}

// CellsInfo is what is known of cells before they are read.
type CellsInfo struct {
	Sparse    bool  // chunks give positions and leave out cells that are not there
	HasStatus bool  // some cell may have a status
	Default   int32 // number of the status of every cell that is given no other
	Once      bool  // the cells come from a stream, once and forward

	DenseStatus bool // the document has a status for each cell, in an array
}

// Facts are counts over all cells of a dataset. Values of a document that are
// left out because they stand outside the cube, or twice, are counted as well.
type Facts struct {
	Stored   int64 // values that are there: all but those that a sparse row leaves out
	Missing  int64 // stored values that are null
	Numbers  int64
	Texts    int64
	Booleans int64
	Whole    bool // no number has a fraction
	Digits   int  // digits of the longest whole part of a number
}

// countNumber counts the shape of a number.
func (f *Facts) countNumber(token []byte) {
	whole, digits := number.Shape(token)
	f.Whole = f.Whole && whole
	f.Digits = max(f.Digits, digits)
}

// CountFacts counts the facts of a source by reading all its cells, for sources
// that have no quicker way to [Cells.Facts].
func CountFacts(c Cells) (Facts, error) {
	f := Facts{Whole: true}
	if c.Info().Once {
		return Facts{}, ErrConsumed
	}
	cur, err := c.Cursor(false)
	if err != nil {
		return Facts{}, err
	}
	defer cur.Close()
	for {
		chunk, err := cur.Next()
		if err == io.EOF {
			return f, nil
		}
		if err != nil {
			return Facts{}, err
		}
		f.Stored += int64(chunk.Len())
		for i, kind := range chunk.Kinds {
			switch kind {
			case Missing:
				f.Missing++
			case Number, NumberRaw:
				f.Numbers++
				f.countNumber(chunk.Token(i))
			case Text:
				f.Texts++
			default:
				f.Booleans++
			}
		}
	}
}

// Cursor yields cells in ascending order of position, in chunks that are reused.
type Cursor interface {
	// Range restricts the cursor to the positions from (included) to (excluded)
	// and moves to the first of them. Without it a cursor covers all cells.
	Range(from, to int64) error

	// Next returns the next chunk, valid until the next call, or io.EOF.
	Next() (*Chunk, error)

	Close() error
}

// Kind is the kind of a value.
type Kind uint8

// The kinds. Number and NumberRaw are both numbers: the text of a Number is as
// ECMAScript would write it, that of a NumberRaw has an exponent, trailing
// zeros or many digits, and [AppendNumber] lays it out.
const (
	Missing   = Kind(jsontoken.Null)
	Number    = Kind(jsontoken.Number)
	NumberRaw = Kind(jsontoken.Raw)
	Text      = Kind(jsontoken.String)
	True      = Kind(jsontoken.True)
	False     = Kind(jsontoken.False)
)

// Chunk is a piece of the cells: a few thousand at most.
type Chunk struct {
	First     int64   // position of the first cell, if Positions is nil
	Positions []int64 // of each cell, ascending; nil if the cells follow each other
	Kinds     []Kind
	Buf       []byte   // what Start and End point into
	Start     []uint32 // token of cell i is Buf[Start[i]:End[i]]; a text has its JSON quotes
	End       []uint32
	Status    []int32 // number of each cell's status in Cells.Statuses; nil if not asked for or none
}

// Len is the number of cells in the chunk.
func (c *Chunk) Len() int { return len(c.Kinds) }

// Position of cell i in the cube.
func (c *Chunk) Position(i int) int64 {
	if c.Positions != nil {
		return c.Positions[i]
	}
	return c.First + int64(i)
}

// Token is the JSON token of cell i, valid as long as the chunk; empty if the
// value is missing.
func (c *Chunk) Token(i int) []byte { return c.Buf[c.Start[i]:c.End[i]] }

// AppendNumber appends a JSON number in the layout in which ECMAScript writes
// numbers: no trailing zeros, plain digits between 1e-6 and 1e21, beyond that
// an exponent with its sign. All significant digits stay, those that a double
// could not hold as well. The token must be a JSON number.
func AppendNumber(dst, token []byte) []byte { return number.Append(dst, token) }

// AppendText appends the text of a JSON string, given with its quotes, as in a
// chunk. The token must be a JSON string.
func AppendText(dst, token []byte) []byte { return jsontoken.Unquote(dst, token) }

// AppendQuoted appends a text as a JSON string. Only what must be is escaped.
func AppendQuoted(dst []byte, text string) []byte { return jsontoken.AppendString(dst, text) }

// statusID is the number of a status token. What is no string is taken by its text.
func statusID(words *window.Words, kind jsontoken.Kind, token []byte) (int32, error) {
	switch kind {
	case jsontoken.String:
		return words.ID(token)
	case jsontoken.Null:
		return 0, nil
	}
	var buf [64]byte
	return words.ID(append(append(append(buf[:0], '"'), token...), '"'))
}

// grow returns s with length n, its capacity reused.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		s = make([]T, max(n, window.ChunkCells))
	}
	return s[:n]
}
