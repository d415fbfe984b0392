package pxweb

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Roll turns what is frozen in a query of version 1 into what follows the table:
// the newest n periods into filter top, and a list of all values into filter all.
// A list of periods that does not end with the newest one stays.
func (s *SavedQuery) Roll(t *Table) error {
	if s.API != V1 {
		return selectionErrorf("", "only a query of version 1 has frozen lists")
	}
	for i := range s.items {
		sel := &s.items[i].Selection
		if !strings.EqualFold(sel.Filter, "item") {
			continue
		}
		v, err := t.Variable(s.items[i].Code)
		if err != nil {
			return err
		}
		if v.Dim == nil || len(sel.Values) == 0 {
			continue
		}
		first, n := -1, 0
		seen := map[int]bool{}
		for _, code := range sel.Values {
			k := v.Dim.Index(code)
			if k < 0 || seen[k] {
				first = -1
				break
			}
			seen[k] = true
			if n++; first < 0 || k < first {
				first = k
			}
		}
		switch {
		case first < 0:
		case n == v.Dim.Len():
			*sel = selection1{"all", []string{"*"}}
		case v.Role() == jsonstat.Time && first+n == v.Dim.Len():
			*sel = selection1{"top", []string{strconv.Itoa(n)}}
		}
	}
	again, err := fromItems(s.items, s.Format, s.Table, s.Address)
	if err == nil {
		*s = *again
	}
	return err
}

// Query1 is the query as the body of a POST in version 1. The table says what
// expressions of version 2 have no filter for: they become codes.
func (s *SavedQuery) Query1(t *Table, lists Lists) ([]byte, error) {
	items := append([]item1{}, s.items...)
	if s.API == V1 {
		return writeQuery1(items, format1(s.Format)), nil
	}
	q, err := t.Resolve(s.Selections, lists)
	if err != nil {
		return nil, err
	}
	for i := range q.Chosen {
		c := &q.Chosen[i]
		filter := selection1{"item", c.Codes}
		if c.CodeList != "" {
			filter.Filter = c.CodeList
		}
		d := c.Variable.Dim
		named := slices.IndexFunc(s.Selections, func(sel Selection) bool { return strings.EqualFold(sel.Variable, c.Variable.Code) })
		if named < 0 {
			if c.Whole || d != nil && len(c.Codes) == d.Len() {
				filter = selection1{"all", []string{"*"}}
			}
		} else if from := s.Selections[named]; from.CodeList == "" && len(from.values) == 1 {
			if pattern := from.values[0]; d != nil && indexFold(d, pattern) < 0 {
				switch m := endExpr().FindStringSubmatch(pattern); {
				case m != nil && strings.EqualFold(m[1], "top") && m[3] == "":
					filter = selection1{"top", []string{m[2]}}
				case isOneStar(pattern):
					filter = selection1{"all", []string{pattern}}
				}
			}
		}
		items = append(items, item1{c.Variable.Code, filter})
	}
	return writeQuery1(items, format1(s.Format)), nil
}

// Selection2 is the query as a selection of version 2: variable by variable, with
// patterns and top as they are where the two versions mean the same by them, and
// codes where they do not. Variables that cannot be left out are added.
func (s *SavedQuery) Selection2(t *Table) ([]byte, error) {
	items, err := s.selection2(t)
	if err != nil {
		return nil, err
	}
	return compactJSON(query2{items}), nil
}

func (s *SavedQuery) selection2(t *Table) ([]item2, error) {
	named := map[int]bool{}
	items := []item2{}
	for _, sel := range s.Selections {
		i, err := t.findIn(sel)
		if err != nil {
			return nil, err
		}
		v := &t.Variables[i]
		named[i] = true
		if len(sel.values) == 0 && v.Elimination && sel.CodeList == "" {
			continue
		}
		it := item2{VariableCode: v.Code, CodeList: listID(sel.CodeList), ValueCodes: slices.Clone(sel.values)}
		if sel.how == filter1 {
			if it.ValueCodes, err = values2(v, sel); err != nil {
				return nil, err
			}
		}
		items = append(items, it)
	}
	for i := range t.Variables {
		if !named[i] && !t.Variables[i].Elimination {
			items = append(items, item2{VariableCode: t.Variables[i].Code, ValueCodes: []string{"*"}})
		}
	}
	return items, nil
}

