package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// A Flag is a flag of a command, as its help tells.
type Flag struct {
	Sub      string // the subcommand that has it, or ""
	Name     string
	Letter   string
	Valued   bool     // it takes a value
	Optional bool     // it may have one, behind an equals sign
	Choices  []string // which is one of these, if there are any
}

func (f Flag) String() string {
	if f.Sub != "" {
		return f.Sub + " --" + f.Name
	}
	return "--" + f.Name
}

// helpLine is a line about a flag in a help text: a flag of a letter or none, and its
// value, in lower case where it is one of some words.
var helpLine = regexp.MustCompile(`^(?:  -(\S), |      )--([a-z0-9-]+)(?:(\[)?=([^\s\]]*(?:\[[^\]]*\])?[^\s\]]*)\]?)?(?:  |$)`)

// parseFlags reads the flags of a command, or of one of its subcommands, from its help.
func parseFlags(sub, help string) ([]Flag, error) {
	var flags []Flag
	for line := range strings.Lines(help) {
		line = strings.TrimRight(line, "\n")
		if !strings.HasPrefix(strings.TrimLeft(line, " "), "-") || strings.HasPrefix(line, "          ") {
			continue
		}
		m := helpLine.FindStringSubmatch(line)
		if m == nil {
			return nil, fmt.Errorf("a line of the help is not understood: %s", line)
		}
		f := Flag{Sub: sub, Letter: m[1], Name: m[2], Valued: m[4] != "" && m[3] == "", Optional: m[3] != ""}
		if m[4] == strings.ToLower(m[4]) {
			f.Choices = strings.FieldsFunc(m[4], func(r rune) bool { return r == '|' })
		}
		flags = append(flags, f)
	}
	if len(flags) == 0 {
		return nil, fmt.Errorf("the help tells of no flag: %.300s", help)
	}
	return flags, nil
}

// subcommands are the commands that a help text lists.
func subcommands(help string) []string {
	_, list, _ := strings.Cut(help, "\nCommands:\n")
	var names []string
	for line := range strings.Lines(list) {
		name, ok := strings.CutPrefix(line, "  ")
		if !ok {
			break
		}
		name, _, _ = strings.Cut(name, " ")
		names = append(names, name)
	}
	return names
}

// flagsOf are the flags of a command, and of its subcommands.
func flagsOf(bin, name string) ([]Flag, error) {
	help := func(args ...string) (string, error) {
		out, err := exec.Command(filepath.Join(bin, name), append(args, "--help")...).Output()
		if err != nil {
			err = fmt.Errorf("%s %s --help: %w", name, strings.Join(args, " "), err)
		}
		return string(out), err
	}
	text, err := help()
	if err != nil {
		return nil, err
	}
	subs := subcommands(text)
	if len(subs) == 0 {
		return parseFlags("", text)
	}
	var flags []Flag
	for _, sub := range subs {
		if text, err = help(sub); err != nil {
			return nil, err
		}
		own, err := parseFlags(sub, text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		flags = append(flags, own...)
	}
	return flags, nil
}
