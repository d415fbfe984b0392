package pxweb

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// partCells are the cells of a part. Its document is open as long as its cursor, of
// which there is one at a time. There may be a thousand such documents where the cut
// goes along the innermost variable: then they share a few handles of files, and
// none has to be gone through again.
type partCells struct {
	*part
	files *spool.Files
	cells jsonstat.Cells // of the open document
}

func (c *partCells) Info() jsonstat.CellsInfo { return c.info }

func (c *partCells) Statuses() []string {
	if c.cells != nil {
		return c.cells.Statuses()
	}
	return c.words
}

func (c *partCells) Facts() (jsonstat.Facts, error) { return jsonstat.CountFacts(c) }

func (c *partCells) Cursor(statuses bool) (jsonstat.Cursor, error) {
	doc, file, err := c.open()
	if err != nil {
		return nil, err
	}
	ds, err := doc.Dataset(0)
	if err == nil && ds.Len() < c.size {
		err = fmt.Errorf("%w: a part has fewer cells than it must have", ErrMerge)
	}
	if err != nil {
		return nil, errors.Join(err, doc.Close(), file.Close())
	}
	cur, err := ds.Cells().Cursor(statuses)
	if err != nil {
		return nil, errors.Join(err, doc.Close(), file.Close())
	}
	c.cells = ds.Cells()
	return &partCursor{cur, c, doc, file}, nil
}

// open opens the document: a small one is read whole.
func (c *partCells) open() (*jsonstat.Document, io.Closer, error) {
	if c.bytes <= smallPart {
		text, err := os.ReadFile(c.file)
		if err != nil {
			return nil, nil, err
		}
		doc, err := jsonstat.Parse(text)
		return doc, io.NopCloser(nil), err
	}
	file, err := c.files.Open(c.file)
	if err != nil {
		return nil, nil, err
	}
	doc, err := jsonstat.ReadAt(file, file.Size())
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return doc, file, nil
}

// partCursor is a cursor that closes its document with it.
type partCursor struct {
	jsonstat.Cursor
	c    *partCells
	doc  *jsonstat.Document
	file io.Closer
}

func (c *partCursor) Close() error {
	c.c.cells = nil
	return errors.Join(c.Cursor.Close(), c.doc.Close(), c.file.Close())
}
