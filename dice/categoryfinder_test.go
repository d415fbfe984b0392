package dice_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestManySelectors: many selectors at once select what each of them selects alone,
// though they are looked up in another way.
func TestManySelectors(t *testing.T) {
	spec := jsonstat.DimensionSpec{ID: "a"}
	for _, x := range []string{"a", "A", "æ", "K", "\u212a", "\ufffd", "\xff", "1"} {
		for _, y := range []string{"", "b", "Æ", "bb", "*", "\xfe"} {
			spec.Categories = append(spec.Categories, jsonstat.Category{ID: x + y, Label: y + x + fmt.Sprint(len(spec.Categories)%7)})
		}
	}
	d, err := jsonstat.NewDimension(spec)
	require.NoError(t, err)
	dims := []*jsonstat.Dimension{d}
	var pool []dice.Selector
	for _, c := range spec.Categories {
		pool = append(pool, dice.IDs(c.ID, c.Label)...)
		for _, glob := range []string{c.ID + "*", "?" + c.ID, "*" + c.ID, c.Label + "?", c.ID[:1] + "*", c.Label} {
			pool = append(pool, dice.Selector{Kind: dice.Glob, Text: glob})
		}
	}
	for n := 1; n <= d.Len(); n += 5 {
		pool = append(pool, dice.Selector{Kind: dice.Top, N: n, Offset: 3}, dice.Selector{Kind: dice.Bottom, N: n},
			dice.Selector{Kind: dice.Range, Text: d.CategoryID(n / 2), To: d.CategoryID(n - 1)})
	}
	r := rand.New(rand.NewPCG(7, 7))
	for _, labels := range []bool{false, true} {
		// Those that find nothing are errors.
		good := slices.DeleteFunc(slices.Clone(pool), func(s dice.Selector) bool {
			one := dice.Spec{Labels: labels, Criteria: []dice.Criterion{{Dimension: "a", Select: []dice.Selector{s}}}}
			_, err := one.Resolve(dims)
			return err != nil
		})
		require.Greater(t, len(good), 100)
		for range 200 {
			var all dice.Spec
			all.Labels = labels
			want := make([]bool, d.Len())
			omitted := make([]bool, d.Len())
			for range 1 + r.IntN(60) {
				c := dice.Criterion{Dimension: "a", Select: []dice.Selector{good[r.IntN(len(good))]}, Omit: r.IntN(20) == 0}
				all.Criteria = append(all.Criteria, c)
				to := want
				if c.Omit {
					c.Omit, to = false, omitted
				}
				one := dice.Spec{Labels: labels, Criteria: []dice.Criterion{c}}
				keep, err := one.Resolve(dims)
				require.NoError(t, err)
				for i := range to {
					to[i] = to[i] || keep[0] == nil || slices.Contains(keep[0], i)
				}
			}
			chosen := slices.ContainsFunc(all.Criteria, func(c dice.Criterion) bool { return !c.Omit })
			var kept []int
			for i := range want {
				if (want[i] || !chosen) && !omitted[i] {
					kept = append(kept, i)
				}
			}
			got, err := all.Resolve(dims)
			if len(kept) == 0 {
				require.ErrorIs(t, err, dice.ErrEmpty)
				continue
			}
			require.NoError(t, err)
			if len(kept) == d.Len() {
				kept = nil
			}
			require.Equal(t, kept, got[0], "%s", all.String())
		}
	}
}
