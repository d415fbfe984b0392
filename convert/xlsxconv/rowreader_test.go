package xlsxconv

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/xmltoken"
)

// sheetText reads the rows of a sheet as text: row number, then each cell as
// column, kind and text.
func sheetText(r io.Reader) (string, error) {
	b := &workbook{strings: &stringTable{text: []byte("zeroone"), ends: []int{4, 7, 7}}}
	rows := &rowReader{b: b, sheet: &sheetInfo{name: "S"}, x: xmltoken.NewReader(r)}
	var out strings.Builder
	for {
		cells, err := rows.next()
		if err == io.EOF {
			return out.String(), nil
		}
		if err != nil {
			return out.String(), err
		}
		fmt.Fprintf(&out, "%d:", rows.row)
		for _, c := range cells {
			fmt.Fprintf(&out, " %s%c%q", columnName(c.column), "ntbe"[c.kind], c.text)
		}
		out.WriteByte('\n')
	}
}

// sheetTests are sheets as programs write them, and as none should.
var sheetTests = []struct{ name, sheet, want, err string }{
	{"numbers and shared strings", `<sheetData><row r="2"><c r="B2" s="1"><v>1.5</v></c><c r="D2" t="s"><v>1</v></c></row></sheetData>`, "2: Bn\"1.5\" Dt\"one\"\n", ""},
	{"no references", `<sheetData><row><c><v>1</v></c><c t="s"><v>0</v></c></row><row><c/><c><v>2</v></c></row></sheetData>`, "1: An\"1\" Bt\"zero\"\n2: Bn\"2\"\n", ""},
	{"inline strings", `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t xml:space="preserve"> b</t></r><rPh><t>no</t></rPh></is></c></row></sheetData>`, "1: At\"a b\"\n", ""},
	{"formulas", `<sheetData><row r="1"><c r="A1"><f>B1&gt;"x"</f><v>3</v></c><c r="B1" t="str"><f>A1&amp;"&lt;"</f><v>y&amp;z</v></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>`, "1: An\"3\" Bt\"y&z\" Ce\"#DIV/0!\"\n", ""},
	{"true and false", `<sheetData><row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c></row></sheetData>`, "1: Ab\"1\" Bb\"0\"\n", ""},
	{"empty cells and rows", `<sheetData><row r="1"/><row r="2"><c r="A2" s="3"/></row><row r="3"><c r="A3"></c><c r="B3"><v></v></c><c r="C3" t="s"><v>2</v></c></row></sheetData>`, "", ""},
	{"a prefix", `<x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData>`, "1: At\"zero\"\n", ""},
	{"no rows", `<worksheet><sheetData/></worksheet>`, "", ""},
	{"white space and comments", "<?xml version=\"1.0\"?>\n<sheetData>\n <row\n  r='7'>\n<!-- <c> > --><c r='C7'\tt='s' ><v>1</v></c >\n</row>\n</sheetData >", "7: Ct\"one\"\n", ""},
	{"CDATA", `<sheetData><row r="1"><c r="A1" t="str"><v>a<![CDATA[<&b]]>c</v></c></row></sheetData>`, "1: At\"a<&bc\"\n", ""},
	{"a > in an attribute", `<sheetData><row r="1"><c note="a>b" r="B1"><v>1</v></c></row></sheetData>`, "1: Bn\"1\"\n", ""},
	{"what comes behind", `<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells><broken`, "1: An\"1\"\n", ""},

	{"cut off", `<sheetData><row r="4"><c r="A4"><v>1</v></c>`, "", `sheet "S", row 4: it ends inside of a row`},
	{"cut off in a tag", `<sheetData><row r="4"><c r="A`, "", `it ends inside of a tag`},
	{"cut off between rows", `<sheetData><row r="4"/>`, "", `it ends before its rows do`},
	{"no such string", `<sheetData><row r="4"><c r="A4" t="s"><v>9</v></c></row></sheetData>`, "", `cell A4 refers to a text "9", which the workbook does not have`},
	{"too far right", `<sheetData><row r="4"><c r="XFE4"><v>9</v></c></row></sheetData>`, "", `a cell is beyond column 16384`},
	{"a cell that does not end", `<sheetData><row r="4"><c r="A4"><v>9</v></row></sheetData>`, "", `a cell does not end`},
	{"a document type", `<!DOCTYPE x [<!ENTITY a "b">]><sheetData/>`, "", `declares a document type`},
	{"an unknown entity", `<sheetData><row r="4"><c r="A4" t="str"><v>&b;</v></c></row></sheetData>`, "", `"&b;" is not a known entity`},
}

// TestRows reads sheets whole and byte by byte: borders of the window do not matter.
func TestRows(t *testing.T) {
	for _, tt := range sheetTests {
		t.Run(tt.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{"whole": strings.NewReader(tt.sheet), "bytes": iotest.OneByteReader(strings.NewReader(tt.sheet)), "with EOF": iotest.DataErrReader(strings.NewReader(tt.sheet))} {
				got, err := sheetText(r)
				if tt.err != "" {
					require.ErrorContains(t, err, tt.err, name)
					continue
				}
				require.NoError(t, err, name)
				require.Equal(t, tt.want, got, name)
			}
		})
	}
}

// TestLongText reads texts that are longer than the window.
func TestLongText(t *testing.T) {
	text := strings.Repeat("0123456789", 100_000)
	got, err := sheetText(strings.NewReader(`<sheetData><row r="1"><c r="A1" t="str"><v>` + text + `</v></c></row></sheetData>`))
	require.NoError(t, err)
	require.Equal(t, fmt.Sprintf("1: At%q\n", text), got)
	_, err = sheetText(iotest.ErrReader(io.ErrClosedPipe))
	require.ErrorIs(t, err, io.ErrClosedPipe)
}

// FuzzRows reads anything as a sheet: the same whole and byte by byte.
func FuzzRows(f *testing.F) {
	for _, tt := range sheetTests {
		f.Add(tt.sheet)
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		whole, err := sheetText(strings.NewReader(sheet))
		bytes, berr := sheetText(iotest.OneByteReader(strings.NewReader(sheet)))
		require.Equal(t, whole, bytes)
		require.Equal(t, fmt.Sprint(err), fmt.Sprint(berr))
	})
}

// BenchmarkRows reads rows with two shared strings and a number.
func BenchmarkRows(b *testing.B) {
	sheet := "<sheetData>" + strings.Repeat(`<row r="17"><c r="A17" s="2" t="s"><v>1</v></c><c r="B17" s="2" t="s"><v>0</v></c><c r="C17"><v>136.5</v></c></row>`, 20_000) + "</sheetData>"
	b.SetBytes(int64(len(sheet)))
	for b.Loop() {
		book := &workbook{strings: &stringTable{text: []byte("zeroone"), ends: []int{4, 7}}}
		rows := &rowReader{b: book, sheet: &sheetInfo{name: "S"}, x: xmltoken.NewReader(strings.NewReader(sheet))}
		for {
			if _, err := rows.next(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
