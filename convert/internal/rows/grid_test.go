package rows

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// sheetRecords are the rows of a sheet: lines whose fields a bar separates. A field
// that begins with ^ is a copy of the merged cell that it is in, one with ! has failed,
// one with % is shown in per cent.
type sheetRecords struct {
	lines  []string
	row    int64
	fields [][]byte
	kinds  []Kind
	traits []Trait
}

func (s *sheetRecords) Next() ([][]byte, int64, error) {
	for {
		if int(s.row) == len(s.lines) {
			return nil, 0, io.EOF
		}
		line := s.lines[s.row]
		if s.row++; line != "" {
			s.fields, s.kinds, s.traits = nil, nil, nil
			for _, f := range strings.Split(line, "|") {
				trait := Trait(0)
				if f != "" {
					if i := strings.IndexByte("^!%", f[0]); i >= 0 {
						trait, f = 1<<i, f[1:]
					}
				}
				kind := Plain
				if csvtext.IsNumber([]byte(f)) {
					kind = Number
				}
				s.fields, s.kinds, s.traits = append(s.fields, []byte(f)), append(s.kinds, kind), append(s.traits, trait)
			}
			return s.fields, s.row, nil
		}
	}
}

func (s *sheetRecords) Same() int     { return 0 }
func (s *sheetRecords) Kinds() []Kind { return s.kinds }
func (s *sheetRecords) Traits() []Trait {
	if slices.Max(s.traits) == 0 {
		return nil
	}
	return s.traits
}

func (s *sheetRecords) Place(row int64, column int) Place {
	p := Place{Sheet: "S", Row: row}
	if column >= 0 {
		p.Cell = fmt.Sprintf("%c%d", 'A'+column, row)
	}
	return p
}

// makeSheet makes a cube of a sheet.
func makeSheet(text string, o Options) (*jsonstat.Dataset, []string, error) {
	var warnings []string
	o.Warn = func(message string) { warnings = append(warnings, message) }
	g, err := NewGrid(&sheetRecords{lines: strings.Split(strings.TrimSuffix(text, "\n"), "\n")}, "", &o)
	if err != nil {
		return nil, warnings, err
	}
	ds, err := Make(g, Format{}, &o)
	return ds, warnings, err
}

