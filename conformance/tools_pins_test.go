package conformance_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
)

// A toolPin shows a difference of these tools on a small document or table.
type toolPin struct {
	name string
	doc  string
	call *toolCall
}

// boat is the cube of two by two; tail is what follows its dimensions.
func boat(tail string) string {
	return `{"version":"2.0","class":"dataset","id":["port","what"],"size":[2,2],"role":{"metric":["what"]},"dimension":{` +
		`"port":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North","S2":"South"}}},` +
		`"what":{"label":"Catch","category":{"index":["kg","pc"],"label":{"kg":"Weight","pc":"Share"},"unit":{"kg":{"label":"kilo"},"pc":{"label":"percent"}}}}},` + tail + `}`
}

// line is a cube of one dimension.
func line(category, tail string) string {
	return `{"version":"2.0","class":"dataset","id":["d"],"size":[2],"dimension":{"d":{"label":"D","category":{` + category + `}}},` + tail + `}`
}

const ab = `"index":["a","b"],"label":{"a":"A","b":"B"}`

// sdmxPin is a message of one category by two times.
func sdmxPin(attributes, observations string) string {
	return `{"header":{"prepared":"2025","sender":{"name":"S"},"links":[{"rel":"request","href":"https://example.org/"}]},"structure":{"name":"Label","dimensions":{"observation":[` +
		`{"id":"A","name":"Letter","values":[{"id":"a","name":"One"}]},{"id":"T","name":"Time","role":"TIME_PERIOD","values":[{"id":"2023","name":"2023"},{"id":"2024","name":"2024"}]}]},` +
		`"attributes":{` + attributes + `}},"dataSets":[{"observations":{` + observations + `}}]}`
}

const sdmxStatus = `"observation":[{"id":"OBS_STATUS","name":"Status","values":[{"id":"A","name":"Normal"},{"id":"M","name":"Missing"}]}]`

func arrobj(letters string, f tableFlags) *toolCall {
	return objectCall("jsonstat2arrobj", letters, f, convert.WriteArrObj)
}

