package shapes

import (
	"strconv"
	"strings"
)

// Document is a JSON-stat text and what is awkward about it.
type Document struct {
	Name  string // short, in kebab case, unique
	Shows string // what it is there for
	JSON  string

	// Datasets is how many datasets can be read from it leniently.
	Datasets int

	// Reference tells whether the JavaScript tools (jsonstat-conv 1.5.1) make a
	// table of its first dataset, with statuses. It may be another table than
	// ours all the same.
	Reference bool
}

// both is a cube that the reference reads too.
func both(name, shows, json string) Document {
	return Document{Name: name, Shows: shows, JSON: json, Datasets: 1, Reference: true}
}

// ours is a cube that the reference refuses or dies of.
func ours(name, shows, json string) Document {
	return Document{Name: name, Shows: shows, JSON: json, Datasets: 1}
}

// boats is a 2.0 dataset of two dimensions, port by what, two categories each,
// up to its last brace: tail is what follows the dimensions.
func boats(tail string) string {
	return `{"version":"2.0","class":"dataset","label":"Boat harvest","source":"Invented Office","updated":"2025-01-31T08:00:00Z",
"id":["port","what"],"size":[2,2],"role":{"geo":["port"],"metric":["what"]},
"dimension":{"port":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North quay","S2":"South quay"}}},
"what":{"label":"Catch","category":{"index":["kg","pc"],"label":{"kg":"Weight","pc":"Share"},
"unit":{"kg":{"decimals":0,"label":"kilograms"},"pc":{"decimals":1,"label":"percent","symbol":"%","position":"end"}}}}},
` + tail + `}`
}

// cube is a 2.0 dataset with the given text for "id", "size", "dimension" and
// for all that follows.
func cube(id, size, dimension, tail string) string {
	return `{"version":"2.0","class":"dataset","label":"Awkward","id":` + id + `,"size":` + size +
		`,"dimension":{` + dimension + `},` + tail + `}`
}

// one is a 2.0 dataset of the one dimension d with the given text for
// "category", its size and what follows.
func one(category string, size int, tail string) string {
	return cube(`["d"]`, "["+strconv.Itoa(size)+"]", `"d":{"label":"D","category":{`+category+`}}`, tail)
}

// indexes is a category index of n ids with a prefix.
func indexes(prefix string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(`,"` + prefix + strconv.Itoa(i) + `"`)
	}
	return `"index":[` + b.String()[1:] + `]`
}

// repeat writes n items with commas between them.
func repeat(n int, item func(i int) string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = item(i)
	}
	return strings.Join(items, ",")
}
