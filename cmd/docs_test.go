package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestDocs runs every command that README.md and docs show: lines of blocks
// fenced as sh that begin with "$ ", in one folder per document with a copy of
// testdata. Lines behind a command, up to the next one, are what it must print;
// without any it must succeed and print something or write a file, and find something if
// it searches. A block behind <!-- notest --> is not run; the
// commands of one behind <!-- fails --> must fail with exit status 1 and print what
// is shown. Nothing else is passed over: a block of another shape is an error.
func TestDocs(t *testing.T) {
	for _, file := range pages(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			commands := shownIn(t, file)
			dir := t.TempDir()
			if err := os.CopyFS(filepath.Join(dir, "testdata"), os.DirFS("../testdata")); err != nil {
				t.Fatal(err)
			}
			for _, c := range commands {
				if strings.HasPrefix(c.line, "go ") {
					// Go commands are the README's set-up, which has a test of its own.
					if filepath.Base(file) != "README.md" || c.number != commands[0].number && c.number != commands[1].number {
						t.Errorf("%s:%d: %s: put <!-- notest --> in front of a block that calls go", file, c.number, c.line)
					}
					continue
				}
				before := filesIn(t, dir)
				out, err := inFolder(dir, c.line)
				exit, _ := errors.AsType[*exec.ExitError](err)
				switch {
				case c.fails && (exit == nil || exit.ExitCode() != 1):
					t.Errorf("%s:%d: %s: %v, not exit status 1\n%s", file, c.number, c.line, err, out)
				case !c.fails && err != nil:
					t.Errorf("%s:%d: %s: %v\n%s", file, c.number, c.line, err, out)
				case c.want == "" && !asserts(c.line) && (out == "" && maps.Equal(before, filesIn(t, dir)) || strings.Contains(out, "nothing was found")):
					t.Errorf("%s:%d: %s: does nothing that one could see: %q", file, c.number, c.line, out)
				case c.want != "" && out != c.want:
					t.Errorf("%s:%d: %s: prints\n%s\nbut the page shows\n%s", file, c.number, c.line, out, c.want)
				}
			}
		})
	}
}

// asserts tells whether a command is a test itself, which says nothing if it holds.
func asserts(line string) bool {
	name, _, _ := strings.Cut(line, " ")
	return slices.Contains([]string{"cmp", "diff", "test"}, name)
}

// filesIn are the files of a folder and what they are known by.
func filesIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && !d.IsDir() {
			files[path] = fmt.Sprint(info.Size(), info.ModTime())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestReadmeSetUp holds the README's first two commands: the first converts a
// document, the second is what CI runs.
func TestReadmeSetUp(t *testing.T) {
	commands := shownIn(t, "../README.md")
	if len(commands) < 2 || commands[1].line != "go test ./..." {
		t.Fatal("the second command of README.md is not go test ./...")
	}
	if ci, err := os.ReadFile("../.ci/run"); err != nil || !strings.Contains(string(ci), "\n"+commands[1].line+"\n") {
		t.Errorf(".ci/run does not call the second command of README.md, %s (%v)", commands[1].line, err)
	}
	rest, ok := strings.CutPrefix(commands[0].line, "go run ./cmd/jsonstat ")
	if !ok {
		t.Fatalf("the first command of README.md is %q", commands[0].line)
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "testdata"), os.DirFS("../testdata")); err != nil {
		t.Fatal(err)
	}
	out, err := inFolder(dir, "jsonstat "+rest)
	if err != nil || strings.Count(out, "\n") < 2 {
		t.Errorf("%s: %v\n%s", commands[0].line, err, out)
	}
}

// TestHelpExamples runs the examples in the help of each command.
func TestHelpExamples(t *testing.T) {
	tools, err := os.ReadDir(bin)
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range tools {
		t.Run(tool.Name(), func(t *testing.T) {
			help, err := exec.Command(filepath.Join(bin, tool.Name()), "--help").Output()
			if err != nil {
				t.Fatal(err)
			}
			subcommandExamples(t, tool.Name(), string(help))
			_, examples, ok := strings.Cut(string(help), "\nExamples:\n")
			if !ok {
				t.Fatal("the help has no examples")
			}
			examples, _, _ = strings.Cut(examples, "\n\n")
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS("../testdata")); err != nil {
				t.Fatal(err)
			}
			ran := 0
			for line := range strings.Lines(examples) {
				if strings.HasPrefix(line, "  ") && !strings.HasPrefix(line, "   ") {
					line = strings.TrimSpace(line)
					// Two examples may write the same file, and one reads what another
					// command writes.
					for _, name := range []string{"oslo.csv", "oslo.xlsx", "catch.json", "table.json"} {
						_ = os.Remove(filepath.Join(dir, name))
					}
					before := map[string]string{"xlsx2jsonstat": "jsonstat2xlsx oslo.json oslo.xlsx", "parquet2jsonstat": "test -d districts || jsonstat2parquet oslo.json districts --partition"}
					if out, err := inFolder(dir, before[tool.Name()]); err != nil {
						t.Fatalf("%v\n%s", err, out)
					}
					if out, err := inFolder(dir, line); err != nil {
						t.Errorf("%s: %v\n%s", line, err, out)
					}
					ran++
				}
			}
			if ran == 0 {
				t.Error("no example was run")
			}
		})
	}
}

