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
	"strings"
	"syscall"
	"time"
)

const usage = `Usage: scripts/same [options] [OLD [NEW]]

OLD is a commit, by default the one in scripts/same.base. NEW is a commit, by
default the work tree as it is.

Options:
  --all          every document with every option, instead of a sample
  --seed N       another sample (1)
  --times N      a sample N times as large (1)
  --only GLOB    only the commands whose names match
  --run TEXT     only this run, as it is printed: 'pipe shapes/dense jsonstat2csv -s'
  --keep FOLDER  write the inputs and both outcomes of what differs into a folder
  --corpus DIR   documents from elsewhere, JSON or CSV ($JSONSTAT_CORPUS)
  --list         print the runs, and run nothing

Exit status: 0 the same, 1 something differs, 2 the call was wrong.
`

// An options says what is asked for.
type options struct {
	root, old, new string // new is "" for the work tree
	all, list      bool
	seed           uint64
	times          int
	only, run      string
	keep, corpus   string
}

// errCall is an error of the call, after which the exit status is 2.
var errCall = errors.New("the call was wrong")

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
	switch {
	case errors.Is(err, errCall):
		fmt.Fprintf(messages, "same: %v\n", err)
		return 2
	case err != nil:
		fmt.Fprintf(messages, "same: %v\n", err)
		return 1
	case !same:
		return 1
	}
	return 0
}

// parseArgs reads the command line. Options may stand behind the commits.
func parseArgs(args []string) (*options, error) {
	o := &options{}
	set := flag.NewFlagSet("same", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&o.root, "root", ".", "the repository")
	set.BoolVar(&o.all, "all", false, "")
	set.BoolVar(&o.list, "list", false, "")
	set.Uint64Var(&o.seed, "seed", 1, "")
	set.IntVar(&o.times, "times", 1, "")
	set.StringVar(&o.only, "only", "*", "")
	set.StringVar(&o.run, "run", "", "")
	set.StringVar(&o.keep, "keep", "", "")
	set.StringVar(&o.corpus, "corpus", os.Getenv("JSONSTAT_CORPUS"), "")
	var commits []string
	for rest := args; ; {
		if err := set.Parse(rest); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, fmt.Errorf("%w: %w", errCall, err)
		}
		if set.NArg() == 0 {
			break
		}
		commits, rest = append(commits, set.Arg(0)), set.Args()[1:]
	}
	switch {
	case len(commits) > 2:
		return nil, fmt.Errorf("%w: there are two commits at most: OLD and NEW", errCall)
	case o.times < 1:
		return nil, fmt.Errorf("%w: --times is a number from 1", errCall)
	case len(commits) > 1:
		o.new = commits[1]
		fallthrough
	case len(commits) > 0:
		o.old = commits[0]
		return o, nil
	}
	base, err := os.ReadFile(filepath.Join(o.root, "scripts", "same.base"))
	if err != nil {
		return nil, err
	}
	o.old = strings.TrimSpace(string(base))
	return o, nil
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
	if err := bench.startServers(); err != nil {
		return false, err
	}
	defer bench.stopServers()
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
