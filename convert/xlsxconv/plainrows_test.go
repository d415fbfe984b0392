package xlsxconv

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/internal/xmltoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// plainRowsOf opens rows by rule, of a sheet and shared strings as a part has them.
func plainRowsOf(t testing.TB, shared, sheet string, as ...shown) *plainRows {
	t.Helper()
	b := &workbook{byRule: true, strings: &stringTable{byRule: true}, shown: as, from: from1900}
	require.NoError(t, b.strings.read(xmltoken.NewReader(strings.NewReader(shared))))
	s := &sheetInfo{name: "S"}
	p := &plainRows{plainRow: plainRow{b: b, sheet: s.name}, ended: true}
	p.rows = &rowReader{b: b, sheet: s, x: xmltoken.NewReader(strings.NewReader(sheet))}
	rest, err := pastRows(strings.NewReader(sheet))
	require.NoError(t, err)
	require.NoError(t, p.behind.read(xmltoken.NewReader(rest)))
	p.merged = merged{coming: p.behind.merged, room: copiesAtLeast}
	return p
}

// plainText reads rows as text: the number of each, and its fields; in front of a text
// its kind, if it is no plain one, and behind it its traits.
func plainText(p *plainRows) (string, error) {
	var out strings.Builder
	for {
		fields, number, err := p.Next()
		if errors.Is(err, io.EOF) {
			return strings.TrimSpace(out.String()), nil
		}
		if err != nil {
			return out.String(), err
		}
		fmt.Fprintf(&out, "\n%d:", number)
		for i, f := range fields {
			kind := map[rows.Kind]string{rows.Null: "null:", rows.Number: "n:", rows.Period: "p:", rows.Code: "code:"}[p.Kinds()[i]]
			fmt.Fprintf(&out, " %s%s", kind, strings.ReplaceAll(string(f), " ", "_"))
			if traits := p.Traits(); traits != nil {
				for k, mark := range []string{"=", "!", "%"} {
					if traits[i]&(1<<k) != 0 {
						out.WriteString(mark)
					}
				}
			}
			if i < len(fields)-1 {
				out.WriteString(" |")
			}
		}
	}
}

// sheetOfRows is a sheet of rows with what stands behind them.
func sheetOfRows(rows, behind string) string {
	return `<worksheet><sheetData>` + rows + `</sheetData>` + behind + `</worksheet>`
}

// row is a row of cells: texts, with the number of a column in front.
func row(number int, cells ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, number)
	for _, c := range cells {
		column, text, _ := strings.Cut(c, ":")
		fmt.Fprintf(&b, `<c r="%s%d" t="str"><v>%s</v></c>`, column, number, text)
	}
	return b.String() + `</row>`
}

// mergedCells are merged ranges.
func mergedCells(refs ...string) string {
	return `<mergeCells><mergeCell ref="` + strings.Join(refs, `"/><mergeCell ref="`) + `"/></mergeCells>`
}

