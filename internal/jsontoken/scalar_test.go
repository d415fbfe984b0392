package jsontoken

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// scalars are all that may stand for a value outside of containers. Reading
// each must give the same through every window, alone and in a row of cells.
var scalars = []struct {
	text string
	kind Kind
}{
	{"null", Null}, {"true", True}, {"false", False},

	{"0", Number}, {"7", Number}, {"-1", Number}, {"10", Number}, {"100", Number}, {"1234567", Number}, {"12345678", Number},
	{"123456789", Number}, {"1234567890123456", Number}, {"12345678901234567", Number},
	{"123456789012345678901", Number}, {"-123456789012345678901", Number}, // 21 digits
	{"1234567890123456789012", Raw}, {"-1234567890123456789012", Raw}, // 22 digits
	{"100000000000000000000", Number}, {"1000000000000000000000", Raw}, // 1e20, 1e21
	{"-0", Raw}, {"-0.0", Raw}, {"0.0", Raw}, {"-0.5", Number},
	{"0.5", Number}, {"1.5", Number}, {"1.25", Number}, {"-12.75", Number}, {"12345678.12345678", Number}, {"123.456789012345678901234567890123", Number},
	{"1.0", Raw}, {"1.50", Raw}, {"100.0", Raw}, {"0.10", Raw},
	{"0.000001", Number}, {"0.0000001", Raw}, {"0.0000010", Raw}, {"0.00000123", Number}, {"0.000000123", Raw}, {"0.0000000", Raw},
	{"0.1234567", Number}, {"-0.12345678901234567890", Raw}, {"0.12345678901234567891", Number},
	{"1e5", Raw}, {"1E+5", Raw}, {"1e-7", Raw}, {"1.5E3", Raw}, {"0e0", Raw}, {"-0E-0", Raw}, {"1e400", Raw}, {"1e-400", Raw}, {"1e0000000000000000000000001", Raw},

	{`""`, String}, {`"a"`, String}, {`"1234567"`, String}, {`"12345678"`, String}, {`"a longer text of plain letters"`, String},
	{`"\"\\\/\b\f\n\r\t"`, String}, {`"\u0000\u00e5\u00E5\uFFFF"`, String}, {`"\ud83d\ude00"`, String}, {`"\ud83d"`, String}, {`"\ude00\ud83d"`, String}, {`"\ud83d\u0041"`, String},
	{`"` + "é€🙂\u007f\u2028\ufffd\U0010ffff" + `"`, String}, {`"` + "\u0080\u07ff\u0800\ud7ff\ue000\uffff\U00010000" + `"`, String},
}

func TestScalar(t *testing.T) {
	for _, test := range scalars {
		kind := test.kind
		if !json.Valid([]byte(test.text)) {
			t.Errorf("%s: the test is not JSON", test.text)
		}
		named, _ := readAll(t, test.text)
		if named.Err != "" || named.Tokens[0].Kind != kind || named.Text != test.text {
			t.Errorf("%s: %s, kind %d, want %d; %s", test.text, named.Text, named.Tokens[0].Kind, kind, named.Err)
		}
		text := "[" + strings.Repeat(test.text+",", 3) + " " + test.text + " , " + test.text + "\n]"
		for name, r := range ways(text) {
			_, list, err := row(r, window.ChunkCells)
			if len(list) != 5 || err != nil {
				t.Fatalf("%s, %s: %d cells, %v", text, name, len(list), err)
			}
			for _, c := range list {
				if c.Kind != kind || c.Text != test.text {
					t.Fatalf("%s, %s: cell is %s, kind %d, want %d", text, name, c.Text, c.Kind, kind)
				}
			}
		}
	}
}