// subcommandExamples runs the examples in the help of the commands of a program,
// each in a folder of its own.
func subcommandExamples(t *testing.T, tool, help string) {
	_, list, _ := strings.Cut(help, "\nCommands:\n")
	for line := range strings.Lines(list) {
		name, ok := strings.CutPrefix(line, "  ")
		if !ok {
			return
		}
		name, _, _ = strings.Cut(name, " ")
		text, err := exec.Command(filepath.Join(bin, tool), name, "--help").Output()
		if err != nil {
			t.Errorf("%s %s --help: %v", tool, name, err)
		}
		_, examples, ok := strings.Cut(string(text), "\nExamples:\n")
		if !ok {
			t.Errorf("%s %s: the help has no examples", tool, name)
		}
		examples, _, _ = strings.Cut(examples, "\n\n")
		for line := range strings.Lines(examples) {
			if strings.HasPrefix(line, "   ") {
				continue
			}
			if out, err := inFolder(t.TempDir(), strings.TrimSpace(line)); err != nil {
				t.Errorf("%s: %v\n%s", line, err, out)
			}
		}
	}
}

// shownCommand is a command in a document and what it is said to print.
type shownCommand struct {
	line   string
	number int
	want   string
	fails  bool
}

// pages are the documents whose commands are run.
func pages(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../docs/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no pages in docs: %v", err)
	}
	return append(files, "../README.md")
}

// shownIn finds the commands of a document.
func shownIn(t *testing.T, file string) []shownCommand {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	commands, err := shown(string(text))
	if err != nil {
		t.Fatalf("%s:%v", file, err)
	}
	return commands
}

// languages are the fences of blocks that hold no commands.
var languages = []string{"go", "json", "csv", "js", "xml", "text", "sql", "python", "r"}

// marks stand in front of blocks: of commands that are not run, and of such that fail.
var marks = []string{"<!-- notest -->", "<!-- fails -->"}

// shown finds the commands of a text, and what is wrong with its blocks.
func shown(text string) ([]shownCommand, error) {
	var commands []shownCommand
	fence, opened, before := "", 0, 0
	mark, skip, fails := "", false, false // of the block that follows
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\n")
		language, isFence := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case isFence && fence == "": // opens
			fence, opened, before = language, n, len(commands)
			switch {
			case strings.TrimLeft(line, " ") != line:
				return nil, fmt.Errorf("%d: a block is indented", n)
			case mark != "" && language != "sh":
				return nil, fmt.Errorf("%d: %s in front of a block that is no sh", n, mark)
			case language != "sh" && !slices.Contains(languages, language):
				return nil, fmt.Errorf("%d: a block of %q: commands are in blocks of sh, all else is %s", n, language, strings.Join(languages, ", "))
			}
		case isFence: // closes
			if language != "" {
				return nil, fmt.Errorf("%d: the block of line %d is not closed", n, opened)
			}
			if fence == "sh" && !skip && len(commands) == before {
				return nil, fmt.Errorf("%d: a block of sh without a command", opened)
			}
			for _, c := range commands[before:] {
				if fails && c.want == "" {
					return nil, fmt.Errorf("%d: it is not shown how the command fails", c.number)
				}
			}
			fence, mark, skip, fails = "", "", false, false
		case fence == "" && slices.Contains(marks, strings.TrimSpace(line)):
			if mark != "" {
				return nil, fmt.Errorf("%d: %s is not in front of a block", n, mark)
			}
			mark = strings.TrimSpace(line)
			skip, fails = mark == marks[0], mark == marks[1]
		case fence == "" && mark != "" && line != "":
			return nil, fmt.Errorf("%d: %s is not in front of a block", n, mark)
		case fence == "" && strings.HasPrefix(line, "    $ "):
			return nil, fmt.Errorf("%d: a command outside of a block of sh", n)
		case fence != "sh" && strings.HasPrefix(line, "$ "):
			return nil, fmt.Errorf("%d: a command outside of a block of sh", n)
		case fence != "sh" || skip:
		case strings.HasPrefix(line, "$ "):
			commands = append(commands, shownCommand{line: strings.TrimPrefix(line, "$ "), number: n, fails: fails})
		case len(commands) == before:
			return nil, fmt.Errorf("%d: output in front of any command", n)
		default:
			commands[len(commands)-1].want += line + "\n"
		}
	}
	switch {
	case fence != "":
		return nil, fmt.Errorf("%d: the block of line %d is not closed", n, opened)
	case mark != "":
		return nil, fmt.Errorf("%d: %s is not in front of a block", n, mark)
	}
	return commands, nil
}

