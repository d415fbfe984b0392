package convert_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// column is what both formats say of a column, of which each has its own words.
type column struct {
	Name, Title, Type, Description, DecimalChar, RDFType string
	MissingValues                                        *[]string
	Constraints                                          struct{ Enum []string }
	Categories                                           []struct{ Value, Label string }

	Titles, Datatype any
	Null             *[]string
	PropertyURL      string
	Unit             string `json:"schema:unitText"`
}

type descriptor struct {
	Name, Title, Description, Created string
	Sources, Licenses                 []struct{ Name, Title, Path string }
	Resources                         []struct {
		Name, Path, Format, Encoding, Compression string
		Dialect                                   struct{ Delimiter, LineTerminator string }
		Schema                                    struct {
			Fields                    []column
			MissingValues, PrimaryKey []string
		}
	}
}

type metadata struct {
	Context  any `json:"@context"`
	URL      string
	Title    string `json:"dc:title"`
	Source   string `json:"dc:source"`
	Licence  any    `json:"dc:license"`
	Updated  string `json:"dcat:modified"`
	Notes    []struct{ Body string }
	Dialect  struct{ Encoding, Delimiter, CommentPrefix string }
	Language string
	Schema   struct {
		Columns    []column
		PrimaryKey []string
	} `json:"tableSchema"`
}

// dataPackage is the descriptor of a table, and how it was written.
func dataPackage(t testing.TB, ds *jsonstat.Dataset, file string, o *convert.CSVOptions) (p descriptor, text string) {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, convert.WriteDataPackage(&b, ds, file, o))
	require.NoError(t, json.Unmarshal(b.Bytes(), &p))
	return p, b.String()
}

// csvw are the metadata of a table, and how they were written.
func csvw(t testing.TB, ds *jsonstat.Dataset, file string, o *convert.CSVOptions) (m metadata, text string) {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, convert.WriteCSVW(&b, ds, file, o))
	require.NoError(t, json.Unmarshal(b.Bytes(), &m))
	return m, b.String()
}

func TestDataPackage(t *testing.T) {
	p, text := dataPackage(t, dataset(t, harvest), "Boats & more.csv", &convert.CSVOptions{Table: table{Field: convert.ID, Content: convert.ID}, Status: true, Separator: ";", CRLF: true})
	require.Equal(t, "boats-more", p.Name)
	require.Equal(t, "Boat harvest", p.Title)
	require.Equal(t, "2025-01-31T08:00:00Z", p.Created)
	require.Equal(t, "Invented Office", p.Sources[0].Title)
	require.Empty(t, p.Licenses)
	r := p.Resources[0]
	require.Equal(t, []string{"boats-more", "Boats & more.csv", "csv", "utf-8", ""}, []string{r.Name, r.Path, r.Format, r.Encoding, r.Compression})
	require.Equal(t, ";", r.Dialect.Delimiter)
	require.Equal(t, "\r\n", r.Dialect.LineTerminator)
	require.Equal(t, []string{"n/a", ""}, r.Schema.MissingValues)
	require.Equal(t, []string{"port", "what"}, r.Schema.PrimaryKey)
	f := r.Schema.Fields
	require.Len(t, f, 4)
	require.Equal(t, []string{"port", "Port", "string", ""}, []string{f[0].Name, f[0].Title, f[0].Type, f[0].Description})
	require.Equal(t, []string{"N1", "S2"}, f[0].Constraints.Enum)
	require.Equal(t, []struct{ Value, Label string }{{"N1", "North quay"}, {"S2", "South quay"}}, f[0].Categories)
	require.Contains(t, f[0].RDFType, "Spatial")
	require.Equal(t, "Weight: kilograms\nShare: percent (%)", f[1].Description)
	require.Equal(t, []string{"status", "string"}, []string{f[2].Name, f[2].Type})
	require.Equal(t, []string{"value", "number", ",", ""}, []string{f[3].Name, f[3].Type, f[3].DecimalChar, f[3].Description})
	_, again := dataPackage(t, dataset(t, harvest), "Boats & more.csv", &convert.CSVOptions{Table: table{Field: convert.ID, Content: convert.ID}, Status: true, Separator: ";", CRLF: true})
	require.Equal(t, text, again)
}

func TestCSVW(t *testing.T) {
	m, _ := csvw(t, dataset(t, harvest), "boats.csv", &convert.CSVOptions{Table: table{Field: convert.ID}, Status: true, Separator: ";"})
	require.Equal(t, "http://www.w3.org/ns/csvw", m.Context)
	require.Equal(t, []string{"boats.csv", "Boat harvest", "Invented Office", "2025-01-31T08:00:00Z"}, []string{m.URL, m.Title, m.Source, m.Updated})
	require.Equal(t, "", m.Dialect.CommentPrefix)
	require.Equal(t, []string{"port", "what"}, m.Schema.PrimaryKey)
	c := m.Schema.Columns
	require.Len(t, c, 4)
	require.Equal(t, []any{"Port", "port"}, c[0].Titles)
	require.Equal(t, "status", c[2].Name)
	require.Equal(t, "value", c[3].Name)
	require.Equal(t, map[string]any{"base": "decimal", "format": map[string]any{"decimalChar": ","}}, c[3].Datatype)
	require.Equal(t, []string{"n/a", ""}, *c[3].Null)
	require.Nil(t, c[0].Null)
}

