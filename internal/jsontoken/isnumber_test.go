package jsontoken

import (
	"encoding/json"
	"testing"
)

// TestIsNumber: a text is a number where it is one in JSON.
func TestIsNumber(t *testing.T) {
	const signs = "-0123.5eE+x "
	var texts []string
	for last := []string{""}; len(last[0]) < 4; { // all texts of up to four of these
		var next []string
		for _, text := range last {
			for i := range signs {
				next = append(next, text+signs[i:i+1])
			}
		}
		texts, last = append(texts, next...), next
	}
	for _, text := range texts {
		want := json.Valid([]byte(text)) && text[0] != ' ' && text[len(text)-1] != ' '
		if got := IsNumber([]byte(text)); got != want {
			t.Errorf("%q is a number: %t", text, got)
		}
	}
	if IsNumber([]byte(nil)) {
		t.Error("nothing is a number")
	}
}
