package columnar

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// memory is a table of texts, of which ~ is null, and which come in pieces of some rows.
type memory struct {
	fields []Field
	rows   [][]string
	piece  int
	coded  bool // texts come with a dictionary, a new one for each piece but for those of two rows
	hidden bool // how many rows there are is not known beforehand
}

func (m *memory) Rows() int64 {
	if m.hidden {
		return -1
	}
	return int64(len(m.rows))
}

func (m *memory) Pieces(columns []int, f func(Piece) error) error {
	for i := 0; i < len(m.rows); i += m.piece {
		if err := f(&memoryPiece{m, columns, m.rows[i:min(i+m.piece, len(m.rows))]}); err != nil {
			return err
		}
	}
	return nil
}

type memoryPiece struct {
	m       *memory
	columns []int
	rows    [][]string
}

func (p *memoryPiece) Len() int { return len(p.rows) }

func (p *memoryPiece) column(k int) *memoryColumn {
	if !slices.Contains(p.columns, k) {
		panic("a column was not asked for")
	}
	c := &memoryColumn{kind: p.m.fields[k].Kind}
	for _, row := range p.rows {
		c.list = append(c.list, row[k])
	}
	return c
}

func (p *memoryPiece) Texts(k int) (Texts, error) {
	c := p.column(k)
	if c.kind == FieldNested {
		return nil, errors.New("lists are no texts")
	}
	if p.m.coded {
		return &memoryCoded{c, &memoryColumn{list: []string{"~", "N", "S", "T", "\xff", "2023", "2024"}}, p.m.piece}, nil
	}
	return c, nil
}

func (p *memoryPiece) Values(k int) (Values, error) {
	c := p.column(k)
	switch c.kind {
	case FieldText:
		return &TextValues{Texts: c}, nil
	case FieldNull:
		return nil, errors.New("nothing is no value")
	}
	return c, nil
}

type memoryColumn struct {
	kind FieldKind
	list []string
}

func (c *memoryColumn) Null(row int) bool                 { return c.list[row] == "~" }
func (c *memoryColumn) Append(dst []byte, row int) []byte { return append(dst, c.list[row]...) }
func (c *memoryColumn) Put(cube *Cube, pos int64, row int) error {
	if c.kind == FieldBool {
		cube.Bool(pos, c.list[row] == "true")
		return nil
	}
	return cube.Token(pos, []byte(c.list[row]))
}

// memoryCoded numbers its texts by a dictionary; "!7" is a code of its own.
type memoryCoded struct {
	*memoryColumn
	dictionary *memoryColumn
	piece      int
}

func (c *memoryCoded) Null(row int) bool { return c.list[row] == "~" }

func (c *memoryCoded) Code(row int) int {
	var code int
	if n, _ := fmt.Sscanf(c.list[row], "!%d", &code); n == 1 {
		return code
	}
	return slices.Index(c.dictionary.list, c.list[row])
}

func (c *memoryCoded) Dictionary() (Texts, int, any) {
	if c.piece == 2 {
		return c.dictionary, len(c.dictionary.list), "the same"
	}
	return c.dictionary, len(c.dictionary.list), nil
}

