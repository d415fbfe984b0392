package pxserver

import (
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"strings"
)

// writeHTML writes an extract as a bare table, as the real servers do: a row for each
// label of the stub, of which only the innermost have figures, and commas between
// thousands.
func writeHTML(w http.ResponseWriter, e *extract, params outputParams) {
	setType(w, "text/html; charset=utf-8")
	g := gridOf(e, params.name())
	sum := fnv.New64a() // the real ones draw it by chance
	io.WriteString(sum, e.label())
	var b strings.Builder
	fmt.Fprintf(&b, "<table id=\"table-%016x\" aria-describedby=\"\">\n", sum.Sum64())
	if params.title {
		fmt.Fprintf(&b, "<caption>%s</caption>\n", xmlText(e.label()))
	}
	b.WriteString("<thead>\n")
	for _, row := range g.heads() {
		b.WriteString("<tr><th></th>")
		for _, s := range row {
			fmt.Fprintf(&b, "<th scope=\"col\" colspan=\"%d\">%s</th>", s.width, xmlText(s.text))
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</thead>\n<tbody>\n")
	g.rows(func(texts []string, begins int, cells *walk, next func()) {
		for k := begins; k < len(texts)-1; k++ {
			fmt.Fprintf(&b, "<tr><th scope=\"row\">%s</th>%s</tr>\n", xmlText(texts[k]), strings.Repeat("<td></td>", g.columns))
		}
		last := ""
		if len(texts) > 0 {
			last = texts[len(texts)-1]
		}
		fmt.Fprintf(&b, "<tr><th scope=\"row\">%s</th>", xmlText(last))
		for range g.columns {
			figure := xmlText(cells.figure())
			if len(cells.token) > 0 {
				figure = thousands(figure)
			}
			b.WriteString("<td>" + figure + "</td>")
			next()
		}
		b.WriteString("</tr>\n")
		if b.Len() > flushAt {
			io.WriteString(w, b.String())
			b.Reset()
		}
	})
	b.WriteString("</tbody>\n</table>\n")
	io.WriteString(w, b.String())
}
