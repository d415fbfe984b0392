package dice_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestWideCube: a cube whose dimensions multiply to more than 32 bits can count is
// diced all the same, by a machine of 32 bits too.
func TestWideCube(t *testing.T) {
	numbered := func(id string, n int) *jsonstat.Dimension {
		spec := jsonstat.DimensionSpec{ID: id, Categories: make([]jsonstat.Category, n)}
		for i := range spec.Categories {
			spec.Categories[i].ID = strconv.Itoa(i)
		}
		d, err := jsonstat.NewDimension(spec)
		require.NoError(t, err)
		return d
	}
	const n = 70_000
	values := jsonstat.NewSparseValues()
	last := int64(n)*n*2 - 1
	values.SetFloat64(last, 7)
	values.SetFloat64(last-1, 6)
	values.SetFloat64(3, 1)
	ds, err := jsonstat.New(jsonstat.Head{Dimensions: []*jsonstat.Dimension{numbered("a", n), numbered("b", n), numbered("c", 2)}}, values.Cells())
	require.NoError(t, err)
	sub, err := dice.Slice(ds, "c", "1")
	require.NoError(t, err)
	require.Equal(t, int64(n)*n, sub.Len())
	for pos, want := range map[int64]string{sub.Len() - 1: "7", 1: "1", 2: ""} {
		cell, err := sub.AtPosition(pos)
		require.NoError(t, err)
		require.Equal(t, want, cell.Text)
	}
}
