package xlsxconv_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// zipped is a zip file of these parts: name, text, name, text.
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		p, err := w.Create(parts[i])
		require.NoError(t, err)
		_, err = p.Write([]byte(parts[i+1]))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

const (
	office = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	kind   = `Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	styles = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="171" formatCode="0.0 &quot;days&quot;"/></numFmts>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="13"/><xf numFmtId="22"/><xf numFmtId="23"/><xf numFmtId="27"/><xf numFmtId="36"/><xf numFmtId="37"/><xf numFmtId="45"/><xf numFmtId="47"/><xf numFmtId="48"/><xf numFmtId="50"/><xf numFmtId="58"/><xf numFmtId="59"/><xf numFmtId="26"/><xf numFmtId="44"/><xf numFmtId="49"/></cellXfs></styleSheet>`
)

// bookOf is a workbook with one sheet of these rows, and one that is hidden in front.
func bookOf(t testing.TB, pr, rows string) []byte {
	return zipped(t,
		"_rels/.rels", `<Relationships><Relationship Id="r1" `+kind+`officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook `+office+`>`+pr+`<sheets><sheet name="Notes" state="hidden" r:id="s0"/><sheet name="Data" r:id="s1"/><sheet name="More" state="visible" r:id="s2"/><sheet name="Gone" r:id="s9"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="s0" `+kind+`worksheet" Target="worksheets/notes.xml"/><Relationship Id="s1" `+kind+`worksheet" Target="worksheets/data.xml"/><Relationship Id="s2" `+kind+`worksheet" Target="/xl/worksheets/more.xml"/>`+
			`<Relationship Id="s8" `+kind+`worksheet" Target="worksheets/data.xml" TargetMode="External"/><Relationship Id="t" `+kind+`styles" Target="styles.xml"/></Relationships>`,
		"xl/styles.xml", styles,
		"xl/worksheets/notes.xml", `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>x</v></c><c r="B1" t="str"><v>Value</v></c></row><row r="2"><c r="A2" t="str"><v>note</v></c><c r="B2"><v>9</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/more.xml", `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>m</v></c><c r="B1" t="str"><v>Value</v></c></row><row r="2"><c r="A2" t="str"><v>more</v></c><c r="B2"><v>8</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/data.xml", `<worksheet><sheetData>`+rows+`</sheetData></worksheet>`)
}

// rowsOf makes rows of texts: cells with | between them, from column A on; a text in
// front of a colon is the type or style of its cell, "" for a number.
func rowsOf(first int, lines ...string) string {
	var b strings.Builder
	for i, line := range lines {
		fmt.Fprintf(&b, `<row r="%d">`, first+i)
		for k, text := range strings.Split(line, "|") {
			ref := fmt.Sprintf("%c%d", 'A'+k, first+i)
			switch kind, value, typed := strings.Cut(text, ":"); {
			case text == "":
			case !typed:
				fmt.Fprintf(&b, `<c r="%s" t="str"><v>%s</v></c>`, ref, text)
			case kind == "" || kind[0] <= '9':
				fmt.Fprintf(&b, `<c r="%s" s="%s"><v>%s</v></c>`, ref, kind, value)
			default:
				fmt.Fprintf(&b, `<c r="%s" t="%s"><v>%s</v></c>`, ref, kind, value)
			}
		}
		b.WriteString(`</row>`)
	}
	return b.String()
}

// cameOf is what comes of a workbook: the cube or the error, and the warnings.
func cameOf(t testing.TB, book []byte, o xlsxconv.ReadOptions) string {
	t.Helper()
	var warnings strings.Builder
	o.Warn = func(m string) { warnings.WriteString("\nwarning: " + m) }
	ds, err := xlsxconv.Read(bytes.NewReader(book), &o)
	if err != nil {
		text, _, _ := strings.Cut(err.Error(), "; is the header")
		return "error: " + text + warnings.String()
	}
	var b bytes.Buffer
	require.NoError(t, ds.Write(&b, nil))
	return strings.TrimPrefix(b.String(), `{"version":"2.0","class":"dataset",`) + warnings.String()
}

// TestPlainSheets has sheets that are read by rule: what their cells say, where the
// table stands, and what is wrong with it.
func TestPlainSheets(t *testing.T) {

	const calendar1904 = `<workbookPr date1904="1"/>`
	for _, tt := range []struct {
		name, pr, rows string
		o              xlsxconv.ReadOptions
		want           string
	}{
		{"texts and numbers", "", rowsOf(1, "a|Value", "x|:1.50", "y|:-2"), xlsxconv.ReadOptions{}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}}},"value":[1.50,-2]}`},
		{"a table below and aside", "", rowsOf(3, "|a|Value", "|x|:1", "", "|y|:2", "| | "), xlsxconv.ReadOptions{}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}}},"value":[1,2]}`},
		{"an empty cell between", "", rowsOf(1, "a|b|Value", "x||:1", "x|k|"), xlsxconv.ReadOptions{}, `"id":["a","b"],"size":[1,2],"dimension":{"a":{"label":"a","category":{"index":["x"]}},"b":{"label":"b","category":{"index":["","k"]}}},"value":[1,null]}`},
		{"a header that is named", "", rowsOf(1, "A title", "a|Value", "x|:1"), xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Header: "2"}}, `"label":"A title","id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1]}`},
		{"a header that is named too early", "", rowsOf(3, "a|Value", "x|:1"), xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Header: "2"}}, `error: there is no row 2 that could be the header`},
		{"true, false and what is not available", "", rowsOf(1, "a|Value", "b:1|:1", "b:0|e:#N/A"), xlsxconv.ReadOptions{}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["true","false"]}}},"value":[1,null]}`},
		{"another decimal mark than numbers have", "", rowsOf(1, "a|b|Value", ":2023|x|:1.5", "2023|y|2,5", ":2024|x|:1234", "2024|y|1234"), xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Decimal: ","}}, `"id":["a","b"],"size":[2,2],"dimension":{"a":{"label":"a","category":{"index":["2023","2024"]}},"b":{"label":"b","category":{"index":["x","y"]}}},"value":[1.5,2.5,1234,1234]}`},
		{"a number that stands for nothing", "", rowsOf(1, "a|Value", "x|:-99", "y|:1"), xlsxconv.ReadOptions{TableOptions: convert.TableOptions{NA: []string{"-99"}}}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}}},"value":[null,1]}`},
		{"numbers as programs write them", "", rowsOf(1, "a|Value", ":1|:0.10000000000000001", ":2|:1E-3", ":3|:123456789012345", ":4|:1234567890123456789", ":5|:-0.5", ":6|:.5", ":7|:007", ":8|:1.", ":9|:0", ":10|:-0", ":11|:1E400"), xlsxconv.ReadOptions{}, `"id":["a"],"size":[11],"dimension":{"a":{"label":"a","category":{"index":["1","2","3","4","5","6","7","8","9","10","11"]}}},"value":[0.1,0.001,123456789012345,1234567890123456800,-0.5,0.5,7,1,0,-0,1E400]}`},
		{"dates by their styles", "", rowsOf(1, "a|b|Value", "1:45322|13|:1", "2:45322.5|170|:1", "3:45322|171|:1", "4:45322|13|:1", "5:45322|22|:1", "6:45322|23|:1", "7:45322|27|:1", "8:45322|36|:1", "9:45322|37|:1"), xlsxconv.ReadOptions{}, `"id":["a","b"],"size":[3,8],"dimension":{"a":{"label":"a","category":{"index":["2024-01-31","2024-01-31T12:00:00","45322"]}},"b":{"label":"b","category":{"index":["13","170","171","22","23","27","36","37"]}}},"value":[1,null,null,1,null,1,1,null,null,1,null,null,null,null,null,null,1,null,1,null,1,null,null,1]}`},
		{"more dates by their styles", "", rowsOf(1, "a|b|Value", "10:45322|45|:1", "11:45322|47|:1", "12:45322|48|:1", "13:45322|50|:1", "14:45322|58|:1", "15:45322|59|:1", "16:45322|26|:1", "17:45322|44|:1", "18:45322|49|:1", "19:45322|-|:1", "-1:45322|--|:1", "19:45322|45|:2"), xlsxconv.ReadOptions{}, `"id":["a","b"],"size":[2,11],"dimension":{"a":{"label":"a","category":{"index":["2024-01-31","45322"]}},"b":{"label":"b","category":{"index":["45","47","48","50","58","59","26","44","49","-","--"]}}},"value":[1,1,null,1,1,null,null,null,null,null,null,2,null,1,null,null,1,1,1,1,1,1]}`},
		{"dates at the borders of their calendar", "", rowsOf(1, "a|b|Value", "1:0|0|:1", "1:1|1|:2", "1:59|59|:3", "1:60|60|:4", "1:61|61|:5", "1:2958465|0|:6", "1:2958466|0|:7", "1:2958467|0|:8", "1:-1|0|:9", "1:1.000011574|0|:10"), xlsxconv.ReadOptions{}, `"id":["a","b"],"size":[9,5],"dimension":{"a":{"label":"a","category":{"index":["1899-12-31","1900-01-01","1900-02-28","1900-03-01","9999-12-31","2958466","2958467","-1","1900-01-01T00:00:01"]}},"b":{"label":"b","category":{"index":["0","1","59","60","61"]}}},"value":[1,null,null,null,null,null,2,null,null,null,null,null,3,4,null,null,null,null,null,5,6,null,null,null,null,7,null,null,null,null,8,null,null,null,null,9,null,null,null,null,10,null,null,null,null]}`},
		{"dates of the calendar of 1904", calendar1904, rowsOf(1, "a|Value", "1:0|:1", "1:59|:3", "1:43860.25|:2"), xlsxconv.ReadOptions{}, `"role":{"time":["a"]},"id":["a"],"size":[3],"dimension":{"a":{"label":"a","category":{"index":["1904-01-01T00:00","1904-02-29T00:00","2024-01-31T06:00"]}}},"value":[1,3,2]}`},
		{"a sheet that is named", "", rowsOf(1, "a|Value", "x|:1"), xlsxconv.ReadOptions{Sheet: "mORE"}, `"id":["m"],"size":[1],"dimension":{"m":{"label":"m","category":{"index":["more"]}}},"value":[8]}`},
		{"a hidden sheet that is named", "", rowsOf(1, "a|Value", "x|:1"), xlsxconv.ReadOptions{Sheet: "Notes"}, `"id":["x"],"size":[1],"dimension":{"x":{"label":"x","category":{"index":["note"]}}},"value":[9]}`},
		{"a sheet that is not there", "", rowsOf(1, "a|Value", "x|:1"), xlsxconv.ReadOptions{Sheet: "Dota"}, `error: there is no sheet "Dota"; did you mean "Data"?`},
		{"options of tables", "", rowsOf(1, "a|n|Flag|b", "x|:1|p|k"), xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Values: []string{"n"}, Status: "Flag", Label: "L", Roles: map[string]jsonstat.Role{"b": jsonstat.Geo}}}, `"label":"L","role":{"geo":["b"]},"id":["a","b"],"size":[1,1],"dimension":{"a":{"label":"a","category":{"index":["x"]}},"b":{"label":"b","category":{"index":["k"]}}},"value":[1],"status":{"0":"p"}}`},

		{"a value column that is not there", "", rowsOf(4, "a|Value", "x|:1"), xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Values: []string{"n"}}}, `error: sheet "Data", row 4: there is no column "n"; did you mean "a"?`},
		{"a cell twice", "", rowsOf(4, "a|Value", "x|:1", "x|:2"), xlsxconv.ReadOptions{}, `error: sheet "Data", row 6: the categories x have a row already, in row 5`},
		{"a cell right of the table", "", rowsOf(4, "|a|Value", "|x|:1|more"), xlsxconv.ReadOptions{}, `error: sheet "Data", cell D5: the row has 3 columns, the header has 2`},
		{"blanks right of the table", "", rowsOf(4, "|a|Value", "|x|:1| "), xlsxconv.ReadOptions{}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1]}`},
		{"a cell left of the table", "", rowsOf(4, "|a|Value", "more|x|:1"), xlsxconv.ReadOptions{}, `"id":["A","a"],"size":[1,1],"dimension":{"A":{"label":"A","category":{"index":["more"]}},"a":{"label":"a","category":{"index":["x"]}}},"value":[1]}` + "\n" +
			`warning: a column without a name is called A`},
		{"a cell that is not in its place", "", `<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>Value</v></c></row><row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>`, xlsxconv.ReadOptions{}, `error: sheet "Data", cell A2: the cell comes twice, or not in its place`},
		{"no rows", "", rowsOf(2, "a|Value"), xlsxconv.ReadOptions{}, `error: sheet "Data": the table has a header but no rows; the workbook has other sheets: "More", "Notes" (hidden)`},
		{"nothing", "", "", xlsxconv.ReadOptions{}, `error: sheet "Data": the table is empty; the workbook has other sheets: "More", "Notes" (hidden)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := cameOf(t, bookOf(t, tt.pr, tt.rows), tt.o)
			require.Equal(t, tt.want, got)
		})
	}
}

