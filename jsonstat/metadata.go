package jsonstat

import (
	"cmp"
	"io"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// A head without its cells, and a head with other cells. Formats that carry a head beside
// a table (Arrow, Parquet, xlsx) write it with WriteHead, and on the way back give it the
// cells of the table with WithCells: so the document is the same down to members that no
// field has. Front is the head of a stream before its cells were read.

// WriteHead writes the dataset as [Dataset.Write] does, but without its values
// and statuses, which are not read. What it writes is a document of metadata
// alone; [Dataset.WithCells] gives it cells again.
func (ds *Dataset) WriteHead(w io.Writer) error {
	ds.require("")
	e := newEncoder(w, 4<<10, ds, WriteOptions{})
	e.headOnly = true
	if !ds.isCopiable(&e.opts) {
		e.dataset()
		return e.flush()
	}
	var fields []field
	value, status := valueNode(ds.node), ds.node.Get("status")
	last := map[string]jsontoken.Node{} // of members that stand twice the last one counts
	for name, v := range ds.node.Members {
		last[name] = v
	}
	for name, v := range ds.node.Members {
		if v == value || v == status || v != last[name] {
			continue
		}
		write := func() { e.verbatim(ds.text, v, nil) }
		if name == "size" && v.IsArray() && !ds.matchesShape(v) {
			write = e.sizes // without the values nothing says which of the two is right
		}
		fields = append(fields, field{name: name, write: write})
	}
	e.object(fields, nil)
	return e.flush()
}

// WithCells is the dataset with other cells, nil for none: its head is written
// as that of ds is, down to the members that nobody knows. The forms are those
// in which the cells are written where [WriteOptions] say AsRead.
func (ds *Dataset) WithCells(cells Cells, values, statuses Form) (*Dataset, error) {
	with, err := New(ds.Head(), cells)
	if err != nil {
		return nil, err
	}
	with.text, with.unread, with.node, with.before20 = ds.text, ds.unread, ds.node, ds.before20
	with.cellsReplaced, with.replacedForms = true, WriteOptions{Values: values, Statuses: statuses}
	return with, nil
}

// Front is the dataset as far as it stands in front of its cells, as one of metadata alone:
// of a stream nothing more is read. What comes behind the cells is not in it.
func (ds *Dataset) Front() (*Dataset, error) {
	head := ds.head
	head.Dimensions = make([]*Dimension, len(ds.head.Dimensions))
	for i, d := range ds.head.Dimensions {
		front := *d
		front.unreadRole = nil
		head.Dimensions[i] = &front
	}
	return New(head, nil)
}

// Forms are the forms in which the dataset writes its values and statuses where
// [WriteOptions] say AsRead: those of its document, or those given to [Dataset.WithCells].
func (ds *Dataset) Forms() (values, statuses Form) {
	info := ds.cells.Info()
	values, statuses = Dense, Sparse
	if info.Sparse {
		values = Sparse
	}
	if info.DenseStatus {
		statuses = Dense
	}
	o := ds.writeOptions(nil)
	return cmp.Or(o.Values, values), cmp.Or(o.Statuses, statuses)
}

// matchesShape tells whether "size" says the numbers of categories.
func (ds *Dataset) matchesShape(size jsontoken.Node) bool {
	var declared Shape
	for _, v := range size.Items {
		n, ok := wholeNumber(v)
		if !ok {
			return false
		}
		declared = append(declared, n)
	}
	return slices.Equal(declared, ds.shape)
}
