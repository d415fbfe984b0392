package cli

import (
	"slices"
	"strings"
)

// handed tells how options are handed on to a part; the zero one that they are not.
type handed struct {
	by       string // the flag that does it
	table    flagTable
	document bool                   // the part reads a JSON-stat document
	own      func(name string) bool // tells which flags the call has itself; nil: none
}

// translate says of the options of a part how they are written in the call: "--value
// Tonnes" is "--in value=Tonnes".
func (h handed) translate(text string) string {
	if h.by == "" {
		return text
	}
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(text, "--")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		end := 0
		for end < len(after) && isNamePart(after[end]) {
			end++
		}
		s, known := h.table.find(after[:end])
		if !known {
			s, known = h.table.negated(after[:end])
		}
		if !known || end < 2 || s.Group == filesGroup || h.own != nil && h.own(s.Name) {
			b.WriteString("--" + after[:end])
			text = after[end:]
			continue
		}
		b.WriteString("--" + h.by + " " + after[:end])
		text = after[end:]
		if value := leadingValue(text); s.takesValue() && value != "" {
			b.WriteString("=" + value)
			text = text[1+len(value):]
		}
	}
}

// leadingValue is the value behind the name of an option in a sentence, which begins with
// a blank, "" where the sentence goes on.
func leadingValue(text string) string {
	if !strings.HasPrefix(text, " ") {
		return ""
	}
	value := text[1:]
	if strings.HasPrefix(value, "'") {
		if end := strings.IndexByte(value[1:], '\''); end >= 0 {
			return value[:end+2]
		}
	}
	value, _, _ = strings.Cut(value, " ")
	if bare := strings.TrimRight(value, ",;:?)"); bare != "" {
		value = bare
	} else if len(value) > 1 {
		value = value[:1]
	}
	if slices.Contains(strings.Fields(proseAfterOption), value) {
		return ""
	}
	return value
}

// proseAfterOption are the words of our sentences that follow the name of an option.
const proseAfterOption = "alone also and are as asks be by can chooses does do finds for from gives goes has have if in is keeps leaves loses make makes " +
	"may means must name named names needs of on or picks puts read reads say says takes tells that there to too was what where which with without writes"

// saidError is an error of a part.
type saidError struct {
	error
	handed
}

// Unwrap returns the error.
func (e *saidError) Unwrap() error { return e.error }
