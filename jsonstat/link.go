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

	// Raw is the whole element as the document has it. It is what is written;
	// clear it after changing the fields above.
	Raw json.RawMessage
}

// links reads a link object.
func readLinks(n node) []Link {
	var links []Link
	for rel, list := range n.members {
		for _, item := range list.items {
			links = append(links, readLink(rel, item))
		}
		if list.isObject() { // one element without its array
			links = append(links, readLink(rel, list))
		}
	}
	return links
}

func readLink(rel string, n node) Link {
	text := func(name string) string { s, _ := n.get(name).scalar(); return s }
	return Link{
		Rel: rel, Href: text("href"), Type: text("type"), Class: Class(text("class")), Label: text("label"),
		Extension: n.get("extension").message(), Raw: n.message(),
	}
}
