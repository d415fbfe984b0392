package jsontoken

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// spaces are the layouts of white space, from none to absurd.
var spaces = []string{"", " ", "\n", "\r\n    ", "\t", "                                                                          "}

// randomScalar makes a token of any kind.
func randomScalar(r *rand.Rand) string {
	switch r.IntN(12) {
	case 0, 1:
		return "null"
	case 2:
		return []string{"true", "false"}[r.IntN(2)]
	case 3:
		return []string{`""`, `".."`, `"a"`, `"b"`}[r.IntN(4)]
	case 4:
		return `"` + strings.Repeat([]string{"x", "é", "€", `\u00e5`, `\n`, `\"`, `\\`, "🙂", `\ud83d\ude00`}[r.IntN(9)], r.IntN(20)) + `"`
	case 5:
		return scalars[r.IntN(len(scalars))].text
	}
	return randomNumber(r)
}

// randomRow makes a row of n cells, and what reading it must give, but for offsets.
func randomRow(r *rand.Rand, n int, object bool) (string, []cell) {
	var text strings.Builder
	space := func() string {
		if r.IntN(4) == 0 {
			return spaces[r.IntN(len(spaces))]
		}
		return ""
	}
	want := make([]cell, n)
	pos := int64(0)
	text.WriteString(map[bool]string{false: "[", true: "{"}[object] + space())
	for i := range want {
		if i > 0 {
			text.WriteString(space() + "," + space())
		}
		c := cell{Text: randomScalar(r)}
		if object {
			pos += int64(1 + r.IntN(3))
			c.Pos, c.Key = pos, fmt.Sprintf(`"%d"`, pos)
			switch r.IntN(20) {
			case 0:
				c.Pos, c.Key = -1, []string{`""`, `"a"`, `"01"`, `"-1"`, `"1.0"`, `"1e3"`, `" 7"`, `"7 "`, `"1234567890123456789"`, `"é\n"`, `"１"`, `"\u0030\u0031"`}[r.IntN(12)]
			case 1:
				last := c.Key[len(c.Key)-2]
				c.Key = fmt.Sprintf(`%s\u00%02x"`, c.Key[:len(c.Key)-2], last)
			}
			text.WriteString(c.Key + space() + ":" + space())
		}
		switch c.Text[0] {
		case 'n':
		case 't':
			c.Kind = True
		case 'f':
			c.Kind = False
		case '"':
			c.Kind = String
		default:
			c.Kind, _ = NumberKind(c.Text)
		}
		text.WriteString(c.Text)
		want[i] = c
	}
	text.WriteString(space() + map[bool]string{false: "]", true: "}"}[object])
	return text.String(), want
}

// withoutOffsets checks that each token stands where the cell says, and forgets it.
func withoutOffsets(t *testing.T, text string, list []cell) []cell {
	t.Helper()
	list = append(make([]cell, 0, len(list)), list...)
	for i := range list {
		if at := text[list[i].Off:]; !strings.HasPrefix(at, list[i].Text) {
			t.Fatalf("cell %d, %s, is not at byte %d of %s", i, list[i].Text, list[i].Off, shown(text))
		}
		list[i].Off = 0
	}
	return list
}

func TestCursor(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for i := range 40 {
		object := i%2 == 1
		text, want := randomRow(r, i, object)
		if !json.Valid([]byte(text)) {
			t.Fatalf("the test is not JSON: %s", text)
		}
		for name, reader := range ways(text) {
			s, list, err := row(reader, 1+i%5)
			if err != nil {
				t.Fatalf("%s: %v in %s", name, err, shown(text))
			}
			if got := withoutOffsets(t, text, list); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: %s\n got %v\nwant %v", name, shown(text), got, want)
			}
			if s.Off != 0 || s.End != int64(len(text)) || s.Object != object || s.Count != int64(len(want)) {
				t.Fatalf("%s: %+v of %s", name, s, shown(text))
			}
		}
	}
}

// TestCursorMarks reads on from every checkpoint, and from behind any chunk.
func TestCursorMarks(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for _, object := range []bool{false, true} {
		text, want := randomRow(r, 20000, object)
		for _, size := range []int{64, 1000, 5000, 0} {
			s, list, err := row(NewReader(window.Bytes(text), size), window.ChunkCells)
			if err != nil {
				t.Fatal(err)
			}
			if got := withoutOffsets(t, text, list); !reflect.DeepEqual(got, want) {
				t.Fatalf("window of %d: the cells differ", size)
			}
			if len(s.Checkpoints) < 4 || len(s.Checkpoints) > 10 {
				t.Errorf("window of %d: %d checkpoints for %d cells", size, len(s.Checkpoints), s.Count)
			}
			c := NewCursor(NewReader(window.Bytes(text), 1+r.IntN(100)), s)
			for _, m := range append([]window.Checkpoint{s.First()}, s.Checkpoints...) {
				c.Goto(m)
				rest, err := cells(c, 1+r.IntN(window.ChunkCells))
				if err != nil || !reflect.DeepEqual(rest, list[m.Index:]) {
					t.Fatalf("window of %d: reading on from cell %d differs, %v", size, m.Index, err)
				}
				if object {
					checkMark(t, m, list)
				} else if m.Pos != m.Index {
					t.Errorf("checkpoint in front of cell %d is at position %d", m.Index, m.Pos)
				}
			}
			var here []window.Checkpoint
			var at []int
			c.Goto(s.First())
			for n := 0; !c.Done; {
				if err := c.Next(1 + r.IntN(500)); err != nil {
					t.Fatal(err)
				}
				if object && c.N > 0 {
					i := r.IntN(c.N)
					here, at = append(here, c.At(i)), append(at, n+i)
				}
				n += c.N
				if !c.Done {
					here, at = append(here, c.Here()), append(at, n)
				}
			}
			for range 20 {
				k := r.IntN(len(here))
				c.Goto(here[k])
				if rest, err := cells(c, window.ChunkCells); err != nil || !reflect.DeepEqual(rest, list[at[k]:]) {
					t.Fatalf("window of %d: reading on behind cell %d differs, %v", size, at[k], err)
				}
			}
		}
	}
}

