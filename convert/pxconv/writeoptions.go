package pxconv

import (
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// WriteOptions choose how a dataset becomes a PX file. The zero value writes UTF-8 with what
// the document says, and stated defaults for what the format asks for and it does not say.
type WriteOptions struct {
	// Matrix, SubjectCode, SubjectArea, Contents and Units are the keywords of these
	// names. Default: those of extension.px and of the units; else "TABLE", "X", "", the
	// title, and "".
	Matrix, SubjectCode, SubjectArea, Contents, Units string

	// Language is LANGUAGE. Default: that of extension.px; else there is none.
	Language string

	// Stub and Heading are ids of the dimensions down the side and across, in this order.
	// Of one of them alone the other is all dimensions that are left. Default: those of
	// extension.px; else metric and time are across, the others down the side.
	Stub, Heading []string

	// Keys writes rows with their keys, and leaves out those of zeros alone.
	Keys bool

	// AllCells allows a sparse dataset of more than 10^8 cells: all of them are written.
	AllCells bool

	// Encoding is the name of the encoding of the file. Default: utf-8. A character that
	// it lacks is an [*Error].
	Encoding string

	// With are the same table in other languages.
	With []Translation

	// Warn is told of what a PX file cannot hold and how it is changed, each kind once. May
	// be nil.
	Warn func(message string)
}

// Translation is a table in another language: the same categories and cells.
type Translation struct {
	Language string
	Dataset  *jsonstat.Dataset
}
