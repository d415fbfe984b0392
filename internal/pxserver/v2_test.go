package pxserver

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestConfigurationOfV2(t *testing.T) {
	type config struct {
		Languages                                       []struct{ ID, Label string }
		DefaultLanguage, License, DefaultDataFormat     string
		MaxDataCells, MaxCallsPerTimeWindow, TimeWindow int
		DataFormats                                     []string
		SourceReferences                                []struct{ Language, Text string }
		Features                                        []struct{ ID string }
	}
	for _, c := range []struct {
		host                 *Host
		cells, calls, window int
		format               string
	}{
		{SSB, 800_000, 0, 0, "json-stat2"}, // calls are stated elsewhere
		{SCB, 150_000, 30, 10, "json-stat2"},
		{Latvia, 100_000, 100, 10, "px"},
	} {
		a := get(New(Options{Host: c.host, HostPace: true}), c.host.V2+"/config")
		var got config
		if err := json.Unmarshal([]byte(a.body), &got); err != nil {
			t.Fatal(err)
		}
		if got.MaxDataCells != c.cells || got.MaxCallsPerTimeWindow != c.calls || got.TimeWindow != c.window || got.DefaultDataFormat != c.format || got.DefaultLanguage != c.host.Languages[0] ||
			len(got.Languages) != 2 || !strings.Contains(got.License, "creativecommons.org") || len(got.SourceReferences) != 2 || got.Features[0].ID != "CORS" {
			t.Errorf("%s: %+v", c.host.Name, got)
		}
	}
}

// Without a limit the configurations tell the host's; a limit that holds is told as it is.
func TestToldLimits(t *testing.T) {
	for _, c := range []struct {
		name     string
		o        Options
		one, two string
	}{
		{"the host's, told alone", Options{ToldPace: true}, `"maxCalls":300,"timeWindow":60`, `"maxCallsPerTimeWindow":0,"timeWindow":0`},
		{"one that holds", Options{MaxCalls: 9, Window: 7 * time.Second}, `"maxCalls":9,"timeWindow":7`, `"maxCallsPerTimeWindow":9,"timeWindow":7`},
	} {
		s := New(c.o)
		if a := get(s, "/api/v0/no?config"); !strings.Contains(a.body, c.one) {
			t.Errorf("%s: version 1: %s", c.name, a.body)
		}
		if a := get(s, "/api/pxwebapi/v2/config"); !strings.Contains(a.body, c.two) {
			t.Errorf("%s: version 2: %s", c.name, a.body)
		}
		refused := 0
		for range 50 {
			if get(s, "/api/pxwebapi/v2/config").status == 429 {
				refused++
			}
		}
		if want := max(0, 50-7) * min(1, c.o.MaxCalls); refused != want {
			t.Errorf("%s: %d calls of 50 were refused, want %d", c.name, refused, want)
		}
	}
}

type tableList struct {
	Language string
	Tables   []tableInfo
	Page     struct {
		PageNumber, PageSize, TotalElements, TotalPages int
		Links                                           []struct{ Rel, Href string }
	}
}

type tableInfo struct {
	ID, Label, Updated, FirstPeriod, LastPeriod, Source, SubjectCode, TimeUnit string
	VariableNames                                                              []string
	Discontinued                                                               bool
	Paths                                                                      [][]struct{ ID, Label string }
}

func list(t *testing.T, a answer) (l tableList, ids string) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), &l); err != nil {
		t.Fatalf("%v in %d %s", err, a.status, a.body)
	}
	for _, x := range l.Tables {
		ids += x.ID + " "
	}
	return l, strings.TrimSpace(ids)
}

