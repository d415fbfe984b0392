package sdmxconv

import (
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// envelope is a draft message of two dimensions, A (a0, a1) by TIME_PERIOD
// (2023, 2024), with the given attributes of observations and data sets.
func envelope(attributes, sets string) string {
	return `{"header":{"prepared":"2025-01-01","sender":{"id":"S"}},"structure":{"name":"Label","dimensions":{"observation":[
{"id":"A","name":"Letter","values":[{"id":"a0","name":"Zero"},{"id":"a1","name":"One"}]},
{"id":"TIME_PERIOD","name":"Time","values":[{"id":"2023"},{"id":"2024"}]}]},
"attributes":{"observation":[` + attributes + `]}},"dataSets":[` + sets + `]}`
}

// version2 is the same in version 2, with more about the structure.
func version2(structure, sets string) string {
	return `{"meta":{},"data":{"structures":[{"name":"Label","dimensions":{"observation":[
{"id":"A","name":"Letter","values":[{"id":"a0","name":"Zero"},{"id":"a1","name":"One"}]},
{"id":"TIME_PERIOD","name":"Time","values":[{"value":"2023"},{"value":"2024"}]}]}` + structure + `}],"dataSets":[` + sets + `]}}`
}

const obsStatus = `{"id":"OBS_STATUS","name":"Status","values":[{"id":"A","name":"Normal"},{"id":"M","name":"Missing"}]}`

// TestParts holds what comes of one thing or another in a message: a part of the
// output that must be there, by a piece of its text; with a dash in front, one that
// must not.
func TestParts(t *testing.T) {
	observations := func(s string) string { return `{"observations":{` + s + `}}` }
	tests := []part{
		{"null values and absent ones", envelope(obsStatus, observations(`"0:0":[1,0],"1:1":[null,1]`)), Options{},
			[]string{`"value":[1,null,null,null]`, `"status":["A",null,null,"M"]`}, ""},
		{"number text", envelope("", observations(`"0:0":[1.50],"0:1":[1E3],"1:0":[0.1000000000000000055511151231257827],"1:1":[-0]`)), Options{},
			[]string{`"value":[1.50,1E3,0.1000000000000000055511151231257827,-0]`}, ""},
		{"numbers as texts", envelope("", observations(`"0:0":["1.50"],"0:1":["NaN"],"1:0":["#N/A"],"1:1":["about 3"]`)), Options{},
			[]string{`"value":[1.50,null,null,"about 3"]`}, ""},
		{"numbers as texts with blanks", envelope("", observations(`"0:0":["12 "],"0:1":[" -1.50 "],"1:0":["12 x"],"1:1":[" "]`)), Options{},
			[]string{`"value":[12,-1.50,"12 x"," "]`}, ""},
		{"empty arrays", envelope(obsStatus, observations(`"0:0":[],"0:1":[2]`)), Options{}, []string{`"value":[null,2,null,null]`}, ""},
		{"null for an array", envelope(obsStatus, observations(`"0:0":null,"0:1":[2]`)), Options{}, []string{`"value":[null,2,null,null]`}, ""},
		{"no observations", envelope(obsStatus, observations(``)), Options{}, []string{`"value":[null,null,null,null]`}, ""},
		{"neither series nor observations", envelope(obsStatus, `{}`), Options{}, []string{`"value":[null,null,null,null]`}, ""},
		{"an index that is none", envelope(obsStatus, observations(`"0:0":[1,7]`)), Options{}, []string{`"value":[1,null,null,null]`, `-"status":[`},
			`attribute "OBS_STATUS" has 2 values, but index 7 is used: the attribute is left out there`},
		{"two attributes the other way round", envelope(`{"id":"TITLE","values":[{"name":"Zero's"},{"name":"One's"}]},`+`{"id":"OBS_STATUS","values":[{"id":"A","name":"Normal"}]}`, observations(`"0:0":[1,0,0],"0:1":[2,0,0],"1:0":[3,0,1]`)), Options{},
			[]string{`"note":{"a0":["Zero's"],"a1":["One's"]}`, `"status":["A","A","A",null]`}, "the indexes of observations fit their two attributes in the other order alone: they are read so"},
		{"a status as a text", envelope(obsStatus, observations(`"0:0":[1,"M"],"0:1":[1,"Q"]`)), Options{}, []string{`"status":["M","Q",null,null]`}, ""},
		{"statuses that are not listed", envelope(`{"id":"OBS_STATUS"}`, observations(`"0:0":[1,"p"]`)), Options{}, []string{`"status":["p",null,null,null]`, `-"extension"`}, ""},
		{"a status that is null in the list", envelope(`{"id":"OBS_STATUS","default":"A","values":[null,{"id":"A","name":"Normal"},{"id":"E","name":"Est."}]}`,
			observations(`"0:0":[1,0],"0:1":[2,2],"1:0":[3,null],"1:1":[4]`)), Options{}, []string{`"status":["A","E","A","A"]`, `"label":{"A":"Normal","E":"Est."}`}, ""},
		{"OBS_STATUS of the data set", strings.Replace(envelope("", `{"attributes":[1],"observations":{"0:0":[1]}}`), `"observation":[]}`, `"dataSet":[`+obsStatus+`],"observation":[]}`, 1), Options{},
			[]string{`"status":["M",null,null,null]`, `"label":{"A":"Normal","M":"Missing"}`, `-attributes`}, ""},
		{"CONF_STATUS", envelope(`{"id":"CONF_STATUS","name":"Confidentiality","values":[{"id":"F","name":"Free"},{"id":"C","name":"Confidential"}]}`,
			observations(`"0:0":[1,0],"0:1":[2,0],"1:0":[null,1],"1:1":[4,0]`)), Options{},
			[]string{`"attributes":{"CONF_STATUS":{"0":"F","1":"F","2":"C","3":"F"}}`, `"name":{"CONF_STATUS":"Confidentiality"}`, `"label":{"CONF_STATUS":{"F":"Free","C":"Confidential"}}`}, ""},
		{"an attribute that depends on a dimension", envelope(`{"id":"BASE","values":[{"id":"b"},{"id":"c"}]}`,
			observations(`"0:0":[1,0],"0:1":[2,0],"1:0":[3,1],"1:1":[4,1]`)), Options{},
			[]string{`"BASE":{"dimensions":["A"],"values":{"a0":"b","a1":"c"}}`}, ""},
		{"annotations of observations", strings.Replace(envelope("", observations(`"0:0":[1,0],"0:1":[2,1,0]`)), `"structure":{`, `"structure":{"annotations":[{"text":"first"},{"title":"second","texts":{}}],`, 1), Options{},
			[]string{`"annotations":{"0":["first"],"1":["second","first"]}`}, ""},
		{"annotations of the data set", strings.Replace(envelope("", `{"annotations":[0],"observations":{"0:0":[1]}}`), `"structure":{`, `"structure":{"annotations":[{"text":"first"}],`, 1), Options{},
			[]string{`"note":["first"]`}, ""},
		{"annotations of dimensions and categories", strings.NewReplacer(`"structure":{`, `"structure":{"annotations":[{"text":"first"},{"type":"ORDER","text":"2","texts":{}}],`, `"id":"A"`, `"id":"A","annotations":[0]`, `"id":"a1"`, `"id":"a1","annotations":[1,7]`).Replace(envelope("", observations(`"0:0":[1]`))), Options{},
			[]string{`"sdmx":{"annotations":[{"text":"first"}],"categoryAnnotations":{"a1":[{"type":"ORDER","text":"2"}]}}`}, ""},
		{"descriptions", strings.Replace(envelope("", observations(`"0:0":[1]`)), `"name":"Zero"`, `"name":"Zero","description":"Nothing at all"`, 1), Options{},
			[]string{`"note":{"a0":["Nothing at all"]}`}, ""},
		{"a hierarchy", strings.NewReplacer(`"id":"a0"`, `"id":"a0","order":2`, `"name":"One"`, `"name":"One","parent":"a0"`).Replace(envelope("", observations(`"0:0":[1]`))), Options{},
			[]string{`"child":{"a0":["a1"]}`, `"extension":{"sdmx":{"order":{"a0":2}}}`}, ""},
		{"parents in a circle", strings.NewReplacer(`"name":"Zero"`, `"name":"Zero","parent":"a1"`, `"name":"One"`, `"name":"One","parent":"a0"`).Replace(envelope("", observations(`"0:0":[1]`))), Options{},
			[]string{`-"child"`, `"parent":{"a0":"a1","a1":"a0"}`}, ""},
		{"roles", version2("", observations(`"0:0":[1]`)), Options{TableOptions: convert.TableOptions{Roles: map[string]jsonstat.Role{"A": jsonstat.Geo}}}, []string{`"role":{"time":["TIME_PERIOD"],"geo":["A"]}`}, ""},
		{"two measures", version2(`,"measures":{"observation":[{"id":"V","name":"Value"},{"id":"W","name":"Weight"}]}`, observations(`"0:0":[1,2],"1:1":[3]`)), Options{},
			[]string{`"id":["A","TIME_PERIOD","MEASURE"],"size":[2,2,2]`, `"metric":["MEASURE"]`, `"value":[1,2,null,null,null,null,3,null]`}, ""},
		{"a measure that is a text", version2(`,"measures":{"observation":[{"id":"V"},{"id":"COM","name":"Remark","format":{"dataType":"String"}}]}`, observations(`"0:0":[1,"good"],"1:1":[3]`)), Options{},
			[]string{`"id":["A","TIME_PERIOD"]`, `"value":[1,null,null,3]`, `"attributes":{"COM":{"0":"good"}}`}, `the values of measure "COM" are texts: they are in extension.sdmx.attributes, beside the numbers`},
		{"one measure, a text", version2(`,"measures":{"observation":[{"id":"V","format":{"dataType":"String"}}]}`, observations(`"0:0":["good"],"0:1":["12"]`)), Options{},
			[]string{`"value":["good","12",null,null]`}, ""},
		{"a listed measure", version2(`,"measures":{"observation":[{"id":"V","values":[{"id":"lo","name":"Low"},{"id":"hi","name":"High"}]}]}`, observations(`"0:0":[1],"0:1":[0]`)), Options{},
			[]string{`"value":["hi","lo",null,null]`, `"label":{"V":{"lo":"Low","hi":"High"}}`}, ""},
		{"a dimension called MEASURE", strings.Replace(version2(`,"measures":{"observation":[{"id":"V"}]}`, observations(`"0:0":[1]`)), `"id":"A"`, `"id":"MEASURE"`, 1), Options{WithMetric: true},
			[]string{`"id":["MEASURE","TIME_PERIOD","OBS_MEASURE"]`}, ""},
		{"no measures", version2(`,"measures":{"observation":[]},"attributes":{"observation":[`+obsStatus+`]}`, observations(`"0:0":[1]`)), Options{},
			[]string{`"value":[null,null,null,null]`, `"status":["M",null,null,null]`}, ""},
		{"a message without data", version2(`,"measures":{"observation":[{"id":"V","format":{"dataType":"Double"}}]},"attributes":{"observation":[{"id":"TIME"},`+obsStatus+`]}`,
			observations(`"0:0":["2024-05-01",1],"0:1":["2024-05-02",0]`)), Options{},
			[]string{`"value":[null,null,null,null]`, `"status":["M","A",null,null]`, `"TIME":{"0":"2024-05-01","1":"2024-05-02"}`}, "observations begin with a text where measure \"V\" should be a number: they are read as attributes without values"},
		{"attributes of several values", version2(`,"attributes":{"observation":[{"id":"X","values":[{"id":"p","name":"P"},{"id":"q"}]},{"id":"Y"}]}`, observations(`"0:0":[1,[0,1],["u","v"]],"0:1":[1,0]`)), Options{},
			[]string{`"X":{"0":["p","q"],"1":"p"}`, `"Y":{"0":["u","v"]}`}, ""},
		{"a text in several languages", version2(`,"attributes":{"dataSet":[{"id":"Y"}]}`, `{"attributes":[{"en":"House","nb":"Hus"}],"observations":{"0:0":[1]}}`), Options{Lang: "nb"},
			[]string{`"Y":"Hus"`}, ""},
		{"groups of dimensions", version2(`,"attributes":{"dimensionGroup":[{"id":"X"},`+obsStatus+`]}`, `{"dimensionGroupAttributes":{"0:":["of a0",1],":1":["of 2024"]},"observations":{"0:0":[1],"1:0":[2]}}`), Options{},
			[]string{`"X":[{"dimensions":["A"],"values":{"a0":"of a0"}},{"dimensions":["TIME_PERIOD"],"values":{"2024":"of 2024"}}]`, `"status":["M",null,null,null]`}, ""},
		{"a delete behind data", envelope(obsStatus, observations(`"0:0":[1,0],"0:1":[2,0],"1:0":[3,1]`)[:1]+`"action":"Replace",`+observations(`"0:0":[1,0],"0:1":[2,0],"1:0":[3,1]`)[1:]+`,{"action":"Delete","observations":{"0:1":[]}}`), Options{},
			[]string{`"value":[1,null,3,null]`, `"status":["A",null,"M",null]`}, ""},
		{"a delete of many", envelope(obsStatus, `{"action":"Replace","observations":{"0:0":[1,0],"0:1":[2,0],"1:0":[3,1]}},{"action":"Delete","observations":{"0:":[]}}`), Options{},
			[]string{`"value":[null,null,3,null]`, `"status":[null,null,"M",null]`}, ""},
		{"data sets in parts", envelope("", observations(`"0:0":[1]`)+","+observations(`"1:1":[4]`)), Options{}, []string{`"value":[1,null,null,4]`}, ""},
		{"later data sets replace", envelope(obsStatus, `{"action":"Replace","observations":{"0:0":[1,1],"0:1":[2,1]}},{"action":"Replace","observations":{"0:0":[null]}}`), Options{},
			[]string{`"value":[null,2,null,null]`, `"status":[null,"M",null,null]`}, ""},
		{"later data sets are merged", envelope(obsStatus, `{"action":"Merge","observations":{"0:0":[1,1]}},{"action":"Merge","observations":{"0:0":[null,0]}}`), Options{},
			[]string{`"value":[1,null,null,null]`, `"status":["A",null,null,null]`}, ""},
		{"one data set of two", envelope("", observations(`"0:0":[1]`)+","+observations(`"0:0":[4]`)), Options{DataSet: "1"}, []string{`"value":[4,null,null,null]`}, ""},
		{"what is said of the data set", envelope("", `{"validFrom":"2024-01-01","reportingBegin":"2023","observations":{"0:0":[1]}}`), Options{}, []string{`"sdmx":{"reportingBegin":"2023","validFrom":"2024-01-01"}`}, ""},
		{"a test message", strings.Replace(envelope("", observations(`"0:0":[1]`)), `"header":{`, `"header":{"test":true,`, 1), Options{}, []string{`"sdmx":{"test":true}`}, ""},
		{"no header", strings.Replace(envelope("", observations(`"0:0":[1]`)), `"header"`, `"x-header"`, 1), Options{}, []string{`"label":"Label"`, `-"source"`, `-"updated"`}, ""},
		{"no attributes", strings.Replace(envelope("", observations(`"0:0":[1]`)), `"attributes"`, `"x-attributes"`, 1), Options{}, []string{`"value":[1,null,null,null]`}, ""},
		{"errors beside data", version2("", observations(`"0:0":[1]`))[:1] + `"errors":[{"code":123,"title":"Only a part"}],` + version2("", observations(`"0:0":[1]`))[1:], Options{}, []string{`"value":[1,`},
			"the message has data, but says also: Only a part"},
		{"a byte order mark", "\ufeff" + envelope("", observations(`"0:0":[1]`)), Options{}, []string{`"value":[1,`}, ""},
		{"escapes", strings.Replace(envelope("", observations(`"0:0":["a\u00e5\n"]`)), `"Zero"`, `"Z\u00e9ro \"0\""`, 1), Options{}, []string{`"a0":"Zéro \"0\""`, `"aå\n"`}, ""},
		{"columns for JSON", envelope("", observations(`"0:0":[1]`)), Options{TableOptions: convert.TableOptions{Dimensions: []string{"A"}}}, []string{`"value":[1,`}, "the message is SDMX-JSON: it says itself what its dimensions, measures and names are"},
	}
	check := func(t *testing.T, sparse bool) {
		if sparse {
			defer func(p rows.Policy) { policy = p }(policy)
			policy = rows.Policy{Small: 0, Thin: 1}
		}
		checkParts(t, tests)
	}
	t.Run("dense", func(t *testing.T) { check(t, false) })
	t.Run("sparse", func(t *testing.T) { check(t, true) })
}

// part is a message, and pieces of what comes out.
type part struct {
	name    string
	message string
	o       Options
	want    []string
	warning string
}

func checkParts(t *testing.T, tests []part) {
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, warnings, err := convertText(t, tt.message, &tt.o)
			if err != nil {
				t.Fatalf("%v\n%s", err, tt.message)
			}
			sound(t, got)
			for _, want := range tt.want {
				if absent, ok := strings.CutPrefix(want, "-"); ok == strings.Contains(got, absent) {
					t.Errorf("want %s in\n%s", want, got)
				}
			}
			if all := strings.Join(warnings, "\n"); tt.warning == "" && all != "" || !strings.Contains(all, tt.warning) {
				t.Errorf("warnings %q, want %q", all, tt.warning)
			}
		})
	}
}