// values2 writes the values of a filter of version 1 as version 2 has them.
func values2(v *Variable, sel Selection) ([]string, error) {
	switch strings.ToLower(sel.filter) {
	case "top":
		return []string{"TOP(" + strings.Join(sel.values, ",") + ")"}, nil
	case "all":
		var list []string
		for _, pattern := range sel.values {
			if isOneStar(pattern) {
				list = append(list, pattern)
				continue
			}
			// Version 1 reads only one star; version 2 would read it otherwise.
			if v.Dim == nil {
				return nil, selectionErrorf(v.Code, "the pattern %q means other things in the two versions", pattern)
			}
			one := Selection{Variable: v.Code, how: filter1, filter: "all", values: []string{pattern}}
			keep, err := resolveFilter(v.Dim, one)
			if err != nil {
				return nil, err
			}
			for _, k := range keep {
				list = append(list, v.Dim.CategoryID(k))
			}
		}
		return list, nil
	}
	return slices.Compact(slices.Clone(sel.values)), nil
}

// isOneStar tells whether both versions read a pattern alike.
func isOneStar(pattern string) bool {
	return strings.Count(pattern, "*") == 1 && !strings.Contains(pattern, "?")
}

// URL2 is the query as an address of version 2. Servers refuse addresses of more
// than about 2100 characters; long queries are sent as a selection instead.
func (s *SavedQuery) URL2(c *Client, t *Table) (string, error) {
	items, err := s.selection2(t)
	if err != nil {
		return "", err
	}
	var parts []string
	add := func(name, value string) { parts = append(parts, name+"="+escapeQuery(value)) }
	if c.lang != "" {
		add("lang", c.lang)
	}
	for _, it := range items {
		add("valueCodes["+escapeQuery(it.VariableCode)+"]", joinCodes(it.ValueCodes))
		if it.CodeList != "" {
			add("codelist["+escapeQuery(it.VariableCode)+"]", it.CodeList)
		}
	}
	format, params := format2(s.Format)
	add("outputFormat", format)
	if params != "" {
		add("outputFormatParams", params)
	}
	return cmp.Or(c.host.V2, "{base}") + tablePath(t.ID) + "/data?" + strings.Join(parts, "&"), nil
}

// MaxAddress is how long an address may be on most servers.
const MaxAddress = 2100

// escapeQuery escapes a value, but for the signs that make it readable and that
// servers take as they are.
func escapeQuery(text string) string {
	return strings.NewReplacer("+", "%20", "%2A", "*", "%28", "(", "%29", ")", "%2C", ",", "%3F", "?", "%5B", "[", "%5D", "]").Replace(url.QueryEscape(text))
}

// format1 and format2 are the formats that the other version's names stand for.
func format1(name string) string {
	switch strings.ToLower(name) {
	case "", jsonStat:
		return jsonStat
	case "csv":
		return "csv3"
	case "json-px":
		return "json"
	}
	return strings.ToLower(name)
}

func format2(name string) (format, params string) {
	switch strings.ToLower(name) {
	case "", jsonStat, "json-stat":
		return jsonStat, ""
	case "csv", "csv2":
		return "csv", "UseTexts"
	case "csv3":
		return "csv", "UseCodes"
	case "json":
		return "json-px", ""
	}
	return strings.ToLower(name), ""
}

// File is the query in the form of a file that the web page saves, which
// [ParseQuery] reads: every code by its name, so that it asks for the same cells
// whenever it is run. Other members tell when and of what it was made.
func (q *Query) File(c *Client, updated string) []byte {
	body := json.RawMessage(q.all().body1(q, jsonStat))
	f := struct {
		QueryObj json.RawMessage `json:"queryObj"`
		Table    string          `json:"tableIdForQuery"`
		PostURL  string          `json:"postUrl"`
		Title    string          `json:"title,omitempty"`
		Updated  string          `json:"updated,omitempty"`
	}{body, q.Table.ID, c.dataURL(q.Table), q.Table.Title, updated}
	return indented(compactJSON(f))
}
