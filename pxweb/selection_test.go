package pxweb

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// sample is a table with what selections are about.
func sample(t testing.TB) *Table {
	t.Helper()
	dim := func(id string, role jsonstat.Role, codes ...string) *jsonstat.Dimension {
		spec := jsonstat.DimensionSpec{ID: id, Label: strings.ToLower(id), Role: role}
		for _, c := range codes {
			spec.Categories = append(spec.Categories, jsonstat.Category{ID: c, Label: "label of " + c})
		}
		d, err := jsonstat.NewDimension(spec)
		require.NoError(t, err)
		return d
	}
	return &Table{API: V2, ID: "05839", Path: "05839", Variables: []Variable{
		{Code: "Region", Dim: dim("Region", jsonstat.Geo, "0", "0301", "1103", "1108", "a*b"), Elimination: true,
			CodeLists: []CodeListRef{{ID: "agg_Fylker"}, {ID: "vs_Kommuner"}}},
		{Code: "Kjonn", Dim: dim("Kjonn", "", "1", "2"), Elimination: true},
		{Code: "ContentsCode", Dim: dim("ContentsCode", jsonstat.Metric, "Personer", "Andel")},
		{Code: "Tid", Dim: dim("Tid", jsonstat.Time, "2021", "2022", "2023", "2024")},
	}}
}

// sampleLists are the code lists of the sample.
func sampleLists(name string) (*CodeList, error) {
	l := &CodeList{ID: listID(name)}
	add := func(codes ...string) {
		for _, c := range codes {
			l.Values = append(l.Values, struct {
				Code    string   `json:"code"`
				Label   string   `json:"label"`
				Members []string `json:"valueMap"`
			}{Code: c})
		}
	}
	switch name {
	case "agg:Fylker":
		add("F-03", "F-11")
	case "vs:Kommuner":
		add("1108", "0301")
	default:
		return nil, nil
	}
	return l, nil
}

// chosen writes a query in a line: VAR=code,code VAR=....
func chosen(q *Query) string {
	var parts []string
	for _, c := range q.Chosen {
		list := c.CodeList
		if list != "" {
			list += ":"
		}
		if c.Whole {
			list += "(whole)"
		}
		parts = append(parts, c.Variable.Code+"="+list+strings.Join(c.Codes, ","))
	}
	return strings.Join(parts, " ")
}

const rest = "ContentsCode=Personer,Andel Tid=2021,2022,2023,2024"

