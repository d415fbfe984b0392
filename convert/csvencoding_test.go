package convert_test

import (
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
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

// latin is a text in Latin-1.
func latin(text string) string {
	var b []byte
	for _, c := range text {
		b = append(b, byte(c))
	}
	return string(b)
}

// TestReadCSVEncoding has one table in all encodings.
func TestReadCSVEncoding(t *testing.T) {
	const (
		table = "havn;år;båtplasser\r\nSørkaia;2024;1,5\r\n\"Nord, \"\"Nes\"\"\";2024;2\r\n"
		stat  = "jsonstat;,;|\ndimension;havn;Havn;1;s;Sør\ndata\nhavn;value\ns;1,5\n"
	)
	dims := `"dimension":{"havn":{"label":"havn","category":{"index":["Sørkaia","Nord, \"Nes\""]}},"år":{"label":"år","category":{"index":["2024"]}}},"value":[1.5,2]}`
	head := `"id":["havn"],"size":[1],"dimension":{"havn":{"label":"Havn","category":{"index":["s"],"label":{"s":"Sør"}}}},"value":[1.5]}`
	for _, tt := range []struct{ name, text, encoding, want string }{
		{"UTF-8", table, "", dims},
		{"UTF-8 by name", table, "UTF-8", dims},
		{"UTF-8 with its mark, though another is named", "\ufeff" + table, "latin1", dims},
		{"Latin-1", latin(table), "iso-8859-1", dims},
		{"Latin-9", latin(table), "ISO_8859-15", dims},
		{"windows-1252", strings.ReplaceAll(latin(table), "\xf8", "\x80"), "windows-1252", strings.ReplaceAll(dims, "ø", "€")},
		{"UTF-16 with a mark", units("\ufeff"+table, true), "", dims},
		{"UTF-16 with a mark, big end first", units("\ufeff"+table, false), "", dims},
		{"UTF-16 with a mark, though another is named", units("\ufeff"+table, false), "windows-1252", dims},
		{"UTF-16 without a mark", units(table, true), "utf-16le", dims},
		{"UTF-16 without a mark, big end first", units(table, false), "utf-16be", dims},
		{"UTF-16 by the name of both", units(table, false), "utf-16", dims},
		{"a line that says the separator", units("\ufeffsep=;\n"+table, true), "", dims},
		{"CSV-stat in Latin-1", latin(stat), "latin1", head},
		{"CSV-stat in UTF-16", units("\ufeff"+stat, true), "", head},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := &readOptions{Encoding: tt.encoding, Separator: ";"}
			ds, err := convert.ReadCSV(strings.NewReader(tt.text), o)
			require.NoError(t, err)
			require.Contains(t, written(t, ds), tt.want)
			ds, err = convert.ReadCSV(iotest.HalfReader(strings.NewReader(tt.text)), o)
			require.NoError(t, err)
			require.Contains(t, written(t, ds), tt.want)
		})
	}
	long := strings.Repeat("a line above\n", 7) + "a,Value\n"
	for i := range 20_000 {
		long += "kaia " + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune(0x4e00+i)) + ",1\n"
	}
	ds, err := convert.ReadCSV(strings.NewReader(units(long, true)), &readOptions{Encoding: "utf-16le"})
	require.NoError(t, err)
	require.Equal(t, int64(20_000), ds.Len())
	_, err = convert.ReadCSV(strings.NewReader(units(long+"x,2\ny,", true)+"\x00\xdc"+units("\n", true)), &readOptions{Encoding: "utf-16le"})
	require.EqualError(t, err, "line 20010: half a character: the text is not UTF-16")
	require.ErrorIs(t, err, jsonstat.ErrEncoding)
}

// TestReadCSVNotInEncoding has texts that are not what they are said to be.
func TestReadCSVNotInEncoding(t *testing.T) {
	for _, tt := range []struct{ name, text, encoding, want, looks string }{
		{"Latin-1", latin("a,Value\nx,1\nå,2\n"), "", "line 3: the text is not UTF-8", ""},
		{"Latin-1, said to be UTF-8", latin("å,Value\nx,1\n"), "utf-8", "line 1: the text is not UTF-8", ""},
		{"Latin-1 in CSV-stat", latin("jsonstat,.,|\nlabel,Båt\n"), "", "line 2: the text is not UTF-8", ""},
		{"UTF-16 without a mark", units("a,Value\nx,1\n", true), "", "line 1: the text is not UTF-8: it looks like UTF-16 without a byte order mark, utf-16le by its zeros", "utf-16le"},
		{"UTF-16 without a mark, big end first", units("a,Value\nx,1\n", false), "utf8", "line 1: the text is not UTF-8: it looks like UTF-16 without a byte order mark, utf-16be by its zeros", "utf-16be"},
		{"half a character", units("\ufeffa,Value\nx,1\n", true) + "\x00\xd8" + units(",1\n", true), "", "line 3: half a character: the text is not UTF-16", ""},
		{"a byte more", units("\ufeffa,Value\nx,1\n", true) + "x", "", "line 3: the UTF-16 text is cut off in the middle of a character", ""},
		{"no character of windows-1252", "a,Value\nx\x9d,1\n", "windows-1252", "line 2: byte 0x9d is no character of windows-1252", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := convert.ReadCSV(strings.NewReader(tt.text), &readOptions{Encoding: tt.encoding})
			require.EqualError(t, err, tt.want)
			require.ErrorIs(t, err, jsonstat.ErrEncoding)
			var wrong *convert.TableError
			require.ErrorAs(t, err, &wrong)
			require.Equal(t, tt.looks, wrong.Text)
		})
	}
	_, err := convert.ReadCSV(strings.NewReader("a,Value\nx,1\n"), &readOptions{Encoding: "ebcdic"})
	require.ErrorIs(t, err, jsonstat.ErrEncodingName)
	require.EqualError(t, err, `unknown encoding "ebcdic": it is one of utf-8, utf-16, utf-16le, utf-16be, iso-8859-1, iso-8859-15, windows-1252`)
}

