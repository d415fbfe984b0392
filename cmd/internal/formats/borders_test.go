package formats_test

import (
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
)

// TestOfBytesAtBorders has bytes that only just are, or are not, of a format: each
// has one sign of it, or all but one.
func TestOfBytesAtBorders(t *testing.T) {
	pad := strings.Repeat(" ", formats.FirstBytes-len(`{"class"`))
	for _, tt := range []struct{ name, first, want string }{
		{"SDMX-CSV by its first column alone", "DATAFLOW,A,B\n", "sdmx-csv"},
		{"SDMX-CSV by its first column with a mark", "STRUCTURE[;],A,B\n", "sdmx-csv"},
		{"SDMX-CSV by its first two columns", "STRUCTURE,STRUCTURE_ID,B\n", "sdmx-csv"},
		{"the first of the two alone", "STRUCTURE,A,B\n", "csv"},
		{"the second of the two alone", "A,STRUCTURE_ID,B\n", "csv"},
		{"SDMX-CSV by two columns anywhere", "A,TIME_PERIOD,OBS_VALUE\n", "sdmx-csv"},
		{"SDMX-CSV by two columns with names", "A\tTIME_PERIOD: Time\tOBS_VALUE:Value\n", "sdmx-csv"},
		{"one of the two", "A,B,OBS_VALUE\n", "csv"},
		{"the other of the two", "A,TIME_PERIOD,B\n", "csv"},
		{"names that begin like the two", "A,TIME_PERIODS,OBS_VALUES\n", "csv"},
		{"two columns alone", "TIME_PERIOD,OBS_VALUE\n", "csv"},
		{"CSV-stat with a tab", "jsonstat\t.\n", "csv-stat"},
		{"CSV-stat with a bar", "jsonstat|\n", "csv-stat"},
		{"its first word alone", "jsonstat\n", "csv"},
		{"its first word and another character", "jsonstat:,\n", "csv"},

		{"SDMX-ML by its name space", `<a xmlns="http://www.sdmx.org/resources/x">`, "sdmx-ml"},
		{"SDMX-ML by its older name space", `<a xmlns="http://www.SDMX.org/resources/x">`, "sdmx-ml"},
		{"SDMX-ML by its schemas", `<a xmlns="urn:sdmx.org/resources/sdmxml/x">`, "sdmx-ml"},
		{"SDMX-ML by its older schemas", `<a xmlns="urn:SDMX.org/resources/SDMXML/x">`, "sdmx-ml"},
		{"the same name in a text", `"www.sdmx.org/resources"`, "csv"},
		{"the same name in JSON", `{"x":"www.sdmx.org/resources"}`, "json"},

		{"SDMX-JSON by its data sets", `{"dataSets":[]}`, "sdmx-json"},
		{"SDMX-JSON by its structures", `{"structures" : []}`, "sdmx-json"},
		{"SDMX-JSON by its data structures", `{"dataStructures":[]}`, "sdmx-json"},
		{"SDMX-JSON by its concepts", `{"conceptSchemes":[]}`, "sdmx-json"},
		{"SDMX-JSON by its schema", `{"a":"sdmx-json"}`, "sdmx-json"},
		{"SDMX-JSON by who keeps it", `{"a":"sdmx-twg"}`, "sdmx-json"},
		{"JSON-stat that mentions it", `{"class":"dataset","dataSets":[]}`, "jsonstat"},
		{"JSON-stat that mentions who keeps it", `{"class":"dataset","note":["sdmx-twg"]}`, "jsonstat"},
		{"an array that mentions it", `["sdmx-json"]`, "json"},
		{"an array of data sets", `[{"dataSets":[]}]`, "json"},
		{"an array of JSON-stat", `[{"class":"dataset"}]`, "json"},
		{"a word that is no member, then the member", `{"a":"value","value":1}`, "jsonstat"},
		{"a word that is no member", `{"a":"value"}`, "json"},
		{"JSON-stat by a member", `{"dimension":{}}`, "jsonstat"},
		{"a member at the end of what is looked at", `{` + pad + `"class":`, "json"},
		{"a member before the end of what is looked at", `{` + pad[1:] + `"class":`, "jsonstat"},

		{"a workbook by its properties", "PK\x03\x04docProps/", "xlsx"},
		{"a workbook by its parts", "PK\x03\x04xl/", "xlsx"},
		{"a text of these names", "xl/docProps/[Content_Types].xml", "csv"},
		{"a spreadsheet's type in a text", "application/vnd.oasis.opendocument.spreadsheet", "csv"},
		{"a page in capitals", "\ufeff\r\n\t<HTML>", "html"},
		{"a blank in a text", "a b\n", "csv"},
		{"a form feed in a text", "a\fb\n", "csv"},
		{"the last control character in a text", "a\x1fb\n", ""},
		{"UTF-16, the higher byte first", "\xfe\xff\x00a", "csv"},
		{"half a mark of UTF-16", "\xff\x00", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := formats.OfBytes([]byte(tt.first)); got.Name != tt.want {
				t.Errorf("%.60q is %q, want %q", tt.first, got.Name, tt.want)
			}
		})
	}
}
