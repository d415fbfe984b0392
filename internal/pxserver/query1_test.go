package pxserver

import (
	"net/http"
	"strings"
	"testing"
)

func TestFiltersOfV1(t *testing.T) {
	table := small()
	table.Variables[0].Elimination = false
	s := New(Options{Tables: []Table{table}})
	wrong := `{"error":"The request for variable 'Region' has an error. Please check your query."}`
	for _, c := range []struct {
		name  string
		part  string
		codes string // of Region; "" is eliminated; "!" is an error of the variable
	}{
		{"item", part("Region", "item", "1103"), "1103"},
		{"item, a number", `{"code":"Region","selection":{"filter":"item","values":[1103]}}`, "1103"},
		{"item in the table's order", part("Region", "item", "5501", "0301"), "0301 5501"},
		{"item, unknown code", part("Region", "item", "0301", "9999"), "!"},
		{"item, repeated code", part("Region", "item", "0301", "0301"), "!"},
		{"item, other case", part("Region", "item", " 0301"), "!"},
		{"item, nothing", part("Region", "item"), "!"},
		{"all", part("Region", "all", "*"), "0301 1103 5501"},
		{"all, beginning", part("Region", "all", "5*"), "5501"},
		{"all, end", part("Region", "all", "*1"), "0301 5501"},
		{"all, several", part("Region", "all", "1*", "0*"), "0301 1103"},
		{"all, star at both ends is one in front", part("Region", "all", "*0*"), "!"},
		{"all, no star", part("Region", "all", "0301"), "!"},
		{"all, star inside", part("Region", "all", "0*1"), "!"},
		{"all, question mark", part("Region", "all", "0?01"), "!"},
		{"all, no hit", part("Region", "all", "9*"), "!"},
		{"all, upper case", part("Region", "ALL", "*"), "0301 1103 5501"},
		{"top of others: the first", part("Region", "top", "2"), "0301 1103"},
		{"top, upper case", part("Region", "Top", "1"), "0301"},
		{"top, more than there are", part("Region", "top", "20"), "0301 1103 5501"},
		{"top, nothing", part("Region", "top"), "!"},
		{"top, zero", part("Region", "top", "0"), "!"},
		{"top, two numbers", part("Region", "top", "1", "2"), "!"},
		{"top, word", part("Region", "top", "one"), "!"},
		{"unknown filter is item", part("Region", "choose", "1103"), "1103"},
		{"grouping", part("Region", "agg:Fylker", "F-X", "F-03"), "F-03 F-X"},
		{"grouping, one", part("Region", "agg:Fylker", "F-X"), "F-X"},
		{"grouping, star", part("Region", "agg:Fylker", "*"), "!"},
		{"grouping, repeated", part("Region", "agg:Fylker", "F-X", "F-X"), "!"},
		{"grouping, unknown name", part("Region", "agg:Landsdeler", "F-X"), "!"},
		{"grouping, member", part("Region", "agg:Fylker", "0301"), "!"},
		{"members of a grouping", part("Region", "agg_single:Fylker", "5501", "0301"), "0301 5501"},
		{"groups and members", part("Region", "agg_all:Fylker", "F-X", "5501", "0301"), "0301 F-X 5501"},
		{"value set", part("Region", "vs:Byer", "5501", "0301"), "0301 5501"},
		{"value set, a code that is not in it", part("Region", "vs:Byer", "1103"), "1103"},
		{"value set, unknown name", part("Region", "vs:Land", "0301"), "!"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := query(s, "11111", "json-stat2", c.part)
			if c.codes == "!" {
				if a.status != http.StatusBadRequest || a.body != wrong {
					t.Errorf("%d %s", a.status, a.body)
				}
				return
			}
			if got := read(t, a).codes("Region"); got != c.codes {
				t.Errorf("got %q, want %q", got, c.codes)
			}
		})
	}
}

func TestEliminationInV1(t *testing.T) {
	bySum := small()
	bySum.Variables[1].EliminationValue = ""
	for _, c := range []struct {
		name   string
		table  Table
		parts  []string
		id     string
		values string
	}{
		{"not named: the value that stands for all", small(), nil, "Region ContentsCode Tid", "10000 10001 10002 10010"},
		{"not named: the sum", bySum, nil, "Region ContentsCode Tid", "30300 30303 30306 30330"},
		{"no values", small(), []string{part("Kjonn", "item")}, "Region ContentsCode Tid", "10000"},
		{"value set without values", small(), []string{part("Kjonn", "vs:Ingen")}, "!", ""},
		{"a pattern that nothing matches", small(), []string{part("Kjonn", "all", "9*")}, "Region ContentsCode Tid", "10000"},
		{"named: stays", small(), []string{part("Kjonn", "item", "0")}, "Region Kjonn ContentsCode Tid", "10000"},
		{"groups are added up", small(), []string{part("Region", "agg:Fylker", "F-X"), part("Tid", "top", "1")}, "Region ContentsCode Tid", "23004 23024"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := query(New(Options{Tables: []Table{c.table}}), "11111", "json-stat2", c.parts...)
			if c.id == "!" {
				if a.status != http.StatusBadRequest {
					t.Errorf("%d %s", a.status, a.body)
				}
				return
			}
			d := read(t, a)
			if got := strings.Join(d.ID, " "); got != c.id {
				t.Errorf("got %s, want %s", got, c.id)
			}
			if got := d.values(); !strings.HasPrefix(got, c.values) {
				t.Errorf("got %s, want %s", got, c.values)
			}
		})
	}
}

