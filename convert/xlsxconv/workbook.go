package xlsxconv

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbook makes all of the workbook but the rows of the data sheets and of the
// hidden one. The order in which sheets are made gives the names of their parts.
func (p *plan) workbook(f *excelize.File, st *styles) error {
	if err := f.SetSheetName("Sheet1", p.sheets[0]); err != nil {
		return err
	}
	for _, name := range append(append([]string{}, p.sheets[1:]...), hiddenSheet, p.words.info) {
		if _, err := f.NewSheet(name); err != nil {
			return err
		}
	}
	widths := p.widths()
	for i, name := range p.sheets {
		if err := p.dataSheet(f, name, i, widths); err != nil {
			return err
		}
	}
	if err := f.SetSheetVisible(hiddenSheet, false, true); err != nil {
		return err
	}
	if err := (&info{plan: p, f: f, st: st, sheet: p.words.info}).write(); err != nil {
		return err
	}
	if p.o.Chart != NoChart {
		if err := p.chart(f); err != nil {
			return err
		}
	}
	// People see the data first, then a picture of them, then what they are; the
	// hidden sheet comes last.
	if err := f.MoveSheet(p.words.info, hiddenSheet); err != nil {
		return err
	}
	if i, err := f.GetSheetIndex(p.words.chart); err == nil && i >= 0 {
		if err := f.MoveSheet(p.words.chart, p.words.info); err != nil {
			return err
		}
	}
	f.SetActiveSheet(0)
	return p.properties(f)
}

// properties says what the file is. Its times are those of the data: there is no
// clock in it.
func (p *plan) properties(f *excelize.File) error {
	made := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	if t, err := p.ds.UpdatedTime(); err == nil {
		made = t.UTC()
	}
	day := made.Format("2006-01-02T15:04:05Z")
	creator := oneLine(p.ds.Source())
	if creator == "" {
		creator = "JSON-stat"
	}
	title, _ := cut(clean(oneLine(p.ds.Label())), 255)
	creator, _ = cut(clean(creator), 255)
	return f.SetDocProps(&excelize.DocProperties{Title: title, Creator: creator, LastModifiedBy: creator, Created: day, Modified: day})
}

// dataSheet makes all of a data sheet but its rows.
func (p *plan) dataSheet(f *excelize.File, name string, number int, widths []float64) error {
	header := int64(p.title + p.levels)
	rows := min(max(p.rows-int64(number)*p.room(), 0), p.room())
	last := cellName(max(len(p.cols), 1)-1, header+rows)
	if err := f.SetSheetDimension(name, "A1:"+last); err != nil {
		return err
	}
	frozen := p.frozen(widths)
	panes := &excelize.Panes{Freeze: true, XSplit: frozen, YSplit: int(header), TopLeftCell: cellName(frozen, header+1), ActivePane: "bottomLeft"}
	if frozen > 0 {
		panes.ActivePane = "bottomRight"
	}
	panes.Selection = []excelize.Selection{{Pane: panes.ActivePane, ActiveCell: panes.TopLeftCell, SQRef: panes.TopLeftCell}}
	if err := f.SetPanes(name, panes); err != nil {
		return err
	}
	if rows > 0 {
		if err := f.AutoFilter(name, cellName(0, header)+":"+last, nil); err != nil {
			return err
		}
	}
	return p.printing(f, name, header, frozen)
}

// frozen is how many columns stay in sight: those that name the rows of a pivot,
// if they leave room for others.
func (p *plan) frozen(widths []float64) int {
	n, total := 0, 0.0
	if !p.layout.Pivoted() {
		return 0
	}
	for i, c := range p.cols {
		if c.kind != dimensionColumn {
			break
		}
		n++
		total += widths[i]
	}
	if total > 80 {
		return 0
	}
	return n
}

// columnsElement says how wide the columns are. excelize takes the square of their
// number for it.
func (p *plan) columnsElement() string {
	var b strings.Builder
	b.WriteString("<cols>")
	for i, width := range p.widths() {
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%g" customWidth="1"/>`, i+1, i+1, width)
	}
	b.WriteString("</cols>")
	if len(p.cols) == 0 {
		return ""
	}
	return b.String()
}

// mergeElement makes one cell of those that have one text in the upper rows of a
// header.
func (p *plan) mergeElement() string {
	first := slices.IndexFunc(p.cols, func(c column) bool { return c.kind == valueColumn })
	width := 1
	if p.status == StatusColumn {
		width = 2
	}
	var b strings.Builder
	n := 0
	span := p.layout.Values
	for level := range p.levels - 1 {
		span /= max(p.ds.Shape()[p.layout.By[level]], 1)
		if span*width < 2 {
			continue
		}
		row := int64(p.title + level + 1)
		for k := 0; k < p.layout.Values; k += span {
			from := first + k*width
			fmt.Fprintf(&b, `<mergeCell ref="%s:%s"/>`, cellName(from, row), cellName(from+span*width-1, row))
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(`<mergeCells count="%d">%s</mergeCells>`, n, b.String())
}

// printing sets up the printing of a sheet: across, as wide as the paper, its
// header on every page.
func (p *plan) printing(f *excelize.File, sheet string, header int64, frozen int) error {
	paper, across, pages, wide, yes := 9, "landscape", 0, 1, true // A4
	if len(p.cols) > 16 {
		wide = 0 // as many pages as it takes
	}
	if err := f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &paper, Orientation: &across, FitToHeight: &pages, FitToWidth: &wide}); err != nil {
		return err
	}
	side, edge, foot := 0.5, 0.75, 0.3 // inches
	if err := f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &edge, Bottom: &edge, Header: &foot, Footer: &foot}); err != nil {
		return err
	}
	if err := f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L&A&R&P / &N"}); err != nil {
		return err
	}
	repeat := fmt.Sprintf("'%s'!$%d:$%d", sheet, p.title+1, header)
	if frozen > 0 {
		repeat = fmt.Sprintf("'%s'!$A:$%s,%s", sheet, columnName(frozen-1), repeat)
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: repeat, Scope: sheet})
}

// Widths of columns, in characters.
const (
	narrow = 9
	wide   = 60
)

// widths are the widths of the columns, by what stands in them.
func (p *plan) widths() []float64 {
	list := make([]float64, len(p.cols))
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
		list[i] = float64(min(max(n, narrow), wide))
	}
	return list
}

// heights are the heights of the rows of the header, in points: not all programs
// make room for the lines into which texts break.
func (p *plan) heights() []int {
	const line, most = 16, 6
	widths := p.widths()
	list := make([]int, p.levels)
	for i, c := range p.cols {
		lines := 1 + (length(c.header)+3)/max(int(widths[i]), 1)
		if c.date {
			lines = 1
		}
		list[p.levels-1] = max(list[p.levels-1], line*min(lines, most))
	}
	for level := range p.levels - 1 {
		list[level] = line + 2
	}
	list[p.levels-1] = max(list[p.levels-1], line+2)
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
