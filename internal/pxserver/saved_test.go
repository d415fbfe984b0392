package pxserver

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestSavedQueries(t *testing.T) {
	s := New(Options{})
	const address = "/api/pxwebapi/v2/savedqueries"
	whole := `{"tableId":"10826","language":"en","selection":{"selection":[` + chosen("Region", "*") + "," + chosen("ContentsCode", "*") + "," + chosen("Tid", "top(1)") + `]},"outputFormat":"json-stat2","outputFormatParams":[]}`
	for member, status := range map[string]int{"tableId": 400, "language": 400, "selection": 400, "outputFormat": 201, "outputFormatParams": 400} {
		var q map[string]any
		json.Unmarshal([]byte(whole), &q)
		delete(q, member)
		body, _ := json.Marshal(q)
		if a := call(s, http.MethodPost, address, string(body)); a.status != status {
			t.Errorf("without %s: %d", member, a.status)
		}
	}
	if a := call(s, http.MethodPost, address, "{}"); !strings.Contains(a.body, `"errors":{"TableId":["The TableId field is required."],"Language":["The Language field is required."],"Selection":["The Selection field is required."],"OutputFormatParams":[`) {
		t.Errorf("all that is missing at once: %s", a.body)
	}
	a := call(s, http.MethodPost, address, whole)
	var saved struct {
		Language, ID string
		SavedQuery   struct {
			ID, TableID, Language, OutputFormat string
			Selection                           struct {
				Selection []struct{ VariableCode string }
			}
		}
	}
	if json.Unmarshal([]byte(a.body), &saved); a.status != 201 || saved.ID == "" || a.header.Get("Location") != "http://example.com"+address+"/"+saved.ID {
		t.Fatalf("%d %v %s", a.status, a.header, a.body)
	}
	if q := saved.SavedQuery; q.ID != saved.ID || q.TableID != "10826" || q.Language != "en" || saved.Language != "en" || len(q.Selection.Selection) != 3 {
		t.Errorf("%+v", saved)
	}
	if again := get(s, address+"/"+saved.ID); again.status != 200 || again.body != a.body {
		t.Errorf("told again: %d %s", again.status, again.body)
	}
	d := read(t, get(s, address+"/"+saved.ID+"/data"))
	if !strings.HasPrefix(d.Label, "Population, by district") || d.codes("Tid") != "2025" {
		t.Errorf("%+v", d)
	}
	if d := read(t, get(s, address+"/"+saved.ID+"/data?lang=no")); !strings.HasPrefix(d.Label, "Befolkning, etter bydel") {
		t.Errorf("in another language: %s", d.Label)
	}
	if d := read(t, get(s, address+"/"+OldSavedQuery+"/data")); d.codes("Region") != "0301" || len(d.Value) != 16 {
		t.Errorf("a number of the old web page: %+v", d)
	}
	want := `{"links":[{"rel":"self","hreflang":"en","href":"http://example.com` + address + "/" + saved.ID + `/selection?lang=en"}],"selection":[` + chosen("Region", "*")
	if a := get(s, address+"/"+saved.ID+"/selection"); !strings.HasPrefix(a.body, want) || !strings.Contains(a.body, `"valueCodes":["top(1)"]`) || strings.Contains(a.body, "placement") {
		t.Error(a.body)
	}
	if d := read(t, get(s, "/api/pxwebapi/v2/tables/10826/metadata?savedQuery="+saved.ID)); d.codes("Tid") != "2025" {
		t.Errorf("metadata of what it selects: %+v", d.Size)
	}
	if a := get(s, "/api/pxwebapi/v2/tables/10826/metadata?savedQuery=nosuch"); a.status != 404 || a.body != detailedTitle("Saved query not found", 404) {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestDefaultSelections(t *testing.T) {
	variable := func(code string, kind Kind, n int, elimination bool) Variable {
		return Variable{Code: code, Kind: kind, Elimination: elimination, Values: Values(strings.Fields(strings.Repeat("x ", n))...)}
	}
	contents := func(n int) Variable { return variable("C", Contents, n, false) }
	time := variable("T", Time, 20, false)
	for _, c := range []struct {
		name      string
		variables []Variable
		want      string // variables with their numbers of values, the stub before the heading
	}{
		{"contents and time", []Variable{contents(2), time}, "T13 | C2"},
		{"many contents and time", []Variable{contents(6), time}, "C6 | T13"},
		{"one more, of one contents", []Variable{variable("A", Plain, 3, false), contents(1), time}, "A3 | C1 T13"},
		{"one more, of several contents", []Variable{variable("A", Plain, 3, false), contents(2), time}, "A3 | T1 C2"},
		{"fewer values than contents", []Variable{variable("A", Plain, 3, false), contents(5), time}, "C5 | T1 A3"},
		{"two mandatory ones", []Variable{variable("A", Plain, 3, false), variable("B", Plain, 4, false), contents(2), time}, "B4 | C1 T1 A3"},
		{"three mandatory ones and another", []Variable{variable("A", Plain, 3, false), variable("B", Plain, 9, false), variable("D", Plain, 2, false), variable("E", Plain, 5, true), contents(2), time}, "A3 | C1 T1 B1 D2 E0"},
		{"a mandatory one", []Variable{variable("A", Plain, 9, true), variable("B", Plain, 3, false), variable("D", Plain, 4, true), contents(2), time}, "D4 | C1 T1 B3 A0"},
		{"none mandatory", []Variable{variable("A", Plain, 9, true), variable("B", Plain, 3, true), variable("D", Plain, 4, true), contents(2), time}, "A9 | C1 T1 D4 B0"},
		{"no contents", []Variable{variable("A", Plain, 9, true), time}, "A9 | T13"},
		{"a great many values", []Variable{variable("A", Plain, 2000, false), contents(1), time}, "A1500 | C1 T13"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := defaultSelection(&Table{Variables: c.variables}, &query2{})
			values := map[string]int{}
			for _, s := range q.Selection {
				values[s.VariableCode] = len(s.ValueCodes)
			}
			var b strings.Builder
			write := func(codes []string) {
				for _, code := range codes {
					fmt.Fprintf(&b, "%s%d ", code, values[code])
					delete(values, code)
				}
			}
			write(q.Placement.Stub)
			b.WriteString("| ")
			write(q.Placement.Heading)
			for _, s := range q.Selection {
				if _, left := values[s.VariableCode]; left {
					write([]string{s.VariableCode})
				}
			}
			if got := strings.TrimSpace(b.String()); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestDefaultSelectionDocument(t *testing.T) {
	a := get(New(Options{Tables: []Table{small()}}), "/api/pxwebapi/v2/tables/11111/defaultselection")
	want := `{"links":[{"rel":"self","hreflang":"no","href":"http://example.com/api/pxwebapi/v2/tables/11111/defaultselection?lang=no"}],` +
		`"selection":[{"variableCode":"ContentsCode","valueCodes":["A"]},{"variableCode":"Tid","valueCodes":["2025"]},{"variableCode":"Kjonn","valueCodes":["0","1","2"]},{"variableCode":"Region","valueCodes":["0301","1103","5501"]}],` +
		`"placement":{"heading":["ContentsCode","Tid","Region"],"stub":["Kjonn"]}}`
	if a.body != want {
		t.Errorf("got  %s\nwant %s", a.body, want)
	}
}
