// Command same compares the commands of two commits: it builds both, runs them
// over the same documents with the same options and holds that they write, say,
// ask for and end with the same. scripts/same calls it and says how to use it.
//
// A run is a command with options on a document ([Run]). Documents have names
// such as shapes/dense ([Library]); which flags there are is read from the
// commands themselves ([Command]), what they are tried with stands in a table
// ([valuesOf]), and what is run is drawn by seed ([sampler]). What comes of a run
// is an [Outcome]; where the two outcomes differ, the rows of a list may say that
// they are meant to ([Row]).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

func main() { os.Exit(mainStatus(os.Args[1:], os.Stdout, os.Stderr)) }

func mainStatus(args []string, out, messages io.Writer) int {
	o, err := parseArgs(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, usage)
		return 0
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	same := false
	if err == nil {
		same, err = compareCommits(ctx, o, out, messages)
	}
	if err != nil {
		fmt.Fprintf(messages, "same: %v\n", err)
	}
	switch {
	case errors.Is(err, errCall):
		return 2
	case err != nil || !same:
		return 1
	}
	return 0
}

// chooseRuns are what is to be run, and the examples of rows among it.
func chooseRuns(o *options, s *sampler, rows []*Row) (runs, examples []Run, err error) {
	if o.run != "" {
		r, err := parseRun(o.run)
		if err != nil {
			return nil, nil, fmt.Errorf("%w: %w", errCall, err)
		}
		return []Run{r}, nil, nil
	}
	if runs, err = s.runs(); err != nil {
		return nil, nil, err
	}
	examples = rowExamples(rows, o.only)
	return withExamples(runs, examples), examples, nil
}

// compareCommits does the work. It tells whether all is the same.
func compareCommits(ctx context.Context, o *options, out, messages io.Writer) (bool, error) {
	start := time.Now()
	rows, err := readRows(filepath.Join(o.root, "scripts", "same.differences"))
	if err != nil {
		return false, err
	}
	folder, err := os.MkdirTemp("", "same-*")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(folder)
	sides, err := buildSides(ctx, o, folder, messages)
	if err != nil {
		return false, err
	}
	built := time.Since(start)
	commands, err := commonCommands(sides, o.only, messages)
	if err != nil {
		return false, err
	}
	library, err := newLibrary(o.root, o.corpus)
	if err != nil {
		return false, err
	}
	s := &sampler{commands: commands, library: library, seed: o.seed, times: o.times, all: o.all}
	runs, examples, err := chooseRuns(o, s, rows)
	if err != nil {
		return false, err
	}
	if o.list {
		for _, r := range runs {
			fmt.Fprintln(out, r)
		}
		return true, nil
	}
	bench := &bench{sides: sides, library: library, folder: folder, workers: runtime.GOMAXPROCS(0)}
	for i := range bench.servers {
		if bench.servers[i], err = startServers(sides[0].bin); err != nil {
			return false, err
		}
		defer stopServers(bench.servers[i])
	}
	report := newReport(rows, o.keep)
	if err := bench.all(ctx, runs, report.add); err != nil {
		return false, err
	}
	report.checkRows(examples)
	report.print(out)
	fmt.Fprintf(messages, "same: %d runs of %d commands, seed %d; built in %.0f s, run in %.0f s\n",
		len(runs), len(commands), o.seed, built.Seconds(), (time.Since(start) - built).Seconds())
	return report.same(), report.err
}
