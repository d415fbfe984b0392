package growth_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
	"github.com/jsonstat-go/toolkit/internal/growth"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestReadDocuments reads documents whole, leniently and strictly: the tree, the heads
// of all datasets, the warnings, and what copies them.
func TestReadDocuments(t *testing.T) {
	for _, s := range append(datasets(), collections()...) {
		t.Run(s.name, func(t *testing.T) {
			growth.Check(t, size(s), func(n int) (func() error, error) {
				text := []byte(s.text(n))
				return func() error {
					// A strict reader refuses most of them, when it has seen all.
					_ = readWhole(jsonstat.Options{Strict: true}, text)
					return readWhole(jsonstat.Options{}, text)
				}, nil
			})
		})
	}
}

func readWhole(o jsonstat.Options, text []byte) error {
	doc, err := o.Parse(text)
	if err != nil {
		return err
	}
	for i := range doc.Len() {
		if _, err := doc.Dataset(i); err != nil {
			return err
		}
	}
	if _, err := doc.Find("no such name"); err == nil {
		return errors.New("a dataset was found that is not there")
	}
	return doc.Write(io.Discard)
}

// TestReadBadItems reads a collection in which every dataset has a fault, and tells of
// each where it is.
func TestReadBadItems(t *testing.T) {
	growth.Check(t, 1000, func(n int) (func() error, error) {
		text := []byte(`{"version":"2.0","class":"collection","link":{"item":[` + strings.ReplaceAll(list(n, every(
			`{"class":"dataset","id":["a","b"],"size":[2],"dimension":{"a":{"category":{"index":["x","y"]}}},"value":[1,2]}`)), "},{", "},\n{") + `]}}`)
		return func() error {
			doc, err := jsonstat.Parse(text)
			if err != nil {
				return err
			}
			for i := range doc.Len() {
				var bad *jsonstat.Error
				if _, err := doc.Dataset(i); !errors.As(err, &bad) || bad.Pointer != fmt.Sprintf("/link/item/%d/id/1", i) || bad.Line != i+1 {
					return fmt.Errorf("dataset %d: %v", i, err)
				}
			}
			return nil
		}, nil
	})
}

// A table is a text that is read, with n of something.
type table struct {
	name string
	n    int
	text func(n int) string
	read func(r io.Reader) (*jsonstat.Dataset, error)
}

func lines(n int, line func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(line(i))
		b.WriteByte('\n')
	}
	return b.String()
}

func csv(o *convert.ReadCSVOptions) func(r io.Reader) (*jsonstat.Dataset, error) {
	return func(r io.Reader) (*jsonstat.Dataset, error) { return convert.ReadCSV(r, o) }
}

func jsonTable(o *convert.TableOptions) func(r io.Reader) (*jsonstat.Dataset, error) {
	return func(r io.Reader) (*jsonstat.Dataset, error) { return convert.ReadJSON(r, o) }
}

