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

// A pageWriter gathers what a format has in a code page.
type pageWriter struct {
	w    io.Writer
	page string
	end  string // of a line
	buf  []byte
}

// newPageWriter is for answers: the lines of version 2 end as on the servers' own system.
func newPageWriter(w io.Writer, e *extract) pageWriter {
	p := pageWriter{w: w, page: codePage(e), end: "\r\n"}
	if e.second {
		p.end = "\n"
	}
	return p
}

func (p *pageWriter) flush() {
	p.w.Write(p.buf)
	p.buf = p.buf[:0]
}

// A csvWriter writes the cells of an extract.
type csvWriter struct {
	*extract
	pageWriter
	separator string
	comma     bool // in the place of the point of decimals
	begun     bool
}

// writeCSV writes csv (a table with the heading's values as columns), csv2 (one
// figure a line, texts) or csv3 (the same in codes). Quotes inside texts are not
// doubled, as on the real servers. That of version 2 has codes where nothing else is
// asked for.
func writeCSV(w http.ResponseWriter, e *extract, format string, params outputParams) {
	c := &csvWriter{extract: e, pageWriter: newPageWriter(w, e), separator: cmp.Or(params.separator, ",")}
	setType(w, "text/csv; charset="+cmp.Or(e.host.CSVHeader, c.page))
	if c.page == "utf-8" {
		io.WriteString(w, "\ufeff")
	}
	switch {
	case format == "csv3":
		c.long(pick.codeIn, true)
	case format == "csv2":
		c.long(pick.textIn, false)
	case params.old:
		c.pivoted(pick.textIn, pick.codeIn)
	default:
		if params.title {
			c.cell(quoted(e.label()))
			c.line()
			c.line()
		}
		c.pivoted(params.name(), params.name())
	}
	c.flush()
}

// name is how the parameters want categories to be called.
func (o outputParams) name() naming {
	switch {
	case o.texts && o.codes:
		return func(p pick, lang string) string { return p.code + " - " + p.text.In(lang) }
	case o.texts:
		return pick.textIn
	}
	return pick.codeIn
}

func quoted(s string) string { return `"` + s + `"` }

// long writes a line for each figure.
func (c *csvWriter) long(name naming, codes bool) {
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
			c.cell(quoted(name(c.axes[i].picks[w.at[i]], c.lang)))
		}
		c.figure(w)
		c.line()
	}
}

// pivoted writes a column for each combination of the heading's values. In version 2
// variables are called as their values are, and a line begins with an empty field where
// nothing is in the stub.
func (c *csvWriter) pivoted(name, head naming) {
	stub, heading := c.sides()
	called := pick.textIn
	if c.second {
		called = name
	}
	for _, variable := range c.names(stub, called) {
		c.cell(quoted(variable))
	}
	if c.second && len(stub) == 0 {
		c.cell("")
	}
	heads := []string{""}
	for _, i := range heading {
		heads = crossed(heads, &c.axes[i], head, c.lang)
	}
	for _, h := range heads {
		if h == "" {
			h = c.t.contents().In(c.lang) // everything is in the stub
		}
		c.cell(quoted(h))
	}
	c.line()
	w := newWalk(c.extract)
	for n := 0; w.next(); n++ {
		if n%len(heads) == 0 {
			for _, i := range stub {
				c.cell(quoted(name(c.axes[i].picks[w.at[i]], c.lang)))
			}
			if c.second && len(stub) == 0 {
				c.cell("")
			}
		}
		c.figure(w)
		if (n+1)%len(heads) == 0 {
			c.line()
		}
	}
}

// crossed are all heads with each category of one more axis behind them.
func crossed(heads []string, a *axis, name naming, lang string) []string {
	longer := make([]string, 0, len(heads)*len(a.picks))
	for _, h := range heads {
		for _, p := range a.picks {
			longer = append(longer, strings.TrimSpace(h+" "+name(p, lang)))
		}
	}
	return longer
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
	if c.second {
		text = w.figure()
	}
	if c.comma && len(w.token) > 0 {
		text = strings.Replace(text, ".", ",", 1)
	}
	c.cell(text)
}

func (c *csvWriter) line() {
	c.buf = append(c.buf, c.end...)
	c.begun = false
	if len(c.buf) > flushAt {
		c.flush()
	}
}
