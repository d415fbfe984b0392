package formats

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

func firstLine(first []byte) string {
	line, _, _ := strings.Cut(string(content(first)), "\n")
	return strings.TrimRight(line, "\r")
}

func isCSVStat(first []byte) bool {
	line := firstLine(first)
	return len(line) > len("jsonstat") && strings.HasPrefix(line, "jsonstat") && strings.ContainsAny(line[8:9], ",;\t|")
}

// isSDMXCSV goes by what such messages begin with, and by a column that makes it
// certain that this is no word of somebody's own.
func isSDMXCSV(first []byte) bool {
	line := strings.ReplaceAll(firstLine(first), `"`, "")
	rest, ok := line, false
	for _, term := range []string{"DATAFLOW", "STRUCTURE"} {
		if !ok && len(line) > len(term) && strings.EqualFold(line[:len(term)], term) {
			rest, ok = line[len(term):], true
		}
	}
	if !ok {
		return false
	}
	parts := false // of fields have a separator of their own
	if end := strings.IndexByte(rest, ']'); strings.HasPrefix(rest, "[") && end > 0 {
		rest, parts = rest[end+1:], true
	}
	separator, n := utf8.DecodeRuneInString(rest)
	if n == 0 || separator == '_' || separator == ' ' || unicode.IsLetter(separator) || unicode.IsDigit(separator) {
		return false
	}
	for i, cell := range strings.FieldsFunc(rest, func(r rune) bool { return r == separator }) {
		name, _, _ := strings.Cut(cell, ":")
		if name = strings.TrimSpace(name); strings.EqualFold(name, "OBS_VALUE") || i == 0 && strings.EqualFold(name, "STRUCTURE_ID") {
			return true
		}
	}
	return parts
}

// mentionsSDMX tells whether a header has a name that sdmx2jsonstat goes by.
func mentionsSDMX(first []byte) bool {
	line := strings.ToUpper(firstLine(first))
	return strings.Contains(line, "OBS_VALUE") || strings.Contains(line, "TIME_PERIOD") ||
		slices.ContainsFunc([]string{"STRUCTURE", "DATAFLOW", "KEY"}, func(term string) bool {
			return strings.HasPrefix(strings.TrimPrefix(line, `"`), term)
		})
}

// isTable tells whether a text looks like a table: its first lines have a mark in
// common that separates columns, as often in both.
func isTable(first []byte) bool {
	if !isText(first) || isObject(first) { // be it damaged
		return false
	}
	a, rest, _ := strings.Cut(string(content(first)), "\n")
	b, _, _ := strings.Cut(strings.TrimLeft(rest, "\r\n"), "\n")
	return slices.ContainsFunc([]string{",", ";", "\t", "|"}, func(mark string) bool {
		n := strings.Count(a, mark)
		return n > 0 && (b == "" || strings.Count(b, mark) == n)
	})
}
