package jsontoken

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// documents are texts of all shapes; they feed the fuzzers as well.
var documents = []string{
	`{}`, `[]`, `null`, `"é"`, `-1.50e+3`, `[[[[]]]]`, `{"a":{"b":{"c":{}}}}`, ` [ 1 , [ ] , { } , "x" ] `, `{"":""}`, `[null,true,false,1,1.0,"a"]`,
	`{"value":[1,2.5,null],"status":["a","",null]}`, `{"value":{"0":1,"7":2},"status":{"3":"x"}}`, `{"value":[],"status":{}}`,
	`{"value":[[1],[2]],"status":{"value":["a"]}}`, `{"value":{"value":{"value":[1]}}}`, `{"value":1,"status":"a","words":null}`,
	`{"value":[1],"value":[2],"value":{}}`, `{"opaque":{"value":[1,2]},"value":[3]}`, `{"words":["a","b","a"],"x":{"words":{"1":"c"}}}`,
	"\t{ \"a\" :\n[ {\"value\" : [ 1\r\n, 2 ] } , {\"value\":{ \"5\" : \"x\" } } ] }\n", `{"value":[1,2,{"value":[3,4]}]}`, `{"\u0076alue":[1,2]}`,
	`{"a":[1,2`, `{"a":}`, `{"a" 1}`, `[1,]`, `{"a":1,}`, `{,}`, `[,]`, `[1 2]`, `{"value":[1,2}`, `{"value":{"1":2]}`, `{1:2}`, `}`, `]`, `[]]`, `{"a":1}{}`, "", " ", "\ufeff[]",
}

// TestTree has the tokens of a text.
func TestTree(t *testing.T) {
	named, _ := readAll(t, ` { "a" : [ 1 , "x" ] , "value" : [ 2 , 3 ] , "opaque" : { "value" : [ 4 ] } , "b" : null } `)
	if want := `{"a":[1,"x"],"value":[2,3],"opaque":{"value":[4]},"b":null}`; named.Text != want || named.Err != "" {
		t.Errorf("text is %s, %s", named.Text, named.Err)
	}
	want := []Token{
		{Object, 0, 54, 14, 1}, {String, 1, 4, 2, 3}, {Array, 5, 12, 5, 9}, {Number, 6, 7, 4, 11}, {String, 8, 11, 5, 15},
		{String, 13, 20, 6, 23}, {Cells, 0, 0, 7, 33}, {String, 22, 30, 8, 45}, {Object, 31, 44, 12, 56}, {String, 32, 39, 10, 58}, {Array, 40, 43, 12, 68}, {Number, 41, 42, 12, 70},
		{String, 45, 48, 13, 78}, {Null, 49, 53, 14, 84},
	}
	if !reflect.DeepEqual(named.Tokens, want) {
		t.Errorf("tokens are %v, want %v", named.Tokens, want)
	}
	if len(named.Sections) != 1 || named.Sections[0].At != 21 || named.Sections[0].Off != 33 {
		t.Errorf("sections are %+v", named.Sections)
	}
}