func TestListOfTables(t *testing.T) {
	now := func() time.Time { return time.Date(2025, 2, 20, 12, 0, 0, 0, time.UTC) }
	s := New(Options{Now: now})
	for _, c := range []struct{ name, query, want string }{
		{"all that go on", "", "05839 07984 03013 12660 10826 12891 90001 03024"},
		{"ended ones too", "includeDiscontinued=true", "05839 07984 03013 12660 10826 12891 90001 04232 03024"},
		{"search", "query=bydel", "10826"},
		{"words are cut to their stem", "query=population&lang=en", "05839 07984 10826"},
		{"a star on the whole word finds nothing", "query=population*&lang=en", ""},
		{"a star on the stem", "query=popul*&lang=en", "05839 07984 10826"},
		{"words are joined by AND", "query=befolkning+bydel", "10826"},
		{"in a field", "query=title:(befolk*)", "05839 10826"},
		{"in one of two fields", "query=title:(husdyr)+OR+variables:(uke)", "12660 03024"},
		{"all", "query=*:*", "05839 07984 03013 12660 10826 12891 90001 03024"},
		{"page", "pageSize=3&pageNumber=2", "12660 10826 12891"},
		{"last page", "pageSize=3&pageNumber=3", "90001 03024"},
		{"new ones", "pastDays=5&includeDiscontinued=true&query=bydel", "10826"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, ids := list(t, get(s, "/api/pxwebapi/v2/tables?"+c.query)); ids != c.want {
				t.Errorf("got %q, want %q", ids, c.want)
			}
		})
	}
	l, _ := list(t, get(s, "/api/pxwebapi/v2/tables?pageSize=3&pageNumber=2&includeDiscontinued=true"))
	if l.Page.TotalElements != 9 || l.Page.TotalPages != 3 || len(l.Page.Links) != 3 {
		t.Errorf("%+v", l.Page)
	}
	for _, link := range l.Page.Links {
		if strings.Contains(link.Href, "includeDiscontinued") {
			t.Errorf("the link remembers: %s", link.Href)
		}
	}
	if a := get(s, "/api/pxwebapi/v2/tables?pageNumber=2"); a.status != 404 || !strings.Contains(a.body, "Non-existent page") {
		t.Errorf("beyond the last page: %d %s", a.status, a.body)
	}
	first := l.Tables[0]
	if first.ID != "12660" || first.FirstPeriod != "2020" || first.LastPeriod != "2024" || first.TimeUnit != "Annual" || first.SubjectCode != "js" || first.Updated != "2024-12-03T07:00:00Z" || len(first.VariableNames) != 4 {
		t.Errorf("%+v", first)
	}
	var info tableInfo
	if err := json.Unmarshal([]byte(get(s, "/api/pxwebapi/v2/tables/05839?lang=en").body), &info); err != nil {
		t.Fatal(err)
	}
	if len(info.Paths) != 2 || len(info.Paths[0]) != 3 || info.Paths[1][0].ID != "in" || info.Paths[0][0].Label != "Population" {
		t.Errorf("%+v", info.Paths)
	}
}

func TestMetadataOfV2(t *testing.T) {
	s := New(Options{})
	a := get(s, "/api/pxwebapi/v2/tables/05839/metadata?lang=en")
	d := read(t, a)
	if d.Value == nil || len(d.Value) != 0 || !strings.HasSuffix(a.body, `,"value":[]}`) {
		t.Errorf("value: %v", d.Value)
	}
	region := d.Dimension["Region"].Extension
	if region["elimination"] != true || region["eliminationValueCode"] != "0" {
		t.Errorf("%v", region)
	}
	lists := region["codelists"].([]any)
	first := lists[0].(map[string]any)
	if len(lists) != 3 || first["id"] != "agg_KommFylker" || first["type"] != "Aggregation" || lists[2].(map[string]any)["type"] != "Valueset" {
		t.Errorf("%v", lists)
	}
	if href := first["links"].([]any)[0].(map[string]any)["href"]; href != "http://example.com/api/pxwebapi/v2/codeLists/agg_KommFylker?lang=en" {
		t.Error(href)
	}
	if a := get(New(Options{Host: Latvia}), "/api/v2/tables/05839/metadata"); !strings.Contains(a.body, `"codeLists":[{"id":"agg_KommFylker"`) {
		t.Error("an older build calls them otherwise")
	}
	if got := len(read(t, get(s, "/api/pxwebapi/v2/tables/12891/metadata")).Dimension["Etternavn"].Category.Index); got != 60_000 {
		t.Errorf("v2 tells all values whatever their number: %d", got)
	}
	if got := read(t, get(s, "/api/pxwebapi/v2/tables/05839/metadata?codelist[Region]=agg_KommFylker")).codes("Region"); got != "F-03 F-11 F-33 F-46 F-50 F-55" {
		t.Errorf("with a code list: %s", got)
	}
}

