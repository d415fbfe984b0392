package formats_test

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/cmd/internal/suite"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func TestOfBytes(t *testing.T) {
	tests := []struct{ name, first, want string }{
		{"JSON-stat", `{"version":"2.0","class":"dataset"`, "jsonstat"},
		{"JSON-stat behind a byte order mark", "\ufeff {\"class\" : \"collection\"", "jsonstat"},
		{"PxWeb's wrapped dataset", `{"dataset":{"dimension":{`, "jsonstat"},
		{"CSO's JSON-RPC answer", `{"jsonrpc":"2.0","result":{`, "jsonstat"},
		{"JSON-stat that mentions SDMX's word as a label", `{"class":"dataset","label":"x","note":["\"dataSets\":"]`, "jsonstat"},
		{"SDMX-JSON 1.0", `{"header":{"id":"1"},"dataSets":[{`, "sdmx-json"},
		{"SDMX-JSON 2.0", `{"meta":{"schema":"https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/x.json"},"data":{`, "sdmx-json"},
		{"rows of objects", `[{"port":"N","year":2024}]`, "json"},
		{"an object of anything", `{"error":"no such table"}`, "json"},
		{"SDMX-CSV 1.0", "DATAFLOW,FREQ,GEO,TIME_PERIOD,OBS_VALUE\n", "sdmx-csv"},
		{"SDMX-CSV 2.0", "STRUCTURE,STRUCTURE_ID,ACTION,GEO,TIME_PERIOD,OBS_VALUE\n", "sdmx-csv"},
		{"SDMX-CSV with labels and semicolons", "STRUCTURE[;];STRUCTURE_ID;GEO: Area;TIME_PERIOD: Time;OBS_VALUE\n", "sdmx-csv"},
		{"columns of SDMX-CSV without its first column, which may be anybody's", "\"GEO\",\"TIME_PERIOD\",\"OBS_VALUE\"\r\n", "csv"},
		{"Eurostat's SDMX-CSV", "DATAFLOW,LAST UPDATE,freq,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\r\nESTAT:X(1.0),01/03/25,A,NO,2024,1,\r\n", "sdmx-csv"},
		{"rows of objects in lines", "{\"port\":\"N\",\"value\":1}\n{\"port\":\"S\",\"value\":2}\n", "ndjson"},
		{"rows of arrays in lines", "[\"port\",\"value\"]\n[\"N\",1]\n[\"S\",2]\n", "ndjson"},
		{"values of OData", `{"@odata.context":"x","value":[{"port":"N"}]}`, "json"},
		{"a text document", part("[Content_Types].xml") + part("word/document.xml"), "zip"},
		{"bzip2", "BZh91AY&SY\x00", "bzip2"},
		{"xz", "\xfd7zXZ\x00\x00", "xz"},
		{"7z", "7z\xbc\xaf\x27\x1c\x00", "7z"},
		{"tar", "table.csv" + strings.Repeat("\x00", 248) + "ustar\x0000", "tar"},
		{"a web page behind a comment", "<!-- made by hand -->\n<html>", "html"},
		{"XHTML", "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html>", "html"},
		{"SDMX-ML without a declaration", `<StructureSpecificData xmlns="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message">`, "sdmx-ml"},
		{"CSV-stat", "jsonstat,;,|\ndimension;", "csv-stat"},
		{"CSV", "port,year,value\nN,2024,1\n", "csv"},
		{"CSV whose first header is that word", "jsonstatus,year,value\n", "csv"},
		{"CSV in Latin-1", "omr\xe5de;\xe5r;verdi\n", "csv"},
		{"CSV in UTF-16", "\xff\xfea\x00,\x00b\x00\n\x00", "csv"},
		{"nothing", "", "csv"},
		{"PX", "CHARSET=\"ANSI\";\nAXIS-VERSION=\"2013\";", "px"},
		{"PX with a language", "TITLE[en]=\"Boats\";", "px"},
		{"PX with a subkey", "VALUES(\"port\")=\"N\",\"S\";", "px"},
		{"Parquet", "PAR1\x15\x04", "parquet"},
		{"an Arrow file", "ARROW1\x00\x00", "arrow"},
		{"an Arrow stream", "\xff\xff\xff\xff\x10\x00\x00\x00", "arrow"},
		{"xlsx", "PK\x03\x04\x14\x00\x08\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x13\x00\x00\x00[Content_Types].xml", "xlsx"},
		{"ods", "PK\x03\x04\x14\x00\x00\x08\x00\x00mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods"},
		{"zip", "PK\x03\x04\x14\x00\x00\x08\x00\x00table.csv", "zip"},
		{"an empty zip", "PK\x05\x06\x00", "zip"},
		{"xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "xls"},
		{"gzip", "\x1f\x8b\x08", "gzip"},
		{"zstd", "\x28\xb5\x2f\xfd\x04", "zstd"},
		{"PDF", "%PDF-1.7\n", "pdf"},
		{"a web page", "\n<!DOCTYPE HTML><html>", "html"},
		{"a web page without a type", "<html lang=\"no\">", "html"},
		{"SDMX-ML", `<?xml version="1.0"?><mes:GenericData xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message">`, "sdmx-ml"},
		{"XML", `<?xml version="1.0"?><rss>`, "xml"},
		{"other bytes", "\x00\x01\x02\x03", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := formats.OfBytes([]byte(tt.first)); got.Name != tt.want {
				t.Errorf("%q is %q, want %q", tt.first, got.Name, tt.want)
			} else if got.Title == "" {
				t.Error("it has no title")
			}
		})
	}
}

