package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Flag is a row of a command's table: a [Bool], [String], [Strings] or [Choice], or
// the name of one that is [Gone].
type Flag interface {
	// Spec is the row in the one form that all rows have.
	Spec() Spec
}

// Spec returns s: what was read from one table may be a row of another.
func (s Spec) Spec() Spec { return s }

// filesGroup is the heading of the flags that belong to a call as a whole.
const filesGroup = "Files and messages"

// readingGroup is the heading of the flags that say how a JSON-stat document is read.
const readingGroup = "Reading JSON-stat"

// Kind says what values a flag takes.
type Kind uint8

// The kinds of flags.
const (
	KindBool    Kind = iota // none, or true or false; --no-NAME is false
	KindString              // any text, also empty; the last one wins
	KindStrings             // any texts, as often as it is given
	KindChoice              // one of Spec.Values; the last one wins
	KindGone                // none: the name is an error
)

// Spec describes a flag of any kind. It is what help, man pages, completions and
// the reading of arguments are made from.
type Spec struct {
	Kind    Kind
	Name    string   // the long name, without dashes
	Old     []string // names that it had before, without dashes
	Short   rune     // its letter, or 0
	Value   string   // what stands for the value in the help: "TEXT"; empty for a Bool
	Values  []string // of a Choice, all there are
	Bare    string   // the value of the flag alone; others follow "=" then
	Default string   // the value when the flag is not given; empty if there is none
	Group   string   // a heading in the help; empty for the first group, without a heading of its own
	Help    string   // in lower case, without a full stop; of a Gone, what to say in its place

	Complete Completes // what a shell offers for its value, besides Values
}

// Bool is a flag that is on or off; off unless given.
//
// Old, here and in the other kinds, are names that the flag had before. They do what
// its name does, with --no- too, but stand in no help, page or completion and are
// never proposed. [Context.IsSet] and its like know the name alone.
type Bool struct {
	Name  string
	Old   []string
	Short rune
	Group string
	Help  string
}

// Spec describes f.
func (f Bool) Spec() Spec {
	return Spec{Kind: KindBool, Name: f.Name, Old: f.Old, Short: f.Short, Group: f.Group, Help: f.Help}
}

// String is a flag with a text. Given several times, the last one wins.
type String struct {
	Name    string
	Old     []string
	Short   rune
	Value   string // default "TEXT"
	Bare    string // the value of the flag alone, or empty if one must follow
	Default string
	Group   string
	Help    string

	Complete Completes
}

// Spec describes f.
func (f String) Spec() Spec {
	return Spec{Kind: KindString, Name: f.Name, Old: f.Old, Short: f.Short, Value: cmp.Or(f.Value, "TEXT"), Bare: f.Bare, Default: f.Default, Group: f.Group, Help: f.Help, Complete: f.Complete}
}

// Strings is a flag that may be given several times and collects its values. A
// value is never split.
type Strings struct {
	Name  string
	Old   []string
	Short rune
	Value string // default "TEXT"
	Group string
	Help  string

	Complete Completes
}

// Spec describes f.
func (f Strings) Spec() Spec {
	return Spec{Kind: KindStrings, Name: f.Name, Old: f.Old, Short: f.Short, Value: cmp.Or(f.Value, "TEXT"), Group: f.Group, Help: f.Help, Complete: f.Complete}
}

// Choice is a flag with one of a few words.
type Choice struct {
	Name    string
	Old     []string
	Short   rune
	Values  []string
	Bare    string // the value of the flag alone, or empty if a value must follow; else one follows "="
	Default string // one of Values, or empty
	Group   string
	Help    string
}

// Spec describes f. Its value is shown as all the words there are.
func (f Choice) Spec() Spec {
	return Spec{Kind: KindChoice, Name: f.Name, Old: f.Old, Short: f.Short, Value: strings.Join(f.Values, "|"),
		Values: f.Values, Bare: f.Bare, Default: f.Default, Group: f.Group, Help: f.Help}
}

