package growth_test

import (
	"cmp"
	"errors"
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

// A writer writes a dataset whose first dimension is a, or the first of many.
type writer struct {
	name  string
	write func(w io.Writer, ds *jsonstat.Dataset) error
}

func first(ds *jsonstat.Dataset) []string { return []string{ds.Dimensions()[0].ID()} }

// described leaves out that a table cannot be described.
func described(err error) error {
	if _, ok := errors.AsType[*convert.DescriptionError](err); ok {
		return nil
	}
	return err
}

func writers() []writer {
	return []writer{
		{"JSON-stat", func(w io.Writer, ds *jsonstat.Dataset) error { return ds.Write(w, nil) }},
		{"JSON-stat explicit", func(w io.Writer, ds *jsonstat.Dataset) error {
			return ds.Write(w, &jsonstat.WriteOptions{Explicit: true, Values: jsonstat.Sparse, Statuses: jsonstat.Sparse})
		}},
		{"JSON-stat built", func(w io.Writer, ds *jsonstat.Dataset) error {
			built, err := jsonstat.New(ds.Head(), ds.Cells())
			if err != nil {
				return err
			}
			return built.Write(w, nil)
		}},
		{"head", func(w io.Writer, ds *jsonstat.Dataset) error { return ds.WriteHead(w) }},
		{"CSV", func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteCSV(w, ds, &convert.CSVOptions{Status: true, Table: convert.Table{StatusText: convert.StatusBoth, UnitDecimals: true}})
		}},
		{"CSV non-missing", func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteCSV(w, ds, &convert.CSVOptions{Table: convert.Table{Keep: convert.NonMissing, Content: convert.Both, Field: convert.Both}})
		}},
		{"CSV columns", func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteCSV(w, ds, &convert.CSVOptions{Table: convert.Table{Keep: convert.NonMissing, Content: convert.Columns}})
		}},
		{"CSV pivot", func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteCSV(w, ds, &convert.CSVOptions{StatusColumns: true, Table: convert.Table{By: first(ds)}})
		}},
		{"CSV pivot by all", func(w io.Writer, ds *jsonstat.Dataset) error {
			var by []string
			for _, d := range ds.Dimensions() {
				by = append(by, d.ID())
			}
			return convert.WriteCSV(w, ds, &convert.CSVOptions{StatusColumns: true, Table: convert.Table{By: by, UnitDecimals: true}})
		}},
		{"Data Package", func(w io.Writer, ds *jsonstat.Dataset) error {
			return described(convert.WriteDataPackage(w, ds, "t.csv", &convert.CSVOptions{Status: true, Table: convert.Table{Content: convert.Columns}}))
		}},
		{"CSVW", func(w io.Writer, ds *jsonstat.Dataset) error {
			return described(convert.WriteCSVW(w, ds, "t.csv", &convert.CSVOptions{Table: convert.Table{Content: convert.Columns}}))
		}},
		{"CSVW pivot", func(w io.Writer, ds *jsonstat.Dataset) error {
			return described(convert.WriteCSVW(w, ds, "t.csv", &convert.CSVOptions{StatusColumns: true, Table: convert.Table{By: first(ds)}}))
		}},
		{"CSV-stat", func(w io.Writer, ds *jsonstat.Dataset) error { return convert.WriteCSVStat(w, ds, nil) }},
		{"CSV of a dimension", func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteDimensionCSV(w, ds.Dimensions()[0], nil)
		}},
		{"arrobj", func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteArrObj(w, ds, &convert.JSONOptions{Status: true, Unit: true, Meta: true})
		}},
		{"arrobj pivot", func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteArrObj(w, ds, &convert.JSONOptions{Table: convert.Table{By: first(ds)}, ByLabel: true, Prefix: "p"})
		}},
		{"array", func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteArray(w, ds, &convert.JSONOptions{Status: true})
		}},
		{"objarr", func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteObjArr(w, ds, &convert.JSONOptions{Status: true, Unit: true, Meta: true})
		}},
		{"object", func(w io.Writer, ds *jsonstat.Dataset) error { return convert.WriteObject(w, ds, nil) }},
		{"NDJSON", func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteNDJSON(w, ds, &convert.JSONOptions{Status: true, Unit: true})
		}},
		{"xlsx", func(w io.Writer, ds *jsonstat.Dataset) error { return xlsxconv.Write(w, ds, nil) }},
		{"xlsx non-missing", func(w io.Writer, ds *jsonstat.Dataset) error {
			return xlsxconv.Write(w, ds, &xlsxconv.Options{Status: xlsxconv.StatusColumn, Dates: true, Table: convert.Table{Keep: convert.NonMissing, Content: convert.Both}})
		}},
		{"xlsx pivot", func(w io.Writer, ds *jsonstat.Dataset) error {
			return xlsxconv.Write(w, ds, &xlsxconv.Options{Pivot: true})
		}},
		{"xlsx sides", func(w io.Writer, ds *jsonstat.Dataset) error {
			var stub []string // all but the last one, backwards
			for i := len(ds.Dimensions()) - 2; i >= 0; i-- {
				stub = append(stub, ds.Dimensions()[i].ID())
			}
			return xlsxconv.Write(w, ds, &xlsxconv.Options{Stub: stub, Heading: []string{ds.Dimensions()[len(stub)].ID()}})
		}},
		{"Arrow", func(w io.Writer, ds *jsonstat.Dataset) error {
			return arrowconv.Write(w, ds, &arrowconv.Options{Dates: true})
		}},
		{"Arrow columns", func(w io.Writer, ds *jsonstat.Dataset) error {
			return arrowconv.Write(w, ds, &arrowconv.Options{Field: convert.Label, Content: convert.Columns, Stream: true})
		}},
		{"Parquet", func(w io.Writer, ds *jsonstat.Dataset) error {
			return parquetconv.Write(w, ds, &parquetconv.Options{Dates: true})
		}},
		{"Parquet columns", func(w io.Writer, ds *jsonstat.Dataset) error {
			return parquetconv.Write(w, ds, &parquetconv.Options{Field: convert.Label, Content: convert.Columns, Keep: convert.NonMissing})
		}},
	}
}

