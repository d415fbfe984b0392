package pxserver

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A recording is a call that was put to a real PxWebApi 2, and its answer.
type recording struct {
	Method, Path, File string
	Status             int
	Query, Headers     map[string]string
	Body               json.RawMessage
}

// fromFiles is the server of which the recordings are: of px files, with the settings
// that it is shipped with.
var fromFiles = &Host{Name: "files", Languages: []string{"en", "sv"}, Names: []string{"English", "Svenska"}, V2: "/api/v2", FileTables: true,
	MaxCells: 10_000, MaxValues: 10_000, MaxCalls: 30, Window: 10 * time.Second, Format2: "json-stat2", Limits2: LimitHeadersSCB, CodePage: "utf-8"}

// notAlike are recorded answers that this server is not compared with, and why.
var notAlike = map[string]string{
	"error.429.txt":    "it takes 31 calls: TestRecordedRefusal",
	"search-word.json": "which tables have a word is said in TestListOfTables",
}

// TestRecordings puts the recorded calls to this server, with tables that have the make of
// those that were asked for, and compares status, headers and shape of the answers.
func TestRecordings(t *testing.T) {
	corpus := os.Getenv("JSONSTAT_CORPUS")
	if corpus == "" {
		t.Skip("JSONSTAT_CORPUS is not set: without the recordings of a real server")
	}
	for folder, files := range map[string][]string{"pxweb2": {"manifest.json", "errors.json"}, "pxweb2/made": {"manifest.json"}} {
		dir := filepath.Join(corpus, folder)
		o := Options{Host: fromFiles, Subjects: []Subject{}, HostPace: true, Now: func() time.Time { return time.Date(2026, 11, 28, 18, 0, 0, 0, time.UTC) }}
		for _, file := range files {
			var all []recording
			readJSON(t, filepath.Join(dir, file), &all)
			for _, r := range all {
				t.Run(folder+"/"+r.File, func(t *testing.T) {
					if why := notAlike[r.File]; why != "" {
						t.Skip(why)
					}
					o.Tables = recordedTables(t, dir, cmp.Or(r.Query["lang"], "en"))
					s := New(o)
					if strings.HasPrefix(r.Path, "/api/v2/savedqueries/") && r.Status == 200 {
						saveRecorded(t, s, dir, &r)
					}
					compare(t, s, dir, r)
				})
			}
		}
	}
}

// saveRecorded has the server keep the query that was recorded, and the call ask for it.
func saveRecorded(t *testing.T, s *Server, dir string, r *recording) {
	var known struct{ SavedQuery json.RawMessage }
	readJSON(t, filepath.Join(dir, "saved.query.json"), &known)
	var kept struct{ ID string }
	a := call(s, http.MethodPost, "/api/v2/savedqueries", string(known.SavedQuery))
	if err := json.Unmarshal([]byte(a.body), &kept); err != nil || kept.ID == "" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	parts := strings.Split(r.Path, "/")
	parts[4] = kept.ID
	r.Path = strings.Join(parts, "/")
	s.Reset()
}

func compare(t *testing.T, s *Server, dir string, r recording) {
	query := url.Values{}
	for name, value := range r.Query {
		query.Set(name, value)
	}
	a := call(s, r.Method, r.Path+"?"+query.Encode(), string(r.Body))
	if a.status != r.Status {
		t.Fatalf("status %d, want %d: %s", a.status, r.Status, a.body)
	}
	for _, name := range []string{"Content-Type", "Content-Disposition", "Allow", "Retry-After", "X-Rate-Limit-Limit"} {
		if got, want := a.header.Get(name), r.Headers[name]; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"Location", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"} {
		if got, want := a.header.Get(name), r.Headers[name]; (got == "") != (want == "") {
			t.Errorf("%s: %q, want one like %q", name, got, want)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, r.File))
	if err != nil {
		t.Fatal(err)
	}
	if len(text) == 0 {
		if a.body != "" {
			t.Errorf("a body: %s", a.body)
		}
		return
	}
	want, err := shapeOf(text)
	if err != nil {
		t.Fatal(err)
	}
	got, err := shapeOf([]byte(a.body))
	if err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
	if got.String() != want.String() {
		t.Error(differences(got.String(), want.String()))
	}
}

