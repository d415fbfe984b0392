package window

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// TestWords has texts that look alike with and without escapes.
func TestWords(t *testing.T) {
	w := NewWords(unquote)
	for _, test := range []struct {
		quoted string
		want   int32
	}{
		{`""`, 0}, {`"a"`, 1}, {`"a"`, 1}, {`"\u0061"`, 1}, {`""`, 0}, {`"b"`, 2}, {`"a"`, 1},
		{`"a\\n"`, 3}, {`"a\n"`, 4}, {`"a\\n"`, 3}, {`"a\u000a"`, 4}, {`"a\u005cn"`, 3},
		{`"\""`, 5}, {`"\\\""`, 6}, {`"\\"`, 7}, {`"\u005c\u0022"`, 6}, {`"\/"`, 8}, {`"/"`, 8}, {`"\\/"`, 9},
		{`"\ud800"`, 10}, {`"\ufffd"`, 10}, {"\"\ufffd\"", 10}, {`"é"`, 11}, {`"e\u0301"`, 12},
	} {
		if got, err := w.ID([]byte(test.quoted)); got != test.want || err != nil {
			t.Errorf("ID(%s) = %d, %v, want %d", test.quoted, got, err, test.want)
		}
	}
	if want := []string{"", "a", "b", `a\n`, "a\n", `"`, `\"`, `\`, "/", `\/`, "\ufffd", "é", "e\u0301"}; !reflect.DeepEqual(w.List, want) {
		t.Errorf("words are %q, want %q", w.List, want)
	}
}

func TestWordsLimits(t *testing.T) {
	w := NewWords(unquote)
	for i := 1; i < MaxWords; i++ {
		if id, err := w.ID(fmt.Appendf(nil, `"%d"`, i)); id != int32(i) || err != nil {
			t.Fatalf("word %d has the number %d, %v", i, id, err)
		}
	}
	var limit *SyntaxError
	if _, err := w.ID([]byte(`"one more"`)); !errors.As(err, &limit) || !limit.Limit {
		t.Errorf("one word too many: %v", err)
	}
	for _, quoted := range []string{`"1"`, `"\u0031"`, `"65535"`, `""`} { // those known already still are
		if _, err := w.ID([]byte(quoted)); err != nil {
			t.Errorf("%s: %v", quoted, err)
		}
	}

	w = NewWords(unquote)
	long := strings.Repeat("x", maxWordsText/4)
	for i := range 4 {
		_, err := w.ID(fmt.Appendf(nil, `"%d%s"`, i, long))
		if (err != nil) != (i == 3) {
			t.Errorf("long word %d: %v", i, err)
		}
	}

	w = NewWords(unquote)
	for i := range 3 * MaxWords { // spellings do not pile up
		if id, err := w.ID(fmt.Appendf(nil, `"%s"`, spelled("statuses with many spellings", i))); id != 1 || err != nil {
			t.Fatalf("spelling %d has the number %d, %v", i, id, err)
		}
	}
	if len(w.texts) > MaxWords+1 {
		t.Errorf("%d spellings are kept", len(w.texts))
	}
}

// spelled escapes the letters of a text that the bits of k choose.
func spelled(text string, k int) string {
	var b strings.Builder
	for i, c := range text {
		if k>>i&1 == 1 {
			fmt.Fprintf(&b, `\u%04x`, c)
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}

func TestWordsAllocs(t *testing.T) {
	w := NewWords(unquote)
	tokens := [][]byte{[]byte(`".."`), []byte(`""`), []byte(`"\u00e5"`), []byte(`"a"`)}
	n := testing.AllocsPerRun(100, func() {
		for _, token := range tokens {
			if _, err := w.ID(token); err != nil {
				t.Fatal(err)
			}
		}
	})
	if n != 0 {
		t.Errorf("%v allocations for words that are known", n)
	}
}

// unquote is what a grammar has for it.
func unquote(dst, quoted []byte) []byte {
	var text string
	if err := json.Unmarshal(quoted, &text); err != nil {
		panic(err)
	}
	return append(dst, text...)
}
