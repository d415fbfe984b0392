package parquetconv_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// checkEngine holds a file against what engines rely on: each column is found by its
// path, and the bounds of each page and row group are those of its values. An engine
// that filters looks at nothing else of a page that its bounds rule out.
func checkEngine(t *testing.T, name string, table []byte) {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(table), int64(len(table)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	columns := f.Schema().Columns()
	indexes := f.ColumnIndexes()
	for g, group := range f.RowGroups() {
		meta := f.Metadata().RowGroups[g]
		for i, chunk := range group.ColumnChunks() {
			at := fmt.Sprintf("%s: row group %d, column %q", name, g, columns[i])
			if path := []string(meta.Columns[i].MetaData.PathInSchema); !slices.Equal(path, columns[i]) {
				t.Errorf("%s: its path is %q", at, path)
			}
			index := indexes[g*len(columns)+i]
			all := checkPages(t, at, chunk, &index)
			all.check(t, at+", the row group", chunk.Type(), meta.Columns[i].MetaData.Statistics)
			if n := meta.Columns[i].MetaData.Statistics.NullCount; n != all.nulls {
				t.Errorf("%s: %d nulls are told, there are %d", at, n, all.nulls)
			}
		}
	}
}

// extent is what a run of values spans.
type extent struct {
	min, max parquet.Value
	nulls    int64
	values   int64
}

func (e *extent) add(typ parquet.Type, v parquet.Value) {
	e.values++
	switch {
	case v.IsNull():
		e.nulls++
		return
	case e.min.IsNull():
		e.min, e.max = v.Clone(), v.Clone()
		return
	}
	if typ.Compare(v, e.min) < 0 {
		e.min = v.Clone()
	}
	if typ.Compare(v, e.max) > 0 {
		e.max = v.Clone()
	}
}

// check holds told bounds against the values.
func (e *extent) check(t *testing.T, at string, typ parquet.Type, s format.Statistics) {
	t.Helper()
	if e.min.IsNull() {
		return // there is nothing to rule out
	}
	if s.MinValue == nil || s.MaxValue == nil {
		t.Errorf("%s: there are no bounds", at)
		return
	}
	lower, upper := typ.Kind().Value(s.MinValue), typ.Kind().Value(s.MaxValue)
	if typ.Compare(lower, e.min) != 0 || typ.Compare(upper, e.max) != 0 {
		t.Errorf("%s: the bounds are %q to %q, the values %q to %q", at, lower, upper, e.min, e.max)
	}
	if typ.Kind() == parquet.ByteArray && !(utf8.Valid(s.MinValue) && utf8.Valid(s.MaxValue)) {
		t.Errorf("%s: the bounds are %q to %q, which is no UTF-8", at, s.MinValue, s.MaxValue)
	}
}

// checkPages holds the index of a column against its pages, and gives what they span
// together.
func checkPages(t *testing.T, at string, chunk parquet.ColumnChunk, index *format.ColumnIndex) extent {
	t.Helper()
	var all extent
	typ := chunk.Type()
	pages := chunk.Pages()
	defer pages.Close()
	n := 0
	var lower, upper []parquet.Value
	for ; ; n++ {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%s: page %d: %v", at, n, err)
		}
		values := make([]parquet.Value, page.NumValues())
		if _, err := page.Values().ReadValues(values); err != nil && !errors.Is(err, io.EOF) {
			t.Fatalf("%s: page %d: %v", at, n, err)
		}
		var e extent
		for _, v := range values {
			e.add(typ, v)
			all.add(typ, v)
		}
		parquet.Release(page)
		if n >= len(index.MinValues) || n >= len(index.MaxValues) || n >= len(index.NullPages) {
			t.Fatalf("%s: the index has %d pages, there is one more", at, len(index.MinValues))
		}
		if index.NullPages[n] != e.min.IsNull() {
			t.Errorf("%s: page %d is told to be null: %t", at, n, index.NullPages[n])
		}
		if n < len(index.NullCounts) && index.NullCounts[n] != e.nulls {
			t.Errorf("%s: page %d has %d nulls, %d are told", at, n, e.nulls, index.NullCounts[n])
		}
		e.check(t, fmt.Sprintf("%s, page %d", at, n), typ, format.Statistics{MinValue: index.MinValues[n], MaxValue: index.MaxValues[n]})
		if !index.NullPages[n] {
			lower = append(lower, typ.Kind().Value(index.MinValues[n]))
			upper = append(upper, typ.Kind().Value(index.MaxValues[n]))
		}
	}
	if n != len(index.MinValues) {
		t.Errorf("%s: the index has %d pages, there are %d", at, len(index.MinValues), n)
	}
	// Where an order is told, engines search by halves.
	for name, order := range map[format.BoundaryOrder]int{format.Ascending: 1, format.Descending: -1} {
		if index.BoundaryOrder != name {
			continue
		}
		for i := 1; i < len(lower); i++ {
			if typ.Compare(lower[i], lower[i-1])*order < 0 || typ.Compare(upper[i], upper[i-1])*order < 0 {
				t.Errorf("%s: the pages are told to be %v; page %d is not", at, name, i)
			}
		}
	}
	return all
}

