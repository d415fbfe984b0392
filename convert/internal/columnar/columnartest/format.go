// Package columnartest is the kit by which the packages of formats with typed columns
// are tested alike: in format.go what all of them must do, over the cubes of cubes.go.
package columnartest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Format is a format, by its package.
type Format struct {
	Ending string // of its files in testdata
	Random int    // how many random cubes are enough
	Ways   int    // how many ways there are to write a table, see Options
	Write  func(w io.Writer, ds *jsonstat.Dataset, o Options) error
	Read   func(r io.Reader) (*jsonstat.Dataset, error)
}

// Options are what every format can be asked for. Way is one of the ways that it has
// besides to write a table, from 0 for the one that is its default.
type Options struct {
	Field, Content convert.Show
	Keep           convert.Keep
	Type           string
	Dates          bool
	DropConstant   bool
	SafeNames      bool
	Way            int
	Warn           func(message string)
}

const utf8 = "utf8"

// table is a dataset as a table.
func (f *Format) table(ds *jsonstat.Dataset, o Options) ([]byte, error) {
	var buf bytes.Buffer
	err := f.Write(&buf, ds, o)
	return buf.Bytes(), err
}

// read is a table as a dataset.
func (f *Format) read(t testing.TB, table []byte) *jsonstat.Dataset {
	t.Helper()
	ds, err := f.Read(bytes.NewReader(table))
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// RoundTrip: every cube comes back from a table, whatever the table looks like.
func (f *Format) RoundTrip(t *testing.T) {
	variants := []struct {
		name string
		o    Options
	}{
		{"default", Options{}},
		{"ids", Options{Content: convert.ID, Way: 1}},
		{"label names", Options{Field: convert.Label, Content: convert.Both}},
		{"columns", Options{Content: convert.Columns, Way: 2}},
		{"dates", Options{Dates: true, Field: convert.Both}},
		{"dates and labels", Options{Dates: true, Content: convert.Columns, Way: 3}},
		{"auto", Options{Type: "auto", Content: convert.ID, DropConstant: true}},
		{"utf8", Options{Type: utf8}},
		{"double", Options{Type: "double", Content: convert.ID}},
		{"safe names", Options{SafeNames: true, Field: convert.Label, Content: convert.Columns}},
		{"non-missing", Options{Keep: convert.NonMissing, Content: convert.ID}},
		{"non-empty", Options{Keep: convert.NonEmpty}},
		{"without constant dimensions", Options{DropConstant: true, Content: convert.Columns}},
	}
	Cubes(t, f.Random, func(t *testing.T, ds *jsonstat.Dataset) {
		for _, v := range variants {
			t.Run(v.name, func(t *testing.T) { f.roundTrip(t, ds, v.o) })
		}
	})
}

func (f *Format) roundTrip(t *testing.T, ds *jsonstat.Dataset, o Options) {
	t.Helper()
	const many = 1 << 16
	if ds.Len() > many && o.Keep == convert.All {
		o.Keep = convert.NonEmpty
	}
	// A table of texts, if the values have more digits than the type can hold.
	rounded := false
	o.Warn = func(string) { rounded = true }
	table, err := f.table(ds, o)
	var value interface{ TypeNeeded() string }
	if errors.As(err, &value) || (err == nil && rounded && o.Type != utf8) {
		o.Type = utf8
		table, err = f.table(ds, o)
	}
	if err != nil {
		t.Fatal(err)
	}
	got := f.read(t, table)
	if o.Keep == convert.All || (o.Keep == convert.NonEmpty && got.HasCells()) {
		Same(t, ds, got)
		return
	}
	want, have := Contents(t, ds), Contents(t, got)
	for pos, cell := range want {
		missing := strings.HasPrefix(cell, "missing ") && len(cell) > len("missing ")
		if _, ok := have[pos]; !missing && !ok {
			t.Errorf("cell %d is gone: %s", pos, cell)
		} else if ok && have[pos] != cell {
			t.Errorf("cell %d is %s, want %s", pos, have[pos], cell)
		}
	}
	if a, b := fmt.Sprint(head(t, ds)), fmt.Sprint(head(t, got)); a != b {
		t.Errorf("the head is %s, want %s", b, a)
	}
}

// TextsComeBack: texts beside other values come back, whatever they look like.
func (f *Format) TextsComeBack(t *testing.T) {
	const head = `{"version":"2.0","class":"dataset","id":["d"],"size":[4],"dimension":{"d":{"category":{"index":["a","b","c","e"]}}},"value":`
	for _, values := range []string{
		`[1.5,".","0.2",null]`, `["true",true,"",1]`, `["null","2",null,2]`, `["\"x\"","\"","2",2]`, `["\"x\"","null","",2]`, `["\"x\"","null","true",null]`,
		`["-","-0","1e5",1e5]`, `["1."," 1","NaN",1]`, `["\"1\"","\\\"1","1",1]`, `["a\u0062\n","\u0031","é",1]`, `[false,"false","0",null]`,
	} {
		ds := Parsed(t, head+values+"}")
		for _, typ := range []string{"", "double"} {
			t.Run(values+typ, func(t *testing.T) {
				table, err := f.table(ds, Options{Type: typ, Warn: func(string) {}})
				if err != nil {
					t.Fatal(err)
				}
				Same(t, ds, f.read(t, table))
			})
		}
	}
}

// TooManyRows: all cells of a huge sparse cube are not written unless asked for. It
// returns the table of those that are there: a 7 in the last of 10,001 rows and columns.
func (f *Format) TooManyRows(t *testing.T) []byte {
	t.Helper()
	categories := `{"category":{"index":["` + strings.Join(Numbered(10_001), `","`) + `"]}}`
	huge := Parsed(t, `{"version":"2.0","class":"dataset","id":["a","b"],"size":[10001,10001],"dimension":{"a":`+categories+`,"b":`+categories+`},"value":{"100020000":7}}`)
	err := f.Write(io.Discard, huge, Options{})
	var many *convert.TooManyRowsError
	if !errors.As(err, &many) || many.Cells != 10_001*10_001 || !errors.Is(err, jsonstat.ErrLimit) {
		t.Errorf("the error is %v", err)
	}
	const want = "the cube has 100020001 cells, most of which are not there: too many to write them all"
	if got := fmt.Sprint(err); got != want {
		t.Errorf("it is said that %s, want %s", got, want)
	}
	table, err := f.table(huge, Options{Keep: convert.NonMissing, Way: 1})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

var errDisk = errors.New("the disk is broken")

// failingWriter takes so many bytes.
type failingWriter struct{ left int }

func (f *failingWriter) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errDisk
	}
	return len(p), nil
}

