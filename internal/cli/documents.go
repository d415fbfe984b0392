package cli

import (
	"errors"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Document is what a command reads: a JSON-stat document, or the cubes that were made of
// something else.
type Document interface {
	Class() jsonstat.Class
	Len() int
	Datasets() iter.Seq[jsonstat.DatasetInfo]
	Dataset(i int) (*jsonstat.Dataset, error)
	Find(name string) (*jsonstat.Dataset, error)
	Dimension() (*jsonstat.Dimension, error)
}

// documents are the JSON-stat documents that a run reads.
type documents struct {
	in       *input
	given    Document // by another command, in place of what the call names
	list     []*jsonstat.Document
	fronts   []*jsonstat.Document    // of which no more is read than stands in front of the cells
	text     io.ReaderAt             // of the last of them, nil if it cannot be read at offsets
	made     *jsonstat.Dataset       // that the run is about
	parts    []*documents            // of commands that this one calls
	warnings []jsonstat.WarningCount // of all, once they are closed
}

// OpenDocument reads the head of the JSON-stat document that the call names, by
// the flags that say how. Tell it what must be known before the first cell, so
// that a pipe can stream. The document is closed after Run, and its warnings are
// printed then.
func (d *documents) OpenDocument(need jsonstat.Need) (Document, error) {
	if d.given != nil {
		return d.given, nil
	}
	c := d.in.call
	if c.IsSet("dataset") {
		need |= jsonstat.NeedHead // what is there to choose from stands to the end
	}
	return d.document(need, d.open)
}

// OpenFront reads what stands in front of the cells of the document that the call names,
// and no more, be it a file: the cells flow from there, once.
func (d *documents) OpenFront() (Document, error) {
	doc, err := d.document(0, func(o jsonstat.Options) (*jsonstat.Document, error) {
		r, err := d.in.open()
		if err != nil {
			return nil, err
		}
		d.text, _ = r.(io.ReaderAt)
		return o.Read(r)
	})
	if n := len(d.list); err == nil { // nobody wants to know of the rest whether it is in order
		d.fronts = append(d.fronts, d.list[n-1])
		d.list = d.list[:n-1]
	}
	return doc, err
}

// TailCells are the cells of a dataset of [Context.OpenFront], with the statuses that stand
// behind them if they are found from the end of the input. known says whether they are
// known, or known not to be there.
func (d *documents) TailCells(ds *jsonstat.Dataset) (cells jsonstat.Cells, known bool) {
	cells = ds.Cells()
	if d.text == nil || cells.Info().HasStatus {
		return cells, cells.Info().HasStatus
	}
	return ds.TailCells(d.text, d.in.files.inSize)
}

// document reads a document by the flags that say how.
func (d *documents) document(need jsonstat.Need, open func(jsonstat.Options) (*jsonstat.Document, error)) (Document, error) {
	c := d.in.call
	doc, err := open(jsonstat.Options{
		Strict:        c.Bool("strict"),
		NaNAsNull:     c.IsSet("nan"),
		Pad:           c.Bool("pad"),
		Encoding:      c.String("input-encoding"),
		Stream:        true,
		Need:          need,
		Decompressors: decompressors(),
	})
	if err != nil {
		// The names of encodings are jsonstat's; a wrong one is the caller's.
		if errors.Is(err, jsonstat.ErrEncodingName) {
			err = Usage(err)
		}
		return nil, err
	}
	d.list = append(d.list, doc)
	return doc, nil
}

// decompressors are those that jsonstat does not have itself.
func decompressors() []jsonstat.Decompressor {
	return []jsonstat.Decompressor{{Name: "zstd", Magic: zstdMagic, Open: openZstd}}
}

// open leaves regular files to jsonstat, which reads them at offsets and from several
// places. What the first bytes are is asked only when a document could not be read: a
// pipe is not held up.
func (d *documents) open(o jsonstat.Options) (*jsonstat.Document, error) {
	in := d.in
	if in.held != nil {
		r, err := in.open()
		if err != nil {
			return nil, err
		}
		return o.Read(r)
	}
	if in.files.inSize > 0 {
		in.first = func() []byte {
			first, _ := firstOfFile(in.files.in) // what is wrong is known already
			return first
		}
		if in.progress == nil {
			return o.Open(in.files.in)
		}
		return in.watched(o)
	}
	r, _, err := in.raw()
	if err != nil {
		return nil, err
	}
	m := &remembering{r: r}
	in.first = m.decompressed
	return o.Read(m)
}

// watched opens the document of a regular file so that the progress sees what is read of
// it: the text once as it is looked through, and the cells once more.
func (in *input) watched(o jsonstat.Options) (*jsonstat.Document, error) {
	file, err := os.Open(in.files.in)
	if err != nil {
		return nil, err
	}
	in.closers = append(in.closers, file.Close)
	times := int64(2)
	var magic [4]byte
	if n, _ := file.ReadAt(magic[:], 0); packed(magic[:n]) {
		times = 1 // it is decompressed to another place
	}
	in.progress.start(times * in.files.inSize)
	return o.ReadAt(in.progress.readerAt(file), in.files.inSize)
}

// OpenDataset is [Context.OpenDocument] and [Context.Dataset].
func (d *documents) OpenDataset(need jsonstat.Need) (*jsonstat.Dataset, error) {
	doc, err := d.OpenDocument(need)
	if err != nil {
		return nil, err
	}
	return d.Dataset(doc)
}

// Dataset chooses one dataset of a document: the one that --dataset names, else
// the first. It warns if that leaves others out.
func (d *documents) Dataset(doc Document) (*jsonstat.Dataset, error) {
	ds, err := d.choose(doc)
	if err == nil {
		d.Made(ds)
	}
	return ds, err
}

// Made tells which cube the run is about: an output that is called like one of its
// dimensions is refused.
func (d *documents) Made(ds *jsonstat.Dataset) { d.made = ds }

// cube is the cube that the run is about, nil before it is known.
func (d *documents) cube() *jsonstat.Dataset {
	for _, part := range d.parts {
		if ds := part.cube(); ds != nil {
			return ds
		}
	}
	return d.made
}

func (d *documents) choose(doc Document) (*jsonstat.Dataset, error) {
	c := d.in.call
	if c.IsSet("dataset") {
		return doc.Find(c.String("dataset"))
	}
	ds, err := doc.Dataset(0)
	if err == nil && ds.Cells().Info().Once {
		// How many there are, and whether the document is in order, is known at its end.
		c.report.hold(func() { warnOthers(c, doc) })
		return ds, nil
	}
	warnOthers(c, doc)
	return ds, err
}

// warnOthers warns of the datasets that are left out.
func warnOthers(c *Call, doc Document) {
	if n := doc.Len(); n > 1 {
		var names []string
		for info := range doc.Datasets() {
			name := info.ID
			if name == "" {
				name = info.Label
			}
			if names = append(names, name); len(names) == 10 {
				names[9] = "..."
				break
			}
		}
		c.Warn("the document holds %d datasets, the first one is taken; --dataset chooses another of %s", n, strings.Join(names, ", "))
	}
}

// finish reads the documents to their ends, and returns what is wrong with one of them.
func (d *documents) finish() error {
	for _, doc := range d.list {
		if err := doc.Finish(); err != nil {
			d.in.call.report.drop(doc.Len() == 0)
			return d.in.call.Said(err)
		}
	}
	for _, part := range d.parts {
		if err := part.finish(); err != nil {
			return err
		}
	}
	return nil
}

// close closes the documents and gathers their warnings.
func (d *documents) close() {
	for _, doc := range d.list {
		d.warnings = append(d.warnings, doc.Warnings()...)
		// Nothing that was read can be wrong any more.
		_ = doc.Close()
	}
	for _, doc := range d.fronts {
		_ = doc.Close()
	}
	for _, part := range d.parts {
		part.close()
		d.warnings = append(d.warnings, part.warnings...)
	}
}
