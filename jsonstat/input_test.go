package jsonstat

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// opened are the ways to read the same bytes.
func opened(t *testing.T, text []byte) map[string]func(o Options) (*Document, error) {
	name := filepath.Join(t.TempDir(), "in.json")
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return map[string]func(o Options) (*Document, error){
		"Parse": func(o Options) (*Document, error) { return o.Parse(text) },
		"Open":  func(o Options) (*Document, error) { return o.Open(name) },
		"ReadAt": func(o Options) (*Document, error) {
			return o.ReadAt(strings.NewReader(string(text)+"]}"), int64(len(text)))
		},
		"Read":             func(o Options) (*Document, error) { return o.Read(bytes.NewReader(text)) },
		"Read, by byte":    func(o Options) (*Document, error) { return o.Read(iotest.OneByteReader(bytes.NewReader(text))) },
		"Read, as it ends": func(o Options) (*Document, error) { return o.Read(iotest.DataErrReader(bytes.NewReader(text))) },
		"Stream": func(o Options) (*Document, error) {
			o.Stream = true
			return o.Read(iotest.HalfReader(bytes.NewReader(text)))
		},
	}
}

// zipped compresses a text.
func zipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// units writes a text as UTF-16.
func units(text string, little bool) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		if hi, lo := byte(u>>8), byte(u); little {
			b = append(b, lo, hi)
		} else {
			b = append(b, hi, lo)
		}
	}
	return string(b)
}

// single writes a text in an encoding of one byte a character.
func single(text string, table map[rune]byte) string {
	var b []byte
	for _, c := range text {
		if special, ok := table[c]; ok {
			b = append(b, special)
		} else {
			b = append(b, byte(c))
		}
	}
	return string(b)
}

// TestInput reads the same document from all that can stand before its text.
func TestInput(t *testing.T) {
	files := temporary(t)
	text := testDocument("hvs", 4, `[1,"bø 🙂 \u00e5",null,-2.50]`, `{"3":"é"}`)
	plain := testDocument("hvs", 4, `[1,"bø \u00e5",null,-2.50]`, `{"3":"é"}`)
	euro := strings.Replace(plain, "bø", "bø € Š", 1)
	for name, c := range map[string]struct {
		bytes    string
		encoding string
		want     string // value 1
	}{
		"UTF-8": {text, "", "bø 🙂 å"}, "UTF-8 by name": {text, "UTF-8", "bø 🙂 å"}, "UTF-8 with its mark": {"\ufeff" + text, "", "bø 🙂 å"}, "UTF-8 with its mark, though another is named": {"\ufeff" + text, "latin1", "bø 🙂 å"},
		"UTF-16 big": {units("\ufeff"+text, false), "", "bø 🙂 å"}, "UTF-16 little": {units("\ufeff"+text, true), "", "bø 🙂 å"},
		"UTF-16 big without a mark": {units(text, false), "", "bø 🙂 å"}, "UTF-16 little without a mark": {units(text, true), "", "bø 🙂 å"},
		"UTF-16 big by name": {units(text, false), "utf-16be", "bø 🙂 å"}, "UTF-16 little by name": {units(text, true), "UTF_16", "bø 🙂 å"}, "UTF-16 big, though little is named": {units("\ufeff"+text, false), "utf-16le", "bø 🙂 å"},
		"Latin-1": {single(plain, nil), "ISO-8859-1", "bø å"}, "Latin-9": {single(euro, map[rune]byte{'€': 0xa4, 'Š': 0xa6}), "latin9", "bø € Š å"}, "Windows": {single(euro, map[rune]byte{'€': 0x80, 'Š': 0x8a}), "windows-1252", "bø € Š å"},
		"gzip": {zipped(t, text), "", "bø 🙂 å"}, "gzip twice": {zipped(t, zipped(t, text)), "", "bø 🙂 å"}, "gzip in parts": {zipped(t, text[:50]) + zipped(t, text[50:]), "", "bø 🙂 å"},
		"gzip, UTF-16": {zipped(t, units("\ufeff"+text, true)), "", "bø 🙂 å"}, "gzip, Latin-1": {zipped(t, single(plain, nil)), "l1", "bø å"}, "gzip, mark": {zipped(t, "\ufeff"+text), "", "bø 🙂 å"},
		"blanks in front": {" \r\n\t" + text, "", "bø 🙂 å"},
	} {
		for how, open := range opened(t, []byte(c.bytes)) {
			what := name + ", " + how
			doc, err := open(Options{Encoding: c.encoding})
			if err != nil {
				t.Errorf("%s: %v", what, err)
				continue
			}
			ds, err := doc.Dataset(0)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			got := row(t, ds)
			if !ds.Cells().Info().Once {
				got = strings.Replace(got, ":é", "", 1)
			}
			equal(t, what, got, fmt.Sprintf("0=1 1=%q 2=null 3=-2.50", c.want))
			if err := doc.Close(); err != nil {
				t.Errorf("%s: %v", what, err)
			}
			if err := doc.Close(); err != nil {
				t.Errorf("%s, closed twice: %v", what, err)
			}
		}
	}
	if n := files(); n != 0 {
		t.Errorf("%d temporary files are left", n)
	}
}

