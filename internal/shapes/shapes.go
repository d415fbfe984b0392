// Package shapes is one list of awkward cubes, for the tests, the fuzzers and
// the benchmarks of all packages: what real documents and hostile ones do to a
// reader and to a table. All figures and names are invented.
//
// It is imported by tests only, and imports nothing of this module but in its
// own tests.
//
// Each [Document] has a name, a line that says what it is awkward in (Shows), its JSON,
// and whether the JavaScript reference reads it. Open this file first: All is the list.
//
//	document.go    a document, and the helpers that its text is made with
//	cells.go       values, layouts of numbers, forms of statuses: sparse keys out of order
//	               or out of range, 1.50 and 1e3, a status that is one string for all
//	dimensions.go  size 0, one category, an index as object or array, or none
//	names.go       ids and labels: not ASCII, empty, like numbers, like formulas
//	containers.go  bundles of format 1.x, collections inside collections, envelopes
//	random.go      documents made at random from a seed
//
// A reader or a converter that is new runs over all of them, and so do the fuzzers.
package shapes

import "strconv"

// All is the whole list, in an order that does not change between calls.
func All() []Document {
	var all []Document
	all = append(all, cells()...)
	all = append(all, numbers()...)
	all = append(all, statuses()...)
	all = append(all, dimensions()...)
	all = append(all, categories()...)
	all = append(all, names()...)
	return append(all, containers()...)
}

// Cubes is the part of the list that has a dataset.
func Cubes() []Document {
	var cubes []Document
	for _, d := range All() {
		if d.Datasets > 0 {
			cubes = append(cubes, d)
		}
	}
	return cubes
}

// Get is the document of that name. It panics if there is none, which is a
// mistake in the test.
func Get(name string) Document {
	for _, d := range All() {
		if d.Name == name {
			return d
		}
	}
	panic("shapes: there is no document " + strconv.Quote(name))
}