// WriteFails: an error of the writer comes out, wherever it happens.
func (f *Format) WriteFails(t *testing.T) {
	ds := Parsed(t, `{"version":"2.0","class":"dataset","id":["a"],"size":[300],"dimension":{"a":{"category":{"index":["`+strings.Join(Numbered(300), `","`)+`"]}}},"value":{"299":1}}`)
	for way := range f.Ways {
		o := Options{Way: way}
		table, err := f.table(ds, o)
		if err != nil {
			t.Fatal(err)
		}
		for left := 0; left < len(table); left += 97 {
			if err := f.Write(&failingWriter{left}, ds, o); !errors.Is(err, errDisk) {
				t.Errorf("way %d, of which %d bytes are taken: %v", way, left, err)
			}
		}
		if err := f.Write(&failingWriter{len(table)}, ds, o); err != nil {
			t.Errorf("way %d: %v", way, err)
		}
	}
}

// failingSeeker fails to read or to seek after some steps.
type failingSeeker struct {
	io.ReadSeeker
	left *int
}

func (f failingSeeker) Read(p []byte) (int, error) {
	if *f.left--; *f.left < 0 {
		return 0, errDisk
	}
	return f.ReadSeeker.Read(p)
}

func (f failingSeeker) Seek(off int64, whence int) (int64, error) {
	if *f.left--; *f.left < 0 {
		return 0, errDisk
	}
	return f.ReadSeeker.Seek(off, whence)
}

// ReadFails: an error of the disk comes out, wherever it happens.
func (f *Format) ReadFails(t *testing.T, table []byte) {
	t.Helper()
	steps := 0
	for ; ; steps++ {
		left := steps
		if _, err := f.Read(failingSeeker{bytes.NewReader(table), &left}); err == nil {
			break
		} else if steps > 1 && !errors.Is(err, errDisk) { // the first seek only asks whether it can
			t.Fatalf("after %d steps: %v", steps, err)
		}
	}
	if steps < 8 {
		t.Errorf("the table was read in %d steps: too few to tell", steps)
	}
}

