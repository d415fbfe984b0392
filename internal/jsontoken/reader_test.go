package jsontoken

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// marker stands in a test's input where an error is expected; it is taken out
// before reading. So positions are tested without counting.
const marker = "∆"

// split takes the marker out of an input. Without one the offset is -1.
func split(input string) (text string, off int64) {
	before, behind, found := strings.Cut(input, marker)
	if !found {
		return input, -1
	}
	return before + behind, int64(len(before))
}

// ways are the ways to read a text: through windows of every small size, and
// from streams that give little at a time. None may make a difference.
func ways(text string) iter.Seq2[string, *Reader] {
	return func(yield func(string, *Reader) bool) {
		for size := range 65 {
			if !yield(fmt.Sprintf("window of %d", size), NewReader(window.Bytes(text), size)) {
				return
			}
		}
		for _, s := range []struct {
			name string
			r    io.Reader
		}{
			{"one byte at a time", iotest.OneByteReader(strings.NewReader(text))},
			{"half of what is asked for", iotest.HalfReader(strings.NewReader(text))},
			{"the end with the last bytes", iotest.DataErrReader(strings.NewReader(text))},
		} {
			for _, size := range []int{1, 7, 0} {
				if !yield(fmt.Sprintf("%s, window of %d", s.name, size), NewReader(spool.NewStream(s.r), size)) {
					return
				}
				s.r = iotest.OneByteReader(strings.NewReader(text))
			}
		}
	}
}

// cell is what is to be known of a cell.
type cell struct {
	Kind Kind
	Text string
	Pos  int64
	Key  string
	Off  int64
}

// cells reads a cursor to the end of its row.
func cells(c *window.Cursor, limit int) ([]cell, error) {
	var list []cell
	for !c.Done {
		if err := c.Next(limit); err != nil {
			return list, err
		}
		list = appendCells(list, c)
	}
	return list, nil
}

// appendCells copies the cells of a chunk.
func appendCells(list []cell, c *window.Cursor) []cell {
	for i := range c.N {
		x := cell{Kind: c.Kind[i], Text: string(c.Text[c.Start[i]:c.End[i]]), Off: c.Offset(i)}
		if c.Object {
			x.Pos, x.Key = c.Pos[i], string(c.Text[c.KeyStart[i]:c.KeyEnd[i]])
		}
		list = append(list, x)
	}
	return list
}

// row reads the row of cells that is the whole text, twice: for facts and for
// its cells.
func row(r *Reader, limit int) (*window.Section, []cell, error) {
	s, err := Scan(r, 0, true)
	if err != nil {
		return nil, nil, err
	}
	list, err := cells(NewCursor(r, s), limit)
	return s, list, err
}

// outcome is all that reading a text gives, without what depends on the window.
type outcome struct {
	Text     string // put together again, with the cells in their places
	Tokens   []Token
	Sections []window.Section
	Cells    [][]cell
	Err      string
	Line     int
	Column   int
}

// read parses a text. Rows of cells are looked for in members that are called
// "value", "status" or "words", or everywhere.
func read(r *Reader, everywhere bool) (o outcome, p *Parser) {
	p = &Parser{R: r, Tree: new(Tree),
		IsCells: func(name []byte, depth int) bool {
			return everywhere || string(name) == "value" || string(name) == "status" || string(name) == "words"
		},
		IsOpaque: func(name []byte) bool { return string(name) == "opaque" },
		IsWords:  func(name []byte) bool { return string(name) == "words" },
		Stop:     func([]byte, int) bool { return false }, // so that lines are counted throughout
	}
	if err := p.Document(); err != nil {
		o.Err = fmt.Sprintf("%T %v", err, err)
		var bad *window.SyntaxError
		if errors.As(err, &bad) {
			o.Line, o.Column = r.LineColumn(bad.Offset)
			o.Err = fmt.Sprintf("%+v", *bad)
		}
	}
	at := 0
	var text strings.Builder
	for _, s := range p.Tree.Sections {
		facts := *s
		facts.Checkpoints = nil
		if s.Words != nil {
			facts.Words = &window.Words{List: s.Words.List}
		}
		o.Sections = append(o.Sections, facts)
		text.Write(p.Tree.Text[at:s.At])
		at = s.At
		if o.Err == "" {
			list, err := cells(NewCursor(NewReader(r.Src, len(r.Buf)-window.Pad), s), 3)
			if err != nil {
				o.Err = "second reading: " + err.Error()
			}
			o.Cells = append(o.Cells, list)
			text.WriteString(written(list, s.Object))
		}
	}
	text.Write(p.Tree.Text[at:])
	o.Text, o.Tokens = text.String(), p.Tree.Tokens
	return o, p
}

// written puts a row of cells together again.
func written(list []cell, object bool) string {
	parts := make([]string, len(list))
	for i, c := range list {
		if parts[i] = c.Text; object {
			parts[i] = c.Key + ":" + c.Text
		}
	}
	if object {
		return "{" + strings.Join(parts, ",") + "}"
	}
	return "[" + strings.Join(parts, ",") + "]"
}

