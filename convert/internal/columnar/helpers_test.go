package columnar

import (
	"testing"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar/columnartest"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

var parsed = columnartest.Parsed

// cubes are the datasets of the awkward list and of testdata that can be read.
func cubes(t *testing.T, f func(t *testing.T, ds *jsonstat.Dataset)) { columnartest.Cubes(t, 0, f) }

// dimension is one of so many categories.
func dimension(t *testing.T, id string, n int) *jsonstat.Dimension {
	return columnartest.Dimension(t, id, columnartest.Numbered(n)...)
}
