package convert_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

type table = convert.Table

func TestWriteCSV(t *testing.T) {
	tests := []struct {
		name string
		o    *convert.CSVOptions
		want string
	}{
		{"nil", nil, "Port,Catch,Value\nNorth quay,Weight,120\nNorth quay,Share,12.5\nSouth quay,Weight,n/a\nSouth quay,Share,7.25\n"},
		{"zero value", &convert.CSVOptions{}, "Port,Catch,Value\nNorth quay,Weight,120\nNorth quay,Share,12.5\nSouth quay,Weight,n/a\nSouth quay,Share,7.25\n"},

		{"status", &convert.CSVOptions{Status: true},
			"Port,Catch,Status,Value\nNorth quay,Weight,,120\nNorth quay,Share,,12.5\nSouth quay,Weight,x,n/a\nSouth quay,Share,,7.25\n"},
		{"names", &convert.CSVOptions{Status: true, ValueName: "Tonnes, kg", StatusName: "Mark"},
			"Port,Catch,Mark,\"Tonnes, kg\"\nNorth quay,Weight,,120\nNorth quay,Share,,12.5\nSouth quay,Weight,x,n/a\nSouth quay,Share,,7.25\n"},
		{"a name like a dimension", &convert.CSVOptions{ValueName: "Port"},
			"Port,Catch,Port\nNorth quay,Weight,120\nNorth quay,Share,12.5\nSouth quay,Weight,n/a\nSouth quay,Share,7.25\n"},
		{"field id forces the names", &convert.CSVOptions{Table: table{Field: convert.ID}, Status: true, ValueName: "V", StatusName: "S"},
			"port,what,status,value\nNorth quay,Weight,,120\nNorth quay,Share,,12.5\nSouth quay,Weight,x,n/a\nSouth quay,Share,,7.25\n"},
		{"field both keeps them", &convert.CSVOptions{Table: table{Field: convert.Both}, ValueName: "V"},
			"[port] Port,[what] Catch,V\nNorth quay,Weight,120\nNorth quay,Share,12.5\nSouth quay,Weight,n/a\nSouth quay,Share,7.25\n"},
		{"field columns counts as label", &convert.CSVOptions{Table: table{Field: convert.Columns}},
			"Port,Catch,Value\nNorth quay,Weight,120\nNorth quay,Share,12.5\nSouth quay,Weight,n/a\nSouth quay,Share,7.25\n"},

		{"content id", &convert.CSVOptions{Table: table{Content: convert.ID}}, "Port,Catch,Value\nN1,kg,120\nN1,pc,12.5\nS2,kg,n/a\nS2,pc,7.25\n"},
		{"content both", &convert.CSVOptions{Table: table{Content: convert.Both}},
			"Port,Catch,Value\n[N1] North quay,[kg] Weight,120\n[N1] North quay,[pc] Share,12.5\n[S2] South quay,[kg] Weight,n/a\n[S2] South quay,[pc] Share,7.25\n"},
		{"content columns", &convert.CSVOptions{Table: table{Content: convert.Columns}},
			"port,Port label,what,Catch,Value\nN1,North quay,kg,Weight,120\nN1,North quay,pc,Share,12.5\nS2,South quay,kg,Weight,n/a\nS2,South quay,pc,Share,7.25\n"},

		{"separator", &convert.CSVOptions{Separator: "\t"}, "Port\tCatch\tValue\nNorth quay\tWeight\t120\nNorth quay\tShare\t12.5\nSouth quay\tWeight\tn/a\nSouth quay\tShare\t7.25\n"},
		{"a semicolon brings the decimal comma", &convert.CSVOptions{Separator: ";"},
			"Port;Catch;Value\nNorth quay;Weight;120\nNorth quay;Share;12,5\nSouth quay;Weight;n/a\nSouth quay;Share;7,25\n"},
		{"unless a mark is given", &convert.CSVOptions{Separator: ";", Decimal: "."},
			"Port;Catch;Value\nNorth quay;Weight;120\nNorth quay;Share;12.5\nSouth quay;Weight;n/a\nSouth quay;Share;7.25\n"},
		{"na empty", &convert.CSVOptions{NA: text("")}, "Port,Catch,Value\nNorth quay,Weight,120\nNorth quay,Share,12.5\nSouth quay,Weight,\nSouth quay,Share,7.25\n"},
		{"na with the separator", &convert.CSVOptions{NA: text("a,b")}, "Port,Catch,Value\nNorth quay,Weight,120\nNorth quay,Share,12.5\nSouth quay,Weight,\"a,b\"\nSouth quay,Share,7.25\n"},

		{"crlf", &convert.CSVOptions{CRLF: true}, "Port,Catch,Value\r\nNorth quay,Weight,120\r\nNorth quay,Share,12.5\r\nSouth quay,Weight,n/a\r\nSouth quay,Share,7.25\r\n"},
		{"bom", &convert.CSVOptions{BOM: true}, "\ufeffPort,Catch,Value\nNorth quay,Weight,120\nNorth quay,Share,12.5\nSouth quay,Weight,n/a\nSouth quay,Share,7.25\n"},

		{"non-missing", &convert.CSVOptions{Table: table{Keep: convert.NonMissing}}, "Port,Catch,Value\nNorth quay,Weight,120\nNorth quay,Share,12.5\nSouth quay,Share,7.25\n"},
		{"non-empty", &convert.CSVOptions{Table: table{Keep: convert.NonEmpty}}, "Port,Catch,Value\nNorth quay,Weight,120\nNorth quay,Share,12.5\nSouth quay,Weight,n/a\nSouth quay,Share,7.25\n"},

		{"by", &convert.CSVOptions{Table: table{By: []string{"what"}}}, "Port,Weight,Share\nNorth quay,120,12.5\nSouth quay,n/a,7.25\n"},
		{"by the first", &convert.CSVOptions{Table: table{By: []string{"port"}}}, "Catch,North quay,South quay\nWeight,120,n/a\nShare,12.5,7.25\n"},
		{"by all", &convert.CSVOptions{Table: table{By: []string{"what", "port"}}},
			"Weight North quay,Weight South quay,Share North quay,Share South quay\n120,n/a,12.5,7.25\n"},
		{"by with ids", &convert.CSVOptions{Table: table{By: []string{"what"}, Field: convert.ID, Content: convert.ID}}, "port,kg,pc\nN1,120,12.5\nS2,n/a,7.25\n"},
		{"by with both", &convert.CSVOptions{Table: table{By: []string{"what"}, Field: convert.Both, Content: convert.Columns}},
			"port,Port label,[kg] Weight,[pc] Share\nN1,North quay,120,12.5\nS2,South quay,n/a,7.25\n"},
		{"status has no effect with by", &convert.CSVOptions{Table: table{By: []string{"what"}}, Status: true}, "Port,Weight,Share\nNorth quay,120,12.5\nSouth quay,n/a,7.25\n"},
		{"status columns", &convert.CSVOptions{Table: table{By: []string{"what"}}, StatusColumns: true},
			"Port,Weight,Weight Status,Share,Share Status\nNorth quay,120,,12.5,\nSouth quay,n/a,x,7.25,\n"},
		{"status columns with a name", &convert.CSVOptions{Table: table{By: []string{"what"}}, StatusColumns: true, StatusName: "flag", CRLF: true, Separator: ";"},
			"Port;Weight;Weight flag;Share;Share flag\r\nNorth quay;120;;12,5;\r\nSouth quay;n/a;x;7,25;\r\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, toCSV(t, dataset(t, harvest), tt.o))
			require.Equal(t, tt.want, toCSV(t, streamed(t, harvest, tt.o.Need()), tt.o), "from a pipe")
		})
	}
}

