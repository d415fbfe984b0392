package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/mattn/go-isatty"
)

// The exit statuses. A run that a signal ended has 128 and the signal's number.
const (
	exitDone   = 0
	exitFailed = 1
	exitCall   = 2
	exitSignal = 128
)

// Env is the world around a run. Only [Main] uses the process's own.
type Env struct {
	Args   []string // without the name of the program
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer

	// Signals end the run: the output is removed. May be nil.
	Signals <-chan os.Signal

	// Terminal tells whether one of the three streams is a terminal. Default:
	// what the system says of an *os.File, false for anything else.
	Terminal func(stream any) bool

	// Getenv reads the environment; JSONSTAT_DEBUG, if set, prints the stack of a
	// panic. Default: no environment.
	Getenv func(name string) string

	closeStdout   bool          // by Main: some systems report a full disk only then
	progressDelay time.Duration // default a second
	progressWidth int           // default that of the terminal
	patience      time.Duration // for a run to notice a signal by itself; default 200 ms
}

// withDefaults fills in what was left out.
func (e Env) withDefaults() Env {
	if e.Terminal == nil {
		e.Terminal = isTerminal
	}
	if e.Getenv == nil {
		e.Getenv = func(string) string { return "" }
	}
	if e.progressDelay == 0 {
		e.progressDelay = time.Second
	}
	if e.patience == 0 {
		e.patience = 200 * time.Millisecond
	}
	return e
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && f != nil && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// Main runs a command as the process's own and does not return.
func Main(cmd Command) {
	// Without this, writing to a closed pipe kills the process before a temporary
	// file is removed; with it, the write fails with EPIPE.
	signal.Ignore(syscall.SIGPIPE)
	signals := make(chan os.Signal, 2)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		// What was ignored on purpose, as by nohup, stays ignored.
		if !signal.Ignored(s) {
			signal.Notify(signals, s)
		}
	}
	var args []string
	if len(os.Args) > 0 {
		args = os.Args[1:]
	}
	code, by := run(cmd, Env{
		Args: args, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Signals: signals, Getenv: os.Getenv, closeStdout: true,
	})
	if by != nil {
		die(by)
	}
	os.Exit(code)
}

// die ends the process by the signal that ended the run, so that a shell sees it
// and stops its loop as well. It returns where that is not possible.
func die(by os.Signal) {
	signal.Reset(by)
	self, err := os.FindProcess(os.Getpid())
	if err == nil && self.Signal(by) == nil {
		time.Sleep(time.Second)
	}
}

// Run runs a command in an environment and returns its exit status.
func Run(cmd Command, env Env) int {
	code, _ := run(cmd, env)
	return code
}

// run also tells which signal ended the run.
func run(cmd Command, env Env) (int, os.Signal) {
	env = env.withDefaults()
	c := &Context{cmd: cmd, env: env, report: newReporter(cmd.tool(), env.Stderr)}
	early, err := c.dispatch()
	if err == nil && early == nil {
		early, err = c.prepare()
	}
	if early != nil {
		err = c.print(early)
	}
	if err != nil || early != nil {
		return c.conclude(err), nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c.ctx = ctx
	done := make(chan error, 1)
	go c.work(done)
	select {
	case err := <-done:
		return c.conclude(err), nil
	case by := <-env.Signals:
		// From here on every write fails. A command that is stuck elsewhere, in a
		// read from a silent pipe, is left behind: the process is about to end.
		cancel()
		c.out.abort()
		select {
		case <-done:
		case <-env.Signals:
		case <-time.After(env.patience):
		}
		c.progress.stop()
		return exitSignal + number(by), by
	}
}

func number(s os.Signal) int {
	if n, ok := s.(syscall.Signal); ok {
		return int(n)
	}
	return 0
}

// prepare reads the arguments and looks at the files. It returns a text if all
// that was asked for is to print one.
func (c *Context) prepare() (func() string, error) {
	if err := c.cmd.Check(); err != nil {
		return nil, internalError{value: err}
	}
	specs := c.cmd.AllFlags()
	line, err := c.cmd.flagTable().normalise(c.env.Args)
	if err != nil {
		return nil, err
	}
	if c.values, err = parse(c.cmd, specs, line.flags); err != nil {
		return nil, err
	}
	switch {
	case c.Bool("help"):
		return c.cmd.Help, nil
	case c.Bool("version"):
		return c.cmd.Version, nil
	case c.Bool("man"):
		return c.cmd.Man, nil
	case c.IsSet("completion"):
		return func() string { return c.cmd.Completion(c.String("completion")) }, nil
	}
	c.report.quiet = c.Bool("quiet")
	c.names = line.names
	if c.operands, err = c.cmd.Args.match(line.names); err != nil {
		return nil, Usage(err, "usage: "+c.cmd.synopsis())
	}
	if c.files, err = c.lookAtFiles(); err != nil {
		return nil, err
	}
	c.progress = c.newProgress()
	c.report.shows = !c.report.quiet && c.env.Terminal(c.env.Stderr)
	c.report.progress = c.progress
	c.out = c.newOutput()
	return nil, nil
}

// print writes a text to standard output.
func (c *Context) print(text func() string) error {
	c.files.out = stdStream
	c.out = c.newOutput()
	w, err := c.Output()
	if err != nil {
		return err
	}
	// The writer keeps its first error, which the commit returns.
	_, _ = io.WriteString(w, text())
	return c.out.commit()
}

// work runs the command and finishes its output.
func (c *Context) work(done chan<- error) {
	// Deferred, with an error to begin with: a test may end the goroutine.
	err := errors.New("the command ended without a result")
	defer func() { done <- err }()
	defer c.closeInput()
	err = c.otherFormat(c.finishInput(c.guard()))
	if _, stands := errors.AsType[*answered](err); err == nil || stands && c.files.out == stdStream {
		err = cmp.Or(c.out.commit(), err)
	}
	for _, f := range c.ends {
		f(err == nil)
	}
}

// guard runs the command and makes an error of a panic.
func (c *Context) guard() (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = internalError{v, debug.Stack()}
		}
	}()
	return c.cmd.Run(c)
}

// conclude reports how the run ended and returns the exit status.
func (c *Context) conclude(err error) int {
	c.progress.stop()
	c.report.status("")
	if broken := c.out.failed(); broken != nil {
		if isBrokenPipe(broken) {
			c.out.abort()
			return exitDone // whoever read has what it wanted
		}
		// Whatever the command made of the error, this one says it best. It also
		// counts if the command swallowed it.
		err = broken
	}
	if err != nil {
		c.out.abort()
	}
	c.report.release()
	c.report.documentWarnings(c.warnings)
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errBareCall) {
		c.report.text(c.cmd.usage())
		return exitCall
	}
	c.report.failure(err, c.files.inputName(), c.hintFor(err))
	if bug, ok := errors.AsType[internalError](err); ok && c.env.Getenv("JSONSTAT_DEBUG") != "" {
		c.report.text(string(bug.stack))
	}
	return exitStatus(err)
}

// internalError is a mistake of ours: a panic, or a wrong table.
type internalError struct {
	value any
	stack []byte
}

// Error asks for a report.
func (e internalError) Error() string {
	return fmt.Sprintf("internal error: %v (please report this at %s)", e.value, issues)
}

// issues is where mistakes of ours are reported.
const issues = "https://github.com/jsonstat-go/toolkit/issues"
