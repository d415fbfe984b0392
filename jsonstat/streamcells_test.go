package jsonstat

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// temporary sends temporary files to a new folder, and tells how many are there.
func temporary(t *testing.T) func() int {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	return func() int {
		list, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
}

// streams are the ways in which a pipe may give a text.
var streams = map[string]func(text string) io.Reader{
	"at once":       func(text string) io.Reader { return struct{ io.Reader }{strings.NewReader(text)} },
	"by byte":       func(text string) io.Reader { return iotest.OneByteReader(strings.NewReader(text)) },
	"by halves":     func(text string) io.Reader { return iotest.HalfReader(strings.NewReader(text)) },
	"end with data": func(text string) io.Reader { return iotest.DataErrReader(strings.NewReader(text)) },
}

// TestStream reads all documents in a pipe as well, spooled and streamed.
func TestStream(t *testing.T) {
	files := temporary(t)
	for _, size := range testSizes()[2:] {
		eachDocument(size.n, size.gap, func(what, text string, list []testCell) {
			for _, need := range []Need{0, NeedStatus, NeedHead} {
				for name, stream := range streams {
					if size.n > 1000 && (name == "by byte" || name == "end with data") {
						continue
					}
					checkStream(t, fmt.Sprintf("%s, %s, need %d", what, name, need), stream(text), need, text, list)
				}
			}
		})
	}
	if n := files(); n != 0 {
		t.Errorf("%d temporary files are left", n)
	}
}

// checkStream reads cells from a stream, and what is left to do then.
func checkStream(t *testing.T, what string, r io.Reader, need Need, text string, list []testCell) {
	t.Helper()
	doc, err := Options{Stream: true, Need: need}.Read(r)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	defer doc.Close()
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	info := ds.Cells().Info()
	order := what[strings.Index(what, "order ")+6:][:3]
	dense := strings.Contains(what, "values dense")
	want := dense && strings.IndexByte(order, 'h') < strings.IndexByte(order, 'v')
	if strings.Contains(text, `"status"`) {
		want = want && (need == 0 || strings.IndexByte(order, 's') < strings.IndexByte(order, 'v'))
	} else {
		want = want && need&NeedStatus == 0
	}
	if want = want && need&NeedHead == 0; info.Once != want {
		t.Fatalf("%s: streamed is %v", what, info.Once)
	}
	if info.Once {
		if _, err := ds.AtPosition(0); !errors.Is(err, ErrConsumed) {
			t.Fatalf("%s: AtPosition: %v", what, err)
		}
		if _, err := ds.Cells().Facts(); !errors.Is(err, ErrConsumed) {
			t.Fatalf("%s: Facts: %v", what, err)
		}
	}
	cur, err := ds.Cells().Cursor(true)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	n := int64(len(list))
	if err := cur.Range(0, n); err != nil {
		t.Fatalf("%s: Range: %v", what, err)
	}
	defer func() {
		if t.Failed() {
			t.Log(what)
		}
	}()
	sameCells(t, what, readCursor(t, ds.Cells(), cur), wanted(list, info.Sparse, !info.Once || need == NeedStatus, 0, n))
	if !info.Once {
		return
	}
	checkConsumed(t, what, doc, ds, cur)
	if kept := doc.stream.in.spool.Kept().Len(); kept > int64(strings.Index(text, `"value"`))+window.Size+spool.StreamMemory/100 {
		t.Errorf("%s: %d of %d bytes are kept", what, kept, len(text))
	}
}

// checkConsumed uses cells that are gone.
func checkConsumed(t *testing.T, what string, doc *Document, ds *Dataset, cur Cursor) {
	t.Helper()
	for name, err := range map[string]error{
		"Cursor":         second(ds.Cells().Cursor(false)),
		"Facts":          second(ds.Cells().Facts()),
		"AtPosition":     second(ds.AtPosition(0)),
		"Range":          cur.Range(0, 1),
		"Dataset.Write":  ds.Write(io.Discard, nil),
		"Document.Write": doc.Write(io.Discard),
	} {
		if !errors.Is(err, ErrConsumed) {
			t.Errorf("%s: %s: %v", what, name, err)
		}
	}
	for _, err := range ds.Observations() {
		if !errors.Is(err, ErrConsumed) {
			t.Errorf("%s: Observations: %v", what, err)
		}
	}
	if !ds.Cells().Info().Once {
		t.Errorf("%s: the cells are no stream any more", what)
	}
}

func second[T any](_ T, err error) error { return err }

// counted is a reader that knows how much was taken from it.
type counted struct {
	io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// TestStreamAhead reads cells as they come: not much of the stream before they
// are asked for, and without keeping it.
func TestStreamAhead(t *testing.T) {
	files := temporary(t)
	const n = 2_000_000
	head := `{"version":"2.0","class":"dataset","id":["a","b"],"size":[2000,1000],"dimension":{"a":{"category":{"index":` + manyIDs(2000) + `}},"b":{"category":{"index":` + manyIDs(1000) + `}}},"value":[`
	cell := []byte("123456.5,")
	body := io.LimitReader(&repeatReader{text: cell}, n*int64(len(cell))-1)
	r := &counted{Reader: io.MultiReader(strings.NewReader(head), body, strings.NewReader(`],"extension":{}}`))}
	doc, err := Options{Stream: true}.Read(r)
	if err != nil {
		t.Fatal(err)
	}
	defer doc.Close()
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	const ahead = window.Size + 8192
	if r.n > int64(len(head))+ahead {
		t.Errorf("%d bytes are read for a head of %d", r.n, len(head))
	}
	cur, err := ds.Cells().Cursor(false)
	if err != nil {
		t.Fatal(err)
	}
	count := int64(0)
	for {
		k, err := cur.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		count += int64(k.Len())
		if used := int64(len(head)) + count*int64(len(cell)); r.n > used+ahead {
			t.Fatalf("%d bytes are read for %d", r.n, used)
		}
		if doc.stream.in.spool.Kept().Len() > int64(len(head))+ahead || files() > 0 {
			t.Fatalf("%d bytes are kept, %d files", doc.stream.in.spool.Kept().Len(), files())
		}
	}
	if count != n {
		t.Errorf("%d cells, want %d", count, n)
	}
}

func manyIDs(n int) string {
	ids := make([]testCell, n)
	for i := range ids {
		ids[i].token = fmt.Sprintf(`"c%d"`, i)
	}
	return testArray(ids, ",", "")
}

// repeatReader gives the same text over and over.
type repeatReader struct {
	text []byte
	at   int
}

func (r *repeatReader) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r.text[r.at]
		r.at = (r.at + 1) % len(r.text)
	}
	return len(p), nil
}