// TestStatusColumnsNeedBy holds that they have no effect in long form, not even
// on the header.
func TestStatusColumnsNeedBy(t *testing.T) {
	require.Equal(t, toCSV(t, dataset(t, harvest), nil), toCSV(t, dataset(t, harvest), &convert.CSVOptions{StatusColumns: true}))
}

func TestNeed(t *testing.T) {
	const head, status, order = jsonstat.NeedHead, jsonstat.NeedStatus, jsonstat.NeedOrder
	tests := []struct {
		name string
		o    *convert.CSVOptions
		want jsonstat.Need
	}{
		{"nil", nil, 0},
		{"zero value", &convert.CSVOptions{}, 0},
		{"status", &convert.CSVOptions{Status: true}, status},
		{"status columns", &convert.CSVOptions{StatusColumns: true}, status},
		{"non-missing", &convert.CSVOptions{Table: table{Keep: convert.NonMissing}}, 0},
		{"non-empty", &convert.CSVOptions{Table: table{Keep: convert.NonEmpty}}, status},
		{"by", &convert.CSVOptions{Table: table{By: []string{"a"}}}, order},
		{"status text", &convert.CSVOptions{Table: table{StatusText: convert.StatusBoth}, Status: true}, status | head},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, tt.o.Need()) })
	}
	require.Equal(t, head|status, (*convert.CSVStatOptions)(nil).Need())
	require.Equal(t, head|status, (&convert.CSVStatOptions{}).Need())
}

