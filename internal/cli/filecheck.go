package cli

import (
	"errors"
	"io/fs"
	"os"
	"slices"
)

// fileCheck finds out which files a call names and refuses what cannot work, before
// anything is read or written.
type fileCheck struct {
	env     Env
	call    *Call
	binary  bool // the output is
	folders bool // are read
	formats Formats
	renews  string // the flag of a file that may be replaced
	makes   func(*Call) bool
}

// errBinary refuses to write to a terminal what is no text.
var errBinary = Usage(errors.New("the output is not text and does not go to a terminal"), "name a file, or - to have it there all the same")

// look looks at the files of the call.
func (k fileCheck) look() (files, error) {
	c := k.call
	f := files{in: k.named("input", "/dev/stdin", "/dev/fd/0"), out: k.named("output", "/dev/stdout", "/dev/fd/1")}
	streams := c.Has("stream") && c.Bool("stream")
	if streams && (isFile(f.in) || isFile(f.out)) {
		return f, Usagef("--stream takes no file names")
	}
	for _, name := range c.names {
		if name == "" {
			return f, Usage(errors.New("a name is empty"), "perhaps a variable of the shell is not set")
		}
	}
	if err := c.slipped(); err != nil {
		return f, err
	}
	if f.in == stdStream && len(c.operands["input"]) == 0 && !streams && k.env.Terminal(k.env.Stdin) {
		return f, errBareCall
	}
	if f.out == stdStream && len(c.operands["output"]) == 0 && k.binary && k.env.Terminal(k.env.Stdout) {
		return f, errBinary
	}
	in, err := f.lookAtInput(k.env.Stdin, k.folders)
	if err != nil {
		return f, missing(c, k.formats, f.in, err)
	}
	if err := k.ending(f, in); err != nil {
		return f, err
	}
	if k.makes != nil && k.makes(c) && isFile(f.out) {
		if info, err := os.Stat(f.out); err == nil && info.IsDir() {
			return f, nil // the rest is the command's, see OutputFolder
		}
	}
	return f, f.lookAtOutput(k.env.Stdout, in, c.args.has("output") && (c.Bool("force") || k.isRenewed(f.out)))
}

// missing is the error for an input that is no file: what the formats know of its name,
// if they do, else err.
func missing(c *Call, formats Formats, name string, err error) error {
	if formats == nil || !isFile(name) {
		return err
	}
	if known := formats.Missing(c, name); known != nil {
		return Usage(known, hintsOf(err)...)
	}
	return err
}

// isRenewed tells whether the output is the file that the call brings up to date.
func (k fileCheck) isRenewed(out string) bool {
	if k.renews == "" || k.call.String(k.renews) == "" {
		return false
	}
	a, errA := os.Stat(out)
	b, errB := os.Stat(k.call.String(k.renews))
	return errA == nil && errB == nil && os.SameFile(a, b)
}

// ending checks that the output's name fits what is written, unless there is
// something worse to be said of it.
func (k fileCheck) ending(f files, in fs.FileInfo) error {
	if k.formats == nil || !isFile(f.out) {
		return nil
	}
	if info, err := os.Stat(f.out); err == nil && (info.IsDir() || f.unlessSame(in, info) != nil) {
		return nil
	}
	return k.formats.Output(k.call, f.out)
}

// named is the file that an argument names. Other names of the standard stream are
// brought to the one that is known here.
func (k fileCheck) named(operand string, others ...string) string {
	switch names := k.call.operands[operand]; {
	case len(names) > 0 && !slices.Contains(others, names[0]):
		return names[0]
	case operand == "input" && !k.call.args.has(operand):
		return ""
	}
	return stdStream
}
