package cli

import (
	"io"
	"os"
	"time"

	"github.com/mattn/go-isatty"
)

// stdStream is the name of standard input and of standard output.
const stdStream = "-"

// screenWidth is the width of a help text and of a status line, and of the progress
// bar at most.
const screenWidth = 80

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
	// panic, and gives a shell that completes a line all that there is, however long that
	// takes. Default: no environment.
	Getenv func(name string) string

	closeStdout   bool          // by Main: some systems report a full disk only then
	progressDelay time.Duration // default a second
	progressWidth int           // default that of the terminal
	patience      time.Duration // for a run to notice a signal by itself; default a second
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
		e.patience = time.Second
	}
	return e
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && f != nil && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}
