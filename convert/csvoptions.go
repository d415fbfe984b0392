package convert

import (
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// CSVOptions say how a CSV table is written. The zero value, and nil, write what
// jsonstat2csv of the jsonstat-conv tools writes by default.
type CSVOptions struct {
	Table

	// Separator stands between columns; it may be any text. Default: a comma.
	Separator string

	// Decimal is the decimal mark. Default: a comma if Separator is a
	// semicolon, else a point. Numbers that hold the separator are quoted.
	Decimal string

	// NA is written for a missing value. Default (nil): n/a. May be empty.
	NA *string

	// Status adds a column with the status of each cell, in front of the value.
	// In a pivot it has no effect, see StatusColumns.
	Status bool

	// StatusColumns adds a status column behind each value column of a pivot.
	StatusColumns bool

	// ValueName and StatusName head the value and the status column. Defaults:
	// Value and Status. If Field is ID they are value and status in any case.
	ValueName, StatusName string

	// CRLF ends lines with carriage return and newline. Default: newline.
	CRLF bool

	// Encoding of the text: "utf-8", "utf-16", "utf-16le", "utf-16be", "iso-8859-1",
	// "iso-8859-15" or "windows-1252", in any case, with the usual aliases. UTF-16 without
	// the order of its bytes begins with a byte order mark. A character that the encoding
	// does not have is an [*EncodingError]. Default: UTF-8.
	Encoding string

	// BOM starts the file with a byte order mark, which Excel needs to take it for UTF-8.
	// Only the encodings of Unicode have one.
	BOM bool

	// Guard puts ' in front of labels, headers and text values that a
	// spreadsheet would take for a formula. Ids, statuses and numbers, among
	// which "-" is a real one, stay as they are.
	Guard bool
}

// Need is what the writer must know of a dataset before its first cell, for
// [jsonstat.Options]. Nil options need what the zero value needs.
func (o *CSVOptions) Need() jsonstat.Need {
	var need jsonstat.Need
	if o == nil {
		return need
	}
	if o.Status || o.StatusColumns || o.Keep == NonEmpty {
		need |= jsonstat.NeedStatus
	}
	if len(o.By) > 0 {
		need |= jsonstat.NeedOrder
	}
	if o.StatusText != StatusCode || o.UnitDecimals {
		need |= jsonstat.NeedHead // meanings, language and decimals may stand in the extension
	}
	return need
}

// Check tells whether the options go together: an encoding that is not known is a
// [jsonstat.ErrEncodingName], and not each has a byte order mark.
func (o *CSVOptions) Check() error {
	if o == nil {
		return nil
	}
	return checkEncoding(o.Encoding, o.BOM)
}

// withDefaults fills in what is not set.
func (o *CSVOptions) withDefaults() CSVOptions {
	c := CSVOptions{}
	if o != nil {
		c = *o
	}
	if c.Separator == "" {
		c.Separator = ","
	}
	if c.Decimal == "" {
		c.Decimal = "."
		if c.Separator == ";" {
			c.Decimal = ","
		}
	}
	if c.NA == nil {
		na := "n/a"
		c.NA = &na
	}
	if c.ValueName == "" {
		c.ValueName = "Value"
	}
	if c.StatusName == "" {
		c.StatusName = "Status"
	}
	if c.Field == ID {
		c.ValueName, c.StatusName = "value", "status"
	}
	return c
}