// TestNoWorkbook holds what is said of what is no workbook.
func TestNoWorkbook(t *testing.T) {
	const rels = `<Relationships><Relationship Id="r1" ` + kind + `officeDocument" Target="xl/workbook.xml"/></Relationships>`
	book := bookOf(t, "", "")
	for _, tt := range []struct {
		name string
		book []byte
		want string // its beginning
	}{
		{"nothing", nil, "error: the file is empty: "},
		{"an older format", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "error: the file is in an older format of Excel (.xls), or needs a password: save it as .xlsx first: "},
		{"text", []byte("a,b\n"), "error: the file is no zip file: "},
		{"half a workbook", book[:len(book)/2], "error: the file is damaged ("},
		{"an OpenDocument spreadsheet", zipped(t, "content.xml", "<x/>"), "error: the file is an OpenDocument spreadsheet: save it as .xlsx first: "},
		{"a binary workbook", zipped(t, "xl/workbook.bin", ""), "error: the file is a binary workbook (.xlsb): save it as .xlsx first: "},
		{"another zip file", zipped(t, "a.txt", "a"), "error: the zip file has no workbook in it: "},
		{"no sheets", zipped(t, "_rels/.rels", rels, "xl/workbook.xml", "<workbook/>"), "error: the workbook has no sheets: "},
		{"a workbook that is broken", zipped(t, "xl/workbook.xml", "<workbook>"), `error: part "xl/workbook.xml": `},
		{"relations that are broken", zipped(t, "_rels/.rels", "<", "xl/workbook.xml", "<workbook/>"), `error: part "_rels/.rels": `},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := cameOf(t, tt.book, xlsxconv.ReadOptions{})
			require.True(t, strings.HasPrefix(got, tt.want), got)
			_, err := xlsxconv.Read(bytes.NewReader(tt.book), nil)
			require.ErrorIs(t, err, xlsxconv.ErrNotWorkbook)
		})
	}
	// Without relations a workbook stands where it always does.
	_, err := xlsxconv.Read(bytes.NewReader(zipped(t, "xl/workbook.xml", "<workbook/>")), nil)
	require.ErrorContains(t, err, "the workbook has no sheets")
}