// TestShown holds that no block of a document is passed over unseen.
func TestShown(t *testing.T) {
	tests := []struct {
		name, text string
		want       []shownCommand
		err        string
	}{
		{"none", "# Title\n\ntext\n", nil, ""},
		{"commands", "a\n```sh\n$ one\n$ two  # more\n```\n", []shownCommand{{"one", 3, "", false}, {"two  # more", 4, "", false}}, ""},
		{"output", "```sh\n$ one\na\n\nb\n$ two\n```\n```sh\n$ three\nc\n```\n", []shownCommand{{"one", 2, "a\n\nb\n", false}, {"two", 6, "", false}, {"three", 9, "c\n", false}}, ""},
		{"not tested", "<!-- notest -->\n```sh\n$ one\n```\n```sh\n$ two\n```\n", []shownCommand{{"two", 6, "", false}}, ""},
		{"failing", "<!-- fails -->\n```sh\n$ one\na\n```\n```sh\n$ two\n```\n", []shownCommand{{"one", 3, "a\n", true}, {"two", 7, "", false}}, ""},
		{"failing without a word", "<!-- fails -->\n```sh\n$ one\n```\n", nil, "3: it is not shown how the command fails"},
		{"failing in front of another block", "<!-- fails -->\n```go\n```\n", nil, "2: <!-- fails --> in front of a block that is no sh"},
		{"two marks", "<!-- fails -->\n<!-- notest -->\n```sh\n$ one\n```\n", nil, "2: <!-- fails --> is not in front of a block"},
		{"not tested, after a line", "<!-- notest -->\n\n```sh\none\n```\n", nil, ""},
		{"another language", "```go\nx\n```\n", nil, ""},
		{"not closed", "```sh\n$ one\n", nil, "2: the block of line 1 is not closed"},
		{"not closed before the next", "```sh\n$ one\n```sh\n$ two\n```\n", nil, "3: the block of line 1 is not closed"},
		{"no language", "```\n$ one\n```\n", nil, `1: a block of ""`},
		{"a shell of another name", "```bash\n$ one\n```\n", nil, `1: a block of "bash"`},
		{"indented", "- a\n  ```sh\n  $ one\n  ```\n", nil, "2: a block is indented"},
		{"without a dollar", "```sh\none\n```\n", nil, "2: output in front of any command"},
		{"empty", "```sh\n```\n", nil, "1: a block of sh without a command"},
		{"in text", "```text\n$ one\n```\n", nil, "2: a command outside of a block of sh"},
		{"indented text", "    $ one\n", nil, "1: a command outside of a block of sh"},
		{"a mark in front of nothing", "<!-- notest -->\ntext\n", nil, "2: <!-- notest --> is not in front of a block"},
		{"a mark in front of another block", "<!-- notest -->\n```go\n```\n", nil, "2: <!-- notest --> in front of a block that is no sh"},
		{"a mark at the end", "text\n<!-- notest -->\n", nil, "2: <!-- notest --> is not in front of a block"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := shown(tt.text)
			if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Fatalf("error %v, want %q", err, tt.err)
			}
			if tt.err == "" && !slices.Equal(got, tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

// inFolder runs a line in a shell and returns what it prints.
func inFolder(dir, line string) (string, error) {
	cmd := shell(line)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"),
		// Whatever fetches tables asks a server on this machine.
		"PXFETCH_HOST="+pxweb(), "XDG_CACHE_HOME="+filepath.Join(bin, "..", filepath.Base(bin)+"-cache"))
	cmd.WaitDelay = time.Minute
	out, err := cmd.CombinedOutput()
	return string(out), err
}
