package pxserver

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestReadyMadeDatasets(t *testing.T) {
	s := New(Options{})
	var list struct {
		Datasets []struct {
			ID, Title string
			Tags      []string
		}
	}
	if err := json.Unmarshal([]byte(get(s, "/api/v0/dataset/list.json?lang=en").body), &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Datasets) != 2 || list.Datasets[1].ID != "1086" || !strings.HasPrefix(list.Datasets[1].Title, "Consumer price index") || list.Datasets[1].Tags[1] != "03013" {
		t.Errorf("%+v", list)
	}
	if a := get(s, "/api/v0/dataset/1086.json?lang=no"); a.status != 200 || !strings.HasPrefix(a.body, `{"dataset":{`) {
		t.Errorf("%d %.60s", a.status, a.body)
	}
	if a := get(s, "/api/v0/dataset/1086.csv?lang=no"); !strings.HasPrefix(a.body, "\"konsumgruppe\";") || !strings.Contains(a.body, ",") || strings.Contains(a.body, ".") {
		t.Errorf("%.200q", a.body)
	}
	if a := get(s, "/api/v0/dataset/1086.csv?lang=en"); !strings.HasPrefix(a.body, "\"consumption group\",") || !strings.Contains(a.body, ".") {
		t.Errorf("%.200q", a.body)
	}
	if a := get(s, "/api/v0/dataset/list.csv"); !strings.HasPrefix(a.body, "id;title;tags\r\n1082;") {
		t.Errorf("%q", a.body)
	}
	for _, path := range []string{"1.json", "1086.xml", "1086"} {
		if a := get(s, "/api/v0/dataset/"+path); a.status != 404 {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	if a := call(s, http.MethodPost, "/api/v0/dataset/1086.json", "{}"); a.status != 404 {
		t.Errorf("POST: %d", a.status)
	}
	if a := get(New(Options{RetiredDatasets: true}), "/api/v0/dataset/1086.json"); a.status != 410 {
		t.Errorf("retired: %d", a.status)
	}
}

// klassJSON asks Klass for JSON.
func klassJSON(t *testing.T, path string, into any) int {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/api/klass/v1"+path, nil)
	r.Header.Set("Accept", "application/json")
	w := httptest.NewRecorder()
	New(Options{Tables: []Table{small()}}).ServeHTTP(w, r)
	if w.Code == 200 {
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
			t.Fatalf("%v in %s", err, w.Body)
		}
	} else if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
		t.Errorf("%s: an error in %s", path, w.Header().Get("Content-Type"))
	}
	return w.Code
}

type klassCodes struct {
	Codes []struct {
		Code, Level, Name, ValidFrom string
		ParentCode, ValidTo          *string
	}
}

func (k klassCodes) list() string {
	var codes []string
	for _, c := range k.Codes {
		codes = append(codes, c.Code)
	}
	return strings.Join(codes, " ")
}

func TestKlassCodes(t *testing.T) {
	for _, c := range []struct{ name, path, want string }{
		{"at a date", "/classifications/131/codesAt?date=2021-06-01", "0301 1103 4601 5001 5401 3005"},
		{"at a day of change", "/classifications/131/codesAt?date=2024-01-01", "0301 1103 4601 5001 5501 3301"},
		{"over a period: a code twice", "/classifications/131/codes?from=2018-01-01&to=2019-01-01", "0301 1103 1201 5001 5001 1902"},
		{"the end is not in the period", "/classifications/131/codes?from=2019-01-01&to=2020-01-01", "0301 1103 1201 5001 1902"},
		{"open end", "/classifications/104/codes?from=2024-06-01", "03 11 33 46 55"},
		{"some codes", "/classifications/131/codesAt?date=2024-06-01&selectCodes=03*,5501", "0301 5501"},
		{"range of codes", "/classifications/131/codesAt?date=2024-06-01&selectCodes=1000-3999", "1103 3301"},
		{"a level", "/classifications/6/codesAt?date=2024-06-01&selectLevel=2", "01"},
		{"a variant", "/classifications/6/variantAt?variantName=N%C3%A6ringsomr%C3%A5der&date=2024-06-01", "10-30"},
		{"by ending", "/classifications/2/codesAt.json?date=2024-06-01", "1 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got klassCodes
			if status := klassJSON(t, c.path, &got); status != 200 || got.list() != c.want {
				t.Errorf("%d %s, want %s", status, got.list(), c.want)
			}
		})
	}
	var got klassCodes
	klassJSON(t, "/classifications/6/codesAt?date=2024-06-01&language=en", &got)
	if got.Codes[0].ParentCode != nil || *got.Codes[1].ParentCode != "A" || got.Codes[0].Name != "Agriculture, forestry and fishing" || got.Codes[0].ValidTo != nil {
		t.Errorf("%+v", got)
	}
	for path, want := range map[string]int{"/classifications/999/codesAt?date=2024-01-01": 404, "/classifications/131/codesAt": 400, "/classifications/131/codes?from=yesterday": 400,
		"/versions/1": 404, "/classifications/131/correspondsAt?targetClassificationId=6&date=2024-01-01": 404, "/classifications/131/versions": 404, "/classifications/6/variantAt?variantName=x&date=2024-01-01": 404} {
		if status := klassJSON(t, path, nil); status != want {
			t.Errorf("%s: %d, want %d", path, status, want)
		}
	}
}

