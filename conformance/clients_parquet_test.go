package conformance_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// parquetFile writes a cube as a file. Where its numbers do not fit in the type the
// test is skipped.
func parquetFile(t *testing.T, ds *jsonstat.Dataset, o parquetconv.Options) string {
	t.Helper()
	var buf bytes.Buffer
	err := parquetconv.Write(&buf, ds, &o)
	var value *parquetconv.ValueError
	if errors.As(err, &value) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "table.parquet")
	if err := os.WriteFile(name, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func readParquet(t *testing.T, name string, o *parquetconv.ReadOptions) *jsonstat.Dataset {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ds, err := parquetconv.Read(f, o)
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// query runs a query of DuckDB.
func query(t *testing.T, sql ...string) *clientTable {
	t.Helper()
	var table clientTable
	client(t, "duckdb", map[string]any{"sql": sql}, &table)
	return &table
}

// quoted is a text in SQL.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// hyparquet sees every cell, the types, the keys.
func TestHyparquetReads(t *testing.T) {
	for name, o := range map[string]parquetconv.Options{
		"zstd, labels": {}, "snappy, ids": {Content: convert.ID, Compression: parquetconv.Snappy}, "none": {Compression: parquetconv.None},
	} {
		texts := labelsOf
		if o.Content == convert.ID {
			texts = idsOf
		}
		t.Run(name, func(t *testing.T) {
			clientCubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
				for _, d := range ds.Dimensions() {
					if d.ID() == "__proto__" {
						t.Skip("hyparquet has rows as objects, in which that name means something else")
					}
				}
				var table clientTable
				client(t, "hyparquetRead", map[string]any{"file": parquetFile(t, ds, o)}, &table)
				checkTable(t, ds, &table, texts)
				if table.Keys["jsonstat.head"] != headJSON(t, ds) {
					t.Errorf("the head is %s", table.Keys["jsonstat.head"])
				}
				dims := len(ds.Dimensions())
				for i, c := range table.Columns {
					want := "BYTE_ARRAY STRING"
					if c.Name == "value" && !strings.HasPrefix(c.Type, "BYTE_ARRAY") {
						want = "DOUBLE"
					}
					if c.Type != want || c.Nullable != (i >= dims) {
						t.Errorf("column %q is of type %s, nullable %t; want %s, %t", c.Name, c.Type, c.Nullable, want, i >= dims)
					}
				}
			})
		})
	}
}

// DuckDB sees every cell.
func TestDuckDBReads(t *testing.T) {
	clientCubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
		lower := map[string]bool{"status": true, "value": true}
		for _, d := range ds.Dimensions() {
			if lower[strings.ToLower(d.ID())] || d.ID() == "" {
				t.Skip("DuckDB does not tell upper case from lower, and gives other names to such columns")
			}
			lower[strings.ToLower(d.ID())] = true
		}
		file := parquetFile(t, ds, parquetconv.Options{})
		table := query(t, "from read_parquet("+quoted(file)+")")
		checkTable(t, ds, table, labelsOf)
		keys := query(t, "select decode(value) from parquet_kv_metadata("+quoted(file)+") where decode(key) = 'jsonstat.head'")
		if len(keys.Rows) != 1 || keys.Rows[0][0] != headJSON(t, ds) {
			t.Errorf("the head is %v", keys.Rows)
		}
	})
}

