package convert_test

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// harvest is an invented cube with a missing value, a status and two units.
const harvest = `{"version":"2.0","class":"dataset","label":"Boat harvest","source":"Invented Office","updated":"2025-01-31T08:00:00Z",
"id":["port","what"],"size":[2,2],"role":{"geo":["port"],"metric":["what"]},
"dimension":{"port":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North quay","S2":"South quay"}}},
"what":{"label":"Catch","category":{"index":["kg","pc"],"label":{"kg":"Weight","pc":"Share"},
"unit":{"kg":{"decimals":0,"label":"kilograms"},"pc":{"decimals":1,"label":"percent","symbol":"%","position":"end"}}}}},
"value":[120,12.5,null,7.25],"status":{"2":"x"}}`

// dataset is the first dataset of a document, to be read again and again.
func dataset(t testing.TB, text string) *jsonstat.Dataset {
	t.Helper()
	doc, err := jsonstat.Parse([]byte(text))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	return ds
}

// streamed is the same as it comes from a pipe, once and forward if need allows it.
func streamed(t testing.TB, text string, need jsonstat.Need) *jsonstat.Dataset {
	t.Helper()
	doc, err := jsonstat.Options{Stream: true, Need: need}.Read(io.MultiReader(strings.NewReader(text)))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, doc.Close()) })
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	return ds
}

// cube is a one-line document: dimensions a, b, ... with categories a0, a1, ...
// without labels, and the members after "dimension" as given.
func cube(members string, size ...int) string {
	var ids, sizes, dims []string
	for i, n := range size {
		name := string(rune('a' + i))
		var cats []string
		for k := range n {
			cats = append(cats, fmt.Sprintf("%q", fmt.Sprint(name, k)))
		}
		ids = append(ids, fmt.Sprintf("%q", name))
		sizes = append(sizes, fmt.Sprint(n))
		dims = append(dims, fmt.Sprintf(`%q:{"category":{"index":[%s]}}`, name, strings.Join(cats, ",")))
	}
	return fmt.Sprintf(`{"version":"2.0","class":"dataset","id":[%s],"size":[%s],"dimension":{%s},%s}`,
		strings.Join(ids, ","), strings.Join(sizes, ","), strings.Join(dims, ","), members)
}

// toCSV writes a dataset and returns the text.
func toCSV(t testing.TB, ds *jsonstat.Dataset, o *convert.CSVOptions) string {
	t.Helper()
	var out strings.Builder
	require.NoError(t, convert.WriteCSV(&out, ds, o))
	return out.String()
}

// toCSVStat does the same for CSV-stat.
func toCSVStat(t testing.TB, ds *jsonstat.Dataset, o *convert.CSVStatOptions) string {
	t.Helper()
	var out strings.Builder
	require.NoError(t, convert.WriteCSVStat(&out, ds, o))
	return out.String()
}

// records reads a table as any other program would.
func records(t testing.TB, text string, separator rune) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.Comma = separator
	all, err := r.ReadAll()
	require.NoError(t, err, "%q", text)
	return all
}

// pick is one of several.
func pick[T any](rng *rand.Rand, from ...T) T { return from[rng.IntN(len(from))] }

// text points to a text.
func text(s string) *string { return &s }

// recordsOfAnyWidth reads lines of different lengths, as CSV-stat has them.
func recordsOfAnyWidth(t testing.TB, text string, separator rune) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = separator, -1
	all, err := r.ReadAll()
	require.NoError(t, err, "%q", text)
	return all
}
