package formats

import (
	"path"
	"slices"
	"strings"
)

// OfBytes is the format of a file that begins with these bytes. There is always one:
// what is nothing else for certain is CSV if it is text, and unknown, with an empty
// name, if not.
func OfBytes(first []byte) Format {
	first = inUTF8(first[:min(len(first), FirstBytes)])
	for _, f := range rows() {
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
	for _, format := range rows() {
		for _, e := range format.Endings {
			if len(e) > len(ending) && strings.HasSuffix(name, e) {
				f, ending = format, e
			}
		}
	}
	return f, ending
}

// OfFile is the format of a file by its first bytes and its name. The bytes decide, but
// where there are none, or they say no more than that it is a text.
func OfFile(name string, first []byte) Format {
	f := OfBytes(first)
	named, ending := ofName(name)
	switch {
	case ending == "":
	case f.Name == "" || len(first) == 0:
		return named
	case f.Name == "csv" && (named.Name == "sdmx-csv" || named.family == "json" && !isTable(first)):
		return named // its reader says what is wrong with it
	}
	return f
}

// Contradicts tells whether the name of a file says that it is of another format, and of
// which.
func Contradicts(name string, f Format) (named Format, ok bool) {
	named, ending := ofName(name)
	switch {
	case ending == "", named.Name == f.Name, slices.Contains(f.Shared, path.Ext(withoutPacking(name))):
		return named, false
	case named.Name == "gzip" || named.Name == "zstd" || named.Name == "zip":
		return named, false // which is about what is around it
	}
	return named, len(named.Readers) == 0 || len(f.Readers) == 0 || named.Readers[0] != f.Readers[0]
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
	for _, f := range rows() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Endings are those that files of some formats have, the formats' own in front.
func Endings(names []string) []string {
	var own, shared []string
	for _, f := range rows() {
		if slices.Contains(names, f.Name) {
			own, shared = append(own, f.Endings...), append(shared, f.Shared...)
		}
	}
	slices.Sort(shared)
	return append(own, slices.DeleteFunc(slices.Compact(shared), func(e string) bool { return slices.Contains(own, e) })...)
}

// ReadBy are the names of the formats that a command reads.
func ReadBy(command string) []string {
	return namesOf(func(f Format) bool { return slices.Contains(f.Readers, command) })
}

// WrittenBy are the names of the formats that a command writes, whatever its flags are.
func WrittenBy(command string) []string {
	return namesOf(func(f Format) bool { return slices.Contains(f.Writers, command) })
}

// namesOf are the names of some formats, in the order of All.
func namesOf(are func(Format) bool) []string {
	var names []string
	for _, f := range rows() {
		if are(f) {
			names = append(names, f.Name)
		}
	}
	return names
}