// open reads a document and takes its first dataset.
func open(o jsonstat.Options, text string) (*jsonstat.Dataset, error) {
	doc, err := o.Parse([]byte(text))
	if err != nil {
		return nil, err
	}
	return doc.Dataset(0)
}

func TestWriters(t *testing.T) {
	for _, s := range rich() {
		for _, w := range writers() {
			if s.wide && (w.name == "xlsx pivot" || w.name == "xlsx sides") {
				continue // a sheet has 16,384 columns
			}
			if testing.Short() && (s.name != "categories" || strings.HasPrefix(w.name, "xlsx")) {
				continue
			}
			t.Run(s.name+"/"+w.name, func(t *testing.T) {
				growth.Check(t, size(s.shape), func(n int) (func() error, error) {
					ds, err := open(jsonstat.Options{}, s.text(n))
					return func() error { return w.write(io.Discard, ds) }, err
				})
			})
		}
	}
}

// parts is a folder of files that nobody keeps.
type parts struct{ io.Writer }

func (parts) Close() error { return nil }

// TestPartitions writes a file for each of n categories. Each has the head of the
// whole table, so a head that grows with them is not among the shapes.
func TestPartitions(t *testing.T) {
	growth.Check(t, 50, func(n int) (func() error, error) {
		ds, err := open(jsonstat.Options{}, dataset(`["a","b"]`, `[`+number(n)+`,2]`, `{"a":{"category":{"index":`+array(n, id)+`}},"b":{"category":{"index":["x","y"]}}}`, array(2*n, number), ""))
		return func() error {
			return parquetconv.WritePartitions(func(string) (io.WriteCloser, error) { return parts{io.Discard}, nil }, ds, nil)
		}, err
	})
}

// size is the smaller size of a shape.
func size(s shape) int { return cmp.Or(s.n, usual) }
