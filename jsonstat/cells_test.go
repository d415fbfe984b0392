package jsonstat

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// A cube of tests is a list of cells. From it documents are written in all forms that
// values and statuses may have, and what is read is held against it.

// testCell is a cell: its token, "" if it is not there, and its status.
type testCell struct{ token, status string }

// randomCells makes n cells of which one in gap has no value.
func randomCells(r *rand.Rand, n, gap int) []testCell {
	list := make([]testCell, n)
	for i := range list {
		c := &list[i]
		switch k := r.IntN(20); {
		case r.IntN(gap) == 0:
		case k == 0:
			c.token = []string{"1.0", "1e5", "0.10", "-0", "12345678901234567890123", "1E-9"}[r.IntN(6)]
		case k == 1:
			c.token = []string{`"x"`, `"é\n"`, `"\u00e5 \/"`, `""`}[r.IntN(4)]
		case k == 2:
			c.token = []string{"true", "false"}[r.IntN(2)]
		default:
			c.token = strconv.FormatFloat(math.Round(r.NormFloat64()*1e4)/100, 'f', -1, 64)
			if c.token == "-0" {
				c.token = "0"
			}
		}
		if r.IntN(8) == 0 {
			c.status = []string{".", "..", ":", "p", "é", "a\nb"}[r.IntN(6)]
		}
	}
	return list
}

// readCell is what reading a cell gives.
type readCell struct {
	pos    int64
	kind   Kind
	token  string
	status string
}

func tokenKind(token string) Kind {
	switch token[0] {
	case 'n':
		return Missing
	case 't':
		return True
	case 'f':
		return False
	case '"':
		return Text
	}
	if string(AppendNumber(nil, []byte(token))) == token && !strings.Contains(token, "e") {
		return Number
	}
	return NumberRaw
}

// wanted is what reading a range of cells must give: of sparse cubes only what is there.
func wanted(list []testCell, sparse, statuses bool, from, to int64) []readCell {
	var want []readCell
	for i := from; i < to; i++ {
		c := list[i]
		w := readCell{pos: i, token: c.token}
		if c.token != "" {
			w.kind = tokenKind(c.token)
		}
		if statuses {
			w.status = c.status
		}
		if !sparse || c.token != "" || w.status != "" {
			want = append(want, w)
		}
	}
	return want
}

// appendChunk copies the cells of a chunk, and holds it against the rules for chunks.
func appendChunk(t *testing.T, list []readCell, k *Chunk, words []string) []readCell {
	t.Helper()
	n := k.Len()
	if n == 0 || n > 8192 || len(k.Start) != n || len(k.End) != n || (k.Positions != nil && len(k.Positions) != n) || (k.Status != nil && len(k.Status) != n) {
		t.Fatalf("a chunk of %d cells has %d starts, %d ends, %d positions, %d statuses", n, len(k.Start), len(k.End), len(k.Positions), len(k.Status))
	}
	for i := range n {
		c := readCell{pos: k.Position(i), kind: k.Kinds[i], token: string(k.Token(i))}
		if c.kind == Missing {
			c.token = ""
		}
		if k.Status != nil {
			c.status = words[k.Status[i]]
		}
		if len(list) > 0 && list[len(list)-1].pos >= c.pos {
			t.Fatalf("position %d stands behind %d", c.pos, list[len(list)-1].pos)
		}
		list = append(list, c)
	}
	return list
}

// readCursor reads a cursor to the end of its range.
func readCursor(t *testing.T, cells Cells, cur Cursor) []readCell {
	t.Helper()
	var list []readCell
	for {
		k, err := cur.Next()
		if err == io.EOF {
			if again, err := cur.Next(); again != nil || err != io.EOF {
				t.Fatalf("after the end: %v, %v", again, err)
			}
			return list
		}
		if err != nil {
			t.Fatalf("behind %d cells: %v", len(list), err)
		}
		list = appendChunk(t, list, k, cells.Statuses())
	}
}

func sameCells(t *testing.T, what string, got, want []readCell) {
	t.Helper()
	if !slices.Equal(got, want) {
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Fatalf("%s: %d cells, want %d; number %d is %+v, want %+v", what, len(got), len(want), i, got[i], want[i])
			}
		}
		t.Fatalf("%s: %d cells, want %d: %s", what, len(got), len(want), cmp.Diff(want, got, cmp.AllowUnexported(readCell{})))
	}
}

