package jsonstat

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
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
	if u == nil {
		return ""
	}
	if u.Label != "" {
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
	e := newWriter(&b, 4096)
	writeUnit(e, u)
	err := e.flush()
	return b.Bytes(), err
}

// Coordinates of a category of a geo dimension, in degrees, with the digits of
// the document (specification, "coordinates").
type Coordinates struct {
	Longitude, Latitude json.Number
}

// writeUnit writes a unit as a document has it.
func writeUnit(e *writer, u *Unit) {
	var fields []field
	if u.Decimals != nil {
		fields = append(fields, field{name: "decimals", write: func() { e.str(strconv.Itoa(*u.Decimals)) }})
	}
	fields = e.texts(fields, [][2]string{{"label", u.Label}, {"symbol", u.Symbol}, {"position", u.Position}})
	set := len(fields)
	for _, f := range e.members(nil, u.Members) { // but not what was set in place of one that was empty
		if !slices.ContainsFunc(fields[:set], func(have field) bool { return have.name == f.name }) {
			fields = append(fields, f)
		}
	}
	e.object(fields, nil)
}
