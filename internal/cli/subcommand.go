package cli

import (
	"fmt"
	"slices"
	"strings"
)

// tool is the program that was called.
func (cmd Command) tool() string {
	if cmd.program != "" {
		return cmd.program
	}
	return cmd.Name
}

// fullName is how the command is called: the program, and which of its commands.
func (cmd Command) fullName() string {
	if cmd.program != "" {
		return cmd.program + " " + cmd.Name
	}
	return cmd.Name
}

// subcommands are the commands of a program, ready to be run.
func (cmd Command) subcommands() []Command {
	list := slices.Clone(cmd.Commands)
	for i := range list {
		list[i].program = cmd.Name
	}
	return list
}

func (cmd Command) commandNames() []string {
	names := make([]string, len(cmd.Commands))
	for i, sub := range cmd.Commands {
		names[i] = sub.Name
	}
	return names
}

// subcommand finds a command of a program.
func (cmd Command) subcommand(name string) (Command, bool) {
	for _, sub := range cmd.subcommands() {
		if sub.Name == name {
			return sub, true
		}
	}
	return Command{}, false
}

// checkCommands finds mistakes in the tables of a program with commands.
func (cmd Command) checkCommands() error {
	if len(cmd.Flags) > 0 || cmd.Args != "" || cmd.ReadsJSONStat {
		return fmt.Errorf("program %s has commands, and so no flags and arguments of its own", cmd.Name)
	}
	seen := map[string]bool{"help": true}
	for _, sub := range cmd.subcommands() {
		if seen[sub.Name] || len(sub.Commands) > 0 {
			return fmt.Errorf("program %s: command %q is there twice, is called help, or has commands itself", cmd.Name, sub.Name)
		}
		seen[sub.Name] = true
		if err := sub.Check(); err != nil {
			return err
		}
	}
	return nil
}

// dispatch chooses the command of a program by the first argument, and goes on as
// if it had been called itself. It returns a text if all that was asked for is to
// print one.
func (c *Context) dispatch() (func() string, error) {
	if len(c.cmd.Commands) == 0 {
		return nil, nil
	}
	if err := c.cmd.Check(); err != nil {
		return nil, internalError{value: err}
	}
	args := c.env.Args
	if len(args) == 0 {
		return nil, errBareCall
	}
	switch word := args[0]; {
	case word == "help" && len(args) > 1:
		args = []string{args[1], "--help"}
	case word == "help":
		return c.cmd.Help, nil
	case strings.HasPrefix(word, "-"):
		return c.common()
	}
	sub, ok := c.cmd.subcommand(args[0])
	if !ok {
		hint := didYouMean(args[0], c.cmd.commandNames(), "")
		if hint == "" {
			hint = "commands are: " + strings.Join(c.cmd.commandNames(), ", ")
		}
		return nil, Usage(fmt.Errorf("there is no command %q", args[0]), hint)
	}
	c.cmd, c.env.Args = sub, args[1:]
	return nil, nil
}

// common does what a program does without a command: print something about itself.
func (c *Context) common() (func() string, error) {
	early, err := c.prepare()
	if err == nil && early == nil {
		err = Usage(fmt.Errorf("%s stands before the command", c.env.Args[0]), "flags follow the command: "+c.cmd.Name+" "+c.cmd.Commands[0].Name+" "+c.env.Args[0])
	}
	return early, err
}

// listCommands lists the commands of a program in its help.
func (cmd Command) listCommands(b *strings.Builder) {
	if len(cmd.Commands) == 0 {
		return
	}
	b.WriteString("\nCommands:\n")
	for _, sub := range cmd.Commands {
		fmt.Fprintf(b, "  %-10s %s\n", sub.Name, sub.Summary)
	}
	fmt.Fprintf(b, "%s command --help tells more about each.\n", cmd.Name)
}

// completeCommands is the completion of a program with commands: the first word
// is a command, the others are its flags.
func (cmd Command) completeCommands(shell string) string {
	switch shell {
	case "bash":
		return cmd.bashCommands()
	case "zsh":
		return cmd.zshCommands()
	case "fish":
		return cmd.fishCommands()
	}
	return cmd.powershellCommands()
}

