package columnar

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

const harvest = `{"version":"2.0","class":"dataset","label":"Harvest","source":"S","updated":"2025","extension":{"a":1},"role":{"time":["year"],"geo":["port"]},` +
	`"id":["port","year","value"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"Quay","S":"Quay","T":"Quay [N]"},` +
	`"coordinates":{"N":[10.5,60]},"child":{"T":["N","S"]}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},` +
	`"value":{"label":"What","category":{"index":["kg"],"label":{"kg":"Weight"},"unit":{"kg":{"decimals":1,"label":"kilo"}}}}},"value":[1,2,3,4,5,6],"status":{"1":"p","2":"q"}}`

func TestColumns(t *testing.T) {
	type col struct {
		Kind  ColumnKind
		Name  string
		Texts []string
	}
	tests := []struct {
		name string
		o    Options
		want []col
	}{
		{"the default", Options{}, []col{
			{Dimension, "port", []string{"Quay [N]", "Quay [S]", "Quay [N] [T]"}}, {Dimension, "year", []string{"2023", "2024"}},
			{Dimension, "value [value]", []string{"Weight"}}, {Status, "status", []string{"p", "q"}}, {Value, "value", nil},
		}},
		{"ids", Options{Field: layout.Label, Content: layout.ID}, []col{
			{Dimension, "Port", []string{"N", "S", "T"}}, {Dimension, "Year", []string{"2023", "2024"}},
			{Dimension, "What", []string{"kg"}}, {Status, "status", []string{"p", "q"}}, {Value, "value", nil},
		}},
		{"dates beside labels", Options{Content: layout.Columns, Dates: true}, []col{
			{Dimension, "port", []string{"N", "S", "T"}}, {Dimension, "Port_label", []string{"Quay [N]", "Quay [S]", "Quay [N] [T]"}},
			{Date, "year", nil}, {Dimension, "Year_label", []string{"2023", "2024"}},
			{Dimension, "value [value]", []string{"kg"}}, {Dimension, "What", []string{"Weight"}}, {Status, "status", []string{"p", "q"}}, {Value, "value", nil},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table, err := New(parsed(t, harvest), tt.o)
			if err != nil {
				t.Fatal(err)
			}
			var got []col
			for _, c := range table.Columns {
				got = append(got, col{c.Kind, c.Name, c.Texts})
				if c.Kind == Date && !slices.Equal(c.Days, []int32{19358, 19723}) {
					t.Errorf("the days are %v", c.Days)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("the columns differ (-want +got):\n%s", diff)
			}
		})
	}
}

// The keys of jsonstat-io go by the texts of the column, ours say how to find back.
func TestKeys(t *testing.T) {
	ds := parsed(t, harvest)
	for _, tt := range []struct {
		content layout.Show
		column  int
		want    map[string]string
	}{
		{layout.ID, 0, map[string]string{
			KeyRole: "geo", KeyLabel: "Port", KeyOrder: `["N","S","T"]`, KeyLabels: `{"N":"Quay","S":"Quay","T":"Quay [N]"}`,
			KeyCoords: `{"N":[10.5,60]}`, KeyChildren: `{"T":["N","S"]}`, KeyDimension: "port", KeyContent: "id",
		}},
		{layout.Label, 0, map[string]string{
			KeyRole: "geo", KeyLabel: "Port", KeyOrder: `["Quay [N]","Quay [S]","Quay [N] [T]"]`,
			KeyCoords: `{"Quay [N]":[10.5,60]}`, KeyChildren: `{"Quay [N] [T]":["Quay [N]","Quay [S]"]}`, KeyDimension: "port", KeyContent: "label",
		}},
		{layout.ID, 1, map[string]string{KeyRole: "time", KeyLabel: "Year", KeyOrder: `["2023","2024"]`, KeyDimension: "year", KeyContent: "id"}},
		{layout.ID, 2, map[string]string{
			KeyLabel: "What", KeyOrder: `["kg"]`, KeyLabels: `{"kg":"Weight"}`, KeyUnits: `{"kg":{"decimals":1,"label":"kilo"}}`, KeyDimension: "value", KeyContent: "id",
		}},
	} {
		table, err := New(ds, Options{Content: tt.content})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, k := range table.Columns[tt.column].Keys {
			got[k.Name] = k.Value
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("the keys of column %d differ (-want +got):\n%s", tt.column, diff)
		}
	}
	table, err := New(ds, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, k := range table.Keys {
		got[k.Name] = k.Value
	}
	var head map[string]any
	if err := json.Unmarshal([]byte(got[KeyHead]), &head); err != nil || head["value"] != nil || head["label"] != "Harvest" {
		t.Errorf("the head is %s, %v", got[KeyHead], err)
	}
	delete(got, KeyHead)
	want := map[string]string{KeyLabel: "Harvest", KeySource: "S", KeyUpdated: "2025", KeyExtension: `{"a":1}`, KeyValueForm: "dense", KeyStatusForm: "sparse"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the keys of the table differ (-want +got):\n%s", diff)
	}
}

// A dimension is dates by its role, or where no role is given by its codes.
func TestDates(t *testing.T) {
	const months = `{"version":"2.0","class":"dataset","id":["m"],"size":[2],"dimension":{"m":{"category":{"index":["2024M01","2024M02"]}}},"value":[1,2]`
	for name, tt := range map[string]struct {
		text string
		want ColumnKind
	}{
		"by its codes":  {months + "}", Date},
		"by its role":   {months + `,"role":{"time":["m"]}}`, Date},
		"another role":  {months + `,"role":{"geo":["m"]}}`, Dimension},
		"not by chance": {oneDimension + "[1,2,3]}", Dimension},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := New(parsed(t, tt.text), Options{Dates: true, Warn: func(m string) { t.Error(m) }})
			if err != nil || table.Columns[0].Kind != tt.want {
				t.Errorf("the column is of kind %d, %v", table.Columns[0].Kind, err)
			}
		})
	}
	if got := parsed(t, harvest).Role(jsonstat.Time)[0].ID(); got != "year" {
		t.Error(got)
	}
}
