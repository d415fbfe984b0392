package sdmxconv

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

var noStatus = regexp.MustCompile(`,"status":\[null(,null)*\]`)

// cameOf is what comes of a message: the cubes or the error, and the warnings.
func cameOf(t *testing.T, message string, o Options) string {
	t.Helper()
	out, warnings, err := convertText(t, message, &o)
	if err != nil {
		out = "error: " + err.Error()
	} else {
		sound(t, out)
	}
	for _, w := range warnings {
		out += "\nwarning: " + w
	}
	out = noStatus.ReplaceAllString(out, "") // as good as none
	return strings.TrimSpace(strings.ReplaceAll(out, `{"version":"2.0","class":"dataset",`, ""))
}

// leveled is a message with a dimension each at the level of the data set, the
// series and the observation.
func leveled(attributes, sets string) string {
	return `{"header":{"prepared":"2025-01-01","sender":{"id":"S"}},"structure":{"name":"Label","dimensions":{
"dataSet":[{"id":"F","name":"Frequency","values":[{"id":"A","name":"Annual"}]}],
"series":[{"id":"P","name":"Port","values":[{"id":"N","name":"North"},{"id":"S","name":"South"}]},{"id":"K","values":[{"id":"k0"},{"id":"k1"}]}],
"observation":[{"id":"TIME_PERIOD","values":[{"id":"2023"},{"id":"2024"}]}]},
"annotations":[{"text":"first"},{"title":"second"},{"type":"third"}],
"attributes":` + attributes + `},"dataSets":[` + sets + `]}`
}