// TestMergedCells: the text of merged cells stands in each of them, in rows that are
// there.
func TestMergedCells(t *testing.T) {
	table := row(1, "A:Port", "B:Kind", "C:n") + row(2, "A:North", "B:Boats", "C:x") + row(3, "B:Ships", "C:y") + row(4, "A:South", "B:Boats", "C:z")
	const plain = "1: Port | Kind | n\n2: North | Boats | x\n"
	for _, tt := range []struct{ name, sheet, want string }{
		{"none", sheetOfRows(table, ""), plain + "3:  | Ships | y\n4: South | Boats | z"},
		{"down", sheetOfRows(table, mergedCells("A2:A3")), plain + "3: North= | Ships | y\n4: South | Boats | z"},
		{"with a prefix", strings.NewReplacer("</", "</x:", "<", "<x:").Replace(sheetOfRows(table, mergedCells("A2:A3"))), plain + "3: North= | Ships | y\n4: South | Boats | z"},
		{"to rows that are not there", sheetOfRows(table, mergedCells("A4:A9", "C1:C1")), plain + "3:  | Ships | y\n4: South | Boats | z"},
		{"across, beyond the row", sheetOfRows(row(1, "B:2023", "D:2024")+row(2, "B:m", "C:w", "D:m", "E:w"), mergedCells("B1:C1", "D1:E1")), "1:  | 2023 | 2023= | 2024 | 2024=\n2:  | m | w | m | w"},
		{"both ways", sheetOfRows(row(1, "A:a", "C:x")+row(2, "C:y")+row(3, "A:b", "C:z"), mergedCells("A1:B2")), "1: a | a= | x\n2: a= | a= | y\n3: b |  | z"},
		{"over rows without cells of their own", sheetOfRows(row(1, "A:a", "B:x")+`<row r="2"><c r="A2" s="1"/></row>`+row(4, "B:y"), mergedCells("A1:A4")), "1: a | x\n4: a= | y"},
		{"whole rows", sheetOfRows(row(1, "A:a")+row(2, "A:b", "B:x"), mergedCells("A1:XFD1")), "1: a\n2: b | x"},
		{"whole rows, several", sheetOfRows(row(1, "A:a", "B:x")+row(2, "B:y"), mergedCells("A1:XFD2")), "1: a | x\n2: a= | y"},
		{"a whole column", sheetOfRows(row(1, "A:a", "B:x")+row(2000, "B:y"), mergedCells("A1:A1048576")), "1: a | x\n2000: a= | y"},
		{"of an empty cell", sheetOfRows(row(1, "B:x")+row(2, "A:a", "B:y"), mergedCells("A1:A2")), "1:  | x\n2: a | y"},
		{"over a text that is not seen", sheetOfRows(row(1, "A:a", "B:x")+row(2, "A:b", "B:y"), mergedCells("A1:A2")), "1: a | x\n2: a= | y"},
		{"that overlap", sheetOfRows(row(1, "A:a", "B:b", "C:c")+row(2, "A:d", "B:e", "C:f")+row(3, "A:g", "B:h", "C:i"), mergedCells("A1:A3", "A2:B2", "A1:B1", "C1:C2", "B2:B3", "C3:D3")), "1: a | b | c\n2: a= | e | c=\n3: a= | e= | i | i="},
		{"in no order", sheetOfRows(row(1, "A:a", "B:b")+row(2, "C:x")+row(3, "A:c", "C:y")+row(4, "C:z"), mergedCells("A3:A4", "B1:B3", "A1:A2")), "1: a | b\n2: a= | b= | x\n3: c | b= | y\n4: c= |  | z"},
		{"of no sheet", sheetOfRows(row(1, "A:a", "B:x")+row(2, "B:y"), mergedCells("A0:A2", "A1:A1048577", "A2:A1", "A1:XFE1", "1:2", "A:B", "", "A1", "A1:B", "Ax1:A2")), "1: a | x\n2:  | y"},
		{"a number", sheetOfRows(`<row r="1"><c r="A1"><v>5</v></c><c r="B1"><v>6</v></c></row><row r="2"><c r="B2"><v>7</v></c></row>`, mergedCells("A1:A2")), "1: n:5 | n:6\n2: n:5= | n:7"},
		{"a formula without a result", sheetOfRows(`<row r="1"><c r="A1"><f>B1</f></c><c r="B1"><v>6</v></c></row>`+row(2, "B:y"), mergedCells("A1:A2")), "1: null:! | n:6\n2:  | y"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := plainText(plainRowsOf(t, "", tt.sheet))
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
}

// TestManyMergedCells: what a file claims of merged cells costs neither time nor memory
// that grows faster than the file.
func TestManyMergedCells(t *testing.T) {
	const n = 20_000
	var sheet, refs strings.Builder
	for i := 1; i <= n; i++ {
		sheet.WriteString(row(i, "A:a", "B:b"))
		fmt.Fprintf(&refs, `<mergeCell ref="A1:A%d"/><mergeCell ref="B%d:XFC1048576"/><mergeCell ref="B%d:B%d"/>`, i+1, i, i, n)
	}
	p := plainRowsOf(t, "", sheetOfRows(sheet.String(), refs.String()))
	var err error
	for err == nil {
		_, _, err = p.Next()
	}
	require.ErrorIs(t, err, jsonstat.ErrLimit)
	require.ErrorContains(t, err, `sheet "S", row `)
	require.ErrorContains(t, err, "merged cells, here in column B to XFC, are far more than the sheet has otherwise")

	wide := strings.Repeat("x", 32_000)
	_, err = plainText(plainRowsOf(t, "", sheetOfRows(row(1, "A:"+wide)+row(2, "A:b"), mergedCells("A1:XFC1"))))
	require.ErrorIs(t, err, jsonstat.ErrLimit)
}

// TestRaised: raised text in runs is left out, but for powers of units of length.
func TestRaised(t *testing.T) {
	raised := func(text string) string {
		return `<r><rPr><sz val="9"/><vertAlign val="superscript"/></rPr><t xml:space="preserve">` + text + `</t></r>`
	}
	run := func(text string) string {
		return `<r><rPr><b/></rPr><t xml:space="preserve">` + text + `</t></r>`
	}
	for _, tt := range []struct{ name, runs, want, left string }{
		{"no runs", `<t>12</t>`, "12", ""},
		{"a number", run("12") + raised("1"), "12", "1"},
		{"a first run without properties", `<r><t>12</t></r>` + raised("1") + `<r><t>0</t></r>`, "120", "1"},
		{"a word", run("North quay ") + raised("1)"), "North quay", "1)"},
		{"between words", run("North ") + raised("a") + run(" quay"), "North quay", "a"},
		{"in front", raised("1") + run(" Provisional"), "Provisional", "1"},
		{"several", run("a") + raised("1") + raised(",") + raised("2") + run("b") + raised("3"), "ab", "1,23"},
		{"nothing else", raised("1"), "", "1"},
		{"a blank that is raised", run("North") + raised(" ") + run("quay"), "North quay", ""},
		{"an area", run("Berths per km") + raised("2"), "Berths per km²", ""},
		{"a volume", run("m") + raised("3 ") + run("a year"), "m³ a year", ""},
		{"an area with a note", run("km") + raised("2") + raised("1"), "km²", "1"},
		{"in brackets", run("1000 (m") + raised("2") + run(")"), "1000 (m²)", ""},
		{"a word that ends like a unit", run("atom") + raised("2"), "atom", "2"},
		{"no power", run("m") + raised("1"), "m", "1"},
		{"two digits", run("m") + raised("23"), "m", "23"},
		{"behind a number", run("10") + raised("3"), "10", "3"},
		{"a unit that is raised", raised("km") + raised("2"), "", "km2"},
		{"subscripts", run("CO") + `<r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r>`, "CO2", ""},
		{"on the line", run("CO") + `<r><rPr><vertAlign val="baseline"/></rPr><t>2</t></r>`, "CO2", ""},
		{"how to say it", run("a") + raised("1") + `<rPh sb="0" eb="1"><t>b</t></rPh>`, "a", "1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for place, in := range map[string][2]string{
				"shared": {`<sst><si><t>x</t></si><si>` + tt.runs + `</si><si><t>y 1</t></si></sst>`, `<c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>2</v></c>`},
				"inline": {"", `<c r="A1" t="inlineStr"><is>` + tt.runs + `</is></c><c r="B1" t="inlineStr"><is><t>y 1</t></is></c>`},
			} {
				p := plainRowsOf(t, in[0], sheetOfRows(`<row r="1">`+in[1]+`</row>`, ""))
				got, err := plainText(p)
				require.NoError(t, err)
				require.Equal(t, "1: "+strings.ReplaceAll(tt.want, " ", "_")+" | y_1", got, place)
				require.Equal(t, tt.left, p.rows.left.text, place)
				require.Equal(t, map[bool]string{true: "A1"}[tt.left != ""], p.rows.left.cell, place)

				p.b.byRule = false // as our own workbooks are read: nothing is left out
				p.b.strings = &stringTable{}
				require.NoError(t, p.b.strings.read(xmltoken.NewReader(strings.NewReader(in[0]))))
				p.rows = &rowReader{b: p.b, sheet: p.rows.sheet, x: xmltoken.NewReader(strings.NewReader(sheetOfRows(`<row r="1">`+in[1]+`</row>`, "")))}
				cells, err := p.rows.next()
				require.NoError(t, err)
				require.Zero(t, p.rows.left)
				if tt.left != "" {
					require.Contains(t, string(cells[0].text), tt.left[len(tt.left)-1:], place)
				}
			}
		})
	}
}

