package pxweb

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// Sentinels for errors.Is: what kind of answer a server gave, or why there was
// none. The error is an [*Error].
var (
	ErrOffline  = transport.ErrOffline  // no answer at all
	ErrRefused  = transport.ErrRefused  // 400 and other 4xx
	ErrNotFound = transport.ErrNotFound // 404
	ErrGone     = transport.ErrGone     // 410
	ErrTooMany  = transport.ErrTooMany  // 429
	ErrTooLarge = transport.ErrTooLarge // 403, or 400 of version 2
	ErrServer   = transport.ErrServer   // 5xx
	ErrAnswer   = transport.ErrAnswer   // 200, and not what was asked for
)

// Sentinels for why there was no answer: the error is of [ErrOffline] too.
var (
	ErrRedirect    = transport.ErrRedirect    // the server sends elsewhere, in a way that is not followed
	ErrCertificate = transport.ErrCertificate // its certificate is wrong or not known, or it speaks no TLS
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
func (e *Error) Error() string { return (*transport.Error)(e).Error() }

// Unwrap gives the sentinel and the error below.
func (e *Error) Unwrap() []error { return (*transport.Error)(e).Unwrap() }

// otherAnswer is the error for an answer to a GET that is not what was asked for.
func otherAnswer(address, message string) error {
	return &Error{Kind: ErrAnswer, Status: http.StatusOK, Method: http.MethodGet, URL: address, Message: message}
}

// public is an error of a call as the package promises it.
func public(err error) error {
	if e, ok := err.(*transport.Error); ok {
		return (*Error)(e)
	}
	return err
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