// TestRecordedRefusal: the answer to a call too many is compared word for word.
func TestRecordedRefusal(t *testing.T) {
	s := New(Options{Host: fromFiles, HostPace: true, Tables: []Table{small()}})
	for range 30 {
		get(s, "/api/v2/config")
	}
	a := get(s, "/api/v2/config")
	if a.status != 429 || a.body != "API calls quota exceeded! maximum admitted 30 per 10s." || a.header.Get("Content-Type") != "text/plain" ||
		a.header.Get("Retry-After") != "10" || a.header.Get("X-Rate-Limit-Limit") != "" {
		t.Errorf("%d %v %s", a.status, a.header, a.body)
	}
}

func readJSON(t *testing.T, file string, v any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, v)
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// recordedDataset is what tables are made of.
type recordedDataset struct {
	Label, Source, Updated string
	Note                   []string
	Role                   struct{ Time, Geo, Metric []string }
	ID                     []string
	Size                   []int
	Dimension              map[string]struct {
		Label    string
		Note     []string
		Category struct {
			Index map[string]int
			Label map[string]string
			Note  map[string][]string
			Unit  map[string]struct {
				Base     string
				Decimals int
			}
		}
		Extension struct {
			Elimination           bool
			EliminationValueCode  string
			NoteMandatory         map[string]bool
			CategoryNoteMandatory map[string]map[string]bool
			Show                  string
			Codelists             []struct{ ID, Label, Type string }
			Refperiod, BasePeriod map[string]string
			MeasuringType         map[string]string
		}
		Link struct {
			Describedby []struct{ Extension map[string]string }
		}
	}
	Extension struct {
		NoteMandatory map[string]bool
		Px            struct {
			Infofile, Description, Matrix, NextUpdate, Survey, Link, UpdateFrequency string
			Decimals                                                                 int
			Heading                                                                  []string
		}
		Contact []Contact
	}
	Value  []json.RawMessage
	Status map[string]string
}

// recordedTables are tables of the make of those that were recorded in a folder in a
// language, and one that is too large.
func recordedTables(t *testing.T, dir, lang string) []Table {
	files, err := filepath.Glob(filepath.Join(dir, "*.en.metadata.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no recordings in %s: %v", dir, err)
	}
	var tables []Table
	for _, file := range files {
		if table, ok := recordedTable(t, dir, strings.TrimSuffix(filepath.Base(file), ".en.metadata.json"), lang); ok {
			tables = append(tables, table)
		}
	}
	if !strings.HasSuffix(dir, "made") && lang == "en" {
		tables = append(tables, tooLarge())
	}
	var order struct{ Tables []struct{ ID string } }
	readJSON(t, filepath.Join(dir, "tables-default.json"), &order)
	place := func(table Table) int {
		return slices.IndexFunc(order.Tables, func(o struct{ ID string }) bool { return o.ID == table.ID })
	}
	slices.SortFunc(tables, func(a, b Table) int { return place(a) - place(b) })
	return tables
}

func tooLarge() Table {
	large := Table{ID: "TAB002", Title: T("Large", "Large"), Subjects: []string{"PO/PO01"}, Updated: time.Date(2023, 5, 25, 0, 0, 0, 0, time.UTC)}
	for _, code := range []string{"REGION", "SEX", "AGE", "CITIZENSHIP", "ContentsCode", "TIME"} {
		v := Variable{Code: code, Text: T(code, code), Values: Values(strings.Fields("a b c d e f g")...)}
		switch code {
		case "TIME":
			v.Kind = Time
		case "ContentsCode":
			v.Kind = Contents
		}
		large.Variables = append(large.Variables, v)
	}
	return large
}

func alike(text string) Text { return T(text, text) }

func notesOf(texts []string, mandatory map[string]bool) (notes []Note) {
	for i, text := range texts {
		notes = append(notes, Note{Text: alike(text), Mandatory: mandatory[strconv.Itoa(i)]})
	}
	return notes
}

// recordedMetadata are those of a table in a language, if it was there in it.
func recordedMetadata(dir, id, lang string) (d recordedDataset, ok bool) {
	text, err := os.ReadFile(filepath.Join(dir, id+"."+lang+".metadata.json"))
	return d, err == nil && json.Unmarshal(text, &d) == nil && d.ID != nil
}

