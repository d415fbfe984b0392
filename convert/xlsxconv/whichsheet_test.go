package xlsxconv_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
)

// page is a sheet of a workbook: its rows as rowsOf makes them, and what stands behind
// them.
type page struct{ name, state, rows, behind string }

// pages is a workbook of such sheets. With strict it has the names of strict workbooks.
func pages(t testing.TB, strict bool, list ...page) []byte {
	t.Helper()
	var sheets, relations strings.Builder
	parts := []string{"_rels/.rels", `<Relationships><Relationship Id="r1" ` + kind + `officeDocument" Target="xl/workbook.xml"/></Relationships>`}
	for i, p := range list {
		state := ""
		if p.state != "" {
			state = ` state="` + p.state + `"`
		}
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d"%s r:id="s%d"/>`, p.name, i+1, state, i)
		fmt.Fprintf(&relations, `<Relationship Id="s%d" `+kind+`worksheet" Target="worksheets/sheet%d.xml"/>`, i, i)
		parts = append(parts, fmt.Sprintf("xl/worksheets/sheet%d.xml", i), `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`+p.rows+`</sheetData>`+p.behind+`</worksheet>`)
	}
	parts = append(parts,
		"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" `+office+`><sheets>`+sheets.String()+`</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships>`+relations.String()+`</Relationships>`)
	if strict {
		for i := range parts {
			parts[i] = strings.NewReplacer(
				"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships",
				"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
				"<workbook ", `<workbook conformance="strict" `).Replace(parts[i])
		}
	}
	return zipped(t, parts...)
}

// links are links from cells to places in the workbook.
func links(places ...string) string {
	var b strings.Builder
	for i, place := range places {
		fmt.Fprintf(&b, `<hyperlink ref="A%d" location="%s" display="x"/>`, i+2, place)
	}
	return `<hyperlinks>` + b.String() + `</hyperlinks>`
}

// TestWhichSheet: without a name the first sheet that can be seen is read, and what is
// no table is an error that names the others.
func TestWhichSheet(t *testing.T) {
	const cube = `"id":["port"],"size":[2],"dimension":{"port":{"label":"port","category":{"index":["N","S"]}}},"value":[1,2]}`
	table := rowsOf(1, "port|berths", "N|:1", "S|:2")
	boats, ships := page{name: "Boats", rows: table}, page{name: "Ships", rows: table}
	for _, tt := range []struct {
		name  string
		sheet string
		pages []page
		want  string
	}{
		{"one", "", []page{boats}, cube},
		{"the first of two", "", []page{boats, ships}, cube},
		{"the first that can be seen", "", []page{{name: "Old", state: "hidden", rows: rowsOf(1, "x|y", "z|:5")}, boats}, cube},
		{"one by name", "ships", []page{{name: "Contents", rows: rowsOf(1, "Contents", "Ships")}, ships}, cube},
		{"a hidden one by name", "Boats", []page{ships, {name: "Boats", state: "veryHidden", rows: table}}, cube},
		{"a first one that is empty", "", []page{{name: "Sheet1"}, boats, ships}, `error: sheet "Sheet1": the table is empty; the workbook has other sheets: "Boats", "Ships"`},
		{"an empty one by name", "Sheet1", []page{{name: "Sheet1"}, boats}, `error: sheet "Sheet1": the table is empty`},
		{"an empty one alone", "", []page{{name: "Sheet1"}}, `error: sheet "Sheet1": the table is empty`},
		{"data on a hidden one", "", []page{{name: "Sheet1"}, {name: "Raw", state: "hidden", rows: table}}, `error: sheet "Sheet1": the table is empty; the workbook has other sheets: "Raw" (hidden)`},
		{"all are hidden", "", []page{{name: "A", state: "hidden", rows: table}, {name: "B", state: "veryHidden"}}, `error: all sheets of the workbook are hidden: "A" (hidden), "B" (hidden)`},
		{"contents in one column", "", []page{{name: "Contents", rows: rowsOf(1, "Contents", "Boats - how many", "Ships - how many")}, boats, ships},
			`error: sheet "Contents", row 1: there is one column only, "Contents"; it lists the other sheets of the workbook: "Boats", "Ships"`},
		{"contents that name nothing", "", []page{{name: "Contents", rows: rowsOf(1, "Contents", "About this release")}, boats, ships},
			`error: sheet "Contents", row 1: there is one column only, "Contents"; the workbook has other sheets: "Boats", "Ships"`},
		{"contents in two columns", "", []page{{name: "Innhold", rows: rowsOf(1, "Sheet|Title", "Boats|All boats", "Ships|All ships")}, boats, ships},
			`error: sheet "Innhold": there is no column of figures: the last one, Title, holds "All boats"; it lists the other sheets of the workbook: "Boats", "Ships"`},
		{"contents with figures", "", []page{{name: "Table of contents", rows: rowsOf(1, "Sheet|Rows", "Boats|:2", "Ships|:2")}, boats, ships},
			`error: sheet "Table of contents": the sheet is called as those are that are no tables; the workbook has others: "Boats", "Ships"`},
		{"contents by links, with figures", "", []page{{name: "Index", rows: rowsOf(1, "Title|Rows", "All boats|:2", "It's all|:2"), behind: links("Boats!A1", "&apos;It&apos;&apos;s&apos;!A1")}, boats, {name: "It&apos;s", rows: table}},
			`error: sheet "Index": the sheet is called as those are that are no tables; the workbook has others: "Boats", "It's"`},
		{"numbers of sheets", "", []page{{name: "Tables", rows: rowsOf(1, "Title|Table", "Boats|:1", "Ships|:2")}, {name: "Table 1", rows: table}, {name: "Table 2", rows: table}},
			`error: sheet "Tables": the numbers of the sheet are those of the other ones: "Table 1", "Table 2"`},
		{"numbers of sheets, and others", "", []page{{name: "Tables", rows: rowsOf(1, "a|Value", "x|:1", "y|:2", "z|:3")}, {name: "1", rows: table}, {name: "2", rows: table}},
			`"id":["a"],"size":[3],"dimension":{"a":{"label":"a","category":{"index":["x","y","z"]}}},"value":[1,2,3]}`},
		{"a table that leads to others", "", []page{{name: "Summary", rows: table, behind: links("Boats!A1", "#Ships!A1")}, boats, ships},
			cube + "\n" + `warning: the sheet "Summary" is read, whose cells lead to others: "Boats", "Ships"`},
		{"a table that leads back", "", []page{{name: "Table 1", rows: table, behind: links("Contents!A1", "Notes!A1", "Ships!A1")}, {name: "Contents"}, {name: "Notes"}, ships}, cube},
		{"a table that leads back, with something wrong", "", []page{{name: "Table 1", rows: rowsOf(1, "port|berths|tonnes", "N|:1|:2", "S|:2|:3"), behind: links("Contents!A1", "Notes!A1")}, {name: "Contents"}, {name: "Notes"}},
			`error: several columns hold figures: berths, tonnes`},
		{"a table whose categories are others", "", []page{{name: "Summary", rows: rowsOf(1, "port|berths", "N|:1", "S|:2")}, {name: "N", rows: table}, {name: "S", rows: table}}, cube},
		{"a table whose headers are others", "", []page{{name: "All", rows: rowsOf(1, "port|y 2023|y 2024", "N|:1|:2", "S|:2|:3")}, {name: "y 2023", rows: table}, {name: "y 2024", rows: table}},
			`error: several columns hold figures: y 2023, y 2024`},
		{"a cover", "", []page{{name: "Cover", rows: rowsOf(1, "Berths in ports", "", "Published by|The office", "Contact|Ann")}, boats},
			`error: sheet "Cover": there is no column of figures: the last one, The office, holds "Ann"; the workbook has other sheets: "Boats"` + "\n" + `warning: the line above the header is taken for the title: "Berths in ports"`},
		{"many others", "", append([]page{{name: "Empty"}}, manyPages(25)...), `error: sheet "Empty": the table is empty; the workbook has other sheets: "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12", "P13", "P14", "P15", "P16", "P17", "P18", "P19", "P20", and 5 more`},
		{"something wrong that is not about sheets", "", []page{{name: "A", rows: rowsOf(1, "port|berths", "N|:1", "N|:2")}, boats}, `error: sheet "A", row 3: the categories N have a row already, in row 2`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, strict := range []bool{false, true} {
				require.Equal(t, tt.want, cameOf(t, pages(t, strict, tt.pages...), xlsxconv.ReadOptions{Sheet: tt.sheet}))
			}
		})
	}
	for name, book := range map[string][]byte{
		"empty": pages(t, false, page{name: "A"}, boats),
		"lists": pages(t, false, page{name: "Contents", rows: rowsOf(1, "Sheet|n", "Boats|:1")}, boats),
	} {
		_, err := xlsxconv.Read(bytes.NewReader(book), nil)
		var e *convert.TableError
		require.ErrorAs(t, err, &e, name)
		require.Contains(t, e.Also, "Sheet", name)
	}
}

// manyPages are so many empty sheets.
func manyPages(n int) (list []page) {
	for i := range n {
		list = append(list, page{name: fmt.Sprintf("P%d", i+1)})
	}
	return list
}

// TestBooksOfOthers has workbooks as others make them, whole.
func TestBooksOfOthers(t *testing.T) {
	raised := func(text, mark string) string {
		return `t="inlineStr"><is><r><t>` + text + `</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>` + mark + `</t></r></is></c>`
	}
	for _, tt := range []struct {
		name string
		page page
		want string
	}{
		{"labels that stand once", page{rows: rowsOf(1, "port|kind|n", "N|boats|:1", "|ships|:2", "S|boats|:3", "|barges|:4"), behind: `<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="A4:A5"/></mergeCells>`},
			`"id":["port","kind"],"size":[2,3],"dimension":{"port":{"label":"port","category":{"index":["N","S"]}},"kind":{"label":"kind","category":{"index":["boats","ships","barges"]}}},"value":[1,2,null,3,null,4]}`},
		{"raised marks", page{rows: `<row r="1"><c r="A1" ` + raised("port", "1") + `<c r="B1" t="str"><v>n</v></c></row><row r="2"><c r="A2" ` + raised("N", "a") + `<c r="B2" ` + raised("12", "2") + `</row>`},
			`"id":["port"],"size":[1],"dimension":{"port":{"label":"port","category":{"index":["N"]}}},"value":[12]}` + "\n" + `warning: sheet "T", cell A1: raised text is left out: "1"; and in 2 other cells`},
		{"a raised mark", page{rows: `<row r="1"><c r="A1" t="str"><v>port</v></c><c r="B1" t="str"><v>n</v></c></row><row r="2"><c r="A2" t="str"><v>N</v></c><c r="B2" ` + raised("12", "2") + `</row>`},
			`"id":["port"],"size":[1],"dimension":{"port":{"label":"port","category":{"index":["N"]}}},"value":[12]}` + "\n" + `warning: sheet "T", cell B2: raised text is left out: "2"`},
		{"dates of strict workbooks", page{rows: rowsOf(1, "month|n", "d:2024-01-01T00:00:00|:1", "d:2024-02-01|:2")},
			`"role":{"time":["month"]},"id":["month"],"size":[2],"dimension":{"month":{"label":"month","category":{"index":["2024-01-01","2024-02-01"]}}},"value":[1,2]}`},
		{"not available", page{rows: rowsOf(1, "port|n", "N|:1", "S|e:#N/A")},
			`"id":["port"],"size":[2],"dimension":{"port":{"label":"port","category":{"index":["N","S"]}}},"value":[1,null]}`},
		{"merged cells that break off", page{rows: rowsOf(1, "port|n", "N|:1"), behind: `<mergeCells><mergeCell ref="A1:A2`}, `error: sheet "T", behind its rows: it ends inside of a tag: not the XML of a workbook`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.page.name = "T"
			got := cameOf(t, pages(t, true, tt.page), xlsxconv.ReadOptions{})
			require.Equal(t, tt.want, got)
		})
	}
}