// jsonstat-io, which reads CSVW in JavaScript, is not to be had from npm, so this holds what
// its source looks for: it takes the name of a column for the id of a
// dimension, its first title for the label, a column called value for the values, and a
// word in propertyUrl for the role; the first that is found counts.
func TestCSVWForJSONStatIO(t *testing.T) {
	role := func(address string) string {
		for _, r := range []struct {
			name  string
			words []string
		}{{"time", []string{"time", "date"}}, {"geo", []string{"geo", "spatial", "place"}}, {"metric", []string{"metric", "measure", "obsvalue"}}} {
			for _, word := range r.words {
				if strings.Contains(strings.ToLower(address), word) {
					return r.name
				}
			}
		}
		return ""
	}
	ds := dataset(t, `{"version":"2.0","class":"dataset","id":["Region","ContentsCode","Tid","kjonn"],"size":[1,1,1,1],"role":{"geo":["Region"],"metric":["ContentsCode"],"time":["Tid"]},
		"dimension":{"Region":{"label":"region","category":{"index":["03"]}},"ContentsCode":{"label":"contents","category":{"index":["a"],"unit":{"a":{"label":"persons"}}}},
		"Tid":{"label":"year","category":{"index":["2024"]}},"kjonn":{"label":"sex","category":{"index":["1"]}}},"value":[1]}`)
	for name, o := range map[string]*convert.CSVOptions{"labels": {ValueName: "Persons"}, "ids": {Table: table{Field: convert.ID, Content: convert.ID}}} {
		m, _ := csvw(t, ds, "t.csv", o)
		var got []string
		for _, c := range m.Schema.Columns[:4] {
			title := c.Titles
			if list, ok := title.([]any); ok {
				title = list[0]
			}
			got = append(got, fmt.Sprint(c.Name, " ", title, " ", role(c.PropertyURL)))
		}
		require.Equal(t, []string{"Region region geo", "ContentsCode contents metric", "Tid year time", "kjonn sex "}, got, name)
		require.Equal(t, "value", m.Schema.Columns[4].Name, name)
		require.Equal(t, "persons", m.Schema.Columns[4].Unit, name)
	}
}

// Columns of many tables: their name in a Data Package, their name in CSVW, the type.
func TestDescribedColumns(t *testing.T) {
	const odd = `{"version":"2.0","class":"dataset","id":["value","år 1"],"size":[1,2],"dimension":{"value":{"category":{"index":["="],"label":{"=":"=a"}}},"år 1":{"label":"#","category":{"index":["x","y"],"label":{"x":"same","y":"same"}}}},"value":[1,%s]}`
	tests := []struct {
		name, doc string
		o         *convert.CSVOptions
		want, key string
	}{
		{"nil", harvest, nil, "Port|port|string, Catch|what|string, Value|value|number decimal", "Port Catch|port what"},
		{"columns", harvest, &convert.CSVOptions{Table: table{Content: convert.Columns}},
			"port|port|string, Port label|port_label|string, what|what|string, Catch|what_label|string, Value|value|number decimal", "port what|port what"},
		{"pivot", harvest, &convert.CSVOptions{Table: table{By: []string{"what"}}, StatusColumns: true},
			"Port|port|string, Weight|kg|number decimal kilograms, Weight Status|kg_status|string, Share|pc|number decimal percent (%), Share Status|pc_status|string", "Port|port"},
		{"no rows down the side", harvest, &convert.CSVOptions{Table: table{By: []string{"port", "what"}, Field: convert.ID}},
			"N1 kg|N1_kg|number decimal kilograms, N1 pc|N1_pc|number decimal percent (%), S2 kg|S2_kg|number decimal kilograms, S2 pc|S2_pc|number decimal percent (%)", "|"},
		{"a name that is taken, odd characters, labels that are the same", fmt.Sprintf(odd, "2"), &convert.CSVOptions{Guard: true},
			"value|value_2|string, #|%C3%A5r%201|string, Value|value|number decimal", "|"},
		{"texts", fmt.Sprintf(odd, `"a"`), &convert.CSVOptions{Table: table{Content: convert.ID}}, "value|value_2|string, #|%C3%A5r%201|string, Value|value|string string", "value #|value_2 %C3%A5r%201"},
		{"an exponent", fmt.Sprintf(odd, `0.0000001`), &convert.CSVOptions{Table: table{Content: convert.ID}}, "value|value_2|string, #|%C3%A5r%201|string, Value|value|number number", "value #|value_2 %C3%A5r%201"},
		{"many digits", fmt.Sprintf(odd, `1e21`), &convert.CSVOptions{Table: table{Content: convert.ID}}, "value|value_2|string, #|%C3%A5r%201|string, Value|value|number number", "value #|value_2 %C3%A5r%201"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ds := dataset(t, tt.doc)
			p, _ := dataPackage(t, ds, "t.csv", tt.o)
			m, _ := csvw(t, ds, "t.csv", tt.o)
			fields, columns := p.Resources[0].Schema.Fields, m.Schema.Columns
			require.Len(t, columns, len(fields))
			var got []string
			for i, f := range fields {
				text := f.Name + "|" + columns[i].Name + "|" + f.Type
				if f.Constraints.Enum == nil && !strings.HasSuffix(columns[i].Name, "status") {
					text += fmt.Sprint(" ", columns[i].Datatype)
					require.Equal(t, f.Description, columns[i].Unit)
					if f.Description != "" {
						text += " " + f.Description
					}
				}
				got = append(got, text)
			}
			require.Equal(t, tt.want, strings.Join(got, ", "))
			require.Equal(t, tt.key, strings.Join(p.Resources[0].Schema.PrimaryKey, " ")+"|"+strings.Join(m.Schema.PrimaryKey, " "))
		})
	}
}

