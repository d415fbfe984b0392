package pxwebtest

import (
	"fmt"
	"hash/fnv"
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

func (e *extract) codePage() string { return or(e.t.CodePage, or(e.host.CodePage, "iso-8859-1")) }

// writeCSV writes csv (a table with the heading's values as columns), csv2 (one
// figure a line, texts) or csv3 (the same in codes). Quotes inside texts are not
// doubled, as on the real servers.
func (e *extract) writeCSV(w http.ResponseWriter, format string, params outputParams) {
	page := e.codePage()
	setType(w, "text/csv; charset="+or(e.host.CSVHeader, page))
	c := &csvWriter{w: w, page: page, separator: or(params.separator, ",")}
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
		name = func(p pick) string { return p.code + " " + p.text.In(e.lang) }
	}
	if format == "csv" {
		head := name
		if params.old {
			head = func(p pick) string { return p.code }
		}
		e.pivoted(c, name, head)
	} else {
		e.long(c, name, format == "csv3")
	}
	c.flush()
}

func quoted(s string) string { return `"` + s + `"` }

// long writes a line for each figure.
func (e *extract) long(c *csvWriter, name func(pick) string, codes bool) {
	for _, i := range e.shown {
		if codes {
			c.cell(quoted(e.axes[i].v.Code))
		} else {
			c.cell(quoted(e.axes[i].v.Text.In(e.lang)))
		}
	}
	if codes {
		c.cell(quoted(e.t.ID))
	} else {
		c.cell(quoted(e.label()))
	}
	c.line()
	for w := e.walk(); ; {
		token, symbol, ok := w.next()
		if !ok {
			return
		}
		for _, i := range e.shown {
			c.cell(quoted(name(e.axes[i].picks[w.at[i]])))
		}
		c.figure(token, symbol)
		c.line()
	}
}

// pivoted writes a column for each combination of the heading's values.
func (e *extract) pivoted(c *csvWriter, name, head func(pick) string) {
	stub, columns := 0, 1
	heads := []string{""}
	for _, i := range e.shown {
		a := &e.axes[i]
		if !a.heading {
			c.cell(quoted(a.v.Text.In(e.lang)))
			stub++
			continue
		}
		var longer []string
		for _, h := range heads {
			for _, p := range a.picks {
				longer = append(longer, strings.TrimSpace(h+" "+head(p)))
			}
		}
		heads, columns = longer, columns*len(a.picks)
	}
	for _, h := range heads {
		c.cell(quoted(h))
	}
	c.line()
	w := e.walk()
	for n := 0; ; n++ {
		token, symbol, ok := w.next()
		if !ok {
			return
		}
		if n%columns == 0 {
			for _, i := range e.shown[:stub] {
				c.cell(quoted(name(e.axes[i].picks[w.at[i]])))
			}
		}
		c.figure(token, symbol)
		if (n+1)%columns == 0 {
			c.line()
		}
	}
}

// A csvWriter writes cells in a code page.
type csvWriter struct {
	w               io.Writer
	page, separator string
	buf             []byte
	begun           bool
}

func (c *csvWriter) cell(text string) {
	if c.begun {
		c.buf = append(c.buf, c.separator...)
	}
	c.begun = true
	c.buf = append(c.buf, encode(text, c.page)...)
}

func (c *csvWriter) figure(token []byte, symbol string) {
	if len(token) > 0 {
		symbol = string(token)
	}
	c.cell(or(symbol, ".."))
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

// writePXJSON writes format json: columns, and the figures as texts by key.
func (e *extract) writePXJSON(w io.Writer) {
	e.added = nil
	j := &jsonWriter{w: w}
	j.object(func() {
		j.key("columns").array(func() {
			for _, i := range e.shown {
				v := e.axes[i].v
				kind := "d"
				if v.Kind == Time {
					kind = "t"
				}
				j.object(func() {
					j.key("code").text(v.Code)
					j.key("text").text(v.Text.In(e.lang))
					j.key("type").text(kind)
				})
			}
			j.object(func() {
				j.key("code").text(e.t.matrix())
				j.key("text").text(e.t.contents().In(e.lang))
				j.key("type").text("c")
			})
		})
		j.key("comments").array(func() {})
		j.key("data").array(func() { e.pxData(j) })
		j.key("metadata").array(func() {
			j.object(func() {
				j.key("infofile").text(or(e.t.Infofile, "None"))
				j.key("updated").text(e.updated().UTC().Format("2006-01-02T15:04:05Z"))
				j.key("label").text(e.label())
				j.key("source").text(e.t.Source.In(e.lang))
			})
		})
	})
	j.flush()
}

func (e *extract) pxData(j *jsonWriter) {
	for w := e.walk(); ; {
		token, symbol, ok := w.next()
		if !ok {
			return
		}
		j.object(func() {
			j.key("key").array(func() {
				for _, i := range e.shown {
					j.text(e.axes[i].picks[w.at[i]].code)
				}
			})
			if len(token) > 0 {
				symbol = string(token)
			}
			j.key("values").texts([]string{or(symbol, "..")})
		})
	}
}

// writeOpaque writes formats of which only the bytes matter: the right type and
// beginning, and a figure that tells extracts apart.
func (e *extract) writeOpaque(w http.ResponseWriter, format string) {
	sum := fnv.New64a()
	for walk := e.walk(); ; {
		token, symbol, ok := walk.next()
		if !ok {
			break
		}
		fmt.Fprintf(sum, "%s%s,", token, symbol)
	}
	digest := fmt.Sprintf("%016x", sum.Sum64())
	switch format {
	case "xlsx":
		setType(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		io.WriteString(w, "PK\x03\x04\x00\xff"+digest)
	case "px":
		setType(w, "application/octet-stream")
		page := e.codePage()
		w.Write(encode("CHARSET=\"ANSI\";\r\nAXIS-VERSION=\"2013\";\r\nCODEPAGE=\""+page+"\";\r\nLANGUAGE=\""+e.lang+"\";\r\nTITLE=\""+e.label()+"\";\r\nDATA=\r\n"+digest+";\r\n", page))
	case "sdmx":
		setType(w, "text/xml")
		io.WriteString(w, `<?xml version="1.0" encoding="utf-8"?><MessageGroup><DataSet>`+digest+`</DataSet></MessageGroup>`)
	case "html":
		setType(w, "text/html; charset=utf-8")
		io.WriteString(w, "<table><caption>"+e.label()+"</caption><tr><td>"+digest+"</td></tr></table>")
	case "parquet":
		setType(w, "application/octet-stream")
		io.WriteString(w, "PAR1"+digest+"PAR1")
	}
}