// TestInputFault has the place of a fault in what was decompressed and recoded,
// and errors in front of that.
func TestInputFault(t *testing.T) {
	text, at := unmark("{\"label\": \"blåbær\",\n\"id\": [▶x]}")
	for name, c := range map[string]struct{ bytes, encoding string }{
		"UTF-8": {text, ""}, "UTF-16": {units(text, true), ""}, "Latin-1": {single(text, nil), "latin1"}, "gzip": {zipped(t, text), ""},
	} {
		for how, open := range opened(t, []byte(c.bytes)) {
			_, err := open(Options{Encoding: c.encoding})
			wantError(t, err, ErrSyntax, at, "/id/0", "unexpected character x")
			if t.Failed() {
				t.Fatal(name, how)
			}
		}
	}
	// A mark is a part of the text, but of no line.
	for how, open := range opened(t, []byte("\ufeff"+text)) {
		_, err := open(Options{})
		wantError(t, err, ErrSyntax, place{offset: at.offset + 3, line: at.line, column: at.column, ok: true}, "/id/0")
		_, err = open(Options{Encoding: "utf16"})
		if err == nil {
			t.Error(how, "is UTF-16")
		}
	}
	wrong, at := unmark("{\n\"label\":\"bl▶\xe5b\xe6r\"}")
	_, err := Parse([]byte(wrong))
	wantError(t, err, ErrEncoding, at, "/label", "byte 0xe5 is not UTF-8")
	for _, c := range []struct{ name, bytes, encoding, words string }{
		{"cut in a unit", units(text, false) + "x", "", "cut off in the middle of a character"},
		{"cut in a pair", units("[\"", true) + "\x3d\xd8", "", "cut off in the middle of a character"},
		{"no character of windows-1252", "[\"\x81\"]", "windows-1252", "byte 0x81 is no character of windows-1252 (byte 2)"},
		{"half a pair", units("[\"", true) + "\x3d\xd8" + units("\"]", true), "", "half a character: the text is not UTF-16 (byte 4)"},
		{"second half alone", units("[\"", true) + "\x00\xde" + units("\"]", true), "", "half a character: the text is not UTF-16 (byte 4)"},
		{"unknown encoding", text, "ebcdic", "unknown encoding"},
		{"no gzip", "\x1f\x8bnonsense and more of it", "", "bad gzip data"},
		{"gzip cut", zipped(t, text)[:20], "", "gzip data is cut off"},
		{"gzip cut before its sum", strings.TrimSuffix(zipped(t, text), zipped(t, text)[len(zipped(t, text))-8:]), "", "gzip data is cut off"},
		{"gzip with a wrong sum", zipped(t, text)[:len(zipped(t, text))-8] + "12345678", "", "bad gzip data"},
		{"gzip and something else", zipped(t, text) + "rubbish behind the data", "", "bad gzip data"},
		{"empty", "", "", "the input is empty"}, {"blank", " \n ", "", "the input is empty"}, {"mark alone", "\ufeff", "", "the input is empty"}, {"gzip of nothing", zipped(t, ""), "", "the input is empty"},
		{"UTF-16 mark alone", "\xff\xfe", "", "the input is empty"},
	} {
		for how, open := range opened(t, []byte(c.bytes)) {
			doc, err := open(Options{Encoding: c.encoding})
			if doc != nil || err == nil || !strings.Contains(err.Error(), c.words) {
				t.Errorf("%s, %s: %v, want %q", c.name, how, err, c.words)
			}
		}
	}
}

