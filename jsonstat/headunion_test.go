package jsonstat_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

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
