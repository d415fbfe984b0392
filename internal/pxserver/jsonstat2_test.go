package pxserver

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

// The document is written by hand, member by member in the order in which the
// servers write them.
const wantCurrent = `{"version":"2.0","class":"dataset","label":"Fangst, etter sted, art, statistikkvariabel og år",
"source":"Fiskerne","updated":"2025-05-02T06:00:00Z",
"link":{"related":[{"extension":{"relation":"statistics-homepage","metaid":"KORTNAVN:fangst"},"href":"https://www.ssb.no/fangst","label":"Hjem","type":"text/html"}]},
"note":["Rundt tall.<br>Se \"der\".","Bare torsk."],
"role":{"time":["Tid"],"geo":["Sted"],"metric":["ContentsCode"]},
"id":["Sted","Art","ContentsCode","Tid"],"size":[2,2,2,1],
"dimension":{
"Sted":{"label":"sted","note":["Per 2025."],"category":{"index":{"N":0,"S":1},"label":{"N":"Nord","S":"Sør"},"note":{"S":["Uten øyer.","Med havn."]}},
"extension":{"elimination":false,"noteMandatory":{"0":true},"categoryNoteMandatory":{"S":{"1":true}},"show":"code_value"},"link":{"describedby":[{"extension":{"Sted":"urn:ssb:classification:klass:131"}}]}},
"Art":{"label":"art","category":{"index":{"T":0,"1":1},"label":{"T":"I alt","1":"Torsk"}},"extension":{"elimination":true,"eliminationValueCode":"T","show":"value"},
"link":{"describedby":[{"extension":{"1":"urn:ssb:conceptvariable:vardok:9","Art":"urn:ssb:classification:klass:7 urn:ssb:conceptvariable:vardok:8"}}]}},
"ContentsCode":{"label":"statistikkvariabel","category":{"index":{"Vekt":0,"Indeks":1},"label":{"Vekt":"Vekt","Indeks":"Indeks"},"unit":{"Vekt":{"base":"tonn","decimals":0},"Indeks":{"base":"indeks","decimals":1}}},
"extension":{"elimination":false,"refperiod":{"Vekt":"Året"},"show":"value","measuringType":{"Vekt":"Flow","Indeks":"Other"},"priceType":{"Vekt":"NotApplicable","Indeks":"Fixed"},"adjustment":{"Vekt":"None","Indeks":"SesOnly"},"basePeriod":{"Indeks":"2015=100"},"alternativeText":{"Vekt":"Vekt av fangst"}}},
"Tid":{"label":"år","category":{"index":{"2024":0},"label":{"2024":"2024"}},"extension":{"elimination":false,"show":"code"}}},
"extension":{"noteMandatory":{"1":true},"px":{"infofile":"None","tableid":"22222","decimals":1,"official-statistics":true,"aggregallowed":true,"copyright":false,"language":"no","contents":"22222: Fangst,","descriptiondefault":false,"heading":["ContentsCode","Tid"],"stub":["Sted","Art"],"matrix":"Fangst","subject-code":"fi","subject-area":"Fiske"},
"discontinued":null,"contact":[{"name":"Ola","mail":"ola@example.org","phone":"1","raw":"Ola#1"},{"raw":"Kontor"}]},
"value":[0.10,1e-7,12345678901234567,null,5,null,null,-1],"status":{"3":":","4":"*","5":"..","6":"-"}}`

const wantOld = `{"class":"dataset","label":"Fangst, etter sted, art, statistikkvariabel og år","source":"Fiskerne","updated":"2025-05-02T06:00:00Z",
"id":["Sted","Art","ContentsCode","Tid"],"size":[2,2,2,1],
"dimension":{
"Sted":{"extension":{"show":"code_value"},"label":"sted","category":{"index":{"N":0,"S":1},"label":{"N":"Nord","S":"Sør"}},"link":{"describedby":[{"extension":{"Sted":"urn:ssb:classification:klass:131"}}]}},
"Art":{"extension":{"show":"value"},"label":"art","category":{"index":{"T":0,"1":1},"label":{"T":"I alt","1":"Torsk"}},"link":{"describedby":[{"extension":{"1":"urn:ssb:conceptvariable:vardok:9","Art":"urn:ssb:classification:klass:7 urn:ssb:conceptvariable:vardok:8"}}]}},
"ContentsCode":{"extension":{"show":"value"},"label":"statistikkvariabel","category":{"index":{"Vekt":0,"Indeks":1},"label":{"Vekt":"Vekt","Indeks":"Indeks"},"unit":{"Vekt":{"base":"tonn","decimals":0},"Indeks":{"base":"indeks","decimals":1}}}},
"Tid":{"extension":{"show":"code"},"label":"år","category":{"index":{"2024":0},"label":{"2024":"2024"}}}},
"value":[0.10,1e-7,12345678901234567,null,5,null,null,-1],"status":{"3":":","4":"*","5":"..","6":"-"},
"role":{"time":["Tid"],"geo":["Sted"],"metric":["ContentsCode"]},"version":"2.0","extension":{"px":{"infofile":"None","tableid":"22222","decimals":1}},
"link":{"related":[{"extension":{"relation":"statistics-homepage","metaid":"KORTNAVN:fangst"},"href":"https://www.ssb.no/fangst","label":"Hjem","type":"text/html"}]}}`

