package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Call is what was typed: flags and arguments, and what there is to say about them.
// Only [Call.Warn] may be used by several goroutines at once.
type Call struct {
	name     string   // how the command was called
	id       string   // the one name of the command
	typed    []string // what follows it
	args     Args
	values   map[string]value
	names    []string            // all that is no flag
	operands map[string][]string // the same by the words of the synopsis
	report   *reporter
	handed   handed // how its options came, if it is a part of another one
	under    door   // how the command was come by
}

// Name is how the command was called: the program, and which of its commands. It is for
// lines that can be pasted.
func (c *Call) Name() string { return c.name }

// Called is how a program is called from here, by its own name.
func (c *Call) Called(program string) string { return c.under.rename(program) }

// Text is a text of ours with its [Option]s as they are written in this call.
func (c *Call) Text(text string) string { return c.handed.translate(text) }

// Command is the one name of the command, however it was called: that of its program and,
// if it is none itself, its own, such as "jsonstat2csv" or "pxfetch get".
func (c *Call) Command() string { return c.id }

// Line is the call as it was typed, for a shell, without some words.
func (c *Call) Line(without ...string) string {
	words := []string{c.name}
	for _, word := range c.typed {
		if !slices.Contains(without, word) {
			words = append(words, ShellWord(word))
		}
	}
	return strings.Join(words, " ")
}

// Bool is the value of a [Bool]. This and its sisters panic if the command's table
// has no such flag.
func (c *Call) Bool(name string) bool { return c.value(name, KindBool).on }

// String is the value of a [String] or a [Choice], its default if it was not given.
func (c *Call) String(name string) string {
	return c.value(name, KindString, KindChoice).text
}

// Strings are the values of a [Strings] in the order given, nil if there are none.
func (c *Call) Strings(name string) []string { return c.value(name, KindStrings).texts }

// IsSet tells whether a flag was given, be it with its default as the value.
func (c *Call) IsSet(name string) bool {
	return c.value(name, KindBool, KindString, KindStrings, KindChoice).set
}

// Has tells whether the command has a flag of that name at all.
func (c *Call) Has(name string) bool {
	_, ok := c.values[name]
	return ok
}

// value looks up a flag.
func (c *Call) value(name string, kinds ...Kind) value {
	v, ok := c.values[name]
	if !ok || !slices.Contains(kinds, v.spec.Kind) {
		panic(fmt.Sprintf("%s has no such flag: --%s", c.name, name))
	}
	return v
}

// active tells whether a flag was given and, if it is a [Bool], is on.
func (c *Call) active(name string) bool {
	return c.IsSet(name) && (c.values[name].spec.Kind != KindBool || c.values[name].on)
}

// Arg are the arguments that a word of the synopsis stands for: none if it is
// optional and was left out, several if it ends in "...".
func (c *Call) Arg(word string) []string {
	if !c.args.has(word) {
		panic(fmt.Sprintf("%s takes no %s", c.name, word))
	}
	return c.operands[word]
}

// Piped is how the command is called with its input from a pipe, for lines to paste: of one
// that goes by the name of its output, with that.
func (c *Call) Piped() string {
	words := []string{c.name}
	if c.Has("to") {
		words = append(words, "-")
		if name := c.OutputName(); name != "" {
			words = append(words, ShellWord(name))
		}
		for _, flag := range []string{"from", "to"} {
			if c.IsSet(flag) {
				words = append(words, "--"+flag, ShellWord(c.String(flag)))
			}
		}
	}
	return strings.Join(words, " ")
}

// takeOutput lets the flag output stand for the last argument.
func (c *Call) takeOutput() error {
	if !c.Has("output") || !c.args.has("output") || !c.IsSet("output") {
		return nil
	}
	name := c.String("output")
	switch last := c.operands["output"]; {
	case name == "":
		return Usage(errors.New("--output is empty"), "perhaps a variable of the shell is not set")
	case len(last) > 0:
		return Usagef("there are two outputs: %s and --output %s", last[0], name)
	}
	c.operands["output"] = []string{name}
	return nil
}

// OutputName is the name of the output, "" for standard output.
func (c *Call) OutputName() string {
	if c.args.has("output") && len(c.operands["output"]) > 0 && isFile(c.operands["output"][0]) {
		return c.operands["output"][0]
	}
	return ""
}

// Status shows what the run is doing, in one line on a terminal that the next one
// replaces; nowhere else. An empty text takes the line away.
func (c *Call) Status(format string, args ...any) { c.report.status(fmt.Sprintf(format, args...)) }

// Warn prints a warning in one line, unless --quiet is given. It starts in lower
// case and has no full stop.
func (c *Call) Warn(format string, args ...any) {
	c.report.warn(c.handed.translate(fmt.Sprintf(format, args...)))
}

// VoidedBy warns if any of the options names was given that the option by makes
// void. Call it where that is the case.
func (c *Call) VoidedBy(by string, names ...string) {
	var void []string
	for _, name := range names {
		if c.active(name) {
			void = append(void, "--"+name)
		}
	}
	switch len(void) {
	case 0:
	case 1:
		c.Warn("%s has no effect with --%s", void[0], by)
	default:
		last := len(void) - 1
		c.Warn("%s and %s have no effect with --%s", strings.Join(void[:last], ", "), void[last], by)
	}
}

// Said is an error of a part, in the words of the call.
func (c *Call) Said(err error) error {
	if err == nil || c.handed.by == "" {
		return err
	}
	return &saidError{error: err, handed: c.handed}
}
