package charset

import (
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"unicode/utf16"
)

// encoded is a text in UTF-16, with a byte order mark or without.
func encoded(text string, order binary.AppendByteOrder, mark bool) string {
	var b []byte
	if mark {
		b = order.AppendUint16(b, 0xfeff)
	}
	for _, u := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

// TestJSON: a text of JSON is the same in every encoding of Unicode, with a mark and
// without, in memory, from a file and from a pipe.
func TestJSON(t *testing.T) {
	for _, text := range []string{`{"navn":"Ålesund €🙂"}`, ` [1]`, `7`, ``} {
		inputs := map[string]string{
			"UTF-8": text, "UTF-8 with a mark": MarkUTF8 + text,
			"little end first, with a mark": encoded(text, binary.LittleEndian, true), "big end first, with a mark": encoded(text, binary.BigEndian, true),
		}
		if text != "" {
			inputs["little end first"], inputs["big end first"] = encoded(text, binary.LittleEndian, false), encoded(text, binary.BigEndian, false)
		}
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
	if _, err := JSON([]byte("\xff\xfe{\x00\x00\xd8")); err == nil {
		t.Error("half a pair of UTF-16 is text")
	}
}