// TestKinds has every kind of value and every layout of numbers, which take
// other ways through the writer with another decimal mark.
func TestKinds(t *testing.T) {
	in := []string{`1`, `-1.5`, `1.0`, `1E3`, `-0`, `0.1e-6`, `0.000001`, `1e21`, `12345678901234567890.10`, `0.30000000000000004`,
		`null`, `"text"`, `"a\"b,c"`, `"1.5"`, `"1,5"`, `""`, `true`, `false`}
	doc := cube(`"value":[`+strings.Join(in, ",")+`]`, len(in))
	tests := []struct {
		name string
		o    convert.CSVOptions
		want []string
	}{
		{"point", convert.CSVOptions{}, []string{`1`, `-1.5`, `1`, `1000`, `0`, `1e-7`, `0.000001`, `1e+21`, `12345678901234567890.1`, `0.30000000000000004`,
			`n/a`, `text`, `"a""b,c"`, `1.5`, `"1,5"`, ``, `true`, `false`}},
		{"comma", convert.CSVOptions{Separator: ";"}, []string{`1`, `-1,5`, `1`, `1000`, `0`, `1e-7`, `0,000001`, `1e+21`, `12345678901234567890,1`, `0,30000000000000004`,
			`n/a`, `text`, `"a""b,c"`, `1.5`, `1,5`, ``, `true`, `false`}},
		{"mark and separator alike", convert.CSVOptions{Decimal: ","}, []string{`1`, `"-1,5"`, `1`, `1000`, `0`, `1e-7`, `"0,000001"`, `1e+21`, `"12345678901234567890,1"`, `"0,30000000000000004"`,
			`n/a`, `text`, `"a""b,c"`, `1.5`, `"1,5"`, ``, `true`, `false`}},
		{"a point separates", convert.CSVOptions{Separator: "."}, []string{`1`, `"-1.5"`, `1`, `1000`, `0`, `1e-7`, `"0.000001"`, `1e+21`, `"12345678901234567890.1"`, `"0.30000000000000004"`,
			`n/a`, `text`, `"a""b,c"`, `"1.5"`, `1,5`, ``, `true`, `false`}},
		{"a digit separates", convert.CSVOptions{Separator: "1"}, []string{`"1"`, `"-1.5"`, `"1"`, `"1000"`, `0`, `"1e-7"`, `"0.000001"`, `"1e+21"`, `"12345678901234567890.1"`, `0.30000000000000004`,
			`n/a`, `text`, `"a""b,c"`, `"1.5"`, `"1,5"`, ``, `true`, `false`}},
		{"a letter separates", convert.CSVOptions{Separator: "e"}, []string{`1`, `-1.5`, `1`, `1000`, `0`, `"1e-7"`, `0.000001`, `"1e+21"`, `12345678901234567890.1`, `0.30000000000000004`,
			`n/a`, `"text"`, `"a""b,c"`, `1.5`, `1,5`, ``, `"true"`, `"false"`}},
		{"minus separates", convert.CSVOptions{Separator: "-"}, []string{`1`, `"-1.5"`, `1`, `1000`, `0`, `"1e-7"`, `0.000001`, `1e+21`, `12345678901234567890.1`, `0.30000000000000004`,
			`n/a`, `text`, `"a""b,c"`, `1.5`, `1,5`, ``, `true`, `false`}},
		{"several characters", convert.CSVOptions{Separator: "::", Decimal: "·"}, []string{`1`, `-1·5`, `1`, `1000`, `0`, `1e-7`, `0·000001`, `1e+21`, `12345678901234567890·1`, `0·30000000000000004`,
			`n/a`, `text`, `"a""b,c"`, `1.5`, `1,5`, ``, `true`, `false`}},
		{"the mark has the separator in it", convert.CSVOptions{Separator: ":", Decimal: "::"}, []string{`1`, `"-1::5"`, `1`, `1000`, `0`, `1e-7`, `"0::000001"`, `1e+21`, `"12345678901234567890::1"`, `"0::30000000000000004"`,
			`n/a`, `text`, `"a""b,c"`, `1.5`, `1,5`, ``, `true`, `false`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines := strings.Split(strings.TrimSuffix(toCSV(t, dataset(t, doc), &tt.o), "\n"), "\n")
			require.Len(t, lines, len(tt.want)+1)
			for i, want := range tt.want {
				require.True(t, strings.HasSuffix(lines[i+1], sepOf(tt.o)+want), "%s as %s, not %s", in[i], lines[i+1], want)
			}
			// A pivot takes yet another way.
			tt.o.By = []string{"a"}
			require.Equal(t, strings.Join(tt.want, sepOf(tt.o)), strings.Split(toCSV(t, dataset(t, doc), &tt.o), "\n")[1])
		})
	}
}

