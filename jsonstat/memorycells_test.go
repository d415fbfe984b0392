package jsonstat

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// built makes a cube of one dimension from values in memory.
func built(t *testing.T, n int, v *Values) *Dataset {
	t.Helper()
	ds, err := New(Head{Dimensions: []*Dimension{numbered(t, "d", n)}}, v.Cells())
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// numbered makes a dimension whose categories are called 0, 1, 2, ...
func numbered(t *testing.T, id string, n int) *Dimension {
	t.Helper()
	spec := DimensionSpec{ID: id, Categories: make([]Category, n)}
	for i := range spec.Categories {
		spec.Categories[i].ID = strconv.Itoa(i)
	}
	d, err := NewDimension(spec)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// setCell sets a cell to what a test wants of it.
func setCell(t *testing.T, v *Values, pos int64, c testCell) {
	t.Helper()
	switch {
	case c.token == "":
	case c.token[0] == '"':
		v.SetText(pos, string(AppendText(nil, []byte(c.token))))
	default:
		if err := v.SetNumber(pos, c.token); err != nil {
			t.Fatal(err)
		}
	}
	if c.status != "" {
		v.SetStatus(pos, c.status)
	}
}

// withoutBooleans replaces what values in memory cannot hold, and spells texts
// as they do.
func withoutBooleans(list []testCell) {
	for i, c := range list {
		switch {
		case c.token == "true" || c.token == "false":
			list[i].token = "1"
		case strings.HasPrefix(c.token, `"`):
			list[i].token = string(jsontoken.AppendString(nil, string(AppendText(nil, []byte(c.token)))))
		}
	}
}

// TestValues fills rows in order, backward and shuffled, and reads them as one
// reads documents.
func TestValues(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	for _, n := range []int{1, 2, 12, 500, 9000} {
		for _, sparse := range []bool{false, true} {
			for _, order := range []string{"in order", "backward", "shuffled"} {
				list := randomCells(r, n, 4)
				withoutBooleans(list)
				v := NewValues(n)
				if sparse {
					v = NewSparseValues()
				}
				at := r.Perm(n)
				for i := range n {
					pos := at[i]
					switch order {
					case "in order":
						pos = i
					case "backward":
						pos = n - 1 - i
					}
					setCell(t, v, int64(pos), list[pos])
				}
				what := fmt.Sprintf("%d cells, sparse %v, %s", n, sparse, order)
				ds := built(t, n, v)
				if sparse && order == "in order" {
					checkFactsSparse(t, what, ds.Cells(), list)
				}
				checkCellsInMemory(t, what, ds, list)
			}
		}
	}
}

// checkCellsInMemory is checkCells but for this: a cell that was only given a
// status is there as well, and read as missing.
func checkCellsInMemory(t *testing.T, what string, ds *Dataset, list []testCell) {
	t.Helper()
	if !ds.Cells().Info().Sparse {
		checkCells(t, what, ds, list)
		checkFacts(t, what, ds.Cells(), list)
		return
	}
	for _, statuses := range []bool{false, true} {
		cur, err := ds.Cells().Cursor(statuses)
		if err != nil {
			t.Fatal(err)
		}
		n := int64(len(list))
		for range 30 {
			from := rand.Int64N(n + 1)
			to := from + rand.Int64N(n-from+1)
			want := wanted(list, true, true, from, to)
			for i := range want {
				if !statuses {
					want[i].status = ""
				}
			}
			if err := cur.Range(from, to); err != nil {
				t.Fatal(err)
			}
			sameCells(t, fmt.Sprintf("%s, from %d to %d", what, from, to), readCursor(t, ds.Cells(), cur), want)
		}
	}
}

func checkFactsSparse(t *testing.T, what string, cells Cells, list []testCell) {
	t.Helper()
	f, err := cells.Facts()
	if err != nil {
		t.Fatal(err)
	}
	if want := int64(len(wanted(list, true, true, 0, int64(len(list))))); f.Stored != want {
		t.Errorf("%s: %d values are stored, want %d", what, f.Stored, want)
	}
}

// TestValuesTwice sets cells again.
func TestValuesTwice(t *testing.T) {
	v := NewSparseValues()
	v.SetFloat64(5, 1)
	v.SetFloat64(5, 2)
	v.SetStatus(5, "a")
	v.SetFloat64(2, 3)
	v.SetFloat64(5, 4) // not the one set last: its status stays all the same
	v.SetFloat64(1, 9)
	v.SetStatus(7, "b")
	v.SetMissing(8)
	equal(t, "a sparse row", row(t, built(t, 9, v)), "1=9 2=3 5=4:a 7=null:b 8=null")

	v = NewValues(3)
	v.SetText(0, strings.Repeat("x", 100))
	v.SetFloat64(0, 1)
	v.SetStatus(0, "a")
	v.SetStatus(0, "")
	v.SetFloat64(1, 7)
	v.SetMissing(1)
	v.SetStatus(2, "b")
	equal(t, "a dense row", row(t, built(t, 3, v)), "0=1 1=null 2=null:b")
}

func TestSetNumber(t *testing.T) {
	long := strings.Repeat("1234567890", 10)
	for _, c := range []struct {
		number string
		kind   Kind
	}{
		{"0", Number}, {"-12", Number}, {"12.50", NumberRaw}, {"1e5", NumberRaw}, {"1e+21", NumberRaw}, {"-0", NumberRaw}, {"0.000001", Number}, {"0.0000001", NumberRaw},
		{"12345678901234", Number}, {"123456789012345", Number}, {"123456789012345678901", Number}, {long, NumberRaw}, {"0." + long + "1", Number},
	} {
		v := NewValues(1)
		if err := v.SetNumber(0, c.number); err != nil {
			t.Errorf("%s: %v", c.number, err)
			continue
		}
		cell, err := built(t, 1, v).AtPosition(0)
		if err != nil || cell.Kind != c.kind || cell.Text != c.number {
			t.Errorf("%s is %+v, %v, want kind %d", c.number, cell, err, c.kind)
		}
	}
	for _, bad := range []string{"", " ", " 1", "1 ", "1\n", "\t1", "1\x00", "+1", "01", ".5", "5.", "1e", "NaN", "Infinity", "-Infinity", "null", "true", `"1"`, "[1]", "1,5", "0x1", "1_000", "−1", "１"} {
		v := NewValues(1)
		if err := v.SetNumber(0, bad); err == nil {
			t.Errorf("%q is taken for a number", bad)
		}
		if _, err := Numbers("1", bad); err == nil && bad != "" {
			t.Errorf("%q is taken for a number among others", bad)
		}
	}
}

func TestSetFloat64(t *testing.T) {
	for _, c := range []struct {
		f    float64
		want string
		kind Kind
	}{
		{0, "0", Number}, {math.Copysign(0, -1), "0", Number}, {1, "1", Number}, {-1.5, "-1.5", Number}, {100, "100", Number}, {0.1, "0.1", Number}, {1e20, "100000000000000000000", Number},
		{1e21, "1e+21", NumberRaw}, {1e-6, "0.000001", Number}, {1e-7, "1e-7", NumberRaw}, {math.MaxFloat64, "1.7976931348623157e+308", NumberRaw}, {math.SmallestNonzeroFloat64, "5e-324", NumberRaw},
		{math.NaN(), "", Missing}, {math.Inf(1), "", Missing}, {math.Inf(-1), "", Missing},
	} {
		cell, err := built(t, 1, Floats(c.f)).AtPosition(0)
		if err != nil || cell.Text != c.want || cell.Kind != c.kind {
			t.Errorf("%v is %+v, %v, want %s of kind %d", c.f, cell, err, c.want, c.kind)
		}
		if c.kind != Missing && cell.Float64() != c.f {
			t.Errorf("%v comes back as %v", c.f, cell.Float64())
		}
	}
}

func TestSetText(t *testing.T) {
	for _, text := range []string{"", "a", `"`, `\`, "a\nb\t\r", "\x00\x1f", "é€🙂", "fourteen bytes", strings.Repeat("long ", 1000), "\u2028", "</script>"} {
		v := NewValues(2)
		v.SetText(0, text)
		v.SetText(1, "behind")
		cell, err := built(t, 2, v).AtPosition(0)
		if err != nil || cell.Kind != Text || cell.Text != text || !math.IsNaN(cell.Float64()) {
			t.Errorf("%.20q is %+v, %v", text, cell, err)
		}
	}
	v := NewValues(1)
	v.SetText(0, "bad \xff byte")
	if cell, err := built(t, 1, v).AtPosition(0); err != nil || cell.Text != "bad \ufffd byte" {
		t.Errorf("a bad byte is %+v, %v", cell, err)
	}
}

// TestValuesFit has rows that are not as long as their cube.
func TestValuesFit(t *testing.T) {
	sparse := func(positions ...int64) *Values {
		v := NewSparseValues()
		for _, pos := range positions {
			v.SetFloat64(pos, 1)
		}
		return v
	}
	for name, c := range map[string]struct {
		v    *Values
		fail string
	}{
		"dense": {NewValues(3), ""}, "short": {NewValues(2), "2 values for 3 cells"}, "long": {Floats(1, 2, 3, 4), "4 values for 3 cells"}, "empty": {NewValues(0), "0 values"}, "zero": {new(Values), ""},
		"sparse": {sparse(0, 2), ""}, "sparse, empty": {sparse(), ""}, "sparse, outside": {sparse(0, 3), "position 3"}, "sparse, shuffled, outside": {sparse(5, 0), "position 5"},
		"sparse, negative": {sparse(-1, 2), "position -1"}, "sparse, negative behind": {sparse(2, -7), "position -7"},
	} {
		_, err := New(Head{Dimensions: []*Dimension{numbered(t, "d", 3)}}, c.v.Cells())
		if c.fail == "" && err == nil {
			continue
		}
		if c.fail == "" || !errors.Is(err, ErrSize) || !strings.Contains(err.Error(), c.fail) {
			t.Errorf("%s: %v, want %q", name, err, c.fail)
		}
	}
}

// TestNoValues has a dataset of metadata alone.
func TestNoValues(t *testing.T) {
	ds, err := New(Head{Dimensions: []*Dimension{numbered(t, "d", 3)}}, nil)
	if err != nil || ds.HasCells() {
		t.Fatal(err, ds.HasCells())
	}
	equal(t, "the row", row(t, ds), "")
	cur, err := ds.Cells().Cursor(true)
	if err != nil || cur.Range(0, 3) != nil {
		t.Error("there is no cursor")
	}
	if c, err := ds.AtPosition(2); err != nil || !c.Missing() || c.Status != "" {
		t.Errorf("AtPosition: %+v, %v", c, err)
	}
	f, err := ds.Cells().Facts()
	equal(t, "the facts", f, Facts{Whole: true})
	equal(t, "the error", err, error(nil))
	equal(t, "the statuses", ds.Cells().Statuses(), []string{""})
}

func TestAppendString(t *testing.T) {
	for text, want := range map[string]string{
		"": `""`, "a": `"a"`, `"\`: `"\"\\"`, "\n\r\t\b\x00\x7f": "\"\\n\\r\\t\\u0008\\u0000\x7f\"", "é🙂\u2028": "\"é🙂\u2028\"", "/<>&": `"/<>&"`, "\xff\xc3": "\"\ufffd\ufffd\"", "\xed\xa0\x80": "\"\ufffd\ufffd\ufffd\"",
	} {
		if got := string(jsontoken.AppendString(nil, text)); got != want {
			t.Errorf("%q is written as %s, want %s", text, got, want)
		}
		if got := string(AppendText(nil, []byte(want))); strings.ToValidUTF8(text, "") == text && got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
	}
}

// TestValuesAllocs fills a row without garbage.
func TestValuesAllocs(t *testing.T) {
	v := NewValues(1000)
	n := testing.AllocsPerRun(10, func() {
		for i := range int64(1000) {
			v.SetFloat64(i, float64(i)/8)
			if err := v.SetNumber(i, "12.50"); err != nil {
				t.Fatal(err)
			}
			v.SetStatus(i, "x")
		}
	})
	if n > 2 { // the statuses themselves
		t.Errorf("%v allocations for 1000 cells", n)
	}
}

// TestGrow holds that making room changes nothing, and saves what it is for.
func TestGrow(t *testing.T) {
	fill := func(v *Values) {
		for i := range int64(1000) {
			v.SetFloat64(i*7, float64(i))
			if i%3 == 0 {
				v.SetStatus(i*7, "p")
			}
		}
	}
	plain, grown := NewSparseValues(), NewSparseValues()
	grown.Grow(1000)
	fill(plain)
	fill(grown)
	ds := func(v *Values) string {
		var b strings.Builder
		if err := built(t, 7000, v).Write(&b, nil); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if ds(plain) != ds(grown) {
		t.Error("Grow changed the cells")
	}
	if cap(grown.tokens) < 1000 || cap(grown.positions) < 1000 {
		t.Errorf("there is room for %d cells", cap(grown.tokens))
	}
	dense := NewValues(3)
	dense.Grow(5)
	dense.Grow(-1)
	if len(dense.tokens) != 3 {
		t.Errorf("a dense row has %d cells", len(dense.tokens))
	}
}
