package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// A Command is a program that both commits have, with the flags that the old one
// knows.
type Command struct {
	Name  string
	Flags []Flag
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
		case !wanted.MatchString(name), name == "jsonstat":
			continue // jsonstat is the others, and a test holds that it does what they do
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

// covered tells whether a flag is tried with anything.
func covered(command string, f Flag) error {
	if command == pxfetch {
		if !slices.ContainsFunc(pxCalls(), func(c pxCall) bool { return c.has(f) }) {
			return fmt.Errorf("no call of pxfetch has the flag %s: add one to pxCalls", f)
		}
		return nil
	}
	if len(settings(command, f)) == 0 {
		return fmt.Errorf("there is nothing to try the flag %s of %s with: add values to valuesOf", f, command)
	}
	return nil
}
