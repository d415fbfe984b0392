package convert

import (
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// JSONOptions say how a JSON table is written. The zero value, and nil, write
// what the command of the jsonstat-conv tools that is named like the writer
// writes by default. Numbers keep their tokens.
//
// Of [Table], Field is what the names of members, columns and headers say: by
// default ids in [WriteArrObj], [WriteObjArr] and [WriteNDJSON], labels in the
// others. UnitDecimals has no effect.
type JSONOptions struct {
	Table

	// Status adds the status of each cell, null where there is none. In a pivot it
	// has no effect.
	Status bool

	// ValueName and StatusName name value and status. Defaults: Value and
	// Status, but value and status where Field is ID, which rules out others.
	ValueName, StatusName string

	// Unit adds the unit of the cell's metric category, behind that category, in
	// WriteArrObj, WriteObjArr and WriteNDJSON. In a pivot it has no effect.
	Unit bool

	// ByLabel names the members of a pivot by the labels of the categories, unless
	// Content is ID. Default: by their ids.
	ByLabel bool

	// Prefix stands in front of those names.
	Prefix string

	// Comma writes numbers as texts with a decimal comma.
	Comma bool

	// Meta wraps the table as {"meta":...,"data":...}, in WriteArrObj and
	// WriteObjArr.
	Meta bool

	// Lines makes WriteArray write each row in a line of its own, without a
	// comma between and without the outer brackets.
	Lines bool
}

// Need is what the writers of rows must know of a dataset before its first
// cell, for [jsonstat.Options]. WriteObjArr also needs [jsonstat.NeedOrder].
func (o *JSONOptions) Need() jsonstat.Need {
	if o == nil {
		return 0
	}
	c := CSVOptions{Table: o.Table, Status: o.Status}
	c.UnitDecimals = false
	need := c.Need()
	if o.Meta {
		need |= jsonstat.NeedHead // label, source and date may stand behind the values
	}
	return need
}
