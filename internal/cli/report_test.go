package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

func failing(err error) Command { return sample(func(*Context) error { return err }) }

func TestFailures(t *testing.T) {
	position := &jsonstat.Error{Offset: 57, Line: 3, Column: 14, Pointer: "/size/2", Msg: "a size is not a number"}
	unknown := &jsonstat.UnknownError{Kind: "dimension", Name: "tmie", Near: []string{"time"}, All: []string{"geo", "time", "type of sex", ""}}
	category := &jsonstat.UnknownError{Kind: "category", Name: "x", In: "geo", All: []string{"a", "b"}}
	server := &jsonstat.ServerError{Status: 404, Message: "gone"}
	denied := &fs.PathError{Op: "open", Path: "x.json", Err: syscall.EACCES}
	tests := []struct {
		name string
		err  error
		code int
		want string
	}{
		{"plain", errors.New("it broke"), exitFailed, "sample: it broke\n"},
		{"call", Usagef("bad %s", "flag"), exitCall, "sample: bad flag\n"},
		{"call, wrapped", fmt.Errorf("part 3: %w", Usagef("bad flag")), exitCall, "sample: part 3: bad flag\n"},
		{"call with hints", Usage(errors.New("bad"), "do this", "", "or that"), exitCall, "sample: bad\nhint: do this\nhint: or that\n"},
		{"call marked twice", Usage(Usage(errors.New("bad"), "a"), "b"), exitCall, "sample: bad\nhint: a\nhint: b\n"},
		{"system", denied, exitFailed, "sample: cannot open x.json: permission denied\n"},
		{"system, as a call", Usage(denied), exitCall, "sample: cannot open x.json: permission denied\n"},
		{"system, joined with nothing", errors.Join(denied, nil), exitFailed, "sample: cannot open x.json: permission denied\n"},
		{"system, of the input", InputError(denied), exitFailed, "sample: cannot open x.json: permission denied\n"},
		{"system, looking", &fs.PathError{Op: "stat", Path: "x", Err: syscall.EACCES}, exitFailed, "sample: cannot open x: permission denied\n"},
		{"document", position, exitFailed, "sample: standard input: a size is not a number (line 3, column 14, byte 57, at /size/2)\n"},
		{"document, wrapped", fmt.Errorf("reading: %w", position), exitFailed, "sample: standard input: reading: a size is not a number (line 3, column 14, byte 57, at /size/2)\n"},
		{"document, as a call", Usage(position), exitCall, "sample: standard input: a size is not a number (line 3, column 14, byte 57, at /size/2)\n"},
		{"server", server, exitFailed, "sample: standard input: " + server.Error() + "\n"},
		{"unknown name", unknown, exitCall, "sample: standard input: there is no dimension \"tmie\"; did you mean \"time\"?\nhint: dimensions are: geo, time, \"type of sex\", \"\"\n"},
		{"unknown name, marked", Usage(unknown, "look"), exitCall, "sample: standard input: there is no dimension \"tmie\"; did you mean \"time\"?\nhint: look\nhint: dimensions are: geo, time, \"type of sex\", \"\"\n"},
		{"unknown category", category, exitCall, "sample: standard input: there is no category \"x\" in dimension \"geo\"\nhint: categories of geo are: a, b\n"},
		{"unknown name of many", &jsonstat.UnknownError{Kind: "dataset", Name: "x"}, exitCall, "sample: standard input: there is no dataset \"x\"\n"},
		{"NaN", &jsonstat.Error{Offset: -1, Msg: "NaN", Err: jsonstat.ErrNaN}, exitFailed, "sample: standard input: NaN\nhint: --nan=null reads NaN and Infinity as missing values\n"},
		{"several lines", errors.Join(errors.New("one"), errors.New("two")), exitFailed, "sample: one two\n"},
		{"escapes", errors.New("label \"\x1b[31mred\x07\x9b\u202e\" \xff"), exitFailed, `sample: label "\x1b[31mred\x07\x9b\u202e" \xff` + "\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, result{tt.code, "", tt.want}, runWith(failing(tt.err), ""))
		})
	}
}

func TestHintsOnlyOfFlagsThatAreThere(t *testing.T) {
	cmd := failing(&jsonstat.Error{Offset: -1, Msg: "NaN", Err: jsonstat.ErrNaN})
	cmd.ReadsJSONStat = false
	require.Equal(t, "sample: standard input: NaN\n", runWith(cmd, "").errout)
}

func TestUsageOfNil(t *testing.T) {
	require.NoError(t, Usage(nil, "hint"))
}

func TestClip(t *testing.T) {
	require.Equal(t, strings.Repeat("é", maxLine), clip(strings.Repeat("é", maxLine)))
	got := clip("start " + strings.Repeat("é", 5000) + " (line 3)")
	require.Equal(t, maxLine, len([]rune(got)))
	require.True(t, strings.HasPrefix(got, "start é"))
	require.True(t, strings.HasSuffix(got, "é (line 3)"))
}

func TestWarnings(t *testing.T) {
	cmd := sample(func(c *Context) error {
		c.Warn("label %q is odd\x1b", "x")
		c.VoidedBy("rich", "vlabel", "na", "status", "by", "fid")
		c.warnings = []jsonstat.WarningCount{
			{Warning: jsonstat.Warning{Kind: "a", Pointer: "/size/0", Msg: "a size is a string"}, Count: 1},
			{Warning: jsonstat.Warning{Kind: "b", Msg: "a label is missing"}, Count: 12},
		}
		return nil
	})
	odd := "sample: warning: label \"x\" is odd\\x1b\n"
	kinds := "sample: warning: a size is a string (at /size/0)\nsample: warning: a label is missing and 11 more like it\n"
	tests := []struct {
		name string
		args string
		want string
	}{
		{"no options", "", odd + kinds},
		{"one voided option", "-v x", odd + "sample: warning: --vlabel has no effect with --rich\n" + kinds},
		{"three voided options", "-v x -s -y a", odd + "sample: warning: --vlabel, --status and --by have no effect with --rich\n" + kinds},
		{"two voided options", "-n _ -s", odd + "sample: warning: --na and --status have no effect with --rich\n" + kinds},
		{"an option that is off", "--no-status", odd + kinds},
		{"quiet", "--quiet -v x", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, result{exitDone, "", tt.want}, runWith(cmd, "", words(tt.args)...))
		})
	}
}

func TestWarningsBeforeTheError(t *testing.T) {
	cmd := sample(func(c *Context) error {
		c.warnings = []jsonstat.WarningCount{{Warning: jsonstat.Warning{Msg: "odd"}, Count: 1}}
		return errors.New("it broke")
	})
	require.Equal(t, "sample: warning: odd\nsample: it broke\n", runWith(cmd, "").errout)
	require.Equal(t, "sample: it broke\n", runWith(cmd, "", "--quiet").errout)
}

func TestWarningsOfDocument(t *testing.T) {
	inFolder(t, map[string]string{"in.json": strings.Replace(tiny, `"size":[1]`, `"size":["1"]`, 1)})
	got := runWith(sample(labels), "", "in.json")
	require.Equal(t, exitDone, got.code)
	require.Regexp(t, `^sample: warning: .*\(at /size.*\)\n$`, got.errout)
	require.Empty(t, runWith(sample(labels), "", "in.json", "--quiet").errout)
	require.Equal(t, exitFailed, runWith(sample(labels), "", "in.json", "--strict").code)
}
