package jsonstat

import (
	"errors"
	"io"
	"iter"
	"strconv"
)

// Document is what one JSON-stat text holds. It is made by [Open], [Read],
// [ReadAt], [Parse] or the same methods of [Options]. Close it when done.
type Document struct{ stream *stream }

// Open reads the named document. A regular file stays open, and is read at
// offsets, until [Document.Close]; all else is read as by [Options.Read].
func (o Options) Open(name string) (*Document, error) {
	in, err := o.openFile(name)
	return o.read(in, err)
}

// Read reads a document from a stream. What cannot be read twice is spooled: in
// memory up to two mebibytes, else in a temporary file, unless Stream spares it.
func (o Options) Read(r io.Reader) (*Document, error) {
	in, err := o.openStream(r)
	return o.read(in, err)
}

// ReadAt reads a document of size bytes at offsets, whenever cells are asked for: r is
// used until [Document.Close], which does not close it. Nothing is spooled, unless the
// bytes are compressed or in another encoding than UTF-8: then it is as with Read.
func (o Options) ReadAt(r io.ReaderAt, size int64) (*Document, error) {
	text := io.NewSectionReader(r, 0, size)
	in, err := o.openAt(text, text, size)
	return o.read(in, err)
}

// Parse reads a document from memory. The bytes must not change as long as the
// document is used.
func (o Options) Parse(text []byte) (*Document, error) {
	in, err := o.openBytes(text)
	return o.read(in, err)
}

// Open reads the named document with the zero [Options].
func Open(name string) (*Document, error) { return Options{}.Open(name) }

// Read reads a document from a stream with the zero [Options].
func Read(r io.Reader) (*Document, error) { return Options{}.Read(r) }

// ReadAt reads a document at offsets with the zero [Options], see [Options.ReadAt].
func ReadAt(r io.ReaderAt, size int64) (*Document, error) { return Options{}.ReadAt(r, size) }

// Parse reads a document from memory with the zero [Options].
func Parse(text []byte) (*Document, error) { return Options{}.Parse(text) }

func (o Options) read(in *input, err error) (*Document, error) {
	if err != nil {
		return nil, err
	}
	c := newContents(o, in)
	if err := c.scan(); err != nil {
		if cerr := in.Close(); cerr != nil {
			err = errors.Join(err, cerr)
		}
		return nil, err
	}
	return &Document{&stream{contents: c}}, nil
}

// Close frees the file or the spooled text. The cells of d cannot be read
// afterwards.
func (d *Document) Close() error { return d.stream.in.Close() }

// Class tells what the document is. Documents before 2.0 are bundles, or
// datasets if they have no name around them.
func (d *Document) Class() Class { return d.stream.class }

// Len is the number of embedded datasets, those in nested collections too.
func (d *Document) Len() int {
	if d.stream.class == ClassBundle {
		_ = d.stream.readRest() // there may be more of them behind the first
	}
	return len(d.stream.refs)
}

// Datasets names the embedded datasets in the order of the document.
func (d *Document) Datasets() iter.Seq[DatasetInfo] {
	return func(yield func(DatasetInfo) bool) {
		_ = d.stream.readRest()
		for i, ref := range d.stream.refs {
			label, _ := ref.node.Get("label").Scalar()
			if !yield(DatasetInfo{Index: i, ID: ref.id, Label: label}) {
				return
			}
		}
	}
}

// Items are the elements of a collection in the order of its list, those of
// every class, embedded or not; none for other documents. What lies in a
// collection inside it is not among them, but [Document.Datasets] has it.
func (d *Document) Items() []Item { return d.stream.items }

// References are the responses that a collection links to without embedding
// them. They are never fetched.
func (d *Document) References() []Reference { return d.stream.links }

// Dataset returns the i-th embedded dataset, from 0; the same one each time.
// The error is an [*UnknownError] where there are fewer, and [ErrNoData] where
// there are none at all.
func (d *Document) Dataset(i int) (*Dataset, error) { return d.stream.dataset(i) }

// Find returns an embedded dataset by id, by label or, if nothing is named so,
// by position, counted from 0. Of several with one name it is the first. The
// errors are those of [Document.Dataset].
func (d *Document) Find(name string) (*Dataset, error) {
	for _, byLabel := range []bool{false, true} {
		for info := range d.Datasets() {
			if (byLabel && info.Label == name) || (!byLabel && info.ID == name) {
				return d.Dataset(info.Index)
			}
		}
	}
	if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(d.stream.refs) {
		return d.Dataset(i)
	}
	if err := d.stream.noData(); err != nil {
		return nil, err
	}
	return nil, d.stream.unknownDataset(name)
}

// Dimension returns the dimension of a document of class dimension. Such
// documents rarely say what their dimension is called: its id is "id" if that
// is there, else the label.
func (d *Document) Dimension() (*Dimension, error) {
	if d.stream.class != ClassDimension {
		return nil, d.stream.errorAt(d.stream.root, ErrNotJSONStat, "the document is a %s, not a dimension", d.stream.class)
	}
	id, _ := d.stream.root.Get("id").Scalar()
	if id == "" {
		id, _ = d.stream.root.Get("label").Scalar()
	}
	dim, err := d.stream.decodeDimension(id, d.stream.root)
	if err == nil {
		err = d.stream.refused
	}
	if err != nil {
		return nil, err
	}
	return dim, nil
}

// Warnings are what the reader tolerated, by kind, in the order in which the kinds
// came up. Datasets are looked into when they are first asked
// for, and cells of a stream as they flow, so later calls may tell more.
func (d *Document) Warnings() []WarningCount { return d.stream.warned }

// Finish reads what is left of a stream and says what is wrong with the document, if
// that has not come up: cells that were not read are passed over. A document that is
// not streamed was checked when it was opened. Call it when the cells have been used
// to be sure that the document, and not only the part that was read, is in order.
func (d *Document) Finish() error {
	if d.stream.state.stage == stageBeforeCells {
		ds, err := d.Dataset(0)
		if err != nil {
			return err
		}
		if d.stream.state.stage == stageBeforeCells {
			if _, err := ds.Cells().Cursor(false); err != nil {
				return err
			}
		}
	}
	if d.stream.state.stage == stageInCells {
		for {
			if _, err := d.stream.state.cursor.Next(); err != nil {
				break
			}
		}
	}
	return d.stream.state.err
}

// Write writes the whole document as it was read, without its white space:
// members keep their order, numbers and strings their tokens. A document that
// is streamed cannot be written.
func (d *Document) Write(w io.Writer) error {
	err := d.stream.readRest()
	if d.stream.state.stage != stageKept {
		return ErrConsumed
	}
	if err != nil {
		return err
	}
	e := newWriter(w, 64<<10)
	e.verbatim(d.stream.source, d.stream.parser.Tree.Node(0), nil)
	return e.flush()
}
