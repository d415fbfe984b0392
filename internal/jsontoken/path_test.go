package jsontoken

import (
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// TestPathAt has the way to a marker, which is where something would be wrong.
func TestPathAt(t *testing.T) {
	for _, tt := range []struct{ input, want string }{
		{`∆`, ""}, {`∆x`, ""}, {` {∆`, ""}, {`{ ∆"a":1}`, ""}, {`{"a∆`, ""}, {`{"a"∆ 1`, "a"}, {`{"a":∆`, "a"}, {`{"a": ∆x`, "a"},
		{`{"a":1∆`, "a"}, {`{"a":12∆x`, "a"}, {`{"a":12 ∆x`, ""}, {`{"a":"x"∆`, ""}, {`{"a":"x∆`, "a"}, {`{"a":tru∆`, "a"}, {`{"a":{}∆`, ""},
		{`{"a":1,∆`, ""}, {`{"a":1,"b":[∆`, "b 0"}, {`{"a":1,"b":[1,∆`, "b 1"}, {`{"a":1,"b":[1,2∆`, "b 1"}, {`{"a":1,"b":[1,"2"∆x`, "b"}, {`{"b":[1,[]]∆ x`, ""},
		{`[[],[[1,{"é":∆`, "1 0 1 é"}, {`[{"a":[1]},{"\u0061b":∆`, "1 ab"}, {`[∆]`, "0"}, {`{"a":[]}∆`, ""}, {`[1]∆ 2`, ""},
		{`{"value":[` + strings.Repeat("1.50,", 500) + `∆`, "value 500"},
	} {
		text, off := split(tt.input)
		for name, r := range ways(text) {
			if got := strings.Join(r.PathAt(off), " "); got != tt.want {
				t.Errorf("%s: at %s the way is %q, want %q", name, shown(tt.input), got, tt.want)
				break
			}
		}
	}
}

// TestPathInside has texts that begin with a value of a row.
func TestPathInside(t *testing.T) {
	for _, tt := range []struct {
		input string
		array bool
		step  string
		want  string
	}{
		{`∆`, true, "7", "7"}, {`[1],∆`, true, "7", "8"}, {`[1],2,3∆`, true, "7", "9"}, {`[1],"2"∆ 3`, true, "7", ""}, {`{"a":[∆`, true, "7", "7 a 0"},
		{`{"a":∆`, false, "12", "12 a"}, {`{},∆"13"`, false, "12", ""}, {`{},"13":∆`, false, "12", "13"},
	} {
		text, off := split(tt.input)
		if got := strings.Join(NewReader(window.Bytes(text), 0).PathInside(off, tt.array, tt.step), " "); got != tt.want {
			t.Errorf("at %s the way is %q, want %q", tt.input, got, tt.want)
		}
	}
}

// FuzzPathAt: where a text is wrong there is a way to it, the same through every window,
// and each step of it stands in the text or is a number.
func FuzzPathAt(f *testing.F) {
	for _, text := range []string{`{"a":[1,{"b":x`, `[[1,2],[3,`, `{"a":1,"b"`, `[01]`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := Parser{R: NewReader(window.Bytes(text), 0), Tree: NewTree(0)}
		bad, ok := p.Document().(*window.SyntaxError)
		if !ok {
			return
		}
		want := NewReader(window.Bytes(text), 0).PathAt(bad.Offset)
		if got := NewReader(window.Bytes(text), 5).PathAt(bad.Offset); !slices.Equal(got, want) {
			t.Fatalf("%q: through a small window the way is %q, not %q", text, got, want)
		}
	})
}
