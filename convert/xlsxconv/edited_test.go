package xlsxconv_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
)

// harvest is an invented cube with a missing value, statuses, codes with leading
// zeros, two units and notes.
const harvest = `{"version":"2.0","class":"dataset","label":"Boat harvest","source":"Invented Office","updated":"2025-01-31T08:00:00Z","note":["Figures are <b>invented</b>.<br/>All of them &amp; more."],
"id":["port","what","year"],"size":[2,2,2],"role":{"geo":["port"],"metric":["what"],"time":["year"]},
"dimension":{"port":{"label":"Port","category":{"index":["007","N1"],"label":{"007":"North quay","N1":"South quay"}}},
"what":{"label":"Catch","category":{"index":["kg","pc"],"label":{"kg":"Weight","pc":"Share"},
"unit":{"kg":{"decimals":0,"label":"kilograms"},"pc":{"decimals":1,"label":"percent","symbol":"%","position":"end"}}}},
"year":{"label":"Year","category":{"index":["2023","2024"]}}},
"value":[120,125,12.5,13.0,null,90,7.25,0.30000000000000004],"status":{"4":"..","7":"p"}}`

// edit writes a workbook, changes it with excelize as a person would with another
// program, and reads it.
func edit(t *testing.T, o *xlsxconv.Options, change func(f *excelize.File)) ([]string, map[int64]string, error) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(write(t, dataset(t, harvest), o)))
	require.NoError(t, err)
	defer f.Close()
	change(f)
	out, err := f.WriteToBuffer()
	require.NoError(t, err)
	var warnings []string
	ds, err := xlsxconv.Read(out, &xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Warn: func(m string) { warnings = append(warnings, m) }}})
	if err != nil {
		return warnings, nil, err
	}
	require.Equal(t, headOf(t, dataset(t, harvest)), headOf(t, ds))
	return warnings, cells(t, ds), nil
}

