package jsonstat

// Class is the kind of a document (specification, "class").
type Class string

// The classes. A bundle is what came before 2.0: an object of datasets by id.
const (
	ClassDataset    Class = "dataset"
	ClassDimension  Class = "dimension"
	ClassCollection Class = "collection"
	ClassBundle     Class = "bundle"
)

// Reference names a response that a collection links to but does not embed.
type Reference struct {
	Class Class
	Href  string
	Label string
}

// Item is an element of a collection, as its list has it.
type Item struct {
	Class    Class // what it is, or is said to be; may be ""
	Href     string
	Label    string
	Embedded bool // it is there and not only referred to
	Dataset  int  // of an embedded dataset: its number for Document.Dataset; else -1
}

// DatasetInfo names an embedded dataset.
type DatasetInfo struct {
	Index int
	ID    string // the name in a bundle, the address in a collection, PxWeb's table number of a lone dataset; may be ""
	Label string // may be ""
}