// What stands for no value in one column is a text in another.
func TestDescribedMissing(t *testing.T) {
	ds := dataset(t, `{"version":"2.0","class":"dataset","id":["a","b"],"size":[2,1],"dimension":{"a":{"category":{"index":["..","x"]}},"b":{"category":{"index":["y"]}}},"value":[null,1],"status":["..",""]}`)
	na := ".."
	p, _ := dataPackage(t, ds, "t.csv", &convert.CSVOptions{NA: &na, Status: true})
	f := p.Resources[0].Schema.Fields
	require.Equal(t, []string{"..", ""}, p.Resources[0].Schema.MissingValues)
	require.Equal(t, &[]string{}, f[0].MissingValues)
	require.Nil(t, f[1].MissingValues)
	require.Equal(t, &[]string{""}, f[2].MissingValues)
	empty := ""
	p, _ = dataPackage(t, ds, "t.csv", &convert.CSVOptions{NA: &empty})
	require.Equal(t, []string{""}, p.Resources[0].Schema.MissingValues)
}

// What the document says of the table as a whole.
func TestDescribedHead(t *testing.T) {
	const doc = `{"version":"2.0","class":"dataset","label":"A","note":["<b>First</b>","second"],"extension":{"px":{"language":"nb","tableid":"05839"},"license":%s},
		"id":["a"],"size":[1],"dimension":{"a":{"note":["of a"],"category":{"index":["#1"],"note":{"#1":["of one"]}}}},"value":[1]}`
	for licence, want := range map[string][4]string{
		`"CC BY 4.0"`: {"CC-BY-4.0", "", "CC BY 4.0", "CC BY 4.0"},
		`{"name":"CC BY 4.0","url":"https://creativecommons.org/licenses/by/4.0/"}`: {"", "https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", "map[@id:https://creativecommons.org/licenses/by/4.0/]"},
	} {
		ds := dataset(t, fmt.Sprintf(doc, licence))
		p, _ := dataPackage(t, ds, "t.csv.gz", nil)
		m, text := csvw(t, ds, "år 1.csv", nil)
		require.Equal(t, want, [4]string{p.Licenses[0].Name, p.Licenses[0].Path, p.Licenses[0].Title, fmt.Sprint(m.Licence)})
		require.Equal(t, "First\n\nsecond", p.Description)
		require.Equal(t, "of a\n#1: of one", p.Resources[0].Schema.Fields[0].Description)
		require.Equal(t, []string{"t", "t.csv.gz", "csv", "gz"}, []string{p.Name, p.Resources[0].Path, p.Resources[0].Format, p.Resources[0].Compression})
		require.Empty(t, p.Created)
		require.Equal(t, []any{"http://www.w3.org/ns/csvw", map[string]any{"@language": "nb"}}, m.Context)
		require.Equal(t, "%C3%A5r%201.csv", m.URL)
		require.Equal(t, "\x00", m.Dialect.CommentPrefix, "else the row of #1 is a comment")
		require.Equal(t, "First", m.Notes[0].Body)
		require.Contains(t, text, `"dc:identifier": "05839"`)
	}
}

