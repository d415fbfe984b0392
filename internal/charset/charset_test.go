package charset_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/jsonstat-go/toolkit/internal/charset"
)

// units is a text in UTF-16.
func units(text string, little bool) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		if little {
			b = append(b, byte(u), byte(u>>8))
		} else {
			b = append(b, byte(u>>8), byte(u))
		}
	}
	return string(b)
}

func TestNamed(t *testing.T) {
	for name, want := range map[string]charset.Encoding{
		"": charset.UTF8, "UTF-8": charset.UTF8, "utf8": charset.UTF8, "Latin1": charset.Latin1, "ISO_8859-1": charset.Latin1, "iso-8859-15": charset.Latin9,
		"cp1252": charset.Windows1252, "utf-16": charset.UTF16LE, "UTF-16LE": charset.UTF16LE, "utf 16 be": charset.UTF16BE,
	} {
		if e, ok := charset.Named(name); !ok || e != want {
			t.Errorf("%q is %v, %t", name, e, ok)
		}
	}
	if _, ok := charset.Named("ebcdic"); ok {
		t.Error("ebcdic is known")
	}
	for _, name := range strings.Split(charset.Names, ", ") {
		if e, ok := charset.Named(name); !ok || name != "utf-16" && e.String() != name {
			t.Errorf("%q is called %q", name, e)
		}
	}
}

func TestOf(t *testing.T) {
	for _, tt := range []struct {
		said charset.Encoding
		head string
		want charset.Encoding
	}{
		{charset.UTF8, "a", charset.UTF8},
		{charset.UTF8, "", charset.UTF8},
		{charset.Latin1, "\ufeffa", charset.UTF8},
		{charset.UTF8, "\xff\xfea\x00", charset.UTF16LE},
		{charset.Windows1252, "\xfe\xff\x00a", charset.UTF16BE},
		{charset.UTF16LE, "\x00a", charset.UTF16BE},
		{charset.UTF16BE, "a\x00", charset.UTF16LE},
		{charset.UTF16LE, "a\x00", charset.UTF16LE},
		{charset.UTF16LE, "a", charset.UTF16LE},
		{charset.UTF16LE, "\x00\x00", charset.UTF16LE},
		{charset.Latin1, "\x00a", charset.Latin1},
	} {
		if e := charset.Of(tt.said, []byte(tt.head)); e != tt.want {
			t.Errorf("%q, said to be %v, is %v, want %v", tt.head, tt.said, e, tt.want)
		}
	}
}

func TestUnmarked(t *testing.T) {
	for _, tt := range []struct {
		text string
		want charset.Encoding
		ok   bool
	}{
		{units("port,year\nBodø,2024\n", true), charset.UTF16LE, true},
		{units("port,year\nBodø,2024\n", false), charset.UTF16BE, true},
		{units("город,год\nМосква,2024\n", true), charset.UTF16LE, true},
		{"port,year\nBod\xf8,2024\n", charset.UTF8, false},
		{"", charset.UTF8, false},
		{"PAR1\x15\x04\x00\x00\x00\x00\x15", charset.UTF8, false},
		{"port,year\nA\x00,2024\nB,2024\n", charset.UTF8, false},
	} {
		if e, ok := charset.Unmarked([]byte(tt.text)); e != tt.want || ok != tt.ok {
			t.Errorf("%q is %v, %t", tt.text, e, ok)
		}
	}
}

