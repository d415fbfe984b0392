package sdmxconv

import (
	"encoding/json"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
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

// message notes what the data are data of, the language that the head is in, and the
// facts that are said of the data sets.
func (x *extension) message(h *header, of flow, l *language, facts members) {
	x.flow(of)
	if l.met { // which needs one that was asked for
		x.sdmx.text("language", l.want)
	} else {
		x.sdmx.text("language", l.main)
	}
	if h.test {
		x.sdmx.add("test", json.RawMessage("true"))
	}
	for i, name := range facts.names {
		x.sdmx.add(name, facts.values[i])
	}
}

// dimensions finishes a head with its dimensions and what it has no other place for.
// The annotations are those of the structure.
func (x *extension) dimensions(h jsonstat.Head, dims []*dimension, annotations []annotation, l *language) (jsonstat.Head, error) {
	for _, d := range dims {
		dim, err := d.make(annotations, l)
		if err != nil {
			return h, err
		}
		h.Dimensions = append(h.Dimensions, dim)
	}
	h.Extension = x.json()
	return h, nil
}

// json is the extension of the dataset.
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
