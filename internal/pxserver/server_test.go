package pxserver

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"
)

// An answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// call asks a server without a network.
func call(s *Server, method, path, body string) answer {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.String()}
}

func get(s *Server, path string) answer { return call(s, http.MethodGet, path, "") }

// query asks v1 for data; parts are the elements of "query".
func query(s *Server, table, format string, parts ...string) answer {
	return call(s, http.MethodPost, s.V1(s.host.Languages[0])+"/"+table,
		`{"query":[`+strings.Join(parts, ",")+`],"response":{"format":"`+format+`"}}`)
}

// part is an element of a query of v1.
func part(code, filter string, values ...string) string {
	v, _ := json.Marshal(values)
	if values == nil {
		v = []byte("[]")
	}
	return `{"code":"` + code + `","selection":{"filter":"` + filter + `","values":` + string(v) + `}}`
}

// dataset is what tests read of an answer. It is read by encoding/json, so that
// an answer that is no JSON is found out.
type dataset struct {
	Label     string
	Updated   string
	ID        []string
	Size      []int
	Role      map[string][]string
	Note      []string
	Dimension map[string]struct {
		Label    string
		Category struct {
			Index map[string]int
			Label map[string]string
			Note  map[string][]string
		}
		Extension map[string]any
	}
	Extension map[string]any
	Value     []json.Number
	Status    map[string]string
}

func read(t *testing.T, a answer) dataset {
	t.Helper()
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	var d dataset
	if err := json.Unmarshal([]byte(a.body), &d); err != nil {
		t.Fatalf("%v in %.300s", err, a.body)
	}
	return d
}

// codes are those of a dimension, in their order.
func (d dataset) codes(dimension string) string {
	index := d.Dimension[dimension].Category.Index
	codes := make([]string, len(index))
	for code, i := range index {
		codes[i] = code
	}
	return strings.Join(codes, " ")
}

func (d dataset) values() string {
	var texts []string
	for i, v := range d.Value {
		text := v.String()
		if text == "" {
			text = "null"
		}
		_ = i
		texts = append(texts, text)
	}
	return strings.Join(texts, " ")
}

// small is a table whose figures tell where they are: region, sex, contents and
// year as digits.
func small() Table {
	return Table{
		ID: "11111", Name: "Liten", Subjects: []string{"be/be01"}, Title: T("Liten tabell", "Small table"), Contents: T("Liten", "Small"), Source: T("Kilde", "Source"),
		Updated: time.Date(2025, 11, 6, 7, 0, 0, 0, time.UTC), Heading: 2,
		Variables: []Variable{
			{Code: "Region", Text: T("region", "region"), Kind: Geo, Values: Values("0301=Oslo", "1103=Stavanger", "5501=Tromsø"), CodeLists: []CodeList{
				{ID: "Fylker", Text: T("Fylker", "Counties"), Aggregation: true, Values: []Group{{"F-03", T("Oslo", "Oslo"), []string{"0301"}}, {"F-X", T("Resten", "The rest"), []string{"1103", "5501"}}}},
				{ID: "Byer", Text: T("Byer", "Towns"), Values: []Group{{Code: "5501"}, {Code: "0301"}}}}},
			{Code: "Kjonn", Text: T("kjønn", "sex"), Elimination: true, EliminationValue: "0", Values: Values("0=Begge=Both", "1=Menn=Men", "2=Kvinner=Women")},
			{Code: "ContentsCode", Text: T("statistikkvariabel", "contents"), Kind: Contents, Values: []Value{{Code: "A", Text: T("Antall", "Number"), Unit: T("stk", "no.")}, {Code: "P", Text: T("Prosent", "Per cent"), Unit: T("prosent", "per cent"), Decimals: 1}}},
			{Code: "Tid", Text: T("år", "year"), Kind: Time, Values: Values("2023", "2024", "2025")}},
		Cells: func(dst []byte, at []int, edition int) ([]byte, string) {
			dst = append(dst, '1'+byte(edition))
			for _, p := range at {
				dst = append(dst, '0'+byte(p))
			}
			return dst, ""
		},
	}
}

