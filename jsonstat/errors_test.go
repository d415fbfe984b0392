package jsonstat

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
)

// TestSyntaxErrors checks where the reader says that a text is no JSON.
func TestSyntaxErrors(t *testing.T) {
	for _, c := range []struct {
		text, pointer, words string
		kind                 error
	}{
		{`{"version":"2.0",` + marker + `}`, "", "the name of a member", ErrSyntax},
		{`{"version" ` + marker + `2}`, "/version", "a colon", ErrSyntax},
		{"{\n  \"size\": [2, " + marker + "x]}", "/size/1", "unexpected character x", ErrSyntax},
		{`{"size":[2,` + marker + `]}`, "/size/1", "expected a value", ErrSyntax},
		{`{"size":[2 ` + marker + `3]}`, "/size", "a comma or the end of the array", ErrSyntax},
		{`{"a":{"b":[{"c":` + marker + `tru}]}}`, "/a/b/0/c", "", ErrSyntax},
		{`{"a/b":{"m~n":` + marker + `'x'}}`, "/a~1b/m~0n", `strings take "`, ErrSyntax},
		{`{"value":[1,2,` + marker + `01,4]}`, "/value/2", "leading zero", ErrSyntax},
		{`{"value":[1,2` + marker + `;3]}`, "/value/1", "", ErrSyntax},
		{`{"value":[1,"2"` + marker + `;3]}`, "/value", "", ErrSyntax},
		{`{"value":[1,"\\\"]" ` + marker + `;3]}`, "/value", "", ErrSyntax},
		{`{"value":{"0":1,"1":` + marker + `x}}`, "/value/1", "", ErrSyntax},
		{`{"value":{"0":1 ` + marker + `]}`, "/value", "a comma or the end of the object", ErrSyntax},
		{`{"label":"a` + marker + "\n" + `b"}`, "/label", "control character 0x0a in a string", ErrSyntax},
		{`{"label":"a` + marker + `\x"}`, "/label", `bad escape in a string: \x`, ErrSyntax},
		{`{"label":"` + marker + "\xff" + `"}`, "/label", "not UTF-8", ErrEncoding},
		{`{"` + marker + "\xc3" + `":1}`, "", "not UTF-8", ErrEncoding},
		{`{"value":[1,` + marker + `NaN]}`, "/value/1", "NaN", ErrNaN},
		{`{"a":1} ` + marker + `{"b":2}`, "", "after the end of the document", ErrSyntax},
		{`{"a":1}` + marker + `,`, "", "after the end", ErrSyntax},
		{`{"a":[1,2` + marker, "/a/1", "cut off", ErrSyntax},
		{`{"a":[1,{"b":[]}` + marker, "/a", "cut off", ErrSyntax},
		{`{"a\u002fb\"":[1,{"c":[]},` + marker, `/a~1b"/2`, "cut off", ErrSyntax},
		{`{"a":"x` + marker, "/a", "cut off", ErrSyntax},
		{`{"a":` + marker, "/a", "cut off", ErrSyntax},
		{strings.Repeat("[", 256) + marker + "[", strings.Repeat("/0", 256), "more than 256 arrays and objects", ErrLimit},
	} {
		text, at := unmark(c.text)
		_, err := Parse([]byte(text))
		t.Run(c.text[:min(len(c.text), 40)], func(t *testing.T) { wantError(t, err, c.kind, at, c.pointer, c.words) })
		t.Run("stream "+c.text[:min(len(c.text), 40)], func(t *testing.T) {
			_, err := Options{Stream: true}.Read(oneByte{strings.NewReader(text)})
			wantError(t, err, c.kind, at, c.pointer, c.words)
		})
	}
}

// oneByte gives a byte at a time, so that windows end everywhere.
type oneByte struct{ r io.Reader }

func (o oneByte) Read(p []byte) (int, error) { return o.r.Read(p[:min(1, len(p))]) }

func TestErrorText(t *testing.T) {
	for _, c := range []struct {
		err  Error
		want string
	}{
		{Error{}, ""},
		{Error{Offset: -1, Msg: "bad"}, "bad"},
		{Error{Offset: 0, Msg: "bad"}, "bad"},
		{Error{Offset: 5, Msg: "bad"}, "bad (byte 5)"},
		{Error{Offset: 0, Line: 1, Column: 1, Msg: "bad"}, "bad (line 1, column 1, byte 0)"},
		{Error{Offset: 57, Line: 3, Column: 14, Pointer: "/size/2", Msg: "bad"}, "bad (line 3, column 14, byte 57, at /size/2)"},
		{Error{Offset: -1, Pointer: "/size", Err: ErrSize}, "sizes do not agree (at /size)"},
	} {
		equal(t, "the text", c.err.Error(), c.want)
	}
	if err := error(&Error{Err: ErrSize}); !errors.Is(err, ErrSize) || errors.Is(err, ErrSyntax) {
		t.Error("an error is not what it wraps")
	}
	if !errors.Is(ErrNaN, ErrSyntax) || !errors.Is(ErrEncoding, ErrSyntax) {
		t.Error("NaN and bad UTF-8 are not cases of bad syntax")
	}
}

func TestServerErrorText(t *testing.T) {
	for _, c := range []struct {
		err  ServerError
		want string
	}{
		{ServerError{Message: "Bad"}, "the server answered with an error, not with data: Bad"},
		{ServerError{Status: 404, Message: "Bad"}, "the server answered with an error, not with data: 404 Bad"},
		{ServerError{Status: 404, Message: "Error 404"}, "the server answered with an error, not with data: Error 404"},
		{ServerError{Status: 503, Message: "Sorry", Page: "a web page"}, "the input is a web page, not JSON: 503 Sorry"},
	} {
		equal(t, "the text", c.err.Error(), c.want)
	}
}

func TestUnknownError(t *testing.T) {
	for _, c := range []struct {
		err  *UnknownError
		want string
	}{
		{newUnknown("dataset", "x", "", nil), `there is no dataset "x"`},
		{newUnknown("dimension", "regin", "", []string{"Region", "Tid"}), `there is no dimension "regin"; did you mean "Region"?`},
		{newUnknown("category", "a1", "d", []string{"b1", "a2", "A1", "c"}), `there is no category "a1" in dimension "d"; did you mean "A1", "b1" or "a2"?`},
	} {
		equal(t, "the text", c.err.Error(), c.want)
		if !errors.Is(c.err, ErrUnknown) {
			t.Error("it is not ErrUnknown")
		}
	}
	many := make([]string, 21)
	for i := range many {
		many[i] = fmt.Sprint("name", i)
	}
	if newUnknown("category", "x", "", many).All != nil || len(newUnknown("category", "x", "", many[:20]).All) != 20 {
		t.Error("all names are listed up to 20 of them")
	}
}

// TestReadErrors are errors of what lies below: they are not taken for faults of
// the text.
func TestReadErrors(t *testing.T) {
	broken := errors.New("the line is dead")
	for _, n := range []int{0, 1, 40, len(newDataset) - 1, len(newDataset)} {
		_, err := Read(io.MultiReader(strings.NewReader(newDataset[:n]), failing{broken}))
		if !errors.Is(err, broken) || errors.Is(err, ErrSyntax) {
			t.Errorf("after %d bytes: %v", n, err)
		}
	}
	if _, err := Open(t.TempDir() + "/missing.json"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := Open(t.TempDir()); err == nil || !strings.Contains(err.Error(), "is a directory") {
		t.Errorf("a directory: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
