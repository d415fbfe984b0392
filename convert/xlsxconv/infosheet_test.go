package xlsxconv_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
)

// TestInfoSheet holds the rows of the information sheet, and which cells are links.
func TestInfoSheet(t *testing.T) {
	const rich = `{"version":"2.0","class":"dataset","label":"Boat harvest","source":"Invented Office","updated":"2025-01-31T08:00:00Z","note":["All invented.","See https://example.org/b"],
"link":{"license":[{"href":"https://example.org/licence","label":"Free"}],"alternate":[{"href":"https://example.org/table","type":"text/html"}]},
"extension":{"px":{"tableid":"T7","language":"en","contact":"x"}},
"id":["port","year"],"size":[2,1],"role":{"time":["year"]},"dimension":{"port":{"label":"Port","note":["Of ports."],"category":{"index":["N1","S2"],"label":{"N1":"North","S2":"South"},"note":{"S2":["Closed."]}}},"year":{"label":"Year","category":{"index":["2024"]}}},"value":[1,null],"status":{"1":".."}}`
	for _, tt := range []struct {
		name, text string
		o          *xlsxconv.Options
		want       string
	}{
		{"all that a document says", rich, nil, "Info\n" +
			"Boat harvest\n" +
			"\n" +
			"Table\n" +
			"Table | T7\n" +
			"Source | Invented Office\n" +
			"Updated | 2025-01-31 08:00 UTC\n" +
			"Licence | https://example.org/licence -> https://example.org/licence\n" +
			"Attribution | Invented Office, table T7, Boat harvest, updated 2025-01-31\n" +
			"Related | https://example.org/table -> https://example.org/table\n" +
			"Number of figures | 2\n" +
			"\n" +
			"Variables\n" +
			"Code | Name | Categories\n" +
			"port | Port | 2\n" +
			"year | Year | 1\n" +
			"\n" +
			"Symbols\n" +
			"Symbol | Meaning\n" +
			".. | Data not available\n" +
			"\n" +
			"Notes\n" +
			"Table | All invented.\n" +
			"Table | See https://example.org/b\n" +
			"Port | Of ports.\n" +
			`Port: South | Closed.`},
		{"without a date", strings.Replace(rich, `"updated":"2025-01-31T08:00:00Z",`, "", 1), nil, "Info\n" +
			"Boat harvest\n" +
			"\n" +
			"Table\n" +
			"Table | T7\n" +
			"Source | Invented Office\n" +
			"Licence | https://example.org/licence -> https://example.org/licence\n" +
			"Attribution | Invented Office, table T7, Boat harvest\n" +
			"Related | https://example.org/table -> https://example.org/table\n" +
			"Number of figures | 2\n" +
			"\n" +
			"Variables\n" +
			"Code | Name | Categories\n" +
			"port | Port | 2\n" +
			"year | Year | 1\n" +
			"\n" +
			"Symbols\n" +
			"Symbol | Meaning\n" +
			".. | Data not available\n" +
			"\n" +
			"Notes\n" +
			"Table | All invented.\n" +
			"Table | See https://example.org/b\n" +
			"Port | Of ports.\n" +
			`Port: South | Closed.`},
		{"with a date that is none", strings.Replace(rich, "2025-01-31T08:00:00Z", "soon", 1), nil, "Info\n" +
			"Boat harvest\n" +
			"\n" +
			"Table\n" +
			"Table | T7\n" +
			"Source | Invented Office\n" +
			"Updated | soon\n" +
			"Licence | https://example.org/licence -> https://example.org/licence\n" +
			"Attribution | Invented Office, table T7, Boat harvest\n" +
			"Related | https://example.org/table -> https://example.org/table\n" +
			"Number of figures | 2\n" +
			"\n" +
			"Variables\n" +
			"Code | Name | Categories\n" +
			"port | Port | 2\n" +
			"year | Year | 1\n" +
			"\n" +
			"Symbols\n" +
			"Symbol | Meaning\n" +
			".. | Data not available\n" +
			"\n" +
			"Notes\n" +
			"Table | All invented.\n" +
			"Table | See https://example.org/b\n" +
			"Port | Of ports.\n" +
			`Port: South | Closed.`},
		{"without a source", strings.Replace(rich, `"source":"Invented Office",`, "", 1), nil, "Info\n" +
			"Boat harvest\n" +
			"\n" +
			"Table\n" +
			"Table | T7\n" +
			"Updated | 2025-01-31 08:00 UTC\n" +
			"Licence | https://example.org/licence -> https://example.org/licence\n" +
			"Related | https://example.org/table -> https://example.org/table\n" +
			"Number of figures | 2\n" +
			"\n" +
			"Variables\n" +
			"Code | Name | Categories\n" +
			"port | Port | 2\n" +
			"year | Year | 1\n" +
			"\n" +
			"Symbols\n" +
			"Symbol | Meaning\n" +
			".. | Data not available\n" +
			"\n" +
			"Notes\n" +
			"Table | All invented.\n" +
			"Table | See https://example.org/b\n" +
			"Port | Of ports.\n" +
			`Port: South | Closed.`},
		{"in Norwegian, with a licence of its own", strings.Replace(rich, `"language":"en"`, `"language":"no"`, 1), &xlsxconv.Options{Licence: "https://example.org/mine", Attribution: "By me"}, "Info\n" +
			"Boat harvest\n" +
			"\n" +
			"Tabellen\n" +
			"Tabell | T7\n" +
			"Kilde | Invented Office\n" +
			"Oppdatert | 2025-01-31 08:00 UTC\n" +
			"Lisens | https://example.org/mine -> https://example.org/mine\n" +
			"Kildehenvisning | By me\n" +
			"Se også | https://example.org/table -> https://example.org/table\n" +
			"Antall tall | 2\n" +
			"\n" +
			"Variabler\n" +
			"Kode | Navn | Kategorier\n" +
			"port | Port | 2\n" +
			"year | Year | 1\n" +
			"\n" +
			"Symboler\n" +
			"Symbol | Betydning\n" +
			".. | Tallgrunnlag mangler\n" +
			"\n" +
			"Merknader\n" +
			"Tabellen | All invented.\n" +
			"Tabellen | See https://example.org/b\n" +
			"Port | Of ports.\n" +
			`Port: South | Closed.`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, err := excelize.OpenReader(bytes.NewReader(write(t, dataset(t, tt.text), tt.o)))
			require.NoError(t, err)
			defer f.Close()
			sheet := f.GetSheetList()[1]
			rows, err := f.GetRows(sheet)
			require.NoError(t, err)
			var lines []string
			for r, row := range rows {
				for c := range row {
					cell, err := excelize.CoordinatesToCellName(c+1, r+1)
					require.NoError(t, err)
					if linked, to, err := f.GetCellHyperLink(sheet, cell); err == nil && linked {
						row[c] += " -> " + to
					}
				}
				lines = append(lines, strings.Join(row, " | "))
			}
			got := sheet + "\n" + strings.Join(lines, "\n")
			require.Equal(t, tt.want, got)
		})
	}
}
