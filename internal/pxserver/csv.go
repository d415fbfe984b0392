package pxserver

import (
	"cmp"
	"io"
	"net/http"
	"strings"
)

// outputParams are what v2 lets one say about csv, html and xlsx.
type outputParams struct {
	old       bool // v1: the format's name says it all
	texts     bool
	codes     bool
	title     bool
	separator string
}

// encode is a text in a code page; what it has no letter for becomes "?".
func encode(text, codePage string) []byte {
	if codePage == "utf-8" {
		return []byte(text)
	}
	b := make([]byte, 0, len(text))
	for _, r := range text {
		switch {
		case codePage == "iso-8859-15" && r == '€':
			b = append(b, 0xA4)
		case r < 256:
			b = append(b, byte(r))
		default:
			b = append(b, '?')
		}
	}
	return b
}

func codePage(e *extract) string { return cmp.Or(e.t.CodePage, e.host.CodePage, "iso-8859-1") }

// A csvWriter writes the cells of an extract in a code page.
type csvWriter struct {
	*extract
	w               io.Writer
	page, separator string
	comma           bool // in the place of the point of decimals
	buf             []byte
	begun           bool
}

// writeCSV writes csv (a table with the heading's values as columns), csv2 (one
// figure a line, texts) or csv3 (the same in codes). Quotes inside texts are not
// doubled, as on the real servers.
func writeCSV(w http.ResponseWriter, e *extract, format string, params outputParams) {
	page := codePage(e)
	setType(w, "text/csv; charset="+cmp.Or(e.host.CSVHeader, page))
	c := &csvWriter{extract: e, w: w, page: page, separator: cmp.Or(params.separator, ",")}
	if page == "utf-8" {
		io.WriteString(w, "\ufeff")
	}
	e.added = nil
	if params.title {
		c.cell(quoted(e.label()))
		c.line()
	}
	name := func(p pick) string { return p.text.In(e.lang) }
	if format == "csv3" || !params.old && !params.texts || params.codes && !params.texts {
		name = func(p pick) string { return p.code }
	} else if params.codes {
		name = c.codeAndText
	}
	if format == "csv" {
		head := name
		if params.old {
			head = func(p pick) string { return p.code }
		}
		c.pivoted(name, head)
	} else {
		c.long(name, format == "csv3")
	}
	c.flush()
}

func quoted(s string) string { return `"` + s + `"` }

func (c *csvWriter) codeAndText(p pick) string { return p.code + " " + p.text.In(c.lang) }

// long writes a line for each figure.
func (c *csvWriter) long(name func(pick) string, codes bool) {
	for _, i := range c.shown {
		if codes {
			c.cell(quoted(c.axes[i].v.Code))
		} else {
			c.cell(quoted(c.axes[i].v.Text.In(c.lang)))
		}
	}
	if codes {
		c.cell(quoted(c.t.ID))
	} else {
		c.cell(quoted(c.label()))
	}
	c.line()
	for w := newWalk(c.extract); w.next(); {
		for _, i := range c.shown {
			c.cell(quoted(name(c.axes[i].picks[w.at[i]])))
		}
		c.figure(w)
		c.line()
	}
}

// pivoted writes a column for each combination of the heading's values.
func (c *csvWriter) pivoted(name, head func(pick) string) {
	stub := 0
	heads := []string{""}
	for _, i := range c.shown {
		a := &c.axes[i]
		if !a.heading {
			c.cell(quoted(a.v.Text.In(c.lang)))
			stub++
			continue
		}
		var longer []string
		for _, h := range heads {
			for _, p := range a.picks {
				longer = append(longer, strings.TrimSpace(h+" "+head(p)))
			}
		}
		heads = longer
	}
	for _, h := range heads {
		c.cell(quoted(h))
	}
	c.line()
	w := newWalk(c.extract)
	for n := 0; w.next(); n++ {
		if n%len(heads) == 0 {
			for _, i := range c.shown[:stub] {
				c.cell(quoted(name(c.axes[i].picks[w.at[i]])))
			}
		}
		c.figure(w)
		if (n+1)%len(heads) == 0 {
			c.line()
		}
	}
}

func (c *csvWriter) cell(text string) {
	if c.begun {
		c.buf = append(c.buf, c.separator...)
	}
	c.begun = true
	c.buf = append(c.buf, encode(text, c.page)...)
}

func (c *csvWriter) figure(w *walk) {
	text := w.text()
	if c.comma && len(w.token) > 0 {
		text = strings.Replace(text, ".", ",", 1)
	}
	c.cell(text)
}

func (c *csvWriter) line() {
	c.buf = append(c.buf, "\r\n"...)
	c.begun = false
	if len(c.buf) > flushAt {
		c.flush()
	}
}

func (c *csvWriter) flush() {
	c.w.Write(c.buf)
	c.buf = c.buf[:0]
}
