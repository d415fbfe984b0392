package cli

import (
	"slices"
	"strings"
)

// handed tells how options are handed on to a part; the zero one that they are not.
type handed struct {
	by       string // the flag that does it
	reading  string // the flag that does it for options that say how a JSON-stat document is read, if it reads one
	table    flagTable
	document bool                   // the part reads a JSON-stat document
	own      func(name string) bool // tells which flags the call has itself; nil: none
}

// of is the flag that hands an option on, "" for one that is not.
func (h handed) of(s Spec) string {
	switch {
	case h.own != nil && h.own(s.Name):
		return ""
	case s.Group == readingGroup:
		return h.reading
	}
	return h.by
}

// Option is an option in a line of ours, such as a hint, with its value as a shell takes
// it. In the call of a part it is said in the words of the call.
func Option(name, value string) string { return optionMark + name + valueMark + value + optionMark }

// The signs between the parts of an [Option], which no text of a user reaches us with.
const (
	optionMark = "\x0e"
	valueMark  = "\x0f"
)

// translate says of options how they are written in the call: of those of a part "--value
// Tonnes" is "--in value=Tonnes". What stands in double quotes is not ours.
func (h handed) translate(text string) string {
	if strings.Contains(text, optionMark) {
		parts := strings.Split(text, optionMark)
		for i := range parts {
			if name, value, ok := strings.Cut(parts[i], valueMark); ok {
				parts[i] = h.option(name, value)
			} else {
				parts[i] = h.prose(parts[i])
			}
		}
		return strings.Join(parts, "")
	}
	return h.prose(text)
}

// option is an option with its value, to be pasted.
func (h handed) option(name, value string) string {
	if s, ok := h.table.find(name); ok && h.of(s) != "" {
		return "--" + h.of(s) + " " + ShellWord(name+"="+value)
	}
	if strings.HasPrefix(value, "-") { // else it is read as an option
		return "--" + name + "=" + ShellWord(value)
	}
	return "--" + name + " " + ShellWord(value)
}

// prose translates the options that a sentence names.
func (h handed) prose(text string) string {
	if h.by == "" {
		return text
	}
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(text, "--")
		if quote := strings.IndexByte(before, '"'); quote >= 0 {
			if end := strings.IndexByte(text[quote+1:], '"'); end >= 0 {
				b.WriteString(text[:quote+end+2])
				text = text[quote+end+2:]
				continue
			}
		}
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
		by := h.of(s)
		if !known || end < 2 || s.Group == filesGroup || by == "" {
			b.WriteString("--" + after[:end])
			text = after[end:]
			continue
		}
		b.WriteString("--" + by + " " + after[:end])
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
