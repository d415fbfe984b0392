package suite

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// TestFormatsAreAsked holds that no command forgets to say what its files may be.
func TestFormatsAreAsked(t *testing.T) {
	for _, c := range all(Commands()) {
		text := string(c.Args)
		_, ok := c.Formats.(formats.Registry)
		_, archived := c.Formats.(formats.Archived)
		if !ok && !archived && (strings.Contains(text, "input") || strings.Contains(text, "output")) {
			t.Errorf("%s has files and does not ask the registry about them", c.Name)
		}
	}
}

// given is an input of some format, with what other commands call it and the commands
// that read it.
type given struct {
	name   string
	text   string
	called string
	reads  []string
}

// told is what a command says that does not read the input.
func (in given) told() string {
	switch len(in.reads) {
	case 0:
		return "this is " + in.called + ", which no command reads"
	case 1:
		return "this is " + in.called + ", which " + in.reads[0] + " reads"
	}
	return "this is " + in.called + ", which jsonstat2jsonstat, jsonstat2csv and others read"
}

// allGiven are small inputs of our own making, those that nobody reads by their first
// bytes alone.
func allGiven(t *testing.T) []given {
	t.Helper()
	testdata, err := filepath.Abs("../../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	file := func(name string) string {
		text, err := os.ReadFile(filepath.Join(testdata, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	rich := call(named(t, "jsonstat2csv"), strings.NewReader(file("oslo.json")), "--rich")
	lines := call(named(t, "jsonstat2arrobj"), strings.NewReader(file("oslo.json")), "--ndjson")
	part := "PK\x03\x04\x14\x00\x08\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	var jsonstat []string
	for _, c := range readers(true) {
		jsonstat = append(jsonstat, c.Name)
	}
	return []given{
		{"JSON-stat", file("oslo.json"), "a JSON-stat document", jsonstat},
		{"a collection", file("energy-collection.json"), "a JSON-stat document", jsonstat},
		{"CSV", file("catch.csv"), "a CSV table", []string{"csv2jsonstat"}},
		{"CSV-stat", rich.out, "a CSV-stat table", []string{"csv2jsonstat"}},
		{"SDMX-CSV", file("sdmx/ids.csv"), "an SDMX-CSV message", []string{"sdmx2jsonstat"}},
		{"SDMX-CSV 2.0", "STRUCTURE;STRUCTURE_ID;ACTION;A;TIME_PERIOD;OBS_VALUE\ndataflow;X:Y(1.0);I;a;2024;1\n", "an SDMX-CSV message", []string{"sdmx2jsonstat"}},
		{"SDMX-JSON", file("sdmx/series.json"), "an SDMX-JSON message", []string{"sdmx2jsonstat"}},
		{"xlsx", file("catch.xlsx"), "an Excel workbook", []string{"xlsx2jsonstat"}},
		{"Arrow", file("oslo.arrow"), "an Arrow table", []string{"arrow2jsonstat"}},
		{"Parquet", file("oslo.parquet"), "a Parquet file", []string{"parquet2jsonstat"}},
		{"rows of JSON", `[{"port":"N","year":2024,"value":1},{"port":"S","year":2024,"value":2}]`, "a JSON document that does not look like JSON-stat", nil},
		{"rows of JSON in lines", lines.out, "JSON in lines", nil},
		{"PX", file("boats.px"), "a PX file", []string{"px2jsonstat"}},
		{"SDMX-ML", `<?xml version="1.0"?><m:GenericData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"></m:GenericData>`, "an SDMX-ML message", nil},
		{"XML", `<?xml version="1.0"?><table/>`, "an XML document", nil},
		{"a web page", "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head></html>", `a web page, "404 Not Found"`, nil},
		{"PDF", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document", nil},
		{"xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "an Excel workbook of the kind before 2007, or one with a password", nil},
		{"ods", part + "\x08\x00\x00\x00mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet", nil},
		{"zip", part + "\x09\x00\x00\x00table.xls", "a zip archive with table.xls in it", nil},
		{"gzip in gzip", string(zipped(t, []byte("a,b\n1,2\n"))), "a file compressed with gzip", nil},
		{"xz", "\xfd7zXZ\x00\x00\x04", "a file compressed with xz", nil},
		{"tar", "table.csv" + strings.Repeat("\x00", 248) + "ustar\x0000" + strings.Repeat("\x00", 300), "a tar archive", nil},
	}
}

func named(t *testing.T, name string) cli.Command {
	t.Helper()
	list := Commands()
	i := slices.IndexFunc(list, func(c cli.Command) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("there is no %s", name)
	}
	return list[i]
}

func zipped(t *testing.T, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// own is what a command says itself of an input, because it knows more of it: empty
// where the registry speaks.
func own(c cli.Command, in given) string {
	var says map[string]string
	const cut = "the zip archive is damaged or cut off: zip: not a valid zip file"
	switch {
	case c.Name == "csv2jsonstat", c.Name == "px2jsonstat":
		says = map[string]string{"zip": cut}
	case c.Name == "sdmx2jsonstat":
		says = map[string]string{
			"zip":          cut,
			"rows of JSON": "unexpected character [, expected an object",
			"a web page":   "the input is a web page, not JSON: 404 Not Found",
			"SDMX-ML":      "the input is SDMX-ML (XML), which is not read: ",
			"XML":          "the input is XML, not JSON",
		}
	case c.ReadsJSONStat:
		says = map[string]string{
			"rows of JSON": "the document is an array: JSON-stat is an object",
			"a web page":   "the input is a web page, not JSON: 404 Not Found",
			"XML":          "the input is XML, not JSON",
		}
	}
	return says[in.name]
}

// TestFormatsGiven crosses all commands that read something with inputs of all formats:
// as files and as pipes, packed and not.
func TestFormatsGiven(t *testing.T) {
	inputs := allGiven(t)
	inFolder(t)
	for _, c := range all(Commands()) {
		if !strings.Contains(string(c.Args), "input") {
			continue
		}
		for _, in := range inputs {
			for _, packed := range []bool{false, true} {
				text, what := []byte(in.text), in.name
				if packed {
					text, what = zipped(t, text), in.name+", packed"
				}
				if in.name == "gzip in gzip" && (!packed || c.ReadsJSONStat) {
					continue // which is unpacked, by some commands twice
				}
				write(t, text)
				got := call(c, nil, inputName, "-")
				piped := call(c, &trickle{text, 100})
				got.errs = strings.Replace(got.errs, "2jsonstat '"+inputName+"' |", "2jsonstat |", 1)
				if got != piped {
					t.Errorf("%s given %s: a pipe differs from a file: %.500v\nfile: %.500v", c.Name, what, piped, got)
				}
				if slices.Contains(in.reads, c.Name) {
					if got.status != 0 || got.out == "" {
						t.Errorf("%s does not read %s: %+v", c.Name, what, got)
					}
					continue
				}
				want := own(c, in)
				if want == "" {
					want = in.told() + "\n"
				}
				errs := strings.TrimPrefix(got.errs, "jsonstatslice: warning: jsonstatslice is deprecated: jsonstatdice does the same and more\n")
				if got.status != 1 || got.out != "" || !strings.HasPrefix(errs, c.Name+": "+inputName+": "+want) || strings.Count(errs, "\n") > 2 {
					t.Errorf("%s given %s: status %d, output %q, messages\n%swant %s", c.Name, what, got.status, got.out, got.errs, want)
				}
			}
		}
	}
}

// TestFormatsGivenAlike has inputs that only look like another format: they are read as
// ever, or refused for what is wrong with them.
func TestFormatsGivenAlike(t *testing.T) {
	inFolder(t)
	for _, tt := range []struct {
		name, command, text string
		args                []string
	}{
		{"header like Parquet", "csv2jsonstat", "PARENT,year,value\na,2024,1\n", nil},
		{"header that is Parquet's mark", "csv2jsonstat", "PAR1,PAR2,value\na,b,1\n", nil},
		{"header that is Arrow's mark", "csv2jsonstat", "ARROW1,year,value\na,2024,1\n", nil},
		{"header like PDF", "csv2jsonstat", "%PDF-share,year,value\na,2024,1\n", nil},
		{"header with a number in brackets", "csv2jsonstat", "[1] Oslo,year,value\na,2024,1\n", nil},
		{"header in brackets", "csv2jsonstat", "[port],year,value\na,2024,1\n", nil},
		{"header with both in brackets", "csv2jsonstat", "[p] port,[y] year,value\n[N] North,[2024] 2024,1\n", []string{"--content=both"}},
		{"header in braces", "csv2jsonstat", "{port},year,value\na,2024,1\n", nil},
		{"header of a range", "csv2jsonstat", "[0-5);year;value\na;2024;1\n", []string{"-c", ";"}},
		{"header with an age", "csv2jsonstat", "<5,year,value\na,2024,1\n", nil},
		{"header with a tag", "csv2jsonstat", "<b>port</b>,year,value\na,2024,1\n", nil},
		{"header with a word of PX", "csv2jsonstat", "TITLE,VALUES=,value\na,b,1\n", nil},
		{"header with an equals sign", "csv2jsonstat", "A=B,year,value\na,2024,1\n", nil},
		{"columns of SDMX without its first", "csv2jsonstat", "GEO,TIME_PERIOD,OBS_VALUE\nNO,2024,1\n", nil},
		{"first column of SDMX alone", "csv2jsonstat", "DATAFLOW,year,value\na,2024,1\n", nil},
		{"another one alone", "csv2jsonstat", "STRUCTURE,year,value\na,2024,1\n", nil},
		{"columns of SDMX without its first, as a message", "sdmx2jsonstat", "GEO,TIME_PERIOD,OBS_VALUE\nNO,2024,1\n", nil},
		{"a message that is one by its flags", "sdmx2jsonstat", "a,b,c\nx,y,1\n", []string{"--from=csv", "--dims=a,b", "--measures=c"}},
		{"a key", "sdmx2jsonstat", "KEY,GEO,TIME_PERIOD,OBS_VALUE\nx,NO,2024,1\n", nil},
		{"JSON-stat that speaks of SDMX", "jsonstat2csv", `{"version":"2.0","class":"dataset","note":["\"dataSets\": sdmx-json"],"id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[1]}`, nil},
		{"JSON-stat behind blanks", "jsonstat2csv", "\ufeff \n" + `{"version":"2.0","class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[1]}`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			write(t, []byte(tt.text))
			got := pair(t, named(t, tt.command), tt.name, []byte(tt.text), 7, tt.args)
			if got.status != 0 || got.out == "" {
				t.Errorf("%+v", got)
			}
		})
	}
	for _, tt := range []struct{ name, command, text, want string }{
		{"a word", "jsonstat2csv", "nothing", `the input is not JSON: it starts with "nothing"`},
		{"a sentence", "xlsx2jsonstat", "nothing, really\nnothing\n", "the file is no zip file"},
		{"nothing", "csv2jsonstat", "", "the table is empty"},
		{"nothing", "jsonstat2csv", "", "the input is empty"},
		{"nothing", "xlsx2jsonstat", "", "the file is empty"},
		{"blanks", "sdmx2jsonstat", " \n", "the input is empty"},
		{"UTF-16", "csv2jsonstat", "\xff\xfea\x00,\x00b\x00\n\x00\x00", "line 2: the UTF-16 text is cut off in the middle of a character"},
		{"UTF-16 without a mark", "csv2jsonstat", "\xe5\x00,\x00b\x00\n\x00", "line 1: the text is not UTF-8"},
		{"UTF-16", "sdmx2jsonstat", "\xff\xfea\x00,\x00b\x00\n\x00", "this is a CSV table, which csv2jsonstat reads"},
		{"Latin-1", "csv2jsonstat", "omr\xe5de,year,value\na,2024,1\n", "line 1: the text is not UTF-8"},
		{"bytes of nothing known", "csv2jsonstat", "\x01\x02\xff\xfe\n", "this is a file of an unknown format, and no text"},
		{"a damaged table", "csv2jsonstat", "port,year,value\nNorth quay,2024,1\nSou\x01th \xffquay,2024,2\n", "line 3: the text is not UTF-8"},
		{"a cut workbook", "xlsx2jsonstat", "PK\x03\x04\x14\x00\x08\x00\x08\x00[Content_Types].xml", "the file is damaged"},
		{"a cut document", "jsonstat2csv", `{"version":"2.0","class":"dataset",`, "the document ends too early"},
		{"an answer that is an error", "jsonstat2csv", `{"error":{"code":404,"message":"no such table"}}`, "the server answered with an error"},
		{"a message with a fault in a row", "sdmx2jsonstat", "GEO,TIME_PERIOD,OBS_VALUE\nNO,2024,1\n\"NO,2025,2\n", "line 3"},
	} {
		t.Run(tt.name+", "+tt.command, func(t *testing.T) {
			write(t, []byte(tt.text))
			got := pair(t, named(t, tt.command), tt.name, []byte(tt.text), 7, nil)
			if got.status != 1 || got.out != "" || !strings.HasPrefix(got.errs, tt.command+": "+inputName+": "+tt.want) {
				t.Errorf("%+v\nwant %s", got, tt.want)
			}
		})
	}
}

// TestFormatsOfAddresses: an input that is an address is no file that is missing.
func TestFormatsOfAddresses(t *testing.T) {
	inFolder(t)
	const address = "https://data.example.org/api/table?lang=no&a=b"
	for _, c := range all(Commands()) {
		if !strings.Contains(string(c.Args), "input") {
			continue
		}
		want := fmt.Sprintf("%s: %s is an address, not a file: %[1]s gets nothing from the network\n", c.Name, address)
		if c.ReadsJSONStat {
			want += fmt.Sprintf("hint: of a PxWeb server: pxfetch get '%s' | %s\n", address, c.Name)
		}
		want += fmt.Sprintf("hint: curl -L '%s' | %s\n", address, c.Name)
		if got := call(c, nil, address, "-"); got.status != 2 || got.errs != want {
			t.Errorf("%s: %+v\nwant %s", c.Name, got, want)
		}
	}
}

// TestFormatsWanted crosses all commands that write a file with all endings: what
// contradicts the format is refused before anything is read, and leaves nothing.
func TestFormatsWanted(t *testing.T) {
	testdata := inFolder(t)
	jsonstat := []string{".json", ".jsonstat", ".json-stat", ".json.gz", ".JSON"}
	rows := []string{".json", ".json.gz", ".JSON"}
	lines := append(slices.Clone(rows), ".ndjson", ".jsonl")
	tables := []string{".csv", ".tsv", ".tab", ".csv.gz", ".csv.zst", ".CSV"}
	// What each command writes, by the flags that decide it.
	calls := []struct {
		command string
		args    []string
		endings []string
	}{
		{"jsonstat2csv", nil, tables},
		{"jsonstat2csv", []string{"--rich"}, append(slices.Clone(tables), ".jsv")},
		{"jsonstat2xlsx", nil, []string{".xlsx"}},
		{"jsonstat2arrow", nil, []string{".arrow", ".arrows", ".feather", ".ipc"}},
		{"jsonstat2arrow", []string{"--format=stream"}, []string{".arrow", ".arrows", ".feather", ".ipc"}},
		{"jsonstat2arrow", []string{"--bytes"}, append(slices.Clone(rows), ".arrow", ".arrows", ".feather", ".ipc")},
		{"jsonstat2parquet", nil, []string{".parquet", ".pq"}},
		{"jsonstat2parquet", []string{"--partition"}, nil}, // a folder may be called anything
		{"jsonstat2arrobj", nil, rows},
		{"jsonstat2arrobj", []string{"--ndjson"}, lines},
		{"jsonstat2array", nil, rows},
		{"jsonstat2array", []string{"--ndjson"}, lines},
		{"jsonstat2objarr", nil, rows},
		{"jsonstat2object", nil, rows},
		{"jsonstat2jsonstat", nil, jsonstat},
		{"jsonstatdice", nil, jsonstat},
		{"jsonstatslice", nil, jsonstat},
		{"csv2jsonstat", nil, jsonstat},
		{"xlsx2jsonstat", nil, jsonstat},
		{"arrow2jsonstat", nil, jsonstat},
		{"parquet2jsonstat", nil, jsonstat},
		{"px2jsonstat", nil, jsonstat},
		{"jsonstat2px", nil, []string{".px", ".pxk"}},
		{"sdmx2jsonstat", nil, jsonstat},
		{"pxfetch", []string{"get", "05839"}, jsonstat},
		{"pxfetch", []string{"get", "05839", "--server-format=json-stat"}, jsonstat},
		{"pxfetch", []string{"get", "05839", "--server-format=csv3"}, tables},
		{"pxfetch", []string{"get", "05839", "--server-format=px"}, []string{".px"}},
		{"pxfetch", []string{"get", "05839", "--server-format=xlsx"}, []string{".xlsx"}},
		{"pxfetch", []string{"get", "05839", "--server-format=parquet"}, []string{".parquet", ".pq"}},
		{"pxfetch", []string{"get", "05839", "--server-format=json-px"}, rows},
		{"pxfetch", []string{"query", "05839"}, rows},
		{"pxfetch", []string{"convert", "query.json"}, rows},
		{"pxfetch", []string{"dataset", "1082"}, jsonstat},
		{"pxfetch", []string{"dataset", "1082", "--format=csv"}, tables},
	}
	inputs := map[string]string{
		"csv2jsonstat": "catch.csv", "xlsx2jsonstat": "catch.xlsx", "arrow2jsonstat": "oslo.arrow", "parquet2jsonstat": "oslo.parquet", "sdmx2jsonstat": "sdmx/ids.csv",
		"px2jsonstat": "boats.px",
	}
	endings := []string{
		".csv", ".tsv", ".tab", ".jsv", ".csv.gz", ".csv.zst", ".CSV", ".json", ".jsonstat", ".json-stat", ".json.gz", ".JSON", ".ndjson", ".jsonl", ".sdmx.json", ".sdmx.csv",
		".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".pq", ".arrow", ".arrows", ".feather", ".ipc", ".px", ".xml", ".html", ".pdf", ".zip", ".csv.xz", ".tar",
	}
	// What says nothing fits everything.
	open := []string{"", ".txt", ".dat", ".out", ".gz", ".zst", ".2024", ".csv.bak"}
	names := map[string]bool{}
	for _, tt := range calls {
		c := named(t, tt.command)
		names[c.Name] = true
		for _, ending := range slices.Concat(endings, open) {
			fits := tt.endings == nil || slices.Contains(tt.endings, ending) || slices.Contains(open, ending)
			if fits && c.Name == "pxfetch" {
				continue // it would ask a server
			}
			args := slices.Clone(tt.args)
			if c.Name != "pxfetch" {
				in := inputs[c.Name]
				if in == "" {
					in = "oslo.json"
				}
				args = append(args, filepath.Join(testdata, filepath.FromSlash(in)))
			}
			out := "out" + ending
			got := call(c, strings.NewReader(""), append(args, out)...)
			_, err := os.Stat(out)
			switch {
			case fits && (got.status != 0 || err != nil):
				t.Errorf("%s %q %s: %+v, %v", c.Name, tt.args, out, got, err)
			case !fits && (got.status != 2 || err == nil || !refusal.MatchString(got.errs) || !strings.HasPrefix(got.errs, c.Name+": "+out+" would be ")):
				t.Errorf("%s %q %s is not refused: %+v, %v", c.Name, tt.args, out, got, err)
			}
			if err := os.RemoveAll(out); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range Commands() {
		if !names[c.Name] {
			t.Errorf("%s was not tried", c.Name)
		}
	}
}

var refusal = regexp.MustCompile(`^\S+: out\S+ would be (an? |JSON in lines).*, not .*\n(hint: .*\n)?$`)

// TestFormatsWantedHints holds what to do instead.
func TestFormatsWantedHints(t *testing.T) {
	testdata := inFolder(t)
	oslo, catch := filepath.Join(testdata, "oslo.json"), filepath.Join(testdata, "catch.csv")
	for _, tt := range []struct {
		call []string
		want string
	}{
		{[]string{"jsonstat2csv", oslo, "a.xlsx"}, "a.xlsx would be a CSV table, not an Excel workbook\nhint: jsonstat2xlsx writes an Excel workbook\n"},
		{[]string{"jsonstat2xlsx", oslo, "a.csv"}, "a.csv would be an Excel workbook, not a CSV table\nhint: jsonstat2csv writes a CSV table\n"},
		{[]string{"jsonstat2xlsx", oslo, "a.xls"}, "a.xls would be an Excel workbook, not an Excel workbook of the kind before 2007\nhint: jsonstat2xlsx writes .xlsx\n"},
		{[]string{"jsonstat2csv", oslo, "a.jsv"}, "a.jsv would be a CSV table, not a CSV-stat table\nhint: --rich writes a CSV-stat table\n"},
		{[]string{"jsonstat2arrobj", oslo, "a.ndjson"}, "a.ndjson would be a JSON document, not JSON in lines\nhint: --ndjson writes JSON in lines\n"},
		{[]string{"jsonstat2objarr", oslo, "a.ndjson"}, "a.ndjson would be a JSON document, not JSON in lines\nhint: jsonstat2arrobj --ndjson writes JSON in lines\n"},
		{[]string{"pxfetch", "get", "05839", "--server-format=px", "a.json"}, "a.json would be a PX file, not a JSON-stat document\nhint: pxfetch get writes a JSON-stat document where no flag asks for another format\n"},
		{[]string{"csv2jsonstat", catch, "a b.parquet"}, "a b.parquet would be a JSON-stat document, not a Parquet file\nhint: csv2jsonstat ... | jsonstat2parquet - 'a b.parquet'\n"},
		{[]string{"jsonstatdice", oslo, "a.arrow"}, "a.arrow would be a JSON-stat document, not an Arrow table\nhint: jsonstatdice ... | jsonstat2arrow - a.arrow\n"},
		{[]string{"pxfetch", "get", "05839", "a.csv"}, "a.csv would be a JSON-stat document, not a CSV table\nhint: pxfetch get ... | jsonstat2csv - a.csv\n"},
		{[]string{"pxfetch", "get", "05839", "a.px"}, "a.px would be a JSON-stat document, not a PX file\nhint: pxfetch get ... | jsonstat2px - a.px\n"},
		{[]string{"jsonstat2csv", oslo, "a.csv.xz"}, "a.csv.xz would be a CSV table, not a file compressed with xz\nhint: an output is compressed if its name ends in .gz or .zst\n"},
	} {
		got := call(named(t, tt.call[0]), nil, tt.call[1:]...)
		if want := tt.call[0] + ": " + tt.want; got.status != 2 || got.errs != want {
			t.Errorf("%q: %+v\nwant %s", tt.call, got, want)
		}
	}
}

// TestFormatsGivenHints holds what to do instead with an input.
func TestFormatsGivenHints(t *testing.T) {
	testdata := inFolder(t)
	for name, text := range map[string]string{"a b.px": "CHARSET=\"ANSI\";\n", "page.html": "<html><title>\n502 Bad\nGateway</title>", "rows.json": `[{"a":1}]`} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"oslo.json", "catch.csv", "catch.xlsx", "sdmx/ids.csv"} {
		text, err := os.ReadFile(filepath.Join(testdata, filepath.FromSlash(name)))
		if err == nil {
			err = os.WriteFile(filepath.Base(name), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ command, file, want string }{
		{"csv2jsonstat", "catch.xlsx", "this is an Excel workbook, which xlsx2jsonstat reads\n"},
		{"csv2jsonstat", "ids.csv", "this is an SDMX-CSV message, which sdmx2jsonstat reads\n"},
		{"csv2jsonstat", "oslo.json", "this is a JSON-stat document, which jsonstat2jsonstat, jsonstat2csv and others read\nhint: jsonstat2csv makes a CSV table of it\n"},
		{"xlsx2jsonstat", "oslo.json", "this is a JSON-stat document, which jsonstat2jsonstat, jsonstat2csv and others read\nhint: jsonstat2xlsx makes an Excel workbook of it\n"},
		{"sdmx2jsonstat", "oslo.json", "this is a JSON-stat document, which jsonstat2jsonstat, jsonstat2csv and others read\n"},
		{"jsonstat2csv", "catch.xlsx", "this is an Excel workbook, which xlsx2jsonstat reads\nhint: xlsx2jsonstat catch.xlsx | jsonstat2csv\n"},
		{"jsonstat2xlsx", "catch.csv", "this is a CSV table, which csv2jsonstat reads\nhint: csv2jsonstat catch.csv | jsonstat2xlsx\n"},
		{"jsonstat2csv", "a b.px", "this is a PX file, which px2jsonstat reads\nhint: px2jsonstat 'a b.px' | jsonstat2csv\n"},
		{"csv2jsonstat", "page.html", "this is a web page, \"502 Bad Gateway\", which no command reads\nhint: look at it: it may be what a server says of an error, or the page that the file is linked on\n"},
		{"csv2jsonstat", "rows.json", "this is a JSON document that does not look like JSON-stat, which no command reads\nhint: jsonstat2jsonstat says what is wrong with it if it should be JSON-stat\n"},
	} {
		got := call(named(t, tt.command), nil, tt.file, "out")
		if want := tt.command + ": " + tt.file + ": " + tt.want; got.status != 1 || got.errs != want {
			t.Errorf("%s %s: %+v\nwant %s", tt.command, tt.file, got, want)
		}
	}
}
