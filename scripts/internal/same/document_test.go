package main

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestLibrary(t *testing.T) {
	l := testLibrary(t)
	for name, format := range map[string]string{
		"shapes/dense": "json", "testdata/catch.csv": "csv", "testdata/sdmx/flat.json": "sdmx", "testdata/sdmx/ids.csv": "sdmx", "testdata/oslo.parquet": "parquet",
		"testdata/wide.xlsx": "xlsx", "scripts/csv2jsonstat/in.csv": "csv", "scripts/sdmx_csv/several.csv": "sdmx", "random/5": "json", "odd/5": "json", "sdmx/5": "sdmx",
		"made/arrow-1/odd/7": "arrow", "damaged/flip-2/made/xlsx-0/shapes/dense": "xlsx", "damaged/cut-3/vectors/member-value-object-null.json": "json",
	} {
		d, err := l.find(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if d.Format != format || d.Name != name {
			t.Errorf("%s is %s of format %s, want %s", name, d.Name, d.Format, format)
		}
	}
	for _, name := range []string{"shapes/nosuch", "random/x", "made/csv-99/shapes/dense", "made/csv-0/testdata/catch.csv", "damaged/bend-1/shapes/dense", "damaged/cut-x/shapes/dense", "damaged/cut-1", "corpus/x.json", "elsewhere/x"} {
		if d, err := l.find(name); err == nil {
			t.Errorf("%s is there: %+v", name, d)
		}
	}
}

func TestDamaged(t *testing.T) {
	doc := []byte(`{ "a" : [1, 2.5 ,"x"], "b": {"c":null , "d":"Å"} }`)
	ways := map[string]bool{}
	for _, way := range damages("json") {
		ways[way] = true
		changed := 0
		for seed := range 40 {
			how := way + "-" + string(rune('0'+seed%10)) + string(rune('0'+seed/10))
			got, err := damaged(doc, how)
			if err != nil {
				t.Fatal(err)
			}
			again, _ := damaged(doc, how)
			if !bytes.Equal(got, again) {
				t.Errorf("%s gives two texts: %s and %s", how, got, again)
			}
			if !bytes.Equal(got, doc) {
				changed++
			}
			if valid := json.Valid(got); (way == "lose" || way == "twice" || way == "null") && !valid {
				t.Errorf("%s does not leave JSON: %s", how, got)
			}
			if way == "nan" && json.Valid(got) {
				t.Errorf("%s gives %s", how, got)
			}
		}
		if changed < 30 {
			t.Errorf("%s changes %d of 40 texts", way, changed)
		}
	}
	if len(ways) < 7 {
		t.Errorf("there are %d ways", len(ways))
	}
	table := []byte("a,b\n1,2\n3,4\n")
	for _, way := range damages("csv") {
		if got, err := damaged(table, way+"-1"); err != nil || bytes.Equal(got, table) && way != "latin1" {
			t.Errorf("%s gives %q, %v", way, got, err)
		}
	}
}

func TestPeek(t *testing.T) {
	c := peek([]byte(`{"x":{"dimension":{"id":["b","a"],"size":[2,1],"a":{"label":"A","category":{"index":{"p":0}}},"b":{"category":{"index":["r","q"],"label":{"q":"Q"}}}}}}`))
	if c == nil || len(c.Dims) != 2 || c.Dims[0].ID != "b" || c.Dims[0].Categories[1] != (Category{"q", "Q"}) || c.Dims[1].Label != "A" || c.Dims[1].Categories[0].ID != "p" {
		t.Errorf("the cube is %+v", c)
	}
	for name, want := range map[string][2]bool{"shapes/dense": {}, "vectors/rule-ovf-50-million.json": {true, true}, "vectors/rule-ovf-2-to-62.json": {false, true}, "testdata/catch.csv": {}} {
		d, err := testLibrary(t).find(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]bool{d.Cube.tooLarge(nil), d.Cube.tooLarge([]string{"--all-cells"})}; got != want {
			t.Errorf("%s is too large: %v, want %v", name, got, want)
		}
	}
	for _, text := range []string{"", "[1]", `{"dimension":{}}`} {
		if c := peek([]byte(text)); c != nil {
			t.Errorf("%s has a cube: %+v", text, c)
		}
	}
	if c := peekTable([]byte("\ufeffa;b\r\n1;2\r\n")); len(c.Dims) != 2 || c.Dims[1].ID != "b" || c.Dims[1].Categories[0].ID != "2" {
		t.Errorf("the table is %+v", c)
	}
}