// The newest period is found by comparing two texts, and only those.
func TestTopOfTime(t *testing.T) {
	for _, c := range []struct {
		name  string
		codes []string
		want  string
	}{
		{"ascending", []string{"2023", "2024", "2025"}, "2024 2025"},
		{"descending", []string{"2025", "2024", "2023"}, "2025 2024"},
		{"texts that do not sort", []string{"1=uke 9", "2=uke 10", "3=uke 11"}, "1 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := small()
			table.Variables[3].Values = Values(c.codes...)
			d := read(t, query(New(Options{Tables: []Table{table}}), "11111", "json-stat2", part("Tid", "top", "2")))
			if got := d.codes("Tid"); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestQueriesThatAreWrongAltogether(t *testing.T) {
	s := New(Options{Tables: []Table{small()}})
	parameter := `{"error":"Parameter error"}`
	for _, c := range []struct{ name, body string }{
		{"no JSON", `{"query":`},
		{"nothing", ``},
		{"unknown variable", `{"query":[` + part("Sted", "all", "*") + `]}`},
		{"variable in another case", `{"query":[` + part("region", "all", "*") + `]}`},
		{"variable twice", `{"query":[` + part("Region", "all", "*") + `,` + part("Region", "all", "*") + `]}`},
		{"format without its hyphen", `{"query":[],"response":{"format":"jsonstat2"}}`},
		{"format that the host does not have", `{"query":[],"response":{"format":"px"}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a := call(s, http.MethodPost, "/api/v0/no/table/11111", c.body); a.status != http.StatusBadRequest || a.body != parameter {
				t.Errorf("%d %s", a.status, a.body)
			}
		})
	}
	if a := call(s, http.MethodPost, "/api/v0/no/table/11111", `{"query":[],"response":{"format":"JSON-stat2"}}`); a.status != http.StatusOK {
		t.Errorf("a format in another case: %d", a.status)
	}
}

func TestLimitOfCells(t *testing.T) {
	for _, c := range []struct {
		limit, status int
	}{{18, 200}, {17, 403}} { // 3 regions, 2 contents, 3 years
		s := New(Options{Tables: []Table{small()}, MaxCells: c.limit})
		a := query(s, "11111", "json-stat2")
		if a.status != c.status {
			t.Errorf("limit %d: %d %s", c.limit, a.status, a.body)
		}
		if a.status == 403 && a.body != `{"error":"Too many values selected"}` {
			t.Error(a.body)
		}
	}
	s := New(Options{Tables: []Table{small()}, MaxCells: 6})
	if a := query(s, "11111", "json-stat2", part("Region", "agg:Fylker", "F-X")); a.status != 200 {
		t.Errorf("a group of two counts as one: %d", a.status)
	}
}

func TestGroupingsAreRefusedWhereTablesSaySo(t *testing.T) {
	table := small()
	table.NoAggregation = true
	group := part("Region", "agg:Fylker", "F-X")
	if a := query(New(Options{Tables: []Table{table}}), "11111", "json-stat2", group); a.status != 400 {
		t.Errorf("SSB: %d", a.status)
	}
	if a := query(New(Options{Host: SCB, Tables: []Table{table}}), "11111", "json-stat2", group); a.status != 200 {
		t.Errorf("SCB: %d", a.status)
	}
}

func TestGroupsAreNotEliminated(t *testing.T) {
	table := small()
	table.Variables[0].Elimination = true
	d := read(t, query(New(Options{Tables: []Table{table}}), "11111", "json-stat2", part("Region", "agg:Fylker", "F-X")))
	if d.Dimension["Region"].Extension["elimination"] != false {
		t.Error(d.Dimension["Region"].Extension)
	}
	if got := d.Dimension["Region"].Category.Label["F-X"]; got != "Resten" {
		t.Error(got)
	}
}

func FuzzQuery1(f *testing.F) {
	for _, body := range []string{`{"query":[]}`, `{"query":[` + part("Region", "all", "*") + `]}`, `{"query":[` + part("Region", "agg:Fylker", "F-X") + `,` + part("Tid", "top", "2") + `],"response":{"format":"csv"}}`, `[]`} {
		f.Add(body)
	}
	s := New(Options{Tables: []Table{small()}})
	f.Fuzz(func(t *testing.T, body string) {
		a := call(s, http.MethodPost, "/api/v0/no/table/11111", body)
		if a.status != 200 && a.status != 400 && a.status != 403 {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
}
