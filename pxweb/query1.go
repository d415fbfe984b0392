package pxweb

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/dice"
)

// Queries of version 1: how they are read, and how they are written. A variable has
// a filter: item names codes, all has patterns in which one star counts, at the beginning
// or the end, top takes a number; agg:NAME and vs:NAME name codes of a code list.

// jsonStat is the format in which parts are asked for, as both versions call it.
const jsonStat = "json-stat2"

// query1 is a query as the body of a POST in version 1.
type query1 struct {
	Query    []item1 `json:"query"`
	Response struct {
		Format word `json:"format"`
	} `json:"response"`
}

// item1 is a variable in a query of version 1.
type item1 struct {
	Code      word       `json:"code"`
	Selection selection1 `json:"selection"`
}

// selection1 is a filter of version 1.
type selection1 struct {
	Filter word  `json:"filter"`
	Values words `json:"values"`
}

// criteria1 reads the variables of a query.
func criteria1(items []item1) ([]dice.Criterion, error) {
	var list []dice.Criterion
	for _, it := range items {
		if it.Code == "" {
			return nil, errors.New("it is no query: a variable has no code")
		}
		c, err := it.criterion()
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, noTwice(list)
}

// criterion reads a variable: what the server would read, but for what makes it leave out
// the variable without a word.
func (it *item1) criterion() (dice.Criterion, error) {
	c := dice.Criterion{Dimension: string(it.Code)}
	filter, values := strings.ToLower(string(it.Selection.Filter)), it.Selection.Values
	kind, name, isList := strings.Cut(string(it.Selection.Filter), ":")
	switch {
	case isList && isListKind(kind):
		c.CodeList = strings.ToLower(kind) + ":" + name
		c.Select = dice.IDs(values...)
	case filter == "item":
		c.Select = dice.IDs(values...)
	case filter == "all":
		for _, pattern := range values {
			glob := ""
			if rest, ok := strings.CutPrefix(pattern, "*"); ok {
				glob = "*" + dice.Literal(rest)
			} else if rest, ok := strings.CutSuffix(pattern, "*"); ok {
				glob = dice.Literal(rest) + "*"
			} else {
				return c, selectionErrorf(string(it.Code), "the pattern %q of filter all neither begins nor ends with a star", pattern)
			}
			c.Select = append(c.Select, dice.Selector{Kind: dice.Glob, Text: glob})
		}
	case filter == "top":
		if len(values) != 1 {
			return c, selectionErrorf(string(it.Code), "filter top takes one number")
		}
		n, err := strconv.Atoi(values[0])
		if err != nil || n < 1 {
			return c, selectionErrorf(string(it.Code), "filter top takes a number from 1, not %q", values[0])
		}
		c.Select = []dice.Selector{{Kind: dice.Top, N: n}}
	default:
		return c, selectionErrorf(string(it.Code), "there is no filter %q: it is item, all, top, agg:NAME or vs:NAME", it.Selection.Filter)
	}
	return c, nil
}

// filter1 writes a criterion as a filter. ok is false where version 1 has no words for it.
func filter1(c dice.Criterion) (f selection1, ok bool) {
	kinds := map[dice.Kind]bool{}
	f = selection1{"item", words{}}
	for _, s := range c.Select {
		kinds[s.Kind] = true
		switch s.Kind {
		case dice.ID:
			f.Values = append(f.Values, s.Text)
		case dice.Glob:
			pattern, ok := oneStar(s.Text)
			if !ok {
				return f, false
			}
			f.Filter, f.Values = "all", append(f.Values, pattern)
		case dice.Top:
			f.Filter, f.Values = "top", append(f.Values, strconv.Itoa(s.N))
		}
	}
	if c.CodeList != "" {
		f.Filter = word(c.CodeList)
	}
	top := kinds[dice.Top] && (len(c.Select) > 1 || c.Select[0].Offset > 0)
	return f, len(kinds) <= 1 && !top && !kinds[dice.Range] && !kinds[dice.Bottom] && !c.Omit && (c.CodeList == "" || len(kinds) == 0 || kinds[dice.ID])
}

// oneStar is a glob as a pattern of version 1: with a star at its beginning or end, and
// whatever else in it meaning itself.
func oneStar(glob string) (pattern string, ok bool) {
	begin, end := strings.HasPrefix(glob, "*"), strings.HasSuffix(glob, "*")
	inner := glob
	if begin {
		inner = glob[1:]
	} else if end {
		inner = glob[:len(glob)-1]
	}
	plain := strings.NewReplacer("[*]", "*", "[?]", "?").Replace(inner)
	if !begin && !end || dice.Literal(plain) != inner {
		return "", false
	}
	if begin {
		return "*" + plain, true
	}
	return plain + "*", true
}

// body1 is the query of a box.
func (b box) body1(q *Query, format string) []byte {
	items := make([]item1, len(q.Chosen))
	for i := range q.Chosen {
		c := &q.Chosen[i]
		filter := selection1{"item", b.codes(q, i)}
		if c.Whole {
			filter = selection1{"all", words{"*"}}
		} else if c.CodeList != "" {
			filter.Filter = word(c.CodeList)
		}
		items[i] = item1{word(c.Variable.Code), filter}
	}
	return writeQuery1(items, format)
}

// Query1 is the query as the body of a POST in version 1. The table says what
// expressions of version 2 have no filter for: they become codes.
func (s *SavedQuery) Query1(t *Table, lists Lists) ([]byte, error) {
	items := []item1{}
	if s.API == V1 {
		for _, c := range s.Criteria {
			filter, _ := filter1(c)
			items = append(items, item1{word(c.Dimension), filter})
		}
		return writeQuery1(items, format1(s.Format)), nil
	}
	q, err := t.Resolve(s.Criteria, lists)
	if err != nil {
		return nil, err
	}
	for i := range q.Chosen {
		items = append(items, item1{word(q.Chosen[i].Variable.Code), s.filterOf(&q.Chosen[i])})
	}
	return writeQuery1(items, format1(s.Format)), nil
}

// filterOf is the filter for what was chosen of a variable: a pattern and top as they are
// where both versions mean the same by them, else codes.
func (s *SavedQuery) filterOf(c *Chosen) selection1 {
	codes := selection1{"item", c.Codes}
	if c.CodeList != "" {
		codes.Filter = word(c.CodeList)
	}
	d := c.Variable.Dim
	named := slices.IndexFunc(s.Criteria, func(have dice.Criterion) bool { return strings.EqualFold(have.Dimension, c.Variable.Code) })
	if named < 0 {
		if c.Whole || d != nil && len(c.Codes) == d.Len() {
			return selection1{"all", words{"*"}}
		}
		return codes
	}
	from := s.Criteria[named]
	if from.CodeList != "" || len(from.Select) != 1 || d == nil || indexFold(d, from.Select[0].Written) >= 0 {
		return codes
	}
	switch filter, ok := filter1(from); {
	case ok && filter.Filter == "top", ok && filter.Filter == "all" && isOneStar(from.Select[0].Text):
		return filter
	}
	return codes
}

// isOneStar tells whether both versions read a pattern alike.
func isOneStar(pattern string) bool {
	return strings.Count(pattern, "*") == 1 && !strings.Contains(pattern, "?")
}

// example1 is the query that Statistics Norway's console shows for a table.
func example1(t *Table) []byte {
	items := make([]item1, len(t.Variables))
	for i := range t.Variables {
		items[i] = item1{word(t.Variables[i].Code), selection1{"all", words{"*"}}}
		if values := t.Variables[i].some(); values != nil {
			items[i].Selection = selection1{"item", values}
		}
	}
	return indented(writeQuery1(items, jsonStat))
}

// file1 is a query in the form of a file that the web page saves.
func file1(q *Query, address, updated string) []byte {
	f := struct {
		QueryObj json.RawMessage `json:"queryObj"`
		Table    string          `json:"tableIdForQuery"`
		PostURL  string          `json:"postUrl"`
		Title    string          `json:"title,omitempty"`
		Updated  string          `json:"updated,omitempty"`
	}{q.all().body1(q, jsonStat), q.Table.ID, address, q.Table.Title, updated}
	return indented(compactJSON(f))
}

// format1 is the format that a name of version 2 stands for.
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

// writeQuery1 writes a query of version 1.
func writeQuery1(items []item1, format string) []byte {
	q := query1{Query: items}
	q.Response.Format = word(format)
	return compactJSON(q)
}

// compactJSON writes JSON and leaves characters as they are.
func compactJSON(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // strings and numbers alone
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

// indented is JSON for people to read and edit.
func indented(text []byte) []byte {
	var b bytes.Buffer
	_ = json.Indent(&b, text, "", "  ")
	return append(b.Bytes(), '\n')
}
