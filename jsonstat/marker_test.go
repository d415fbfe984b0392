package jsonstat

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// Helpers of the tests that read documents.

// marker stands in the documents of tests in front of the place that an error
// or a warning is expected to point at.
const marker = "▶"

// place is where a marker stood.
type place struct {
	offset       int64
	line, column int
	ok           bool
}

// unmark takes the marker out of a document and tells where it was.
func unmark(text string) (string, place) {
	before, after, found := strings.Cut(text, marker)
	if !found {
		return text, place{}
	}
	return before + after, place{
		offset: int64(len(before)), line: strings.Count(before, "\n") + 1,
		column: len(before) - strings.LastIndexByte(before, '\n'), ok: true,
	}
}

// wantError checks kind, place, pointer and words of an error.
func wantError(t *testing.T, err, sentinel error, at place, pointer string, words ...string) {
	t.Helper()
	if !errors.Is(err, sentinel) {
		t.Errorf("error %v\nis not: %v", err, sentinel)
	}
	if err == nil {
		return
	}
	var e *Error
	if !errors.As(err, &e) {
		t.Errorf("error %v is a %T", err, err)
		return
	}
	if at.ok && (e.Offset != at.offset || e.Line != at.line || e.Column != at.column) {
		t.Errorf("error %v\nis at byte %d, line %d, column %d, want byte %d, line %d, column %d", err, e.Offset, e.Line, e.Column, at.offset, at.line, at.column)
	}
	if e.Pointer != pointer {
		t.Errorf("error %v\nhas the pointer %q, want %q", err, e.Pointer, pointer)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("error %v\ndoes not say %q", err, w)
		}
	}
}

// warnings writes the warnings of a document as "kind pointer", with "×n" behind
// if there are several of a kind.
func warnings(d *Document) []string {
	var list []string
	for _, w := range d.Warnings() {
		s := string(w.Kind)
		if w.Pointer != "" {
			s += " " + w.Pointer
		}
		if w.Count > 1 {
			s += fmt.Sprintf(" ×%d", w.Count)
		}
		list = append(list, s)
	}
	return list
}

// row writes the cells of a dataset as "0=12.5 1=null:x", with the status behind
// a colon and texts in quotes.
func row(t *testing.T, ds *Dataset) string {
	t.Helper()
	var b strings.Builder
	for o, err := range ds.Observations() {
		if err != nil {
			t.Fatal(err)
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		text := o.Text()
		switch o.Kind() {
		case Missing:
			text = "null"
		case Text:
			text = fmt.Sprintf("%q", text)
		}
		fmt.Fprintf(&b, "%d=%s", o.Position(), text)
		if o.Status() != "" {
			b.WriteString(":" + o.Status())
		}
	}
	return b.String()
}

// parse reads a document and its first dataset.
func parse(t *testing.T, o Options, text string) (*Document, *Dataset) {
	t.Helper()
	doc, err := o.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	return doc, ds
}

// ids lists the ids of the categories of a dimension, labels their labels.
func ids(d *Dimension) string {
	var list []string
	for c := range d.Categories() {
		list = append(list, c.ID)
	}
	return strings.Join(list, " ")
}

func labels(d *Dimension) string {
	var list []string
	for c := range d.Categories() {
		list = append(list, c.Label)
	}
	return strings.Join(list, "|")
}

// equal compares two values that print differently if they are different.
func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprintf("%#v", got), fmt.Sprintf("%#v", want); g != w {
		t.Errorf("%s is %s, want %s", what, g, w)
	}
}

// quirk is a row of the list of what real documents do: a document, how it is
// read, and what the reader has to say.
type quirk struct {
	name  string
	json  string // with a marker where the first warning that Strict refuses points
	opts  Options
	check func(t *testing.T, doc *Document, ds *Dataset) // may be nil

	warns  []string // as from warnings
	strict bool     // Options.Strict refuses it
	at     string   // where, if no warning says so
}

func (q *quirk) run(t *testing.T) {
	text, at := unmark(q.json)
	doc, ds := parse(t, q.opts, text)
	if q.check != nil {
		q.check(t, doc, ds)
	}
	equal(t, "the list of warnings", warnings(doc), q.warns)

	q.opts.Strict = true
	err := readAll(q.opts, text)
	if !q.strict {
		if err != nil {
			t.Errorf("refused with Strict: %v", err)
		}
		return
	}
	refused := q.at
	for _, w := range q.warns {
		if kind, rest, _ := strings.Cut(w, " "); WarningKind(kind).refused() {
			if strings.HasPrefix(rest, "/") {
				refused, _, _ = strings.Cut(rest, " ×")
			}
			break
		}
	}
	wantError(t, err, ErrNotJSONStat, at, refused)
}

// readAll reads a document, its first dataset and all cells.
func readAll(o Options, text string) error {
	doc, err := o.Parse([]byte(text))
	if err != nil {
		return err
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		return err
	}
	for _, err := range ds.Observations() {
		if err != nil {
			return err
		}
	}
	return nil
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
