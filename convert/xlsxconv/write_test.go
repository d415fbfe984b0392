package xlsxconv

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// testDataset is the first dataset of a text.
func testDataset(t testing.TB, text string) *jsonstat.Dataset {
	t.Helper()
	doc, err := jsonstat.Parse([]byte(text))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	return ds
}

// testFile is one of the project's documents.
func testFile(t testing.TB, name string) *jsonstat.Dataset {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "testdata", name))
	require.NoError(t, err)
	return testDataset(t, string(text))
}

// testParts writes a workbook and gives its parts.
func testParts(t testing.TB, ds *jsonstat.Dataset, o *Options) map[string]string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, Write(&out, ds, o))
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	parts := map[string]string{}
	for _, f := range z.File {
		require.Equal(t, zip.Deflate, f.Method)
		require.EqualValues(t, 33, f.ModifiedDate, "the first day that a zip file knows")
		require.Zero(t, f.ModifiedTime)
		r, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		parts[f.Name] = string(text)
	}
	require.Equal(t, partTypes, z.File[0].Name)
	return parts
}

// sheetOrder is the order of the elements of a sheet by the schema (CT_Worksheet).
var sheetOrder = strings.Fields(`sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges
	scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks
	printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing
	legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst`)

// TestSchema holds that the elements of all sheets stand in the order of the schema,
// which Excel insists on, that rows and cells ascend, and that what is referred to
// is there.
func TestSchema(t *testing.T) {
	ds := testFile(t, "sysselsatte.json")
	for name, o := range map[string]*Options{
		"long":  nil,
		"pivot": {Pivot: true, Dates: true, Chart: LineChart},
		"by":    {Table: convert.Table{By: []string{"Region", "Kjonn", "Tid"}, Content: convert.Columns}, Status: StatusColumn},
	} {
		t.Run(name, func(t *testing.T) {
			parts := testParts(t, ds, o)
			strings := bytes.Count([]byte(parts[partStrings]), []byte("<si>"))
			for part, text := range parts {
				require.NoError(t, xml.Unmarshal([]byte(text), new(struct{})), part)
				if !inFolder(part, "xl/worksheets") {
					continue
				}
				checkSheet(t, part, text, strings)
			}
		})
	}
}

func inFolder(part, folder string) bool {
	dir, _ := filepath.Split(part)
	return filepath.ToSlash(dir) == folder+"/"
}

