package conformance_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/convert/sdmxconv"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// errDisk is what a reader fails with, which must be what is reported: not that
// the input is empty, cut off or of another format.
var errDisk = errors.New("input/output error")

// formatErrors are what the readers say of inputs that are at fault.
var formatErrors = []error{
	jsonstat.ErrSyntax, jsonstat.ErrNotJSONStat, jsonstat.ErrNoData, jsonstat.ErrSize, jsonstat.ErrUnknown, jsonstat.ErrLimit,
	arrowconv.ErrFormat, parquetconv.ErrFormat, xlsxconv.ErrNotWorkbook, sdmxconv.ErrNotSDMX,
}

// A readable is a format with an input and all that is read of it.
type readable struct {
	name string
	text []byte
	read func(io.Reader) error
}

// TestReadErrors lets the input of every reader fail: from a place on, or in one
// place only, with an error of its own or one that looks like an end. A reader
// that met the error returns it.
func TestReadErrors(t *testing.T) {
	sizes := []int{3, 3000}
	if testing.Short() {
		sizes = sizes[:1]
	}
	for _, rows := range sizes {
		for _, f := range readables(t, rows) {
			t.Run(fmt.Sprintf("%s of %d rows", f.name, rows), func(t *testing.T) {
				if err := f.read(bytes.NewReader(f.text)); err != nil {
					t.Fatalf("the input itself: %v", err)
				}
				for _, cause := range []error{errDisk, &os.PathError{Op: "read", Path: "table", Err: errDisk}, io.ErrUnexpectedEOF, io.ErrClosedPipe} {
					for _, at := range []int{0, 1, 5, len(f.text) / 2, len(f.text) - 1, len(f.text)} {
						f.stream(t, cause, at)
						f.fails(t, "from there on", cause, int64(at), int64(len(f.text)))
					}
				}
				for i := range 50 {
					at := int64(len(f.text)) * int64(i) / 50
					f.fails(t, "in that byte", errDisk, at, at+1)
				}
			})
		}
	}
}

// stream reads what can be read but once.
func (f *readable) stream(t *testing.T, cause error, at int) {
	t.Helper()
	for name, r := range map[string]io.Reader{
		"a pipe":          io.MultiReader(bytes.NewReader(f.text[:at]), iotest.ErrReader(cause)),
		"a pipe of bytes": iotest.OneByteReader(io.MultiReader(bytes.NewReader(f.text[:at]), iotest.ErrReader(cause))),
		"data with error": iotest.DataErrReader(io.MultiReader(bytes.NewReader(f.text[:at]), iotest.ErrReader(cause))),
	} {
		if len(f.text) > 1<<16 && name == "a pipe of bytes" {
			continue
		}
		f.check(t, fmt.Sprintf("%s, %v at %d of %d", name, cause, at, len(f.text)), cause, f.read(r))
	}
}

// fails reads a file with places that cannot be read.
func (f *readable) fails(t *testing.T, where string, cause error, from, to int64) {
	t.Helper()
	for _, r := range []interface {
		io.Reader
		met() bool
	}{&badFile{Reader: bytes.NewReader(f.text), from: from, to: to, err: cause}, &badSeeker{f: badFile{Reader: bytes.NewReader(f.text), from: from, to: to, err: cause}}} {
		err := f.read(r)
		if !r.met() {
			if err != nil {
				t.Errorf("%T without its places: %v", r, err)
			}
			continue
		}
		f.check(t, fmt.Sprintf("%T, %v at %d of %d, %s", r, cause, from, len(f.text), where), cause, err)
	}
}

func (f *readable) check(t *testing.T, how string, cause, err error) {
	t.Helper()
	if !errors.Is(err, cause) {
		t.Errorf("%s: the error is %v", how, err)
		return
	}
	for _, s := range formatErrors {
		if errors.Is(err, s) {
			t.Errorf("%s: %v is %v as well", how, err, s)
		}
	}
}