// TestExactly holds all of what comes of messages, read at once and through a window
// of three bytes.
func TestExactly(t *testing.T) {
	series := func(s string) string { return `{"series":{` + s + `}}` }
	const ofSeries = `{"series":[` + obsStatus + `,{"id":"TITLE","name":"Title","values":[{"name":"One"},{"name":"Two"}]},{"id":"NOTE"}],"observation":[]}`
	const ofBoth = `{"series":[{"id":"TITLE","values":[{"name":"One"},{"name":"Two"}]}],"observation":[` + obsStatus + `,{"id":"X"}]}`
	observations := func(s string) string { return `{"observations":{` + s + `}}` }
	for _, tt := range []struct {
		name, message string
		o             Options
		want          string
	}{
		{"series with a status, a title and a note", leveled(ofSeries, series(`"0:0":{"attributes":[1,0,"see"],"observations":{"0":[1],"1":[2]}},"1:1":{"attributes":[0,1],"observations":{"1":[3]}}`)), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["P","K","TIME_PERIOD","F"],"size":[2,2,2,1],"dimension":{"P":{"label":"Port","category":{"index":["N","S"],"label":{"N":"North","S":"South"},"note":{"N":["One"],"S":["Two"]}}},"K":{"category":{"index":["k0","k1"],"label":{"k0":"k0","k1":"k1"}}},"TIME_PERIOD":{"category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}},"F":{"label":"Frequency","category":{"index":["A"],"label":{"A":"Annual"}}}},"extension":{"status":{"label":{"A":"Normal","M":"Missing"}},"sdmx":{"attributes":{"NOTE":{"dimensions":["P"],"values":{"N":"see"}}}}},"value":[1,2,null,null,null,null,null,3],"status":["M","M",null,null,null,null,null,"A"]}`},
		{"what is said of a series behind its observations", leveled(ofSeries, series(`"0:0":{"observations":{"0":[1],"1":[2]},"annotations":[2],"attributes":[1,0,"see"]},"1:1":{"observations":{"1":[3]},"more":{"a":[1]}}`)), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["P","K","TIME_PERIOD","F"],"size":[2,2,2,1],"dimension":{"P":{"label":"Port","category":{"index":["N","S"],"label":{"N":"North","S":"South"},"note":{"N":["One"]}}},"K":{"category":{"index":["k0","k1"],"label":{"k0":"k0","k1":"k1"}}},"TIME_PERIOD":{"category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}},"F":{"label":"Frequency","category":{"index":["A"],"label":{"A":"Annual"}}}},"extension":{"status":{"label":{"A":"Normal","M":"Missing"}},"sdmx":{"annotations":{"dimensions":["P"],"values":{"N":["third"]}},"attributes":{"NOTE":{"dimensions":["P"],"values":{"N":"see"}}}}},"value":[1,2,null,null,null,null,null,3],"status":["M","M",null,null,null,null,null,null]}`},
		{"annotations of series and observations", leveled(ofBoth, series(`"0:0":{"annotations":[0,2],"observations":{"0":[1,0,"x",1],"1":[2,1,null,0,7,2]}},"1:1":{"observations":{"1":[3]}}`)), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["P","K","TIME_PERIOD","F"],"size":[2,2,2,1],"dimension":{"P":{"label":"Port","category":{"index":["N","S"],"label":{"N":"North","S":"South"}}},"K":{"category":{"index":["k0","k1"],"label":{"k0":"k0","k1":"k1"}}},"TIME_PERIOD":{"category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}},"F":{"label":"Frequency","category":{"index":["A"],"label":{"A":"Annual"}}}},"extension":{"status":{"label":{"A":"Normal","M":"Missing"}},"sdmx":{"annotations":[{"dimensions":["P"],"values":{"N":["first","third"]}},{"0":["second"],"1":["first","third"]}],"attributes":{"X":{"0":"x"}}}},"value":[1,2,null,null,null,null,null,3],"status":["A","M",null,null,null,null,null,null]}`},
		{"the frequency in the key of a series", leveled(ofBoth, series(`"0:0:0":{"attributes":[0],"observations":{"0":[1]}}`)), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["P","K","TIME_PERIOD","F"],"size":[2,2,2,1],"dimension":{"P":{"label":"Port","category":{"index":["N","S"],"label":{"N":"North","S":"South"}}},"K":{"category":{"index":["k0","k1"],"label":{"k0":"k0","k1":"k1"}}},"TIME_PERIOD":{"category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}},"F":{"label":"Frequency","category":{"index":["A"],"label":{"A":"Annual"}}}},"extension":{"status":{"label":{"A":"Normal","M":"Missing"}},"sdmx":{"attributes":{"TITLE":"One"}}},"value":[1,null,null,null,null,null,null,null]}`},
		{"a series of no observations", leveled(ofBoth, series(`"0:1":{"attributes":[1],"observations":{}},"1:0":{"attributes":[0]}`)), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["P","K","TIME_PERIOD","F"],"size":[2,2,2,1],"dimension":{"P":{"label":"Port","category":{"index":["N","S"],"label":{"N":"North","S":"South"},"note":{"N":["Two"],"S":["One"]}}},"K":{"category":{"index":["k0","k1"],"label":{"k0":"k0","k1":"k1"}}},"TIME_PERIOD":{"category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}},"F":{"label":"Frequency","category":{"index":["A"],"label":{"A":"Annual"}}}},"extension":{"status":{"label":{"A":"Normal","M":"Missing"}}},"value":[null,null,null,null,null,null,null,null]}`},
		{"a key of a series that does not fit", leveled(ofBoth, series(`"0":{"observations":{}}`)), Options{}, `error: key "0" of a series does not fit the structure: it is of length 1, but there are 2 dimensions (P, K) (line 6, column 240, byte 713)`},
		{"a key of a series beyond", leveled(ofBoth, series(`"0:2":{"observations":{}}`)), Options{}, `error: key "0:2" of a series does not fit the structure: there is no value 2 of dimension "K", which has 2 (line 6, column 242, byte 715)`},
		{"a key of an observation beyond", leveled(ofBoth, series(`"0:1":{"observations":{"2":[1]}}`)), Options{}, `error: key "2" of an observation does not fit the structure: there is no value 2 of dimension "TIME_PERIOD", which has 2 (line 6, column 260, byte 733)`},
		{"a series twice", leveled(ofBoth, series(`"0:1":{"observations":{"0":[1]}},"0:1":{"observations":{"1":[2]}}`)), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["P","K","TIME_PERIOD","F"],"size":[2,2,2,1],"dimension":{"P":{"label":"Port","category":{"index":["N","S"],"label":{"N":"North","S":"South"}}},"K":{"category":{"index":["k0","k1"],"label":{"k0":"k0","k1":"k1"}}},"TIME_PERIOD":{"category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}},"F":{"label":"Frequency","category":{"index":["A"],"label":{"A":"Annual"}}}},"extension":{"status":{"label":{"A":"Normal","M":"Missing"}}},"value":[null,null,1,2,null,null,null,null]}`},
		{"a series twice with the same observation", leveled(ofBoth, series(`"0:1":{"observations":{"0":[1]}},"0:1":{"observations":{"0":[2]}}`)), Options{}, `error: there are two observations of P=N, K=k1, TIME_PERIOD=2023, F=A (line 6, column 293, byte 766)`},
		{"a series is deleted", leveled(ofBoth, `{"action":"Replace","series":{"0:0":{"observations":{"0":[1],"1":[2]}},"0:1":{"observations":{"0":[3]}}}},{"action":"Delete","series":{"0:0":{}}}`), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["P","K","TIME_PERIOD","F"],"size":[2,2,2,1],"dimension":{"P":{"label":"Port","category":{"index":["N","S"],"label":{"N":"North","S":"South"}}},"K":{"category":{"index":["k0","k1"],"label":{"k0":"k0","k1":"k1"}}},"TIME_PERIOD":{"category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}},"F":{"label":"Frequency","category":{"index":["A"],"label":{"A":"Annual"}}}},"extension":{"status":{"label":{"A":"Normal","M":"Missing"}}},"value":[null,null,3,null,null,null,null,null]}`},
		{"observations of a series are deleted", leveled(ofBoth, `{"action":"Replace","series":{"0:0":{"observations":{"0":[1,0,"x"],"1":[2]}},"0:1":{"observations":{"0":[3]}}}},{"action":"Delete","series":{"0:0":{"observations":{"0":[]}}}}`), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["P","K","TIME_PERIOD","F"],"size":[2,2,2,1],"dimension":{"P":{"label":"Port","category":{"index":["N","S"],"label":{"N":"North","S":"South"}}},"K":{"category":{"index":["k0","k1"],"label":{"k0":"k0","k1":"k1"}}},"TIME_PERIOD":{"category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}},"F":{"label":"Frequency","category":{"index":["A"],"label":{"A":"Annual"}}}},"extension":{"status":{"label":{"A":"Normal","M":"Missing"}}},"value":[null,2,3,null,null,null,null,null]}`},
		{"series of any port are deleted", leveled(ofBoth, `{"action":"Replace","series":{"0:0":{"observations":{"0":[1],"1":[2]}},"1:1":{"observations":{"0":[3]}},"0:1":{"observations":{"0":[4]}}}},{"action":"Delete","series":{":1":{"observations":{"0":[]}}}}`), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["P","K","TIME_PERIOD","F"],"size":[2,2,2,1],"dimension":{"P":{"label":"Port","category":{"index":["N","S"],"label":{"N":"North","S":"South"}}},"K":{"category":{"index":["k0","k1"],"label":{"k0":"k0","k1":"k1"}}},"TIME_PERIOD":{"category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}},"F":{"label":"Frequency","category":{"index":["A"],"label":{"A":"Annual"}}}},"extension":{"status":{"label":{"A":"Normal","M":"Missing"}}},"value":[1,2,null,null,null,null,null,null]}`},
		{"a series that is deleted does not fit", leveled(ofBoth, `{"action":"Replace","series":{"0:0":{"observations":{"0":[1]}}}},{"action":"Delete","series":{"0:7":{}}}`), Options{}, `error: key "0:7" of a series does not fit the structure: there is no value 7 of dimension "K", which has 2 (line 6, column 325, byte 798)`},

		{"booleans, arrays and texts of languages as values", version2("", observations(`"0:0":[true],"0:1":[["a",["b"],1]],"1:0":[{"en":"c"}],"1:1":[false]`)), Options{}, `"label":"Label","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"value":["true","a; b; 1","c","false"]}`},
		{"attributes that are objects and arrays", version2(`,"attributes":{"observation":[{"id":"X"}]}`, observations(`"0:0":[1,{"en":"x","fr":"y"}],"0:1":[2,[1,2]],"1:0":[3,7],"1:1":[4,true]`)), Options{}, `"label":"Label","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"extension":{"sdmx":{"attributes":{"X":{"0":{"en":"x","fr":"y"},"1":[1,2],"2":7,"3":true}}}},"value":[1,2,3,4]}`},
		{"annotations with nothing to say", strings.Replace(envelope("", observations(`"0:0":[1,0,1]`)), `"structure":{`, `"structure":{"annotations":[{},{"id":"i"}],`, 1), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"extension":{"sdmx":{"annotations":["{}","i"]}},"value":[1,null,null,null]}`},
		{"blanks and newlines", envelope(obsStatus, "{ \"observations\" : {\n\t\"0:0\" : [ 1 , 0 ] ,\r\n \"1:1\" :\tnull , \"1:0\":[ ] } }"), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"extension":{"status":{"label":{"A":"Normal","M":"Missing"}}},"value":[1,null,null,null],"status":["A",null,null,null]}`},
		{"links of every kind", strings.Replace(envelope("", observations(`"0:0":[1]`)), `"header":{`, `"header":{"links":[{"rel":"self","href":"https://s"},{"rel":"request","href":"https://r"},{"rel":"copyright","href":"https://c","title":"Rights","type":"text/html"},{"rel":"odd","href":"https://o"},{"rel":"help"}],"request":{"uri":"https://r"},`, 1), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","link":{"alternate":[{"type":"application/vnd.sdmx.data+json","href":"https://r"}],"copyright":[{"type":"text/html","href":"https://c","label":"Rights"}],"related":[{"href":"https://o"}]},"role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"value":[1,null,null,null]}`},
		{"names in languages alone", strings.NewReplacer(`"name":"Zero"`, `"names":{"en":"Zero","fr":"Zéro"}`, `"name":"Letter"`, `"name":{"en":"Letter","fr":"Lettre"}`, `"name":"Label"`, `"names":{"fr":"Titre"}`).Replace(envelope("", observations(`"0:0":[1]`))), Options{Lang: "fr"}, `"label":"Titre","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Lettre","category":{"index":["a0","a1"],"label":{"a0":"Zéro","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"extension":{"sdmx":{"language":"fr"}},"value":[1,null,null,null]}`},
		{"names in the first language", strings.NewReplacer(`"name":"Zero"`, `"names":{"en":"Zero","fr":"Zéro"}`, `"name":"Letter"`, `"name":{"en":"Letter","fr":"Lettre"}`).Replace(envelope("", observations(`"0:0":[1]`))), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"value":[1,null,null,null]}`},
		{"one data set of two by its number", envelope("", observations(`"0:0":[1]`)+","+observations(`"0:0":[4]`)), Options{DataSet: "0"}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"value":[1,null,null,null]}`},
		{"two data sets of one key", envelope("", observations(`"0:0":[1]`)+","+observations(`"0:0":[4]`)), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"value":[1,null,null,null]}` + "\n" +
			`"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"value":[4,null,null,null]}` + "\n" +
			"\n" +
			`warning: data sets have observations for the same keys: they are cubes of their own`},
		{"an unknown number of a data set", envelope("", observations(`"0:0":[1]`)+","+observations(`"0:0":[4]`)), Options{DataSet: "2"}, `error: there is no dataset "2"; did you mean "0" or "1"?`},
		{"a control character in a key", envelope("", observations("\"0\t:0\":[1]")), Options{}, `error: control character 0x09 in a string (line 4, column 65, byte 345)`},
		{"a control character in a text", envelope("", observations("\"0:0\":[\"a\tb\"]")), Options{}, `error: control character 0x09 in a string (line 4, column 72, byte 352)`},
		{"an array that is none", envelope("", observations(`"0:0":[1,[}]]`)), Options{}, `error: unexpected character }, expected a comma or the end of the array (line 4, column 77, byte 357)`},
		{"no comma between observations", envelope("", observations(`"0:0":[1] "0:1":[2]`)), Options{}, `error: unexpected character ", expected a comma or the end of the observations (line 4, column 73, byte 353)`},
		{"no comma in an array", envelope("", observations(`"0:0":[1 2]`)), Options{}, `error: unexpected character 2, expected a comma or the end of an array (line 4, column 72, byte 352)`},
		{"a key that is no text", envelope("", observations(`0:[1]`)), Options{}, `error: unexpected character 0, expected the key of an observation (line 4, column 63, byte 343)`},
		{"minus alone", envelope("", observations(`"0:0":[-]`)), Options{}, `error: unexpected character ], expected a digit (line 4, column 71, byte 351)`},
		{"nil for null", envelope("", observations(`"0:0":nil`)), Options{}, `error: unexpected character n, expected a value (line 4, column 69, byte 349)`},

		{"numbers of every first digit", envelope("", observations(`"0:0":[9],"0:1":[-9],"1:0":[0],"1:1":[-0.5]`)), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"value":[9,-9,0,-0.5]}`},
		{"parents in a line, in a circle and not there", strings.Replace(envelope("", observations(`"0:0":[1]`)), `{"id":"a0","name":"Zero"},{"id":"a1","name":"One"}`,
			`{"id":"a0","name":"Zero"},{"id":"a1","name":"One","parent":"a0"},{"id":"a2","parent":"a1"},{"id":"a3","parent":"a3"},{"id":"a4","parent":"zz"},{"id":"a5","parent":"a6"},{"id":"a6","parent":"a5"}`, 1), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[7,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1","a2","a3","a4","a5","a6"],"label":{"a0":"Zero","a1":"One","a2":"a2","a3":"a3","a4":"a4","a5":"a5","a6":"a6"},"child":{"a0":["a1"],"a1":["a2"]}},"extension":{"sdmx":{"parent":{"a3":"a3","a4":"zz","a5":"a6","a6":"a5"}}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"value":[1,null,null,null,null,null,null,null,null,null,null,null,null,null]}`},
		{"statuses without names, of one id, or null", envelope(`{"id":"OBS_STATUS","values":[{"id":"A","name":"Normal"},null,{"id":"A","name":"Again"},{"id":"B"}]}`, observations(`"0:0":[1,0],"0:1":[2,1],"1:0":[3,2],"1:1":[4,3]`)), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"extension":{"status":{"label":{"A":"Normal"}}},"value":[1,2,3,4],"status":["A",null,"A","B"]}`},
		{"units and multipliers", envelope(`{"id":"UNIT_MEASURE","values":[{"id":"KG","name":"Kilograms"},{"id":"T"}]},{"id":"UNIT","values":[{"id":"X"}]},{"id":"UNIT_MULT","values":[{"id":"3"},{"id":"x"}]}`, observations(`"0:0":[1,0,0,0],"0:1":[2,0,0,0],"1:0":[3,1,0,1],"1:1":[4,1,0,1]`)), Options{TableOptions: convert.TableOptions{Roles: map[string]jsonstat.Role{"A": jsonstat.Metric}}}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"],"metric":["A"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"},"unit":{"a0":{"label":"Kilograms","base":"KG","multiplier":3},"a1":{"label":"T"}}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"extension":{"sdmx":{"attributes":{"UNIT_MEASURE":{"dimensions":["A"],"values":{"a0":"KG","a1":"T"}},"UNIT":{"id":"X"},"UNIT_MULT":{"dimensions":["A"],"values":{"a0":"3","a1":"x"}}},"label":{"UNIT_MEASURE":{"KG":"Kilograms"}}}},"value":[1,2,3,4]}`},
		{"key that is out of order", "DATAFLOW,OBS_KEY,A,B,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nF,2020.b.a,a,b,2020,1,b\n", Options{}, `"label":"F","role":{"time":["TIME_PERIOD"]},"id":["A","B","TIME_PERIOD"],"size":[1,1,1],"dimension":{"A":{"category":{"index":["a"]}},"B":{"category":{"index":["b"]}},"TIME_PERIOD":{"category":{"index":["2020"]}}},"extension":{"sdmx":{"id":"F"}},"value":[1],"status":["b"]}`},
		{"a key of what columns say twice", "DATAFLOW,OBS_KEY,A,B,C,OBS_VALUE\nF,x.x,x,x,x,1\n", Options{}, `"label":"F","id":["A","B"],"size":[1,1],"dimension":{"A":{"category":{"index":["x"]}},"B":{"category":{"index":["x"]}}},"extension":{"sdmx":{"id":"F","attributes":{"C":"x"}}},"value":[1]}`},
		{"a key of ids and names", "DATAFLOW,OBS_KEY,A: Letter,B: Other,OBS_VALUE\nF,a.b,a: One,b: Two,1\n", Options{}, `"label":"F","id":["A","B"],"size":[1,1],"dimension":{"A":{"label":"Letter","category":{"index":["a"],"label":{"a":"One"}}},"B":{"label":"Other","category":{"index":["b"],"label":{"b":"Two"}}}},"extension":{"sdmx":{"id":"F"}},"value":[1]}`},
		{"texts in languages with the mark in them", "STRUCTURE[;],STRUCTURE_ID,A,OBS_VALUE,X[en;fr]\ndataflow,F,a,1,\"en:Yes; no;fr:Oui; de:non\"\n", Options{}, `"label":"F","id":["A"],"size":[1],"dimension":{"A":{"category":{"index":["a"]}}},"extension":{"sdmx":{"id":"F","attributes":{"X":{"en":"Yes; no","fr":"Oui; de:non"}}}},"value":[1]}`},
		{"annotations of data sets that are not there or come twice", strings.Replace(envelope("", `{"annotations":[1,7,-1,2,1],"observations":{"0:0":[1]}},{"annotations":[0,1],"observations":{"1:1":[2]}}`), `"structure":{`, `"structure":{"annotations":[{"text":"first"},{"text":"second"}],`, 1), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","note":["second","first"],"role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"value":[1,null,null,2]}`},
		{"data sets of another time are a cube of their own", envelope("", `{"validFrom":"2023","observations":{"0:0":[1]}},{"validFrom":"2024","observations":{"0:0":[2]}},{"validFrom":"2023","observations":{"1:1":[3]}},{"validFrom":"2024","observations":{"1:0":[4]}}`), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"extension":{"sdmx":{"validFrom":"2023"}},"value":[1,null,null,3]}` + "\n" +
			`"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"extension":{"sdmx":{"validFrom":"2024"}},"value":[2,null,4,null]}`},
		{"a delete belongs to data of its time", envelope("", `{"validFrom":"2023","action":"Replace","observations":{"0:0":[1]}},{"validFrom":"2024","action":"Replace","observations":{"0:0":[2],"0:1":[3]}},{"validFrom":"2024","action":"Delete","observations":{"0:0":[]}}`), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"extension":{"sdmx":{"validFrom":"2023"}},"value":[1,null,null,null]}` + "\n" +
			`"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"extension":{"sdmx":{"validFrom":"2024"}},"value":[null,3,null,null]}`},
		{"a delete of no time belongs to the last data", envelope("", `{"validFrom":"2023","action":"Replace","observations":{"0:0":[1],"0:1":[3]}},{"validFrom":"2024","action":"Replace","observations":{"0:0":[2]}},{"action":"Delete","observations":{"0:0":[]}}`), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"extension":{"sdmx":{"validFrom":"2023"}},"value":[1,3,null,null]}` + "\n" +
			`"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"extension":{"sdmx":{"validFrom":"2024"}},"value":[null,null,null,null]}`},
		{"data sets of two structures", `{"meta":{},"data":{"structures":[{"name":"First","dimensions":{"observation":[{"id":"A","values":[{"id":"a"}]}]}},{"name":"Second","dimensions":{"observation":[{"id":"B","values":[{"id":"b"},{"id":"c"}]}]}}],"dataSets":[{"structure":1,"observations":{"0":[1]}},{"structure":0,"observations":{"0":[2]}},{"structure":1,"observations":{"1":[3]}}]}}`, Options{}, `"label":"Second","id":["B"],"size":[2],"dimension":{"B":{"category":{"index":["b","c"],"label":{"b":"b","c":"c"}}}},"value":[1,3]}` + "\n" +
			`"label":"First","id":["A"],"size":[1],"dimension":{"A":{"category":{"index":["a"],"label":{"a":"a"}}}},"value":[2]}`},
		{"a value that the list leaves empty", envelope(`{"id":"X","values":[]},{"id":"Y","values":[{"id":"y"}]}`, observations(`"0:0":[1,0,[0]],"0:1":[2,1,[0,3]],"1:0":[3,"free",["z"]]`)), Options{}, `"label":"Label","source":"S","updated":"2025-01-01","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[2,2],"dimension":{"A":{"label":"Letter","category":{"index":["a0","a1"],"label":{"a0":"Zero","a1":"One"}}},"TIME_PERIOD":{"label":"Time","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}}},"extension":{"sdmx":{"attributes":{"X":{"0":0,"1":1,"2":"free"},"Y":{"0":["y"],"1":["y",3],"2":["z"]}}}},"value":[1,2,3,null]}`},
		{"a key of nine digits and one of ten", envelope("", observations(`"000000001:0":[1],"0:0000000001":[2]`)), Options{}, `error: key "0:0000000001" of an observation does not fit the structure: it is no list of indexes with colons between them (line 4, column 82, byte 362)`},
		{"keys of observations", "DATAFLOW,OBS_KEY,OBS_VALUE,X,B,A,TIME_PERIOD\nF,a.b.2020,1,x,b,a,2020\nF,c.b.2020,2,x,b,c,2020\n", Options{}, `"label":"F","role":{"time":["TIME_PERIOD"]},"id":["B","A","TIME_PERIOD"],"size":[1,2,1],"dimension":{"B":{"category":{"index":["b"]}},"A":{"category":{"index":["a","c"]}},"TIME_PERIOD":{"category":{"index":["2020"]}}},"extension":{"sdmx":{"id":"F","attributes":{"X":"x"}}},"value":[1,2]}`},
		{"keys of series", "DATAFLOW,SERIES_KEY,X,OBS_VALUE,B,A,TIME_PERIOD\nF,a.b,x,1,b,a,2020\nF,c.b,y,2,b,c,2020\n", Options{}, `"label":"F","role":{"time":["TIME_PERIOD"]},"id":["B","A","TIME_PERIOD"],"size":[1,2,1],"dimension":{"B":{"category":{"index":["b"]}},"A":{"category":{"index":["a","c"]}},"TIME_PERIOD":{"category":{"index":["2020"]}}},"extension":{"sdmx":{"id":"F","attributes":{"X":{"0":"x","1":"y"}}}},"value":[1,2]}`},
		{"keys of series without a time", "DATAFLOW,SERIES_KEY,X,OBS_VALUE,B,A\nF,a.b,x,1,b,a\nF,c.b,y,2,b,c\n", Options{}, `"label":"F","id":["X"],"size":[2],"dimension":{"X":{"category":{"index":["x","y"]}}},"extension":{"sdmx":{"id":"F","attributes":{"B":"b","A":{"0":"a","1":"c"}}}},"value":[1,2]}`},
		{"keys that no columns have", "DATAFLOW,OBS_KEY,A,OBS_VALUE\nF,z.y,a,1\n", Options{}, `"label":"F","id":["A"],"size":[1],"dimension":{"A":{"category":{"index":["a"]}}},"extension":{"sdmx":{"id":"F"}},"value":[1]}`},
		{"dimensions behind the values", "DATAFLOW,A,OBS_VALUE,REF_AREA,TIME_PERIOD,FREQ,X\nF,a,1,NO,2020,A,x\n", Options{}, `"label":"F","role":{"time":["TIME_PERIOD"]},"id":["A","TIME_PERIOD"],"size":[1,1],"dimension":{"A":{"category":{"index":["a"]}},"TIME_PERIOD":{"category":{"index":["2020"]}}},"extension":{"sdmx":{"id":"F","attributes":{"REF_AREA":"NO","FREQ":"A","X":"x"}}},"value":[1]}`},
		{"attributes of several values", "STRUCTURE[;],STRUCTURE_ID,A,OBS_VALUE,X[],Y\ndataflow,F,a,1,p;q,r;s\ndataflow,F,b,2,p,\n", Options{}, `"label":"F","id":["A"],"size":[2],"dimension":{"A":{"category":{"index":["a","b"]}}},"extension":{"sdmx":{"id":"F","attributes":{"X":{"0":["p","q"],"1":["p"]},"Y":{"0":"r;s"}}}},"value":[1,2]}`},
		{"texts in languages", "STRUCTURE[;],STRUCTURE_ID,A,OBS_VALUE,X[en;fr]\ndataflow,F,a,1,\"en:Yes;fr:Oui\"\ndataflow,F,b,2,no\n", Options{Lang: "fr"}, `"label":"F","id":["A"],"size":[2],"dimension":{"A":{"category":{"index":["a","b"]}}},"extension":{"sdmx":{"id":"F","attributes":{"X":{"0":"Oui","1":"no"}}}},"value":[1,2]}`},
		{"two values that are no numbers", "DATAFLOW,A,OBS_VALUE\nF,a,few\nF,b,many\n", Options{}, `"label":"F","id":["A"],"size":[2],"dimension":{"A":{"category":{"index":["a","b"]}}},"extension":{"sdmx":{"id":"F"}},"value":["few","many"]}` + "\n" +
			"\n" +
			`warning: line 2: value "few" is no number: it is a text` + "\n" +
			`warning: 2 values are no numbers: they are texts`},
		{"an unknown column", "DATAFLOW," + letters(5) + "OBS_VALUE\nF," + letters(5) + "1\n", Options{TableOptions: convert.TableOptions{Values: []string{"zzzz"}}}, `error: there is no column "zzzz": the columns are DATAFLOW, A, B, C, D, E, OBS_VALUE`},
		{"an empty message", " ", Options{From: CSV}, `error: the input is empty`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := cameOf(t, tt.message, tt.o)
			if got != tt.want {
				t.Errorf("it is\n%s\nwant\n%s", got, tt.want)
			}
			if tt.message[0] != '{' {
				return
			}
			defer func(n int) { readWindow = n }(readWindow)
			readWindow = 3
			if again := cameOf(t, tt.message, tt.o); again != tt.want {
				t.Errorf("through a small window it is\n%s\nwant\n%s", again, tt.want)
			}
			defer func(p rows.Policy) { policy = p }(policy)
			policy = rows.Policy{Small: 0, Thin: 1}
			want := tt.want
			if strings.HasPrefix(want, "error: there are two observations") { // it shows at the end, without a place
				want, _, _ = strings.Cut(want, " (line ")
			}
			if again := cameOf(t, tt.message, tt.o); again != want {
				t.Errorf("as a sparse cube it is\n%s\nwant\n%s", again, want)
			}
		})
	}
}

// letters are so many ids, each with a comma behind it.
func letters(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%c,", 'A'+i)
	}
	return b.String()
}

// TestManyValues: an attribute may have more values than fit in a byte, listed or not.
func TestManyValues(t *testing.T) {
	const n = 600
	for _, listed := range []bool{false, true} {
		for _, small := range []int{3, readWindow} {
			defer func(n int) { readWindow = n }(readWindow)
			readWindow = small
			var categories, values, rows []string
			for i := range n {
				categories = append(categories, fmt.Sprintf(`{"id":"c%d"}`, i))
				values = append(values, fmt.Sprintf(`{"id":"v%d"}`, i))
				text := fmt.Sprintf(`"v%d"`, i)
				if listed {
					text = fmt.Sprint(i)
				}
				if i%100 == 50 {
					text = "null"
				}
				rows = append(rows, fmt.Sprintf(`"%d":[%d,%s]`, i, i, text))
			}
			attribute := `{"id":"X"}`
			if listed {
				attribute = `{"id":"X","values":[` + strings.Join(values, ",") + `]}`
			}
			out := cameOf(t, `{"header":{},"structure":{"dimensions":{"observation":[{"id":"D","values":[`+strings.Join(categories, ",")+`]}]},"attributes":{"observation":[`+attribute+`]}},"dataSets":[{"observations":{`+strings.Join(rows, ",")+`}}]}`, Options{})
			for i := range n {
				if has := strings.Contains(out, fmt.Sprintf(`"%d":"v%d"`, i, i)); has != (i%100 != 50) {
					t.Fatalf("listed %t: category %d has its value: %t\n%.3000s", listed, i, has, out)
				}
			}
		}
	}
}
