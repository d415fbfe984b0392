// Pxserver is a PxWeb server on this machine for scripts/bench/merge: its table
// NUMBER has so many regions of 2,000 cells each, its table NUMBERxNUMBER... variables
// of so many values, and calls need not wait. It prints its address and runs until
// its standard input ends.
//
// How merge cuts a table is decided by the sizes and by -cells, for a plan has as few
// parts as can be: 199x199x1000 comes in 1,000 parts along its last variable with
// -cells 39601, and 1000x199x199 along its first.
//
//	pxserver 100 1000 199x199x1000
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

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
		sizes, err := sizesOf(text)
		switch {
		case err != nil:
			return err
		case len(sizes) == 1:
			o.Tables = append(o.Tables, pxserver.Large(text, sizes[0]*2000))
		default:
			o.Tables = append(o.Tables, table(text, sizes))
		}
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

// sizesOf are the numbers of a name.
func sizesOf(name string) ([]int, error) {
	var sizes []int
	for text := range strings.SplitSeq(name, "x") {
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, err
		}
		sizes = append(sizes, n)
	}
	return sizes, nil
}

// table is a table of variables of the given sizes, the last of which is time.
func table(id string, sizes []int) pxserver.Table {
	t := pxserver.Table{ID: id, Title: pxserver.T("Tabell", "Table"), Cells: pxserver.Pseudo(1)}
	for i, n := range sizes {
		name := fmt.Sprintf("V%d", i)
		v := pxserver.Variable{Code: name, Text: pxserver.T(name, name)}
		if i == len(sizes)-1 {
			v.Kind = pxserver.Time
		}
		for k := range n {
			code := fmt.Sprintf("%05d", k)
			v.Values = append(v.Values, pxserver.Value{Code: code, Text: pxserver.T(code, code)})
		}
		t.Variables = append(t.Variables, v)
	}
	return t
}