// TestFault has what is no JSON, with the place where it is noticed marked.
func TestFault(t *testing.T) {
	const (
		digit = "a digit"
		cut   = "ends too early"
	)
	for _, test := range []struct{ input, want string }{
		{"∆", cut}, {" \n∆", cut},
		{"nul∆", cut}, {"n∆", cut}, {"∆nulx", "expected a value"}, {"∆Null", "expected a value"}, {"∆nan", "expected a value"}, {"∆undefined", "expected a value"}, {"∆'a'", "strings take"},
		{"fals∆", cut}, {"tru∆", cut}, {"null∆x", "after the end"}, {"true∆false", "after the end"},
		{"∆NaN", "NaN and Infinity"}, {"∆Infinity", "NaN and Infinity"}, {"∆-Infinity", "NaN and Infinity"}, {"∆-NaN", "NaN and Infinity"}, {"∆-Inf", "NaN and Infinity"},

		{"-∆", cut}, {"-∆x", digit}, {"-∆-1", digit}, {"∆+1", "expected a value"}, {"∆.5", "expected a value"}, {"-∆.5", digit},
		{"1.∆", cut}, {"1.∆x", digit}, {"1.∆e5", digit}, {"1.∆.5", digit}, {"1e∆", cut}, {"1e+∆", cut}, {"1E-∆x", digit}, {"1e∆.5", digit}, {"1e+∆-5", digit},
		{"∆01", "leading zero"}, {"∆-01", "leading zero"}, {"∆00", "leading zero"}, {"∆007.5", "leading zero"}, {"0∆x1", "after the end"}, {"1∆_000", "after the end"}, {"1 ∆000", "after the end"},
		{"1∆,5", "after the end"}, {"1.5∆.5", "after the end"},

		{`"∆`, cut}, {`"abc∆`, cut}, {`"abc\∆`, cut}, {`"\u∆`, cut}, {`"\u12∆`, cut}, {"\"\xc3∆", cut}, {"\"\xf0\x9f\x99∆", cut},
		{`"∆\x"`, `bad escape in a string: \x`}, {`"a∆\u12g4"`, `bad escape in a string: \u`}, {`"∆\u12"`, `\u`}, {`"∆\ug`, `\u`}, {`"∆\'"`, `\'`}, {`"∆\U0041"`, `\U`}, {"\"∆\\\n\"", `0x0a`},
		{"\"∆\n\"", "control character 0x0a in a string"}, {"\"a∆\x00\"", "NUL character in a string"}, {"\"∆\x1f\"", "0x1f"},
		{"\"∆\xff\"", "byte 0xff is not UTF-8"}, {"\"a∆\xe5b\"", "byte 0xe5 is not UTF-8"}, {"\"∆\x80\"", "0x80"},
		{"\"∆\xc0\xaf\"", "0xc0"}, {"\"∆\xc1\xbf\"", "0xc1"}, {"\"∆\xe0\x80\xaf\"", "0xe0"}, {"\"∆\xe0\x9f\xbf\"", "0xe0"}, {"\"∆\xf0\x80\x80\xaf\"", "0xf0"}, {"\"∆\xf0\x8f\xbf\xbf\"", "0xf0"}, // overlong
		{"\"∆\xed\xa0\x80\"", "0xed"}, {"\"∆\xed\xbf\xbf\"", "0xed"}, // halves of surrogates
		{"\"∆\xf4\x90\x80\x80\"", "0xf4"}, {"\"∆\xf5\x80\x80\x80\"", "0xf5"}, {"\"é∆\xc3(\"", "0xc3"}, {"\"∆\xe2\x82\"", "0xe2"},
		{"∆\xe5", "byte 0xe5"}, {"∆é", "character é"}, {"∆\x00", "NUL"}, {"∆\x1b[0m", "0x1b"}, {"∆//", "character /"},
	} {
		text, off := split(test.input)
		if json.Valid([]byte(text)) && utf8.ValidString(text) {
			t.Errorf("%q: the test is JSON", text)
		}
		named, _ := readAll(t, text)
		if !strings.Contains(named.Err, test.want) || !strings.Contains(named.Err, fmt.Sprintf("Offset:%d ", off)) {
			t.Errorf("%q: %s, want %s at %d", text, named.Err, test.want, off)
		}
		if isNaN := strings.Contains(test.want, "NaN"); isNaN != strings.Contains(named.Err, "NaN:true") {
			t.Errorf("%q: %s, want NaN %v", text, named.Err, isNaN)
		}
		if bad := strings.Contains(test.want, "0x") && text[off] >= 0x80 && off > 0; bad != strings.Contains(named.Err, "UTF8:true") {
			t.Errorf("%q: %s, want UTF8 %v", text, named.Err, bad)
		}
	}
}

