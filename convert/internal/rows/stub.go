package rows

import (
	"bytes"
	"slices"
)

// A stub is the columns at the left of a table in which labels may stand once for
// several rows: tables for people leave out a label that is that of the row above.
//
//	North  2023  12
//	       2024  14
//	South  2023  31
//	       2024  35
//
// That an empty cell means the label above it is not sure by itself: it may be a
// category of its own, a total for instance. It is where each label has the same labels
// of the next column beside it, in the same order, or where the columns have no names,
// as in tables of PxWeb.
type stub struct {
	filled int // columns from the left, whose empty cells have the label above them
	labels [][]byte
	kinds  []Kind
	own    row // room for the row with its labels

	unsure int // columns from the left that look so, and could be otherwise
}

// fill puts the labels in the empty cells of a row. The fields that it has are those of the
// records, which stay as they are: the next row may have the same.
func (s *stub) fill(r *row) {
	s.own.fields, s.own.kinds = append(s.own.fields[:0], r.fields...), append(s.own.kinds[:0], r.kinds...)
	r.fields, r.kinds = s.own.fields, s.own.kinds
	for c := range min(s.filled, len(r.fields)) {
		if len(bytes.TrimSpace(r.fields[c])) > 0 {
			s.labels[c] = append(s.labels[c][:0], r.fields[c]...)
			s.kinds[c] = Plain
			if c < len(r.kinds) {
				s.kinds[c] = r.kinds[c]
			}
			continue
		}
		r.fields[c] = s.labels[c]
		if c < len(r.kinds) {
			r.kinds[c] = s.kinds[c]
		}
	}
}

// look looks at the first rows below the header: whether labels stand once for several
// rows.
func (s *stub) look(g *front, notes *notes) {
	if len(g.names) < 3 || g.o.Head != nil && !g.sheet() {
		return
	}
	var rows []row // of the table
	for i := g.next; i < len(g.first); i++ {
		if r := &g.first[i]; r.width() > 0 && notes.figure(r) {
			rows = append(rows, *r)
		}
	}
	columns, sure := once(rows, g.ended)
	if columns == 0 { // without rows of totals, which have no label in the second column
		lines := len(rows)
		rows = slices.DeleteFunc(rows, func(r row) bool { return r.has(0) && !r.has(1) })
		if 3*len(rows) > 2*lines {
			columns, sure = once(rows, g.ended)
		}
	}
	if columns == 0 || slices.ContainsFunc(rows, func(r row) bool {
		return notes.figures[0] && r.has(0) && !isPeriod(string(r.fields[0]))
	}) { // figures stand in front, of which some are missing
		return
	}
	if !sure {
		if notes.figures[columns] && slices.ContainsFunc(rows, func(r row) bool { return r.has(columns) && !isPeriod(string(r.fields[columns])) }) {
			return // what stands beside are figures: the empty cell is that of a total
		}
		if !g.headed || slices.ContainsFunc(g.names[:columns], func(n string) bool { return n != "" }) {
			if 2*blanksIn(rows, 0) >= len(rows) || again(rows, columns) {
				s.unsure = columns
			}
			return
		}
	}
	s.filled = columns
	s.labels, s.kinds = make([][]byte, columns), make([]Kind, columns)
	g.o.Warnf("a label that stands once stands for the rows below it, which have none: %q in %s", brief(rows[0].text(0)), g.Place(rows[0].number, 0))
}

// again tells whether a text of a column comes up in more than one row.
func again(rows []row, column int) bool {
	seen := map[string]bool{}
	for i := range rows {
		if !rows[i].has(column) {
			continue
		}
		text := string(rows[i].fields[column])
		if seen[text] {
			return true
		}
		seen[text] = true
	}
	return false
}

// blanksIn is how many rows have nothing in a column.
func blanksIn(rows []row, column int) (n int) {
	for i := range rows {
		if rows[i].text(column) == "" {
			n++
		}
	}
	return n
}

// once finds the columns from the left whose labels look as if they stood once for
// several rows, and tells whether that is sure. The last row may not be that of the
// table.
func once(rows []row, ended bool) (columns int, sure bool) {
	if len(rows) < 2 {
		return 0, false
	}
	for blanksIn(rows, columns) > 0 {
		if columns++; columns >= len(rows[0].fields)-1 { // a column of figures follows that of the last labels
			return 0, false
		}
	}
	if columns == 0 {
		return 0, false
	}
	for i := range rows {
		blank := true // up to here
		for c := range columns {
			now := rows[i].text(c)
			if i == 0 && now == "" || now == "" && !blank {
				return 0, false
			}
			if now != "" && blank && i > 0 && now == above(rows[:i], c) {
				return 0, false // a label that stands again would stand in all rows
			}
			blank = blank && now == ""
		}
	}
	sure = true
	for c := range columns {
		alike, apart := alikeBlocks(rows, c, ended)
		if !apart {
			return 0, false
		}
		sure = sure && alike
	}
	return columns, sure
}

// above is the last text of a column.
func above(rows []row, column int) string {
	for i := len(rows) - 1; i >= 0; i-- {
		if t := rows[i].text(column); t != "" {
			return t
		}
	}
	return ""
}

// alikeBlocks tells whether all labels of a column have the same labels of the next one
// beside them, two or more; and whether no two beside one label are alike: else the rows
// would not be unique.
func alikeBlocks(rows []row, column int, ended bool) (alike, apart bool) {
	var first, block []string
	blocks := 0
	alike, apart = true, true
	whole := func(last bool) {
		blocks++
		sorted := slices.Sorted(slices.Values(block))
		apart = apart && len(slices.Compact(sorted)) == len(block)
		switch {
		case blocks == 1:
			first = slices.Clone(block)
			alike = len(first) > 1
		case !last || ended:
			alike = alike && slices.Equal(first, block)
		}
	}
	for i := range rows {
		if rows[i].text(column) != "" && i > 0 {
			whole(false)
			block = block[:0]
		}
		if t := rows[i].text(column + 1); t != "" {
			block = append(block, t)
		}
	}
	whole(true)
	return alike && blocks > 1, apart
}
