package jsonstat

import (
	"bufio"
	"cmp"
	"io"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// WriteHead writes the dataset as [Dataset.Write] does, but without its values
// and statuses, which are not read. What it writes is a document of metadata
// alone; [Dataset.WithCells] gives it cells again.
func (ds *Dataset) WriteHead(w io.Writer) error {
	ds.want("")
	e := &encoder{w: bufio.NewWriterSize(w, 4<<10), ds: ds, headOnly: true}
	if !ds.copied(&e.opts) {
		e.dataset()
		return e.flush()
	}
	var fields []field
	value, measure, status := ds.cellsNode("value"), ds.cellsNode("measure"), ds.cellsNode("status")
	last := map[string]jsontoken.Node{} // of members that stand twice the last one counts
	for name, v := range ds.node.Members {
		last[name] = v
	}
	for name, v := range ds.node.Members {
		if v == value || v == measure || v == status || v != last[name] {
			continue
		}
		write := func() { e.verbatim(ds.doc, v, nil) }
		if name == "size" && v.IsArray() && !ds.bearsOut(v) {
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
	with.doc, with.node, with.old = ds.doc, ds.node, ds.old
	with.given, with.forms = true, WriteOptions{Values: values, Statuses: statuses}
	return with, nil
}

// writeOptions are the options with the forms of given cells in place of AsRead.
func (ds *Dataset) writeOptions(opts *WriteOptions) *WriteOptions {
	var o WriteOptions
	if opts != nil {
		o = *opts
	}
	if ds.given {
		o.Values, o.Statuses = cmp.Or(o.Values, ds.forms.Values), cmp.Or(o.Statuses, ds.forms.Statuses)
	}
	return &o
}

// cellsNode is the member of that name if it holds cells, "measure" only for want of
// "value".
func (ds *Dataset) cellsNode(name string) jsontoken.Node {
	if name == "measure" && ds.node.Get("value").OK() {
		return jsontoken.Node{}
	}
	return ds.node.Get(name)
}

// bearsOut tells whether "size" counts the categories.
func (ds *Dataset) bearsOut(size jsontoken.Node) bool {
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

// copied tells whether a dataset is written by copying what was read.
func (ds *Dataset) copied(opts *WriteOptions) bool {
	return ds.doc != nil && !ds.old && !opts.Explicit && ds.node.Get("version").OK() && ds.node.Get("class").Text() == string(ClassDataset)
}

// givenCells are the writers of cells that were given to a head that was read, by
// the tokens where they belong; false if there is no place for them.
func (e *encoder) givenCells() (map[int]memberWriter, bool) {
	value, status := e.ds.cellsNode("value"), e.ds.node.Get("status")
	if !value.OK() {
		value = e.ds.cellsNode("measure")
	}
	has := e.ds.cells.Info().HasStatus
	if !value.OK() || (status.OK() && !has) {
		return nil, false
	}
	cells := map[int]memberWriter{value.I: always(e.values)}
	switch {
	case status.OK():
		cells[status.I] = e.statuses
	case has:
		cells[value.I] = always(func() {
			e.values()
			e.statuses(func() { e.str(`,"status":`) })
		})
	}
	return cells, true
}
