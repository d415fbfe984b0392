package pxserver

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// post asks v2 for data in json-stat2.
func post(s *Server, table string, selection ...string) answer {
	return call(s, http.MethodPost, s.V2()+"/tables/"+table+"/data?outputFormat=json-stat2", `{"selection":[`+strings.Join(selection, ",")+`]}`)
}

// chosen is one part of a selection.
func chosen(variable string, items ...string) string {
	return `{"variableCode":"` + variable + `","valueCodes":["` + strings.Join(items, `","`) + `"]}`
}

func listed(variable, list string, items ...string) string {
	return `{"variableCode":"` + variable + `","codelist":"` + list + `","valueCodes":["` + strings.Join(items, `","`) + `"]}`
}

func title(text string) string {
	return `{"type":"Parameter error","title":"` + text + `","status":400}`
}

func detailedTitle(text string, status int) string {
	return fmt.Sprintf(`{"type":"Parameter error","title":"%s","status":%d,"detail":"%s"}`, text, status, text)
}

// Of codes that differ in case only the first comes, for each of them; and a variable
// called time that is not the time variable cannot be had.
func TestNamesThatAreTaken(t *testing.T) {
	table := small()
	table.Variables[0].Values = Values("a", "A", "b")
	table.Variables[1].Code = "time"
	s := New(Options{Tables: []Table{table}})
	for item, want := range map[string]string{"A": "10002", "*": "10002 10002 12002", "b": "12002"} {
		if d := read(t, post(s, "11111", chosen("Region", item), chosen("ContentsCode", "A"), chosen("Tid", "2025"))); d.values() != want {
			t.Errorf("%s: %s, want %s", item, d.values(), want)
		}
	}
	if a := post(s, "11111", chosen("Region", "b"), chosen("time", "0"), chosen("ContentsCode", "A")); a.body != title("Non-existent value") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// A code that stands there twice is one category of two cells.
func TestCodeTwice(t *testing.T) {
	s := New(Options{Tables: []Table{small()}})
	for _, codes := range [][]string{{"0301", "0301", "5501"}, {"5501", "0301", "0301"}} {
		d := read(t, post(s, "11111", chosen("Region", codes...), chosen("ContentsCode", "A"), chosen("Tid", "2025")))
		if d.codes("Region") != "0301 5501" || d.Size[0] != 2 || d.values() != "10002 10002 12002" {
			t.Errorf("%v: %s in %v: %s", codes, d.codes("Region"), d.Size, d.values())
		}
	}
}

func TestExpressionsOfV2(t *testing.T) {
	table := small()
	table.Variables[0].Values = append(table.Variables[0].Values, Values("K.1", "K.12", "aB")...)
	s := New(Options{Tables: []Table{table}})
	const illegal, unknown = "!Illegal selection expression", "!Non-existent value"
	for _, c := range []struct {
		name, variable string
		items          []string
		codes          string
	}{
		{"code", "Region", []string{"1103"}, "1103"},
		{"codes in the table's order", "Region", []string{"5501", "0301"}, "0301 5501"},
		{"code in another case", "Region", []string{"k.1", "AB"}, "K.1 aB"},
		{"variable in another case", "REGION", []string{"0301"}, "0301"},
		{"time is the time variable", "time", []string{"2024"}, "2024"},
		{"unknown code", "Region", []string{"0301", "9"}, unknown},
		{"code and expression", "Region", []string{"0301", "0*"}, "0301"},
		{"star", "Region", []string{"*"}, "0301 1103 5501 K.1 K.12 aB"},
		{"beginning", "Region", []string{"k*"}, "K.1 K.12"},
		{"end", "Region", []string{"*1"}, "0301 5501 K.1"},
		{"inside", "Region", []string{"*0*"}, "0301 1103 5501"},
		{"star in the middle", "Region", []string{"K*1"}, illegal},
		{"three stars", "Region", []string{"*1*1*"}, illegal},
		{"question marks", "Region", []string{"??01"}, "0301 5501"},
		{"question mark beside a star", "Region", []string{"?*"}, "!Illegal selection for mandantory variable"},
		{"a dot is a dot", "Region", []string{"K.1?"}, "K.12"},
		{"top of others", "Region", []string{"top(2)"}, "0301 1103"},
		{"top of others, after one", "Region", []string{"TOP(2,1)"}, "1103 5501"},
		{"bottom of others", "Region", []string{"Bottom(2)"}, "K.12 aB"},
		{"top of time", "Tid", []string{"top(2)"}, "2024 2025"},
		{"top of time, after one", "Tid", []string{"top(1,1)"}, "2024"},
		{"bottom of time", "Tid", []string{"bottom(1)"}, "2023"},
		{"top of more than there are", "Tid", []string{"top(250)"}, "2023 2024 2025"},
		{"top of nothing", "Tid", []string{"top(0)"}, illegal},
		{"top of a word", "Tid", []string{"top(x)"}, illegal},
		{"range", "Tid", []string{"range(2023,2024)"}, "2023 2024"},
		{"range by position", "Region", []string{"RANGE(5501,K.1)"}, "5501 K.1"},
		{"range backwards", "Tid", []string{"range(2025,2023)"}, "2023 2024 2025"},
		{"range of an unknown code", "Tid", []string{"range(2020,2024)"}, unknown},
		{"range of one code", "Tid", []string{"range(2024)"}, illegal},
		{"range that was cut at its comma", "Tid", []string{"range(2023", "2024)"}, illegal},
		{"from an unknown code", "Tid", []string{"from(2030)"}, unknown},
		{"from", "Tid", []string{"from(2024)"}, "2024 2025"},
		{"to", "Tid", []string{"to(2024)"}, "2023 2024"},
		{"to an unknown code", "Tid", []string{"to(2030)"}, unknown},
		{"several", "Tid", []string{"bottom(1)", "top(1)"}, "2023 2025"},
		{"overlapping", "Tid", []string{"from(2024)", "top(1)"}, "2024 2025"},
		{"sorting from the web page", "Tid", []string{"$$SORT"}, illegal},
		{"no hit on a mandatory variable", "Region", []string{"9*"}, "!Illegal selection for mandantory variable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			selection := []string{chosen("ContentsCode", "A")}
			name := "Region"
			if c.variable == "Tid" || c.variable == "time" {
				name = "Tid"
				selection = append(selection, chosen("Region", "0301"))
			} else {
				selection = append(selection, chosen("Tid", "2025"))
			}
			a := post(s, "11111", append(selection, chosen(c.variable, c.items...))...)
			switch {
			case c.codes[0] == '!':
				if a.status != 400 || a.body != title(c.codes[1:]) {
					t.Errorf("%d %s", a.status, a.body)
				}
			default:
				if got := read(t, a).codes(name); got != c.codes {
					t.Errorf("got %q, want %q", got, c.codes)
				}
			}
		})
	}
}

