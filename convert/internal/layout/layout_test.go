package layout

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// dim is a dimension in short: an id, a label after a colon, categories.
func dim(t testing.TB, name string, categories ...string) *jsonstat.Dimension {
	t.Helper()
	id, label, _ := strings.Cut(name, ":")
	spec := jsonstat.DimensionSpec{ID: id, Label: label}
	for _, c := range categories {
		id, label, _ := strings.Cut(c, ":")
		spec.Categories = append(spec.Categories, jsonstat.Category{ID: id, Label: label})
	}
	d, err := jsonstat.NewDimension(spec)
	require.NoError(t, err)
	return d
}

// metadata is a dataset of some dimensions without cells.
func metadata(t testing.TB, dims ...*jsonstat.Dimension) *jsonstat.Dataset {
	t.Helper()
	ds, err := jsonstat.New(jsonstat.Head{Dimensions: dims}, nil)
	require.NoError(t, err)
	return ds
}

func headers(l *Layout) []string {
	var list []string
	for _, c := range l.Columns {
		list = append(list, c.Header)
	}
	return list
}

func TestHeaders(t *testing.T) {
	geo := dim(t, "geo:Region", "1:Oslo", "2:Bergen")
	sex := dim(t, "sex", "m", "f")
	twin := dim(t, "geo2:Region", "x:Oslo")
	year := dim(t, "Tid:year", "2023", "2024")
	like := dim(t, "like:Like", "a:Region", "b:b")
	same := dim(t, "same:Same", "m:Total", "f:Total")
	tests := []struct {
		name string
		dims []*jsonstat.Dimension
		o    Options
		want []string
	}{
		{"labels, or ids", []*jsonstat.Dimension{geo, sex}, Options{}, []string{"Region", "sex"}},
		{"ids", []*jsonstat.Dimension{geo, sex}, Options{Field: ID}, []string{"geo", "sex"}},
		{"both", []*jsonstat.Dimension{geo, sex}, Options{Field: Both}, []string{"[geo] Region", "[sex] sex"}},
		{"columns as field", []*jsonstat.Dimension{geo}, Options{Field: Columns}, []string{"Region"}},
		{"columns as content", []*jsonstat.Dimension{geo, sex}, Options{Content: Columns}, []string{"geo", "Region", "sex", "sex label"}},
		{"no dimensions", nil, Options{}, nil},

		{"the same label twice", []*jsonstat.Dimension{geo, twin, sex}, Options{}, []string{"Region [geo]", "Region [geo2]", "sex"}},
		{"the same label in columns", []*jsonstat.Dimension{geo, twin}, Options{Content: Columns}, []string{"geo", "Region [geo]", "geo2", "Region [geo2]"}},
		{"an id like a label", []*jsonstat.Dimension{dim(t, "A:B", "1"), dim(t, "B:A", "1")}, Options{Content: Columns}, []string{"A [A]", "B [A]", "B [B]", "A [B]"}},

		{"a pivot", []*jsonstat.Dimension{geo, year, sex}, Options{By: []string{"Tid"}}, []string{"Region", "sex", "2023", "2024"}},
		{"of ids", []*jsonstat.Dimension{geo, year}, Options{By: []string{"geo"}, Field: ID}, []string{"Tid", "1", "2"}},
		{"of two", []*jsonstat.Dimension{geo, year, sex}, Options{By: []string{"sex", "geo"}}, []string{"year", "m Oslo", "m Bergen", "f Oslo", "f Bergen"}},
		{"of two with both", []*jsonstat.Dimension{geo, sex}, Options{By: []string{"geo", "sex"}, Field: Both},
			[]string{"[1] Oslo [m] m", "[1] Oslo [f] f", "[2] Bergen [m] m", "[2] Bergen [f] f"}},
		{"a category like a dimension", []*jsonstat.Dimension{geo, like}, Options{By: []string{"like"}}, []string{"Region", "Region [a]", "b"}},
		{"the same label twice in a pivot", []*jsonstat.Dimension{geo, same}, Options{By: []string{"same"}}, []string{"Region", "Total [m]", "Total [f]"}},
		{"and of two", []*jsonstat.Dimension{same, geo}, Options{By: []string{"same", "geo"}},
			[]string{"Total Oslo [m 1]", "Total Bergen [m 2]", "Total Oslo [f 1]", "Total Bergen [f 2]"}},

		{"drop", []*jsonstat.Dimension{geo, twin, sex}, Options{By: []string{"sex"}, Drop: []string{"geo2"}}, []string{"Region", "m", "f"}},
		{"drop constant", []*jsonstat.Dimension{geo, twin, sex}, Options{DropConstant: true}, []string{"Region", "sex"}},
		{"drop constant, of columns", []*jsonstat.Dimension{twin, sex}, Options{DropConstant: true, Content: Columns}, []string{"sex", "sex label"}},
		{"drop constant in a pivot", []*jsonstat.Dimension{geo, twin, sex}, Options{By: []string{"sex"}, DropConstant: true}, []string{"Region", "m", "f"}},
		{"drop constant, but for the pivot", []*jsonstat.Dimension{geo, twin}, Options{By: []string{"geo2"}, DropConstant: true}, []string{"Region", "Oslo"}},
		{"drop constant, all of them", []*jsonstat.Dimension{twin}, Options{DropConstant: true}, nil},
		{"drop constant, one stays", []*jsonstat.Dimension{twin, dim(t, "one", "1")}, Options{DropConstant: true, Stay: []string{"one"}}, []string{"one"}},
		{"drop constant, none without categories", []*jsonstat.Dimension{dim(t, "none"), sex}, Options{DropConstant: true}, []string{"none", "sex"}},
		{"drop one of columns", []*jsonstat.Dimension{twin, sex}, Options{By: []string{"sex"}, Drop: []string{"geo2"}, Content: Columns}, []string{"m", "f"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Warn = func(message string) { t.Error(message) }
			l, err := New(metadata(t, tt.dims...), tt.o)
			require.NoError(t, err)
			require.Equal(t, tt.want, headers(l))
			require.Equal(t, len(tt.o.By) > 0, l.Pivoted())
		})
	}
}

