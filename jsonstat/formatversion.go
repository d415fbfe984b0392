package jsonstat

import (
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/number"
)

// How the parts of a document are recognised in all versions of the format. Before 2.0
// id, size and role were members of "dimension", beside the dimensions themselves; from
// 2.0 on they are members of the dataset; documents in between have them in both places:
//
// 	1.x  {"dimension": {"id": ["geo"], "size": [2], "geo": {…}}, "value": [1,2]}
// 	2.0  {"id": ["geo"], "size": [2], "dimension": {"geo": {…}}, "value": [1,2]}
//
// A dimension may itself be called "id" or "size". Its value is an object with
// "category", the list is an array: so they are told apart by their type, not their name.

// looksLikeDataset tells a dataset by its shape, since many have no class.
func looksLikeDataset(n jsontoken.Node) bool {
	dims := n.Get("dimension")
	if !dims.IsObject() {
		return false
	}
	cells := n.Get("value").OK() || n.Get("measure").OK()
	sized := (n.Get("id").IsArray() || dims.Get("id").IsArray()) && (n.Get("size").IsArray() || dims.Get("size").IsArray())
	return cells || sized
}

// is20 tells whether a version is 2.0 or later.
func is20(version string) bool {
	major, _, _ := strings.Cut(version, ".")
	k, err := strconv.Atoi(major)
	return err == nil && k >= 2
}

// hasFormBefore20 tells by the place of "id" that a dataset has the form before 2.0.
func hasFormBefore20(n jsontoken.Node) bool {
	return !n.Get("id").IsArray() && n.Get("dimension").Get("id").IsArray()
}

// isAxis tells id, size and role inside "dimension", where they stood before
// 2.0, from dimensions of these names.
func isAxis(name string, n jsontoken.Node) bool {
	switch name {
	case "id", "size":
		return n.IsArray()
	case "role":
		return n.IsObject() && !n.Get("category").OK() && !n.Get("href").OK()
	}
	return false
}

// splitDimensions separates the members of "dimension" into dimensions and the axes (id,
// size and role) of documents before 2.0. One name can be both: a dimension called "id",
// and the list of the ids. Of several the last counts.
func splitDimensions(dims jsontoken.Node) (byID, axes map[string]jsontoken.Node) {
	byID, axes = map[string]jsontoken.Node{}, map[string]jsontoken.Node{}
	for name, m := range dims.Members {
		if isAxis(name, m) {
			axes[name] = m
		} else {
			byID[name] = m
		}
	}
	return byID, axes
}

// membersInFront are the members of a dataset, those among the dimensions before 2.0 too.
func membersInFront(n jsontoken.Node) map[string]bool {
	known := map[string]bool{}
	for name := range n.Members {
		known[name] = true
	}
	_, axes := splitDimensions(n.Get("dimension"))
	for name := range axes {
		known[name] = true
	}
	return known
}

// sizesAgree tells whether the dimensions are all there and "size" is the
// number of their categories. Where it is not, the number of values decides.
func sizesAgree(ds jsontoken.Node) bool {
	byID, axes := splitDimensions(ds.Get("dimension"))
	pick := func(name string) jsontoken.Node {
		if n := ds.Get(name); n.IsArray() {
			return n
		}
		return axes[name]
	}
	given := pick("size")
	if !given.IsArray() {
		return false
	}
	var sizes []int
	for _, v := range given.Items {
		size, _ := wholeNumber(v)
		sizes = append(sizes, size)
	}
	ids := pick("id")
	if !ids.IsArray() || ids.Len() != len(sizes) {
		return false
	}
	for i, id := range ids.Items {
		category := byID[id.Text()].Get("category")
		index := category.Get("index")
		if !index.OK() || index.IsNull() {
			index = category.Get("label")
		}
		if index.Len() != sizes[i] {
			return false
		}
	}
	return true
}

// wholeNumber reads a whole number, also one written as 3.0 or "3".
func wholeNumber(n jsontoken.Node) (int, bool) {
	text, ok := n.Scalar()
	if n.Kind() == jsontoken.Raw {
		text = string(number.Append(nil, []byte(text)))
	}
	k, err := strconv.Atoi(strings.TrimSpace(text))
	return k, ok && err == nil
}
