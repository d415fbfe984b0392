package cli

import (
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
	taken := func(letter rune) bool {
		return slices.ContainsFunc(specs, func(s Spec) bool { return s.Short == letter })
	}
	helpLetter := 'h'
	if taken(helpLetter) {
		helpLetter = 0
	}
	for _, f := range cmd.commonFlags(helpLetter) {
		specs = append(specs, f.Spec())
	}
	return specs
}

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

// commonFlags are the flags that cli itself understands.
func (cmd Command) commonFlags(helpLetter rune) []Flag {
	const reading, files = "Reading JSON-stat", "Files and messages"
	var flags []Flag
	if cmd.ReadsJSONStat {
		flags = append(flags,
			String{Name: "dataset", Value: "NAME", Group: reading, Help: "which dataset of several: id, label or position from 0 (default: the first)"},
			Bool{Name: "strict", Group: reading, Help: "refuse what the specification refuses"},
			Choice{Name: "nan", Values: []string{"null"}, Group: reading, Help: "read NaN and Infinity, which are not JSON, as missing"},
			Bool{Name: "pad", Group: reading, Help: "let cells be absent at the end: they are missing"},
			String{Name: "encoding", Value: "NAME", Group: reading, Help: "of the input, such as iso-8859-1 (default: UTF-8, or UTF-16 with a byte order mark)"},
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

// Check finds mistakes in the table that a compiler cannot find. Each command
// should call it in a test; a run with a wrong table ends as an internal error.
func (cmd Command) Check() error {
	if cmd.Name == "" || cmd.Summary == "" || (cmd.Run == nil) == (len(cmd.Commands) == 0) {
		return fmt.Errorf("command %q needs a name, a summary and a function", cmd.Name)
	}
	if len(cmd.Commands) > 0 {
		return cmd.checkCommands()
	}
	if err := cmd.Args.check(); err != nil {
		return fmt.Errorf("command %s: %w", cmd.Name, err)
	}
	for _, e := range cmd.Examples {
		if !strings.Contains(e.Line, cmd.Name) {
			return fmt.Errorf("command %s: example %q does not call it", cmd.Name, e.Line)
		}
	}
	if err := cmd.checkFlags(); err != nil {
		return fmt.Errorf("command %s: %w", cmd.Name, err)
	}
	return nil
}

// checkFlags finds rows that are wrong in themselves or contradict others.
func (cmd Command) checkFlags() error {
	flags := cmd.AllFlags()
	_, gone := cmd.ownFlags()
	names := map[string]bool{}
	letters := map[rune]bool{}
	for _, s := range slices.Concat(flags, gone) {
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
	for _, g := range gone {
		name, _, _ := strings.Cut(strings.ReplaceAll(g.Help, "=", " "), " ")
		if !slices.ContainsFunc(flags, func(s Spec) bool { return "--"+s.Name == name }) {
			return fmt.Errorf("flag --%s is gone, but there is no flag %q to say in its place", g.Name, name)
		}
	}
	return nil
}

// Args is the synopsis of what a command takes besides flags, as the help shows
// it: words, those in brackets optional, a last word that ends in "..." any
// number of times. The words "input" and "output" are files that cli looks after;
// all others are the command's own business, by [Context.Args].
type Args string

// InputOutput is what most commands take.
const InputOutput Args = "[input [output]]"

// operand is one word of a synopsis.
type operand struct {
	name     string
	optional bool
	many     bool
}

// operands takes the synopsis apart.
func (a Args) operands() []operand {
	var list []operand
	depth := 0
	for _, word := range strings.Fields(string(a)) {
		name := strings.Trim(word, "[]")
		depth += strings.Count(word, "[")
		op := operand{name: strings.TrimSuffix(name, "..."), optional: depth > 0}
		op.many = op.name != name
		depth -= strings.Count(word, "]")
		list = append(list, op)
	}
	return list
}

// has tells whether the synopsis names a word.
func (a Args) has(name string) bool {
	return slices.ContainsFunc(a.operands(), func(op operand) bool { return op.name == name })
}

// match gives each argument the word it stands for, or says what is wrong with
// their number.
func (a Args) match(args []string) (map[string][]string, error) {
	found := map[string][]string{}
	rest := args
	for _, op := range a.operands() {
		switch {
		case len(rest) == 0 && !op.optional:
			return nil, fmt.Errorf("%s is missing", op.name)
		case op.many:
			found[op.name], rest = rest, nil
		case len(rest) > 0:
			found[op.name], rest = rest[:1], rest[1:]
		}
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("there is an argument too many: %q", rest[0])
	}
	return found, nil
}

// check finds a synopsis that makes no sense.
func (a Args) check() error {
	list := a.operands()
	seenOptional := false
	for i, op := range list {
		switch {
		case op.name == "":
			return fmt.Errorf("synopsis %q has an empty word", a)
		case op.many && i < len(list)-1:
			return fmt.Errorf("synopsis %q: only the last word may end in dots", a)
		case seenOptional && !op.optional:
			return fmt.Errorf("synopsis %q: %s after an optional word must be optional", a, op.name)
		case op.many && (op.name == "input" || op.name == "output"):
			return fmt.Errorf("synopsis %q: there can be but one %s", a, op.name)
		}
		seenOptional = seenOptional || op.optional
	}
	return nil
}
