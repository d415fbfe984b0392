package cmd

import (
	"context"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

// pxweb is the address of a PxWeb server on this machine, with the tables of
// "pxfetch serve", which runs as long as the tests.
var pxweb = sync.OnceValue(func() string {
	base, _ := startPxweb(context.Background(), pxserver.Options{})
	return base
})

func startPxweb(ctx context.Context, o pxserver.Options) (string, error) {
	ready := make(chan string, 1)
	failed := make(chan error, 1)
	go func() { failed <- pxserver.Serve(ctx, "127.0.0.1:0", o, func(base string) { ready <- base }) }()
	select {
	case base := <-ready:
		return base, nil
	case err := <-failed:
		return "", err
	}
}

// servePxweb starts a server of another kind for the rest of a script:
//
//	pxweb cells=100 host=statfin fault=1:503 fault=2:drop
//
// fault=N:WHAT spoils the N-th call for data: 429, 503, 500, drop, page, cut, list.
func servePxweb(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: pxweb [cells=N] [host=NAME] [fault=N:WHAT]")
	}
	var o pxserver.Options
	faults := map[string]pxserver.Fault{"429": pxserver.TooMany, "503": pxserver.Unavailable, "500": pxserver.Empty500,
		"drop": pxserver.Drop, "page": pxserver.Maintenance, "cut": pxserver.Truncated, "list": pxserver.Listing}
	for _, arg := range args {
		name, value, _ := strings.Cut(arg, "=")
		switch name {
		case "cells":
			n, err := strconv.Atoi(value)
			ts.Check(err)
			o.MaxCells = n
		case "host":
			for _, h := range pxserver.Hosts() {
				if h.Name == value {
					o.Host = h
				}
			}
			if o.Host == nil {
				ts.Fatalf("pxweb: there is no host %q", value)
			}
		case "fault":
			at, what, _ := strings.Cut(value, ":")
			n, err := strconv.Atoi(at)
			ts.Check(err)
			fault, ok := faults[what]
			if !ok {
				ts.Fatalf("pxweb: there is no fault %q", what)
			}
			if o.Faults.On == nil {
				o.Faults.On = map[int]pxserver.Fault{}
			}
			o.Faults.On[n], o.Faults.DataOnly = fault, true
		case "updates":
			n, err := strconv.Atoi(value)
			ts.Check(err)
			o.Faults.UpdateAfter = n
		default:
			ts.Fatalf("pxweb: there is no option %q", name)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	ts.Defer(stop)
	base, err := startPxweb(ctx, o)
	ts.Check(err)
	ts.Setenv("PXFETCH_HOST", base)
	ts.Setenv("PXWEB", base)
}
