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

// synonym is what a command of a program is called here that other programs call word,
// "" for none.
func (cmd Command) synonym(word string) string {
	for _, s := range []struct {
		words    []string
		commands []string // of which the first that there is is meant
	}{
		{[]string{"to", "transform", "conv", "export", "save", "write"}, []string{"convert"}},
		{[]string{"cat", "show", "table", "pprint", "pretty", "tabulate"}, []string{"print", "info"}},
		{[]string{"describe", "summary", "summarise", "summarize", "stats", "schema", "headers", "file", "what", "meta", "inspect", "dims", "dimensions"}, []string{"info", "meta"}},
		{[]string{"filter", "select", "subset", "cut", "where", "query"}, []string{"dice"}},
		{[]string{"download", "load", "import", "curl", "pxweb", "ssb"}, []string{"fetch", "get"}},
		{[]string{"excel", "to-xlsx", "to-excel"}, []string{"xlsx"}},
		{[]string{"feather", "ipc", "to-arrow"}, []string{"arrow"}},
		{[]string{"tsv", "to-csv", "tocsv"}, []string{"csv"}},
		{[]string{"ndjson", "jsonl", "json", "to-json", "tojsonl", "records"}, []string{"arrobj"}},
		{[]string{"fromcsv", "from-tsv", "read-csv"}, []string{"from-csv"}},
		{[]string{"from-excel", "read-excel", "fromexcel"}, []string{"from-xlsx"}},
		{[]string{"install", "link", "symlinks"}, []string{"links"}},
		{[]string{"categories", "values", "labels", "variables"}, []string{"codes"}},
		{[]string{"check", "lint", "verify"}, []string{"validate"}},
		{[]string{"browse", "html", "open"}, []string{"view"}},
		{[]string{"man", "usage", "commands"}, []string{"help"}},
	} {
		if !slices.Contains(s.words, strings.ToLower(word)) {
			continue
		}
		for _, name := range s.commands {
			if _, ok := cmd.subcommand(name); ok || name == "help" {
				return name
			}
		}
	}
	return ""
}
