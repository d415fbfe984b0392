package main

import (
	"bufio"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

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