// checkCells reads cells from the first to the last, and in ranges of all sorts.
func checkCells(t *testing.T, what string, ds *Dataset, list []testCell) {
	t.Helper()
	cells := ds.Cells()
	info := cells.Info()
	n := int64(len(list))
	r := rand.New(rand.NewPCG(uint64(n), 99))
	for _, statuses := range []bool{false, true} {
		cur, err := cells.Cursor(statuses)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		want := func(from, to int64) []readCell { return wanted(list, info.Sparse, statuses, from, to) }
		sameCells(t, what+", all", readCursor(t, cells, cur), want(0, n))
		seek := func(from, to int64) {
			if err := cur.Range(from, to); err != nil {
				t.Fatalf("%s, from %d to %d: %v", what, from, to, err)
			}
		}
		at := func(from, to int64) string {
			return fmt.Sprintf("%s, statuses %v, from %d to %d", what, statuses, from, to)
		}
		// Anywhere.
		for range 20 {
			from := r.Int64N(n + 1)
			to := min(n, from+[]int64{0, 1, 2, 10, 1000, 5000, n}[r.IntN(7)])
			seek(from, to)
			if r.IntN(4) == 0 { // and away again in the middle
				if k, err := cur.Next(); err == nil {
					sameCells(t, at(from, to)+", first chunk", appendChunk(t, nil, k, cells.Statuses()), want(from, to)[:k.Len()])
					if r.IntN(2) == 0 {
						from = min(to, k.Position(k.Len()-1)+1) // right behind the chunk
					} else {
						from = r.Int64N(to + 1)
					}
					seek(from, to)
				}
			}
			sameCells(t, at(from, to), readCursor(t, cells, cur), want(from, to))
		}
		// In steps, forward and backward, with gaps and without.
		for _, step := range []int64{1, 7, 100, 4095, 4096, 4097} {
			for i := range min(12, n/step) {
				from := i * step
				seek(from, from+step)
				sameCells(t, at(from, from+step)+", step by step", readCursor(t, cells, cur), want(from, from+step))
				back := n - from - step
				if i%3 == 0 {
					seek(back, back+step)
					sameCells(t, at(back, back+step)+", backward", readCursor(t, cells, cur), want(back, back+step))
				}
			}
		}
		// Several rows of a pivot side by side.
		for i := range min(8, n/20) {
			for row := range int64(4) {
				from := row*(n/4) + i*5
				seek(from, from+5)
				sameCells(t, at(from, from+5)+", side by side", readCursor(t, cells, cur), want(from, from+5))
			}
		}
		for _, bad := range [][2]int64{{-1, 1}, {2, 1}, {0, n + 1}} {
			if err := cur.Range(bad[0], bad[1]); !errors.Is(err, ErrSize) {
				t.Errorf("%s: Range(%d, %d): %v", what, bad[0], bad[1], err)
			}
		}
		if err := cur.Close(); err != nil {
			t.Error(err)
		}
	}
	for range 10 {
		pos := r.Int64N(n)
		c, err := ds.AtPosition(pos)
		w := wanted(list, false, true, pos, pos+1)[0]
		if err != nil || c.Kind != w.kind || c.Status != w.status || c.Text != string(cellText(w)) {
			t.Fatalf("%s: AtPosition(%d) = %+v, %v, want %+v", what, pos, c, err, w)
		}
	}
}

func cellText(c readCell) []byte {
	if c.kind == Text {
		return AppendText(nil, []byte(c.token))
	}
	return []byte(c.token)
}

// checkFacts holds the counts against the cells. Null is stored in dense rows.
func checkFacts(t *testing.T, what string, cells Cells, list []testCell) {
	t.Helper()
	info := cells.Info()
	got, err := cells.Facts()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	want := Facts{Whole: true}
	for _, c := range list {
		if c.token == "" && info.Sparse {
			continue
		}
		want.Stored++
		if c.token == "" {
			want.Missing++
			continue
		}
		switch tokenKind(c.token) {
		case Number, NumberRaw:
			want.Numbers++
			want.countNumber([]byte(c.token))
		case Text:
			want.Texts++
		default:
			want.Booleans++
		}
	}
	if got != want {
		t.Errorf("%s: facts are %+v, want %+v", what, got, want)
	}
}

