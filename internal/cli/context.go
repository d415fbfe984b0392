package cli

import (
	"context"
	"sync/atomic"

	"github.com/cheggaaa/pb/v3/termutil"
)

// Context is what a command is given to run: the call, what it reads and where it
// writes.
type Context struct {
	*Call
	*input
	*documents
	*output

	ctx     context.Context
	env     Env
	ends    *[]func(done bool)
	stopped *atomic.Pointer[string]
}

// IfStopped sets what is to be said if a signal ends the run, such as what is left of the
// work; else it ends without a word. The last text counts, be it set after the signal.
func (c *Context) IfStopped(text string) { c.stopped.Store(&text) }

// Context ends when the user stops the run.
func (c *Context) Context() context.Context { return c.ctx }

// OnEnd calls f when the run ends: with true when the output stands complete under
// its name. What the output was made of may go only then.
func (c *Context) OnEnd(f func(done bool)) { *c.ends = append(*c.ends, f) }

// Close calls f when the run needs what it was given no more, last first.
func (c *Context) Close(f func()) {
	c.closers = append(c.closers, func() error { f(); return nil })
}

// Width is how many columns the terminal has that the output goes to, 0 if it goes
// elsewhere.
func (c *Context) Width() int {
	if c.place.files.out != stdStream || !c.env.Terminal(c.env.Stdout) {
		return 0
	}
	columns, err := termutil.TerminalWidth()
	if err != nil || columns <= 0 {
		return screenWidth
	}
	return columns
}
