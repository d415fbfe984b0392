package pxserver

import (
	"fmt"
	"slices"
	"strings"
)

// query2 is a selection of v2.
type query2 struct {
	Selection []select2  `json:"selection"`
	Placement *placement `json:"placement,omitempty"`
}

type select2 struct {
	VariableCode string `json:"variableCode"`
	CodeList     string `json:"codelist,omitempty"`
	ValueCodes   codes  `json:"valueCodes"`
}

type placement struct {
	Heading []string `json:"heading"`
	Stub    []string `json:"stub"`
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
// variable, whatever else is called so.
func (t *Table) variable2(code string) int {
	if strings.EqualFold(code, "time") {
		if i := slices.IndexFunc(t.Variables, func(v Variable) bool { return v.Kind == Time }); i >= 0 {
			return i
		}
	}
	for i := range t.Variables {
		if strings.EqualFold(t.Variables[i].Code, code) {
			return i
		}
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

// missing are the members that a selection does not have and needs.
func (q *query2) missing(before string) (wrong []fieldError) {
	if q.Selection == nil {
		return []fieldError{required(before + "Selection")}
	}
	for i, s := range q.Selection {
		at := fmt.Sprintf("%sSelection[%d].", before, i)
		if s.VariableCode == "" {
			wrong = append(wrong, required(at+"VariableCode"))
		}
		if s.ValueCodes == nil {
			wrong = append(wrong, required(at+"ValueCodes"))
		}
	}
	return wrong
}
