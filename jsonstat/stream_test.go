package jsonstat

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// lateText has all that a table can do without behind its values.
const lateText = `{"id":["d","e"],"size":[1,2],"dimension":{"d":{"category":{"index":["a"]}},"e":{"category":{"index":["x","y"]}}},"value":[1,2],` + "\n" +
	`"role":{"time":["e"]},"label":"L","source":"S","updated":"2025","href":"H","note":["N"],"link":{"a":[{"href":"l"}]},"extension":{"status":{"label":{"p":"P"}}},"own":1,` +
	`"version":"2.0","class":"dataset"}`

// lateMembers ask a dataset for each of what stands behind.
var lateMembers = map[string]func(*Dataset) string{
	"role":          func(ds *Dataset) string { return string(ds.Dimension("e").Role()) },
	"dimensions of": func(ds *Dataset) string { return ds.Role(Time)[0].ID() },
	"spec":          func(ds *Dataset) string { return string(ds.Dimensions()[1].Spec().Role) },
	"label":         (*Dataset).Label,
	"source":        (*Dataset).Source,
	"updated":       (*Dataset).Updated,
	"href":          (*Dataset).Href,
	"note":          func(ds *Dataset) string { return ds.Notes()[0] },
	"link":          func(ds *Dataset) string { return ds.Links()[0].Href },
	"extension":     func(ds *Dataset) string { return string(ds.Extension()) },
	"meaning":       func(ds *Dataset) string { return ds.SymbolText("p", "en") },
	"own":           func(ds *Dataset) string { return ds.Members()[0].Name },
	"head":          func(ds *Dataset) string { return ds.Head().Label },
	"write": func(ds *Dataset) string {
		var text strings.Builder
		err := ds.Write(&text, nil)
		return text.String() + errorText(err)
	},
	"write the head": func(ds *Dataset) string {
		var text strings.Builder
		err := ds.WriteHead(&text)
		return text.String() + errorText(err)
	},
	"other cells": func(ds *Dataset) string {
		with, err := ds.WithCells(nil, AsRead, AsRead)
		if err != nil {
			return err.Error()
		}
		return with.Label()
	},
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// open reads a text as a stream.
func open(t *testing.T, o Options, text string) (*Document, *Dataset) {
	t.Helper()
	o.Stream = true
	doc, err := o.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = doc.Close() })
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	return doc, ds
}

// TestLateMembers asks for what stands behind the cells: in front of the first cell
// the stream is kept, and all is as it is in a file; behind the last one it is there.
func TestLateMembers(t *testing.T) {
	for name, ask := range lateMembers {
		t.Run(name, func(t *testing.T) {
			want, ds := parse(t, Options{}, lateText)
			answer, cells := ask(ds), row(t, ds)

			doc, ds := open(t, Options{}, lateText)
			equal(t, "streamed", ds.Cells().Info().Once, true)
			dim := ds.Dimension("e")
			equal(t, "the answer", ask(ds), answer)
			equal(t, "streamed", ds.Cells().Info().Once, false)
			equal(t, "the row", row(t, ds), cells)
			equal(t, "the role of a dimension that was there before", dim.Role(), Time)
			equal(t, "the warnings", warnings(doc), warnings(want))
			again, err := doc.Dataset(0)
			equal(t, "it is the same dataset", again == ds && err == nil, true)

			if strings.HasPrefix(name, "write") {
				return // needs the cells, or the text
			}
			doc, ds = open(t, Options{}, lateText)
			equal(t, "the row", row(t, ds), cells)
			equal(t, "the answer behind the cells", ask(ds), answer)
			equal(t, "the warnings", warnings(doc), warnings(want))
			equal(t, "what is wrong", errorText(doc.Finish()), "")
		})
	}
}

// TestLateMembersAmong asks for the same while the cells flow: they fail.
func TestLateMembersAmong(t *testing.T) {
	for _, name := range []string{"role", "label", "note", "head", "meaning"} {
		doc, ds := open(t, Options{}, lateText)
		cur, err := ds.Cells().Cursor(false)
		if err != nil {
			t.Fatal(err)
		}
		func() {
			defer func() { _ = recover() }() // the empty answer has no first note
			lateMembers[name](ds)
		}()
		for range 2 {
			if _, err := cur.Next(); !errors.Is(err, ErrConsumed) || !strings.Contains(err.Error(), "requested while they are streamed") {
				t.Errorf("%s: the cells give %v", name, err)
			}
		}
		if err := doc.Finish(); !errors.Is(err, ErrConsumed) {
			t.Errorf("%s: the end gives %v", name, err)
		}
	}
	// What stood in front may be asked for at any time.
	_, ds := open(t, Options{}, strings.Replace(lateText, `{"id"`, `{"label":"L","id"`, 1))
	equal(t, "the label", ds.Label(), "L")
	equal(t, "streamed", ds.Cells().Info().Once, true)
}