// badFile is a file of which some bytes cannot be read.
type badFile struct {
	*bytes.Reader
	from, to int64
	err      error
	failed   bool
}

func (b *badFile) met() bool { return b.failed }

// WriteTo would go past Read.
func (b *badFile) WriteTo(w io.Writer) (int64, error) { return io.Copy(w, struct{ io.Reader }{b}) }

// ReadByte and the like would, too: nobody asks for them.
func (b *badFile) Read(p []byte) (int, error) {
	at, _ := b.Seek(0, io.SeekCurrent)
	n, err := b.part(p, at, func(p []byte) (int, error) { return b.Reader.Read(p) })
	return n, err
}

func (b *badFile) ReadAt(p []byte, off int64) (int, error) {
	return b.part(p, off, func(p []byte) (int, error) { return b.Reader.ReadAt(p, off) })
}

// part reads what is good.
func (b *badFile) part(p []byte, off int64, read func([]byte) (int, error)) (int, error) {
	if end := off + int64(len(p)); len(p) == 0 || off >= b.to || end <= b.from {
		return read(p)
	}
	n := 0
	if off < b.from {
		n, _ = read(p[:b.from-off])
		if off+int64(n) < b.from {
			return n, io.EOF
		}
	}
	b.failed = true
	return n, b.err
}

// badSeeker is one that cannot be read at offsets.
type badSeeker struct{ f badFile }

func (b *badSeeker) met() bool                                 { return b.f.failed }
func (b *badSeeker) Read(p []byte) (int, error)                { return b.f.Read(p) }
func (b *badSeeker) Seek(off int64, whence int) (int64, error) { return b.f.Seek(off, whence) }

