package pxserver

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// A call1 is a call of v1.
type call1 struct {
	*site
	w    http.ResponseWriter
	lang string
}

// serve1 answers a call of v1.
func serve1(s *site, w http.ResponseWriter, r *http.Request, path []string, body []byte) {
	lang, path, ok := s.route1(path)
	c := &call1{s, w, lang}
	switch {
	case !ok:
		http.NotFound(w, r)
	case !slices.Contains(s.host.Languages, lang):
		c.fail(&error1{kind: noSuchTable})
	case r.URL.RawQuery == "config":
		c.config()
	case len(path) == 0:
		c.databaseList()
	case !slices.Contains(s.databases(), path[0]):
		c.fail(&error1{kind: parameterError})
	default:
		c.below(r, path[0], path[1:], body)
	}
}

// route1 tells the language of a call of v1 and what follows it in its path.
func (s *site) route1(path []string) (lang string, rest []string, ok bool) {
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

func (c *call1) databaseList() {
	writeArray(c.w, func(j *jsonWriter) {
		for _, db := range c.databases() {
			text := db
			if db == c.host.Database {
				text = c.host.DBText
			}
			j.object(func() { j.key("dbid").text(db); j.key("text").text(text) })
		}
	})
}

// below answers what stands below a database.
func (c *call1) below(r *http.Request, db string, path []string, body []byte) {
	if query := r.URL.Query(); query.Has("query") {
		c.search(db, strings.Join(path, "/"), query)
		return
	}
	if t := c.table(db, path); t != nil {
		if r.Method == http.MethodPost {
			c.data(t, body)
		} else {
			c.metadata(t)
		}
		return
	}
	if level := strings.Join(path, "/"); c.isLevel(db, level) {
		c.listing(db, level) // whatever the method
		return
	}
	c.fail(&error1{kind: noSuchTable})
}

// search answers a search: a hit for every place of a table.
func (c *call1) search(db, node string, query url.Values) {
	if c.host.SearchOff.Status != 0 {
		c.host.SearchOff.write(c.w)
		return
	}
	if !c.isLevel(db, node) {
		c.fail(&error1{kind: noSuchTable})
		return
	}
	fields := strings.Split(query.Get("filter"), ",")
	if query.Get("filter") == "" {
		fields = nil
	}
	q, err := parseSearch(query.Get("query"), c.host.NumberedTitles, true)
	if err != nil {
		c.fail(&error1{kind: parameterError})
		return
	}
	writeArray(c.w, func(j *jsonWriter) {
		for _, t := range c.tables {
			score := q.score(c.searched(t, c.lang, false), fields)
			if score == 0 || c.database(t) != db {
				continue
			}
			for _, place := range c.places(t) {
				rest, below := strings.CutPrefix(place, node)
				if !below || node != "" && rest != "" && rest[0] != '/' {
					continue
				}
				j.object(func() {
					j.key("id").text(c.id1(t))
					j.key("path").text("/" + strings.TrimPrefix(rest, "/"))
					j.key("title").text(c.text1(t, c.lang))
					j.key("score").token(score.token())
					published := "0001-01-01T00:00:00"
					if !t.NoDate {
						published = c.updated(t).In(local).Format(localLayout)
					}
					j.key("published").text(published)
				})
			}
		}
	})
}

// table finds a table by its path, or by its number or name where the host
// takes short addresses.
func (c *call1) table(db string, path []string) *Table {
	if len(path) == 0 {
		return nil
	}
	last, level := path[len(path)-1], strings.Join(path[:len(path)-1], "/")
	for _, t := range c.tables {
		if c.database(t) != db {
			continue
		}
		if last == c.id1(t) && slices.Contains(c.places(t), level) {
			return t
		}
		if len(path) == 1 && c.host.ShortAddress && (last == t.ID || last == t.matrix()) {
			return t
		}
	}
	return nil
}

func (c *call1) listing(db, level string) {
	writeArray(c.w, func(j *jsonWriter) { c.list(j, db, level) })
}

func (c *call1) list(j *jsonWriter, db, level string) {
	for _, l := range c.levels(db) {
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
			j.key("text").text(l.Text.In(c.lang))
		})
	}
	for _, t := range c.tables {
		if c.database(t) == db && slices.Contains(c.places(t), level) {
			j.object(func() {
				j.key("id").text(c.id1(t))
				j.key("type").text("t")
				j.key("text").text(c.text1(t, c.lang))
				if !t.NoDate {
					j.key("updated").text(c.updated(t).In(local).Format(localLayout))
				}
			})
		}
	}
}