// recordedTable makes a table; not ok is that it was not there in the language.
func recordedTable(t *testing.T, dir, id, lang string) (table Table, ok bool) {
	d, ok := recordedMetadata(dir, id, lang)
	if !ok {
		return table, false
	}
	var whole recordedDataset
	readJSON(t, filepath.Join(dir, id+".en.data-whole.json"), &whole)
	var listed struct {
		TimeUnit string
		Paths    [][]struct{ ID string }
	}
	readJSON(t, filepath.Join(dir, id+".en.table.json"), &listed)
	px := d.Extension.Px
	table = Table{ID: id, Title: alike(d.Label), Source: alike(d.Source), Heading: len(px.Heading), Notes: notesOf(d.Note, d.Extension.NoteMandatory), Contact: d.Extension.Contact,
		Decimals: px.Decimals, Infofile: px.Infofile, Description: px.Description, NextUpdate: px.NextUpdate, Survey: px.Survey, Link: px.Link, UpdateFrequency: px.UpdateFrequency,
		NoDate: d.Updated == "", TimeUnit: listed.TimeUnit}
	for _, lang := range fromFiles.Languages {
		if _, there := recordedMetadata(dir, id, lang); there {
			table.Languages = append(table.Languages, lang)
		}
	}
	table.Updated, _ = time.Parse(time.RFC3339, d.Updated)
	for _, path := range listed.Paths {
		var ids []string
		for _, level := range path {
			ids = append(ids, level.ID)
		}
		table.Subjects = append(table.Subjects, strings.Join(ids, "/"))
	}
	for _, code := range d.ID {
		table.Variables = append(table.Variables, recordedVariable(t, dir, &d, code))
	}
	table.Cells = func(dst []byte, at []int, edition int) ([]byte, string) {
		position := 0
		for i, p := range at {
			position = position*whole.Size[i] + p
		}
		if token := whole.Value[position]; string(token) != "null" {
			dst = append(dst, token...)
		}
		return dst, whole.Status[strconv.Itoa(position)]
	}
	return table, true
}

func recordedVariable(t *testing.T, dir string, d *recordedDataset, code string) Variable {
	r := d.Dimension[code]
	v := Variable{Code: code, Text: alike(r.Label), Notes: notesOf(r.Note, r.Extension.NoteMandatory), Show: r.Extension.Show,
		Elimination: r.Extension.Elimination, EliminationValue: r.Extension.EliminationValueCode}
	switch {
	case slices.Contains(d.Role.Time, code):
		v.Kind = Time
	case slices.Contains(d.Role.Geo, code):
		v.Kind = Geo
	case slices.Contains(d.Role.Metric, code):
		v.Kind = Contents
	}
	urns := map[string]string{}
	for _, link := range r.Link.Describedby {
		for key, urn := range link.Extension {
			urns[key] = urn
		}
	}
	v.URNs = urns[code]
	var codes []string
	for c := range r.Category.Index {
		codes = append(codes, c)
	}
	sort.Slice(codes, func(i, k int) bool { return r.Category.Index[codes[i]] < r.Category.Index[codes[k]] })
	for _, c := range codes {
		value := Value{Code: c, Text: alike(r.Category.Label[c]), Notes: notesOf(r.Category.Note[c], r.Extension.CategoryNoteMandatory[c]), URNs: urns[c],
			Unit: alike(r.Category.Unit[c].Base), Decimals: r.Category.Unit[c].Decimals, RefPeriod: alike(r.Extension.Refperiod[c]), BasePeriod: alike(r.Extension.BasePeriod[c]), MeasuringType: r.Extension.MeasuringType[c]}
		v.Values = append(v.Values, value)
	}
	for _, list := range r.Extension.Codelists {
		var known struct {
			Values []struct {
				Code, Label string
				ValueMap    []string
			}
		}
		if file := filepath.Join(dir, fmt.Sprintf("codelist.%s.json", list.ID)); exists(file) { // one was not recorded
			readJSON(t, file, &known)
		}
		c := CodeList{ID: strings.TrimPrefix(list.ID, "agg_"), Text: alike(list.Label), Aggregation: true}
		for _, g := range known.Values {
			c.Values = append(c.Values, Group{g.Code, alike(g.Label), g.ValueMap})
		}
		v.CodeLists = append(v.CodeLists, c)
	}
	return v
}
