package rows

import (
	"cmp"
	"encoding/json"
	"slices"
)

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

// A Choice is what is said of the columns of a table. The zero value says nothing. A
// column is named by its header; else by its number, from 1, or the letters that
// workbooks give it; or it is one of a run of columns, 3..20 or 3..
type Choice struct {
	// Header is where the header stands: "3", "3-4" for one of two rows, "0" for
	// none. Default: the first row as wide as the rows below it.
	Header string `json:"header,omitempty"`

	Values       []string    `json:"value,omitempty"`         // columns of values
	Status       string      `json:"status,omitempty"`        // column of the statuses
	StatusSuffix string      `json:"status-suffix,omitempty"` // or the end of the names of those of each value column
	Dimensions   []string    `json:"dimension,omitempty"`     // columns that are dimensions, in this order
	Labels       [][2]string `json:"label-column,omitempty"`  // columns of ids, and those of their labels
	Ignore       []string    `json:"ignore,omitempty"`        // columns that are no part of the cube

	By   []string `json:"by,omitempty"`   // ids of the dimensions that the other columns are categories of
	Stub []string `json:"stub,omitempty"` // columns that are dimensions beside them
}

// merge is a choice with what another one says on top: later values and dimensions of
// headings hold, columns that are left out add up.
func (c Choice) merge(o Choice) Choice {
	stub := o.Stub
	if len(c.By) == 0 && len(stub) == 0 {
		stub = c.Stub // it was said alone
	}
	if len(o.Values) > 0 || len(o.By) > 0 {
		c.Values, c.By, c.Stub = nil, nil, nil
	}
	c.Header, c.Status, c.StatusSuffix = cmp.Or(o.Header, c.Header), cmp.Or(o.Status, c.Status), cmp.Or(o.StatusSuffix, c.StatusSuffix)
	if len(o.Values) > 0 {
		c.Values = o.Values
	}
	if len(o.Dimensions) > 0 {
		c.Dimensions = o.Dimensions
	}
	if len(o.By) > 0 {
		c.By, c.Stub = o.By, stub
	} else if len(o.Stub) > 0 {
		c.Stub = o.Stub
	}
	c.Labels = append(slices.Clone(c.Labels), o.Labels...)
	for _, name := range o.Ignore {
		if !slices.Contains(c.Ignore, name) {
			c.Ignore = append(slices.Clone(c.Ignore), name)
		}
	}
	return c
}

// empty tells whether a choice says nothing.
func (c *Choice) empty() bool {
	return c.Header == "" && len(c.Values)+len(c.Dimensions)+len(c.Labels)+len(c.Ignore)+len(c.By)+len(c.Stub) == 0 && c.Status == "" && c.StatusSuffix == ""
}

// choice is what an error proposes.
func (e *Error) choice() (c Choice) {
	if len(e.Propose) > 0 {
		_ = json.Unmarshal(e.Propose, &c) // what propose made
	}
	return c
}

// propose makes the proposal of an error.
func (e *Error) propose(c Choice) {
	e.Propose = nil
	if c.empty() {
		return
	}
	if text, err := json.Marshal(c); err == nil { // of texts, which always make JSON
		e.Propose = text
	}
}