func TestResolveGrammar(t *testing.T) {
	tests := []struct{ name, text, want, err string }{
		{"nothing is all", "", "Region=0,0301,1103,1108,a*b Kjonn=1,2 " + rest, ""},
		{"what is not named is left out if it can be", "Tid=2024", "ContentsCode=Personer,Andel Tid=2024", ""},
		{"table order, none twice", "Region=1103/0301/1103", "Region=0301,1103 " + rest, ""},
		{"a glob", "Region=11*", "Region=1103,1108 " + rest, ""},
		{"a code that looks like a glob", "Region=a*b", "Region=a*b " + rest, ""},
		{"all", "Region=*", "Region=0,0301,1103,1108,a*b " + rest, ""},
		{"newest", "Tid=top(2)", "ContentsCode=Personer,Andel Tid=2023,2024", ""},
		{"oldest", "Tid=bottom(1)", "ContentsCode=Personer,Andel Tid=2021", ""},
		{"first of others", "Region=top(2)", "Region=0,0301 " + rest, ""},
		{"a range", "Tid=2022..2023", "ContentsCode=Personer,Andel Tid=2022,2023", ""},
		{"an open range", "Tid=2023..", "ContentsCode=Personer,Andel Tid=2023,2024", ""},
		{"several variables", "Region=0301,Tid=2024", "Region=0301 ContentsCode=Personer,Andel Tid=2024", ""},
		{"a grouping", "Region=agg:Fylker:F-11,F-03", "Region=agg:Fylker:F-03,F-11 " + rest, ""},
		{"a grouping by the name of version 2", "Region=agg_Fylker:F-03", "Region=agg:Fylker:F-03 " + rest, ""},
		{"a grouping in front of each value", "Region=agg:Fylker:F-11,agg:Fylker:F-03", "Region=agg:Fylker:F-03,F-11 " + rest, ""},
		{"a grouping in quotes is a code", `Region="agg:Fylker:F-03"`, "", `no category "agg:Fylker:F-03"`},
		{"all of a grouping", "Region=agg:Fylker:*", "Region=agg:Fylker:F-03,F-11 " + rest, ""},
		{"a value set, in the order of the table", "Region=vs:Kommuner:1108,0301", "Region=vs:Kommuner:0301,1108 " + rest, ""},
		{"the case of a variable", "region=0301", "Region=0301 " + rest, ""},
		{"an unknown variable", "Regoin=0301", "", `no variable "Regoin"; did you mean "Region"`},
		{"a text for a code", "Region='label of 0301'", "", `did you mean "0301"`},
		{"an unknown code", "Region=0302", "", `no category "0302" in dimension "Region"; did you mean "0301"`},
		{"an unknown grouping", "Region=agg:Fylke:F-03", "", `no code list "agg_Fylke" in dimension "Region"; did you mean "agg_Fylker"`},
		{"an unknown code of a grouping", "Region=agg:Fylker:F-04", "", `no category "F-04"`},
		{"a grouping without values", "Region=agg:Fylker", "", "no values follow"},
		{"a glob without a hit", "Region=99*", "", `"99*"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var list []dice.Criterion
			var err error
			if tt.text != "" {
				list, err = criteria(tt.text)
			}
			var q *Query
			if err == nil {
				q, err = sample(t).Resolve(list, sampleLists)
			}
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, chosen(q))
		})
	}
}

// TestWithoutValueSets asks for the values of a value set as those of the variable, where
// they are.
func TestWithoutValueSets(t *testing.T) {
	list, err := criteria("Region=vs:Kommuner:1108,0301")
	require.NoError(t, err)
	q, err := sample(t).Resolve(list, sampleLists)
	require.NoError(t, err)
	require.Equal(t, "Region=0301,1108 "+rest, chosen(q.WithoutValueSets()))
	require.Equal(t, "Region=vs:Kommuner:0301,1108 "+rest, chosen(q), "the query stays as it is")
	list, err = criteria("Region=vs:Other:77,0301")
	require.NoError(t, err)
	tab := sample(t)
	tab.Variables[0].CodeLists = nil
	q, err = tab.Resolve(list, sampleLists)
	require.NoError(t, err)
	require.Equal(t, "Region=vs:Other:77,0301 "+rest, chosen(q.WithoutValueSets()), "one that only the value set has")
}

func TestResolveTwice(t *testing.T) {
	one, err := criteria("Region=0301")
	require.NoError(t, err)
	two, err := criteria("Region=agg:Fylker:F-03")
	require.NoError(t, err)
	more, err := criteria("Region=1103")
	require.NoError(t, err)
	q, err := sample(t).Resolve(append(one, more...), nil)
	require.NoError(t, err)
	require.Equal(t, "Region=0301,1103 "+rest, chosen(q), "criteria of a variable add up")
	_, err = sample(t).Resolve(append(one, two...), sampleLists)
	require.ErrorContains(t, err, "selected twice")
}

// TestResolveVersion1 reads filters as the server would, and refuses those that it
// would read as no selection at all.
func TestResolveVersion1(t *testing.T) {
	tests := []struct{ name, filter, values, want, err string }{
		{"item in table order", "item", `["1103","0301"]`, "Region=0301,1103 ", ""},
		{"item twice", "item", `["0301","0301"]`, "Region=0301 ", ""},
		{"item, case matters", "item", `["A*B"]`, "", `"A*B"`},
		{"item, nothing", "item", `[]`, "", ""},
		{"all", "all", `["*"]`, "Region=0,0301,1103,1108,a*b ", ""},
		{"all, in any case", "ALL", `["11*"]`, "Region=1103,1108 ", ""},
		{"all, from the end", "all", `["*03"]`, "Region=1103 ", ""},
		{"all, two patterns", "all", `["03*","*8"]`, "Region=0301,1108 ", ""},
		{"all, one star counts", "all", `["*a*"]`, "", `"*a*"`},
		{"all, a second star is a character", "all", `["**b"]`, "Region=a*b ", ""},
		{"all, no star", "all", `["0301"]`, "", "neither begins nor ends with a star"},
		{"all, no hit", "all", `["99*"]`, "", `"99*"`},
		{"top", "top", `["2"]`, "Region=0,0301 ", ""},
		{"top of more than there are", "top", `["99"]`, "Region=0,0301,1103,1108,a*b ", ""},
		{"top of nothing", "top", `["0"]`, "", "a number from 1"},
		{"top of two", "top", `["1","2"]`, "", "one number"},
		{"agg", "agg:Fylker", `["F-03"]`, "Region=agg:Fylker:F-03 ", ""},
		{"vs", "vs:Kommuner", `["1108"]`, "Region=vs:Kommuner:1108 ", ""},
		{"an unknown filter", "itm", `["0301"]`, "", `no filter "itm"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			saved, err := ParseQuery([]byte(`{"query":[{"code":"Region","selection":{"filter":"` + tt.filter + `","values":` + tt.values + `}}],"response":{"format":"json-stat2"}}`))
			var q *Query
			if err == nil {
				q, err = sample(t).ResolveSaved(saved, sampleLists)
			}
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want+rest, chosen(q))
		})
	}
}

