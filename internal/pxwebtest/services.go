package pxwebtest

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// service is what answers a path that is no part of PxWebApi: ready-made
// datasets, Klass, Vardok, the subject structure, pages. They have no limit of
// calls. nil is none of them.
func (s *Server) service(path []string) http.HandlerFunc {
	if !s.host.Services {
		return nil
	}
	at := func(prefix ...string) ([]string, bool) {
		if len(path) < len(prefix) {
			return nil, false
		}
		for i, p := range prefix {
			if path[i] != p {
				return nil, false
			}
		}
		return path[len(prefix):], true
	}
	if rest, ok := at("api", "v0", "dataset"); ok && len(rest) == 1 {
		return func(w http.ResponseWriter, r *http.Request) { s.dataset(w, r, rest[0]) }
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

// datasetTables are the tables that are there as ready-made datasets as well, by
// the number of the dataset.
func (s *Server) datasetTables() (numbers []string, tables []*Table) {
	for _, t := range s.tables {
		if t.Dataset != "" {
			numbers, tables = append(numbers, t.Dataset), append(tables, t)
		}
	}
	return numbers, tables
}

// dataset answers a ready-made dataset, or their list.
func (s *Server) dataset(w http.ResponseWriter, r *http.Request, file string) {
	lang := or(r.URL.Query().Get("lang"), "no")
	id, form, ok := strings.Cut(file, ".")
	if !ok || form != "json" && form != "csv" || r.Method == http.MethodPost {
		http.NotFound(w, r)
		return
	}
	numbers, tables := s.datasetTables()
	if id == "list" {
		s.datasetList(w, form, lang, numbers, tables)
		return
	}
	for i, n := range numbers {
		if n != id {
			continue
		}
		if s.retired {
			Body{http.StatusGone, "text/html; charset=utf-8", "<html><body><h1>410 Gone</h1></body></html>"}.write(w)
			return
		}
		e, bad := s.extract2(tables[i], &query2{})
		if bad != nil {
			http.NotFound(w, r)
			return
		}
		e.lang = lang
		if form == "json" {
			setType(w, "application/json; charset=utf-8")
			e.writeJSONStat1(w)
			return
		}
		e.datasetCSV(w)
		return
	}
	http.NotFound(w, r)
}

func (s *Server) datasetList(w http.ResponseWriter, form, lang string, numbers []string, tables []*Table) {
	if form == "csv" {
		setType(w, "text/csv; charset=iso-8859-1")
		w.Write(encode("id;title;tags\r\n", "iso-8859-1"))
		for i, t := range tables {
			w.Write(encode(fmt.Sprintf("%s;\"%s\";%s\r\n", numbers[i], t.Title.In(lang), t.ID), "iso-8859-1"))
		}
		return
	}
	writeJSON(w, func(j *jsonWriter) {
		j.object(func() {
			j.key("datasets").array(func() {
				for i, t := range tables {
					subject, _ := t.subject()
					j.object(func() {
						j.key("id").text(numbers[i])
						j.key("title").text(t.Title.In(lang))
						j.key("lang").text(lang)
						j.key("modified").text(s.updated(t).In(local).Format(localLayout))
						j.key("tags").texts([]string{subject, t.ID})
					})
				}
			})
		})
	})
}

// datasetCSV writes a dataset with ";" and a decimal comma in Norwegian, "," and
// a point in English.
func (e *extract) datasetCSV(w http.ResponseWriter) {
	setType(w, "text/csv; charset=iso-8859-1")
	c := &csvWriter{w: w, page: "iso-8859-1", separator: ";"}
	if e.lang == "en" {
		c.separator = ","
	}
	for _, i := range e.shown {
		c.cell(quoted(e.axes[i].v.Text.In(e.lang)))
	}
	c.cell(quoted(e.label()))
	c.line()
	for walk := e.walk(); ; {
		token, symbol, ok := walk.next()
		if !ok {
			break
		}
		for _, i := range e.shown {
			p := e.axes[i].picks[walk.at[i]]
			c.cell(quoted(p.code + " " + p.text.In(e.lang)))
		}
		if e.lang != "en" {
			token = bytes.Replace(token, []byte("."), []byte(","), 1)
		}
		c.figure(token, symbol)
		c.line()
	}
	c.flush()
}

// subjectStructure answers where all statistics stand, as XML.
func (s *Server) subjectStructure(w http.ResponseWriter) {
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
func (s *Server) primary(short string) string {
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

var xmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func xmlText(s string) string { return xmlEscaper.Replace(s) }

// A concept is an entry of Vardok.
type concept struct {
	title, definition map[string]string // by language; nn is not always there
	short             string
}

var concepts = map[string]concept{
	"1":    {map[string]string{"nb": "Kjønn", "en": "Sex"}, map[string]string{"nb": "En persons kjønn.", "en": "The sex of a person."}, "kjonn"},
	"2":    {map[string]string{"nb": "Alder", "nn": "Alder", "en": "Age"}, map[string]string{"nb": "Antall fylte år.", "nn": "Talet på fylte år.", "en": "Completed years of age."}, "alder"},
	"1743": {map[string]string{"nb": "Sysselsatte", "nn": "Sysselsette", "en": "Employed persons"}, map[string]string{"nb": "Personer som utførte inntektsgivende arbeid av minst én times varighet i referanseuka.", "nn": "Personar som utførte inntektsgivande arbeid i minst éin time i referanseveka.", "en": "Persons who performed work for pay or profit for at least one hour in the reference week."}, "sysselsatte"},
	"2798": {map[string]string{"nb": "Kjønn på person", "en": "Sex of person"}, map[string]string{"nb": "Kjønn slik det er registrert i folkeregisteret <gjeldende & tidligere>.", "en": "Sex as registered."}, "kjonn"},
}

// vardok answers the definition of a concept in a language. One that is not there
// in the language is answered in Norwegian, and says so in xml:lang.
func vardok(w http.ResponseWriter, id, lang string) {
	c, ok := concepts[id]
	if !ok || lang != "nb" && lang != "nn" && lang != "en" {
		Body{http.StatusNotFound, "text/html; charset=utf-8", "<html><body><h1>404</h1><p>Fant ikke siden</p></body></html>"}.write(w)
		return
	}
	if c.title[lang] == "" {
		lang = "nb"
	}
	var others []string
	for _, l := range []string{"nb", "nn", "en"} {
		if l != lang && c.title[l] != "" {
			others = append(others, l)
		}
	}
	setType(w, "text/xml; charset=utf-8")
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?>
<FIMD xmlns="http://www.ssb.no/ns/fimd" xmlns:dc="http://purl.org/dc/elements/1.1/" createdOn="2005-12-12" defaultValidFrom="2003-11-18" defaultValidTo="" id="urn:ssb:conceptvariable:vardok:%s" lastChangedDate="2009-05-27" otherLanguages="%s" type="ConceptVariable" xml:lang="%s">
  <DC><dc:contributor>Seksjon for oppdiktede tall</dc:contributor><dc:modified>2009-05-27</dc:modified></DC>
  <Common><Title>%s</Title><Description>%s</Description></Common>
  <Variable><DataElementName>%s</DataElementName><ShortNameWeb><CodeValue>1</CodeValue><CodeText>%s</CodeText></ShortNameWeb></Variable>
</FIMD>
`, id, strings.Join(others, ";"), lang, xmlText(c.title[lang]), xmlText(c.definition[lang]), xmlText(c.title[lang]), c.short)
}

// day reads yyyy-MM-dd; nothing is the zero time.
func day(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.DateOnly, text)
}
