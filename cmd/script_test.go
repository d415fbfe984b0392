// Package cmd tests the commands as commands: in scripts, and in the lines that
// the documents show.
package cmd

import (
	"archive/zip"
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the files of expected output")

// bin is the folder with all commands, built once.
var bin string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "jsonstat-bin-*")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		defer os.RemoveAll(dir + "-cache")
		bin = dir
		build := exec.Command("go", "build", "-o", dir+string(filepath.Separator), "./...")
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
			return 1
		}
		return m.Run()
	}())
}

func TestScripts(t *testing.T) {
	testdata, err := filepath.Abs(filepath.Join("..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", bin+string(os.PathListSeparator)+env.Getenv("PATH"))
			env.Setenv("TESTDATA", testdata)
			env.Setenv("PXFETCH_HOST", pxweb())
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".tmp", "cache"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status":  status,
			"sh":      sh,
			"lines":   lines,
			"only":    only,
			"cube":    cube,
			"pack":    pack,
			"unpack":  unpack,
			"archive": archive,
			"pxweb":   servePxweb,
		},
		RequireUniqueNames: true,
		UpdateScripts:      *update,
	})
}

// status runs a command that must end with the given exit status:
//
//	status 2 jsonstat2csv nofile.json
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status NUMBER command [argument ...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := err.(*exec.ExitError)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// sh runs a line in a shell that fails if any part of a pipe does:
//
//	sh 'jsonstat2csv in.json | head -1'
//	! sh 'false | jsonstat2csv'
func sh(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: sh 'line'")
	}
	cmd := shell(args[0])
	err := ts.Exec(cmd.Args[0], cmd.Args[1:]...)
	switch {
	case neg && err == nil:
		ts.Fatalf("unexpected success")
	case !neg && err != nil:
		ts.Fatalf("%v", err)
	}
}

// shell runs a line so that it fails if any part of a pipe does. Without bash it
// fails if the last one does: not every sh has that option.
func shell(line string) *exec.Cmd {
	if _, err := exec.LookPath("bash"); err == nil {
		return exec.Command("bash", "-o", "pipefail", "-c", line)
	}
	return exec.Command("sh", "-c", line)
}

// lines checks how many lines a file, or stdout or stderr, has:
//
//	lines 1 stderr
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines NUMBER file")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := strings.Count(ts.ReadFile(args[1]), "\n"); got != want {
		ts.Fatalf("%s has %d lines, want %d:\n%s", args[1], got, want, ts.ReadFile(args[1]))
	}
}

// only checks that a folder has these files and no others, hidden ones included:
//
//	only . in.json out.csv
func only(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: only folder [file ...]")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	var got []string
	for _, e := range entries {
		if e.Name() != ".tmp" { // testscript's own
			got = append(got, e.Name())
		}
	}
	want := slices.Sorted(slices.Values(args[1:]))
	if !slices.Equal(got, want) {
		ts.Fatalf("%s has %q, want %q", args[0], got, want)
	}
}

// cube writes a cube of the given size; the value of a cell is its position and
// a half:
//
//	cube big.json 100 100 100
func cube(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: cube file size ...")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	w := bufio.NewWriter(f)
	n := 1
	var ids, dims []string
	for i, arg := range args[1:] {
		size, err := strconv.Atoi(arg)
		ts.Check(err)
		n *= size
		var cats []string
		for k := range size {
			cats = append(cats, fmt.Sprintf(`"d%d-%d"`, i, k))
		}
		ids = append(ids, fmt.Sprintf(`"d%d"`, i))
		dims = append(dims, fmt.Sprintf(`"d%d":{"category":{"index":[%s]}}`, i, strings.Join(cats, ",")))
	}
	fmt.Fprintf(w, `{"version":"2.0","class":"dataset","id":[%s],"size":[%s],"dimension":{%s},"value":[`,
		strings.Join(ids, ","), strings.Join(args[1:], ","), strings.Join(dims, ","))
	for i := range n {
		if i > 0 {
			w.WriteByte(',')
		}
		fmt.Fprintf(w, "%d.5", i)
	}
	w.WriteString("]}\n")
	ts.Check(w.Flush())
	ts.Check(f.Close())
}

// pack compresses a file by the name of another, and unpack turns it back:
//
//	pack in.json in.json.zst
//	unpack out.csv.gz out.csv
func pack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pack from to")
	}
	var b bytes.Buffer
	var w io.WriteCloser = gzip.NewWriter(&b)
	if strings.HasSuffix(args[1], ".zst") {
		var err error
		w, err = zstd.NewWriter(&b)
		ts.Check(err)
	}
	_, err := io.WriteString(w, ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o666))
}

// archive puts files into a zip archive:
//
//	archive all.zip a.csv b.csv
func archive(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: archive to from ...")
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range args[1:] {
		m, err := w.Create(name)
		ts.Check(err)
		_, err = io.WriteString(m, ts.ReadFile(name))
		ts.Check(err)
	}
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o666))
}

func unpack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: unpack from to")
	}
	var r io.Reader
	var err error
	text := strings.NewReader(ts.ReadFile(args[0]))
	if strings.HasSuffix(args[0], ".zst") {
		r, err = zstd.NewReader(text)
	} else {
		r, err = gzip.NewReader(text)
	}
	ts.Check(err)
	b, err := io.ReadAll(r)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b, 0o666))
}
