package jsontoken

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/window"
)

func TestSection(t *testing.T) {
	for _, test := range []struct {
		text string
		want window.Facts
		list []string // words
	}{
		{"[]", window.Facts{Whole: true, MaxPos: -1}, nil},
		{" [ \n ] ", window.Facts{Whole: true, MaxPos: -1}, nil},
		{"{}", window.Facts{Whole: true, MaxPos: -1}, nil},
		{"{ \t }", window.Facts{Whole: true, MaxPos: -1}, nil},
		{"[1]", window.Facts{Count: 1, Kinds: [6]int64{0, 1}, Whole: true, Digits: 1, MaxPos: -1}, nil},
		{"[0,-12,345]", window.Facts{Count: 3, Kinds: [6]int64{0, 3}, Whole: true, Digits: 3, MaxPos: -1}, nil},
		{"[ 1 , -12.5 , null ]", window.Facts{Count: 3, Kinds: [6]int64{1, 2}, Digits: 2, MaxPos: -1}, nil},
		{"[1.0,2.00,3e2,-0]", window.Facts{Count: 4, Kinds: [6]int64{0, 0, 4}, Whole: true, Digits: 3, MaxPos: -1}, nil},
		{"[1.50]", window.Facts{Count: 1, Kinds: [6]int64{0, 0, 1}, Digits: 1, MaxPos: -1}, nil},
		{"[1e999999999999]", window.Facts{Count: 1, Kinds: [6]int64{0, 0, 1}, Whole: true, Digits: 32767, MaxPos: -1}, nil},
		{"[1e-999999999999]", window.Facts{Count: 1, Kinds: [6]int64{0, 0, 1}, Digits: 1, MaxPos: -1}, nil},
		{`[null,1,1.0,"a",true,false]`, window.Facts{Count: 6, Kinds: [6]int64{1, 1, 1, 1, 1, 1}, Whole: true, Digits: 1, MaxPos: -1}, []string{"a"}},
		{`["a","","b","\u0061","a\\n","a\n","\u00e5","å"]`, window.Facts{Count: 8, Kinds: [6]int64{0, 0, 0, 8}, Whole: true, MaxPos: -1}, []string{"a", "b", `a\n`, "a\n", "å"}},
		{`{"0":1,"5":2}`, window.Facts{Count: 2, Kinds: [6]int64{0, 2}, Whole: true, Digits: 1, MaxPos: 5}, nil},
		{`{"5":1,"0":2}`, window.Facts{Count: 2, Kinds: [6]int64{0, 2}, Whole: true, Digits: 1, MaxPos: 5, Unsorted: true}, nil},
		{`{"1":1,"1":2}`, window.Facts{Count: 2, Kinds: [6]int64{0, 2}, Whole: true, Digits: 1, MaxPos: 1, Unsorted: true}, nil},
		{`{"0":1,"1":2,"10":3,"11":4,"2":5}`, window.Facts{Count: 5, Kinds: [6]int64{0, 5}, Whole: true, Digits: 1, MaxPos: 11, Unsorted: true}, nil},
		{`{"1":1,"x":2,"2":3}`, window.Facts{Count: 3, Kinds: [6]int64{0, 3}, Whole: true, Digits: 1, MaxPos: 2, BadKeys: 1, BadKey: "x"}, nil},
		{`{"01":1,"":2,"\u00e5":3,"-1":4}`, window.Facts{Count: 4, Kinds: [6]int64{0, 4}, Whole: true, Digits: 1, MaxPos: -1, BadKeys: 4, BadKey: "01"}, nil},
		{`{"\u0031\u0032":1}`, window.Facts{Count: 1, Kinds: [6]int64{0, 1}, Whole: true, Digits: 1, MaxPos: 12}, nil},
		{`{"999999999999999999":1}`, window.Facts{Count: 1, Kinds: [6]int64{0, 1}, Whole: true, Digits: 1, MaxPos: 999999999999999999}, nil},
		{`{"1000000000000000000":1}`, window.Facts{Count: 1, Kinds: [6]int64{0, 1}, Whole: true, Digits: 1, MaxPos: -1, BadKeys: 1, BadKey: "1000000000000000000"}, nil},
		{`{"é\n":null}`, window.Facts{Count: 1, Kinds: [6]int64{1}, Whole: true, MaxPos: -1, BadKeys: 1, BadKey: "é\n"}, nil},
	} {
		for name, r := range ways(test.text) {
			s, err := Scan(r, 0, true)
			if err != nil || s.Facts != test.want {
				t.Fatalf("%s, %s: %v\n got %+v\nwant %+v", test.text, name, err, s.Facts, test.want)
			}
			if got := s.Words.List[1:]; len(got)+len(test.list) > 0 && !reflect.DeepEqual(got, test.list) {
				t.Fatalf("%s, %s: words are %q, want %q", test.text, name, got, test.list)
			}
		}
	}
}