// readAll reads a text in every way, checks that they agree, and returns what they
// say. It does so with rows of cells by name and everywhere.
func readAll(t *testing.T, text string) (named, all outcome) {
	t.Helper()
	named, _ = read(NewReader(window.Bytes(text), 0), false)
	all, _ = read(NewReader(window.Bytes(text), 0), true)
	for _, everywhere := range []bool{false, true} {
		for name, r := range ways(text) {
			want := named
			if everywhere {
				want = all
			}
			if got, _ := read(r, everywhere); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s, cells everywhere %v, of %s\n%s", name, everywhere, shown(text), cmp.Diff(want, got, cmp.AllowUnexported(window.Checkpoint{}, window.Words{})))
			}
		}
	}
	return named, all
}

// shown is a text for a message.
func shown(text string) string {
	if len(text) > 1000 {
		text = text[:1000] + "…"
	}
	return strconv.Quote(text)
}

// scaled is a number of repetitions, a tenth of it in short mode.
func scaled(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

var errBroken = errors.New("the line is broken")

// TestBroken reads sources that fail: what comes out is their own error, or the
// fault of the text in front of it, and never a result.
func TestBroken(t *testing.T) {
	for _, text := range []string{
		`{"id":["a","é\u00e5"],"value":[1, 2.5,null,"x", -3e5 ],"status":{"0":"a" , "7":""},"x":{"y":[true,false]}}`,
		`{"a":"b\q"}`, `{"a":01}`, `{"value":[1,,2]}`, "\"\xff\"", `[nul]`, `[NaN]`, `{"value":[1}`, `["é`,
	} {
		good := strings.HasSuffix(text, "]}}")
		want, _ := read(NewReader(window.Bytes(text), 0), false)
		for k := range len(text) + 1 {
			for size := range 40 {
				broken := io.MultiReader(strings.NewReader(text[:k]), iotest.ErrReader(errBroken))
				o, p := read(NewReader(spool.NewStream(broken), size), false)
				var below *window.ReadError
				fault := false
				switch {
				case o.Err == "":
					t.Errorf("%s broken at %d, window of %d: no error", shown(text), k, size)
				case errors.As(p.R.Err, &below) && below.Err == errBroken:
					fault = strings.Contains(o.Err, errBroken.Error())
				}
				if !fault && (good || o.Err != want.Err) {
					t.Errorf("%s broken at %d, window of %d: %s", shown(text), k, size, o.Err)
				}
			}
		}
	}
}

// TestStalled reads a source that never brings anything.
func TestStalled(t *testing.T) {
	o, p := read(NewReader(spool.NewStream(stalled{}), 0), false)
	if o.Err == "" || !errors.Is(p.R.Err, io.ErrNoProgress) {
		t.Errorf("error is %q, want %q", o.Err, io.ErrNoProgress)
	}
	o, p = read(NewReader(stalledSource{}, 0), false)
	if o.Err == "" || !errors.Is(p.R.Err, io.ErrNoProgress) {
		t.Errorf("error is %q, want %q", o.Err, io.ErrNoProgress)
	}
}

type stalled struct{}

func (stalled) Read([]byte) (int, error) { return 0, nil }

type stalledSource struct{}

func (stalledSource) ReadAt([]byte, int64) (int, error) { return 0, nil }

// TestGoto jumps about in a text and reads a word at each place.
func TestGoto(t *testing.T) {
	var text strings.Builder
	var at []int64
	for i := range 300 {
		at = append(at, int64(text.Len()))
		fmt.Fprintf(&text, "%d\n  ", i*i*i)
	}
	for _, size := range []int{1, 2, 3, 9, 64, 0} {
		r := NewReader(window.Bytes(text.String()), size)
		for k := range 3000 {
			i := k * 7919 % len(at)
			r.Goto(at[i])
			if k%3 == 0 {
				r.Goto(at[i] + 1) // a jump that is not followed by reading
				r.Goto(at[i])
			}
			if r.Offset() != at[i] {
				t.Fatalf("window of %d: offset %d after a jump to %d", size, r.Offset(), at[i])
			}
			r.Space()
			r.Mark = r.Pos
			end, _, err := r.Scalar(r.Pos)
			if want := strconv.Itoa(i * i * i); err != nil || string(r.Buf[r.Mark:end]) != want {
				t.Fatalf("window of %d, cell %d: %q, %v, want %s", size, i, r.Buf[r.Mark:end], err, want)
			}
			r.Pos = end
		}
	}
}

// TestGotoAfterError tells that an error of the source does not outlive it.
func TestGotoAfterError(t *testing.T) {
	src := &flaky{Bytes: window.Bytes(`[1,2,3,4,5,6,7,8]`), fail: 2}
	c := NewCursor(NewReader(src, 4), &window.Section{})
	var err error
	for err == nil && !c.Done {
		err = c.Next(window.ChunkCells)
	}
	if !errors.Is(err, errBroken) {
		t.Fatalf("error is %v, want %v", err, errBroken)
	}
	c.Goto((&window.Section{}).First())
	list, err := cells(c, window.ChunkCells)
	if got := written(list, false); err != nil || got != string(src.Bytes) {
		t.Errorf("after the error: %s, %v", got, err)
	}
}

// flaky is a source that fails once.
type flaky struct {
	window.Bytes
	fail int
}

func (f *flaky) ReadAt(p []byte, off int64) (int, error) {
	if f.fail--; f.fail == 0 {
		return 0, errBroken
	}
	return f.Bytes.ReadAt(p, off)
}

// TestLineColumn holds the places that a window knows against counting.
func TestLineColumn(t *testing.T) {
	text := "{\n\n \"a\" : [\n1,\r\n2\n\n],\n\"é\": \n{\n} }\n"
	for size := range 40 {
		r := NewReader(window.Bytes(text), size)
		for r.Space() != 0 {
			off := r.Offset()
			before := text[:off]
			line, column := strings.Count(before, "\n")+1, int(off)-strings.LastIndex(before, "\n")
			if l, c := r.LineColumn(off); l != line || c != column {
				t.Errorf("window of %d, byte %d: line %d, column %d, want %d, %d", size, off, l, c, line, column)
			}
			r.Pos++
		}
		if l, c := r.LineColumn(int64(len(text)) + 1); l != 0 || c != 0 {
			t.Errorf("behind the window: line %d, column %d", l, c)
		}
	}
}

// TestSpace has white space that is longer than the window.
func TestSpace(t *testing.T) {
	blank := strings.Repeat(" \t\r\n", 100)
	named, _ := readAll(t, blank+"{"+blank+`"value"`+blank+":"+blank+"["+blank+"1"+blank+","+blank+"2"+blank+"]"+blank+","+
		blank+`"status"`+blank+":"+blank+"{"+blank+`"1"`+blank+":"+blank+`"a"`+blank+"}"+blank+"}"+blank)
	if want := `{"value":[1,2],"status":{"1":"a"}}`; named.Text != want || named.Err != "" {
		t.Errorf("got %s, %s", named.Text, named.Err)
	}
}

// TestMaxToken reads a string up to the limit, and one beyond it, from sources
// that have them without a copy.
func TestMaxToken(t *testing.T) {
	if testing.Short() {
		t.Skip("needs 200 MB")
	}
	for _, test := range []struct {
		n    int64
		fail bool
	}{{1 << 20, false}, {window.MaxToken - 2, false}, {window.MaxToken + 2, true}} {
		r := NewReader(repeated(test.n), 0)
		p := Parser{R: r, Tree: new(Tree)}
		err := p.Document()
		var bad *window.SyntaxError
		if failed := errors.As(err, &bad) && bad.Limit && bad.Offset == 0; failed != test.fail || (err != nil && !failed) {
			t.Errorf("a string of %d bytes: %v", test.n, err)
		}
		if got := int64(len(p.Tree.Text)); !test.fail && got != test.n {
			t.Errorf("a string of %d bytes has %d in the tree", test.n, got)
		}
	}
}

// repeated is a string of so many bytes, its quotes included.
type repeated int64

func (n repeated) ReadAt(p []byte, off int64) (int, error) {
	if off >= int64(n) {
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), int64(n)-off)]
	for i := range p {
		p[i] = 'x'
	}
	if off == 0 {
		p[0] = '"'
	}
	if off+int64(len(p)) == int64(n) {
		p[len(p)-1] = '"'
	}
	return len(p), nil
}

