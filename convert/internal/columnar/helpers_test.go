package columnar

import (
	"testing"

	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// parsed reads a document and gives its first dataset.
func parsed(t testing.TB, text string) *jsonstat.Dataset {
	t.Helper()
	doc, err := jsonstat.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// cubes are the datasets of the awkward list that can be read.
func cubes(t *testing.T, f func(t *testing.T, ds *jsonstat.Dataset)) {
	for _, doc := range shapes.Cubes() {
		t.Run(doc.Name, func(t *testing.T) {
			d, err := jsonstat.Parse([]byte(doc.JSON))
			if err != nil {
				t.Skip(err)
			}
			ds, err := d.Dataset(0)
			if err != nil {
				t.Skip(err)
			}
			f(t, ds)
		})
	}
}