const wantOnePointTwo = `{"dataset":{"status":{"3":":","4":"*","5":"..","6":"-"},"dimension":{
"Sted":{"label":"sted","category":{"index":{"N":0,"S":1},"label":{"N":"Nord","S":"Sør"}},"extension":{"show":"code_value"},"link":{"describedby":[{"extension":{"Sted":"urn:ssb:classification:klass:131"}}]}},
"Art":{"label":"art","category":{"index":{"T":0,"1":1},"label":{"T":"I alt","1":"Torsk"}},"extension":{"show":"value"},"link":{"describedby":[{"extension":{"1":"urn:ssb:conceptvariable:vardok:9","Art":"urn:ssb:classification:klass:7 urn:ssb:conceptvariable:vardok:8"}}]}},
"ContentsCode":{"label":"statistikkvariabel","category":{"index":{"Vekt":0,"Indeks":1},"label":{"Vekt":"Vekt","Indeks":"Indeks"},"unit":{"Vekt":{"base":"tonn","decimals":0},"Indeks":{"base":"indeks","decimals":1}}},"extension":{"show":"value"}},
"Tid":{"label":"år","category":{"index":{"2024":0},"label":{"2024":"2024"}},"extension":{"show":"code"}},
"id":["Sted","Art","ContentsCode","Tid"],"size":[2,2,2,1],"role":{"time":["Tid"],"geo":["Sted"],"metric":["ContentsCode"]}},
"label":"Fangst, etter sted, art, statistikkvariabel og år","source":"Fiskerne","updated":"2025-05-02T06:00:00Z","value":[0.10,1e-7,12345678901234567,null,5,null,null,-1]}}`

// catch is a table with everything that a document can have.
func catch() Table {
	tokens := []string{"0.10", "1e-7", "12345678901234567", "", "5", "", "", "-1"}
	symbols := []string{"", "", "", ":", "*", "..", "-", ""}
	return Table{
		ID: "22222", Name: "Fangst", Subjects: []string{"fi/fi1"}, Title: T("Fangst", "Catch"), Contents: T("Fangst", "Catch"), Source: T("Fiskerne", "Fishermen"),
		Updated: time.Date(2025, 5, 1, 6, 0, 0, 0, time.UTC), Heading: 2, Decimals: 1, Official: true,
		Notes:   []Note{{Text: T(`Rundt tall.<br>Se "der".`, "Round.")}, {Text: T("Bare torsk.", "Cod only."), Mandatory: true, Only: "Art=1"}},
		Related: []Related{{"statistics-homepage", "KORTNAVN:fangst", "https://www.ssb.no/fangst", "Hjem", "text/html"}},
		Contact: []Contact{{Name: "Ola", Mail: "ola@example.org", Phone: "1", Raw: "Ola#1"}, {Raw: "Kontor"}},
		Variables: []Variable{
			{Code: "Sted", Text: T("sted", "place"), Map: "Kart", Show: "code_value", Notes: []Note{{Text: T("Per 2025.", "As of 2025."), Mandatory: true}}, URNs: "urn:ssb:classification:klass:131",
				Values: []Value{{Code: "N", Text: T("Nord", "North")}, {Code: "S", Text: T("Sør", "South"), Notes: []Note{{Text: T("Uten øyer.", "No islands.")}, {Text: T("Med havn.", "Harbour."), Mandatory: true}}}}},
			{Code: "Art", Text: T("art", "kind"), Elimination: true, EliminationValue: "T", URNs: "urn:ssb:classification:klass:7 urn:ssb:conceptvariable:vardok:8",
				Values: []Value{{Code: "T", Text: T("I alt", "Total")}, {Code: "1", Text: T("Torsk", "Cod"), URNs: "urn:ssb:conceptvariable:vardok:9"}}},
			{Code: "ContentsCode", Text: T("statistikkvariabel", "contents"), Kind: Contents, Values: []Value{
				{Code: "Vekt", Text: T("Vekt", "Weight"), Unit: T("tonn", "tonnes"), RefPeriod: T("Året", "The year"), MeasuringType: "Flow", Alternative: T("Vekt av fangst", "Weight of catch")},
				{Code: "Indeks", Text: T("Indeks", "Index"), Unit: T("indeks", "index"), Decimals: 1, BasePeriod: T("2015=100", "2015=100"), PriceType: "Fixed", Adjustment: "SesOnly", Updated: time.Date(2025, 5, 2, 6, 0, 0, 0, time.UTC)}}},
			{Code: "Tid", Text: T("år", "year"), Kind: Time, Show: "code", Values: Values("2024")}},
		Cells: func(dst []byte, at []int, _ int) ([]byte, string) {
			i := at[0]*4 + at[1]*2 + at[2]
			return append(dst, tokens[i]...), symbols[i]
		},
	}
}

