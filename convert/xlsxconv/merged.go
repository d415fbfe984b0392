package xlsxconv

import (
	"bytes"
	"fmt"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// merged puts the text of merged cells, which stands in the first of them, into the
// others: in rows that are there. Ranges come in the order of the rows and, in a
// workbook that is right, do not overlap; of two that do the second is left out. So
// there are never more at work than a sheet has columns.
type merged struct {
	coming []area   // that begin in rows that are yet to come
	here   []labels // that began above, by column
	begun  []labels // that begin in this row
	both   []labels // room for the two
	room   int      // how many bytes of copies there may be yet
}

// labels is a range with its text.
type labels struct {
	area
	text []byte
	kind rows.Kind
}

// The copies of a sheet may take a fixed number of bytes and, beyond, so many times what
// the sheet itself has: a range may be as large as it says.
const (
	copiesAtLeast = 256 << 20
	copiesOfEach  = 64
	copyCost      = 32 // of a copy, besides its text
)

// row puts copies into a row that was read.
func (m *merged) row(p *plainRow) error {
	if len(m.coming) == 0 && len(m.here) == 0 {
		return nil
	}
	number := int32(min(p.number, MaxRows+1))
	m.room = min(copiesAtLeast, m.room+copiesOfEach*(len(p.text)+len(p.fields)))
	here := m.here[:0]
	for _, l := range m.here {
		if l.bottom < number {
			continue
		}
		here = append(here, l)
		if err := m.copy(p, &l, number, l.left); err != nil {
			return err
		}
	}
	m.here = here
	for len(m.coming) > 0 && m.coming[0].top < number {
		m.coming = m.coming[1:]
	}
	m.begun = m.begun[:0]
	next := 0 // of those from above, the first that may lie at the right
	for ; len(m.coming) > 0 && m.coming[0].top == number; m.coming = m.coming[1:] {
		a := m.coming[0]
		for next < len(m.here) && m.here[next].right < a.left {
			next++
		}
		if next < len(m.here) && m.here[next].left <= a.right {
			continue
		}
		if n := len(m.begun); n > 0 && m.begun[n-1].right >= a.left {
			continue
		}
		l := labels{area: a}
		if int(a.left) < len(p.fields) {
			l.text, l.kind = p.fields[a.left], p.kinds[a.left]
		}
		m.begun = append(m.begun, l)
		if err := m.copy(p, &l, number, a.left+1); err != nil {
			return err
		}
	}
	if len(m.begun) > 0 {
		m.begin()
	}
	return nil
}

// begin keeps the ranges that begin in this row and go on below it, if they have a text.
func (m *merged) begin() {
	m.both = m.both[:0]
	here := m.here
	for _, l := range m.begun {
		if l.bottom == l.top || len(bytes.TrimSpace(l.text)) == 0 {
			continue
		}
		for len(here) > 0 && here[0].left < l.left {
			m.both, here = append(m.both, here[0]), here[1:]
		}
		l.text = bytes.Clone(l.text)
		m.both = append(m.both, l)
	}
	m.both = append(m.both, here...)
	m.here, m.both = m.both, m.here
}

// copy puts the text of a range into its cells in a row, from a column on.
func (m *merged) copy(p *plainRow, l *labels, number int32, from int16) error {
	if l.top > number || len(bytes.TrimSpace(l.text)) == 0 || from > l.right {
		return nil
	}
	right := int(l.right)
	m.room -= copyCost*max(0, right+1-len(p.fields)) + (copyCost+len(l.text))*(right+1-int(from))
	if m.room < 0 {
		return &CellError{Sheet: p.sheet, Row: int64(number), Msg: fmt.Sprintf("merged cells, here in column %s to %s, are far more than the sheet has otherwise", columnName(int(from)), columnName(right)), Err: jsonstat.ErrLimit}
	}
	for len(p.fields) <= right {
		p.fields, p.kinds = append(p.fields, nil), append(p.kinds, rows.Plain)
	}
	for k := int(from); k <= right; k++ {
		p.fields[k], p.kinds[k] = l.text, l.kind
		p.mark(k, rows.Copied)
	}
	return nil
}