// gridTests are tables as they stand in files. want is the shape of the cube and its
// first values, with line the options that an error shows where there is one.
var gridTests = []struct {
	name, text string
	sheet      bool
	o          Options
	want, warn string
	err        string // what the error says; want is the cube with what it proposes
}{
	// Headers of several rows.
	{"merged years over men and women", "Table 1\n\nPort|2023|^2023|2024|^2024\n^Port|Men|Women|Men|Women\nNorth|1|2|3|4\nSouth|5|6|7|8\n", true, Options{},
		"Port 2, Time 2, Contents 2: 1 2 3 4 5 6 7 8", "", "several columns hold figures"},
	{"the same, said", "Table 1\n\nPort|2023|^2023|2024|^2024\n^Port|Men|Women|Men|Women\nNorth|1|2|3|4\nSouth|5|6|7|8\n", true, Options{Header: "3-4", By: []string{"Year", "Sex"}},
		"Port 2, Year 2, Sex 2: 1 2 3 4 5 6 7 8", "", ""},
	{"years that stand once", "|2023||2024|\nPort|Men|Women|Men|Women\nNorth|1|2|3|4\nSouth|5|6|7|8\n", true, Options{},
		"Port 2, Time 2, Contents 2: 1 2 3 4 5 6 7 8", "", "several columns hold figures"},
	{"three rows", "|Boats||||Crew|||\n|2023||2024||2023||2024|\nPort|M|W|M|W|M|W|M|W\nN|1|2|3|4|5|6|7|8\nS|1|2|3|4|5|6|7|8\n", true, Options{},
		"Port 2, Contents 2, Time 2, Contents 2 2: 1 2 3 4 5 6 7 8 1 2 3 4 5 6 7 8", "", "several columns hold figures"},
	{"names in the upper row alone", "Port|2023||2024|\n|Men|Women|Men|Women\nNorth|1|2|3|4\nSouth|5|6|7|8\n", true, Options{},
		"Port 2, Time 2, Contents 2: 1 2 3 4 5 6 7 8", "", "several columns hold figures"},
	{"a title in the first column", "Boats by port\nPort|2023|2024\nNorth|1|2\nSouth|3|4\n", true, Options{By: []string{"Year"}},
		"Port 2, Year 2: 1 2 3 4", "taken for the title", ""},
	{"a merged title", "Boats|^Boats|^Boats\nPort|2023|2024\nNorth|1|2\nSouth|3|4\n", true, Options{By: []string{"Year"}},
		"Port 2, Year 2: 1 2 3 4", "taken for the title", ""},
	{"a column of two words in a CSV", ",2023,,2024,\nPort,Men,Women,Men,Women\nNorth,1,2,3,4\nSouth,5,6,7,8\n", false, Options{},
		"Port 2, Time 2, Contents 2: 1 2 3 4 5 6 7 8", "", "several columns hold figures"},
	{"units in a second row", "port|boats|crew\n|number|persons\nN|1|2\nS|3|4\n", true, Options{},
		"port 2, measure 2: 1 2 3 4", "", "several columns hold figures"},

	{"statuses beside figures under headings", "|Boats|^Boats|^Boats|^Boats|Crew|^Crew|^Crew|^Crew\nPort|2023|Status|2024|Status|2023|Status|2024|Status\nN|1||2|p|3||4|\nS|5||6||7||8|e\n", true, Options{},
		"Port 2, Contents 2, Time 2: 1 2/p 3 4 5 6 7 8/e", "", "several columns hold figures"},
	{"statuses of one name", "port,2023,Status,2024,Status\nN,1,p,2,\nS,3,,,c\n", false, Options{By: []string{"Year"}},
		"port 2, Year 2: 1/p 2 3 null/c", "", ""},

	// Labels that stand once for several rows.
	{"merged labels", "Port|Kind|Berths\nNorth|Boats|1\n^North|Ships|2\nSouth|Boats|3\n^South|Barges|4\n", true, Options{},
		"Port 2, Kind 3: 1 2 null 3 null 4", "", ""},
	{"a stub of PxWeb", "99001: Berths\n\n||Berths|Share\nNorth|2024K1|120|12.5\n|2024K2|118|..\nSouth|2024K1|15|7.25\n|2024K2|.|7.5\n\n. = Not possible\n\nSource:\nInvented Office\n", true, Options{},
		"A 2, B 2, measure 2: 120 12.5 118 null 15 7.25 null 7.5", "", "several columns hold figures"},
	{"a stub of three columns without names", "|||Boats||\n|||1981|1991|2001\nA|F|T|..|1|2\n||L|..|3|4\n|M|T|5|6|7\n||L|8|9|10\nB|F|T|1|1|1\n||L|1|1|1\n|M|T|1|1|1\n||L|1|1|1\n", true, Options{By: []string{"what", "year"}},
		"A 2, B 2, C 2, what 1, year 3: null 1 2 null 3 4 5 6 7 8 9 10 1 1 1 1 1 1 1 1 1 1 1 1", "a label that stands once", ""},
	{"labels once, with names", "port,year,berths\nN,2023,1\n,2024,2\nS,2023,3\n,2024,4\n", false, Options{},
		"port 2, year 2: 1 2 3 4", "a label that stands once", ""},
	{"totals below labels that stand once", "port,kind,berths\nN,boats,1\n,ships,2\nS,boats,3\n,ships,4\nTotal,,10\n", false, Options{},
		"port 3, kind 3: 1 2 null 3 4 null null null 10", "a label that stands once", ""},
	{"blocks that differ", "port,kind,berths\nN,boats,1\n,ships,2\nS,boats,3\n,barges,4\n,rafts,5\n", false, Options{},
		"", "", "most cells of port are empty"},
	{"totals without a label", "port,year,berths\nN,2023,1\nN,2024,2\nS,2023,3\nS,2024,4\n,2023,4\n,2024,6\n", false, Options{},
		"port 3, year 2: 1 2 3 4 4 6", "", ""},
	{"a total at the end", "port,year,berths\nN,2023,1\nS,2023,3\nV,2023,3\n,2023,4\n", false, Options{},
		"port 4, year 1: 1 3 3 4", "", ""},

	// What stands below.
	{"notes below an empty row", "Port|2023|2024\nN|1|2\nS|3|\n\n* Provisional.\nSource: us\n", true, Options{By: []string{"Year"}},
		"Port 2, Year 2: 1 2 3 null", "2 lines below the table are left out: \"* Provisional.\"", ""},
	{"notes with a second column", "Port|Boats\nN|1\nS|3\n\nContact:\nName|us\n", true, Options{},
		"Port 2: 1 3", "2 lines below the table are left out: \"Contact:\"", ""},
	{"a merged note", "Port|Boats\nN|1\nS|3\n\nA note.|^A note.\n", true, Options{},
		"Port 2: 1 3", "1 line below the table is left out", ""},
	{"figures below an empty row", "Port|Boats\nN|1\n\nS|3\n", true, Options{}, "Port 2: 1 3", "", ""},
	{"figures below notes", "Port|Boats\nN|1\n\nOthers\nS|3\n", true, Options{}, "Port 2: 1 3", "1 line below the table is left out: \"Others\"", ""},
	{"an empty line and notes in CSV", "port,boats\nN,1\nS,3\n\nSource: us\n", false, Options{}, "port 2: 1 3", "1 line below the table is left out: \"Source: us\"", ""},
	{"a note right below in CSV", "port,boats\nN,1\nS,3\nSource: us\n", false, Options{}, "port 2: 1 3", "1 line below the table is left out: \"Source: us\"", ""},
	{"notes of a table by years", "port,2023,2024\nN,1,2\nS,3,4\nSource: us,,\n", false, Options{By: []string{"year"}}, "port 2, year 2: 1 2 3 4", "1 line below the table is left out: \"Source: us\"", ""},
	{"a sentence within the table", "port,boats\nN,1\nSource: us\nS,3\n", false, Options{}, "", "", "line 3: the row has 1 columns"},
	{"a row that is cut off", "port,boats\nN,1\nS\n", false, Options{}, "", "", "line 3: the row has 1 columns"},
	{"a row without a figure below an empty line", "port,boats\nN,1\n\nS,\n", false, Options{}, "port 2: 1 null", "", ""},

	// Cells of sheets.
	{"a formula without a result", "Port|Boats\nN|1\nS|!\n", true, Options{}, "Port 2: 1 null", "no value: sheet \"S\", cell B3", ""},
	{"several of them", "Port|Boats\nN|1\nS|!\nV|!\n", true, Options{}, "Port 3: 1 null null", "2 cells have", ""},
	{"one of a dimension", "Port|Year|Boats\nN|!|1\nS|2023|2\nV|2023|3\n", true, Options{}, "", "", "cell B2: the cell has a formula without a result"},
	{"numbers shown in per cent", "Port|Share\nN|%0.125\nS|%0.5\n", true, Options{}, "Port 2: 0.125 0.5", "0.125 and not 12.5: sheet \"S\", cell B2 and another", ""},
	{"a figure of merged cells", "Port|Boats\nN|1\nS|^1\n", true, Options{}, "", "", "one figure stands for several cells"},
	{"a year of merged cells", "Year|Port|Boats\n2023|N|1\n^2023|S|2\n2024|N|3\n^2024|S|4\n", true, Options{}, "Year 2, Port 2: 1 2 3 4", "", ""},

	// Categories that look the same.
	{"a blank at the end", "port,boats\n\"N\",1\n\"N \",2\n", false, Options{}, "port 2: 1 2", "look the same", ""},
	{"two forms of a letter", "port,boats\nÅ,1\nA\u030a,2\n", false, Options{}, "port 2: 1 2", "look the same", ""},
}

