package jsonstat_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

const boatsByYear = `{"version":"2.0","class":"dataset","id":["port","year","what"],"size":[2,3,1],"dimension":{
"port":{"category":{"index":["N1","S2"]}},"year":{"category":{"index":["2022","2023","2024"]}},
"what":{"category":{"index":["kg"]}}},"value":[1,2,null,4.50,5,"x"],"status":{"2":":","4":"p"}}`

func TestSeries(t *testing.T) {
	doc, err := jsonstat.Parse([]byte(boatsByYear))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	for _, tt := range []struct {
		name  string
		pairs []string
		along string
		want  []string
		says  string
	}{
		{"along the inner dimension", []string{"port", "N1"}, "year", []string{"1 ", "2 ", " :"}, ""},
		{"along the outer one", []string{"year", "2023"}, "port", []string{"2 ", "5 p"}, ""},
		{"with the constant named", []string{"what", "kg", "port", "S2"}, "year", []string{"4.50 ", "5 p", "x "}, ""},
		{"two free", nil, "", nil, `dimensions "port" and "year" are both free`},
		{"none free", []string{"port", "N1", "year", "2023"}, "", nil, "no dimension"},
		{"unknown category", []string{"port", "N2"}, "", nil, `no category "N2"`},
		{"unknown dimension", []string{"harbour", "N1"}, "", nil, `no dimension "harbour"`},
		{"half a pair", []string{"port"}, "", nil, "without a category"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, cells, err := ds.Series(tt.pairs...)
			if tt.says != "" {
				require.ErrorContains(t, err, tt.says)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.along, d.ID())
			var got []string
			for _, c := range cells {
				got = append(got, c.Text+" "+c.Status)
			}
			require.Equal(t, tt.want, got)
		})
	}
}

// TestAllObservations: every cell once, in order, and the same as those asked for one by one.
func TestAllObservations(t *testing.T) {
	for _, shape := range shapes.Cubes() {
		t.Run(shape.Name, func(t *testing.T) {
			doc, err := jsonstat.Parse([]byte(shape.JSON))
			require.NoError(t, err)
			ds, err := doc.Dataset(0)
			require.NoError(t, err)
			if ds.Len() > 1<<16 {
				t.Skip("too many cells to ask for each")
			}
			next := int64(0)
			for obs, err := range ds.AllObservations() {
				require.NoError(t, err)
				require.Equal(t, next, obs.Position())
				want, err := ds.AtPosition(next)
				require.NoError(t, err)
				require.Equal(t, want, obs.Cell())
				for i, c := range ds.Shape().Coords(next, nil) {
					require.Equal(t, c, obs.Index(i))
				}
				next++
			}
			require.Equal(t, ds.Len(), next)
			for range ds.AllObservations() {
				break // leaves at the first one
			}
		})
	}
}

func TestItems(t *testing.T) {
	doc, err := jsonstat.Parse([]byte(`{"version":"2.0","class":"collection","link":{"item":[
{"class":"dataset","href":"https://example.org/a.json","label":"A"},
{"class":"collection","label":"Inside","link":{"item":[` + boatsByYear + `]}},
{"version":"2.0","href":"https://example.org/b.json","id":["d"],"size":[1],"dimension":{"d":{"category":{"index":["x"]}}},"value":[1]},
{"class":"dimension","label":"Sex","category":{"index":["F","M"]}}]}}`))
	require.NoError(t, err)
	require.Equal(t, []jsonstat.Item{
		{Class: "dataset", Href: "https://example.org/a.json", Label: "A", Dataset: -1},
		{Class: "collection", Label: "Inside", Embedded: true, Dataset: -1},
		{Class: "dataset", Href: "https://example.org/b.json", Embedded: true, Dataset: 1},
		{Class: "dimension", Label: "Sex", Embedded: true, Dataset: -1},
	}, doc.Items())
	ds, err := doc.Dataset(1)
	require.NoError(t, err)
	require.Equal(t, "d", ds.Dimensions()[0].ID())
}

