package columnar

// ColumnKind is what a column holds.
type ColumnKind uint8

// The kinds of columns.
const (
	Dimension ColumnKind = iota // categories, by texts
	Date                        // categories that are periods, by their first day
	Status
	Value
	ValueText // values that are no numbers, beside a Value
)

// Column is a column of a table.
type Column struct {
	Kind  ColumnKind
	Name  string
	Dim   int      // of a Dimension or Date: which one of the cube
	Texts []string // of a Dimension: of its categories; of a Status: all there are. No text comes twice
	Days  []int32  // of a Date: of its categories, counted from 1970-01-01
	Keys  []Key
}

// keyOf is the value of a key.
func keyOf(list []Key, name string) string {
	for _, k := range list {
		if k.Name == name {
			return k.Value
		}
	}
	return ""
}
