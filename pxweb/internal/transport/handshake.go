package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"syscall"
)

// handshakeError is an error by which the TLS handshake with a server failed,
// other than that of a connection which broke. Many errors of crypto/tls have no
// type of their own, so the handshake itself is watched.
type handshakeError struct{ err error }

// Error is the error's own message.
func (e *handshakeError) Error() string { return e.err.Error() }

// Unwrap returns the error of crypto/tls or crypto/x509.
func (e *handshakeError) Unwrap() error { return e.err }

// handshake remembers how the last TLS handshake of a call ended. The transport
// dials on a goroutine of its own.
type handshake struct{ failed atomic.Pointer[error] }

// watch is a context in which the handshakes are noticed.
func (h *handshake) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		TLSHandshakeDone: func(_ tls.ConnectionState, err error) {
			if err == nil {
				h.failed.Store(nil)
				return
			}
			h.failed.Store(&err)
		},
	})
}

// mark marks the error of a call whose handshake failed.
func (h *handshake) mark(err error) error {
	if failed := h.failed.Load(); err == nil || failed == nil || broke(*failed) {
		return err
	}
	return &handshakeError{plain(err)}
}

// broke tells whether an error is that of a connection rather than of what was
// said on it: it was closed or reset, nothing came in time, the call was ended.
func broke(err error) bool {
	return IsTimeout(err) || is[syscall.Errno](err) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// isTLS tells whether an error is one of TLS: of the handshake, of a certificate,
// of a server that speaks something else, or an alert that came later.
func isTLS(err error) bool {
	// A transport of the caller's own may not tell of its handshakes.
	if is[*handshakeError](err) || is[*tls.CertificateVerificationError](err) || is[tls.RecordHeaderError](err) ||
		is[tls.AlertError](err) || is[*tls.ECHRejectionError](err) || errors.Is(err, http.ErrSchemeMismatch) ||
		is[x509.UnknownAuthorityError](err) || is[x509.HostnameError](err) || is[x509.CertificateInvalidError](err) ||
		is[x509.SystemRootsError](err) || is[x509.ConstraintViolationError](err) || is[x509.UnhandledCriticalExtension](err) {
		return true
	}
	// Alerts over TCP have no type that could be named, but an operation: a server
	// of TLS 1.3 refuses the client's certificate after the handshake.
	var op *net.OpError
	return errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error") && !broke(err)
}

// is tells whether an error is, or wraps, one of a type.
func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// plain takes the wrapping of net/http from an error: the address is said already.
func plain(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// IsTimeout tells whether nothing came in time.
func IsTimeout(err error) bool {
	n, ok := errors.AsType[net.Error](err)
	return ok && n.Timeout()
}

// ErrCertificate is the error of a server that cannot be spoken to safely: its certificate
// is not known or wrong, or it does not speak TLS.
var ErrCertificate = errors.New("no safe connection")

// tlsError is an error of TLS.
type tlsError struct{ error }

// Unwrap returns the error of crypto/tls or crypto/x509.
func (e *tlsError) Unwrap() error { return e.error }

// Is tells that it is ErrCertificate.
func (e *tlsError) Is(target error) bool { return target == ErrCertificate }

// withTLS marks an error of TLS.
func withTLS(err error) error {
	if isTLS(err) {
		return &tlsError{err}
	}
	return err
}