// oslo is the dataset of our testdata.
func oslo(t *testing.T) *jsonstat.Dataset {
	t.Helper()
	text, err := os.ReadFile("../testdata/oslo.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonstat.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

func TestDuckDBTypes(t *testing.T) {
	file := parquetFile(t, oslo(t), parquetconv.Options{Type: parquetconv.Auto, Dates: true, Content: convert.Columns})
	table := query(t, "from "+quoted(file))
	types := map[string]string{}
	for _, c := range table.Columns {
		types[c.Name] = c.Type
	}
	want := map[string]string{"Region": "VARCHAR", "district": "VARCHAR", "Tid": "DATE", "year": "VARCHAR", "status": "VARCHAR", "value": "BIGINT"}
	if diff := cmp.Diff(want, types); diff != "" {
		t.Errorf("the types differ (-want +got):\n%s", diff)
	}
	if day := table.Rows[0][table.column(t, "Tid")]; day != "2023-01-01" {
		t.Errorf("the first day is %v", day)
	}
}

// What DuckDB writes comes back: in any order, without a head by names, and with the
// head as the same cube.
func TestDuckDBWrites(t *testing.T) {
	ds := oslo(t)
	file, dir := parquetFile(t, ds, parquetconv.Options{}), t.TempDir()
	plain, whole, some := filepath.Join(dir, "plain.parquet"), filepath.Join(dir, "whole.parquet"), filepath.Join(dir, "some.parquet")
	query(t, fmt.Sprintf("copy (from %s order by random()) to %s (format parquet)", quoted(file), quoted(plain)))
	byLabels(t, ds, readParquet(t, plain, nil))

	head := fmt.Sprintf("set variable head = (select decode(value) from parquet_kv_metadata(%s) where decode(key) = 'jsonstat.head')", quoted(file))
	query(t, head, fmt.Sprintf("copy (from %s order by random()) to %s (format parquet, kv_metadata {'jsonstat.head': getvariable('head')})", quoted(file), quoted(whole)))
	sameCubes(t, ds, readParquet(t, whole, nil))

	query(t, head, fmt.Sprintf("copy (from %s where value > 60000) to %s (format parquet, kv_metadata {'jsonstat.head': getvariable('head')})", quoted(file), quoted(some)))
	got := readParquet(t, some, nil)
	if headJSON(t, got) != headJSON(t, ds) {
		t.Errorf("the head is %s", headJSON(t, got))
	}
	for i, w := range wantCells(t, ds) {
		c, err := got.AtPosition(int64(i))
		if err != nil {
			t.Fatal(err)
		}
		if v, ok := w.value.(float64); ok && v > 60000 {
			if c.Float64() != v {
				t.Errorf("cell %d is %v, want %v", i, c.Float64(), v)
			}
		} else if !c.Missing() {
			t.Errorf("cell %d is %v: it has no row", i, c.Text)
		}
	}
}

// Types that DuckDB has and our own tables have not.
func TestDuckDBColumns(t *testing.T) {
	to := filepath.Join(t.TempDir(), "typed.parquet")
	query(t, fmt.Sprintf(`copy (select * from (values
		(date '2024-01-31', 1::tinyint, true, 'a'::enum('b', 'a'), timestamp '2024-01-01 12:30:00', 12.50::decimal(9,2)),
		(date '2024-02-29', 2::tinyint, false, 'b'::enum('b', 'a'), timestamp '2024-01-01 00:00:00', -0.05::decimal(9,2)))
		t(day, small, flag, kind, moment, amount)) to %s (format parquet)`, quoted(to)))
	ds := readParquet(t, to, &parquetconv.ReadOptions{TableOptions: convert.TableOptions{Values: []string{"amount"}, Dimensions: []string{"day", "small", "flag", "kind", "moment"}}})
	for i, want := range []struct {
		pairs []string
		value string
	}{
		{[]string{"day", "2024-01-31", "small", "1", "flag", "true", "kind", "a", "moment", "2024-01-01T12:30"}, "12.5"},
		{[]string{"day", "2024-02-29", "small", "2", "flag", "false", "kind", "b", "moment", "2024-01-01T00:00"}, "-0.05"},
	} {
		c, err := ds.At(want.pairs...)
		if err != nil || string(jsonstat.AppendNumber(nil, []byte(c.Text))) != want.value {
			t.Errorf("row %d is %v, %v", i, c, err)
		}
	}
}

// A folder of partitions is one table for DuckDB, whose codes are texts with default settings.
func TestDuckDBPartitions(t *testing.T) {
	clientCubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
		if len(ds.Dimensions()) < 2 || ds.Len() == 0 || !ds.HasCells() {
			t.Skip("nothing to part")
		}
		dir := t.TempDir()
		files := 0
		err := parquetconv.WritePartitions(func(name string) (io.WriteCloser, error) {
			files++
			if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700); err != nil {
				return nil, err
			}
			return os.Create(filepath.Join(dir, name))
		}, ds, &parquetconv.Options{Warn: func(string) {}})
		var value *parquetconv.ValueError
		if errors.As(err, &value) {
			t.Skip(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		outer := ds.Dimensions()[0]
		if files != outer.Len()+1 {
			t.Errorf("there are %d files for %d categories and the head", files, outer.Len())
		}
		for _, d := range ds.Dimensions() {
			if d.ID() == "" || strings.ContainsAny(d.ID(), "\"%/=\\") {
				t.Skip("no name for a query, or none for a folder that DuckDB gives back")
			}
		}
		table := query(t, fmt.Sprintf(`select "%s", count(*) as n from %s group by 1`, outer.ID(), quoted(dir+"/**/*.parquet")))
		got := map[string]string{}
		for _, row := range table.Rows {
			id, _ := row[0].(string)
			got[id] = fmt.Sprint(row[1])
		}
		want := map[string]string{}
		for _, id := range idsOf(outer) {
			want[id] = fmt.Sprint(ds.Len() / int64(outer.Len()))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the partitions differ (-want +got):\n%s", diff)
		}
	})
}

// What hyparquet-writer writes comes back.
func TestHyparquetWrites(t *testing.T) {
	to := filepath.Join(t.TempDir(), "made.parquet")
	client(t, "hyparquetWrite", map[string]any{"to": to, "columns": []map[string]any{
		{"name": "shop", "data": []string{"b", "a", "b"}, "type": "STRING"},
		{"name": "year", "data": []int{2024, 2024, 2025}, "type": "INT32"},
		{"name": "Value", "data": []any{1.5, nil, 3}, "type": "DOUBLE"},
	}}, nil)
	ds := readParquet(t, to, nil)
	var buf bytes.Buffer
	if err := ds.Write(&buf, nil); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(buf.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]any{1.5, 3.0, nil, nil}, got["value"]); diff != "" {
		t.Errorf("the values differ (-want +got):\n%s", diff)
	}
}
