package xlsxconv

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// styles are the numbers of the styles of a workbook.
type styles struct {
	title, header, headerRight, headerOver, headerDate int // of the data sheets
	text, date, status                                 int

	decimals []int // that occur, -1 for as many as a number has
	numbers  []int // the style of each

	big, section, term, cell, link int // of the information sheet
}

// maxDecimals is the most decimals that a number format shows.
const maxDecimals = 30

// number is which of the number styles shows that many decimals.
func (st *styles) number(decimals int) int {
	return slices.Index(st.decimals, min(max(decimals, -1), maxDecimals))
}

// format is the number format for that many decimals. Its separators are those of
// whoever opens the workbook.
func format(decimals int) string {
	switch {
	case decimals < 0:
		return "General"
	case decimals == 0:
		return "#,##0"
	}
	return "#,##0." + strings.Repeat("0", decimals)
}

// dayFormat shows a day.
const dayFormat = "yyyy-mm-dd"

// Colours: dark text on a light header, and the lines around it.
const (
	headerFill = "DDE6ED"
	lineColor  = "7A8A99"
	linkColor  = "0B5394"
	chartColor = "404040"
)

// family is the font of a workbook without styles.
const family = "Calibri"

// newStyles adds our styles to a workbook, with a number format for each of these decimals.
func newStyles(f *excelize.File, places []int) (*styles, error) {
	st := &styles{}
	var first error
	add := func(s excelize.Style) int {
		n, err := f.NewStyle(&s)
		if err != nil && first == nil {
			first = err
		}
		return n
	}
	line := []excelize.Border{{Type: "bottom", Color: lineColor, Style: 1}}
	fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{headerFill}}
	bold := &excelize.Font{Bold: true, Family: family, Size: 11}
	head := func(horizontal string, numFmt *string) excelize.Style {
		return excelize.Style{Font: bold, Fill: fill, Border: line, CustomNumFmt: numFmt, Alignment: &excelize.Alignment{Horizontal: horizontal, Vertical: "center", WrapText: true}}
	}
	day, asText := dayFormat, "@"
	st.title = add(excelize.Style{Font: &excelize.Font{Bold: true, Family: family, Size: 14}, Alignment: &excelize.Alignment{Vertical: "center"}})
	st.header, st.headerRight, st.headerOver = add(head("left", &asText)), add(head("right", &asText)), add(head("left", &asText))
	st.headerDate = add(head("right", &day))
	st.text = add(excelize.Style{CustomNumFmt: &asText})
	st.date = add(excelize.Style{CustomNumFmt: &day, Alignment: &excelize.Alignment{Horizontal: "left"}})
	st.status = add(excelize.Style{CustomNumFmt: &asText, Alignment: &excelize.Alignment{Horizontal: "right"}})
	for _, n := range places {
		n = min(max(n, -1), maxDecimals)
		if slices.Contains(st.decimals, n) {
			continue
		}
		st.decimals = append(st.decimals, n)
		style := 0
		if n >= 0 {
			f := format(n)
			style = add(excelize.Style{CustomNumFmt: &f})
		}
		st.numbers = append(st.numbers, style)
	}
	top := excelize.Alignment{Vertical: "top", WrapText: true}
	st.big = add(excelize.Style{Font: &excelize.Font{Bold: true, Family: family, Size: 14}})
	st.section = add(excelize.Style{Font: &excelize.Font{Bold: true, Family: family, Size: 12}, Border: line})
	st.term = add(excelize.Style{Font: bold, Alignment: &top})
	st.cell = add(excelize.Style{Alignment: &top, CustomNumFmt: &asText})
	st.link = add(excelize.Style{Alignment: &top, Font: &excelize.Font{Color: linkColor, Underline: "single", Family: family, Size: 11}})
	return st, first
}