// kinds are those that the letters of a test stand for.
var kinds = map[string]FieldKind{"": FieldText, "n": FieldNumber, "b": FieldBool, "o": FieldOther, "0": FieldNull, "l": FieldNested}

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
func built(t *testing.T, m *memory, table map[string]string, o ReadOptions) string {
	t.Helper()
	var warnings strings.Builder
	o.Warn = func(text string) { warnings.WriteString("\nwarning: " + text) }
	p, err := NewPlan(m.fields, table, o)
	var ds *jsonstat.Dataset
	if err == nil {
		ds, err = Build(m, p)
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
		o          ReadOptions
		want       string
	}{
		{"names and kinds", "a|b|n:n|STATUS\nx|1|5|p\ny|1|6|~\nx|2|~|", nil, nil, ReadOptions{}, `"id":["a","b"],"size":[2,2],"dimension":{"a":{"category":{"index":["x","y"]}},"b":{"category":{"index":["1","2"]}}},"value":[5,null,6,null],"status":{"0":"p"}}`},
		{"a column called value", "a|n:n|Value\nx|1|few\ny|1|~", nil, nil, ReadOptions{}, `"id":["a","n"],"size":[2,1],"dimension":{"a":{"category":{"index":["x","y"]}},"n":{"category":{"index":["1"]}}},"value":["few",null]}`},
		{"the first with numbers", "a|n:n|m:n\nx|1|5", nil, nil, ReadOptions{}, `"id":["a","m"],"size":[1,1],"dimension":{"a":{"category":{"index":["x"]}},"m":{"category":{"index":["5"]}}},"value":[1]}`},
		{"booleans", "a|value:b\nx|true\ny|false", nil, nil, ReadOptions{}, `"id":["a"],"size":[2],"dimension":{"a":{"category":{"index":["x","y"]}}},"value":[true,false]}`},
		{"a null column as a dimension", "a|e:0|value:n\nx|~|1", nil, nil, ReadOptions{}, `error: row 1: dimension "e" has no category: the cell is null`},
		{"a date as a dimension", "d:o|value:n\n2024-01-01|1", nil, nil, ReadOptions{}, `"id":["d"],"size":[1],"dimension":{"d":{"category":{"index":["2024-01-01"]}}},"value":[1]}`},
		{"asked for", "a|value|n:n|m:n|s\nx|y|1|2|p", nil, nil, ReadOptions{Value: "m", Status: "s", Dimensions: []string{"n", "a"}, Roles: map[string]jsonstat.Role{"n": jsonstat.Time}}, `"role":{"time":["n"]},"id":["n","a"],"size":[1,1],"dimension":{"n":{"category":{"index":["1"]}},"a":{"category":{"index":["x"]}}},"value":[2],"status":{"0":"p"}}`},
		{"a status that is asked for is no value", "a|value|n:n\nx|y|1", nil, nil, ReadOptions{Status: "value"}, `"id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[1],"status":{"0":"y"}}`},
		{"a dimension that is asked for is neither", "value|status|n:n\nx|y|1", nil, nil, ReadOptions{Dimensions: []string{"status", "value"}}, `"id":["status","value"],"size":[1,1],"dimension":{"status":{"category":{"index":["y"]}},"value":{"category":{"index":["x"]}}},"value":[1]}`},

		{"keys", "a|b|m:n|s|value:n\nx|1|5|p|7", fieldKeys{"m": {KeyMeasure: "true"}, "s": {KeyStatus: "true"}, "a": {KeyDimension: "A", KeyRole: "geo", KeyLabel: "Place"}}, nil, ReadOptions{}, `"role":{"geo":["A"]},"id":["A","b","value"],"size":[1,1,1],"dimension":{"A":{"label":"Place","category":{"index":["x"]}},"b":{"category":{"index":["1"]}},"value":{"category":{"index":["7"]}}},"value":[5],"status":{"0":"p"}}`},
		{"a dimension called value by its key", "value|n:n|status\nx|5|p", fieldKeys{"value": {KeyDimension: "value"}, "status": {KeyDimension: "status"}}, nil, ReadOptions{}, `"id":["value","status"],"size":[1,1],"dimension":{"value":{"category":{"index":["x"]}},"status":{"category":{"index":["p"]}}},"value":[5]}`},
		{"a dimension of numbers by its key", "n:n|m:n\n1|5", fieldKeys{"n": {KeyDimension: "n"}}, nil, ReadOptions{}, `"id":["n"],"size":[1],"dimension":{"n":{"category":{"index":["1"]}}},"value":[5]}`},
		{"a status by its key is no value", "a|value|n:n\nx|p|5", fieldKeys{"value": {KeyStatus: "true"}}, nil, ReadOptions{}, `"id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[5],"status":{"0":"p"}}`},
		{"labels beside ids", "a|A|value:n\nx|X|5", fieldKeys{"a": {KeyDimension: "a"}, "A": {KeyDimension: "a", KeyContent: "label"}}, nil, ReadOptions{}, `"id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[5]}`},
		{"order, labels and the rest", "a|value:n\ny|5\nw|6", fieldKeys{"a": {KeyOrder: `["x","y"]`, KeyLabels: `{"x":"X"}`, KeyUnits: `{"y":{"decimals":1}}`, KeyCoords: `{"x":[1,2]}`, KeyChildren: `{"x":["y"]}`}}, nil, ReadOptions{}, `"id":["a"],"size":[3],"dimension":{"a":{"category":{"index":["x","y","w"],"label":{"x":"X"},"unit":{"y":{"decimals":1}},"coordinates":{"x":[1,2]},"child":{"x":["y"]}}}},"value":[null,5,6]}`},
		{"keys that are not what they should be", "a|value:n\ny|5", fieldKeys{"a": {KeyOrder: `{}`, KeyLabels: `[]`, KeyUnits: `7`, KeyCoords: `null`}}, tableKey{KeyExtension: "[1]", KeyRoles: "7", KeyValueForm: "what"}, ReadOptions{}, `"id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["y"]}}},"value":[5]}`},
		{"keys of the table", "a|b|c|d|value:n\n1|2|3|4|5", fieldKeys{"b": {KeyRole: "geo"}, "c": {KeyRole: "metric"}}, tableKey{KeyLabel: "L", KeySource: "S", KeyUpdated: "2025", KeyExtension: `{"x":1}`, KeyRoles: `{"time":["a","b"],"kind":["d"]}`, KeyValueForm: "sparse"}, ReadOptions{Roles: map[string]jsonstat.Role{"c": jsonstat.Geo}}, `"label":"L","source":"S","updated":"2025","role":{"time":["a"],"geo":["b","c"]},"id":["a","b","c","d"],"size":[1,1,1,1],"dimension":{"a":{"category":{"index":["1"]}},"b":{"category":{"index":["2"]}},"c":{"category":{"index":["3"]}},"d":{"category":{"index":["4"]}}},"extension":{"x":1},"value":{"0":5}}`},
		{"forms: dense statuses", "a|value:n|status\nx|5|p\ny|6|~", nil, tableKey{KeyValueForm: "dense", KeyStatusForm: "dense"}, ReadOptions{}, `"id":["a"],"size":[2],"dimension":{"a":{"category":{"index":["x","y"]}}},"value":[5,6],"status":["p",null]}`},
		{"forms: sparse values", "a|value:n|status\nx|~|p\ny|~|~\nz|6|~", nil, tableKey{KeyValueForm: "sparse", KeyStatusForm: "sparse"}, ReadOptions{}, `"id":["a"],"size":[3],"dimension":{"a":{"category":{"index":["x","y","z"]}}},"value":{"2":6},"status":{"0":"p"}}`},
		{"a child that is no category", "a|value:n\ny|5", fieldKeys{"a": {KeyChildren: `{"y":["z"]}`}}, nil, ReadOptions{}, `"id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["y"],"child":{"y":["z"]}}}},"value":[5]}`},

		{"no value", "a|b\nx|y", nil, nil, ReadOptions{}, `error: no column is called value, and none has numbers: which one has the values?`},
		{"no value by its kind", "a|value:o\nx|y", nil, nil, ReadOptions{}, `error: column "value" is of type type o: values are numbers, texts or booleans`},
		{"a list as a value", "a|value:l\nx|y", nil, nil, ReadOptions{}, `error: column "value" is of type type l: values are numbers, texts or booleans`},
		{"a value that is not there", "a|value:n\nx|1", nil, nil, ReadOptions{Value: "valeu"}, `error: there is no column "valeu" for the values: did you mean "value"?`},
		{"a status that is not there", "a|value:n\nx|1", nil, nil, ReadOptions{Status: "flag"}, `error: there is no column "flag" for the statuses: the columns are a, value`},
		{"a dimension that is not there, of 20 columns", strings.Repeat("c|", 18) + "a|value:n\n" + strings.Repeat("c|", 18) + "x|1", nil, nil, ReadOptions{Dimensions: []string{"zzz"}}, `error: there is no column "zzz" for the dimensions: the columns are c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, a, value`},
		{"a dimension that is not there, of 21 columns", strings.Repeat("c|", 19) + "a|value:n\n" + strings.Repeat("c|", 19) + "x|1", nil, nil, ReadOptions{Dimensions: []string{"zzz"}}, `error: there is no column "zzz" for the dimensions`},
		{"a name of 41 characters that is not there", "a|value:n\nx|1", nil, nil, ReadOptions{Value: strings.Repeat("é", 41)}, `error: there is no column "éééééééééééééééééééééééééééééééééééééééé…" for the values: the columns are a, value`},
		{"a name of 40 characters that is not there", "a|value:n\nx|1", nil, nil, ReadOptions{Value: strings.Repeat("é", 40)}, `error: there is no column "éééééééééééééééééééééééééééééééééééééééé" for the values: the columns are a, value`},
		{"value and status in one", "a|value:n\nx|1", nil, nil, ReadOptions{Value: "value", Status: "value"}, `error: column "value" cannot have both values and statuses`},
		{"dimension and value in one", "a|value:n\nx|1", nil, nil, ReadOptions{Value: "value", Dimensions: []string{"value"}}, `error: column "value" cannot be two things`},
		{"dimension and status in one", "a|value:n|s\nx|1|p", nil, nil, ReadOptions{Status: "s", Dimensions: []string{"s"}}, `error: column "s" cannot be two things`},
		{"a dimension twice", "a|value:n\nx|1", nil, nil, ReadOptions{Dimensions: []string{"a", "a"}}, `error: column "a" cannot be two things`},
		{"two columns of a name", "a|a|value:n\nx|y|1", nil, nil, ReadOptions{}, `error: two columns are called "a"`},
		{"a list as a dimension", "a|b:l|value:n\nx|y|1", nil, nil, ReadOptions{}, `error: column "b" is of type type l, which cannot be a dimension: name those that can`},
		{"a role of no dimension", "a|value:n\nx|1", nil, nil, ReadOptions{Roles: map[string]jsonstat.Role{"b": jsonstat.Geo}}, `error: there is no dimension "b" to be geo`},
		{"no dimension", "value:n\n1", nil, nil, ReadOptions{}, `error: the table has no column that could be a dimension`},
		{"no rows", "a|value:n", nil, nil, ReadOptions{}, `error: the table has no rows, and no head of the cube that it was`},
		{"a null category", "a|value:n\nx|1\n~|1", nil, nil, ReadOptions{}, `error: row 2: dimension "a" has no category: the cell is null`},
		{"a category that is not UTF-8", "a|value:n\nx|1\n\xff|1", nil, nil, ReadOptions{}, `error: row 2: column "a" has a text that is not UTF-8`},
		{"a status that is not UTF-8", "a|value:n|status\nx|1|\xff", nil, nil, ReadOptions{}, `error: row 1: the status is not UTF-8`},
		{"a value that is not UTF-8", "a|value\nx|\xff", nil, nil, ReadOptions{}, `error: row 1: the value is a text that is not UTF-8`},
		{"a value that is no number", "a|value:n\nx|1\ny|1.", nil, nil, ReadOptions{}, `error: row 2: "1." is not a number`},
		{"a cell twice", "a|value:n\nx|1\ny|2\nx|3", nil, nil, ReadOptions{}, `error: row 3: the cell a=x has a row already`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := tableOf(tt.text, tt.keys)
			got := built(t, m, tt.table, tt.o)
			if got != tt.want {
				t.Errorf("it is\n%s\nwant\n%s", got, tt.want)
			}
			m.piece, m.hidden = 1, true
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
		o          ReadOptions
		want       string
	}{
		{"ids", "port|year|unit|value:n|status\nT|2023|kg|5|p\nN|2024|kg|2|~", nil, ReadOptions{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,2,null,null,5,null],"status":{"4":"p"}}`},
		{"labels and dates, without the dimension of one category", "Port|Year|value:n\nSouth|2023-01-01|3\nNorth|2024-01-01|2", nil, ReadOptions{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,2,3,null,null,null]}`},
		{"ids and labels in one", "port|year|value:n\n[S] South|[2023] 2023|3", nil, ReadOptions{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,null,3,null,null,null]}`},
		{"columns by their keys", "x|y|value:n\nN|2024|2", fieldKeys{"x": {KeyDimension: "port"}, "y": {KeyDimension: "year"}}, ReadOptions{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,2,null,null,null,null]}`},
		{"ids go before labels", "l|i|year|value:n\nSouth|N|2024|2", fieldKeys{"l": {KeyDimension: "port", KeyContent: contentLabel}, "i": {KeyDimension: "port", KeyContent: contentID}}, ReadOptions{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,2,null,null,null,null]}`},
		{"labels where there are no ids", "l|year|value:n\nSouth|2024|4", content("l", "port", contentLabel), ReadOptions{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,null,null,4,null,null]}`},
		{"a column of ids does not know labels", "i|year|value:n\nSouth|2024|4", content("i", "port", contentID), ReadOptions{}, `error: row 1: there is no category "South" in dimension "port"; did you mean "S"?`},
		{"a column of labels does not know ids", "l|year|value:n\nS|2024|4", content("l", "port", contentLabel), ReadOptions{}, `error: row 1: there is no category "S" in dimension "port"`},
		{"a column of both knows both alone", "l|year|value:n\n[S] South|2024|4\nS|2023|3", content("l", "port", contentBoth), ReadOptions{}, `error: row 2: there is no category "S" in dimension "port"`},
		{"a column of dates knows dates alone", "port|d|value:n\nS|2024-01-01|4\nS|2023|3", content("d", "year", contentDate), ReadOptions{}, `error: row 2: there is no category "2023" in dimension "year"`},
		{"a dimension without its column", "port|value:n\nN|1", nil, ReadOptions{}, `"id":["port"],"size":[1],"dimension":{"port":{"category":{"index":["N"]}}},"value":[1]}` + "\n" +
			`warning: dimension "year" of the head has no column any more: the head is not used`},
		{"a column more", "port|year|kind|value:n\nN|2023|x|1", nil, ReadOptions{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[1,null,null,null,null,null]}` + "\n" +
			`warning: column "kind" is no part of the cube that the table came from: it is left out`},
		{"a column of labels more", "port|p|year|value:n\nN|North|2023|1", content("p", "port", contentLabel), ReadOptions{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[1,null,null,null,null,null]}` + "\n" +
			`warning: column "port" is no part of the cube that the table came from: it is left out`},
		{"a list of a dimension's name", "port:l|Port|year|value:n\n-|N|2023|1", nil, ReadOptions{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[1,null,null,null,null,null]}` + "\n" +
			`warning: column "port" is no part of the cube that the table came from: it is left out`},
		{"roles", "port|year|value:n\nN|2023|1", nil, ReadOptions{Roles: map[string]jsonstat.Role{"port": jsonstat.Geo}}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[1,null,null,null,null,null]}` + "\n" +
			`warning: the table says itself which role its dimensions have`},
		{"dimensions that are asked for", "port|year|value:n\nN|2023|1", nil, ReadOptions{Dimensions: []string{"year", "port"}}, `"id":["year","port"],"size":[1,1],"dimension":{"year":{"category":{"index":["2023"]}},"port":{"category":{"index":["N"]}}},"value":[1]}`},
		{"an unknown category", "port|year|value:n\nN|2023|1\nM|2023|1", nil, ReadOptions{}, `error: row 2: there is no category "M" in dimension "port"; did you mean "N", "S" or "T"?`},
		{"a category that is null", "port|year|value:n\nN|~|1", nil, ReadOptions{}, `error: row 1: dimension "year" has no category: the cell is null`},
		{"a category that is not UTF-8", "port|year|value:n\n\xff|2023|1", nil, ReadOptions{}, `error: row 1: column "port" has a text that is not UTF-8`},
		{"a cell twice", "port|year|value:n\nN|2023|1\n[N] North|2023-01-01|2", nil, ReadOptions{}, `error: row 2: the cell port=N, year=2023, unit=kg has a row already`},
		{"no rows", "port|year|value:n", nil, ReadOptions{}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[]}`},
		{"nothing but nulls", "port|year|value:0\nN|2023|~", nil, ReadOptions{}, `error: nothing is no value`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := tableOf(tt.text, tt.keys)
			table := tableKey{KeyHead: ports}
			got := built(t, m, table, tt.o)
			if got != tt.want {
				t.Errorf("it is\n%s\nwant\n%s", got, tt.want)
			}
			m.piece, m.hidden = 1, true
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
		if got := built(t, tableOf(text, nil), tableKey{KeyHead: head}, ReadOptions{}); !strings.HasSuffix(got, want) {
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
		{"all categories of the dictionary in its order, but one that is not UTF-8", "port|year|value:n\nT|2024|6\nN|2023|1\nS|2024|4\nT|2023|5", nil, `"id":["port","year"],"size":[5,5],"dimension":{"port":{"category":{"index":["N","S","T","2023","2024"]}},"year":{"category":{"index":["N","S","T","2023","2024"]}}},"value":[null,null,null,1,null,null,null,null,null,4,null,null,null,5,6,null,null,null,null,null,null,null,null,null,null]}`},
		{"categories of the head", "port|year|value:n\nT|2024|6\nN|2023|1\nS|2024|4\nT|2023|5", tableKey{KeyHead: ports}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[1,null,null,4,5,6]}`},
		{"a null", "port|year|value:n\nT|2024|6\n~|2023|1", tableKey{KeyHead: ports}, `error: row 2: dimension "port" has no category: the cell is null`},
		{"a code of null", "port|year|value:n\nT|2024|6\n!0|2023|1", tableKey{KeyHead: ports}, `error: row 2: dimension "port" has no category: the cell is null`},
		{"the first code behind the dictionary", "port|year|value:n\nT|2024|6\n!7|2023|1", tableKey{KeyHead: ports}, `error: row 2: column "port" has a code that its dictionary does not have`},
		{"the last code", "port|year|value:n\nT|!6|6", tableKey{KeyHead: ports}, `"label":"Ports","role":{"time":["year"]},"id":["port","year","unit"],"size":[3,2,1],"dimension":{"port":{"label":"Port","category":{"index":["N","S","T"],"label":{"N":"North","S":"South","T":"T"}}},"year":{"label":"Year","category":{"index":["2023","2024"]}},"unit":{"label":"Unit","category":{"index":["kg"],"label":{"kg":"Weight"}}}},"value":[null,null,null,null,null,6]}`},
		{"a code below", "port|year|value:n\nT|2024|6\n!-1|2023|1", tableKey{KeyHead: ports}, `error: row 2: column "port" has a code that its dictionary does not have`},
		{"a text that is not UTF-8", "port|year|value:n\nT|2024|6\nN|2023|1\n\xff|2023|1", tableKey{KeyHead: ports}, `error: row 3: column "port" has a text that is not UTF-8`},
		{"an unknown category", "port|year|value:n\nT|2024|6\n2023|2023|1", tableKey{KeyHead: ports}, `error: row 2: there is no category "2023" in dimension "port"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := tableOf(tt.text, nil)
			m.coded = true
			got := built(t, m, tt.table, ReadOptions{})
			if got != tt.want {
				t.Errorf("it is\n%s\nwant\n%s", got, tt.want)
			}
			for _, m.piece = range []int{1, 2, 3} {
				if again := built(t, m, tt.table, ReadOptions{}); again != got {
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
		{kindBoolean, text, `"value":[true,1.50,"few","\"q\"","\"",null,false,"\"a\\u0041\"","\"a\"b\""]}`},
		{kindNumber + "," + kindText, text, `"value":["true",1.50,"few","\"q\"","\"",null,"false","\"a\\u0041\"","\"a\"b\""]}`},
		{kindNumber + "," + kindText + "," + kindBoolean, text, `"value":[true,1.50,"few","\"q\"","\"",null,false,"\"a\\u0041\"","\"a\"b\""]}`},
		{kindNumber, "a|value\n1|1.50\n2|-2e3", `"value":[1.50,-2e3]}`},
		{kindNumber, "a|value\n1|1.50\n2|few", `error: row 2: the value "few" is no number`},
		{kindNumber, "a|value\n1|true", `error: row 1: the value "true" is no number`},
	} {
		t.Run(tt.kinds, func(t *testing.T) {
			got := built(t, tableOf(tt.text, fieldKeys{"value": {KeyValues: tt.kinds}}), nil, ReadOptions{})
			if _, cells, ok := strings.Cut(got, `]}}},`); ok {
				got = cells
			}
			if got != tt.want {
				t.Errorf("it is\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
