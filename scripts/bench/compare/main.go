// Compare times programs of this repository and prints a Markdown table: those of
// the work tree alone, or of two commits in alternating pairs. It is called by
// scripts/bench/bench.sh, which explains it, from the root of the repository.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// options are those of a call.
type options struct {
	against, to string // commits; "" is none, and the work tree
	runs, cells int
	short, list bool
	dir         string
	names       []string
}

func main() {
	var o options
	flag.StringVar(&o.against, "against", "", "commit to compare with")
	flag.StringVar(&o.to, "to", "", "commit that is compared (the work tree)")
	flag.IntVar(&o.runs, "runs", 0, "pairs of runs")
	flag.IntVar(&o.cells, "cells", 0, "cells of the documents")
	flag.BoolVar(&o.short, "short", false, "small and few")
	flag.BoolVar(&o.list, "list", false, "list the scenarios")
	flag.StringVar(&o.dir, "dir", "", "an empty folder")
	flag.Parse()
	o.names = flag.Args()
	if err := run(&o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		if errors.Is(err, errUsage) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

// defaults fills in what was not said, and refuses what makes no sense.
func (o *options) defaults() error {
	if o.runs < 0 || o.cells < 0 || o.to != "" && o.against == "" || !o.list && o.dir == "" {
		return errUsage
	}
	runs, cells := 8, 800_000
	if o.short {
		runs, cells = 2, 20_000
	}
	if o.runs == 0 {
		o.runs = runs
	}
	if o.cells == 0 {
		o.cells = cells
	}
	return nil
}

func run(o *options, w io.Writer) error {
	if err := o.defaults(); err != nil {
		return err
	}
	list := scenarios(o.short)
	if o.list {
		for _, s := range list {
			fmt.Fprintf(w, "%-22s %s\n", s.name, s.about)
		}
		fmt.Fprintf(w, "%-22s %s\n", "start", "--version of each command")
		return nil
	}
	// Before anything is built or checked out.
	if _, err := choose(list, o.names, nil); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	var sides []*side // old first
	for _, s := range []struct{ label, commit string }{{"old", o.against}, {"new", o.to}} {
		if s.label == "old" && s.commit == "" {
			continue
		}
		side, err := checkout(o.dir, s.label, s.commit)
		if err != nil {
			return err
		}
		sides = append(sides, side)
	}
	return measureAll(o, w, list, sides)
}

// measureAll builds what is needed, makes the inputs and prints a line for each
// scenario as soon as it is measured.
func measureAll(o *options, w io.Writer, list []scenario, sides []*side) error {
	commands, err := allCommands(sides)
	if err != nil {
		return err
	}
	chosen, err := choose(list, o.names, commands)
	if err != nil {
		return err
	}
	made := needed(inputs(o.cells), chosen)
	for _, s := range sides {
		if err := s.build(tools(chosen, made)); err != nil {
			return fmt.Errorf("%s: %w", s.label, err)
		}
	}
	b := &bench{dir: o.dir, own: filepath.Join(o.dir, "own")}
	if err := command(".", "go", "build", "-o", b.own+"/", "./scripts/bench/gen", "./scripts/bench/timeit", "./scripts/bench/pxserver"); err != nil {
		return err
	}
	for _, in := range made {
		if err := b.make(in, sides); err != nil {
			return err
		}
	}
	if err := b.findFilter(o.cells); err != nil {
		return err
	}
	stop, err := b.serve(chosen)
	if err != nil {
		return err
	}
	defer stop()

	heading(w, o, sides)
	new, failed := sides[len(sides)-1], 0
	var old *side
	if len(sides) > 1 {
		old = sides[0]
	}
	for _, sc := range chosen {
		r := b.measure(old, new, sc, o.runs)
		if old != nil {
			fmt.Fprintln(w, r.pairsRow())
		} else {
			fmt.Fprintln(w, r.aloneRow())
		}
		if r.failed() {
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d scenarios could not be measured", failed)
	}
	return nil
}

// failed tells whether a program failed. One that a side does not have did not.
func (r *result) failed() bool {
	for _, fault := range []string{r.oldFault, r.newFault} {
		if fault != "" && fault != missing {
			return true
		}
	}
	return false
}

// allCommands are the commands of any side, sorted.
func allCommands(sides []*side) ([]string, error) {
	var all []string
	for _, s := range sides {
		list, err := s.commands()
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// heading says where and what was measured.
func heading(w io.Writer, o *options, sides []*side) {
	goVersion, _ := exec.Command("go", "env", "GOVERSION").Output()
	fmt.Fprintf(w, "%s/%s, %s, %d cores, %s; %d cells\n\n", runtime.GOOS, runtime.GOARCH, processor(), runtime.NumCPU(), strings.TrimSpace(string(goVersion)), o.cells)
	for _, s := range sides {
		fmt.Fprintf(w, "- %s: %s\n", s.label, s.about)
	}
	fmt.Fprintln(w)
	if len(sides) > 1 {
		fmt.Fprintln(w, pairsHead)
		return
	}
	fmt.Fprintln(w, aloneHead)
}

// processor is the model, where the system tells it.
func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown processor"
}
