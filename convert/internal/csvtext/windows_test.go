package csvtext_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
)

// listed are the records of a text, a line each, with the line that they begin in
// above the given one, and how they end.
func listed(r io.Reader, sep string, skip int, above int64) string {
	var b strings.Builder
	rec := csvtext.New(r, sep)
	if err := rec.SkipBOM(); err != nil {
		return err.Error()
	}
	for i := 0; ; i++ {
		fields, line, err := rec.Next()
		var wrong *csvtext.Error
		switch {
		case err == io.EOF:
			return b.String() + "end"
		case errors.As(err, &wrong):
			return b.String() + fmt.Sprintf("%d: %s", wrong.Line-above, wrong.Msg)
		case err != nil:
			return b.String() + err.Error()
		}
		if i >= skip {
			fmt.Fprintf(&b, "%d: %q, then %d\n", line-above, fields, rec.Line()-above)
		}
	}
}

// awkward are texts whose meaning hangs on what follows.
var awkward = []struct{ name, text, sep, want string }{
	{"a carriage return between", "a\rb,c\r\n", ",", "1: [\"a\\rb\" \"c\"], then 2\nend"},
	{"a carriage return at the end", "a,b\r", ",", "1: [\"a\" \"b\"], then 2\nend"},
	{"two carriage returns", "a,b\r\r\nc,d\n", ",", "1: [\"a\" \"b\"], then 2\n2: [\"c\" \"d\"], then 3\nend"},
	{"empty fields", ",\n,,\n", ",", "1: [\"\" \"\"], then 2\n2: [\"\" \"\" \"\"], then 3\nend"},
	{"an empty field in quotes alone", "a\n\"\"\nb\n", ",", "1: [\"a\"], then 2\n3: [\"b\"], then 4\nend"},
	{"quotes, then CRLF", "\"a\",\"b\"\r\n\"c\",d\r\n", ",", "1: [\"a\" \"b\"], then 2\n2: [\"c\" \"d\"], then 3\nend"},
	{"quotes, then the end", "x,\"a\"", ",", "1: [\"x\" \"a\"], then 2\nend"},
	{"quotes, then a carriage return and the end", "x,\"a\"\r", ",", "1: [\"x\" \"a\"], then 2\nend"},
	{"quotes, then a carriage return and more", "x,\"a\"\rb\n", ",", "1: \"\\rb\\n\" follows the quotes around a field: quotes inside are doubled"},
	{"doubled quotes", "\"\"\"\",\"a\"\"\",\"\"\"b\",\"c\"\"d\"\n", ",", "1: [\"\\\"\" \"a\\\"\" \"\\\"b\" \"c\\\"d\"], then 2\nend"},
	{"doubled quotes at the end", "x,\"a\"\"\"", ",", "1: [\"x\" \"a\\\"\"], then 2\nend"},
	{"a quote inside a bare field", "a\"b,c\n", ",", "1: [\"a\\\"b\" \"c\"], then 2\nend"},
	{"a bare field behind quotes", "\"a\",b\r\n\"a\",b\r", ",", "1: [\"a\" \"b\"], then 2\n2: [\"a\" \"b\"], then 3\nend"},
	{"a separator at the end of quotes", "\"a\",\n\"b\",", ",", "1: [\"a\" \"\"], then 2\n2: [\"b\" \"\"], then 3\nend"},
	{"newlines in quotes", "\"a\nb\r\nc\",d\ne,\"f\n\"\ng,h\n", ",", "1: [\"a\\nb\\r\\nc\" \"d\"], then 4\n4: [\"e\" \"f\\n\"], then 6\n6: [\"g\" \"h\"], then 7\nend"},
	{"a quote that is not closed", "a,b\nc,\"d\ne\n", ",", "1: [\"a\" \"b\"], then 2\n2: a quote is not closed"},
	{"a fault behind newlines", "\"a\nb\"x", ",", "2: \"x\" follows the quotes around a field: quotes inside are doubled"},
	{"a separator of two", "a:b::\"c\"::d:\n\"e\"::f", "::", "1: [\"a:b\" \"c\" \"d:\"], then 2\n2: [\"e\" \"f\"], then 3\nend"},
	{"half a separator behind quotes", "\"a\":\n", "::", "1: \":\\n\" follows the quotes around a field: quotes inside are doubled"},
	{"a separator of three, cut off", "\"a\":=", ":=:", "1: \":=\" follows the quotes around a field: quotes inside are doubled"},
	{"rows that begin alike", "aa,bb,c\naa,bb,d\naa,b,d\naaa,b\na\naa,bb,c\n", ",", "1: [\"aa\" \"bb\" \"c\"], then 2\n2: [\"aa\" \"bb\" \"d\"], then 3\n3: [\"aa\" \"b\" \"d\"], then 4\n4: [\"aaa\" \"b\"], then 5\n5: [\"a\"], then 6\n6: [\"aa\" \"bb\" \"c\"], then 7\nend"},
	{"rows alike in eight bytes and more", "12345678,x\n12345678,y\n123456789,y\n12345678,y,z\n", ",", "1: [\"12345678\" \"x\"], then 2\n2: [\"12345678\" \"y\"], then 3\n3: [\"123456789\" \"y\"], then 4\n4: [\"12345678\" \"y\" \"z\"], then 5\nend"},
	{"blanks around fields", " a, b\t,c \n \u00a0a ,\u3000b,\u00e5 \r\n,  ,\n", ",", "1: [\"a\" \"b\" \"c\"], then 2\n2: [\"a\" \"b\" \"å\"], then 3\n3: [\"\" \"\" \"\"], then 4\nend"},
	{"blanks in quotes", "\" a\",\"b \"\n\" \",c \n", ",", "1: [\" a\" \"b \"], then 2\n2: [\" \" \"c\"], then 3\nend"},
	{"blanks around quotes", " \"a,b\" ,\u2003\"c\"\u00a0, d\t\n\"a\" \r\n\"b\"\t", ",", "1: [\"a,b\" \"c\" \"d\"], then 2\n2: [\"a\"], then 3\n3: [\"b\"], then 4\nend"},
	{"a blank and text behind quotes", "\"a\" b,c\n", ",", "1: \"b,c\\n\" follows the quotes around a field: quotes inside are doubled"},
	{"a letter that begins like a blank", "\u00e5,\"b\"\u00e5\n", ",", "1: \"å\\n\" follows the quotes around a field: quotes inside are doubled"},
	{"tabs for separators", " a\t b \t\t\"c\" \t\n\t\t\td\n", "\t", "1: [\"a\" \"b\" \"\" \"c\" \"\"], then 2\n2: [\"\" \"\" \"\" \"d\"], then 3\nend"},
	{"blanks for separators", "a b\t  \"c\"  d\n", " ", "1: [\"a\" \"b\" \"\" \"c\" \"\" \"d\"], then 2\nend"},
	{"a separator that begins with a blank", "a : \"b : c\" : d \n", " : ", "1: [\"a\" \"b : c\" \"d\"], then 2\nend"},
	{"a line of blanks", "a\n  \nb\n", ",", "1: [\"a\"], then 2\n3: [\"b\"], then 4\nend"},
	{"nothing", "", ",", "end"},
	{"empty lines", "\n\r\n\n", ",", "end"},
}

