package jsontoken

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// pulled reads a value with the methods that go from value to value, and writes it
// again without white space.
func pulled(r *Reader, dst []byte) ([]byte, error) {
	switch r.Space() {
	case '{':
		dst = append(dst, '{')
		first := true
		err := r.Members(func(name string) (err error) {
			if !first {
				dst = append(dst, ',')
			}
			first = false
			dst, err = pulled(r, append(AppendString(dst, name), ':'))
			return err
		})
		return append(dst, '}'), err
	case '[':
		dst = append(dst, '[')
		err := r.Elements(func(i int) (err error) {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst, err = pulled(r, dst)
			return err
		})
		return append(dst, ']'), err
	case '"':
		text, err := r.Str()
		return AppendString(dst, string(text)), err
	}
	_, token, err := r.Token()
	return append(dst, token...), err
}

// TestPull: what is read value by value is what encoding/json reads, through every
// window.
func TestPull(t *testing.T) {
	for _, text := range []string{
		`{}`, `[]`, ` [ ] `, `{"a":1}`, ` { "a" : [ 1 , 2.50 , null , true , "x" ] , "b" : { } } `,
		`"å\u00e5\n\"€"`, `[[[["deep"]]],{"a":{"b":[{}]}}]`, `-1.5e+300`, `{"n\u0061me":"v","":null}`,
		`[` + strings.Repeat(`{"name":"`+strings.Repeat("long ", 30)+`","value":[1,2,3]},`, 20) + `0]`,
	} {
		var want any
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatal(err)
		}
		for name, r := range ways(text) {
			out, err := pulled(r, nil)
			if err == nil {
				err = r.CheckEnd()
			}
			var got any
			if err != nil || json.Unmarshal(out, &got) != nil || fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("%s: %s is read as %s, %v", name, shown(text), out, err)
			}
		}
	}
}

// TestPullFault has what is expected where something else stands.
func TestPullFault(t *testing.T) {
	for _, tt := range []struct{ input, want string }{
		{`{∆1:2}`, "unexpected character 1, expected the name of a member"},
		{`{"a" ∆1}`, "unexpected character 1, expected a colon"},
		{`{"a":1∆]`, "unexpected character ], expected a comma or the end of the object"},
		{`[1∆}`, "unexpected character }, expected a comma or the end of the array"},
		{`[1,∆]`, "unexpected character ], expected a value"},
		{`[1∆`, "the document ends too early, a comma or the end of the array was expected: it is cut off"},
		{`{"a":"x∆`, "the document ends too early, the end of a string was expected: it is cut off"},
		{`["∆\q"]`, `bad escape in a string: \q`},
		{`[∆01]`, "a number with a leading zero"},
		{`[∆NaN]`, "NaN and Infinity are not JSON"},
	} {
		text, off := split(tt.input)
		for name, r := range ways(text) {
			_, err := pulled(r, nil)
			bad, ok := err.(*window.SyntaxError)
			if !ok || bad.Msg != tt.want {
				t.Errorf("%s: %s: %v, want %s", name, text, err, tt.want)
				break
			}
			if tt.input[off] != ' ' && bad.Offset != off {
				t.Errorf("%s: %s: at byte %d, want %d", name, text, bad.Offset, off)
				break
			}
		}
	}
}

// TestSkip passes over values, counts what lies in them, and stands behind them.
func TestSkip(t *testing.T) {
	long := strings.Repeat("x", 300)
	for _, tt := range []struct{ text, arrays, objects string }{
		{`1`, "[0 0 0 0 0]", "[0 0 0 0 0]"},
		{`"a]}\""`, "[0 0 0 0 0]", "[0 0 0 0 0]"},
		{`{"a":[1,[2]],"b":{"]":"}"}}`, "[0 0 1 1 0]", "[0 1 1 0 0]"},
		{`{"` + long + `":{"0:1":{"observations":{"0":[1],"1":[2,"` + long + `\\"]}}}}`, "[0 0 0 0 0]", "[0 1 1 1 1]"},
		{`[[[]],[[],[]]]`, "[0 1 2 3 0]", "[0 0 0 0 0]"},
	} {
		for name, r := range ways(tt.text + " 7") {
			n, err := r.Skip()
			if err != nil || fmt.Sprint(n.Arrays) != tt.arrays || fmt.Sprint(n.Objects) != tt.objects {
				t.Fatalf("%s: %s: %v, %v", name, shown(tt.text), n, err)
			}
			if _, token, err := r.Token(); string(token) != "7" || err != nil {
				t.Fatalf("%s: behind %s is %s, %v", name, shown(tt.text), token, err)
			}
		}
	}
	for _, text := range []string{`[1,2`, `{"a":"b`, `[[[]]`, `{"a":"b\`} {
		for name, r := range ways(text) {
			if _, err := r.Skip(); err == nil {
				t.Errorf("%s: %s ends", name, text)
			}
		}
	}
}

// TestValue reads a value in the middle of a text as a tree.
func TestValue(t *testing.T) {
	text := `{"skip":[1,2,3],"head": {"a" : [ 1, "x" ] } ,"rest":0}`
	off := int64(strings.Index(text, `{"a"`))
	for name, r := range ways(text) {
		if _, err := r.Skip(); err != nil { // a stream that was spooled can go back
			t.Fatal(err)
		}
		n, err := r.Value(off, 20)
		if err != nil || n.Raw() != `{"a":[1,"x"]}` {
			t.Errorf("%s: %s, %v", name, n.Raw(), err)
		}
	}
}

// TestValueAt checks values in the window, which then stands around all of them.
func TestValueAt(t *testing.T) {
	for _, text := range []string{`1`, `"a"`, `null`, `[]`, `{}`, ` [ 1 , [ "]" , { "a" : { } } ] ] `, `{"a":[1,{"b":"` + strings.Repeat("x", 200) + `"}],"c":null}`} {
		for name, r := range ways(text + " ,") {
			r.Space()
			r.Mark = r.Pos
			end, _, err := r.ValueAt(r.Pos)
			if err != nil || string(r.Buf[r.Mark:end]) != strings.TrimSpace(text) {
				t.Fatalf("%s: of %s it is %s, %v", name, shown(text), r.Buf[r.Mark:max(end, r.Mark)], err)
			}
			if r.Pos = end; r.Space() != ',' {
				t.Fatalf("%s: behind %s is %q", name, shown(text), r.Space())
			}
		}
	}
	for _, text := range []string{`[1,]`, `[,]`, `{"a"}`, `{"a":}`, `{a:1}`, `[1 2]`, `{"a":1,}`, `[[1]`, `[}`, `["a]`, strings.Repeat("[", MaxDepth+1) + strings.Repeat("]", MaxDepth+1)} {
		for name, r := range ways(text) {
			if _, _, err := r.ValueAt(r.Pos); err == nil {
				t.Errorf("%s: %s is a value", name, shown(text))
			}
		}
	}
}
