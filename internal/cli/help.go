package cli

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// helpWidth is the width of a help text, and of the progress bar at most.
const helpWidth = 80

// Help is the text that --help prints.
func (cmd Command) Help() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s - %s\n\nUsage: %s\n", cmd.fullName(), cmd.Summary, cmd.synopsis())
	for _, paragraph := range strings.Split(strings.TrimSpace(cmd.Description), "\n\n") {
		if paragraph != "" {
			fmt.Fprintf(&b, "\n%s", indent(paragraph, 0))
		}
	}
	if len(cmd.Examples) > 0 {
		b.WriteString("\nExamples:\n")
	}
	for _, e := range cmd.Examples {
		fmt.Fprintf(&b, "  %s\n", e.Line)
		if e.Text != "" {
			b.WriteString(indent(e.Text, 6))
		}
	}
	cmd.listCommands(&b)
	for _, g := range groups(cmd.AllFlags()) {
		fmt.Fprintf(&b, "\n%s:\n", g.heading)
		for _, s := range g.specs {
			b.WriteString(s.row())
		}
	}
	b.WriteString("\nExit status: 0 done, 1 failed, 2 the call was wrong.\n")
	return b.String()
}

// usage is the short help for somebody who typed only the name.
func (cmd Command) usage() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s - %s\nUsage: %s\n", cmd.fullName(), cmd.Summary, cmd.synopsis())
	if len(cmd.Examples) > 0 {
		fmt.Fprintf(&b, "For example: %s\n", cmd.Examples[0].Line)
	}
	if len(cmd.Commands) > 0 {
		fmt.Fprintf(&b, "Commands: %s\n", strings.Join(cmd.commandNames(), ", "))
	}
	fmt.Fprintf(&b, "%s --help shows all options.\n", cmd.fullName())
	return b.String()
}

// synopsis is the command line in general.
func (cmd Command) synopsis() string {
	if len(cmd.Commands) > 0 {
		return cmd.Name + " command [options] ..."
	}
	return strings.TrimSpace(fmt.Sprintf("%s [options] %s", cmd.fullName(), cmd.Args))
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
func (s Spec) row() string {
	const column = 26
	left := "      --" + s.Name
	if s.Short != 0 {
		left = fmt.Sprintf("  -%c, --%s", s.Short, s.Name)
	}
	left += s.valueShown()
	text := s.text()
	right := indent(text, column)
	if utf8.RuneCountInString(left) > column-2 {
		return left + "\n" + right
	}
	return left + right[utf8.RuneCountInString(left):]
}

// quoteSign quotes a default that is more of a sign than a word.
func quoteSign(s string) string {
	for _, r := range s {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return s
		}
	}
	return `"` + s + `"`
}

// indent breaks a text into lines of at most helpWidth and indents each.
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
		case used+1+size > helpWidth:
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
