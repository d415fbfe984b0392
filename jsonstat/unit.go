package jsonstat

import (
	"bufio"
	"bytes"
	"encoding/json"
)

// Unit tells how the values of a category of a metric dimension are measured
// (specification, "unit"). Documents also write base, multiplier, type,
// adjustment and others, which stay in Members.
type Unit struct {
	Label    string   // name of the unit; else see [Unit.Text]
	Symbol   string   // what to print beside a value, such as %
	Position string   // where: "start" or "end"; "" means end
	Decimals *int     // decimal places to show; nil if not given, negative or above 400
	Members  []Member // all other members, in their order; texts that are "" too
}

// Text is the name of the unit: the label, else the member "base", which
// PxWeb writes instead.
func (u *Unit) Text() string {
	if u == nil || u.Label != "" {
		if u == nil {
			return ""
		}
		return u.Label
	}
	for _, m := range u.Members {
		if m.Name == "base" {
			var s string
			if json.Unmarshal(m.Value, &s) == nil {
				return s
			}
		}
	}
	return ""
}

// MarshalJSON writes the unit as a document has it.
func (u *Unit) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := &encoder{w: bufio.NewWriter(&b)}
	e.unit(u)
	err := e.flush()
	return b.Bytes(), err
}

// Member is a member of a JSON object that this package gives no meaning, with
// its text as it stands in the document, without white space.
type Member struct {
	Name  string
	Value json.RawMessage
}

// Coordinates of a category of a geo dimension, in degrees, with the digits of
// the document (specification, "coordinates").
type Coordinates struct {
	Longitude, Latitude json.Number
}