// readables are all formats that are read, as this toolkit writes them where it
// does.
func readables(t *testing.T, rows int) []readable {
	t.Helper()
	text := placesText(rows)
	ds := func() *jsonstat.Dataset {
		doc, err := jsonstat.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		ds, err := doc.Dataset(0)
		if err != nil {
			t.Fatal(err)
		}
		return ds
	}()
	made := func(write func(io.Writer) error) []byte {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	zipped := made(func(w io.Writer) error {
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, text)
		return z.Close()
	})
	var wide bytes.Buffer
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		wide.Write([]byte{byte(u), byte(u >> 8)})
	}
	cubes := func(o jsonstat.Options) func(io.Reader) error {
		return func(r io.Reader) error {
			doc, err := o.Read(r)
			if err != nil {
				return err
			}
			defer doc.Close()
			ds, err := doc.Dataset(0)
			if err != nil {
				return err
			}
			for _, err := range ds.Observations() {
				if err != nil {
					return err
				}
			}
			return doc.Close()
		}
	}
	csv := func(o convert.ReadCSVOptions) func(io.Reader) error {
		return func(r io.Reader) error { _, err := convert.ReadCSV(r, &o); return err }
	}
	json := func(r io.Reader) error { _, err := convert.ReadJSON(r, nil); return err }
	sdmx := func(r io.Reader) error { _, err := sdmxconv.Read(r, nil); return err }
	workbook := func(o xlsxconv.ReadOptions) func(io.Reader) error {
		return func(r io.Reader) error { _, err := xlsxconv.Read(r, &o); return err }
	}
	table := convert.Table{By: []string{"year"}}
	list := []readable{
		{"JSON-stat", []byte(text), cubes(jsonstat.Options{})},
		{"JSON-stat, streamed", []byte(text), cubes(jsonstat.Options{Stream: true})},
		{"JSON-stat, streamed when the head is known", []byte(text), cubes(jsonstat.Options{Stream: true, Need: jsonstat.NeedHead | jsonstat.NeedStatus | jsonstat.NeedOrder})},
		{"JSON-stat, strict", []byte(text), cubes(jsonstat.Options{Strict: true})},
		{"gzip", zipped, cubes(jsonstat.Options{})},
		{"UTF-16", wide.Bytes(), cubes(jsonstat.Options{})},
		{"CSV", made(func(w io.Writer) error { return convert.WriteCSV(w, ds, nil) }), csv(convert.ReadCSVOptions{})},
		{"CSV, sniffed", made(func(w io.Writer) error { return convert.WriteCSV(w, ds, &convert.CSVOptions{Separator: ";"}) }), csv(convert.ReadCSVOptions{Sniff: true})},
		{"CSV, wide", made(func(w io.Writer) error { return convert.WriteCSV(w, ds, &convert.CSVOptions{Table: table}) }), csv(convert.ReadCSVOptions{TableOptions: convert.TableOptions{By: []string{"year"}, Stub: []string{"place"}}})},
		{"CSV-stat", made(func(w io.Writer) error { return convert.WriteCSVStat(w, ds, nil) }), csv(convert.ReadCSVOptions{})},
		{"JSON, array", made(func(w io.Writer) error { return convert.WriteArray(w, ds, nil) }), json},
		{"JSON, objects", made(func(w io.Writer) error { return convert.WriteArrObj(w, ds, nil) }), json},
		{"JSON, arrays", made(func(w io.Writer) error { return convert.WriteObjArr(w, ds, nil) }), json},
		{"JSON, Google", made(func(w io.Writer) error { return convert.WriteObject(w, ds, nil) }), json},
		{"JSON, lines", made(func(w io.Writer) error { return convert.WriteNDJSON(w, ds, nil) }), json},
		{"Arrow file", made(func(w io.Writer) error { return arrowconv.Write(w, ds, nil) }), func(r io.Reader) error { _, err := arrowconv.Read(r, nil); return err }},
		{"Arrow stream", made(func(w io.Writer) error { return arrowconv.Write(w, ds, &arrowconv.Options{Stream: true}) }), func(r io.Reader) error { _, err := arrowconv.Read(r, nil); return err }},
		{"Parquet", made(func(w io.Writer) error { return parquetconv.Write(w, ds, nil) }), func(r io.Reader) error { _, err := parquetconv.Read(r, nil); return err }},
		{"workbook", made(func(w io.Writer) error { return xlsxconv.Write(w, ds, nil) }), workbook(xlsxconv.ReadOptions{})},
		{"workbook, by rule", made(func(w io.Writer) error { return xlsxconv.Write(w, ds, nil) }), workbook(xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Header: "3"}, Plain: true})},
	}
	if rows > 100 {
		return list
	}
	sample := func(name string) []byte {
		text, err := os.ReadFile(filepath.Join("..", "testdata", "sdmx", name))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	return append(list,
		readable{"SDMX-JSON", sample("series.json"), sdmx},
		readable{"SDMX-JSON, flat", sample("flat.json"), sdmx},
		readable{"SDMX-CSV", sample("ids.csv"), sdmx},
		readable{"SDMX-CSV, labels", sample("labels.csv"), sdmx},
		readable{"SDMX structure", sample("structure.json"), func(r io.Reader) error {
			_, err := sdmxconv.Read(bytes.NewReader(sample("ids.csv")), &sdmxconv.Options{Structure: r})
			return err
		}},
	)
}

// placesText is a cube of places and two years, with statuses.
func placesText(rows int) string {
	var ids, values strings.Builder
	for i := range rows {
		if i > 0 {
			ids.WriteByte(',')
			values.WriteByte(',')
		}
		fmt.Fprintf(&ids, `"p%d"`, i)
		fmt.Fprintf(&values, "%d.5,%d", i*7919%1000, i)
	}
	return `{"version":"2.0","class":"dataset","label":"Places","id":["place","year"],"size":[` + fmt.Sprint(rows) + `,2],` +
		`"dimension":{"place":{"category":{"index":[` + ids.String() + `]}},"year":{"category":{"index":["2023","2024"]}}},` +
		`"value":[` + values.String() + `],"status":{"1":"p"}}`
}
