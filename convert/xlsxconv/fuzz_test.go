package xlsxconv_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// seeds are datasets for fuzzing: awkward cubes and the project's documents, none
// too large.
func seeds(t testing.TB) []*jsonstat.Dataset {
	t.Helper()
	var texts [][]byte
	for _, s := range shapes.Cubes() {
		texts = append(texts, []byte(s.JSON))
	}
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "*.json"))
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		texts = append(texts, text)
	}
	var list []*jsonstat.Dataset
	for _, text := range texts {
		doc, err := jsonstat.Parse(text)
		if err != nil || doc.Len() == 0 {
			continue
		}
		if ds, err := doc.Dataset(0); err == nil && ds.Len() < 200 {
			list = append(list, ds)
		}
	}
	return list
}

// readAny reads bytes as a workbook, as one of ours and by rule. What is read is a
// cube whose cells can be read.
func readAny(t *testing.T, book []byte) {
	for _, o := range []*xlsxconv.ReadOptions{nil, {Plain: true, TableOptions: convert.TableOptions{Texts: true}}} {
		ds, err := xlsxconv.Read(bytes.NewReader(book), o)
		if err != nil {
			require.Nil(t, ds)
			require.NotEmpty(t, err.Error())
			continue
		}
		for _, err := range ds.Observations() {
			require.NoError(t, err)
		}
	}
}

// FuzzRead reads anything.
func FuzzRead(f *testing.F) {
	for i, ds := range seeds(f) {
		f.Add(write(f, ds, &xlsxconv.Options{Pivot: i%2 == 1}))
	}
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xd0\xcf\x11\xe0"))
	f.Fuzz(readAny)
}

// FuzzParts reads workbooks whose parts are anything: a sheet, the hidden one and
// the shared strings.
func FuzzParts(f *testing.F) {
	var frame map[string][]byte
	for i, ds := range seeds(f) {
		frame = unzip(f, write(f, ds, &xlsxconv.Options{Pivot: i%2 == 1, Dates: true}))
		f.Add(frame["xl/worksheets/sheet1.xml"], frame["xl/worksheets/sheet2.xml"], frame["xl/sharedStrings.xml"])
	}
	f.Add([]byte(`<x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c><x:v>1</x:v></x:c></x:row></x:sheetData>`), []byte(`<sheetData/>`), []byte(`<sst/>`))
	f.Add([]byte(`<sheetData><!-- > --><row r="3"><c r="B3" t="str"><f>A1>"x"</f><v><![CDATA[a&b]]></v></c></row></sheetData>`), []byte(`<sheetData/>`), []byte(`<sst><si><r><t>a</t></r><rPh><t>b</t></rPh></si></sst>`))
	f.Add([]byte(`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>A1</f><v/></c></row><row r="2"><c r="B2" t="d"><v>2024-01-01</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C9"/></mergeCells><hyperlinks><hyperlink location="Info!A1"/></hyperlinks>`), []byte(`<sheetData/>`), []byte(`<sst><si><r><t>m</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si></sst>`))
	f.Fuzz(func(t *testing.T, sheet, hidden, texts []byte) {
		var book bytes.Buffer
		z := zip.NewWriter(&book)
		for name, text := range frame {
			switch name {
			case "xl/worksheets/sheet1.xml":
				text = sheet
			case "xl/worksheets/sheet2.xml":
				text = hidden
			case "xl/sharedStrings.xml":
				text = texts
			}
			w, err := z.CreateHeader(&zip.FileHeader{Name: name}) // stored
			require.NoError(t, err)
			_, err = w.Write(text)
			require.NoError(t, err)
		}
		require.NoError(t, z.Close())
		readAny(t, book.Bytes())
	})
}

// FuzzRoundTrip takes random cubes out and back with random options.
func FuzzRoundTrip(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed, seed*31)
	}
	f.Add(uint64(19), uint64(497)) // the upper row of the header says what the lower one does
	f.Fuzz(func(t *testing.T, seed, bits uint64) {
		ds := dataset(t, string(shapes.Random(seed)))
		take := func(n uint64) uint64 {
			k := bits % n
			bits /= n
			return k
		}
		o := &xlsxconv.Options{Status: xlsxconv.Status(take(3)), Pivot: take(2) == 1, Dates: take(2) == 1, NoTitle: take(2) == 1, Chart: xlsxconv.Chart(take(3))}
		o.Field, o.Content = convert.Show(take(4)), convert.Show(take(5))
		o.StatusText = convert.StatusText(take(3))
		for _, d := range ds.Dimensions() {
			if take(3) == 0 && o.Chart == xlsxconv.NoChart {
				o.By = append(o.By, d.ID())
			}
			if take(4) == 0 {
				o.Drop = append(o.Drop, d.ID())
			}
		}
		var out bytes.Buffer
		err := xlsxconv.Write(&out, ds, o)
		var size *xlsxconv.SizeError
		if errors.As(err, &size) {
			return
		}
		require.NoError(t, err)
		again, err := xlsxconv.Read(&out, nil)
		require.NoError(t, err)
		requireEqual(t, ds, again)
		require.NoError(t, xlsxconv.Write(io.Discard, again, o))
	})
}