// parts are the files of a folder by name.
func parts(t *testing.T, ds *jsonstat.Dataset, o *parquetconv.Options) (map[string][]byte, error) {
	t.Helper()
	tables, _, err := folderOf(t, ds, o)
	return tables, err
}

// folderOf are the parts of a folder, and the head that lies beside them.
func folderOf(t *testing.T, ds *jsonstat.Dataset, o *parquetconv.Options) (tables map[string][]byte, head []byte, err error) {
	t.Helper()
	files := map[string]*part{}
	err = parquetconv.WritePartitions(func(name string) (io.WriteCloser, error) {
		files[name] = &part{}
		return files[name], nil
	}, ds, o)
	tables = map[string][]byte{}
	for name, p := range files {
		if name != parquetconv.HeadName {
			tables[name] = p.Bytes()
		} else {
			head = p.Bytes()
		}
	}
	return tables, head, err
}

type part struct{ bytes.Buffer }

func (*part) Close() error { return nil }

// Every file of every cube, whole and in parts, is one that engines can filter.
func TestEngineReadsPathsAndBounds(t *testing.T) {
	for _, tt := range []struct {
		name string
		o    parquetconv.Options
	}{
		{"labels", parquetconv.Options{}},
		{"ids, whole numbers and dates", parquetconv.Options{Content: convert.ID, Type: parquetconv.Auto, Dates: true}},
		{"both in columns of their own, texts", parquetconv.Options{Content: convert.Columns, Type: parquetconv.UTF8, Dates: true}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
				o := tt.o
				table, err := tryTable(ds, &o)
				var value *parquetconv.ValueError
				if errors.As(err, &value) {
					t.Skip(err)
				}
				if err != nil {
					t.Fatal(err)
				}
				checkEngine(t, "file", table)
				if len(ds.Dimensions()) == 0 {
					return
				}
				if o.Type == parquetconv.Auto {
					o.Type = parquetconv.Float64
				}
				tables, err := parts(t, ds, &o)
				if errors.As(err, &value) || err != nil && strings.Contains(err.Error(), "255 is the most") {
					return // the file has texts, which a folder has no column for, or too long a name
				}
				if err != nil {
					t.Fatal(err)
				}
				for name, table := range tables {
					checkEngine(t, name, table)
				}
			})
		})
	}
}

// pagesDocument is a cube with many pages and several row groups: places in no order
// of the alphabet, whose names are alike but for their ends, and differ in length;
// statuses in one part alone.
func pagesDocument() string {
	var ids, labels, values, statuses []string
	const places, ages, years = 120, 100, 100
	for i := range places {
		id := strconv.Quote(fmt.Sprintf("%04d", i*7919%10007))
		ids = append(ids, id)
		label := "Ås ved den ytterste ø" + strings.Repeat("æ", i%17) + strconv.Itoa(places-i)
		if i == 3 {
			label = ""
		}
		labels = append(labels, id+":"+strconv.Quote(label))
	}
	list := func(n, from int) string {
		var l []string
		for i := range n {
			l = append(l, strconv.Quote(strconv.Itoa(from+i)))
		}
		return "[" + strings.Join(l, ",") + "]"
	}
	for i := range places * ages * years {
		if i%11 == 0 || i/400_000 == 1 {
			values = append(values, "null")
		} else {
			values = append(values, strconv.Itoa(i%7919-4000))
		}
		if i > 600_000 && i < 900_000 && i%3 == 0 {
			statuses = append(statuses, fmt.Sprintf(`"%d":"%c"`, i, 'a'+i%4))
		}
	}
	return fmt.Sprintf(`{"version":"2.0","class":"dataset","id":["place","age","year"],"size":[%d,%d,%d],"role":{"time":["year"]},
		"dimension":{"place":{"category":{"index":[%s],"label":{%s}}},"age":{"category":{"index":%s}},"year":{"category":{"index":%s}}},
		"value":[%s],"status":{%s}}`, places, ages, years, strings.Join(ids, ","), strings.Join(labels, ","), list(ages, 0), list(years, 1925),
		strings.Join(values, ","), strings.Join(statuses, ","))
}

func TestEngineReadsManyPages(t *testing.T) {
	ds := parsed(t, pagesDocument())
	table, err := tryTable(ds, &parquetconv.Options{Content: convert.Columns, Dates: true})
	if err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(table), int64(len(table)))
	if err != nil {
		t.Fatal(err)
	}
	pages := 0
	for _, index := range f.ColumnIndexes() {
		pages = max(pages, len(index.MinValues))
	}
	if len(f.RowGroups()) < 2 || pages < 2 {
		t.Fatalf("%d row groups and %d pages are too few to tell", len(f.RowGroups()), pages)
	}
	checkEngine(t, "many pages", table)
}
