package jsonstat

import (
	"encoding/json"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

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

// readLinks reads a link object.
func (d *Document) readLinks(n jsontoken.Node) []Link {
	if !n.IsObject() {
		d.warn(WarnMember, n, `"link" is %s, not an object by relation: it is left out`, n.What())
	}
	var links []Link
	for rel, list := range n.Members {
		switch {
		case list.IsArray():
			for _, item := range list.Items {
				if !item.IsObject() {
					d.warn(WarnMember, item, "a link is %s, not an object", item.What())
				}
				links = append(links, d.readLink(rel, item))
			}
		case list.IsObject():
			d.warn(WarnMember, list, "the links of relation %q are an object, not an array: it is taken for the only one", brief(rel))
			links = append(links, d.readLink(rel, list))
		default:
			d.warn(WarnMember, list, "the links of relation %q are %s, not an array: they are left out", brief(rel), list.What())
		}
	}
	return links
}

func (d *Document) readLink(rel string, n jsontoken.Node) Link {
	text := func(name string) string { s, _ := n.Get(name).Scalar(); return s }
	return Link{
		Rel: rel, Href: text("href"), Type: text("type"), Class: Class(text("class")), Label: text("label"),
		Extension: d.message(n.Get("extension")), Raw: d.message(n),
	}
}
