package window

// Kind is the kind of a cell.
type Kind uint8

// The kinds. Number is laid out as ECMAScript would write it already, Raw is
// any other number; for all but the rows of cells both are numbers.
const (
	Null Kind = iota
	Number
	Raw
	String
	True
	False
)
