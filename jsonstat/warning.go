package jsonstat

import "fmt"

// Warning tells that a document breaks the specification, or does something
// that the specification discourages, in a way that has one clear meaning. The
// document was read by that meaning. With [Options.Strict] most kinds are errors.
type Warning struct {
	Kind    WarningKind // groups warnings of the same sort
	Pointer string      // JSON Pointer (RFC 6901) of the value
	Msg     string      // what was found and how it was read
}

// String is the message followed by the pointer.
func (w Warning) String() string {
	if w.Pointer == "" {
		return w.Msg
	}
	return fmt.Sprintf("%s (at %s)", w.Msg, oneLine(w.Pointer))
}

// WarningKind is a stable code for a sort of warning, such as "label-missing".
type WarningKind string

// WarningCount is a kind of warning with the number of times it came up.
type WarningCount struct {
	Warning     // the first of the kind
	Count   int // how many there were
}

// The kinds of warnings. Those behind "allowed" break no rule of the
// specification and are no errors with [Options.Strict].
const (
	WarnEnvelope     WarningKind = "envelope"         // wrapped in JSON-RPC or in an array
	WarnClass        WarningKind = "class-missing"    // "class" or "version" is missing, or not what it should be
	WarnMember       WarningKind = "member-type"      // a member has another type than it should
	WarnMisplaced    WarningKind = "member-misplaced" // id, size or role is inside "dimension", though the document is 2.0
	WarnDuplicate    WarningKind = "member-repeated"  // a member occurs twice in an object; the last one counts
	WarnUnknown      WarningKind = "member-unknown"   // only with Options.Strict: a member that the specification does not know; else it is kept
	WarnSize         WarningKind = "size-type"        // a size is written as a string
	WarnSizeGuess    WarningKind = "size-recomputed"  // size is missing or contradicts the categories, and the values side with them
	WarnDimension    WarningKind = "dimension-extra"  // a dimension that "id" does not name
	WarnRole         WarningKind = "role"             // a role that is none of the three, not a list, or given to an unknown dimension or twice
	WarnIndexMissing WarningKind = "index-missing"    // several categories without an index: the order of the labels is taken
	WarnIndexType    WarningKind = "index-type"       // positions as strings, ids as numbers
	WarnLabel        WarningKind = "label-missing"    // allowed: some categories have no label, or an empty one: the id is taken
	WarnLabelType    WarningKind = "label-type"       // a label that is no string
	WarnCategory     WarningKind = "category-unknown" // a label, unit, note, child or coordinate of no category
	WarnChild        WarningKind = "child-cycle"      // a category is its own descendant
	WarnMeasure      WarningKind = "measure"          // "measure", from drafts of the format, in the place of "value"
	WarnValueKey     WarningKind = "value-key"        // a sparse value outside the cube: left out
	WarnStatusKey    WarningKind = "status-key"       // a sparse status outside the cube: left out
	WarnRepeated     WarningKind = "cell-repeated"    // a position occurs twice: the last one counts
	WarnStatusLength WarningKind = "status-length"    // more or fewer statuses than cells
	WarnStatusForm   WarningKind = "status-form"      // statuses one level too deep, or not strings
	WarnValueType    WarningKind = "value-type"       // a boolean among the values
	WarnPad          WarningKind = "value-padded"     // allowed: fewer values than cells, filled up on request
	WarnDepth        WarningKind = "depth"            // allowed: collections nested too deep for this reader
	WarnNoValue      WarningKind = "value-missing"    // "value" is absent or null: there are no data
	WarnMetadataOnly WarningKind = "no-values"        // allowed: "value" is empty: there are no data
	WarnStatusOne    WarningKind = "status-one"       // allowed: an array of one status for all cells
	WarnTransitional WarningKind = "transitional"     // allowed: id, size or role inside "dimension" too
)

// refused tells whether the specification refuses what the warning is about.
func (k WarningKind) refused() bool {
	switch k {
	case WarnMetadataOnly, WarnStatusOne, WarnTransitional, WarnPad, WarnLabel, WarnDepth:
		return false
	}
	return true
}