// testHead writes the members of a dataset of n cells in front of its cells.
func testHead(n int) string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = strconv.Itoa(i)
	}
	index, _ := json.Marshal(ids)
	return fmt.Sprintf(`"version":"2.0","class":"dataset","id":["d"],"size":[%d],"dimension":{"d":{"category":{"index":%s}}}`, n, index)
}

// valueForms write the values of a cube.
var valueForms = map[string]func(r *rand.Rand, list []testCell) string{
	"dense":        func(_ *rand.Rand, list []testCell) string { return testArray(list, ",", "null") },
	"dense, aired": func(_ *rand.Rand, list []testCell) string { return testArray(list, " ,\n  ", "null") },
	"sparse":       func(_ *rand.Rand, list []testCell) string { return testObject(sparseEntries(list), ",", ":") },
	"sparse, odd names": func(r *rand.Rand, list []testCell) string {
		return testObject(withOdd(r, sparseEntries(list), "77"), " ,\n", " : ")
	},
	"sparse, by text": func(_ *rand.Rand, list []testCell) string {
		entries := sparseEntries(list)
		slices.SortFunc(entries, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
		return testObject(entries, ",", ":")
	},
	"sparse, shuffled, twice": func(r *rand.Rand, list []testCell) string {
		entries := sparseEntries(list)
		r.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
		var first [][2]string // the first of two does not count
		for _, e := range entries[:len(entries)/10] {
			first = append(first, [2]string{e[0], "-99"})
		}
		return testObject(append(first, entries...), ",", ":")
	},
}

func testArray(list []testCell, comma, null string) string {
	parts := make([]string, len(list))
	for i, c := range list {
		if parts[i] = c.token; c.token == "" {
			parts[i] = null
		}
	}
	return "[" + strings.Join(parts, comma) + "]"
}

func sparseEntries(list []testCell) [][2]string {
	var entries [][2]string
	for i, c := range list {
		if c.token != "" {
			entries = append(entries, [2]string{strconv.Itoa(i), c.token})
		}
	}
	return entries
}

// withOdd puts entries whose names are no positions between others.
func withOdd(r *rand.Rand, entries [][2]string, value string) [][2]string {
	odd := func() [2]string { return [2]string{[]string{"x", "-1", "01", "1e3", ""}[r.IntN(5)], value} }
	list := [][2]string{odd()}
	for _, e := range entries {
		if list = append(list, e); r.IntN(30) == 0 {
			list = append(list, odd())
		}
	}
	return append(list, odd())
}

func testObject(entries [][2]string, comma, colon string) string {
	parts := make([]string, len(entries))
	for i, e := range entries {
		parts[i] = fmt.Sprintf(`"%s"%s%s`, e[0], colon, e[1])
	}
	return "{" + strings.Join(parts, comma) + "}"
}

// statusTokens are the statuses as values of JSON.
func statusTokens(list []testCell) []testCell {
	tokens := make([]testCell, len(list))
	for i, c := range list {
		if c.status != "" {
			tokens[i].token = string(jsontoken.AppendString(nil, c.status))
		}
	}
	return tokens
}

// statusForms write the statuses of a cube. They may change what its cells have.
var statusForms = map[string]func(r *rand.Rand, list []testCell) string{
	"none": func(_ *rand.Rand, list []testCell) string {
		for i := range list {
			list[i].status = ""
		}
		return ""
	},
	"array":        func(_ *rand.Rand, list []testCell) string { return testArray(statusTokens(list), ",", "null") },
	"array, empty": func(_ *rand.Rand, list []testCell) string { return testArray(statusTokens(list), ", ", `""`) },
	"array, escapes": func(_ *rand.Rand, list []testCell) string {
		return strings.ReplaceAll(testArray(statusTokens(list), ",", `""`), `"."`, `"\u002e"`)
	},
	"array, short": func(_ *rand.Rand, list []testCell) string {
		short := list[:len(list)*2/3]
		if len(short) == 1 {
			short = list // one status would be for all
		}
		for i := len(short); i < len(list); i++ {
			list[i].status = ""
		}
		return testArray(statusTokens(short), ",", "null")
	},
	"array, long": func(_ *rand.Rand, list []testCell) string {
		return testArray(append(statusTokens(list), testCell{token: `"x"`}, testCell{token: `"y"`}), ",", "null")
	},
	"array, nested": func(_ *rand.Rand, list []testCell) string {
		return `{"value":` + testArray(statusTokens(list), ",", "null") + "}"
	},
	"array, numbers": func(_ *rand.Rand, list []testCell) string {
		tokens := statusTokens(list)
		for i := range list {
			if i%5 == 0 {
				list[i].status, tokens[i].token = "12", "12"
			}
		}
		return testArray(tokens, ",", "null")
	},
	"object": func(_ *rand.Rand, list []testCell) string {
		return testObject(sparseEntries(statusTokens(list)), ",", ":")
	},
	"object, few": func(_ *rand.Rand, list []testCell) string {
		for i := range list {
			if i%997 != 5 || i > len(list)/2 {
				list[i].status = ""
			}
		}
		return testObject(sparseEntries(statusTokens(list)), ",", ":")
	},
	"object, odd names": func(r *rand.Rand, list []testCell) string {
		return testObject(withOdd(r, sparseEntries(statusTokens(list)), `"odd"`), "\n,", " : ")
	},
	"object, unsorted": func(r *rand.Rand, list []testCell) string {
		entries := sparseEntries(statusTokens(list))
		slices.SortFunc(entries, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
		if len(entries) > 0 {
			entries = append([][2]string{{entries[len(entries)-1][0], `"twice"`}}, entries...)
		}
		return testObject(append(entries, [2]string{"0", string(jsontoken.AppendString(nil, list[0].status))}, [2]string{"99999999", `"out"`}), ",", ":")
	},
	"string": func(_ *rand.Rand, list []testCell) string {
		for i := range list {
			list[i].status = "e"
		}
		return `"e"`
	},
	"array of one": func(_ *rand.Rand, list []testCell) string {
		for i := range list {
			list[i].status = ".."
		}
		return `[".."]`
	},
}

// statusForAll tells whether a form gives a status also to cells that are not there.
func statusForAll(form string) bool { return form == "string" || form == "array of one" }

// memberOrders are the places of head (h), values (v) and statuses (s).
var memberOrders = []string{"hvs", "hsv", "vhs", "svh", "shv", "vsh"}

// testDocument writes a dataset with its members in an order.
func testDocument(order string, n int, value, status string) string {
	var parts []string
	for _, c := range order {
		switch {
		case c == 'h':
			parts = append(parts, testHead(n))
		case c == 'v':
			parts = append(parts, `"value":`+value)
		case status != "":
			parts = append(parts, `"status":`+status)
		}
	}
	return "{" + strings.Join(parts, ",\n") + "}"
}

// eachDocument makes documents of all forms.
//
// Of large ones it makes some.
func eachDocument(n, gap int, f func(what, text string, list []testCell)) {
	r := rand.New(rand.NewPCG(uint64(n), uint64(gap)))
	k := 0
	for _, vf := range slices.Sorted(maps.Keys(valueForms)) {
		for _, sf := range slices.Sorted(maps.Keys(statusForms)) {
			k++
			if n > 1000 && k%4 != 0 {
				continue
			}
			list := randomCells(r, n, gap)
			status := statusForms[sf](r, list)
			value := valueForms[vf](r, list)
			order := memberOrders[k%len(memberOrders)]
			if strings.HasPrefix(value, "{") && statusForAll(sf) {
				continue // see TestTextCellsStatusForAll
			}
			f(fmt.Sprintf("%d cells, values %s, statuses %s, order %s", n, vf, sf, order), testDocument(order, n, value, status), list)
		}
	}
}

func TestChunk(t *testing.T) {
	dense := Chunk{First: 7, Kinds: []Kind{Number, Missing}, Buf: []byte("12,null"), Start: []uint32{0, 3}, End: []uint32{2, 7}}
	if dense.Len() != 2 || dense.Position(1) != 8 || string(dense.Token(0)) != "12" {
		t.Errorf("%d cells, %d, %q", dense.Len(), dense.Position(1), dense.Token(0))
	}
	sparse := Chunk{First: 7, Positions: []int64{3, 30}, Kinds: []Kind{Text, Missing}, Buf: []byte(`"x"`), Start: []uint32{0, 0}, End: []uint32{3, 0}}
	if sparse.Position(1) != 30 || string(AppendText(nil, sparse.Token(0))) != "x" || len(sparse.Token(1)) != 0 {
		t.Errorf("%d, %q, %q", sparse.Position(1), sparse.Token(0), sparse.Token(1))
	}
}
