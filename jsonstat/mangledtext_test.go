package jsonstat

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/shapes"
)

var mangleFlag = flag.Int("mangle", 10, "how many times TestMangled changes every shape")

// TestMangled changes documents here and there, so that they stay JSON: members
// are taken away, doubled, swapped and given values of other types. It goes where
// the fuzzers, which change bytes, do not get to.
func TestMangled(t *testing.T) {
	for k, shape := range shapes.All() {
		if len(shape.JSON) > 20_000 || strings.HasPrefix(shape.JSON, "\ufeff") {
			continue
		}
		for n := range *mangleFlag {
			m := mangler{rand.New(rand.NewPCG(uint64(k), uint64(n)))}
			tree := parseOrdered(t, shape.JSON)
			for range 1 + m.IntN(3) {
				m.change(&tree)
			}
			var b strings.Builder
			tree.write(&b)
			checkDocument(t, []byte(b.String()))
			if t.Failed() {
				t.Fatalf("%s, changed for the %dth time:\n%s", shape.Name, n, b.String())
			}
		}
	}
}

// ordered is a JSON value with its members in their order.
type ordered struct {
	open  byte   // { or [, 0 for a scalar
	raw   string // of a scalar
	names []string
	parts []ordered
}

func parseOrdered(t *testing.T, text string) ordered {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	token := func() json.Token {
		v, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	var value func() ordered
	value = func() ordered {
		v := token()
		delim, ok := v.(json.Delim)
		if !ok {
			raw, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			return ordered{raw: string(raw)}
		}
		o := ordered{open: byte(delim)}
		for d.More() {
			if delim == '{' {
				o.names = append(o.names, token().(string))
			}
			o.parts = append(o.parts, value())
		}
		token()
		return o
	}
	return value()
}

func (o *ordered) write(b *strings.Builder) {
	if o.open == 0 {
		b.WriteString(o.raw)
		return
	}
	b.WriteByte(o.open)
	for i := range o.parts {
		if i > 0 {
			b.WriteByte(',')
		}
		if o.open == '{' {
			b.Write(jsontoken.AppendString(nil, o.names[i]))
			b.WriteByte(':')
		}
		o.parts[i].write(b)
	}
	b.WriteByte(o.open + 2)
}

type mangler struct{ *rand.Rand }

// change makes one change somewhere.
func (m mangler) change(o *ordered) {
	for o.open != 0 && len(o.parts) > 0 && m.IntN(4) > 0 {
		next := &o.parts[m.IntN(len(o.parts))]
		if next.open == 0 && m.IntN(2) == 0 {
			break
		}
		o = next
	}
	if o.open == 0 || len(o.parts) == 0 {
		*o = m.value()
		return
	}
	i, k := m.IntN(len(o.parts)), m.IntN(len(o.parts))
	switch m.IntN(6) {
	case 0: // one less
		o.parts = append(o.parts[:i:i], o.parts[i+1:]...)
		if o.names != nil {
			o.names = append(o.names[:i:i], o.names[i+1:]...)
		}
	case 1: // one twice
		o.parts = append(o.parts, o.parts[i])
		if o.names != nil {
			o.names = append(o.names, o.names[i])
		}
	case 2: // two places changed
		o.parts[i], o.parts[k] = o.parts[k], o.parts[i]
	case 3: // another name
		if o.names != nil {
			o.names[i] = m.name()
		} else {
			o.parts[i] = m.value()
		}
	case 4: // one more
		o.parts = append(o.parts, m.value())
		if o.names != nil {
			o.names = append(o.names, m.name())
		}
	default:
		o.parts[i] = m.value()
	}
}

func (m mangler) name() string {
	names := []string{"id", "size", "role", "dimension", "value", "status", "category", "index", "label", "unit", "note", "child", "coordinates", "link", "item", "extension", "class", "version", "href", "measure", "0", "1", "3", "7", "-1", "", "error", "a", "d", "jsonrpc", "result"}
	return names[m.IntN(len(names))]
}

func (m mangler) value() ordered {
	raw := []string{"null", "true", "0", "1", "2", "-1", "1.5", "2.0", "1e3", "1e400", "99999999999999999999", `""`, `"a"`, `"0"`, `"2.0"`, `"dataset"`, `"collection"`, `"dimension"`, `"time"`, `"d"`, `"\ud800"`}
	switch k := m.IntN(len(raw) + 6); {
	case k < len(raw):
		return ordered{raw: raw[k]}
	case k == len(raw):
		return ordered{open: '{'}
	case k == len(raw)+1:
		return ordered{open: '['}
	case k < len(raw)+4:
		return ordered{open: '{', names: []string{m.name()}, parts: []ordered{m.value()}}
	}
	return ordered{open: '[', parts: []ordered{m.value(), m.value()}}
}

// checkDocument reads a text in all ways. Errors are of known kinds and of one
// line, Strict accepts nothing that lenient reading refuses, all ways of reading
// agree, and what was read and written reads the same again.
func checkDocument(t *testing.T, text []byte) {
	t.Helper()
	all, err := describe(Options{}, nil, text)
	checkError(t, err, len(text))
	strict, strictErr := describe(Options{Strict: true}, nil, text)
	checkError(t, strictErr, len(text))
	if strictErr == nil && (err != nil || strict != all) {
		t.Errorf("Strict reads what lenient reading does not: %v\n%s\n%s", err, strict, all)
	}
	streamed, streamErr := describe(Options{}, oneByte{bytes.NewReader(text)}, nil)
	if streamed != all || fmt.Sprint(streamErr) != fmt.Sprint(err) {
		t.Errorf("from a stream it reads\n%s %v\nwant\n%s %v", streamed, streamErr, all, err)
	}
	once, onceErr := describe(Options{Stream: true, Need: NeedStatus}, bytes.NewReader(text), nil)
	if onceErr == nil && err == nil && !strings.HasPrefix(all, once) {
		t.Errorf("read once it is\n%s\nwant\n%s", once, all)
	}
	if err != nil {
		return
	}
	doc, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	for i := range doc.Len() {
		ds, err := doc.Dataset(i)
		if err != nil {
			t.Fatal(err)
		}
		var written bytes.Buffer
		if err := ds.Write(&written, nil); err != nil {
			t.Fatalf("it cannot be written: %v", err)
		}
		again, err := describe(Options{}, nil, written.Bytes())
		if err != nil {
			t.Fatalf("what was written is refused: %v\n%s", err, written.Bytes())
		}
		if slices.ContainsFunc(doc.Warnings(), func(w WarningCount) bool { return w.Kind == WarnValueKey }) {
			continue // without values outside the cube it may be one without values
		}
		if want, err := describeDataset(ds); again != want || err != nil {
			t.Errorf("written and read it is\n%s\nwant\n%s", again, want)
		}
	}
}

// checkError tells whether an error is one that a reader may give.
func checkError(t *testing.T, err error, length int) {
	t.Helper()
	var at *Error
	var server *ServerError
	switch {
	case err == nil:
		return
	case errors.As(err, &server):
	case !errors.As(err, &at):
		t.Errorf("an error of a strange kind: %v (%T)", err, err)
	case at.Offset > int64(length) || at.Line > 1 || at.Column > length+1:
		t.Errorf("a place outside the text: %v", err)
	}
	if strings.ContainsAny(err.Error(), "\n\r") {
		t.Errorf("an error of several lines: %q", err)
	}
}

// describe reads a document, from the stream if it is given, and writes all
// that is in it.
func describe(o Options, stream io.Reader, text []byte) (string, error) {
	read := func() (*Document, error) { return o.Parse(text) }
	if stream != nil {
		read = func() (*Document, error) { return o.Read(stream) }
	}
	doc, err := read()
	if err != nil {
		return "", err
	}
	defer doc.Close()
	if doc.Class() == ClassDimension {
		d, err := doc.Dimension()
		return describeDimension(d), err
	}
	var b strings.Builder
	for i := range doc.Len() {
		ds, err := doc.Dataset(i)
		if err != nil {
			return "", err
		}
		text, err := describeDataset(ds)
		if err != nil {
			return "", err
		}
		b.WriteString(text)
		if ds.Cells().Info().Once {
			break
		}
	}
	return b.String(), doc.stream.refused
}

func describeDimension(d *Dimension) string {
	s := fmt.Sprintf("%q %q:", d.ID(), d.Label()) // roles may stand behind the cells of a stream
	for c := range d.Categories() {
		s += fmt.Sprintf(" %q %q %q %q", c.ID, c.Label, c.Unit.Text(), c.Children)
	}
	return s
}

func describeDataset(ds *Dataset) (string, error) {
	var b strings.Builder
	for _, d := range ds.Dimensions() {
		b.WriteString(describeDimension(d) + "\n")
	}
	fmt.Fprintln(&b, ds.Len())
	for o, err := range ds.Observations() {
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "%d=%d:%s:%q ", o.Position(), o.Kind(), o.Text(), o.Status())
	}
	return b.String(), nil
}
