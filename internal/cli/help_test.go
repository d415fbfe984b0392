package cli

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestHelp(t *testing.T) {
	text := help(sample(nothing))
	golden(t, "help.golden", text)
	for _, line := range strings.Split(text, "\n") {
		require.LessOrEqual(t, utf8.RuneCountInString(line), screenWidth, line)
		require.Equal(t, strings.TrimRight(line, " "), line, "blanks at the end of a line")
	}
}

func TestHelpIsPrinted(t *testing.T) {
	tests := []struct {
		name string
		args []string
	}{
		{"long", []string{"--help"}},
		{"letter", []string{"-h"}},
		{"with other flags", []string{"-s", "--help", "-n", "x"}},
		{"with too many names", []string{"a", "b", "c", "--help"}},
		{"with a missing input", []string{"no-such-file", "-h"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := runWith(sample(nothing), "", tt.args...)
			require.Equal(t, result{exitDone, help(sample(nothing)), ""}, got)
		})
	}
}

func TestShortHelp(t *testing.T) {
	cmd := sample(nothing)
	var errout safeBuffer
	env := func(args ...string) Env {
		return Env{Args: args, Stdin: strings.NewReader(""), Stdout: &safeBuffer{}, Stderr: &errout, Terminal: func(any) bool { return true }}
	}
	require.Equal(t, exitCall, Run(cmd, env()))
	require.Equal(t, "sample - turn a thing into another\nUsage: sample [options] [input [output]]\nFor example: sample in.json out.csv\nsample --help shows all options.\n", errout.String())
	require.Equal(t, exitDone, Run(cmd, env("-")), "the terminal is asked for")
	require.Equal(t, exitDone, Run(cmd, env("-t")), "the terminal is asked for")
	require.Equal(t, exitCall, Run(cmd, env("-s")), "a flag is no input")
}

func TestHelpOfLittle(t *testing.T) {
	cmd := Command{Name: "little", Summary: "do little", Run: nothing}
	require.Equal(t, `little - do little

Usage: little [options]

Files and messages:
      --quiet             no warnings, no progress
  -h, --help              print this help
      --version           print the version
      --man               print the manual page, for man -l -
      --completion=bash|zsh|fish|powershell
                          print a script that completes the flags in this shell

Exit status: 0 done, 1 failed, 2 the call was wrong.
`, help(cmd))
}

// TestOldNamesAreNotShown holds that names which flags had before, or which are gone,
// are in nothing that tells of flags.
func TestOldNamesAreNotShown(t *testing.T) {
	cmd := sample(nothing)
	program := Command{Name: "program", Summary: "do much", Commands: []Command{cmd}}
	require.NoError(t, program.Check())
	var names []string
	for _, f := range cmd.Flags {
		s := f.Spec()
		names = append(names, s.Old...)
		if s.Kind == KindGone {
			names = append(names, s.Name)
		}
	}
	require.ElementsMatch(t, []string{"marks", "with-status", "absent", "across", "cells", "upright", "wide"}, names)
	texts := map[string]string{"help": help(cmd), "manual page": man(cmd), "manual page of a program": man(program)}
	for _, line := range []string{"sample --", "sample --no-", "sample -", "program sample --", "program sample --no-"} {
		of := cmd
		if strings.HasPrefix(line, "program") {
			of = program
		}
		texts[line] = runWith(of, "", completeWord, "fish", line).out
		require.Greater(t, strings.Count(texts[line], "\n"), 5, line)
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			for _, line := range strings.Split(text, "\n") {
				for _, name := range names {
					// As a flag is written there: --name, \-\-name or -l name.
					for _, written := range []string{"--" + name, roff("--" + name), "-l " + name} {
						require.NotContains(t, line, written)
					}
				}
			}
		})
	}
}

func TestGoneIsAnErrorOfTheCall(t *testing.T) {
	got := runWith(sample(nothing), "x", "--wide", "a")
	require.Equal(t, result{exitCall, "", "sample: --wide is now --by\n"}, got)
}
