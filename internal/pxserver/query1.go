package pxserver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// query1 is the body of a call for data in v1.
type query1 struct {
	Query []struct {
		Code      string `json:"code"`
		Selection struct {
			Filter string `json:"filter"`
			Values codes  `json:"values"`
		} `json:"selection"`
	} `json:"query"`
	Response struct {
		Format string `json:"format"`
	} `json:"response"`
}

// codes are texts in a call. Numbers are taken as well, as the real servers' reader of
// JSON does: clients write years so.
type codes []string

func (c *codes) UnmarshalJSON(text []byte) error {
	var all []any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&all); err != nil || all == nil {
		return err
	}
	*c = codes{}
	for _, value := range all {
		switch value := value.(type) {
		case string:
			*c = append(*c, value)
		case json.Number:
			*c = append(*c, value.String())
		default:
			return fmt.Errorf("%v is no text", value)
		}
	}
	return nil
}

// An errorKind is what v1 finds wrong with a call.
type errorKind int

const (
	parameterError errorKind = iota + 1
	variableError
	tooManyCells
	noSuchTable
)

type error1 struct {
	kind     errorKind
	variable string
}

// parse1 reads the body of a call.
func parse1(body []byte) (*query1, *error1) {
	var q query1
	if err := json.Unmarshal(body, &q); err != nil {
		return nil, &error1{kind: parameterError}
	}
	return &q, nil
}

// extract is what a query asks for of a table, of at most so many cells.
func (q *query1) extract(t *Table, host *Host, most int) (*extract, *error1) {
	e := &extract{t: t, host: host}
	asked := map[string]int{}
	for i, part := range q.Query {
		if t.Variable(part.Code) == nil {
			return nil, &error1{kind: parameterError}
		}
		if _, twice := asked[part.Code]; twice {
			return nil, &error1{kind: parameterError}
		}
		asked[part.Code] = i
	}
	for i := range t.Variables {
		v := &t.Variables[i]
		k, named := asked[v.Code]
		if !named {
			e.axes = append(e.axes, v.left())
			continue
		}
		a, ok := v.select1(t.NoAggregation && host.NoAggregation, q.Query[k].Selection.Filter, q.Query[k].Selection.Values)
		if !ok {
			return nil, &error1{variableError, v.Code}
		}
		e.axes = append(e.axes, a)
	}
	if e.cells() > most {
		return nil, &error1{kind: tooManyCells}
	}
	e.place()
	e.arrange()
	return e, nil
}

// left is the axis of a variable that the query does not name: eliminated if it
// can be, else whole.
func (v *Variable) left() axis {
	if v.Elimination {
		return v.eliminated()
	}
	return v.whole()
}

// select1 is the axis that one filter gives; not ok is an error in the values, or a
// grouping where none is allowed.
func (v *Variable) select1(noAggregation bool, filter string, values []string) (axis, bool) {
	prefix, name, grouped := strings.Cut(filter, ":")
	switch {
	case grouped && (prefix == "agg" || prefix == "agg_single" || prefix == "agg_all"):
		c := v.list(name, true)
		if c == nil || noAggregation {
			return axis{}, false
		}
		return v.groups(c, prefix, values)
	case grouped && prefix == "vs":
		if v.list(name, false) == nil {
			return axis{}, false
		}
	case strings.EqualFold(filter, "all"):
		return v.patterns(values)
	case strings.EqualFold(filter, "top"):
		return v.top(values)
	}
	return v.items(values)
}

// items are the values of the codes, each known and named once.
func (v *Variable) items(codes []string) (axis, bool) {
	if len(codes) == 0 {
		return v.eliminated(), v.Elimination
	}
	seen := map[string]bool{}
	var positions []int
	for _, c := range codes {
		i := v.index(c)
		if i < 0 || seen[c] {
			return axis{}, false
		}
		seen[c] = true
		positions = append(positions, i)
	}
	return axis{v: v, picks: v.picksOf(positions)}, true
}

// patterns are the values that match one of "*", "x*" and "*x". A star at both
// ends is one in front and a letter at the end.
func (v *Variable) patterns(patterns []string) (axis, bool) {
	var positions []int
	for _, p := range patterns {
		if !strings.HasPrefix(p, "*") && !strings.HasSuffix(p, "*") {
			return axis{}, false
		}
	}
	for i := range v.Values {
		for _, p := range patterns {
			code := v.Values[i].Code
			suffix, front := strings.CutPrefix(p, "*")
			if front && strings.HasSuffix(code, suffix) || !front && strings.HasPrefix(code, strings.TrimSuffix(p, "*")) {
				positions = append(positions, i)
				break
			}
		}
	}
	if len(positions) == 0 {
		return v.eliminated(), v.Elimination
	}
	return axis{v: v, picks: v.picksOf(positions)}, true
}

// top is the newest n periods of a time variable, else the first n values.
func (v *Variable) top(values []string) (axis, bool) {
	if len(values) != 1 {
		return axis{}, false
	}
	n, err := strconv.Atoi(values[0])
	if err != nil || n < 1 {
		return axis{}, false
	}
	all := every(len(v.Values))
	n = min(n, len(all))
	// Which end is the newest is told by the texts of the first two.
	if v.Kind == Time && len(all) > 1 && v.Values[0].Text.In("") < v.Values[1].Text.In("") {
		return axis{v: v, picks: v.picksOf(all[len(all)-n:])}, true
	}
	return axis{v: v, picks: v.picksOf(all[:n])}, true
}

// groups are values of a grouping: with agg: the groups, with agg_single: their
// members, with agg_all: both.
func (v *Variable) groups(c *CodeList, prefix string, codes []string) (axis, bool) {
	if len(codes) == 0 {
		return v.eliminated(), v.Elimination
	}
	asked := map[string]bool{}
	for _, code := range codes {
		if asked[code] {
			return axis{}, false
		}
		asked[code] = true
	}
	a := axis{v: v, list: c}
	for i := range c.Values {
		g := &c.Values[i]
		if prefix != "agg_single" && asked[g.Code] {
			a.picks = append(a.picks, v.groupPick(g))
			delete(asked, g.Code)
		}
		if prefix == "agg" {
			continue
		}
		for _, m := range g.Members {
			if i := v.index(m); i >= 0 && asked[m] {
				a.picks = append(a.picks, v.pickOf(i))
				delete(asked, m)
			}
		}
	}
	return a, len(asked) == 0
}
