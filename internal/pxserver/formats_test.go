package pxserver

import (
	"archive/zip"
	"encoding/binary"
	"encoding/json"
	"encoding/xml"
	"io"
	"math"
	"net/http"
	"strings"
	"testing"
)

// extractOf asks for a part of the table of the catch in a format of version 2: two
// contents, of which some cells have a symbol, one or both places.
func extractOf(t *testing.T, s *Server, format string, places ...string) answer {
	t.Helper()
	a := call(s, http.MethodPost, s.V2()+"/tables/22222/data?lang=en&outputFormat="+format,
		`{"selection":[`+chosen("Sted", places...)+`,`+chosen("ContentsCode", "*")+`,`+chosen("Tid", "2024")+`,`+chosen("Art", "*")+`]}`)
	if a.status != 200 {
		t.Fatalf("%s: %d %s", format, a.status, a.body)
	}
	return a
}

func TestPXJSON(t *testing.T) {
	s := catchServer(SSB)
	want := `{"columns":[{"code":"Sted","text":"place","comment":"As of 2025.","type":"d"},{"code":"Art","text":"kind","type":"d"},{"code":"Tid","text":"year","type":"t"},` +
		`{"code":"Vekt","text":"Weight","type":"c","unit":"tonnes"},{"code":"Indeks","text":"Index","type":"c","unit":"index"}],` +
		`"comments":[{"variable":"Sted","value":"S","comment":"No islands.\r\nHarbour."}],` +
		`"data":[{"key":["S","T","2024"],"values":["5",".."]},{"key":["S","1","2024"],"values":["-","-1.0"]}],` +
		`"metadata":[{"infofile":"None","updated":"2025-05-02T06:00:00Z","label":"Catch, by place, kind, contents and year","source":"Fishermen"}]}`
	if a := extractOf(t, s, "json-px", "S"); a.body != want {
		t.Errorf("got  %s\nwant %s", a.body, want)
	}
	body := `{"query":[` + part("Sted", "item", "S") + `,` + part("Art", "all", "*") + `],"response":{"format":"json"}}`
	if a := call(s, http.MethodPost, s.V1("en")+"/22222", body); a.body != want {
		t.Errorf("version 1: %d\ngot  %s\nwant %s", a.status, a.body, want)
	}
	alone := small()
	alone.Variables = append(alone.Variables[:2:2], alone.Variables[3])
	alone.Cells = Whole(1)
	var d struct {
		Columns []struct{ Code, Type string }
		Data    []struct{ Key, Values []string }
	}
	a := query(New(Options{Tables: []Table{alone}}), "11111", "json", part("Tid", "top", "1"))
	if err := json.Unmarshal([]byte(a.body), &d); err != nil || len(d.Columns) != 3 || d.Columns[2].Type != "c" || d.Columns[2].Code != "Liten" || len(d.Data) != 3 || len(d.Data[0].Values) != 1 {
		t.Errorf("without contents: %v %s", err, a.body)
	}
}

func TestFigures(t *testing.T) {
	for _, c := range []struct {
		token    string
		decimals int
		want     string
	}{
		{"5", 1, "5.0"}, {"5", 0, "5"}, {"5.5", 0, "5.5"}, {"-0.10", 3, "-0.100"}, {"1e-7", 2, "0.0000001"}, {"1.5E3", 0, "1500"}, {"12345678901234567", 0, "12345678901234567"}, {"", 2, ".."},
	} {
		w := &walk{e: &extract{t: &Table{Decimals: c.decimals}}, token: []byte(c.token)}
		if got := w.figure(); got != c.want {
			t.Errorf("%q with %d decimals: %s, want %s", c.token, c.decimals, got, c.want)
		}
	}
	for figure, want := range map[string]string{"1": "1", "123": "123", "1234": "1,234", "-1234567.125": "-1,234,567.125", "0.1": "0.1"} {
		if got := thousands(figure); got != want {
			t.Errorf("%s: %s, want %s", figure, got, want)
		}
	}
}

