package pxconv_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert/pxconv"
	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// base is a small file; tests put entries in place of its own, or in front of DATA.
const base = `CHARSET="ANSI";
AXIS-VERSION="2013";
LANGUAGE="en";
DECIMALS=0;
MATRIX="M1";
SUBJECT-CODE="FI";
SUBJECT-AREA="Fishing";
TITLE="Boats by port and year";
CONTENTS="Boats";
UNITS="number";
STUB="port";
HEADING="year";
VALUES("port")="North","South";
VALUES("year")="2023","2024","2025";
CODES("port")="N","S";
CODES("year")="2023","2024","2025";
`

const data = "DATA=\n1 2 3\n4 5 6;\n"

// file is the base with entries: one whose keyword and subkey are there takes its place.
func file(entries ...string) string {
	text, cells := base, data
	for _, e := range entries {
		key, _, _ := strings.Cut(e, "=")
		if key == "DATA" {
			cells = e
			continue
		}
		at := strings.Index("\n"+text, "\n"+key+"=")
		if at < 0 {
			text += e + ";\n"
			continue
		}
		end := at + strings.Index(text[at:], ";\n") + 2
		text = text[:at] + e + ";\n" + text[end:]
	}
	return text + cells
}

// without is the base without an entry.
func without(key string) string {
	text := file(key + "=@")
	return strings.Replace(text, key+"=@;\n", "", 1)
}

// readFile reads a file and writes it as JSON-stat.
func readFile(text string, o pxconv.Options) (doc string, warned []pxconv.Warning, err error) {
	o.Warn = func(w pxconv.Warning) { warned = append(warned, w) }
	ds, done, err := pxconv.Read(strings.NewReader(text), &o)
	if err != nil {
		return "", nil, err
	}
	defer done()
	var b bytes.Buffer
	err = ds.Write(&b, nil)
	return b.String(), warned, err
}

// at is a member of a document, by names separated by slashes.
func at(t *testing.T, doc, path string) string {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal([]byte(doc), &v), doc)
	for name := range strings.SplitSeq(path, "/") {
		m, ok := v.(map[string]any)
		if !ok {
			t.Fatalf("there is no %s in %s", path, doc)
		}
		v = m[name]
	}
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return string(text)
}