func sepOf(o convert.CSVOptions) string {
	if o.Separator == "" {
		return ","
	}
	return o.Separator
}

func TestStatusText(t *testing.T) {
	const own = `"extension":{"status":{"label":{"p":"provisional","x,y":"a, \"b\""}}},`
	const norwegian = `"extension":{"px":{"language":"no"}},`
	tests := []struct {
		name, extension string
		o               convert.CSVOptions
		want            []string // statuses "", "p", "..", "x,y", "?"
	}{
		{"code", own, convert.CSVOptions{}, []string{``, `p`, `..`, `"x,y"`, `?`}},
		{"label", own, convert.CSVOptions{Table: table{StatusText: convert.StatusLabel}}, []string{``, `provisional`, `*`, `"a, ""b"""`, `?`}},
		{"both", own, convert.CSVOptions{Table: table{StatusText: convert.StatusBoth}}, []string{``, `[p] provisional`, `*`, `"[x,y] a, ""b"""`, `?`}},
		{"the language given", norwegian, convert.CSVOptions{Table: table{StatusText: convert.StatusLabel, Lang: "en"}}, []string{``, `p`, `*`, `"x,y"`, `?`}},
		{"the document's language", norwegian, convert.CSVOptions{Table: table{StatusText: convert.StatusLabel}}, []string{``, `p`, `*`, `"x,y"`, `?`}},
	}
	meanings := map[string]string{}
	for _, lang := range []string{"en", "no"} {
		meaning, ok := jsonstat.SymbolText("..", lang)
		require.True(t, ok)
		meanings[lang] = meaning
	}
	require.NotEqual(t, meanings["en"], meanings["no"])
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Status = true
			lang := "en"
			if strings.Contains(tt.extension, "no") && tt.o.Lang == "" {
				lang = "no"
			}
			meaning := meanings[lang]
			if tt.o.StatusText == convert.StatusBoth {
				meaning = "[..] " + meaning
			}
			doc := cube(tt.extension+`"value":[1,2,3,4,5],"status":[null,"p","..","x,y","?"]`, 5)
			want := "a,Status,Value\n"
			for i, status := range tt.want {
				if status == "*" { // by the standard table
					if status = meaning; strings.Contains(status, ",") {
						status = `"` + status + `"`
					}
				}
				want += "a" + string(rune('0'+i)) + "," + status + "," + string(rune('1'+i)) + "\n"
			}
			require.Equal(t, want, toCSV(t, dataset(t, doc), &tt.o))
			require.Equal(t, want, toCSV(t, streamed(t, doc, tt.o.Need()), &tt.o), "from a pipe")
		})
	}
}

