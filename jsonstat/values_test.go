package jsonstat

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// setters are all ways to set a cell that is given by its position.
var setters = []struct {
	name string
	set  func(v *Values, pos int64) error
}{
	{"SetNumber", func(v *Values, pos int64) error { return v.SetNumber(pos, "1.50") }},
	{"SetNumberToken", func(v *Values, pos int64) error { return v.SetNumberToken(pos, []byte("1.50")) }},
	{"SetToken, a number", func(v *Values, pos int64) error { return v.SetToken(pos, []byte("2")) }},
	{"SetToken, a text", func(v *Values, pos int64) error { return v.SetToken(pos, []byte(`"a"`)) }},
	{"SetToken, true", func(v *Values, pos int64) error { return v.SetToken(pos, []byte("true")) }},
	{"SetToken, false", func(v *Values, pos int64) error { return v.SetToken(pos, []byte("false")) }},
	{"SetToken, null", func(v *Values, pos int64) error { return v.SetToken(pos, []byte("null")) }},
	{"SetFloat64", func(v *Values, pos int64) error { v.SetFloat64(pos, 1); return v.Err() }},
	{"SetText", func(v *Values, pos int64) error { v.SetText(pos, "a"); return v.Err() }},
	{"SetBool", func(v *Values, pos int64) error { v.SetBool(pos, true); return v.Err() }},
	{"SetMissing", func(v *Values, pos int64) error { v.SetMissing(pos); return v.Err() }},
	{"SetStatus", func(v *Values, pos int64) error { v.SetStatus(pos, "p"); return v.Err() }},
	{"SetStatus, none", func(v *Values, pos int64) error { v.SetStatus(pos, ""); return v.Err() }},
}

// TestSettersOutOfRange: a position at which there is no cell is an error that stays
// with the row, whatever is set there.
func TestSettersOutOfRange(t *testing.T) {
	one := func() *Dataset { return built(t, 1, NewValues(1)) }
	for _, s := range setters {
		for _, row := range []struct {
			name string
			make func() *Values
			at   []int64
		}{
			{"dense", func() *Values { return NewValues(2) }, []int64{2, 5, 1 << 40, -1, -1 << 63}},
			{"dense without cells", func() *Values { return NewValues(0) }, []int64{0, -1}},
			{"dense of a negative size", func() *Values { return NewValues(-3) }, []int64{0}},
			{"sparse", NewSparseValues, []int64{-1, -1 << 63}},
			{"zero", func() *Values { return &Values{} }, []int64{-1}},
		} {
			for _, pos := range row.at {
				v := row.make()
				if err := s.set(v, pos); !errors.Is(err, ErrSize) {
					t.Errorf("%s at %d of a %s row: error %v", s.name, pos, row.name, err)
				}
				if !errors.Is(v.Err(), ErrSize) {
					t.Errorf("%s at %d of a %s row: the error does not stay", s.name, pos, row.name)
				}
				if _, err := New(Head{Dimensions: []*Dimension{numbered(t, "d", len(v.tokens))}}, v.Cells()); !errors.Is(err, ErrSize) {
					t.Errorf("%s at %d of a %s row: New gives %v", s.name, pos, row.name, err)
				}
				if _, err := one().WithCells(v.Cells(), AsRead, AsRead); !errors.Is(err, ErrSize) {
					t.Errorf("%s at %d of a %s row: WithCells gives %v", s.name, pos, row.name, err)
				}
				if _, err := v.Cells().Cursor(true); !errors.Is(err, ErrSize) {
					t.Errorf("%s at %d of a %s row: a cursor gives %v", s.name, pos, row.name, err)
				}
			}
		}
	}
	// Where a sparse row ends, its cube knows.
	for _, s := range setters {
		v := NewSparseValues()
		if err := s.set(v, 1); err != nil {
			t.Errorf("%s: %v", s.name, err)
		}
		if _, err := New(Head{Dimensions: []*Dimension{numbered(t, "d", 1)}}, v.Cells()); !errors.Is(err, ErrSize) {
			t.Errorf("%s at 1 of a sparse row for one cell: New gives %v", s.name, err)
		}
	}
}

// TestZeroValues: the zero row is an empty sparse one.
func TestZeroValues(t *testing.T) {
	var empty Values
	if got := cellsOf(t, built(t, 3, &empty)); !slices.Equal(got, []string{}) {
		t.Errorf("an empty row has the cells %q", got)
	}
	var v Values
	v.SetStatus(2, "p")
	v.SetFloat64(1, 12.5)
	if got := cellsOf(t, built(t, 3, &v)); !slices.Equal(got, []string{"1=12.5 ", "2= p"}) {
		t.Errorf("the row has the cells %q", got)
	}
}

