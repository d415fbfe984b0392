package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestHopelessConnections: faults of TLS are not tried again, whatever words they
// come in; a connection that breaks off during the handshake is.
func TestHopelessConnections(t *testing.T) {
	// trusting is a client that knows the certificate of the server.
	trusting := func(s *httptest.Server, change func(*tls.Config)) *http.Client {
		c := s.Client()
		change(c.Transport.(*http.Transport).TLSClientConfig)
		return c
	}
	tests := []struct {
		name   string
		server func(*testing.T) *httptest.Server
		client func(*httptest.Server) *http.Client // nil: that of the package
		is     func(error) bool
		again  bool // it is tried again
	}{
		{name: "nobody vouches for the certificate", server: secure(nil), is: is[x509.UnknownAuthorityError]},
		{name: "the certificate is of another host", server: secure(nil), is: is[x509.HostnameError],
			client: func(s *httptest.Server) *http.Client {
				return trusting(s, func(c *tls.Config) { c.ServerName = "other.example" })
			}},
		{name: "the certificate is too old", server: secure(nil), is: is[x509.CertificateInvalidError],
			client: func(s *httptest.Server) *http.Client {
				return trusting(s, func(c *tls.Config) {
					c.Time = func() time.Time { return time.Date(2900, 1, 1, 0, 0, 0, 0, time.UTC) }
				})
			}},
		{name: "the server speaks HTTP without TLS", server: says("HTTP/1.1 400 Bad Request\r\n\r\n"),
			is: func(err error) bool { return errors.Is(err, http.ErrSchemeMismatch) }},
		{name: "the server speaks something else", server: says("SSH-2.0-server\r\n"), is: is[tls.RecordHeaderError]},
		{name: "an alert in the handshake", server: secure(func(c *tls.Config) { c.MinVersion = tls.VersionTLS13 }), is: is[*net.OpError],
			client: func(s *httptest.Server) *http.Client {
				return trusting(s, func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 })
			}},
		{name: "the client does not like the server's words", server: secure(nil), is: func(err error) bool { return errors.Is(err, errFussy) },
			client: func(s *httptest.Server) *http.Client {
				return trusting(s, func(c *tls.Config) { c.VerifyConnection = func(tls.ConnectionState) error { return errFussy } })
			}},
		{name: "the connection breaks off in the handshake", server: says(""), is: func(err error) bool { return errors.Is(err, io.EOF) || broke(err) }, again: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.server(t)
			tries := 1
			opts := Options{Wait: func(time.Duration, string) { tries++ }}
			if tt.client != nil {
				opts.HTTP = tt.client(s)
			}
			_, err := hurry(New(opts)).Get(context.Background(), s.URL)
			require.ErrorIs(t, err, ErrOffline)
			require.True(t, tt.is(err), "%v", err)
			require.Equal(t, !tt.again, errors.Is(err, ErrCertificate), "%v", err)
			require.True(t, strings.HasPrefix(err.Error(), "cannot reach "+HostOf(s.URL)+": "), "%v", err)
			require.NotContains(t, err.Error(), "Get ", "the address is said already")
			require.Equal(t, tt.again, tries > 1, "tries: %d, %v", tries, err)
		})
	}
}

var errFussy = errors.New("not with me")

// TestForeignTransport: a transport of the caller's own is recognised by the types
// of its errors alone; words mean nothing.
func TestForeignTransport(t *testing.T) {
	for _, tt := range []struct {
		name  string
		err   error
		again bool
	}{
		{"a certificate", &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, false},
		{"a host name", x509.HostnameError{Certificate: &x509.Certificate{}, Host: "h"}, false},
		{"no roots", x509.SystemRootsError{}, false},
		{"a record", tls.RecordHeaderError{Msg: "odd"}, false},
		{"an alert", tls.AlertError(40), false},
		{"an alert over TCP", &net.OpError{Op: "remote error", Err: errors.New("certificate required")}, false},
		{"words", errors.New("tls: the certificate of the proxy is being renewed, unsupported protocol"), true},
		{"an operation that broke", &net.OpError{Op: "read", Err: io.ErrUnexpectedEOF}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tries := 0
			c := hurry(New(Options{HTTP: &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
				tries++
				return nil, tt.err
			})}}))
			_, err := c.Get(context.Background(), "https://example.org")
			require.ErrorIs(t, err, ErrOffline)
			require.Equal(t, tt.again, tries > 1, "tries: %d, %v", tries, err)
		})
	}
}

// TestSchemeOfHost: a host that a program made itself.
func TestSchemeOfHost(t *testing.T) {
	_, err := New(Options{}).Get(context.Background(), "ftp://example.org/no/db")
	require.ErrorIs(t, err, errScheme)
	require.ErrorContains(t, err, `cannot reach example.org: unsupported protocol scheme "ftp"`)
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// secure is a server with TLS.
func secure(change func(*tls.Config)) func(*testing.T) *httptest.Server {
	return func(t *testing.T) *httptest.Server {
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `[]`) }))
		s.Config.ErrorLog = log.New(io.Discard, "", 0)
		s.TLS = &tls.Config{}
		if change != nil {
			change(s.TLS)
		}
		s.StartTLS()
		t.Cleanup(s.Close)
		return s
	}
}

// says is something that answers every greeting with the same words and hangs up;
// only its address is a server's.
func says(words string) func(*testing.T) *httptest.Server {
	return func(t *testing.T) *httptest.Server {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		t.Cleanup(func() { _ = l.Close() })
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				_, _ = conn.Read(make([]byte, 4<<10))
				_, _ = io.WriteString(conn, words)
				_ = conn.Close()
			}
		}()
		return &httptest.Server{URL: "https://" + l.Addr().String()}
	}
}
