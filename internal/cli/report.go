package cli

// This file is the only one that prints. The rules: everything goes to standard
// error; the first line of an error is "tool: what is wrong, where"; hints follow,
// a line each; a line holds no control characters, whatever a document or a server
// put into it, and is cut in the middle if it is very long.

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

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
	return &hinted{err, hints}
}

// answered is an error whose output stands.
type answered struct{ error }

// Unwrap returns the error inside.
func (a *answered) Unwrap() error { return a.error }

// Answered marks an error that is no fault of the run: what was written to standard
// output, such as the reason, is printed all the same. A file is not left behind.
func Answered(err error) error { return &answered{err} }

// exitStatus is what the process returns for an error.
func exitStatus(err error) int {
	if _, ok := errors.AsType[*UsageError](err); ok || errors.Is(err, jsonstat.ErrUnknown) {
		return exitCall
	}
	return exitFailed
}

// reporter prints on standard error, for any number of goroutines.
type reporter struct {
	tool     string
	quiet    bool      // no warnings
	progress *progress // what may stand in the line
	shows    bool      // there is a terminal for status lines

	mu      sync.Mutex
	w       io.Writer
	showing bool     // a status stands in the line
	holding bool     // warnings wait
	first   func()   // what warns in front of those that wait, or nil
	held    []string // warnings that wait
}

// status shows a line that the next one replaces.
func (r *reporter) status(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.shows || (text == "" && !r.showing) {
		return
	}
	if runes := []rune(clean(text)); len(runes) >= helpWidth {
		text = string(runes[:helpWidth-1])
	}
	_, _ = io.WriteString(r.w, "\r\x1b[K"+clean(text))
	r.showing = text != ""
}

func newReporter(tool string, w io.Writer) *reporter { return &reporter{tool: tool, w: w} }

// Write is for the progress bar: it never meets a line half printed.
func (r *reporter) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.w.Write(p)
}

// line prints a line that begins with a word and holds foreign text.
func (r *reporter) line(start, text string) { r.printed(start, clip(clean(text))) }

// printed prints a line in which nothing is foreign any more.
func (r *reporter) printed(start, text string) {
	r.status("")
	erase := ""
	if r.progress.visible() {
		erase = "\r\x1b[K"
	}
	// If standard error is gone there is nobody left to tell.
	_, _ = fmt.Fprintf(r, "%s%s: %s\n", erase, start, text)
}

// whole prints a line that is of use as a whole alone, such as one of options.
func (r *reporter) whole(start, text string) {
	const most = 16 << 10 // nobody types more
	if len(text) <= most {
		r.printed(start, clean(text))
	}
}

// text prints a text of ours as it is.
func (r *reporter) text(s string) { _, _ = io.WriteString(r, s) }

// warn prints a warning.
func (r *reporter) warn(text string) {
	r.mu.Lock()
	holding := r.holding
	if holding {
		r.held = append(r.held, text)
	}
	r.mu.Unlock()
	if !r.quiet && !holding {
		r.line(r.tool, "warning: "+text)
	}
}

// hold lets warnings wait until the input was read: if it turns out to be faulty they
// were about nothing. first warns of what is known only then.
func (r *reporter) hold(first func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.holding, r.first = true, first
}

// drop forgets the warnings that wait, with all also what the first is about.
func (r *reporter) drop(all bool) {
	if r.held = nil; all {
		r.first = nil
	}
}

// release prints the warnings that wait.
func (r *reporter) release() {
	r.mu.Lock()
	first, held := r.first, r.held
	r.holding, r.first, r.held = false, nil, nil
	r.mu.Unlock()
	if first != nil {
		first()
	}
	for _, text := range held {
		r.warn(text)
	}
}

// documentWarnings prints what the reader of a document put up with, a line per
// kind of it.
func (r *reporter) documentWarnings(list []jsonstat.WarningCount) {
	for _, w := range list {
		text := w.String()
		if w.Count > 1 {
			text += fmt.Sprintf(" and %d more like it", w.Count-1)
		}
		r.warn(text)
	}
}

