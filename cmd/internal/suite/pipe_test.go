package suite

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// inputName is what the file is called, so that a message about it is the same as one
// about the pipe.
const inputName = "standard input"

// everything is for a longer run, of many minutes.
var everything = flag.Bool("everything", false, "cross all options with the full document, and all commands with the others, instead of a sample")

// trickle is a pipe that gives its text in pieces.
type trickle struct {
	text  []byte
	piece int
}

func (r *trickle) Read(p []byte) (int, error) {
	if len(r.text) == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), r.piece)], r.text)
	r.text = r.text[n:]
	return n, nil
}

// outcome is all that a run leaves behind.
type outcome struct {
	status int
	out    string // standard output, or the file or folder that was written
	errs   string // standard error
}

// call runs a command that writes to standard output.
func call(c cli.Command, stdin io.Reader, args ...string) outcome {
	var out, errs bytes.Buffer
	status := cli.Run(c, cli.Env{Args: args, Stdin: stdin, Stdout: &out, Stderr: &errs})
	return outcome{status, out.String(), errs.String()}
}

// callTo runs a command that writes to a file or a folder, which goes again.
func callTo(t *testing.T, c cli.Command, stdin io.Reader, args ...string) outcome {
	t.Helper()
	const name = "output"
	got := call(c, stdin, append(args, name)...)
	err := filepath.WalkDir(name, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		got.out += fmt.Sprintf("%s: %q\n", path, text)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if err := os.RemoveAll(name); err != nil {
		t.Fatal(err)
	}
	return got
}

// pair runs a command on an input as a file and as a pipe and compares.
func pair(t *testing.T, c cli.Command, what string, input []byte, piece int, args []string) outcome {
	t.Helper()
	pipe := &trickle{slices.Clone(input), piece}
	var file, piped outcome
	if slices.Contains(args, toFile) || slices.Contains(args, "--partition") {
		args = slices.DeleteFunc(slices.Clone(args), func(a string) bool { return a == toFile })
		file = callTo(t, c, strings.NewReader(""), append(slices.Clone(args), inputName)...)
		piped = callTo(t, c, pipe, append(slices.Clone(args), "-")...)
	} else {
		file = call(c, strings.NewReader(""), append(slices.Clone(args), inputName)...)
		piped = call(c, pipe, args...)
	}
	file.out = strings.Replace(file.out, "'"+inputName+"' ", "", 1) // in a line that says the same outright
	same := file == piped
	if file.status != 0 && piped.status == file.status && piped.errs == file.errs {
		same = file.out == "" // what a pipe gave before the fault came is no result
		if slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, "--explain") }) {
			same = file.out == piped.out // why it failed is the result
		}
	}
	if !same {
		t.Errorf("%s %q, %s: a pipe differs from a file\nstatus: file %d, pipe %d\nmessages of the file:\n%sof the pipe:\n%soutput of the file:\n%.600q\nof the pipe:\n%.600q\ninput: %.2000s",
			c.Name, args, what, file.status, piped.status, file.errs, piped.errs, file.out, piped.out, input)
	}
	if strings.Contains(file.errs, "internal error") {
		t.Errorf("%s %q, %s: %s", c.Name, args, what, file.errs)
	}
	return file
}

