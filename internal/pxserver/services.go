package pxserver

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// services are what a site has besides PxWebApi.
type services struct{ *site }

// find is what answers a path that is no part of PxWebApi: ready-made
// datasets, Klass, Vardok, the subject structure, pages. They have no limit of
// calls. nil is none of them.
func (s services) find(path []string) http.HandlerFunc {
	if !s.host.Services {
		return nil
	}
	at := func(prefix ...string) ([]string, bool) {
		n := min(len(prefix), len(path))
		return path[n:], slices.Equal(path[:n], prefix)
	}
	if rest, ok := at("api", "v0", "dataset"); ok && len(rest) == 1 {
		return func(w http.ResponseWriter, r *http.Request) { s.dataset(w, r, rest[0]) }
	} else if ok && len(rest) == 0 {
		return s.datasetPage
	}
	if rest, ok := at("api", "klass", "v1"); ok {
		return func(w http.ResponseWriter, r *http.Request) { klass(w, r, rest) }
	}
	if rest, ok := at("a", "xml", "metadata", "conceptvariable", "vardok"); ok && len(rest) == 2 {
		return func(w http.ResponseWriter, r *http.Request) { vardok(w, rest[0], rest[1]) }
	}
	if _, ok := at("xp", "_", "service", "mimir", "subjectStructurStatistics"); ok {
		return func(w http.ResponseWriter, r *http.Request) { s.subjectStructure(w) }
	}
	for _, page := range [][]string{{"api", "v0", "no", "console"}, {"api", "v0", "en", "console"}, {"statbank", "table"}, {"en", "statbank", "table"}, {"tabell"}, {"a", "metadata"}, {"klass"}} {
		if _, ok := at(page...); ok {
			return func(w http.ResponseWriter, r *http.Request) {
				Body{200, "", "<html><head><title>Statistikkbanken</title></head><body><h1>Statistikkbanken</h1></body></html>"}.write(w)
			}
		}
	}
	return nil
}

// datasetPage is the page of the ready-made datasets, which people and clients read.
func (s services) datasetPage(w http.ResponseWriter, r *http.Request) {
	lang := cmp.Or(r.URL.Query().Get("lang"), "no")
	setType(w, "text/html; charset=utf-8")
	var b strings.Builder
	b.WriteString("<html><head><title>API</title></head><body><table>\n<thead><tr><th>Title</th><th>Tags</th><th>ID</th></tr></thead>\n<tbody>\n")
	for _, t := range s.ready() {
		subject, _ := t.subject()
		fmt.Fprintf(&b, "<tr><td>%s</td><td>%s, %s</td><td><a href=\"/api/v0/dataset/%s.json?lang=%s\">%s</a></td></tr>\n", xmlText(t.Title.In(lang)), xmlText(subject), xmlText(t.ID), t.Dataset, xmlText(lang), t.Dataset)
	}
	b.WriteString("</tbody></table></body></html>\n")
	w.Write([]byte(b.String()))
}

// ready are the tables of which there are ready-made datasets.
func (s services) ready() []*Table {
	return slices.DeleteFunc(slices.Clone(s.tables), func(t *Table) bool { return t.Dataset == "" })
}

