package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Check finds mistakes in the table that a compiler cannot find. Each command
// should call it in a test; a run with a wrong table ends as an internal error.
func (cmd Command) Check() error {
	if err := cmd.checkSelf(); err != nil {
		return err
	}
	for _, sub := range cmd.subcommands() {
		if err := sub.Check(); err != nil {
			return err
		}
	}
	return nil
}

// checkSelf does the same without a look at the tables of its commands.
func (cmd Command) checkSelf() error {
	if cmd.Name == "" || cmd.Summary == "" || (cmd.Run == nil) == (len(cmd.Commands) == 0) {
		return fmt.Errorf("command %q needs a name, a summary and a function", cmd.Name)
	}
	if len(cmd.Commands) > 0 {
		return cmd.checkCommands()
	}
	for _, e := range cmd.Examples {
		if !strings.Contains(e.Line, cmd.Name) {
			return fmt.Errorf("command %s: example %q does not call it", cmd.Name, e.Line)
		}
	}
	for word := range cmd.Operands {
		if !cmd.Args.has(word) {
			return fmt.Errorf("command %s: there is no argument %q to be completed", cmd.Name, word)
		}
	}
	if err := cmp.Or(cmd.Args.check(), cmd.checkFlags()); err != nil {
		return fmt.Errorf("command %s: %w", cmd.Name, err)
	}
	return nil
}

// checkFlags finds rows that are wrong in themselves or contradict others.
func (cmd Command) checkFlags() error {
	names := map[string]bool{}
	letters := map[rune]bool{}
	for _, s := range cmd.allNames() {
		if err := s.check(); err != nil {
			return err
		}
		for _, name := range s.names() {
			if names[name] {
				return fmt.Errorf("flag --%s is there twice", name)
			}
			names[name] = true
		}
		if s.Short != 0 && letters[s.Short] {
			return fmt.Errorf("flag -%c is there twice", s.Short)
		}
		letters[s.Short] = true
	}
	for name := range names {
		if names["no-"+name] {
			return fmt.Errorf("flag --no-%s has two meanings", name)
		}
	}
	flags := cmd.AllFlags()
	if cmd.HandsTo == nil {
		if i := slices.IndexFunc(flags, func(s Spec) bool { return s.Complete == Options }); i >= 0 {
			return fmt.Errorf("flag --%s completes options, and there is no HandsTo to say whose", flags[i].Name)
		}
	}
	for _, g := range cmd.allNames()[len(flags):] {
		name, _, _ := strings.Cut(strings.ReplaceAll(g.Help, "=", " "), " ")
		if !slices.ContainsFunc(flags, func(s Spec) bool { return "--"+s.Name == name }) {
			return fmt.Errorf("flag --%s is gone, but there is no flag %q to say in its place", g.Name, name)
		}
	}
	return nil
}

// checkCommands finds mistakes in the list of the commands of a program.
func (cmd Command) checkCommands() error {
	if len(cmd.Flags) > 0 || cmd.Args != "" || cmd.ReadsJSONStat {
		return fmt.Errorf("program %s has commands, and so no flags and arguments of its own", cmd.Name)
	}
	seen := map[string]bool{"help": true}
	for _, sub := range cmd.subcommands() {
		for _, name := range slices.Compact([]string{sub.word(), sub.Name}) {
			if seen[name] {
				return fmt.Errorf("program %s: command %q is there twice, or is called help", cmd.Name, name)
			}
			seen[name] = true
		}
		if len(sub.Commands) > 0 && sub.Short == "" {
			return fmt.Errorf("program %s: command %q has commands itself, and is no program", cmd.Name, sub.Name)
		}
	}
	if cmd.Default != "" && !seen[cmd.Default] {
		return fmt.Errorf("program %s has no command %q to be its default", cmd.Name, cmd.Default)
	}
	return nil
}