// write puts the input where the commands find it.
func write(t *testing.T, text []byte) {
	t.Helper()
	if err := os.WriteFile(inputName, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// inFolder works in a new folder with the files that options name.
func inFolder(t *testing.T) string {
	t.Helper()
	testdata, err := filepath.Abs("../../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for name, text := range optionFiles {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return testdata
}

// TestPipe holds that a document from a pipe gives what it gives from a file, for each
// command that reads JSON-stat, with each of its options, in each order of members.
func TestPipe(t *testing.T) {
	inFolder(t)
	rng := rand.New(rand.NewPCG(12, 5))
	runs := 0
	for _, c := range readers(true) {
		used := map[string]bool{}
		for _, o := range orders() {
			text := full().in(o)
			write(t, text)
			single, beside := optionLists(t, c)
			lists := slices.Concat(single, beside)
			switch {
			case *everything:
			case o.seed > 0 || testing.Short():
				lists = append([][]string{nil}, sample(rng, lists, 3)...)
			default:
				lists = append(single, sample(rng, beside, 10)...)
			}
			good := false
			for _, args := range lists {
				for _, a := range args {
					used[flagOf(a)] = true
				}
				file := pair(t, c, o.name, text, 1+rng.IntN(len(text)), args)
				good = good || file.status == 0
				runs++
			}
			if !good {
				t.Fatalf("%s, %s: nothing worked", c.Name, o.name)
			}
			if t.Failed() {
				return
			}
		}
		for _, s := range c.AllFlags() {
			if !used[s.Name] && notCrossed[s.Name] == "" && !testing.Short() {
				t.Errorf("%s: --%s was never tried", c.Name, s.Name)
			}
		}
	}
	t.Logf("%d calls by file and by pipe", runs)
}

// TestPipeShapes does the same with other documents: of all classes, with oddities
// that are warned of and faults that are refused, and a sample of the options.
func TestPipeShapes(t *testing.T) {
	inFolder(t)
	rng := rand.New(rand.NewPCG(12, 6))
	commands := readers(true)
	next := 0 // command, so that each meets each document in several orders
	for _, v := range variants() {
		name, d := v.name, v.document
		for _, o := range orders() {
			if o.seed > 0 && !*everything && (testing.Short() || int(o.seed)%2 == len(name)%2) {
				continue
			}
			text := d.in(o)
			write(t, text)
			some := []cli.Command{commands[next%len(commands)], commands[(next+4)%len(commands)]}
			if next++; *everything {
				some = commands
			}
			for _, c := range some {
				single, beside := optionLists(t, c)
				lists := slices.Concat(single, beside)
				lists = sample(rng, lists, 1)
				if o.seed == 0 || *everything {
					lists = append(lists, nil)
				}
				for _, args := range lists {
					pair(t, c, name+", "+o.name, text, 1+rng.IntN(len(text)), args)
				}
			}
			if t.Failed() {
				return
			}
		}
	}
}

// TestPipeLong has a document of several chunks of cells, more than the output's
// buffer, and faults at its end.
func TestPipeLong(t *testing.T) {
	inFolder(t)
	for name, d := range longVariants() {
		for i, o := range orders()[:6] {
			text := d.in(o)
			write(t, text)
			for k, c := range readers(true) {
				// The workbook is slow, and streams never.
				if c.Name != "jsonstat2csv" && (c.Name == "jsonstat2xlsx" || testing.Short() || (k%3 != i%3 && !*everything)) {
					continue
				}
				pair(t, c, name+", "+o.name, text, 5000, nil)
			}
		}
	}
}

// TestPipePacked holds that gzip changes nothing.
func TestPipePacked(t *testing.T) {
	inFolder(t)
	for _, o := range orders()[:6] {
		text := full().in(o)
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, err := w.Write(text)
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range readers(true) {
			for _, args := range [][]string{nil, {"--strict"}} {
				write(t, text)
				want := call(c, nil, append([]string{inputName}, args...)...)
				write(t, packed.Bytes())
				if got := pair(t, c, "gzip, "+o.name, packed.Bytes(), 100, args); got != want {
					t.Errorf("%s %q, %s: gzip gives\n%+v\nwant\n%+v", c.Name, args, o.name, got, want)
				}
			}
		}
	}
}

// TestPipeReaders does the same for the commands that read other formats.
func TestPipeReaders(t *testing.T) {
	testdata := inFolder(t)
	rng := rand.New(rand.NewPCG(12, 7))
	for _, c := range readers(false) {
		inputs := foreign(t, testdata, c.Name)
		if len(inputs) == 0 {
			t.Errorf("%s: there are no inputs", c.Name)
		}
		used := map[string]bool{}
		for k, in := range inputs {
			write(t, in.text)
			single, beside := optionLists(t, c)
			lists := slices.Concat(single, beside)
			switch {
			case *everything:
			case testing.Short() || k > 0:
				lists = append([][]string{nil}, sample(rng, lists, 5)...)
			default:
				lists = append(single, sample(rng, beside, 5)...)
			}
			for _, args := range lists {
				for _, a := range args {
					used[flagOf(a)] = true
				}
				pair(t, c, in.name, in.text, 1+rng.IntN(len(in.text)+1), args)
			}
			if t.Failed() {
				return
			}
		}
		for _, s := range c.AllFlags() {
			if !used[s.Name] && notCrossed[s.Name] == "" && !testing.Short() {
				t.Errorf("%s: --%s was never tried", c.Name, s.Name)
			}
		}
	}
}

// readers are the commands with an input, which is JSON-stat or not.
func readers(jsonstat bool) []cli.Command {
	return slices.DeleteFunc(all(Commands()), func(c cli.Command) bool {
		return !strings.Contains(string(c.Args), "input") || c.ReadsJSONStat != jsonstat
	})
}

// sample takes some of a list.
func sample(rng *rand.Rand, lists [][]string, n int) [][]string {
	var some [][]string
	for range n {
		some = append(some, lists[rng.IntN(len(lists))])
	}
	return some
}
