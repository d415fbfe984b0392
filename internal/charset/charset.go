package charset

import (
	"bytes"
	"strings"
)

// Encoding is an encoding of texts.
type Encoding uint8

// The encodings.
const (
	UTF8 Encoding = iota
	UTF16BE
	UTF16LE
	Latin1
	Latin9
	Windows1252
)

// Names lists the usual name of each encoding.
const Names = "utf-8, utf-16, utf-16le, utf-16be, iso-8859-1, iso-8859-15, windows-1252"

// String is the usual name.
func (e Encoding) String() string {
	switch e {
	case UTF16BE:
		return "utf-16be"
	case UTF16LE:
		return "utf-16le"
	case Latin1:
		return "iso-8859-1"
	case Latin9:
		return "iso-8859-15"
	case Windows1252:
		return "windows-1252"
	}
	return "utf-8"
}

// named are the encodings under all their names. That of UTF-16 leaves the order of
// the bytes to the text, little end first if that does not say.
var named = map[string]Encoding{
	"utf8": UTF8, "utf16": UTF16LE, "utf16be": UTF16BE, "utf16le": UTF16LE,
	"iso88591": Latin1, "latin1": Latin1, "l1": Latin1,
	"iso885915": Latin9, "latin9": Latin9, "latin15": Latin9,
	"windows1252": Windows1252, "cp1252": Windows1252, "ansi": Windows1252,
}

// Named is the encoding of that name, in any case of letters, with or without hyphens;
// UTF8 for none.
func Named(name string) (e Encoding, ok bool) {
	if name == "" {
		return UTF8, true
	}
	e, ok = named[plainName(name)]
	return e, ok
}

// plainName is a name of an encoding in small letters, without hyphens.
func plainName(name string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name))
}

// The byte order marks.
const (
	MarkUTF8    = "\xef\xbb\xbf"
	MarkUTF16BE = "\xfe\xff"
	MarkUTF16LE = "\xff\xfe"
)

// Marked is the encoding that a byte order mark at the start of a text says.
func Marked(head []byte) (e Encoding, ok bool) {
	switch {
	case bytes.HasPrefix(head, []byte(MarkUTF8)):
		return UTF8, true
	case bytes.HasPrefix(head, []byte(MarkUTF16BE)):
		return UTF16BE, true
	case bytes.HasPrefix(head, []byte(MarkUTF16LE)):
		return UTF16LE, true
	}
	return UTF8, false
}

// Of is the encoding of a text that begins with head and that somebody said to be in e:
// what a byte order mark says goes before.
func Of(e Encoding, head []byte) Encoding {
	marked, ok := Marked(head)
	switch {
	case ok:
		return marked
	case e == UTF16LE && len(head) >= 2 && head[0] == 0 && head[1] != 0:
		return UTF16BE
	case e == UTF16BE && len(head) >= 2 && head[0] != 0 && head[1] == 0:
		return UTF16LE
	}
	return e
}

// Unmarked tells whether a text looks like UTF-16 without a byte order mark. ASCII
// characters have a zero in every pair of bytes, in the second of them if the little end
// is first: "a,b" is 61 00 2c 00 62 00. Texts in other encodings have no zeros, so zeros in
// one half of the pairs alone say which of the two it is.
func Unmarked(head []byte) (e Encoding, ok bool) {
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i&1]++
		}
	}
	const share = 16 // of the bytes: the digits, separators and line ends of any table
	switch {
	case zeros[0] == 0 && zeros[1]*share > len(head):
		return UTF16LE, true
	case zeros[1] == 0 && zeros[0]*share > len(head):
		return UTF16BE, true
	}
	return UTF8, false
}