// TestInputGzipCut cuts compressed data off at every byte.
func TestInputGzipCut(t *testing.T) {
	r := rand.New(rand.NewPCG(51, 52))
	list := randomCells(r, 300, 3)
	data := zipped(t, testDocument("hvs", len(list), testArray(list, ",", "null"), ""))
	for k := 2; k < len(data); k += 1 + k/100 {
		for _, o := range []Options{{}, {Need: NeedHead}} {
			if _, err := readStream(o, strings.NewReader(data[:k])); !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), "cut off") {
				t.Fatalf("cut at %d: %v", k, err)
			}
			if _, err := readStream(o, io.MultiReader(strings.NewReader(data[:k]), iotest.ErrReader(errPipe))); !errors.Is(err, errPipe) || err.Error() != errPipe.Error() {
				t.Fatalf("broken at %d: %v", k, err)
			}
		}
	}
}

// TestInputErrors has inputs that cannot be read at all.
func TestInputErrors(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := Open(t.TempDir()); err == nil || !strings.Contains(err.Error(), "is a directory") {
		t.Errorf("a directory: %v", err)
	}
	for _, r := range []io.Reader{iotest.ErrReader(errPipe), io.MultiReader(strings.NewReader("{"), iotest.ErrReader(errPipe)), iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("{}")))} {
		if _, err := Read(r); !errors.Is(err, errPipe) && !errors.Is(err, iotest.ErrTimeout) {
			t.Errorf("a broken pipe: %v", err)
		}
	}
}

// brokenAt is a text that cannot be read from some offset on.
type brokenAt struct {
	text string
	from int64
}

func (b brokenAt) ReadAt(p []byte, off int64) (int, error) {
	if n, err := strings.NewReader(b.text[:b.from]).ReadAt(p, off); err == nil {
		return n, nil
	}
	return 0, errPipe
}

// TestInputAt reads at offsets: what is asked for only, and errors as they are.
func TestInputAt(t *testing.T) {
	list := randomCells(rand.New(rand.NewPCG(57, 58)), 100_000, 8)
	text := testDocument("hvs", len(list), testArray(list, ",", "null"), "")
	reads := int64(0)
	doc, err := ReadAt(countedAt{strings.NewReader(text), &reads}, int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	before := reads
	if _, err := ds.AtPosition(99_999); err != nil {
		t.Fatal(err)
	}
	if more := reads - before; more == 0 || more > int64(len(text))/4 {
		t.Errorf("for one cell %d of %d bytes are read", more, len(text))
	}
	for _, at := range []int64{0, 3, 200, 300_000, int64(len(text)) - 1} {
		if _, err := ReadAt(brokenAt{text, at}, int64(len(text))); !errors.Is(err, errPipe) {
			t.Errorf("broken at %d: %v", at, err)
		}
	}
	if _, err := ReadAt(strings.NewReader(text), int64(len(text)-5)); !errors.Is(err, ErrSyntax) {
		t.Errorf("cut off: %v", err)
	}
}

// countedAt counts the bytes that are read.
type countedAt struct {
	io.ReaderAt
	n *int64
}

func (c countedAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, off)
	*c.n += int64(n)
	return n, err
}

