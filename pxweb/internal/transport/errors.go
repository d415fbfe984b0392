package transport

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// What kind of answer a server gave, or why there was none: the kinds of an [Error].
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

// Error is what a server said instead of doing what it was asked to. The packages above
// have an error of their own of the same form, which is part of what they promise; see
// pxweb.Error for the fields.
type Error struct {
	Kind    error
	Status  int
	Message string
	Page    bool
	Method  string
	URL     string
	Err     error
}

// Error tells who said what.
func (e *Error) Error() string {
	if e.Status == 0 {
		return fmt.Sprintf("cannot reach %s: %v", HostOf(e.URL), e.Err)
	}
	said := cmp.Or(e.Message, "it says nothing more")
	if e.Page {
		said = "a web page: " + said
	}
	status := strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status)))
	if e.Kind == ErrAnswer {
		return fmt.Sprintf("%s answered %s, but not with what was asked for: %s", HostOf(e.URL), status, said)
	}
	return fmt.Sprintf("%s answered %s: %s", HostOf(e.URL), status, said)
}

// Unwrap gives the kind and the error below.
func (e *Error) Unwrap() []error {
	if e.Err != nil {
		return []error{e.Kind, e.Err}
	}
	return []error{e.Kind}
}

// HostOf is the server of an address, by the one name that all spellings of it have: in small
// letters, without a dot behind it, and without the port that its scheme has anyway. Calls are
// counted by it, and messages tell it.
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if strings.Contains(host, ":") {
		host = "[" + strings.ReplaceAll(host, "%", "%25") + "]" // of IPv6, with its zone
	}
	if port := u.Port(); port != "" && port != map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		host += ":" + port
	}
	return host
}

// Errors of a call that cannot be made at all.
var (
	ErrRedirect = errors.New("redirected")
	errScheme   = errors.New("unsupported protocol scheme")
)
