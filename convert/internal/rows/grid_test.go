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
				switch text, code := strings.CutPrefix(f, "="); {
				case code:
					f, kind = text, Code
				case csvtext.IsNumber([]byte(f)):
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
		"", "", "cells of port are empty below a label"},
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

	{"codes with zeros as values", "Port|Boats\nN|=05\nS|15\n", true, Options{Values: []string{"Boats"}}, "Port 2: 5 15", "", ""},

	// What is none of the table.
	{"the header again", "region,2021\nOslo,7\nregion,2021\nBergen,2\n", false, Options{}, "", "", "line 3: the row is the header again"},
	{"a second table under the same periods", "Port|2022\nN|1\nS|3\n\nFish|2022\nCod|5\n", true, Options{}, "", "", "row 5: the row is the header again"},
	{"numbers of columns", "region,year,pop\n1,2,3\nOslo,2023,5\nOslo,2024,6\n", false, Options{}, "region 1, year 2: 5 6", "a row of the numbers of columns is left out: line 2", ""},
	{"numbers of columns in brackets, behind a stub", "Land|men|women\n|(1)|(2)\nA|5|6\nB|7|8\n", true, Options{Values: []string{"men", "women"}}, "Land 2, measure 2: 5 6 7 8", "a row of the numbers of columns is left out", ""},
	{"codes that look like numbers of columns", "a,b,c\n1,2,3\n2,2,5\n1,3,6\n", false, Options{Values: []string{"c"}}, "a 2, b 2: 3 6 5 null", "", ""},
	{"a source with commas in it", "region,pop\nOslo,709037\nBergen,291940\n\nSource: Office, 2024\n", false, Options{}, "region 2: 709037 291940", "1 line below the table is left out: \"Source: Office\"", ""},
	{"a note with a year, right below", "region,pop\nOslo,709037\nBergen,291940\nNote: as of 1 January, 2024\n", false, Options{}, "region 2: 709037 291940", "1 line below the table is left out", ""},
	{"several notes right below", "region,pop\nOslo,709037\nBergen,291940\nSource: Office\n2) As of January\n", false, Options{}, "region 2: 709037 291940", "2 lines below the table are left out", ""},
	{"a row of full width below a note", "region,2021,2022\nA,7,8\nB,2,3\n\nSource: Office\nC,,\nD,5,6\n", false, Options{By: []string{"Year"}}, "region 4, Year 2: 7 8 2 3 null null 5 6", "1 line below the table is left out", ""},
	{"units that are numbers", "Port|Year|Boats\n||1000\nN|2022|2\nS|2023|4\n", true, Options{}, "", "", "the first row has nothing in Port, Year"},
	{"an empty column in front", "Table 1\n\n|Port|Boats\n|N|2\n|S|4\n", true, Options{}, "Port 2: 2 4", "taken for the title", ""},
	{"two tables side by side", "Port|Boats||Fish|Tonnes\nN|1||Cod|5\nS|2||Hake|6\n", true, Options{}, "", "", "an empty column stands in front of Fish, Tonnes: are these two tables?"},
	{"decimal commas between commas", "region,year,value\nA,2020,12,5\nA,2021,13,1\nB,2020,9,3\n", false, Options{}, "", "", "the row has 4 columns, the header has 3"},
	{"ages in a column without a name", ",Men,Women\n0,100,90\n1,101,95\n2,99,97\n", false, Options{}, "1 3, measure 2: 100 90 101 95 99 97", "", "could be a dimension, or the numbers of rows"},

	{"a column without a name whose letter another one has for its header", "|Port|A\nx|N|1\ny|S|2\n", true, Options{Dimensions: []string{"1", "Port"}, Values: []string{"A"}}, "1 2, Port 2: 1 null null 2", "a column without a name is called 1", ""},

	// What is part of the table, though it looks like what is none.
	{"a figure that is the year of its column", "kommune,2023\n0301,709037\n1103,2023\n1133,2500\n", false, Options{}, "kommune 3: 709037 2023 2500", "", ""},
	{"a total that is called as its column", "Total,2021,2022\nTotal,5,6\nMen,1,2\n", false, Options{By: []string{"Year"}}, "Total 2, Year 2: 5 6 1 2", "", ""},
	{"a first value that is missing, in front", "value,geo\n,NO\n4,SE\n5,DK\n", false, Options{Values: []string{"value"}}, "geo 3: null 4 5", "", ""},
	{"statuses behind a first value that is missing", "OBS_VALUE,OBS_STATUS,GEO,TIME\n,m,NO,2020\n4,,NO,2021\n5,,SE,2020\n", false, Options{Values: []string{"OBS_VALUE"}}, "GEO 2, TIME 2: null 4 5 null", "", ""},
	{"values in front that are missing for a group", "OBS_VALUE,port,year\n110,North,2022\n,South,2022\n120,North,2023\n,South,2023\n", false, Options{Values: []string{"OBS_VALUE"}}, "port 2, year 2: 110 120 null null", "", ""},
	{"a total without a label that looks like a year", "region,deaths\n,2010\nN,1000\nS,1010\n", false, Options{}, "region 3: 2010 1000 1010", "", ""},
	{"an empty category that has no figures", "sex,region,n\n,North,\nM,North,3\nF,North,4\n", false, Options{}, "sex 3, region 1: null 3 4", "", ""},
	{"a total of a database", "region,sex,n\n,,10\nN,,4\nS,,6\n", false, Options{Dimensions: []string{"region", "sex"}}, "region 3, sex 1: 10 4 6", "", ""},
	{"one code that is empty", "nuts,name,pop\nA,North,5\nB,South,6\n,Total,11\n", false, Options{}, "nuts 3: 5 6 11", "", "name says nothing"},
	{"categories that begin like notes", "fuel,year,GWh\nSource: sun,2020,\nSource: sun,2021,5\nSource: wind,2020,4\n", false, Options{}, "fuel 2, year 2: null 5 4 null", "", ""},
	{"classes as headers", "class,1A,1B\nboys,10,12\ngirls,11,9\n", false, Options{By: []string{"Class"}}, "class 2, Class 2: 10 12 11 9", "", "which columns are categories"},
	{"one text throughout that could be a figure with a mark", "port,unit,2024\nA,12 p,5\nB,12 p,6\nC,12 p,8\n", false, Options{}, "port 3, unit 1: 5 6 8", "unit is taken for a dimension", ""},
	{"a size as a header", "size,<5\nA,10\nB,11\n", false, Options{}, "size 2: 10 11", "", ""},
	{"codes beside labels", "id,label\n03,Oslo\n11,Rogaland\n", false, Options{}, "", "", "no column of figures"},
	{"one heading behind numbers that tell rows apart", "region,code,n\nN,1,1\nN,15,2\n", false, Options{By: []string{"m"}}, "region 1, code 2, m 1: 1 2", "", ""},
	{"labels as short as marks", "code,grade,n\n1,A,1\n2,B,2\n3,C,3\n", false, Options{}, "code 3: 1 2 3", "", "grade says nothing"},

	// Headers.
	{"figures with marks in the first row", "Oslo;1 234\nBergen;13 456\nVoss;3 456\n", false, Options{}, "", "", "looks like data"},
	{"per cent in the first row", "Oslo,12 %\nBergen,13 %\nVoss,8 %\n", false, Options{}, "1 3: 12 13 8", "", "looks like data"},
	{"periods with marks in the header", "town,2023p,2024p\nA,5,6\nB,7,9\n", false, Options{By: []string{"Year"}}, "town 2, Year 2: 5 6 7 9", "", ""},
	{"years as numbers with a fraction", "town,2022.0,2023.0\nA,11,12\nB,13,14\n", false, Options{}, "town 2, Time 2: 11 12 13 14", "", "several columns hold figures"},
	{"headings over headings of a frame, and the name of its rows", ",2020,2020,2021,2021\n,men,women,men,women\nregion,,,,\nA,1,2,3,4\nB,5,6,7,8\n", false, Options{}, "region 2, Time 2, Contents 2: 1 2 3 4 5 6 7 8", "", "several columns hold figures"},
	{"names of the stub in both rows", "Town;Born;;Died;\nName;2021;2022;2021;2022\nA;5;6;7;8\nB;6;7;8;9\n", false, Options{}, "Town Name 2, Contents 2, Time 2: 5 6 7 8 6 7 8 9", "", "several columns hold figures"},
	{"a title of two words, and values by name", "Table 1,Oslo\nregion,value\nA,5\nB,6\n", false, Options{}, "region 2: 5 6", "", "looks like a title"},
	{"a bad cell in the first row", "port,boats\nA,many\nB,6\n", false, Options{}, "", "", "is no number"},
	{"a title with commas in it", "Population, by region, 2020\nregion,year,value\nA,2020,5\nB,2020,6\n", false, Options{}, "region 2, year 1: 5 6", "", "looks like a title"},
	{"a heading that stands over other columns", "|Men|||Women|\nPort|2021|2022|2021|2022|2023\nN|1|2|3|4|5\nS|1|2|3|4|6\n", true, Options{}, "", "", "several columns are"},
	{"an error in the header", "Port|!|2023\nN|1|2\nS|3|4\n", true, Options{}, "", "", "cell B1: the cell of the header has a formula"},
	{"by, and nobody said which columns", "region,year,Men,Women\nA,2021,5,6\nA,2022,7,7\nB,2021,5,8\nB,2022,7,9\n", false, Options{By: []string{"Sex"}}, "region 2, year 2, Sex 2: 5 6 7 7 5 8 7 9", "", "which columns are categories of Sex: Men, Women?"},
	{"headings of two dimensions and no stub", "2023 North,2023 South,2024 North,2024 South\n1,2,3,4\n", false, Options{By: []string{"year", "port"}}, "year 2, port 2: 1 2 3 4", "", ""},
	{"flags without a name, the last in some rows", "TIME|2021||2022\nA|5|p|6\nB|7||8|e\n", true, Options{By: []string{"Year"}}, "TIME 2, Year 2: 5/p 6 7 8/e", "taken for the statuses", ""},
	{"a last column without a name", "Port|Boats\nA|5\nB|7|e\n", true, Options{}, "", "", "the values could be Boats or C, the last column"},
	{"flags without a name", "geo,2021,,2022,\nA,5,p,6,\nB,7,,8,e\n", false, Options{By: []string{"Year"}}, "geo 2, Year 2: 5/p 6 7 8/e", "columns without a name are taken for the statuses of those at their left", ""},
	{"a month beside figures", "year,month,births,deaths\n2021,6,7,5\n2022,6,8,3\n2023,7,9,1\n", false, Options{}, "year 3, measure 2: 7 5 8 3 9 1", "", "births, deaths"},

	// Categories that look the same.
	{"the number of a note", "port,boats\nN,1\nN¹,2\n", false, Options{}, "port 2: 1 2", "look the same", ""},
	{"a blank at the end", "port,boats\n\"N\",1\n\"N \",2\n", false, Options{}, "port 2: 1 2", "look the same", ""},
	{"two forms of a letter", "port,boats\nÅ,1\nA\u030a,2\n", false, Options{}, "port 2: 1 2", "look the same", ""},
}

func TestGrid(t *testing.T) {
	for _, tt := range gridTests {
		t.Run(tt.name, func(t *testing.T) {
			made := makeCSV
			if strings.Contains(tt.text, ";") {
				made = func(text string, o Options) (*jsonstat.Dataset, []string, error) {
					return makeTable(text, ";", Format{Open: true}, o)
				}
			}
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