// TestInputSmall: a document that is open holds its head and its checkpoints, no window
// on its text. There may be a thousand of them.
func TestInputSmall(t *testing.T) {
	var ids []string
	for i := range 300 {
		ids = append(ids, fmt.Sprintf(`"%d"`, i))
	}
	dim := `{"category":{"index":[` + strings.Join(ids, ",") + `]}}`
	text := `{"version":"2.0","class":"dataset","id":["a","b"],"size":[300,300],"dimension":{"a":` + dim + `,"b":` + dim + `},"value":[1` +
		strings.Repeat(",12345", 300*300-1) + `],"status":{"3":"é","89999":"x"}}`
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	docs := make([]*Document, 50)
	var sets []*Dataset
	before := heap()
	for i := range docs {
		doc, err := ReadAt(strings.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		ds, err := doc.Dataset(0)
		if err != nil {
			t.Fatal(err)
		}
		docs[i], sets = doc, append(sets, ds)
	}
	if each := (heap() - before) / int64(len(docs)); each > window.Size {
		t.Errorf("each open document holds %d bytes", each)
	}
	for _, ds := range sets {
		if _, err := ds.AtPosition(50_000); err != nil {
			t.Error(err)
		}
	}
}

// TestInputPipe opens what is no regular file.
func TestInputPipe(t *testing.T) {
	pr, pw, err := os.Pipe()
	if err != nil {
		t.Skip(err)
	}
	name := fmt.Sprintf("/dev/fd/%d", pr.Fd())
	if _, err := os.Stat(name); err != nil {
		t.Skip(err)
	}
	go func() {
		_, _ = io.WriteString(pw, testDocument("hvs", 3, "[1,2,3]", ""))
		_ = pw.Close()
	}()
	doc, err := Options{Stream: true}.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil || !ds.Cells().Info().Once {
		t.Fatalf("%v, not streamed", err)
	}
	equal(t, "the row", row(t, ds), "0=1 1=2 2=3")
	if err := errors.Join(doc.Close(), pr.Close()); err != nil {
		t.Error(err)
	}
}

// TestDecompressors has formats that the caller brings.
func TestDecompressors(t *testing.T) {
	text := testDocument("hvs", 3, "[1,2,3]", "")
	shift := func(s string) string { return strings.Map(func(c rune) rune { return c ^ 1 }, s) }
	o := Options{Decompressors: []Decompressor{
		{Name: "none", Magic: "", Open: func(io.Reader) (io.ReadCloser, error) { return nil, errors.New("asked without magic bytes") }},
		{Name: "shift", Magic: "SHIFT!", Open: func(r io.Reader) (io.ReadCloser, error) {
			all, err := io.ReadAll(r)
			return io.NopCloser(strings.NewReader(shift(strings.TrimPrefix(string(all), "SHIFT!")))), err
		}},
	}}
	for name, data := range map[string]string{"shift": "SHIFT!" + shift(text), "gzip in shift": "", "shift in gzip": zipped(t, "SHIFT!"+shift(text)), "plain": text} {
		if data == "" {
			continue
		}
		for how, open := range opened(t, []byte(data)) {
			doc, err := open(o)
			if err != nil {
				t.Fatalf("%s, %s: %v", name, how, err)
			}
			ds, err := doc.Dataset(0)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "the row", row(t, ds), "0=1 1=2 2=3")
			if err := doc.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestInputSpill reads a pipe that is too long for memory, and leaves no file.
func TestInputSpill(t *testing.T) {
	files := temporary(t)
	list := randomCells(rand.New(rand.NewPCG(53, 54)), 600_000, 8)
	text := `{"value":` + testArray(list, ",", "null") + `,"version":"2.0","class":"dataset","id":["a","b"],"size":[600,1000],"dimension":{"a":{"category":{"index":` + manyIDs(600) + `}},"b":{"category":{"index":` + manyIDs(1000) + `}}}}`
	if len(text) < spool.StreamMemory*3/2 {
		t.Fatalf("the test is too short: %d bytes", len(text))
	}
	for name, stream := range streams {
		if name == "by byte" {
			continue
		}
		doc, err := Options{Stream: true}.Read(stream(text))
		if err != nil {
			t.Fatal(err)
		}
		ds, err := doc.Dataset(0)
		if err != nil {
			t.Fatal(err)
		}
		cur, err := ds.Cells().Cursor(true)
		if err != nil {
			t.Fatal(err)
		}
		sameCells(t, name, readCursor(t, ds.Cells(), cur), wanted(list, false, false, 0, int64(len(list))))
		for _, pos := range []int64{599_999, 0, 300_000} {
			if c, err := ds.AtPosition(pos); err != nil || c.Kind != wanted(list, false, false, pos, pos+1)[0].kind {
				t.Errorf("%s: AtPosition(%d) = %+v, %v", name, pos, c, err)
			}
		}
		sameText(t, name, writeDocument(t, doc), text)
		if err := doc.Close(); err != nil {
			t.Error(err)
		}
		if n := files(); n != 0 {
			t.Errorf("%s: %d temporary files are left", name, n)
		}
	}
}

// TestInputFileChanged reads cells of a file that was cut in the meantime.
func TestInputFileChanged(t *testing.T) {
	name := filepath.Join(t.TempDir(), "in.json")
	list := randomCells(rand.New(rand.NewPCG(55, 56)), 100_000, 8)
	text := testDocument("hvs", len(list), testArray(list, ",", "null"), "")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	doc, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer doc.Close()
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, int64(len(text)-200_000)); err != nil {
		t.Fatal(err)
	}
	for _, err = range ds.Observations() {
		if err != nil {
			break
		}
	}
	if !errors.Is(err, ErrSyntax) || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("the error is %v", err)
	}
}
