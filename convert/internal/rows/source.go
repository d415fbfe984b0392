package rows

import (
	"encoding/json"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A Field is a column as its format describes it. The zero value says nothing.
type Field struct {
	Name  string
	Label string       // "" is that of the name
	Role  Part         // what the format itself says that the column is; Undecided: nothing
	Of    string       // the column that it belongs to: labels, statuses
	Codes bool         // the cells are codes, whatever they look like: the type is a text's
	Time  bool         // the type is a period's, or a date's
	Index bool         // the cells are what rows are known by, and nobody gave the column a name
	Typed bool         // as values or statuses its texts are just these, whatever they look like
	Parts []string     // of a header of several rows, what stands in each
	Seen  [traits]Seen // by trait: cells that have it
	Unfit string       // a type whose cells the cube has no room for, as messages name it; "" for all others

	// Order are categories that the dimension has, if the column is one, in this order,
	// whether there are rows of them or not; those that come up besides stand behind.
	Order []string

	// Dimension is the id of the dimension that the column is, where the format says
	// it; of a head too. Known is how its cells call the categories of the head; nil:
	// by id, by label, by both or by the first day of a period.
	Dimension string
	Known     []string
}

// Columns are the columns of a table.
type Columns interface {
	// Fields are what is known of them. More may come up while rows are read; in the
	// rows before they are Null.
	Fields() []Field

	// Place says where a row stands, and a cell of it; column is -1 for none.
	Place(number int64, column int) Place
}

// A Source is a table that is read once.
type Source interface {
	Columns

	// Rows puts all rows in the batch, and calls next whenever it has some: it is empty
	// again then. Columns of the batch are those of Fields.
	Rows(b *Batch, next func() error) error
}

// A Format is what the format of a table says besides its rows. The zero value is that
// of CSV.
type Format struct {
	Typed                 bool          // it has numbers, and texts among values are texts
	HasHead               bool          // the head of the options stands in the file itself: what is no part of it is left out
	ValueForm, StatusForm jsonstat.Form // in which the cube wants its cells written

	// Comma: the decimal mark of numbers may be a comma as well as a point, where no
	// option says which; one of the two, if Open: as the columns of values tell.
	Comma, Open bool

	// Looked: a comma is as unsure as a point, since the separator was found by looking.
	Looked bool

	// About is what the file says of the cube, as [Options].Description does, which goes
	// before it. Dimensions that the cube does not have are passed over.
	About json.RawMessage
}
