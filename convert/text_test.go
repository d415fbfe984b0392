package convert_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// landed is a cube with units, a status on a value, one without, and a missing cell.
const landed = `{"version":"2.0","class":"dataset","id":["port","what","year"],"size":[2,2,2],"role":{"metric":["what"],"time":["year"]},
"dimension":{"port":{"label":"Port","category":{"index":["N","S"],"label":{"N":"North quay","S":"South"}}},
"what":{"label":"Catch","category":{"index":["kg","pc"],"label":{"kg":"Weight","pc":"Share"},"unit":{"pc":{"decimals":1}}}},
"year":{"category":{"index":["2023","2024"]}}},
"value":[1200,9,12.25,5,null,-7,null,"many"],"status":{"1":"p","4":".."}}`

// showText is what WriteText writes of landed.
func showText(t *testing.T, o *convert.TextOptions) (string, convert.TextRest) {
	t.Helper()
	doc, err := jsonstat.Parse([]byte(landed))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	var b bytes.Buffer
	rest, err := convert.WriteText(&b, ds, o)
	require.NoError(t, err)
	return b.String(), rest
}

func TestWriteText(t *testing.T) {
	tests := []struct {
		name string
		o    *convert.TextOptions
		want string
		rest convert.TextRest
	}{
		{"long", nil, `
Port        Catch   year    value
North quay  Weight  2023  1200
North quay  Weight  2024     9    p
North quay  Share   2023    12.25
North quay  Share   2024     5.0
South       Weight  2023       ..
South       Weight  2024    -7
South       Share   2023      n/a
South       Share   2024     many
`, convert.TextRest{}},
		{"some rows", &convert.TextOptions{Rows: 2, NA: "-"}, `
Port        Catch   year  value
North quay  Weight  2023   1200
North quay  Weight  2024      9 p
`, convert.TextRest{More: true}},
		{"sorted, missing cells last", &convert.TextOptions{Sort: "2024", Reverse: true, Table: convert.Table{By: []string{"year"}, Content: convert.ID}}, `
Port  Catch     2023  2024
N     kg     1200      9   p
N     pc       12.25   5.0
S     kg          ..  -7
S     pc         n/a  many
`, convert.TextRest{}},
		{"the first of the sorted", &convert.TextOptions{Sort: "value", Rows: 2}, `
Port        Catch   year  value
South       Weight  2024   -7
North quay  Share   2024    5.0
`, convert.TextRest{More: true}},
		{"sorted by the id of a category", &convert.TextOptions{Sort: "pc", Reverse: true, Stub: []string{"year", "port"}, Table: convert.Table{By: []string{"what"}}}, `
year  Port        Weight    Share
2023  North quay    1200    12.25
2024  North quay       9 p   5.0
2024  South           -7     many
2023  South           ..      n/a
`, convert.TextRest{}},
		{"sorted by labels", &convert.TextOptions{Sort: "Catch", Table: convert.Table{By: []string{"year"}, Content: convert.Label}}, `
Port        Catch      2023  2024
North quay  Share     12.25   5.0
South       Share       n/a  many
North quay  Weight  1200      9   p
South       Weight       ..  -7
`, convert.TextRest{}},
		{"lines with commas", &convert.TextOptions{CSV: true, Width: 10, Table: convert.Table{By: []string{"what"}, Field: convert.ID}}, `
port,year,Weight,Weight status,Share
North quay,2023,1200,,12.25
North quay,2024,9,p,5.0
South,2023,..,,n/a
South,2024,-7,,many
`, convert.TextRest{}},
		{"all rows, bounded", &convert.TextOptions{Rows: 8, Table: convert.Table{By: []string{"year"}, Content: convert.ID}}, `
Port  Catch     2023  2024
N     kg     1200      9   p
N     pc       12.25   5.0
S     kg          ..  -7
S     pc         n/a  many
`, convert.TextRest{}},
		{"two levels", &convert.TextOptions{Table: convert.Table{By: []string{"what", "year"}}}, `
            Weight        Share
Port        2023  2024     2023  2024
North quay  1200     9 p  12.25   5.0
South         ..    -7      n/a  many
`, convert.TextRest{}},
		{"a narrow screen", &convert.TextOptions{Width: 24, Table: convert.Table{By: []string{"what", "year"}}}, `
            Weight
Port        2023  2024
North quay  1200     9 p
South         ..    -7
`, convert.TextRest{Columns: []string{"Share 2023", "Share 2024"}}},
		{"no statuses", &convert.TextOptions{NoStatus: true, Rows: 2}, `
Port        Catch   year  value
North quay  Weight  2023   1200
North quay  Weight  2024      9
`, convert.TextRest{More: true}},
		{"only what is there", &convert.TextOptions{Table: convert.Table{Keep: convert.NonMissing, By: []string{"year"}, StatusText: convert.StatusLabel}}, `
Port        Catch                 2023  2024
North quay  Weight             1200      9   p
North quay  Share                12.25   5.0
South       Weight  Data not available  -7
South       Share                  n/a  many
`, convert.TextRest{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, rest := showText(t, tt.o)
			require.Equal(t, strings.TrimPrefix(tt.want, "\n"), got)
			require.Equal(t, tt.rest, rest)
		})
	}
}

// TestWriteTextFits holds that no line is wider than the screen, but for one value column
// that must be there, and that bounded rows are the first ones of all.
func TestWriteTextFits(t *testing.T) {
	for _, d := range shapes.Cubes() {
		doc, err := jsonstat.Parse([]byte(d.JSON))
		if err != nil {
			continue // not all can be read from memory
		}
		ds, err := doc.Dataset(0)
		if err != nil || ds.Len() > 5000 {
			continue
		}
		pivots := [][]string{nil}
		if len(ds.Dimensions()) > 0 {
			pivots = append(pivots, []string{ds.Dimensions()[0].ID()})
		}
		for _, by := range pivots {
			var all, some bytes.Buffer
			o := &convert.TextOptions{Table: convert.Table{By: by}, Visible: func(s string) string { return strings.ToValidUTF8(s, "?") }}
			if _, err := convert.WriteText(&all, ds, o); err != nil {
				t.Fatalf("%s: %v", d.Name, err)
			}
			o.Rows = 1 << 40
			if _, err := convert.WriteText(&some, ds, o); err != nil {
				t.Fatalf("%s: %v", d.Name, err)
			}
			require.Equal(t, all.String(), some.String(), d.Name)
			o.Width = 200
			all.Reset()
			rest, err := convert.WriteText(&all, ds, o)
			require.NoError(t, err)
			if len(ds.Dimensions()) < 4 && len(rest.Columns) > 0 {
				for line := range strings.Lines(all.String()) {
					require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), 200, d.Name)
				}
			}
		}
	}
}

// TestWriteTextFails holds that an error of writing is told.
func TestWriteTextFails(t *testing.T) {
	doc, err := jsonstat.Parse([]byte(landed))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	full := errors.New("full")
	_, err = convert.WriteText(fullDisk{full}, ds, nil)
	require.ErrorIs(t, err, full)
	_, err = convert.WriteText(&bytes.Buffer{}, ds, &convert.TextOptions{Table: convert.Table{By: []string{"nosuch"}}})
	require.ErrorIs(t, err, jsonstat.ErrUnknown)
}

// fullDisk is a writer that is full.
type fullDisk struct{ err error }

func (f fullDisk) Write([]byte) (int, error) { return 0, f.err }