func TestGuard(t *testing.T) {
	// Ids "-" and "=id", labels that look like formulas, a status and a value likewise.
	const doc = `{"version":"2.0","class":"dataset","id":["=a","b"],"size":[8,1],"dimension":{
		"=a":{"label":"@SUM(A1)","category":{"index":["-","p","m","t","n","r","one","=id"],"label":{"-":"-","p":"+1+1","m":"-2+3","t":"\tx","n":"-5","r":"\rx","one":"="}}},
		"b":{"category":{"index":["b"]}}},
		"value":["=1+1",-1,"-","-1.5","+47","@x","ok",null],"status":["=s",null,null,null,null,null,null,null]}`
	o := &convert.CSVOptions{Status: true, NA: text("-na"), Guard: true}
	require.Equal(t, strings.Join([]string{
		`'@SUM(A1),b,Status,Value`,
		`-,b,=s,'=1+1`,
		`'+1+1,b,,-1`,
		`'-2+3,b,,-`,
		`"'	x",b,,-1.5`,
		`-5,b,,'+47`,
		`"'` + "\r" + `x",b,,'@x`,
		`=,b,,ok`,
		`=id,b,,-na`,
		``}, "\n"), toCSV(t, dataset(t, doc), o))
	// Ids are codes, whatever they look like; a pivoted label heads a column.
	o = &convert.CSVOptions{Table: table{Content: convert.ID, By: []string{"b"}}, Guard: true}
	require.Contains(t, toCSV(t, dataset(t, doc), o), "\n-,'=1+1\n")
	o.By = []string{"=a"}
	require.Contains(t, toCSV(t, dataset(t, doc), o), "b,-,'+1+1,'-2+3,")
	o.Guard = false
	require.Contains(t, toCSV(t, dataset(t, doc), o), "b,-,+1+1,-2+3,")
}

func TestWarn(t *testing.T) {
	doc := cube(`"value":[1,2,3,4]`, 2, 1, 2)
	tests := []struct {
		name string
		o    table
		want []string
	}{
		{"nothing to say", table{By: []string{"a"}, Drop: []string{"b"}}, nil},
		{"drop without by", table{Drop: []string{"b"}}, []string{"dropping dimensions has no effect without a dimension to pivot by"}},
		{"drop of several categories", table{By: []string{"a"}, Drop: []string{"c", "b"}}, []string{`dimension "c" is not dropped: it has 2 categories, not one`}},
		{"drop of the pivot", table{By: []string{"b"}, Drop: []string{"b"}}, []string{`dimension "b" cannot be dropped: the table is pivoted by it`}},
		{"drop of a larger pivot", table{By: []string{"a"}, Drop: []string{"a"}}, []string{`dimension "a" cannot be dropped: the table is pivoted by it`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			silent := toCSV(t, dataset(t, doc), &convert.CSVOptions{Table: tt.o})
			var got []string
			tt.o.Warn = func(message string) { got = append(got, message) }
			require.Equal(t, silent, toCSV(t, dataset(t, doc), &convert.CSVOptions{Table: tt.o}))
			require.Equal(t, tt.want, got)
		})
	}
}

// TestAlike: where labels are all that cells say, and two categories have one, there is
// one warning.
func TestAlike(t *testing.T) {
	const doc = `{"version":"2.0","class":"dataset","id":["port","year"],"size":[3,2],"dimension":{"port":{"category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"North"}}},"year":{"category":{"index":["a","b"],"label":{"a":"x","b":"x"}}}},"value":[1,2,3,4,5,6]}`
	const port, year = `categories of dimension "port" have one label, "North": their rows cannot be told apart`, `categories of dimension "year" have one label, "x": their rows cannot be told apart`
	for _, tt := range []struct {
		name string
		o    table
		want []string
	}{
		{"labels", table{}, []string{port + `, nor those of dimension "year", "x"`}},
		{"labels below ids", table{Field: convert.ID, Content: convert.Label}, []string{port + `, nor those of dimension "year", "x"`}},
		{"ids", table{Content: convert.ID}, nil},
		{"both", table{Content: convert.Both}, nil},
		{"columns", table{Content: convert.Columns}, nil},
		{"headings have ids behind them", table{By: []string{"port"}}, []string{year}},
		{"all headings", table{By: []string{"port", "year"}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			tt.o.Warn = func(message string) { got = append(got, message) }
			toCSV(t, dataset(t, doc), &convert.CSVOptions{Table: tt.o})
			require.NoError(t, convert.WriteArray(io.Discard, dataset(t, strings.Replace(doc, `[1,2,3,4,5,6]`, `[]`, 1)), &convert.JSONOptions{Table: tt.o}))
			require.Equal(t, tt.want, got)
			got = nil
			tt.o.Doubt = func(message string, options []string) {
				got = append(got, message)
				require.Equal(t, []string{"Content"}, options)
			}
			toCSV(t, dataset(t, doc), &convert.CSVOptions{Table: tt.o})
			require.Equal(t, tt.want, got)
		})
	}
}