var toolPins = []toolPin{
	{"narrowed", boat(`"value":[1,2,3,4]`), diceCall("what=kg", "")},
	{"narrowed", strings.Replace(line(ab, `"value":[1,2]`), `"label":"D"`, `"label":"D","extension":{"elimination":true,"eliminationValueCode":"b"}`, 1), diceCall("d=a", "")},
	{"narrowed", strings.Replace(line(ab, `"value":[1,2]`), `"label":"D"`, `"label":"D","extension":{"firstPeriod":"A","lastPeriod":"b"}`, 1), diceCall("d=b", "")},
	{"narrowed", line(ab, `"value":[1,null],"extension":{"positions-with-no-data":{"d":[1]},"firstPeriod":"a","lastPeriod":"b","fresh":{"d":{"a":true,"b":false}}}`), diceCall("d=b", "")},
	{"comma-undefined", boat(`"value":[1,2.5,3,4]`), arrobj("kf", tableFlags{})},
	{"json-labels", line(`"index":["a","b"],"label":{"a":"A"}`, `"value":[1,2]`), arrobj("", tableFlags{})},
	{"unit-flabel", boat(`"value":[1,2,3,4]`), arrobj("uf", tableFlags{})},
	{"unit-before-2", `{"dataset":{"dimension":{"id":["d"],"size":[1],"role":{"metric":["d"]},"d":{"category":{"label":{"a":"A"},"unit":{"a":{"base":"kg"}}}}},"value":[1]}}`, arrobj("u", tableFlags{})},
	{"item-version", `{"version":"2.0","class":"collection","link":{"item":[{"class":"dataset","id":["d"],"size":[2],"dimension":{"d":{"category":{` + ab + `}}},"value":[1,2]}]}}`, sliceCall("jsonstat2jsonstat", "", "")},
	{"comma-texts", line(ab, `"value":["x.y",true]`), arrobj("k", tableFlags{})},
	{"json-digits", line(ab, `"value":[12345678901234567890,1e400]`), arrobj("k", tableFlags{})},
	{"empty-status", line(ab, `"value":[1,2],"status":["","x"]`), arrobj("s", tableFlags{})},
	{"pivot-members", line(`"index":["a","b"],"label":{"a":"Same","b":"Same"}`, `"value":[1,2]`), arrobj("l", tableFlags{by: "d"})},
	{"same-names", `{"version":"2.0","class":"dataset","id":["value"],"size":[2],"dimension":{"value":{"label":"V","category":{` + ab + `}}},"value":[1,2]}`, arrobj("", tableFlags{})},
	{"sound-head", line(ab+`,"unit":{"z":{"label":"no such category"}}`, `"role":{"time":["year"]},"value":[1,2]`), sliceCall("jsonstat2jsonstat", "", "")},
	{"no-status", boat(`"value":[1,2,3,4],"status":{"1":"x"}`), diceCall("what=kg", "")},
	{"nothing-left", line(ab, `"value":[1,2]`), diceCall("d=a/b", "d")},
	{"unit-understood", line(ab+`,"unit":{"a":{"label":"","decimals":"2","symbol":"%"}}`, `"role":{"metric":["d"]},"value":[1,2]`), arrobj("u", tableFlags{})},
	{"json-empty-id", `{"version":"2.0","class":"dataset","id":[""],"size":[2],"dimension":{"":{"label":"Nameless","category":{` + ab + `}}},"value":[1,2]}`, arrobj("", tableFlags{})},
	{"crash", line(ab, `"role":null,"value":[1,2]`), sliceCall("jsonstat2jsonstat", "", "")},
	{"role-empty", line(ab, `"role":{"time":[]},"value":[1,2]`), arrobj("m", tableFlags{})},
	{"json-unit-labels", line(`"index":["a","b"],"unit":{"a":{"label":"Men"},"b":{"label":"Women"}}`, `"value":[1,2]`), arrobj("", tableFlags{})},
	{"json-unknown", line(ab, `"value":[1,2]`), arrobj("", tableFlags{by: "no such dimension"})},
	{"cube-unit-labels", line(`"index":["a","b"],"unit":{"a":{"label":"Men"},"b":{"label":"Women"}}`, `"value":[1,2]`), sliceCall("jsonstat2jsonstat", "", "")},
	{"cube-old-members", strings.Replace(line(ab, `"value":[1,2]`), `"dimension":{`, `"dimension":{"id":["d"],"size":[2],`, 1), sliceCall("jsonstat2jsonstat", "", "")},
	{"cube-empty", line(`"index":["a","b"],"label":{"a":"A","b":""}`, `"source":"","note":"","link":"","value":{"0":1,"1":null},"status":{"0":"","1":"x"}`), sliceCall("jsonstat2jsonstat", "", "mos")},
	{"cube-forms", line(`"index":["a","b"],"label":{"a":1,"b":"B"},"unit":{"a":{"label":"kg","decimals":"2"}}`, `"note":"One","measure":[1,2],"status":["x"]`), sliceCall("jsonstat2jsonstat", "", "")},
	{"one-status", line(ab, `"value":[1,2],"status":["p"]`), sliceCall("jsonstat2jsonstat", "", "ms")},
	{"cube-digits", line(ab, `"value":[1e400,2]`), sliceCall("jsonstat2jsonstat", "", "m")},
	{"cube-named-value", strings.ReplaceAll(line(ab, `"value":[1,2]`), `"d"`, `"value"`), diceCall("value=a", "")},
	{"filter-nameless", strings.ReplaceAll(line(ab, `"value":[1,2]`), `"d"`, `""`), diceCall("=a", "")},
	{"member-order", `{"dataset":{"value":[1,2],"dimension":{"d":{"label":"D","category":{` + ab + `}},"id":["d"],"size":[2]}}}`, sliceCall("jsonstat2jsonstat", "d=a", "")},
	{"decimal-point", "D;Value\na;1,5\nb;12.50\nc;3\n", readCall("", readFlags{separator: ";"})},
	{"blank-missing", tables["blank value"], readCall("", readFlags{})},
	{"blank-statuses", tables["status without any"], readCall("", readFlags{})},
	{"row-twice", tables["twice"], readCall("", readFlags{})},
	{"columns-equal", tables["equal headers"], readCall("", readFlags{})},
	{"ragged", tables["short row"], readCall("", readFlags{})},
	{"padded", tables["incomplete at the end"], readCall("", readFlags{})},
	{"empty-lines", tables["empty lines"], readCall("", readFlags{})},
	{"all-missing", "Port,Value\nN,n/a\nS,2\n", readCall("", readFlags{})},
	{"odd-numbers", tables["hexadecimal"], readCall("", readFlags{})},
	{"odd-numbers", tables["zeros in front"], readCall("", readFlags{})},
	{"value-texts", tables["infinity"], readCall("", readFlags{})},
	{"status-unknown", tables["plain"], readCall("", readFlags{slabel: "Stats"})},
	{"status-or-dimension", tables["status or dimension"], readCall("", readFlags{})},
	{"several-figures", tables["men beside women"], readCall("", readFlags{})},
	{"repeats", tables["codes beside names"], readCall("", readFlags{})},
	{"many-cells", tables["many cells"], readCall("", readFlags{})},
	{"value-periods", tables["years alone"], readCall("", readFlags{})},
	{"no-header", tables["no header"], readCall("", readFlags{})},
	{"value-name", tables["value in the middle"], readCall("", readFlags{})},
	{"status-name", tables["status in small letters"], readCall("", readFlags{})},
	{"label-columns", tables["codes and names, by name"], readCall("", readFlags{})},
	{"row-numbers", tables["row numbers"], readCall("", readFlags{})},
	{"nameless", tables["a column without a name"], readCall("", readFlags{})},
	{"lines-above", tables["lines above"], readCall("", readFlags{})},
	{"status-marks", tables["marks as values"], readCall("", readFlags{})},
	{"status-nothing", tables["statuses that say nothing"], readCall("", readFlags{})},
	{"far-numbers", "Port,Value\nN,1e400\nS,1\n", readCall("", readFlags{})},
	{"header-blanks", tables["spaces in the header"], readCall("", readFlags{})},
	{"magic-columns", "__proto__,Port,Value\na,N,1\nb,N,2\n", readCall("", readFlags{})},
	{"rich-label", "jsonstat,.,|\ndimension,d,,1,a,A\ndata\nd,value\na,1\n", readCall("", readFlags{})},
	{"rich-unit", "jsonstat,.,|\ndimension,d,D,1,a,A,metric,0|x|?|left\ndata\nd,value\na,1\n", readCall("", readFlags{})},
	{"rich-role", "jsonstat,.,|\ndimension,d,D,1,a,A,colour\ndata\nd,value\na,1\n", readCall("", readFlags{})},
	{"rich-refused", "jsonstat,.,|\ndimension,d,D,1,a,A\ndata\nd,value\nb,1\n", readCall("", readFlags{})},
	{"number-columns", "2,1,Value\nx,p,1\nx,q,2\ny,p,3\ny,q,4\n", readCall("", readFlags{})},
	{"status-dimension", "jsonstat,.,|\ndimension,status,S,2,a,A,b,B\ndata\nstatus,value\na,1\nb,2\n", readCall("", readFlags{})},
	{"sdmx-extension", sdmxPin(`"observation":[{"id":"X","values":[{"id":"x"}]}]`, `"0:0":[1,0],"0:1":[2,0]`), sdmxCall("")},
	{"sdmx-notes", strings.Replace(sdmxPin(`"observation":[]`, `"0:0":[1],"0:1":[2]`), `"name":"One"`, `"name":"One","description":"The first"`, 1), sdmxCall("")},
	{"sdmx-links", strings.Replace(sdmxPin(`"observation":[]`, `"0:0":[1],"0:1":[2]`), `"rel":"request"`, `"rel":"self"`, 1), sdmxCall("")},
	{"sdmx-roles", strings.Replace(sdmxPin(`"observation":[]`, `"0:0":[1],"0:1":[2]`), `"role":"TIME_PERIOD"`, `"roles":["TIME_PERIOD"]`, 1), sdmxCall("")},
	{"sdmx-null-head", strings.Replace(sdmxPin(`"observation":[]`, `"0:0":[1],"0:1":[2]`), `"name":"Label",`, ``, 1), sdmxCall("")},
	{"sdmx-statuses-none", sdmxPin(sdmxStatus, `"0:0":[1,null],"0:1":[2,null]`), sdmxCall("")},
	{"sdmx-labels", strings.Replace(sdmxPin(`"observation":[]`, `"0:0":[1],"0:1":[2]`), `,"name":"One"`, ``, 1), sdmxCall("")},
	{"sdmx-default", strings.Replace(sdmxPin(sdmxStatus, `"0:0":[1,null],"0:1":[2,1]`), `"OBS_STATUS"`, `"OBS_STATUS","default":"A"`, 1), sdmxCall("")},
	{"sdmx-texts", sdmxPin(sdmxStatus, `"0:0":["1.5",0],"0:1":["NaN",1]`), sdmxCall("")},
	{"sdmx-uncoded", strings.Replace(sdmxPin(`"observation":[]`, `"0:0":[1],"0:1":[2]`), `"id":"2023","name":"2023"`, `"value":"2023","name":"2023"`, 1), sdmxCall("")},
	{"sdmx-versions", `{"meta":{"sender":{}},"data":` + sdmxPin(`"observation":[]`, `"0:0":[1],"0:1":[2]`) + `}`, sdmxCall("")},
	{"sdmx-crash", sdmxPin(sdmxStatus, `"0:0":[1],"0:1":[2,1]`), sdmxCall("")},
	{"sdmx-refused", sdmxPin(`"observation":[]`, `"0:0":[1],"0:7":[2]`), sdmxCall("")},
}