// TestLateFault has a fault behind the cells come up wherever it is asked for first.
func TestLateFault(t *testing.T) {
	text := strings.TrimSuffix(lateText, "}")
	want := readAll(Options{}, text)
	if want == nil {
		t.Fatal("there is no fault")
	}
	t.Run("a member", func(t *testing.T) {
		doc, ds := open(t, Options{}, text)
		equal(t, "the label", ds.Label(), "") // not to be trusted, as what follows says
		_, err := ds.Cells().Cursor(false)
		equal(t, "the cells", errorText(err), want.Error())
		equal(t, "writing", errorText(ds.Write(io.Discard, nil)), want.Error())
		equal(t, "writing all", errorText(doc.Write(io.Discard)), want.Error())
		_, err = doc.Dataset(0)
		equal(t, "the dataset", errorText(err), want.Error())
		equal(t, "the end", errorText(doc.Finish()), want.Error())
	})
	t.Run("nothing", func(t *testing.T) {
		doc, _ := open(t, Options{}, text)
		equal(t, "the end", errorText(doc.Finish()), want.Error())
		equal(t, "the warnings", len(doc.Warnings()), 0)
	})
	t.Run("a cell", func(t *testing.T) {
		doc, ds := open(t, Options{}, text)
		for range ds.Observations() {
			break
		}
		equal(t, "the end", errorText(doc.Finish()), want.Error())
	})
	t.Run("a file", func(t *testing.T) {
		doc, _ := parse(t, Options{}, lateText)
		equal(t, "the end", errorText(doc.Finish()), "")
	})
}

// TestBundleStream asks a bundle how many datasets it has, of which one is in sight.
func TestBundleStream(t *testing.T) {
	text := `{"dataset":` + lateText + `,"more":` + lateText + `}`
	doc, ds := open(t, Options{}, text)
	equal(t, "streamed", ds.Cells().Info().Once, true)
	equal(t, "the number", doc.Len(), 2)
	equal(t, "streamed", ds.Cells().Info().Once, false)
	doc, _ = open(t, Options{}, text)
	more, err := doc.Dataset(1)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the row", row(t, more), "0=1 1=2")
	doc, ds = open(t, Options{}, text)
	equal(t, "the row", row(t, ds), "0=1 1=2")
	equal(t, "the number behind the cells", doc.Len(), 2)
}

// TestLateText has rows of numbers behind the cells that are none of the dataset's: what
// holds them is there as it is in a file, though the stream cannot go back to it.
func TestLateText(t *testing.T) {
	const head = `{"version":"2.0","class":"dataset","id":["d"],"size":[2],"dimension":{"d":{"category":{"index":["x","y"]}}},"value":[1,2`
	gap := strings.Repeat(" ", 200_000) + "]," // more than a window
	saying := func(ds *Dataset) string { return fmt.Sprintf("%s %+v", ds.Members(), ds.Links()) }
	for _, text := range []string{
		`"x":{"value":[1,2]}`,
		`"x":{"status":{"0":"a","5":"b"}},"status":["a","b"]`,
		`"x":{"value":{"y":{"value":[1.0]}}}`,
		`"x":{"value":[1,[2]]}`,
		`"x":[{"value":[1]},{"measure":[]}]`,
		`"measure":[1,2]`,
		`"measure":[[1],{"value":[3]}],"status":{"1":"a"}`,
		`"link":{"item":[{"href":"h","value":[1,2],"extension":{"status":["a"]}}]}`,
		`"link":{"item":[{"href":"h","extension":{"value":[1]}}]},"error":{"value":[1,null]}`,
	} {
		for _, around := range []string{"%s", `{"dataset":%s,"more":{"status":[1]}}`} {
			text := fmt.Sprintf(around, head+gap+text+"}")
			_, ds := parse(t, Options{}, text)
			want := saying(ds)
			doc, ds := open(t, Options{}, text)
			equal(t, "the row", row(t, ds), "0=1 1=2")
			equal(t, "what is wrong", errorText(doc.Finish()), "")
			equal(t, "the members and links of "+text[len(text)-90:], saying(ds), want)
		}
	}
}
