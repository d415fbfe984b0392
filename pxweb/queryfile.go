package pxweb

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jsonstat-go/toolkit/internal/charset"
)

// ParseQuery reads a query: the body of a POST in version 1, a file that the web
// page saved (queryObj), the body of a POST in version 2, or a saved query of it.
// A filter or expression that a server would read as something else than it seems to say
// is a [*SelectionError].
func ParseQuery(text []byte) (*SavedQuery, error) {
	var f struct {
		// What version 2 tells of a query that it keeps; the query is inside.
		Kept json.RawMessage `json:"savedQuery"`

		QueryObj *query1 `json:"queryObj"`
		TableID  string  `json:"tableIdForQuery"`
		PostURL  string  `json:"postUrl"`

		Query    *[]item1 `json:"query"`
		Response struct {
			Format string `json:"format"`
		} `json:"response"`

		TableID2   string          `json:"tableId"`
		Language   string          `json:"language"`
		Selection2 json.RawMessage `json:"selection"`
		Format2    string          `json:"outputFormat"`
	}
	text, err := charset.JSON(text)
	if err == nil {
		err = json.Unmarshal(text, &f)
	}
	if err != nil {
		return nil, fmt.Errorf("it is no query: %w", err)
	}
	if len(f.Kept) > 0 && f.Kept[0] == '{' {
		return ParseQuery(f.Kept)
	}
	q := &SavedQuery{API: V1, Table: f.TableID, Address: f.PostURL, Format: f.Response.Format}
	switch {
	case f.QueryObj != nil:
		q.Format = f.QueryObj.Response.Format
		q.Criteria, err = criteria1(f.QueryObj.Query)
	case f.Query != nil:
		q.Criteria, err = criteria1(*f.Query)
	case len(f.Selection2) > 0:
		q = &SavedQuery{API: V2, Table: f.TableID2, Lang: f.Language, Format: f.Format2}
		var items []item2
		if err := json.Unmarshal(f.Selection2, &items); err != nil {
			var inner query2
			if err := json.Unmarshal(f.Selection2, &inner); err != nil {
				return nil, fmt.Errorf("it is no query: selection: %w", err)
			}
			items = inner.Selection
		}
		q.Criteria, err = criteria2(items)
	default:
		return nil, errors.New(`it is no query: it has neither "query", "queryObj" nor "selection"`)
	}
	if err != nil {
		return nil, err
	}
	return q, nil
}