func TestRead(t *testing.T) {
	const values = "value"
	tests := []struct {
		name, text string
		path, want string // a member of the document
		kinds      []pxconv.WarningKind
	}{
		{"the base", file(), "size", "[1,2,3]", nil},
		{"a string in pieces", file("TITLE=\"Boats \"\n\"by port\""), "label", `"Boats by port"`, nil},
		{"signs in values", file(`VALUES("port")="a=1; b, c","(d) [e] #f"`), "dimension/port/category/label", `{"N":"a=1; b, c","S":"(d) [e] #f"}`, nil},
		{"signs in a subkey", strings.ReplaceAll(file(), `"port"`, `"p;o=r,t"`), "dimension/p;o=r,t/category/label", `{"N":"North","S":"South"}`, nil},
		{"keywords that begin with DATA", file(`DATABASE="d"`, `DATASYMBOL1="n"`), values, "[1,2,3,4,5,6]", nil},
		{"no codes", strings.Replace(file(), `CODES("port")="N","S";`, "", 1), "dimension/port/category/index", `["0","1"]`, nil},
		{"variable code", file(`VARIABLECODE("port")="P"`), "id", `["CONTENTS","P","year"]`, nil},
		{"a semicolon is missing at the end", strings.TrimSuffix(file(), ";\n"), values, "[1,2,3,4,5,6]", []pxconv.WarningKind{pxconv.WarnEnd}},
		{"separators of all kinds", file("DATA=1,2;\t3\n4, 5\u00a06;"), values, "[1,2,3,4,5,6]", []pxconv.WarningKind{pxconv.WarnSeparator}},
		{"marks", file(`DATA="." .. "......" "-" - "......." ;`), "status", `{"0":".","1":"..","2":"......","3":"-","4":"-","5":"......."}`, []pxconv.WarningKind{pxconv.WarnSeparator}},
		{"texts of marks", file(`DATASYMBOL1="not asked"`, `DATASYMBOLSUM="sum"`, `DATASYMBOLNIL="none"`, `DATA="." 2 "-" 4 5 "." ;`), "status", `{"0":"not asked","2":"none","5":"not asked"}`, nil},
		{"numbers in odd forms", file("DATA=+1 .5 5. 007 5- \"6\" ;"), values, "[1,0.5,5,7,-5,6]", []pxconv.WarningKind{pxconv.WarnNumber}},
		{"digits stay", file("DATA=1.50 12345678901234567890 0.10 1e3 5 6 ;"), values, "[1.5,12345678901234567000,0.1,1000,5,6]", nil},
		{"a range of years", file(`TIMEVAL("year")=TLIST(A1,"2023"-"2025")`), "role", `{"metric":["CONTENTS"],"time":["year"]}`, nil},
		{"a range of weeks over a year of 53", strings.Replace(file(`TIMEVAL("year")=TLIST(W1,"202052"-"202101")`), `VALUES("year")="2023","2024","2025";`+"\n", "", 1), "dimension/year/category/label",
			`{"2023":"2020W52","2024":"2020W53","2025":"2021W01"}`, []pxconv.WarningKind{pxconv.WarnMissing}},
		{"a stray quote in TIMEVAL", file(`TIMEVAL("year")=TLIST(A1)","2023","2024","2025"`), "role", `{"metric":["CONTENTS"]}`, []pxconv.WarningKind{pxconv.WarnTime}},
		{"a hierarchy", file(`HIERARCHIES("port")="N","N":"S"`), "dimension/port/category/child", `{"N":["S"]}`, nil},
		{"a circle", file(`HIERARCHIES("port")="N":"S","S":"N"`), "extension/px/keywords/HIERARCHIES", `[{"of":["port"],"value":"\"N\":\"S\",\"S\":\"N\""}]`, []pxconv.WarningKind{pxconv.WarnHierarchy}},
		{"notes", file(`NOTE="a#b##c"`, `NOTEX="d <a href='x#y'>e</a>"`), "note", `["a\r\nb","c","d \u003ca href='x#y'\u003ee\u003c/a\u003e"]`, nil},
		{"notes that must be shown", file(`NOTE="a##c"`, `NOTEX="d"`), "extension/noteMandatory", `{"2":true}`, nil},
		{"a note on cells", file(`CELLNOTEX("South","*")="x"`), "extension/px/cellnote", `[{"cell":{"port":"S"},"mandatory":true,"note":"x"}]`, nil},
		{"a note on a value that is not there", file(`VALUENOTE("port","West")="x"`), "extension/px/keywords/VALUENOTE", `[{"of":["port","West"],"value":"x"}]`, []pxconv.WarningKind{pxconv.WarnVariable}},
		{"a mark on many cells", file(`DATANOTECELL("S","*")="e"`), "status", `{"3":"e","4":"e","5":"e"}`, nil},
		{"two marks on a cell", file(`DATANOTECELL("*","2024")="a"`, `DATANOTECELL("N","2024")="b"`), "status", `{"1":"a\r\nb","4":"a"}`, nil},
		{"a mark on a missing cell", file(`DATANOTECELL("N","2023")="a"`, `DATA=".." 2 3 4 5 6 ;`), "status", `{"0":".."}`, nil},
		{"a unit", file(), "dimension/CONTENTS/category/unit", `{"content":{"base":"number","decimals":0,"label":"number"}}`, nil},
		{"dates without a zone", file(`CREATION-DATE="20250601 09:00"`), "updated", `"2025-06-01"`, nil},
		{"a date that is none", file(`CREATION-DATE="20250231 09:00"`), "extension/px/keywords/CREATION-DATE", `"20250231 09:00"`, []pxconv.WarningKind{pxconv.WarnDate}},
		{"an unknown keyword twice", file(`MADE-WITH="hand"`) + "", "extension/px/keywords/MADE-WITH", `"hand"`, []pxconv.WarningKind{pxconv.WarnUnknown}},
		{"text without quotes", file(`SOURCE=Big Office`), "source", `"BigOffice"`, nil},
		{"small letters", strings.Replace(file(), "MATRIX=", "matrix=", 1), "extension/px/matrix", `"M1"`, []pxconv.WarningKind{pxconv.WarnCase}},
		{"a language in quotes, behind the subkey", file(`LANGUAGES="en","sv"`, `STUB[sv]="hamn"`, `HEADING[sv]="ar"`, `VALUES("hamn")["sv"]="Norr","Soder"`), "extension/px/languages/sv/dimension/port",
			`{"category":{"label":{"N":"Norr","S":"Soder"}},"label":"hamn"}`, []pxconv.WarningKind{pxconv.WarnOrder, pxconv.WarnLanguage}},
		{"UTF-8 under another name", file(`CODEPAGE="iso-8859-1"`, `SOURCE="Ærø"`), "source", `"Ærø"`, []pxconv.WarningKind{pxconv.WarnEncoding}},
		{"an 8-bit code page", file(`CODEPAGE="windows-1251"`, "SOURCE=\"\xcc\xee\xf0\xe5\""), "source", `"Море"`, nil},
		{"code page 850 without a word", strings.Replace(file("SOURCE=\"\x9br\x91\""), `CHARSET="ANSI";`, "", 1), "source", `"øræ"`, nil},
		{"UTF-16", "\xff\xfe" + strings.Join(strings.Split(file(), ""), "\x00") + "\x00", values, "[1,2,3,4,5,6]", nil},
		{"rows with keys", file(`KEYS("port")=CODES`, "DATA=\n\"S\",4 5 6\n\"N\",1 2 3;\n"), values, "[1,2,3,4,5,6]", nil},
		{"rows by values, one absent", file(`KEYS("port")=VALUES`, "DATA=\n\"South\",4 \".\" 6;\n"), values, "[0,0,0,4,null,6]", nil},
		{"PARTITIONED is kept", file(`PARTITIONED("port")="level",2,3`), "extension/px/keywords/PARTITIONED", `[{"of":["port"],"value":["level",2,3]}]`, nil},
		{"DECIMALS beside those shown", file("DECIMALS=2", "SHOWDECIMALS=1"), "extension/px/keywords/DECIMALS", "2", nil},
		{"an entry that cannot be read", file(`SOURCE="a"b"`), values, "[1,2,3,4,5,6]", []pxconv.WarningKind{pxconv.WarnEntry}},
		{"a quote that is not closed", file(`SOURCE="a`), values, "[1,2,3,4,5,6]", []pxconv.WarningKind{pxconv.WarnEntry}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, warned, err := readFile(tt.text, pxconv.Options{})
			require.NoError(t, err)
			require.Equal(t, tt.want, strings.ReplaceAll(at(t, doc, tt.path), `\u003c`, `\u003c`))
			var kinds []pxconv.WarningKind
			for _, w := range warned {
				kinds = append(kinds, w.Kind)
			}
			require.Equal(t, tt.kinds, kinds, "%v", warned)
			// What it is made of is JSON-stat that we read ourselves.
			again, err := jsonstat.Parse([]byte(doc))
			require.NoError(t, err)
			require.Empty(t, again.Warnings())
		})
	}
}

func TestReadErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", "this is no PX file: it has no keywords"},
		{"no DATA", base, "DATA: it is missing"},
		{"too few cells", file("DATA=1 2 3 4 5;"), "line 17, column 15: DATA: the cells end too early: 1 is missing"},
		{"no cells", file("DATA=;"), "DATA: the cells end too early: 6 are missing"},
		{"a decimal comma", file("DATA=1,5 2 3 4 5 6;"), "line 17, column 7: DATA: a comma stands between two digits"},
		{"a text", file(`DATA=1 2 "many" 4 5 6;`), `line 17, column 10: DATA: "many" is neither a number nor a mark`},
		{"NaN", file("DATA=1 2 NaN 4 5 6;"), `DATA: "NaN" is neither`},
		{"eight dots", file(`DATA=1 2 "........" 4 5 6;`), "is neither a number nor a mark"},
		{"codes and values", file(`CODES("port")="N"`), `line 15, column 1: CODES: "port" has 1 codes for 2 values`},
		{"a code twice", file(`CODES("port")="N","N"`), `CODES: the code "N" of "port" occurs twice`},
		{"an unknown variable", file(`VALUES("harbour")="a"`), `VALUES: there is no variable "harbour"`},
		{"no values", without(`VALUES("port")`), ""},
		{"no STUB and HEADING", "STUB=\"\";\n" + data, "there is neither STUB nor HEADING"},
		{"a variable without values", strings.Replace(file(`VALUES("port")=`), `CODES("port")="N","S";`, "", 1), `the variable "port" has no value`},
		{"no MATRIX", without("MATRIX"), "MATRIX: it is missing"},
		{"DECIMALS in words", file("DECIMALS=two"), `line 4, column 1: DECIMALS: "two" is no number of decimals`},
		{"a stray quote in VALUES", file(`VALUES("port")="No"rth","South"`), `line 13, column 20: VALUES: unexpected`},
		{"a key that is not there", file(`KEYS("port")=CODES`, "DATA=\n\"W\",1 2 3;\n"), `DATA: "W" is no value of "port"`},
		{"a key twice", file(`KEYS("port")=CODES`, "DATA=\n\"N\",1 2 3\n\"N\",1 2 3;\n"), "the row has the keys of line 19"},
		{"UNITS of a value", file(`UNITS("North")="number"`), "there is no CONTVARIABLE"},
		{"a cube beyond all bounds", file(`KEYS("port")=CODES`, `VALUES("year")=`+list(20000), `VALUES("port")=`+list(20000), `CODES("year")=`+list(20000), `CODES("port")=`+list(20000), "DATA=;"), "the cube has 400000000 cells"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := readFile(tt.text, pxconv.Options{})
			if tt.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, tt.want)
		})
	}
}

