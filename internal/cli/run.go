package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
)

// run is one run of a command, step by step.
type run struct {
	cmd    Command // of a program with commands the one that was called, once it is known
	env    Env
	report *reporter

	// Nothing but standard output, until it is known what the call names.
	in       *input
	docs     *documents
	out      *output
	progress *progress
	stopped  atomic.Pointer[string] // what to say if a signal ends it
}

func newRun(cmd Command, env Env) *run {
	return &run{
		cmd: cmd, env: env, report: &reporter{tool: cmd.tool(), w: env.Stderr},
		in: &input{files: &files{}}, docs: &documents{}, out: newOutput(env, cmd.tool(), files{out: stdStream}, nil),
	}
}

// dispatch chooses the command of a program by the first argument, and goes on as
// if it had been called itself. It returns a text if all that was asked for is to
// print one.
func (r *run) dispatch() (string, error) {
	if err := windowsLineEnd(r.env.Args); err != nil {
		return "", err
	}
	for len(r.cmd.Commands) > 0 {
		if err := r.cmd.checkSelf(); err != nil {
			return "", internalError{value: err}
		}
		args := r.env.Args
		switch {
		case len(args) == 0 && r.cmd.Default != "":
			return overview(r.cmd), nil
		case len(args) == 0:
			return "", errBareCall
		case args[0] == "help" && (len(args) == 1 || args[1] == "help" || args[1] == "--help"):
			return help(r.cmd), nil
		case args[0] == "help":
			args = append(slices.Clone(args[1:]), "--help")
		case strings.HasPrefix(args[0], "-") && args[0] != stdStream:
			return r.common()
		}
		sub, ok := r.cmd.subcommand(args[0])
		switch {
		case ok:
			args = args[1:]
		case r.cmd.Default != "" && isFileName(args[0]):
			sub, _ = r.cmd.subcommand(r.cmd.Default)
		default:
			return "", r.noCommand(args[0])
		}
		r.use(sub, args)
	}
	return "", nil
}

// use goes on with one of the commands of a program.
func (r *run) use(cmd Command, args []string) {
	r.cmd, r.env.Args = cmd, args
	r.report.rename = cmd.rename
}

// noCommand is the error for a word that is none of the commands.
func (r *run) noCommand(word string) error {
	hint := ""
	if r.cmd.Meant != nil {
		if meant := r.cmd.Meant(word); meant != "" {
			hint = "did you mean " + r.cmd.called() + " " + meant + "?"
		}
	}
	if hint == "" {
		hint = didYouMean(word, r.cmd.allCommandNames(), r.cmd.called()+" ")
	}
	if hint == "" && r.cmd.Default != "" {
		hint = nearFile(word)
	}
	if hint == "" {
		hint = "commands are: " + strings.Join(r.cmd.commandNames(), ", ")
	}
	return Usage(fmt.Errorf("there is no command %q", word), hint)
}

// common does what a program does without a command: print something about itself.
func (r *run) common() (string, error) {
	word := r.env.Args[0]
	text, err := r.prepare()
	name, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
	if _, known := newFlagTable(r.cmd.allNames()).find(name); text == "" && (err == nil || known && len(r.env.Args) > 1) {
		err = Usage(fmt.Errorf("%s stands before the command", word), "flags follow the command: "+r.cmd.called()+" "+r.cmd.Commands[0].word()+" "+word)
	}
	return text, err
}

