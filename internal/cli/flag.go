package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Flag is a row of a command's table: a [Bool], [String], [Strings] or [Choice].
type Flag interface {
	// Spec is the row in the one form that all rows have.
	Spec() Spec
}

// Kind says what values a flag takes.
type Kind uint8

// The kinds of flags.
const (
	KindBool    Kind = iota // none, or true or false; --no-NAME is false
	KindString              // any text, also empty; the last one wins
	KindStrings             // any texts, as often as it is given
	KindChoice              // one of Spec.Values; the last one wins
)

// Spec describes a flag of any kind. It is what help, man pages, completions and
// the reading of arguments are made from.
type Spec struct {
	Kind    Kind
	Name    string   // the long name, without dashes
	Short   rune     // its letter, or 0
	Value   string   // what stands for the value in the help: "TEXT"; empty for a Bool
	Values  []string // of a Choice, all there are
	Default string   // the value when the flag is not given; empty if there is none
	Group   string   // a heading in the help; empty for the first group, without a heading of its own
	Help    string   // in lower case, without a full stop
}

// Bool is a flag that is on or off; off unless given.
type Bool struct {
	Name  string
	Short rune
	Group string
	Help  string
}

// Spec describes f.
func (f Bool) Spec() Spec {
	return Spec{Kind: KindBool, Name: f.Name, Short: f.Short, Group: f.Group, Help: f.Help}
}

// String is a flag with a text. Given several times, the last one wins.
type String struct {
	Name    string
	Short   rune
	Value   string // default "TEXT"
	Default string
	Group   string
	Help    string
}

// Spec describes f.
func (f String) Spec() Spec {
	return Spec{Kind: KindString, Name: f.Name, Short: f.Short, Value: orText(f.Value), Default: f.Default, Group: f.Group, Help: f.Help}
}

// Strings is a flag that may be given several times and collects its values. A
// value is never split.
type Strings struct {
	Name  string
	Short rune
	Value string // default "TEXT"
	Group string
	Help  string
}

// Spec describes f.
func (f Strings) Spec() Spec {
	return Spec{Kind: KindStrings, Name: f.Name, Short: f.Short, Value: orText(f.Value), Group: f.Group, Help: f.Help}
}

// Choice is a flag with one of a few words.
type Choice struct {
	Name    string
	Short   rune
	Values  []string
	Default string // one of Values, or empty
	Group   string
	Help    string
}

// Spec describes f. Its value is shown as all the words there are.
func (f Choice) Spec() Spec {
	return Spec{Kind: KindChoice, Name: f.Name, Short: f.Short, Value: strings.Join(f.Values, "|"),
		Values: f.Values, Default: f.Default, Group: f.Group, Help: f.Help}
}

func orText(placeholder string) string {
	if placeholder == "" {
		return "TEXT"
	}
	return placeholder
}

// takesValue tells whether a value must follow the flag.
func (s Spec) takesValue() bool { return s.Kind != KindBool }

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
			return Usage(fmt.Errorf("--%s is %s, not %q", s.Name, either(s.Values), value), didYouMean(value, s.Values, ""))
		}
	}
	return nil
}

// check finds mistakes in one row.
func (s Spec) check() error {
	lower := func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' }
	switch {
	case len(s.Name) < 2 || s.Name[0] == '-' || strings.ContainsFunc(s.Name, func(r rune) bool { return !lower(r) }):
		return fmt.Errorf("flag name %q is not in lower case letters, digits and dashes", s.Name)
	case s.Short != 0 && (s.Short == '-' || s.Short == '=' || s.Short <= ' ' || s.Short > '~'):
		return fmt.Errorf("flag --%s: %q cannot be its letter", s.Name, s.Short)
	case s.Help == "":
		return fmt.Errorf("flag --%s has no help", s.Name)
	case s.Kind == KindChoice && len(s.Values) == 0:
		return fmt.Errorf("flag --%s has nothing to choose from", s.Name)
	case s.Kind == KindChoice && s.Default != "" && !slices.Contains(s.Values, s.Default):
		return fmt.Errorf("flag --%s: its default %q is not among its values", s.Name, s.Default)
	}
	return nil
}

// either lists words for a sentence: "a, b or c".
func either(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// didYouMean makes a hint of the words that look like what was typed, or "" if
// there are none.
func didYouMean(typed string, words []string, prefix string) string {
	close := jsonstat.Near(typed, words)
	if len(close) == 0 {
		return ""
	}
	for i := range close {
		close[i] = prefix + close[i]
	}
	return "did you mean " + either(close) + "?"
}
