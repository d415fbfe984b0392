package cli

import (
	"fmt"
	"strings"
)

// Man is the manual page of the command, for man and mandoc.
func (cmd Command) Man() string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"%s\" \"JSON-stat toolkit\"\n", strings.ToUpper(cmd.Name), roff(strings.TrimSpace(cmd.Version())))
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roff(cmd.Name), roff(cmd.Summary))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n%s\n", roff(cmd.fullName()), roff(strings.TrimPrefix(cmd.synopsis(), cmd.fullName()+" ")))
	if text := strings.TrimSpace(cmd.Description); text != "" {
		b.WriteString(".SH DESCRIPTION\n")
		for i, paragraph := range strings.Split(text, "\n\n") {
			if i > 0 {
				b.WriteString(".PP\n")
			}
			roffText(&b, strings.Join(strings.Fields(paragraph), " "))
		}
	}
	if len(cmd.Examples) > 0 {
		b.WriteString(".SH EXAMPLES\n")
	}
	for _, e := range cmd.Examples {
		fmt.Fprintf(&b, ".TP\n.B %s\n", roff(e.Line))
		roffText(&b, e.Text)
	}
	for _, sub := range cmd.subcommands() {
		sub.manSection(&b)
	}
	for _, g := range groups(cmd.AllFlags()) {
		fmt.Fprintf(&b, ".SH %s\n", strings.ToUpper(roff(g.heading)))
		roffFlags(&b, g.specs)
	}
	b.WriteString(".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n1\nfailed\n.TP\n2\nthe call was wrong\n")
	return b.String()
}

// roffFlags writes the rows of flags.
func roffFlags(b *strings.Builder, specs []Spec) {
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
		roffText(b, s.text())
	}
}

// manSection is a command of a program in the page of the program: what it does,
// its examples and its own flags.
func (cmd Command) manSection(b *strings.Builder) {
	fmt.Fprintf(b, ".SH %s\n.B %s\n.PP\n", strings.ToUpper(roff(cmd.Name)), roff(cmd.synopsis()))
	roffText(b, strings.ToUpper(cmd.Summary[:1])+cmd.Summary[1:]+".")
	for _, paragraph := range strings.Split(strings.TrimSpace(cmd.Description), "\n\n") {
		if paragraph != "" {
			b.WriteString(".PP\n")
			roffText(b, strings.Join(strings.Fields(paragraph), " "))
		}
	}
	for _, e := range cmd.Examples {
		fmt.Fprintf(b, ".TP\n.B %s\n", roff(e.Line))
		roffText(b, e.Text)
	}
	own, _ := cmd.ownFlags()
	roffFlags(b, own)
}

// text is what the help says of a flag.
func (s Spec) text() string {
	text := s.Help
	if s.Kind == KindStrings {
		text += " (may be given several times)"
	}
	if s.Default != "" {
		text += " (default: " + quoteSign(s.Default) + ")"
	}
	return text
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
