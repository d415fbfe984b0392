package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Command is the table from which a command is run and documented.
type Command struct {
	Name        string    // of the program, as it is typed
	Summary     string    // what it does, in half a line, without a full stop
	Description string    // more for the help, paragraphs parted by empty lines; may be empty
	Args        Args      // what it takes besides flags; empty: nothing
	Examples    []Example // shown first in the help
	Flags       []Flag    // its own; the common ones are added

	// ReadsJSONStat adds the flags that say how a document is read, which
	// [Context.OpenDocument] and [Context.OpenDataset] obey.
	ReadsJSONStat bool

	// Binary says that the output is not text. It is not written to a terminal
	// unless the output is given as "-".
	Binary bool

	// Folders says that the input may be a folder of files, see [Context.InputFolder].
	Folders bool

	// Renews names the flag, if there is one, whose file the output may replace without
	// --force: a file that the command brings up to date.
	Renews string

	// Formats, if not nil, knows what the files of a call may be.
	Formats Formats

	// Run does the work. An error that it returns is printed and sets the exit
	// status; see [Usage] for errors of the call. A command with Commands has none.
	Run func(*Context) error

	// Commands are what the first argument chooses from, each with a table of its
	// own: "pxfetch get". Names are lower case words, examples begin with the name
	// of the program. The program itself has only common flags then.
	Commands []Command

	program string // of one of Commands: the name of the program
}

// shells are those that completions are made for.
var shells = []string{"bash", "zsh", "fish", "powershell"}

// Example is a call that can be pasted into a shell, and what it is for.
type Example struct {
	Line string
	Text string
}

// AllFlags lists the flags of the command in the order of the help: its own,
// then the common ones that apply to it. A letter of a common flag that the
// command uses itself is left out, which only ever happens to -h. What is [Gone] is
// no flag.
func (cmd Command) AllFlags() []Spec {
	specs, _ := cmd.ownFlags()
	helpLetter := 'h'
	if slices.ContainsFunc(specs, func(s Spec) bool { return s.Short == helpLetter }) {
		helpLetter = 0
	}
	for _, f := range cmd.commonFlags(helpLetter) {
		if s := f.Spec(); s.Kind != KindGone {
			specs = append(specs, s)
		}
	}
	return specs
}

// GoneNames are the names that are [Gone]: those of the command, then those of common flags
// that the command does not have for something of its own.
func (cmd Command) GoneNames() []Spec {
	flags, gone := cmd.ownFlags()
	for _, f := range cmd.commonFlags(0) {
		s := f.Spec()
		own := func(o Spec) bool { return slices.Contains(o.names(), s.Name) }
		if s.Kind == KindGone && !slices.ContainsFunc(flags, own) && !slices.ContainsFunc(gone, own) {
			gone = append(gone, s)
		}
	}
	return gone
}

// allNames are the flags of the command and the names that are gone.
func (cmd Command) allNames() []Spec { return append(cmd.AllFlags(), cmd.GoneNames()...) }

// ownFlags are the flags of the command itself, and the names that are gone.
func (cmd Command) ownFlags() (flags, gone []Spec) {
	for _, f := range cmd.Flags {
		if s := f.Spec(); s.Kind == KindGone {
			gone = append(gone, s)
		} else {
			flags = append(flags, s)
		}
	}
	return flags, gone
}

// commonFlags are the flags that cli itself understands, and the names of such that are
// gone.
func (cmd Command) commonFlags(helpLetter rune) []Flag {
	const reading, files = "Reading JSON-stat", "Files and messages"
	var flags []Flag
	if cmd.ReadsJSONStat {
		flags = append(flags,
			String{Name: "dataset", Value: "NAME", Group: reading, Help: "which dataset of several: id, label or position from 0 (default: the first)"},
			Bool{Name: "strict", Group: reading, Help: "refuse what the specification refuses"},
			Choice{Name: "nan", Values: []string{"null"}, Group: reading, Help: "read NaN and Infinity, which are not JSON, as missing"},
			Bool{Name: "pad", Group: reading, Help: "let cells be absent at the end: they are missing"},
			Gone{Name: "encoding", Say: "--input-encoding"}, // unless it is the command's own
			String{Name: "input-encoding", Value: "NAME", Group: reading, Help: "of the input, such as iso-8859-1 (default: UTF-8, or UTF-16 with a byte order mark)"},
		)
	}
	if cmd.Args.has("input") || cmd.Args.has("output") {
		flags = append(flags, Bool{Name: "stream", Short: 't', Group: files, Help: "use standard input and output, as without names"})
	}
	if cmd.Args.has("output") {
		flags = append(flags, Bool{Name: "force", Group: files, Help: "replace an output that exists"})
	}
	return append(flags,
		Bool{Name: "quiet", Group: files, Help: "no warnings, no progress"},
		Bool{Name: "help", Short: helpLetter, Group: files, Help: "print this help"},
		Bool{Name: "version", Group: files, Help: "print the version"},
		Bool{Name: "man", Group: files, Help: "print the manual page, for man -l -"},
		Choice{Name: "completion", Values: shells, Group: files, Help: "print a script that completes the flags in this shell"},
	)
}

// paragraphs are those of the description.
func (cmd Command) paragraphs() []string {
	text := strings.TrimSpace(cmd.Description)
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n\n")
}

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

// synopsis is the command line in general.
func (cmd Command) synopsis() string {
	if len(cmd.Commands) > 0 {
		return cmd.Name + " command [options] ..."
	}
	return strings.TrimSpace(fmt.Sprintf("%s [options] %s", cmd.fullName(), cmd.Args))
}

// Check finds mistakes in the table that a compiler cannot find. Each command
// should call it in a test; a run with a wrong table ends as an internal error.
func (cmd Command) Check() error {
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
	for _, g := range cmd.allNames()[len(flags):] {
		name, _, _ := strings.Cut(strings.ReplaceAll(g.Help, "=", " "), " ")
		if !slices.ContainsFunc(flags, func(s Spec) bool { return "--"+s.Name == name }) {
			return fmt.Errorf("flag --%s is gone, but there is no flag %q to say in its place", g.Name, name)
		}
	}
	return nil
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