func TestOfName(t *testing.T) {
	tests := []struct {
		name, want string
	}{
		{"oslo.json", "jsonstat"},
		{"OSLO.CSV", "csv"},
		{"folder.csv/table.tsv", "csv"},
		{`C:\tables\oslo.xlsx`, "xlsx"},
		{"oslo.csv.gz", "csv"},
		{"oslo.json.zst", "jsonstat"},
		{"archive.gz", "gzip"},
		{".gz", "gzip"},
		{"flow.sdmx.json", "sdmx-json"},
		{"oslo.px", "px"},
		{"rows.ndjson", "ndjson"},
		{"oslo", ""},
		{"csv", ""},
		{"", ""},
		{"oslo.csv.bak", ""},
		{"oslo.tab", "csv"},
		{"oslo.jsv", "csv-stat"},
		{"oslo.xlsm", "xlsm"},
		{"oslo.csv.xz", "xz"},
		{"oslo.csv.zip", "zip"},
		{"oslo.txt", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := formats.OfName(tt.name)
			if got.Name != tt.want || ok != (tt.want != "") {
				t.Errorf("it is %q, %t; want %q", got.Name, ok, tt.want)
			}
		})
	}
}

// TestCommands holds the registry against the tables of the commands: each that it
// names is there, and each that reads or writes a file is named.
func TestCommands(t *testing.T) {
	var known, named []string
	table := map[string]cli.Command{}
	for _, c := range suite.Commands() {
		if len(c.Commands) == 0 {
			table[c.Name] = c
		}
		for _, sub := range c.Commands {
			table[c.Name+" "+sub.Name] = sub
		}
	}
	for name, c := range table {
		if text := string(c.Args); strings.Contains(text, "input") || strings.Contains(text, "output") {
			known = append(known, name)
		}
	}
	for _, f := range formats.All() {
		for _, name := range f.Writers {
			hasSwitch := slices.ContainsFunc(table[name].AllFlags(), func(s cli.Spec) bool { return s.Name == f.Switch && s.Kind == cli.KindBool })
			if f.Switch != "" && !hasSwitch {
				t.Errorf("%s: %s has no flag --%s", f.Name, name, f.Switch)
			}
		}
		for _, name := range slices.Concat(f.Readers, f.Writers) {
			named = append(named, name)
			if !slices.Contains(known, name) {
				t.Errorf("%s: there is no command %q", f.Name, name)
			}
		}
	}
	for _, name := range known {
		if !slices.Contains(named, name) {
			t.Errorf("%s reads and writes no format of the registry", name)
		}
	}
}

