package pxweb

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Sentinels for errors.Is: what kind of answer a server gave, or why there was
// none. The error is an [*Error].
var (
	ErrOffline  = errors.New("no connection")         // no answer at all
	ErrRefused  = errors.New("the query was refused") // 400 and other 4xx
	ErrNotFound = errors.New("not found")             // 404
	ErrGone     = errors.New("retired")               // 410
	ErrTooMany  = errors.New("too many calls")        // 429
	ErrTooLarge = errors.New("too many cells")        // 403, or 400 of version 2
	ErrServer   = errors.New("the server failed")     // 5xx
	ErrAnswer   = errors.New("not what was asked for")
)

// ErrChanged marks a table that was updated while it was being fetched, several
// times over.
var ErrChanged = errors.New("the table changes while it is being fetched")

// ErrMerge marks parts that do not fit together.
var ErrMerge = errors.New("the parts do not fit together")

// Error is what a server said instead of doing what it was asked to.
type Error struct {
	Kind    error  // one of the sentinels
	Status  int    // HTTP status; 0 without an answer
	Message string // the server's words, without HTML, on one line; may be empty
	Page    bool   // the answer was a web page: a proxy's, perhaps
	Method  string
	URL     string
	Err     error // the error below, if any
}

// Error tells who said what.
func (e *Error) Error() string {
	if e.Status == 0 {
		return fmt.Sprintf("cannot reach %s: %v", hostOf(e.URL), e.Err)
	}
	said := cmp.Or(e.Message, "it says nothing more")
	if e.Page {
		said = "a web page: " + said
	}
	status := strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status)))
	if e.Kind == ErrAnswer {
		return fmt.Sprintf("%s answered %s, but not with what was asked for: %s", hostOf(e.URL), status, said)
	}
	return fmt.Sprintf("%s answered %s: %s", hostOf(e.URL), status, said)
}

// Unwrap gives the sentinel and the error below.
func (e *Error) Unwrap() []error {
	if e.Err != nil {
		return []error{e.Kind, e.Err}
	}
	return []error{e.Kind}
}

// hostOf is the host of an address, for messages.
func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

// SelectionError is a selection that a table cannot follow. Unknown variables
// and codes are a [*jsonstat.UnknownError] instead, with near misses.
type SelectionError struct {
	Variable string
	Msg      string
}

// Error names the variable.
func (e *SelectionError) Error() string {
	if e.Variable == "" {
		return e.Msg
	}
	return fmt.Sprintf("variable %q: %s", e.Variable, e.Msg)
}

func selectionErrorf(variable, format string, args ...any) error {
	return &SelectionError{variable, fmt.Sprintf(format, args...)}
}
