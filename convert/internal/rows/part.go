package rows

// A Part is what a column is taken for.
type Part uint8

// The parts.
const (
	Undecided Part = iota
	Dimension
	Value
	Status
	Labels
	LeftOut
)

// String is the part as a sentence says it.
func (p Part) String() string {
	return [...]string{"undecided", "dimension", "value", "status", "labels", "left out"}[p]
}

// A Reason is why a column was taken for what it is.
type Reason uint8

// The reasons, the strongest first but for Nobody.
const (
	Nobody   Reason = iota
	ByUser          // an option says so
	ByHead          // the head of the cube does
	ByFormat        // the file itself does
	ByName          // its name does
	ByRule          // a rule does
)

// String is the reason in a word.
func (r Reason) String() string {
	return [...]string{"", "user", "head", "file", "name", "rule"}[r]
}

// article is what a part is called in a sentence.
func article(p Part) string {
	return [...]string{Dimension: "a dimension", Value: "the value", Status: "the status", Labels: "labels", LeftOut: "left out"}[p]
}
