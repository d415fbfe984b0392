package jsonstat

import (
	"errors"
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat/internal/scan"
)

// What the pre-scan does for files is done for a stream as its cells flow, and
// behind them.

// checkStream holds the chunk against the cube, as the pre-scan does with files.
func (t *textCursor) checkStream() error {
	doc := t.c.doc
	if t.next > t.c.n {
		for !t.value.Done { // to say how many there are
			if err := t.value.Next(scan.ChunkCells); err != nil {
				return t.valueError(err)
			}
			t.next += int64(t.value.N)
		}
		return doc.checkCount(&Dataset{n: t.c.n}, t.c.valueNode, t.next)
	}
	for _, k := range t.chunk.Kinds {
		if k == True || k == False {
			doc.warn(WarnValueType, t.c.valueNode, "a value is true or false, not a number or a string")
		}
	}
	return doc.refused
}

// short stands for the cells that a row of values is short of. A stream ends with it.
func (t *textCursor) short() error {
	if t.live {
		t.live = false
		if err := t.c.finish(t.next); err != nil {
			return err
		}
		if t.next == 0 {
			return io.EOF // metadata alone, not a cube to be filled up
		}
	}
	n := int(min(t.to-t.next, scan.ChunkCells))
	if n <= 0 {
		return io.EOF
	}
	t.kinds = grow(t.kinds, n)
	t.start = grow(t.start, n)
	clear(t.kinds)
	clear(t.start)
	t.chunk = Chunk{First: t.next, Kinds: t.kinds, Start: t.start, End: t.start}
	t.next += int64(n)
	return t.statusesOf(n)
}

// finish reads what follows the values of a stream, and holds it and their
// number against what stood before them.
func (c *textCells) finish(count int64) error {
	d := c.doc
	known := len(d.tree.Tokens)
	outer, err := d.parser.Rest()
	d.tree.text = newTree(d.tree.Tree).text // it is whole now
	if err != nil {
		err = d.textError(err)
		var e *Error
		if errors.As(err, &e) {
			e.Pointer = node{d.tree, len(d.tree.Tokens) - 1}.pointer()
		}
		return err
	}
	for k := known; k < outer; k = int(d.tree.Tokens[k+1].Next) {
		n := node{d.tree, k}
		switch name := n.str(); {
		case name == "id" || name == "size" || name == "dimension" || name == "value", name == "status" && (c.status != nil || c.all != 0):
			return d.errorAt(n, ErrNotJSONStat, "%q stands twice in the dataset, the second time behind the values", name)
		}
	}
	if class, err := d.classOf(d.root); err != nil || class != d.class || d.root.get("jsonrpc").ok() {
		return d.errorAt(d.root, ErrNotJSONStat, "what stands behind the values makes the document something else than a %s", d.class)
	}
	d.checkNames(d.root, d.class)
	if count == 0 {
		d.warn(WarnMetadataOnly, c.valueNode, `"value" is empty: there are no data`)
		return d.refused
	}
	if err := d.checkCount(&Dataset{n: c.n}, c.valueNode, count); err != nil {
		return err
	}
	return d.refused
}
