package cli

import (
	"encoding/base64"
	"os"
	"slices"
	"strings"
)

// lineWord is a word of a command line that is being typed.
type lineWord struct {
	text   string // without quotes; variables of the environment have their values
	from   int    // where it begins in the line
	vague  bool   // the shell puts something in its place that we do not know, or only at the end
	target bool   // it is where a stream is redirected to
}

// lineSplitter takes a line apart as a shell does, up to the cursor, where quotes may be
// open.
type lineSplitter struct {
	shell string
	line  string
	at    int

	words  []lineWord
	word   lineWord
	text   []byte
	begun  bool // there is a word, though it may be empty
	quote  byte // that is open, or 0
	target bool // the next word is one
}

// splitLine are the words of a line in front of the cursor, the one that is being typed
// last; it may be empty. Targets of redirections are no words, but for the last one.
func splitLine(shell, line string) []lineWord {
	s := &lineSplitter{shell: shell, line: line}
	for s.at < len(line) {
		s.step()
	}
	if !s.begun {
		s.word.from = s.at
	}
	s.begun = true
	s.end()
	last := len(s.words) - 1
	return slices.DeleteFunc(s.words, func(w lineWord) bool { return w.target && w.from != s.words[last].from })
}

// end ends a word.
func (s *lineSplitter) end() {
	if s.begun {
		s.word.text, s.word.target = string(s.text), s.target
		s.words = append(s.words, s.word)
		s.target = false
	}
	s.word, s.text, s.begun = lineWord{}, nil, false
}

// add adds some bytes of the line to the word, or what they stand for.
func (s *lineSplitter) add(text string, size int) {
	if !s.begun {
		s.begun, s.word.from = true, s.at
	}
	s.text = append(s.text, text...)
	s.at += size
}

// step reads on by one sign.
func (s *lineSplitter) step() {
	c, next := s.line[s.at], ""
	if s.at+1 < len(s.line) {
		next = s.line[s.at+1 : s.at+2]
	}
	escape := byte('\\')
	if s.shell == "powershell" {
		escape = '`'
	}
	switch {
	case s.quote == '\'' && c == '\'' && next == "'" && s.shell == "powershell", s.quote == '"' && c == '"' && next == `"` && s.shell == "powershell":
		s.add(next, 2)
	case s.quote != 0 && c == s.quote:
		s.quote = 0
		s.add("", 1)
	case s.quote == '\'' && s.shell == "fish" && c == '\\' && (next == "'" || next == `\`):
		s.add(next, 2)
	case s.quote == '\'':
		s.add(s.line[s.at:s.at+1], 1)
	case c == escape && (s.quote == 0 || s.shell == "powershell" || next != "" && strings.Contains("$`\"\\\n", next)):
		s.add(next, 1+len(next))
	case c == '$' || c == '`':
		s.variable()
	case s.quote == '"':
		s.add(s.line[s.at:s.at+1], 1)
	case c == '\'' || c == '"':
		s.quote = c
		s.add("", 1)
	case c == ' ' || c == '\t' || c == '\n':
		s.end()
		s.at++
	case c == '<' || c == '>':
		s.redirection()
	case c == '~' && !s.begun && next != "" && next != "/" && next != " ":
		s.word.vague = true // the home of somebody
		s.add("~", 1)
	default:
		s.add(s.line[s.at:s.at+1], 1)
	}
}

// redirection reads the sign of one. What stands in front of it is a number.
func (s *lineSplitter) redirection() {
	if strings.Trim(string(s.text), "0123456789&") == "" {
		s.text, s.begun = nil, false
	}
	s.end()
	for s.at < len(s.line) && strings.IndexByte("<>&|", s.line[s.at]) >= 0 {
		s.at++
	}
	s.target = true
}

// variable reads the name of a variable. Those of the shell alone are not known here,
// nor is what a command in the line prints.
func (s *lineSplitter) variable() {
	s.word.vague = true
	rest := strings.TrimPrefix(s.line[s.at+1:], "{")
	end := 0
	for end < len(rest) && (rest[end] == '_' || isNamePart(rest[end]) && rest[end] != '-' && rest[end] < 0x80) {
		end++
	}
	size := len(s.line) - s.at - len(rest) + end
	value, known := os.LookupEnv(rest[:end])
	if end == 0 || !known {
		s.add(s.line[s.at:s.at+1], 1)
		return
	}
	if s.line[s.at+1] == '{' && strings.HasPrefix(rest[end:], "}") {
		size++
	}
	s.add(value, size)
}

// lineGiven is a line as a shell's script hands it over. PowerShell changes quotes in
// arguments, but not letters and digits.
func lineGiven(shell, given string) string {
	if shell == "powershell" {
		if line, err := base64.StdEncoding.DecodeString(given); err == nil {
			return string(line)
		}
	}
	return given
}

// replacedFrom is where the text begins in a line that bash replaces, which is cut at
// signs in the middle of words, and the quote that is open there.
func replacedFrom(line, breaks string) (from int, open byte) {
	quoted := make([]bool, len(line))
	begin := 0
	for i := 0; i < len(line); i++ {
		c := line[i]
		quoted[i] = open != 0
		switch {
		case c == '\\' && open != '\'':
			if i++; i < len(line) {
				quoted[i] = true
			}
		case open != 0 && c == open:
			open = 0
		case open == 0 && (c == '\'' || c == '"'):
			open, begin, quoted[i] = c, i+1, true
		}
	}
	if open != 0 {
		return begin, open
	}
	for from = len(line); from > 0; from-- {
		if !quoted[from-1] && strings.IndexByte(breaks, line[from-1]) >= 0 {
			break
		}
	}
	return from, 0
}

// escaped is a text as it goes on in a line of bash behind an open quote, or where none is
// open. first tells that it begins a word.
func escaped(text string, open byte, first bool) string {
	var b strings.Builder
	for i, r := range text {
		switch {
		case open == '\'' && r == '\'':
			b.WriteString(`'\''`)
			continue
		case open == '"' && strings.ContainsRune("\"$`\\", r),
			open == 0 && strings.ContainsRune(" \t!\"$&'()*;<>?[\\]`{|}", r),
			open == 0 && first && i == 0 && (r == '#' || r == '~'):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
