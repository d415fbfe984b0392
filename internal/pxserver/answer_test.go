package pxserver

import (
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
		"":                            "\"Region\",\"A 2025\"\n\"0301\",10002\n",
		"UseCodes":                    "\"Region\",\"A 2025\"\n\"0301\",10002\n",
		"UseCodes,UseTexts":           "\"region\",\"Antall 2025\"\n\"Oslo\",10002\n",
		"UseTexts,SeparatorSemicolon": "\"region\";\"Antall 2025\"\n\"Oslo\";10002\n",
		"UseCodesAndTexts":            "\"Region - region\",\"A - Antall 2025 - 2025\"\n\"0301 - Oslo\",10002\n",
		"IncludeTitle,SeparatorTab":   "\"Antall, etter region, statistikkvariabel og \xe5r\"\n\n\"Region\"\t\"A 2025\"\n\"0301\"\t10002\n",
		"usetexts,separatorspace":     "\"region\" \"Antall 2025\"\n\"Oslo\" 10002\n",
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
