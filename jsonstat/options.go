package jsonstat

import "io"

// Options say how documents are read. The zero value reads leniently what has
// one clear meaning and keeps everything that can be asked for later.
type Options struct {
	// Strict refuses what the specification refuses. Default: read what has one
	// clear meaning and collect a [Warning]. All of a document is looked at
	// before its first cell is given out, so that Stream has no effect.
	Strict bool

	// NaNAsNull reads the tokens NaN, Infinity and -Infinity, which are not
	// JSON, as missing values. Default: they are errors.
	NaNAsNull bool

	// Pad lets a dense value array be shorter than the cube: the cells that are
	// not there are missing. Default: an error that gives both numbers.
	Pad bool

	// Encoding of the text: "utf-8", "utf-16", "utf-16le", "utf-16be", "iso-8859-1",
	// "iso-8859-15" or "windows-1252", in any case, with the usual aliases. Default "":
	// UTF-8, or UTF-16 if a byte order mark says so. A mark goes before a name.
	Encoding string

	// Stream says that cells which cannot be read at an offset (a pipe, a
	// compressed file) need not be kept: where Need allows it they flow from the
	// input to the consumer, once and forward. Without it, and for documents
	// that Need does not allow it for, they are spooled first, and so they are when
	// something is asked of the dataset that may stand behind the cells.
	Stream bool

	// Need is what the consumer has to know before the first cell. It is looked
	// at only with Stream.
	Need Need

	// Decompressors are tried in order on inputs that start with their magic
	// bytes, after gzip, which is always known.
	Decompressors []Decompressor
}

// Need is what a consumer of cells must know before the first of them, as a set
// of bits. The zero value asks for what a plain table needs: the dimensions.
type Need uint8

const (
	NeedHead   Need = 1 << iota // all members of the dataset, those after the cells too
	NeedStatus                  // the statuses together with the values
	NeedFacts                   // facts about all cells: see [Facts]
	NeedOrder                   // cells in another order than the document's
)

// Decompressor opens a compressed stream that starts with Magic.
type Decompressor struct {
	Name  string // for messages: "zstd"
	Magic string // the first bytes
	Open  func(io.Reader) (io.ReadCloser, error)
}

// Form is how a row of values or statuses is written.
type Form uint8

// The forms. AsRead keeps that of the document; what was built in Go is written
// dense if its values are, and its statuses sparse.
const (
	AsRead Form = iota
	Dense       // an array, null where there is nothing
	Sparse      // an object by position of what is there
)

// WriteOptions say how a dataset is written. The zero value keeps the forms.
type WriteOptions struct {
	Values   Form
	Statuses Form

	// Explicit writes the position and the label of every category, "index" as
	// an object, where the document leaves them to the reader. That is what the
	// JavaScript toolkit makes of documents.
	Explicit bool

	// AllCells allows to write a sparse cube of more than 10^8 cells dense.
	AllCells bool
}
