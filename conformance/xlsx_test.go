package conformance_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// missing is how a test ends that lacks a program: it is skipped on a laptop and
// fails in CI.
func missing(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// openpyxl runs the driver and returns what it prints.
func openpyxl(t *testing.T, args ...string) []byte {
	t.Helper()
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import openpyxl").Run() != nil {
			continue
		}
		var problem bytes.Buffer
		cmd := exec.Command(python, append([]string{filepath.Join("clients", "openpyxl_driver.py")}, args...)...)
		cmd.Stderr = &problem
		out, err := cmd.Output()
		require.NoError(t, err, problem.String())
		return out
	}
	missing(t, "not read by openpyxl: python3 does not have it; Debian's package is python3-openpyxl")
	return nil
}

// bookSheet is a sheet as openpyxl sees it.
type bookSheet struct {
	Name, State, Freeze, Filter, Titles string
	Landscape                           bool
	Merged                              []string
	Widths                              map[string]float64
	Links                               map[string]string
	Charts                              int
	Cells                               map[string][3]any // type, value, number format
}

// book is a workbook as openpyxl sees it.
type book struct {
	Title, Creator, Created string
	Sheets                  []bookSheet
}

func (b *book) sheet(t *testing.T, name string) *bookSheet {
	t.Helper()
	for i := range b.Sheets {
		if b.Sheets[i].Name == name {
			return &b.Sheets[i]
		}
	}
	t.Fatalf("there is no sheet %q", name)
	return nil
}

// dumped reads workbooks with openpyxl.
func dumped(t *testing.T, files ...string) []book {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(openpyxl(t, append([]string{"dump"}, files...)...)))
	dec.UseNumber()
	var books []book
	for dec.More() {
		var b book
		require.NoError(t, dec.Decode(&b))
		books = append(books, b)
	}
	require.Len(t, books, len(files))
	return books
}

// smallDocuments are texts by name whose first dataset is no larger than a test
// likes.
func smallDocuments(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, s := range shapes.Cubes() {
		all[s.Name] = s.JSON
	}
	for _, folder := range []string{filepath.Join("..", "testdata"), os.Getenv("JSONSTAT_CORPUS")} {
		files, err := filepath.Glob(filepath.Join(folder, "*.json"))
		require.NoError(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			all[filepath.Base(file)] = string(text)
		}
	}
	for name, text := range all {
		if ds := firstDataset(text); ds == nil || ds.Len() > 3000 {
			delete(all, name)
		}
	}
	require.Greater(t, len(all), 40)
	return all
}

// firstDataset is that of a document, nil if there is none.
func firstDataset(text string) *jsonstat.Dataset {
	doc, err := jsonstat.Parse([]byte(text))
	if err != nil || doc.Len() == 0 {
		return nil
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		return nil
	}
	return ds
}

// writeBook writes a workbook into a file.
func writeBook(t *testing.T, file string, ds *jsonstat.Dataset, o *xlsxconv.Options) {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, xlsxconv.Write(&out, ds, o))
	require.NoError(t, os.WriteFile(file, out.Bytes(), 0o600))
}

// readBook reads one.
func readBook(t *testing.T, file string, o *xlsxconv.ReadOptions) *jsonstat.Dataset {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	ds, err := xlsxconv.Read(f, o)
	require.NoError(t, err, file)
	return ds
}

// TestOpenpyxlReadsCells compares every cell of long tables with the document:
// value, type and number format, in order.
func TestOpenpyxlReadsCells(t *testing.T) {
	dir := t.TempDir()
	var names, files []string
	documents := smallDocuments(t)
	for name, text := range documents {
		file := filepath.Join(dir, fmt.Sprintf("%d.xlsx", len(files)))
		writeBook(t, file, firstDataset(text), &xlsxconv.Options{Table: convert.Table{Content: convert.ID, Field: convert.ID}, Status: xlsxconv.StatusColumn, NoTitle: true})
		names, files = append(names, name), append(files, file)
	}
	compared, cells := 0, 0
	for i, b := range dumped(t, files...) {
		t.Run(names[i], func(t *testing.T) {
			ds := firstDataset(documents[names[i]])
			if ds.HasCells() {
				cells += int(ds.Len())
			}
			compared += compareCells(t, ds, b.sheet(t, "Data"))
			if updated, err := ds.UpdatedTime(); err == nil {
				require.Equal(t, updated.UTC().Format("2006-01-02 15:04:05"), b.Created)
			}
			hidden := b.sheet(t, "jsonstat")
			require.Equal(t, "veryHidden", hidden.State)
			head := ""
			for row := 1; hidden.Cells[fmt.Sprintf("A%d", row)][1] != nil; row++ {
				text := fmt.Sprint(hidden.Cells[fmt.Sprintf("B%d", row)][1])
				require.LessOrEqual(t, len([]rune(text)), 30_000)
				if hidden.Cells[fmt.Sprintf("A%d", row)][1] == "head" {
					head += text
				}
			}
			var want bytes.Buffer
			require.NoError(t, ds.WriteHead(&want))
			require.Equal(t, undone(want.String()), undone(head))
		})
	}
	t.Logf("%d cells compared in %d workbooks", compared, len(files))
	require.Equal(t, cells, compared, "every cell of every document")
	require.Greater(t, compared, 1500)
}

