package jsontoken

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	deep := strings.Repeat(`[{"a":`, 5*MaxDepth) + "1" + strings.Repeat("}]", 5*MaxDepth)
	for _, test := range []struct{ text, want string }{
		{`{}`, ""},
		{`{"a":1}`, `"a" 1;`},
		{`{"a":-1.50e+3,"b":null,"":true}`, `"a" -1.50e+3;"b" null;"" true;`},
		{`{"a":"","b":"}],{[","c\"":"\\"}`, `"a" "";"b" "}],{[";"c\"" "\\";`},
		{`{"a":{},"a":[],"b":[1,{"c":[]}],"d":{"e":{"f":"]"}}}`, `"a" {};"a" [];"b" [1,{"c":[]}];"d" {"e":{"f":"]"}};`},
		{"{\"\xff\":\"\xfe\"}", "\"\xff\" \"\xfe\";"},
		{`{"a":` + deep + `,"b":2}`, `"a" ` + deep + `;"b" 2;`},
		{`[{"a":1}]`, ""}, {`"{"`, ""}, {`1`, ""}, {``, ""},
	} {
		got := ""
		Split([]byte(test.text), func(name, value []byte) { got += fmt.Sprintf("%s %s;", name, value) })
		if got != test.want {
			t.Errorf("%.80s: %.200s", test.text, got)
		}
	}
}

// FuzzSplit: what encoding/json takes for an object is one again, of its members.
func FuzzSplit(f *testing.F) {
	for _, text := range []string{`{ "a" : [ 1 , { "b\"}" : "\\" } ] , "c":-0 }`, "{\"\xff\":[]}", `[{}]`, ` {"a":{}}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var compact bytes.Buffer
		if json.Compact(&compact, text) != nil {
			return
		}
		again := []byte("{")
		Split(compact.Bytes(), func(name, value []byte) {
			again = append(append(append(AppendComma(again), name...), ':'), value...)
		})
		if again = append(again, '}'); compact.Bytes()[0] == '{' && !bytes.Equal(again, compact.Bytes()) {
			t.Errorf("%s became %s", compact.Bytes(), again)
		}
	})
}
