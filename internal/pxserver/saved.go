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

// A savedQuery is a query that the server keeps.
type savedQuery struct {
	ID                 string    `json:"id,omitempty"`
	TableID            *string   `json:"tableId"`
	Language           *string   `json:"language"`
	Selection          *query2   `json:"selection"`
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

// serve answers what stands below /savedqueries.
func (k *savedQueries) serve(c *call2, path []string, post bool) {
	switch {
	case post && len(path) == 0:
		k.save(c)
	case post || len(path) == 0:
		c.w.WriteHeader(http.StatusMethodNotAllowed)
	default:
		k.answer(c, path[0], strings.ToLower(strings.Join(path[1:], "/")))
	}
}

// save keeps a query. All members are needed.
func (k *savedQueries) save(c *call2) {
	var q savedQuery
	if err := json.Unmarshal(c.body, &q); err != nil {
		c.invalid("$", "The JSON value could not be converted.")
		return
	}
	for name, missing := range map[string]bool{"TableId": q.TableID == nil, "Language": q.Language == nil, "Selection": q.Selection == nil,
		"OutputFormat": q.OutputFormat == nil, "OutputFormatParams": q.OutputFormatParams == nil} {
		if missing {
			c.invalid(name, "The "+name+" field is required.")
			return
		}
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
	k.mu.Lock()
	q.ID = strconv.Itoa(firstSaved + len(k.list))
	k.list = append(k.list, q)
	k.mu.Unlock()
	q.write(c.w, http.StatusCreated)
}

func (q *savedQuery) write(w http.ResponseWriter, status int) {
	raw, _ := json.Marshal(q)
	setType(w, "application/json; charset=utf-8")
	w.WriteHeader(status)
	w.Write(raw)
}

func (k *savedQueries) answer(c *call2, id, what string) {
	k.mu.Lock()
	i := slices.IndexFunc(k.list, func(q savedQuery) bool { return q.ID == id })
	var q savedQuery
	if i >= 0 {
		q = k.list[i]
	}
	k.mu.Unlock()
	var t *Table
	if i >= 0 {
		t = c.find(*q.TableID)
	}
	if t == nil {
		c.fail(noSavedQuery)
		return
	}
	switch what {
	case "":
		q.write(c.w, http.StatusOK)
	case "selection":
		c.selection(t, q.Selection)
	case "data":
		if c.params["lang"] == "" {
			c.lang = *q.Language
		}
		format := strings.ToLower(cmp.Or(c.params["outputformat"], *q.OutputFormat))
		params, ok := parseOutput(format, *q.OutputFormatParams)
		if !ok || !slices.Contains(c.formats(), format) {
			c.fail(noFormat)
			return
		}
		c.answer(t, q.Selection, format, params)
	default:
		c.w.WriteHeader(http.StatusNotFound)
	}
}
