// Pxserver is a PxWeb server on this machine for scripts/bench/merge: its table
// NUMBER has so many regions of 2,000 cells each, and calls need not wait. It
// prints its address and runs until its standard input ends.
//
//	pxserver 100 1000
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pxserver:", err)
		os.Exit(1)
	}
}

func run(numbers []string) error {
	o := pxserver.Options{Host: pxserver.SSB}
	for _, text := range numbers {
		n, err := strconv.Atoi(text)
		if err != nil {
			return err
		}
		o.Tables = append(o.Tables, pxserver.Large(text, n*2000))
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	return pxserver.Serve(ctx, "127.0.0.1:0", o, func(base string) {
		fmt.Println(base + o.Host.V2)
	})
}
