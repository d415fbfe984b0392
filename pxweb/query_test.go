package pxweb

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseQuery(t *testing.T) {
	tests := []struct{ name, text, want, err string }{
		{"version 1", `{"query":[{"code":"Tid","selection":{"filter":"item","values":["2024"]}}],"response":{"format":"json-stat2"}}`, "1 /json-stat2", ""},
		{"saved by the web page", `{"queryObj":{"query":[],"response":{"format":"px"}},"tableIdForQuery":"07459","postUrl":"https://x/"}`, "1 07459/px", ""},
		{"with a byte order mark", "\ufeff{\"query\":[]}", "1 /", ""},
		{"version 2", `{"selection":[{"variableCode":"Tid","valueCodes":["*"]}]}`, "2 /", ""},
		{"saved query of version 2", `{"id":"1","tableId":"05839","language":"en","selection":{"selection":[{"variableCode":"Tid","valueCodes":["*"]}]},"outputFormat":"csv","outputFormatParams":[]}`, "2 05839/csv", ""},
		{"saved query as version 2 tells it", `{"language":"en","id":"1","savedQuery":{"id":"1","tableId":"05839","language":"en","selection":{"selection":[{"variableCode":"Tid","valueCodes":["*"]}]},"outputFormat":"csv","outputFormatParams":[]},"links":[]}`, "2 05839/csv", ""},
		{"not JSON", `query`, "", "it is no query"},
		{"something else", `{"hello":1}`, "", "neither"},
		{"no code", `{"query":[{"selection":{"filter":"item","values":["2024"]}}]}`, "", "no code"},
		{"no variable", `{"selection":[{"valueCodes":["*"]}]}`, "", "no variableCode"},
		{"another shape", `{"selection":7}`, "", "it is no query"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, err := ParseQuery([]byte(tt.text))
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, q.API.String()+" "+q.Table+"/"+q.Format)
		})
	}
}

func TestBodies(t *testing.T) {
	tab := sample(t)
	list, err := criteria("Region=agg:Fylker:F-03,Tid=2023/2024")
	require.NoError(t, err)
	q, err := tab.Resolve(list, sampleLists)
	require.NoError(t, err)
	require.JSONEq(t, `{"query":[{"code":"Region","selection":{"filter":"agg:Fylker","values":["F-03"]}},
		{"code":"ContentsCode","selection":{"filter":"item","values":["Personer","Andel"]}},
		{"code":"Tid","selection":{"filter":"item","values":["2023","2024"]}}],"response":{"format":"json-stat2"}}`, string(q.all().body1(q, jsonStat)))
	require.JSONEq(t, `{"selection":[{"variableCode":"Region","codelist":"agg_Fylker","valueCodes":["F-03"]},
		{"variableCode":"ContentsCode","valueCodes":["Personer","Andel"]},{"variableCode":"Tid","valueCodes":["2024"]}]}`,
		string(box{{0, 1}, {0, 2}, {1, 2}}.body2(q)))
}

func TestExample(t *testing.T) {
	text := string(sample(t).Example())
	require.Contains(t, text, `"0301"`)
	q, err := ParseQuery([]byte(text))
	require.NoError(t, err)
	got, err := sample(t).ResolveSaved(q, nil)
	require.NoError(t, err)
	require.Equal(t, "Region=0,0301,1103,1108,a*b Kjonn=1,2 "+rest, chosen(got))

	many := queryOf(-1, 9).Table
	q, err = ParseQuery(many.Example())
	require.NoError(t, err)
	got, err = many.ResolveSaved(q, nil)
	require.NoError(t, err)
	require.Equal(t, "v0=c0,c1,c2,c7,c8", chosen(got), "the first three and the last two")
}

// TestConvert turns queries of version 1 into version 2 and back.
func TestConvert(t *testing.T) {
	item := func(code, filter, values string) string {
		return `{"code":"` + code + `","selection":{"filter":"` + filter + `","values":[` + values + `]}}`
	}
	tests := []struct{ name, query, selection, back string }{
		{"item", item("Region", "item", `"0301"`),
			`{"variableCode":"Region","valueCodes":["0301"]}`, item("Region", "item", `"0301"`)},
		{"all", item("Region", "all", `"11*"`),
			`{"variableCode":"Region","valueCodes":["11*"]}`, item("Region", "all", `"11*"`)},
		{"a pattern that the versions read differently", item("Region", "all", `"**b"`),
			`{"variableCode":"Region","valueCodes":["a*b"]}`, item("Region", "item", `"a*b"`)},
		{"top", item("Region", "top", `"2"`),
			`{"variableCode":"Region","valueCodes":["TOP(2)"]}`, item("Region", "top", `"2"`)},
		{"agg", item("Region", "agg:Fylker", `"F-03"`),
			`{"variableCode":"Region","codelist":"agg_Fylker","valueCodes":["F-03"]}`, item("Region", "agg:Fylker", `"F-03"`)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			saved, err := ParseQuery([]byte(`{"query":[` + tt.query + `],"response":{"format":"json-stat2"}}`))
			require.NoError(t, err)
			two, err := saved.Selection2(sample(t))
			require.NoError(t, err)
			mandatory := `,{"variableCode":"ContentsCode","valueCodes":["*"]},{"variableCode":"Tid","valueCodes":["*"]}`
			require.JSONEq(t, `{"selection":[`+tt.selection+mandatory+`]}`, string(two))

			again, err := ParseQuery(two)
			require.NoError(t, err)
			one, err := again.Query1(sample(t), sampleLists)
			require.NoError(t, err)
			require.JSONEq(t, `{"query":[`+tt.back+`,`+item("ContentsCode", "all", `"*"`)+`,`+item("Tid", "all", `"*"`)+`],"response":{"format":"json-stat2"}}`, string(one))
			// They ask for the same.
			a, err := sample(t).ResolveSaved(saved, sampleLists)
			require.NoError(t, err)
			b, err := sample(t).ResolveSaved(again, sampleLists)
			require.NoError(t, err)
			require.Equal(t, chosen(a), chosen(b))
		})
	}
}