// TestEnd has what may stand behind a document.
func TestEnd(t *testing.T) {
	for _, input := range []string{"1", "1 \n", "[]\t", "{} \r\n"} {
		if named, _ := readAll(t, input); named.Err != "" {
			t.Errorf("%q: %s", input, named.Err)
		}
	}
	for _, input := range []string{"1 " + marker + "2", "[]" + marker + ",", "{}\n\n" + marker + "}", `"a"` + marker + "\x00", "[] " + marker + "é", "{}" + marker + "\xff"} {
		text, off := split(input)
		named, _ := readAll(t, text)
		if !strings.Contains(named.Err, "after the end") || !strings.Contains(named.Err, fmt.Sprintf("Offset:%d ", off)) {
			t.Errorf("%q: %s", text, named.Err)
		}
	}
}

// TestDescribe has the names of characters in messages.
func TestDescribe(t *testing.T) {
	for text, want := range map[string]string{
		"\x00": "NUL character", "\x01": "control character 0x01", "\x7f": "control character 0x7f", "x": "character x",
		"é!": "character é", "€": "character €", "🙂": "character 🙂", "\xff": "byte 0xff", "\xc3(": "byte 0xc3", "\ufffd": "character \ufffd",
		"'": `character ' (strings take ")`,
	} {
		if got := window.Describe([]byte(text)); got != want {
			t.Errorf("window.Describe(%q) = %q, want %q", text, got, want)
		}
	}
}