func TestUnknownDimensions(t *testing.T) {
	for name, o := range map[string]table{"by": {By: []string{"prot"}}, "drop": {By: []string{"what"}, Drop: []string{"prot"}}} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			err := convert.WriteCSV(&out, dataset(t, harvest), &convert.CSVOptions{Table: o})
			var unknown *jsonstat.UnknownError
			require.ErrorAs(t, err, &unknown)
			require.Equal(t, []string{"port"}, unknown.Near)
			require.Empty(t, out.String(), "nothing is written")
		})
	}
	require.ErrorContains(t, convert.WriteCSV(new(strings.Builder), dataset(t, harvest), &convert.CSVOptions{Table: table{By: []string{"what", "what"}}}), "twice")
}

func TestHeaderAlone(t *testing.T) {
	for name, value := range map[string]string{"empty array": `"value":[]`, "empty object": `"value":{}`, "absent": `"label":"x"`, "null": `"value":null`} {
		t.Run(name, func(t *testing.T) {
			doc := cube(value, 2, 3)
			require.Equal(t, "a,b,Value\n", toCSV(t, dataset(t, doc), nil))
			require.Equal(t, "a,b,Status,Value\n", toCSV(t, dataset(t, doc), &convert.CSVOptions{Status: true}))
			require.Equal(t, "a,b0,b1,b2\n", toCSV(t, dataset(t, doc), &convert.CSVOptions{Table: table{By: []string{"b"}}}))
			require.Equal(t, "a,b,Value\n", toCSV(t, streamed(t, doc, 0), nil))
		})
	}
}

// TestNoDimensions is a cube of one cell.
func TestNoDimensions(t *testing.T) {
	require.Equal(t, "Value\n7\n", toCSV(t, dataset(t, cube(`"value":[7]`)), nil))
	require.Equal(t, "Status,Value\nx,7\n", toCSV(t, dataset(t, cube(`"value":{"0":7},"status":"x"`)), &convert.CSVOptions{Status: true}))
}

// TestOneColumn holds that an empty cell is still a line where it is alone.
func TestOneColumn(t *testing.T) {
	empty := &convert.CSVOptions{NA: text("")}
	require.Equal(t, "Value\n\"\"\n", toCSV(t, dataset(t, cube(`"value":[null]`)), empty))
	require.Equal(t, "Value\n\"\"\n", toCSV(t, dataset(t, cube(`"value":[""]`)), nil))
	require.Equal(t, "Status,Value\n,\n", toCSV(t, dataset(t, cube(`"value":[null]`)), &convert.CSVOptions{NA: text(""), Status: true}))
	empty.By, empty.Drop = []string{"b"}, []string{"a"}
	require.Equal(t, "b0\n\"\"\n", toCSV(t, dataset(t, cube(`"value":[null]`, 1, 1)), empty))
	require.Equal(t, "b0,b1\n,1\n", toCSV(t, dataset(t, cube(`"value":[null,1]`, 1, 2)), empty))
}

// TestOverlap has cells that end as the separator begins.
func TestOverlap(t *testing.T) {
	doc := strings.ReplaceAll(cube(`"value":[155,25]`, 2), `"a0"`, `"x:"`)
	require.Equal(t, "a::Value\n\"x:\"::155\na1::25\n", toCSV(t, dataset(t, doc), &convert.CSVOptions{Separator: "::"}))
	o := &convert.CSVOptions{Table: table{By: []string{"a"}}, Separator: "55"}
	require.Equal(t, "x:55a1\n\"155\"5525\n", strings.ReplaceAll(toCSV(t, dataset(t, doc), o), "\"25\"", "25"))
}

