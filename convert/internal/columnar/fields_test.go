package columnar

import (
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// memory is a table of texts, of which ~ is null, and which comes in batches of some rows.
type memory struct {
	fields   []Field
	rows     [][]string
	piece    int
	coded    bool // dimensions come as codes of a dictionary, a new one for each batch but for those of two rows
	readings []Reading
	dict     *rows.Dictionary
}

func (m *memory) Fields() (list []rows.Field) {
	for _, r := range m.readings {
		list = append(list, r.Field)
	}
	return list
}

func (m *memory) Place(number int64, _ int) rows.Place { return rows.Place{Row: number} }

func (m *memory) Rows(b *rows.Batch, next func() error) error {
	b.Grow(len(m.fields))
	for i, row := range m.rows {
		for k, text := range row {
			if err := m.cell(b, k, text); err != nil {
				return &rows.Error{Row: int64(i) + 1, Msg: err.Error()}
			}
		}
		if b.End(int64(i) + 1); b.Rows == m.piece {
			if err := next(); err != nil {
				return err
			}
			if m.piece != 2 {
				m.dict = nil
			}
		}
	}
	return next()
}

func (m *memory) cell(b *rows.Batch, k int, text string) error {
	r := &m.readings[k]
	kind := map[FieldKind]rows.Kind{FieldNumber: rows.Number, FieldBool: rows.Bool, FieldPeriod: rows.Period}[m.fields[k].Kind]
	switch {
	case m.coded && r.Role == rows.Dimension:
		if m.dict == nil {
			m.dict = &rows.Dictionary{Ordered: true}
			for _, text := range []string{"N", "S", "T", "\xff", "2023", "2024"} {
				m.dict.Texts = append(m.dict.Texts, []byte(text))
			}
		}
		code := int32(-1)
		for i, t := range m.dict.Texts {
			if string(t) == text {
				code = int32(i)
			}
		}
		b.Code(k, m.dict, code)
	case text == "~" || r.Skip:
		b.Null(k)
	case kind == rows.Plain:
		return r.Text(b, k, []byte(text))
	default:
		b.Add(k, []byte(text), kind)
	}
	return nil
}

// kinds are those that the letters of a test stand for.
var kinds = map[string]FieldKind{"": FieldText, "n": FieldNumber, "b": FieldBool, "o": FieldOther, "d": FieldPeriod, "0": FieldNull, "l": FieldNested}

// tableOf makes a table of lines: names with the letter of their kind, then rows.
func tableOf(text string, keys map[string]map[string]string) *memory {
	lines := strings.Split(text, "\n")
	m := &memory{piece: 1000}
	for _, word := range strings.Split(lines[0], "|") {
		name, letter, _ := strings.Cut(word, ":")
		m.fields = append(m.fields, Field{Name: name, Kind: kinds[letter], Type: "type " + letter, Keys: keys[name]})
	}
	for _, line := range lines[1:] {
		m.rows = append(m.rows, strings.Split(line, "|"))
	}
	return m
}

// built is what comes of a table: the cube or the error, and the warnings.
func built(t *testing.T, m *memory, table map[string]string, o rows.Options) string {
	t.Helper()
	var warnings strings.Builder
	o.Warn = func(text string) { warnings.WriteString("\nwarning: " + text) }
	list, format, err := describe(m.fields, table, &o)
	var ds *jsonstat.Dataset
	if err == nil {
		m.readings = list
		ds, err = rows.Make(m, format, &o)
	}
	if err != nil {
		return "error: " + err.Error() + warnings.String()
	}
	var b strings.Builder
	if err := ds.Write(&b, nil); err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(b.String(), `{"version":"2.0","class":"dataset",`) + warnings.String()
}

type (
	fieldKeys = map[string]map[string]string
	tableKey  = map[string]string
)

// TestReadByRule has tables without a head: which column is what.
func TestReadByRule(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		keys       fieldKeys
		table      tableKey
		o          rows.Options
		want       string
	}{
		{"names and kinds", "a|b|n:n|STATUS\nx|1|5|p\ny|1|6|~\nx|2|~|", nil, nil, rows.Options{}, `"id":["a","b"],"size":[2,2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}},"b":{"label":"b","category":{"index":["1","2"]}}},"value":[5,null,6,null],"status":{"0":"p"}}`},
		{"a column called value", "a|n:n|Value\nx|1|5\ny|1|~", nil, nil, rows.Options{}, `"id":["a","n"],"size":[2,1],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}},"n":{"label":"n","category":{"index":["1"]}}},"value":[5,null]}`},
		{"the last with numbers", "a|n:n|m:n\nx|1|5", nil, nil, rows.Options{}, `"id":["a","n"],"size":[1,1],"dimension":{"a":{"label":"a","category":{"index":["x"]}},"n":{"label":"n","category":{"index":["1"]}}},"value":[5]}` + "\n" + `warning: n is taken for a dimension, and could hold figures`},
		{"booleans", "a|value:b\nx|true\ny|false", nil, nil, rows.Options{Values: []string{"value"}}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}}},"value":[true,false]}`},
		{"a null column as a dimension", "a|e:0|value:n\nx|~|1", nil, nil, rows.Options{}, `error: there is nothing in a column that would be a dimension: e`},
		{"a null column that is left out", "a|e:0|value:n\nx|~|1", nil, nil, rows.Options{Ignore: []string{"e"}}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1]}`},
		{"a date as a dimension", "d:o|value:n\n2024-01-01|1", nil, nil, rows.Options{}, `"id":["d"],"size":[1],"dimension":{"d":{"label":"d","category":{"index":["2024-01-01"]}}},"value":[1]}`},
		{"asked for", "a|value|n:n|m:n|s\nx|y|1|2|p", nil, nil, rows.Options{Values: []string{"m"}, Status: "s", Dimensions: []string{"n", "a"}, Roles: map[string]jsonstat.Role{"n": jsonstat.Time}}, `"role":{"time":["n"]},"id":["n","a"],"size":[1,1],"dimension":{"n":{"label":"n","category":{"index":["1"]}},"a":{"label":"a","category":{"index":["x"]}}},"value":[2],"status":{"0":"p"}}` + "\n" + `warning: left out: value`},
		{"a status that is asked for is no value", "a|value|n:n\nx|y|1", nil, nil, rows.Options{Status: "value"}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1],"status":{"0":"y"}}`},
		{"a dimension that is asked for is neither", "value|status|n:n\nx|y|1", nil, nil, rows.Options{Dimensions: []string{"status", "value"}}, `"id":["status","value"],"size":[1,1],"dimension":{"status":{"label":"status","category":{"index":["y"]}},"value":{"label":"value","category":{"index":["x"]}}},"value":[1]}`},

		{"keys", "a|b|m:n|s|value:n\nx|1|5|p|7", fieldKeys{"m": {KeyMeasure: "true"}, "s": {KeyStatus: "true"}, "a": {KeyDimension: "A", KeyRole: "geo", KeyLabel: "Place"}}, nil, rows.Options{}, `"role":{"geo":["A"]},"id":["A","b","value"],"size":[1,1,1],"dimension":{"A":{"label":"Place","category":{"index":["x"]}},"b":{"label":"b","category":{"index":["1"]}},"value":{"label":"value","category":{"index":["7"]}}},"value":[5],"status":{"0":"p"}}` + "\n" + `warning: value is taken for a dimension, and could hold figures`},
		{"a dimension called value by its key", "value|n:n|status\nx|5|p", fieldKeys{"value": {KeyDimension: "value"}, "status": {KeyDimension: "status"}}, nil, rows.Options{}, `"id":["value","status"],"size":[1,1],"dimension":{"value":{"label":"value","category":{"index":["x"]}},"status":{"label":"status","category":{"index":["p"]}}},"value":[5]}`},
		{"a dimension of numbers by its key", "n:n|m:n\n1|5", fieldKeys{"n": {KeyDimension: "n"}}, nil, rows.Options{}, `"id":["n"],"size":[1],"dimension":{"n":{"label":"n","category":{"index":["1"]}}},"value":[5]}`},
		{"value and dimensions that are asked for are all, whatever the keys say", "a|A|b|value:n\nx|X|1|5\ny|Y|2|6", fieldKeys{"a": {KeyDimension: "a"}, "A": {KeyDimension: "a", KeyContent: "label"}, "b": {KeyDimension: "b"}}, nil, rows.Options{Values: []string{"value"}, Dimensions: []string{"b"}}, `"id":["b"],"size":[2],"dimension":{"b":{"label":"b","category":{"index":["1","2"]}}},"value":[5,6]}` + "\n" +
			`warning: left out: a, A`},
		{"a status by its key is no value", "a|value|n:n\nx|p|5", fieldKeys{"value": {KeyStatus: "true"}}, nil, rows.Options{}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[5],"status":{"0":"p"}}`},
		{"labels beside ids", "a|A|value:n\nx|X|5", fieldKeys{"a": {KeyDimension: "a"}, "A": {KeyDimension: "a", KeyContent: "label"}}, nil, rows.Options{}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"A","category":{"index":["x"],"label":{"x":"X"}}}},"value":[5]}`},
		{"order, labels and the rest", "a|value:n\ny|5\nw|6", fieldKeys{"a": {KeyOrder: `["x","y"]`, KeyLabels: `{"x":"X"}`, KeyUnits: `{"y":{"decimals":1}}`, KeyCoords: `{"x":[1,2]}`, KeyChildren: `{"x":["y"]}`}}, nil, rows.Options{}, `"id":["a"],"size":[3],"dimension":{"a":{"label":"a","category":{"index":["x","y","w"],"label":{"x":"X","y":"y","w":"w"},"unit":{"y":{"decimals":1}},"coordinates":{"x":[1,2]},"child":{"x":["y"]}}}},"value":[null,5,6]}`},
		{"keys that are not what they should be", "a|value:n\ny|5", fieldKeys{"a": {KeyOrder: `{}`, KeyLabels: `[]`, KeyUnits: `7`, KeyCoords: `null`}}, tableKey{KeyExtension: "[1]", KeyRoles: "7", KeyValueForm: "what"}, rows.Options{}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["y"]}}},"value":[5]}`},
		{"keys of the table", "a|b|c|d|value:n\n1|2|3|4|5", fieldKeys{"b": {KeyRole: "geo"}, "c": {KeyRole: "metric"}}, tableKey{KeyLabel: "L", KeySource: "S", KeyUpdated: "2025", KeyExtension: `{"x":1}`, KeyRoles: `{"time":["a","b"],"kind":["d"]}`, KeyValueForm: "sparse"}, rows.Options{Roles: map[string]jsonstat.Role{"c": jsonstat.Geo}}, `"label":"L","source":"S","updated":"2025","role":{"time":["a"],"geo":["b","c"]},"id":["a","b","c","d"],"size":[1,1,1,1],"dimension":{"a":{"label":"a","category":{"index":["1"]}},"b":{"label":"b","category":{"index":["2"]}},"c":{"label":"c","category":{"index":["3"]}},"d":{"label":"d","category":{"index":["4"]}}},"extension":{"x":1},"value":{"0":5}}`},
		{"forms: dense statuses", "a|value:n|status\nx|5|p\ny|6|~", nil, tableKey{KeyValueForm: "dense", KeyStatusForm: "dense"}, rows.Options{}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}}},"value":[5,6],"status":["p",null]}`},
		{"forms: sparse values", "a|value:n|status\nx|~|p\ny|~|~\nz|6|~", nil, tableKey{KeyValueForm: "sparse", KeyStatusForm: "sparse"}, rows.Options{}, `"id":["a"],"size":[3],"dimension":{"a":{"label":"a","category":{"index":["x","y","z"]}}},"value":{"2":6},"status":{"0":"p"}}`},
		{"a child that is no category", "a|value:n\ny|5", fieldKeys{"a": {KeyChildren: `{"y":["z"]}`}}, nil, rows.Options{}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["y"]}}},"value":[5]}` + "\n" +
			`warning: in what the file says of the cube: "child" is given for category "z", which dimension "a" does not have: it is left out (CHILD_ID_UNKNOWN) (/dimension/a/category/child/y/0)`},

		{"no value", "a|b\nx|y", nil, nil, rows.Options{}, `error: there is no column of figures: the last one, b, holds "y"`},
		{"no value by its kind", "a|value:o\nx|y", nil, nil, rows.Options{}, `error: there is no column of figures: the last one, value, holds "y"`},
		{"a list as a value", "a|value:l\nx|y", nil, nil, rows.Options{}, `error: a column holds neither values nor categories: value of type type l`},
		{"a value that is not there", "a|value:n\nx|1", nil, nil, rows.Options{Values: []string{"valeu"}}, `error: there is no column "valeu"; did you mean "value"?`},
		{"a status that is not there", "a|value:n\nx|1", nil, nil, rows.Options{Status: "flag"}, `error: there is no column "flag": the columns are a, value`},
		{"a dimension that is not there, of 20 columns", strings.Repeat("c|", 18) + "a|value:n\n" + strings.Repeat("c|", 18) + "x|1", nil, nil, rows.Options{Dimensions: []string{"zzz"}}, `error: there is no column "zzz": the columns are c (1), c (2), c (3), c (4), c (5), c (6), c (7), c (8), c (9), c (10), c (11), c (12), c (13), c (14), c (15), c (16), c (17), c (18), a, value` + "\n" +
			`warning: several columns are called "c": they are called by their numbers too, "c (1)"`},
		{"a dimension that is not there, of 21 columns", strings.Repeat("c|", 19) + "a|value:n\n" + strings.Repeat("c|", 19) + "x|1", nil, nil, rows.Options{Dimensions: []string{"zzz"}}, `error: there is no column "zzz": the columns are c (1), c (2), c (3), c (4), c (5), c (6), c (7), c (8), c (9), c (10), c (11), c (12), c (13), c (14), c (15), c (16), c (17), c (18), c (19), a, value` + "\n" +
			`warning: several columns are called "c": they are called by their numbers too, "c (1)"`},
		{"value and status in one", "a|value:n\nx|1", nil, nil, rows.Options{Values: []string{"value"}, Status: "value"}, `error: column "value" cannot be both value and status`},
		{"dimension and value in one", "a|value:n\nx|1", nil, nil, rows.Options{Values: []string{"value"}, Dimensions: []string{"value"}}, `error: column "value" cannot be both value and dimension`},
		{"dimension and status in one", "a|value:n|s\nx|1|p", nil, nil, rows.Options{Status: "s", Dimensions: []string{"s"}}, `error: column "s" cannot be both dimension and status`},
		{"a dimension twice", "a|value:n\nx|1", nil, nil, rows.Options{Dimensions: []string{"a", "a"}}, `error: two dimensions are called "a"`},
		{"two columns of a name", "a|a|value:n\nx|y|1", nil, nil, rows.Options{}, `"id":["a (1)","a (2)"],"size":[1,1],"dimension":{"a (1)":{"label":"a (1)","category":{"index":["x"]}},"a (2)":{"label":"a (2)","category":{"index":["y"]}}},"value":[1]}` + "\n" +
			`warning: several columns are called "a": they are called by their numbers too, "a (1)"`},
		{"a list as a dimension", "a|b:l|value:n\nx|y|1", nil, nil, rows.Options{}, `error: a column holds neither values nor categories: b of type type l`},
		{"a role of no dimension", "a|value:n\nx|1", nil, nil, rows.Options{Roles: map[string]jsonstat.Role{"b": jsonstat.Geo}}, `error: there is no dimension "b" to give a role to: they are a`},
		{"no dimension", "value:n\n1", nil, nil, rows.Options{}, `error: the table has no column that could be a dimension`},
		{"no rows", "a|value:n", nil, nil, rows.Options{}, `error: the table has a header but no rows`},
		{"a null category", "a|value:n\nx|1\n~|1", nil, nil, rows.Options{}, `error: row 2: dimension "a" has no category: the cell is empty`},
		{"a category that is not UTF-8", "a|value:n\nx|1\n\xff|1", nil, nil, rows.Options{}, `error: row 2: the text is not UTF-8`},
		{"a status that is not UTF-8", "a|value:n|status\nx|1|\xff", nil, nil, rows.Options{}, `error: row 1: the text is not UTF-8`},
		{"a value that is not UTF-8", "a|value\nx|\xff", nil, nil, rows.Options{}, `error: row 1: the text is not UTF-8`},
		{"a cell twice", "a|value:n\nx|1\ny|2\nx|3", nil, nil, rows.Options{}, `error: row 3: the categories x have a row already, in row 1`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := tableOf(tt.text, tt.keys)
			got := built(t, m, tt.table, tt.o)
			if got != tt.want {
				t.Errorf("it is\n%s\nwant\n%s", got, tt.want)
			}
			m.piece = 1
			if again := built(t, m, tt.table, tt.o); again != got {
				t.Errorf("row by row it is\n%s\nwant\n%s", again, got)
			}
		})
	}
}