func TestKlassDocuments(t *testing.T) {
	var about struct {
		Name     string
		Versions []struct {
			Name, ValidFrom, ValidTo string
			Links                    struct{ Self struct{ Href string } } `json:"_links"`
		}
	}
	klassJSON(t, "/classifications/131?language=en", &about)
	if about.Name != "Classification of municipalities" || len(about.Versions) != 3 || about.Versions[0].ValidTo != "" || about.Versions[1].ValidTo != "2024-01-01" {
		t.Errorf("%+v", about)
	}
	path := strings.TrimPrefix(about.Versions[1].Links.Self.Href, "http://example.com/api/klass/v1")
	var version struct {
		ClassificationItems []struct{ Code, ParentCode, Name string }
		Levels              []struct{ LevelNumber int }
	}
	if status := klassJSON(t, path, &version); status != 200 || len(version.ClassificationItems) != 6 || len(version.Levels) != 1 {
		t.Errorf("%s: %d %+v", path, status, version)
	}
	var changes struct {
		CodeChanges []struct{ OldCode, OldName, NewCode, NewName, ChangeOccurred string }
	}
	klassJSON(t, "/classifications/131/changes?from=2018-01-01&to=2024-01-01", &changes)
	if n := len(changes.CodeChanges); n != 3 || changes.CodeChanges[0].OldCode != changes.CodeChanges[0].NewCode || changes.CodeChanges[0].NewName != "Trondheim - Tråante" {
		t.Errorf("%d %+v", n, changes)
	}
	var items struct {
		CorrespondenceItems []struct{ SourceCode, TargetCode, TargetName string }
	}
	klassJSON(t, "/classifications/131/correspondsAt?targetClassificationId=104&date=2024-06-01", &items)
	if len(items.CorrespondenceItems) != 5 || items.CorrespondenceItems[1].TargetName != "Rogaland" {
		t.Errorf("%+v", items)
	}
	var found struct {
		Embedded struct{ SearchResults []struct{ Name string } } `json:"_embedded"`
		Page     struct{ Size, TotalElements int }
	}
	klassJSON(t, "/classifications/search?query=kommune", &found)
	if found.Page.Size != 20 || found.Page.TotalElements != 1 || len(found.Embedded.SearchResults) != 1 {
		t.Errorf("%+v", found)
	}
	if a := get(New(Options{Tables: []Table{small()}}), "/api/klass/v1/classifications/131"); !strings.HasPrefix(a.header.Get("Content-Type"), "application/xml") {
		t.Errorf("without Accept it is XML: %v", a.header)
	}
}

func TestVardok(t *testing.T) {
	type fimd struct {
		ID     string `xml:"id,attr"`
		Lang   string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		Common struct{ Title, Description string }
	}
	s := New(Options{Tables: []Table{small()}})
	for _, c := range []struct{ path, lang, title string }{
		{"1743/nb", "nb", "Sysselsatte"}, {"1743/nn", "nn", "Sysselsette"}, {"1743/en", "en", "Employed persons"}, {"2798/nn", "nb", "Kjønn på person"},
	} {
		var got fimd
		if err := xml.Unmarshal([]byte(get(s, "/a/xml/metadata/conceptvariable/vardok/"+c.path).body), &got); err != nil {
			t.Fatal(err)
		}
		if got.Lang != c.lang || got.Common.Title != c.title || got.Common.Description == "" || !strings.HasPrefix(got.ID, "urn:ssb:conceptvariable:vardok:") {
			t.Errorf("%s: %+v", c.path, got)
		}
	}
	for _, path := range []string{"99999/nb", "1743/sv"} {
		if a := get(s, "/a/xml/metadata/conceptvariable/vardok/"+path); a.status != 404 {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

func TestSubjectStructure(t *testing.T) {
	a := get(New(Options{Tables: []Table{small()}}), "/xp/_/service/mimir/subjectStructurStatistics")
	var got struct {
		Main []struct {
			Code   string   `xml:"emnekode,attr"`
			Titles []string `xml:"titler>tittel"`
			Sub    []struct {
				Code       string `xml:"emnekode,attr"`
				Statistics []struct {
					Short   string `xml:"kortnavn,attr"`
					Primary string `xml:"isPrimaerPlassering,attr"`
				} `xml:"Statistikk"`
			} `xml:"delemne"`
		} `xml:"emnestruktur>hovedemne"`
	}
	if err := xml.Unmarshal([]byte(a.body), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Main) != 5 || got.Main[1].Code != "be" || got.Main[1].Titles[1] != "Population" {
		t.Fatalf("%+v", got)
	}
	primary := map[string]string{}
	for _, m := range got.Main {
		for _, sub := range m.Sub {
			for _, st := range sub.Statistics {
				primary[sub.Code+"/"+st.Short] = st.Primary
			}
		}
	}
	if primary["be01/folkemengde"] != "True" || primary["in00/folkemengde"] != "False" {
		t.Errorf("%v", primary)
	}
}

func TestOtherHostsHaveNoServices(t *testing.T) {
	s := New(Options{Host: SCB, Tables: []Table{small()}})
	for _, path := range []string{"/api/v0/dataset/list.json", "/api/klass/v1/classifications/131", "/xp/_/service/mimir/subjectStructurStatistics"} {
		if a := get(s, path); a.status != 404 {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	if a := get(New(Options{Tables: []Table{small()}}), "/api/v0/no/console"); a.status != 200 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		t.Errorf("console: %d", a.status)
	}
}

func TestPageOfDatasets(t *testing.T) {
	a := get(New(Options{}), "/api/v0/dataset?lang=en")
	want := `<tr><td>Population, by region, sex and age (M) 2010 - 2025</td><td>be, 05839</td><td><a href="/api/v0/dataset/1082.json?lang=en">1082</a></td></tr>`
	if a.status != 200 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") || !strings.Contains(a.body, want) {
		t.Errorf("%d %v %s", a.status, a.header, a.body)
	}
}
