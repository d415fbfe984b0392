package xlsxconv

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestSides holds which dimensions stand where, in which order: sysselsatte.json has Region,
// Kjonn, ContentsCode and Tid, of which the last two are its heading.
func TestSides(t *testing.T) {
	const constant = `{"version":"2.0","class":"dataset","label":"Table","id":["a","b","c"],"size":[2,1,3],"dimension":{
		"a":{"category":{"index":["x","y"]}},"b":{"category":{"index":["one"]}},"c":{"category":{"index":["1","2","3"]}}},"value":[1,2,3,4,5,6]}`
	const px = `{"version":"2.0","class":"dataset","id":["a","b","c","d"],"size":[2,2,2,2],"extension":{"px":{"stub":["d","a"],"heading":["c","b"]}},"dimension":{
		"a":{"category":{"index":["x","y"]}},"b":{"category":{"index":["x","y"]}},"c":{"category":{"index":["x","y"]}},"d":{"category":{"index":["x","y"]}}},"value":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]}`
	for _, tt := range []struct {
		name, doc     string
		o             Options
		stub, heading string
		title         string
	}{
		{"both", "sysselsatte.json", Options{Stub: []string{"Tid", "Region"}, Heading: []string{"Kjonn", "ContentsCode"}}, "Tid Region", "Kjonn ContentsCode", ""},
		{"stub", "sysselsatte.json", Options{Stub: []string{"Tid"}}, "Tid", "ContentsCode Region Kjonn", ""},
		{"heading", "sysselsatte.json", Options{Heading: []string{"Region"}}, "Kjonn ContentsCode Tid", "Region", ""},
		{"all across", "oslo.json", Options{Heading: []string{"Tid", "Region"}}, "", "Tid Region", ""},
		{"stub, as the document has the heading", px, Options{Stub: []string{"a"}}, "a", "c b d", ""},
		{"heading, as the document has the stub", px, Options{Heading: []string{"b"}}, "d a c", "b", ""},
		{"of one category, not named", constant, Options{Stub: []string{"c"}, Heading: []string{"a"}}, "c", "a", "Table, one"},
		{"of one category, named", constant, Options{Stub: []string{"b", "c"}, Heading: []string{"a"}}, "b c", "a", "Table"},
		{"of one category, across with others", constant, Options{Stub: []string{"c"}}, "c", "a b", "Table"},
		{"of one category, down with others", constant, Options{Heading: []string{"c"}}, "a b", "c", "Table"},
		{"of one category, dropped across", constant, Options{Stub: []string{"c"}, Table: convert.Table{DropConstant: true}}, "c", "a", "Table, one"},
		{"of one category, dropped down", constant, Options{Heading: []string{"c"}, Table: convert.Table{DropConstant: true}}, "a", "c", "Table, one"},
		{"of one category, named all the same", constant, Options{Stub: []string{"b", "a"}, Table: convert.Table{DropConstant: true}}, "b a", "c", "Table"},
		{"of one category, alone across", constant, Options{Stub: []string{"c", "a"}, Table: convert.Table{DropConstant: true}}, "c a", "b", "Table"},
		{"dropped by name", constant, Options{Heading: []string{"c"}, Table: convert.Table{Drop: []string{"b"}}}, "a", "c", "Table, one"},
		{"with a pivot of its own", "sysselsatte.json", Options{Pivot: true, Chart: LineChart, Heading: []string{"Tid"}}, "Region Kjonn ContentsCode", "Tid", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ds := (*jsonstat.Dataset)(nil)
			if strings.HasPrefix(tt.doc, "{") {
				ds = testDataset(t, tt.doc)
			} else {
				ds = testFile(t, tt.doc)
			}
			drop := tt.o.Drop
			p, err := newPlan(ds, &tt.o)
			require.NoError(t, err)
			var stub, heading []string
			for _, c := range p.cols {
				if c.kind == dimensionColumn {
					stub = append(stub, ds.Dimensions()[c.dim].ID())
				}
			}
			for _, d := range p.layout.By {
				heading = append(heading, ds.Dimensions()[d].ID())
			}
			require.Equal(t, tt.stub, strings.Join(stub, " "))
			require.Equal(t, tt.heading, strings.Join(heading, " "))
			if tt.title != "" {
				require.Equal(t, tt.title, p.entitled())
			}
			require.Equal(t, drop, tt.o.Drop, "the options stay as they were")
			require.NoError(t, Write(io.Discard, ds, &tt.o))
		})
	}
}

func TestSidesErrors(t *testing.T) {
	ds := testFile(t, "sysselsatte.json")
	for _, tt := range []struct {
		o    Options
		want string
	}{
		{Options{Stub: []string{"Tid"}, Heading: []string{"Region"}}, `dimensions "Kjonn", "ContentsCode" are on neither side of the table`},
		{Options{Stub: []string{"Tid"}, Heading: []string{"Region", "ContentsCode"}}, `dimension "Kjonn" is on neither side of the table`},
		{Options{Stub: []string{"Tid", "Region"}, Heading: []string{"Tid"}}, `dimension "Tid" has two places in the table`},
		{Options{Heading: []string{"Tid", "Tid"}}, `dimension "Tid" has two places in the table`},
		{Options{Stub: []string{"Region", "Kjonn", "ContentsCode", "Tid"}}, "all dimensions are down the side of the table, and none across"},
	} {
		err := Write(io.Discard, ds, &tt.o)
		var sides *SidesError
		require.True(t, errors.As(err, &sides), "%v", err)
		require.EqualError(t, err, tt.want)
	}
	require.ErrorIs(t, Write(io.Discard, ds, &Options{Stub: []string{"Nosuch"}}), jsonstat.ErrUnknown)
	require.ErrorContains(t, Write(io.Discard, ds, &Options{Stub: []string{"Region"}, Table: convert.Table{By: []string{"Tid"}}}), "named twice, by By and by Heading")
}
