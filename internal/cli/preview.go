package cli

import (
	"bytes"
	"io"
	"os"
	"strings"
	"sync/atomic"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// preview is the input of a call that is being typed, as far as it is looked at. Where it
// cannot be, because it is not there, is no file, or is not what the command reads, there
// is nothing to be seen. Standard input, pipes and devices are never read.
type preview struct {
	c       *Context
	cmd     Command
	regular bool // the input is a file
	opened  []io.Closer
}

// largestTable is the largest file, in bytes, of which cubes are made to look at them. Of
// a JSON-stat document the head is enough, however large it is.
const largestTable = 5 << 20

// newPreview looks at the input of a call with these flags, in canonical form, and names.
func newPreview(cmd Command, flags, names []string) *preview {
	p := &preview{cmd: cmd}
	silent := &reporter{tool: cmd.tool(), w: io.Discard, quiet: true}
	call := &Call{name: cmd.called(), id: cmd.id(), args: cmd.Args, names: names, operands: map[string][]string{}, report: silent, under: cmd.under}
	call.values, _ = parse(cmd.Name, cmd.AllFlags(), flags)
	for _, op := range cmd.Args.operands() {
		if len(names) > 0 {
			call.operands[op.name], names = names[:1], names[1:]
		}
	}
	_ = call.takeOutput()
	f := &files{out: stdStream}
	for _, name := range call.operands["input"] {
		name = atHome(name)
		call.operands["input"] = []string{name}
		if info, err := os.Stat(name); isFile(name) && err == nil && (info.Mode().IsRegular() || info.IsDir()) {
			p.regular, f.in, f.folder = info.Mode().IsRegular(), name, info.IsDir()
			if p.regular {
				f.inSize = info.Size()
			}
		}
	}
	env := Env{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard}.withDefaults()
	in := &input{call: call, files: f, stdin: env.Stdin, formats: cmd.Formats}
	p.c = &Context{Call: call, input: in, documents: &documents{in: in}, output: newOutput(env, cmd.tool(), *f, nil),
		env: env, ends: new([]func(bool)), stopped: new(atomic.Pointer[string])}
	return p
}

// close closes what was opened.
func (p *preview) close() {
	for _, c := range p.opened {
		_ = c.Close()
	}
	p.c.documents.close()
	p.c.input.close()
}

// part is the command that a flag hands its options on to.
func (p *preview) part(flag string) (cmd Command, options []string, ok bool) {
	if p.cmd.HandsTo == nil {
		return Command{}, nil, false
	}
	cmd, options = p.cmd.HandsTo(p.c, flag)
	return cmd, options, cmd.Name != ""
}

// document is the input, or what a command makes of it that reads another format. whole
// says that more is asked for than the head of the first dataset. It is nil if there is
// none to be had.
func (p *preview) document(whole bool) Document {
	if !p.regular {
		return nil
	}
	if p.cmd.HandsTo != nil {
		reader, options, ok := p.part("in")
		if !ok {
			return nil
		}
		if reader.Read != nil {
			return p.made(reader, options)
		}
	} else if p.cmd.Read != nil {
		return p.cubes(p.cmd, p.c)
	} else if !p.cmd.ReadsJSONStat {
		return nil
	}
	// Whether it is right is said when the call is made.
	o := jsonstat.Options{NaNAsNull: true, Pad: true, Stream: true, Decompressors: decompressors()}
	if p.cmd.ReadsJSONStat {
		o.Encoding = p.c.String("input-encoding")
	}
	if whole || p.c.Has("dataset") && p.c.IsSet("dataset") || valuesInFront(p.c.files.in) {
		doc, err := o.Open(p.c.files.in)
		return p.took(doc, err)
	}
	file, err := os.Open(p.c.files.in)
	if err != nil {
		return nil
	}
	p.opened = append(p.opened, file)
	// As from a pipe, so that the cells are left alone that stand behind the head.
	return p.took(o.Read(struct{ io.Reader }{file}))
}

// valuesInFront tells whether the values of a document stand in front of its head, as far
// as its first bytes tell: then it is faster to go through them than to keep them.
func valuesInFront(name string) bool {
	first, _ := firstOfFile(name) // a file that cannot be read says so when it is
	front, _, ok := bytes.Cut(first, []byte(`"value"`))
	return ok && !bytes.Contains(front, []byte(`"dimension"`))
}

// took is a document that was opened.
func (p *preview) took(doc *jsonstat.Document, err error) Document {
	if err != nil {
		return nil
	}
	p.opened = append(p.opened, doc)
	return doc
}

// made are the cubes that a command makes of the input as a part of the call.
func (p *preview) made(reader Command, options []string) Document {
	part, err := p.c.Part(reader, Handing{By: "in", Options: p.c.Strings("in"), Own: options})
	if err != nil {
		return nil
	}
	return p.cubes(reader, part)
}

// cubes are those that a command makes of the input.
func (p *preview) cubes(reader Command, c *Context) Document {
	if p.c.files.inSize > largestTable {
		return nil
	}
	sets, err := reader.Read(c)
	if err != nil || len(sets) == 0 {
		return nil
	}
	return cubes(sets)
}

// dataset is the dataset that the call names, nil if there is none to be had.
func (p *preview) dataset() *jsonstat.Dataset {
	doc := p.document(false)
	if doc == nil {
		return nil
	}
	var ds *jsonstat.Dataset
	var err error
	if p.c.Has("dataset") && p.c.IsSet("dataset") {
		ds, err = doc.Find(p.c.String("dataset"))
	} else {
		ds, err = doc.Dataset(0)
	}
	if err != nil {
		return nil
	}
	return ds
}
