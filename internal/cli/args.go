package cli

// The rules by which a command line is read. They are those of getopt together
// with the habits of yargs, which the tools that we replace use:
//
//   - flags stand before, between and after names; "--" ends them; "-" is a name
//   - --flag value, --flag=value, -f value, -f=value, -fvalue; --f is -f
//   - letters may be grouped, and the last one may take a value: -sfc ';'
//   - a boolean is set by --flag, -f, --flag=true, and eats a following word only
//     if that is exactly true or false; --no-flag is false; the last one wins
//   - a value that a flag may have or not follows "=", or is the name behind the flag if
//     there is one name more than the command takes
//   - a value may be empty, and may begin with a dash when it is no known flag
//
// Where they differ from yargs on purpose: a value is kept as it is (yargs strips
// a pair of quotes from it, and makes a number of what looks like one); a value
// flag takes the rest of its word (yargs reads -vRate as five flags); a missing
// value and an unknown flag are errors (yargs takes true, or ignores it).
//
// An old name of a flag is read as its name, and a name that is gone is an error.

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// commandLine is a command line in canonical form.
type commandLine struct {
	flags []string // "--name=value" each, in the order given; a Bool is =true or =false
	names []string // all that is no flag
	notes []note   // what may have been meant otherwise
}

// A note is what there is to say of a word if it is the output.
type note struct{ word, text string }

// flagTable finds flags by name and by letter.
type flagTable struct {
	byName   map[string]Spec // by old names, and those that are gone, as well
	byLetter map[rune]Spec

	elsewhere func(name string) string // what to say of a name that only other commands have, or nil
	most      int                      // names that the command takes, 0 if that does not matter
}

// newFlagTable makes the table of all flags of a command, and of the names that are gone.
func newFlagTable(specs []Spec) flagTable {
	t := flagTable{byName: map[string]Spec{}, byLetter: map[rune]Spec{}}
	for _, s := range specs {
		for _, name := range s.names() {
			t.byName[name] = s
		}
		if s.Short != 0 {
			t.byLetter[s.Short] = s
		}
	}
	return t
}

