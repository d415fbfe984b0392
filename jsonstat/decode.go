package jsonstat

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// decoder reads the head of a document from the tree of its text: what all parts of it
// have in common, and dimensions.
type decoder struct {
	*source
	*findings
	opts Options
}

// textMember is the text of a member that should be a string.
func (d *decoder) textMember(n jsontoken.Node, name string) string {
	if n.IsString() {
		return n.Text()
	}
	d.warn(WarnMember, n, "%q is %s, not a string", name, n.What())
	s, _ := n.Scalar()
	return s
}

// appendEmpty appends the name of a member if it is the empty text, which is
// written again as it is.
func appendEmpty(names []string, n jsontoken.Node, name string) []string {
	if n.IsString() && n.Text() == "" && !slices.Contains(names, name) {
		return append(names, name)
	}
	return names
}

// decodeNotes reads a list of remarks; a single one may be without its array.
func (d *decoder) decodeNotes(n jsontoken.Node) []string {
	if n.IsString() {
		d.warn(WarnMember, n, `"note" is a string, not an array`)
		return []string{n.Text()}
	}
	if !n.IsArray() {
		d.warn(WarnMember, n, `"note" is %s, not an array`, n.What())
	}
	var notes []string
	for _, item := range n.Items {
		if !item.IsString() {
			d.warn(WarnMember, item, "a note is %s, not a string", item.What())
		}
		if s, ok := item.Scalar(); ok {
			notes = append(notes, s)
		}
	}
	return notes
}

// unknownMember refuses, if strict, a member that the specification does not
// know. Else it is kept, and there is nothing to say about it.
func (d *decoder) unknownMember(n jsontoken.Node, name string) {
	if d.opts.Strict {
		d.warn(WarnUnknown, n, "%q is not a member of the format: what the provider adds belongs into \"extension\"", brief(name))
	}
}

// warnRepeated warns of members that occur twice.
func (d *decoder) warnRepeated(n jsontoken.Node) {
	seen := make(map[string]bool, 16)
	for name, v := range n.Members {
		if seen[name] {
			d.warn(WarnDuplicate, v, "%q occurs twice in the same object: the last one counts", brief(name))
		}
		seen[name] = true
	}
}

// decodeExtension is the provider's own object. Another type is kept with a warning.
func (d *decoder) decodeExtension(n jsontoken.Node) json.RawMessage {
	if !n.IsObject() {
		d.warn(WarnMember, n, `"extension" is %s, not an object`, n.What())
		if n.IsNull() {
			return nil
		}
	}
	return d.rawMember(n)
}

// rawMember is the text of a value without white space. Cells, which the tree
// does not hold, are copied from the document.
func (d *decoder) rawMember(n jsontoken.Node) json.RawMessage {
	if !holdsCells(n) {
		return n.Message()
	}
	var text bytes.Buffer
	e := newWriter(&text, 4096)
	e.verbatim(d.source, n, nil)
	if err := e.flush(); err != nil {
		if d.refused == nil {
			d.refused = err // without its text the member would say something else
		}
		return nil
	}
	return text.Bytes()
}

// holdsCells tells whether a row of cells lies inside a value.
func holdsCells(n jsontoken.Node) bool {
	if !n.OK() {
		return false
	}
	for _, tok := range n.T.Tokens[n.I:n.Token().Next] {
		if tok.Kind == jsontoken.Cells {
			return true
		}
	}
	return false
}

// decodeLinks reads a link object.
func (d *decoder) decodeLinks(n jsontoken.Node) []Link {
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
				links = append(links, d.decodeLink(rel, item))
			}
		case list.IsObject():
			d.warn(WarnMember, list, "the links of relation %q are an object, not an array: it is taken for the only one", brief(rel))
			links = append(links, d.decodeLink(rel, list))
		default:
			d.warn(WarnMember, list, "the links of relation %q are %s, not an array: they are left out", brief(rel), list.What())
		}
	}
	return links
}

func (d *decoder) decodeLink(rel string, n jsontoken.Node) Link {
	text := func(name string) string { s, _ := n.Get(name).Scalar(); return s }
	return Link{
		Rel: rel, Href: text("href"), Type: text("type"), Class: Class(text("class")), Label: text("label"),
		Extension: d.rawMember(n.Get("extension")), Raw: d.rawMember(n),
	}
}

// wrongType is the error for a member of n that is absent or of another type.
func (d *decoder) wrongType(n, v jsontoken.Node, name, want string) error {
	if !v.OK() {
		return d.errorAt(n, ErrNotJSONStat, "the dataset has no %q: it should be %s", name, want)
	}
	return d.errorAt(v, ErrNotJSONStat, "%q is %s: it should be %s", name, v.What(), want)
}