func TestCodeListDocument(t *testing.T) {
	s := New(Options{Tables: []Table{small()}})
	want := `{"id":"agg_Fylker","label":"Counties","language":"en","languages":["no","en"],"elimination":false,"type":"Aggregation","values":[{"code":"F-03","label":"Oslo","valueMap":["0301"]},{"code":"F-X","label":"The rest","valueMap":["1103","5501"]}],"links":[{"rel":"self","hreflang":"en","href":"http://example.com/api/pxwebapi/v2/codeLists/agg_Fylker?lang=en"}]}`
	if a := get(s, "/api/pxwebapi/v2/codelists/agg_Fylker?lang=en"); a.body != want {
		t.Errorf("got  %s\nwant %s", a.body, want)
	}
	if a := get(s, "/api/pxwebapi/v2/codelists/vs_Byer"); !strings.Contains(a.body, `"type":"Valueset","values":[{"code":"5501","label":"Tromsø","valueMap":["5501"]},`) {
		t.Error(a.body)
	}
	odd := small()
	odd.Variables[0].CodeLists[0].ID = "5 (år)/a+b"
	for _, id := range []string{"agg_fylker", "agg_Ingen", "agg_5%20(%C3%A5r)%2Fa+b"} {
		if a := get(New(Options{Tables: []Table{odd, small()}}), "/api/pxwebapi/v2/codelists/"+id); a.status != 404 {
			t.Errorf("%s: %d %s", id, a.status, a.body)
		}
	}
}