func TestSeparator(t *testing.T) {
	for name, want := range map[string]string{
		"a.tsv": "\t", "A.TAB": "\t", "a.tsv.gz": "\t", "a.tab.zst": "\t", "a.b/c.tsv": "\t",
		"a.csv": "", "a.tsv/c.csv": "", "tsv": "", "a.tsv.bak": "", "-": "", "a.gz": "",
	} {
		if got := formats.Separator([]string{name}); got != want {
			t.Errorf("of %s it is %q, want %q", name, got, want)
		}
	}
	if got := formats.Separator(nil); got != "" {
		t.Errorf("of no name it is %q", got)
	}
}

// TestEndings holds that no ending has two meanings.
func TestEndings(t *testing.T) {
	owner := map[string]string{}
	for _, f := range formats.All() {
		for _, e := range f.Endings {
			if !strings.HasPrefix(e, ".") || e != strings.ToLower(e) {
				t.Errorf("%s: the ending %q", f.Name, e)
			}
			if owner[e] != "" {
				t.Errorf("%s is the ending of %s and %s", e, owner[e], f.Name)
			}
			owner[e] = f.Name
		}
		for _, e := range f.Shared {
			if slices.Contains(f.Endings, e) {
				t.Errorf("%s has the ending %s twice", f.Name, e)
			}
		}
		if got, ok := formats.Get(f.Name); !ok || got.Title != f.Title {
			t.Errorf("Get(%q) is %q, %t", f.Name, got.Title, ok)
		}
	}
}

// TestFiles holds what the bytes of our own files say against where they are.
func TestFiles(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "testdata")
	for pattern, want := range map[string]string{
		"*.json": "jsonstat", "*.arrow": "arrow", "*.parquet": "parquet", "*.xlsx": "xlsx", "*.csv": "csv",
		"sdmx/*.json": "sdmx-json", "sdmx/*.csv": "sdmx-csv",
	} {
		files, err := filepath.Glob(filepath.Join(folder, filepath.FromSlash(pattern)))
		if err != nil || len(files) == 0 {
			t.Fatalf("no files %s: %v", pattern, err)
		}
		for _, name := range files {
			if filepath.Base(name) == "catch-about.json" {
				continue // describes a table, and is none
			}
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			first, err := io.ReadAll(io.LimitReader(f, formats.FirstBytes))
			f.Close()
			if err != nil {
				t.Fatal(err)
			}
			if got := formats.OfBytes(first); got.Name != want {
				t.Errorf("%s is %q, want %q", name, got.Name, want)
			}
		}
	}
}

// TestCorpus holds what the bytes of real files say, of the folder that JSONSTAT_CORPUS
// names.
func TestCorpus(t *testing.T) {
	folder := os.Getenv("JSONSTAT_CORPUS")
	if folder == "" {
		t.Skip("JSONSTAT_CORPUS is not set: without documents of offices")
	}
	told := map[string]int{}
	err := filepath.WalkDir(filepath.Join(folder, "px"), func(path string, e os.DirEntry, err error) error {
		if err != nil || !strings.EqualFold(filepath.Ext(path), ".px") {
			return err
		}
		text, err := os.ReadFile(path)
		if got := formats.OfBytes(text).Name; got != "px" && got != "csv" {
			t.Errorf("%s is %q", path, got)
		} else {
			told[got]++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// Some are made to be wrong at the very beginning, or are in UTF-16.
	if told["px"] < 20*told["csv"] || told["px"] == 0 {
		t.Errorf("of the PX files %d are told and %d are not", told["px"], told["csv"])
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if got := formats.OfBytes(text).Name; err != nil || got != "jsonstat" {
			t.Errorf("%s is %q, %v", name, got, err)
		}
	}
}
