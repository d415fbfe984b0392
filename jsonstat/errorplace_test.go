package jsonstat

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLinesInAnyOrder: errors that came before make no difference.
func TestLinesInAnyOrder(t *testing.T) {
	text := "{\n\"version\":\"2.0\",\r\n\n\"class\":\"collection\" ,\n\n\n\"link\":{\"item\":[\n]}}\n"
	doc, err := Parse([]byte(text))
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(2, 2))
	for range 20 {
		for _, off := range r.Perm(len(text)) {
			line, column := 1, 1
			for _, c := range []byte(text[:off]) {
				if column++; c == '\n' {
					line, column = line+1, 1
				}
			}
			gotLine, gotColumn := doc.stream.lineColumn(int64(off))
			require.Equal(t, []int{line, column}, []int{gotLine, gotColumn}, "byte %d", off)
		}
	}
}
