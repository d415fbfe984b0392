package convert_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// outcome is what comes of a CSV table: the cube or the error, and the warnings.
func outcome(t *testing.T, text string, o readOptions) string {
	t.Helper()
	var warnings strings.Builder
	o.Warn = func(message string) { warnings.WriteString("\nwarning: " + message) }
	ds, err := convert.ReadCSV(strings.NewReader(text), &o)
	if err != nil {
		return "error: " + err.Error() + warnings.String()
	}
	return written(t, ds) + warnings.String()
}

// TestReadCSVStat has CSV-stat with heads of every kind, and what is wrong with
// others. Options for plain tables have no effect but for the label.
func TestReadCSVStat(t *testing.T) {
	const plain = "dimension,a,A,1,x,X\ndata\na,value\nx,1.5\n"
	for _, tt := range []struct{ name, text, want string }{
		{"a first line of one word", "jsonstat\n" + plain, `"label":"default","id":["a"],"size":[1],"dimension":{"a":{"label":"A","category":{"index":["x"],"label":{"x":"X"}}}},"value":[1.5]}`},
		{"empty marks", "jsonstat,,\n" + plain, `"label":"default","id":["a"],"size":[1],"dimension":{"a":{"label":"A","category":{"index":["x"],"label":{"x":"X"}}}},"value":[1.5]}`},
		{"marks in quotes", "jsonstat,\".\",\"|\"\n" + plain, `"label":"default","id":["a"],"size":[1],"dimension":{"a":{"label":"A","category":{"index":["x"],"label":{"x":"X"}}}},"value":[1.5]}`},
		{"a byte order mark", "\ufeffjsonstat,.,|\n" + plain, `"label":"default","id":["a"],"size":[1],"dimension":{"a":{"label":"A","category":{"index":["x"],"label":{"x":"X"}}}},"value":[1.5]}`},
		{"semicolons, CRLF", "jsonstat;;|\r\ndimension;a;A;1;x;X\r\ndata\r\na;value\r\nx;1,5\r\n", `"label":"default","id":["a"],"size":[1],"dimension":{"a":{"label":"A","category":{"index":["x"],"label":{"x":"X"}}}},"value":[1.5]}`},
		{"semicolons bring a comma", "jsonstat;\ndimension;a;A;1;x;X\ndata\na;value\nx;1,5\n", `"label":"default","id":["a"],"size":[1],"dimension":{"a":{"label":"A","category":{"index":["x"],"label":{"x":"X"}}}},"value":[1.5]}`},
		{"semicolons with a point", "jsonstat;.\ndimension;a;A;1;x;X\ndata\na;value\nx;1.5\n", `"label":"default","id":["a"],"size":[1],"dimension":{"a":{"label":"A","category":{"index":["x"],"label":{"x":"X"}}}},"value":[1.5]}`},
		{"another separator of units", "jsonstat|.|/\ndimension|m|M|2|a|A|b|B|metric|0/kilo/kg/end|/l\ndata\nm|status|value\na|p|1\nb||\n", `"label":"default","role":{"metric":["m"]},"id":["m"],"size":[2],"dimension":{"m":{"label":"M","category":{"index":["a","b"],"label":{"a":"A","b":"B"},"unit":{"a":{"decimals":0,"label":"kilo","symbol":"kg","position":"end"},"b":{"label":"l"}}}}},"value":[1,null],"status":{"0":"p"}}`},
		{"all of the head, and a line of nothing known", "jsonstat,.,|\nlabel,L\nsource,S\nupdated,2025\nhref,https://example.org/\nfoo,bar\ndimension,a,,1,x,X,time\ndata\na,value\nx,\n", `"href":"https://example.org/","label":"L","source":"S","updated":"2025","role":{"time":["a"]},"id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"],"label":{"x":"X"}}}},"value":[null]}` + "\n" +
			`warning: line 6: "foo" is no line of the head of CSV-stat: it is left out`},
		{"a line of data with something behind it", "jsonstat,.,|\nlabel\ndata,\ndimension,a,,1,x,X,kind\ndata\na,value\nx,1\n", `"label":"default","role":{"kind":["a"]},"id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"],"label":{"x":"X"}}}},"value":[1]}` + "\n" +
			`warning: line 3: "data" is no line of the head of CSV-stat: it is left out`},
		{"units with parts that are empty or odd", "jsonstat,.,|\ndimension,a,A,2,x,X,y,Y,metric,-1|l,x|m||end,2\ndata\na,value\nx,1\n", `"label":"default","role":{"metric":["a"]},"id":["a"],"size":[2],"dimension":{"a":{"label":"A","category":{"index":["x","y"],"label":{"x":"X","y":"Y"},"unit":{"x":{"label":"l"},"y":{"label":"m","position":"end"}}}}},"value":[1,null]}`},
		{"units with more parts than there are, and more than categories", "jsonstat,.,|\ndimension,a,A,2,x,X,y,Y,metric,0,1|e|s|start|more,2|x\ndata\na,value\nx,1\n", `"label":"default","role":{"metric":["a"]},"id":["a"],"size":[2],"dimension":{"a":{"label":"A","category":{"index":["x","y"],"label":{"x":"X","y":"Y"},"unit":{"x":{"decimals":0},"y":{"decimals":1,"label":"e","symbol":"s","position":"start"}}}}},"value":[1,null]}`},
		{"a category without a unit", "jsonstat,.,|\ndimension,a,A,2,x,X,y,Y,metric,,2|x\ndata\na,value\nx,1\n", `"label":"default","role":{"metric":["a"]},"id":["a"],"size":[2],"dimension":{"a":{"label":"A","category":{"index":["x","y"],"label":{"x":"X","y":"Y"},"unit":{"y":{"decimals":2,"label":"x"}}}}},"value":[1,null]}`},
		{"no rows", "jsonstat,.,|\ndimension,a,A,0\ndimension,b,B,1,x,X\ndata\na,b,value\n", `"label":"default","id":["a","b"],"size":[0,1],"dimension":{"a":{"label":"A","category":{"index":[]}},"b":{"label":"B","category":{"index":["x"],"label":{"x":"X"}}}},"value":[]}`},
		{"dimensions called value and status, with statuses", "jsonstat,.,|\ndimension,value,V,1,x,X\ndimension,status,S,1,y,Y\ndata\nvalue,status,status,value\nx,y,p,1\n", `"label":"default","id":["value","status"],"size":[1,1],"dimension":{"value":{"label":"V","category":{"index":["x"],"label":{"x":"X"}}},"status":{"label":"S","category":{"index":["y"],"label":{"y":"Y"}}}},"value":[1],"status":{"0":"p"}}`},
		{"dimensions called value and status, without statuses", "jsonstat,.,|\ndimension,value,V,1,x,X\ndimension,status,S,1,y,Y\ndata\nvalue,status,value\nx,y,1\n", `"label":"default","id":["value","status"],"size":[1,1],"dimension":{"value":{"label":"V","category":{"index":["x"],"label":{"x":"X"}}},"status":{"label":"S","category":{"index":["y"],"label":{"y":"Y"}}}},"value":[1]}`},
		{"columns in another order than dimensions", "jsonstat,.,|\ndimension,a,A,1,x,X\ndimension,b,B,2,y,Y,z,Z\ndata\nvalue,b,status,a\n2,z,p,x\n", `"label":"default","id":["a","b"],"size":[1,2],"dimension":{"a":{"label":"A","category":{"index":["x"],"label":{"x":"X"}}},"b":{"label":"B","category":{"index":["y","z"],"label":{"y":"Y","z":"Z"}}}},"value":[null,2],"status":{"1":"p"}}`},

		{"no line of data", "jsonstat,.,|\nlabel,L\n", `error: line 3: the head of CSV-stat does not end: there is no line "data"`},
		{"a dimension of two parts", "jsonstat,.,|\ndimension,a,A\ndata\na,value\n", `error: line 2: a dimension has an id, a label and a size at least`},
		{"fewer categories than the size", "jsonstat,.,|\ndimension,a,A,2,x,X\ndata\na,value\n", `error: line 2: dimension "a" has size "2", but 1 ids and labels follow`},
		{"half a category", "jsonstat,.,|\ndimension,a,A,1,x\ndata\na,value\n", `error: line 2: dimension "a" has size "1", but 0 ids and labels follow`},
		{"a size below zero", "jsonstat,.,|\ndimension,a,A,-1,x,X\ndata\na,value\n", `error: line 2: dimension "a" has size "-1", but 1 ids and labels follow`},
		{"a size that is no number", "jsonstat,.,|\ndimension,a,A,two,x,X\ndata\na,value\n", `error: line 2: dimension "a" has size "two", but 1 ids and labels follow`},
		{"a category twice", "jsonstat,.,|\ndimension,a,A,2,x,X,x,X\ndata\na,value\n", `error: line 2: dimension "a": category "x" is given twice`},
		{"nothing behind data", "jsonstat,.,|\ndimension,a,A,1,x,X\ndata\n", `error: nothing follows the line "data" of CSV-stat`},
		{"no value column", "jsonstat,.,|\ndimension,a,A,1,x,X\ndata\na,valeu\nx,1\n", `error: line 4: there is no column "value"; did you mean "valeu"?`},
		{"no column of a dimension", "jsonstat,.,|\ndimension,a,A,1,x,X\ndata\nb,value\nx,1\n", `error: line 4: there is no column for dimension "a"; did you mean "b"?`},
		{"a column more", "jsonstat,.,|\ndimension,a,A,1,x,X\ndata\na,b,value\nx,1,2\n", `error: line 4: the table has 3 columns for 1 dimensions`},
		{"two columns more", "jsonstat,.,|\ndimension,a,A,1,x,X\ndata\na,b,status,value\nx,1,2,2\n", `error: line 4: the table has 4 columns for 1 dimensions`},
		{"a column less", "jsonstat,.,|\ndimension,a,A,1,x,X\ndata\nvalue\nx\n", `error: line 4: the table has 1 columns for 1 dimensions`},
		{"an unknown category", "jsonstat,.,|\ndimension,a,A,1,x,X\ndata\na,value\ny,1\n", `error: line 5: there is no category "y" in dimension "a"; did you mean "x"?`},
		{"a cell twice", "jsonstat,.,|\ndimension,a,A,1,x,X\ndata\na,value\nx,1\nx,2\n", `error: line 6: the categories x have a row already, in line 5`},
		{"a short row", "jsonstat,.,|\ndimension,a,A,1,x,X\ndata\na,value\nx\n", `error: line 5: the row has 1 columns, the header has 2`},
		{"Latin-1 in the head", "jsonstat,.,|\nlabel,\xf8\ndata\na,value\nx\n", `error: line 2: the text is not UTF-8`},
		{"a quote that is not closed", "jsonstat,.,|\nlabel,\"x\ndata\na,value\nx\n", `error: line 2: a quote is not closed`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := outcome(t, tt.text, readOptions{TableOptions: convert.TableOptions{Label: "default", Decimal: "q", Values: []string{"a"}, By: []string{"a"}, Content: convert.Both}, Separator: "q"})
			require.Equal(t, tt.want, got)
		})
	}
}

