package pxserver

import (
	"archive/zip"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// The parts of a workbook of one sheet besides the sheet.
var workbook = []struct{ name, text string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="%s" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// writeXLSX writes an extract as a workbook of one sheet: the title, the heading's
// categories, a row for each combination of the stub, and the source.
func writeXLSX(w http.ResponseWriter, e *extract, params outputParams) {
	setType(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	g := gridOf(e, params.name())
	if params.old {
		g.name = pick.textIn
	}
	z := zip.NewWriter(w)
	for _, part := range workbook {
		out, err := z.Create(part.name)
		if err != nil {
			return // nobody reads on
		}
		text := part.text
		if part.name == "xl/workbook.xml" {
			text = fmt.Sprintf(text, xmlText(e.t.ID))
		}
		io.WriteString(out, xmlHead+text)
	}
	out, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return
	}
	s := &sheet{w: out}
	io.WriteString(out, xmlHead+`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	s.grid(g)
	io.WriteString(out, `</sheetData></worksheet>`)
	z.Close()
}

// A sheet writes rows of cells.
type sheet struct {
	w        io.Writer
	row, col int
}

func (s *sheet) begin() {
	s.row++
	s.col = 0
	fmt.Fprintf(s.w, `<row r="%d">`, s.row)
}

func (s *sheet) end() { io.WriteString(s.w, "</row>") }

// column is the name of a column: A, B, ... Z, AA.
func column(n int) string {
	name := ""
	for n++; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// text writes a cell with a text; an empty one is not there.
func (s *sheet) text(text string) {
	if text != "" {
		fmt.Fprintf(s.w, `<c r="%s%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, column(s.col), s.row, xmlText(text))
	}
	s.col++
}

func (s *sheet) number(figure string) {
	if _, err := strconv.ParseFloat(figure, 64); err != nil {
		s.text(figure)
		return
	}
	fmt.Fprintf(s.w, `<c r="%s%d"><v>%s</v></c>`, column(s.col), s.row, figure)
	s.col++
}

// grid writes the whole of a sheet.
func (s *sheet) grid(g *grid) {
	s.begin()
	s.text(g.e.label())
	s.end()
	s.row++
	for _, row := range g.heads() {
		s.begin()
		s.col = len(g.stub)
		for _, c := range row {
			s.text(c.text)
			s.col += c.width - 1
		}
		s.end()
	}
	g.rows(func(texts []string, begins int, w *walk, next func()) {
		s.begin()
		for k, text := range texts {
			if k < begins {
				text = "" // as in the row above
			}
			s.text(text)
		}
		for range g.columns {
			if len(w.token) > 0 {
				s.number(w.figure())
			} else {
				s.text(w.figure())
			}
			next()
		}
		s.end()
	})
	s.row++
	s.begin()
	s.text(g.e.t.Source.In(g.e.lang))
	s.end()
}
