package convert_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// district is a cube with characters of several kinds: æ is in all encodings, € not in
// ISO-8859-1, Ł in none of one byte.
func district(label string) string {
	return `{"version":"2.0","class":"dataset","id":["a","b"],"size":[2,1],"dimension":{
		"a":{"label":"Sted","category":{"index":["x","y"],"label":{"x":"Sør, \"øst\"","y":"` + label + `"}}},
		"b":{"category":{"index":["z"]}}},"value":[1.5,null]}`
}

func TestCSVEncoding(t *testing.T) {
	const utf8 = "Sted;b;Value\n\"Sør, \"\"øst\"\"\";z;1,5\nGrünerløkka €;z;n/a\n"
	for _, tt := range []struct{ encoding, want string }{
		{"", utf8},
		{"utf-8", utf8},
		{"windows-1252", "Sted;b;Value\n\"S\xf8r, \"\"\xf8st\"\"\";z;1,5\nGr\xfcnerl\xf8kka \x80;z;n/a\n"},
		{"latin9", "Sted;b;Value\n\"S\xf8r, \"\"\xf8st\"\"\";z;1,5\nGr\xfcnerl\xf8kka \xa4;z;n/a\n"},
	} {
		o := &convert.CSVOptions{Separator: ";", Encoding: tt.encoding}
		require.Equal(t, tt.want, toCSV(t, dataset(t, district("Grünerløkka €")), o), tt.encoding)
	}
	for encoding, mark := range map[string]string{"utf-16": "\xff\xfe", "utf-16le": "", "utf-16be": ""} {
		got := toCSV(t, dataset(t, district("Grünerløkka €")), &convert.CSVOptions{Separator: ";", Encoding: encoding})
		require.True(t, strings.HasPrefix(got, mark+"S\x00") || mark == "" && strings.HasPrefix(got, "\x00S"), "%s: %q", encoding, got)
		e, _ := charset.Named(encoding)
		back, err := io.ReadAll(charset.NewReader(strings.NewReader(got), e))
		require.NoError(t, err)
		require.Equal(t, utf8, string(back), encoding)
		marked := toCSV(t, dataset(t, district("Grünerløkka €")), &convert.CSVOptions{Separator: ";", Encoding: encoding, BOM: true})
		require.Len(t, marked, len(got)+2-len(mark), "a mark is written once")
	}
}

// TestCSVEncodingBack: what is written in an encoding is read as the same cube, of any
// shape, and CSV-stat too.
func TestCSVEncodingBack(t *testing.T) {
	back := 0
	for _, s := range shapes.Cubes() {
		if len(s.JSON) > 100_000 {
			continue
		}
		ds := dataset(t, s.JSON)
		for _, encoding := range []string{"utf-16", "utf-16be", "windows-1252"} {
			var plain, there bytes.Buffer
			if convert.WriteCSVStat(&plain, ds, nil) != nil {
				continue
			}
			err := convert.WriteCSVStat(&there, ds, &convert.CSVStatOptions{Encoding: encoding})
			if lacks, ok := errors.AsType[*convert.EncodingError](err); ok {
				require.Equal(t, "windows-1252", lacks.Encoding)
				require.Contains(t, strings.Split(plain.String(), "\n")[lacks.Line-1], string(lacks.Char), s.Name)
				continue
			}
			require.NoError(t, err, s.Name)
			want, err := convert.ReadCSV(bytes.NewReader(plain.Bytes()), nil)
			if err != nil {
				continue
			}
			got, err := convert.ReadCSV(&there, &convert.ReadCSVOptions{Encoding: encoding})
			require.NoError(t, err, "%s in %s", s.Name, encoding)
			require.Equal(t, toCSV(t, want, &convert.CSVOptions{Status: true}), toCSV(t, got, &convert.CSVOptions{Status: true}), "%s in %s", s.Name, encoding)
			back++
		}
	}
	require.Greater(t, back, 50)
}