func TestResolveVersion1Top(t *testing.T) {
	saved, err := ParseQuery([]byte(`{"query":[{"code":"Tid","selection":{"filter":"top","values":["2"]}}]}`))
	require.NoError(t, err)
	q, err := sample(t).ResolveSaved(saved, nil)
	require.NoError(t, err)
	require.Equal(t, "ContentsCode=Personer,Andel Tid=2023,2024", chosen(q))
	require.Empty(t, q.Warnings)

	saved, err = ParseQuery([]byte(`{"query":[]}`))
	require.NoError(t, err)
	q, err = sample(t).ResolveSaved(saved, nil)
	require.NoError(t, err)
	require.Equal(t, rest, chosen(q), "an empty query leaves out what it can")

	saved, err = ParseQuery([]byte(`{"query":[{"code":"Tid","selection":{"filter":"item","values":[]}}]}`))
	require.NoError(t, err)
	_, err = sample(t).ResolveSaved(saved, nil)
	require.ErrorContains(t, err, "cannot be left out")
}

func TestResolveVersion2(t *testing.T) {
	tests := []struct{ name, variable, values, want, err string }{
		{"codes", "Region", `["1103","0301"]`, "Region=0301,1103 " + rest, ""},
		{"case does not matter", "REGION", `["A*B"]`, "Region=a*b " + rest, ""},
		{"the alias of time", "time", `["2024"]`, "ContentsCode=Personer,Andel Tid=2024", ""},
		{"all", "Tid", `["*"]`, rest, ""},
		{"beginning", "Tid", `["202*"]`, rest, ""},
		{"end", "Tid", `["*4"]`, "ContentsCode=Personer,Andel Tid=2024", ""},
		{"within", "Region", `["*10*"]`, "Region=1103,1108 " + rest, ""},
		{"a star inside", "Region", `["1*3"]`, "", "stars stand only at the ends"},
		{"one character", "Tid", `["202?"]`, rest, ""},
		{"one character and a star", "Region", `["?*b"]`, "Region=a*b " + rest, ""},
		{"top", "Tid", `["TOP(2)"]`, "ContentsCode=Personer,Andel Tid=2023,2024", ""},
		{"top behind others", "Tid", `["top(2,1)"]`, "ContentsCode=Personer,Andel Tid=2022,2023", ""},
		{"bottom", "Tid", `["bottom(1)"]`, "ContentsCode=Personer,Andel Tid=2021", ""},
		{"range", "Tid", `["RANGE(2022,2023)"]`, "ContentsCode=Personer,Andel Tid=2022,2023", ""},
		{"range, reversed", "Tid", `["range(2023,2022)"]`, "", "comes after"},
		{"range, unknown", "Tid", `["range(2022,2030)"]`, "", "2030"},
		{"from and to", "Tid", `["from(2023)","to(2021)"]`, "ContentsCode=Personer,Andel Tid=2021,2023,2024", ""},
		{"from unknown", "Tid", `["from(1900)"]`, "", "1900"},
		{"a code twice, and overlaps", "Tid", `["2024","2024","top(1)"]`, "ContentsCode=Personer,Andel Tid=2024", ""},
		{"what the web page adds", "Tid", `["$$SORT","2024"]`, "ContentsCode=Personer,Andel Tid=2024", ""},
		{"no hit", "Region", `["99*"]`, "", `"99*"`},
		{"nothing", "Tid", `[]`, "", "cannot be left out"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			saved, err := ParseQuery([]byte(`{"selection":[{"variableCode":"` + tt.variable + `","valueCodes":` + tt.values + `}]}`))
			require.NoError(t, err)
			q, err := sample(t).ResolveSaved(saved, sampleLists)
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, chosen(q))
		})
	}
}