// tables are texts of tables. What grows with the columns of a CSV is not among
// them.
func tables() []table {
	row := func(i int) string { return "c" + number(i) + "," + number(i) }
	rows := func(n int) string { return "a,Value\n" + lines(n, row) }
	object := func(i int) string { return `{"a":` + id(i) + `,"value":` + number(i) + `}` }
	return []table{
		{"CSV/categories", 0, rows, csv(nil)},
		{"CSV/categories of two dimensions", 0, func(n int) string {
			return "a,b,Value\n" + lines(n, func(i int) string { return "c" + number(i/2) + "," + number(i%2) + "," + number(i) })
		}, csv(nil)},
		{"CSV/texts", 0, func(n int) string {
			return "a,Value\n" + lines(n, func(i int) string { return "c" + number(i) + ",text " + number(i) })
		}, csv(&convert.ReadCSVOptions{TableOptions: convert.TableOptions{Texts: true}})},
		{"CSV/statuses", 0, func(n int) string {
			return "a,Status,Value\n" + lines(n, func(i int) string { return "c" + number(i) + ",s" + number(i%60000) + "," + number(i) })
		}, csv(nil)},
		{"CSV/ids and labels", 0, func(n int) string {
			return "a,A,Value\n" + lines(n, func(i int) string { return "c" + number(i) + ",same," + number(i) })
		}, csv(&convert.ReadCSVOptions{TableOptions: convert.TableOptions{Content: convert.Columns}})},
		{"CSV/both", 0, func(n int) string {
			return "a,Value\n" + lines(n, func(i int) string { return "[c" + number(i) + "] same," + number(i) })
		}, csv(&convert.ReadCSVOptions{TableOptions: convert.TableOptions{Content: convert.Both}})},
		{"CSV/quotes", 0, func(n int) string {
			return "a,Value\n" + lines(n, func(i int) string { return `"c ""` + number(i) + `"" ` + "\n" + `",` + number(i) })
		}, csv(nil)},
		{"CSV/a long text", 0, func(n int) string { return "a,Value\n\"" + strings.Repeat(`x""y`, n) + "\",1\n" }, csv(nil)},
		{"CSV-stat", 0, func(n int) string {
			return "jsonstat,.,|\ndimension,a,A," + number(n) + "," + list(n, func(i int) string { return "c" + number(i) + ",same" }) + "\ndata\na,value\n" + lines(n, row)
		}, csv(nil)},
		{"JSON/objects", 0, func(n int) string { return array(n, object) }, jsonTable(nil)},
		{"NDJSON", 0, func(n int) string { return lines(n, object) }, jsonTable(nil)},
		{"JSON/arrays", 0, func(n int) string {
			return `[["a","value"],` + list(n, func(i int) string { return "[" + id(i) + "," + number(i) + "]" }) + "]"
		}, jsonTable(nil)},
		{"JSON/object of arrays", 0, func(n int) string { return `{"a":` + array(n, id) + `,"value":` + array(n, number) + `}` }, jsonTable(nil)},
		{"JSON/members that are left out", 0, func(n int) string {
			return `[{"a":"x","value":1,` + list(n, by("1")) + `}]`
		}, func(r io.Reader) (*jsonstat.Dataset, error) {
			text, err := io.ReadAll(r)
			if err != nil {
				return nil, err
			}
			var drop []string
			for i := range strings.Count(string(text), `"c`) {
				drop = append(drop, "c"+number(i))
			}
			return convert.ReadJSON(bytes.NewReader(text), &convert.TableOptions{Ignore: drop})
		}},
		{"JSON/statuses", 0, func(n int) string {
			return array(n, func(i int) string { return `{"a":` + id(i) + `,"status":"s` + number(i%60000) + `","value":null}` })
		}, jsonTable(nil)},
		{"JSON/escapes", 0, func(n int) string {
			return array(n, func(i int) string { return `{"a":"\u00e6\n` + number(i) + `","value":"\"\u00e6"}` })
		}, jsonTable(nil)},
	}
}

func TestReadTables(t *testing.T) {
	for _, tt := range tables() {
		t.Run(tt.name, func(t *testing.T) {
			growth.Check(t, size(shape{n: tt.n}), func(n int) (func() error, error) {
				text := tt.text(n)
				return func() error {
					_, err := tt.read(strings.NewReader(text))
					return err
				}, nil
			})
		})
	}
}

