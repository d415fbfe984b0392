package jsontoken

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/internal/number"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// FuzzTree holds the verdict on any text, and the text put together again,
// against encoding/json, and a small window against a large one.
func FuzzTree(f *testing.F) {
	for _, text := range documents {
		f.Add(text, uint8(7))
	}
	for _, s := range scalars {
		f.Add(s.text, uint8(1))
	}
	f.Fuzz(func(t *testing.T, text string, size uint8) {
		for _, everywhere := range []bool{false, true} {
			want, _ := read(NewReader(window.Bytes(text), 0), everywhere)
			compare(t, text, want)
			if got, _ := read(NewReader(window.Bytes(text), int(size)), everywhere); !reflect.DeepEqual(got, want) {
				t.Fatalf("window of %d, everywhere %v: %s\n got %+v\nwant %+v", size, everywhere, shown(text), got, want)
			}
		}
	})
}

// FuzzSection holds a row of cells against what encoding/json reads.
func FuzzSection(f *testing.F) {
	for _, text := range documents {
		f.Add(text, uint8(3), uint16(2))
	}
	for _, text := range []string{
		"[1,2.50,null,\"a\",true]", `{"0":1,"1":null,"x":"é"}`, `{ "\u0031" : 1 , "" : -0.0 }`, "[\n1 ,\t2\r]", `["` + strings.Repeat("x", 40) + `",12345678901234567890.5e-3]`, "[1,[]]", `{"1":{}}`,
	} {
		f.Add(text, uint8(5), uint16(1))
	}
	f.Fuzz(func(t *testing.T, text string, size uint8, limit uint16) {
		if text == "" || (text[0] != '[' && text[0] != '{') {
			return
		}
		s, list, err := row(NewReader(window.Bytes(text), int(size)), 1+int(limit))
		var bad *window.SyntaxError
		switch {
		case err == window.ErrNested:
			return
		case errors.As(err, &bad):
			if json.Valid([]byte(text)) && !(bad.UTF8 && !utf8.ValidString(text)) && !bad.Limit {
				t.Fatalf("%s: %v", shown(text), err)
			}
			return
		case err != nil:
			t.Fatal(err)
		}
		text = text[:s.End]
		dec := json.NewDecoder(strings.NewReader(text))
		dec.UseNumber()
		next := func() any {
			token, err := dec.Token()
			if err != nil {
				t.Fatalf("%s: %v", shown(text), err)
			}
			return token
		}
		next()
		for i, c := range list {
			if s.Object {
				var name string
				if err := json.Unmarshal([]byte(c.Key), &name); err != nil || name != next() {
					t.Fatalf("%s: name of cell %d is %s, %v", shown(text), i, c.Key, err)
				}
				if want := position([]byte(c.Key[1 : len(c.Key)-1])); c.Pos != want {
					t.Fatalf("%s: cell %d is at position %d, want %d", shown(text), i, c.Pos, want)
				}
			}
			kinds := map[Kind]bool{}
			switch token := next().(type) {
			case nil:
				kinds[Null] = c.Text == "null"
			case bool:
				kinds[True], kinds[False] = token, !token
			case string:
				kinds[String] = string(Unquote(nil, []byte(c.Text))) == token
			case json.Number:
				kinds[Number] = c.Text == token.String() && string(number.Append(nil, []byte(c.Text))) == c.Text
				kinds[Raw] = c.Text == token.String()
			}
			if !kinds[c.Kind] {
				t.Fatalf("%s: cell %d is %s of kind %d", shown(text), i, c.Text, c.Kind)
			}
		}
		if dec.More() {
			t.Fatalf("%s: only %d cells", shown(text), len(list))
		}
		next()
		var compact bytes.Buffer
		if err := json.Compact(&compact, []byte(text)); err != nil || written(list, s.Object) != compact.String() {
			t.Fatalf("%s: written as %s, %v", shown(text), written(list, s.Object), err)
		}
	})
}

// FuzzAppendNumber checks that a layout is a number of the same value, that laying it out again
// changes nothing, and that a Number is laid out already.
func FuzzAppendNumber(f *testing.F) {
	for _, s := range scalars {
		if s.kind == Number || s.kind == Raw {
			f.Add(s.text)
		}
	}
	f.Fuzz(func(t *testing.T, token string) {
		kind, ok := NumberKind(token)
		if want := json.Valid([]byte(token)) && strings.IndexByte("-0123456789", token[0]) >= 0 && strings.TrimSpace(token) == token; ok != want {
			t.Fatalf("%q: a number %v, want %v", token, ok, want)
		}
		if !ok {
			return
		}
		got := string(number.Append(nil, []byte(token)))
		if _, ok := NumberKind(got); !ok {
			t.Fatalf("%s is laid out as %s, which is no number", token, got)
		}
		if again := string(number.Append(nil, []byte(got))); again != got {
			t.Fatalf("%s is laid out as %s and then as %s", token, got, again)
		}
		if kind == Number && got != token {
			t.Fatalf("%s is a Number but laid out as %s", token, got)
		}
		if same, known := sameNumber(token, got); known && !same {
			t.Fatalf("%s is laid out as %s", token, got)
		}
	})
}