// TestTreeFault has texts that end in a fault, with its place.
func TestTreeFault(t *testing.T) {
	for _, test := range []struct{ input, want string }{
		{"{∆", "the name of a member"}, {"[∆", "a value"}, {`{"a"∆`, "a colon"}, {`{"a":∆`, "a value"}, {`{"a":1∆`, "a comma or the end of the object"}, {`[1∆`, "a comma or the end of the array"}, {`[1,∆`, "a value"}, {`{"a":1,∆`, "the name"},
		{`[1,∆]`, "a value"}, {`[∆,]`, "a value"}, {`[1,∆,2]`, "a value"}, {`{"a":1,∆}`, "the name"}, {`{∆,}`, "the name"}, {`{"a":∆,"b":1}`, "a value"}, {`{"a":1∆"b":2}`, "a comma"}, {`[1∆2]`, ""}, {`[1 ∆2]`, "a comma"}, {`["a"∆"b"]`, "a comma"},
		{`{"a"∆ "b"}`, ""}, {`{"a"∆,1}`, "a colon"}, {`{∆a:1}`, "the name"}, {`{∆'a':1}`, "strings take"}, {`{∆null:1}`, "the name"}, {`{"a":∆}`, "a value"}, {`[∆}`, "a value"}, {`{∆]`, "the name"}, {`[1∆}`, "a comma"}, {`{"a":1∆]`, "a comma"},
		{`{"a":[1,{"b":∆nul1}]}`, "a value"}, {"{\n\t\"a\": [1,\n2,\n  ∆é]}", "character é"}, {`{"value":[1,[2,∆x]]}`, "a value"}, {`{"value":{"a":[1],"b"∆}}`, "a colon"}, {`{"value":[1,2∆:3]}`, "a comma"},
		{`{"a":"∆` + "\xff" + `"}`, "not UTF-8"}, {`{"∆` + "\xe5" + `":1}`, "not UTF-8"}, {`{"value":["∆` + "\xff" + `"]}`, "not UTF-8"}, {`[∆` + "\x00" + `]`, "NUL"}, {`[1]∆` + "\x00", "NUL"},
		{"∆\ufeff{}", "character \ufeff"},
	} {
		if test.want == "" {
			continue
		}
		text, off := split(test.input)
		named, _ := readAll(t, text)
		if !strings.Contains(named.Err, test.want) || !strings.Contains(named.Err, fmt.Sprintf("Offset:%d ", off)) {
			t.Errorf("%q: %s, want %s at %d", text, named.Err, test.want, off)
		}
		line, column := strings.Count(text[:off], "\n")+1, int(off)-strings.LastIndex(text[:off], "\n")
		if named.Line != line || named.Column != column {
			t.Errorf("%q: line %d, column %d, want %d, %d", text, named.Line, named.Column, line, column)
		}
	}
}

func TestTreeDepth(t *testing.T) {
	for _, test := range []struct {
		depth int
		fail  bool
	}{{1, false}, {MaxDepth - 1, false}, {MaxDepth, false}, {MaxDepth + 1, true}, {100000, true}} {
		for _, text := range []string{
			strings.Repeat("[", test.depth) + strings.Repeat("]", test.depth),
			strings.Repeat(`{"a":`, test.depth-1) + "{}" + strings.Repeat("}", test.depth-1),
			strings.Repeat(`{"value":`, test.depth-1) + "[[]]"[:2*min(test.depth, 1)] + strings.Repeat("}", test.depth-1),
		} {
			if !json.Valid([]byte(text)) && test.depth < 1000 {
				continue
			}
			o, _ := read(NewReader(window.Bytes(text), 0), false)
			if failed := strings.Contains(o.Err, "Limit:true"); failed != test.fail {
				t.Errorf("depth %d of %s: %s", test.depth, shown(text[:min(len(text), 20)]), o.Err)
			}
		}
	}
}

// randomDocument makes a text of any shape.
func randomDocument(r *rand.Rand, depth int) string {
	space := func() string {
		if r.IntN(3) == 0 {
			return spaces[r.IntN(len(spaces))]
		}
		return ""
	}
	if depth == 0 || r.IntN(6) == 0 {
		return randomScalar(r)
	}
	var b strings.Builder
	n := r.IntN(5)
	switch r.IntN(5) {
	case 0:
		row, _ := randomRow(r, r.IntN(12), r.IntN(2) == 0)
		return row
	case 1, 2:
		b.WriteString("[" + space())
		for i := range n {
			if i > 0 {
				b.WriteString("," + space())
			}
			b.WriteString(randomDocument(r, depth-1) + space())
		}
		b.WriteString("]")
	default:
		b.WriteString("{" + space())
		for i := range n {
			if i > 0 {
				b.WriteString("," + space())
			}
			name := []string{`"value"`, `"status"`, `"words"`, `"opaque"`, `"a"`, `""`, `"é"`, `"\u0061"`, `"0"`, `"7"`}[r.IntN(10)]
			b.WriteString(name + space() + ":" + space() + randomDocument(r, depth-1) + space())
		}
		b.WriteString("}")
	}
	return b.String()
}