// TestEdited changes a workbook in ways in which people do.
func TestEdited(t *testing.T) {
	whole := cells(t, dataset(t, harvest))
	without := func(positions ...int64) map[int64]string {
		m := map[int64]string{}
		for k, v := range whole {
			m[k] = v
		}
		for _, p := range positions {
			delete(m, p)
		}
		return m
	}
	with := func(pos int64, text string) map[int64]string {
		m := without()
		m[pos] = text
		return m
	}
	must := func(errs ...error) {
		t.Helper()
		for _, err := range errs {
			require.NoError(t, err)
		}
	}
	both := &xlsxconv.Options{Table: table{Content: convert.Columns}}
	pivot := &xlsxconv.Options{Table: table{By: []string{"what", "year"}}, Status: xlsxconv.StatusColumn}
	tests := []struct {
		name    string
		o       *xlsxconv.Options
		change  func(f *excelize.File)
		want    map[int64]string
		warning string
		err     string
	}{
		{"nothing", nil, func(*excelize.File) {}, whole, "", ""},
		{"a value", nil, func(f *excelize.File) { must(f.SetCellValue("Data", "E4", 121.5)) }, with(0, "121.5 | "), "", ""},
		{"a value with hidden digits", nil, func(f *excelize.File) { must(f.SetCellValue("Data", "E11", 0.4)) }, with(7, "0.4 | p"), "", ""},
		{"digits rounded to 15", nil, func(f *excelize.File) { must(f.SetCellValue("Data", "E11", 0.3)) }, whole, "", ""},
		{"a value where there was none", nil, func(f *excelize.File) { must(f.SetCellValue("Data", "E8", 5), f.SetCellValue("Data", "D8", nil)) }, with(4, "5 | "), "", ""},
		{"a value taken out", nil, func(f *excelize.File) { must(f.SetCellValue("Data", "E4", nil)) }, without(0), "", ""},
		{"a status", nil, func(f *excelize.File) { must(f.SetCellValue("Data", "D4", "e")) }, with(0, "120 | e"), "", ""},
		{"rows taken out", nil, func(f *excelize.File) { must(f.RemoveRow("Data", 4), f.RemoveRow("Data", 4)) }, without(0, 1), "", ""},
		{"a row moved", nil, func(f *excelize.File) {
			must(f.DuplicateRowTo("Data", 4, 12), f.RemoveRow("Data", 4))
		}, whole, "", ""},
		{"the title taken out", nil, func(f *excelize.File) { must(f.RemoveRow("Data", 1), f.RemoveRow("Data", 1)) }, whole, "", ""},
		{"lines above", nil, func(f *excelize.File) { must(f.InsertRows("Data", 1, 3), f.SetCellValue("Data", "B2", "A remark")) }, whole, "", ""},
		{"an empty row", nil, func(f *excelize.File) { must(f.InsertRows("Data", 6, 1)) }, whole, "", ""},
		{"a column more", nil, func(f *excelize.File) {
			must(f.SetCellValue("Data", "G3", "Remark"), f.SetCellValue("Data", "G5", "?"))
		}, whole, `sheet "Data": column G, "Remark", is no part of the table`, ""},
		{"columns that changed places", nil, func(f *excelize.File) {
			for row := 3; row <= 11; row++ {
				from, err := excelize.CoordinatesToCellName(1, row)
				must(err)
				text, err := f.GetCellValue("Data", from)
				must(err)
				to, err := excelize.CoordinatesToCellName(8, row)
				must(err, f.SetCellValue("Data", to, text), f.SetCellValue("Data", from, nil))
			}
		}, whole, "", ""},
		{"the sheet has another name", nil, func(f *excelize.File) { must(f.SetSheetName("Data", "Mine")) }, whole, "", ""},
		{"a code that became a number", both, func(f *excelize.File) { must(f.SetCellValue("Data", "E4", 2023)) }, whole, "", ""},
		{"the status column taken out", nil, func(f *excelize.File) { must(f.RemoveCol("Data", "D")) }, map[int64]string{0: "120 | ", 1: "125 | ", 2: "12.5 | ", 3: "13 | ", 5: "90 | ", 6: "7.25 | ", 7: "0.30000000000000004 | "}, `no column "Status" any more`, ""},
		{"a pivot", pivot, func(*excelize.File) {}, whole, "", ""},
		{"a column of a pivot taken out", pivot, func(f *excelize.File) { must(f.RemoveCol("Data", "D"), f.RemoveCol("Data", "D")) }, without(1, 5), "", ""},

		{"a text for a value", nil, func(f *excelize.File) { must(f.SetCellValue("Data", "E4", "many")) }, nil, "", `sheet "Data", cell E4: the value "many" is a text, no number`},
		{"an unknown category", nil, func(f *excelize.File) { must(f.SetCellValue("Data", "A5", "North qay")) }, nil, "", `sheet "Data", cell A5: there is no category "North qay" in dimension "port"`},
		{"a category taken out", nil, func(f *excelize.File) { must(f.SetCellValue("Data", "A5", nil)) }, nil, "", `sheet "Data", row 5: the row has no category of dimension "port"`},
		{"a row twice", nil, func(f *excelize.File) { must(f.DuplicateRow("Data", 4)) }, nil, "", `sheet "Data", cell E5: the cell port=007, what=kg, year=2023 has a row already`},
		{"code and label at odds", both, func(f *excelize.File) { must(f.SetCellValue("Data", "B4", "South quay")) }, nil, "", `sheet "Data", cell B4: "South quay" is not the label of category "007"`},
		{"a dimension taken out", nil, func(f *excelize.File) { must(f.RemoveCol("Data", "B")) }, nil, "", `sheet "Data": the header of the table is not there: it has the columns "Port", "Catch", "Year"`},
		{"the sheet taken out", nil, func(f *excelize.File) { must(f.DeleteSheet("Data")) }, nil, "", `the workbook has no sheet "Data", nor one with the same header`},
		{"a column of a pivot twice", pivot, func(f *excelize.File) { must(f.SetCellValue("Data", "D4", "2023")) }, nil, "", `cell D4: the column is the same as column B`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			warnings, got, err := edit(t, tt.o, tt.change)
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
			if tt.warning == "" {
				require.Empty(t, warnings)
			} else {
				require.Contains(t, strings.Join(warnings, "\n"), tt.warning)
			}
		})
	}
}
