// Package formats is the registry of the formats that the commands read, write or
// are given by mistake: what they are called, the endings of their files, their first
// bytes, and which commands read and write them. It links none of them.
//
// The commands ask it by [Registry], the field Formats of their tables.
package formats

import (
	"bytes"
	"path"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

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

// OfBytes is the format of a file that begins with these bytes. There is always one:
// what is nothing else for certain is CSV if it is text, and unknown, with an empty
// name, if not.
func OfBytes(first []byte) Format {
	first = inUTF8(first[:min(len(first), FirstBytes)])
	for _, f := range All() {
		if f.starts != nil && f.starts(first) {
			return f
		}
	}
	return Format{Title: "a file of an unknown format"}
}

// OfName is the format that the ending of a name means: the longest ending that some
// format has. An ending that says how the file is compressed (.gz, .zst) is passed
// over. ok is false where the name has no ending of the registry.
func OfName(name string) (f Format, ok bool) {
	f, ending := ofName(name)
	return f, ending != ""
}

// ofName also returns the ending, which is empty where there is none.
func ofName(name string) (f Format, ending string) {
	name = withoutPacking(name)
	for _, format := range All() {
		for _, e := range format.Endings {
			if len(e) > len(ending) && strings.HasSuffix(name, e) {
				f, ending = format, e
			}
		}
	}
	return f, ending
}

// withoutPacking is the last part of a name in lower case, without an ending that says
// how the file is compressed.
func withoutPacking(name string) string {
	name = strings.ToLower(path.Base(strings.ReplaceAll(name, `\`, "/")))
	for _, packed := range []string{".gz", ".zst"} {
		if rest, cut := strings.CutSuffix(name, packed); cut && strings.Contains(rest, ".") {
			return rest
		}
	}
	return name
}

// Separator is what separates the columns of a table by the ending of its file's name: a
// tab where that is .tsv or .tab, else "" for what is usual. Names are those of an
// argument, of which there may be none.
func Separator(names []string) string {
	for _, name := range names {
		switch path.Ext(withoutPacking(name)) {
		case ".tsv", ".tab":
			return "\t"
		}
	}
	return ""
}

// Get is the format of that name.
func Get(name string) (f Format, ok bool) {
	for _, f := range All() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// bytesAt tells formats by fixed bytes at their beginning.
func bytesAt(signatures ...string) func([]byte) bool {
	return func(first []byte) bool {
		for _, s := range signatures {
			if bytes.HasPrefix(first, []byte(s)) {
				return true
			}
		}
		return false
	}
}

// isBinary is bytesAt for signatures that a text may begin with as well.
func isBinary(signatures ...string) func([]byte) bool {
	starts := bytesAt(signatures...)
	return func(first []byte) bool { return starts(first) && !isText(first) }
}