// TestWiden: what Narrow parted comes together again.
func TestWiden(t *testing.T) {
	doc, err := jsonstat.Parse([]byte(`{"version":"2.0","class":"dataset","id":["what"],"size":[3],"role":{"metric":["what"]},
"note":["Provisional."],"extension":{"noteMandatory":{"0":true}},"dimension":{"what":{"label":"Measure","note":["Of all boats."],
"category":{"index":{"kg":0,"pc":1,"eur":2},"label":{"kg":"Weight","pc":"Share","eur":"Value"},
"unit":{"kg":{"base":"kilograms","decimals":0},"pc":{"base":"per cent","decimals":1}},"note":{"eur":["At prices of 2015."]}},
"extension":{"refperiod":{"kg":"31 December","pc":"31 December","eur":"The year"},"show":"value","noteMandatory":{"0":true},"categoryNoteMandatory":{"eur":{"0":true}}},
"link":{"describedby":[{"extension":{"what":"urn:ssb:classification:klass:1","kg":"urn:ssb:conceptvariable:vardok:7","eur":"urn:ssb:conceptvariable:vardok:8"}}]}}},
"value":[1,2,3]}`))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	whole := ds.Dimension("what")
	narrow := func(keep ...int) *jsonstat.Dimension {
		d, err := whole.Narrow(keep)
		require.NoError(t, err)
		return d
	}
	wide, err := narrow(0, 1).Widen(narrow(2))
	require.NoError(t, err)
	require.Equal(t, whole.Spec(), wide.Spec())

	other, err := jsonstat.NewDimension(jsonstat.DimensionSpec{
		ID: "what", Role: jsonstat.Metric, Label: "Another", Notes: []string{"Of small boats.", "Of all boats."},
		Categories: []jsonstat.Category{{ID: "hours"}}, Extension: []byte(`{"noteMandatory":{"0":true,"1":true},"show":"code"}`),
	})
	require.NoError(t, err)
	wide, err = whole.Widen(other)
	require.NoError(t, err)
	require.Equal(t, "Measure", wide.Label())
	require.Equal(t, []string{"Of all boats.", "Of small boats."}, wide.Notes())
	require.Contains(t, string(wide.Extension()), `"noteMandatory":{"0":true,"1":true}`)
	require.Contains(t, string(wide.Extension()), `"show":"value"`)
	require.Equal(t, "hours", wide.CategoryID(3))

	_, err = whole.Widen(narrow(0))
	require.ErrorContains(t, err, `category "kg" is given twice`)
	geo, err := jsonstat.NewDimension(jsonstat.DimensionSpec{ID: "what", Role: jsonstat.Geo})
	require.NoError(t, err)
	_, err = whole.Widen(geo)
	require.ErrorContains(t, err, "has the role metric in one place and geo in another")
	_, err = whole.Widen(nil)
	require.ErrorContains(t, err, "are not the same")
}

func TestUniteHeads(t *testing.T) {
	a := jsonstat.Head{Label: "Catch", Updated: "2025-01-31T08:00:00Z", Notes: []string{"n1"}, Links: []jsonstat.Link{{Rel: "alternate", Href: "https://example.org/1"}}, Extension: []byte(`{"px":{"a":1}}`)}
	b := jsonstat.Head{Label: "Other", Source: "Office", Updated: "2025-02-28", Notes: []string{"n2", "n1"}, Links: []jsonstat.Link{{Rel: "alternate", Href: "https://example.org/2"}}, Extension: []byte(`{"px":{"a":2,"b":3},"c":[1]}`)}
	got := a.Unite(b)
	require.Equal(t, "Catch", got.Label)
	require.Equal(t, "Office", got.Source)
	require.Equal(t, "2025-02-28", got.Updated)
	require.Equal(t, []string{"n1", "n2"}, got.Notes)
	require.Len(t, got.Links, 2)
	require.JSONEq(t, `{"px":{"a":1,"b":3},"c":[1]}`, string(got.Extension))
	require.Equal(t, []string{"n1"}, a.Notes, "the heads themselves stay")
	require.JSONEq(t, `{"px":{"a":1}}`, string(a.Extension))
}