// undone is a text as openpyxl gives it: it leaves _x005F_ as it is written.
func undone(text string) string { return strings.ReplaceAll(text, "_x005F_", "_") }

// compareCells compares a sheet of ids, without a title, with a dataset.
func compareCells(t *testing.T, ds *jsonstat.Dataset, s *bookSheet) (compared int) {
	if !ds.HasCells() || ds.Len() == 0 {
		return 0
	}
	statuses := ds.Cells().Info().HasStatus
	dims := ds.Dimensions()
	table, metric := -1, -1
	var ext struct {
		PX struct{ Decimals *int } `json:"px"`
	}
	if json.Unmarshal(ds.Extension(), &ext) == nil && ext.PX.Decimals != nil {
		table = *ext.PX.Decimals
	}
	for i, d := range dims {
		if d.HasUnits() && metric < 0 {
			metric = i
		}
	}
	last := string(rune('A' + len(dims)))
	if statuses {
		last = string(rune('A' + len(dims) + 1))
	}
	require.Equal(t, fmt.Sprintf("A1:%s%d", last, ds.Len()+1), s.Filter)
	require.Equal(t, "A2", s.Freeze)
	require.Equal(t, "$1:$1", strings.ReplaceAll(s.Titles, "1:1", "$1:$1"))
	require.True(t, s.Landscape)
	var coords []int
	for pos := range ds.Len() {
		coords = ds.Shape().Coords(pos, coords)
		want, err := ds.AtPosition(pos)
		require.NoError(t, err)
		at := func(column int) [3]any { return s.Cells[fmt.Sprintf("%c%d", 'A'+column, pos+2)] }
		for i, d := range dims {
			got := at(i)
			require.Equal(t, "s", got[0])
			require.Equal(t, "@", got[2])
			require.Equal(t, shown(d.CategoryID(coords[i])), got[1])
		}
		column := len(dims)
		if statuses {
			var status any
			if want.Status != "" {
				status = shown(want.Status)
			}
			require.Equal(t, status, at(column)[1])
			column++
		}
		places := table
		if metric >= 0 {
			if u := dims[metric].CategoryUnit(coords[metric]); u != nil && u.Decimals != nil {
				places = *u.Decimals
			}
		}
		compareValue(t, want, at(column), places)
		compared++
	}
	return compared
}

// shown is a text as openpyxl gives it.
func shown(text string) string {
	if text == "" {
		return "[]"
	}
	return strings.NewReplacer("\r", "_x000D_", "\x01", "_x0001_").Replace(text)
}

// compareValue compares the cell of a value.
func compareValue(t *testing.T, want jsonstat.Cell, got [3]any, places int) {
	t.Helper()
	switch want.Kind {
	case jsonstat.Missing:
		require.Nil(t, got[1])
	case jsonstat.Number, jsonstat.NumberRaw:
		exact, err := strconv.ParseFloat(want.Text, 64)
		mantissa, _, _ := strings.Cut(strings.ToLower(want.Text), "e")
		if zero := strings.Trim(mantissa, "-0.") == ""; err != nil || math.Abs(exact) >= 1e308 || (!zero && math.Abs(exact) < 0x1p-1022) {
			require.Equal(t, "s", got[0]) // no cell holds it
			return
		}
		require.Equal(t, "n", got[0])
		number, err := got[1].(json.Number).Float64()
		require.NoError(t, err)
		require.Equal(t, exact+0, number+0, want.Text)
		format := "General"
		if places == 0 {
			format = "#,##0"
		} else if places > 0 {
			format = "#,##0." + strings.Repeat("0", min(places, 30))
		}
		require.Equal(t, format, got[2])
	case jsonstat.True, jsonstat.False:
		require.Equal(t, "b", got[0])
		require.Equal(t, want.Kind == jsonstat.True, got[1])
	default:
		if want.Text == "" {
			require.Nil(t, got[1])
			return
		}
		require.Equal(t, "s", got[0])
		require.Equal(t, shown(want.Text), got[1])
	}
}

