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