// TestWindowEnds reads each text alone, byte by byte, and behind a line that is so
// long that the window ends at each of its bytes.
func TestWindowEnds(t *testing.T) {
	const window = 256 << 10
	for _, tt := range awkward {
		t.Run(tt.name, func(t *testing.T) {
			if got := listed(strings.NewReader(tt.text), tt.sep, 0, 0); got != tt.want {
				t.Fatalf("it is\n%s\nwant\n%s", got, tt.want)
			}
			if got := listed(iotest.OneByteReader(strings.NewReader(tt.text)), tt.sep, 0, 0); got != tt.want {
				t.Fatalf("byte by byte it is\n%s\nwant\n%s", got, tt.want)
			}
			for k := -1; k <= len(tt.text)+1; k++ {
				long := strings.Repeat("x", window-k-1) + "\n"
				if got := listed(strings.NewReader(long+tt.text), tt.sep, 1, 1); got != tt.want {
					t.Fatalf("with the end of the window at byte %d it is\n%s\nwant\n%s", k, got, tt.want)
				}
			}
		})
	}
}

// TestSame holds how many leading fields are known to be those of the record before.
func TestSame(t *testing.T) {
	rec := csvtext.New(strings.NewReader("aa,bb,c\naa,bb,d\naa,bb,d\naa,b,d\n\"aa\",b,d\naa,b,d\naa,b,e\nab,b,e\n12345678,x\n12345678,y\n"), ",")
	for i, want := range []int{0, 2, 2, 1, 0, 0, 2, 0, 0, 1} {
		if _, _, err := rec.Next(); err != nil || rec.Same() != want {
			t.Errorf("record %d has %d fields of the one before, want %d (%v)", i+1, rec.Same(), want, err)
		}
	}
}