func TestReader(t *testing.T) {
	long := strings.Repeat("port,år,🚢\n", 5000)
	for _, tt := range []struct {
		name, text string
		enc        charset.Encoding
		want       string
		line, at   int64 // of the error
		msg        string
	}{
		{"Latin-1", "B\xe5\xe5t\x80 12345678\xe6", charset.Latin1, "Bååt\u0080 12345678æ", 0, 0, ""},
		{"Latin-9", "\xa4\xe5", charset.Latin9, "€å", 0, 0, ""},
		{"windows-1252", "\x80\x96\xe5\xff", charset.Windows1252, "€–åÿ", 0, 0, ""},
		{"no character", "a\nb\n\xe5\x81c", charset.Windows1252, "a\nb\nå", 3, 5, "byte 0x81 is no character of windows-1252"},
		{"little end first", "\xff\xfe" + units(long, true), charset.UTF16LE, long, 0, 0, ""},
		{"big end first", units(long, false), charset.UTF16BE, long, 0, 0, ""},
		{"a mark inside", units("a\ufeffb", true), charset.UTF16LE, "a\ufeffb", 0, 0, ""},
		{"half a pair", units("a\n", true) + "\x3d\xd8" + units("b", true), charset.UTF16LE, "a\n", 2, 4, "half a character: the text is not UTF-16"},
		{"the second half alone", units("a\n"+long, true) + "\x00\xde", charset.UTF16LE, "a\n" + long, 5002, 110004, "half a character: the text is not UTF-16"},
		{"half a unit", units("a\n", false) + "x", charset.UTF16BE, "a\n", 2, 4, "the UTF-16 text is cut off in the middle of a character"},
		{"cut in a pair", units("a", true) + "\x3d\xd8", charset.UTF16LE, "a", 1, 2, "the UTF-16 text is cut off in the middle of a character"},
		{"nothing", "", charset.UTF16LE, "", 0, 0, ""},
	} {
		for how, r := range map[string]io.Reader{
			"at once": strings.NewReader(tt.text), "byte by byte": iotest.OneByteReader(strings.NewReader(tt.text)), "with the end": iotest.DataErrReader(strings.NewReader(tt.text)),
		} {
			got, err := io.ReadAll(charset.NewReader(r, tt.enc))
			if string(got) != tt.want {
				t.Errorf("%s, %s: %.60q, want %.60q", tt.name, how, got, tt.want)
			}
			var wrong *charset.Error
			switch {
			case tt.msg == "" && err == nil:
			case !errors.As(err, &wrong) || wrong.Line != tt.line || wrong.Offset != tt.at || wrong.Msg != tt.msg:
				t.Errorf("%s, %s: the error is %v at %+v", tt.name, how, err, wrong)
			}
		}
	}
	broken := errors.New("the line is dead")
	if _, err := io.ReadAll(charset.NewReader(io.MultiReader(strings.NewReader("a"), iotest.ErrReader(broken)), charset.Latin1)); err != broken {
		t.Errorf("the error of reading is %v", err)
	}
}

func TestLoose(t *testing.T) {
	if got := charset.Loose([]byte("\x80 \x81 \xe5")); got != "€ \u0081 å" {
		t.Errorf("it is %q", got)
	}
}

// FuzzReader: what is decoded is UTF-8, whatever it is and in whatever pieces it comes.
func FuzzReader(f *testing.F) {
	f.Add([]byte("B\xe5\x81t"), uint8(charset.Windows1252))
	f.Add([]byte(units("år\n🚢", true)), uint8(charset.UTF16LE))
	f.Add([]byte(units("år\n🚢", false)+"\xd8"), uint8(charset.UTF16BE))
	f.Fuzz(func(t *testing.T, text []byte, e uint8) {
		enc := charset.UTF16BE + charset.Encoding(e%5)
		whole, err := io.ReadAll(charset.NewReader(bytes.NewReader(text), enc))
		pieces, perr := io.ReadAll(charset.NewReader(iotest.OneByteReader(bytes.NewReader(text)), enc))
		if !bytes.Equal(whole, pieces) || (err == nil) != (perr == nil) || err != nil && err.Error() != perr.Error() {
			t.Fatalf("%q, %v, and in pieces %q, %v", whole, err, pieces, perr)
		}
		if strings.ToValidUTF8(string(whole), "") != string(whole) {
			t.Fatalf("%q is not UTF-8", whole)
		}
	})
}