func TestCSVEncodingLacks(t *testing.T) {
	for _, tt := range []struct {
		name, label, want string
		o                 convert.CSVOptions
	}{
		{"in a label", "Łódź", `"Ł" (U+0141) in "Łódź", in line 3 of the table, is no character of iso-8859-1`, convert.CSVOptions{Encoding: "latin1"}},
		{"alone", "€", `"€" (U+20AC), in line 3 of the table, is no character of iso-8859-1`, convert.CSVOptions{Encoding: "latin1"}},
		{"in quotes", `a;\"€`, `"€" (U+20AC), in line 3 of the table, is no character of iso-8859-1`, convert.CSVOptions{Encoding: "latin1", Separator: ";"}},
		{"before a line end of two", "Łódź", `"Ł" (U+0141) in "Łódź", in line 3 of the table, is no character of windows-1252`, convert.CSVOptions{Encoding: "cp1252", CRLF: true}},
		{"in the header", "Łódź", `"→" (U+2192) in "Tall →", in line 1 of the table, is no character of iso-8859-15`, convert.CSVOptions{Encoding: "latin9", ValueName: "Tall →", CRLF: true}},
		{"in a pivot", "Łódź", `"Ł" (U+0141) in "Łódź", in line 1 of the table, is no character of iso-8859-1`, convert.CSVOptions{Encoding: "latin1", Table: table{By: []string{"a"}}}},
		{"for a missing value", "b", `"‐" (U+2010), in line 3 of the table, is no character of windows-1252`, convert.CSVOptions{Encoding: "windows-1252", NA: text("‐")}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := convert.WriteCSV(io.Discard, dataset(t, district(tt.label)), &tt.o)
			var lacks *convert.EncodingError
			require.ErrorAs(t, err, &lacks)
			require.EqualError(t, err, tt.want)
			require.NotErrorIs(t, err, jsonstat.ErrEncoding, "that is what a text is that cannot be read")
		})
	}
	dim := dataset(t, district("Łódź")).Dimensions()[0]
	require.EqualError(t, convert.WriteDimensionCSV(io.Discard, dim, &convert.CSVOptions{Encoding: "latin1"}), `"Ł" (U+0141) in "Łódź", in line 3 of the table, is no character of iso-8859-1`)
	require.EqualError(t, convert.WriteCSVStat(io.Discard, dataset(t, district("Łódź")), &convert.CSVStatOptions{Encoding: "latin1"}),
		`"Ł" (U+0141) in "Łódź", in line 2 of the table, is no character of iso-8859-1`)
}

func TestCSVEncodingOptions(t *testing.T) {
	ds := dataset(t, district("a"))
	for _, o := range []*convert.CSVOptions{{Encoding: "latin1", BOM: true}, {Encoding: "windows-1252", BOM: true}} {
		require.ErrorContains(t, o.Check(), "has no byte order mark")
		require.ErrorContains(t, convert.WriteCSV(io.Discard, ds, o), "has no byte order mark")
		require.ErrorContains(t, convert.WriteDimensionCSV(io.Discard, ds.Dimensions()[0], o), "has no byte order mark")
	}
	require.ErrorIs(t, convert.WriteCSV(io.Discard, ds, &convert.CSVOptions{Encoding: "ebcdic"}), jsonstat.ErrEncodingName)
	require.ErrorIs(t, convert.WriteCSVStat(io.Discard, ds, &convert.CSVStatOptions{Encoding: "ebcdic"}), jsonstat.ErrEncodingName)
	require.NoError(t, (*convert.CSVOptions)(nil).Check())
}

// TestCSVEncodingAllocations: cells are encoded in a buffer that is reused.
func TestCSVEncodingAllocations(t *testing.T) {
	rows := func(n int) float64 {
		ds := dataset(t, cube(`"value":[`+strings.Repeat("1.5,", n-1)+`2]`, n))
		o := &convert.CSVOptions{Encoding: "windows-1252", ValueName: "Måling"}
		return testing.AllocsPerRun(3, func() { require.NoError(t, convert.WriteCSV(io.Discard, ds, o)) })
	}
	if few, many := rows(20_000), rows(40_000); many-few > 20_010 { // a text for each category
		t.Errorf("%v allocations for twice the cells, not %v", many, few)
	}
}
