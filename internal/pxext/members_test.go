package pxext

import (
	"reflect"
	"testing"
)

func TestTableOf(t *testing.T) {
	two, yes := 2, true
	for _, tt := range []struct {
		name, extension string
		want            Table
	}{
		{"nothing", ``, Table{}},
		{"null", `null`, Table{}},
		{"another object", `{"sdmx":{}}`, Table{}},
		{"no object", `[1]`, Table{}},
		{"px is none", `{"px":"x"}`, Table{}},
		{"a table", `{"px":{"tableid":"05839","language":"no","subject-area":"Befolkning","heading":["Tid"],"decimals":2,"nextUpdate":"2027-02-20T07:00:00Z","official-statistics":true,"copyright":true}}`,
			Table{Language: "no", TableID: "05839", Area: "Befolkning", Heading: []string{"Tid"}, Decimals: &two, NextUpdate: "2027-02-20T07:00:00Z", Official: &yes, Copyright: &yes}},
		{"some of another type", `{"px":{"tableid":5839,"language":"no","decimals":"2"}}`, Table{Language: "no"}},
		{"names are exact", `{"px":{"Language":"no"}}`, Table{}},
	} {
		if got := TableOf([]byte(tt.extension)); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestVariableOf(t *testing.T) {
	for extension, want := range map[string]Variable{
		``: {}, `{"elimination":true,"eliminationValueCode":"0"}`: {true, "0"}, `{"elimination":"true","eliminationValueCode":"0"}`: {false, "0"},
	} {
		if got := VariableOf([]byte(extension)); got != want {
			t.Errorf("%s: %+v, want %+v", extension, got, want)
		}
	}
}

func TestIsDiscontinued(t *testing.T) {
	for extension, want := range map[string]bool{``: false, `{"discontinued":true}`: true, `{"px":{"discontinued":true}}`: true, `{"px":{"discontinued":false}}`: false, `{"discontinued":1}`: false} {
		if got := IsDiscontinued([]byte(extension)); got != want {
			t.Errorf("%s: %v", extension, got)
		}
	}
}