func TestServeIsForThisMachineOnly(t *testing.T) {
	if err := Serve(t.Context(), "0.0.0.0:0", Options{}, nil); err == nil || !strings.Contains(err.Error(), "other machines") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	base := make(chan string, 1)
	go func() { done <- Serve(ctx, "127.0.0.1:0", Options{}, func(b string) { base <- b }) }()
	resp, err := http.Get(<-base + "/api/v0/no")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if want := `[{"dbid":"table","text":"Statistikkbanken"}]`; string(body) != want {
		t.Errorf("got %s, want %s", body, want)
	}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("after the end: %v", err)
	}
}

// A large table must be written as it is made: 4 million cells are 28 MB.
func TestLargeTablesAreNotHeld(t *testing.T) {
	s := New(Options{MaxCells: 5_000_000, Tables: []Table{Large("20000", 4_000_000)}})
	r := httptest.NewRequest(http.MethodPost, "/api/v0/no/table/20000", strings.NewReader(`{"query":[`+part("Region", "all", "*")+","+part("Kjonn", "all", "*")+`]}`))
	w := &counter{header: http.Header{}}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	s.ServeHTTP(w, r)
	runtime.ReadMemStats(&after)
	if w.n < 20_000_000 {
		t.Errorf("answer of %d bytes", w.n)
	}
	if grown := int(after.HeapSys) - int(before.HeapSys); grown > 16<<20 {
		t.Errorf("the heap grew by %d MB", grown>>20)
	}
	if got := s.Stats().Cells; got != 4_000_000 {
		t.Errorf("counted %d cells", got)
	}
}

type counter struct {
	header http.Header
	n      int
}

func (c *counter) Header() http.Header { return c.header }
func (c *counter) WriteHeader(int)     {}
func (c *counter) Write(b []byte) (int, error) {
	c.n += len(b)
	return len(b), nil
}

func TestDemoTablesAreWhole(t *testing.T) {
	s := New(Options{})
	for _, table := range Demo() {
		for _, v := range table.Variables {
			seen := map[string]bool{}
			for _, value := range v.Values {
				if seen[value.Code] {
					t.Errorf("%s: %s has %s twice", table.ID, v.Code, value.Code)
				}
				seen[value.Code] = true
			}
			for _, list := range v.CodeLists {
				for _, g := range list.Values {
					members := g.Members
					if members == nil {
						members = []string{g.Code}
					}
					for _, m := range members {
						if !seen[m] {
							t.Errorf("%s: %s has no %s, member of %s in %s", table.ID, v.Code, m, g.Code, list.ID)
						}
					}
				}
			}
			if v.EliminationValue != "" && !seen[v.EliminationValue] {
				t.Errorf("%s: %s has no value %s to eliminate by", table.ID, v.Code, v.EliminationValue)
			}
		}
		for _, place := range table.Subjects {
			if place != "" && !s.isLevel("table", place) {
				t.Errorf("%s stands in %s, which is no level", table.ID, place)
			}
		}
		for _, lang := range []string{"no", "en"} {
			a := call(s, http.MethodGet, "/api/pxwebapi/v2/tables/"+table.ID+"/data?lang="+lang, "")
			d := read(t, a)
			cells := 1
			for _, n := range d.Size {
				cells *= n
			}
			if len(d.Value) != cells || cells == 0 {
				t.Errorf("%s: %d values in %v", table.ID, len(d.Value), d.Size)
			}
		}
	}
}

// TestLatencyEndsWithCall: a server that is slow on purpose does not wait for
// somebody who has gone.
func TestLatencyEndsWithCall(t *testing.T) {
	s := New(Options{Latency: time.Hour})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/api/v1/no/", nil))
	}()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("it still waits")
	}
}
