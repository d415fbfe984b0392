package pxweb

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/charset"
)

// SavedQuery is a query as a file or an address has it.
type SavedQuery struct {
	API        API    // the version that it is written for
	Table      string // "" if it does not say
	Address    string // of the table, "" if it does not say
	Selections []Selection
	Format     string // "" if it does not say
	Lang       string

	items []item1 // version 1
}

// ParseQuery reads a query: the body of a POST in version 1, a file that the web
// page saved (queryObj), the body of a POST in version 2, or a saved query of it.
func ParseQuery(text []byte) (*SavedQuery, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	var f struct {
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
	switch {
	case f.QueryObj != nil:
		return fromItems(f.QueryObj.Query, f.QueryObj.Response.Format, f.TableID, f.PostURL)
	case f.Query != nil:
		return fromItems(*f.Query, f.Response.Format, f.TableID, f.PostURL)
	case len(f.Selection2) > 0:
		q := &SavedQuery{API: V2, Table: f.TableID2, Lang: f.Language, Format: f.Format2}
		var items []item2
		if err := json.Unmarshal(f.Selection2, &items); err != nil {
			var inner query2
			if err := json.Unmarshal(f.Selection2, &inner); err != nil {
				return nil, fmt.Errorf("it is no query: selection: %w", err)
			}
			items = inner.Selection
		}
		for _, it := range items {
			if it.VariableCode == "" {
				return nil, errors.New("it is no query: a selection has no variableCode")
			}
			q.Selections = append(q.Selections, Selection{Variable: it.VariableCode, CodeList: listName(it.CodeList), how: expressions2, values: it.ValueCodes})
		}
		return q, nil
	}
	return nil, errors.New(`it is no query: it has neither "query", "queryObj" nor "selection"`)
}

func fromItems(items []item1, format, table, address string) (*SavedQuery, error) {
	q := &SavedQuery{API: V1, Table: table, Address: address, Format: format, items: items}
	for _, it := range items {
		if it.Code == "" {
			return nil, errors.New("it is no query: a variable has no code")
		}
		s := Selection{Variable: it.Code, how: filter1, filter: it.Selection.Filter, values: it.Selection.Values}
		if kind, _, ok := strings.Cut(s.filter, ":"); ok && isListKind(kind) {
			s.CodeList = strings.ToLower(kind) + s.filter[len(kind):]
		}
		q.Selections = append(q.Selections, s)
	}
	return q, nil
}

// Selections reads the selection behind the question mark of an address of
// version 2, nil if there is none.
func (a *Address) Selections() ([]Selection, error) {
	lists := map[string]string{}
	var names []string
	values := map[string][]string{}
	for name, all := range a.Query {
		switch kind, variable := cutParameter(name); kind {
		case "codelist":
			lists[variable] = strings.Join(all, ",")
		case "valuecodes":
			names = append(names, variable)
			for _, text := range all {
				values[variable] = append(values[variable], splitCodes(text)...)
			}
		}
	}
	for variable := range lists {
		if _, ok := values[variable]; !ok {
			return nil, selectionErrorf(variable, "the address names a code list and no values: it gets what the server chooses")
		}
	}
	var list []Selection
	for _, name := range names {
		list = append(list, Selection{Variable: name, CodeList: listName(lists[name]), how: expressions2, values: values[name]})
	}
	return list, nil
}

// cutParameter takes valueCodes[VAR] apart. Of other parameters the kind is empty.
func cutParameter(name string) (kind, variable string) {
	kind, rest, _ := strings.Cut(name, "[")
	variable, ok := strings.CutSuffix(rest, "]")
	if !ok {
		return "", ""
	}
	return strings.ToLower(kind), variable
}

// splitCodes splits a list of codes at its commas. Brackets hold a code together,
// and so do the parentheses of an expression.
func splitCodes(text string) []string {
	var list []string
	from, depth := 0, 0
	add := func(s string) {
		s = strings.TrimSpace(s)
		if inner, ok := strings.CutPrefix(s, "["); ok && strings.HasSuffix(inner, "]") {
			s = strings.TrimSuffix(inner, "]")
		}
		if s != "" {
			list = append(list, s)
		}
	}
	for i := range len(text) {
		switch text[i] {
		case '[', '(':
			depth++
		case ']', ')':
			depth--
		case ',':
			if depth <= 0 {
				add(text[from:i])
				from = i + 1
			}
		}
	}
	add(text[from:])
	return list
}

// joinCodes is the reverse of splitCodes.
func joinCodes(codes []string) string {
	list := make([]string, len(codes))
	for i, c := range codes {
		list[i] = c
		if strings.ContainsAny(c, ",[]()") && (strings.Contains(c, ",") || strings.HasPrefix(c, "[")) {
			list[i] = "[" + c + "]"
		}
	}
	return strings.Join(list, ",")
}
