// Package formats is the registry of the formats that the commands read, write or
// are given by mistake: what they are called, the endings of their files, their first
// bytes, and which commands read and write them. It links none of them.
package formats

import (
	"bytes"
	"path"
	"strings"
)

// A Format is one row of the registry.
type Format struct {
	Name    string   // as it is typed, such as "xlsx"
	Title   string   // as a sentence says it, such as "an Excel workbook"
	Endings []string // of names of files, lower case with the point; the usual one first

	// Readers and Writers are the commands that read and write it, the first of
	// them the one to recommend. A format without readers is known so that a
	// message can say what was given.
	Readers []string
	Writers []string

	// starts tells by the first bytes of a file whether it is of this format. The
	// formats are asked in the order of All, the general ones last. nil: the bytes
	// do not tell.
	starts func(first []byte) bool
}

// FirstBytes is how many bytes of a file OfBytes looks at. Fewer will do where a file
// has no more.
const FirstBytes = 4096

// OfBytes is the format of a file that begins with these bytes. There is always one:
// what is nothing else is CSV if it is text, and unknown, with an empty name, if not.
func OfBytes(first []byte) Format {
	first = first[:min(len(first), FirstBytes)]
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
	name = strings.ToLower(path.Base(strings.ReplaceAll(name, `\`, "/")))
	for _, packed := range []string{".gz", ".zst"} {
		if rest, cut := strings.CutSuffix(name, packed); cut && strings.Contains(rest, ".") {
			name = rest
			break
		}
	}
	longest := 0
	for _, format := range All() {
		for _, ending := range format.Endings {
			if len(ending) > longest && strings.HasSuffix(name, ending) {
				f, longest = format, len(ending)
			}
		}
	}
	return f, longest > 0
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