func checkSheet(t *testing.T, part, text string, strings int) {
	var sheet struct {
		Elements []struct {
			XMLName xml.Name
		} `xml:",any"`
	}
	require.NoError(t, xml.Unmarshal([]byte(text), &sheet))
	last := -1
	for _, e := range sheet.Elements {
		k := slices.Index(sheetOrder, e.XMLName.Local)
		require.Greater(t, k, last, "%s: %s", part, e.XMLName.Local)
		last = k
	}
	var rows struct {
		Rows []struct {
			R     int `xml:"r,attr"`
			Cells []struct {
				R string `xml:"r,attr"`
				T string `xml:"t,attr"`
				V string `xml:"v"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	require.NoError(t, xml.Unmarshal([]byte(text), &rows))
	row := 0
	for _, r := range rows.Rows {
		require.Greater(t, r.R, row)
		row = r.R
		column := -1
		for _, c := range r.Cells {
			k := columnIndex([]byte(c.R))
			require.Greater(t, k, column)
			require.Equal(t, cellName(k, int64(row)), c.R)
			column = k
			if c.T == "s" {
				var n int
				_, err := fmt.Sscan(c.V, &n)
				require.NoError(t, err)
				require.Less(t, n, strings)
			}
		}
	}
}

// TestNoFormulas holds that no text becomes a formula, whatever it looks like.
func TestNoFormulas(t *testing.T) {
	parts := testParts(t, testDataset(t, `{"version":"2.0","class":"dataset","label":"=1+1","id":["=A1"],"size":[2],
		"dimension":{"=A1":{"label":"=cmd|' /C calc'!A0","category":{"index":["+1","@SUM(1)"],"label":{"+1":"=HYPERLINK(\"http://example.org\")"}}}},"value":["=2+2",1],"note":["=3"]}`), nil)
	for part, text := range parts {
		if inFolder(part, "xl/worksheets") {
			require.NotContains(t, text, "<f>", part)
			require.NotContains(t, text, "<f ", part)
		}
	}
	require.Contains(t, parts[dataPart(0)], `t="inlineStr"><is><t xml:space="preserve">=2+2</t>`)
}

// TestSameBytes writes the same cube from a file and from a pipe, and one again and
// again: excelize goes through maps.
func TestSameBytes(t *testing.T) {
	var first bytes.Buffer
	for i := range 10 {
		var out bytes.Buffer
		require.NoError(t, Write(&out, testFile(t, "sysselsatte.json"), &Options{Pivot: true, Chart: LineChart}))
		if i == 0 {
			first = out
		}
		require.True(t, bytes.Equal(first.Bytes(), out.Bytes()))
	}
	for _, shape := range shapes.Cubes() {
		ds := testDataset(t, shape.JSON)
		if ds.Len() > 10_000 {
			continue
		}
		for _, o := range []*Options{nil, {Pivot: true}} {
			var first, piped bytes.Buffer
			require.NoError(t, Write(&first, ds, o))
			doc, err := jsonstat.Options{Stream: true, Need: o.Need()}.Read(io.MultiReader(strings.NewReader(shape.JSON)))
			require.NoError(t, err)
			stream, err := doc.Dataset(0)
			require.NoError(t, err)
			require.NoError(t, Write(&piped, stream, o))
			require.True(t, bytes.Equal(first.Bytes(), piped.Bytes()), "%s from a pipe", shape.Name)
			require.NoError(t, doc.Close())
		}
	}
}

// TestSplit spreads a table over sheets, each with its header, and finds it again.
func TestSplit(t *testing.T) {
	defer func(n int64) { sheetRows = n }(sheetRows)
	sheetRows = 10 // with a title, its gap and a header, 7 rows of the table
	ds := testFile(t, "sysselsatte.json")
	var size *SizeError
	require.ErrorAs(t, Write(io.Discard, ds, nil), &size)
	require.EqualValues(t, 39, size.Rows)
	require.ErrorIs(t, size, jsonstat.ErrLimit)
	var out bytes.Buffer
	require.NoError(t, Write(&out, ds, &Options{Split: true}))
	b, err := openWorkbook(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	require.Equal(t, []string{"Data", "Data 2", "Data 3", "Data 4", "Data 5", "Data 6", "Info"}, b.names())
	for i, rows := range []int64{10, 10, 10, 10, 10, 4} {
		r, err := b.rows(&b.sheets[i])
		require.NoError(t, err)
		for err == nil {
			_, err = r.next()
		}
		require.Equal(t, io.EOF, err)
		require.Equal(t, rows, r.row)
	}
	again, err := Read(&out, nil)
	require.NoError(t, err)
	for pos := range ds.Len() {
		want, err := ds.AtPosition(pos)
		require.NoError(t, err)
		got, err := again.AtPosition(pos)
		require.NoError(t, err)
		require.Equal(t, want.Missing(), got.Missing(), pos)
		if !want.Missing() {
			require.Equal(t, want.Float64(), got.Float64(), pos)
		}
		require.Equal(t, want.Status, got.Status)
	}
}

// TestOptions looks at what options do to the plan of a workbook.
func TestOptions(t *testing.T) {
	tests := []struct {
		name     string
		file     string
		o        Options
		columns  string
		rows     int64
		sheets   int
		warnings string
	}{
		{"long", "oslo.json", Options{}, "district year Status Value", 9, 1, ""},
		{"Norwegian", "sysselsatte.json", Options{}, "region kjønn statistikkvariabel kvartal Status Verdi", 36, 1, ""},
		{"ids", "oslo.json", Options{Table: convert.Table{Field: convert.ID}}, "Region Tid status value", 9, 1, ""},
		{"no statuses", "oslo.json", Options{Status: StatusNone}, "district year Value", 9, 1, ""},
		{"statuses in cells", "oslo.json", Options{Status: StatusCell}, "district year Value", 9, 1, ""},
		{"statuses on values in cells", "sysselsatte.json", Options{Status: StatusCell}, "region kjønn statistikkvariabel kvartal Verdi", 36, 1, "some statuses stand on a value: they are not seen in the table"},
		{"both columns", "oslo.json", Options{Table: convert.Table{Content: convert.Columns}}, "Region district Tid year Status Value", 9, 1, ""},
		{"the table's own pivot", "sysselsatte.json", Options{Pivot: true}, "region kjønn 2025K1 Status 2025K2 Status 2025K1 Status 2025K2 Status", 9, 1, ""},
		{"a pivot by time", "oslo.json", Options{Pivot: true}, "district 2023 2024 2025", 3, 1, ""},
		{"units in the header", "boats.json", Options{Pivot: true, Table: convert.Table{By: []string{"what"}}}, "", 2, 1, ""},
		{"non-missing", "oslo.json", Options{Table: convert.Table{Keep: convert.NonMissing}}, "district year Status Value", 8, 1, ""},
		{"non-empty", "oslo.json", Options{Table: convert.Table{Keep: convert.NonEmpty}}, "district year Status Value", 9, 1, ""},
		{"a chart has statuses in columns", "oslo.json", Options{Chart: LineChart}, "district 2023 Status 2024 Status 2025 Status", 3, 1, ""},
		{"a chart with statuses in cells", "oslo.json", Options{Chart: LineChart, Status: StatusCell}, "district 2023 Status 2024 Status 2025 Status", 3, 1, "a chart would draw a status in a cell as zero: statuses have columns"},
		{"no dates", "boats.json", Options{Dates: true}, "", 4, 1, "no time dimension has periods as ids, from March 1900 on: there are no dates"},
		{"drop without pivot", "oslo.json", Options{Table: convert.Table{Drop: []string{"Tid"}}}, "district year Status Value", 9, 1, "dropping dimensions has no effect without a dimension to pivot by"},
		{"drop constant", "oslo.json", Options{Table: convert.Table{DropConstant: true}}, "district year Status Value", 9, 1, ""},
		{"drop several", "oslo.json", Options{Table: convert.Table{By: []string{"Tid"}, Drop: []string{"Region", "Tid"}}}, "district 2023 2024 2025", 3, 1, `dimension "Region" is not dropped: it has 3 categories, not one; dimension "Tid" cannot be dropped: the table is pivoted by it`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var warnings []string
			tt.o.Warn = func(m string) { warnings = append(warnings, m) }
			p, err := newPlan(testFile(t, tt.file), &tt.o)
			require.NoError(t, err)
			var columns []string
			for _, c := range p.cols {
				columns = append(columns, c.header)
			}
			if tt.columns != "" {
				require.Equal(t, tt.columns, strings.Join(columns, " "))
			}
			require.Equal(t, tt.rows, p.rows)
			require.Len(t, p.sheets, tt.sheets)
			require.Equal(t, tt.warnings, strings.Join(warnings, "; "))
		})
	}
}

// TestTitle: the title says which categories the dimensions have that have no column.
func TestTitle(t *testing.T) {
	const text = `{"version":"2.0","class":"dataset",%s"id":["Region","what","Tid"],"size":[2,1,1],"role":{"time":["Tid"],"metric":["what"]},"dimension":{
		"Region":{"category":{"index":["0301","1103"],"label":{"0301":"Oslo","1103":"Stavanger"}}},
		"what":{"category":{"index":["P"],"label":{"P":"Population"},"unit":{"P":{"decimals":0,"label":"persons"}}}},
		"Tid":{"category":{"index":["2025"]}}},"value":[1,2]}`
	for _, tt := range []struct {
		name, label string
		o           Options
		want        string
		rows        int
	}{
		{"nothing left out", `"label":"Population",`, Options{}, "Population", 2},
		{"all that is constant", `"label":"Population, by region",`, Options{Table: convert.Table{DropConstant: true}}, "Population, by region, Population (persons), 2025", 2},
		{"what the title says", `"label":"Population (persons)",`, Options{Table: convert.Table{DropConstant: true}}, "Population (persons), 2025", 2},
		{"labels, though the cells say ids", `"label":"Table",`, Options{Table: convert.Table{DropConstant: true, Content: convert.ID, Field: convert.ID}}, "Table, Population (persons), 2025", 2},
		{"of a pivot", `"label":"Table",`, Options{Pivot: true, Table: convert.Table{DropConstant: true}}, "Table, Population (persons)", 2},
		{"of a pivot, some", `"label":"Table",`, Options{Table: convert.Table{By: []string{"Region"}, Drop: []string{"Tid"}}}, "Table, 2025", 2},
		{"without a label", ``, Options{Table: convert.Table{DropConstant: true}}, "Population (persons), 2025", 2},
		{"no title at all", ``, Options{}, "", 0},
		{"none is wanted", `"label":"Table",`, Options{NoTitle: true, Table: convert.Table{DropConstant: true}}, "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ds := testDataset(t, fmt.Sprintf(text, tt.label))
			p, err := newPlan(ds, &tt.o)
			require.NoError(t, err)
			require.Equal(t, tt.rows, p.title)
			parts := testParts(t, ds, &tt.o)
			if tt.want != "" {
				require.Equal(t, tt.want, p.entitled())
				require.Contains(t, parts["xl/sharedStrings.xml"], ">"+tt.want+"<")
			}
		})
	}
}

// TestTooLarge holds the errors of tables that no sheet can hold.
func TestTooLarge(t *testing.T) {
	var size *SizeError
	wide := testDataset(t, fmt.Sprintf(`{"version":"2.0","class":"dataset","id":["a","b"],"size":[129,129],"dimension":{"a":{"category":{"index":%s}},"b":{"category":{"index":%s}}},"value":{"0":1}}`, numbered(129), numbered(129)))
	err := Write(io.Discard, wide, &Options{Table: convert.Table{By: []string{"a", "b"}}})
	require.True(t, errors.As(err, &size))
	require.Equal(t, "the table has 16641 columns, a sheet at most 16384", err.Error())
	err = Write(io.Discard, wide, &Options{Table: convert.Table{By: []string{"c"}}})
	require.ErrorIs(t, err, jsonstat.ErrUnknown)
	huge := testDataset(t, fmt.Sprintf(`{"version":"2.0","class":"dataset","id":["a","b"],"size":[20000,20000],"dimension":{"a":{"category":{"index":%s}},"b":{"category":{"index":%s}}},"value":{"7":1}}`, numbered(20000), numbered(20000)))
	var cells *convert.TooManyRowsError
	require.ErrorAs(t, Write(io.Discard, huge, &Options{Split: true}), &cells)
	require.NoError(t, Write(io.Discard, huge, &Options{Table: convert.Table{Keep: convert.NonMissing}}))
	long := strings.Repeat("x", maxCell+1)
	err = Write(io.Discard, testDataset(t, fmt.Sprintf(`{"version":"2.0","class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":[%q]}}},"value":[1]}`, long)), &Options{Table: convert.Table{Content: convert.ID}})
	require.ErrorContains(t, err, "has an id of more than 32767 characters")
	require.ErrorIs(t, Write(&failing{100}, testFile(t, "oslo.json"), nil), io.ErrShortWrite)
	require.ErrorIs(t, Write(&failing{8000}, testFile(t, "oslo.json"), nil), io.ErrShortWrite)
}

// numbered is an array of n ids.
func numbered(n int) string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("%q", fmt.Sprint(i))
	}
	return "[" + strings.Join(ids, ",") + "]"
}

// failing is a writer that fails after some bytes.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

// TestSerials tells which dimensions are shown as dates.
func TestSerials(t *testing.T) {
	tests := []struct {
		ids  []string
		want []int64
	}{
		{[]string{"1900M03", "2000", "2024"}, nil}, // of two frequencies
		{[]string{"2000", "2024"}, []int64{36526, 45292}},
		{[]string{"2024K1", "2024K2"}, []int64{45292, 45383}},
		{[]string{"1900M03"}, []int64{61}},
		{[]string{"1900M02"}, nil},
		{[]string{"1899"}, nil},
		{[]string{"2024M02D29"}, []int64{45351}},
		{[]string{"total"}, nil},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.ids, " "), func(t *testing.T) {
			spec := jsonstat.DimensionSpec{ID: "t"}
			for _, id := range tt.ids {
				spec.Categories = append(spec.Categories, jsonstat.Category{ID: id})
			}
			d, err := jsonstat.NewDimension(spec)
			require.NoError(t, err)
			require.Equal(t, tt.want, serials(d))
		})
	}
	for serial, want := range map[float64]string{61: "1900-03-01", 45292: "2024-01-01", 45292.5: "2024-01-01T12:00:00", 1: "1900-01-01"} {
		got, ok := dateOf(serial, from1900)
		require.True(t, ok)
		require.Equal(t, want, got)
	}
}
