package charset_test

import (
	"io"
	"strings"
	"testing"

	. "github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/internal/charset/charsettest"
)

// TestJSON: a text of JSON is the same in every encoding of Unicode, with a mark and
// without, in memory, from a file and from a pipe.
func TestJSON(t *testing.T) {
	for _, text := range []string{`{"navn":"Ålesund €🙂"}`, ` [1]`, `7`, ``} {
		inputs := charsettest.Encodings(text)
		inputs["UTF-8"] = text
		for name, input := range inputs {
			if got, err := JSON([]byte(input)); string(got) != text || err != nil {
				t.Errorf("%s, in memory: %q, %v, want %q", name, got, err, text)
			}
			for from, r := range map[string]io.Reader{"a file": strings.NewReader(input), "a pipe": struct{ io.Reader }{strings.NewReader(input)}} {
				r, err := JSONReader(r)
				if err != nil {
					t.Fatal(err)
				}
				got, err := io.ReadAll(r)
				if s := strings.TrimPrefix(string(got), MarkUTF8); s != text || err != nil {
					t.Errorf("%s, from %s: %q, %v, want %q", name, from, got, err, text)
				}
			}
		}
	}
	for text, want := range map[string]string{"{\x00\"\x00": "utf-16le", "\x00[\x001": "utf-16be", "\xff\xfe{\x00": "", "{}": "", "a\x00,\x00": "", "": "", "{": ""} {
		if got := UnmarkedJSON([]byte(text)); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	if _, err := JSON([]byte("\xff\xfe{\x00\x00\xd8")); err == nil {
		t.Error("half a pair of UTF-16 is text")
	}
}
