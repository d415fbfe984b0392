package pxweb

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/dice"
)

// Queries of version 2: how they are read, and how they are written. A variable has values,
// each a code in any case of letters or an expression: a pattern with stars at its ends or
// with question marks, TOP, BOTTOM, RANGE, FROM and TO. An exact code wins over an
// expression.

// query2 is a query as the body of a POST in version 2.
type query2 struct {
	Selection []item2     `json:"selection"`
	Placement *placement2 `json:"placement,omitempty"`
}

// placement2 is where variables stand in a file that the server makes.
type placement2 struct {
	Heading words `json:"heading"`
	Stub    words `json:"stub"`
}

// placed is where variables are to stand, nil if that is not said.
func placed(heading, stub []string) *placement2 {
	if heading == nil && stub == nil {
		return nil
	}
	return &placement2{append(words{}, heading...), append(words{}, stub...)}
}

// item2 is a variable in a selection of version 2.
type item2 struct {
	VariableCode word  `json:"variableCode"`
	CodeList     word  `json:"codelist,omitempty"`
	ValueCodes   words `json:"valueCodes"`
}

// sortVariable is what web pages add to addresses.
const sortVariable = "$$SORT"

// criteria2 reads the variables of a query.
func criteria2(items []item2) ([]dice.Criterion, error) {
	var list []dice.Criterion
	for _, it := range items {
		if it.VariableCode == "" {
			return nil, errors.New("it is no query: a selection has no variableCode")
		}
		if strings.EqualFold(string(it.VariableCode), sortVariable) {
			continue // web pages add it, and servers refuse it
		}
		c := dice.Criterion{Dimension: string(it.VariableCode), CodeList: listName(string(it.CodeList)), AnyCase: true}
		for _, value := range it.ValueCodes {
			if strings.EqualFold(value, sortVariable) {
				continue // addresses made by the web page have it, and servers refuse it
			}
			s, err := expression(value)
			if err != nil {
				return nil, selectionErrorf(string(it.VariableCode), "%s: %v", value, err)
			}
			s.Written = value
			c.Select = append(c.Select, s)
		}
		list = append(list, c)
	}
	return list, noTwice(list)
}

var (
	endExpr   = pattern(`(?i)^(top|bottom)\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)$`)
	rangeExpr = pattern(`(?i)^range\((.*)\)$`)
	fromExpr  = pattern(`(?i)^(from|to)\((.*)\)$`)
)

// expression reads a value.
func expression(value string) (dice.Selector, error) {
	if m := endExpr().FindStringSubmatch(value); m != nil {
		s := dice.Selector{Kind: dice.Top}
		if strings.EqualFold(m[1], "bottom") {
			s.Kind = dice.Bottom
		}
		s.N, _ = strconv.Atoi(m[2])
		s.Offset, _ = strconv.Atoi(m[3])
		if s.N < 1 {
			return s, errors.New("it selects nothing")
		}
		return s, nil
	}
	if m := rangeExpr().FindStringSubmatch(value); m != nil {
		from, to, ok := strings.Cut(m[1], ",")
		if !ok || strings.Contains(to, ",") {
			return dice.Selector{}, errors.New("a range has two ends, and a comma between them")
		}
		return dice.Selector{Kind: dice.Range, Text: strings.TrimSpace(from), To: strings.TrimSpace(to)}, nil
	}
	if m := fromExpr().FindStringSubmatch(value); m != nil {
		end := strings.TrimSpace(m[2])
		if strings.EqualFold(m[1], "from") {
			return dice.Selector{Kind: dice.Range, Text: end}, nil
		}
		return dice.Selector{Kind: dice.Range, To: end}, nil
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(value, "*"), "*")
	switch {
	case strings.Contains(value, "?"): // a star beside it is a star
		return dice.Selector{Kind: dice.Glob, Text: strings.ReplaceAll(value, "*", "[*]")}, nil
	case strings.Contains(inner, "*"): // a code, or nothing
	case inner != value || value == "*":
		return dice.Selector{Kind: dice.Glob, Text: value}, nil
	}
	return dice.Selector{Kind: dice.ID, Text: value}, nil
}

