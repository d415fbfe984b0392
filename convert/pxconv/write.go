package pxconv

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Need is what Write must know of a dataset before its first cell.
func (o *WriteOptions) Need() jsonstat.Need {
	return jsonstat.NeedHead | jsonstat.NeedStatus | jsonstat.NeedOrder
}

// Write writes a dataset as a PX file. What the format cannot hold is changed, with one
// warning for each kind, or is an [*Error] that names the cell or the keyword.
func Write(w io.Writer, ds *jsonstat.Dataset, o *WriteOptions) error {
	x, err := newOutline(ds, o)
	if err != nil {
		return err
	}
	enc := utf8Encoding()
	if x.o.Encoding != "" {
		e, ok := named(x.o.Encoding)
		if !ok {
			return fmt.Errorf("%w %q", jsonstat.ErrEncodingName, x.o.Encoding)
		}
		enc = e
	}
	if err := x.checkTranslations(); err != nil {
		return err
	}
	if ds.Cells().Info().Sparse && ds.Len() > maxKeyCells && !x.o.AllCells {
		return &Error{Keyword: "DATA", Msg: fmt.Sprintf("the sparse cube has %d cells, of which a PX file has each", ds.Len()), Err: ErrTooLarge}
	}
	if ds.Len() > math.MaxInt32 {
		x.warn("cells", fmt.Sprintf("the table has %d cells: PxWeb reads 2147483647 at most", ds.Len()))
	}
	c, err := x.plan()
	if err != nil {
		return err
	}
	l := &lineWriter{w: w, enc: enc, warn: x.warn}
	entries := x.head(c, enc)
	for i := range entries {
		if err := l.entry(&entries[i]); err != nil {
			return err
		}
	}
	if c.beside && c.keptMarks == nil {
		if err := x.writeMarks(l, c); err != nil {
			return err
		}
	}
	return x.writeCells(l, c)
}

// writeMarks writes DATANOTECELL for each value with a status.
func (x *outline) writeMarks(l *lineWriter, c *cellPlan) error {
	dims := x.ds.Dimensions()
	coords := make([]int, len(dims))
	list := x.ds.Cells().Statuses
	langs := []string{""}
	for _, w := range x.o.With {
		langs = append(langs, strings.ToLower(w.Language))
	}
	e := outEntry{keyword: "DATANOTECELL", sub: make([]string, len(x.dims)), values: make([]item, 1)}
	return (layout.Walk{Cube: x.ds, Statuses: true}).Chunks(func(chunk *jsonstat.Chunk) error {
		for i, kind := range chunk.Kinds {
			if kind == jsonstat.Missing || chunk.Status == nil || chunk.Status[i] == 0 {
				continue
			}
			pos := chunk.Position(i)
			for d := len(dims) - 1; d >= 0; d-- {
				coords[d] = int(pos % int64(dims[d].Len()))
				pos /= int64(dims[d].Len())
			}
			for k, d := range x.dims {
				e.sub[k] = d.CategoryID(coords[x.places[k]])
			}
			for text := range strings.SplitSeq(list()[chunk.Status[i]], "\r\n") {
				e.values[0] = item{text, true}
				for _, e.lang = range langs {
					if err := l.entry(&e); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

// writeCells writes the cells, a row of the table a line, or several lines.
func (x *outline) writeCells(l *lineWriter, c *cellPlan) error {
	w := &cellWriter{w: l.w, c: c, keys: x.o.Keys && x.stub > 0, width: 1, buf: make([]byte, 0, cellBuffer+1024)}
	for _, d := range x.dims[x.stub:] {
		w.width *= int64(d.Len())
	}
	w.left = w.width
	w.buf = append(w.buf, "DATA=\n"...)
	if w.keys {
		if err := w.setKeys(x, l); err != nil {
			return err
		}
	}
	var err error
	if slices.IsSorted(x.places) {
		err = w.inOrder(x.ds)
	} else {
		err = w.turned(x)
	}
	if err != nil {
		return err
	}
	w.buf = append(w.buf, ";\n"...)
	return w.flush()
}