// TestReadDescribed reads tables with a head or a description of n categories.
func TestReadDescribed(t *testing.T) {
	for name, options := range map[string]func(n int) (*convert.ReadCSVOptions, error){
		"head": func(n int) (*convert.ReadCSVOptions, error) {
			head, err := open(jsonstat.Options{}, one(n, `,"label":`+object(n, func(i int) string { return id(i) + `:"label ` + number(i) + `"` }), "[]", ""))
			return &convert.ReadCSVOptions{TableOptions: convert.TableOptions{Head: head}}, err
		},
		"description": func(n int) (*convert.ReadCSVOptions, error) {
			return &convert.ReadCSVOptions{TableOptions: convert.TableOptions{Description: []byte(`{"note":` + array(n, id) + `,"dimension":{"a":{"category":{"index":` + array(n, id) + `,"label":` + object(n, by(`"l"`)) + `,"unit":` + object(n, by(`{"decimals":1}`)) + `}}}}`)}}, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			growth.Check(t, usual, func(n int) (func() error, error) {
				o, err := options(n)
				text := "a,Value\n" + lines(n, func(i int) string { return "c" + number(n-1-i) + "," + number(i) })
				return func() error {
					_, err := convert.ReadCSV(strings.NewReader(text), o)
					return err
				}, err
			})
		})
	}
}

// A format is one that is written to be read again.
type format struct {
	name  string
	write func(w io.Writer, ds *jsonstat.Dataset) error
	read  func(r io.Reader) (*jsonstat.Dataset, error)
}

func formats() []format {
	return []format{
		{"CSV-stat", func(w io.Writer, ds *jsonstat.Dataset) error { return convert.WriteCSVStat(w, ds, nil) },
			func(r io.Reader) (*jsonstat.Dataset, error) {
				return convert.ReadCSV(r, &convert.ReadCSVOptions{TableOptions: convert.TableOptions{Texts: true}})
			}},
		{"Arrow", func(w io.Writer, ds *jsonstat.Dataset) error { return arrowconv.Write(w, ds, nil) },
			func(r io.Reader) (*jsonstat.Dataset, error) { return arrowconv.Read(r, nil) }},
		{"Arrow by rule", func(w io.Writer, ds *jsonstat.Dataset) error {
			return arrowconv.Write(w, ds, &arrowconv.Options{Content: convert.ID, Stream: true})
		}, func(r io.Reader) (*jsonstat.Dataset, error) {
			return arrowconv.Read(r, &arrowconv.ReadOptions{TableOptions: convert.TableOptions{Values: []string{"value"}, Status: "status"}})
		}},
		{"Parquet", func(w io.Writer, ds *jsonstat.Dataset) error { return parquetconv.Write(w, ds, nil) },
			func(r io.Reader) (*jsonstat.Dataset, error) { return parquetconv.Read(r, nil) }},
		{"xlsx", func(w io.Writer, ds *jsonstat.Dataset) error { return xlsxconv.Write(w, ds, nil) },
			func(r io.Reader) (*jsonstat.Dataset, error) { return xlsxconv.Read(r, nil) }},
		{"xlsx plain", func(w io.Writer, ds *jsonstat.Dataset) error {
			return xlsxconv.Write(w, ds, &xlsxconv.Options{NoTitle: true, Table: convert.Table{Content: convert.ID}})
		}, func(r io.Reader) (*jsonstat.Dataset, error) {
			return xlsxconv.Read(r, &xlsxconv.ReadOptions{Plain: true, TableOptions: convert.TableOptions{Texts: true}})
		}},
	}
}

// TestReadAgain reads what the writers wrote of documents that have much of
// everything.
func TestReadAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("the long set: what is written is read in the tests of each format")
	}
	for _, s := range rich() {
		for _, f := range formats() {
			if s.columns && f.name == "xlsx plain" {
				continue
			}
			t.Run(s.name+"/"+f.name, func(t *testing.T) {
				growth.Check(t, size(s.shape), func(n int) (func() error, error) {
					ds, err := open(jsonstat.Options{}, s.text(n))
					if err != nil {
						return nil, err
					}
					var b bytes.Buffer
					if err := f.write(&b, ds); err != nil {
						return nil, err
					}
					return func() error {
						_, err := f.read(bytes.NewReader(b.Bytes()))
						return err
					}, nil
				})
			})
		}
	}
}
