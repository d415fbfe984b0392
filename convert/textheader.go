package convert

import (
	"slices"
	"strings"
)

// mostHead is how much room the head of a group takes at most where its columns need less
// and a line is bounded.
const mostHead = 24

// header finds out which columns fit and writes the header.
func (t *textTable) header() {
	if t.o.CSV {
		t.shown = len(t.values)
		t.fields()
		return
	}
	t.widen()
	t.shrink()
	used := 0
	for i := range t.labels {
		used += t.labels[i].width + gap
	}
	for j := range t.values {
		used += t.values[j].width() + gap
		if t.o.Width > 0 && j > 0 && used-gap > t.o.Width {
			break
		}
		t.shown = j + 1
	}
	for j := range t.values[t.shown:] {
		t.rest.Columns = append(t.rest.Columns, t.values[t.shown+j].name())
	}
	levels := max(1, len(t.l.By))
	for level := range levels - 1 {
		for i := range t.labels {
			t.blanks(t.labels[i].width + gap)
		}
		for from := 0; from < t.shown; {
			to := t.group(level, from)
			width := t.width(from, to)
			t.pad(t.o.Clip(t.values[from].heads[level], width), width, false)
			from = to
		}
		t.end()
	}
	for i := range t.labels {
		t.pad(t.labels[i].head, t.labels[i].width, false)
	}
	for j := range t.shown {
		c := &t.values[j]
		t.pad(c.heads[levels-1], c.value(), true)
		if c.status > 0 {
			t.blanks(1 + c.status)
		}
	}
	t.end()
}

// leastLabel is what a column of labels is not made narrower than.
const leastLabel = 8

// shrink makes the widest columns of labels narrower until the first value column fits in
// the line.
func (t *textTable) shrink() {
	if t.o.Width == 0 || len(t.values) == 0 || len(t.labels) == 0 {
		return
	}
	over := t.values[0].width() - t.o.Width
	for i := range t.labels {
		over += t.labels[i].width + gap
	}
	for ; over > 0; over-- {
		widest := 0
		for i := range t.labels {
			if t.labels[i].width > t.labels[widest].width {
				widest = i
			}
		}
		if t.labels[widest].width <= leastLabel {
			break
		}
		t.labels[widest].width--
	}
	for i := range t.labels {
		l := &t.labels[i]
		l.head = t.o.Clip(l.head, l.width)
		for k, w := range l.words {
			if w.width > l.width {
				l.words[k] = t.clipped(string(w.text), l.width)
			}
		}
	}
}

// clipped is a text in at most width columns.
func (t *textTable) clipped(text string, width int) textWord {
	text = t.o.Clip(text, width)
	return textWord{[]byte(text), t.o.Measure(text)}
}

// name is the header of a column in one line.
func (c *textColumn) name() string { return strings.Join(c.heads, " ") }

// width is how much room the columns from from to to take up together.
func (t *textTable) width(from, to int) int {
	width := -gap
	for j := from; j < to; j++ {
		width += t.values[j].width() + gap
	}
	return width
}

// group is the end of the columns that stand under one head of a level.
func (t *textTable) group(level, from int) int {
	to := from + 1
	for to < t.shown && slices.Equal(t.values[to].heads[:level+1], t.values[from].heads[:level+1]) {
		to++
	}
	return to
}

// widen makes columns as wide as the heads above them need, the last one of a group.
func (t *textTable) widen() {
	t.shown = len(t.values)
	for level := range max(1, len(t.l.By)) - 1 {
		for from := 0; from < len(t.values); {
			to := t.group(level, from)
			most := t.o.Measure(t.values[from].heads[level])
			if t.o.Width > 0 {
				most = min(most, mostHead)
			}
			if more := most - t.width(from, to); more > 0 {
				c := &t.values[to-1]
				c.head = c.value() + more
			}
			from = to
		}
	}
}

// pad writes a text in a column, and the gap behind it.
func (t *textTable) pad(text string, width int, right bool) {
	blanks := width - t.o.Measure(text)
	if right {
		t.blanks(blanks)
		blanks = 0
	}
	t.buf = append(t.buf, text...)
	t.blanks(blanks + gap)
}

// fields writes the header of a table with commas.
func (t *textTable) fields() {
	for i := range t.labels {
		t.field([]byte(t.labels[i].head))
	}
	for j := range t.values {
		c := &t.values[j]
		t.field([]byte(c.name()))
		if c.status > 0 {
			t.field([]byte(c.name() + " status"))
		}
	}
	t.buf[len(t.buf)-1] = '\n'
}