func catchServer(host *Host) *Server {
	return New(Options{Host: host, Tables: []Table{catch()}, Subjects: []Subject{{Path: "fi", Text: T("Fiske", "Fishing")}}})
}

func flat(document string) string { return strings.ReplaceAll(document, "\n", "") }

func TestDocumentsAreWrittenAsByTheServers(t *testing.T) {
	old := *SSB
	old.OldSerializer = true
	for _, c := range []struct {
		name   string
		host   *Host
		format string
		want   string
	}{
		{"current", SSB, "json-stat2", wantCurrent},
		{"before August 2023", &old, "json-stat2", wantOld},
		{"1.2", SSB, "json-stat", wantOnePointTwo},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := query(catchServer(c.host), "Fangst", c.format, part("Art", "all", "*"))
			if want := flat(c.want); a.body != want {
				t.Errorf("got\n%s\nwant\n%s", a.body, want)
			}
			if a.header.Get("Content-Type") != "application/json; charset=utf-8" {
				t.Error(a.header)
			}
			if !json.Valid([]byte(a.body)) {
				t.Error("no JSON")
			}
		})
	}
}

func TestWithoutStatusVersion12KeepsItsExtension(t *testing.T) {
	s := New(Options{Tables: []Table{small()}})
	a := query(s, "11111", "json-stat")
	if !strings.HasPrefix(a.body, `{"dataset":{"dimension":{"Region":`) || !strings.HasSuffix(a.body, `,"extension":{"px":{"infofile":"None","tableid":"11111","decimals":0}}}}`) {
		t.Error(a.body)
	}
}