// TestOpenpyxlReadsBook looks at what makes a workbook fit to publish.
func TestOpenpyxlReadsBook(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "testdata", "sysselsatte.json"))
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "book.xlsx")
	ds := firstDataset(string(text))
	writeBook(t, file, ds, &xlsxconv.Options{Pivot: true, Dates: true, Chart: xlsxconv.LineChart, Table: convert.Table{Content: convert.Both}})
	b := dumped(t, file)[0]
	require.Equal(t, ds.Label(), b.Title)
	require.Equal(t, "Oppdiktede tall", b.Creator)
	var names []string
	for _, s := range b.Sheets {
		names = append(names, s.Name)
	}
	require.Equal(t, []string{"Data", "Diagram", "Info", "jsonstat"}, names)
	data := b.sheet(t, "Data")
	require.Equal(t, ds.Label(), data.Cells["A1"][1])
	require.Equal(t, "C5", data.Freeze)
	require.Equal(t, "A4:J13", data.Filter)
	require.Equal(t, []string{"C3:F3", "G3:J3"}, data.Merged)
	require.Equal(t, [3]any{"s", "Sysselsatte (1 000 personer)", "@"}, data.Cells["C3"])
	require.Equal(t, [3]any{"d", "2025-01-01", "yyyy-mm-dd"}, data.Cells["C4"])
	require.Equal(t, [3]any{"d", "2025-04-01", "yyyy-mm-dd"}, data.Cells["E4"])
	require.Equal(t, [3]any{"s", "[0301] Oslo", "@"}, data.Cells["A5"])
	require.Equal(t, [3]any{"n", json.Number("402"), "#,##0"}, data.Cells["C5"])
	require.Equal(t, [3]any{"n", json.Number("71.2"), "#,##0.0"}, data.Cells["G5"])
	require.Equal(t, "*", data.Cells["F5"][1])
	require.Equal(t, "..", data.Cells["J11"][1])
	require.Nil(t, data.Cells["I11"][1])
	require.Greater(t, data.Widths["B"], 12.0)
	require.Equal(t, 1, b.sheet(t, "Diagram").Charts)
	info := b.sheet(t, "Info")
	seen := map[string]string{}
	for at, c := range info.Cells {
		if after, ok := strings.CutPrefix(at, "A"); ok {
			seen[fmt.Sprint(c[1])] = fmt.Sprint(info.Cells["B"+after][1])
		}
	}
	require.Equal(t, "90001", seen["Tabell"])
	require.Equal(t, "Oppdiktede tall", seen["Kilde"])
	require.Equal(t, "2025-11-06 07:00 UTC", seen["Oppdatert"])
	require.Equal(t, "Ola Nordmann, ola@example.org, 00 00 00 00", seen["Kontakt"])
	require.Equal(t, "Til og med 2023: 5401 Tromsø.", seen["region: Tromsø"])
	require.Equal(t, "https://www.ssb.no/klass/klassifikasjoner/131", seen["region"][:0]+info.Cells["B"+rowOf(info, "https://www.ssb.no/klass/klassifikasjoner/131")][1].(string))
	require.Contains(t, info.Links, "B"+rowOf(info, "https://www.ssb.no/klass/klassifikasjoner/131"))
	require.NotEmpty(t, rowOf(info, "Tallene er oppdiktet.\nSe «Om statistikken»."))
	require.NotEmpty(t, rowOf(info, "Vises ikke av konfidensialitetshensyn"))
}

// rowOf is the row in which column B of a sheet has a text, "" if none does.
func rowOf(s *bookSheet, text string) string {
	for at, c := range s.Cells {
		if row, ok := strings.CutPrefix(at, "B"); ok && c[1] == text {
			return row
		}
	}
	return ""
}

// TestOpenpyxlWrites reads what openpyxl saved: as it was, after a person worked in
// it, and a workbook of its own.
func TestOpenpyxlWrites(t *testing.T) {
	dir := t.TempDir()
	openpyxl(t, "plain", filepath.Join(dir, "plain.xlsx"))
	ds := readBook(t, filepath.Join(dir, "plain.xlsx"), nil)
	var out bytes.Buffer
	require.NoError(t, convert.WriteCSV(&out, ds, &convert.CSVOptions{Status: true}))
	require.Equal(t, "Port,Day,Status,Value\n007,2024-01-01,,12.5\n007,2024-02-01,x,n/a\nS2,2024-01-01,,0.1\nS2,2024-02-01,,1234567\n", out.String())

	for _, name := range []string{"sysselsatte.json", "oslo.json", "gdp-sparse.json", "boats.json"} {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("..", "testdata", name))
			require.NoError(t, err)
			ds := firstDataset(string(text))
			book, saved, edited := filepath.Join(dir, name+".xlsx"), filepath.Join(dir, name+".saved.xlsx"), filepath.Join(dir, name+".edited.xlsx")
			writeBook(t, book, ds, nil)
			openpyxl(t, "resave", book, saved)
			requireSame(t, ds, readBook(t, saved, nil), nil)
			openpyxl(t, "edit", book, edited)
			// The rows were turned round, then the first, which is the last cell, was
			// taken out, and the last, which is the first cell, got another value.
			requireSame(t, ds, readBook(t, edited, nil), map[int64]string{0: "4711.5", ds.Len() - 1: ""})
		})
	}
}

