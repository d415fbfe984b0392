package pxserver

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestListings(t *testing.T) {
	s := New(Options{})
	for _, c := range []struct{ name, path, want string }{
		{"databases", "/api/v0/en", `[{"dbid":"table","text":"Statistikkbanken"}]`},
		{"a level with a headline", "/api/v0/en/table/js", `[{"id":"HEAD","type":"h","text":"Agriculture"},{"id":"js01","type":"l","text":"Agriculture"}]`},
		{"a level of tables", "/api/v0/no/table/be/be02/navn", `[{"id":"Etternavn","type":"t","text":"12891: Etternavn 2023 - 2024","updated":"2025-01-22T08:00:00"}]`},
		{"an ended table stands beside", "/api/v0/en/table/be/be01/folkemengde/avsluttet", `[{"id":"FolkemengdeGml","type":"t","text":"04232: Population, by county (closed series) 1990 - 1999","updated":"2000-01-01T08:00:00"}]`},
		{"a table in a second place", "/api/v0/en/table/in/in00/folkemengde", `[{"id":"Folkemengde","type":"t","text":"05839: Population, by region, sex and age (M) 2010 - 2025","updated":"2025-02-19T08:00:00"}]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a := get(s, c.path); a.status != 200 || a.body != c.want {
				t.Errorf("%d %s", a.status, a.body)
			}
		})
	}
	if a := get(s, "/api/v0/en/table"); !strings.HasSuffix(a.body, `{"id":"Rare celler","type":"t","text":"90001: Odd cells, 100% “invented”"}]`) {
		t.Errorf("a table without a date, below the database: %s", a.body)
	}
	if a := call(s, http.MethodPost, "/api/v0/en/table/be", `{"query":[]}`); a.status != 200 || !strings.HasPrefix(a.body, `[{"id":"be01","type":"l"`) {
		t.Errorf("POST to a level: %d %s", a.status, a.body)
	}
}

// All addresses of a table lead to it.
func TestAddressesOfATable(t *testing.T) {
	s := New(Options{})
	for _, path := range []string{"/table/05839", "/table/Folkemengde", "/table/be/be01/folkemengde/Folkemengde", "/table/in/in00/folkemengde/Folkemengde"} {
		if a := get(s, "/api/v0/no"+path); a.status != 200 || !strings.HasPrefix(a.body, `{"title":"05839: Befolkning, etter region, kjønn, alder, statistikkvariabel og år","variables":[`) {
			t.Errorf("%s: %d %.100s", path, a.status, a.body)
		}
	}
	for _, path := range []string{"/table/99999", "/table/be/Folkemengde", "/table/config", "/tables", "/table/folkemengde"} {
		if a := get(s, "/api/v0/no"+path); a.status != 400 || a.body != `{"error":"Parameter error"}` {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	if a := get(s, "/api/v0/sv/table"); a.status < 400 {
		t.Errorf("unknown language: %d", a.status)
	}
}

// Ids with blanks, commas and letters beyond ASCII come back through their escapes.
func TestIdsAreUnescaped(t *testing.T) {
	table := small()
	table.Name = "Folk, år + æøå"
	table.Subjects = []string{"Folk & hus/nivå 2"}
	for _, host := range []*Host{Estonia, OsloCity, StatFin} {
		s := New(Options{Host: host, Tables: []Table{table}})
		path := s.V1(host.Languages[0]) + "/" + url.PathEscape("Folk & hus") + "/" + url.PathEscape("nivå 2")
		listing := get(s, path)
		if !strings.Contains(listing.body, `"id":"Folk, år + æøå`+host.Suffix+`"`) {
			t.Errorf("%s: %d %s", host.Name, listing.status, listing.body)
		}
		if a := get(s, path+"/"+url.PathEscape(table.Name+host.Suffix)); a.status != 200 {
			t.Errorf("%s: %d %s", host.Name, a.status, a.body)
		}
		if a := get(s, path+"/"+url.PathEscape(table.Name+strings.ToLower(host.Suffix))); host.Suffix == ".PX" && a.status == 200 {
			t.Errorf("%s: the suffix in another case leads there too", host.Name)
		}
	}
}

func TestMetadataOfV1(t *testing.T) {
	table := small()
	table.Variables[0].Map = "Kommuner 2024"
	s := New(Options{Tables: []Table{table}})
	want := `{"title":"11111: Small, by region, sex, contents and year","variables":[` +
		`{"code":"Region","text":"region","map":"Kommuner 2024","values":["0301","1103","5501"],"valueTexts":["Oslo","Stavanger","Tromsø"]},` +
		`{"code":"Kjonn","text":"sex","values":["0","1","2"],"valueTexts":["Both","Men","Women"],"elimination":true},` +
		`{"code":"ContentsCode","text":"contents","values":["A","P"],"valueTexts":["Number","Per cent"]},` +
		`{"code":"Tid","text":"year","values":["2023","2024","2025"],"valueTexts":["2023","2024","2025"],"time":true}]}`
	if a := get(s, "/api/v0/en/table/11111"); a.body != want {
		t.Errorf("got  %s\nwant %s", a.body, want)
	}
	s = New(Options{Tables: []Table{table}, MaxValues: 2})
	if a := get(s, "/api/v0/en/table/11111"); !strings.Contains(a.body, `{"code":"Kjonn","text":"sex","elimination":true}`) || !strings.Contains(a.body, `"values":["A","P"]`) {
		t.Errorf("values above the limit are left out: %s", a.body)
	}
	if a := get(New(Options{}), "/api/v0/en/table/12891"); strings.Contains(a.body, "00000") {
		t.Errorf("60,000 surnames: %.200s", a.body)
	}
}

func TestConfigurationOfV1(t *testing.T) {
	for _, c := range []struct {
		host *Host
		path string
		want string
	}{
		{SSB, "/api/v0/no?config", `{"maxValues":50000,"maxCells":800000,"maxCalls":300,"timeWindow":60,"CORS":true}`},
		{SSB, "/api/v0/no/table/be?config", `{"maxValues":50000,"maxCells":800000,"maxCalls":300,"timeWindow":60,"CORS":true}`},
		{Hagstofa, "/pxis/api/v1/is?config", `{"maxValues":10000,"maxCalls":100,"timeWindow":10,"CORS":true}`},
		{Hagstofa, "/pxen/api/v1/en?config", `{"maxValues":10000,"maxCalls":100,"timeWindow":10,"CORS":true}`},
		{Faroe, "/api/v1/fo?config", `{"maxValues":10000,"maxCells":8000000,"maxCalls":1000000,"timeWindow":1000000,"CORS":true}`},
		{StatFin, "/PXWeb/api/v1/fi/StatFin?config", `{"maxValues":10000,"maxCells":120000,"maxCalls":40,"timeWindow":60,"CORS":true}`},
	} {
		if a := get(New(Options{Host: c.host, HostPace: true}), c.path); a.body != c.want {
			t.Errorf("%s: %d %s", c.path, a.status, a.body)
		}
	}
	if a := get(New(Options{}), "/api/v0/no?CONFIG"); a.body == "" || strings.Contains(a.body, "maxCells") {
		t.Errorf("the key must be config: %s", a.body)
	}
}

func TestSearchOfV1(t *testing.T) {
	s := New(Options{})
	ids := func(a answer) string {
		var found []string
		for rest := a.body; ; {
			_, after, ok := strings.Cut(rest, `"id":"`)
			if !ok {
				return strings.Join(found, " ")
			}
			id, tail, _ := strings.Cut(after, `"`)
			found, rest = append(found, id), tail
		}
	}
	for _, c := range []struct{ name, node, query, filter, want string }{
		{"a word", "", "husdyrslag", "", "Husdyr"},
		{"no such word", "", "ulv", "", ""},
		{"whole words only", "", "konsumgr", "", ""},
		{"star at the end", "", "konsumgr*", "", "KPIny"},
		{"a hit for every place", "", "title:05839", "", "Folkemengde Folkemengde"},
		{"below a node", "/in", "title:05839", "", "Folkemengde"},
		{"words are joined by AND", "", "laks ulv", "", ""},
		{"OR", "", "laks OR husdyrslag", "", "Husdyr LaksPris"},
		{"NOT", "", "title:befolkning NOT bydel", "", "Folkemengde Folkemengde FolkemengdeGml"},
		{"phrase", "", `title:"eksport av laks"`, "", "LaksPris"},
		{"phrase in another order", "", `title:"laks av eksport"`, "", ""},
		{"phrase with words between", "", `title:"eksport laks"~2`, "", "LaksPris"},
		{"escaped", "", `title:\(avslutta*`, "", ""},
		{"parentheses", "", "title:(salmon OR laks) NOT husdyrslag", "", "LaksPris"},
		{"words and days", "", "(laks) AND published:[20260101 TO 99991231*]", "", "LaksPris"},
		{"words, on other days", "", "(laks) AND published:[20270101 TO 99991231*]", "", ""},
		{"a minus", "", "title:befolkning -bydel", "", "Folkemengde Folkemengde FolkemengdeGml"},
		{"of a field and below a node", "/be", "befolk*", "title", "Folkemengde FolkemengdeBydel FolkemengdeGml"},
		{"a day", "", "published:20250219*", "", "Folkemengde Folkemengde FolkemengdeBydel"},
		{"days", "", "published:[20241201 TO 20250131*]", "", "Husdyr Etternavn"},
		{"code", "", "codes:KpiIndMnd", "", "KPIny"},
		{"grouping", "", "kommfylker", "groupingcodes", "Folkemengde Folkemengde RegSys"},
		{"filter leaves the rest out", "", "tromsø", "title", ""},
		{"period", "", "2026U21", "", "LaksPris"},
		{"everything", "", "*", "*", "Folkemengde Folkemengde RegSys KPIny Husdyr FolkemengdeBydel Etternavn Rare celler FolkemengdeGml LaksPris"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := "/api/v0/no/table" + c.node + "?query=" + url.QueryEscape(c.query)
			if c.filter != "" {
				path += "&filter=" + url.QueryEscape(c.filter)
			}
			if got := ids(get(s, path)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	for _, query := range []string{"((", `"laks`, "laks)", "title:", "laks AND", "OR laks", "published:[20250101"} {
		if a := get(s, "/api/v0/no/table?query="+url.QueryEscape(query)); a.status != 400 {
			t.Errorf("%s is no query: %d %s", query, a.status, a.body)
		}
	}
	if a := get(s, "/api/v0/no/table/in?query=title:05839"); a.body != `[{"id":"Folkemengde","path":"/in00/folkemengde","title":"05839: Befolkning, etter region, kjønn og alder (K) 2010 - 2025","score":1.25,"published":"2025-02-19T08:00:00"}]` {
		t.Errorf("the path is below the node: %s", a.body)
	}
	if a := get(s, "/api/v0/no/table?query=title:90001"); !strings.Contains(a.body, `"path":"/"`) || !strings.Contains(a.body, `"published":"0001-01-01T00:00:00"`) {
		t.Errorf("a table without date below the database: %s", a.body)
	}
	for _, host := range []*Host{SCB, Hagstofa} {
		s := New(Options{Host: host})
		if a := get(s, s.V1(host.Languages[0])+"?query=laks"); a.status != 400 || a.body != "Bad Request" {
			t.Errorf("%s has no index: %d %s", host.Name, a.status, a.body)
		}
	}
}

func TestSearchThatIsNotActivated(t *testing.T) {
	if a := get(New(Options{Host: Faroe}), "/api/v1/fo/H2?query=x"); a.status != 400 || a.body != `{"error":"Search not activated"}` {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestErrorsOfHosts(t *testing.T) {
	for _, c := range []struct {
		host                 *Host
		table, wrong, tooBig string // beginnings of the answers
	}{
		{SSB, `400 {"error":"Parameter error"}`, `400 {"error":"The request for variable`, `403 {"error":"Too many values selected"}`},
		{SCB, `404 {"error":"Not Found"}`, `400 {"error":"The request`, `403 {"error":"Too many`},
		{StatFin, `404 <!DOCTYPE html>`, `400 Bad Request`, `403 <!DOCTYPE html PUBLIC`},
		{Estonia, `404 <!DOCTYPE html>`, `400 Bad Request`, `403 Forbidden`},
		{Slovenia, `404 <html>`, `400 <html>`, `403 <html>`},
	} {
		t.Run(c.host.Name, func(t *testing.T) {
			s := New(Options{Host: c.host, Tables: []Table{small()}, MaxCells: 1})
			table := "be/be01/Liten" + c.host.Suffix
			for what, a := range map[string]answer{c.table: query(s, "Ingen", "json-stat2"), c.wrong: query(s, table, "json-stat2", part("Tid", "item", "1999")), c.tooBig: query(s, table, "json-stat2")} {
				got := http.StatusText(a.status)
				if want := what[4:]; a.status != int(what[0]-'0')*100+int(what[2]-'0') || !strings.HasPrefix(a.body, want) {
					t.Errorf("got %s %.80s, want %s", got, a.body, what)
				}
			}
		})
	}
}

// Where no format is named every host answers what it likes.
func TestDefaultFormats(t *testing.T) {
	for host, want := range map[*Host]string{SSB: `{"version":"2.0"`, SCB: "CHARSET=", StatFin: `{"class":"dataset"`, Faroe: `{"columns":[`, Hagstofa: `{"columns":[`, Greenland: "CHARSET="} {
		s := New(Options{Host: host, Tables: []Table{small()}})
		if a := call(s, http.MethodPost, s.V1(host.Languages[0])+"/be/be01/Liten"+host.Suffix, `{"query":[]}`); !strings.HasPrefix(a.body, want) {
			t.Errorf("%s: %d %.60s", host.Name, a.status, a.body)
		}
	}
}

func TestDatabases(t *testing.T) {
	other := small()
	other.Database, other.Subjects = "StatFin_Passiivi", nil
	s := New(Options{Host: StatFin, Tables: []Table{small(), other}})
	if a := get(s, "/PXWeb/api/v1/sv"); a.body != `[{"dbid":"StatFin","text":"StatFin"},{"dbid":"StatFin_Passiivi","text":"StatFin_Passiivi"}]` {
		t.Error(a.body)
	}
	if a := get(s, "/PXWeb/api/v1/sv/StatFin_Passiivi"); !strings.HasPrefix(a.body, `[{"id":"Liten.px","type":"t"`) {
		t.Error(a.body)
	}
	s = New(Options{Host: Switzerland, Tables: []Table{small()}})
	if a := get(s, "/api/v1/fr"); a.body != `[{"dbid":"Liten","text":"Liten"}]` {
		t.Error(a.body)
	}
	if a := get(s, "/api/v1/fr/Liten/Liten.px"); a.status != 200 {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// A redirect makes a GET of a POST, and metadata comes where data was asked for.
func TestMovedAddress(t *testing.T) {
	base, _ := Start(t, Options{Tables: []Table{small()}, Redirect: true})
	resp, err := http.Post(base+"/moved/api/v0/no/table/11111", "application/json", strings.NewReader(`{"query":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b := make([]byte, 9)
	resp.Body.Read(b)
	if resp.StatusCode != 200 || string(b) != `{"title":` {
		t.Errorf("%d %s", resp.StatusCode, b)
	}
}
