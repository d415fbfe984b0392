package pxext

import "encoding/json"

// Members of the extension of a dataset, beside [Table].
const (
	NoteMandatory = "noteMandatory" // numbers of the notes that must be shown; also of a dimension
	Discontinued  = "discontinued"
)

// Members of the extension of a dimension.
const (
	Elimination      = "elimination"          // the dimension may be left out of a query
	EliminationValue = "eliminationValueCode" // the total that is given then
)

// Members of a dimension, and of the extension of a dataset, that name periods: ids or
// labels of the ends of the time dimension.
const (
	FirstPeriod = "firstPeriod"
	LastPeriod  = "lastPeriod"
)

// Members of "px" that no server has: what is kept of a PX file.
const (
	CellNote  = "cellnote"  // notes on cells: objects with cell, note, mandatory
	Languages = "languages" // texts in other languages, by language
	Keywords  = "keywords"  // all else, by keyword
)

// TableID is the member of "px" that names the table.
const TableID = "tableid"

// Table is the object "px" in the extension of a dataset.
type Table struct {
	Language     string
	TableID      string
	Area         string
	Stub         []string
	Heading      []string
	Decimals     *int
	NextUpdate   string
	Official     *bool
	Copyright    *bool
	Discontinued bool
}

// TableOf reads it from an extension: what is there and of the right type. The zero
// Table is one of which nothing is said.
func TableOf(extension json.RawMessage) Table {
	var t Table
	px := object(object(extension)["px"])
	read(px, "language", &t.Language)
	read(px, TableID, &t.TableID)
	read(px, "subject-area", &t.Area)
	read(px, "stub", &t.Stub)
	read(px, "heading", &t.Heading)
	read(px, "decimals", &t.Decimals)
	read(px, "nextUpdate", &t.NextUpdate)
	read(px, "official-statistics", &t.Official)
	read(px, "copyright", &t.Copyright)
	read(px, Discontinued, &t.Discontinued)
	return t
}

// Variable is what the extension of a dimension says of its place in queries.
type Variable struct {
	Elimination      bool
	EliminationValue string
}

// VariableOf reads it from an extension, as [TableOf] does.
func VariableOf(extension json.RawMessage) Variable {
	var v Variable
	members := object(extension)
	read(members, Elimination, &v.Elimination)
	read(members, EliminationValue, &v.EliminationValue)
	return v
}

// IsDiscontinued tells whether an extension says that its table is not continued.
func IsDiscontinued(extension json.RawMessage) bool {
	var gone bool
	read(object(extension), Discontinued, &gone)
	return gone || TableOf(extension).Discontinued
}

// object has the members of an object, none of anything else.
func object(raw json.RawMessage) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	if len(raw) > 0 && json.Unmarshal(raw, &members) != nil {
		return nil
	}
	return members
}

// read reads a member; what is of another type says nothing.
func read[T any](members map[string]json.RawMessage, name string, to *T) {
	var v T
	if raw, ok := members[name]; ok && json.Unmarshal(raw, &v) == nil {
		*to = v
	}
}
