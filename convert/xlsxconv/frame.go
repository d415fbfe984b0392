package xlsxconv

import (
	"fmt"
	"slices"
	"strings"
)

// What the parts of our sheets begin with.
const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	worksheet = xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	withLinks = ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`
	onePage   = `<sheetPr><pageSetUpPr fitToPage="true"></pageSetUpPr></sheetPr>` // wide; as high as it is
	plainView = `<dimension ref="A1"></dimension><sheetViews><sheetView workbookViewId="0"></sheetView></sheetViews>`
	rowHeight = `<sheetFormatPr defaultRowHeight="15"></sheetFormatPr>`
)

// frame is what stands around the rows of the data sheets: it says how they are seen and
// printed.
type frame struct {
	*plan
	widths []float64 // of the columns, in characters
	frozen int       // columns that stay in sight
}

// newFrame finds the widths of the columns, by what stands in them.
func newFrame(p *plan) *frame {
	f := &frame{plan: p, widths: make([]float64, len(p.cols))}
	for i, c := range p.cols {
		// The header has a button; it may break into two lines.
		n := longestWord(c.header) + 4
		switch {
		case c.kind == dimensionColumn && c.date:
			n = max(n, 11)
		case c.kind == dimensionColumn:
			d := p.ds.Dimensions()[c.dim]
			n = max(n, min(length(c.header)+4, 30))
			for k := range min(d.Len(), 10_000) {
				n = max(n, length(cellText(d, c.show, k))+2)
			}
		case c.kind == valueColumn:
			n = max(n, min(length(c.header)+4, 20), narrow+2)
		}
		f.widths[i] = float64(min(max(n, narrow), wide))
	}
	f.freeze()
	return f
}

// Widths of columns, in characters.
const (
	narrow = 9
	wide   = 60
)

// freeze lets the columns stay in sight that name the rows of a pivot, if they leave room
// for others.
func (f *frame) freeze() {
	n, total := 0, 0.0
	if !f.layout.Pivoted() {
		return
	}
	for i, c := range f.cols {
		if c.kind != dimensionColumn {
			break
		}
		n++
		total += f.widths[i]
	}
	if total <= 80 {
		f.frozen = n
	}
}

// heights are the heights of the rows of the header, in points: not all programs
// make room for the lines into which texts break.
func (f *frame) heights() []int {
	const line, most = 16, 6
	list := make([]int, f.levels)
	for i, c := range f.cols {
		lines := 1 + (length(c.header)+3)/max(int(f.widths[i]), 1)
		if c.date {
			lines = 1
		}
		list[f.levels-1] = max(list[f.levels-1], line*min(lines, most))
	}
	for level := range f.levels - 1 {
		list[level] = line + 2
	}
	list[f.levels-1] = max(list[f.levels-1], line+2)
	return list
}

// longestWord is the length of the longest word of a text.
func longestWord(text string) int {
	longest, n := 0, 0
	for _, r := range text {
		if n++; r == ' ' || r == '\n' {
			n = 0
		}
		longest = max(longest, n)
	}
	return longest
}

// last is the lower right cell of the table in a sheet; filled tells whether there are rows
// below the header.
func (f *frame) last(sheet int) (cell string, filled bool) {
	rows := min(max(f.rows-int64(sheet)*f.room(), 0), f.room())
	return cellName(max(len(f.cols), 1)-1, f.header()+rows), rows > 0
}

// filtered is the range with the buttons of filters in a sheet, "" if there are none.
func (f *frame) filtered(sheet int) string {
	last, filled := f.last(sheet)
	if !filled {
		return ""
	}
	return cellName(0, f.header()) + ":" + last
}

// repeated are the rows and columns of a sheet that are printed on each page, as a formula.
func (f *frame) repeated(sheet string) string {
	repeat := fmt.Sprintf("'%s'!$%d:$%d", sheet, f.title+1, f.header())
	if f.frozen > 0 {
		repeat = fmt.Sprintf("'%s'!$A:$%s,%s", sheet, columnName(f.frozen-1), repeat)
	}
	return repeat
}

// before is the part of a sheet up to its rows. The first sheet is the one to be seen.
func (f *frame) before(sheet int) []byte {
	last, _ := f.last(sheet)
	b := []byte(worksheet + withLinks + onePage)
	b = fmt.Appendf(b, `<dimension ref="A1:%s"></dimension><sheetViews><sheetView`, last)
	if sheet == 0 {
		b = append(b, ` tabSelected="true"`...)
	}
	pane, split := "bottomLeft", ""
	if f.frozen > 0 {
		pane, split = "bottomRight", fmt.Sprintf(` xSplit="%d"`, f.frozen)
	}
	top := cellName(f.frozen, f.header()+1)
	b = fmt.Appendf(b, ` workbookViewId="0"><pane activePane="%s" state="frozen" topLeftCell="%s"%s ySplit="%d"></pane>`, pane, top, split, f.header())
	b = fmt.Appendf(b, `<selection activeCell="%s" pane="%s" sqref="%s"></selection></sheetView></sheetViews>`+rowHeight, top, pane, top)
	if len(f.widths) > 0 {
		b = append(b, "<cols>"...)
		for i, width := range f.widths {
			b = fmt.Appendf(b, `<col min="%d" max="%d" width="%g" customWidth="1"/>`, i+1, i+1, width)
		}
		b = append(b, "</cols>"...)
	}
	return append(b, "<sheetData>"...)
}

// behind is the part of a sheet behind its rows. It is printed across, as wide as the
// paper; codes are meant to be texts though they look like numbers.
func (f *frame) behind(sheet int) []byte {
	b := []byte("</sheetData>")
	if area := f.filtered(sheet); area != "" {
		b = fmt.Appendf(b, `<autoFilter ref="%s"></autoFilter>`, area)
	}
	if list := f.merged(); len(list) > 0 {
		b = fmt.Appendf(b, `<mergeCells count="%d">%s</mergeCells>`, len(list), strings.Join(list, ""))
	}
	pages := 1
	if len(f.cols) > 16 {
		pages = 0 // as many as it takes
	}
	b = append(b, `<pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.3" footer="0.3"></pageMargins>`...)
	b = fmt.Appendf(b, `<pageSetup fitToHeight="0" fitToWidth="%d" orientation="landscape" paperSize="9"></pageSetup>`, pages) // A4
	b = append(b, `<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>`...)
	texts := cellName(max(len(f.cols), 1)-1, MaxRows)
	return fmt.Appendf(b, `<ignoredErrors><ignoredError sqref="A1:%s" numberStoredAsText="1"/></ignoredErrors></worksheet>`, texts)
}

// merged makes one cell of those that have one text in the upper rows of a header.
func (f *frame) merged() (list []string) {
	first := slices.IndexFunc(f.cols, func(c column) bool { return c.kind == valueColumn })
	width := 1
	if f.status == StatusColumn {
		width = 2
	}
	span := f.layout.Values
	for level := range f.levels - 1 {
		span /= max(f.ds.Shape()[f.layout.By[level]], 1)
		if span*width < 2 {
			continue
		}
		row := int64(f.title + level + 1)
		for k := 0; k < f.layout.Values; k += span {
			from := first + k*width
			list = append(list, fmt.Sprintf(`<mergeCell ref="%s:%s"/>`, cellName(from, row), cellName(from+span*width-1, row)))
		}
	}
	return list
}
