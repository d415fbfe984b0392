package cli

import (
	"fmt"
	"strings"
)

// shells are those that completions are made for.
var shells = []string{"bash", "zsh", "fish", "powershell"}

// Completion is a script for a shell that completes the flags of the command,
// the values of those that have a choice, and file names.
func (cmd Command) Completion(shell string) string {
	if len(cmd.Commands) > 0 {
		return cmd.completeCommands(shell)
	}
	switch shell {
	case "bash":
		return cmd.bash()
	case "zsh":
		return cmd.zsh()
	case "fish":
		return cmd.fish()
	}
	return cmd.powershell()
}

// function is a name for a function of a shell.
func (cmd Command) function() string { return "_" + strings.ReplaceAll(cmd.Name, "-", "_") }

func (cmd Command) bash() string {
	var b, flags strings.Builder
	for _, s := range cmd.AllFlags() {
		flags.WriteString(" --" + s.Name)
		if s.Short != 0 {
			flags.WriteString(" -" + string(s.Short))
		}
	}
	fmt.Fprintf(&b, "# bash completion for %s: source it, or put it into the folder bash-completion/completions\n", cmd.Name)
	fmt.Fprintf(&b, "%s() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n", cmd.function())
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
			fmt.Fprintf(&b, "\t%s) COMPREPLY=($(compgen -W %s -- \"$cur\")); return ;;\n", names, shellQuote(strings.Join(s.Values, " ")))
		} else {
			fmt.Fprintf(&b, "\t%s) compopt -o default 2>/dev/null; COMPREPLY=(); return ;;\n", names)
		}
	}
	b.WriteString("\tesac\n\tif [[ $cur == -* ]]; then\n")
	fmt.Fprintf(&b, "\t\tCOMPREPLY=($(compgen -W %s -- \"$cur\"))\n\telse\n", shellQuote(strings.TrimSpace(flags.String())))
	b.WriteString("\t\tcompopt -o default 2>/dev/null\n\t\tCOMPREPLY=()\n\tfi\n}\n")
	fmt.Fprintf(&b, "complete -F %s %s\n", cmd.function(), cmd.Name)
	return b.String()
}

func (cmd Command) zsh() string {
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
		b.WriteString(" \\\n  " + shellQuote(long+about))
		if s.Short != 0 {
			b.WriteString(" \\\n  " + shellQuote(short+about))
		}
	}
	b.WriteString(" \\\n  '*:file:_files'\n")
	return b.String()
}

func (cmd Command) fish() string {
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

func (cmd Command) powershell() string {
	var b strings.Builder
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	fmt.Fprintf(&b, "# PowerShell completion: dot-source it in your profile\n")
	fmt.Fprintf(&b, "Register-ArgumentCompleter -Native -CommandName %s -ScriptBlock {\n", quote(cmd.Name))
	b.WriteString("  param($word, $ast, $position)\n  $choices = @{\n")
	for _, s := range cmd.AllFlags() {
		if s.Kind == KindChoice {
			var values []string
			for _, v := range s.Values {
				values = append(values, quote(v))
			}
			fmt.Fprintf(&b, "    %s = @(%s)\n", quote("--"+s.Name), strings.Join(values, ", "))
		}
	}
	b.WriteString("  }\n  $flags = @(\n")
	for _, s := range cmd.AllFlags() {
		fmt.Fprintf(&b, "    ,@(%s, %s)\n", quote("--"+s.Name), quote(s.Help))
		if s.Short != 0 {
			fmt.Fprintf(&b, "    ,@(%s, %s)\n", quote("-"+string(s.Short)), quote(s.Help))
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

// shellQuote quotes a word for a POSIX shell.
func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// fishQuote quotes a word for fish.
func fishQuote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'"
}
