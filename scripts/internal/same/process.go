package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// patience is how long a command may run.
const patience = time.Minute

// repeats is how often the old side is asked again where the new one differs: a
// command whose messages follow the order of a map says one of two things.
const repeats = 8

// A bench runs the commands of both sides.
type bench struct {
	sides   [2]side
	library *Library
	folder  string // for everything
	workers int
	servers [2]map[string]*practiceServer // by mode
}

// A result is what came of a run on both sides.
type result struct {
	run      Run
	old, new *Outcome
	inputs   map[string][]byte
	line     string // as it is typed
	// unsure says that the old side gives something else when it is asked again.
	unsure bool
}

// all makes all runs, and gives the results out in their order.
func (b *bench) all(ctx context.Context, runs []Run, give func(result)) error {
	results := make([]result, len(runs))
	errs := make([]error, len(runs))
	done := make([]chan struct{}, len(runs))
	for i := range done {
		done[i] = make(chan struct{})
	}
	next := make(chan int)
	var wg sync.WaitGroup
	for w := range b.workers {
		wg.Go(func() {
			for i := range next {
				if errs[i] = ctx.Err(); errs[i] != nil {
					close(done[i])
					continue
				}
				results[i], errs[i] = b.both(ctx, runs[i], w, i%2 == 1)
				close(done[i])
			}
		})
	}
	go func() {
		for i := range runs {
			next <- i
		}
		close(next)
	}()
	var err error
	for i := range runs {
		<-done[i]
		if errs[i] != nil && err == nil {
			err = fmt.Errorf("%s: %w", runs[i], errs[i])
		}
		if err == nil {
			give(results[i])
		}
		results[i] = result{}
	}
	wg.Wait()
	return err
}

// both makes a run on both sides, one of them first.
func (b *bench) both(ctx context.Context, run Run, worker int, newFirst bool) (result, error) {
	res := result{run: run}
	in, err := b.inputs(ctx, run, worker)
	if err != nil {
		return res, err
	}
	res.inputs, res.line = in.files, in.line()
	order := []int{0, 1}
	if newFirst {
		order = []int{1, 0}
	}
	var outcomes [2]*Outcome
	for _, i := range order {
		if outcomes[i], err = b.one(ctx, run, in, worker, i); err != nil {
			return res, err
		}
	}
	res.old, res.new = outcomes[0], outcomes[1]
	if judge(run, res.old, res.new, nil).same {
		return res, nil
	}
	for range repeats {
		again, err := b.one(ctx, run, in, worker, 0)
		if err != nil {
			return res, err
		}
		if !judge(run, res.old, again, nil).same {
			res.unsure = true
			break
		}
	}
	return res, nil
}

// An input is what a run finds in its folder, and how its command is called.
type input struct {
	files map[string][]byte
	calls [][]string
	stdin []byte // nil if nothing is piped into it
	pipe  bool
	cmd   string
}

func (in input) line() string {
	var lines []string
	for _, words := range in.calls {
		lines = append(lines, shellLine(in.cmd, words, in.pipe))
	}
	return strings.Join(lines, " && ")
}

// inputs are the files of a run and its call.
func (b *bench) inputs(ctx context.Context, run Run, worker int) (input, error) {
	in := input{files: map[string][]byte{}, cmd: run.Command}
	if run.Command == pxfetch {
		in.calls, in.files = run.steps(), pxFiles()
		return in, nil
	}
	d, err := b.library.find(run.Document)
	if err != nil {
		return in, err
	}
	text, err := b.text(ctx, d, worker)
	if err != nil {
		return in, err
	}
	name, out := "input"+extension(d.Format), "out"+outputExtension(run.Command)
	if run.Mode == "packed" {
		out += ".gz"
	}
	words := append([]string{}, run.Options...)
	switch run.Mode {
	case "pipe":
		in.stdin, in.pipe = text, true
		in.files[name] = text
	case "named":
		words = append(words, name)
		in.files[name] = text
	case "away":
		words = append(words, name, out)
	default:
		words = append(words, name, out)
		in.files[name] = text
		if run.Mode == "gzip" {
			in.files[name] = packed(text)
		}
		if run.Mode == "over" {
			in.files[out] = []byte("this was there before\n")
		}
	}
	for name, text := range b.companions(d) {
		for _, w := range run.Options {
			if strings.Contains(w, name) {
				in.files[name] = text
			}
		}
	}
	in.calls = [][]string{words}
	return in, nil
}

func packed(text []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(text) // to memory
	_ = z.Close()
	return b.Bytes()
}

func extension(format string) string {
	if format == "sdmx" {
		return ".json"
	}
	return "." + format
}

// outputExtension is how the name of a command's output ends.
func outputExtension(command string) string {
	switch to := command[strings.Index(command, "2")+1:]; to {
	case "csv", "xlsx", "arrow", "parquet":
		return "." + to
	}
	return ".json"
}

// companions are files that options name, for a document.
func (b *bench) companions(d *Document) map[string][]byte {
	source := d
	for source.made != nil {
		source = source.made.from
	}
	files := map[string][]byte{"criteria.json": criteriaFile(d.Cube), "plan.json": planFile(d.Cube)}
	own := map[string]string{"describe.json": "testdata/catch-about.json", "structure.json": "testdata/sdmx/structure.json", "head.json": "testdata/boats.json"}
	for name, document := range own {
		if f := b.library.files[document]; f != nil {
			files[name] = f.Text
		}
	}
	if source.Format == "json" && source.Cube != nil {
		files["head.json"] = source.Text
	}
	return files
}