func TestPXFile(t *testing.T) {
	s := catchServer(SSB)
	a := extractOf(t, s, "px", "N", "S")
	if a.header.Get("Content-Type") != "application/octet-stream; charset=iso-8859-1" || strings.Contains(a.body, "\r") {
		t.Errorf("%v", a.header)
	}
	for _, line := range []string{`CHARSET="ANSI";`, `LANGUAGE="en";`, `TABLEID="22222";`, `CONTENTS="Catch";`, `STUB="place","kind";`, `HEADING="contents","year";`, `CONTVARIABLE="contents";`,
		`VALUES("place")="North","South";`, `CODES("place")="N","S";`, `TIMEVAL("year")=TLIST(A1),"2024";`, `ELIMINATION("kind")="Total";`, `UNITS("Weight")="tonnes";`, `PRECISION("contents","Weight")=0;`,
		`NOTEX("place")="As of 2025.";`, `NOTE="Round.";`, `CONTACT="Ola#1";`} {
		if !strings.Contains(a.body, line+"\n") {
			t.Errorf("no line %s in\n%s", line, a.body)
		}
	}
	if want := "DATA=\n0.10 0.0000001\n12345678901234567 \":\"\n5 \"..\"\n\"-\" -1.0\n;\n"; !strings.HasSuffix(a.body, want) {
		t.Errorf("got %s, want %s", a.body[strings.Index(a.body, "DATA="):], want)
	}
	if n := strings.Count(a.body, "DATA="); n != 1 {
		t.Errorf("DATA= is there %d times", n)
	}
	many := small()
	for range 100 {
		many.Variables[0].Values = append(many.Variables[0].Values, Values("x=Et langt navn på et sted")...)
	}
	for line := range strings.Lines(get(New(Options{Tables: []Table{many}}), "/api/pxwebapi/v2/tables/11111/data?outputFormat=px").body) {
		if len(line) > 256 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
}

func TestHTML(t *testing.T) {
	a := extractOf(t, catchServer(SSB), "html", "N", "S")
	_, rows, _ := strings.Cut(a.body, "<thead>")
	want := "\n<tr><th></th><th scope=\"col\" colspan=\"1\">Vekt</th><th scope=\"col\" colspan=\"1\">Indeks</th></tr>\n" +
		"<tr><th></th><th scope=\"col\" colspan=\"1\">2024</th><th scope=\"col\" colspan=\"1\">2024</th></tr>\n</thead>\n<tbody>\n" +
		"<tr><th scope=\"row\">N</th><td></td><td></td></tr>\n" +
		"<tr><th scope=\"row\">T</th><td>0.10</td><td>0.0000001</td></tr>\n<tr><th scope=\"row\">1</th><td>12,345,678,901,234,567</td><td>:</td></tr>\n" +
		"<tr><th scope=\"row\">S</th><td></td><td></td></tr>\n" +
		"<tr><th scope=\"row\">T</th><td>5</td><td>..</td></tr>\n<tr><th scope=\"row\">1</th><td>-</td><td>-1.0</td></tr>\n</tbody>\n</table>\n"
	if rows != want {
		t.Errorf("got  %s\nwant %s", rows, want)
	}
	if err := xml.Unmarshal([]byte(a.body), new(struct{})); err != nil {
		t.Error(err)
	}
}

func TestXLSX(t *testing.T) {
	for name, a := range map[string]answer{"version 2": extractOf(t, catchServer(SSB), "xlsx", "N", "S"), "version 1": query(catchServer(SSB), "22222", "xlsx", part("Art", "all", "*"))} {
		z, err := zip.NewReader(strings.NewReader(a.body), int64(len(a.body)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var sheet struct {
			Rows []struct {
				Cells []struct {
					At    string `xml:"r,attr"`
					Value string `xml:"v"`
					Text  string `xml:"is>t"`
				} `xml:"c"`
			} `xml:"sheetData>row"`
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(r)
			if err == nil {
				err = xml.Unmarshal(text, new(struct{}))
			}
			if err == nil && strings.HasSuffix(f.Name, "sheet1.xml") {
				err = xml.Unmarshal(text, &sheet)
			}
			if err != nil {
				t.Errorf("%s: %s: %v", name, f.Name, err)
			}
		}
		var cells []string
		for _, row := range sheet.Rows {
			for _, c := range row.Cells {
				cells = append(cells, c.At+"="+c.Text+c.Value)
			}
		}
		want := "A1=Catch, by place, kind, contents and year|C3=Vekt|D3=Indeks|C4=2024|D4=2024|A5=N|B5=T|C5=0.10|D5=0.0000001|B6=1|C6=12345678901234567|D6=:|A7=S|B7=T|C7=5|D7=..|B8=1|C8=-|D8=-1.0|A10=Fishermen"
		if name == "version 1" {
			want = "A1=Fangst, etter sted, art, statistikkvariabel og år|C3=Vekt|D3=Indeks|C4=2024|D4=2024|A5=Nord|B5=I alt|C5=0.10|D5=0.0000001|B6=Torsk|C6=12345678901234567|D6=:|A7=Sør|B7=I alt|C7=5|D7=..|B8=Torsk|C8=-|D8=-1.0|A10=Fiskerne"
		}
		if got := strings.Join(cells, "|"); got != want {
			t.Errorf("%s: got  %s\nwant %s", name, got, want)
		}
	}
	for n, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := column(n); got != want {
			t.Errorf("column %d: %s, want %s", n, got, want)
		}
	}
}

// TestParquet reads the values of the columns back, as they stand in the file: it is by
// other programs that the whole was tried.
func TestParquet(t *testing.T) {
	a := extractOf(t, catchServer(SSB), "parquet", "N", "S")
	if !strings.HasPrefix(a.body, "PAR1") || !strings.HasSuffix(a.body, "PAR1") {
		t.Fatalf("%.20q", a.body)
	}
	foot := int(binary.LittleEndian.Uint32([]byte(a.body[len(a.body)-8:])))
	for _, name := range []string{"place", "kind", "year", "timestamp", "ContentsCode_Vekt", "ContentsCode_Vekt_symbol", "ContentsCode_Indeks", "ContentsCode_Indeks_symbol"} {
		if !strings.Contains(a.body[len(a.body)-8-foot:], name) {
			t.Errorf("no column %s", name)
		}
	}
	s := catchServer(SSB)
	q := addressQuery(map[string]string{"valuecodes[Sted]": "*", "valuecodes[Art]": "*", "valuecodes[ContentsCode]": "*", "valuecodes[Tid]": "*"})
	e, bad := q.extract(s.tables2[0], SSB, 100)
	if bad != nil {
		t.Fatal(bad)
	}
	columns := parquetColumns(e)
	texts := func(c *parquetColumn) string {
		var all []string
		rest := c.values
		for _, there := range c.there {
			if !there {
				all = append(all, "none")
				continue
			}
			n := binary.LittleEndian.Uint32(rest)
			all = append(all, string(rest[4:4+n]))
			rest = rest[4+n:]
		}
		return strings.Join(all, " ")
	}
	if got := texts(columns[0]) + "|" + texts(columns[1]) + "|" + texts(columns[2]); got != "N N S S|T 1 T 1|2024 2024 2024 2024" {
		t.Error(got)
	}
	if day := binary.LittleEndian.Uint32(columns[3].values[8:]); day != 2_460_311 { // 1 January 2024
		t.Errorf("day %d", day)
	}
	var figures []float64
	for at := 0; at < len(columns[4].values); at += 8 {
		figures = append(figures, math.Float64frombits(binary.LittleEndian.Uint64(columns[4].values[at:])))
	}
	if len(figures) != 4 || figures[0] != 0.1 || figures[2] != 5 || !math.IsNaN(figures[3]) {
		t.Errorf("%v", figures)
	}
	if got := texts(columns[5]) + "|" + texts(columns[7]); got != "none none none -|none : .. none" {
		t.Error(got)
	}
	if got := string(levels([]bool{true, true, false})); got != "\x04\x00\x00\x00\x04\x01\x02\x00" {
		t.Errorf("levels %q", got)
	}
}

func TestPeriods(t *testing.T) {
	for _, c := range []struct{ code, day, scale, value string }{
		{"2024", "2024-01-01", "A1", "2024"}, {"2024K3", "2024-07-01", "Q1", "20243"}, {"2024Q4", "2024-10-01", "Q1", "20244"}, {"2024M02", "2024-02-01", "M1", "202402"},
		{"2026U23", "2026-06-01", "W1", "202623"}, {"2024W01", "2024-01-01", "W1", "202401"}, {"2021W01", "2021-01-04", "W1", "202101"},
		{"2024H1", "", "H1", "20241"}, {"2024M13", "", "M1", "202413"}, {"x", "", "", "x"}, {"0-4", "", "", "0-4"}, {"abcd", "", "", "abcd"},
	} {
		day, ok := firstDay(c.code)
		if got := day.Format("2006-01-02"); ok != (c.day != "") || ok && got != c.day {
			t.Errorf("%s begins at %s, want %s", c.code, got, c.day)
		}
		if got := timeScale(c.code); got != c.scale {
			t.Errorf("%s: scale %q, want %q", c.code, got, c.scale)
		}
		if got := timeValue(c.code); got != c.value {
			t.Errorf("%s: %q, want %q", c.code, got, c.value)
		}
	}
}