// expression2 writes a selector as a value.
func expression2(s dice.Selector) string {
	if s.Written != "" {
		return s.Written
	}
	name := "TOP"
	switch s.Kind {
	case dice.ID:
		return s.Text
	case dice.Glob:
		return strings.NewReplacer("[*]", "*", "[?]", "?").Replace(s.Text)
	case dice.Range:
		switch {
		case s.Text == "":
			return "TO(" + s.To + ")"
		case s.To == "":
			return "FROM(" + s.Text + ")"
		}
		return "RANGE(" + s.Text + "," + s.To + ")"
	case dice.Bottom:
		name = "BOTTOM"
	}
	if s.Offset > 0 {
		return fmt.Sprintf("%s(%d,%d)", name, s.N, s.Offset)
	}
	return fmt.Sprintf("%s(%d)", name, s.N)
}

// body2 is the query of a box.
func (b box) body2(q *Query, at *placement2) []byte {
	items := make([]item2, len(q.Chosen))
	for i := range q.Chosen {
		c := &q.Chosen[i]
		items[i] = item2{VariableCode: word(c.Variable.Code), CodeList: word(listID(c.CodeList)), ValueCodes: b.codes(q, i)}
		if c.Whole {
			items[i].ValueCodes = []string{"*"}
		}
	}
	return compactJSON(query2{items, at})
}

// Selection2 is the query as a selection of version 2: variable by variable, with
// patterns and top as they are where the two versions mean the same by them, and
// codes where they do not. Variables that cannot be left out are added.
func (s *SavedQuery) Selection2(t *Table) ([]byte, error) {
	items, err := s.selection2(t)
	if err != nil {
		return nil, err
	}
	return compactJSON(query2{items, placed(s.Heading, s.Stub)}), nil
}

func (s *SavedQuery) selection2(t *Table) ([]item2, error) {
	named := map[int]bool{}
	items := []item2{}
	for _, c := range s.Criteria {
		i, err := t.findIn(c)
		if err != nil {
			return nil, err
		}
		v := &t.Variables[i]
		named[i] = true
		if len(c.Select) == 0 && v.Elimination && c.CodeList == "" {
			continue
		}
		it := item2{VariableCode: word(v.Code), CodeList: word(listID(c.CodeList)), ValueCodes: words{}}
		for _, sel := range c.Select {
			values, err := values2(v, c, sel)
			if err != nil {
				return nil, err
			}
			it.ValueCodes = append(it.ValueCodes, values...)
		}
		if s.API == V1 {
			it.ValueCodes = slices.Compact(it.ValueCodes)
		}
		items = append(items, it)
	}
	for i := range t.Variables {
		if !named[i] && !t.Variables[i].Elimination {
			items = append(items, item2{VariableCode: word(t.Variables[i].Code), ValueCodes: words{"*"}})
		}
	}
	return items, nil
}

// values2 writes a selector of a variable: a pattern that version 2 would read otherwise
// becomes codes.
func values2(v *Variable, c dice.Criterion, s dice.Selector) ([]string, error) {
	if s.Written != "" || s.Kind != dice.Glob || isOneStar(s.Text) {
		return []string{expression2(s)}, nil
	}
	if v.Dim == nil {
		return nil, selectionErrorf(v.Code, "the pattern %q means other things in the two versions", expression2(s))
	}
	c.Select = []dice.Selector{s}
	keep, err := resolveIn(v.Dim, c)
	if err != nil {
		return nil, err
	}
	if keep == nil {
		keep = span(0, v.Dim.Len())
	}
	list := make([]string, len(keep))
	for i, k := range keep {
		list[i] = v.Dim.CategoryID(k)
	}
	return list, nil
}