var errPipe = errors.New("the pipe broke")

// streamTexts are documents for streams, a few lines each.
var streamTexts = []string{
	testDocument("hvs", 6, "[1, 2.5,\nnull,\"é\\n\",\n-3e5,true]", `{"1":"a"}`) + "\n",
	"{\"dataset\":\n" + testDocument("shv", 3, "[ 1 , 2 ,\n3 ]", `["a","b","c"]`) + "}",
}

// readStream reads a stream to its end.
func readStream(o Options, r io.Reader) (cells []Cell, err error) {
	o.Stream = true
	doc, err := o.Read(r)
	if err != nil {
		return nil, err
	}
	defer doc.Close()
	ds, err := doc.Dataset(0)
	if err != nil {
		return nil, err
	}
	for o, err := range ds.Observations() {
		if err != nil {
			return cells, err
		}
		cells = append(cells, o.Cell())
	}
	return cells, nil
}

// TestStreamBroken breaks a pipe at every byte: its error comes out.
func TestStreamBroken(t *testing.T) {
	for _, text := range streamTexts {
		for _, o := range []Options{{}, {Need: NeedStatus}, {Need: NeedHead}} {
			for k := range len(text) + 1 {
				for name, stream := range streams {
					_, err := readStream(o, io.MultiReader(stream(text[:k]), iotest.ErrReader(errPipe)))
					if !errors.Is(err, errPipe) || err.Error() != errPipe.Error() {
						t.Fatalf("broken at %d, %s, need %d: %v", k, name, o.Need, err)
					}
				}
			}
		}
	}
}

// TestStreamCut cuts a pipe off at every byte: that is an error with its place,
// never a short success.
func TestStreamCut(t *testing.T) {
	for _, text := range streamTexts {
		end := len(strings.TrimSpace(text))
		for _, o := range []Options{{}, {Need: NeedStatus}, {Need: NeedHead}} {
			for k := 1; k < end; k++ {
				_, err := readStream(o, strings.NewReader(text[:k]))
				var e *Error
				if !errors.As(err, &e) || !errors.Is(err, ErrSyntax) {
					t.Fatalf("cut at %d, need %d: %v", k, o.Need, err)
				}
				line, column := strings.Count(text[:k], "\n")+1, k-strings.LastIndex(text[:k], "\n")
				if e.Offset != int64(k) || e.Line != line || e.Column != column || !strings.Contains(e.Msg, "cut off") {
					t.Fatalf("cut at %d, line %d, column %d, need %d: %v", k, line, column, o.Need, err)
				}
			}
		}
	}
}

