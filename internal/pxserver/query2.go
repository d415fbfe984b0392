package pxserver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// addressQuery reads a selection out of an address.
func addressQuery(values map[string]string) *query2 {
	q := &query2{}
	at := map[string]int{}
	add := func(code string) *select2 {
		key := strings.ToLower(code)
		if _, ok := at[key]; !ok {
			at[key] = len(q.Selection)
			q.Selection = append(q.Selection, select2{VariableCode: code})
		}
		return &q.Selection[at[key]]
	}
	for key, value := range values {
		name, variable, ok := strings.Cut(strings.TrimSuffix(key, "]"), "[")
		switch {
		case ok && strings.EqualFold(name, "valuecodes"):
			if add(variable).ValueCodes = splitItems(value); value == "" {
				add(variable).ValueCodes = []string{""} // no value's code
			}
		case ok && strings.EqualFold(name, "codelist"):
			add(variable).CodeList = value
		case strings.EqualFold(key, "heading") || strings.EqualFold(key, "stub"):
			if q.Placement == nil {
				q.Placement = &placement{}
			}
			if strings.EqualFold(key, "heading") {
				q.Placement.Heading = splitItems(value)
			} else {
				q.Placement.Stub = splitItems(value)
			}
		}
	}
	return q
}

// splitItems cuts a list at its commas; inside brackets they belong to the item.
func splitItems(list string) (items []string) {
	if list == "" {
		return nil
	}
	depth, from := 0, 0
	for i := 0; i <= len(list); i++ {
		switch {
		case i == len(list) || list[i] == ',' && depth == 0:
			item := list[from:i]
			if inside, ok := strings.CutPrefix(item, "["); ok {
				item = strings.TrimSuffix(inside, "]")
			}
			items = append(items, item)
			from = i + 1
		case list[i] == '[':
			depth++
		case list[i] == ']':
			depth--
		}
	}
	return items
}

// bodyQuery reads a selection out of the body of a call; no body at all is an empty
// one.
func bodyQuery(body []byte) (*query2, []fieldError) {
	q := &query2{}
	if len(bytes.TrimSpace(body)) == 0 {
		return q, nil
	}
	if err := json.Unmarshal(body, q); err != nil {
		return nil, []fieldError{notJSON(body)}
	}
	return q, q.missing("")
}

// notJSON says of a body what the real servers' reader of JSON says: where it ends too
// early, else that its first letter is wrong.
func notJSON(body []byte) fieldError {
	text := strings.TrimSpace(string(body))
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		lines := strings.Split(text, "\n")
		return fieldError{"", fmt.Sprintf("Unexpected end when reading JSON. Path '', line %d, position %d.", len(lines), len(lines[len(lines)-1]))}
	}
	return fieldError{"", fmt.Sprintf("Unexpected character encountered while parsing value: %c. Path '', line 0, position 0.", []rune(text)[0])}
}

// parameters are those of an address by their names in lower case, besides what
// stands in brackets.
func parameters(query url.Values) map[string]string {
	p := map[string]string{}
	for key, values := range query {
		name, rest, ok := strings.Cut(key, "[")
		name = strings.ToLower(name)
		if ok {
			name += "[" + rest
		}
		p[name] = values[0]
	}
	return p
}

// extract is what a selection asks for of a table, of at most so many cells.
func (q *query2) extract(t *Table, host *Host, most int) (*extract, *problem) {
	if q.empty() {
		q = defaultSelection(t, q)
	}
	asked := make([]*select2, len(t.Variables))
	for i := range q.Selection {
		k := t.variable2(q.Selection[i].VariableCode)
		if k < 0 {
			return nil, noVariable
		}
		if id := q.Selection[i].CodeList; id != "" && t.Variables[k].list2(id) == nil {
			if host.FileTables && strings.Contains(id, "_") {
				return nil, crash // the file of the grouping is looked for
			}
			return nil, noCodeList
		}
		asked[k] = &q.Selection[i]
	}
	e := &extract{t: t, host: host}
	for i := range t.Variables {
		a, bad := t.Variables[i].select2(asked[i])
		if bad != nil {
			return nil, bad
		}
		e.axes = append(e.axes, a)
	}
	product := int32(1) // as the server counts, overflow and all
	for _, a := range e.axes {
		product *= int32(len(a.picks))
	}
	if int(product) > most {
		return nil, tooManyCells2
	}
	e.place()
	e.move(q.Placement)
	e.arrange()
	return e, nil
}

// select2 is the axis that one part of a selection gives; nil is none.
func (v *Variable) select2(s *select2) (axis, *problem) {
	if s == nil || len(s.ValueCodes) == 0 {
		if !v.Elimination {
			return axis{}, missingSelection
		}
		return v.eliminated(), nil
	}
	list := v.list2(s.CodeList)
	c := v.choice(list)
	chosen, bad := c.all(s.ValueCodes)
	if bad != nil {
		return axis{}, bad
	}
	any := false
	a := axis{v: v, list: list}
	for i, times := range chosen {
		for range times {
			any = true
			if list == nil {
				a.picks = append(a.picks, v.pickOf(i))
			} else {
				a.picks = append(a.picks, v.groupPick(&list.Values[i]))
			}
		}
	}
	if !any {
		if !v.Elimination || list != nil && list.Aggregation {
			return axis{}, illegalSelection
		}
		return v.eliminated(), nil
	}
	if list != nil && !list.Aggregation {
		a.list = nil // a value set chooses among the variable's own values
		slices.SortFunc(a.picks, func(x, y pick) int { return x.members[0] - y.members[0] })
	}
	return a, nil
}

// move puts variables into stub and heading as asked. Those not named stay where
// they are, in the stub if only the heading is told. A placement that names a variable
// twice, or one that is not in the answer, is not kept to.
func (e *extract) move(p *placement) {
	if p == nil || len(p.Heading)+len(p.Stub) == 0 {
		return
	}
	taken := make([]bool, len(e.axes))
	take := func(codes []string, heading bool) (axes []axis, ok bool) {
		for _, code := range codes {
			k := slices.IndexFunc(e.axes, func(a axis) bool { return a.of == e.t.variable2(code) })
			if k < 0 || taken[k] || e.axes[k].gone {
				return nil, false
			}
			taken[k] = true
			a := e.axes[k]
			a.heading = heading
			axes = append(axes, a)
		}
		return axes, true
	}
	heading, ok1 := take(p.Heading, true)
	stub, ok2 := take(p.Stub, false)
	if !ok1 || !ok2 {
		return
	}
	for i, a := range e.axes {
		if taken[i] {
			continue
		}
		if a.heading = len(p.Heading) == 0; a.heading {
			heading = append(heading, a)
		} else {
			stub = append(stub, a)
		}
	}
	e.axes = append(stub, heading...)
}