// TestReadCSVText has texts as programs and people write them around the same table.
func TestReadCSVText(t *testing.T) {
	const xy = `"id":["a","b"],"size":[2,1],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}},"b":{"label":"b","category":{"index":["k"]}}},"value":[1.5,2]}`
	for _, tt := range []struct {
		name, text string
		o          readOptions
		want       string
	}{
		{"a line that says the separator", "sep=;\na;b;Value\nx;k;1,5\ny;k;2\n", readOptions{}, xy},
		{"in capitals and quotes", "\"SEP=;\"\r\na;b;Value\r\nx;k;1,5\r\ny;k;2\r\n", readOptions{}, xy},
		{"with a byte order mark", "\ufeffsep=|\na|b|Value\nx|k|1.5\ny|k|2\n", readOptions{}, xy},
		{"a tab", "sep=\t\na\tb\tValue\nx\tk\t1.5\ny\tk\t2\n", readOptions{}, xy},
		{"as long as the other lines", "sep=;;\na;b;Value\nx;k;1,5\ny;k;2\n", readOptions{}, xy},
		{"and another separator", "sep=;\na,b,Value\nx,k,1.5\ny,k,2\n", readOptions{Separator: ","}, xy},
		{"and another separator, sniffing", "sep=;\na|b|Value\nx|k|1.5\ny|k|2\n", readOptions{Separator: "|", Sniff: true}, xy},
		{"a row behind it", "sep=;\na;b;Value\nx;k;1,5\ny;k\n", readOptions{}, "error: line 4: the row has 2 columns, the header has 3"},
		{"the row of the header counts it", "sep=;\na;b;Value\nx;k;1,5\ny;k;2\n", readOptions{TableOptions: convert.TableOptions{Header: "2"}}, xy},
		{"a letter is none", "sep=a\nb,Value\nx,1\n", readOptions{}, `"id":["b"],"size":[1],"dimension":{"b":{"label":"b","category":{"index":["x"]}}},"value":[1]}` + "\nwarning: 1 line above the header is left out: \"sep=a\""},

		{"separators at the ends of all lines", "a,b,Value,\nx,k,1.5,\ny,k,2,\n", readOptions{}, xy},
		{"separators at the ends of the rows", "a,b,Value\nx,k,1.5,\ny,k,2,\n", readOptions{}, xy},
		{"several of them, and blanks", "a;b;Value; ;\nx;k;1,5; ;\ny;k;2;;\n", readOptions{Separator: ";"}, xy},

		{"blanks around fields", "a, b , Value\nx, k, 1.5\n y ,k , 2 \n", readOptions{}, xy},
		{"blanks around quotes", "a, \"b\" ,Value\n \"x\" , k,1.5\n\"y\"\t,\"k\" , \"2\" \n", readOptions{}, xy},
		{"blanks in quotes are kept", "a,b,Value\n\" x\",k,1\nx,k,2\n", readOptions{}, `"id":["a","b"],"size":[2,1],"dimension":{"a":{"label":"a","category":{"index":[" x","x"]}},"b":{"label":"b","category":{"index":["k"]}}},"value":[1,2]}` + "\nwarning: a: the categories \"x\" and \" x\" look the same, and are two"},
		{"blanks in quotes of CSV-stat", "jsonstat,.,|\ndimension, a ,\" A\",2,x, X ,\" x\",\" X\"\ndata\na,value\n x ,1\n\" x\", 2\n", readOptions{}, `"id":["a"],"size":[2],"dimension":{"a":{"label":" A","category":{"index":["x"," x"],"label":{"x":"X"," x":" X"}}}},"value":[1,2]}`},
	} {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, outcome(t, tt.text, tt.o)) })
	}
}

// TestOuterBlanks: texts with blanks at their ends come back.
func TestOuterBlanks(t *testing.T) {
	doc := `{"version":"2.0","class":"dataset","id":["a"],"size":[4],"dimension":{"a":{"label":"a","category":{"index":["x"," x","x\u00a0","\tx"],"label":{"x":"x"," x":" x","x\u00a0":"x\u00a0","\tx":"\tx"}}}},"value":[1,2,3,4]}`
	ds := dataset(t, doc)
	require.Equal(t, "a,Value\nx,1\n\" x\",2\n\"x\u00a0\",3\n\"\tx\",4\n", toCSV(t, ds, nil))
	back, err := convert.ReadCSV(strings.NewReader(toCSV(t, ds, nil)), nil)
	require.NoError(t, err)
	require.Equal(t, cellsOf(t, ds), cellsOf(t, back))
}

// FuzzReadCSVEncoding: no text in no encoding makes the reader panic, and an error of
// the encoding has its line.
func FuzzReadCSVEncoding(f *testing.F) {
	f.Add(latin("a,Value\nå,1\n"), "latin1")
	f.Add(units("\ufeffsep=;\na;Value\n\"x\" ;1\n", true), "")
	f.Add(units("a,Value\nx,1\n", false), "utf-16")
	f.Add("a,Value\nx\x81,1\n", "windows-1252")
	f.Fuzz(func(t *testing.T, text, encoding string) {
		ds, err := convert.ReadCSV(strings.NewReader(text), &readOptions{Encoding: encoding})
		var wrong *convert.TableError
		if err == nil && ds == nil {
			t.Fatal("neither a cube nor an error")
		}
		if err != nil && !strings.Contains(err.Error(), "unknown encoding") {
			require.ErrorAs(t, err, &wrong)
		}
	})
}
