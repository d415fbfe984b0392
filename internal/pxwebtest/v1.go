package pxwebtest

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// V1 is the path of the database of v1 in a language, "" if the host has no v1.
func (s *Server) V1(lang string) string {
	pattern := s.host.V1
	if lang == "en" && s.host.V1En != "" {
		pattern = s.host.V1En
	}
	return strings.Replace(pattern, "{lang}", lang, 1)
}

// route1 tells the language of a call of v1 and what follows it in its path.
func (s *Server) route1(path []string) (lang string, rest []string, ok bool) {
	for _, l := range append(s.host.Languages, "") {
		base := segments(s.V1(l))
		if l == "" { // any other language
			base = segments(strings.Replace(s.host.V1, "{lang}", "-", 1))
		}
		if len(base) < 2 || len(path) < len(base)-1 {
			continue
		}
		root := len(base) - 2 // without language and database
		if slices.Equal(path[:root], base[:root]) && (l == "" || path[root] == l) {
			return path[root], path[root+1:], true
		}
	}
	return "", nil, false
}

// local is the time of day where the server stands.
var local = time.FixedZone("local", 3600)

const localLayout = "2006-01-02T15:04:05"

// serve1 answers a call of v1. segments are those after the language.
func (s *Server) serve1(w http.ResponseWriter, r *http.Request, lang string, segments []string, body []byte) {
	switch {
	case !slices.Contains(s.host.Languages, lang):
		s.fail1(w, &error1{kind: noSuchTable})
	case r.URL.RawQuery == "config":
		s.config1(w)
	case len(segments) == 0:
		s.databases1(w)
	case !slices.Contains(s.databases(), segments[0]):
		s.fail1(w, &error1{kind: parameterError})
	default:
		s.database1(w, r, lang, segments[0], segments[1:], body)
	}
}

// database is the database of a table.
func (s *Server) database(t *Table) string {
	if s.host.DatabasePerTable {
		return t.matrix()
	}
	return or(t.Database, s.host.Database)
}

func (s *Server) databases() []string {
	var all []string
	if !s.host.DatabasePerTable {
		all = append(all, s.host.Database)
	}
	for _, t := range s.tables {
		if db := s.database(t); !slices.Contains(all, db) {
			all = append(all, db)
		}
	}
	return all
}

func (s *Server) databases1(w http.ResponseWriter) {
	writeJSON(w, func(j *jsonWriter) {
		j.array(func() {
			for _, db := range s.databases() {
				text := db
				if db == s.host.Database {
					text = s.host.DBText
				}
				j.object(func() { j.key("dbid").text(db); j.key("text").text(text) })
			}
		})
	})
}

func (s *Server) database1(w http.ResponseWriter, r *http.Request, lang, db string, path []string, body []byte) {
	if query := r.URL.Query(); query.Has("query") {
		s.search1(w, lang, db, strings.Join(path, "/"), query)
		return
	}
	if t := s.table1(db, path); t != nil {
		if r.Method == http.MethodPost {
			s.data1(w, t, lang, body)
		} else {
			s.metadata1(w, t, lang)
		}
		return
	}
	if level := strings.Join(path, "/"); s.isLevel(db, level) {
		s.listing1(w, lang, db, level) // whatever the method
		return
	}
	s.fail1(w, &error1{kind: noSuchTable})
}

// table1 finds a table by its path, or by its number or name where the host
// takes short addresses.
func (s *Server) table1(db string, path []string) *Table {
	if len(path) == 0 {
		return nil
	}
	last, level := path[len(path)-1], strings.Join(path[:len(path)-1], "/")
	for _, t := range s.tables {
		if s.database(t) != db {
			continue
		}
		if last == s.id1(t) && slices.Contains(s.places(t), level) {
			return t
		}
		if len(path) == 1 && s.host.ShortAddress && (last == t.ID || last == t.matrix()) {
			return t
		}
	}
	return nil
}

// id1 is the id of a table in listings of v1.
func (s *Server) id1(t *Table) string { return t.matrix() + s.host.Suffix }

// places are the levels where a table stands in v1.
func (s *Server) places(t *Table) []string {
	if s.host.DatabasePerTable {
		return []string{""}
	}
	return t.places()
}