func TestExtractsTellOfThemselves(t *testing.T) {
	s := catchServer(SSB)
	two := part("ContentsCode", "item", "Vekt", "Indeks")
	for _, c := range []struct {
		name  string
		parts []string
		check func(d dataset) (got, want any)
	}{
		{"label of what is left", []string{two}, func(d dataset) (any, any) { return d.Label, "Fangst, etter sted, statistikkvariabel og år" }},
		{"label of one of the contents", []string{part("ContentsCode", "item", "Indeks")}, func(d dataset) (any, any) { return d.Label, "Indeks, etter sted, statistikkvariabel og år" }},
		{"updated: the newest of the contents asked for", []string{part("ContentsCode", "item", "Vekt")}, func(d dataset) (any, any) { return d.Updated, "2025-05-01T06:00:00Z" }},
		{"note left out with its category", []string{part("Art", "item", "T")}, func(d dataset) (any, any) { return strings.Join(d.Note, "|"), `Rundt tall.<br>Se "der".` }},
		{"no elimination without the total", []string{part("Art", "item", "1")}, func(d dataset) (any, any) { return d.Dimension["Art"].Extension["elimination"], false }},
		{"elimination with the total", []string{part("Art", "item", "T")}, func(d dataset) (any, any) { return d.Dimension["Art"].Extension["elimination"], true }},
		{"a variable that is eliminated is gone", nil, func(d dataset) (any, any) { return strings.Join(d.ID, " "), "Sted ContentsCode Tid" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, want := c.check(read(t, query(s, "22222", "json-stat2", c.parts...))); got != want {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

func TestMandatoryNotesAreCountedInEveryPart(t *testing.T) {
	s := New(Options{})
	mandatory := func(region string) string {
		d := read(t, query(s, "07984", "json-stat2", part("Region", "item", region)))
		b, _ := json.Marshal(d.Extension["noteMandatory"])
		return string(b) + " of " + strings.Join(d.Note, "|")
	}
	if got := mandatory("1103"); !strings.HasPrefix(got, `{"0":true} of Tallene`) {
		t.Error(got)
	}
	if got := mandatory("5501"); !strings.HasPrefix(got, `{"0":true,"1":true} of Tallene`) || !strings.HasSuffix(got, "Tromsø.") {
		t.Error(got)
	}
}

// What becomes of a contents variable depends on the age of the server and on
// what was asked.
func TestContentsDimension(t *testing.T) {
	alone := small()
	alone.Variables = append(alone.Variables[:2:2], alone.Variables[3])
	one := part("ContentsCode", "item", "P")
	for _, c := range []struct {
		name  string
		host  *Host
		table Table
		parts []string
		id    string
	}{
		{"stays", SSB, small(), []string{one}, "Region ContentsCode Tid"},
		{"two stay everywhere", Estonia, small(), nil, "Region ContentsCode Tid"},
		{"one is taken out and put in front", Estonia, small(), []string{one}, "ContentsCode Region Tid"},
		{"one is taken out", Hagstofa, small(), []string{one}, "Region Tid"},
		{"none, newest serializer", SSB, alone, nil, "ContentsCode Region Tid"},
		{"none, older serializer", StatFin, alone, nil, "Region Tid"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := New(Options{Host: c.host, Tables: []Table{c.table}})
			d := read(t, query(s, "be/be01/Liten"+c.host.Suffix, "json-stat2", c.parts...))
			if got := strings.Join(d.ID, " "); got != c.id {
				t.Errorf("got %s, want %s", got, c.id)
			}
			if strings.HasPrefix(c.id, "ContentsCode") {
				dim := d.Dimension["ContentsCode"]
				if dim.Label != "EliminatedContents" || d.codes("ContentsCode") != "EliminatedValue" || d.Role["metric"][0] != "ContentsCode" {
					t.Errorf("%+v", dim)
				}
			}
		})
	}
	t.Run("file tables in v2", func(t *testing.T) {
		s := New(Options{Host: Latvia, Tables: []Table{alone}})
		a := call(s, http.MethodPost, "/api/v2/tables/11111/data?outputFormat=json-stat2", `{"selection":[{"variableCode":"Region","valueCodes":["0301"]},{"variableCode":"CONTENTS","valueCodes":["content"]},{"variableCode":"Tid","valueCodes":["*"]}]}`)
		d := read(t, a)
		if got := strings.Join(d.ID, " ") + " " + d.codes("CONTENTS"); got != "CONTENTS Region Tid content" {
			t.Error(got)
		}
		if got, want := d.values(), "1000 1001 1002"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

func TestRoles(t *testing.T) {
	timeless := small()
	timeless.Variables[3].Kind = Plain
	if d := read(t, query(New(Options{Tables: []Table{timeless}}), "11111", "json-stat2")); d.Role != nil {
		t.Errorf("a table without time has roles: %v", d.Role)
	}
	if d := read(t, query(New(Options{Host: SCB, Tables: []Table{small()}}), "11111", "json-stat2")); d.Role["geo"] != nil {
		t.Errorf("SCB tells geo: %v", d.Role)
	}
}

// Other servers write values and statuses in other forms, all of which are
// JSON-stat.
func TestMixedForms(t *testing.T) {
	s := New(Options{Tables: []Table{catch()}, Mixed: true})
	first := query(s, "22222", "json-stat2", part("Art", "all", "*"))
	second := query(s, "22222", "json-stat2", part("Art", "all", "*"))
	if !strings.HasSuffix(first.body, `"value":[0.10,1e-7,12345678901234567,null,5,null,null,-1],"status":{"3":":","4":"*","5":"..","6":"-"}}`) {
		t.Error(first.body)
	}
	if !strings.HasSuffix(second.body, `"value":{"0":0.10,"1":1e-7,"2":12345678901234567,"4":5,"7":-1},"status":[null,null,null,":","*","..","-",null]}`) {
		t.Error(second.body)
	}
}