func TestConvertToAddress(t *testing.T) {
	host, _ := FindHost("ssb")
	c, err := New(host, &Options{Lang: "no", Cache: t.TempDir()})
	require.NoError(t, err)
	saved, err := ParseQuery([]byte(`{"query":[{"code":"Region","selection":{"filter":"item","values":["0301","1103"]}},{"code":"Tid","selection":{"filter":"top","values":["5"]}}],"response":{"format":"csv3"}}`))
	require.NoError(t, err)
	address, err := c.QueryURL(saved, sample(t))
	require.NoError(t, err)
	require.Equal(t, "https://data.ssb.no/api/pxwebapi/v2/tables/05839/data?lang=no&valueCodes[Region]=0301,1103&valueCodes[Tid]=TOP(5)&valueCodes[ContentsCode]=*&outputFormat=csv&outputFormatParams=UseCodes", address)
	a, err := ParseAddress(address)
	require.NoError(t, err)
	list, err := a.Criteria()
	require.NoError(t, err)
	q, err := sample(t).Resolve(list, nil)
	require.NoError(t, err)
	require.Equal(t, "Region=0301,1103 "+rest, chosen(q))
}

func TestConvertExpressionsBack(t *testing.T) {
	saved, err := ParseQuery([]byte(`{"selection":[{"variableCode":"Tid","valueCodes":["RANGE(2022,2023)"]},{"variableCode":"Region","valueCodes":["BOTTOM(2)","?*b"]},{"variableCode":"ContentsCode","valueCodes":["personer"]}]}`))
	require.NoError(t, err)
	one, err := saved.Query1(sample(t), nil)
	require.NoError(t, err)
	require.Contains(t, string(one), `"Tid","selection":{"filter":"item","values":["2022","2023"]`)
	require.Contains(t, string(one), `"Region","selection":{"filter":"item","values":["1108","a*b"]`)
	require.Contains(t, string(one), `"ContentsCode","selection":{"filter":"item","values":["Personer"]`)
}

func TestRoll(t *testing.T) {
	tests := []struct{ name, variable, values, want string }{
		{"the newest", "Tid", `"2023","2024"`, `"filter":"top","values":["2"]`},
		{"in any order", "Tid", `"2024","2023"`, `"filter":"top","values":["2"]`},
		{"all", "Tid", `"2021","2022","2023","2024"`, `"filter":"all","values":["*"]`},
		{"not the newest", "Tid", `"2022","2023"`, `"filter":"item","values":["2022","2023"]`},
		{"with a gap", "Tid", `"2022","2024"`, `"filter":"item","values":["2022","2024"]`},
		{"all of another variable", "Kjonn", `"1","2"`, `"filter":"all","values":["*"]`},
		{"some of another variable", "Kjonn", `"2"`, `"filter":"item","values":["2"]`},
		{"a code that is gone", "Tid", `"1990","2024"`, `"filter":"item","values":["1990","2024"]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			saved, err := ParseQuery([]byte(`{"query":[{"code":"` + tt.variable + `","selection":{"filter":"item","values":[` + tt.values + `]}}]}`))
			require.NoError(t, err)
			require.NoError(t, saved.Roll(sample(t)))
			one, err := saved.Query1(sample(t), nil)
			require.NoError(t, err)
			require.Contains(t, string(one), tt.want)
		})
	}
	two, err := ParseQuery([]byte(`{"selection":[{"variableCode":"Tid","valueCodes":["*"]}]}`))
	require.NoError(t, err)
	require.Error(t, two.Roll(sample(t)))
}

// FuzzQuery holds that whatever is read as a query can be resolved or is an error.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{`{"query":[{"code":"Region","selection":{"filter":"all","values":["*a*"]}}]}`, `{"queryObj":{"query":[]}}`,
		`{"selection":[{"variableCode":"time","codelist":"agg_X","valueCodes":["RANGE(a,b)","top(1,2)","?"]}]}`, `{"selection":{"selection":[]}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		saved, err := ParseQuery(text)
		if err != nil {
			return
		}
		tab := sample(t)
		q, err := tab.ResolveSaved(saved, sampleLists)
		if err != nil {
			return
		}
		for i, c := range q.Chosen {
			if len(c.Codes) == 0 && !c.Whole {
				t.Fatalf("variable %d: nothing is chosen", i)
			}
		}
		if _, err := saved.Selection2(tab); err == nil && saved.API == V1 {
			_, err = saved.Query1(tab, nil)
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzSelection holds the same of the grammar and of addresses.
func FuzzSelection(f *testing.F) {
	for _, seed := range []string{"Region=0301", "Region=agg:Fylker:F-03,Tid=top(1)", "Region=vs:Kommuner:*", "Tid=2021..", "https://a.b/api/v2/tables/1/data?valueCodes[Tid]=[a,b],c",
		"https://a.b/api/v1/en/db/x.px", "Region=agg:X"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, err := criteria(text)
		if strings.HasPrefix(text, "http") {
			a, e := ParseAddress(text)
			if e != nil {
				return
			}
			list, err = a.Criteria()
		}
		if err != nil {
			return
		}
		q, err := sample(t).Resolve(list, sampleLists)
		if err != nil {
			return
		}
		if _, err := q.Plan(5); err != nil {
			t.Fatal(err)
		}
	})
}
