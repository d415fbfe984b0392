package jsonstat

import "encoding/json"

// Link is a relation to another resource (specification, "link").
type Link struct {
	Rel       string // IANA relation: "alternate", "describedby", "related", ...
	Href      string
	Type      string // media type
	Class     Class  // of a JSON-stat response
	Label     string
	Extension json.RawMessage

	// Raw is the whole element as the document has it, with the members that
	// have no field above. It is what is written; clear it after changing a
	// field. It is nil for links made in Go.
	Raw json.RawMessage
}

// setExtension gives a link another extension, in its text too.
func (l *Link) setExtension(extension json.RawMessage) {
	l.Extension = extension
	if l.Raw == nil {
		return
	}
	members := objectMembers(l.Raw)
	for i := range members {
		if members[i].Name == "extension" {
			members[i].Value = extension
		}
	}
	l.Raw = joinMembers(members)
}
