package dice

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestParseCodeList: a criterion may name a code list in front of its categories.
func TestParseCodeList(t *testing.T) {
	for _, tt := range []struct{ text, list, selected string }{
		{"Region=agg:Fylker:F-03", "agg:Fylker", "F-03"},
		{"Region=agg:Fylker:F-03/F-11", "agg:Fylker", "F-03/F-11"},
		{"Region=agg:Fylker:F-03,F-11,Tid=2024", "agg:Fylker", "F-03/F-11"},
		{"Region=AGG:Fylker:*", "agg:Fylker", "*"},
		{"Region= vs:A b.vs:1..3", "vs:A b.vs", "1..3"},
		{"Region=agg_single:X:top(2,1)/9", "agg_single:X", "top(2,1)/9"},
		{"Region=agg_all:X:'a/b'", "agg_all:X", `"a/b"`},
		{`Region=agg:"5,year.agg":F00-04/F05-09`, "agg:5,year.agg", "F00-04/F05-09"},
		{`Region=vs:'it''s: all':*`, "vs:it's: all", "*"},
		{"Region=agg:Fylker:F-03,agg:Fylker:F-11", "agg:Fylker", "F-03/F-11"},
		{"Region=agg:Fylker:F-03/agg_Fylker:F-11/F-15", "agg:Fylker", "F-03/F-11/F-15"},
		{"Region=agg_Fylker:F-03", "agg:Fylker", "F-03"},
		{"Region=agg_Counties-en.agg:*", "agg:Counties-en.agg", "*"},
		{"Region=agg_single_X:1", "agg_single:X", "1"},
		{"Region=agg_Fylker", "", "agg_Fylker"},
		{`Region="agg:Fylker:F-03"`, "", `agg:Fylker:F-03`},
		{"Region=agg:Fylker:F-03,agg:Land:NO", "", ""}, // two lists
		{"Region=agg:X", "agg:X", ""},
		{"Region=agg:X,Tid=2024", "agg:X", ""},
		{"Region=agg:X:", "", ""}, // a category is missing
		{"Region=aggregate:X:1", "", "aggregate:X:1"},
		{"Region=a/agg:X:1", "", "a/agg:X:1"},
		{"Region='vs'", "", "vs"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			spec, err := Parse(tt.text)
			if tt.list == "" && tt.selected == "" {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			c := spec.Criteria[0]
			require.Equal(t, tt.list, c.CodeList)
			got := ""
			for i, s := range c.Select {
				if i > 0 {
					got += "/"
				}
				got += s.String()
			}
			require.Equal(t, tt.selected, got)
		})
	}
}

// head is a dataset without cells, of one dimension.
func head(t *testing.T, ids ...string) *jsonstat.Dataset {
	t.Helper()
	spec := jsonstat.DimensionSpec{ID: "x"}
	for _, id := range ids {
		spec.Categories = append(spec.Categories, jsonstat.Category{ID: id})
	}
	d, err := jsonstat.NewDimension(spec)
	require.NoError(t, err)
	ds, err := jsonstat.New(jsonstat.Head{Dimensions: []*jsonstat.Dimension{d}}, nil)
	require.NoError(t, err)
	return ds
}

// kept are the ids that a spec keeps of a head.
func kept(t *testing.T, ds *jsonstat.Dataset, spec *Spec) ([]string, error) {
	t.Helper()
	cut, err := spec.Apply(ds)
	if err != nil {
		return nil, err
	}
	var ids []string
	for c := range cut.Dimension("x").Categories() {
		ids = append(ids, c.ID)
	}
	return ids, nil
}

// TestApplyRefusesCodeLists, unless the dimension has a category of just that id.
func TestApplyRefusesCodeLists(t *testing.T) {
	spec, err := Parse("x=agg:X:1")
	require.NoError(t, err)
	_, err = kept(t, head(t, "1", "2"), spec)
	var e *CodeListError
	require.ErrorAs(t, err, &e)
	require.Equal(t, "agg:X", e.List)
	require.EqualError(t, err, `dimension "x": agg:X is a code list, whose categories only a server knows`)

	for _, text := range []string{"x=agg:X:1/2", `x="agg:X:1"/2`, "x=2/agg:X:1"} {
		spec, err = Parse(text)
		require.NoError(t, err)
		ids, err := kept(t, head(t, "1", "2", "agg:X:1"), spec)
		require.NoError(t, err)
		require.Equal(t, []string{"2", "agg:X:1"}, ids, text)
	}
}

// TestSignsThatMeanThemselves: brackets around * and ? in a glob.
func TestSignsThatMeanThemselves(t *testing.T) {
	ds := head(t, "a", "a*b", "aXb", "a?b", "[*]")
	for text, want := range map[string][]string{
		"x=a[*]b": {"a*b"}, "x=a[?]b": {"a?b"}, "x=a[*]*": {"a*b"}, "x=a?b": {"a?b"}, "x=*[?]*": {"a?b"}, "x=[[*]]": {"[*]"}, "x=[*]": {"[*]"}, "x=a*b": {"a*b"}, "x=a*": {"a", "a*b", "aXb", "a?b"},
	} {
		spec, err := Parse(text)
		require.NoError(t, err)
		ids, err := kept(t, ds, spec)
		require.NoError(t, err, text)
		require.Equal(t, want, ids, text)
	}
	spec := &Spec{Criteria: []Criterion{{Dimension: "x", Select: []Selector{{Kind: Glob, Text: Literal("a*b") + "*"}}}}}
	ids, err := kept(t, ds, spec)
	require.NoError(t, err)
	require.Equal(t, []string{"a*b"}, ids)
}

// TestAnyCase: ids in any case of letters, where none is written just so; also many globs.
func TestAnyCase(t *testing.T) {
	ds := head(t, "Ab", "aB", "cD", "Ø1", "Ø2")
	for _, tt := range []struct {
		name    string
		selects []Selector
		want    []string
		err     string
	}{
		{"just so", IDs("aB"), []string{"aB"}, ""},
		{"the first of several", IDs("ab"), []string{"Ab"}, ""},
		{"another case", IDs("CD", "ø2"), []string{"cD", "Ø2"}, ""},
		{"a glob", []Selector{{Kind: Glob, Text: "A*"}}, []string{"Ab", "aB"}, ""},
		{"the ends of a range", []Selector{{Kind: Range, Text: "cd", To: "ø1"}}, []string{"cD", "Ø1"}, ""},
		{"an id that looks like a glob", []Selector{{Kind: Glob, Text: "c?", Written: "CD"}}, []string{"cD"}, ""},
		{"nothing", IDs("x"), nil, `there is no category "x"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := Criterion{Dimension: "x", Select: tt.selects, AnyCase: true}
			ids, err := kept(t, ds, &Spec{Criteria: []Criterion{c}})
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, ids)
		})
	}
	many := Criterion{Dimension: "x", AnyCase: true}
	for range 2 * maxLinearGlobs {
		many.Select = append(many.Select, Selector{Kind: Glob, Text: "A*", N: len(many.Select)}) // each is looked for
	}
	exact := Criterion{Dimension: "x", Select: []Selector{{Kind: Glob, Text: "c*"}}}
	ids, err := kept(t, ds, &Spec{Criteria: []Criterion{many, exact}})
	require.NoError(t, err)
	require.Equal(t, []string{"Ab", "aB", "cD"}, ids)
}