// TestCellKinds: what cells of a sheet are.
func TestCellKinds(t *testing.T) {
	as := []shown{{}, {zeros: 4}, {percent: true}, {date: true}}
	for _, tt := range []struct{ name, cell, want string }{
		{"a number", `<c r="A1"><v>12.50</v></c>`, "n:12.50"},
		{"a number below zero", `<c r="A1"><v>-1E-3</v></c>`, "n:-0.001"},
		{"a large number", `<c r="A1"><v>1E+21</v></c>`, "n:1e+21"},
		{"a number in another form", `<c r="A1"><v>007</v></c>`, "n:7"},
		{"beyond all numbers", `<c r="A1"><v>1E400</v></c>`, "1E400"},
		{"no number", `<c r="A1"><v>x</v></c>`, "x"},
		{"a style that is not there", `<c r="A1" s="99"><v>1</v></c>`, "n:1"},
		{"a text that looks like a number", `<c r="A1" t="str"><v>12</v></c>`, "12"},
		{"true", `<c r="A1" t="b"><v>1</v></c>`, "true"},

		{"a code", `<c r="A1" s="1"><v>301</v></c>`, "code:0301"},
		{"a code that needs no zeros", `<c r="A1" s="1"><v>11030</v></c>`, "code:11030"},
		{"a code of zero", `<c r="A1" s="1"><v>0</v></c>`, "code:0000"},
		{"a code with a fraction of zeros", `<c r="A1" s="1"><v>301.0</v></c>`, "code:0301"},
		{"a fraction with the format of codes", `<c r="A1" s="1"><v>0.5</v></c>`, "n:0.5"},
		{"below zero with the format of codes", `<c r="A1" s="1"><v>-5</v></c>`, "n:-5"},
		{"a large number with the format of codes", `<c r="A1" s="1"><v>1E+21</v></c>`, "n:1e+21"},
		{"a text with the format of codes", `<c r="A1" s="1" t="str"><v>301</v></c>`, "301"},

		{"per cent", `<c r="A1" s="2"><v>0.125</v></c>`, "n:0.125%"},
		{"a text with the format of per cent", `<c r="A1" s="2" t="str"><v>0.125</v></c>`, "0.125"},

		{"a date", `<c r="A1" s="3"><v>45322</v></c>`, "p:2024-01-31"},
		{"a date as a text", `<c r="A1" t="d"><v>2024-01-31</v></c>`, "p:2024-01-31"},
		{"midnight", `<c r="A1" t="d"><v>2024-01-31T00:00:00</v></c>`, "p:2024-01-31"},
		{"midnight with thousandths", `<c r="A1" t="d" s="3"><v>2024-01-31T00:00:00.000</v></c>`, "p:2024-01-31"},
		{"midnight in UTC", `<c r="A1" t="d"><v>2024-01-31T00:00:00Z</v></c>`, "p:2024-01-31"},
		{"noon", `<c r="A1" t="d"><v>2024-01-31T12:00:00</v></c>`, "p:2024-01-31T12:00:00"},
		{"nearly a second", `<c r="A1" t="d"><v>2024-01-31T11:59:59.9996</v></c>`, "p:2024-01-31T12:00:00"},
		{"no seconds", `<c r="A1" t="d"><v>2024-01-31T12:00</v></c>`, "p:2024-01-31T12:00:00"},
		{"a time", `<c r="A1" t="d"><v>T10:30:00</v></c>`, "p:10:30:00"},
		{"a time of the first day", `<c r="A1" t="d"><v>1899-12-30T10:30:00</v></c>`, "p:10:30:00"},
		{"no date", `<c r="A1" t="d"><v>soon</v></c>`, "soon"},

		{"a result", `<c r="A1"><f>1+1</f><v>2</v></c>`, "n:2"},
		{"no result", `<c r="A1"><f>1+1</f></c>`, "null:!"},
		{"an empty result", `<c r="A1"><f>1+1</f><v></v></c>`, "null:!"},
		{"an empty result in one tag", `<c r="A1" s="3"><f>1+1</f><v/></c>`, "null:!"},
		{"an empty formula", `<c r="A1"><f/><v/></c>`, "null:!"},
		{"a shared formula", `<c r="A1"><f t="shared" si="0"/></c>`, "null:!"},
		{"a text of no result", `<c r="A1" t="str"><f>B1</f></c>`, "null:!"},
		{"truth of no result", `<c r="A1" t="b"><f>B1</f><v></v></c>`, "null:!"},
		{"an empty text", `<c r="A1" t="str"><f>""</f><v></v></c>`, ""},
		{"an empty text in one tag", `<c r="A1" t="str"><f>""</f><v/></c>`, ""},
		{"a text", `<c r="A1" t="str"><f>B1</f><v>x</v></c>`, "x"},

		{"an error", `<c r="A1" t="e"><v>#DIV/0!</v></c>`, "null:!"},
		{"an error of a formula", `<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, "null:!"},
		{"not available", `<c r="A1" t="e"><v>#N/A</v></c>`, "null:"},
		{"not available by a formula", `<c r="A1" t="e"><f>NA()</f><v>#N/A</v></c>`, "null:"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := plainText(plainRowsOf(t, "", sheetOfRows(`<row r="1">`+tt.cell+`<c r="B1" t="str"><v>x</v></c></row>`, ""), as...))
			require.NoError(t, err)
			require.Equal(t, "1: "+tt.want+" | x", got)
		})
	}
	// A row of nothing but a formula without a result is one; of #N/A it is none.
	got, err := plainText(plainRowsOf(t, "", sheetOfRows(`<row r="1"><c r="B1"><f>A1</f></c></row><row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>`, "")))
	require.NoError(t, err)
	require.Equal(t, "1:  | null:!", got)
}