var updatePins = flag.Bool("update", false, "write what came out to testdata/tools.golden, to be read and checked")

// TestPinnedTools asserts each difference as it is on both sides: the outcomes
// stand in testdata/tools.golden.
func TestPinnedTools(t *testing.T) {
	r := startReference(t)
	var b strings.Builder
	all := slices.Concat(toolDifferences, cubeDifferences, readTableDifferences, sdmxDifferences)
	for _, p := range toolPins {
		if !slices.ContainsFunc(all, func(d toolDifference) bool { return d.name == p.name }) {
			t.Errorf("%s is no listed difference", p.name)
		}
		d := &document{name: p.name, text: []byte(p.doc)}
		if p.call.tool != "csv2jsonstat" && p.call.tool != "sdmx2jsonstat" {
			d = newDocument(p.name, []byte(p.doc))
		}
		c := compareTool(t, r, d, p.call)
		kind, excuse, problem := c.judge()
		if kind != listed || !slices.Contains(strings.Split(excuse, "+"), p.name) {
			t.Errorf("%s does not show: %d %q %s", p.name, kind, excuse, problem)
		}
		fmt.Fprintf(&b, "%s: %s\n  reference %s\n  ours      %s\n", p.name, p.call, c.ref, c.ours)
	}
	for _, d := range all {
		if !slices.ContainsFunc(toolPins, func(p toolPin) bool { return p.name == d.name }) {
			t.Errorf("no case pins %s", d.name)
		}
	}
	const golden = "testdata/tools.golden"
	if *updatePins {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	wants, gots := strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")
	for i := range min(len(wants), len(gots)) {
		if wants[i] != gots[i] {
			t.Errorf("line %d of %s\n got %s\nwant %s", i+1, golden, gots[i], wants[i])
		}
	}
	if len(wants) != len(gots) {
		t.Errorf("%s has %d lines, not %d", golden, len(wants), len(gots))
	}
}
