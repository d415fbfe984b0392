package pxserver

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func TestCSV(t *testing.T) {
	table := small()
	table.Variables[0].Values = Values(`0301=Oslo "by"=Oslo`, "1103=Sør")
	parts := []string{part("ContentsCode", "item", "A"), part("Tid", "top", "2")}
	s := New(Options{Tables: []Table{table}})
	for _, c := range []struct{ format, want string }{
		{"csv", "\"region\",\"A 2024\",\"A 2025\"\r\n\"Oslo \"by\"\",10001,10002\r\n\"S\xf8r\",11001,11002\r\n"},
		{"csv2", "\"region\",\"statistikkvariabel\",\"\xe5r\",\"Antall, etter region, statistikkvariabel og \xe5r\"\r\n\"Oslo \"by\"\",\"Antall\",\"2024\",10001\r\n\"Oslo \"by\"\",\"Antall\",\"2025\",10002\r\n\"S\xf8r\",\"Antall\",\"2024\",11001\r\n\"S\xf8r\",\"Antall\",\"2025\",11002\r\n"},
		{"csv3", "\"Region\",\"ContentsCode\",\"Tid\",\"11111\"\r\n\"0301\",\"A\",\"2024\",10001\r\n\"0301\",\"A\",\"2025\",10002\r\n\"1103\",\"A\",\"2024\",11001\r\n\"1103\",\"A\",\"2025\",11002\r\n"},
	} {
		t.Run(c.format, func(t *testing.T) {
			a := query(s, "11111", c.format, parts...)
			if a.body != c.want {
				t.Errorf("got  %q\nwant %q", a.body, c.want)
			}
			if got := a.header.Get("Content-Type"); got != "text/csv; charset=iso-8859-1" {
				t.Error(got)
			}
		})
	}
}

func TestSymbolsInCSVAreNotQuoted(t *testing.T) {
	a := query(catchServer(SSB), "22222", "csv3", part("Art", "all", "*"))
	for _, line := range []string{`"N","T","Vekt","2024",0.10`, `"N","1","Indeks","2024",:`, `"S","T","Indeks","2024",..`, `"S","1","Vekt","2024",-` + "\r"} {
		if !strings.Contains(a.body, line) {
			t.Errorf("no %s in\n%s", line, a.body)
		}
	}
}

// What the header says of the code page and what the body is in can disagree.
func TestCodePages(t *testing.T) {
	euro := small()
	euro.Variables[0].Values = Values("1=€ å š")
	utf := euro
	utf.CodePage = "utf-8"
	for _, c := range []struct {
		name   string
		host   *Host
		table  Table
		header string
		want   string
	}{
		{"iso-8859-15 under another name", StatFin, euro, "windows-1252", "\xa4 \xe5 ?"},
		{"iso-8859-1", SSB, euro, "iso-8859-1", "? \xe5 ?"},
		{"UTF-8 with a mark", Estonia, euro, "utf-8", "€ å š"},
		{"of the table", SCB, utf, "windows-1252", "€ å š"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := New(Options{Host: c.host, Tables: []Table{c.table}})
			a := query(s, "be/be01/Liten"+c.host.Suffix, "csv2")
			if a.header.Get("Content-Type") != "text/csv; charset="+c.header || !strings.Contains(a.body, `"`+c.want+`"`) {
				t.Errorf("%v %q", a.header, a.body)
			}
			if marked := strings.HasPrefix(a.body, "\ufeff"); marked != strings.Contains(c.want, "€") {
				t.Errorf("byte order mark: %v", marked)
			}
		})
	}
}

func TestCSVOfV2(t *testing.T) {
	s := New(Options{Tables: []Table{small()}})
	body := `{"selection":[` + chosen("Region", "0301") + "," + chosen("ContentsCode", "A") + "," + chosen("Tid", "2025") + `]}`
	for params, want := range map[string]string{
		"":                            "\"region\",\"A 2025\"\r\n\"0301\",10002\r\n",
		"UseCodes":                    "\"region\",\"A 2025\"\r\n\"0301\",10002\r\n",
		"UseTexts,SeparatorSemicolon": "\"region\";\"Antall 2025\"\r\n\"Oslo\";10002\r\n",
		"UseCodesAndTexts":            "\"region\",\"A Antall 2025 2025\"\r\n\"0301 Oslo\",10002\r\n",
		"IncludeTitle,SeparatorTab":   "\"Antall, etter region, statistikkvariabel og \xe5r\"\r\n\"region\"\t\"A 2025\"\r\n\"0301\"\t10002\r\n",
		"usetexts,separatorspace":     "\"region\" \"Antall 2025\"\r\n\"Oslo\" 10002\r\n",
	} {
		a := call(s, http.MethodPost, "/api/pxwebapi/v2/tables/11111/data?outputFormat=csv&outputFormatParams="+params, body)
		if a.body != want {
			t.Errorf("%s: got %q, want %q", params, a.body, want)
		}
	}
	for _, params := range []string{"UseNames", "UseTexts,SeparatorComma"} {
		if a := call(s, http.MethodPost, "/api/pxwebapi/v2/tables/11111/data?outputFormat=csv&outputFormatParams="+params, body); a.status != 400 {
			t.Errorf("%s: %d", params, a.status)
		}
	}
}

func TestPXJSON(t *testing.T) {
	a := query(catchServer(SCB), "22222", "json", part("Art", "item", "1"))
	var d struct {
		Columns []struct{ Code, Text, Type string }
		Data    []struct{ Key, Values []string }
	}
	if err := json.Unmarshal([]byte(a.body), &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Columns) != 5 || d.Columns[3].Type != "t" || d.Columns[4].Type != "c" || d.Columns[0].Type != "d" {
		t.Errorf("%+v", d.Columns)
	}
	if got := d.Data[1]; strings.Join(got.Key, " ") != "N 1 Indeks 2024" || got.Values[0] != ":" {
		t.Errorf("%+v", got)
	}
}

// Formats whose bytes are passed on untouched.
func TestOpaqueFormats(t *testing.T) {
	s := catchServer(SCB)
	for _, c := range []struct{ format, contentType, begins string }{
		{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\x03\x04"},
		{"px", "application/octet-stream", "CHARSET=\"ANSI\";"},
		{"sdmx", "text/xml", "<?xml"},
	} {
		a := query(s, "22222", c.format)
		if a.header.Get("Content-Type") != c.contentType || !strings.HasPrefix(a.body, c.begins) {
			t.Errorf("%s: %v %.60q", c.format, a.header, a.body)
		}
		if again := query(s, "22222", c.format); again.body != a.body {
			t.Errorf("%s: two answers differ", c.format)
		}
		if other := query(s, "22222", c.format, part("Art", "item", "1")); other.body == a.body {
			t.Errorf("%s: two extracts are the same", c.format)
		}
	}
	if a := query(s, "22222", "png"); a.status != 400 {
		t.Errorf("png is gone: %d", a.status)
	}
	for _, format := range []string{"px", "xlsx", "html", "json-px", "parquet", "csv"} {
		if a := get(s, "/api/v2/tables/22222/data?outputFormat="+format); a.status != 200 || a.body == "" {
			t.Errorf("v2 %s: %d", format, a.status)
		}
	}
}
