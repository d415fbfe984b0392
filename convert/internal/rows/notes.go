package rows

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// notes are what stands below a table and is none of it: sources, explanations of
// symbols, who to ask. They begin below an empty row with one that has a text in its
// first column only, and go on as long as no row has anything in a column of figures; in
// CSV a line of one field is one, too, if nothing of the table follows it.
type notes struct {
	none    bool // rows are those of a table without an end
	reader  numbers
	figures []bool // columns of figures, as far as the first rows tell
	on      bool   // the row before is one
	lines   int64
	first   string
	gap     bool // the row before was empty
	padded  bool // by separators
	short   bool // some note is a line of one field

	pending string // a line that may be one, not below an empty row
	waiting int64  // how many of these there are
	at      Place
	fields  int
}

// look finds the columns of figures in the first rows.
func (n *notes) look(g *front) {
	n.figures = make([]bool, len(g.names))
	n.reader.either = true
	count := make([]int, len(g.names))
	for i := g.next; i < len(g.first); i++ {
		r := &g.first[i]
		for c, f := range r.fields[:min(len(r.fields), len(count))] {
			kind := Plain
			if c < len(r.kinds) {
				kind = r.kinds[c]
			}
			switch l, _ := n.reader.look(f, kind); {
			case l == number:
				count[c]++
			case l == textual:
				count[c]--
			}
		}
	}
	for c := range count {
		n.figures[c] = count[c] > 0
	}
}

// figure tells whether a row has anything in a column of figures.
func (n *notes) figure(r *row) bool {
	for c, is := range n.figures {
		if is && c > 0 && r.has(c) {
			return true
		}
	}
	return false
}

// number tells whether a row has a figure, or a mark for one, in a column of figures.
func (n *notes) number(r *row) bool {
	for c, is := range n.figures {
		if is && c > 0 && r.has(c) {
			if l, _ := n.reader.look(r.fields[c], Plain); l.asValue() != textual {
				return true
			}
		}
	}
	return false
}

// leftOut tells whether a row is none of the table: an empty one, or a note below it.
func (n *notes) leftOut(g *front, r *row) (bool, error) {
	if n.none {
		return false, nil
	}
	w := r.width()
	if w == 0 && len(g.names) > 1 && !(g.o.Head != nil && len(r.fields) >= len(g.names)) {
		if len(r.fields) > 0 && (len(r.fields) > 1 || g.sheet()) { // nothing but separators, or blanks
			n.gap, n.padded = true, len(r.fields) > 1
			return true, nil
		}
	}
	gap := r.gap || n.gap
	alone := w == 1 && r.has(0) // a text in the first column, and nothing else
	line := !g.sheet() && len(r.fields) == 1
	switch {
	case len(g.names) < 2:
	case n.on && w > 0 && !n.number(r) && !(n.short && !g.sheet() && len(r.fields) == len(g.names)):
		// Notes go on, but where they are lines of one field a row of full width is a row.
		n.add(r)
		return true, nil
	case (gap || n.on || n.pending != "") && isNoteRow(r),
		// Where programs pad lines with separators, empty ones are padded as well.
		alone && gap && (g.sheet() || line || n.gap && n.padded):
		n.on = true
		n.add(r)
		return true, nil
	case isNoteRow(r), alone && n.pending != "", alone && line && isSentence(bytes.TrimSpace(r.fields[0])):
		// A note right below the table, unless something of the table follows.
		if n.waiting++; n.waiting == 1 {
			n.pending, n.at, n.fields = r.text(0), g.Place(r.number, -1), len(r.fields)
		}
		n.gap = false
		return true, nil
	case w == 1 && g.copied(r):
		return false, (&Error{Msg: fmt.Sprintf("the row has nothing but %q: it is no row of the table", brief(r.text(0))), Err: ErrWidth}).at(g.Place(r.number, 0))
	}
	return false, n.row(g)
}

// isNoteRow tells whether a row begins as notes do, and has nothing else or, up to its last
// field, no figures but years: a note with commas in it, "Source: Office, table 5, 2024".
func isNoteRow(r *row) bool {
	if !r.has(0) || !isNoteText(r.fields[0]) {
		return false
	}
	if w := r.width(); w > 1 && w < len(r.fields) {
		return false // a row whose last cells are missing
	}
	n := numbers{either: true}
	for k := 1; k < len(r.fields); k++ {
		if l, _ := n.look(r.fields[k], Plain); r.has(k) && l.asValue() != textual && !isPeriod(string(r.fields[k])) {
			return false
		}
	}
	return true
}

// isSentence tells whether a line of one field is a note rather than a row that is cut
// off: it has several words, or does not begin with a letter.
func isSentence(text []byte) bool {
	r, _ := utf8.DecodeRune(text)
	return bytes.IndexByte(text, ' ') > 0 || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// add counts a line that is left out.
func (n *notes) add(r *row) {
	n.gap = false
	n.short = n.short || len(r.fields) == 1
	if n.lines++; n.lines == 1 {
		n.first = r.text(0)
	}
}

// row takes note of a row of the table: what could have been notes stands within it.
func (n *notes) row(g *front) error {
	n.on, n.gap = false, false
	if n.pending != "" && n.fields > 1 {
		return (&Error{Msg: fmt.Sprintf("the row has nothing but %q: it is no row of the table", brief(n.pending)), Err: ErrWidth}).at(n.at)
	}
	if n.pending != "" {
		return (&Error{Msg: fmt.Sprintf("the row has %d columns, the header has %d", n.fields, len(g.names)), Err: ErrWidth}).at(n.at)
	}
	return nil
}

// tell tells of the lines that are left out.
func (n *notes) tell(o *Options) {
	if n.waiting > 0 && (n.lines == 0 || n.first == "") {
		n.first = n.pending
	}
	switch lines := n.lines + n.waiting; lines {
	case 0:
	case 1:
		o.Warnf("1 line below the table is left out: %q", brief(n.first))
	default:
		o.Warnf("%d lines below the table are left out: %q", lines, brief(n.first))
	}
}
