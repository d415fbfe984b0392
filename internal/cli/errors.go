package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"syscall"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// The exit statuses. A run that a signal ended has 128 and the signal's number.
const (
	exitDone    = 0
	exitFailed  = 1
	exitCall    = 2
	exitNothing = 3
	exitSignal  = 128
)

// exitStatus is what the process returns for an error.
func exitStatus(err error) int {
	if errors.Is(err, ErrNothingNew) {
		return exitNothing
	}
	if _, ok := errors.AsType[*UsageError](err); ok || errors.Is(err, jsonstat.ErrUnknown) {
		return exitCall
	}
	return exitFailed
}

// UsageError is an error of the call: exit status 2.
type UsageError struct {
	Err   error
	Hints []string // what to do, a line each, without "hint:"
}

// Error is the message of the error inside.
func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap returns the error inside.
func (e *UsageError) Unwrap() error { return e.Err }

// Usagef makes an error of the call.
func Usagef(format string, args ...any) error {
	return &UsageError{Err: fmt.Errorf(format, args...)}
}

// Usage marks err as an error of the call, and adds hints; empty ones are left
// out. It returns nil for nil. A [jsonstat.UnknownError] needs no mark.
func Usage(err error, hints ...string) error {
	if err == nil {
		return nil
	}
	e := &UsageError{Err: err}
	if inner, ok := err.(*UsageError); ok {
		*e = *inner
		e.Hints = slices.Clone(e.Hints)
	}
	for _, h := range hints {
		if h != "" {
			e.Hints = append(e.Hints, h)
		}
	}
	return e
}

// hintsOf are the hints of an error of the call.
func hintsOf(err error) []string {
	u, ok := errors.AsType[*UsageError](err)
	if !ok {
		return nil
	}
	return u.Hints
}

// errBareCall asks for the short help: somebody typed only the command's name.
var errBareCall = &UsageError{Err: errors.New("no input")}

// ErrNothingNew ends a run that found nothing to do, without a word: exit status 3. It is
// for calls that ask for that, with --exit-code.
var ErrNothingNew = errors.New("there is nothing new")

// hinted is an error that is not the call's, with hints.
type hinted struct {
	error
	hints []string
}

// Unwrap returns the error inside.
func (h *hinted) Unwrap() error { return h.error }

// WithHints adds hints to an error that is not the call's: see [Usage] for those
// that are.
func WithHints(err error, hints ...string) error {
	if err == nil {
		return nil
	}
	hints = slices.DeleteFunc(slices.Clone(hints), func(h string) bool { return h == "" })
	if h, ok := err.(*hinted); ok {
		err, hints = h.error, append(slices.Clone(h.hints), hints...)
	}
	return &hinted{err, hints}
}

// answered is an error whose output stands.
type answered struct{ error }

// Unwrap returns the error inside.
func (a *answered) Unwrap() error { return a.error }

// Answered marks an error that is no fault of the run: what was written to standard
// output, such as the reason, is printed all the same. A file is not left behind.
func Answered(err error) error { return &answered{err} }

// inputError is an error whose message begins with the input's name.
type inputError struct{ error }

// Unwrap returns the error.
func (e *inputError) Unwrap() error { return e.error }

// InputError says that an error is the input's: its message begins with the
// input's name. Errors of jsonstat need no such mark, and those of the system name
// their file.
func InputError(err error) error {
	if _, ok := alone(err).(*fs.PathError); ok {
		return err
	}
	return &inputError{err}
}

// aboutInput tells whether an error is about what the input holds.
func aboutInput(err error) bool {
	var marked *inputError
	var document *jsonstat.Error
	var page *jsonstat.ServerError
	return errors.As(err, &marked) || errors.As(err, &document) || errors.As(err, &page) || errors.Is(err, jsonstat.ErrUnknown)
}

// writeError says which output could not be written.
type writeError struct {
	name string
	err  error
}

// Error is the one line that a user needs: the name and the system's reason.
func (e *writeError) Error() string {
	name := e.name
	if name == stdStream {
		name = "standard output"
	}
	return fmt.Sprintf("cannot write %s: %v", name, reason(e.err))
}

// Unwrap returns the system's error.
func (e *writeError) Unwrap() error { return e.err }

// isBrokenPipe tells whether whoever read our output went away.
func isBrokenPipe(err error) bool {
	if errors.Is(err, syscall.EPIPE) {
		return true
	}
	// ERROR_BROKEN_PIPE and ERROR_NO_DATA, which package syscall does not name
	// on all systems.
	code, ok := errors.AsType[syscall.Errno](err)
	return ok && runtime.GOOS == "windows" && (code == 109 || code == 232)
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

// message is what an error says. The system's errors are put in our words.
func message(err error) string {
	if w, ok := errors.AsType[*writeError](err); ok {
		return w.Error()
	}
	if u, ok := err.(*UsageError); ok {
		err = u.Err
	}
	if p, ok := alone(err).(*fs.PathError); ok {
		op := p.Op
		if op == "stat" {
			op = "open" // which is what it was for
		}
		return fmt.Sprintf("cannot %s %s: %v", op, p.Path, reason(p))
	}
	if l, ok := alone(err).(*os.LinkError); ok {
		return fmt.Sprintf("cannot write %s: %v", l.New, l.Err)
	}
	return err.Error()
}

// alone takes an error out of the company of none.
func alone(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok && len(joined.Unwrap()) == 1 {
		return joined.Unwrap()[0]
	}
	return err
}

// reason takes the operation and the path from an error of the system, which
// stand in the sentence already.
func reason(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	if l, ok := errors.AsType[*os.LinkError](err); ok {
		return l.Err
	}
	return err
}
