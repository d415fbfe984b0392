package convert_test

import (
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func TestWriteCSVStat(t *testing.T) {
	const head = "jsonstat,.,|\nlabel,Boat harvest\nsource,Invented Office\nupdated,2025-01-31T08:00:00Z\n" +
		"dimension,port,Port,2,N1,North quay,S2,South quay,geo\n" +
		"dimension,what,Catch,2,kg,Weight,pc,Share,metric,0|kilograms,1|percent|%|end\ndata\n"
	const rows = "port,what,status,value\nN1,kg,,120\nN1,pc,,12.5\nS2,kg,x,n/a\nS2,pc,,7.25\n"
	tests := []struct {
		name string
		o    *convert.CSVStatOptions
		want string
	}{
		{"nil", nil, head + rows},
		{"zero value", &convert.CSVStatOptions{}, head + rows},
		{"semicolon", &convert.CSVStatOptions{Separator: ";"},
			strings.NewReplacer(",", ";", ".,|", ",;|", "12.5", "12,5", "7.25", "7,25").Replace(head + rows)},
		{"tab and units", &convert.CSVStatOptions{Separator: "\t", UnitSeparator: "/"}, strings.NewReplacer(",", "\t", "|", "/").Replace(head + rows)},
		{"units of several characters", &convert.CSVStatOptions{UnitSeparator: " - "}, strings.ReplaceAll(head+rows, "|", " - ")},
		{"decimal mark", &convert.CSVStatOptions{Decimal: "·"}, strings.NewReplacer(".,|", "·,|", "12.5", "12·5", "7.25", "7·25").Replace(head + rows)},
		{"na empty", &convert.CSVStatOptions{NA: text("")}, strings.Replace(head+rows, "n/a", "", 1)},
		{"crlf", &convert.CSVStatOptions{CRLF: true}, strings.ReplaceAll(head+rows, "\n", "\r\n")},
		{"non-missing", &convert.CSVStatOptions{Keep: convert.NonMissing}, strings.Replace(head+rows, "S2,kg,x,n/a\n", "", 1)},
		{"non-empty", &convert.CSVStatOptions{Keep: convert.NonEmpty}, head + rows},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, toCSVStat(t, dataset(t, harvest), tt.o))
			require.Equal(t, tt.want, toCSVStat(t, streamed(t, harvest, tt.o.Need()), tt.o), "from a pipe")
		})
	}
}

func TestCSVStatHead(t *testing.T) {
	metric := func(category string) string {
		return `{"version":"2.0","class":"dataset","id":["m"],"size":[2],"role":{"metric":["m"]},"dimension":{"m":{"category":{"index":["a","b"],` + category + `}}},"value":[1,2]}`
	}
	const data = "data\nm,value\na,1\nb,2\n"
	tests := []struct {
		name, doc, want string
	}{
		{"nothing but what must be", cube(`"value":[1,2]`, 2), "jsonstat,.,|\ndimension,a,,2,a0,a0,a1,a1\ndata\na,value\na0,1\na1,2\n"},
		{"everything of the head", strings.Replace(cube(`"value":[1],"label":"A, \"quoted\" title","source":"S","updated":"2025","href":"https://example.org/a,b","note":["n"]`, 1), `"a":{`, `"a":{"label":"A",`, 1),
			"jsonstat,.,|\nlabel,\"A, \"\"quoted\"\" title\"\nsource,S\nupdated,2025\nhref,\"https://example.org/a,b\"\ndimension,a,A,1,a0,a0\ndata\na,value\na0,1\n"},
		{"status of all", cube(`"value":[1,2],"status":"p"`, 2), "jsonstat,.,|\ndimension,a,,2,a0,a0,a1,a1\ndata\na,status,value\na0,p,1\na1,p,2\n"},
		{"metadata alone", cube(`"value":[]`, 2), "jsonstat,.,|\ndimension,a,,2,a0,a0,a1,a1\ndata\na,value\n"},
		{"roles", strings.Replace(cube(`"value":[1],"role":{"time":["a"],"geo":["b"],"metric":["c"]}`, 1, 1, 1, 1), "", "", 1),
			"jsonstat,.,|\ndimension,a,,1,a0,a0,time\ndimension,b,,1,b0,b0,geo\ndimension,c,,1,c0,c0,metric\ndimension,d,,1,d0,d0\ndata\na,b,c,d,value\na0,b0,c0,d0,1\n"},

		{"a category without a unit", metric(`"label":{"a":"A","b":"B"},"unit":{"b":{"decimals":2,"label":"tonnes"}}`), "jsonstat,.,|\ndimension,m,,2,a,A,b,B,metric,|,2|tonnes\n" + data},
		{"a unit without decimals", metric(`"label":{"a":"A","b":"B"},"unit":{"a":{"label":"l"},"b":{"decimals":0}}`), "jsonstat,.,|\ndimension,m,,2,a,A,b,B,metric,|l,0|\n" + data},
		{"a symbol without a position", metric(`"label":{"a":"A","b":"B"},"unit":{"a":{"symbol":"%"},"b":{"label":"x","symbol":"€","position":"start"}}`), "jsonstat,.,|\ndimension,m,,2,a,A,b,B,metric,||%|,|x|€|start\n" + data},
		{"PxWeb's base", metric(`"label":{"a":"A","b":"B"},"unit":{"a":{"base":"1 000 kroner","decimals":1},"b":{"base":"a, b"}}`), "jsonstat,.,|\ndimension,m,,2,a,A,b,B,metric,1|1 000 kroner,\"|a, b\"\n" + data},
		{"units of another role are left out", strings.Replace(metric(`"unit":{"a":{"label":"x|y"}},"label":{"a":"A","b":"B"}`), "metric", "geo", 1), "jsonstat,.,|\ndimension,m,,2,a,A,b,B,geo\n" + data},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, toCSVStat(t, dataset(t, tt.doc), nil)) })
	}
}