// proposed are the names that a message may tell: no old ones, and none that is gone.
func (t flagTable) proposed() []string {
	var names []string
	for name, s := range t.byName {
		if name == s.Name && s.Kind != KindGone {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// normalise brings arguments into canonical form. It never looks at the meaning
// of a value, only whether a flag has one.
func (t flagTable) normalise(argv []string) (commandLine, error) {
	if err := windowsLineEnd(argv); err != nil {
		return commandLine{}, err
	}
	n := normaliser{flagTable: t, rest: argv}
	for len(n.rest) > 0 {
		if err := n.next(); err != nil {
			return commandLine{}, err
		}
	}
	n.settle()
	return n.line, nil
}

// windowsLineEnd is the error for an argument that ends in what stands at the end of the
// lines of a script that was written on Windows.
func windowsLineEnd(argv []string) error {
	for _, word := range argv {
		if text, ok := strings.CutSuffix(word, "\r"); ok {
			return Usage(fmt.Errorf("the argument %q ends in a carriage return: the script has Windows line ends", text),
				"take them out: tr -d '\\r' < SCRIPT > NEW, or dos2unix SCRIPT")
		}
	}
	return nil
}

// normaliser is a command line being read.
type normaliser struct {
	flagTable
	rest  []string // what has not been looked at
	line  commandLine
	ended bool // a word "--" was there: the rest are names

	perhaps []perhaps
}

// perhaps is a flag that stands without a value and may have one: the name behind it, if
// there is one name too many.
type perhaps struct{ flag, name int }

// settle gives flags that may have a value the name behind them, if there are more names
// than the command takes.
func (n *normaliser) settle() {
	most := n.most
	for _, f := range n.line.flags {
		if strings.HasPrefix(f, "--output=") {
			most--
		}
	}
	if n.most == 0 || len(n.perhaps) != 1 || len(n.line.names) != most+1 {
		return
	}
	p := n.perhaps[0]
	flag, _, _ := strings.Cut(n.line.flags[p.flag], "=")
	n.line.flags[p.flag] = flag + "=" + n.line.names[p.name]
	n.line.names = slices.Delete(n.line.names, p.name, p.name+1)
}

// next reads a word, with the one behind it where that is its value.
func (n *normaliser) next() error {
	word := n.rest[0]
	n.rest = n.rest[1:]
	switch {
	case word == "--":
		n.ended = true
		n.line.names = append(n.line.names, n.rest...)
		n.rest = nil
	case strings.HasPrefix(word, "--"):
		return n.longFlag(word)
	case strings.HasPrefix(word, "-") && word != "-":
		return n.letters(word)
	default:
		n.line.names = append(n.line.names, word)
	}
	return nil
}

// emit adds a flag to the canonical form.
func (n *normaliser) emit(s Spec, value string) {
	n.line.flags = append(n.line.flags, "--"+s.Name+"="+value)
}

// longFlag reads a word that begins with two dashes.
func (n *normaliser) longFlag(word string) error {
	name, value, attached := strings.Cut(word[2:], "=")
	s, ok := n.find(name)
	negated := false
	if !ok {
		s, negated = n.negated(name)
	}
	switch {
	case !ok && !negated:
		return n.unknown("--"+name, name)
	case s.Kind == KindGone:
		return Usagef("--%s is now %s", s.Name, s.Help)
	case negated && attached:
		return Usagef("--%s takes no value", name)
	case negated:
		n.emit(s, "false")
		return nil
	case attached:
		return n.attached(s, value)
	}
	return n.detached(s, "--"+name)
}

// letters reads a word that begins with one dash: any number of booleans, then
// perhaps a flag with a value.
func (n *normaliser) letters(word string) error {
	group := word[1:]
	for group != "" {
		letter, size := utf8.DecodeRuneInString(group)
		s, ok := n.byLetter[letter]
		if !ok {
			return n.unknownLetter(word, group[:size])
		}
		group = group[size:]
		switch {
		case strings.HasPrefix(group, "="):
			return n.attached(s, group[1:])
		case s.takesValue() && group != "":
			return n.attached(s, group)
		case group == "":
			if len(n.rest) > 0 && !n.isFlag(n.rest[0]) && len(word) == 2 {
				if text := s.note(letter, n.rest[0]); text != "" {
					n.line.notes = append(n.line.notes, note{n.rest[0], text})
				}
			}
			return n.detached(s, fmt.Sprintf("-%c", letter))
		}
		if s.Bare != "" {
			n.emit(s, s.Bare)
		} else {
			n.emit(s, "true")
		}
	}
	return nil
}

// attached takes a value that stands in the same word as its flag.
func (n *normaliser) attached(s Spec, value string) error {
	if s.Kind == KindBool {
		if err := s.accept(value); err != nil {
			return err
		}
	}
	n.emit(s, value)
	return nil
}

// detached looks at the next word for the value of a flag that was typed as shown.
func (n *normaliser) detached(s Spec, shown string) error {
	if s.Kind == KindBool {
		value := "true"
		if len(n.rest) > 0 && (n.rest[0] == "true" || n.rest[0] == "false") {
			value, n.rest = n.rest[0], n.rest[1:]
		}
		n.emit(s, value)
		return nil
	}
	if s.Bare != "" {
		if s.Kind == KindString && len(n.rest) > 0 && !n.isFlag(n.rest[0]) && n.rest[0] != stdStream {
			n.perhaps = append(n.perhaps, perhaps{len(n.line.flags), len(n.line.names)})
		}
		n.emit(s, s.Bare)
		return nil
	}
	if len(n.rest) == 0 {
		return Usagef("%s needs a value: write --%s=%s", shown, s.Name, s.Value)
	}
	if next := n.rest[0]; n.isFlag(next) {
		return Usagef("%s needs a value, but %s follows: write --%s=%s, or --%s=%s if that is the value",
			shown, next, s.Name, s.Value, s.Name, next)
	}
	n.emit(s, n.rest[0])
	n.rest = n.rest[1:]
	return nil
}

// isFlag tells whether a word would be read as a flag, so that it is no value.
func (t flagTable) isFlag(word string) bool {
	switch {
	case word == "--":
		return true
	case strings.HasPrefix(word, "--"):
		name, _, _ := strings.Cut(word[2:], "=")
		_, known := t.find(name)
		_, negated := t.negated(name)
		return known || negated
	case !strings.HasPrefix(word, "-") || word == "-":
		return false
	}
	group := word[1:]
	for group != "" {
		letter, size := utf8.DecodeRuneInString(group)
		s, ok := t.byLetter[letter]
		if !ok {
			return false
		}
		group = group[size:]
		if s.takesValue() || strings.HasPrefix(group, "=") {
			return true
		}
	}
	return true
}

// find looks up what stands after two dashes: a name, or a single letter.
func (t flagTable) find(name string) (Spec, bool) {
	if s, ok := t.byName[name]; ok {
		return s, true
	}
	letter, size := utf8.DecodeRuneInString(name)
	if size == 0 || size != len(name) {
		return Spec{}, false
	}
	s, ok := t.byLetter[letter]
	return s, ok
}

// negated finds the boolean that --no-NAME switches off, be it gone.
func (t flagTable) negated(name string) (Spec, bool) {
	positive, ok := strings.CutPrefix(name, "no-")
	if !ok {
		return Spec{}, false
	}
	s, ok := t.find(positive)
	return s, ok && (s.Kind == KindBool || s.Kind == KindGone)
}

// synonym is what to say of a name that only other programs have, "" for none.
func (t flagTable) synonym(name string) string {
	return synonymOf(name, func(flag, value string) bool {
		s, ok := t.byName[flag]
		return ok && s.Name == flag && s.Kind != KindGone && (value == "" || s.Kind != KindChoice || slices.Contains(s.Values, value))
	})
}

// unknown is the error for a flag that does not exist, with those that look alike.
func (t flagTable) unknown(shown, name string) error {
	hint := t.synonym(name)
	positive, _ := strings.CutPrefix(name, "no-")
	if s, ok := t.find(positive); ok && positive != name && hint == "" {
		hint = fmt.Sprintf("--%s takes a value, which may be empty: --%s=", s.Name, s.Name)
	}
	if hint == "" && t.elsewhere != nil {
		hint = t.elsewhere(name)
	}
	if hint == "" {
		hint = didYouMean(name, t.proposed(), "--")
	}
	if hint == "" {
		hint = "--help lists the flags; a name that begins with a dash goes after --"
	}
	return Usage(fmt.Errorf("unknown flag %s", shown), hint)
}

// unknownLetter is the same for a letter, which may come from a long name that
// lacks a dash.
func (t flagTable) unknownLetter(word, letter string) error {
	name, _, _ := strings.Cut(word[1:], "=")
	if s, ok := t.byName[name]; ok {
		say := "--" + s.Name
		if s.Kind == KindGone {
			say = s.Help
		}
		return Usage(fmt.Errorf("unknown flag %s", word), fmt.Sprintf("did you mean %s?", say))
	}
	shown := word
	if word != "-"+letter {
		shown = fmt.Sprintf("-%s in %s", letter, word)
	}
	return t.unknown(shown, name)
}
