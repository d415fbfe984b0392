package jsonstat

import (
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/pxext"
)

// What a document is, is decided in this order, for "class" is missing in many and wrong
// in some:
//
//  1. Envelopes are taken off: a JSON-RPC response, an array of one document.
//  2. An error response is a ServerError, unless the document has data as well.
//  3. "class" decides, if it is dataset, collection or dimension.
//  4. Else the members decide: "dimension" with values or sizes is a dataset; an object
//     with a member that is a dataset is a bundle of format 1.x; "link" with "item" is a
//     collection; "category" is a dimension.
//
// Where "class" and the members differ a warning says so, and strict reading refuses it.

// classify finds the class of the document at root and lists its embedded datasets.
func (d *contents) classify(root jsontoken.Node) error {
	d.listing = listing{root: root}
	if err := d.unwrap(); err != nil {
		return err
	}
	class, err := d.classOf(d.root)
	if err != nil {
		return err
	}
	d.class = class
	switch class {
	case ClassDataset:
		id, _ := d.root.Get("extension").Get("px").Get(pxext.TableID).Scalar()
		d.refs = []*datasetRef{{id: id, node: d.root}}
	case ClassCollection:
		d.warnRepeated(d.root)
		d.collectionMembers(d.root)
		d.collectItems(d.root, 0)
	case ClassBundle:
		d.warnRepeated(d.root)
		for name, m := range d.root.Members {
			if looksLikeDataset(m) {
				d.refs = append(d.refs, &datasetRef{id: name, node: m})
			}
		}
	}
	if d.state.stage != stageBeforeCells { // else there is more to come
		d.checkNames(d.root, class)
	}
	return d.refused
}

// unwrap takes the response out of a JSON-RPC envelope and out of an array of one.
func (d *contents) unwrap() error {
	for range 3 {
		switch {
		case d.root.IsArray() && d.root.Len() == 1:
			for _, item := range d.root.Items {
				d.root = item
			}
			d.warn(WarnEnvelope, d.root, "the document is the only item of an array")
		case d.root.Get("jsonrpc").OK() && !looksLikeDataset(d.root):
			if fault := d.root.Get("error"); fault.OK() && !fault.IsNull() {
				return serverError(fault)
			}
			result := d.root.Get("result")
			if !result.IsObject() && !result.IsArray() {
				return d.errorAt(d.root, ErrNotJSONStat, "the JSON-RPC response has no result")
			}
			d.root = result
			d.warn(WarnEnvelope, result, "the document is wrapped in a JSON-RPC response")
		default:
			return nil
		}
	}
	return nil
}

// classOf is the class by name, else by members.
func (d *contents) classOf(n jsontoken.Node) (Class, error) {
	if !n.IsObject() {
		return "", d.errorAt(n, ErrNotJSONStat, "the document is %s: JSON-stat is an object", n.What())
	}
	failed := n.Get("error").OK()
	class, _ := n.Get("class").Scalar()
	switch Class(class) {
	case ClassCollection:
		if failed && !n.Get("link").OK() {
			return "", serverError(n)
		}
		return ClassCollection, nil
	case ClassDimension:
		if failed && !n.Get("category").OK() {
			return "", serverError(n)
		}
		return ClassDimension, nil
	case ClassDataset:
		if failed && !n.Get("dimension").OK() {
			return "", serverError(n)
		}
		return ClassDataset, nil
	case "error":
		return "", serverError(n)
	}
	if looksLikeDataset(n) {
		return ClassDataset, nil
	}
	for _, m := range n.Members {
		if looksLikeDataset(m) {
			return ClassBundle, nil
		}
	}
	switch {
	case n.Get("link").Get("item").IsArray():
		return ClassCollection, nil
	case n.Get("category").IsObject():
		return ClassDimension, nil
	case looksLikeError(n):
		return "", serverError(n)
	case class != "":
		return "", d.errorAt(n.Get("class"), ErrNotJSONStat, `class %q is not known: it is "dataset", "collection" or "dimension"`, brief(class))
	}
	return "", d.errorAt(n, ErrNotJSONStat, "the document is JSON but not JSON-stat: it has no dimensions and no values")
}

// checkNames compares "class" and "version" with what the members say. Bundles, from
// before 2.0, have neither.
func (d *contents) checkNames(n jsontoken.Node, class Class) {
	given, version := n.Get("class"), n.Get("version")
	switch {
	case class == ClassBundle:
		return
	case class == ClassDataset && !given.OK() && !version.OK() && hasFormBefore20(n):
		d.warn(WarnClass, n, "a dataset from before 2.0 is not in a bundle, where it would have a name")
		return
	}
	switch text, _ := given.Scalar(); {
	case !given.OK():
		d.warn(WarnClass, n, `"class" is missing: by its members the document is a %s`, class)
	case text != string(class):
		d.warn(WarnClass, given, `"class" is %s: by its members the document is a %s`, given.What(), class)
	}
	switch {
	case !version.OK():
		d.warn(WarnClass, n, `"version" is missing`)
	case !version.IsString() || !is20(version.Text()):
		d.warn(WarnClass, version, `"version" is %s: it should be the string "2.0"`, version.What())
	}
}
