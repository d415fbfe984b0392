package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A Command is a program that both commits have, with the flags that the old one
// knows.
type Command struct {
	Name  string
	Flags []Flag
}

// A Flag is a flag of a command, as its completion tells.
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

// completionLine is a line about a flag in a completion for fish, which is the
// one that says most in one line.
var completionLine = regexp.MustCompile(`^complete -c \S+(?: -n '__fish_seen_subcommand_from ([a-z0-9-]+)')? -l (\S+)(?: -s (\S))?( -r| -x -a '([^']*)'| -a '([^']*)')?(?: -d |$)`)

// parseFlags reads the flags of a command from its completion.
func parseFlags(completion string) ([]Flag, error) {
	var flags []Flag
	for lines := bufio.NewScanner(strings.NewReader(completion)); lines.Scan(); {
		line := lines.Text()
		if !strings.Contains(line, " -l ") {
			continue
		}
		m := completionLine.FindStringSubmatch(line)
		if m == nil {
			return nil, fmt.Errorf("a line of the completion is not understood: %s", line)
		}
		optional := m[6] != ""
		flags = append(flags, Flag{Sub: m[1], Name: m[2], Letter: m[3], Valued: m[4] != "" && !optional, Optional: optional, Choices: strings.Fields(m[5] + m[6])})
	}
	if len(flags) == 0 {
		return nil, fmt.Errorf("the completion tells of no flag: %.300s", completion)
	}
	return flags, nil
}

func flagsOf(bin, name string) ([]Flag, error) {
	out, err := exec.Command(filepath.Join(bin, name), "--completion=fish").Output()
	if err != nil {
		return nil, fmt.Errorf("%s --completion=fish: %w", name, err)
	}
	flags, err := parseFlags(string(out))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return flags, nil
}

// programs are the names of the commands in a folder.
func programs(bin string) ([]string, error) {
	entries, err := os.ReadDir(bin)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".exe"))
	}
	return names, nil
}

// commonCommands are the commands of both sides that match the glob. What only
// one of them has cannot be compared and is said. A flag that is not tried with
// anything is an error, on either side.
func commonCommands(sides [2]side, only string, messages io.Writer) ([]Command, error) {
	old, err := programs(sides[0].bin)
	if err != nil {
		return nil, err
	}
	current, err := programs(sides[1].bin)
	if err != nil {
		return nil, err
	}
	for _, name := range old {
		if !slices.Contains(current, name) {
			return nil, fmt.Errorf("the new side has no command %s", name)
		}
	}
	wanted := glob(only)
	var commands []Command
	for _, name := range current {
		switch {
		case !wanted.MatchString(name):
			continue
		case !slices.Contains(old, name):
			fmt.Fprintf(messages, "same: not compared, since the old side has none: %s\n", name)
			continue
		}
		had, err := flagsOf(sides[0].bin, name)
		if err != nil {
			return nil, err
		}
		has, err := flagsOf(sides[1].bin, name)
		if err != nil {
			return nil, err
		}
		for _, f := range has {
			if err := covered(name, f); err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(had, func(h Flag) bool { return h.Sub == f.Sub && h.Name == f.Name }) {
				fmt.Fprintf(messages, "same: not compared, since the old side has none: %s %s\n", name, f)
			}
		}
		commands = append(commands, Command{Name: name, Flags: had})
	}
	if len(commands) == 0 {
		return nil, fmt.Errorf("%w: no command is called %s", errCall, only)
	}
	return commands, nil
}

// glob is a pattern in which * stands for any text and ? for any letter.
func glob(pattern string) *regexp.Regexp {
	text := regexp.QuoteMeta(pattern)
	text = strings.ReplaceAll(strings.ReplaceAll(text, `\*`, `(?s:.*)`), `\?`, `(?s:.)`)
	return regexp.MustCompile("^" + text + "$")
}