// words are all the flags of a command as they are typed.
func (cmd Command) words() string {
	var list []string
	for _, s := range cmd.AllFlags() {
		list = append(list, "--"+s.Name)
		if s.Short != 0 {
			list = append(list, "-"+string(s.Short))
		}
	}
	return strings.Join(list, " ")
}

func (cmd Command) bashCommands() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# bash completion for %s: source it, or put it into the folder bash-completion/completions\n", cmd.Name)
	fmt.Fprintf(&b, "%s() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} flags=\n", cmd.function())
	fmt.Fprintf(&b, "\tif [[ COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W %s -- \"$cur\")); return; fi\n",
		shellQuote(strings.Join(cmd.commandNames(), " ")+" help --help --version"))
	b.WriteString("\tcase ${COMP_WORDS[1]} in\n")
	for _, sub := range cmd.subcommands() {
		fmt.Fprintf(&b, "\t%s) flags=%s ;;\n", sub.Name, shellQuote(sub.words()))
	}
	fmt.Fprintf(&b, "\thelp) COMPREPLY=($(compgen -W %s -- \"$cur\")); return ;;\n", shellQuote(strings.Join(cmd.commandNames(), " ")))
	b.WriteString("\tesac\n\tif [[ $cur == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W \"$flags\" -- \"$cur\"))\n\telse\n")
	b.WriteString("\t\tcompopt -o default 2>/dev/null\n\t\tCOMPREPLY=()\n\tfi\n}\n")
	fmt.Fprintf(&b, "complete -F %s %s\n", cmd.function(), cmd.Name)
	return b.String()
}

func (cmd Command) zshCommands() string {
	var b strings.Builder
	fmt.Fprintf(&b, "#compdef %s\n# zsh completion: put it as _%s into a folder of $fpath\nif (( CURRENT == 2 )); then\n  local -a commands=(", cmd.Name, cmd.Name)
	for _, sub := range cmd.Commands {
		b.WriteString("\n    " + shellQuote(sub.Name+":"+sub.Summary))
	}
	b.WriteString(")\n  _describe command commands\n  return\nfi\ncase $words[2] in\n")
	for _, sub := range cmd.subcommands() {
		lines := strings.SplitN(sub.zsh(), "\n", 3)
		fmt.Fprintf(&b, "%s)\n%s;;\n", sub.Name, lines[2])
	}
	b.WriteString("esac\n")
	return b.String()
}

func (cmd Command) fishCommands() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# fish completion: put it as %s.fish into ~/.config/fish/completions\n", cmd.Name)
	for _, sub := range cmd.subcommands() {
		fmt.Fprintf(&b, "complete -c %s -f -n __fish_use_subcommand -a %s -d %s\n", cmd.Name, sub.Name, fishQuote(sub.Summary))
	}
	for _, sub := range cmd.subcommands() {
		one := sub
		one.Name, one.program = cmd.Name, ""
		for line := range strings.Lines(one.fish()) {
			if rest, ok := strings.CutPrefix(line, "complete -c "+cmd.Name+" "); ok {
				fmt.Fprintf(&b, "complete -c %s -n '__fish_seen_subcommand_from %s' %s", cmd.Name, sub.Name, rest)
			}
		}
	}
	return b.String()
}

func (cmd Command) powershellCommands() string {
	var b strings.Builder
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	fmt.Fprintf(&b, "# PowerShell completion: dot-source it in your profile\n")
	fmt.Fprintf(&b, "Register-ArgumentCompleter -Native -CommandName %s -ScriptBlock {\n  param($word, $ast, $position)\n  $flags = @{\n", quote(cmd.Name))
	for _, sub := range cmd.subcommands() {
		var words []string
		for _, w := range strings.Fields(sub.words()) {
			words = append(words, quote(w))
		}
		fmt.Fprintf(&b, "    %s = @(%s)\n", quote(sub.Name), strings.Join(words, ", "))
	}
	b.WriteString(`  }
  $words = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
  $choices = if ($words.Count -lt 2) { $flags.Keys | Sort-Object } else { $flags[$words[1]] }
  $choices | Where-Object { $_ -clike "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`)
	return b.String()
}
