package jsonstat

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// testSizes are sizes of cubes, and of how many of their cells one has no value:
// below a chunk and, not in short mode, above it.
func testSizes() []struct{ n, gap int } {
	sizes := []struct{ n, gap int }{{1, 2}, {2, 1000}, {12, 3}, {300, 2}, {9000, 10}}
	if testing.Short() {
		return sizes[:4]
	}
	return sizes
}

// scaled is a number of repetitions, a tenth of it in short mode.
func scaled(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

// TestTextCells reads values and statuses of all forms, in all orders, from
// the first to the last and at any range.
func TestTextCells(t *testing.T) {
	for _, size := range testSizes() {
		eachDocument(size.n, size.gap, func(what, text string, list []testCell) {
			_, ds := parse(t, Options{}, text)
			if !ds.HasCells() {
				return
			}
			checkCells(t, what, ds, list)
			if !strings.Contains(what, "odd names, statuses") && !strings.Contains(what, "twice, statuses") {
				checkFacts(t, what, ds.Cells(), list)
			}
		})
	}
}

// TestTextCellsStatusForAll has a sparse cube all of whose cells have the same
// status: those that are not there are not read, but have it as well.
func TestTextCellsStatusForAll(t *testing.T) {
	for _, status := range []string{`"e"`, `["e"]`} {
		_, ds := parse(t, Options{}, testDocument("hvs", 9, `{"2":1.5,"7":null}`, status))
		cur, err := ds.Cells().Cursor(true)
		if err != nil {
			t.Fatal(err)
		}
		sameCells(t, status, readCursor(t, ds.Cells(), cur), []readCell{{2, Number, "1.5", "e"}, {7, Missing, "", "e"}})
		for pos := range int64(9) {
			if c, err := ds.AtPosition(pos); err != nil || c.Status != "e" || c.Missing() != (pos != 2) {
				t.Errorf("status %s: AtPosition(%d) = %+v, %v", status, pos, c, err)
			}
		}
		if info := ds.Cells().Info(); info.Default == 0 || !info.HasStatus {
			t.Errorf("status %s: %+v", status, info)
		}
	}
}

// TestTextCellsPad has arrays that are short.
func TestTextCellsPad(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for _, n := range []int{5, 10000} {
		list := randomCells(r, n, 5)
		for i := n / 3; i < n; i++ {
			list[i].token = ""
		}
		text := testDocument("hvs", n, testArray(list[:n/3], ",", "null"), testArray(statusTokens(list), ",", "null"))
		_, ds := parse(t, Options{Pad: true}, text)
		checkCells(t, fmt.Sprintf("%d cells of %d", n/3, n), ds, list)
	}
}

// TestTextCellsUnsortedLimit does not sort what would fill the memory.
func TestTextCellsUnsortedLimit(t *testing.T) {
	_, ds := parse(t, Options{}, testDocument("hvs", 3, `{"2":1,"0":2}`, `{"2":"a","0":"b"}`))
	c := ds.Cells().(*textCells)
	c.value.Count = MaxUnsorted + 1 // as if
	if _, err := ds.Cells().Cursor(false); !errors.Is(err, ErrLimit) {
		t.Errorf("values: %v", err)
	}
	c.value.Count = 2
	c.status.Count = MaxUnsorted + 1
	if _, err := ds.Cells().Cursor(true); !errors.Is(err, ErrLimit) {
		t.Errorf("statuses: %v", err)
	}
}

// TestTextCellsRepeated tells of positions that stand twice, every time with Strict.
func TestTextCellsRepeated(t *testing.T) {
	text := testDocument("hvs", 3, `{"2":1,"0":2,"2":3,"2":4}`, `{"1":"a","1":"b"}`)
	doc, ds := parse(t, Options{}, text)
	equal(t, "the row", row(t, ds), "0=2 1=null:b 2=4")
	equal(t, "the list of warnings", warnings(doc), []string{"cell-repeated /value ×3"})
	_, ds = parse(t, Options{Strict: true}, text)
	for range 2 {
		if _, err := ds.Cells().Cursor(true); !errors.Is(err, ErrNotJSONStat) {
			t.Errorf("with Strict: %v", err)
		}
	}
}

// TestTextCellsChunks has long chunks, also of long rows that begin with short ones.
func TestTextCellsChunks(t *testing.T) {
	list := randomCells(rand.New(rand.NewPCG(27, 28)), 200_000, 5)
	for _, value := range []string{testArray(list, ",", "null"), testObject(sparseEntries(list), ",", ":")} {
		_, ds := parse(t, Options{}, testDocument("hvs", len(list), value, testArray(statusTokens(list), ",", "null")))
		cur, err := ds.Cells().Cursor(true)
		if err != nil {
			t.Fatal(err)
		}
		chunks := 0
		for err == nil {
			_, err = cur.Next()
			chunks++
		}
		if chunks > len(list)/1500 {
			t.Errorf("%d chunks for %d cells, %v", chunks, len(list), err)
		}
	}
}

// TestTextCellsAllocs reads a long row without garbage.
func TestTextCellsAllocs(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 24))
	list := randomCells(r, 100_000, 5)
	text := testDocument("hvs", len(list), testArray(list, ",", "null"), testArray(statusTokens(list), ",", "null"))
	_, ds := parse(t, Options{}, text)
	allocs := testing.AllocsPerRun(3, func() {
		sum := 0.0
		for o, err := range ds.Observations() {
			if err != nil {
				t.Fatal(err)
			}
			if o.Kind() == Number {
				sum += o.Float64()
			}
			if o.Status() == "." && o.Index(0) < 0 {
				t.Fatal(sum)
			}
		}
	})
	if allocs > 200 { // buffers, and a pointer for each of them
		t.Errorf("%v allocations for %d cells", allocs, len(list))
	}
}

// TestCellsClosed reads cells of a document that was closed.
func TestCellsClosed(t *testing.T) {
	text := testDocument("hvs", 50_000, testArray(make([]testCell, 50_000), ",", "1"), "")
	doc, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := ds.AtPosition(7); !errors.Is(err, os.ErrClosed) {
		t.Errorf("AtPosition: %v", err)
	}
	if err := ds.Write(new(bytes.Buffer), nil); !errors.Is(err, os.ErrClosed) {
		t.Errorf("Write: %v", err)
	}
	for _, err := range ds.Observations() {
		if !errors.Is(err, os.ErrClosed) {
			t.Errorf("Observations: %v", err)
		}
	}
}