func TestDescribedEncoding(t *testing.T) {
	for want, o := range map[string]*convert.CSVOptions{
		"utf-8": {BOM: true}, "windows-1252": {Encoding: "cp1252"}, "utf-16": {Encoding: "utf-16"}, "utf-16be": {Encoding: "UTF-16BE"},
	} {
		p, _ := dataPackage(t, dataset(t, harvest), "t.csv", o)
		m, _ := csvw(t, dataset(t, harvest), "t.csv", o)
		require.Equal(t, []string{want, want}, []string{p.Resources[0].Encoding, m.Dialect.Encoding})
	}
	p, _ := dataPackage(t, dataset(t, harvest), "t.csv", &convert.CSVOptions{Encoding: "utf-16be", BOM: true})
	require.Equal(t, "utf-16", p.Resources[0].Encoding)
}

// More categories than a reader would look at are not listed.
func TestDescribedCategories(t *testing.T) {
	p, _ := dataPackage(t, dataset(t, cube(`"value":{"0":1}`, 1000, 1001)), "t.csv", nil)
	f := p.Resources[0].Schema.Fields
	require.Len(t, f[0].Constraints.Enum, 1000)
	require.Empty(t, f[1].Constraints.Enum)
}

func TestNotDescribed(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		o          *convert.CSVOptions
		pack, csvw string
	}{
		{"separator", "t.csv", &convert.CSVOptions{Separator: "::"}, `Data Package: a separator is one character, not "::"`, `CSVW: a separator is one character, not "::"`},
		{"a name twice", "t.csv", &convert.CSVOptions{ValueName: "Port"}, `Data Package: columns are told apart by their headers, and two are called "Port"`, ""},
		{"gzip", "t.csv.gz", nil, "", "CSVW: it has no word for a table that is compressed, as one called .gz is"},
		{"zstd", "t.csv.zst", nil, "Data Package: it knows of tables compressed with gzip, not of .zst", "CSVW: it has no word for a table that is compressed, as one called .zst is"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for want, err := range map[string]error{
				tt.pack: convert.WriteDataPackage(&bytes.Buffer{}, dataset(t, harvest), tt.file, tt.o),
				tt.csvw: convert.WriteCSVW(&bytes.Buffer{}, dataset(t, harvest), tt.file, tt.o),
			} {
				if want == "" {
					require.NoError(t, err)
					continue
				}
				var cannot *convert.DescriptionError
				require.ErrorAs(t, err, &cannot)
				require.EqualError(t, err, want)
			}
		})
	}
	require.ErrorIs(t, convert.WriteCSVW(&bytes.Buffer{}, dataset(t, harvest), "t.csv", &convert.CSVOptions{Encoding: "x"}), jsonstat.ErrEncodingName)
	require.ErrorIs(t, convert.WriteDataPackage(&bytes.Buffer{}, dataset(t, harvest), "t.csv", &convert.CSVOptions{Table: table{By: []string{"x"}}}), jsonstat.ErrUnknown)
}

// A pipe gives what a file gives, and the table can be written after its description.
func TestDescribedStream(t *testing.T) {
	o := &convert.CSVOptions{Status: true}
	ds := streamed(t, harvest, o.Need()|convert.NeedDescription)
	_, want := dataPackage(t, dataset(t, harvest), "t.csv", o)
	_, got := dataPackage(t, ds, "t.csv", o)
	require.Equal(t, want, got)
	_, want = csvw(t, dataset(t, harvest), "t.csv", o)
	_, got = csvw(t, ds, "t.csv", o)
	require.Equal(t, want, got)
	var b bytes.Buffer
	require.NoError(t, convert.WriteCSV(&b, ds, o))
	require.Equal(t, 5, strings.Count(b.String(), "\n"))
}

// Awkward cubes are described, or it is said why not; columns are those of the table.
func TestDescribedShapes(t *testing.T) {
	for _, doc := range shapes.Cubes() {
		t.Run(doc.Name, func(t *testing.T) {
			d, err := jsonstat.Parse([]byte(doc.JSON))
			if err != nil {
				t.Skip(err)
			}
			ds, err := d.Dataset(0)
			if err != nil || ds.Len() > 100_000 {
				t.Skip("none, or large")
			}
			for _, o := range []*convert.CSVOptions{{}, {Status: true, Table: table{Content: convert.Columns, Field: convert.ID}}} {
				var b bytes.Buffer
				var cannot *convert.DescriptionError
				err := convert.WriteDataPackage(&b, ds, "t.csv", o)
				if err != nil {
					require.ErrorAs(t, err, &cannot)
				}
				m, _ := csvw(t, ds, "t.csv", o)
				names := map[string]bool{}
				for _, c := range m.Schema.Columns {
					names[c.Name] = true
					require.Regexp(t, `^([A-Za-z0-9]|%[0-9A-F]{2})([A-Za-z0-9_]|%[0-9A-F]{2})*$`, c.Name)
				}
				require.Len(t, names, len(m.Schema.Columns))
			}
		})
	}
}