// TestNaN reads what is no JSON as null, on request.
func TestNaN(t *testing.T) {
	text := `[NaN,Infinity,-Infinity,-1,null , NaN , -Infinity , Infinity]`
	for name, r := range ways(text) {
		r.NaN = true
		_, list, err := row(r, window.ChunkCells)
		if got := written(list, false); err != nil || got != strings.ReplaceAll(text, " ", "") {
			t.Fatalf("%s: %s, %v", name, got, err)
		}
		for i, c := range list {
			if (c.Kind == Null) != (i != 3) {
				t.Errorf("%s: kind of cell %d is %d", name, i, c.Kind)
			}
		}
	}
	text = `{"a":[NaN,-Infinity,null,{"b": Infinity}],"value":[NaN]}`
	for name, r := range ways(text) {
		r.NaN = true
		if o, _ := read(r, false); !strings.HasPrefix(o.Text, `{"a":[null,null,null,{"b":null}],"value":`) {
			t.Fatalf("%s: %s, %s", name, o.Text, o.Err)
		}
	}
	for _, text := range []string{"nan", "-NaN", "Inf", "-Inf", "-infinity", "-", "-x", "NA", "1NaN"} {
		for name, r := range ways(text) {
			r.NaN = true
			if o, _ := read(r, false); o.Err == "" {
				t.Errorf("%s, %s: no error", text, name)
			}
		}
	}
}

func TestNumberKind(t *testing.T) {
	for _, test := range scalars {
		kind, ok := NumberKind(test.text)
		if want := test.kind == Number || test.kind == Raw; ok != want || (ok && kind != test.kind) {
			t.Errorf("%s: %d, %v", test.text, kind, ok)
		}
	}
	for _, text := range []string{"", " 1", "1 ", "1\n", "1\x00", "\x001", "-", "--1", "+1", "1.", ".1", "1e", "01", "1,0", "0x10", "1_0", "NaN", "-Infinity", "१", "1" + strings.Repeat("0", 100) + "x"} {
		if _, ok := NumberKind(text); ok {
			t.Errorf("%q is a number", text)
		}
	}
	if _, ok := NumberKind("1" + strings.Repeat("0", 100)); !ok {
		t.Error("a hundred zeros are no number")
	}
}

func TestUnquote(t *testing.T) {
	for _, test := range []struct{ quoted, want string }{
		{`""`, ""}, {`"a"`, "a"}, {`"\"\\\/\b\f\n\r\t"`, "\"\\/\b\f\n\r\t"}, {`"\u00e5\u00E5x"`, "ååx"}, {`"\u0000"`, "\x00"},
		{`"\ud83d\ude00!"`, "😀!"}, {`"\uD83D\uDE00"`, "😀"}, {`"\ud83d"`, "\ufffd"}, {`"\ude00"`, "\ufffd"}, {`"\ud83d\ud83d\ude00"`, "\ufffd😀"},
		{`"\ud83dx"`, "\ufffdx"}, {`"\ud83d\n"`, "\ufffd\n"}, {`"\ud83d\u0041"`, "\ufffdA"}, {`"\ud83d\\u0041"`, "\ufffd\\u0041"}, {`"é\né"`, "é\né"},
	} {
		if got := string(Unquote(nil, []byte(test.quoted))); got != test.want {
			t.Errorf("Unquote(%s) = %q, want %q", test.quoted, got, test.want)
		}
		var other string
		if err := json.Unmarshal([]byte(test.quoted), &other); err != nil || other != test.want {
			t.Errorf("encoding/json reads %s as %q, %v", test.quoted, other, err)
		}
	}
}
