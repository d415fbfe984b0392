package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// A bench is where programs are measured.
type bench struct {
	dir    string // folder of inputs and outputs
	own    string // folder of gen, timeit and pxserver, which both sides share
	filter string // criteria that keep half of the regions
	server string // address of pxserver
}

// missing is the fault of a side that does not have a program.
const missing = "has no such program"

var errMissing = errors.New(missing)

// make makes an input, by a command of the first side that has it.
func (b *bench) make(in input, sides []*side) error {
	name := filepath.Join(b.dir, in.name)
	if in.tool == "" {
		out, err := os.Create(name)
		if err != nil {
			return err
		}
		cmd := exec.Command(filepath.Join(b.own, "gen"), in.gen...)
		cmd.Stdout, cmd.Stderr = out, os.Stderr
		return errors.Join(cmd.Run(), out.Close())
	}
	for _, s := range sides {
		if program, ok := s.program(in.tool); ok {
			return command(".", program, append([]string{filepath.Join(b.dir, "doc.json"), name}, in.args...)...)
		}
	}
	return fmt.Errorf("%s: no side has %s", in.name, in.tool)
}

// findFilter asks gen for the criteria that keep half of the regions.
func (b *bench) findFilter(cells int) error {
	out, err := exec.Command(filepath.Join(b.own, "gen"), "-half", "-cells", strconv.Itoa(cells)).Output()
	b.filter = strings.TrimSpace(string(out))
	return err
}

// serve starts pxserver with the tables of some scenarios, if there are any. It
// ends when stop is called.
func (b *bench) serve(chosen []scenario) (stop func(), err error) {
	var numbers []string
	for _, s := range chosen {
		if s.table != nil {
			numbers = append(numbers, strconv.Itoa(s.table.regions))
		}
	}
	if numbers == nil {
		return func() {}, nil
	}
	cmd := exec.Command(filepath.Join(b.own, "pxserver"), numbers...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	stop = func() {
		_ = in.Close()
		_ = cmd.Wait()
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		stop()
		return nil, fmt.Errorf("pxserver: %w", err)
	}
	b.server = strings.TrimSpace(line)
	return stop, nil
}

// merging are the arguments of merge but for its files. Each side has its own
// parts, for how they are saved is its own affair; the server's answers are the
// same.
func (b *bench) merging(s *side, t *table) []string {
	return []string{"-at", b.server, "-cache", filepath.Join(b.dir, s.label, "parts"), "-cells", strconv.Itoa(t.cells), "-parts", strconv.Itoa(t.parts)}
}

// save gets the parts that a side will put together.
func (b *bench) save(s *side, t *table) error {
	program, ok := s.program("merge")
	if !ok {
		return errMissing
	}
	return command(".", program, append(b.merging(s, t), "-save", strconv.Itoa(t.regions))...)
}

// call is the call of a scenario: arguments of timeit.
func (b *bench) call(s *side, sc scenario) ([]string, error) {
	program, ok := s.program(sc.tool)
	if !ok {
		return nil, errMissing
	}
	in, out := filepath.Join(b.dir, sc.in), filepath.Join(b.dir, "out")
	if sc.in == "" {
		in = os.DevNull
	}
	args := []string{"-written", out}
	switch {
	case sc.table != nil:
		args = append(append(args, program), b.merging(s, sc.table)...)
		args = append(args, strconv.Itoa(sc.table.regions), out)
	case sc.pipe:
		args = append(args, "-pipe", in, program)
	default:
		args = append(args, program, in, out)
	}
	for _, a := range sc.args {
		args = append(args, strings.ReplaceAll(a, filterMark, b.filter))
	}
	return args, nil
}

// run runs a scenario once.
func (b *bench) run(s *side, sc scenario) (figures, error) {
	args, err := b.call(s, sc)
	if err != nil {
		return figures{}, err
	}
	var said strings.Builder
	cmd := exec.Command(filepath.Join(b.own, "timeit"), args...)
	cmd.Stderr = &said
	out, err := cmd.Output()
	_ = os.Remove(filepath.Join(b.dir, "out"))
	if err != nil {
		_, _ = io.WriteString(os.Stderr, said.String())
		return figures{}, fmt.Errorf("%s failed", sc.tool)
	}
	return parseFigures(string(out))
}

// parseFigures reads what timeit prints.
func parseFigures(line string) (f figures, err error) {
	if _, err := fmt.Sscanf(line, "%g %g %d %s %g\n", &f.wall, &f.peak, &f.size, &f.sum, &f.cpu); err != nil {
		return f, fmt.Errorf("timeit prints %q, not five figures", strings.TrimSpace(line))
	}
	return f, nil
}

// measure runs a scenario in pairs. A first run of each side is not counted: it
// brings programs and input into memory, and shows whether the side can run at all.
// Old is nil where there is nothing to compare with.
func (b *bench) measure(old, new *side, sc scenario, runs int) *result {
	r := &result{scenario: sc}
	if sc.in != "" {
		if info, err := os.Stat(filepath.Join(b.dir, sc.in)); err == nil {
			r.size = info.Size()
		}
	}
	try := func(s *side) string {
		if s == nil {
			return ""
		}
		if sc.table != nil {
			if err := b.save(s, sc.table); err != nil {
				return firstLine(err)
			}
		}
		if _, err := b.run(s, sc); err != nil {
			return firstLine(err)
		}
		return ""
	}
	r.oldFault, r.newFault = try(old), try(new)
	for i := range runs * max(1, sc.often) {
		for turn := range 2 {
			if (turn == 0) == newFirst(i) {
				b.once(new, sc, &r.new, &r.newFault)
			} else if old != nil {
				b.once(old, sc, &r.old, &r.oldFault)
			}
		}
	}
	if old != nil {
		r.twin = twins(old, new, sc.tool)
	}
	// Figures up to a fault are not to be set against those of all runs.
	if r.oldFault != "" {
		r.old = nil
	}
	if r.newFault != "" {
		r.new = nil
	}
	return r
}

// twins tells whether a program of two sides is the same, so that what differs in
// its figures is chance.
func twins(old, new *side, tool string) bool {
	var texts [2][]byte
	for i, s := range []*side{old, new} {
		program, ok := s.program(tool)
		text, err := os.ReadFile(program)
		if !ok || err != nil {
			return false
		}
		texts[i] = text
	}
	return bytes.Equal(texts[0], texts[1])
}

// once adds a run to a side's, unless it has failed before.
func (b *bench) once(s *side, sc scenario, runs *series, fault *string) {
	if *fault != "" {
		return
	}
	f, err := b.run(s, sc)
	if err != nil {
		*fault = firstLine(err)
		return
	}
	*runs = append(*runs, f)
}

func firstLine(err error) string {
	var out bytes.Buffer
	fmt.Fprintln(&out, err)
	line, _ := out.ReadString('\n')
	return strings.TrimSuffix(line, "\n")
}
