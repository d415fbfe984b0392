package sdmxconv

import (
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/charset/charsettest"
)

// TestEncodings: a message, and a structure file, are the same with a byte order mark,
// and in UTF-16.
func TestEncodings(t *testing.T) {
	message := strings.Replace(envelope(obsStatus, `{"observations":{"0:0":[1],"0:1":[2]}}`), "Zero", "Ås", 1)
	want, _, err := convertText(t, message, nil)
	if err != nil {
		t.Fatal(err)
	}
	const table = "DATAFLOW,A,B,OBS_VALUE\nF,a,x,1\nF,b,x,2\n"
	named, _, err := convertText(t, table, &Options{Structure: strings.NewReader(message)})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range charsettest.Encodings(message) {
		if got, _, err := convertText(t, text, nil); err != nil || got != want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		if got, _, err := convertText(t, table, &Options{Structure: strings.NewReader(text)}); err != nil || got != named {
			t.Errorf("%s, of a structure file: %v, %v", name, got, err)
		}
	}
}