// Gone is a name that a flag had, and that is an error now: because its meaning
// changed, or because other commands mean something else by it. It is no flag, so
// that nothing but the error shows it. It stands for one release; then the name is
// free.
type Gone struct {
	Name string
	Say  string // what to write in its place: "--with-metric", "--compression zstd"
}

// Spec describes f.
func (f Gone) Spec() Spec { return Spec{Kind: KindGone, Name: f.Name, Help: f.Say} }

// takesValue tells whether a value must follow the flag.
func (s Spec) takesValue() bool { return s.Kind != KindBool && s.Bare == "" }

// text is what the help says of a flag.
func (s Spec) text() string {
	text := s.Help
	if s.Kind == KindStrings {
		text += " (may be given several times)"
	}
	if s.Default != "" {
		text += " (default: " + quoteSign(s.Default) + ")"
	}
	return text
}

// quoteSign quotes a default that is more of a sign than a word.
func quoteSign(s string) string {
	for _, r := range s {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return s
		}
	}
	return `"` + s + `"`
}

// valueShown is how its value is shown behind its name, with the sign between them.
func (s Spec) valueShown() string {
	switch {
	case s.Kind == KindBool:
		return ""
	case s.Bare != "":
		return "[=" + s.Value + "]"
	}
	return "=" + s.Value
}

// accept refuses a value that the flag cannot have. A boolean knows but the two
// words that the tools we replace knew.
func (s Spec) accept(value string) error {
	switch s.Kind {
	case KindBool:
		if value != "true" && value != "false" {
			return Usagef("--%s is true or false, not %q", s.Name, value)
		}
	case KindChoice:
		if !slices.Contains(s.Values, value) {
			return Usage(fmt.Errorf("--%s is %s, not %q", s.Name, either(s.Values), value), s.meant(value))
		}
	}
	return nil
}

// meant is a hint to the words that look like a value, or that other programs call so.
func (s Spec) meant(value string) string {
	for word, others := range valueSynonyms() {
		if slices.Contains(others, strings.ToLower(value)) && slices.Contains(s.Values, word) {
			return "did you mean " + word + "?"
		}
	}
	return didYouMean(value, s.Values, "")
}

// check finds mistakes in one row.
func (s Spec) check() error {
	for _, name := range s.names() {
		if !isName(name) {
			return fmt.Errorf("flag name %q is not in lower case letters, digits and dashes", name)
		}
	}
	switch {
	case s.Short != 0 && (s.Short == '-' || s.Short == '=' || s.Short <= ' ' || s.Short > '~'):
		return fmt.Errorf("flag --%s: %q cannot be its letter", s.Name, s.Short)
	case s.Help == "":
		return fmt.Errorf("flag --%s has no help", s.Name)
	case s.Kind == KindChoice && len(s.Values) == 0:
		return fmt.Errorf("flag --%s has nothing to choose from", s.Name)
	case s.Bare != "" && s.Kind != KindString && (s.Kind != KindChoice || !slices.Contains(s.Values, s.Bare)):
		return fmt.Errorf("flag --%s: what it is alone, %q, is not among its values", s.Name, s.Bare)
	case s.Kind == KindChoice && s.Default != "" && !slices.Contains(s.Values, s.Default):
		return fmt.Errorf("flag --%s: its default %q is not among its values", s.Name, s.Default)
	}
	return nil
}

// names are the name of a flag and its old ones.
func (s Spec) names() []string { return append([]string{s.Name}, s.Old...) }

// isName tells whether a text may be the long name of a flag.
func isName(name string) bool {
	other := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }
	return len(name) > 1 && name[0] != '-' && !strings.ContainsFunc(name, other)
}

// note is what to say of a switch -o with a name behind it that ends like a file's: in
// most programs that is the output. "" if there is nothing to say.
func (s Spec) note(letter rune, next string) string {
	dot := strings.LastIndexByte(next, '.')
	if letter != 'o' || s.Kind != KindBool || dot < 1 || dot+1 == len(next) || len(next)-dot > 10 {
		return ""
	}
	return fmt.Sprintf("-o does not name the output, it is --%s (%s); --output %s names it", s.Name, s.Help, ShellWord(next))
}
