package conformance_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A table is our output, read back, with what is known of its cells: enough to
// write it again the way the reference would.
type table struct {
	call csvCall
	cube *cube

	head   [][]cell // the lines in front of a CSV-stat table
	cols   []column
	header []cell
	rows   [][]cell

	// How the reference writes, where a difference says so.
	rawText    bool // quotes around what holds the separator, and nothing else
	rawStrings bool // texts among the values of a long table stay bare, with the decimal mark
	rawNumbers bool // numbers stay bare
	noNewline  bool // behind the last line
	bareEmpty  bool // an empty cell that is alone in its line
}

type cellKind uint8

const (
	textCell cellKind = iota // headers, labels, ids, statuses, the text for a missing value
	numberCell
	stringCell // a text among the values
	boolCell
)

type cell struct {
	text string
	kind cellKind
	pos  int // of a value: its cell in the cube
}

// A column shows a dimension, the status, or values: those of a category of the
// pivoted dimension, or all.
type column struct {
	dim      int // -1 if it shows none
	category int // of a pivot, -1 for others
	status   bool
	key      string // in a pivot: the property of the reference's rows
}

// pivoted is the place of the pivoted dimension, -1 for a long table.
func (c csvCall) pivoted(cube *cube) int {
	if c.rich || c.by == "" {
		return -1
	}
	return cube.dimension(c.by)
}

// readTable reads our output.
func readTable(out string, call csvCall, d *document) (*table, error) {
	t := &table{call: call, cube: d.cube}
	records, err := readRecords(out, call.separator())
	if err != nil {
		return nil, err
	}
	if call.rich {
		end := slices.IndexFunc(records, func(r []string) bool { return len(r) == 1 && r[0] == "data" })
		if end < 0 {
			return nil, fmt.Errorf("no line \"data\"")
		}
		for _, r := range records[:end+1] {
			t.head = append(t.head, textCells(r))
		}
		records = records[end+1:]
	}
	t.cols = t.columns(d)
	if len(records) == 0 || len(records[0]) != len(t.cols) {
		return nil, fmt.Errorf("the header has other columns than %d", len(t.cols))
	}
	t.header = textCells(records[0])
	for i, r := range records[1:] {
		if len(r) != len(t.cols) {
			return nil, fmt.Errorf("row %d has %d cells, not %d", i, len(r), len(t.cols))
		}
		row := textCells(r)
		for j, col := range t.cols {
			if col.dim < 0 && !col.status {
				row[j].pos = t.position(i, col)
				row[j].kind = kindOf(d.cube.values[row[j].pos])
			}
		}
		t.rows = append(t.rows, row)
	}
	if again := t.String(); again != out {
		return nil, fmt.Errorf("our output is not as RFC 4180 has it: %s", firstDifference(out, again, "ours", "rfc "))
	}
	return t, nil
}

func textCells(record []string) []cell {
	cells := make([]cell, len(record))
	for i, text := range record {
		cells[i] = cell{text: text, pos: -1}
	}
	return cells
}

func kindOf(v any) cellKind {
	switch v.(type) {
	case json.Number:
		return numberCell
	case string:
		return stringCell
	case bool:
		return boolCell
	}
	return textCell
}

// columns are the columns of our tables.
func (t *table) columns(d *document) []column {
	var cols []column
	by := t.call.pivoted(t.cube)
	for i, dim := range t.cube.dims {
		dropped := len(dim.ids) == 1 && slices.Contains(t.call.drop, dim.id)
		if i != by && (by < 0 || !dropped) {
			cols = append(cols, column{dim: i, category: -1, key: dim.id})
		}
	}
	if by < 0 {
		if t.call.rich && d.ds.Cells().Info().HasStatus || !t.call.rich && t.call.status {
			cols = append(cols, column{dim: -1, category: -1, status: true})
		}
		return append(cols, column{dim: -1, category: -1})
	}
	dim := &t.cube.dims[by]
	last := map[string]string{} // the last category of a label stands for all
	for k, id := range dim.ids {
		last[jsString(dim.shown(k, t.call.cid))] = id
	}
	for k := range dim.ids {
		cols = append(cols, column{dim: -1, category: k, key: last[jsString(dim.shown(k, t.call.cid))]})
	}
	return cols
}

