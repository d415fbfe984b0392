package xlsxconv_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
)

// cutOff is a workbook in which the compressed data of one part end behind a text.
func cutOff(t *testing.T, book []byte, part, behind string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range unzip(t, book) {
		if name != part {
			p, err := w.Create(name)
			require.NoError(t, err)
			_, err = p.Write(text)
			require.NoError(t, err)
			continue
		}
		at := strings.Index(string(text), behind)
		require.GreaterOrEqual(t, at, 0, behind)
		var packed bytes.Buffer
		d, err := flate.NewWriter(&packed, flate.BestSpeed)
		require.NoError(t, err)
		_, err = d.Write(text[:at+len(behind)])
		require.NoError(t, err)
		require.NoError(t, d.Flush()) // and no last block
		p, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(text), UncompressedSize64: uint64(len(text)), CompressedSize64: uint64(packed.Len())})
		require.NoError(t, err)
		_, err = io.Copy(p, &packed)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// TestCutOff reads workbooks a part of which is cut off in front of something that tells
// what its cells are: none is read as if it were whole.
func TestCutOff(t *testing.T) {
	const sheet = "xl/worksheets/data.xml"
	book := zipped(t,
		"_rels/.rels", `<Relationships><Relationship Id="r1" `+kind+`officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook `+office+`><sheets><sheet name="Data" r:id="s1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="s1" `+kind+`worksheet" Target="worksheets/data.xml"/><Relationship Id="s2" `+kind+`sharedStrings" Target="texts.xml"/></Relationships>`,
		"xl/texts.xml", `<sst><si><t>port</t></si><si><t>more</t></si></sst>`,
		sheet, `<worksheet><sheetData>`+rowsOf(1, "s:0|year|Value", "North|2023|:1", "|2024|:2", "South|2023|:3", "|2024|:4")+`</sheetData><mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="A4:A5"/></mergeCells></worksheet>`)
	ds, err := xlsxconv.Read(bytes.NewReader(book), nil)
	require.NoError(t, err)
	require.EqualValues(t, 4, ds.Len())
	for _, tt := range []struct{ name, part, behind, err string }{
		{"in front of merged cells", sheet, `</sheetData>`, `sheet "Data", behind its rows: the part is cut off: unexpected EOF`},
		{"among merged cells", sheet, `<mergeCell ref="A2:A3"/>`, `sheet "Data", behind its rows: the part is cut off: unexpected EOF`},
		{"between rows", sheet, `</row>`, `sheet "Data", row 1: the part is cut off: unexpected EOF`},
		{"in a tag", sheet, `<row r="2`, `sheet "Data", row 1: the part is cut off: unexpected EOF`},
		{"in the shared strings", "xl/texts.xml", `port</t></si>`, `part "xl/texts.xml": the part is cut off: unexpected EOF`},
		{"in the list of sheets", "xl/workbook.xml", `r:id="s1"/>`, `part "xl/workbook.xml": the part is cut off: unexpected EOF: not an .xlsx workbook`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := xlsxconv.Read(bytes.NewReader(cutOff(t, book, tt.part, tt.behind)), nil)
			require.EqualError(t, err, tt.err)
		})
	}
}