// requireSame holds that two datasets are the same but for the values of some cells;
// "" stands for a cell that is gone.
func requireSame(t *testing.T, want, got *jsonstat.Dataset, changed map[int64]string) {
	t.Helper()
	var a, b bytes.Buffer
	require.NoError(t, want.WriteHead(&a))
	require.NoError(t, got.WriteHead(&b))
	require.JSONEq(t, a.String(), b.String())
	for pos := range want.Len() {
		w, err := want.AtPosition(pos)
		require.NoError(t, err)
		g, err := got.AtPosition(pos)
		require.NoError(t, err)
		text, ok := changed[pos]
		if ok && text == "" {
			w = jsonstat.Cell{}
		} else if ok {
			w.Kind, w.Text = jsonstat.Number, text
		}
		require.Equal(t, w.Status, g.Status, "cell %d", pos)
		require.Equal(t, w.Missing(), g.Missing(), "cell %d", pos)
		switch w.Kind {
		case jsonstat.Missing:
		case jsonstat.Number, jsonstat.NumberRaw:
			require.Equal(t, string(jsonstat.AppendNumber(nil, []byte(w.Text))), string(jsonstat.AppendNumber(nil, []byte(g.Text))), "cell %d", pos)
		default:
			require.Equal(t, w, g, "cell %d", pos)
		}
	}
}

// libreOffice converts files, all into one folder.
func libreOffice(t *testing.T, to, dir string, files ...string) {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		missing(t, "not opened in LibreOffice: no soffice on the PATH; Debian's package is libreoffice-calc-nogui")
	}
	profile := "-env:UserInstallation=file://" + filepath.ToSlash(t.TempDir())
	out, err := exec.Command(office, append([]string{profile, "--headless", "--convert-to", to, "--outdir", dir}, files...)...).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// TestLibreOffice opens workbooks in LibreOffice and saves them again: what it wrote
// comes back as the cube, in all ways of writing it.
func TestLibreOffice(t *testing.T) {
	dir, saved := t.TempDir(), t.TempDir()
	documents := smallDocuments(t)
	ways := []xlsxconv.Options{{}, {Pivot: true, Chart: xlsxconv.BarChart, Dates: true}, {Table: convert.Table{Content: convert.Columns}, Status: xlsxconv.StatusCell}}
	var files []string
	sets := map[string]*jsonstat.Dataset{}
	for _, name := range []string{"sysselsatte.json", "oslo.json", "gdp-sparse.json", "livestock-rpc.json", "strings", "numbers-edges", "numbers-layout", "ids-newlines", "labels-equal", "ids-symbols"} {
		ds := firstDataset(documents[name])
		require.NotNil(t, ds, name)
		for way := range ways {
			file := fmt.Sprintf("%s-%d.xlsx", name, way)
			writeBook(t, filepath.Join(dir, file), ds, &ways[way])
			sets[file] = ds
			files = append(files, filepath.Join(dir, file))
		}
	}
	libreOffice(t, "xlsx:Calc MS Excel 2007 XML", saved, files...)
	for file, ds := range sets {
		t.Run(file, func(t *testing.T) {
			requireSame(t, ds, readBook(t, filepath.Join(saved, file), nil), nil)
		})
	}
}

// TestLibreOfficePlain reads by rule what LibreOffice made of a CSV table.
func TestLibreOfficePlain(t *testing.T) {
	dir := t.TempDir()
	table := "Port,Year,Tonnes\nNorth quay,2023,120\nNorth quay,2024,118.5\nSouth quay,2023,0.1\nSouth quay,2024,90\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "catch.csv"), []byte(table), 0o600))
	libreOffice(t, "xlsx:Calc MS Excel 2007 XML", dir, filepath.Join(dir, "catch.csv"))
	ds := readBook(t, filepath.Join(dir, "catch.xlsx"), &xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Values: []string{"Tonnes"}}})
	var out bytes.Buffer
	require.NoError(t, convert.WriteCSV(&out, ds, &convert.CSVOptions{ValueName: "Tonnes"}))
	require.Equal(t, table, out.String())
}
