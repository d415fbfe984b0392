package pxserver

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// query2 is a selection of v2.
type query2 struct {
	Selection []select2  `json:"selection"`
	Placement *placement `json:"placement,omitempty"`
}

type select2 struct {
	VariableCode string   `json:"variableCode"`
	CodeList     string   `json:"codelist,omitempty"`
	ValueCodes   []string `json:"valueCodes"`
}

type placement struct {
	Heading []string `json:"heading"`
	Stub    []string `json:"stub"`
}

// A problem is an error of v2. Status is that of the answer, inside the one in
// the object, where they differ.
type problem struct {
	status, inside int
	title          string
}

func wrong(title string) *problem { return &problem{status: http.StatusBadRequest, title: title} }

// The titles, misspelled as on the real servers.
var (
	noVariable        = wrong("Non-existent variable")
	noValue           = wrong("Non-existent value")
	noCodeList        = wrong("Non-existent codelist")
	missingSelection  = wrong("Missing selection for mandantory variable")
	illegalSelection  = wrong("Illegal selection for mandantory variable")
	illegalExpression = wrong("Illegal selection expression")
	illegalPlacement  = wrong("Illegal placment")
	tooManyCells2     = wrong("Too many cells selected")
	noFormat          = wrong("Unsupported output format")
	noLanguage        = wrong("Unsupported language")
	noTable2          = &problem{status: http.StatusNotFound, title: "Non-existent table"}
	noTableData       = &problem{status: http.StatusBadRequest, inside: http.StatusNotFound, title: "Non-existent table"}
	noPage            = &problem{status: http.StatusNotFound, title: "Non-existent page"}
	noCodeList2       = &problem{status: http.StatusNotFound, title: "Non-existent codelist"}
	noSavedQuery      = &problem{status: http.StatusNotFound, title: "Saved query not found"}
	crash             = &problem{status: http.StatusInternalServerError} // without a body
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
			add(variable).ValueCodes = splitItems(value)
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

// bodyQuery reads a selection out of the body of a call; nothing is an empty one.
func bodyQuery(body []byte) (*query2, error) {
	q := &query2{}
	if len(strings.TrimSpace(string(body))) == 0 {
		return q, nil
	}
	return q, json.Unmarshal(body, q)
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

// empty tells whether no values were chosen, which gives the default extract.
func (q *query2) empty() bool {
	for _, s := range q.Selection {
		if len(s.ValueCodes) > 0 {
			return false
		}
	}
	return true
}

// variable2 finds a variable, whatever the case of its code; "time" is the time
// variable.
func (t *Table) variable2(code string) int {
	for i := range t.Variables {
		if strings.EqualFold(t.Variables[i].Code, code) {
			return i
		}
	}
	if strings.EqualFold(code, "time") {
		return slices.IndexFunc(t.Variables, func(v Variable) bool { return v.Kind == Time })
	}
	return -1
}

// list2 finds a code list of a variable by its whole id.
func (v *Variable) list2(id string) *CodeList {
	for i := range v.CodeLists {
		if v.CodeLists[i].FullID() == id {
			return &v.CodeLists[i]
		}
	}
	return nil
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
	if bad := e.move(q.Placement); bad != nil {
		return nil, bad
	}
	e.arrange()
	return e, nil
}

// select2 is the axis that one part of a selection gives; nil is none.
func (v *Variable) select2(s *select2) (axis, *problem) {
	if s == nil {
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
	for i, yes := range chosen {
		if !yes {
			continue
		}
		any = true
		if list == nil {
			a.picks = append(a.picks, v.pickOf(i))
		} else {
			a.picks = append(a.picks, v.groupPick(&list.Values[i]))
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

// choice are the codes of a code list, or of the variable.
func (v *Variable) choice(list *CodeList) *choice {
	c := &choice{time: v.Kind == Time}
	if list != nil {
		for i := range list.Values {
			c.codes = append(c.codes, list.Values[i].Code)
		}
		return c
	}
	for i := range v.Values {
		c.codes = append(c.codes, v.Values[i].Code)
	}
	return c
}

// all tells which codes the items choose together. A code that stands there twice
// is more than the server can bear.
func (c *choice) all(items []string) ([]bool, *problem) {
	chosen := make([]bool, len(c.codes))
	named := map[string]bool{}
	for _, item := range items {
		i := c.find(item)
		switch {
		case i >= 0:
			if named[c.codes[i]] {
				return nil, crash
			}
			named[c.codes[i]] = true
			chosen[i] = true
		case strings.HasPrefix(item, "$$"):
			return nil, illegalExpression
		case isExpression(item):
			positions, legal := c.choose(item)
			if !legal {
				return nil, illegalExpression
			}
			for _, p := range positions {
				chosen[p] = true
			}
		default:
			return nil, noValue
		}
	}
	return chosen, nil
}

// move puts variables into stub and heading as asked. Those not named stay where
// they are, in the stub if only the heading is told.
func (e *extract) move(p *placement) *problem {
	if p == nil || len(p.Heading)+len(p.Stub) == 0 {
		return nil
	}
	taken := make([]bool, len(e.axes))
	take := func(codes []string, heading bool) (axes []axis, ok bool) {
		for _, code := range codes {
			k := e.t.variable2(code)
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
		return illegalPlacement
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
	return nil
}

// defaultSelection is what the server chooses where nothing was asked for: a
// small part that fits on a screen.
func defaultSelection(t *Table, q *query2) *query2 {
	const most = 1500
	lists := map[int]string{}
	for _, s := range q.Selection {
		if k := t.variable2(s.VariableCode); k >= 0 {
			lists[k] = s.CodeList
		}
	}
	d := &query2{Placement: q.Placement}
	last := lastEliminable(t)
	for i := range t.Variables {
		v := &t.Variables[i]
		s := select2{VariableCode: v.Code, CodeList: lists[i]}
		codes := v.choice(v.list2(s.CodeList)).codes
		switch {
		case v.Kind == Time && len(t.Variables) <= 3:
			s.ValueCodes = codes[max(0, len(codes)-13):]
		case v.Kind == Time:
			s.ValueCodes = codes[max(0, len(codes)-1):]
		case v.Kind == Contents && len(t.Variables) > 3:
			s.ValueCodes = codes[:min(1, len(codes))]
		case v.Elimination && i != last && len(t.Variables) > 3 && s.CodeList == "":
			continue
		default:
			s.ValueCodes = codes[:min(most, len(codes))]
		}
		d.Selection = append(d.Selection, s)
	}
	return d
}

func lastEliminable(t *Table) int {
	last := -1
	for i := range t.Variables {
		if t.Variables[i].Elimination {
			last = i
		}
	}
	return last
}
