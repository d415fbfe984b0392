package dice

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
)

func ids(ids ...string) []Selector { return IDs(ids...) }

func one(s Selector) []Selector { return []Selector{s} }

func TestParse(t *testing.T) {
	tests := []struct {
		name, text string
		want       []Criterion
	}{
		{"nothing", ``, nil},
		{"one category", `port=N1`, []Criterion{{Dimension: "port", Select: ids("N1")}}},
		{"slashes", `port=N1/S2`, []Criterion{{Dimension: "port", Select: ids("N1", "S2")}}},
		{"commas", `port=N1,S2`, []Criterion{{Dimension: "port", Select: ids("N1", "S2")}}},
		{"several criteria", `port=N1/S2,what=kg`, []Criterion{{Dimension: "port", Select: ids("N1", "S2")}, {Dimension: "what", Select: ids("kg")}}},
		{"commas and criteria", `port=N1,S2,what=kg`, []Criterion{{Dimension: "port", Select: ids("N1", "S2")}, {Dimension: "what", Select: ids("kg")}}},
		{"the same dimension twice", `a=1,a=2`, []Criterion{{Dimension: "a", Select: ids("1")}, {Dimension: "a", Select: ids("2")}}},
		{"spaces", `port = N1 , S2`, []Criterion{{Dimension: "port", Select: ids("N1", "S2")}}},
		{"a space inside", `County and Region=A B`, []Criterion{{Dimension: "County and Region", Select: ids("A B")}}},
		{"parentheses in an id", `TLIST(A1)=2020`, []Criterion{{Dimension: "TLIST(A1)", Select: ids("2020")}}},
		{"quotes", `"a=b"="x/y"/'z,w'`, []Criterion{{Dimension: "a=b", Select: ids("x/y", "z,w")}}},
		{"quotes in quotes", `a="say ""x"""/'it''s'`, []Criterion{{Dimension: "a", Select: ids(`say "x"`, "it's")}}},
		{"a quote inside a name", `a=it's`, []Criterion{{Dimension: "a", Select: ids("it's")}}},
		{"an empty id", `a=""`, []Criterion{{Dimension: "a", Select: ids("")}}},
		{"an equals sign in a category", `a="x=y",z`, []Criterion{{Dimension: "a", Select: ids("x=y", "z")}}},
		{"top", `Tid=top(5)`, []Criterion{{Dimension: "Tid", Select: one(Selector{Kind: Top, N: 5})}}},
		{"top in PxWeb's letters", `Tid=TOP(5,1)`, []Criterion{{Dimension: "Tid", Select: one(Selector{Kind: Top, N: 5, Offset: 1})}}},
		{"bottom", `Tid=bottom( 3 )/2020`, []Criterion{{Dimension: "Tid", Select: []Selector{{Kind: Bottom, N: 3}, {Kind: ID, Text: "2020"}}}}},
		{"what only begins like top", `a=top(5)x/topper`, []Criterion{{Dimension: "a", Select: ids("top(5)x", "topper")}}},
		{"range", `Tid=2015..2020`, []Criterion{{Dimension: "Tid", Select: one(Selector{Kind: Range, Text: "2015", To: "2020"})}}},
		{"open ranges", `Tid=2015../..1990`, []Criterion{{Dimension: "Tid", Select: []Selector{{Kind: Range, Text: "2015"}, {Kind: Range, To: "1990"}}}}},
		{"quoted range", `a="x..y".."p/q"`, []Criterion{{Dimension: "a", Select: one(Selector{Kind: Range, Text: "x..y", To: "p/q"})}}},
		{"half-quoted range", `a=x.."p/q"`, []Criterion{{Dimension: "a", Select: one(Selector{Kind: Range, Text: "x", To: "p/q"})}}},
		{"PxWeb's ranges", `Tid=range(2015,2020)/from(2022)/to(1990)`, []Criterion{{Dimension: "Tid", Select: []Selector{{Kind: Range, Text: "2015", To: "2020"}, {Kind: Range, Text: "2022"}, {Kind: Range, To: "1990"}}}}},
		{"two dots", `a=..`, []Criterion{{Dimension: "a", Select: ids("..")}}},
		{"a lone dot and a dash", `a=./-`, []Criterion{{Dimension: "a", Select: ids(".", "-")}}},
		{"globs", `Region=03*/??`, []Criterion{{Dimension: "Region", Select: []Selector{{Kind: Glob, Text: "03*"}, {Kind: Glob, Text: "??"}}}}},
		{"no glob in quotes", `Region="03*"`, []Criterion{{Dimension: "Region", Select: ids("03*")}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spec, err := Parse(tt.text)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, spec.Criteria, cmpopts.IgnoreUnexported(Criterion{}), cmpopts.IgnoreFields(Selector{}, "Written")); diff != "" {
				t.Error(diff)
			}
			again, err := Parse(spec.String())
			require.NoError(t, err, "%s", spec)
			if diff := cmp.Diff(spec.Criteria, again.Criteria, cmpopts.IgnoreUnexported(Criterion{}), cmpopts.IgnoreFields(Selector{}, "Written")); diff != "" {
				t.Errorf("%s: %s", spec, diff)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no equals sign", `port`, `"port" has no equals sign: a criterion is dimension=category/category`},
		{"no dimension", `=x`, `"=x" has no dimension in front of the equals sign`},
		{"no category", `port=`, `"port=": a category is missing; an empty id is written ""`},
		{"no category behind the slash", `port=a/`, `"port=a/": a category is missing; an empty id is written ""`},
		{"nothing behind the comma", `port=a,`, `"port=a,": a category is missing; an empty id is written ""`},
		{"open quotes", `port="a`, `"\"a": the quotes are not closed`},
		{"quotes inside", `port="a"b`, `"port=\"a\"b": "b" follows the quotes; quotes go around a whole name, and inside them they are written twice`},
		{"top of nothing", `Tid=top(0)`, `"Tid=top(0)": top(0) is not understood: write top(5) or top(5,1), with the number of categories and how many to pass over, or quotes around it if it is a category`},
		{"top of a word", `Tid=top(x)`, `"Tid=top(x)": top(x) is not understood: write top(5) or top(5,1), with the number of categories and how many to pass over, or quotes around it if it is a category`},
		{"top with a wrong offset", `Tid=top(5,-1)`, `"Tid=top(5,-1)": top(5,-1) is not understood: write top(5,1), with the number of categories and how many to pass over, or quotes around it if it is a category`},
		{"an open parenthesis", `Tid=top(5`, `"Tid=top(5": the parenthesis of top( is not closed`},
		{"range of one", `Tid=range(5)`, `"Tid=range(5)": range(5) is not understood: write range(from,to), or quotes around it if it is a category`},
		{"from nothing", `Tid=from()`, `"Tid=from()": from() is not understood: write from(category), or quotes around it if it is a category`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(tt.text)
			require.EqualError(t, err, tt.want)
		})
	}
	_, err := ParseSelectors("a,b=c")
	require.ErrorContains(t, err, "what follows the comma is a criterion")
}

func TestParseJSON(t *testing.T) {
	tests := []struct {
		name, text string
		want       []Criterion
	}{
		{"object", `{"Region": ["0301", "1103"], "Tid": "top(5)"}`, []Criterion{{Dimension: "Region", Select: ids("0301", "1103")}, {Dimension: "Tid", Select: one(Selector{Kind: Top, N: 5})}}},
		{"order of the text", `{"z": "1", "a": "2"}`, []Criterion{{Dimension: "z", Select: ids("1")}, {Dimension: "a", Select: ids("2")}}},
		{"pairs", `[["port", ["N1", "S2"]], ["what", "kg"]]`, []Criterion{{Dimension: "port", Select: ids("N1", "S2")}, {Dimension: "what", Select: ids("kg")}}},
		{"omit", `{"a": {"omit": ["x"], "keep": "y/x"}}`, []Criterion{{Dimension: "a", Select: ids("y", "x")}, {Dimension: "a", Select: ids("x"), Omit: true}}},
		{"separators mean nothing in a list", `{"a": ["x/y", "p,q", "r=s", "top(1)", "03*"]}`, []Criterion{{Dimension: "a", Select: append(ids("x/y", "p,q", "r=s"), Selector{Kind: Top, N: 1}, Selector{Kind: Glob, Text: "03*"})}}},
		{"numbers", `{"Tid": [2020, 2021]}`, []Criterion{{Dimension: "Tid", Select: ids("2020", "2021")}}},
		{"an empty id and spaces", `{"a": ["", " x "]}`, []Criterion{{Dimension: "a", Select: ids("", " x ")}}},
		{"nothing", `{}`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spec, err := ParseJSON([]byte(tt.text))
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, spec.Criteria, cmpopts.IgnoreUnexported(Criterion{}), cmpopts.IgnoreFields(Selector{}, "Written")); diff != "" {
				t.Error(diff)
			}
		})
	}
	for text, want := range map[string]string{
		``:                     "the criteria end at byte 0, in the middle of the JSON",
		`{"a": ["x"]`:          "the criteria end at byte 11, in the middle of the JSON",
		`{"a": x}`:             "the criteria are not JSON",
		`"a"`:                  "neither an object",
		`{"a": 1}`:             `dimension "a": 1 is neither a text nor a list of texts`,
		`{"a": null}`:          `dimension "a": null is neither a text nor a list of texts`,
		`{"a": [["x"]]}`:       `dimension "a": ["x"] is not the text of a category`,
		`{"a": [null]}`:        `dimension "a": null is not the text of a category`,
		`{"a": {"drop": "x"}}`: `dimension "a": "drop" is not known: an object has keep, omit or both`,
		`[["a"]]`:              "criterion 1 is not a pair",
		`{"a": "top("}`:        `the parenthesis of top( is not closed`,
		`{} x`:                 "something follows the criteria",
	} {
		_, err := ParseJSON([]byte(text))
		require.ErrorContains(t, err, want, "%s", text)
	}
}

// FuzzParse: what is understood means the same when it is written again.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{`port=N1/S2,what=kg`, `a="x/y"..'z'`, `Tid=top(5,1)/2015..`, `a=..`, `"a=b"=*`, `a=b=c,d`, `x=range(1,"2,3")`, `a=agg:X:1/2,b=vs:"q,r":*`, `a=agg_X:1,agg_X:2`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		spec, err := Parse(text)
		if err != nil {
			return
		}
		for _, c := range spec.Criteria {
			for _, s := range c.Select {
				if s.Kind == Glob && strings.ContainsAny(s.Text, `"'`) {
					return // the grammar has no words for it
				}
			}
		}
		again, err := Parse(spec.String())
		if err != nil {
			t.Fatalf("%q is %q, which fails: %v", text, spec, err)
		}
		if diff := cmp.Diff(spec.Criteria, again.Criteria, cmpopts.IgnoreUnexported(Criterion{}), cmpopts.IgnoreFields(Selector{}, "Written")); diff != "" {
			t.Fatalf("%q is %q: %s", text, spec, diff)
		}
	})
}