func TestStub(t *testing.T) {
	ds := metadata(t, dim(t, "a", "1", "2"), dim(t, "b", "1"), dim(t, "c", "1", "2", "3"), dim(t, "d", "1", "2"))
	var warnings []string
	warn := func(message string) { warnings = append(warnings, message) }
	l, err := New(ds, Options{By: []string{"d", "a"}, Drop: []string{"b", "c", "a"}, Warn: warn})
	require.NoError(t, err)
	require.Equal(t, []string{
		`dimension "c" is not dropped: it has 3 categories, not one`,
		`dimension "a" cannot be dropped: the table is pivoted by it`,
	}, warnings)
	require.Equal(t, []int{1, 2}, l.Stub, "dropped ones included")
	require.Equal(t, []int{3, 0}, l.By)
	require.Equal(t, 4, l.Values)
	require.Equal(t, []string{"c", "1 1", "1 2", "2 1", "2 2"}, headers(l))
	for column := range 4 {
		require.Equal(t, column/2, l.Category(3, column))
		require.Equal(t, column%2, l.Category(0, column))
	}
}

func TestNewErrors(t *testing.T) {
	ds := metadata(t, dim(t, "Region", "1", "2"), dim(t, "Tid", "1"))
	tests := []struct {
		name string
		o    Options
		near []string
	}{
		{"unknown", Options{By: []string{"Tid", "region"}}, []string{"Region"}},
		{"unknown drop", Options{By: []string{"Tid"}, Drop: []string{"Regoin"}}, []string{"Region"}},
		{"empty", Options{By: []string{""}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := New(ds, tt.o)
			var unknown *jsonstat.UnknownError
			require.ErrorAs(t, err, &unknown)
			require.Equal(t, "dimension", unknown.Kind)
			require.Equal(t, tt.near, unknown.Near)
		})
	}
	_, err := New(ds, Options{By: []string{"Tid", "Region", "Tid"}})
	require.ErrorContains(t, err, `"Tid" is to be pivoted twice`)
}

func TestMaxColumns(t *testing.T) {
	var cats []string
	for i := range 1 << 10 {
		cats = append(cats, fmt.Sprint(i))
	}
	a, b, c, one := dim(t, "a", cats...), dim(t, "b", cats...), dim(t, "c", "0", "1"), dim(t, "one", "0")
	l, err := New(metadata(t, a, b, c, one), Options{By: []string{"a", "one"}})
	require.NoError(t, err)
	require.Equal(t, 1<<10, l.Values)
	_, err = New(metadata(t, a, b, c), Options{By: []string{"a", "c", "b"}})
	require.ErrorIs(t, err, jsonstat.ErrLimit)
	require.ErrorContains(t, err, "a pivot by a, c, b has more than 1048576 columns")
}

func TestSay(t *testing.T) {
	d := dim(t, "geo:Region", "1:Oslo", "2")
	for show, want := range map[Show][2]string{Label: {"Oslo", "2"}, ID: {"1", "2"}, Both: {"[1] Oslo", "[2] 2"}} {
		c := Column{Show: show}
		require.Equal(t, want, [2]string{c.Say(d, 0), c.Say(d, 1)})
	}
}

func TestWants(t *testing.T) {
	tests := []struct {
		kind                      jsonstat.Kind
		status                    int32
		all, nonMissing, nonEmpty bool
	}{
		{jsonstat.Number, 0, true, true, true},
		{jsonstat.Number, 1, true, true, true},
		{jsonstat.Text, 0, true, true, true},
		{jsonstat.False, 0, true, true, true},
		{jsonstat.Missing, 0, true, false, false},
		{jsonstat.Missing, 1, true, false, true},
	}
	for _, tt := range tests {
		require.Equal(t, []bool{tt.all, tt.nonMissing, tt.nonEmpty},
			[]bool{All.Wants(tt.kind, tt.status), NonMissing.Wants(tt.kind, tt.status), NonEmpty.Wants(tt.kind, tt.status)}, "%v %d", tt.kind, tt.status)
	}
}
