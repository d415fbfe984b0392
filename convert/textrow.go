package convert

// write writes a row to the buffer.
func (t *textTable) write(coords []int, cells []textCell) {
	if t.o.CSV {
		t.record(coords, cells)
		return
	}
	for i := range t.labels {
		l := &t.labels[i]
		w := t.label(l, coords[l.place])
		t.buf = append(t.buf, w.text...)
		t.blanks(l.width - w.width + gap)
	}
	for j := range cells[:min(t.shown, len(cells))] {
		c, cell := &t.values[j], &cells[j]
		if cell.whole < 0 {
			t.blanks(c.value() - cell.width)
			t.buf = append(t.buf, cell.text...)
			t.blanks(gap)
		} else {
			t.blanks(c.value() - c.fraction - cell.whole)
			t.buf = append(t.buf, cell.text...)
			t.blanks(c.fraction - (cell.width - cell.whole) + gap)
		}
		if c.status > 0 {
			t.buf = append(t.buf[:len(t.buf)-gap+1], cell.status.text...)
			t.blanks(c.status - cell.status.width + gap)
		}
	}
	t.end()
}

// record writes a row of a table with commas.
func (t *textTable) record(coords []int, cells []textCell) {
	for i := range t.labels {
		l := &t.labels[i]
		t.field(t.label(l, coords[l.place]).text)
	}
	for j := range cells {
		t.field(cells[j].text)
		if t.values[j].status > 0 {
			t.field(cells[j].status.text)
		}
	}
	t.buf[len(t.buf)-1] = '\n'
}