func TestExactCodeWinsOverExpression(t *testing.T) {
	table := small()
	table.Variables[0].Values = Values("0301", "03*", "top(1)")
	s := New(Options{Tables: []Table{table}})
	for _, code := range []string{"03*", "top(1)"} {
		d := read(t, post(s, "11111", chosen("Region", code), chosen("ContentsCode", "A"), chosen("Tid", "2025")))
		if got := d.codes("Region"); got != code {
			t.Errorf("%s gives %s", code, got)
		}
	}
}

func TestSelectionsOfV2(t *testing.T) {
	s := New(Options{Tables: []Table{small()}})
	contents, year := chosen("ContentsCode", "*"), chosen("Tid", "2025")
	for _, c := range []struct {
		name  string
		parts []string
		want  string // id, or "!" and a title
	}{
		{"mandatory variable left out", []string{year, chosen("Region", "*")}, "!Missing selection for mandantory variable"},
		{"mandatory variable without values", []string{contents, year, `{"variableCode":"Region","valueCodes":[]}`}, "!Missing selection for mandantory variable"},
		{"eliminable variable without values", []string{chosen("Region", "*"), `{"variableCode":"Kjonn","valueCodes":[]}`, contents, year}, "Region ContentsCode Tid"},
		{"eliminable variable left out", []string{chosen("Region", "*"), contents, year}, "Region ContentsCode Tid"},
		{"eliminable variable without a hit", []string{chosen("Region", "*"), chosen("Kjonn", "9*"), contents, year}, "Region ContentsCode Tid"},
		{"a year as a number", []string{chosen("Region", "*"), contents, `{"variableCode":"Tid","valueCodes":[2025]}`}, "Region ContentsCode Tid"},
		{"unknown variable", []string{chosen("Sted", "*"), contents, year}, "!Non-existent variable"},
		{"unknown code list", []string{listed("Region", "agg_Land", "*"), contents, year}, "!Non-existent codelist"},
		{"code list in another case", []string{listed("Region", "agg_fylker", "*"), contents, year}, "!Non-existent codelist"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := post(s, "11111", c.parts...)
			if want, bad := strings.CutPrefix(c.want, "!"); bad {
				if a.status != 400 || a.body != title(want) {
					t.Errorf("%d %s", a.status, a.body)
				}
				return
			}
			if got := strings.Join(read(t, a).ID, " "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestCodeListsOfV2(t *testing.T) {
	table := small()
	table.Variables[0].Elimination = true
	s := New(Options{Tables: []Table{table}})
	contents, year := chosen("ContentsCode", "A"), chosen("Tid", "2025")
	for _, c := range []struct {
		name, part    string
		codes, values string
	}{
		{"grouping", listed("Region", "agg_Fylker", "F-X"), "F-X", "23004"},
		{"grouping, star", listed("Region", "agg_Fylker", "*"), "F-03 F-X", "10002 23004"},
		{"grouping, pattern", listed("Region", "agg_Fylker", "f-0*"), "F-03", "10002"},
		{"grouping, top", listed("Region", "agg_Fylker", "top(1)"), "F-03", "10002"},
		{"value set, in the table's order", listed("Region", "vs_Byer", "*"), "0301 5501", "10002 12002"},
		{"value set, a code that is not in it", listed("Region", "vs_Byer", "1103"), "!Non-existent value", ""},
		{"grouping without a hit on an eliminable variable", listed("Region", "agg_Fylker", "Q*"), "!Illegal selection for mandantory variable", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := post(s, "11111", c.part, contents, year)
			if want, bad := strings.CutPrefix(c.codes, "!"); bad {
				if a.body != title(want) {
					t.Errorf("%d %s", a.status, a.body)
				}
				return
			}
			d := read(t, a)
			if d.codes("Region") != c.codes || d.values() != c.values {
				t.Errorf("got %s with %s", d.codes("Region"), d.values())
			}
		})
	}
}

// Without values the server answers what it thinks fit, and nothing tells so.
func TestDefaultExtract(t *testing.T) {
	s := New(Options{Tables: []Table{small()}})
	for name, a := range map[string]answer{
		"no body":        call(s, http.MethodPost, "/api/pxwebapi/v2/tables/11111/data", ""),
		"no selection":   post(s, "11111"),
		"GET":            get(s, "/api/pxwebapi/v2/tables/11111/data"),
		"code list only": get(s, "/api/pxwebapi/v2/tables/11111/data?codelist[Region]=agg_Fylker"),
	} {
		d := read(t, a)
		cells := 1
		for _, n := range d.Size {
			cells *= n
		}
		if cells >= small().whole() {
			t.Errorf("%s: the whole table", name)
		}
		if want := "0301 1103 5501"; name != "code list only" && d.codes("Region") != want || name == "code list only" && d.codes("Region") != "F-03 F-X" {
			t.Errorf("%s: %s", name, d.codes("Region"))
		}
	}
}

func (t Table) whole() int { return t.Size() }

func TestAddressesOfV2(t *testing.T) {
	s := New(Options{Tables: []Table{small()}})
	for _, c := range []struct{ name, query, region, tid string }{
		{"plain", "valueCodes[Region]=0301,5501&valueCodes[Tid]=top(2)&valueCodes[ContentsCode]=A", "0301 5501", "2024 2025"},
		{"names in another case", "VALUECODES[region]=0301&valuecodes[TID]=*&ValueCodes[contentscode]=a", "0301", "2023 2024 2025"},
		{"brackets keep a comma", "valueCodes[Region]=*&valueCodes[Tid]=[range(2023,2024)]&valueCodes[ContentsCode]=A", "0301 1103 5501", "2023 2024"},
		{"brackets beside others", "valueCodes[Region]=*&valueCodes[Tid]=2025,[range(2023,2023)]&valueCodes[ContentsCode]=A", "0301 1103 5501", "2023 2025"},
		{"offset in brackets", "valueCodes[Region]=0301&valueCodes[Tid]=[top(1,1)]&valueCodes[ContentsCode]=A", "0301", "2024"},
		{"code list", "codelist[Region]=agg_Fylker&valueCodes[Region]=F-X&valueCodes[Tid]=2025&valueCodes[ContentsCode]=A", "F-X", "2025"},
		{"outputValues is gone", "outputValues[Region]=single&valueCodes[Region]=0301&valueCodes[Tid]=2025&valueCodes[ContentsCode]=A", "0301", "2025"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, get(s, "/api/pxwebapi/v2/tables/11111/data?"+c.query))
			if d.codes("Region") != c.region || d.codes("Tid") != c.tid {
				t.Errorf("got %s and %s", d.codes("Region"), d.codes("Tid"))
			}
		})
	}
	if a := get(s, "/api/pxwebapi/v2/tables/11111/data?valueCodes[Region]=*&valueCodes[Tid]=range(2023,2024)&valueCodes[ContentsCode]=A"); a.status != 400 {
		t.Errorf("a comma without brackets: %d", a.status)
	}
	if a := get(s, "/api/pxwebapi/v2/tables/11111/data?valueCodes[Region]="+strings.Repeat("0301,", 500)); a.status != 404 {
		t.Errorf("a long address: %d", a.status)
	}
	if a := get(s, "/API/PxWebApi/V2/Tables/11111/Data"); a.status != 200 {
		t.Errorf("path in another case: %d", a.status)
	}
	if a := get(s, "/api/pxwebapi/v2/tables/"); a.status != 404 {
		t.Errorf("slash at the end: %d", a.status)
	}
	odd := New(Options{})
	a := get(odd, "/api/pxwebapi/v2/tables/90001/data?"+url.Values{"valueCodes[size]": {"[a,b],M+L,x y"}, "valueCodes[ContentsCode]": {"*"}, "valueCodes[Tid]": {"top(1)"}}.Encode())
	if d := read(t, a); d.codes("size") != "M+L a,b x y" {
		t.Errorf("odd codes: %s", d.codes("size"))
	}
}

func TestPlacement(t *testing.T) {
	s := New(Options{Tables: []Table{small()}})
	body := func(placement string) string {
		return `{"selection":[` + chosen("Region", "0301", "1103") + `,` + chosen("ContentsCode", "*") + `,` + chosen("Tid", "2024", "2025") + `],"placement":` + placement + `}`
	}
	for _, c := range []struct{ name, placement, id, values string }{
		{"nothing", `{}`, "Region ContentsCode Tid", "10001 10002 10011 10012 11001 11002 11011 11012"},
		{"both", `{"heading":["Region"],"stub":["Tid","ContentsCode"]}`, "Tid ContentsCode Region", "10001 11001 10011 11011 10002 11002 10012 11012"},
		{"heading alone", `{"heading":["Region"]}`, "ContentsCode Tid Region", "10001 11001 10002 11002 10011 11011 10012 11012"},
		{"unknown variable", `{"heading":["Sted"]}`, "Region ContentsCode Tid", "10001 10002 10011 10012 11001 11002 11011 11012"},
		{"twice", `{"heading":["Tid"],"stub":["Tid"]}`, "Region ContentsCode Tid", "10001 10002 10011 10012 11001 11002 11011 11012"},
		{"a variable that is not in the answer", `{"heading":["Kjonn"]}`, "Region ContentsCode Tid", "10001 10002 10011 10012 11001 11002 11011 11012"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := call(s, http.MethodPost, "/api/pxwebapi/v2/tables/11111/data", body(c.placement))
			d := read(t, a)
			if got := strings.Join(d.ID, " "); got != c.id || d.values() != c.values {
				t.Errorf("got %s with %s", got, d.values())
			}
		})
	}
}

