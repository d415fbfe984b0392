package dice_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// boats is a cube of places and years whose extensions are given: that of the dataset
// and those of its dimensions.
func boats(years, extension, geo, year string) string {
	n := "3"
	return `{"version":"2.0","class":"dataset","id":["geo","year"],"size":[3,` + n + `],"role":{"time":["year"]},"dimension":{` +
		`"geo":{"category":{"index":["AA","BB","CC"]},"extension":` + geo + `},"year":{"category":` + years + `,"extension":` + year + `}},` +
		`"extension":` + extension + `,"value":[0,1,2,3,4,5,6,7,8]}`
}

const (
	ascending  = `{"index":["2021","2022","2023"]}`
	descending = `{"index":["2023","2022","2021"]}`
	labelled   = `{"index":["a","b","c"],"label":{"a":"2021","b":"2022","c":"2023"}}`
)

// TestExtensionsAreNarrowed: what extensions say of categories by name or by position
// is true of those that are left.
func TestExtensionsAreNarrowed(t *testing.T) {
	for _, c := range []struct {
		name, years, extension, geo, year string // before
		keep                              string
		wantExtension, wantGeo, wantYear  string
	}{
		{"positions are renumbered", ascending, `{"id":1,"positions-with-no-data":{"freq":[],"geo":[2],"year":[0]}}`, `{}`, `{}`, "geo=BB/CC,year=2022..",
			`{"id":1,"positions-with-no-data":{"freq":[],"geo":[1],"year":[]}}`, `{}`, `{}`}, // freq is no dimension
		{"positions of both dimensions", ascending, `{"positions-with-no-data":{"year":[0,2],"geo":[2,0]}}`, `{}`, `{}`, "geo=BB/CC,year=2022..",
			`{"positions-with-no-data":{"year":[1],"geo":[1]}}`, `{}`, `{}`},
		{"positions of one dimension", ascending, `{"positions-with-no-data":{"geo":[1,2],"year":[0]}}`, `{}`, `{}`, "geo=AA/CC",
			`{"positions-with-no-data":{"geo":[1],"year":[0]}}`, `{}`, `{}`},
		{"positions that are none", ascending, `{"positions-with-no-data":{"geo":[7],"year":"all"}}`, `{}`, `{}`, "geo=AA/CC,year=2021",
			`{"positions-with-no-data":{"geo":[7],"year":"all"}}`, `{}`, `{}`},
		{"objects by dimension and category", ascending, `{"texts":{"geo":{"AA":"a","BB":"b"},"year":{"2021":1}},"other":{"geo":1}}`, `{}`, `{}`, "geo=BB,year=2022",
			`{"texts":{"geo":{"BB":"b"},"year":{}},"other":{"geo":1}}`, `{}`, `{}`},
		{"the total is gone", ascending, `{}`, `{"elimination":true,"eliminationValueCode":"AA","show":"code"}`, `{}`, "geo=BB/CC",
			`{}`, `{"elimination":false,"show":"code"}`, `{}`},
		{"the total stays", ascending, `{}`, `{"elimination":true,"eliminationValueCode":"AA"}`, `{}`, "geo=AA/CC",
			`{}`, `{"elimination":true,"eliminationValueCode":"AA"}`, `{}`},
		{"no total", ascending, `{}`, `{"elimination":true}`, `{}`, "geo=BB", `{}`, `{"elimination":true}`, `{}`},
		{"a total that never was there", ascending, `{}`, `{"elimination":true,"eliminationValueCode":"00"}`, `{}`, "geo=BB",
			`{}`, `{"elimination":true,"eliminationValueCode":"00"}`, `{}`},
		{"periods of the dimension", ascending, `{}`, `{}`, `{"firstPeriod":"2021","lastPeriod":"2023"}`, "year=2022..", `{}`, `{}`, `{"firstPeriod":"2022","lastPeriod":"2023"}`},
		{"periods of the dataset", ascending, `{"firstPeriod":"2021","lastPeriod":"2023","timeUnit":"Annual"}`, `{}`, `{}`, "year=2022",
			`{"firstPeriod":"2022","lastPeriod":"2022","timeUnit":"Annual"}`, `{}`, `{}`},
		{"periods that descend", descending, `{"firstPeriod":"2021","lastPeriod":"2023"}`, `{}`, `{}`, "year=2021/2022", `{"firstPeriod":"2021","lastPeriod":"2022"}`, `{}`, `{}`},
		{"the last one alone, descending", descending, `{"lastPeriod":"2023"}`, `{}`, `{}`, "year=2021/2022", `{"lastPeriod":"2022"}`, `{}`, `{}`},
		{"periods by label", labelled, `{"firstPeriod":"2021","lastPeriod":"2023"}`, `{}`, `{}`, "year=b/c", `{"firstPeriod":"2022","lastPeriod":"2023"}`, `{}`, `{}`},
		{"periods of a table of which this is a part", ascending, `{"firstPeriod":"1990","lastPeriod":"2023"}`, `{}`, `{}`, "year=2021/2022", `{"lastPeriod":"2022"}`, `{}`, `{}`},
		{"periods that nobody knows", ascending, `{"firstPeriod":"1990","lastPeriod":"1999"}`, `{}`, `{}`, "year=2022", `{}`, `{}`, `{}`},
		{"all periods stay", ascending, `{"firstPeriod":"1990","lastPeriod":"2023"}`, `{}`, `{}`, "geo=AA", `{"firstPeriod":"1990","lastPeriod":"2023"}`, `{}`, `{}`},
		{"periods that are numbers", ascending, `{"firstPeriod":2021}`, `{}`, `{}`, "year=2022", `{"firstPeriod":2021}`, `{}`, `{}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec, err := dice.Parse(c.keep)
			require.NoError(t, err)
			sub, err := spec.Apply(read(t, boats(c.years, c.extension, c.geo, c.year)))
			require.NoError(t, err)
			require.Equal(t, c.wantExtension, string(sub.Extension()))
			require.Equal(t, c.wantGeo, string(sub.Dimension("geo").Extension()))
			require.Equal(t, c.wantYear, string(sub.Dimension("year").Extension()))
		})
	}
}

// TestExtensionsAreUnited: what was narrowed comes back when the parts are joined, in
// either order of the parts.
func TestExtensionsAreUnited(t *testing.T) {
	for _, c := range []struct{ name, years, extension, geo, year string }{
		{"positions", ascending, `{"positions-with-no-data":{"year":[0,2],"geo":[1]}}`, `{}`, `{}`},
		{"the total", ascending, `{}`, `{"elimination":true,"eliminationValueCode":"BB"}`, `{}`},
		{"no total", ascending, `{}`, `{"elimination":false}`, `{}`},
		{"periods", ascending, `{"firstPeriod":"2021","lastPeriod":"2023"}`, `{}`, `{"firstPeriod":"2021","lastPeriod":"2023"}`},
		{"periods that descend", descending, `{"firstPeriod":"2021","lastPeriod":"2023"}`, `{}`, `{"firstPeriod":"2021","lastPeriod":"2023"}`},
	} {
		for _, by := range []string{"geo", "year"} {
			t.Run(c.name+" by "+by, func(t *testing.T) {
				ds := read(t, boats(c.years, c.extension, c.geo, c.year))
				var parts []*jsonstat.Dataset
				for category := range ds.Dimension(by).Categories() {
					part, err := dice.Slice(ds, by, category.ID)
					require.NoError(t, err)
					parts = append(parts, part)
				}
				joined, err := dice.Join(by, parts...)
				require.NoError(t, err)
				require.Equal(t, plain(t, ds.Extension()), plain(t, joined.Extension()))
				for _, id := range []string{"geo", "year"} {
					require.Equal(t, plain(t, ds.Dimension(id).Extension()), plain(t, joined.Dimension(id).Extension()))
				}
				parts[0], parts[2] = parts[2], parts[0]
				joined, err = dice.Join(by, parts...)
				require.NoError(t, err)
				// The positions are symmetric.
				require.Equal(t, plain(t, ds.Extension()), plain(t, joined.Extension()))
			})
		}
	}
}

// TestPositionsAreUnited: a category has no data if it has none in any part.
func TestPositionsAreUnited(t *testing.T) {
	part := func(year, positions string) *jsonstat.Dataset {
		return read(t, `{"version":"2.0","class":"dataset","id":["geo","year"],"size":[2,1],"dimension":{"geo":{"category":{"index":["AA","BB"]}},"year":{"category":{"index":["`+year+`"]}}},`+
			`"extension":{"positions-with-no-data":`+positions+`},"value":[1,2]}`)
	}
	for _, c := range []struct{ first, second, want string }{
		{`{"geo":[0,1],"year":[0]}`, `{"geo":[1],"year":[]}`, `{"positions-with-no-data":{"geo":[1],"year":[0]}}`},
		{`{"geo":[0]}`, `{"year":[0],"geo":[0]}`, `{"positions-with-no-data":{"geo":[0],"year":[1]}}`},
		{`{"geo":[0]}`, `{}`, `{"positions-with-no-data":{"geo":[]}}`},
		{`{"geo":[0]}`, `{"geo":[9]}`, `{}`},
	} {
		joined, err := dice.Join("year", part("2021", c.first), part("2022", c.second))
		require.NoError(t, err)
		require.Equal(t, c.want, string(joined.Extension()))
	}
}

// plain is JSON as plain values.
func plain(t *testing.T, text json.RawMessage) (v any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(text, &v))
	return v
}
