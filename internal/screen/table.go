package screen

import "strings"

// A Table is rows of texts in columns for a terminal. Widths are those of characters on a
// screen, not bytes: 漢 takes two columns, a combining accent none.
type Table struct {
	Right []bool // columns that stand to the right
	Gap   int    // blanks between columns; 0 is 2
	rows  [][]string
}

// Add adds a row.
func (t *Table) Add(texts ...string) {
	row := make([]string, len(texts))
	for i, text := range texts {
		row[i] = Visible(text)
	}
	t.rows = append(t.rows, row)
}

// Lines are the rows as lines, each column as wide as its widest text, but for the last,
// which is cut where a line would be wider than width; 0 is no limit.
func (t *Table) Lines(width int) []string {
	gap := t.Gap
	if gap == 0 {
		gap = 2
	}
	var widths []int
	for _, row := range t.rows {
		for i, text := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], Width(text))
		}
	}
	lines := make([]string, len(t.rows))
	for n, row := range t.rows {
		var b strings.Builder
		for i, text := range row {
			right := i < len(t.Right) && t.Right[i]
			if i > 0 {
				b.WriteString(strings.Repeat(" ", gap))
			}
			if i < len(row)-1 || right {
				text = Pad(text, widths[i], right)
			}
			b.WriteString(text)
		}
		lines[n] = strings.TrimRight(b.String(), " ")
		if width > 0 {
			lines[n] = Clip(lines[n], width)
		}
	}
	return lines
}