// damage changes a text somewhere.
func damage(r *rand.Rand, text string) string {
	const bytes = "\x00\x1f \"\\/{}[]:,.-+0123eEunltfNaI'\x7f\x80\xc3\xe5\xff"
	i := r.IntN(len(text) + 1)
	c := string(bytes[r.IntN(len(bytes))])
	switch r.IntN(4) {
	case 0:
		return text[:i]
	case 1:
		return text[:i] + c + text[i:]
	case 2:
		return text[:i] + c + text[min(len(text), i+1):]
	}
	return text[:i] + text[min(len(text), i+1):]
}

// compare holds an outcome against encoding/json. Lawful differences: it lets
// bad UTF-8 pass, and deeper texts.
func compare(t *testing.T, text string, o outcome) {
	t.Helper()
	valid := json.Valid([]byte(text))
	switch {
	case o.Err == "" && valid:
		var compact bytes.Buffer
		if err := json.Compact(&compact, []byte(text)); err != nil || compact.String() != o.Text {
			t.Errorf("%s is put together again as\n%s, want\n%s", shown(text), shown(o.Text), shown(compact.String()))
		}
	case o.Err == "":
		t.Errorf("%s: no error", shown(text))
	case valid && strings.Contains(o.Err, "UTF8:true") && !utf8.ValidString(text):
	case valid && strings.Contains(o.Err, "Limit:true"):
	case valid:
		t.Errorf("%s: %s", shown(text), o.Err)
	}
}

// TestTreeRandom reads random documents, whole and damaged, in some way each.
func TestTreeRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	for _, text := range documents {
		named, all := readAll(t, text)
		compare(t, text, named)
		compare(t, text, all)
	}
	for i := range scaled(5000) {
		text := randomDocument(r, 1+i%5)
		if !json.Valid([]byte(text)) {
			t.Fatalf("the test is not JSON: %s", text)
		}
		for range 3 {
			everywhere := r.IntN(2) == 0
			want, _ := read(NewReader(window.Bytes(text), 0), everywhere)
			compare(t, text, want)
			size := 1 + r.IntN(64)
			if got, _ := read(NewReader(window.Bytes(text), size), everywhere); !reflect.DeepEqual(got, want) {
				t.Fatalf("window of %d, everywhere %v: %s\n%s", size, everywhere, shown(text), cmp.Diff(want, got, cmp.AllowUnexported(window.Checkpoint{}, window.Words{})))
			}
			text = damage(r, text)
		}
	}
}

// TestTreeRows has rows of both forms and all lengths, one behind the other: the
// parser reads them with one cursor.
func TestTreeRows(t *testing.T) {
	r := rand.New(rand.NewPCG(25, 26))
	for range 10 {
		var text strings.Builder
		var want []string
		for i := range 12 {
			row, list := randomRow(r, []int{0, 3, 300, 1500, 6000}[r.IntN(5)], r.IntN(2) == 0)
			fmt.Fprintf(&text, `%c"value":%s`, "{,"[min(i, 1)], row)
			want = append(want, written(list, row[0] == '{'))
		}
		text.WriteByte('}')
		o, p := read(NewReader(window.Bytes(text.String()), 0), false)
		if o.Err != "" || len(o.Cells) != len(want) {
			t.Fatalf("%d rows, %s", len(o.Cells), o.Err)
		}
		for i, list := range o.Cells {
			if got := written(list, p.Tree.Sections[i].Object); got != want[i] {
				t.Errorf("row %d is %s, want %s", i, shown(got), shown(want[i]))
			}
		}
	}
}