// ports is the head of the tables below: labels of which one is the id of another
// category, periods, and a dimension of one category.
const ports = `{"version":"2.0","class":"dataset","label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{` +
	`"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},` +
	`"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}}}`

// TestReadByHead has tables that carry the head of their cube.
func TestReadByHead(t *testing.T) {
	content := func(column, dimension, what string) fieldKeys {
		return fieldKeys{column: {KeyDimension: dimension, KeyContent: what}}
	}
	for _, tt := range []struct {
		name, text string
		keys       fieldKeys
		o          rows.Options
		want       string
	}{
		{"ids", "port|year|unit|value:n|status\nT|2023|kg|5|p\nN|2024|kg|2|~", nil, rows.Options{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,2,null,null,5,null],"status":{"4":"p"}}`},
		{"labels and dates, without the dimension of one category", "Port|Year|value:n\nSouth|2023-01-01|3\nNorth|2024-01-01|2", nil, rows.Options{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,2,3,null,null,null]}`},
		{"ids and labels in one", "port|year|value:n\n[S] South|[2023] 2023|3", nil, rows.Options{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,null,3,null,null,null]}`},
		{"columns by their keys", "x|y|value:n\nN|2024|2", fieldKeys{"x": {KeyDimension: "port"}, "y": {KeyDimension: "year"}}, rows.Options{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,2,null,null,null,null]}`},
		{"ids go before labels", "l|i|year|value:n\nSouth|N|2024|2", fieldKeys{"l": {KeyDimension: "port", KeyContent: contentLabel}, "i": {KeyDimension: "port", KeyContent: contentID}}, rows.Options{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,2,null,null,null,null]}`},
		{"labels where there are no ids", "l|year|value:n\nSouth|2024|4", content("l", "port", contentLabel), rows.Options{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,null,null,4,null,null]}`},
		{"a column of ids does not know labels", "i|year|value:n\nSouth|2024|4", content("i", "port", contentID), rows.Options{}, `error: row 1: there is no category "South" in dimension "port"; did you mean "S"?`},
		{"a column of labels does not know ids", "l|year|value:n\nS|2024|4", content("l", "port", contentLabel), rows.Options{}, `error: row 1: there is no category "S" in dimension "port"`},
		{"a column of both knows both alone", "l|year|value:n\n[S] South|2024|4\nS|2023|3", content("l", "port", contentBoth), rows.Options{}, `error: row 2: there is no category "S" in dimension "port"`},
		{"a column of dates knows dates alone", "port|d|value:n\nS|2024-01-01|4\nS|2023|3", content("d", "year", contentDate), rows.Options{}, `error: row 2: there is no category "2023" in dimension "year"`},
		{"a dimension that is asked for as the statuses, in another case", "port|year|value:n\nN|2023|1", nil, rows.Options{Status: "YEAR"}, `"id":["port"],"size":[1],"dimension":{"port":{"label":"port","category":{"index":["N"]}}},"value":[1],"status":{"0":"2023"}}` + "\n" + `warning: dimension "year" of the head has no column any more: the head is not used`},
		{"a dimension without its column", "port|value:n\nN|1", nil, rows.Options{}, `"id":["port"],"size":[1],"dimension":{"port":{"label":"port","category":{"index":["N"]}}},"value":[1]}` + "\n" + `warning: dimension "year" of the head has no column any more: the head is not used`},
		{"a column more", "port|year|kind|value:n\nN|2023|x|1", nil, rows.Options{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[1,null,null,null,null,null]}` + "\n" +
			`warning: column "kind" is no part of the cube that the table came from: it is left out`},
		{"a column of labels more", "port|p|year|value:n\nN|North|2023|1", content("p", "port", contentLabel), rows.Options{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[1,null,null,null,null,null]}` + "\n" +
			`warning: column "port" is no part of the cube that the table came from: it is left out`},
		{"a list of a dimension's name", "port:l|Port|year|value:n\n-|N|2023|1", nil, rows.Options{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[1,null,null,null,null,null]}` + "\n" +
			`warning: column "port" is no part of the cube that the table came from: it is left out`},
		{"roles", "port|year|value:n\nN|2023|1", nil, rows.Options{Roles: map[string]jsonstat.Role{"port": jsonstat.Geo}}, `"label":"Ports","role":{"time":["year"],"geo":["port"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[1,null,null,null,null,null]}`},
		{"dimensions that are asked for", "port|year|value:n\nN|2023|1", nil, rows.Options{Dimensions: []string{"year", "port"}}, `"id":["year","port"],"size":[1,1],"dimension":{"year":{"label":"year","category":{"index":["2023"]}},"port":{"label":"port","category":{"index":["N"]}}},"value":[1]}` + "\n" + `warning: the head that the file carries is not used: the options say what the cube is`},
		{"an unknown category", "port|year|value:n\nN|2023|1\nM|2023|1", nil, rows.Options{}, `error: row 2: there is no category "M" in dimension "port"; did you mean "N", "S" or "T"?`},
		{"a category that is null", "port|year|value:n\nN|~|1", nil, rows.Options{}, `error: row 1: dimension "year" has no category: the cell is empty`},
		{"a category that is not UTF-8", "port|year|value:n\n\xff|2023|1", nil, rows.Options{}, `error: row 1: the text is not UTF-8`},
		{"a cell twice", "port|year|value:n\nN|2023|1\n[N] North|2023-01-01|2", nil, rows.Options{}, `error: row 2: the categories N, 2023 have a row already, in row 1`},
		{"no rows", "port|year|value:n", nil, rows.Options{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[]}`},
		{"nothing but nulls", "port|year|value:0\nN|2023|~", nil, rows.Options{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,null,null,null,null,null]}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := tableOf(tt.text, tt.keys)
			table := tableKey{KeyHead: ports}
			got := built(t, m, table, tt.o)
			if got != tt.want {
				t.Errorf("it is\n%s\nwant\n%s", got, tt.want)
			}
			m.piece = 1
			if again := built(t, m, table, tt.o); again != got {
				t.Errorf("row by row it is\n%s\nwant\n%s", again, got)
			}
		})
	}
}

