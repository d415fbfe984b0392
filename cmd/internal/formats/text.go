package formats

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// content is a text without what stands in front of it: a byte order mark and blanks.
func content(first []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(first, []byte("\ufeff")), " \t\r\n")
}

// The parts of a zip archive begin with a name, which tells what it holds.

func isWorkbook(first []byte) bool {
	return bytes.HasPrefix(first, []byte("PK\x03\x04")) &&
		(bytes.Contains(first, []byte("[Content_Types].xml")) || bytes.Contains(first, []byte("xl/")) || bytes.Contains(first, []byte("docProps/")))
}

func isOpenDocument(first []byte) bool {
	return bytes.HasPrefix(first, []byte("PK\x03\x04")) && bytes.Contains(first, []byte("application/vnd.oasis.opendocument.spreadsheet"))
}

func isHTML(first []byte) bool {
	lower := bytes.ToLower(content(first))
	return bytes.HasPrefix(lower, []byte("<!doctype html")) || bytes.HasPrefix(lower, []byte("<html"))
}

func isXML(first []byte) bool { return bytes.HasPrefix(content(first), []byte("<")) }

// isSDMXML looks for the name space of the messages, which all of them declare.
func isSDMXML(first []byte) bool {
	return isXML(first) && (bytes.Contains(first, []byte("sdmx.org/resources/sdmxml")) || bytes.Contains(first, []byte("SDMX.org/resources/SDMXML")) ||
		bytes.Contains(first, []byte("www.sdmx.org/resources")) || bytes.Contains(first, []byte("www.SDMX.org/resources")))
}

func isJSON(first []byte) bool {
	text := content(first)
	return len(text) > 0 && (text[0] == '{' || text[0] == '[')
}

// member finds the name of a member anywhere in the text.
func member(first []byte, names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		for rest := first; ; {
			_, after, ok := bytes.Cut(rest, []byte(`"`+name+`"`))
			if !ok {
				return false
			}
			if bytes.HasPrefix(bytes.TrimLeft(after, " \t\r\n"), []byte(":")) {
				return true
			}
			rest = after
		}
	})
}

func isObject(first []byte) bool { return bytes.HasPrefix(content(first), []byte("{")) }

func isSDMXJSON(first []byte) bool {
	return isObject(first) && !member(first, "class") &&
		(member(first, "dataSets", "structures", "dataStructures", "conceptSchemes") || bytes.Contains(first, []byte("sdmx-json")) || bytes.Contains(first, []byte("sdmx-twg")))
}

// isJSONStat looks for what every dataset or collection has near its beginning. PxWeb's
// servers wrap one in a member "dataset", CSO's in a JSON-RPC answer.
func isJSONStat(first []byte) bool {
	return isObject(first) && member(first, "class", "dimension", "dataset", "value", "jsonrpc")
}

// pxLine is the first keyword of a PX file, with its language and its subkeys.
var pxLine = regexp.MustCompile(`^[A-Z][A-Z0-9-]*(\[[a-z]{2,}\])?(\("[^"]*"(,"[^"]*")*\))?\s*=`)

func isPX(first []byte) bool { return isText(first) && pxLine.Match(content(first)) }

func firstLine(first []byte) string {
	line, _, _ := strings.Cut(string(content(first)), "\n")
	return strings.TrimRight(line, "\r")
}

func isCSVStat(first []byte) bool {
	line := firstLine(first)
	return len(line) > len("jsonstat") && strings.HasPrefix(line, "jsonstat") && strings.ContainsAny(line[8:9], ",;\t|")
}

// isSDMXCSV goes by the columns that such messages begin with or always have.
func isSDMXCSV(first []byte) bool {
	line := firstLine(first)
	cells := strings.FieldsFunc(strings.ReplaceAll(line, `"`, ""), func(r rune) bool { return strings.ContainsRune(",;\t", r) })
	if len(cells) < 3 {
		return false
	}
	start := strings.TrimPrefix(cells[0], "\ufeff")
	switch {
	case start == "DATAFLOW", strings.HasPrefix(start, "STRUCTURE["), start == "STRUCTURE" && cells[1] == "STRUCTURE_ID":
		return true
	}
	has := func(name string) bool {
		return slices.ContainsFunc(cells, func(c string) bool { return c == name || strings.HasPrefix(c, name+":") })
	}
	return has("OBS_VALUE") && has("TIME_PERIOD")
}

// isText tells texts from other bytes: UTF-8, UTF-16 with a byte order mark, or an
// older encoding, none of which has control characters.
func isText(first []byte) bool {
	if bytes.HasPrefix(first, []byte("\xff\xfe")) || bytes.HasPrefix(first, []byte("\xfe\xff")) {
		return true
	}
	for _, c := range first {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			return false
		}
	}
	return true
}
