package jsonstat

import (
	"fmt"
	"io"
	"maps"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// A document whose cells flow from a stream is known up to its cells alone. What may
// stand behind them is never taken for absent: as long as no cell was read, who asks
// for it has the stream kept after all, and the document is read as any other; while
// the cells flow it is an error, which the next cells are; and behind them it is
// there.

// stage is how far a stream was read.
type stage uint8

const (
	whole    stage = iota // the text is kept, or was never a stream
	waiting               // up to the cells: the rest can still be kept
	flowing               // into the cells
	finished              // to its end
)

// stream is what a document knows of a stream that its cells are in.
type stream struct {
	stage   stage
	known   map[string]bool // members in front of the cells
	ds      *Dataset        // the one with the cells, once it was asked for
	cells   *textCells
	section *window.Section
	cursor  *textCursor // that reads the cells
	head    int         // warnings in front of the cells
	err     error       // what is wrong with the document, as far as that came up late
}

// opened notes the dataset that has the cells of a stream.
func (s *stream) opened(d *Document, ds *Dataset) {
	if s.stage != waiting || ds == nil {
		return
	}
	s.ds, s.cells, s.known, s.head = ds, ds.cells.(*textCells), frontMembers(ds.node), len(d.warned)
	s.section = s.cells.value
	if !s.known["role"] {
		for _, dim := range ds.head.Dimensions {
			dim.late = d
		}
	}
}

// frontMembers are the members of a dataset, those among the dimensions before 2.0 too.
func frontMembers(n jsontoken.Node) map[string]bool {
	known := map[string]bool{}
	for name := range n.Members {
		known[name] = true
	}
	_, axes := splitDimensions(n.Get("dimension"))
	for name := range axes {
		known[name] = true
	}
	return known
}

// want is called before a member of the dataset is used; "" stands for all of them.
func (ds *Dataset) want(name string) {
	if ds.doc != nil {
		ds.doc.want(name)
	}
}

// want makes sure that a member of the only dataset is known, or that the cells fail.
func (d *Document) want(name string) {
	s := &d.stream
	if s.stage == whole || s.stage == finished || s.known[name] {
		return
	}
	d.complete()
	if s.stage == flowing && s.err == nil {
		what := fmt.Sprintf("%q", name)
		if name == "" {
			what = "the head"
		}
		s.err = fmt.Errorf("%s may stand behind the cells, and was asked for while they flow: %w", what, ErrConsumed)
	}
}

// flow notes that the cells are being read: they are not kept from now on.
func (s *stream) flow(d *Document, cur *textCursor) {
	s.stage, s.cursor = flowing, cur
	d.in.spool.Live()
}

// moved notes how the reading of cells went, and returns what there is to say of it.
func (s *stream) moved(err error) error {
	if err != nil && err != io.EOF && s.err == nil {
		s.err = err
	}
	if s.err != nil {
		return s.err
	}
	return err
}

// complete keeps the rest of a stream whose cells were not read so far. The document
// is then as it would be without [Options].Stream.
func (d *Document) complete() {
	if d.stream.stage != waiting {
		return
	}
	kept := &Document{opts: d.opts, in: d.in}
	kept.opts.Stream = false
	ds, cells := d.stream.ds, d.stream.cells
	if err := kept.scan(); err != nil {
		d.live, d.warned, d.stream = false, nil, stream{err: err}
		return
	}
	*d = *kept
	if ds == nil {
		return
	}
	again, err := d.Dataset(0)
	if err != nil {
		d.stream.err = err
		return
	}
	// What was given out before is brought up to date.
	*cells = *again.cells.(*textCells)
	again.cells = cells
	ds.renew(again)
	d.refs[0].ds = ds
}

// again looks at all of the document once more, now that all of it was read.
func (d *Document) again() error {
	ds, late := d.stream.ds, d.warned[d.stream.head:]
	all := &Document{opts: d.opts, in: d.in, r: d.r, parser: d.parser, tree: d.tree, root: d.tree.Node(0), live: true, stream: stream{stage: finished}}
	if err := all.classify(); err != nil {
		d.warned = nil
		return err
	}
	again, err := all.Dataset(0)
	d.warned = all.warned
	if err != nil {
		return err
	}
	if again.node.I != ds.node.I {
		return d.errorAt(d.root, ErrNotJSONStat, "what stands behind the values makes the document something else than a %s", d.class)
	}
	for _, w := range late {
		d.warnings(w)
	}
	d.class, d.refs, d.links, d.items = all.class, all.refs, all.links, all.items
	ds.renew(again)
	d.refs[0].ds = ds
	d.stream.stage = finished
	return nil
}

// renew takes over the head of a dataset that was read from more of the same text.
// Cells and dimensions are those that were given out already; of the latter only
// the roles stand elsewhere in the text.
func (ds *Dataset) renew(from *Dataset) {
	for i, dim := range ds.head.Dimensions {
		dim.role, dim.late = from.head.Dimensions[i].role, nil
	}
	dims := ds.head.Dimensions
	ds.head, ds.node, ds.noCells, ds.old = from.head, from.node, from.noCells, from.old
	ds.head.Dimensions = dims
	ds.symbolsRead = false
}

// Finish reads what is left of a stream and says what is wrong with the document, if
// that has not come up: cells that were not read are passed over. A document that is
// not streamed was checked when it was opened. Call it when the cells have been used
// to be sure that the document, and not only the part that was read, is in order.
func (d *Document) Finish() error {
	if d.stream.stage == waiting {
		ds, err := d.Dataset(0)
		if err != nil {
			return err
		}
		if d.stream.stage == waiting {
			if _, err := ds.Cells().Cursor(false); err != nil {
				return err
			}
		}
	}
	if d.stream.stage == flowing {
		for {
			if _, err := d.stream.cursor.Next(); err != nil {
				break
			}
		}
	}
	return d.stream.err
}

// checkRepeated refuses a member that stands in front of the values and behind them,
// unless it says the same twice: who reads a stream has used the first when the second
// comes, which would count.
func (d *Document) checkRepeated(n jsontoken.Node) error {
	front := map[string]jsontoken.Node{}
	behind := false
	for name, v := range n.Members {
		switch name {
		case "id", "size", "dimension", "role", "value", "status", "label", "source", "updated", "href", "note", "link", "extension":
		default:
			continue
		}
		if before := front[name]; behind && before.OK() && (v.IsCells() || before.IsCells() || before.Raw() != v.Raw()) {
			return d.errorAt(v, ErrNotJSONStat, "%q stands twice in the dataset, in front of the values and behind them", name)
		}
		if behind {
			continue
		}
		front[name] = v
		switch {
		case name == "dimension":
			_, axes := splitDimensions(v)
			maps.Copy(front, axes)
		case name == "value" && front["dimension"].OK() && isRow(v):
			behind = true
		}
	}
	return nil
}

// isRow tells whether a value is an array, of cells or not.
func isRow(n jsontoken.Node) bool { return n.IsArray() || (n.IsCells() && !n.Section().Object) }

// nestedError is the error for a cell that is an array or an object.
func nestedError(n jsontoken.Node, nested jsontoken.Nested) error {
	what := "an array"
	if nested.Object {
		what = "an object"
	}
	return &Error{
		Offset: nested.Off, Line: nested.Line, Column: nested.Column, Pointer: n.Pointer() + jsontoken.Pointer(nested.Step),
		Err: ErrNotJSONStat, Msg: "a cell is " + what + ": it is a number, a string or null",
	}
}