// list is a list of so many texts.
func list(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(`,"`)
		b.WriteString(strings.Repeat("x", 1+i%3))
		b.WriteString(string(rune('0'+i%10)) + string(rune('0'+i/10%10)) + string(rune('0'+i/100%10)) + string(rune('0'+i/1000%10)) + string(rune('0'+i/10000%10)) + `"`)
	}
	return b.String()[1:]
}

func TestReadOptions(t *testing.T) {
	oslo, err := time.LoadLocation("Europe/Oslo")
	require.NoError(t, err)
	text, err := os.ReadFile("../../testdata/boats.px")
	require.NoError(t, err)
	tests := []struct {
		name, text string
		o          pxconv.Options
		path, want string
	}{
		{"a zone", file(`CREATION-DATE="20250601 09:00"`), pxconv.Options{Zone: oslo}, "updated", `"2025-06-01T07:00:00Z"`},
		{"a made title", string(text), pxconv.Options{MadeTitle: true}, "label", `"Boats by harbour and year"`},
		{"another language", string(text), pxconv.Options{Lang: "SV"}, "dimension/ContentsCode/category/unit/C/base", `"ton"`},
		{"rounded to even", file("DECIMALS=1", "DATA=0.15 0.25 0.35 1.05 -0.04 6;"), pxconv.Options{Rounded: true}, "value", "[0.2,0.2,0.4,1,0,6]"},
		{"rounded up", file("DECIMALS=1", "ROUNDING=1", "DATA=0.15 0.25 0.35 1.05 -0.05 6;"), pxconv.Options{Rounded: true}, "value", "[0.2,0.3,0.4,1.1,-0.1,6]"},
		{"rounded by precision", string(text), pxconv.Options{Rounded: true}, "value", "[41,42,43,120.25,121.5,98.75,21,22,22,70.25,null,60,20,20,21,50,null,38.75]"},
		{"an encoding", file("SOURCE=\"\x8e\""), pxconv.Options{Encoding: "macintosh"}, "source", `"é"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, _, err := readFile(tt.text, tt.o)
			require.NoError(t, err)
			require.Equal(t, tt.want, at(t, doc, tt.path))
		})
	}
	_, _, err = readFile(file(), pxconv.Options{Lang: "xx"})
	require.ErrorIs(t, err, jsonstat.ErrUnknown)
	_, _, err = readFile(file(), pxconv.Options{Encoding: "martian"})
	require.ErrorIs(t, err, jsonstat.ErrEncodingName)
	_, _, err = readFile(file("DATA=1,2,3,4,5,6;"), pxconv.Options{Strict: true})
	require.ErrorIs(t, err, pxconv.ErrNotPX)
	_, _, err = readFile(file(), pxconv.Options{Strict: true})
	require.NoError(t, err)
	e, ok := errors.AsType[*pxconv.Error](func() error { _, _, err := readFile(file("DATA=1;"), pxconv.Options{}); return err }())
	require.True(t, ok)
	require.Equal(t, "DATA", e.Keyword)
	require.Equal(t, 17, e.Line)
}

// TestParts holds that a part is what the whole has there, with keys and without: cells
// are read from checkpoints.
func TestParts(t *testing.T) {
	const rows, columns = 700, 30
	for _, keys := range []bool{false, true} {
		var b strings.Builder
		entries := []string{`VALUES("port")=` + list(rows), `CODES("port")=` + list(rows), `VALUES("year")=` + list(columns), `CODES("year")=` + list(columns), `DATANOTECELL("*","x00000")="e"`}
		if keys {
			entries = append(entries, `KEYS("port")=CODES`)
		}
		b.WriteString("DATA=\n")
		names := strings.Split(list(rows), ",")
		for i := rows - 1; i >= 0; i-- {
			row := i
			if !keys {
				row = rows - 1 - i
			} else if i%7 == 0 {
				continue
			} else {
				b.WriteString(names[row] + ",")
			}
			for j := range columns {
				if (row+j)%11 == 0 {
					b.WriteString(`".." `)
				} else {
					b.WriteString(strings.Repeat("7", 1+j%3) + " ")
				}
			}
			b.WriteByte('\n')
		}
		b.WriteByte(';')
		ds, done, err := pxconv.Read(strings.NewReader(file(append(entries, b.String())...)), nil)
		require.NoError(t, err)
		defer done()
		var whole, parts bytes.Buffer
		require.NoError(t, ds.Write(&whole, nil))
		var sets []*jsonstat.Dataset
		for _, some := range []string{"year=bottom(1)", "year=top(29)"} {
			spec, err := dice.Parse(some)
			require.NoError(t, err)
			part, err := spec.Apply(ds)
			require.NoError(t, err)
			sets = append(sets, part)
		}
		again, err := dice.Join("year", sets[1], sets[0])
		require.NoError(t, err)
		require.NoError(t, again.Write(&parts, nil))
		require.True(t, at(t, whole.String(), "value") == at(t, parts.String(), "value"), "values, keys %t", keys)
		require.True(t, at(t, whole.String(), "status") == at(t, parts.String(), "status"), "statuses, keys %t", keys)
	}
}

// TestReadPipe holds that a pipe gives what a file gives.
func TestReadPipe(t *testing.T) {
	ds, done, err := pxconv.Read(io.MultiReader(strings.NewReader(file())), nil)
	require.NoError(t, err)
	defer done()
	var b bytes.Buffer
	require.NoError(t, ds.Write(&b, nil))
	require.Equal(t, "[1,2,3,4,5,6]", at(t, b.String(), "value"))
}
