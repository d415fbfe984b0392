package sdmxconv

import (
	"encoding/json"
	"slices"
)

// annotationsID is the id of the column of annotations.
const annotationsID = "annotations"

// extension is what JSON-stat has no place for.
type extension struct {
	statuses json.RawMessage
	sdmx     members
	values   members
	names    members
	labels   members
}

// flow notes what the data are data of.
func (x *extension) flow(f flow) {
	x.sdmx.text("urn", f.urn)
	x.sdmx.text("agency", f.agency)
	x.sdmx.text("id", f.id)
	x.sdmx.text("version", f.version)
}

// label notes the names of the values of a component, where they are no ids.
func (x *extension) label(id string, values []value) {
	x.labels.add(id, labelsOf(values, func(v *value) bool { return v.name != v.id }))
}

// status notes the names of all statuses that are listed.
func (x *extension) status(values []value) {
	x.statuses = labelsOf(values, func(*value) bool { return true })
}

// attributes notes what the attributes say.
func (x *extension) attributes(forms []form) {
	named := map[string]bool{}
	for i := range forms {
		f := &forms[i]
		if f.column.id == annotationsID {
			x.sdmx.add(annotationsID, f.json())
			continue
		}
		x.values.add(f.column.id, f.json())
		if f.constant == 0 && !named[f.column.id] {
			named[f.column.id] = f.column.name != ""
			x.names.text(f.column.id, f.column.name)
			x.label(f.column.id, slices.Concat(f.column.values, f.column.named))
		}
	}
}

func (x *extension) json() json.RawMessage {
	var ext members
	if x.statuses != nil {
		var s members
		s.add("label", x.statuses)
		ext.add("status", s.json())
	}
	x.sdmx.add("attributes", x.values.json())
	x.sdmx.add("name", x.names.json())
	x.sdmx.add("label", x.labels.json())
	ext.add("sdmx", x.sdmx.json())
	return ext.json()
}
