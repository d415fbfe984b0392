package rows

import "math/bits"

// BatchRows is how many rows a batch holds at most.
const BatchRows = 4096

// batchCells bounds the cells of a batch, so that tables of very many columns have
// batches of few rows.
const batchCells = 1 << 18

// A Kind is what a format says of a cell, beyond its text.
type Kind uint8

// The kinds. Plain, the zero value, is a text that may well be a number: all that CSV
// has. Text is one that is none, because the format has numbers too and did not write
// it as one.
const (
	Plain  Kind = iota
	Null        // nothing, without a text
	Number      // a number as JSON writes it
	Text        // a text, whatever it looks like
	Bool        // true or false
	Period      // a date or a time, as ISO 8601 writes it
	Code        // a whole number that is shown with zeros in front: as a category what is shown, 0301; as a value the number
)

// A Trait is what a sheet says of a cell besides its text and its kind: a set of bits.
type Trait uint8

// The traits.
const (
	Copied  Trait = 1 << iota // the text is that of a range of cells that are one, and stands in another of them
	Faulty                    // there is no text, since what would have made it failed: a formula without a result, or an error
	Percent                   // the number is shown in per cent: 0.125 as 12.5 %
)

// traits is how many there are.
const traits = 3

// index is the number of a single trait.
func (t Trait) index() int { return bits.TrailingZeros8(uint8(t)) }

// Seen is how many cells of a column have a trait, and the row of the first.
type Seen struct{ N, First int64 }

// A Span is where the text of a cell lies in the text of its batch.
type Span struct{ From, To uint32 }

// A Dictionary are the texts of a column whose cells are coded already. It does not
// change, so that batches with the same one need not be looked at twice.
type Dictionary struct {
	Texts [][]byte
	Kinds []Kind // of each; nil if all are Plain

	// Ordered: the texts stand in the order of the categories. Else these come in the
	// order in which they come up in rows.
	Ordered bool
}

// kind is that of an entry.
func (d *Dictionary) kind(code int) Kind {
	if d.Kinds == nil {
		return Plain
	}
	return d.Kinds[code]
}

// A Batch is some rows of a table, column by column. A column has its cells in Cells
// and Kinds or, where it has a dictionary, in Codes.
type Batch struct {
	Rows    int
	Text    []byte   // of all cells
	Cells   [][]Span // by column and row
	Kinds   [][]Kind // the same; nil for a column all of whose cells are Plain
	Numbers []int64  // of each row: the line, or the row, by which its source knows it

	Dictionaries []*Dictionary // by column; nil for one that has none
	Codes        [][]int32     // by column and row: numbers of entries, -1 for Null
}

// Grow makes room for that many columns. In rows that the batch has, the new ones are
// Null.
func (b *Batch) Grow(columns int) {
	for len(b.Cells) < columns {
		b.Cells, b.Kinds = append(b.Cells, nil), append(b.Kinds, nil)
		b.Dictionaries, b.Codes = append(b.Dictionaries, nil), append(b.Codes, nil)
		if b.Rows > 0 {
			i := len(b.Cells) - 1
			b.Cells[i], b.Kinds[i] = make([]Span, b.Rows), make([]Kind, b.Rows)
			for row := range b.Kinds[i] {
				b.Kinds[i][row] = Null
			}
		}
	}
}

// reset makes the batch empty.
func (b *Batch) reset() {
	b.Rows, b.Text, b.Numbers = 0, b.Text[:0], b.Numbers[:0]
	for i := range b.Cells {
		b.Cells[i] = b.Cells[i][:0]
		if b.Kinds[i] != nil {
			b.Kinds[i] = b.Kinds[i][:0]
		}
		b.Dictionaries[i], b.Codes[i] = nil, b.Codes[i][:0]
	}
}

// RowsOf is how many rows a batch of so many columns holds at most.
func RowsOf(columns int) int { return max(1, min(BatchRows, batchCells/max(1, columns))) }

// Full tells whether a batch takes no more rows.
func (b *Batch) Full() bool {
	return b.Rows >= BatchRows || b.Rows > 0 && b.Rows*len(b.Cells) >= batchCells || len(b.Text) > 1<<30
}

// Add appends a cell to a column.
func (b *Batch) Add(column int, text []byte, kind Kind) {
	from := len(b.Text)
	b.Text = append(b.Text, text...)
	if kind == Plain && b.Kinds[column] == nil {
		b.Cells[column] = append(b.Cells[column], Span{uint32(from), uint32(len(b.Text))})
		return
	}
	b.Cell(column, from, kind)
}

// Null appends a cell without anything to a column.
func (b *Batch) Null(column int) { b.Cell(column, len(b.Text), Null) }

// Cell appends a cell to a column, whose text the caller has appended to Text: from
// there on.
func (b *Batch) Cell(column, from int, kind Kind) {
	b.Cells[column] = append(b.Cells[column], Span{uint32(from), uint32(len(b.Text))})
	if kind != Plain && b.Kinds[column] == nil {
		b.Kinds[column] = make([]Kind, len(b.Cells[column])-1, BatchRows)
	}
	if b.Kinds[column] != nil {
		b.Kinds[column] = append(b.Kinds[column], kind)
	}
}

// Code appends a cell to a column of that dictionary, which all of its cells in the
// batch have: the number of an entry, or -1 for Null.
func (b *Batch) Code(column int, d *Dictionary, code int32) {
	b.Dictionaries[column] = d
	b.Codes[column] = append(b.Codes[column], code)
}

// plain makes texts of the codes of a column.
func (b *Batch) plain(column int) {
	d, codes := b.Dictionaries[column], b.Codes[column]
	spans := make([]Span, len(d.Texts))
	for i, text := range d.Texts {
		from := uint32(len(b.Text))
		b.Text = append(b.Text, text...)
		spans[i] = Span{from, uint32(len(b.Text))}
	}
	for _, code := range codes {
		span, kind := Span{}, Null
		if code >= 0 {
			span, kind = spans[code], d.kind(int(code))
		}
		if kind != Plain && b.Kinds[column] == nil {
			b.Kinds[column] = make([]Kind, len(b.Cells[column]), BatchRows)
		}
		b.Cells[column] = append(b.Cells[column], span)
		if b.Kinds[column] != nil {
			b.Kinds[column] = append(b.Kinds[column], kind)
		}
	}
	b.Dictionaries[column] = nil
}

// Again appends the cell of the row before.
func (b *Batch) Again(column int) {
	c := b.Cells[column]
	b.Cells[column] = append(c, c[len(c)-1])
	if k := b.Kinds[column]; k != nil {
		b.Kinds[column] = append(k, k[len(k)-1])
	}
}

// End ends a row, which is known by a number.
func (b *Batch) End(number int64) {
	b.Rows++
	b.Numbers = append(b.Numbers, number)
}

// kind is that of a cell.
func (b *Batch) kind(column, row int) Kind {
	if b.Kinds[column] == nil {
		return Plain
	}
	return b.Kinds[column][row]
}
