package pxweb

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/charset"
)

// Example is a query for a table, to be edited and run, in the form of the version that the
// table was asked of: the first three and the last two values of each variable. [ParseQuery]
// reads it.
func (t *Table) Example() []byte {
	if t.API == V2 {
		return example2(t)
	}
	return example1(t)
}

// queryFile is a file with a query, in any of its forms. Other members are passed over.
type queryFile struct {
	// The body of a POST in version 1, and what the web page writes around it.
	QueryObj json.RawMessage `json:"queryObj"`
	TableID  word            `json:"tableIdForQuery"`
	PostURL  word            `json:"postUrl"`
	Query    json.RawMessage `json:"query"`
	Response struct {
		Format word `json:"format"`
	} `json:"response"`

	// The body of a POST in version 2; a saved query, which has it in a member; and what
	// newer servers write around that.
	SavedQuery json.RawMessage `json:"savedQuery"`
	TableID2   word            `json:"tableId"`
	Language   word            `json:"language"`
	Selection  json.RawMessage `json:"selection"`
	Placement  *placement2     `json:"placement"`
	Format2    word            `json:"outputFormat"`
	Params     words           `json:"outputFormatParams"`
}

// ParseQuery reads a query: the body of a POST in version 1, a file that the web
// page saved (queryObj), the body of a POST in version 2, or a saved query of it. It is as
// loose as servers and people are: a number where a text is expected is its text, a value
// alone is a list of one. A filter or expression that a server would read as something else
// than it seems to say is a [*SelectionError].
func ParseQuery(text []byte) (*SavedQuery, error) {
	text, err := charset.JSON(text)
	if err != nil {
		return nil, noQuery(err)
	}
	return parseQuery(text)
}

func parseQuery(text []byte) (*SavedQuery, error) {
	var f queryFile
	if err := json.Unmarshal(text, &f); err != nil {
		return nil, noQuery(err)
	}
	switch {
	case len(f.SavedQuery) > 0:
		q, err := parseQuery(f.SavedQuery)
		if err == nil && q.Lang == "" {
			q.Lang = string(f.Language)
		}
		return q, err
	case len(f.QueryObj) > 0:
		var inner queryFile
		if err := json.Unmarshal(f.QueryObj, &inner); err != nil {
			return nil, noQuery(err)
		}
		inner.TableID, inner.PostURL = f.TableID, f.PostURL
		return inner.version1()
	case len(f.Query) > 0:
		return f.version1()
	case len(f.Selection) > 0:
		return f.version2()
	}
	return nil, errors.New(`it is no query: it has neither "query", "queryObj", "selection" nor "savedQuery"`)
}

// noQuery is the error for JSON of another shape, without the words of Go.
func noQuery(err error) error {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && e.Field == "" {
		return fmt.Errorf("it is no query: %s stands where an object is expected", article(e.Value))
	}
	return fmt.Errorf("it is no query: %w", plain(err))
}

// version1 makes the query of a file of version 1.
func (f *queryFile) version1() (*SavedQuery, error) {
	q := &SavedQuery{API: V1, Table: string(f.TableID), Address: string(f.PostURL), Format: string(f.Response.Format)}
	var items []item1
	for i, text := range listOf(f.Query) {
		var it item1
		if err := json.Unmarshal(text, &it); err != nil {
			var name struct {
				Code json.RawMessage `json:"code"`
			}
			if json.Unmarshal(text, &name) != nil || len(name.Code) == 0 {
				return nil, fmt.Errorf(`it is no query: number %d in "query" is no variable such as {"code":"Tid","selection":{"filter":"top","values":["5"]}}`, i+1)
			}
			return nil, fmt.Errorf(`it is no query: variable %s: its selection is none such as {"filter":"item","values":["2024"]}: %w`, name.Code, plain(err))
		}
		items = append(items, it)
	}
	var err error
	q.Criteria, err = criteria1(items)
	return q, err
}

// version2 makes the query of a file of version 2. A saved query has its selection one level
// deeper.
func (f *queryFile) version2() (*SavedQuery, error) {
	q := &SavedQuery{API: V2, Table: string(f.TableID2), Lang: string(f.Language), Format: string(f.Format2), Params: f.Params}
	list, placement := f.Selection, f.Placement
	var inner struct {
		Selection json.RawMessage `json:"selection"`
		Placement *placement2     `json:"placement"`
	}
	if json.Unmarshal(f.Selection, &inner) == nil && len(inner.Selection) > 0 {
		list, placement = inner.Selection, inner.Placement
	}
	if placement != nil {
		q.Heading, q.Stub = placement.Heading, placement.Stub
	}
	var items []item2
	for i, text := range listOf(list) {
		var it item2
		if err := json.Unmarshal(text, &it); err != nil {
			return nil, fmt.Errorf(`it is no query: number %d in "selection" is none such as {"variableCode":"Tid","valueCodes":["top(5)"]}: %w`, i+1, plain(err))
		}
		items = append(items, it)
	}
	var err error
	q.Criteria, err = criteria2(items)
	return q, err
}

// listOf are the items of an array, or the one that stands alone.
func listOf(text json.RawMessage) []json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(text, &list) == nil {
		return list
	}
	return []json.RawMessage{text}
}

// plain is an error of package json without the words of Go.
func plain(err error) error {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%s is %s", e.Field, article(e.Value))
	}
	return err
}

// article puts an article in front of the name of a kind of JSON.
func article(kind string) string {
	switch {
	case kind == "null" || strings.HasPrefix(kind, "number "):
		return kind
	case strings.HasPrefix(kind, "a") || strings.HasPrefix(kind, "o"):
		return "an " + kind
	}
	return "a " + kind
}