// dataset answers a ready-made dataset, or their list.
func (s services) dataset(w http.ResponseWriter, r *http.Request, file string) {
	lang := cmp.Or(r.URL.Query().Get("lang"), "no")
	id, form, ok := strings.Cut(file, ".")
	if !ok || form != "json" && form != "csv" || r.Method == http.MethodPost {
		http.NotFound(w, r)
		return
	}
	ready := s.ready()
	if id == "list" {
		s.datasetList(w, form, lang, ready)
		return
	}
	i := slices.IndexFunc(ready, func(t *Table) bool { return t.Dataset == id })
	if i >= 0 && s.retired {
		Body{http.StatusGone, "text/html; charset=utf-8", "<html><body><h1>410 Gone</h1></body></html>"}.write(w)
		return
	}
	var e *extract
	if i >= 0 {
		e, _ = (&query2{}).extract(ready[i], s.host, s.maxCells)
	}
	if e == nil {
		http.NotFound(w, r)
		return
	}
	e.lang = lang
	if form == "json" {
		setType(w, "application/json; charset=utf-8")
		writeJSONStat1(w, e)
		return
	}
	setType(w, "text/csv; charset=iso-8859-1")
	c := &csvWriter{extract: e, pageWriter: pageWriter{w: w, page: "iso-8859-1", end: "\r\n"}, separator: ";", comma: true}
	if lang == "en" {
		c.separator, c.comma = ",", false
	}
	c.long(func(p pick, lang string) string { return p.code + " " + p.text.In(lang) }, false)
	c.flush()
}

func (s services) datasetList(w http.ResponseWriter, form, lang string, ready []*Table) {
	if form == "csv" {
		setType(w, "text/csv; charset=iso-8859-1")
		w.Write(encode("id;title;tags\r\n", "iso-8859-1"))
		for _, t := range ready {
			w.Write(encode(fmt.Sprintf("%s;\"%s\";%s\r\n", t.Dataset, t.Title.In(lang), t.ID), "iso-8859-1"))
		}
		return
	}
	writeObject(w, func(j *jsonWriter) {
		j.key("datasets").array(func() {
			for _, t := range ready {
				subject, _ := t.subject()
				j.object(func() {
					j.key("id").text(t.Dataset)
					j.key("title").text(t.Title.In(lang))
					j.key("lang").text(lang)
					j.key("modified").text(s.updated(t).In(local).Format(localLayout))
					j.key("tags").texts([]string{subject, t.ID})
				})
			}
		})
	})
}

// subjectStructure answers where all statistics stand, as XML.
func (s services) subjectStructure(w http.ResponseWriter) {
	setType(w, "text/xml")
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<result>\n  <emnestruktur>\n")
	titles := func(indent string, t Text) {
		fmt.Fprintf(&b, "%s<titler>\n%s  <tittel sprak=\"no\">%s</tittel>\n%s  <tittel sprak=\"en\">%s</tittel>\n%s</titler>\n", indent, indent, xmlText(t.In("no")), indent, xmlText(t.In("en")), indent)
	}
	for _, main := range s.subjects {
		if strings.Contains(main.Path, "/") || main.Headline {
			continue
		}
		fmt.Fprintf(&b, "    <hovedemne emnekode=\"%s\">\n", xmlText(main.Path))
		titles("      ", main.Text)
		for _, sub := range s.subjects {
			rest, below := strings.CutPrefix(sub.Path, main.Path+"/")
			if !below || strings.Contains(rest, "/") {
				continue
			}
			fmt.Fprintf(&b, "      <delemne emnekode=\"%s\">\n", xmlText(rest))
			titles("        ", sub.Text)
			for _, statistic := range s.subjects {
				if short, in := strings.CutPrefix(statistic.Path, sub.Path+"/"); in && !strings.Contains(short, "/") {
					fmt.Fprintf(&b, "        <Statistikk kortnavn=\"%s\" isPrimaerPlassering=\"%s\">\n", xmlText(short), yesNo(s.primary(short) == sub.Path))
					titles("          ", statistic.Text)
					b.WriteString("        </Statistikk>\n")
				}
			}
			b.WriteString("      </delemne>\n")
		}
		b.WriteString("    </hovedemne>\n")
	}
	b.WriteString("  </emnestruktur>\n</result>\n")
	w.Write([]byte(b.String()))
}

// primary is the first level below which a statistic stands.
func (s services) primary(short string) string {
	for _, l := range s.subjects {
		if level, ok := strings.CutSuffix(l.Path, "/"+short); ok {
			return level
		}
	}
	return ""
}

func yesNo(b bool) string {
	if b {
		return "True"
	}
	return "False"
}
