package pxserver

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Start serves on loopback until the test ends. base is the address without a
// slash at the end.
func Start(t TB, o Options) (base string, s *Server) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s = New(o)
	server := &http.Server{Handler: s}
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return "http://" + l.Addr().String(), s
}

// TB is what Start needs of a testing.TB; commands link this package and need no
// package testing.
type TB interface {
	Helper()
	Cleanup(func())
	Fatal(args ...any)
}

// Serve serves on an address of this machine ("127.0.0.1:0" takes any port) until
// the context ends. ready is called with the base address before the first call
// is taken. Addresses that other machines can reach are refused.
func Serve(ctx context.Context, address string, o Options, ready func(base string)) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	if ip := l.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
		l.Close()
		return fmt.Errorf("%s can be reached from other machines; use 127.0.0.1 or localhost", address)
	}
	server := &http.Server{Handler: New(o), ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if ready != nil {
		ready("http://" + l.Addr().String())
	}
	if err := server.Serve(l); err != http.ErrServerClosed {
		return err
	}
	return nil
}
