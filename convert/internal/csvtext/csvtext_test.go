package csvtext

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

func TestRecords(t *testing.T) {
	tests := []struct {
		name, text, sep string
		want            [][]string
		lines           []int64
		err             string
	}{
		{"plain", "a,b\n1,2\n", ",", [][]string{{"a", "b"}, {"1", "2"}}, []int64{1, 2}, ""},
		{"no newline at the end", "a,b\n1,2", ",", [][]string{{"a", "b"}, {"1", "2"}}, []int64{1, 2}, ""},
		{"CRLF and empty lines", "a\r\n\r\nb\r\n", ",", [][]string{{"a"}, {"b"}}, []int64{1, 3}, ""},
		{"quotes", "\"a\"\"b\",\"c\nd\"\ne,f\n", ",", [][]string{{`a"b`, "c\nd"}, {"e", "f"}}, []int64{1, 3}, ""},
		{"a long separator", "a::b\n", "::", [][]string{{"a", "b"}}, []int64{1}, ""},
		{"byte order mark", "\ufeffa\n", ",", [][]string{{"a"}}, []int64{1}, ""},
		{"a quote that does not end", "a\n\"b\n", ",", [][]string{{"a"}}, []int64{1}, "line 2: a quote is not closed"},
		{"text behind quotes", "\"a\"b\n", ",", nil, nil, `line 1: "b\n" follows the quotes around a field: quotes inside are doubled`},
	}
	for _, tt := range tests {
		for name, r := range map[string]io.Reader{"at once": strings.NewReader(tt.text), "byte by byte": iotest.OneByteReader(strings.NewReader(tt.text))} {
			t.Run(tt.name+" "+name, func(t *testing.T) {
				rec := New(r, tt.sep)
				if err := rec.SkipBOM(); err != nil {
					t.Fatal(err)
				}
				var got [][]string
				var lines []int64
				for {
					fields, line, err := rec.Next()
					if err == io.EOF {
						if tt.err != "" {
							t.Errorf("no error, want %q", tt.err)
						}
						break
					}
					if err != nil {
						if _, ok := errors.AsType[*Error](err); !ok || err.Error() != tt.err {
							t.Errorf("error %q, want %q", err, tt.err)
						}
						break
					}
					var row []string
					for _, f := range fields {
						row = append(row, string(f))
					}
					got, lines = append(got, row), append(lines, line)
				}
				if !reflect.DeepEqual(got, tt.want) || !reflect.DeepEqual(lines, tt.lines) {
					t.Errorf("got %q in lines %d, want %q in %d", got, lines, tt.want, tt.lines)
				}
			})
		}
	}
}

func TestNumber(t *testing.T) {
	tests := []struct{ text, mark, want string }{
		{"12.50", ".", "12.50"}, {" 7 ", ".", "7"}, {"+5", ".", "5"}, {".5", ".", "0.5"}, {"5.", ".", "5"},
		{"007", ".", "7"}, {"-007", ".", "-7"}, {"1E3", ".", "1E3"}, {"1,5", ",", "1.5"}, {"1.5", ",", ""},
		{"", ".", ""}, {"-", ".", ""}, {"0x10", ".", ""}, {"NaN", ".", ""}, {"1e", ".", ""}, {"1 2", ".", ""}, {"000", ".", "0"},
	}
	var room []byte
	for _, tt := range tests {
		got, ok := Number([]byte(tt.text), tt.mark, &room)
		if ok != (tt.want != "") || ok && string(got) != tt.want {
			t.Errorf("Number(%q, %q) = %q, %v, want %q", tt.text, tt.mark, got, ok, tt.want)
		}
		if tt.mark == "." && tt.text == strings.TrimSpace(tt.text) && IsNumber([]byte(tt.text)) != ok {
			t.Errorf("IsNumber(%q) is %v", tt.text, !ok)
		}
	}
}

// A text that is cut off is not one that ends: gzip says io.ErrUnexpectedEOF.
func TestRecordsCutOff(t *testing.T) {
	for _, text := range []string{"", "a,b\n", "a,b\n1,2"} {
		r := New(io.MultiReader(strings.NewReader(text), iotest.ErrReader(io.ErrUnexpectedEOF)), ",")
		var err error
		for err == nil {
			_, _, err = r.Next()
		}
		if err != io.ErrUnexpectedEOF {
			t.Errorf("%q: the error is %v", text, err)
		}
	}
}