// TestParserStop leaves a text at a row of cells and goes on behind it, where
// the tree becomes what it would have been.
func TestParserStop(t *testing.T) {
	for _, test := range []struct {
		text string
		head string // text of the tree as long as the row is not read
		stop int
		at   int // tokens there
	}{
		{`{"a":[1],"value":[1, 2],"b":{"c":2},"d":3}`, `{"a":[1],"value":`, 1, 6},
		{`{"value":[]}`, `{"value":`, 1, 3},
		{`{"x":{"value" : [ 1 , null ] , "b" : 2 } , "c" : [ ] }`, `{"x":{"value":`, 2, 5},
		{`[{"value":["a"]},5]`, `[{"value":`, 2, 4}, {`[{"value":[1]},{"value":[2]}]`, `[{"value":`, 2, 4},
		{`{"value":[1],"status":["a","b"],"e":[[]]}`, `{"value":`, 1, 3}, {`{"a":[{"b":[{"value":[]}]}],"c":{}}`, `{"a":[{"b":[{"value":`, 5, 9},
		{`{"value":[1]`, `{"value":`, 1, 3}, {`{"value":[1],`, `{"value":`, 1, 3}, {`{"value":[1],}`, `{"value":`, 1, 3}, {`{"value":[1]}x`, `{"value":`, 1, 3}, {`{"value":[1]]`, `{"value":`, 1, 3},
		{`{"value":[1] "b":2}`, `{"value":`, 1, 3}, {`{"a":{"value":[1]}`, `{"a":{"value":`, 2, 5}, {`[{"value":[1]},]`, `[{"value":`, 2, 4}, {`[{"value":[1]},5`, `[{"value":`, 2, 4}, {`[{"value":[1]}}`, `[{"value":`, 2, 4},
	} {
		isCells := func(name []byte, _ int) bool { return string(name) == "value" || string(name) == "status" }
		whole := Parser{R: NewReader(window.Bytes(test.text), 0), Tree: new(Tree), IsCells: isCells}
		fault := whole.Document()
		for name, r := range ways(test.text) {
			p := Parser{R: r, Tree: new(Tree), IsCells: isCells, Stop: func(name []byte, _ int) bool { return string(name) == "value" }}
			if err := p.Document(); err != nil || p.Stopped() != test.stop {
				t.Fatalf("%s, %s: stopped at depth %d, %v", test.text, name, p.Stopped(), err)
			}
			n := len(p.Tree.Tokens)
			if got := string(p.Tree.Text); got != test.head || n != test.at || p.Tree.Tokens[0].Next != uint32(n) || p.Tree.Tokens[n-1].Kind != Cells {
				t.Fatalf("%s, %s: the tree is %s in %d tokens, want %s in %d", test.text, name, got, n, test.head, test.at)
			}
			s := p.Tree.Sections[len(p.Tree.Sections)-1]
			if s.End != 0 {
				t.Fatalf("%s, %s: the row was scanned: %+v", test.text, name, s)
			}
			if _, err := cells(NewCursor(r, s), 2); err != nil {
				t.Fatalf("%s, %s: %v", test.text, name, err)
			}
			if err := p.Rest(false, 0); fmt.Sprint(err) != fmt.Sprint(fault) {
				t.Fatalf("%s, %s: %v, want %v", test.text, name, err, fault)
			}
			if fault == nil && (string(p.Tree.Text) != string(whole.Tree.Text) || !reflect.DeepEqual(p.Tree.Tokens, whole.Tree.Tokens)) {
				t.Fatalf("%s, %s: the tree is %s, want %s", test.text, name, p.Tree.Text, whole.Tree.Text)
			}
		}
	}
}

