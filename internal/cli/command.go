package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Command is the table from which a command is run and documented.
type Command struct {
	Name        string    // of the program, as it is typed
	Short       string    // what it is called as one of the Commands of a program of programs; empty: its name
	Task        string    // the heading that such a program lists it under; empty: the first
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

	// Operands are what arguments besides the input and the output are completed with,
	// by the words of Args.
	Operands map[string]Completes

	// HandsTo, of a command with flags that complete [Options], is the command that such a
	// flag hands them on to, and options that it gets besides, for a call that is not
	// typed to its end. It has no name where that is not known yet, and no Read where the
	// input is JSON-stat. What it says of the call is not shown.
	HandsTo func(c *Context, flag string) (cmd Command, options []string)

	// Folders says that the input may be a folder of files, see [Context.InputFolder].
	Folders bool

	// MakesFolder, if not nil, tells whether the output of a call is a folder, see
	// [Context.OutputFolder], so that it may exist.
	MakesFolder func(*Call) bool

	// Renews names the flag, if there is one, whose file the output may replace without
	// --force: a file that the command brings up to date.
	Renews string

	// Formats, if not nil, knows what the files of a call may be.
	Formats Formats

	// Read, of a command that makes cubes of something else, makes them, and leaves it to
	// others to write them: what it takes from them is there until the run ends. Run of
	// such a command is Read, and then writes them as JSON-stat.
	Read func(*Context) ([]*jsonstat.Dataset, error)

	// Run does the work. An error that it returns is printed and sets the exit
	// status; see [Usage] for errors of the call. A command with Commands has none.
	Run func(*Context) error

	// Commands are what the first argument chooses from, each with a table of its
	// own: "pxfetch get". Names are lower case words, examples begin with the name
	// of the program. The program itself has only common flags then. One that has a
	// Short is a program of its own, too, and may have Commands itself.
	Commands []Command

	// Meant is asked for a word that is none of Commands: it returns the word behind the
	// program that is meant, such as "xlsx" or "fetch get 05839", or "" if it knows none.
	// May be nil.
	Meant func(word string) string

	// Elsewhere is asked for a flag that the command does not have: it returns what to
	// type, or "" if it knows nothing. May be nil.
	Elsewhere func(name string) string

	// Default names the one of Commands that is meant where the first argument is
	// none of them but a file: "jsonstat FILE". A program that has it tells what
	// there is where nothing is typed but its name.
	Default string

	under door // of one of Commands: the program
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
	const reading, files = readingGroup, filesGroup
	var flags []Flag
	if cmd.ReadsJSONStat {
		flags = append(flags,
			String{Name: "dataset", Value: "NAME", Complete: DatasetNames, Group: reading, Help: "which dataset of several: id, label or position from 0 (default: the first)"},
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
		flags = append(flags,
			String{Name: "output", Value: "FILE", Complete: Files, Group: files, Help: "where to write, same as the last argument"},
			Bool{Name: "force", Group: files, Help: "replace an output that exists"},
		)
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
	text := cmd.rename(strings.TrimSpace(cmd.Description))
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n\n")
}

// synopsis is the command line in general.
func (cmd Command) synopsis() string {
	if len(cmd.Commands) > 0 {
		return cmd.called() + " command [options] ..."
	}
	return strings.TrimSpace(fmt.Sprintf("%s [options] %s", cmd.called(), cmd.Args))
}

// tool is the program that was called.
func (cmd Command) tool() string {
	word, _, _ := strings.Cut(cmd.called(), " ")
	return word
}

// called is how the command is called: the program, and which of its commands.
func (cmd Command) called() string {
	if cmd.under.called != "" {
		return cmd.under.called + " " + cmd.word()
	}
	return cmd.Name
}

// id is the one name of the command, however it was called: "jsonstat2csv", "pxfetch
// get".
func (cmd Command) id() string {
	if cmd.under.id != "" && cmd.Short == "" {
		return cmd.under.id + " " + cmd.Name
	}
	return cmd.Name
}

// word is what a program of programs calls the command.
func (cmd Command) word() string {
	if cmd.Short != "" {
		return cmd.Short
	}
	return cmd.Name
}

// rename puts the names by which programs are called here in the place of their own.
func (cmd Command) rename(text string) string { return cmd.under.rename(text) }

// examples are those of the command, with the names by which programs are called here.
func (cmd Command) examples() []Example {
	list := slices.Clone(cmd.Examples)
	for i := range list {
		list[i].Line, list[i].Text = cmd.rename(list[i].Line), cmd.rename(list[i].Text)
	}
	return list
}