// places are the levels where a table belongs.
func (t *Table) places() []string {
	if len(t.Subjects) == 0 {
		return []string{""}
	}
	return t.Subjects
}

// isLevel tells whether there is a level of that path.
func (s *Server) isLevel(db, level string) bool {
	return level == "" || slices.ContainsFunc(s.levels(db), func(l Subject) bool { return l.Path == level })
}

// levels are all levels: those with a text first, then those that only tables name.
func (s *Server) levels(db string) []Subject {
	var levels []Subject
	if db == s.host.Database {
		levels = slices.Clone(s.subjects)
	}
	add := func(path string) {
		if path != "" && !slices.ContainsFunc(levels, func(l Subject) bool { return l.Path == path }) {
			id := path[strings.LastIndexByte(path, '/')+1:]
			levels = append(levels, Subject{Path: path, Text: T(id, id)})
		}
	}
	for _, t := range s.tables {
		if s.database(t) != db {
			continue
		}
		for _, place := range s.places(t) {
			for i := range place {
				if place[i] == '/' {
					add(place[:i])
				}
			}
			add(place)
		}
	}
	return levels
}

// text1 is the text of a table in listings and searches.
func (s *Server) text1(t *Table, lang string) string {
	text := t.Title.In(lang)
	if s.host.NumberedTitles {
		text = t.ID + ": " + text
	}
	if s.host.HTMLTexts {
		text = "<em>" + text + "</em>"
	}
	return text
}

func (s *Server) listing1(w http.ResponseWriter, lang, db, level string) {
	writeJSON(w, func(j *jsonWriter) { j.array(func() { s.list(j, lang, db, level) }) })
}

func (s *Server) list(j *jsonWriter, lang, db, level string) {
	for _, l := range s.levels(db) {
		cut := strings.LastIndexByte(l.Path, '/')
		if l.Path[:max(cut, 0)] != level {
			continue
		}
		kind := "l"
		if l.Headline {
			kind = "h"
		}
		j.object(func() {
			j.key("id").text(l.Path[cut+1:])
			j.key("type").text(kind)
			j.key("text").text(l.Text.In(lang))
		})
	}
	for _, t := range s.tables {
		if s.database(t) == db && slices.Contains(s.places(t), level) {
			j.object(func() {
				j.key("id").text(s.id1(t))
				j.key("type").text("t")
				j.key("text").text(s.text1(t, lang))
				if !t.NoDate {
					j.key("updated").text(s.updated(t).In(local).Format(localLayout))
				}
			})
		}
	}
}

// updated is when a table was updated last.
func (s *Server) updated(t *Table) time.Time {
	return t.Updated.Add(time.Duration(s.edition(t)) * time.Hour)
}

func (s *Server) config1(w http.ResponseWriter) {
	writeJSON(w, func(j *jsonWriter) {
		j.object(func() {
			j.key("maxValues").number(s.values)
			if !s.host.ConfigNoMaxCells {
				j.key("maxCells").number(s.told)
			}
			j.key("maxCalls").number(s.toldCalls())
			j.key("timeWindow").number(int(s.limiter.window / time.Second))
			j.key("CORS").boolean(true)
		})
	})
}

// toldCalls is the limit of calls in v1's configuration, which is not always the
// one that holds.
func (s *Server) toldCalls() int {
	if s.hostPace && s.host.ConfigCalls > 0 {
		return s.host.ConfigCalls
	}
	return s.limiter.max
}

func (s *Server) metadata1(w http.ResponseWriter, t *Table, lang string) {
	e := &extract{t: t, host: s.host, lang: lang}
	for i := range t.Variables {
		e.axes = append(e.axes, t.Variables[i].whole())
		e.shown = append(e.shown, i)
	}
	title := e.label()
	if s.host.NumberedTitles {
		title = t.ID + ": " + title
	}
	writeJSON(w, func(j *jsonWriter) {
		j.object(func() {
			j.key("title").text(title)
			j.key("variables").array(func() {
				for i := range t.Variables {
					j.object(func() { s.variable1(j, &t.Variables[i], lang) })
				}
			})
		})
	})
}