// The real server multiplies in 32 bits.
func TestLimitOfCellsInV2(t *testing.T) {
	for _, c := range []struct{ limit, status int }{{18, 200}, {17, 400}} {
		s := New(Options{Tables: []Table{small()}, MaxCells: c.limit})
		a := post(s, "11111", chosen("Region", "*"), chosen("ContentsCode", "*"), chosen("Tid", "*"))
		if a.status != c.status || a.status == 400 && a.body != detailedTitle("Too many cells selected", 400) {
			t.Errorf("limit %d: %d %.200s", c.limit, a.status, a.body)
		}
	}
	var many []Value
	for range 1 << 16 {
		many = append(many, Value{})
	}
	v := Variable{Values: many}
	e := &extract{axes: []axis{v.whole(), v.whole()}}
	if e.cells() != int(min(uint64(1)<<32, math.MaxInt)) {
		t.Errorf("counted %d cells", e.cells())
	}
}

func FuzzExpression(f *testing.F) {
	for _, x := range []string{"*", "a*", "top(2)", "top(2,1)", "range(a,b)", "from(", "[", "?", "*a*b*", "top(99999999999999999999)", ",,", "[a,b]"} {
		f.Add(x)
	}
	c := &choice{codes: []string{"a", "b", "ab", "a,b"}, time: true}
	f.Fuzz(func(t *testing.T, x string) {
		for _, item := range splitItems(x) {
			positions, _ := c.choose(item)
			for i, p := range positions {
				if p < 0 || p >= len(c.codes) || i > 0 && p <= positions[i-1] {
					t.Errorf("%s chooses %v", item, positions)
				}
			}
		}
	})
}
