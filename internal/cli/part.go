package cli

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Part is the run of a command as a part of that of c: it has the files of c, and options
// of its own, each NAME or NAME=VALUE, which the flag by (such as "in") handed on. Options
// about files and messages are c's alone. What the part has to say of its options is
// said in the words of c.
func (c *Context) Part(cmd Command, by string, options []string) (*Context, error) {
	table := newFlagTable(cmd.allNames())
	words := make([]string, len(options))
	for i, o := range options {
		if err := table.handedOn(cmd, by, o); err != nil {
			return nil, err
		}
		words[i] = "--" + o
	}
	call := &Call{name: c.name, id: cmd.id(), typed: c.typed, args: cmd.Args, names: c.names, operands: c.operands, report: c.report}
	call.handed = handed{by: by, table: table, document: cmd.ReadsJSONStat, own: c.Has}
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

// handedOn checks that a command has an option that is handed on to it.
func (t flagTable) handedOn(cmd Command, by, option string) error {
	name, _, valued := strings.Cut(option, "=")
	s, ok := t.find(name)
	negated := false
	if !ok {
		s, negated = t.negated(name)
	}
	typed := fmt.Sprintf("--%s %s", by, ShellWord(option))
	switch {
	case !ok && !negated:
		hint := t.synonym(name)
		if hint == "" {
			hint = didYouMean(strings.TrimLeft(name, "-"), t.proposed(), "--")
		}
		hint = handed{by: by, table: t}.translate(hint)
		if hint == "" {
			hint = cmd.called() + " --help lists its options"
		}
		return Usage(fmt.Errorf("%s: %s has no option %q", typed, cmd.called(), name), hint)
	case s.Kind == KindGone:
		return Usagef("%s: it is now %s", typed, handed{by: by, table: t}.translate(s.Help))
	case s.Group == filesGroup:
		return Usagef("%s: that is an option of the whole call: --%s", typed, s.Name)
	case ok && s.takesValue() && !valued:
		return Usagef("%s needs a value: write --%s %s=%s", typed, by, s.Name, s.Value)
	}
	return nil
}

// Writes checks that the output of the call is one that a part can write.
func (c *Context) Writes(cmd Command) error {
	f := c.place.files
	if f.out == stdStream && len(c.operands["output"]) == 0 && cmd.Binary && c.env.Terminal(c.env.Stdout) {
		return errBinary
	}
	if cmd.Formats == nil || !isFile(f.out) {
		return nil
	}
	return cmd.Formats.Output(c.Call, f.out)
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
