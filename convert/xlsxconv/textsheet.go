package xlsxconv

import (
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// textSheet is a sheet of texts that people read, row by row.
type textSheet struct {
	shared *shared
	texts  map[string]int // numbers of shared strings
	rows   []byte
	cells  []byte // of the current row
	row    int64
	last   int64 // row with cells
	lines  int   // of text in the row
	links  []hyperlink
}

// hyperlink is a cell that can be clicked.
type hyperlink struct{ cell, address string }

// textWidths are the widths of the columns, in characters.
var textWidths = []int{30, 70, 26, 24}

func newTextSheet(sh *shared) *textSheet {
	return &textSheet{shared: sh, texts: map[string]int{}, row: 1}
}

// set writes a text into a cell of the current row. One that breaks into lines makes the
// row as high as they are.
func (t *textSheet) set(column int, text string, style int, breaks bool) {
	shown := fit(clean(text))
	n, ok := t.texts[shown]
	if !ok {
		n = t.shared.add(shown)
		t.texts[shown] = n
	}
	t.cells = fmt.Appendf(t.cells, `<c r="%s`, cellName(column, t.row))
	t.cells = append(t.cells, t.shared.refer(style, n)...)
	if !breaks {
		return
	}
	lines := 0
	for _, line := range strings.Split(text, "\n") {
		lines += 1 + max(length(line)-1, 0)/textWidths[column]
	}
	t.lines = max(t.lines, lines)
}

// link makes a cell of the current row one that can be clicked.
func (t *textSheet) link(column int, address string) {
	t.links = append(t.links, hyperlink{cellName(column, t.row), address})
}

// next goes to the next row. A row of several lines is as high as they are: not all
// programs see to that.
func (t *textSheet) next() {
	if len(t.cells) > 0 {
		t.last = t.row
		t.rows = fmt.Appendf(t.rows, `<row r="%d"`, t.row)
		if t.lines > 1 {
			const line, most = 15, 409 // points
			t.rows = fmt.Appendf(t.rows, ` ht="%d" customHeight="true"`, min(t.lines*line, most))
		}
		t.rows = append(append(append(t.rows, '>'), t.cells...), "</row>"...)
	}
	t.cells, t.lines = t.cells[:0], 0
	t.row++
}

// part is the sheet, which ends behind the current row. It is printed as wide as the paper.
func (t *textSheet) part() ([]byte, error) {
	if t.next(); t.last > MaxRows {
		return nil, excelize.ErrMaxRows
	}
	b := []byte(worksheet + withLinks + onePage + plainView + rowHeight + "<cols>")
	for i, width := range textWidths {
		b = fmt.Appendf(b, `<col customWidth="true" max="%d" min="%d" width="%d"></col>`, i+1, i+1, width)
	}
	b = append(append(append(b, "</cols><sheetData>"...), t.rows...), "</sheetData>"...)
	if len(t.links) > 0 {
		b = append(b, "<hyperlinks>"...)
		for i, l := range t.links {
			b = fmt.Appendf(b, `<hyperlink ref="%s" r:id="rId%d"></hyperlink>`, l.cell, i+1)
		}
		b = append(b, "</hyperlinks>"...)
	}
	return append(b, `<pageSetup fitToHeight="0" fitToWidth="1" paperSize="9"></pageSetup></worksheet>`...), nil
}

// relations is the part with the addresses of its links, nil if there are none.
func (t *textSheet) relations() []byte {
	if len(t.links) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, l := range t.links {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Target="`, i+1)
		_ = xml.EscapeText(&b, []byte(l.address)) // a builder takes all
		b.WriteString(`" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" TargetMode="External"></Relationship>`)
	}
	b.WriteString("</Relationships>")
	return []byte(b.String())
}
