package pxserver

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A savedQuery is a query that the server keeps, member by member as it tells it.
type savedQuery struct {
	ID                 string    `json:"id,omitempty"`
	Selection          *query2   `json:"selection"`
	Language           *string   `json:"language"`
	TableID            *string   `json:"tableId"`
	OutputFormat       *string   `json:"outputFormat"`
	OutputFormatParams *[]string `json:"outputFormatParams"`
}

// firstSaved is the number of the first query that is saved. Those before it came
// from the old web page.
const firstSaved = 100_001

// OldSavedQuery is the id of a query that was saved on the old web page: table
// 05839, Oslo, all years.
const OldSavedQuery = "1044123"

func oldSaved() savedQuery {
	table, lang, format, none := "05839", "no", "json-stat2", []string{}
	return savedQuery{ID: OldSavedQuery, TableID: &table, Language: &lang, OutputFormat: &format, OutputFormatParams: &none,
		Selection: &query2{Selection: []select2{
			{VariableCode: "Region", ValueCodes: []string{"0301"}},
			{VariableCode: "ContentsCode", ValueCodes: []string{"Personer"}},
			{VariableCode: "Tid", ValueCodes: []string{"*"}}}}}
}

// savedQueries are those that were saved until now.
type savedQueries struct {
	mu   sync.Mutex
	list []savedQuery
}

// find is the query of that id.
func (k *savedQueries) find(id string) (q savedQuery, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	i := slices.IndexFunc(k.list, func(q savedQuery) bool { return q.ID == id })
	if i < 0 {
		return q, false
	}
	return k.list[i], true
}

// keep keeps a query under an id of its own.
func (k *savedQueries) keep(q savedQuery) savedQuery {
	k.mu.Lock()
	defer k.mu.Unlock()
	q.ID = strconv.Itoa(firstSaved + len(k.list))
	k.list = append(k.list, q)
	return q
}

// save keeps a query. All members but the format are needed.
func (k *savedQueries) save(c *call2) {
	var q savedQuery
	if err := json.Unmarshal(c.body, &q); err != nil {
		c.invalid(notJSON(c.body))
		return
	}
	var wrong []fieldError
	for _, m := range []struct {
		name    string
		missing bool
	}{{"TableId", q.TableID == nil}, {"Language", q.Language == nil}, {"Selection", q.Selection == nil}, {"OutputFormatParams", q.OutputFormatParams == nil}} {
		if m.missing {
			wrong = append(wrong, required(m.name))
		}
	}
	if q.Selection != nil {
		wrong = append(wrong, q.Selection.missing("Selection.")...)
	}
	if q.OutputFormat == nil {
		q.OutputFormat = &c.host.Format2
	} else if !slices.Contains(allFormats2, strings.ToLower(*q.OutputFormat)) {
		wrong = append(wrong, fieldError{"OutputFormat", "The input was not valid."})
	}
	if wrong != nil {
		c.invalid(wrong...)
		return
	}
	t := c.find(*q.TableID)
	if t == nil {
		c.fail(noTable2)
		return
	}
	if _, bad := q.Selection.extract(t, c.host, c.maxCells); bad != nil {
		c.fail(bad)
		return
	}
	q = k.keep(q)
	c.w.Header().Set("Location", c.href("/savedqueries/"+q.ID))
	q.write(c, http.StatusCreated)
}

// write answers the query, with what is told of it around it.
func (q *savedQuery) write(c *call2, status int) {
	raw, _ := json.Marshal(q)
	writeJSON(c.w, status, "application/json; charset=utf-8", func(j *jsonWriter) {
		j.object(func() {
			j.key("language").text(*q.Language)
			j.key("id").text(q.ID)
			j.key("savedQuery").token(raw)
			j.key("links").array(func() { j.link("self", *q.Language, c.href("/savedqueries/"+q.ID)) })
		})
	})
}

// answer answers a query, its selection, or the data that it asks for.
func (k *savedQueries) answer(c *call2, id, what string) {
	q, ok := k.find(id)
	var t *Table
	if ok {
		t = c.find(*q.TableID)
	}
	if t == nil {
		c.fail(noSavedQuery)
		return
	}
	if c.params["lang"] == "" {
		c.lang = *q.Language
	}
	switch what {
	case "selection":
		c.selection(q.Selection, "/savedqueries/"+id+"/selection")
	case "data":
		format := strings.ToLower(cmp.Or(c.params["outputformat"], *q.OutputFormat))
		params, ok := c.output(format, *q.OutputFormatParams)
		if !ok {
			c.fail(noFormat)
			return
		}
		c.answer(t, q.Selection, format, params)
	default:
		q.write(c, http.StatusOK)
	}
}
