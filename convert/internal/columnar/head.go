// Package columnar is what the formats with typed columns share: the head of a
// cube as text, the jsonstat.* keys of columns and tables, the cells of a cube in
// batches of columns, and the way back from columns to a cube. It knows no format.
//
// Who writes begins with table.go, the plan of a table, and walk.go, which puts the
// cells of a cube in the columns of batch.go; who reads with read.go, which puts the
// columns of a format in batches of rows, and fields.go, which tells what they are.
// Below lie the keys (keys.go), what a column calls categories (categories.go), and how
// cells are written as text and numbers.
package columnar

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Head is the document of a dataset without its cells: what the jsonstat.head key
// holds. A document from before 2.0 becomes one of 2.0.
func Head(ds *jsonstat.Dataset) ([]byte, error) {
	var buf bytes.Buffer
	if err := ds.WriteHead(&buf); err != nil {
		return nil, fmt.Errorf("writing the head: %w", err)
	}
	return buf.Bytes(), nil
}

// ParseHead reads what [Head] wrote: a dataset without cells.
func ParseHead(text []byte) (*jsonstat.Dataset, error) {
	text = bytes.TrimSpace(text)
	if !bytes.HasPrefix(text, []byte("{")) || !bytes.HasSuffix(text, []byte("}")) {
		return nil, errors.New("the head of the cube is not a JSON object")
	}
	whole := append(bytes.Clone(text[:len(text)-1]), `,"value":[]}`...)
	doc, err := jsonstat.Parse(whole)
	if err != nil {
		return nil, fmt.Errorf("the head of the cube: %w", err)
	}
	if doc.Class() != jsonstat.ClassDataset {
		return nil, fmt.Errorf("the head of the cube is a %s, not a dataset", doc.Class())
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		return nil, fmt.Errorf("the head of the cube: %w", err)
	}
	if ds.HasCells() {
		return nil, errors.New("the head of the cube has values of its own")
	}
	return ds, nil
}

// NarrowHead is a head with some of the categories of some dimensions, as folders call
// them. What it does not know of these is left out.
func NarrowHead(text []byte, only map[string][]string) ([]byte, error) {
	ds, err := ParseHead(text)
	if err != nil {
		return nil, err
	}
	keep := make([][]int, len(ds.Dimensions()))
	for i, d := range ds.Dimensions() {
		for _, id := range only[d.ID()] {
			k := d.Index(id)
			if id == HiveNull && k < 0 {
				k = d.Index("")
			}
			if k >= 0 {
				keep[i] = append(keep[i], k)
			}
		}
		slices.Sort(keep[i])
	}
	head, err := ds.Head().Narrow(keep)
	if err != nil {
		return nil, err
	}
	part, err := jsonstat.New(head, nil)
	if err != nil {
		return nil, err
	}
	return Head(part)
}

// Forms are the forms in which a document writes its values and statuses.
// AsRead, the zero value, is not known.
type Forms struct{ Values, Statuses jsonstat.Form }

// FormsOf are the forms of a dataset.
func FormsOf(ds *jsonstat.Dataset) (f Forms) {
	f.Values, f.Statuses = ds.Forms()
	return f
}

// formNames are the values of the keys jsonstat.valueForm and jsonstat.statusForm.
var formNames = map[jsonstat.Form]string{jsonstat.AsRead: "auto", jsonstat.Dense: "dense", jsonstat.Sparse: "sparse"}

// parseForm is the inverse; what is no form is not known.
func parseForm(name string) jsonstat.Form {
	for f, n := range formNames {
		if n == name {
			return f
		}
	}
	return jsonstat.AsRead
}