// TestReadCSVSniff has tables whose separator and decimal mark are found.
func TestReadCSVSniff(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a bar", "a|Value\nx|1.5\ny|2.5\n", `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}}},"value":[1.5,2.5]}`},
		{"the separator that stands equally often", "a;b;Value\nx,y;1;1,5\ny;2;2,5\ny;1;3,5\n", `"id":["a","b"],"size":[2,2],"dimension":{"a":{"label":"a","category":{"index":["x,y","y"]}},"b":{"label":"b","category":{"index":["1","2"]}}},"value":[1.5,null,3.5,2.5]}`},
		{"the one that stands in more lines", "a,Value\nx;y,1.5\n", `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x;y"]}}},"value":[1.5]}`},
		{"the one that stands more often in a line", "a;b,c;Value\nx;y;1\n", `"id":["a","b,c"],"size":[1,1],"dimension":{"a":{"label":"a","category":{"index":["x"]}},"b,c":{"label":"b,c","category":{"index":["y"]}}},"value":[1]}`},
		{"the first of several that are as good", "a,b;Value\nx,1;1\ny,2;2\n", `"id":["a,b"],"size":[2],"dimension":{"a,b":{"label":"a,b","category":{"index":["x,1","y,2"]}}},"value":[1,2]}`},
		{"ten lines count", "a,b;Value\n" + strings.Repeat("x,1;1\n", 8) + "y,1;2\nz;1\n", `error: line 3: the categories x,1 have a row already, in line 2`},
		{"none", "a\nx\n", `error: line 1: there is one column only, "a": is "," the separator?`},
		{"more points than commas", "a;Value\nx;1.5\ny;2,5\nz;3.5\n", `error: line 2: Value: "1.5" is no number, nor is another cell`},
		{"as many points as commas", "a;Value\nx;1.5\ny;2,5\n", `error: line 2: Value: "1.5" is no number`},
		{"more commas than points", "a;Value\nx;1,5\ny;2,5\nz;3.5\n", `error: line 4: Value: "3.5" is no number`},
		{"a mark in front is no mark of either", "a;Value\nx;.5\ny;,5\nz;1,5\n", `error: line 2: Value: ".5" is no number`},
		{"points of what is no number", "a;Value\nx.y;1,5\nz.w;2\n", `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x.y","z.w"]}}},"value":[1.5,2]}`},
		{"two commas", "a;Value\nx;1,234,5\ny;1.5\n", `error: line 2: Value: "1,234,5" is no number`},
		{"blanks around a number", "a;Value\nx; 1,5 \ny;2\n", `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}}},"value":[1.5,2]}`},
		{"a comma in quotes between commas", "a,Value\nx,\"1,5\"\ny,\"2,5\"\n", `error: there is no column of figures: the last one, Value, holds "1,5"`},
		{"a short row counts for the separator", "a;Value\nx;1\ny\n", `error: line 3: the row has 1 columns, the header has 2`},
		{"a line that says the separator", "sep=,\na,Value\nx,1.5\n", `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1.5]}`},
		{"a line that says one of two bytes", "sep=é\r\naéValue\nxé1\n", `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1]}`},
		{"the line of the header is told behind it", "sep=|\na|a|Value\nx|x|1\n", `"id":["a (1)","a (2)"],"size":[1,1],"dimension":{"a (1)":{"label":"a (1)","category":{"index":["x"]}},"a (2)":{"label":"a (2)","category":{"index":["x"]}}},"value":[1]}` + "\n" +
			`warning: several columns are called "a": they are called by their numbers too, "a (1)"`},
		{"a line that says two characters", "sep=::\na,Value\nx,1.5\n", `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1.5]}` + "\n" +
			`warning: 1 line above the header is left out: "sep=::"`},
		{"a line that says nothing", "sep=\na,Value\nx,1.5\n", `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1.5]}` + "\n" +
			`warning: 1 line above the header is left out: "sep="`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := outcome(t, tt.text, readOptions{Sniff: true})
			require.Equal(t, tt.want, got)
		})
	}
}

