package convert_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
)

// TestReadCSVMemory: a cube takes at most 24 bytes a cell, whatever its rows look
// like.
func TestReadCSVMemory(t *testing.T) {
	const regions, years = 2000, 100
	for name, c := range map[string]struct {
		rows  float64 // share of the rows that are there
		value func(r *rand.Rand) string
		mixed bool
	}{
		"whole numbers":          {1, func(r *rand.Rand) string { return fmt.Sprint(r.IntN(1e6)) }, false},
		"all digits of a double": {1, func(r *rand.Rand) string { return fmt.Sprint(-r.Float64() / 1e9) }, false},
		"rows in no order":       {1, func(r *rand.Rand) string { return fmt.Sprint(r.Float64()) }, true},
		"a quarter of the rows":  {0.24, func(r *rand.Rand) string { return fmt.Sprint(r.Float64()) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			var lines []string
			for i := range regions {
				for j := range years {
					if r.Float64() < c.rows {
						lines = append(lines, fmt.Sprintf("R%d,%d,s%d,%s\n", i, j, r.IntN(5), c.value(r)))
					}
				}
			}
			if c.mixed {
				r.Shuffle(len(lines), func(a, b int) { lines[a], lines[b] = lines[b], lines[a] })
			}
			text := strings.NewReader("Region,Year,Status,Value\n" + strings.Join(lines, ""))
			before := heap()
			ds, err := convert.ReadCSV(text, nil)
			require.NoError(t, err)
			used := heap() - before
			require.EqualValues(t, regions*years, ds.Len())
			require.LessOrEqual(t, used, int64(24*regions*years+1<<20))
			runtime.KeepAlive(ds)
			runtime.KeepAlive(text)
		})
	}
}

// heap is how much memory is in use.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