// TestSizeZero has dimensions without categories: there is a header, and there
// are no rows.
func TestSizeZero(t *testing.T) {
	for _, size := range [][]int{{0}, {0, 2}, {2, 0}, {2, 0, 3}, {0, 0}} {
		for _, form := range []string{`"value":[]`, `"value":{}`} {
			ds := dataset(t, cube(form, size...))
			for _, o := range []convert.CSVOptions{{}, {Status: true}, {Table: table{By: []string{"a"}}}, {Table: table{By: []string{string(rune('a' + len(size) - 1))}}}} {
				require.Equal(t, 1, strings.Count(toCSV(t, ds, &o), "\n"), "%v %s %+v", size, form, o)
			}
		}
	}
	// Built in Go, such a cube has cells, none at all.
	for _, size := range [][]int{{0}, {0, 2}, {2, 0}} {
		var head jsonstat.Head
		for i, n := range size {
			spec := jsonstat.DimensionSpec{ID: string(rune('a' + i))}
			for k := range n {
				spec.Categories = append(spec.Categories, jsonstat.Category{ID: string(rune('0' + k))})
			}
			d, err := jsonstat.NewDimension(spec)
			require.NoError(t, err)
			head.Dimensions = append(head.Dimensions, d)
		}
		for _, v := range []*jsonstat.Values{jsonstat.NewValues(0), jsonstat.NewSparseValues()} {
			ds, err := jsonstat.New(head, v.Cells())
			require.NoError(t, err)
			for _, by := range [][]string{nil, {"a"}, {string(rune('a' + len(size) - 1))}} {
				require.Equal(t, 1, strings.Count(toCSV(t, ds, &convert.CSVOptions{Table: table{By: by}}), "\n"), "%v by %v", size, by)
			}
		}
	}
}

func TestWriteDimensionCSV(t *testing.T) {
	doc, err := jsonstat.Parse([]byte(`{"version":"2.0","class":"dimension","label":"Port","category":{"index":["N1","-","=x"],"label":{"N1":"North, quay","-":"+all","=x":"=x"}}}`))
	require.NoError(t, err)
	d, err := doc.Dimension()
	require.NoError(t, err)
	tests := []struct {
		name string
		o    *convert.CSVOptions
		want string
	}{
		{"nil", nil, "id,label\nN1,\"North, quay\"\n-,+all\n=x,=x\n"},
		{"all that counts", &convert.CSVOptions{Separator: ";", CRLF: true, BOM: true, Guard: true}, "\ufeffid;label\r\nN1;North, quay\r\n-;'+all\r\n=x;=x\r\n"},
		{"nothing else does", &convert.CSVOptions{Table: table{By: []string{"x"}, Keep: convert.NonMissing}, Status: true}, "id,label\nN1,\"North, quay\"\n-,+all\n=x,=x\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			require.NoError(t, convert.WriteDimensionCSV(&out, d, tt.o))
			require.Equal(t, tt.want, out.String())
		})
	}
}

func TestTooManyRows(t *testing.T) {
	ds := dataset(t, cube(`"value":{"0":1,"999999999":2}`, 1000, 1000, 1000))
	var out strings.Builder
	err := convert.WriteCSV(&out, ds, nil)
	var rows *convert.TooManyRowsError
	require.ErrorAs(t, err, &rows)
	require.Equal(t, int64(1e9), rows.Cells)
	require.ErrorIs(t, err, jsonstat.ErrLimit)
	require.Empty(t, out.String())
	require.ErrorAs(t, convert.WriteCSV(&out, ds, &convert.CSVOptions{Table: table{By: []string{"a"}}}), &rows)
	require.ErrorAs(t, convert.WriteCSVStat(&out, ds, nil), &rows)
	require.Equal(t, "a,b,c,Value\na0,b0,c0,1\na999,b999,c999,2\n", toCSV(t, ds, &convert.CSVOptions{Table: table{Keep: convert.NonMissing}}))

	// With AllCells they are written, until the disk is full.
	full := errors.New("disk full")
	require.ErrorIs(t, convert.WriteCSV(&failing{after: 1 << 20, err: full}, ds, &convert.CSVOptions{Table: table{AllCells: true}}), full)

	// A status for all cells is there in each of them.
	ds = dataset(t, cube(`"status":"e","value":{"0":1,"999999999":2}`, 1000, 1000, 1000))
	require.ErrorAs(t, convert.WriteCSV(&out, ds, &convert.CSVOptions{Table: table{Keep: convert.NonEmpty}}), &rows)
}
