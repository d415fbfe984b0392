package cli

import (
	"fmt"
	"io"
	"sync"

	"github.com/jsonstat-go/toolkit/internal/screen"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// reporter prints on standard error, for any number of goroutines. Nothing else does.
// The first line of an error is "tool: what is wrong, where"; hints follow, a line
// each; a line holds no control characters, whatever a document or a server put into
// it, and is cut in the middle if it is very long.
type reporter struct {
	tool     string
	quiet    bool      // no warnings
	progress *progress // what may stand in the line
	shows    bool      // there is a terminal for status lines

	rename func(string) string // of programs, in texts of ours; nil: they are called by their own names

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
	if runes := []rune(screen.Visible(text)); len(runes) >= screenWidth {
		text = string(runes[:screenWidth-1])
	}
	_, _ = io.WriteString(r.w, "\r\x1b[K"+screen.Visible(text))
	r.showing = text != ""
}

// Write is for the progress bar: it never meets a line half printed.
func (r *reporter) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.w.Write(p)
}

// line prints a line that begins with a word and holds foreign text.
func (r *reporter) line(start, text string) { r.printed(start, clip(screen.Visible(text))) }

// ours is a hint with the names by which programs are called here.
func (r *reporter) ours(text string) string {
	if r.rename == nil {
		return text
	}
	return r.rename(text)
}

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
	if text = r.ours(text); len(text) <= most {
		r.printed(start, screen.Visible(text))
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
func (r *reporter) failure(err *saidError, input string, hints []string) {
	text := err.translate(message(err.error))
	if input != "" && aboutInput(err.error) {
		text = input + ": " + text
	}
	r.line(r.tool, text)
	for _, h := range hints {
		r.whole("hint", err.translate(h))
	}
}