// criteriaFile is a file for --criteria that fits a cube.
func criteriaFile(c *Cube) []byte {
	criteria := map[string]any{}
	if c != nil {
		for i, d := range c.Dims {
			switch {
			case len(d.Categories) == 0:
			case i%3 == 0:
				criteria[d.ID] = []string{d.Categories[len(d.Categories)-1].ID, d.Categories[0].ID}
			case i%3 == 1:
				criteria[d.ID] = map[string]any{"omit": []string{d.Categories[0].ID}}
			default:
				criteria[d.ID] = "top(2)"
			}
		}
	}
	return inJSON(criteria)
}

func inJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // it is made of texts
	}
	return text
}

// planFile is a file for --plan that fits a table of a cube.
func planFile(c *Cube) []byte {
	plan := map[string][]string{"value": {"Value"}}
	if c != nil {
		for _, d := range c.Dims {
			if !strings.EqualFold(d.Label, "value") && !strings.EqualFold(d.Label, "status") {
				plan["dimension"] = append(plan["dimension"], d.Label)
			}
		}
	}
	return inJSON(plan)
}

// text is the text of a document, which the old side makes if need be.
func (b *bench) text(ctx context.Context, d *Document, worker int) ([]byte, error) {
	if d.made == nil {
		return d.Text, nil
	}
	source, err := b.text(ctx, d.made.from, worker)
	if err != nil {
		return nil, err
	}
	program, options := d.made.command()
	in := input{files: map[string][]byte{"input.json": source}, cmd: program, calls: [][]string{append(options, "--quiet", "input.json", "out."+d.Format)}}
	o, err := b.one(ctx, Run{Command: program, Mode: "file"}, in, worker, 0)
	if err != nil {
		return nil, err
	}
	text := []byte{} // of what cannot be made
	for _, f := range o.Files {
		if f.name == "out."+d.Format {
			text = f.text
		}
	}
	if d.made.damage != "" {
		return damaged(text, d.made.damage)
	}
	return text, nil
}

// one makes a run on one side, in a folder of its own: names are relative, and so
// the same on both.
func (b *bench) one(ctx context.Context, run Run, in input, worker, i int) (*Outcome, error) {
	top := filepath.Join(b.folder, "run", strconv.Itoa(worker), b.sides[i].name)
	folder, home := filepath.Join(top, "here"), filepath.Join(top, "home")
	if err := os.RemoveAll(top); err != nil {
		return nil, err
	}
	for _, f := range []string{folder, home, filepath.Join(top, "tmp")} {
		if err := os.MkdirAll(f, 0o777); err != nil {
			return nil, err
		}
	}
	scrub := scrubber{folder: top}
	calls, files := in.calls, in.files
	env := append(cleanEnv(), "HOME="+home, "USERPROFILE="+home, "XDG_CACHE_HOME="+home, "LocalAppData="+home, "TMPDIR="+filepath.Join(top, "tmp"), "TZ=UTC")
	var rec *recorder
	if run.Command == pxfetch {
		var err error
		if rec, err = b.servers[i][serverOf(run.Mode)].record(faultsOf(run.Mode)); err != nil {
			return nil, err
		}
		defer rec.close()
		scrub.servers = []string{rec.address}
		env = append(env, "PXFETCH_HOST=http://"+rec.address)
		calls, files = nil, map[string][]byte{}
		for _, words := range in.calls {
			var filled []string
			for _, w := range words {
				filled = append(filled, strings.ReplaceAll(w, "{server}", "http://"+rec.address))
			}
			calls = append(calls, filled)
		}
		for name, text := range in.files {
			files[name] = bytes.ReplaceAll(text, []byte("{server}"), []byte("http://"+rec.address))
		}
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o666); err != nil {
			return nil, err
		}
	}
	o := &Outcome{}
	for k, words := range calls {
		var stdout, stderr bytes.Buffer
		limited, cancel := context.WithTimeout(ctx, patience)
		cmd := exec.CommandContext(limited, filepath.Join(b.sides[i].bin, run.Command), words...)
		cmd.Dir, cmd.Env = folder, env
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		if in.pipe {
			cmd.Stdin = bytes.NewReader(in.stdin)
		}
		err := cmd.Run()
		late := limited.Err() != nil
		cancel()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			// A command may end without reading all of its input.
			if cmd.ProcessState == nil {
				return nil, err
			}
		}
		status := strconv.Itoa(cmd.ProcessState.ExitCode())
		if late {
			status = "stopped after a minute"
		}
		if k > 0 {
			o.Exit += " "
		}
		o.Exit += status
		o.Errors += scrub.clean(stderr.String())
		o.Stdout = append(o.Stdout, stdout.Bytes()...)
	}
	if rec != nil {
		o.Requests = scrub.clean(rec.text())
		o.Stdout = []byte(scrub.clean(string(o.Stdout)))
	}
	after, err := readFolder(folder)
	if err != nil {
		return nil, err
	}
	left, err := readFolder(filepath.Join(top, "tmp"))
	if err != nil {
		return nil, err
	}
	if len(left) > 0 { // their names are made at random
		after["(temporary files)"] = []byte(strconv.Itoa(len(left)))
	}
	o.Files = changed(files, after)
	if rec != nil {
		for k := range o.Files {
			o.Files[k].text = []byte(scrub.clean(string(o.Files[k].text)))
		}
	}
	return o, nil
}

// readFolder reads all files below a folder, hidden or not.
func readFolder(folder string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil || name == "." {
			return err
		}
		name = filepath.ToSlash(name)
		if e.IsDir() {
			files[name+"/"] = nil
			return nil
		}
		text, err := os.ReadFile(path)
		files[temporary.ReplaceAllString(name, ".$1-########.tmp")] = text
		return err
	})
	return files, err
}
