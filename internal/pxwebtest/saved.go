package pxwebtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
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

// savedQueries answers what stands below /savedqueries.
func (c *call2) savedQueries(path []string, post bool) {
	switch {
	case post && len(path) == 0:
		c.save()
	case post || len(path) == 0:
		c.w.WriteHeader(http.StatusMethodNotAllowed)
	default:
		c.saved(path[0], strings.ToLower(strings.Join(path[1:], "/")))
	}
}

// save keeps a query. All members are needed.
func (c *call2) save() {
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
	if _, bad := c.s.extract2(t, q.Selection); bad != nil {
		c.fail(bad)
		return
	}
	c.s.mu.Lock()
	q.ID = strconv.Itoa(firstSaved + len(c.s.saved))
	c.s.saved = append(c.s.saved, q)
	c.s.mu.Unlock()
	c.writeSaved(http.StatusCreated, &q)
}

func (c *call2) writeSaved(status int, q *savedQuery) {
	raw, _ := json.Marshal(q)
	setType(c.w, "application/json; charset=utf-8")
	c.w.WriteHeader(status)
	c.w.Write(raw)
}

func (c *call2) saved(id, what string) {
	c.s.mu.Lock()
	i := slices.IndexFunc(c.s.saved, func(q savedQuery) bool { return q.ID == id })
	var q savedQuery
	if i >= 0 {
		q = c.s.saved[i]
	}
	c.s.mu.Unlock()
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
		c.writeSaved(http.StatusOK, &q)
	case "selection":
		c.selection(t, q.Selection)
	case "data":
		if c.params["lang"] == "" {
			c.lang = *q.Language
		}
		format := strings.ToLower(or(c.params["outputformat"], *q.OutputFormat))
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