// prepare reads the arguments and looks at the files. It returns a text if all
// that was asked for is to print one.
func (r *run) prepare() (string, error) {
	cmd := r.cmd
	if err := cmd.checkSelf(); err != nil {
		return "", internalError{value: err}
	}
	table := newFlagTable(cmd.allNames())
	table.elsewhere = cmd.Elsewhere
	table.most = cmd.Args.most()
	line, err := table.normalise(r.env.Args)
	if err != nil {
		return "", err
	}
	call := &Call{name: cmd.called(), id: cmd.id(), typed: r.env.Args, args: cmd.Args, names: line.names, report: r.report, under: cmd.under}
	if call.values, err = parse(cmd.Name, cmd.AllFlags(), line.flags); err != nil {
		return "", err
	}
	switch {
	case call.Bool("help"):
		return help(cmd), nil
	case call.Bool("version"):
		return versionOf(cmd.tool()), nil
	case call.Bool("man"):
		return man(cmd), nil
	case call.IsSet("completion"):
		return completion(cmd, call.String("completion")), nil
	}
	r.report.quiet = call.Bool("quiet")
	if call.operands, err = cmd.Args.match(line.names); err != nil {
		return "", Usage(err, "usage: "+cmd.synopsis())
	}
	if err := call.takeOutput(); err != nil {
		return "", err
	}
	f, err := fileCheck{env: r.env, call: call, binary: cmd.Binary, folders: cmd.Folders, formats: cmd.Formats, renews: cmd.Renews, makes: cmd.MakesFolder}.look()
	if err != nil {
		return "", err
	}
	if !r.report.quiet {
		r.progress = newProgress(r.env, f, r.report)
		r.report.shows = r.env.Terminal(r.env.Stderr)
	}
	r.report.progress = r.progress
	r.in = &input{call: call, files: &f, stdin: r.env.Stdin, formats: cmd.Formats, progress: r.progress}
	r.docs = &documents{in: r.in}
	r.out = newOutput(r.env, cmd.tool(), f, r.progress)
	r.out.check = func() error { return r.docs.slipped() }
	for _, note := range line.notes {
		if note.word == call.OutputName() && !call.IsSet("output") {
			call.Warn("%s", note.text)
		}
	}
	return "", nil
}

// print writes a text to standard output.
func (r *run) print(text string) error {
	w, err := r.out.Output()
	if err != nil {
		return err
	}
	// The writer keeps its first error, which the commit returns.
	_, _ = io.WriteString(w, text)
	return r.out.commit()
}

// work runs the command and finishes its output.
func (r *run) work(ctx context.Context, done chan<- error) {
	// Deferred, with an error to begin with: a test may end the goroutine.
	err := errors.New("the command ended without a result")
	defer func() { done <- err }()
	defer r.in.close()
	defer r.docs.close()
	var ends []func(bool)
	c := &Context{Call: r.in.call, input: r.in, documents: r.docs, output: r.out, ctx: ctx, env: r.env, ends: &ends, stopped: &r.stopped}
	err = guarded(r.cmd, c)
	if _, ours := errors.AsType[internalError](err); !ours && ctx.Err() == nil && r.out.place.failed() == nil {
		// What is wrong with the input is known before anything else can go wrong.
		err = r.otherFormat(cmp.Or(r.docs.finish(), err))
	}
	if _, stands := errors.AsType[*answered](err); err == nil || stands && r.out.place.files.out == stdStream {
		err = cmp.Or(r.out.commit(), err)
	}
	for _, f := range ends {
		f(err == nil)
	}
}

// otherFormat is what to say of a failed run whose input is in another format.
func (r *run) otherFormat(err error) error {
	if err == nil || r.cmd.Formats == nil || r.in.first == nil || exitStatus(err) != exitFailed || !aboutInput(err) {
		return err
	}
	return cmp.Or(r.cmd.Formats.Input(r.in.call, r.in.first(), err), err)
}

// conclude reports how the run ended and returns the exit status.
func (r *run) conclude(err error) int {
	r.progress.stop()
	r.report.status("")
	if broken := r.out.place.failed(); broken != nil {
		if isBrokenPipe(broken) {
			r.out.place.abort()
			return exitDone // whoever read has what it wanted
		}
		// Whatever the command made of the error, this one says it best. It also
		// counts if the command swallowed it.
		err = broken
	}
	if err != nil {
		r.out.place.abort()
	}
	r.report.release()
	r.report.documentWarnings(r.docs.warnings)
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errBareCall) {
		r.report.text(usage(r.cmd))
		return exitCall
	}
	if errors.Is(err, ErrNothingNew) {
		return exitNothing
	}
	said, _ := errors.AsType[*saidError](err)
	if said == nil {
		said = &saidError{error: err}
	}
	r.report.failure(said, r.in.files.inputName(), hintsFor(err, r.cmd.ReadsJSONStat || said.document))
	if bug, ok := errors.AsType[internalError](err); ok && r.env.Getenv("JSONSTAT_DEBUG") != "" {
		r.report.text(string(bug.stack))
	}
	return exitStatus(err)
}
