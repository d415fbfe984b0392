package cli

import (
	"fmt"
	"strings"
)

// completion is a script for a shell that completes the flags of a command, the values
// of those that have a choice, and file names. Of a program with commands the first
// word is a command, and the others are its flags.
func completion(cmd Command, shell string) string {
	one, many := powershell, powershellCommands
	switch shell {
	case "bash":
		one, many = bash, bashCommands
	case "zsh":
		one, many = zsh, zshCommands
	case "fish":
		one, many = fish, fishCommands
	}
	if len(cmd.Commands) > 0 {
		return many(cmd)
	}
	return one(cmd)
}

// function is a name for a function of a shell.
func function(cmd Command) string { return "_" + strings.ReplaceAll(cmd.Name, "-", "_") }

// flagWords are all the flags of a command as they are typed.
func flagWords(cmd Command) []string {
	var list []string
	for _, s := range cmd.AllFlags() {
		list = append(list, "--"+s.Name)
		if s.Short != 0 {
			list = append(list, "-"+string(s.Short))
		}
	}
	return list
}

// bashHead is what the scripts for bash begin with.
const bashHead = "# bash completion for %s: source it, or put it into the folder bash-completion/completions\n" +
	"%s() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]}"

func bash(cmd Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, bashHead+" prev=${COMP_WORDS[COMP_CWORD-1]}\n", cmd.Name, function(cmd))
	// COMP_WORDBREAKS has the equals sign: --flag=value comes as three words.
	b.WriteString("\tif [[ $cur == = ]]; then cur=; elif [[ $prev == = && COMP_CWORD -gt 1 ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n")
	b.WriteString("\tcase $prev in\n")
	for _, s := range cmd.AllFlags() {
		if !s.takesValue() {
			continue
		}
		names := "--" + s.Name
		if s.Short != 0 {
			names += " | -" + string(s.Short)
		}
		if s.Kind == KindChoice {
			fmt.Fprintf(&b, "\t%s) COMPREPLY=($(compgen -W %s -- \"$cur\")); return ;;\n", names, ShellQuote(strings.Join(s.Values, " ")))
		} else {
			fmt.Fprintf(&b, "\t%s) compopt -o default 2>/dev/null; COMPREPLY=(); return ;;\n", names)
		}
	}
	b.WriteString("\tesac\n\tif [[ $cur == -* ]]; then\n")
	fmt.Fprintf(&b, "\t\tCOMPREPLY=($(compgen -W %s -- \"$cur\"))\n\telse\n", ShellQuote(strings.Join(flagWords(cmd), " ")))
	b.WriteString("\t\tcompopt -o default 2>/dev/null\n\t\tCOMPREPLY=()\n\tfi\n}\n")
	fmt.Fprintf(&b, "complete -F %s %s\n", function(cmd), cmd.Name)
	return b.String()
}

func zsh(cmd Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "#compdef %s\n# zsh completion: put it as _%s into a folder of $fpath\n_arguments -s", cmd.Name, cmd.Name)
	for _, s := range cmd.AllFlags() {
		about := "[" + strings.NewReplacer("[", `\[`, "]", `\]`).Replace(s.Help) + "]"
		long, short := "--"+s.Name, "-"+string(s.Short)
		if s.takesValue() {
			long, short = long+"=", short+"+"
			if s.Kind == KindChoice {
				about += ":" + s.Name + ":(" + strings.Join(s.Values, " ") + ")"
			} else {
				about += ":" + strings.ReplaceAll(s.Value, ":", `\:`) + ":_files"
			}
		}
		if s.Kind == KindStrings {
			long, short = "*"+long, "*"+short
		}
		b.WriteString(" \\\n  " + ShellQuote(long+about))
		if s.Short != 0 {
			b.WriteString(" \\\n  " + ShellQuote(short+about))
		}
	}
	b.WriteString(" \\\n  '*:file:_files'\n")
	return b.String()
}

func fish(cmd Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# fish completion: put it as %s.fish into ~/.config/fish/completions\n", cmd.Name)
	for _, s := range cmd.AllFlags() {
		fmt.Fprintf(&b, "complete -c %s -l %s", cmd.Name, s.Name)
		if s.Short != 0 {
			fmt.Fprintf(&b, " -s %c", s.Short)
		}
		switch {
		case s.Kind == KindChoice && s.Bare == "":
			fmt.Fprintf(&b, " -x -a %s", fishQuote(strings.Join(s.Values, " ")))
		case s.Kind == KindChoice: // without -r or -x a value is one behind an equals sign
			fmt.Fprintf(&b, " -a %s", fishQuote(strings.Join(s.Values, " ")))
		case s.takesValue():
			b.WriteString(" -r")
		}
		fmt.Fprintf(&b, " -d %s\n", fishQuote(s.Help))
	}
	return b.String()
}