// TestSectionFault has rows that end in a fault, with its place and the index or name of
// the cell that it is in.
func TestSectionFault(t *testing.T) {
	for _, test := range []struct{ input, want, step string }{
		{"[∆", "a value", "0"}, {"[1∆", "a comma or the end of the array", "0"}, {"[1,∆", "a value", "1"}, {"[1,2,∆]", "a value", "2"}, {"[∆,1]", "a value", "0"}, {"[1,∆,2]", "a value", "1"},
		{"[1 ∆2]", "a comma", ""}, {"[1∆}", "a comma", "0"}, {"[null∆null]", "a comma", "0"}, {"[1,2∆:3]", "a comma", "1"}, {"[1,∆}", "a value", "1"}, {"[\"a\"∆\"b\"]", "a comma", ""},
		{"[1,2,∆03]", "leading zero", "2"}, {"[1,-∆]", "a digit", "1"}, {"[1,∆nul]", "a value", "1"}, {"[\"a\",\"b∆\n\"]", "control", "1"}, {"[1,∆NaN,2]", "NaN", "1"}, {"[1∆\x002]", "NUL", "0"}, {"[1,∆é]", "character é", "1"}, {"[1∆é]", "character é", "0"},
		{"{∆", "the name of a member", ""}, {"{\"1\"∆", "a colon", "1"}, {"{\"1\":∆", "a value", "1"}, {"{\"1\":2∆", "a comma or the end of the object", "1"}, {"{\"1\":2,∆}", "the name", ""}, {"{∆1:2}", "the name", ""}, {"{∆,", "the name", ""},
		{"{\"1\":2∆]", "a comma", "1"}, {"{\"1\"∆,2}", "a colon", "1"}, {"{\"1\":∆:2}", "a value", "1"}, {"{\"1\":2 ∆\"2\":3}", "a comma", ""}, {"{\"1\":∆}", "a value", "1"}, {"{\"1∆\n\":2}", "control", ""}, {"{\"1\":2,\"∆\\x\":2}", "escape", ""}, {"{\"1\"∆é", "character é", "1"},
		{"[" + strings.Repeat("1,", 5000) + "∆x]", "a value", "5000"},
	} {
		text, off := split(test.input)
		for name, r := range ways(text) {
			_, err := Scan(r, 0, true)
			bad := new(window.SyntaxError)
			if !errors.As(err, &bad) || bad.Offset != off || !bad.Row || bad.Step != test.step || !strings.Contains(bad.Msg, test.want) {
				t.Fatalf("%s, %s: %+v, want %s in cell %s at byte %d", shown(text), name, err, test.want, test.step, off)
			}
		}
	}
}

// TestSectionMarks has names that are no positions in a row that ascends:
// checkpoints must still be in order.
func TestSectionMarks(t *testing.T) {
	for _, every := range []int{1, 2, 3, 2000, 5000} {
		var text strings.Builder
		text.WriteByte('{')
		for i := range 30000 {
			if i > 0 {
				text.WriteByte(',')
			}
			if i%every == 0 {
				fmt.Fprintf(&text, `"x%d":0`, i)
			} else {
				fmt.Fprintf(&text, `"%d":1`, 3*i)
			}
		}
		text.WriteByte('}')
		s, list, err := row(NewReader(window.Bytes(text.String()), 0), window.ChunkCells)
		if err != nil || s.Unsorted {
			t.Fatalf("every %d: %v, unsorted %v", every, err, s.Unsorted)
		}
		last := int64(-1)
		for _, m := range s.Checkpoints {
			if m.Pos < last {
				t.Errorf("every %d: a checkpoint at %d stands behind one at %d", every, m.Pos, last)
			}
			last = m.Pos
			checkMark(t, m, list)
		}
	}
}

// TestScan begins inside a text.
func TestScan(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	for range 20 {
		object := r.IntN(2) == 0
		text, want := randomRow(r, r.IntN(30), object)
		in := strings.Repeat("x", r.IntN(200)) + spaces[r.IntN(len(spaces))]
		for size := range 50 {
			reader := NewReader(window.Bytes(in+text+"]}x"), size)
			s, err := Scan(reader, int64(len(in)), false)
			if err != nil || s.Count != int64(len(want)) || s.Off != int64(len(in)) || s.End != int64(len(in)+len(text)) {
				t.Fatalf("window of %d: %+v, %v", size, s, err)
			}
			if reader.Offset() != s.End {
				t.Fatalf("window of %d: the reader is at %d, the row ends at %d", size, reader.Offset(), s.End)
			}
		}
	}
}