func TestProblemsOfV2(t *testing.T) {
	s := New(Options{Tables: []Table{small()}})
	all := `{"selection":[` + chosen("Region", "*") + "," + chosen("ContentsCode", "*") + "," + chosen("Tid", "*") + `]}`
	for _, c := range []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"unknown language", "GET", "/tables?lang=sv", "", 400, title("Unsupported language")},
		{"unknown table", "GET", "/tables/1/metadata", "", 404, `{"type":"Parameter error","title":"Non-existent table","status":404}`},
		{"data of an unknown table", "POST", "/tables/1/data", "", 400, `{"type":"Parameter error","title":"Non-existent table","status":404}`},
		{"unknown saved query", "GET", "/savedqueries/1", "", 404, detailedTitle("Saved query not found", 404)},
		{"parameters of csv with json-stat2", "POST", "/tables/11111/data?outputFormat=json-stat2&outputFormatParams=UseTexts", all, 400, detailedTitle("Unsupported output format", 400)},
		{"drafts had navigation", "GET", "/navigation", "", 404, ""},
		{"no word of the list", "POST", "/tables/11111/data?outputFormat=jsonstat", all, 400, `{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":400,"errors":{"outputFormat":["The input was not valid."]}`},
		{"body that is no JSON", "POST", "/tables/11111/data", "{", 400, `{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a := call(s, c.method, "/api/pxwebapi/v2"+c.path, c.body); a.status != c.status || !strings.HasPrefix(a.body, c.want) {
				t.Errorf("%d %s", a.status, a.body)
			}
		})
	}
	a := call(New(Options{Host: Latvia, Tables: []Table{small()}}), http.MethodPost, "/api/v2/tables/11111/data?outputFormat=parquet", all)
	if a.status != 400 || a.body != detailedTitle("Unsupported output format", 400) {
		t.Errorf("a format that this host does not have: %d %s", a.status, a.body)
	}
	if a := get(New(Options{Host: SCB}), "/api/v2/tables/1"); a.header.Get("Content-Type") != "application/problem+json; charset=utf-8" {
		t.Errorf("%v", a.header)
	}
}

// What the real server of the open source answers to calls that are not as they should be.
func TestStatusesOfV2(t *testing.T) {
	s := New(Options{Tables: []Table{small()}})
	days := small()
	days.ID, days.Variables[3].Values = "22222", Values("2024H1", "2024H2")
	files := New(Options{Host: fromFiles, Tables: []Table{small(), days}})
	const data = "/tables/11111/data"
	all := "valueCodes[Region]=*&valueCodes[ContentsCode]=*&valueCodes[Tid]=*"
	for _, c := range []struct {
		name, method, path, body string
		status                   int
		want                     string // in the answer; "!" is that it is empty
	}{
		{"HEAD", "HEAD", "/config", "", 405, "!"},
		{"OPTIONS", "OPTIONS", "/config", "", 200, "!"},
		{"POST to the list", "POST", "/tables", "{}", 405, "!"},
		{"POST to the configuration", "POST", "/config", "{}", 405, "!"},
		{"POST to metadata", "POST", "/tables/11111/metadata", "{}", 405, "!"},
		{"GET of queries", "GET", "/savedqueries", "", 405, "!"},
		{"slash at the end", "GET", "/config/", "", 404, "!"},
		{"nothing", "GET", "", "", 404, "!"},
		{"a page of no tables", "GET", "/tables?pageSize=0", "", 200, `"pageSize":20`},
		{"a page of fewer", "GET", "/tables?pageSize=-1", "", 200, `"pageSize":20`},
		{"page 0", "GET", "/tables?pageNumber=0", "", 200, `"pageNumber":1`},
		{"no days", "GET", "/tables?pastDays=0", "", 200, `"tables":[],"page":{"pageNumber":1,"pageSize":20,"totalElements":0,"totalPages":1,"links":[]}`},
		{"days to come", "GET", "/tables?pastDays=-5", "", 200, `"tables":[]`},
		{"a page that is no number", "GET", "/tables?pageSize=abc", "", 400, `"errors":{"pageSize":["The value 'abc' is not valid."]}`},
		{"days that are no number", "GET", "/tables?pastDays=x", "", 400, `"errors":{"pastDays":["The value 'x' is not valid."]}`},
		{"neither true nor false", "GET", "/tables?includeDiscontinued=maybe", "", 400, `"errors":{"includeDiscontinued":["The value 'maybe' is not valid."]}`},
		{"true as Python writes it", "GET", "/tables?includeDiscontinued=True", "", 200, `"tables":[{`},
		{"perhaps", "GET", "/tables/11111/metadata?defaultSelection=perhaps", "", 400, `"errors":{"defaultSelection":`},
		{"parentheses", "GET", "/tables?query=((", "", 500, "!"},
		{"a quote", "GET", "/tables?query=%22", "", 500, "!"},
		{"a star alone", "GET", "/tables?query=*", "", 500, "!"},
		{"AND alone", "GET", "/tables?query=AND", "", 500, "!"},
		{"a code list of an unknown variable", "GET", "/tables/11111/metadata?codelist[nosuch]=A", "", 400, title("Non-existent variable")},
		{"an empty object", "POST", data, "{}", 400, `"errors":{"Selection":["The Selection field is required."]}`},
		{"a selection of nothing", "POST", data, `{"selection":[{}]}`, 400, `"errors":{"Selection[0].VariableCode":["The VariableCode field is required."],"Selection[0].ValueCodes":["The ValueCodes field is required."]}`},
		{"no values", "GET", data + "?valuecodes[Region]=&valueCodes[ContentsCode]=*&valueCodes[Tid]=*", "", 400, title("Non-existent value")},
		{"a code list without values, of a variable that can be left out", "GET", data + "?codelist[Kjonn]=&" + all, "", 200, `"id":["Region","ContentsCode","Tid"]`},
		{"a heading of an unknown variable", "GET", data + "?heading=nosuch&" + all, "", 200, `"heading":["ContentsCode","Tid"]`},
		{"a sheet without a stub", "GET", data + "?outputFormat=xlsx&heading=Region,ContentsCode,Tid&" + all, "", 500, "!"},
		{"a format that is none", "GET", data + "?outputFormat=nosuch&" + all, "", 400, `"errors":{"outputFormat":["The input was not valid."]}`},
		{"parameters that are none", "GET", data + "?outputFormatParams=nosuch&" + all, "", 400, `"errors":{"outputFormatParams":["Invalid value."]}`},
		{"a body that ends early", "POST", data, "{", 400, `"errors":{"":["Unexpected end when reading JSON. Path '', line 1, position 1."]}`},
		{"a body that is a word", "POST", data, "hello", 400, `"errors":{"":["Unexpected character encountered while parsing value: h. Path '', line 0, position 0."]}`},
		{"top, cut at its comma", "GET", data + "?valueCodes[Region]=*&valueCodes[ContentsCode]=*&valueCodes[Tid]=TOP(2,1)", "", 400, title("Illegal selection expression")},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := call(s, c.method, s.V2()+c.path, c.body)
			if a.status != c.status || c.want == "!" && a.body != "" || c.want != "!" && !strings.Contains(a.body, c.want) {
				t.Errorf("%d %s", a.status, a.body)
			}
			if (a.status == 405) != (a.header.Get("Allow") != "") {
				t.Errorf("Allow: %q", a.header.Get("Allow"))
			}
		})
	}
	if a := call(s, http.MethodPut, s.V2()+data, "{}"); a.status != 405 || a.header.Get("Allow") != "GET, POST" {
		t.Errorf("PUT: %d %v", a.status, a.header)
	}
	if a := get(files, "/api/v2/tables/22222/data?outputFormat=parquet&"+all); a.status != 500 || a.body != "" {
		t.Errorf("parquet of half-years: %d", a.status)
	}
	if a := post(files, "11111", listed("Region", "agg_Land", "*"), chosen("ContentsCode", "*"), chosen("Tid", "*")); a.status != 500 {
		t.Errorf("a grouping of which there is no file: %d", a.status)
	}
	r := httptest.NewRequest(http.MethodGet, s.V2()+"/config", nil)
	r.Header.Set("Origin", "https://example.org")
	w := httptest.NewRecorder()
	if s.ServeHTTP(w, r); w.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("a call from a page of another server: %v", w.Header())
	}
}

// The names under which answers come, for whoever saves them.
func TestNamesOfAnswers(t *testing.T) {
	s := New(Options{Tables: []Table{small()}})
	for format, want := range map[string]string{"json-stat2": "Liten.json", "json-px": "Liten.json", "csv": "Liten.csv", "px": "Liten.px", "xlsx": "Liten.xlsx", "html": "Liten.html", "parquet": "Liten.parquet"} {
		if got := get(s, s.V2()+"/tables/11111/data?outputFormat="+format).header.Get("Content-Disposition"); got != `inline; filename="`+want+`"` {
			t.Errorf("%s: %s", format, got)
		}
	}
}

func TestHeadersOfTheLimit(t *testing.T) {
	s := New(Options{MaxCalls: 40, Window: time.Minute})
	get(s, "/api/pxwebapi/v2/config")
	h := get(s, "/api/pxwebapi/v2/config").header
	if h.Get("x-ratelimit-limit") != "40" || h.Get("x-ratelimit-policy") != "40;w=60s" || h.Get("x-ratelimit-remaining") != "38" {
		t.Error(h)
	}
	s = New(Options{Host: SCB, HostPace: true, Now: func() time.Time { return time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC) }})
	h = get(s, "/api/v2/config").header
	if h.Get("X-Rate-Limit-Limit") != "10s" || h.Get("X-Rate-Limit-Remaining") != "29" || h.Get("X-Rate-Limit-Reset") != "2025-01-01T00:00:10.0000000Z" {
		t.Error(h)
	}
}
