package formats

import (
	"bytes"
	"io"
	"regexp"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/charset"
)

// What a text is has to be certain: a table may begin with any word. So signatures of
// letters alone are looked for in bytes that are no text, and in a text for more than
// a first sign of it.
//
// Patterns are compiled where a first sign is there: commands start without them.

// content is a text without what stands in front of it: a byte order mark and blanks.
func content(first []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(first, []byte("\ufeff")), " \t\r\n")
}

// inUTF8 decodes UTF-16 that says so by a byte order mark, as far as it goes.
func inUTF8(first []byte) []byte {
	e, ok := charset.Marked(first)
	if !ok || e == charset.UTF8 {
		return first
	}
	text, _ := io.ReadAll(charset.NewReader(bytes.NewReader(first), e)) // the last character may be cut
	return text
}

// isText tells texts from other bytes: UTF-8 or an older encoding, none of which has
// control characters.
func isText(first []byte) bool {
	for _, c := range first {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			return false
		}
	}
	return true
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

func isPDF(first []byte) bool {
	return len(first) > 7 && bytes.HasPrefix(first, []byte("%PDF-")) && isDigit(first[5]) && first[6] == '.' && isDigit(first[7])
}

func isBzip2(first []byte) bool {
	return len(first) > 9 && bytes.HasPrefix(first, []byte("BZh")) && isDigit(first[3]) && bytes.HasPrefix(first[4:], []byte("1AY&SY"))
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isTar(first []byte) bool {
	return len(first) > 262 && bytes.HasPrefix(first[257:], []byte("ustar")) && !isText(first)
}

// markup is a text that begins with an angle bracket, without comments in front; nil if
// it does not.
func markup(first []byte) []byte {
	text := content(first)
	for bytes.HasPrefix(text, []byte("<!--")) {
		_, after, _ := bytes.Cut(text, []byte("-->"))
		text = content(after)
	}
	if !bytes.HasPrefix(text, []byte("<")) {
		return nil
	}
	return text
}

// isHTML goes by the first tag.
func isHTML(first []byte) bool {
	text := markup(first)
	if text == nil {
		return false
	}
	if bytes.HasPrefix(text, []byte("<?xml")) {
		return regexp.MustCompile(`(?i)<(!doctype html|html)[\s>]`).Match(text)
	}
	return regexp.MustCompile(`^(?i)<(!doctype html|html|head|body)(\s[^<]*)?>`).Match(text)
}

// isXML looks for a declaration or a name space: an angle bracket may be one of a table
// of age groups.
func isXML(first []byte) bool {
	text := markup(first)
	return text != nil && regexp.MustCompile(`^(<\?xml\s|<!DOCTYPE\s|<[A-Za-z_][\w:.-]*\s+([^<>]*\s)?xmlns(:[\w.-]+)?\s*=)`).Match(text)
}

// isSDMXML looks for the name space of the messages, which all of them declare.
func isSDMXML(first []byte) bool {
	return isXML(first) && (bytes.Contains(first, []byte("sdmx.org/resources/sdmxml")) || bytes.Contains(first, []byte("SDMX.org/resources/SDMXML")) ||
		bytes.Contains(first, []byte("www.sdmx.org/resources")) || bytes.Contains(first, []byte("www.SDMX.org/resources")))
}

// The parts of a zip archive begin with a name, which tells what it holds.

func isWorkbook(first []byte) bool {
	return bytes.HasPrefix(first, []byte(partMagic)) && areWorkbook(partsOfZip(first))
}

// areWorkbook tells by the names of the parts of a zip archive, or the first of them.
func areWorkbook(parts []string) bool {
	sure := false
	for _, name := range parts {
		switch {
		case strings.HasPrefix(name, "word/"), strings.HasPrefix(name, "ppt/"):
			return false
		case strings.HasPrefix(name, "[Content_Types].xml"), strings.HasPrefix(name, "xl/"), strings.HasPrefix(name, "docProps/"):
			sure = true
		}
	}
	return sure
}

// partMagic is what a part of a zip archive begins with.
const partMagic = "PK\x03\x04"

// partsOfZip are the names of the first parts of a zip archive.
func partsOfZip(first []byte) []string {
	var names []string
	for len(first) > 0 {
		if name := firstInZip(first); name != "" {
			names = append(names, name)
		}
		next := bytes.Index(first[1:], []byte(partMagic))
		if next < 0 {
			break
		}
		first = first[1+next:]
	}
	return names
}

func isOpenDocument(first []byte) bool {
	return bytes.HasPrefix(first, []byte(partMagic)) && bytes.Contains(first, []byte("application/vnd.oasis.opendocument.spreadsheet"))
}

// firstInZip is the name of the first part of a zip archive, empty if it is none.
func firstInZip(first []byte) string {
	const head = 30
	if len(first) < head || !bytes.HasPrefix(first, []byte(partMagic)) {
		return ""
	}
	n := int(first[26]) | int(first[27])<<8
	return string(first[head:min(head+n, len(first))])
}

// pxKeywords are those that files begin with, and others that only they can have.
const pxKeywords = "CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGES?|CREATION-DATE|NEXT-UPDATE|PX-SERVER|DIRECTORY-PATH|UPDATE-FREQUENCY|TABLEID|SYNONYMS|" +
	"DEFAULT-GRAPH|DECIMALS|SHOWDECIMALS|ROUNDING|MATRIX|AGGREGALLOWED|AUTOPEN|SUBJECT-CODE|SUBJECT-AREA|CONFIDENTIAL|COPYRIGHT|DESCRIPTION|" +
	"DESCRIPTIONDEFAULT|TITLE|CONTENTS|UNITS|STUB|HEADING|CONTVARIABLE|VALUES|TIMEVAL|CODES|DOUBLECOLUMN|PRESTEXT|DOMAIN|VARIABLE-TYPE|VARIABLECODE|" +
	"MAP|ELIMINATION|PRECISION|LAST-UPDATED|STOCKFA|CFPRICES|DAYADJ|SEASADJ|CONTACT|REFPERIOD|BASEPERIOD|DATABASE|SOURCE|SURVEY|LINK|INFOFILE|INFO|" +
	"FIRST-PUBLISHED|META-ID|OFFICIAL-STATISTICS|NOTEX?|VALUENOTEX?|CELLNOTEX?|KEYS"

// isPX looks for a first keyword, with its language, its subkeys, and the beginning of
// its value.
func isPX(first []byte) bool {
	text := content(first)
	if len(text) == 0 || text[0] < 'A' || 'Z' < text[0] || !bytes.Contains(text, []byte("=")) || !isText(first) {
		return false
	}
	return regexp.MustCompile(`^(` + pxKeywords + `)\s*(\["?[A-Za-z]{2,}[A-Za-z-]*"?\])?\s*(\("[^"]*"(\s*,\s*"[^"]*")*\))?\s*=\s*("|[0-9]+;|YES;|NO;|TLIST\()`).Match(text)
}
