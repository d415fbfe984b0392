package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Context is a call being run: its flags, its files, and what it has to say. Only
// [Context.Warn] may be used by several goroutines at once.
type Context struct {
	cmd      Command
	env      Env
	ctx      context.Context
	values   map[string]value
	names    []string            // all that is no flag
	operands map[string][]string // the same by the words of the synopsis
	files    files
	report   *reporter
	progress *progress
	out      *output

	read     bool          // standard input was taken
	first    func() []byte // the first bytes of the input, decompressed; nil before it was opened
	docs     []*jsonstat.Document
	closers  []io.Closer
	warnings []jsonstat.WarningCount
	ends     []func(done bool)
}

// Context ends when the user stops the run.
func (c *Context) Context() context.Context { return c.ctx }

// Bool is the value of a [Bool]. This and its sisters panic if the command's table
// has no such flag.
func (c *Context) Bool(name string) bool { return c.value(name, KindBool).on }

// String is the value of a [String] or a [Choice], its default if it was not given.
func (c *Context) String(name string) string {
	return c.value(name, KindString, KindChoice).text
}

// Strings are the values of a [Strings] in the order given, nil if there are none.
func (c *Context) Strings(name string) []string { return c.value(name, KindStrings).texts }

// IsSet tells whether a flag was given, be it with its default as the value.
func (c *Context) IsSet(name string) bool {
	return c.value(name, KindBool, KindString, KindStrings, KindChoice).set
}

// Has tells whether the command has a flag of that name at all.
func (c *Context) Has(name string) bool {
	_, ok := c.values[name]
	return ok
}

// value looks up a flag.
func (c *Context) value(name string, kinds ...Kind) value {
	v, ok := c.values[name]
	if !ok || !slices.Contains(kinds, v.spec.Kind) {
		panic(fmt.Sprintf("%s has no such flag: --%s", c.cmd.Name, name))
	}
	return v
}

// active tells whether a flag was given and, if it is a [Bool], is on.
func (c *Context) active(name string) bool {
	return c.IsSet(name) && (c.values[name].spec.Kind != KindBool || c.values[name].on)
}

// Arg are the arguments that a word of the synopsis stands for: none if it is
// optional and was left out, several if it ends in "...".
func (c *Context) Arg(word string) []string {
	if !c.cmd.Args.has(word) {
		panic(fmt.Sprintf("%s takes no %s", c.cmd.Name, word))
	}
	return c.operands[word]
}

// Status shows what the run is doing, in one line on a terminal that the next one
// replaces; nowhere else. An empty text takes the line away.
func (c *Context) Status(format string, args ...any) { c.report.status(fmt.Sprintf(format, args...)) }

// ShowsStatus tells whether anybody sees what [Context.Status] is told.
func (c *Context) ShowsStatus() bool { return c.report.shows }

// Replace makes a file the output of the run, to be replaced if it is there. It
// is for commands that bring a file up to date; call it before Output.
func (c *Context) Replace(name string) error {
	c.files.out, c.files.direct, c.files.replace = name, false, nil
	if err := c.files.lookAtOutput(c.env.Stdout, nil, true); err != nil {
		return err
	}
	c.out = c.newOutput()
	return nil
}

// OnEnd calls f when the run ends: with true when the output stands complete under
// its name. What the output was made of may go only then.
func (c *Context) OnEnd(f func(done bool)) { c.ends = append(c.ends, f) }

// Warn prints a warning in one line, unless --quiet is given. It starts in lower
// case and has no full stop.
func (c *Context) Warn(format string, args ...any) {
	c.report.warn(fmt.Sprintf(format, args...))
}

// VoidedBy warns if any of the options names was given that the option by makes
// void. Call it where that is the case.
func (c *Context) VoidedBy(by string, names ...string) {
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