// TestReadCSVSniffGiven: what is given is not looked for.
func TestReadCSVSniffGiven(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		o          readOptions
		want       string
	}{
		{"a separator", "a;b,Value\nx;1,5\n", readOptions{Separator: ","}, `"id":["a;b"],"size":[1],"dimension":{"a;b":{"label":"a;b","category":{"index":["x;1"]}}},"value":[5]}`},
		{"a separator, not that of the first line", "sep=;\na,Value\nx,1\n", readOptions{Separator: ","}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1]}`},
		{"a separator, as in the first line", "sep=,\na,Value\nx,1.5\n", readOptions{Separator: ","}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1.5]}`},
		{"a mark", "a;Value\nx;1,5\ny;2,5\nz;3.5\n", readOptions{TableOptions: convert.TableOptions{Decimal: "."}}, `error: line 2: Value: "1,5" is no number, nor is another cell`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Sniff = true
			got := outcome(t, tt.text, tt.o)
			require.Equal(t, tt.want, got)
		})
	}
}

// TestReadCSVColumns has tables in which a column is, or is not, value, status,
// label or dimension.
func TestReadCSVColumns(t *testing.T) {
	long := strings.Repeat("é", 40)
	for _, tt := range []struct {
		name, text string
		o          readOptions
		want       string
	}{
		{"no dimension", "Status,Value\nx,1\n", readOptions{}, `"id":[],"size":[],"dimension":{},"value":[1],"status":{"0":"x"}}`},
		{"no dimension, the status last", "Value,Status\n1,x\n", readOptions{}, `"id":[],"size":[],"dimension":{},"value":[1],"status":{"0":"x"}}`},
		{"the last column but the status is the value", "a,Status\nx,1\n", readOptions{}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1]}`},
		{"the status column as the value", "a,Status,Value\nx,1,2\n", readOptions{TableOptions: convert.TableOptions{Values: []string{"Status"}}}, `"id":["a","Value"],"size":[1,1],"dimension":{"a":{"label":"a","category":{"index":["x"]}},"Value":{"label":"Value","category":{"index":["2"]}}},"value":[1]}` + "\n" +
			`warning: Value is taken for a dimension, and could hold figures`},
		{"a named value that is not last", "a,Value,b\nx,1,2\n", readOptions{TableOptions: convert.TableOptions{Values: []string{"Value"}}}, `"id":["a","b"],"size":[1,1],"dimension":{"a":{"label":"a","category":{"index":["x"]}},"b":{"label":"b","category":{"index":["2"]}}},"value":[1]}` + "\n" +
			`warning: b is taken for a dimension, and could hold figures`},
		{"a named value that is first", "Value,a\n1,2\n", readOptions{TableOptions: convert.TableOptions{Values: []string{"Value"}}}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["2"]}}},"value":[1]}` + "\n" +
			`warning: a is taken for a dimension, and could hold figures`},
		{"a named value like nothing", "a,Value,b\nx,1,2\n", readOptions{TableOptions: convert.TableOptions{Values: []string{"zzzzz"}}}, `error: line 1: there is no column "zzzzz": the columns are a, Value, b`},
		{"a named status", "a,flag,Value\nx,1,2\n", readOptions{TableOptions: convert.TableOptions{Status: "flag"}}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[2],"status":{"0":"1"}}`},
		{"a named status that is not there", "a,b,Value\nx,1,2\n", readOptions{TableOptions: convert.TableOptions{Status: "flag"}}, `error: line 1: there is no column "flag": the columns are a, b, Value`},
		{"a named status in a wide table", "a,b,c\nx,1,2\n", readOptions{TableOptions: convert.TableOptions{Status: "flag", By: []string{"d"}, Stub: []string{"a"}}}, `error: line 1: there is no column "flag": the columns are a, b, c`},
		{"a status of several values is that of each", "a,b,c,flag\nx,1,2,p\ny,3,4,\n", readOptions{TableOptions: convert.TableOptions{Status: "flag", Values: []string{"b", "c"}}}, `"role":{"metric":["measure"]},"id":["a","measure"],"size":[2,2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}},"measure":{"label":"measure","category":{"index":["b","c"]}}},"value":[1,2,3,4],"status":{"0":"p","1":"p"}}`},
		{"a status beside headings is that of the row", "a,b,c,flag\nx,1,2,p\ny,3,4,\n", readOptions{TableOptions: convert.TableOptions{Status: "flag", By: []string{"d"}, Stub: []string{"a"}}}, `"id":["a","d"],"size":[2,2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}},"d":{"label":"d","category":{"index":["b","c"]}}},"value":[1,2,3,4],"status":{"0":"p","1":"p"}}`},
		{"letters name columns of sheets alone", "a,b,Value\nx,1,2\n", readOptions{TableOptions: convert.TableOptions{Status: "C"}}, `error: line 1: there is no column "C"; did you mean "a"?`},
		{"a name in another case that two columns have", "Status,status,Value\nx,1,2\n", readOptions{TableOptions: convert.TableOptions{Ignore: []string{"STATUS"}}}, `error: line 1: there is no column "STATUS"; did you mean "Status"?`},
		{"decimal commas between semicolons", "a;Value\nx;1,5\ny;2,5\n", readOptions{}, `error: line 1: the columns look as if separated by ";", not by ","`},
		{"decimal commas between semicolons, here and there", "a;b;Value\nx;1;1,5\ny;2;2\nz;3;2000,2001\n", readOptions{}, `error: line 1: the columns look as if separated by ";", not by ","`},
		{"a semicolon in a title", "Boats; all ports\na,b,Value\nx,u,1\ny,v,2\n", readOptions{TableOptions: convert.TableOptions{Dimensions: []string{"a", "b"}}}, `"label":"Boats; all ports","id":["a","b"],"size":[2,2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}},"b":{"label":"b","category":{"index":["u","v"]}}},"value":[1,null,null,2]}` + "\n" + `warning: the line above the header is taken for the title: "Boats; all ports"`},
		{"a wide table with a column Status", "a,Status,c\nx,1,2\n", readOptions{TableOptions: convert.TableOptions{By: []string{"d"}, Stub: []string{"a"}}}, `"id":["a","d"],"size":[1,2],"dimension":{"a":{"label":"a","category":{"index":["x"]}},"d":{"label":"d","category":{"index":["Status","c"]}}},"value":[1,2]}`},
		{"a wide table with the stub between", "b,a,c\n1,x,2\n1,y,3\n", readOptions{TableOptions: convert.TableOptions{By: []string{"d"}, Stub: []string{"a"}}}, `"id":["a","d"],"size":[2,2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}},"d":{"label":"d","category":{"index":["b","c"]}}},"value":[1,2,1,3]}`},
		{"a bracket that does not close", "[a A,Value\n[x] X,1\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Both}}, `"id":["[a A"],"size":[1],"dimension":{"[a A":{"label":"[a A","category":{"index":["x"],"label":{"x":"X"}}}},"value":[1]}`},
		{"a bracket twice", "a,Value\n[x] X,1\n[y] ] Y,2\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Both}}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"],"label":{"x":"X","y":"] Y"}}}},"value":[1,2]}`},
		{"a cell whose bracket does not close", "[a] A,Value\n[x X,1\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Both}}, `error: line 2: category "[x X" of dimension "a" is not of the form [id] label`},
		{"labels of the dimension like its id", "a,a label,Value\nx,X,1\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Columns}}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"],"label":{"x":"X"}}}},"value":[1]}`},
		{"two other labels of an id", "a,A,b,B,Value\nx,X,k,K,1\nx,Y,l,L,2\nx,Z,m,M,3\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Columns}}, `"id":["a","b"],"size":[1,3],"dimension":{"a":{"label":"A","category":{"index":["x"],"label":{"x":"X"}}},"b":{"label":"B","category":{"index":["k","l","m"],"label":{"k":"K","l":"L","m":"M"}}}},"value":[1,2,3]}` + "\n" +
			`warning: 2 labels are not those that their ids had before, such as "Y" in line 3: the first one of each id counts`},
		{"two values that are no numbers", "a,b,Value\nx,1,1\nx,2,few\nx,3,many\n", readOptions{}, `error: the values could be b or Value, the last column`},
		{"a role", "a,Value\nx,1\n", readOptions{TableOptions: convert.TableOptions{Roles: map[string]jsonstat.Role{"a": jsonstat.Time}}}, `"role":{"time":["a"]},"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1]}`},
		{"label, source and date", "a,Value\nx,1\n", readOptions{TableOptions: convert.TableOptions{Label: "L", Source: "S", Updated: "2025"}}, `"label":"L","source":"S","updated":"2025","id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1]}`},
		{"a mark that is named counts as it is and without blanks", "a,Value\nx, - -\ny,0\nz,none \n", readOptions{TableOptions: convert.TableOptions{NA: []string{"- -", " - -", "0"}, Texts: true}}, `"id":["a"],"size":[3],"dimension":{"a":{"label":"a","category":{"index":["x","y","z"]}}},"value":[null,null,null]}`},
		{"40 characters are shown", "a,Value\n" + long + ",1\n" + long + ",2\n", readOptions{}, `error: line 3: the categories éééééééééééééééééééééééééééééééééééééééé have a row already, in line 2`},
		{"41 are not", "a,Value\n" + long + "é,1\n" + long + "é,2\n", readOptions{}, `error: line 3: the categories éééééééééééééééééééééééééééééééééééééééé… have a row already, in line 2`},
		{"a header of two lines", "\n\"a\nb\",\"a\nb\",Value\nx,1\n", readOptions{}, `error: line 5: the row has 2 columns, the header has 3`},
		{"a separator of three characters", "a::;Value\nx::;1\n", readOptions{Separator: "::;"}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1]}`},
		{"a decimal mark of two bytes", "a,Value\nx,1·5\n", readOptions{TableOptions: convert.TableOptions{Decimal: "·"}}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x"]}}},"value":[1.5]}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := outcome(t, tt.text, tt.o)
			require.Equal(t, tt.want, got)
		})
	}
}

// TestReadCSVDescription has descriptions of one small table.
func TestReadCSVDescription(t *testing.T) {
	for _, tt := range []struct{ name, description, want string }{
		{"nothing", `{}`, `"id":["port","what"],"size":[2,2],"dimension":{"port":{"label":"port","category":{"index":["S2","N1"]}},"what":{"label":"what","category":{"index":["kg","pc"]}}},"value":[6,7,null,1]}`},
		{"all that there is", `{"label":"Catch","source":"S","updated":"2024","href":"https://example.org/","note":["n"],"role":{"geo":["port"],"metric":["what"]},"extension":{"x":1},
			"id":["what","port"],"value":[1],"version":"1","dimension":{"port":{"label":"Port","note":["m"],"category":{"index":["N1","S2","W3"],"label":{"N1":"North"}}}}}`, `"href":"https://example.org/","label":"Catch","source":"S","updated":"2024","note":["n"],"role":{"geo":["port"],"metric":["what"]},"id":["port","what"],"size":[3,2],"dimension":{"port":{"label":"Port","category":{"index":["N1","S2","W3"],"label":{"N1":"North","S2":"S2","W3":"W3"}},"note":["m"]},"what":{"label":"what","category":{"index":["kg","pc"]}}},"extension":{"x":1},"value":[null,1,6,7,null,null]}`},
		{"a unit without labels", `{"dimension":{"what":{"category":{"unit":{"kg":{"decimals":1,"label":"kilo"}}}}}}`, `"id":["port","what"],"size":[2,2],"dimension":{"port":{"label":"port","category":{"index":["S2","N1"]}},"what":{"label":"what","category":{"index":["kg","pc"],"unit":{"kg":{"decimals":1,"label":"kilo"}}}}},"value":[6,7,null,1]}`},
		{"a unit and a label", `{"dimension":{"what":{"category":{"unit":{"kg":{"decimals":1,"label":"kilo"}},"label":{"kg":"Weight"}}}}}`, `"id":["port","what"],"size":[2,2],"dimension":{"port":{"label":"port","category":{"index":["S2","N1"]}},"what":{"label":"what","category":{"index":["kg","pc"],"label":{"kg":"Weight","pc":"pc"},"unit":{"kg":{"decimals":1,"label":"kilo"}}}}},"value":[6,7,null,1]}`},
		{"an order that is an object", `{"dimension":{"what":{"category":{"index":{"pc":0,"kg":1}}}}}`, `"id":["port","what"],"size":[2,2],"dimension":{"port":{"label":"port","category":{"index":["S2","N1"]}},"what":{"label":"what","category":{"index":["pc","kg"]}}},"value":[7,6,1,null]}`},
		{"an order that is none", `{"dimension":{"what":{"category":{"index":7}}}}`, `error: the description cannot be used: dimension "what": "index" of dimension "" is 7, not an array or an object, at /category/index`},
		{"an order with a category twice", `{"dimension":{"what":{"category":{"index":["pc","pc"]}}}}`, `error: the description cannot be used: dimension "what": dimension "" has category "pc" twice, as number 0 and 1: its cells cannot be told apart, at /category/index/1`},
		{"categories that are no object", `{"dimension":{"what":{"category":7}}}`, `"id":["port","what"],"size":[2,2],"dimension":{"port":{"label":"port","category":{"index":["S2","N1"]}},"what":{"label":"what","category":{"index":["kg","pc"]}}},"value":[6,7,null,1]}`},
		{"a dimension that is no object", `{"dimension":{"what":7}}`, `error: the description cannot be used: dimension is no object of dimensions by their ids`},
		{"a dimension like another", `{"dimension":{"waht":{}}}`, `error: the description cannot be used: it has a dimension "waht", but the table has none of that name; did you mean "what"?`},
		{"a dimension like none", `{"dimension":{"zzz":{}}}`, `error: the description cannot be used: it has a dimension "zzz", but the table has none of that name: they are port, what`},
		{"dimensions that are no object", `{"dimension":[]}`, `error: the description cannot be used: dimension is no object of dimensions by their ids`},
		{"a role of no dimension", `{"role":{"geo":["prot"]}}`, `"id":["port","what"],"size":[2,2],"dimension":{"port":{"label":"port","category":{"index":["S2","N1"]}},"what":{"label":"what","category":{"index":["kg","pc"]}}},"value":[6,7,null,1]}` + "\n" +
			`warning: in the description: role "geo" names "prot", which is not a dimension (ROLE_ID_UNKNOWN) (/role/geo/0)`},
		{"a note that is none", `{"note":7}`, `"id":["port","what"],"size":[2,2],"dimension":{"port":{"label":"port","category":{"index":["S2","N1"]}},"what":{"label":"what","category":{"index":["kg","pc"]}}},"value":[6,7,null,1]}` + "\n" +
			`warning: in the description: "note" is 7, not an array (/note)`},
		{"an array", `[]`, `error: the description cannot be used: it is no JSON object of label, source, role, dimension and so on`},
		{"no JSON", `{"label":}`, `error: the description cannot be used: it is not JSON: invalid character '}' looking for beginning of value, at byte 10`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := outcome(t, "port,what,Value\nS2,kg,6\nN1,pc,1\nS2,pc,7\n", readOptions{TableOptions: convert.TableOptions{Description: []byte(tt.description)}})
			require.Equal(t, tt.want, got)
		})
	}
}

// TestReadCSVDescribed has descriptions of tables that are read with options.
func TestReadCSVDescribed(t *testing.T) {
	order := []byte(`{"dimension":{"port":{"category":{"index":["W3","S2","N1"]}}}}`)
	for _, tt := range []struct {
		name, text string
		o          readOptions
		want       string
	}{
		{"options go before", "port,what,Value\nS2,kg,6\n", readOptions{TableOptions: convert.TableOptions{Description: []byte(`{"label":"a","source":"b","updated":"c","role":{"geo":["what"]}}`), Label: "L", Source: "S", Updated: "U", Roles: map[string]jsonstat.Role{"port": jsonstat.Geo}}}, `"label":"L","source":"S","updated":"U","role":{"geo":["port","what"]},"id":["port","what"],"size":[1,1],"dimension":{"port":{"label":"port","category":{"index":["S2"]}},"what":{"label":"what","category":{"index":["kg"]}}},"value":[6]}`},
		{"no order where cells hold labels too", "[port] Port,Value\n[N1] North,1\n[S2] South,2\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Both, Description: order}}, `"id":["port"],"size":[2],"dimension":{"port":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North","S2":"South"}}}},"value":[1,2]}` + "\n" +
			`warning: the order of categories that is described for "port" counts only where cells hold ids alone`},
		{"labels go before those of cells", "[port] Port,Value\n[N1] North,1\n[S2] South,2\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Both, Description: []byte(`{"dimension":{"port":{"category":{"label":{"S2":"Sud"}}}}}`)}}, `"id":["port"],"size":[2],"dimension":{"port":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North","S2":"Sud"}}}},"value":[1,2]}`},
		{"an order of categories with labels of their own", "port,Port,Value\nN1,North,1\nS2,South,2\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Columns, Description: order}}, `"id":["port"],"size":[3],"dimension":{"port":{"label":"Port","category":{"index":["W3","S2","N1"],"label":{"W3":"W3","S2":"South","N1":"North"}}}},"value":[null,2,1]}`},
		{"the same, with another label and a category more", "port,Port,b,B,Value\nX4,East,1,x,3\nN1,North,1,x,1\nN1,Nord,2,y,2\nX4,Est,2,y,3\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Columns, Description: order}}, `"id":["port","b"],"size":[4,2],"dimension":{"port":{"label":"Port","category":{"index":["W3","S2","N1","X4"],"label":{"W3":"W3","S2":"S2","N1":"North","X4":"East"}}},"b":{"label":"B","category":{"index":["1","2"],"label":{"1":"x","2":"y"}}}},"value":[null,null,null,null,1,2,3,3]}` + "\n" +
			`warning: 2 labels are not those that their ids had before, such as "Nord" in line 4: the first one of each id counts`},
		{"an order of the columns of a wide table", "port,kg,pc\nN1,1,2\nS2,3,4\n", readOptions{TableOptions: convert.TableOptions{By: []string{"what"}, Stub: []string{"port"}, Description: []byte(`{"dimension":{"what":{"label":"W","category":{"index":["pc","kg"]}}}}`)}}, `"id":["port","what"],"size":[2,2],"dimension":{"port":{"label":"port","category":{"index":["N1","S2"]}},"what":{"label":"W","category":{"index":["pc","kg"]}}},"value":[2,1,4,3]}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := outcome(t, tt.text, tt.o)
			require.Equal(t, tt.want, got)
		})
	}
}