// TestNumberFormats holds what number formats say of numbers.
func TestNumberFormats(t *testing.T) {
	for code, want := range map[string]shown{
		"0": {}, "00": {zeros: 2}, "0000": {zeros: 4}, "0000;@": {zeros: 4}, "0000;-0000;0": {zeros: 4}, "0000.0": {}, `"0"000`: {}, `\0000`: {}, "00-00": {}, "#0000": {}, "0,000": {}, "General": {}, "": {}, ";00": {},
		strings.Repeat("0", maxZeros): {zeros: maxZeros}, strings.Repeat("0", maxZeros+1): {},
		"0%": {percent: true}, "0.0 %": {percent: true}, "#,##0.0%;[Red]-0.0%": {percent: true}, `[=0]\-;0.0%`: {percent: true}, `0" %"`: {}, `0.0\%`: {}, "0_%": {}, "[<1]0": {},
		"yyyy": {date: true},
	} {
		require.Equal(t, want, shownBy(code), code)
	}
	for n, want := range map[int]shown{0: {}, 1: {}, 9: {percent: true}, 10: {percent: true}, 11: {}, 14: {date: true}, 49: {}} {
		require.Equal(t, want, builtIn(n), n)
	}
}

// TestPastRows finds the end of the rows wherever it lies in what is read at a time.
func TestPastRows(t *testing.T) {
	const end = `</x:sheetData ><y/>`
	for _, n := range []int{0, 1, 250 << 10, 256<<10 - 70, 256<<10 - 30, 256<<10 - 20, 256<<10 - 16, 256<<10 - 12, 256<<10 - 1, 256 << 10, 300 << 10} {
		r, err := pastRows(strings.NewReader(`<x:sheetData>` + strings.Repeat("s", n) + end + `tail`))
		require.NoError(t, err)
		rest, err := io.ReadAll(r)
		require.NoError(t, err)
		require.Equal(t, ` ><y/>tail`, string(rest), n)
	}
	for _, text := range []string{"", "<sheetData/>", "<sheetData>sheetData", "< /sheetData>", "</a b:sheetDat"} {
		r, err := pastRows(strings.NewReader(text))
		require.NoError(t, err)
		rest, err := io.ReadAll(r)
		require.NoError(t, err)
		require.Empty(t, rest, text)
	}
}