// cellsOf lists the cells that are there, as position=token status.
func cellsOf(t *testing.T, ds *Dataset) []string {
	t.Helper()
	cur, err := ds.Cells().Cursor(true)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for {
		chunk, err := cur.Next()
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		for i := range chunk.Len() {
			status := ""
			if chunk.Status != nil {
				status = ds.Cells().Statuses()[chunk.Status[i]]
			}
			list = append(list, fmt.Sprintf("%d=%s %s", chunk.Position(i), chunk.Token(i), status))
		}
	}
}

// TestSetStatusKeepsValue: value and status of a cell are set in any order, and the
// one does not touch the other.
func TestSetStatusKeepsValue(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(v *Values)
		want []string
	}{
		{"the status of a cell not set last", func(v *Values) { v.SetFloat64(0, 1); v.SetFloat64(1, 2); v.SetStatus(0, "p") }, []string{"0=1 p", "1=2 "}},
		{"all values, then all statuses", func(v *Values) { v.SetText(0, "a"); v.SetBool(1, true); v.SetStatus(0, "p"); v.SetStatus(1, "q") }, []string{`0="a" p`, "1=true q"}},
		{"backward", func(v *Values) { v.SetFloat64(1, 2); v.SetFloat64(0, 1); v.SetStatus(1, "q"); v.SetStatus(0, "p") }, []string{"0=1 p", "1=2 q"}},
		{"statuses first", func(v *Values) { v.SetStatus(1, "q"); v.SetStatus(0, "p"); v.SetFloat64(1, 2); v.SetFloat64(0, 1) }, []string{"0=1 p", "1=2 q"}},
		{"a value set again", func(v *Values) { v.SetFloat64(1, 2); v.SetStatus(1, "q"); v.SetFloat64(0, 1); v.SetFloat64(1, 3) }, []string{"0=1 ", "1=3 q"}},
		{"a value taken back", func(v *Values) { v.SetFloat64(1, 2); v.SetStatus(1, "q"); v.SetFloat64(0, 1); v.SetMissing(1) }, []string{"0=1 ", "1= q"}},
		{"a status taken back", func(v *Values) { v.SetFloat64(1, 2); v.SetStatus(1, "q"); v.SetFloat64(0, 1); v.SetStatus(1, "") }, []string{"0=1 ", "1=2 "}},
	} {
		for _, v := range []*Values{NewValues(2), NewSparseValues()} {
			c.set(v)
			if got := cellsOf(t, built(t, 2, v)); !slices.Equal(got, c.want) {
				t.Errorf("%s, dense %v: the cells are %q, not %q", c.name, v.dense, got, c.want)
			}
		}
	}
}

// TestSparseIsDense sets the same cells of a sparse and of a dense row at random.
func TestSparseIsDense(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	for range 300 {
		n := 1 + r.IntN(12)
		dense, sparse := NewValues(n), NewSparseValues()
		for i := range n { // so that all cells are there, in some order
			pos := int64(i)
			if r.IntN(2) == 0 {
				pos = int64(n - 1 - i)
			}
			sparse.SetMissing(pos)
		}
		for i := range n {
			sparse.SetMissing(int64(i))
		}
		for range r.IntN(40) {
			pos := r.Int64N(int64(n))
			set := []func(v *Values){
				func(v *Values) { v.SetFloat64(pos, float64(pos)) },
				func(v *Values) { v.SetText(pos, "a text of many letters") },
				func(v *Values) { v.SetBool(pos, false) },
				func(v *Values) { v.SetMissing(pos) },
				func(v *Values) { v.SetStatus(pos, "p") },
				func(v *Values) { v.SetStatus(pos, "q") },
				func(v *Values) { v.SetStatus(pos, "") },
			}[r.IntN(7)]
			set(dense)
			set(sparse)
		}
		want, got := cellsOf(t, built(t, n, dense)), cellsOf(t, built(t, n, sparse))
		if !slices.Equal(got, want) {
			t.Fatalf("the sparse row has %q, the dense one %q", got, want)
		}
	}
}

// TestSparseValuesTime: to set cells of a sparse row out of order, values and statuses
// apart, takes a small multiple of the time that it takes to sort as many positions.
func TestSparseValuesTime(t *testing.T) {
	const n = 100_000
	order := rand.New(rand.NewPCG(6, 1)).Perm(n)
	positions := make([]int, 2*n)
	var fill, sort time.Duration = 1 << 62, 1 << 62
	for range 5 {
		start := time.Now()
		v := NewSparseValues()
		for _, pos := range order {
			v.SetFloat64(int64(pos), 1)
		}
		for _, pos := range order {
			v.SetStatus(int64(pos), "p")
		}
		v.Cells()
		fill = min(fill, time.Since(start))

		start = time.Now()
		copy(positions, order)
		copy(positions[n:], order)
		slices.Sort(positions)
		sort = min(sort, time.Since(start))
	}
	if fill > 50*sort {
		t.Errorf("%d cells take %v, to sort their positions %v", n, fill, sort)
	}
}
