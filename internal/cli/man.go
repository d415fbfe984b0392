package cli

import (
	"fmt"
	"strings"
)

// man is the manual page of a command, for man and mandoc. That of a program of programs
// lists these, which have pages of their own.
func man(cmd Command) string {
	var b strings.Builder
	name, program := cmd.Name, cmd.Name
	if len(cmd.under.names) > 0 { // as man looks it up for "man jsonstat csv"
		name, program = strings.ReplaceAll(cmd.called(), " ", "-"), cmd.tool()
	}
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"%s\" \"JSON-stat toolkit\"\n", strings.ToUpper(roff(name)), roff(strings.TrimSpace(versionOf(program))))
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roff(name), roff(cmd.rename(cmd.Summary)))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n%s\n", roff(cmd.called()), roff(strings.TrimPrefix(cmd.synopsis(), cmd.called()+" ")))
	for i, paragraph := range cmd.paragraphs() {
		heading := ".PP"
		if i == 0 {
			heading = ".SH DESCRIPTION"
		}
		b.WriteString(heading + "\n")
		roffText(&b, strings.Join(strings.Fields(paragraph), " "))
	}
	if len(cmd.Examples) > 0 {
		b.WriteString(".SH EXAMPLES\n")
	}
	roffExamples(&b, cmd.examples())
	pages := roffCommands(&b, cmd)
	for _, sub := range cmd.subcommands() {
		if sub.Short == "" {
			roffCommand(&b, sub)
		}
	}
	for _, g := range groups(cmd.AllFlags()) {
		fmt.Fprintf(&b, ".SH %s\n", strings.ToUpper(roff(g.heading)))
		roffFlags(&b, cmd, g.specs)
	}
	b.WriteString(".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n1\nfailed\n.TP\n2\nthe call was wrong\n")
	if len(pages) > 0 {
		fmt.Fprintf(&b, ".SH SEE ALSO\n%s\n", strings.Join(pages, ", "))
	}
	return b.String()
}

// roffCommands lists the commands of a program of programs, by task, and returns the pages
// of those that have one.
func roffCommands(b *strings.Builder, cmd Command) (pages []string) {
	for i, sub := range cmd.subcommands() {
		if len(sub.under.names) == 0 {
			return nil
		}
		if i == 0 {
			fmt.Fprintf(b, ".SH COMMANDS\n%s prints the manual page of a command.\n", roff(cmd.called()+" COMMAND --man"))
		}
		if sub.Task != "" {
			fmt.Fprintf(b, ".SS %s\n", roff(sub.Task))
		}
		fmt.Fprintf(b, ".TP\n.B %s\n", roff(sub.called()))
		roffText(b, sub.rename(sub.Summary))
		if sub.Short != "" {
			pages = append(pages, "\\fB"+roff(strings.ReplaceAll(sub.called(), " ", "-"))+"\\fR(1)")
		}
	}
	return pages
}

// roffFlags writes the rows of flags.
func roffFlags(b *strings.Builder, cmd Command, specs []Spec) {
	for _, s := range specs {
		b.WriteString(".TP\n")
		if s.Short != 0 {
			fmt.Fprintf(b, "\\fB\\-%c\\fR, ", s.Short)
		}
		fmt.Fprintf(b, "\\fB\\-\\-%s\\fR", roff(s.Name))
		if s.Bare != "" {
			fmt.Fprintf(b, "[=\\fI%s\\fR]", roff(s.Value))
		} else if s.takesValue() {
			fmt.Fprintf(b, "=\\fI%s\\fR", roff(s.Value))
		}
		b.WriteByte('\n')
		roffText(b, cmd.rename(s.text()))
	}
}

// roffExamples writes examples.
func roffExamples(b *strings.Builder, examples []Example) {
	for _, e := range examples {
		fmt.Fprintf(b, ".TP\n.B %s\n", roff(e.Line))
		roffText(b, e.Text)
	}
}

// roffCommand writes the section of a command in the page of its program: what it does,
// its examples and its own flags.
func roffCommand(b *strings.Builder, cmd Command) {
	fmt.Fprintf(b, ".SH %s\n.B %s\n.PP\n", strings.ToUpper(roff(cmd.Name)), roff(cmd.synopsis()))
	roffText(b, strings.ToUpper(cmd.Summary[:1])+cmd.rename(cmd.Summary)[1:]+".")
	for _, paragraph := range cmd.paragraphs() {
		b.WriteString(".PP\n")
		roffText(b, strings.Join(strings.Fields(paragraph), " "))
	}
	roffExamples(b, cmd.examples())
	own, _ := cmd.ownFlags()
	roffFlags(b, cmd, own)
}

// roff escapes a text for the middle of a line.
func roff(text string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace(text)
}

// roffText writes a line of text, which must not begin like a request.
func roffText(b *strings.Builder, text string) {
	text = roff(text)
	if strings.HasPrefix(text, ".") {
		text = `\&` + text
	}
	b.WriteString(text + "\n")
}