// checkMark holds the position of a checkpoint against the cells: none before
// it may be at it or behind it, none behind it before it.
func checkMark(t *testing.T, m window.Checkpoint, list []cell) {
	t.Helper()
	for i, c := range list {
		if c.Pos >= 0 && (c.Pos < m.Pos) != (int64(i) < m.Index) {
			t.Errorf("the checkpoint in front of cell %d says position %d, but cell %d is at %d", m.Index, m.Pos, i, c.Pos)
			return
		}
	}
}

// TestCursorToken reads single tokens in any order.
func TestCursorToken(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	text, _ := randomRow(r, 3000, true)
	for _, size := range []int{1, 20, 300, 0} {
		s, list, err := row(NewReader(window.Bytes(text), size), window.ChunkCells)
		if err != nil {
			t.Fatal(err)
		}
		c := NewCursor(NewReader(window.Bytes(text), size), s)
		for range 2000 {
			want := list[r.IntN(len(list))]
			kind, token, err := c.Token(want.Off)
			if err != nil || kind != want.Kind || string(token) != want.Text {
				t.Fatalf("window of %d, byte %d: %s, kind %d, %v, want %s", size, want.Off, token, kind, err, want.Text)
			}
		}
		if _, _, err := c.Token(int64(len(text))); err == nil {
			t.Error("there is a token at the end of the text")
		}
	}
}

// TestCursorChunks has how long chunks are: as much as the window holds, and no
// cell alone because of its kind.
func TestCursorChunks(t *testing.T) {
	for _, token := range []string{"1", "12.50", "null", "true", `""`, `"é"`, `"\n"`, `"a \"quoted\" text, with €"`, "1e5"} {
		for _, form := range []struct{ open, key, close string }{{"[", "", "]"}, {"{", `"%d":`, "}"}, {"{", `"\u0031%d" : `, "}"}, {"[ ", "", " ]"}} {
			var text strings.Builder
			for i := range 1000 {
				if i > 0 {
					text.WriteString(", ")
				}
				text.WriteString(strings.ReplaceAll(form.key, "%d", fmt.Sprint(i)) + token)
			}
			row := form.open + text.String() + form.close
			size := len(row)/4 + 100 // room for a quarter and what is cut
			c := NewCursor(NewReader(window.Bytes(row), size), &window.Section{Object: form.open == "{"})
			chunks := 0
			for !c.Done {
				if err := c.Next(window.ChunkCells); err != nil {
					t.Fatal(err)
				}
				chunks++
			}
			if chunks > 10 {
				t.Errorf("%s…: %d chunks", shown(row[:40]), chunks)
			}
		}
	}
	c := NewCursor(NewReader(window.Bytes("["+strings.Repeat("1,", 6*window.ChunkCells)+"1]"), 0), &window.Section{})
	for _, test := range []struct{ limit, want int }{{1, 1}, {2, 2}, {window.ChunkCells, 256}, {window.ChunkCells, 4 * 256}, {window.ChunkCells + 1, -1}, {1 << 30, window.ChunkCells}, {window.ChunkCells - 1, window.ChunkCells - 1}} {
		err := c.Next(test.limit)
		if err != nil || (c.N != test.want && test.want > 0) { // chunks and the window grow, and are not in step
			t.Errorf("Next(%d) gives %d cells, %v, want %d", test.limit, c.N, err, test.want)
		}
	}
}

// TestCursorHuge has tokens longer than the window.
func TestCursorHuge(t *testing.T) {
	long := strings.Repeat("€", 5000)
	for _, text := range []string{
		`["` + long + `",1,"` + long + `"]`,
		`[1,` + strings.Repeat("1234567890", 500) + `,0.` + strings.Repeat("0", 5000) + `1]`,
		`{"1":"` + long + `","` + long + `":2,"2"` + strings.Repeat(" ", 3000) + ":" + strings.Repeat("\n", 3000) + `"` + long + `"}`,
	} {
		_, want, err := row(NewReader(window.Bytes(text), 0), window.ChunkCells)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []int{1, 3, 64, 1000, 4096} {
			_, got, err := row(NewReader(window.Bytes(text), size), window.ChunkCells)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("window of %d: %v, the cells differ", size, err)
			}
		}
	}
}

// TestCursorNested has rows that are none: the parser takes them for trees then.
func TestCursorNested(t *testing.T) {
	filler := strings.Repeat("1,", 50)
	for _, text := range []string{
		"[[]]", "[{}]", "[1,[2]]", "[1, {\"a\":2}]", "[null,[", "[" + filler + "[", "[" + filler + " \n{",
		`{"0":[]}`, `{"0":{}}`, `{"0":1,"a":{"b":2}}`, `{"0":1, "1" : [`, "{\"0\":" + strings.ReplaceAll(filler, ",", ",\"1\":") + "[",
	} {
		for name, r := range ways(text) {
			if _, err := Scan(r, 0, false); err != window.ErrNested {
				t.Fatalf("%s, %s: error is %v, want %v", shown(text), name, err, window.ErrNested)
			}
		}
	}
}