// TestReadLabelsLikeIds: where a label is the id of another category, labels are not
// guessed.
func TestReadLabelsLikeIds(t *testing.T) {
	head := strings.Replace(ports, `"N":"North","S":"South"`, `"N":"S","S":"South"`, 1)
	for text, want := range map[string]string{
		"port|year|value:n\nS|2023|1":     `"value":[null,null,1,null,null,null]}`,
		"port|year|value:n\nSouth|2023|1": `error: row 1: there is no category "South" in dimension "port"; did you mean "S"?`,
	} {
		if got := built(t, tableOf(text, nil), tableKey{KeyHead: head}, rows.Options{}); !strings.HasSuffix(got, want) {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}

// TestReadCoded has categories by the codes of a dictionary, one for all pieces or
// one for each.
func TestReadCoded(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		table      tableKey
		want       string
	}{
		{"all categories of the dictionary in its order, but one that is not UTF-8", "port|year|value:n\nT|2024|6\nN|2023|1\nS|2024|4\nT|2023|5", nil, `"id":["port","year"],"size":[3,2],"dimension":{"port":{"label":"port","category":{"index":["T","N","S"]}},"year":{"label":"year","category":{"index":["2024","2023"]}}},"value":[6,5,null,1,4,null]}`},
		{"categories of the head", "port|year|value:n\nT|2024|6\nN|2023|1\nS|2024|4\nT|2023|5", tableKey{KeyHead: ports}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[1,null,null,4,5,6]}`},
		{"a null", "port|year|value:n\nT|2024|6\n~|2023|1", tableKey{KeyHead: ports}, `error: row 2: dimension "port" has no category: the cell is empty`},
		{"the last code", "port|year|value:n\nT|2024|6", tableKey{KeyHead: ports}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,null,null,null,null,6]}`},
		{"a text that is not UTF-8", "port|year|value:n\nT|2024|6\nN|2023|1\n\xff|2023|1", tableKey{KeyHead: ports}, `error: row 3: the text is not UTF-8`},
		{"an unknown category", "port|year|value:n\nT|2024|6\n2023|2023|1", tableKey{KeyHead: ports}, `error: row 2: there is no category "2023" in dimension "port"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := tableOf(tt.text, nil)
			m.coded = true
			got := built(t, m, tt.table, rows.Options{})
			if got != tt.want {
				t.Errorf("it is\n%s\nwant\n%s", got, tt.want)
			}
			for _, m.piece = range []int{1, 2, 3} {
				if again := built(t, m, tt.table, rows.Options{}); again != got {
					t.Errorf("in pieces of %d rows it is\n%s\nwant\n%s", m.piece, again, got)
				}
			}
		})
	}
}

// TestReadTexts has values that are texts, by what the column says they stand for.
func TestReadTexts(t *testing.T) {
	const text = "a|value\n1|true\n2|1.50\n3|few\n4|\"q\"\n5|\"\n6|~\n7|false\n8|\"a\\u0041\"\n9|\"a\"b\""
	for _, tt := range []struct{ kinds, text, want string }{
		{"", text, `"value":["true","1.50","few","\"q\"","\"",null,"false","\"a\\u0041\"","\"a\"b\""]}`},
		{kindText, text, `"value":["true","1.50","few","\"q\"","\"",null,"false","\"a\\u0041\"","\"a\"b\""]}`},
		{kindToken, text, `"value":[true,1.50,"few","q","\"",null,false,"aA","\"a\"b\""]}`},
		{kindBoolean, text, `"value":[true,"1.50","few","\"q\"","\"",null,false,"\"a\\u0041\"","\"a\"b\""]}`},
		{kindNumber + "," + kindText, text, `"value":["true",1.50,"few","\"q\"","\"",null,"false","\"a\\u0041\"","\"a\"b\""]}`},
		{kindNumber + "," + kindText + "," + kindBoolean, text, `"value":[true,1.50,"few","\"q\"","\"",null,false,"\"a\\u0041\"","\"a\"b\""]}`},
		{kindNumber, "a|value\n1|1.50\n2|-2e3", `"value":[1.50,-2e3]}`},
		{kindNumber, "a|value\n1|1.50\n2|few", `error: row 2: the value "few" is no number`},
		{kindNumber, "a|value\n1|true", `error: row 1: the value "true" is no number`},
	} {
		t.Run(tt.kinds, func(t *testing.T) {
			got := built(t, tableOf(tt.text, fieldKeys{"value": {KeyMeasure: "true", KeyValues: tt.kinds}}), nil, rows.Options{})
			if _, cells, ok := strings.Cut(got, `]}}},`); ok {
				got = cells
			}
			if got != tt.want {
				t.Errorf("it is\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestCodes: texts are codes but where they are values, of which there may be as many
// as rows.
func TestCodes(t *testing.T) {
	fields := []Field{{Name: "d", Kind: FieldText}, {Name: "m", Kind: FieldText, Keys: map[string]string{KeyMeasure: "true"}}, {Name: "v", Kind: FieldText}, {Name: "n", Kind: FieldNumber}, {Name: "t", Kind: FieldOther}}
	list, _, err := describe(fields, nil, &rows.Options{Values: []string{"v"}, Warn: func(string) {}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{true, false, false, false, true} {
		if list[i].Codes != want {
			t.Errorf("%s holds codes: %t", list[i].Name, list[i].Codes)
		}
	}
}

// TestValueBesideHead: a value that is asked for takes the place of the one that the
// file names, which is left out with a word.
func TestValueBesideHead(t *testing.T) {
	keys := fieldKeys{"value": {KeyMeasure: "true"}, "status": {KeyStatus: "true"}}
	m := tableOf("port|year|value:n|status|share:n|flag\nN|2023|1|p|7|q", keys)
	got := built(t, m, tableKey{KeyHead: ports}, rows.Options{Values: []string{"share"}, Status: "flag"})
	if want := `"value":[7,null,null,null,null,null],"status":{"0":"q"}}` + "\n" +
		`warning: column "value" is no part of the cube that the table came from: it is left out` + "\n" +
		`warning: column "status" is no part of the cube that the table came from: it is left out`; !strings.HasSuffix(got, want) {
		t.Errorf("it is %s, want %s", got, want)
	}
}