func TestGrid(t *testing.T) {
	for _, tt := range gridTests {
		t.Run(tt.name, func(t *testing.T) {
			made := makeCSV
			if tt.sheet {
				made = makeSheet
			}
			ds, warnings, err := made(tt.text, tt.o)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("the error is %v, want %q", err, tt.err)
				}
				e, _ := err.(*Error)
				if tt.want == "" {
					return
				}
				if e == nil || e.Propose == nil {
					t.Fatalf("%v proposes nothing", err)
				}
				o := tt.o
				o.Plan = e.Propose
				if ds, _, err = made(tt.text, o); err != nil {
					t.Fatalf("with %s: %v", e.Propose, err)
				}
			} else if err != nil {
				t.Fatal(err)
			}
			var values []string
			for obs, err := range ds.Observations() {
				if err != nil {
					t.Fatal(err)
				}
				text := obs.Text()
				if obs.Missing() {
					text = "null"
				}
				if s := obs.Status(); s != "" && strings.Contains(tt.want, "/") {
					text += "/" + s
				}
				values = append(values, text)
			}
			shape, _, _ := strings.Cut(shape(t, ds), ":")
			if got := shape + ": " + strings.Join(values, " "); got != tt.want {
				t.Errorf("the cube is\n%s, want\n%s", got, tt.want)
			}
			if tt.err == "" && (tt.warn == "") != (len(warnings) == 0) || tt.warn != "" && !strings.Contains(strings.Join(warnings, "\n"), tt.warn) {
				t.Errorf("the warnings are %q, want %q", warnings, tt.warn)
			}
		})
	}
}