func powershell(cmd Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# PowerShell completion: dot-source it in your profile\n")
	fmt.Fprintf(&b, "Register-ArgumentCompleter -Native -CommandName %s -ScriptBlock {\n", powershellQuote(cmd.Name))
	b.WriteString("  param($word, $ast, $position)\n  $choices = @{\n")
	for _, s := range cmd.AllFlags() {
		if s.Kind == KindChoice {
			var values []string
			for _, v := range s.Values {
				values = append(values, powershellQuote(v))
			}
			fmt.Fprintf(&b, "    %s = @(%s)\n", powershellQuote("--"+s.Name), strings.Join(values, ", "))
		}
	}
	b.WriteString("  }\n  $flags = @(\n")
	for _, s := range cmd.AllFlags() {
		fmt.Fprintf(&b, "    ,@(%s, %s)\n", powershellQuote("--"+s.Name), powershellQuote(s.Help))
		if s.Short != 0 {
			fmt.Fprintf(&b, "    ,@(%s, %s)\n", powershellQuote("-"+string(s.Short)), powershellQuote(s.Help))
		}
	}
	b.WriteString(`  )
  $words = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
  $before = if ($words.Count -gt 0) { $words[-1] } else { '' }
  if ($choices.ContainsKey($before)) {
    $choices[$before] | Where-Object { $_ -like "$word*" } | ForEach-Object {
      [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
    return
  }
  $flags | Where-Object { $_[0] -clike "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterName', $_[1]) }
}
`)
	return b.String()
}

func bashCommands(cmd Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, bashHead+" flags=\n", cmd.Name, function(cmd))
	fmt.Fprintf(&b, "\tif [[ COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W %s -- \"$cur\")); return; fi\n",
		ShellQuote(strings.Join(cmd.commandNames(), " ")+" help --help --version"))
	b.WriteString("\tcase ${COMP_WORDS[1]} in\n")
	for _, sub := range cmd.subcommands() {
		fmt.Fprintf(&b, "\t%s) flags=%s ;;\n", sub.Name, ShellQuote(strings.Join(flagWords(sub), " ")))
	}
	fmt.Fprintf(&b, "\thelp) COMPREPLY=($(compgen -W %s -- \"$cur\")); return ;;\n", ShellQuote(strings.Join(cmd.commandNames(), " ")))
	b.WriteString("\tesac\n\tif [[ $cur == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W \"$flags\" -- \"$cur\"))\n\telse\n")
	b.WriteString("\t\tcompopt -o default 2>/dev/null\n\t\tCOMPREPLY=()\n\tfi\n}\n")
	fmt.Fprintf(&b, "complete -F %s %s\n", function(cmd), cmd.Name)
	return b.String()
}

func zshCommands(cmd Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "#compdef %s\n# zsh completion: put it as _%s into a folder of $fpath\nif (( CURRENT == 2 )); then\n  local -a commands=(", cmd.Name, cmd.Name)
	for _, sub := range cmd.Commands {
		b.WriteString("\n    " + ShellQuote(sub.Name+":"+sub.Summary))
	}
	b.WriteString(")\n  _describe command commands\n  return\nfi\ncase $words[2] in\n")
	for _, sub := range cmd.subcommands() {
		lines := strings.SplitN(zsh(sub), "\n", 3)
		fmt.Fprintf(&b, "%s)\n%s;;\n", sub.Name, lines[2])
	}
	b.WriteString("esac\n")
	return b.String()
}

func fishCommands(cmd Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# fish completion: put it as %s.fish into ~/.config/fish/completions\n", cmd.Name)
	for _, sub := range cmd.subcommands() {
		fmt.Fprintf(&b, "complete -c %s -f -n __fish_use_subcommand -a %s -d %s\n", cmd.Name, sub.Name, fishQuote(sub.Summary))
	}
	for _, sub := range cmd.subcommands() {
		one := sub
		one.Name, one.Short, one.under = cmd.Name, "", door{}
		for line := range strings.Lines(fish(one)) {
			if rest, ok := strings.CutPrefix(line, "complete -c "+cmd.Name+" "); ok {
				fmt.Fprintf(&b, "complete -c %s -n '__fish_seen_subcommand_from %s' %s", cmd.Name, sub.Name, rest)
			}
		}
	}
	return b.String()
}

func powershellCommands(cmd Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# PowerShell completion: dot-source it in your profile\n")
	fmt.Fprintf(&b, "Register-ArgumentCompleter -Native -CommandName %s -ScriptBlock {\n  param($word, $ast, $position)\n  $flags = @{\n", powershellQuote(cmd.Name))
	for _, sub := range cmd.subcommands() {
		var list []string
		for _, w := range flagWords(sub) {
			list = append(list, powershellQuote(w))
		}
		fmt.Fprintf(&b, "    %s = @(%s)\n", powershellQuote(sub.Name), strings.Join(list, ", "))
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

// fishQuote quotes a word for fish.
func fishQuote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'"
}

// powershellQuote quotes a word for PowerShell.
func powershellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
