package cli

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Handing says which options a command is handed on as a part, each NAME or NAME=VALUE.
type Handing struct {
	By      string // the flag that does it, such as "out"
	Options []string

	// Reading is the flag that hands on how a JSON-stat document is read, "" if the part
	// reads none.
	Reading        string
	ReadingOptions []string

	Own []string // options that the call itself has said in another way
}

// Part is the run of a command as a part of that of c: it has the files of c, and options
// of its own. Options about files and messages are c's alone. What the part has to say of
// its options is said in the words of c.
func (c *Context) Part(cmd Command, h Handing) (*Context, error) {
	table := newFlagTable(cmd.allNames())
	how := handed{by: h.By, reading: h.Reading, table: table, document: cmd.ReadsJSONStat && h.Reading != "", own: c.Has}
	var words []string
	for _, given := range []struct {
		by      string
		options []string
	}{{h.By, h.Options}, {h.Reading, h.ReadingOptions}} {
		for _, o := range given.options {
			if err := how.check(c.Called(cmd.Name), given.by, o); err != nil {
				return nil, err
			}
			words = append(words, "--"+strings.TrimLeft(o, "-"))
		}
	}
	for _, o := range h.Own {
		words = append(words, "--"+o)
	}
	call := &Call{name: c.name, id: cmd.id(), typed: c.typed, args: cmd.Args, names: c.names, operands: c.operands, report: c.report, under: c.under, handed: how}
	line, err := table.normalise(words)
	if err == nil {
		call.values, err = parse(cmd.Name, cmd.AllFlags(), line.flags)
	}
	if err != nil {
		return nil, call.Said(err)
	}
	in := &input{call: call, files: c.files, stdin: c.stdin, formats: cmd.Formats, progress: c.input.progress, held: c.held, read: c.read, first: c.first}
	docs := &documents{in: in}
	c.closers = append(c.closers, func() error { in.close(); return nil })
	c.documents.parts = append(c.documents.parts, docs)
	return &Context{Call: call, input: in, documents: docs, output: c.output, ctx: c.ctx, env: c.env, ends: c.ends, stopped: c.stopped}, nil
}

// check checks that a command has an option that a flag hands on to it.
func (h handed) check(command, by, option string) error {
	name, _, valued := strings.Cut(strings.TrimLeft(option, "-"), "=")
	t := h.table
	s, ok := t.find(name)
	negated := false
	if !ok {
		s, negated = t.negated(name)
	}
	typed := fmt.Sprintf("--%s %s", by, ShellWord(option))
	switch {
	case !ok && !negated, s.Group == readingGroup && h.reading == "":
		hint := t.synonym(name)
		if hint == "" {
			hint = didYouMean(name, t.proposed(), "--")
		}
		hint = h.translate(hint)
		if hint == "" {
			hint = command + " --help lists its options"
		}
		return Usage(fmt.Errorf("%s: %s has no option %q", typed, command, name), hint)
	case s.Kind == KindGone:
		return Usagef("%s: it is now %s", typed, h.translate(s.Help))
	case s.Group == filesGroup, h.of(s) == "":
		return Usagef("%s: that is an option of the whole call: --%s", typed, s.Name)
	case h.of(s) != by:
		return Usage(fmt.Errorf("%s: that is no option of what --%s is about", typed, by), "did you mean --"+h.of(s)+" "+ShellWord(strings.TrimLeft(option, "-"))+"?")
	case ok && s.takesValue() && !valued:
		return Usagef("%s needs a value: write --%s %s=%s", typed, by, s.Name, s.Value)
	}
	return nil
}

// Pipe runs a command with another one behind it, as a pipe of the shell does: what from
// writes to reads. Where both fail, or to fails by what came, it is from's error that
// counts.
func (c *Context) Pipe(from Command, reader *Context, to Command, writer *Context) error {
	r, w := io.Pipe()
	reader.output = newOutput(Env{Stdout: w}, from.Name, files{out: stdStream}, nil)
	reader.documents = &documents{in: reader.input} // for its goroutine alone
	writer.held = r
	done := make(chan error, 1)
	go func() {
		err := errors.New("the command ended without a result")
		defer func() {
			reader.documents.close()
			_ = w.CloseWithError(err)
			done <- err
		}()
		if err = guarded(from, reader); err == nil {
			err = reader.output.commit()
		}
	}()
	err := to.Run(writer)
	if err == nil {
		err = writer.documents.finish()
	}
	_ = r.CloseWithError(io.ErrClosedPipe)
	if rerr := <-done; rerr != nil && !errors.Is(rerr, io.ErrClosedPipe) {
		return reader.Said(rerr)
	}
	return writer.Said(err)
}

// Next goes on with another input of those that the call names. What was opened of the one
// before stays open until the run ends.
func (c *Context) Next(name string) error {
	f := files{in: name}
	if name == "/dev/stdin" {
		f.in = stdStream
	}
	if _, err := f.lookAtInput(c.stdin, c.files.folders); err != nil {
		return missing(c.Call, c.formats, name, err)
	}
	*c.files = f
	c.operands["input"] = []string{name}
	c.held, c.first, c.given = nil, nil, nil
	return nil
}

// Writes checks that the output of the call is one that the command, of which this is a
// part, can write.
func (c *Context) Writes(cmd Command) error {
	f := c.place.files
	if f.out == stdStream && len(c.operands["output"]) == 0 && cmd.Binary && c.env.Terminal(c.env.Stdout) {
		return errBinary
	}
	if cmd.Formats == nil || !isFile(f.out) {
		return nil
	}
	return c.Said(cmd.Formats.Output(c.Call, f.out))
}

// Give lets the run of a command read these cubes in place of a document.
func (c *Context) Give(sets []*jsonstat.Dataset) { c.given = cubes(sets) }

// cubes are a document of cubes that were made.
type cubes []*jsonstat.Dataset

func (s cubes) Class() jsonstat.Class {
	if len(s) == 1 {
		return jsonstat.ClassDataset
	}
	return jsonstat.ClassCollection
}

func (s cubes) Len() int { return len(s) }

func (s cubes) Datasets() iter.Seq[jsonstat.DatasetInfo] {
	return func(yield func(jsonstat.DatasetInfo) bool) {
		for i, ds := range s {
			if !yield(jsonstat.DatasetInfo{Index: i, Label: ds.Label()}) {
				return
			}
		}
	}
}

func (s cubes) Dataset(i int) (*jsonstat.Dataset, error) {
	if i < 0 || i >= len(s) {
		return nil, s.unknown(strconv.Itoa(i))
	}
	return s[i], nil
}

func (s cubes) Find(name string) (*jsonstat.Dataset, error) {
	if i := slices.IndexFunc(s, func(ds *jsonstat.Dataset) bool { return ds.Label() == name }); i >= 0 {
		return s[i], nil
	}
	if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(s) {
		return s[i], nil
	}
	return nil, s.unknown(name)
}

func (s cubes) Dimension() (*jsonstat.Dimension, error) {
	return nil, errors.New("this is a cube, not a dimension")
}

// unknown is the error for a dataset that there is not.
func (s cubes) unknown(name string) error {
	e := &jsonstat.UnknownError{Kind: "dataset", Name: name}
	for i, ds := range s {
		label := ds.Label()
		if label == "" {
			label = strconv.Itoa(i)
		}
		e.All = append(e.All, label)
	}
	e.Near = jsonstat.Near(name, e.All)
	return e
}

// guarded runs a command and makes an error of a panic.
func guarded(cmd Command, c *Context) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = internalError{v, debug.Stack()}
		}
	}()
	return cmd.Run(c)
}
