// Package formats is the registry of the formats that the commands read, write or
// are given by mistake: what they are called, the endings of their files, their first
// bytes, and which commands read and write them. It links none of them.
//
// The commands ask it by [Registry], the field Formats of their tables. The rows are in
// table.go; how first bytes are told apart is in text.go and, on top of that, json.go and
// csv.go; lookup.go finds a row; registry.go and archive.go say what is to be said.
package formats

import "github.com/jsonstat-go/toolkit/internal/cli"

// A Format is one row of the registry.
type Format struct {
	Name    string   // as it is typed, such as "xlsx"
	Title   string   // as a sentence says it, such as "an Excel workbook"
	Endings []string // of names of files, lower case with the point; the usual one first
	Shared  []string // endings that its files may have too, and that are another format's, or nobody's

	// Readers and Writers are the commands that read and write it, the first of
	// them the one to recommend. A format without readers is known so that a
	// message can say what was given.
	Readers []string
	Writers []string

	// Switch is the flag with which its writers write it, without which they write
	// another one. Empty: they write it by themselves.
	Switch string

	// Given says what to do with a file that no command reads, Wanted how to come by
	// one that no command writes. Either may be empty.
	Given, Wanted string

	// family is of formats that look alike at the beginning. The one that is called
	// like the family is what is none of the others.
	family string

	// starts tells by the first bytes of a file whether it is of this format. The
	// formats are asked in the order of All, the general ones last. nil: the bytes
	// do not tell.
	starts func(first []byte) bool
}

// FirstBytes is how many bytes of a file OfBytes looks at. Fewer will do where a file
// has no more.
const FirstBytes = cli.FirstBytes
