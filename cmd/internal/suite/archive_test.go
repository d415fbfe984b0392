package suite

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

// TestArchives has zip archives of all kinds: one table in them is read, of several
// none, whatever lies beside.
func TestArchives(t *testing.T) {
	inFolder(t)
	const (
		table   = "port,year,value\nNorth,2024,1\n"
		message = "DATAFLOW,PORT,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),N,2024,1\n"
		read    = `"value":[1]`
	)
	for _, tt := range []struct {
		name, command string
		members       []string // names and texts
		want          string   // of the output, or of the messages
	}{
		{"a table", "csv2jsonstat", []string{"catch.csv", table}, read},
		{"a table in capitals, in a folder", "csv2jsonstat", []string{"data/", "", "data/CATCH.CSV", table}, read},
		{"a table with tabs", "csv2jsonstat", []string{"catch.tsv", strings.ReplaceAll(table, ",", "\t")}, read},
		{"a text", "csv2jsonstat", []string{"catch.txt", table}, read},
		{"a file of no name that says anything", "csv2jsonstat", []string{"catch", table}, read},
		{"UTF-16", "csv2jsonstat", []string{"catch.csv", "\xff\xfea\x00,\x00v\x00\n\x00b\x00,\x001\x00\n\x00"}, read},
		{"packed", "csv2jsonstat", []string{"catch.csv.gz", string(zipped(t, []byte(table)))}, read},
		{"what a Mac leaves behind", "csv2jsonstat", []string{"catch.csv", table, "__MACOSX/._catch.csv", "x", ".DS_Store", "x"}, read},
		{"what Windows leaves behind", "csv2jsonstat", []string{"Thumbs.db", "x", "catch.csv", table}, read},
		{"texts about it", "csv2jsonstat", []string{"README.txt", "x", "licence.txt", "x", "catch.csv", table, "about.pdf", "x", "README.md", "x"}, read},
		{"a message", "sdmx2jsonstat", []string{"flow.csv", message}, read},
		{"a message in JSON", "sdmx2jsonstat", []string{"flow.json", "{}"}, `in.zip: flow.json: `},
		{"a message for another command", "csv2jsonstat", []string{"flow.csv", message}, "in.zip: flow.csv: this is an SDMX-CSV message, which sdmx2jsonstat reads"},
		{"a page", "csv2jsonstat", []string{"index.html", "<!DOCTYPE html>\n<html><head><title>Gone</title></head></html>"}, `in.zip: index.html: this is a web page, "Gone", which no command reads`},
		{"a fault", "csv2jsonstat", []string{"catch.csv", table + "South\n"}, "in.zip: catch.csv: line 3: the row has 1 columns"},

		{"a workbook beside", "csv2jsonstat", []string{"catch.csv", table, "catch.xlsx", "x"}, "warning: of the zip archive catch.csv alone is read, not catch.xlsx; unzip -p gets another one"},
		{"two tables", "csv2jsonstat", []string{"Metadata_catch.csv", table, "data/catch.csv", table}, "in.zip: the zip archive has 2 tables in it: Metadata_catch.csv, data/catch.csv\nhint: one of them: unzip -p in.zip data/catch.csv | csv2jsonstat\n"},
		{"two tables with odd names", "csv2jsonstat", []string{"a [1].csv", table, "b.txt", table}, "hint: one of them: unzip -p in.zip 'a \\[1\\].csv' | csv2jsonstat\n"},
		{"two messages", "sdmx2jsonstat", []string{"a.csv", message, "b.json", message}, "the zip archive has 2 tables in it: a.csv, b.json\n"},
		{"many tables", "csv2jsonstat", numbered(12, table), "the zip archive has 12 tables in it: t0.csv, t1.csv, t2.csv, t3.csv, t4.csv, t5.csv, t6.csv, t7.csv, t8.csv, t9.csv, and 2 more\n"},
		{"no table", "csv2jsonstat", []string{"a.pdf", "x", "b.docx", "x"}, "in.zip: the zip archive has no table in it: a.pdf, b.docx\n"},
		{"nothing", "csv2jsonstat", nil, "in.zip: the zip archive has no file in it\n"},
		{"folders", "csv2jsonstat", []string{"a/", ""}, "in.zip: the zip archive has no file in it\n"},
		{"a workbook", "csv2jsonstat", []string{"[Content_Types].xml", "x", "xl/workbook.xml", "x"}, "in.zip: this is an Excel workbook, which xlsx2jsonstat reads\n"},
		{"a workbook that shows late", "csv2jsonstat", []string{"big.bin", strings.Repeat("x", 5000), "xl/workbook.xml", "x"}, "in.zip: this is an Excel workbook, which xlsx2jsonstat reads\n"},
		{"a table, for a command that reads workbooks", "xlsx2jsonstat", []string{"catch.csv", table}, "in.zip: this is a zip archive with catch.csv in it, which csv2jsonstat reads\n"},
		{"no table, for a command that reads workbooks", "xlsx2jsonstat", []string{"catch.xls", table}, "in.zip: this is a zip archive with catch.xls in it, which no command reads\nhint: unpack it first, as unzip does\n"},
		{"a table, for a command that reads JSON-stat", "jsonstat2csv", []string{"catch.csv", table}, "in.zip: this is a zip archive with catch.csv in it, which csv2jsonstat reads\nhint: csv2jsonstat in.zip | jsonstat2csv\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			w := zip.NewWriter(&b)
			for i := 0; i < len(tt.members); i += 2 {
				m, err := w.CreateHeader(&zip.FileHeader{Name: tt.members[i]})
				if err == nil {
					_, err = io.WriteString(m, tt.members[i+1])
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile("in.zip", b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			got := call(named(t, tt.command), nil, "in.zip", "-")
			piped := call(named(t, tt.command), &trickle{b.Bytes(), 100})
			if !strings.Contains(got.out+got.errs, tt.want) || (tt.want == read) != (got.errs == "") {
				t.Errorf("%+v\nwant %s", got, tt.want)
			}
			piped.errs = strings.NewReplacer("standard input", "in.zip", "unzip -p FILE", "unzip -p in.zip", "csv2jsonstat |", "csv2jsonstat in.zip |").Replace(piped.errs)
			if got != piped {
				t.Errorf("from a pipe: %+v\nfrom a file: %+v", piped, got)
			}
		})
	}
}

// numbered are so many members with the same text.
func numbered(n int, text string) []string {
	var members []string
	for i := range n {
		members = append(members, fmt.Sprintf("t%d.csv", i), text)
	}
	return members
}