// Damaged: tables with some bytes wrong, those of testdata and others, give no panic,
// and no room is made for what they claim.
func (f *Format) Damaged(t *testing.T, others ...[]byte) {
	r := rand.New(rand.NewPCG(3, 4))
	refused := 0
	const runs = 4000
	tables := append(others, f.files(t)...)
	for _, whole := range tables {
		for range runs / len(tables) {
			table := bytes.Clone(whole)
			for range 1 + r.IntN(4) {
				i := r.IntN(len(table))
				table[i] = []byte{byte(r.Uint32()), table[i] ^ 1<<r.IntN(8), 0xff}[r.IntN(3)]
			}
			ds, err := f.Read(bytes.NewReader(table))
			if err != nil {
				refused++
				continue
			}
			if err := ds.Write(io.Discard, nil); err != nil {
				t.Fatalf("what was read cannot be written: %v", err)
			}
		}
	}
	if refused == 0 {
		t.Error("no damage was found")
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if mib := m.Sys >> 20; mib > 1024 {
		t.Errorf("the process takes %d MiB", mib)
	}
}

// files are the tables of testdata.
func (f *Format) files(t testing.TB) [][]byte {
	t.Helper()
	return [][]byte{Testdata(t, "oslo."+f.Ending), Testdata(t, "sales."+f.Ending)}
}

// FuzzRead reads damaged tables: whatever comes, there is no panic, and a dataset that
// comes of it can be written as JSON-stat and as a table again.
func (f *Format) FuzzRead(fuzz *testing.F) {
	for _, table := range f.files(fuzz) {
		fuzz.Add(table)
	}
	for _, doc := range shapes.Cubes() {
		d, err := jsonstat.Parse([]byte(doc.JSON))
		if err != nil {
			continue
		}
		ds, err := d.Dataset(0)
		if err != nil || ds.Len() > 1000 {
			continue
		}
		for _, o := range []Options{{}, {Way: f.Ways - 1}, {Way: f.Ways - 1, Dates: true}, {Dates: true}} {
			if table, err := f.table(ds, o); err == nil {
				fuzz.Add(table)
			}
		}
	}
	fuzz.Fuzz(func(t *testing.T, table []byte) {
		ds, err := f.Read(bytes.NewReader(table))
		if err != nil {
			return
		}
		if err := ds.Write(io.Discard, nil); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		const many = 1 << 16
		if ds.Len() <= many {
			f.again(t, ds)
		}
	})
}

// FuzzRoundTrip takes documents as they come.
func (f *Format) FuzzRoundTrip(fuzz *testing.F) {
	for _, doc := range shapes.Cubes() {
		fuzz.Add([]byte(doc.JSON))
	}
	for seed := range uint64(16) {
		fuzz.Add(shapes.Random(seed))
	}
	fuzz.Fuzz(func(t *testing.T, text []byte) {
		doc, err := jsonstat.Parse(text)
		if err != nil {
			return
		}
		ds, err := doc.Dataset(0)
		const many = 1 << 14
		if err == nil && ds.Len() <= many {
			f.again(t, ds)
		}
	})
}

// again makes a table of a dataset, and a dataset of the table, which is the same.
func (f *Format) again(t *testing.T, ds *jsonstat.Dataset) {
	t.Helper()
	table, err := f.table(ds, Options{Type: utf8, Warn: func(string) {}})
	if err != nil {
		t.Fatalf("no table: %v", err)
	}
	back, err := f.Read(bytes.NewReader(table))
	if err != nil {
		t.Fatalf("our own table cannot be read: %v", err)
	}
	Same(t, ds, back)
}

// BenchmarkWrite and BenchmarkRead take tables of half a million rows.
func (f *Format) BenchmarkWrite(b *testing.B) { f.benchmark(b, false) }

// BenchmarkRead is the way back.
func (f *Format) BenchmarkRead(b *testing.B) { f.benchmark(b, true) }

func (f *Format) benchmark(b *testing.B, back bool) {
	ds := large(b)
	for _, v := range []struct {
		name string
		o    Options
	}{{"default", Options{}}, {"utf8", Options{Type: utf8}}, {"non-missing", Options{Keep: convert.NonMissing}}} {
		table, err := f.table(ds, v.o)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(v.name, func(b *testing.B) {
			for b.Loop() {
				if back {
					f.read(b, table)
				} else if err := f.Write(io.Discard, ds, v.o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// large is a cube of 512,000 cells, of which every eleventh has a status in the place of
// a value.
func large(b *testing.B) *jsonstat.Dataset {
	b.Helper()
	const n = 80 * 80 * 80
	var values, statuses strings.Builder
	for i := range n {
		switch {
		case i%11 == 0:
			values.WriteString(",null")
			fmt.Fprintf(&statuses, `,"%d":".."`, i)
		case i%3 == 0:
			fmt.Fprintf(&values, ",%d.%d", i*7%100_000, i%10)
		default:
			fmt.Fprintf(&values, ",%d", i*7919%1_000_000)
		}
	}
	category := `{"category":{"index":["` + strings.Join(Numbered(80), `","`) + `"]}}`
	return Parsed(b, `{"version":"2.0","class":"dataset","id":["a","b","c"],"size":[80,80,80],"dimension":{"a":`+category+`,"b":`+category+`,"c":`+category+`},"value":[`+
		values.String()[1:]+`],"status":{`+statuses.String()[1:]+`}}`)
}
