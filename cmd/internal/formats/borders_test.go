package formats_test

import (
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
)

// part is what a part of a zip archive begins with.
func part(name string) string {
	return "PK\x03\x04" + strings.Repeat("\x00", 22) + string(rune(len(name))) + "\x00\x00\x00" + name
}

// TestOfBytesAtBorders has bytes that only just are, or are not, of a format: each
// has one sign of it, or all but one.
func TestOfBytesAtBorders(t *testing.T) {
	const class = `"class":"dataset"`
	pad := strings.Repeat(" ", formats.FirstBytes-len(class))
	for _, tt := range []struct{ name, first, want string }{
		{"SDMX-CSV by its first column and the value", "DATAFLOW,A,OBS_VALUE\n", "sdmx-csv"},
		{"SDMX-CSV in small letters", "dataflow,a,obs_value\n", "sdmx-csv"},
		{"SDMX-CSV with names", "DATAFLOW;A: Area;OBS_VALUE: Value\n", "sdmx-csv"},
		{"SDMX-CSV in quotes with a bar", `"STRUCTURE"|"A"|"OBS_VALUE"` + "\n", "sdmx-csv"},
		{"SDMX-CSV behind a byte order mark", "\ufeffDATAFLOW,A,OBS_VALUE\n", "sdmx-csv"},
		{"its first column alone", "DATAFLOW,A,B\n", "csv"},
		{"the value alone", "A,DATAFLOW,OBS_VALUE\n", "csv"},
		{"a longer word in front", "DATAFLOWS,A,OBS_VALUE\n", "csv"},
		{"a word behind it", "STRUCTURE ID,A,OBS_VALUE\n", "csv"},
		{"a value that is called otherwise", "DATAFLOW,A,OBS_VALUES\n", "csv"},
		{"SDMX-CSV by its first column with a mark", "STRUCTURE[;],A,B\n", "sdmx-csv"},
		{"SDMX-CSV by its first two columns", "STRUCTURE,STRUCTURE_ID,B\n", "sdmx-csv"},
		{"the first of the two alone", "STRUCTURE,A,B\n", "csv"},
		{"the second of the two alone", "A,STRUCTURE_ID,B\n", "csv"},
		{"names of SDMX without the first column", "A,TIME_PERIOD,OBS_VALUE\n", "csv"},
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
		{"an array of JSON-stat", `[{"class":"dataset"}]`, "jsonstat"},
		{"a word that is no member, then the member", `{"a":"value","value":[1]}`, "jsonstat"},
		{"a member of other JSON", `{"value":1}`, "json"},
		{"values by position", `{"value":{"0":1}}`, "jsonstat"},
		{"values by name", `{"value":{"a":1}}`, "json"},
		{"values that are rows", `{"value":[{"a":1}]}`, "json"},
		{"another class", `{"class":"school"}`, "json"},
		{"a word that is no member", `{"a":"value"}`, "json"},
		{"JSON-stat by a member", `{"dimension":{}}`, "jsonstat"},
		{"a member at the end of what is looked at", `{` + pad + class, "json"},
		{"a member before the end of what is looked at", `{` + pad[1:] + class, "jsonstat"},

		{"a workbook by its properties", part("docProps/app.xml"), "xlsx"},
		{"a workbook by its parts", part("a") + part("xl/workbook.xml"), "xlsx"},
		{"an archive of a table that has these names", part("a.csv") + "xl/,docProps/,[Content_Types].xml\n", "zip"},
		{"an archive that is cut off", part("xl/")[:32], "zip"},
		{"a text of these names", "xl/docProps/[Content_Types].xml", "csv"},
		{"a spreadsheet's type in a text", "application/vnd.oasis.opendocument.spreadsheet", "csv"},
		{"a page in capitals", "\ufeff\r\n\t<HTML>", "html"},
		{"a blank in a text", "a b\n", "csv"},
		{"a form feed in a text", "a\fb\n", "csv"},
		{"the last control character in a text", "a\x1fb\n", ""},
		{"a header that begins like Parquet", "PARENT,year,value\n", "csv"},
		{"a header that is Parquet's mark", "PAR1,PAR2,value\n", "csv"},
		{"a header that is Feather's mark", "FEA1;value\n", "csv"},
		{"a header that is Arrow's mark", "ARROW1,value\n", "csv"},
		{"a header that begins like bzip2", "BZh9,value\n", "csv"},
		{"a header that begins like PDF", "%PDF-share,value\n", "csv"},
		{"a header that begins like zip", "PK,value\n", "csv"},
		{"a header with a number in brackets", "[1] Oslo;[2] Bergen\n1;2\n", "csv"},
		{"a header with a text in brackets", "[\"a\"] b,c\n", "csv"},
		{"numbers in brackets", "[1]\n[a]\n", "csv"},
		{"a header in braces", "{x},{y}\n1,2\n", "csv"},
		{"a header with an empty brace", "{} x,y\n", "csv"},
		{"an array that is cut off", "[\n1\n", "json"},
		{"a header of a range", "[0,5);value\n", "csv"},
		{"an empty object", "{}", "json"},
		{"an array of numbers", "[1, 2,\n3", "json"},
		{"an array of arrays", `[["port","value"],["N",1]]`, "json"},
		{"JSON that is damaged", `{"class":"dataset","value":[NaN,`, "jsonstat"},
		{"JSON in lines of which the second is a text", "{\"a\":1}\n{a}\n", "json"},
		{"a document in one line", "{\"a\":1}\n", "json"},
		{"an age group", "<5;5-9\n1;2\n", "csv"},
		{"a header with a tag", "<b>Port</b>;value\n", "csv"},
		{"a header with a tag of a page", "<htm>,value\n", "csv"},
		{"a tag with a name space", "<a b='c' xmlns='d'>", "xml"},
		{"PX with blanks", "CODEPAGE = \"utf-8\";", "px"},
		{"PX that begins with its values", "VALUES[en](\"a\",\"b\")=\"c\";", "px"},
		{"a number of PX", "DECIMALS=2;", "px"},
		{"a keyword of nobody", "A=\"x\";b\n", "csv"},
		{"a keyword as a text", "TITLE=x;value\n", "csv"},
		{"a keyword as a header", "TITLE,CONTENTS,VALUES\n\"a=\",b,1\n", "csv"},
		{"UTF-16, the higher byte first", "\xfe\xff\x00a", "csv"},
		{"half a mark of UTF-16", "\xff\x00", ""},
		{"JSON in UTF-16", "\xff\xfe{\x00\"\x00a\x00\"\x00", "json"},
		{"SDMX-CSV in UTF-16", "\xfe\xff\x00D\x00A\x00T\x00A\x00F\x00L\x00O\x00W\x00,\x00O\x00B\x00S\x00_\x00V\x00A\x00L\x00U\x00E\x00\n\x00", "sdmx-csv"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := formats.OfBytes([]byte(tt.first)); got.Name != tt.want {
				t.Errorf("%.60q is %q, want %q", tt.first, got.Name, tt.want)
			}
		})
	}
}
