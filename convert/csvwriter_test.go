package convert_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// failing is a writer that fails once it has taken some bytes.
type failing struct {
	after int
	err   error
}

func (f *failing) Write(p []byte) (int, error) {
	if f.after -= len(p); f.after < 0 {
		return 0, f.err
	}
	return len(p), nil
}

// numbers is a cube of sides, the value of each cell its position.
func numbers(t testing.TB, sides ...int) *jsonstat.Dataset {
	t.Helper()
	n := 1
	var head jsonstat.Head
	for i, side := range sides {
		n *= side
		spec := jsonstat.DimensionSpec{ID: fmt.Sprint("d", i), Label: fmt.Sprint("Dimension ", i)}
		for k := range side {
			spec.Categories = append(spec.Categories, jsonstat.Category{ID: fmt.Sprint(k), Label: fmt.Sprint("Category ", k)})
		}
		d, err := jsonstat.NewDimension(spec)
		require.NoError(t, err)
		head.Dimensions = append(head.Dimensions, d)
	}
	v := jsonstat.NewValues(n)
	for i := range n {
		v.SetFloat64(int64(i), float64(i)+0.5)
	}
	ds, err := jsonstat.New(head, v.Cells())
	require.NoError(t, err)
	return ds
}

// TestWriteErrors holds that an error of the writer comes out, wherever it
// happens, and that writing stops there.
func TestWriteErrors(t *testing.T) {
	full := errors.New("disk full")
	ds := numbers(t, 10, 100, 50)
	sparse := dataset(t, cube(`"value":{"0":1,"99999":2}`, 100, 1000))
	long := func(o convert.CSVOptions) func(io.Writer) error {
		return func(w io.Writer) error { return convert.WriteCSV(w, ds, &o) }
	}
	tests := map[string]func(io.Writer) error{
		"long":       long(convert.CSVOptions{}),
		"filtered":   long(convert.CSVOptions{Table: table{Keep: convert.NonMissing}}),
		"pivot":      long(convert.CSVOptions{Table: table{By: []string{"d2"}}}),
		"wide pivot": long(convert.CSVOptions{Table: table{By: []string{"d0", "d1", "d2"}}}),
		"sparse":     func(w io.Writer) error { return convert.WriteCSV(w, sparse, nil) },
		"sparse by": func(w io.Writer) error {
			return convert.WriteCSV(w, sparse, &convert.CSVOptions{Table: table{By: []string{"a"}}})
		},
		"CSV-stat":    func(w io.Writer) error { return convert.WriteCSVStat(w, ds, nil) },
		"a dimension": func(w io.Writer) error { return convert.WriteDimensionCSV(w, ds.Dimensions()[0], nil) },
	}
	for name, write := range tests {
		t.Run(name, func(t *testing.T) {
			var whole strings.Builder
			require.NoError(t, write(&whole))
			for _, after := range []int{0, whole.Len() / 2, whole.Len() - 1} {
				require.ErrorIs(t, write(&failing{after, full}), full, "after %d bytes", after)
			}
		})
	}
}

// TestLongLines has rows and headers that are longer than any buffer.
func TestLongLines(t *testing.T) {
	wide := strings.TrimSpace(strings.Repeat("long label ", 10_000))
	doc := strings.Replace(harvest, "South quay", wide, 1)
	require.Equal(t, strings.Replace(toCSV(t, dataset(t, harvest), nil), "South quay", wide, 2), toCSV(t, dataset(t, doc), nil))

	// A row of a pivot that fills the buffer with its last cell.
	o := &convert.CSVOptions{Table: table{By: []string{"b"}}}
	doc = cube(fmt.Sprintf(`"value":[1,%q,2,%q]`, wide, wide), 2, 2)
	require.Equal(t, "a,b0,b1\na0,1,"+wide+"\na1,2,"+wide+"\n", toCSV(t, dataset(t, doc), o))
	o.StatusColumns = true
	require.Equal(t, "a,b0,b0 Status,b1,b1 Status\na0,1,,"+wide+",\na1,2,,"+wide+",\n", toCSV(t, dataset(t, doc), o))

	// One that is written in many pieces.
	const columns = 50_000
	all := records(t, toCSV(t, numbers(t, 3, columns), &convert.CSVOptions{Table: table{By: []string{"d1"}}}), ',')
	require.Len(t, all, 4)
	require.Equal(t, fmt.Sprintf("%d.5", 3*columns-1), all[3][columns])
}

// TestNoAllocation bounds what is allocated in all by what the head takes: a
// thousand times the cells must not take more.
func TestNoAllocation(t *testing.T) {
	kinds := func(n int) *jsonstat.Dataset {
		ds := numbers(t, n/100, 10, 10)
		v := jsonstat.NewValues(n)
		for i := range n {
			pos := int64(i)
			switch i % 5 {
			case 0:
				v.SetFloat64(pos, float64(i))
			case 1:
				require.NoError(t, v.SetNumber(pos, "12.50"))
			case 2:
				v.SetText(pos, "a text, with \"quotes\" and more")
			case 3:
				v.SetMissing(pos)
				v.SetStatus(pos, "..")
			}
		}
		ds, err := jsonstat.New(ds.Head(), v.Cells())
		require.NoError(t, err)
		return ds
	}
	sparse := func(n int) *jsonstat.Dataset {
		v := jsonstat.NewSparseValues()
		for i := 0; i < n; i += 3 {
			v.SetFloat64(int64(i), float64(i))
		}
		ds, err := jsonstat.New(numbers(t, n/100, 10, 10).Head(), v.Cells())
		require.NoError(t, err)
		return ds
	}
	tests := []struct {
		name string
		make func(int) *jsonstat.Dataset
		o    convert.CSVOptions
	}{
		{"long", kinds, convert.CSVOptions{Status: true}},
		{"decimal comma", kinds, convert.CSVOptions{Status: true, Separator: ";", CRLF: true}},
		{"status text", kinds, convert.CSVOptions{Table: table{StatusText: convert.StatusBoth}, Status: true}},
		{"guarded", kinds, convert.CSVOptions{Guard: true}},
		{"non-missing", kinds, convert.CSVOptions{Table: table{Keep: convert.NonMissing}}},
		{"pivot", kinds, convert.CSVOptions{Table: table{By: []string{"d2"}}, StatusColumns: true}},
		{"outer pivot", kinds, convert.CSVOptions{Table: table{By: []string{"d1"}, Keep: convert.NonEmpty}}},
		{"sparse", sparse, convert.CSVOptions{}},
		{"sparse non-missing", sparse, convert.CSVOptions{Table: table{Keep: convert.NonMissing}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			const cells = 50_000
			ds := tt.make(cells)
			runtime.GC()
			got := testing.AllocsPerRun(1, func() {
				if err := convert.WriteCSV(io.Discard, ds, &tt.o); err != nil {
					t.Fatal(err)
				}
			})
			// The first dimension has a category for every hundred cells.
			require.Less(t, got, 500.0, "allocations for %d cells", cells)
		})
	}
}
