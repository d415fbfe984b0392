package info

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/screen"
)

// text is the facts for people. Without all it fits on a screen for a usual table, and says
// what it leaves out.
type text struct {
	*facts
	all bool
}

// width is that of a screen.
const width = 80

// String is the text.
func (t text) String() string {
	var b strings.Builder
	left := map[string]int{} // what is left out
	most := func(n, most int, what string) int {
		if t.all || n <= most {
			return n
		}
		left[what] += n - most
		return most
	}
	lines := func(name, text string, atMost int) {
		const indent = 10
		all := screen.Wrap(text, width-indent)
		if !t.all && len(all) > atMost {
			all = all[:atMost]
			all[atMost-1] = screen.Clip(all[atMost-1]+" …", width-indent)
			left["more of long texts"]++
		}
		for i, line := range all {
			if i > 0 {
				name = ""
			}
			fmt.Fprintf(&b, "%-*s%s\n", indent, name, screen.Visible(line))
		}
	}
	line := func(name, text string) {
		if text != "" {
			lines(name, text, 2)
		}
	}
	if t.Title != "" {
		for _, l := range screen.Wrap(t.Title, width) {
			b.WriteString(screen.Visible(l) + "\n")
		}
	}
	line("file", strings.TrimPrefix(t.File, "-")+strings.Repeat("standard input", count(t.File == "-"))+": "+t.title())
	line("table", joined(t.Table, t.Subject))
	line("source", joined(t.Source, prefixed("updated ", t.Updated), prefixed("next ", t.Next)))
	line("licence", t.Licence)
	line("cite as", t.Attribution)
	line("cells", t.counted())
	b.WriteString("\n")
	t.dimensions(&b, most)
	if n := len(t.Statuses); n > 0 {
		table := &screen.Table{Right: []bool{false, true}}
		for _, s := range t.Statuses[:most(n, 3, "statuses")] {
			table.Add("status "+s.Status, strconv.FormatInt(s.Cells, 10), s.Meaning)
		}
		for _, l := range table.Lines(t.limit()) {
			b.WriteString(l + "\n")
		}
	}
	notes := t.Notes
	if !t.all { // those that must be shown come first
		notes = slices.Clone(notes)
		slices.SortStableFunc(notes, func(a, b note) int { return count(b.Mandatory) - count(a.Mandatory) })
	}
	for _, note := range notes[:most(len(notes), 3, "notes")] {
		name := "note"
		if note.Mandatory {
			name = "note (!)"
		}
		on := note.Dimension
		if note.Category != "" {
			on += "=" + note.Category
		}
		if on != "" {
			on += ": "
		}
		lines(name, on+note.Text, 1)
	}
	t.links(&b, most, line)
	if n := len(t.Datasets); n > 0 {
		for _, d := range t.Datasets[:most(n, 5, "datasets")] {
			line("dataset", strconv.Itoa(d.Index)+"  "+strings.TrimSpace(cmp.Or(d.ID, "")+"  "+d.Label))
		}
		b.WriteString("          --dataset picks one by its number, its id or its title\n")
	}
	t.leftOut(&b, left)
	return b.String()
}

// joined are those of some texts that are not empty.
func joined(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), ", ")
}

// prefixed is a text with something in front of it, "" if it is empty.
func prefixed(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// limit is how wide a line may be.
func (t text) limit() int {
	if t.all {
		return 0
	}
	return width
}

// counted says how many cells there are.
func (t text) counted() string {
	s := strconv.FormatInt(t.Cells, 10)
	switch {
	case t.Missing == nil:
		return s
	case *t.Missing > 0:
		s += fmt.Sprintf(", %d of them missing (%s)", *t.Missing, share(*t.Missing, t.Cells))
	default:
		s += ", none missing"
	}
	if t.Texts > 0 {
		s += fmt.Sprintf("; %d are texts", t.Texts)
	}
	return s
}

// share is a part of a whole in percent.
func share(part, whole int64) string {
	switch p := 100 * float64(part) / float64(whole); {
	case p < 0.1:
		return "less than 0.1 %"
	case p < 10:
		return fmt.Sprintf("%.1f %%", p)
	default:
		return fmt.Sprintf("%.0f %%", p)
	}
}

// dimensions lists the dimensions, and the units of their categories.
func (t text) dimensions(b *strings.Builder, most func(n, most int, what string) int) {
	table := &screen.Table{Right: []bool{false, false, false, true}}
	for _, d := range t.Dimensions[:most(len(t.Dimensions), 10, "dimensions")] {
		span := ""
		if d.First != nil {
			span = d.First.shown()
		}
		if d.Last != nil {
			span += " … " + d.Last.shown()
		}
		table.Add(d.ID, d.Label, d.Role, strconv.Itoa(d.Size), span)
	}
	for _, l := range table.Lines(t.limit()) {
		b.WriteString(l + "\n")
	}
	for _, d := range t.Dimensions {
		units := &screen.Table{}
		for _, u := range d.Units[:most(len(d.Units), 3, "units")] {
			text := u.Unit
			if u.Decimals != nil {
				text += fmt.Sprintf(", %d decimal%s", *u.Decimals, strings.Repeat("s", count(*u.Decimals != 1)))
			}
			if u.Period != "" {
				text += ", " + u.Period
			}
			units.Add("  "+cmp.Or(u.Label, u.ID), strings.TrimPrefix(text, ", "))
		}
		for _, l := range units.Lines(t.limit()) {
			b.WriteString(l + "\n")
		}
	}
}

// shown is a category in a few words.
func (c category) shown() string {
	if c.Label == "" {
		return c.ID
	}
	return c.ID + " " + c.Label
}

// links lists contacts, pages and registers.
func (t text) links(b *strings.Builder, most func(n, most int, what string) int, line func(name, text string)) {
	for _, c := range t.Contacts[:most(len(t.Contacts), 1, "contacts")] {
		line("contact", c)
	}
	for _, p := range t.Pages[:most(len(t.Pages), 1, "links")] {
		line("page", strings.TrimSpace(p.Label+" "+p.Address))
	}
	var registers [][2]string
	for _, d := range t.Dimensions {
		for _, l := range d.Links {
			on := d.ID
			if l.Category != "" {
				on += "=" + l.Category
			}
			registers = append(registers, [2]string{cmp.Or(l.Register, "link"), on + " " + cmp.Or(l.Page, l.URN)})
		}
	}
	for _, r := range registers[:most(len(registers), 2, "links")] {
		line(r[0], r[1])
	}
}

// leftOut says what was left out.
func (t text) leftOut(b *strings.Builder, left map[string]int) {
	var parts []string
	for _, what := range []string{"dimensions", "units", "statuses", "notes", "contacts", "links", "datasets"} {
		if n := left[what]; n > 0 {
			if n == 1 {
				what = strings.Replace(strings.TrimSuffix(what, "s"), "statuse", "status", 1)
			}
			parts = append(parts, fmt.Sprintf("%d %s", n, what))
		}
	}
	if left["more of long texts"] > 0 {
		parts = append(parts, "the ends of long texts")
	}
	if len(parts) > 0 {
		fmt.Fprintf(b, "left out: %s; --all shows them\n", strings.Join(parts, ", "))
	}
}
