package cli

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// subcommands are the commands of a program, ready to be run.
func (cmd Command) subcommands() []Command {
	under := door{called: cmd.called(), id: cmd.id(), names: cmd.under.names}
	if under.names == nil {
		for _, sub := range cmd.Commands {
			if sub.Short == "" {
				continue
			}
			if under.names == nil {
				under.names = map[string]string{}
			}
			under.names[sub.Name] = under.called + " " + sub.Short
		}
	}
	list := slices.Clone(cmd.Commands)
	for i := range list {
		list[i].under = under
	}
	return list
}

// commandNames are the words that the commands of a program are listed under.
func (cmd Command) commandNames() []string {
	names := make([]string, len(cmd.Commands))
	for i, sub := range cmd.Commands {
		names[i] = sub.word()
	}
	return names
}

// allCommandNames are also those that commands have as programs.
func (cmd Command) allCommandNames() []string {
	names := cmd.commandNames()
	for _, sub := range cmd.Commands {
		if sub.Short != "" {
			names = append(names, sub.Name)
		}
	}
	return names
}

// subcommand finds a command of a program.
func (cmd Command) subcommand(name string) (Command, bool) {
	for _, sub := range cmd.subcommands() {
		if sub.Name == name || sub.Short == name && name != "" {
			return sub, true
		}
	}
	return Command{}, false
}

// linked is the command that a program is where it is called through a link of that
// name, else the program.
func (cmd Command) linked(path string) Command {
	name := filepath.Base(path)
	if runtime.GOOS == "windows" {
		name = strings.TrimSuffix(strings.ToLower(name), ".exe")
	}
	for _, sub := range cmd.Commands {
		if sub.Short != "" && sub.Name == name {
			return sub
		}
	}
	return cmd
}

// isFileName tells whether an argument that is no command is one that names a file: it is
// there, or looks like a name of one.
func isFileName(word string) bool {
	if word == stdStream || strings.ContainsAny(word, `./\`) {
		return true
	}
	_, err := os.Stat(word)
	return err == nil
}