// TestParserSkip has containers behind the row at which the parser stopped that
// are taken for cells at first. From a stream there is no way back to read them.
func TestParserSkip(t *testing.T) {
	filler := strings.Repeat(`1,"x" , `, 30)
	for _, test := range []struct{ text, want string }{
		{`{"value":[1],"status":{"value":["a",["b"],{}]},"e":5}`, `{"value":,"status":{"value":null},"e":5}`},
		{`{"value":[1],"status":[` + filler + `{"value":[1]},[],2],"e":[{}]}`, `{"value":,"status":null,"e":[{}]}`},
		{`{"value":[1],"status":{"1":2,"value":{"a":[],"value":[3]}},"status":{"1":"b"},"e":{"status":[[]]}}`, `{"value":,"status":null,"status":,"e":{"status":null}}`},
		{`{"a":[{"b":{"value":[1],"status":[[[]]]}},{"x":[[[]]],"value":[{}]}],"e":{"f":[]}}`, `{"a":[{"b":{"value":,"status":null}},{"x":[[[]]],"value":null}],"e":{"f":[]}}`},
	} {
		for size := range 80 {
			r := NewReader(spool.NewStream(iotest.OneByteReader(strings.NewReader(test.text))), size)
			stops := 0
			p := Parser{R: r, Tree: new(Tree), IsCells: func(name []byte, _ int) bool { return string(name) == "value" || string(name) == "status" },
				Stop: func(name []byte, _ int) bool { stops++; return stops == 1 }}
			if err := p.Document(); err != nil {
				t.Fatal(err)
			}
			r.Src.(*spool.Stream).Live()
			if _, err := cells(NewCursor(r, p.Tree.Sections[0]), 2); err != nil {
				t.Fatal(err)
			}
			if err := p.Rest(false, 0); err != nil || string(p.Tree.Text) != test.want {
				t.Fatalf("window of %d: %s, %v, want %s", size, p.Tree.Text, err, test.want)
			}
			for i, tok := range p.Tree.Tokens {
				if tok.Next <= uint32(i) || tok.Next > uint32(len(p.Tree.Tokens)) {
					t.Fatalf("token %d is followed by %d: %v", i, tok.Next, p.Tree.Tokens)
				}
			}
		}
	}
	for _, input := range []string{`{"value":[1],"status":[[1,∆x]]}`, `{"value":[1],"status":[[1]∆x]}`, `{"value":[1],"status":{"a":{}∆]}`, `{"value":[1],"status":[[∆`} {
		text, off := split(input)
		for name, r := range ways(text) {
			stops := 0
			p := Parser{R: r, Tree: new(Tree), IsCells: func([]byte, int) bool { return true }, Stop: func(name []byte, _ int) bool { stops++; return stops == 1 }}
			if err := p.Document(); err != nil {
				t.Fatal(err)
			}
			if _, err := cells(NewCursor(r, p.Tree.Sections[0]), 2); err != nil {
				t.Fatal(err)
			}
			var bad *window.SyntaxError
			if err := p.Rest(false, 0); !errors.As(err, &bad) || bad.Offset != off {
				t.Fatalf("%s, %s: %v, want byte %d", text, name, err, off)
			}
		}
	}
}

// TestParserNestedLines has a container that is taken for cells at first, is
// longer than the window and proves to be none: lines are counted on from it.
func TestParserNestedLines(t *testing.T) {
	text := "{\n\"value\": {\"0\":" + strings.Repeat("\n1,\"5\":", 100) + "\n[]}\n,\n  x"
	for size := range 40 {
		r := NewReader(window.Bytes(text), size)
		p := Parser{R: r, Tree: new(Tree), IsCells: func([]byte, int) bool { return true }, Stop: func([]byte, int) bool { return false }}
		var bad *window.SyntaxError
		if err := p.Document(); !errors.As(err, &bad) || bad.Offset != int64(len(text)-1) {
			t.Fatalf("window of %d: %v", size, err)
		}
		if line, column := r.LineColumn(bad.Offset); line != 105 || column != 3 {
			t.Errorf("window of %d: line %d, column %d", size, line, column)
		}
	}
}
