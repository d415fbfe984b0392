package jsonstat_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestNarrowPX holds that what a PX file says of cells, and in other languages, goes with
// the categories that it is about.
func TestNarrowPX(t *testing.T) {
	port := func(ids ...string) *jsonstat.Dimension {
		spec := jsonstat.DimensionSpec{ID: "port"}
		for _, id := range ids {
			spec.Categories = append(spec.Categories, jsonstat.Category{ID: id})
		}
		d, err := jsonstat.NewDimension(spec)
		require.NoError(t, err)
		return d
	}
	for _, tt := range []struct{ name, extension, want string }{
		{"notes on cells", `{"px":{"cellnote":[{"cell":{"port":"N"},"note":"a"},{"cell":{},"note":"b"},{"cell":{"port":"S"},"note":"c"},{"cell":{"year":"1"},"note":"d"}]}}`,
			`{"px":{"cellnote":[{"cell":{"port":"N"},"note":"a"},{"cell":{},"note":"b"},{"cell":{"year":"1"},"note":"d"}]}}`},
		{"no note left", `{"px":{"matrix":"x","cellnote":[{"cell":{"port":"S"},"note":"c"}]}}`, `{"px":{"matrix":"x"}}`},
		{"another language", `{"px":{"languages":{"sv":{"label":"x","dimension":{"port":{"label":"hamn","category":{"label":{"N":"n","S":"s"}},"categoryNoteMandatory":{"S":{"0":true}}}}}}}}`,
			`{"px":{"languages":{"sv":{"label":"x","dimension":{"port":{"label":"hamn","category":{"label":{"N":"n"}}}}}}}}`},
		{"nothing of the kind", `{"px":{"matrix":"x","languages":1,"cellnote":"y"}}`, `{"px":{"matrix":"x","languages":1,"cellnote":"y"}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h, err := jsonstat.Head{Extension: []byte(tt.extension), Dimensions: []*jsonstat.Dimension{port("N", "S")}}.Narrow([][]int{{0}})
			require.NoError(t, err)
			require.Equal(t, tt.want, string(h.Extension))
		})
	}
}
