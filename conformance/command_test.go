package conformance_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/internal/shapes/atrandom"
)

// command is the built jsonstat2csv, which TestMain takes away again.
var command = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "jsonstat-conformance-*")
	if err != nil {
		return "", err
	}
	commandDir = dir
	bin := filepath.Join(dir, "jsonstat2csv")
	if out, err := exec.Command("go", "build", "-o", bin, "../cmd/jsonstat2csv").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return bin, nil
})

// commandDir holds the built command, "" if it was not built.
var commandDir string

// spellings are the ways to write a flag that work in the reference too.
const spellings = 5

// words spells the flags of a call in one of the ways.
func (c csvCall) words(spelling int) []string {
	var words []string
	group := ""
	for _, f := range c.flags() {
		value := f.value
		if spelling%2 == 1 && (f.name == "column" || f.name == "unit") {
			value = strings.ReplaceAll(value, "\t", `\t`)
		}
		switch {
		case spelling == 0 && f.bool:
			words = append(words, "-"+f.letter)
		case spelling == 1 && f.bool:
			group += f.letter
		case spelling == 2 && f.bool, spelling == 3 && f.bool:
			words = append(words, "--"+f.name)
		case f.bool:
			words = append(words, "--"+f.name+"=true")
		case spelling <= 1:
			words = append(words, "-"+f.letter, value)
		case spelling == 2:
			words = append(words, "--"+f.name+"="+value)
		case spelling == 3:
			words = append(words, "--"+f.name, value)
		default:
			words = append(words, "-"+f.letter+"="+value)
		}
	}
	if group != "" {
		words = append([]string{"-" + group}, words...)
	}
	return words
}

// A commandRun runs the built command in a folder of its own.
type commandRun struct {
	bin, dir string
	n        int
}

func newCommandRun(t *testing.T) *commandRun {
	t.Helper()
	bin, err := command()
	if err != nil {
		t.Fatal(err)
	}
	return &commandRun{bin: bin, dir: t.TempDir()}
}

// modes are the ways to give the command its files.
var modes = []string{"file", "pipe", "stream", "dashes", "gzip", "gzip pipe"}

// run runs the command on a document.
func (r *commandRun) run(t *testing.T, text []byte, words []string, mode string) outcome {
	t.Helper()
	r.n++
	if strings.HasPrefix(mode, "gzip") {
		text = []byte(gzipped(string(text)))
	}
	in, out := fmt.Sprintf("in%d.json", r.n), fmt.Sprintf("out%d.csv", r.n)
	if err := os.WriteFile(filepath.Join(r.dir, in), text, 0o666); err != nil {
		t.Fatal(err)
	}
	var args []string
	piped := mode != "file" && mode != "gzip"
	switch {
	case !piped && r.n%3 == 0:
		args = slices.Concat([]string{in, out}, words)
	case !piped && r.n%3 == 1:
		args = slices.Concat(words, []string{in, out})
	case !piped:
		args = slices.Concat([]string{in}, words, []string{out})
	case mode == "stream":
		args = append([]string{"-t"}, words...)
	case mode == "dashes":
		args = slices.Concat([]string{"-"}, words, []string{"-"})
	default:
		args = words
	}
	cmd := exec.Command(r.bin, args...)
	cmd.Dir = r.dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if piped {
		cmd.Stdin = bytes.NewReader(text)
	}
	if err := cmd.Run(); err != nil {
		if !strings.HasPrefix(stderr.String(), "jsonstat2csv: ") && !strings.Contains(stderr.String(), "\njsonstat2csv: ") || strings.Contains(stderr.String(), "goroutine") {
			t.Errorf("%q fails with %v and says\n%s", args, err, stderr.String())
		}
		return outcome{err: stderr.String(), failed: true}
	}
	if piped {
		return outcome{out: stdout.String()}
	}
	b, err := os.ReadFile(filepath.Join(r.dir, out))
	if err != nil {
		t.Error(err)
	}
	if stdout.Len() > 0 {
		t.Errorf("%q writes a file and prints %q", args, stdout.String())
	}
	return outcome{out: string(b)}
}

// typable tells whether a call can be typed: an id may hold the comma that parts
// the dimensions to drop.
func (c csvCall) typable() bool {
	return !slices.ContainsFunc(c.drop, func(id string) bool { return id == "" || strings.Contains(id, ",") }) &&
		!strings.Contains(c.by, "\x00")
}

// TestCommand makes a sample of the calls with the built command, in all
// spellings and in all ways to give it files.
func TestCommand(t *testing.T) {
	r := startReference(t)
	run := newCommandRun(t)
	var documents []*document
	for _, shape := range shapes.All() {
		documents = append(documents, newDocument(shape.Name+": "+shape.Shows, []byte(shape.JSON)))
	}
	for seed := range uint64(60) {
		text := atrandom.Cube(rand.New(rand.NewPCG(seed, 2)))
		documents = append(documents, newDocument(fmt.Sprintf("the cube of atrandom.Cube with seed %d, 2", seed), text))
	}
	rand.New(rand.NewPCG(4, 4)).Shuffle(len(documents), func(i, k int) { documents[i], documents[k] = documents[k], documents[i] })
	if testing.Short() {
		documents = documents[:20]
	}
	var all tally
	n := 0
	for i, d := range documents {
		rng := rand.New(rand.NewPCG(uint64(i), 3))
		calls := slices.DeleteFunc(callsFor(d, rng, false), func(c csvCall) bool { return !c.typable() })
		for _, call := range calls[:min(len(calls), 2)] {
			c := ask(t, r, d, call)
			mode, words := modes[n%len(modes)], call.words(n%spellings)
			n++
			c.ours = run.run(t, d.text, words, mode)
			v := c.judge()
			all.add(v)
			if v.kind == mismatch {
				t.Errorf("%s: jsonstat2csv %q\n%s", mode, words, c.report(v))
			}
		}
	}
	t.Log(&all)
}

// TestCommandInputs holds that it makes no difference whether a document comes
// from a file, through a pipe or compressed.
func TestCommandInputs(t *testing.T) {
	run := newCommandRun(t)
	calls := []csvCall{{}, {status: true, column: ";"}, {rich: true}}
	for i, shape := range shapes.All() {
		if i%4 > 0 || testing.Short() && i%12 > 0 {
			continue
		}
		d := newDocument(shape.Name, []byte(shape.JSON))
		call := calls[i%len(calls)]
		if i%2 == 1 && d.ds != nil && len(d.ds.Dimensions()) > 0 {
			call = csvCall{by: d.ds.Dimensions()[len(d.ds.Dimensions())-1].ID()}
		}
		want := run.run(t, d.text, call.words(0), "file")
		for _, mode := range modes[1:] {
			got := run.run(t, d.text, call.words(0), mode)
			if got.out != want.out || got.failed != want.failed {
				t.Errorf("%s, %s: %s gives another output than a file: %s\ndocument: %.2000s",
					shape.Name, call, mode, firstDifference(got.out, want.out, mode, "file"), d.text)
			}
		}
	}
}
