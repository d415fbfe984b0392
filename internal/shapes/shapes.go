// Package shapes is one list of awkward cubes, for the tests, the fuzzers and
// the benchmarks of all packages: what real documents and hostile ones do to a
// reader and to a table. All figures and names are invented.
//
// It is imported by tests only, and imports nothing of this module but in its
// own tests.
//
// A document and the texts that it is made of are in document.go. Upon it stand the
// shelves of the list, a file for what is awkward: cells, dimensions, names,
// containers. The list itself is in this file. What is made at random stands apart, in
// random.go.
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