// TestStreamFault has faults among the values of a stream, and behind them.
func TestStreamFault(t *testing.T) {
	long := strings.Repeat("1,\n", 100_000)
	for _, test := range []struct {
		n        int
		value    string // with its marker
		sentinel error
		pointer  string
		words    string
	}{
		{3, "[1,▶x,2]", ErrSyntax, "/value/1", "unexpected character x"},
		{3, "[1,▶[2],3]", ErrNotJSONStat, "/value/1", "a cell is an array:"},
		{3, "[1,2,▶{}]", ErrNotJSONStat, "/value/2", "a cell is an object:"},
		{3, "[1,▶NaN,2]", ErrNaN, "/value/1", "NaN"},
		{3, "[1,\"▶\xe5\",2]", ErrEncoding, "/value/1", "not UTF-8"},
		{3, "▶[1,2]", ErrSize, "/value", "2 values for 3 cells"},
		{3, "▶[1,2,3,4]", ErrSize, "/value", "4 values for 3 cells"},
		{3, "▶[" + long + "1]", ErrSize, "/value", "100001 values for 3 cells"},
		{200_000, "[" + long + long[:150_000] + "▶x]", ErrSyntax, "/value/150000", "unexpected character x"},
		{200_000, "[" + long + long[:150_000] + "▶[]]", ErrNotJSONStat, "/value/150000", "a cell is an array"},
		{3, "[1,2,3],\"x\":▶y", ErrSyntax, "/x", "unexpected character y"},
		{3, "[1,2,3],\"value\":▶[]", ErrNotJSONStat, "/value", "occurs twice"},
		{3, "[1,2,3],\"size\":▶[4]", ErrNotJSONStat, "/size", "occurs twice"},
		{3, "[1,2,3],\"a\":{\"size\":[3]},\"class\":\"collection\"", ErrNoData, "", "holds no dataset"},
	} {
		head := testHead(test.n) // long heads slide out of the window
		text, at := unmark("{\n" + head + ",\n\"value\":" + test.value + "}")
		for name, stream := range streams {
			if test.n > 1000 && name == "by byte" {
				continue
			}
			_, err := readStream(Options{}, stream(text))
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, test.sentinel) || !strings.Contains(e.Msg, test.words) || e.Pointer != test.pointer {
				t.Fatalf("%.60s, %s: %v, want %q at %s", test.value, name, err, test.words, test.pointer)
			}
			if at.ok && (e.Offset != at.offset || e.Line != at.line || e.Column != at.column) {
				t.Fatalf("%.60s, %s: %v, want line %d, column %d, byte %d", test.value, name, err, at.line, at.column, at.offset)
			}
			if file := readAll(Options{}, text); file == nil || file.Error() != err.Error() {
				t.Fatalf("%.60s, %s: %v, of a file %v", test.value, name, err, file)
			}
		}
	}
}

// TestStreamWarnings has the same warnings in a stream as in a file.
func TestStreamWarnings(t *testing.T) {
	for name, text := range map[string]string{
		"none":                     testDocument("hvs", 3, "[1,2,3]", ""),
		"version behind":           strings.Replace(testDocument("hvs", 3, "[1,2,3]", ""), `"version":"2.0",`, "", 1),
		"class and version behind": strings.Replace(strings.TrimSuffix(testDocument("hvs", 3, "[1,2,3]", ""), "}")+`,"class":"dataset","version":"2.0"}`, `"version":"2.0","class":"dataset",`, "", 1),
		"no class at all":          strings.Replace(testDocument("hvs", 3, "[1,2,3]", ""), `"version":"2.0","class":"dataset",`, "", 1),
		"booleans":                 testDocument("hvs", 4, "[true,1,false,true]", ""),
		"empty":                    testDocument("hvs", 4, "[]", ""),
		"wrong class behind":       strings.Replace(strings.TrimSuffix(testDocument("hvs", 3, "[1,2,3]", ""), "}")+`,"class":"cube","version":"1.3"}`, `"version":"2.0","class":"dataset",`, "", 1),
	} {
		want, ds := parse(t, Options{}, text)
		wantRow := row(t, ds)
		doc, err := Options{Stream: true}.Read(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		ds, err = doc.Dataset(0)
		if err != nil || !ds.Cells().Info().Once {
			t.Fatalf("%s: %v, %+v", name, err, ds.Cells().Info())
		}
		equal(t, name+": the row", row(t, ds), wantRow)
		equal(t, name+": the list of warnings", warnings(doc), warnings(want))

		_, err = readStream(Options{Strict: true}, strings.NewReader(text))
		if strict := (readAll(Options{Strict: true}, text)); (err == nil) != (strict == nil) {
			t.Errorf("%s: with Strict %v, in a stream %v", name, strict, err)
		}
	}
}

// TestStreamPad fills up a short stream, but not an empty one.
func TestStreamPad(t *testing.T) {
	for value, want := range map[string]string{"[1,2]": "0=1 1=2 2=null 3=null 4=null", "[]": ""} {
		doc, err := Options{Stream: true, Pad: true}.Read(strings.NewReader(testDocument("hvs", 5, value, "")))
		if err != nil {
			t.Fatal(err)
		}
		ds, err := doc.Dataset(0)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "the row of "+value, row(t, ds), want)
		equal(t, "the number of warnings", len(doc.Warnings()), 1)
	}
}

// TestErrorStays has a cursor that failed: it fails again, and is not at its end.
func TestErrorStays(t *testing.T) {
	doc, err := Options{Stream: true}.Read(strings.NewReader(testDocument("hvs", 5, "[1,2]", "")))
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	cur, err := ds.Cells().Cursor(false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cur.Next(); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := cur.Next(); !errors.Is(err, ErrSize) {
			t.Errorf("the error is %v", err)
		}
	}
}
