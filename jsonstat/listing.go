package jsonstat

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// listing is the class of a document and the datasets it holds, not decoded yet. It is
// made by classdetection.go and collection.go; stream.go decodes the datasets on demand.
type listing struct {
	root  jsontoken.Node // the JSON-stat response, inside its envelopes
	class Class
	refs  []*datasetRef
	links []Reference
	items []Item
}

// datasetRef is an embedded dataset: where it is and, once it was asked for, the result.
type datasetRef struct {
	id   string
	node jsontoken.Node
	ds   *Dataset // nil until it was asked for
	err  error    // why it could not be decoded
}

// contents are the listing of a text with the decoder that reads it.
type contents struct {
	decoder
	listing
}

// noData is the error for a document without embedded datasets, nil for others.
func (d *contents) noData() error {
	switch {
	case len(d.refs) > 0:
		return nil
	case d.class == ClassDimension:
		return d.errorAt(d.root, ErrNoData, "the document is a dimension, without cells")
	case len(d.links) == 0:
		return d.errorAt(d.root, ErrNoData, "the %s is empty: it holds no dataset", d.class)
	}
	const most = 5
	var hrefs []string
	for _, l := range d.links {
		if l.Href != "" {
			hrefs = append(hrefs, jsontoken.Shorten(cleanText(l.Href), 200))
		}
	}
	what := "the collection embeds no dataset, it only refers to some; fetch one of: "
	switch {
	case len(hrefs) == 0:
		what = "the collection embeds no dataset, it only names some, without their addresses"
	case len(hrefs) > most:
		what += strings.Join(hrefs[:most], ", ") + fmt.Sprintf(" and %d more", len(hrefs)-most)
	default:
		what += strings.Join(hrefs, ", ")
	}
	return d.errorAt(d.root.Get("link"), ErrNoData, "%s", what)
}

// unknownDataset is the error for a dataset that is not in the document.
func (d *contents) unknownDataset(name string) error {
	var ids []string
	for i, ref := range d.refs {
		if ref.id != "" {
			ids = append(ids, ref.id)
		} else {
			ids = append(ids, strconv.Itoa(i))
		}
	}
	return newUnknown("dataset", name, "", ids)
}
