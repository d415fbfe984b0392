package jsonstat

import "github.com/jsonstat-go/toolkit/internal/jsontoken"

// collectionMembers refuses, if strict, a collection that lists nothing, and members that
// a collection does not have.
func (d *contents) collectionMembers(n jsontoken.Node) {
	if d.opts.Strict && !n.Get("link").IsObject() {
		d.warn(WarnMember, n, `the collection has no "link", which lists its items`)
	}
	for name, v := range n.Members {
		switch name {
		case "version", "class", "label", "source", "updated", "href", "note", "link", "extension", "error":
		default:
			d.unknownMember(v, name)
		}
	}
}

// maxNested is how many collections may be inside each other.
const maxNested = 16

// collectItems lists the datasets embedded in a collection and in the collections inside
// it, in the order of the text: that order numbers them for [Document.Dataset].
func (d *contents) collectItems(n jsontoken.Node, depth int) {
	if depth > maxNested {
		d.warn(WarnDepth, n, "collections more than %d levels inside each other are left out", maxNested)
		return
	}
	for _, item := range n.Get("link").Get("item").Items {
		if !item.IsObject() {
			d.warn(WarnMember, item, "an item of a collection is %s, not an object: it is left out", item.What())
			continue
		}
		href, _ := item.Get("href").Scalar()
		label, _ := item.Get("label").Scalar()
		class, _ := item.Get("class").Scalar()
		embedded := Class("")
		next := len(d.refs)
		switch {
		case looksLikeDataset(item):
			embedded = ClassDataset
			d.refs = append(d.refs, &datasetRef{id: href, node: item})
		case item.Get("link").Get("item").IsArray():
			embedded = ClassCollection
			d.collectItems(item, depth+1)
		case item.Get("category").IsObject():
			embedded = ClassDimension // listed, but no method hands it out
		default:
			d.links = append(d.links, Reference{Class: Class(class), Href: href, Label: label})
		}
		if depth == 0 {
			d.items = append(d.items, newItem(Class(class), embedded, href, label, next))
		}
		if embedded != "" && class == "" {
			d.warn(WarnClass, item, `an item of a collection has no "class": by its members it is a %s`, embedded)
		}
	}
}

// newItem makes an item of a collection; dataset is its number if it is a dataset.
func newItem(class, embedded Class, href, label string, dataset int) Item {
	it := Item{Class: class, Href: href, Label: label, Embedded: embedded != "", Dataset: -1}
	if it.Embedded {
		it.Class = embedded
	}
	if embedded == ClassDataset {
		it.Dataset = dataset
	}
	return it
}
