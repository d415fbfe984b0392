package cli

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// help is the text that --help prints.
func help(cmd Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s - %s\n\nUsage: %s\n", cmd.called(), cmd.rename(cmd.Summary), cmd.synopsis())
	for _, paragraph := range cmd.paragraphs() {
		fmt.Fprintf(&b, "\n%s", indent(paragraph, 0))
	}
	if len(cmd.Examples) > 0 {
		b.WriteString("\nExamples:\n")
	}
	for _, e := range cmd.examples() {
		fmt.Fprintf(&b, "  %s\n", e.Line)
		if e.Text != "" {
			b.WriteString(indent(e.Text, 6))
		}
	}
	if len(cmd.Commands) > 0 {
		commandList(&b, cmd)
	}
	for _, g := range groups(cmd.AllFlags()) {
		fmt.Fprintf(&b, "\n%s:\n", g.heading)
		for _, s := range g.specs {
			s.Help = cmd.rename(s.Help)
			b.WriteString(row(s))
		}
	}
	b.WriteString("\nExit status: 0 done, 1 failed, 2 the call was wrong")
	if slices.ContainsFunc(cmd.AllFlags(), func(s Spec) bool { return s.Name == exitCode }) {
		b.WriteString(", 3 nothing new (--exit-code)")
	}
	b.WriteString(".\n")
	return b.String()
}

// commandList lists the commands of a program, by task.
func commandList(b *strings.Builder, cmd Command) {
	width := 10
	for _, name := range cmd.commandNames() {
		width = max(width, len(name)+1)
	}
	task := "Commands"
	for i, sub := range cmd.subcommands() {
		if sub.Task != "" {
			task = sub.Task
		}
		if i == 0 || sub.Task != "" {
			fmt.Fprintf(b, "\n%s:\n", task)
		}
		fmt.Fprintf(b, "  %-*s %s\n", width, sub.word(), sub.rename(sub.Summary))
	}
	fmt.Fprintf(b, "%s help COMMAND tells more about each.\n", cmd.called())
}

// exitCode is the flag of commands that tell by their exit status that nothing is new.
const exitCode = "exit-code"

// usage is the short help for somebody who typed only the name.
func usage(cmd Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s - %s\nUsage: %s\n", cmd.called(), cmd.rename(cmd.Summary), cmd.synopsis())
	if len(cmd.Examples) > 0 {
		fmt.Fprintf(&b, "For example: %s\n", cmd.examples()[0].Line)
	}
	if len(cmd.Commands) > 0 {
		fmt.Fprintf(&b, "Commands: %s\n", strings.Join(cmd.commandNames(), ", "))
	}
	fmt.Fprintf(&b, "%s --help shows all options.\n", cmd.called())
	return b.String()
}

// overview is what a program with a Default says where nothing but its name was typed:
// what one does with it, and what there is by task, on one screen.
func overview(cmd Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s - %s\n\n", cmd.called(), cmd.Summary)
	width := 0
	for _, e := range cmd.Examples {
		width = max(width, len(e.Line))
	}
	for _, e := range cmd.Examples {
		fmt.Fprintf(&b, "  %-*s  %s\n", width, e.Line, e.Text)
	}
	b.WriteString("\n")
	width = 0
	for _, sub := range cmd.Commands {
		width = max(width, utf8.RuneCountInString(sub.Task))
	}
	for i, sub := range cmd.Commands {
		switch {
		case i == 0 || sub.Task != "":
			if i > 0 {
				b.WriteString("\n")
			}
			fmt.Fprintf(&b, "  %-*s ", width, sub.Task)
		}
		b.WriteString(" " + sub.word())
	}
	fmt.Fprintf(&b, "\n\n%s help COMMAND tells about one of them, %s help about all.\n", cmd.called(), cmd.called())
	return b.String()
}

// group is a heading of the help and the flags below it.
type group struct {
	heading string
	specs   []Spec
}

// groups sorts flags by heading, in the order in which the headings come up.
func groups(specs []Spec) []group {
	var list []group
	at := map[string]int{}
	for _, s := range specs {
		heading := s.Group
		if heading == "" {
			heading = "Options"
		}
		i, ok := at[heading]
		if !ok {
			i = len(list)
			at[heading] = i
			list = append(list, group{heading: heading})
		}
		list[i].specs = append(list[i].specs, s)
	}
	return list
}

// row is a flag in the help: how it is written on the left, what it does on the
// right, or below if the left is too long.
func row(s Spec) string {
	const column = 26
	left := "      --" + s.Name
	if s.Short != 0 {
		left = fmt.Sprintf("  -%c, --%s", s.Short, s.Name)
	}
	left += s.valueShown()
	right := indent(s.text(), column)
	if utf8.RuneCountInString(left) > column-2 {
		return left + "\n" + right
	}
	return left + right[utf8.RuneCountInString(left):]
}

// indent breaks a text into lines of at most screenWidth and indents each.
func indent(text string, by int) string {
	var b strings.Builder
	margin := strings.Repeat(" ", by)
	used := 0
	for _, word := range strings.Fields(text) {
		size := utf8.RuneCountInString(word)
		switch {
		case used == 0:
			b.WriteString(margin)
			used = by
		case used+1+size > screenWidth:
			b.WriteString("\n" + margin)
			used = by
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += size
	}
	b.WriteByte('\n')
	return b.String()
}