// failure prints an error and its hints. The name of the input goes before errors
// that are about what it holds.
func (r *reporter) failure(err error, input string, hints []string) {
	text := message(err)
	if input != "" && aboutDocument(err) {
		text = input + ": " + text
	}
	r.line(r.tool, text)
	for _, h := range hints {
		r.whole("hint", h)
	}
}

// InputError says that an error is the input's: its message begins with the
// input's name. Errors of jsonstat need no such mark, and those of the system name
// their file.
func InputError(err error) error {
	if _, ok := alone(err).(*fs.PathError); ok {
		return err
	}
	return &inputError{err}
}

type inputError struct{ err error }

// Error is the error's own message.
func (e *inputError) Error() string { return e.err.Error() }

// Unwrap returns the error.
func (e *inputError) Unwrap() error { return e.err }

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

// aboutDocument tells whether an error is about what the input holds.
func aboutDocument(err error) bool {
	if _, ok := errors.AsType[*inputError](err); ok {
		return true
	}
	if _, ok := errors.AsType[*jsonstat.Error](err); ok {
		return true
	}
	if _, ok := errors.AsType[*jsonstat.ServerError](err); ok {
		return true
	}
	return errors.Is(err, jsonstat.ErrUnknown)
}

// hintFor lists what may help: the hints that an error brought along, then those
// that only a command can give, for it alone knows its flags.
func (c *Context) hintFor(err error) []string {
	var hints []string
	if u, ok := errors.AsType[*UsageError](err); ok {
		hints = append(hints, u.Hints...)
	}
	if h, ok := errors.AsType[*hinted](err); ok {
		hints = append(hints, h.hints...)
	}
	if u, ok := errors.AsType[*jsonstat.UnknownError](err); ok && len(u.All) > 0 {
		hints = append(hints, known(u))
	}
	if !c.cmd.ReadsJSONStat {
		return hints
	}
	switch {
	case errors.Is(err, jsonstat.ErrNaN):
		hints = append(hints, "--nan=null reads NaN and Infinity as missing values")
	case errors.Is(err, jsonstat.ErrShort):
		hints = append(hints, "--pad takes the values that are not there for missing, at the end")
	case errors.Is(err, jsonstat.ErrEncoding):
		hints = append(hints, "if the text is in another encoding, name it: --encoding=iso-8859-1")
	}
	return hints
}

// known lists what there is instead of what was asked for.
func known(u *jsonstat.UnknownError) string {
	plural := map[string]string{"dataset": "datasets", "dimension": "dimensions", "category": "categories", "variable": "variables", "code list": "code lists"}[u.Kind]
	if plural == "" {
		plural = "known"
	}
	if u.In != "" {
		plural += " of " + quoteOdd(u.In)
	}
	names := make([]string, len(u.All))
	for i, name := range u.All {
		names[i] = quoteOdd(name)
	}
	return fmt.Sprintf("%s are: %s", plural, strings.Join(names, ", "))
}

// quoteOdd quotes a name that one could misread in a list.
func quoteOdd(name string) string {
	if name == "" || strings.ContainsAny(name, ` ,"'`) {
		return `"` + name + `"`
	}
	return name
}

// clean makes a text harmless for a terminal: white space becomes a blank, other
// control characters and those that change the direction of text become visible.
func clean(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n' || r == '\r' || r == '\t':
			b.WriteByte(' ')
		case r < 0x100 && unicode.IsControl(r):
			fmt.Fprintf(&b, `\x%02x`, r)
		case unicode.IsControl(r) || isInvisible(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

// isInvisible tells whether a character changes how its neighbours look: line
// and paragraph separators, marks of direction, the byte order mark.
func isInvisible(r rune) bool {
	return r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x061c || r == 0xfeff
}

// maxLine is how many characters of a message are printed.
const maxLine = 600

// clip cuts the middle from a long line. What is wrong stands at its start, and
// where at its end.
func clip(s string) string {
	const tail = 150
	if utf8.RuneCountInString(s) <= maxLine {
		return s
	}
	runes := []rune(s)
	return string(runes[:maxLine-tail-3]) + "..." + string(runes[len(runes)-tail:])
}