// TestUnknownValues is about variables and code lists of which nobody tells the
// values.
func TestUnknownValues(t *testing.T) {
	tab := sample(t)
	tab.API = V1
	tab.Variables[0].Dim, tab.Variables[0].CodeLists = nil, nil
	tests := []struct{ name, text, want, err string }{
		{"all", "", "Region=(whole) Kjonn=1,2 " + rest, ""},
		{"all by a star", "Region=*", "Region=(whole) " + rest, ""},
		{"by name, as named", "Region=9/7/9", "Region=9,7 " + rest, ""},
		{"a pattern", "Region=03*", "", "name them one by one"},
		{"a grouping, as named", "Region=agg:X:F-2,F-1", "Region=agg:X:F-2,F-1 " + rest, ""},
		{"all of a grouping", "Region=agg:X:*", "", "name them one by one"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var list []dice.Criterion
			if tt.text != "" {
				var err error
				list, err = criteria(tt.text)
				require.NoError(t, err)
			}
			q, err := tab.Resolve(list, nil)
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				var s *SelectionError
				require.True(t, errors.As(err, &s))
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, chosen(q))
		})
	}
}

func TestUnsurePeriods(t *testing.T) {
	tab := sample(t)
	d, err := jsonstat.NewDimension(jsonstat.DimensionSpec{ID: "Tid", Role: jsonstat.Time, Categories: []jsonstat.Category{{ID: "0"}, {ID: "1"}, {ID: "2"}}})
	require.NoError(t, err)
	tab.Variables[3].Dim = d
	list, err := criteria("Tid=top(1)")
	require.NoError(t, err)
	q, err := tab.Resolve(list, nil)
	require.NoError(t, err)
	require.Len(t, q.Warnings, 1)
	require.Contains(t, q.Warnings[0], "taken for the newest")
	require.Contains(t, chosen(q), "Tid=2")
}

// TestMissingList: a code list that cannot be had is named, and is fatal only where its
// values are needed to know what is meant.
func TestMissingList(t *testing.T) {
	for _, kind := range []error{ErrNotFound, ErrRefused, ErrServer, ErrAnswer} {
		gone := func(string) (*CodeList, error) {
			return nil, &Error{Kind: kind, Status: 404, URL: "https://example.org/codelists/agg_Fylker"}
		}
		for _, tt := range []struct{ text, want, err string }{
			{"Region=agg:Fylker:F-11/F-03", "Region=agg:Fylker:F-11,F-03 " + rest, ""},
			{"Region=agg:Fylker:*", "", "the code list agg_Fylker cannot be had: example.org answered 404"},
			{"Region=agg:Fylker:F*", "", "F* cannot be resolved"},
			{"Region=agg:Fylker:F-03..F-11", "", "cannot be had"},
			{"Region=agg:Fylker:top(1)", "", "cannot be had"},
		} {
			list, err := criteria(tt.text)
			require.NoError(t, err)
			q, err := sample(t).Resolve(list, gone)
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err, tt.text)
				require.ErrorIs(t, err, kind, tt.text)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, chosen(q))
			require.Len(t, q.Warnings, 1)
			require.Contains(t, q.Warnings[0], "the code list agg_Fylker cannot be had")
		}
	}
	list, err := criteria("Region=agg:Fylker:F-03")
	require.NoError(t, err)
	_, err = sample(t).Resolve(list, func(string) (*CodeList, error) { return nil, context.Canceled })
	require.ErrorIs(t, err, context.Canceled)
}
