package cmd

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestShapes holds that each line that docs/from-tables.md shows for a shape of tables
// gives the right cube, without a word, and that each table has a line there and a
// description.
func TestShapes(t *testing.T) {
	tests := []struct {
		line  string // without the comment
		dims  string
		cell  []string // ids of a dimension and a category, in pairs
		value string   // of that cell, and its status
	}{
		{"csv2jsonstat testdata/tables/long.csv", "Port 2, Year 2", []string{"Port", "South quay", "Year", "2023"}, " .."},
		{"csv2jsonstat testdata/tables/value-first.csv --value landings", "port 2, year 2", []string{"port", "South quay", "year", "2024"}, "87.25 "},
		{"csv2jsonstat testdata/tables/measures.csv --value boats,crew", "port 2, year 2, measure 2", []string{"port", "South quay", "year", "2024", "measure", "crew"}, "15 "},
		{"csv2jsonstat testdata/tables/years.csv --by Year", "Port 2, Catch 2, Year 3", []string{"Port", "South quay", "Catch", "Cod", "Year", "2023"}, "87.25 "},
		{"csv2jsonstat testdata/tables/pxweb.csv --by Contents,Time --stub port,gear", "port 2, gear 2, Contents 2, Time 2", []string{"port", "N1", "gear", "02", "Contents", "CREW", "Time", "2024"}, " .."},
		{"parquet2jsonstat testdata/tables/pxweb.parquet --value BOATS,CREW", "port 2, quarter 2, measure 2", []string{"port", "S2", "quarter", "2024K2", "measure", "BOATS"}, " .."},
		{"csv2jsonstat testdata/tables/statcan.csv", "REF_DATE 2, GEO 2, Type of boat 2, UOM 1", []string{"REF_DATE", "2024-02", "GEO", "Southland", "Type of boat", "Sail", "UOM", "Number"}, "66 p"},
		{"csv2jsonstat testdata/tables/cso.csv", "STATISTIC 2, TLIST(A1) 2, C02196V02652 2, UNIT 1", []string{"STATISTIC", "BT01C1", "TLIST(A1)", "2024", "C02196V02652", "IE0", "UNIT", "Number"}, "205.5 "},
		{"csv2jsonstat testdata/tables/worldbank.csv --by Year --header 5", "Country Code 2, Indicator Code 2, Year 3", []string{"Country Code", "NOL", "Indicator Code", "IN.BOAT", "Year", "2024"}, "130.5 "},
		{"csv2jsonstat testdata/tables/pandas.csv", "port 2, year 2", []string{"port", "North quay", "year", "2024"}, "118.5 "},
		{"parquet2jsonstat testdata/tables/pandas.parquet", "month 2, port 2", []string{"month", "2024M02", "port", "North quay"}, "118.5 "},
		{"csv2jsonstat testdata/tables/r.csv", "port 2, year 2", []string{"port", "North quay", "year", "2024"}, "118.5 "},
		{"csv2jsonstat testdata/tables/labels.csv --label-column quay=harbour", "quay 2, year 2", []string{"quay", "0201", "year", "2023"}, "87.25 "},
		{"csv2jsonstat testdata/tables/register.csv --dimension Municipality,Year,Status", "Municipality 2, Year 2, Status 2", []string{"Municipality", "Northland", "Year", "2024", "Status", "Active"}, "131 "},
		{"jsonstat2csv testdata/oslo.json -fo -s | csv2jsonstat", "Region 3, Tid 3", []string{"Region", "030103", "Tid", "2025"}, "47025 "},
		{"jsonstat2csv testdata/oslo.json --content columns | csv2jsonstat --content columns", "Region 3, Tid 3", []string{"Region", "030103", "Tid", "2025"}, "47025 "},
		{"jsonstat2csv testdata/oslo.json --rich | csv2jsonstat", "Region 3, Tid 3", []string{"Region", "030103", "Tid", "2025"}, "47025 "},
	}
	shown := map[string]bool{}
	page := ""
	for _, c := range shownIn(t, "../docs/from-tables.md") {
		line, _, _ := strings.Cut(c.line, "  #")
		shown[strings.TrimSpace(line)] = true
		page += c.line + "\n"
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			if !shown[tt.line] {
				t.Error("the page does not show the line")
			}
			cmd := shell(tt.line)
			cmd.Dir = ".."
			cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
			var said strings.Builder
			cmd.Stderr = &said
			out, err := cmd.Output()
			if err != nil || said.Len() > 0 {
				t.Fatalf("%v\n%s", err, &said)
			}
			doc, err := jsonstat.Parse(out)
			if err != nil {
				t.Fatal(err)
			}
			ds, err := doc.Dataset(0)
			if err != nil {
				t.Fatal(err)
			}
			var dims []string
			for _, d := range ds.Dimensions() {
				dims = append(dims, fmt.Sprint(d.ID(), " ", d.Len()))
			}
			if got := strings.Join(dims, ", "); got != tt.dims {
				t.Errorf("dimensions %s, want %s", got, tt.dims)
			}
			cell, err := ds.At(tt.cell...)
			if err != nil {
				t.Fatal(err)
			}
			if got := cell.Text + " " + cell.Status; got != tt.value {
				t.Errorf("%v is %q, want %q", tt.cell, got, tt.value)
			}
		})
	}
	tables, err := filepath.Glob("../testdata/tables/*")
	if err != nil || len(tables) == 0 {
		t.Fatalf("there are no tables: %v", err)
	}
	readme, err := os.ReadFile("../testdata/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range tables {
		name := "tables/" + filepath.Base(file)
		if !strings.Contains(page, "testdata/"+name) {
			t.Errorf("docs/from-tables.md has no line that reads %s", name)
		}
		if !strings.Contains(string(readme), "| "+name+" |") {
			t.Errorf("testdata/README.md does not say what %s is", name)
		}
	}
}