// example2 is the same as a selection of version 2.
func example2(t *Table) []byte {
	items := make([]item2, len(t.Variables))
	for i := range t.Variables {
		items[i] = item2{VariableCode: word(t.Variables[i].Code), ValueCodes: words{"*"}}
		if values := t.Variables[i].some(); values != nil {
			items[i].ValueCodes = values
		}
	}
	return indented(compactJSON(query2{Selection: items}))
}

// MaxAddress is how long an address may be on most servers.
const MaxAddress = 2100

// url2 is the query as an address at a server.
func (s *SavedQuery) url2(at site, t *Table) (string, error) {
	items, err := s.selection2(t)
	if err != nil {
		return "", err
	}
	var parts []string
	add := func(name, value string) { parts = append(parts, name+"="+escapeQuery(value)) }
	if at.lang != "" {
		add("lang", at.lang)
	}
	for _, it := range items {
		add("valueCodes["+escapeQuery(string(it.VariableCode))+"]", joinCodes(it.ValueCodes))
		if it.CodeList != "" {
			add("codelist["+escapeQuery(string(it.VariableCode))+"]", string(it.CodeList))
		}
	}
	format, params := format2(s.Format)
	add("outputFormat", format)
	if params != "" || len(s.Params) > 0 {
		add("outputFormatParams", strings.Join(append(s.Params, strings.Fields(params)...), ","))
	}
	if s.Heading != nil {
		add("heading", joinCodes(s.Heading))
	}
	if s.Stub != nil {
		add("stub", joinCodes(s.Stub))
	}
	return cmp.Or(at.host.V2, "{base}") + tablePath(t.ID) + "/data?" + strings.Join(parts, "&"), nil
}

// escapeQuery escapes a value, but for the signs that make it readable and that
// servers take as they are.
func escapeQuery(text string) string {
	return strings.NewReplacer("+", "%20", "%2A", "*", "%28", "(", "%29", ")", "%2C", ",", "%3F", "?", "%5B", "[", "%5D", "]").Replace(url.QueryEscape(text))
}

// format2 is the format that a name of version 1 stands for, with its parameters.
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

// SavedQuery is the query of version 2 behind the question mark of an address, nil if
// there is none: what it selects, and how a file is to be laid out.
func (a *Address) SavedQuery() (*SavedQuery, error) {
	q := &SavedQuery{API: V2, Table: a.Table, Lang: a.Lang}
	at := map[string]int{} // the items by variable
	var items []item2
	lists := map[string]string{}
	asks := false
	for _, name := range slices.Sorted(maps.Keys(a.Query)) {
		all := a.Query[name]
		kind, variable := cutParameter(name)
		switch kind {
		case "codelist":
			lists[variable] = strings.Join(all, ",")
		case "valuecodes":
			i, ok := at[variable]
			if !ok {
				i, at[variable] = len(items), len(items)
				items = append(items, item2{VariableCode: word(variable)})
			}
			for _, text := range all {
				items[i].ValueCodes = append(items[i].ValueCodes, splitCodes(text)...)
			}
		case "outputformat":
			q.Format, asks = all[0], true
		case "outputformatparams":
			q.Params, asks = splitCodes(strings.Join(all, ",")), true
		case "heading":
			q.Heading, asks = append([]string{}, splitCodes(strings.Join(all, ","))...), true
		case "stub":
			q.Stub, asks = append([]string{}, splitCodes(strings.Join(all, ","))...), true
		}
	}
	for _, variable := range slices.Sorted(maps.Keys(lists)) {
		i, ok := at[variable]
		if !ok {
			return nil, selectionErrorf(variable, "the address names a code list and no values: it gets what the server chooses")
		}
		items[i].CodeList = word(lists[variable])
	}
	var err error
	if q.Criteria, err = criteria2(items); err != nil || len(q.Criteria) == 0 && !asks {
		return nil, err
	}
	return q, nil
}

// cutParameter takes valueCodes[VAR] apart; of a parameter without a variable that is empty.
func cutParameter(name string) (kind, variable string) {
	kind, rest, found := strings.Cut(name, "[")
	variable, ok := strings.CutSuffix(rest, "]")
	if found && !ok {
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