func (c *call1) config() {
	writeObject(c.w, func(j *jsonWriter) {
		j.key("maxValues").number(c.maxValues)
		if !c.host.ConfigNoMaxCells {
			j.key("maxCells").number(c.toldCells)
		}
		calls, window := c.told()
		j.key("maxCalls").number(calls)
		j.key("timeWindow").number(int(window / time.Second))
		j.key("CORS").boolean(true)
	})
}

// told is the limit of calls in v1's configuration, which is not always the one that
// holds.
func (c *call1) told() (calls int, window time.Duration) {
	if c.toldPace {
		return cmp.Or(c.host.ConfigCalls, c.host.MaxCalls), c.host.Window
	}
	return c.maxCalls, c.window
}

func (c *call1) metadata(t *Table) {
	title := wholeTable(t, c.host, c.lang).label()
	if c.host.NumberedTitles {
		title = t.ID + ": " + title
	}
	writeObject(c.w, func(j *jsonWriter) {
		j.key("title").text(title)
		j.key("variables").array(func() {
			for i := range t.Variables {
				j.object(func() { c.variable(j, &t.Variables[i]) })
			}
		})
	})
}

func (c *call1) variable(j *jsonWriter, v *Variable) {
	j.key("code").text(v.Code)
	j.key("text").text(v.Text.In(c.lang))
	j.given("map", v.Map)
	if len(v.Values) <= c.maxValues {
		j.key("values").array(func() {
			for i := range v.Values {
				j.text(v.Values[i].Code)
			}
		})
		j.key("valueTexts").array(func() {
			for i := range v.Values {
				j.text(v.Values[i].Text.In(c.lang))
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

func (c *call1) data(t *Table, body []byte) {
	q, bad := parse1(body)
	if bad != nil {
		c.fail(bad)
		return
	}
	format := cmp.Or(strings.ToLower(q.Response.Format), c.host.Format1)
	if !slices.Contains(c.host.Formats, format) {
		c.fail(&error1{kind: parameterError})
		return
	}
	e, bad := q.extract(t, c.host, c.maxCells)
	if bad != nil {
		c.fail(bad)
		return
	}
	e.lang = c.lang
	c.answer(c.w, e, format, outputParams{old: true})
}

// fail answers an error as the host tells them.
func (c *call1) fail(bad *error1) {
	status, text := http.StatusBadRequest, "Parameter error"
	switch bad.kind {
	case variableError:
		text = "The request for variable '" + bad.variable + "' has an error. Please check your query."
	case tooManyCells:
		status, text = http.StatusForbidden, "Too many values selected"
		if c.host.TooMany.Status != 0 {
			c.host.TooMany.write(c.w)
			return
		}
	case noSuchTable:
		status, text = http.StatusNotFound, "Not Found"
		if c.host.NoTable.Status != 0 {
			c.host.NoTable.write(c.w)
			return
		}
	}
	c.refuse(status, text)
}

func (c *call1) refuse(status int, text string) {
	switch c.host.Errors {
	case ErrorsJSON:
		body := append(appendString([]byte(`{"error":`), text), '}')
		Body{status, "application/json; charset=utf-8", string(body)}.write(c.w)
	case ErrorsPlain:
		Body{status, "text/plain; charset=utf-8", http.StatusText(status)}.write(c.w)
	default:
		Body{status, "", "<html><head><title>" + http.StatusText(status) + "</title></head><body><h1>" + http.StatusText(status) + "</h1></body></html>"}.write(c.w)
	}
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
