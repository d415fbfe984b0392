package charset_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/internal/charset"
)

// written is a text in an encoding, given to its writer in pieces of so many bytes.
func written(text string, e charset.Encoding, piece int) (string, error) {
	var b strings.Builder
	w := charset.NewWriter(&b, e)
	for len(text) > 0 {
		n := min(piece, len(text))
		if m, err := w.Write([]byte(text[:n])); err != nil {
			return b.String(), err
		} else if m != n {
			return b.String(), io.ErrShortWrite
		}
		text = text[n:]
	}
	return b.String(), nil
}

func TestWriter(t *testing.T) {
	long := strings.Repeat("port,år,12345678\n", 5000)
	for _, tt := range []struct {
		name, text string
		enc        charset.Encoding
		want       string
	}{
		{"Latin-1", "Bååt\u0080 12345678æ¤", charset.Latin1, "B\xe5\xe5t\x80 12345678\xe6\xa4"},
		{"Latin-9", "€åŽ½", charset.Latin9, ""}, // ½ lost its place to œ
		{"Latin-9 without it", "€åŽ", charset.Latin9, "\xa4\xe5\xb4"},
		{"windows-1252", "€–åÿŸ", charset.Windows1252, "\x80\x96\xe5\xff\x9f"},
		{"little end first", "a€🚢\n", charset.UTF16LE, "a\x00\xac\x20\x3d\xd8\xa2\xde\n\x00"},
		{"big end first", "a€🚢\n", charset.UTF16BE, "\x00a\x20\xac\xd8\x3d\xde\xa2\x00\n"},
		{"a mark", "\ufeffa", charset.UTF16LE, "\xff\xfea\x00"},
		{"nothing", "", charset.UTF16LE, ""},
		{"long", long, charset.Latin1, strings.ReplaceAll(long, "å", "\xe5")},
		{"no UTF-8", "a\xffb", charset.UTF16BE, "\x00a\xff\xfd\x00b"},
	} {
		for _, piece := range []int{1, 3, 7, 1 << 20} {
			got, err := written(tt.text, tt.enc, piece)
			if tt.want == "" && tt.text != "" {
				if err == nil {
					t.Errorf("%s, by %d: there is no error", tt.name, piece)
				}
				continue
			}
			if got != tt.want || err != nil {
				t.Errorf("%s, by %d: %.60q, %v, want %.60q", tt.name, piece, got, err, tt.want)
			}
		}
	}
	broken := errors.New("the disk is full")
	if _, err := charset.NewWriter(failing{broken}, charset.Latin1).Write([]byte("a")); err != broken {
		t.Errorf("the error of writing is %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestLacks: a character that an encoding does not have is told with its place.
func TestLacks(t *testing.T) {
	for _, tt := range []struct {
		text  string
		enc   charset.Encoding
		piece int
		want  charset.LacksError
	}{
		{"a\nport,Łódź,12\nb", charset.Latin1, 100, charset.LacksError{Char: 'Ł', Encoding: charset.Latin1, Line: 2, Before: "port,", After: "ódź,12"}},
		{"a\nport,Łódź,12\nb", charset.Windows1252, 7, charset.LacksError{Char: 'Ł', Encoding: charset.Windows1252, Line: 2, Before: "", After: "ódź"}},
		{"\u0081", charset.Windows1252, 100, charset.LacksError{Char: 0x81, Encoding: charset.Windows1252, Line: 1}},
		{"¤", charset.Latin9, 100, charset.LacksError{Char: '¤', Encoding: charset.Latin9, Line: 1}},
		{strings.Repeat("å", 300) + "🚢" + strings.Repeat("å", 300), charset.Latin9, 10000,
			charset.LacksError{Char: '🚢', Encoding: charset.Latin9, Line: 1, Before: strings.Repeat("å", 100), After: strings.Repeat("å", 100)}},
	} {
		_, err := written(tt.text, tt.enc, tt.piece)
		var got *charset.LacksError
		if !errors.As(err, &got) || *got != tt.want {
			t.Errorf("%.20q in %s: %+v, want %+v", tt.text, tt.enc, got, tt.want)
		}
	}
	e := &charset.LacksError{Char: 'Ł', Encoding: charset.Latin1, Line: 2}
	if want := `line 2: 'Ł' (U+0141) is no character of iso-8859-1`; e.Error() != want {
		t.Errorf("it says %s", e)
	}
}

// TestWriterReader: what is written in an encoding is read as it was, all characters that
// it has; and what the reader makes of every byte is written as that byte.
func TestWriterReader(t *testing.T) {
	for _, e := range []charset.Encoding{charset.UTF16BE, charset.UTF16LE, charset.Latin1, charset.Latin9, charset.Windows1252} {
		n := 0
		for u := rune(1); u <= utf8.MaxRune; u++ {
			if !utf8.ValidRune(u) || u > 0x2fff && u%97 != 0 || u == 0xfeff {
				continue
			}
			text, err := written(string(u), e, 10)
			if err != nil {
				continue
			}
			n++
			if back, err := io.ReadAll(charset.NewReader(strings.NewReader(text), e)); string(back) != string(u) || err != nil {
				t.Errorf("%U in %s is %q, and back %q, %v", u, e, text, back, err)
			}
		}
		switch {
		case e.HasMark() && n < 20_000:
			t.Errorf("%s has %d characters", e, n)
		case e == charset.Windows1252 && n != 250, (e == charset.Latin1 || e == charset.Latin9) && n != 255:
			t.Errorf("%s has %d characters", e, n)
		}
	}
}

func TestWriting(t *testing.T) {
	for name, want := range map[string]struct {
		e      charset.Encoding
		marked bool
	}{"": {charset.UTF8, false}, "utf-8": {charset.UTF8, false}, "UTF-16": {charset.UTF16LE, true}, "utf16": {charset.UTF16LE, true}, "utf-16le": {charset.UTF16LE, false}, "latin1": {charset.Latin1, false}} {
		if e, marked, ok := charset.Writing(name); e != want.e || marked != want.marked || !ok {
			t.Errorf("%q is %v, %t, %t", name, e, marked, ok)
		}
	}
	if _, marked, ok := charset.Writing("ebcdic"); ok || marked {
		t.Error("ebcdic is known")
	}
}

// FuzzWriter: what is written is the same in whatever pieces it comes, and is read as it
// was if it is UTF-8.
func FuzzWriter(f *testing.F) {
	f.Add([]byte("Bååt,€\n"), uint8(0), uint8(1))
	f.Add([]byte("\xffŁ🚢"), uint8(4), uint8(3))
	f.Fuzz(func(t *testing.T, text []byte, e, piece uint8) {
		enc := charset.UTF16BE + charset.Encoding(e%5)
		text = append(text, '\n') // a text that ends within a character is none
		whole, err := written(string(text), enc, len(text))
		pieces, perr := written(string(text), enc, 1+int(piece))
		if (err == nil) != (perr == nil) || err == nil && whole != pieces {
			t.Fatalf("%q, %v, and in pieces %q, %v", whole, err, pieces, perr)
		}
		if err != nil || !utf8.Valid(text) || bytes.Contains(text, []byte("\ufeff")) {
			return
		}
		if back, err := io.ReadAll(charset.NewReader(strings.NewReader(whole), enc)); !bytes.Equal(back, text) || err != nil {
			t.Fatalf("%q is %q, %v", text, back, err)
		}
	})
}

func BenchmarkWriter(b *testing.B) {
	text := []byte(strings.Repeat("Grünerløkka,2024,65480\n", 3000))
	for _, e := range []charset.Encoding{charset.Windows1252, charset.UTF16LE} {
		b.Run(e.String(), func(b *testing.B) {
			w := charset.NewWriter(io.Discard, e)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				_, _ = w.Write(text)
			}
		})
	}
}