// TestReadError: an error of the reader comes out where it happens.
func TestReadError(t *testing.T) {
	broken := errors.New("the line is broken")
	for _, behind := range []string{"", "a,b\n", "a,b\nc"} {
		got := listed(io.MultiReader(strings.NewReader(behind), iotest.ErrReader(broken)), ",", 0, 0)
		if !strings.HasSuffix(got, broken.Error()) {
			t.Errorf("behind %q: %s", behind, got)
		}
	}
}

// TestNumbers holds what is a number, and how JSON writes it.
func TestNumbers(t *testing.T) {
	for _, tt := range []struct{ text, mark, want string }{
		{"0", ".", "0"}, {"-0", ".", "-0"}, {"+0", ".", "0"}, {"00", ".", "0"}, {"-00.50", ".", "-0.50"}, {"0.0", ".", "0.0"}, {"10", ".", "10"}, {"100.010", ".", "100.010"},
		{"9", ".", "9"}, {"/", ".", ""}, {":", ".", ""}, {"1.9", ".", "1.9"}, {"1.:", ".", ""}, {"1e9", ".", "1e9"}, {"1e:", ".", ""},
		{"-.5", ".", "-0.5"}, {"+.5", ".", "0.5"}, {"-5.", ".", "-5"}, {".", ".", ""}, {"-.", ".", ""}, {"+", ".", ""}, {"--1", ".", ""}, {"+-1", ".", ""}, {"1-", ".", ""}, {"1..2", ".", ""},
		{"1e5", ".", "1e5"}, {"1E+05", ".", "1E+05"}, {"1e-5", ".", "1e-5"}, {"1e+", ".", ""}, {"1e5x", ".", ""}, {"e5", ".", ""}, {".e5", ".", ""}, {"1.e5", ".", "1e5"}, {"1.E5", ".", "1E5"}, {"01e5", ".", "1e5"}, {".5e5", ".", "0.5e5"}, {"1.5e5", ".", "1.5e5"},
		{" 1", ".", "1"}, {"1 ", ".", "1"}, {"! 1", ".", ""}, {"1\t", ".", "1"}, {" ", ".", ""}, {" \t1.5 ", ".", "1.5"},
		{"1,5", ",", "1.5"}, {",5", ",", "0.5"}, {"5,", ",", "5"}, {"1,5,5", ",", ""}, {"1,000.5", ",", ""}, {"1.000", ",", ""}, {"-1,50e3", ",", "-1.50e3"}, {"15", ",", "15"}, {"1·5", "·", "1.5"}, {"1..5", "..", "1.5"},
	} {
		var room []byte
		got, ok := csvtext.Number([]byte(tt.text), tt.mark, &room)
		if ok != (tt.want != "") || ok && string(got) != tt.want {
			t.Errorf("Number(%q, %q) is %q, %t, want %q", tt.text, tt.mark, got, ok, tt.want)
		}
	}
}