func (s *Server) variable1(j *jsonWriter, v *Variable, lang string) {
	j.key("code").text(v.Code)
	j.key("text").text(v.Text.In(lang))
	if v.Map != "" {
		j.key("map").text(v.Map)
	}
	if len(v.Values) <= s.values {
		j.key("values").array(func() {
			for i := range v.Values {
				j.text(v.Values[i].Code)
			}
		})
		j.key("valueTexts").array(func() {
			for i := range v.Values {
				j.text(v.Values[i].Text.In(lang))
			}
		})
	}
	if v.Elimination {
		j.key("elimination").boolean(true)
	}
	if v.Kind == Time {
		j.key("time").boolean(true)
	}
}

func (s *Server) data1(w http.ResponseWriter, t *Table, lang string, body []byte) {
	q, bad := parse1(body)
	if bad != nil {
		s.fail1(w, bad)
		return
	}
	format := strings.ToLower(q.Response.Format)
	if format == "" {
		format = s.host.Format1
	}
	if !slices.Contains(s.host.Formats, format) {
		s.fail1(w, &error1{kind: parameterError})
		return
	}
	e, bad := s.extract1(t, q)
	if bad != nil {
		s.fail1(w, bad)
		return
	}
	e.lang = lang
	s.answer(w, e, format, outputParams{old: true})
}

// answer writes an extract in a format.
func (s *Server) answer(w http.ResponseWriter, e *extract, format string, params outputParams) {
	if s.slow > 0 && e.cells() > s.slow {
		Body{503, "text/html", unavailablePage}.write(w)
		return
	}
	e.edition, e.mixed = s.countData(e.t)
	setCells(w, e.cells())
	switch format {
	case "json-stat2":
		setType(w, "application/json; charset=utf-8")
		e.writeJSONStat2(w)
	case "json-stat":
		setType(w, "application/json; charset=utf-8")
		e.writeJSONStat1(w)
	case "json", "json-px":
		setType(w, "application/json; charset=utf-8")
		e.writePXJSON(w)
	case "csv", "csv2", "csv3":
		e.writeCSV(w, format, params)
	default:
		e.writeOpaque(w, format)
	}
}

// fail1 answers an error of v1 as the host tells them.
func (s *Server) fail1(w http.ResponseWriter, bad *error1) {
	status, text := http.StatusBadRequest, "Parameter error"
	switch bad.kind {
	case variableError:
		text = "The request for variable '" + bad.variable + "' has an error. Please check your query."
	case tooManyCells:
		status, text = http.StatusForbidden, "Too many values selected"
		if s.host.TooMany.Status != 0 {
			s.host.TooMany.write(w)
			return
		}
	case noSuchTable:
		status, text = http.StatusNotFound, "Not Found"
		if s.host.NoTable.Status != 0 {
			s.host.NoTable.write(w)
			return
		}
	}
	s.error1(w, status, text)
}

func (s *Server) error1(w http.ResponseWriter, status int, text string) {
	switch s.host.Errors {
	case ErrorsJSON:
		body := append(appendString([]byte(`{"error":`), text), '}')
		Body{status, "application/json; charset=utf-8", string(body)}.write(w)
	case ErrorsPlain:
		Body{status, "text/plain; charset=utf-8", http.StatusText(status)}.write(w)
	default:
		Body{status, "", "<html><head><title>" + http.StatusText(status) + "</title></head><body><h1>" + http.StatusText(status) + "</h1></body></html>"}.write(w)
	}
}

func (b Body) write(w http.ResponseWriter) {
	setType(w, or(b.Type, "text/html; charset=utf-8"))
	w.WriteHeader(b.Status)
	w.Write([]byte(b.Text))
}

func setType(w http.ResponseWriter, contentType string) { w.Header().Set("Content-Type", contentType) }

// writeJSON answers 200 with JSON.
func writeJSON(w http.ResponseWriter, f func(*jsonWriter)) {
	writeStatus(w, http.StatusOK, "application/json; charset=utf-8", f)
}

func writeStatus(w http.ResponseWriter, status int, contentType string, f func(*jsonWriter)) {
	var b bytes.Buffer
	j := &jsonWriter{w: &b}
	f(j)
	j.flush()
	setType(w, contentType)
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// segments are the parts of a path, unescaped.
func segments(path string) []string {
	var parts []string
	for p := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if p == "" {
			continue
		}
		if u, err := url.PathUnescape(p); err == nil {
			p = u
		}
		parts = append(parts, p)
	}
	return parts
}
