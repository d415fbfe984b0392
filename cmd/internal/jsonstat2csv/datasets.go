package jsonstat2csv

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// text is how a text is written.
type text struct {
	crlf     bool
	encoding string
}

// each writes the datasets that the call asks for: the first, the one that
// --dataset names, or all, parted by empty lines; of each what cut leaves of it.
func each(c *cli.Context, doc cli.Document, cut func(*jsonstat.Dataset) (*jsonstat.Dataset, error), t text, write func(io.Writer, *jsonstat.Dataset, text) error) error {
	if c.String("dataset") != "all" {
		ds, err := c.Dataset(doc)
		if err == nil {
			ds, err = cut(ds)
		}
		if err != nil {
			return err
		}
		w, err := c.Output()
		if err != nil {
			return err
		}
		return otherEncoding(write(w, ds, t))
	}
	if ds, err := doc.Dataset(0); err == nil {
		c.Made(ds)
	}
	out, err := c.Output()
	if err != nil {
		return err
	}
	w := &counter{w: out}
	for i := range max(doc.Len(), 1) {
		ds, err := doc.Dataset(i)
		if err != nil {
			return err
		}
		if ds, err = cut(ds); err != nil {
			return fmt.Errorf("dataset %d: %w", i, err)
		}
		if i > 0 {
			if t, err = t.part(w); err != nil {
				return err
			}
		}
		before := w.lines
		err = write(w, ds, t)
		if lacks, ok := errors.AsType[*convert.EncodingError](err); ok {
			lacks.Line += before
		}
		if err != nil {
			return otherEncoding(err)
		}
	}
	return nil
}

// part writes the empty line between two datasets, and is how the text goes on: without
// a byte order mark of its own.
func (t text) part(w io.Writer) (text, error) {
	empty := "\n"
	if t.crlf {
		empty = "\r\n"
	}
	e, _ := charset.Named(t.encoding) // it was written in already
	t.encoding = e.String()
	if e != charset.UTF8 {
		w = charset.NewWriter(w, e)
	}
	_, err := io.WriteString(w, empty)
	return t, err
}

// counter counts the lines that are written, in encodings with one byte a character: in
// others nothing is ever missing whose line could be asked for.
type counter struct {
	w     io.Writer
	lines int64
}

func (c *counter) Write(p []byte) (int, error) {
	c.lines += int64(bytes.Count(p, []byte{'\n'}))
	return c.w.Write(p)
}

// otherEncoding adds what to do about a character that an encoding does not have.
func otherEncoding(err error) error {
	if _, ok := errors.AsType[*convert.EncodingError](err); ok {
		return cli.WithHints(err, "--encoding utf-8 has all characters")
	}
	return err
}
