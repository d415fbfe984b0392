package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// program is a program with two commands.
func program(run func(*Context) error) Command {
	return Command{
		Name: "tool", Summary: "do this and that",
		Examples: []Example{{Line: "tool get x", Text: "gets x"}},
		Commands: []Command{
			{Name: "get", Summary: "get a thing", Description: "It may be large.", Args: "thing [output]", Examples: []Example{{Line: "tool get x", Text: "gets x"}},
				Flags: []Flag{String{Name: "lang", Short: 'l', Value: "LANG", Help: "language"}, Choice{Name: "api", Values: []string{"1", "2"}, Help: "version"}}, Run: run},
			{Name: "list", Summary: "list things", Examples: []Example{{Line: "tool list"}}, Flags: []Flag{Bool{Name: "all", Short: 'a', Help: "all of them"}}, Run: nothing},
		},
	}
}

func TestProgram(t *testing.T) {
	require.NoError(t, program(nothing).Check())
	say := func(c *Context) error {
		w, err := c.Output()
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s in %s", c.Arg("thing")[0], c.String("lang"))
		return err
	}
	tests := []struct {
		name     string
		args     []string
		code     int
		out, err string
	}{
		{"a command", []string{"get", "x", "--lang", "en"}, 0, "x in en", ""},
		{"flags first", []string{"get", "-l=no", "x"}, 0, "x in no", ""},
		{"nothing", nil, 2, "", "Commands: get, list"},
		{"help", []string{"--help"}, 0, "Commands:\n  get        get a thing\n  list       list things\n", ""},
		{"the word help", []string{"help"}, 0, "Usage: tool command", ""},
		{"help of a command", []string{"get", "--help"}, 0, "Usage: tool get [options] thing [output]\n\nIt may be large.\n\nExamples:\n  tool get x\n", ""},
		{"the word help and a command", []string{"help", "list"}, 0, "tool list - list things", ""},
		{"version", []string{"--version"}, 0, "tool ", ""},
		{"no such command", []string{"gte"}, 2, "", "tool: there is no command \"gte\"\nhint: did you mean tool get?"},
		{"nothing like it", []string{"xyz"}, 2, "", "hint: commands are: get, list"},
		{"a flag in front", []string{"--lang", "en", "get", "x"}, 2, "", "tool: unknown flag --lang"},
		{"a common flag in front", []string{"--quiet", "get", "x"}, 2, "", "--quiet stands before the command"},
		{"a common flag alone", []string{"--quiet"}, 2, "", "--quiet stands before the command"},
		{"another command's flag", []string{"list", "--lang", "en"}, 2, "", "tool: unknown flag --lang"},
		{"an argument too few", []string{"get"}, 2, "", "thing is missing\nhint: usage: tool get [options] thing [output]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := runWith(program(say), "", tt.args...)
			require.Equal(t, tt.code, r.code, r.errout)
			require.Contains(t, r.out, tt.out)
			require.Contains(t, r.errout, tt.err)
		})
	}
}

func TestProgramTable(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Command)
		want   string
	}{
		{"flags of its own", func(c *Command) { c.Flags = []Flag{Bool{Name: "xx", Help: "x"}} }, "no flags and arguments of its own"},
		{"a function of its own", func(c *Command) { c.Run = nothing }, "needs a name, a summary and a function"},
		{"a command twice", func(c *Command) { c.Commands[1].Name = "get" }, `command "get" is there twice`},
		{"a command called help", func(c *Command) { c.Commands[1].Name = "help" }, `command "help"`},
		{"a command without help for a flag", func(c *Command) { c.Commands[1].Flags = []Flag{Bool{Name: "xx"}} }, "flag --xx has no help"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cmd := program(nothing)
			tt.change(&cmd)
			require.ErrorContains(t, cmd.Check(), tt.want)
			require.Contains(t, runWith(cmd, "", "list").errout, "internal error")
		})
	}
}

func TestProgramMan(t *testing.T) {
	page := man(program(nothing))
	for _, want := range []string{".TH TOOL 1", ".SH SYNOPSIS\n.B tool\ncommand [options] ...\n", ".SH GET\n.B tool get [options] thing [output]\n.PP\nGet a thing.\n.PP\nIt may be large.\n",
		"\\fB\\-l\\fR, \\fB\\-\\-lang\\fR=\\fILANG\\fR\nlanguage\n", ".SH LIST\n"} {
		require.Contains(t, page, want)
	}
	groff, err := exec.LookPath("groff")
	if err != nil {
		t.Skip("groff is not here to read the page")
	}
	cmd := exec.Command(groff, "-man", "-Tascii", "-ww")
	cmd.Stdin = strings.NewReader(page)
	var warnings bytes.Buffer
	cmd.Stderr = &warnings
	require.NoError(t, cmd.Run())
	require.Empty(t, warnings.String())
}

