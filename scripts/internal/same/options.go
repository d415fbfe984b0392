package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
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

// glob is a pattern in which * stands for any text and ? for any letter.
func glob(pattern string) *regexp.Regexp {
	text := regexp.QuoteMeta(pattern)
	text = strings.ReplaceAll(strings.ReplaceAll(text, `\*`, `(?s:.*)`), `\?`, `(?s:.)`)
	return regexp.MustCompile("^" + text + "$")
}
