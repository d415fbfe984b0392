package xlsxconv_test

import (
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
	"github.com/jsonstat-go/toolkit/internal/shapes"
)

func BenchmarkSmall(b *testing.B) {
	ds := dataset(b, string(shapes.Random(1)))
	for b.Loop() {
		require.NoError(b, xlsxconv.Write(io.Discard, ds, nil))
	}
}
