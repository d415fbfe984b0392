package dice_test

import (
	"testing"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/internal/charset/charsettest"
)

// TestParseJSONEncodings: a spec is the same with a byte order mark, and in UTF-16.
func TestParseJSONEncodings(t *testing.T) {
	const text = `{"Kjønn":["1"],"Tid":"top(2)"}`
	want, err := dice.ParseJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range charsettest.Encodings(text) {
		if got, err := dice.ParseJSON([]byte(text)); err != nil || got.String() != want.String() {
			t.Errorf("%s: %v, %v, want %v", name, got, err, want)
		}
	}
	if _, err := dice.ParseJSON([]byte("\xff\xfe{\x00\x00\xd8")); err == nil {
		t.Error("half a pair of UTF-16 is a spec")
	}
}