// position is the cell of the cube that stands in a row of our table.
func (t *table) position(row int, col column) int {
	by := t.call.pivoted(t.cube)
	if by < 0 {
		return row
	}
	strides := t.cube.shape.Strides()
	pos := int64(col.category) * strides[by]
	for i := len(t.cube.shape) - 1; i >= 0; i-- {
		if i != by {
			pos += int64(row%t.cube.shape[i]) * strides[i]
			row /= t.cube.shape[i]
		}
	}
	return int(pos)
}

// String writes the table.
func (t *table) String() string {
	var b strings.Builder
	for _, lines := range [][][]cell{t.head, {t.header}, t.rows} {
		for _, line := range lines {
			for i, c := range line {
				if i > 0 {
					b.WriteString(t.call.separator())
				}
				b.WriteString(t.cell(c))
			}
			b.WriteString("\n")
		}
	}
	s := b.String()
	if t.noNewline {
		s = strings.TrimSuffix(s, "\n")
	}
	return s
}

// cell writes a cell.
func (t *table) cell(c cell) string {
	long := t.call.pivoted(t.cube) < 0
	switch {
	case c.kind == numberCell && t.rawNumbers, c.kind == boolCell && t.rawStrings:
		return c.text
	case c.kind == stringCell && long && t.rawStrings:
		return strings.Replace(c.text, ".", t.call.mark(), 1)
	case t.rawText && c.text != "" && c.kind != numberCell && (c.kind != stringCell || !long):
		if strings.Contains(c.text, t.call.separator()) {
			return `"` + c.text + `"`
		}
		return c.text
	case needsQuotes(c.text, t.call.separator()), c.text == "" && len(t.cols) == 1 && !t.bareEmpty:
		return `"` + strings.ReplaceAll(c.text, `"`, `""`) + `"`
	}
	return c.text
}

// needsQuotes tells whether a text would not be read back without quotes.
func needsQuotes(text, separator string) bool {
	return strings.ContainsAny(text, "\"\r\n") || strings.Index(text+separator, separator) < len(text) || outerBlanks(text)
}

// outerBlanks tells whether a text has blanks at its ends.
func outerBlanks(text string) bool { return strings.TrimSpace(text) != text }

// readRecords reads CSV as RFC 4180 has it, with any separator and newlines.
func readRecords(s, separator string) ([][]string, error) {
	var records [][]string
	var record []string
	for s != "" {
		var text string
		if strings.HasPrefix(s, `"`) {
			s = s[1:]
			for {
				i := strings.IndexByte(s, '"')
				if i < 0 {
					return nil, fmt.Errorf("a quote is not closed: %.80q", s)
				}
				text += s[:i]
				s = s[i+1:]
				if !strings.HasPrefix(s, `"`) {
					break
				}
				text += `"`
				s = s[1:]
			}
		} else {
			end := strings.IndexByte(s, '\n')
			if i := strings.Index(s, separator); i >= 0 && (end < 0 || i < end) {
				end = i
			}
			if end < 0 {
				return nil, fmt.Errorf("the last line has no end: %.80q", s)
			}
			text, s = s[:end], s[end:]
		}
		record = append(record, text)
		switch {
		case strings.HasPrefix(s, separator):
			s = s[len(separator):]
			if s == "" {
				return nil, fmt.Errorf("a line ends in a separator at the end of the file")
			}
		case strings.HasPrefix(s, "\n"):
			s = s[1:]
			records, record = append(records, record), nil
		default:
			return nil, fmt.Errorf("a cell ends in the middle: %.80q", s)
		}
	}
	return records, nil
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(a, b, nameA, nameB string) string {
	x, y := strings.SplitAfter(a, "\n"), strings.SplitAfter(b, "\n")
	line := func(lines []string, i int) string {
		if i < len(lines) {
			return fmt.Sprintf("%.600q", lines[i])
		}
		return "nothing"
	}
	for i := range max(len(x), len(y)) {
		if i >= len(x) || i >= len(y) || x[i] != y[i] {
			return fmt.Sprintf("line %d\n  %s %s\n  %s %s", i+1, nameA, line(x, i), nameB, line(y, i))
		}
	}
	return "no difference"
}