// TestDoorMan has the page of a program whose commands are programs, and that of one of
// these, which has another name there.
func TestDoorMan(t *testing.T) {
	cmd := frontDoor()
	page := man(cmd)
	for _, want := range []string{
		".SH COMMANDS\nfront COMMAND \\-\\-man prints the manual page of a command.\n.SS Here\n.TP\n.B front look\nlook at it\n.SS Elsewhere\n.TP\n.B front csv\n",
		".SH LOOK\n.B front look [options] [input]\n", "\\fB\\-\\-long\\fR\nat all of it, unlike front csv\n",
		".SH SEE ALSO\n\\fBfront\\-csv\\fR(1), \\fBfront\\-from\\-rows\\fR(1), \\fBfront\\-go\\fR(1)\n",
	} {
		require.Contains(t, page, want)
	}
	require.NotContains(t, page, "separator", "the flags of a program are in its own page")
	sub, ok := cmd.subcommand("csv")
	require.True(t, ok)
	page = man(sub)
	for _, want := range []string{".TH FRONT\\-CSV 1 \"\" \"front ", ".SH NAME\nfront\\-csv \\- make csv of it\n", ".B front csv\n[options]", ".B front csv in.json\n", "separator"} {
		require.Contains(t, page, want)
	}
	sub, _ = cmd.subcommand("go")
	sub, _ = sub.subcommand("get")
	require.Contains(t, man(sub), ".SH NAME\nfront\\-go\\-get \\- get x\n")
}

// TestStatus shows a line on a terminal, and takes it away before any other.
func TestStatus(t *testing.T) {
	work := func(c *Context) error {
		c.Status("%d of 9", 1)
		c.Status("%s", strings.Repeat("long\n", 40))
		c.Warn("so it is")
		return nil
	}
	var errout safeBuffer
	code := Run(sampleOf(work), Env{Stdin: strings.NewReader(""), Stdout: &bytes.Buffer{}, Stderr: &errout, Terminal: func(s any) bool { return s == any(&errout) }})
	require.Equal(t, 0, code)
	got := errout.String()
	require.True(t, strings.HasPrefix(got, "\r\x1b[K1 of 9\r\x1b[Klong long"), got)
	require.True(t, strings.HasSuffix(got, "\r\x1b[Ktool: warning: so it is\n"), got)
	require.Equal(t, "tool: warning: so it is\n", runWith(sampleOf(work), "").errout, "nothing in a pipe")
}

func sampleOf(run func(*Context) error) Command {
	return Command{Name: "tool", Summary: "x", Run: run}
}

// TestReplace brings a file up to date, or leaves it alone.
func TestReplace(t *testing.T) {
	inFolder(t, map[string]string{"old": "old"})
	for _, fails := range []bool{true, false} {
		cmd := Command{Name: "tool", Summary: "x", Args: "[output]", Run: func(c *Context) error {
			if err := c.Replace("old"); err != nil {
				return err
			}
			w, err := c.Output()
			if err != nil {
				return err
			}
			if _, err = w.Write([]byte("new")); err == nil && fails {
				err = errors.New("no")
			}
			return err
		}}
		r := runWith(cmd, "")
		require.Equal(t, fails, r.code != 0, r.errout)
		require.Equal(t, map[bool]string{true: "old", false: "new"}[fails], readFile(t, "old"))
		require.Equal(t, []string{"old"}, listed(t))
	}
	r := runWith(sampleOf(func(c *Context) error { return c.Replace("no/such/folder") }), "")
	require.Equal(t, 2, r.code)
}

// TestOnEnd tells whether the output stands.
func TestOnEnd(t *testing.T) {
	inFolder(t, nil)
	for _, fails := range []bool{false, true} {
		var told []bool
		cmd := Command{Name: "tool", Summary: "x", Args: "[output]", Run: func(c *Context) error {
			c.OnEnd(func(done bool) {
				_, err := os.Stat("out")
				require.Equal(t, done, err == nil, "the output has its name by then")
				told = append(told, done)
			})
			w, err := c.Output()
			if err != nil {
				return err
			}
			if fails {
				return errors.New("no")
			}
			_, err = w.Write([]byte("x"))
			return err
		}}
		_ = os.Remove("out")
		runWith(cmd, "", "out")
		require.Equal(t, []bool{!fails}, told)
	}
}

func TestWithHints(t *testing.T) {
	r := runWith(sampleOf(func(*Context) error { return WithHints(errors.New("it rains"), "take a coat", "stay") }), "")
	require.Equal(t, result{1, "", "tool: it rains\nhint: take a coat\nhint: stay\n"}, r)
	require.NoError(t, WithHints(nil, "x"))
	require.ErrorIs(t, WithHints(os.ErrClosed), os.ErrClosed)
}