// TestCSVStatRefuses holds that nothing is written that could not be read back.
func TestCSVStatRefuses(t *testing.T) {
	unit := strings.Replace(harvest, "kilograms", "kg|year", 1)
	tests := []struct {
		name, doc string
		o         convert.CSVStatOptions
		want      string
	}{
		{"several characters", harvest, convert.CSVStatOptions{Separator: "::"}, `one character, not "::"`},
		{"separator and mark", harvest, convert.CSVStatOptions{Decimal: ","}, `the separator and the decimal mark of CSV-stat are both ","`},
		{"separator and units", harvest, convert.CSVStatOptions{Separator: "|"}, `the separator of columns and that of units in CSV-stat are both "|"`},
		{"a unit with the separator", unit, convert.CSVStatOptions{}, `the unit of category "kg" of dimension "what", "kg|year", holds the separator of units "|"`},
		{"a symbol with the separator", strings.Replace(harvest, `"%"`, `"a|b"`, 1), convert.CSVStatOptions{}, `"a|b"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			require.ErrorContains(t, convert.WriteCSVStat(&out, dataset(t, tt.doc), &tt.o), tt.want)
			require.Empty(t, out.String())
		})
	}
	require.NoError(t, convert.WriteCSVStat(io.Discard, dataset(t, unit), &convert.CSVStatOptions{UnitSeparator: "/"}))
	require.NoError(t, (&convert.CSVStatOptions{Separator: "é"}).Check(), "one character may be several bytes")
}

// TestCSVStatReadBack reads what was written for cubes by chance: the lines of
// the head have what the cube has, and the table that of the coordinates.
func TestCSVStatReadBack(t *testing.T) {
	for seed := range uint64(150) {
		rng := rand.New(rand.NewPCG(seed, 2))
		m := newModel(rng)
		o := &convert.CSVStatOptions{Separator: pick(rng, ",", ";", "\t", "1"), UnitSeparator: pick(rng, "|", "/"), NA: text(pick(rng, "n/a", "")),
			Keep: pick(rng, convert.All, convert.NonEmpty), CRLF: rng.IntN(2) == 0}
		got := toCSVStat(t, dataset(t, m.document()), o)
		lines := recordsOfAnyWidth(t, got, []rune(o.Separator)[0])
		mark := map[bool]string{false: ".", true: ","}[o.Separator == ";"]
		require.Equal(t, []string{"jsonstat", mark, o.UnitSeparator}, lines[0], "seed %d", seed)
		for i, d := range m.dims {
			line := []string{"dimension", d.id, d.label, strconv.Itoa(len(d.cats))}
			for _, c := range d.cats {
				line = append(line, c.id, or(c.label, c.id))
			}
			for k := range line {
				line[k] = strings.ReplaceAll(line[k], "\r\n", "\n")
			}
			require.Equal(t, line, lines[1+i], "seed %d", seed)
		}
		require.Equal(t, []string{"data"}, lines[1+len(m.dims)])
		// The table behind is that of ids with statuses, if there are any.
		status := m.all != ""
		for _, c := range m.cells {
			status = status || c.status != ""
		}
		rest := toCSV(t, dataset(t, m.document()), &convert.CSVOptions{Table: table{Field: convert.ID, Content: convert.ID, Keep: o.Keep},
			Separator: o.Separator, NA: o.NA, CRLF: o.CRLF, Status: status})
		require.True(t, strings.HasSuffix(got, "data"+map[bool]string{false: "\n", true: "\r\n"}[o.CRLF]+rest), "seed %d:\n%q\n%q", seed, got, rest)
	}
}

func TestCSVStatNeedsNoBy(t *testing.T) {
	require.Equal(t, jsonstat.NeedHead|jsonstat.NeedStatus, new(convert.CSVStatOptions).Need())
}
