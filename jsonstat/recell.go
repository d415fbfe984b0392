package jsonstat

import (
	"bufio"
	"cmp"
	"io"
	"slices"
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
	last := map[string]node{} // of members that stand twice the last one counts
	for name, v := range ds.node.members {
		last[name] = v
	}
	for name, v := range ds.node.members {
		if v == value || v == measure || v == status || v != last[name] {
			continue
		}
		write := func() { e.verbatim(ds.doc, v, nil) }
		if name == "size" && v.isArray() && !ds.bearsOut(v) {
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
func (ds *Dataset) cellsNode(name string) node {
	if name == "measure" && ds.node.get("value").ok() {
		return node{}
	}
	return ds.node.get(name)
}

// bearsOut tells whether "size" counts the categories.
func (ds *Dataset) bearsOut(size node) bool {
	var declared Shape
	for _, v := range size.items {
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
	return ds.doc != nil && !ds.old && !opts.Explicit && ds.node.get("version").ok() && ds.node.get("class").str() == string(ClassDataset)
}

// givenCells are the writers of cells that were given to a head that was read, by
// the tokens where they belong; false if there is no place for them.
func (e *encoder) givenCells() (map[int]memberWriter, bool) {
	value, status := e.ds.cellsNode("value"), e.ds.node.get("status")
	if !value.ok() {
		value = e.ds.cellsNode("measure")
	}
	has := e.ds.cells.Info().HasStatus
	if !value.ok() || (status.ok() && !has) {
		return nil, false
	}
	cells := map[int]memberWriter{value.i: always(e.values)}
	switch {
	case status.ok():
		cells[status.i] = e.statuses
	case has:
		cells[value.i] = always(func() {
			e.values()
			e.statuses(func() { e.str(`,"status":`) })
		})
	}
	return cells, true
}
