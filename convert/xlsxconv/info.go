package xlsxconv

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/about"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// info writes the sheet that tells people what the table is.
type info struct {
	*plan
	*textSheet
	st *styles
}

// maxLinks is how many addresses can be clicked. More are plain text: Excel does
// not take any number of them.
const maxLinks = 10_000

// write writes the sheet.
func (n *info) write() {
	n.set(0, cmp.Or(about.Line(n.ds.Label()), n.px.TableID, n.words.info), n.st.big, false)
	n.next()
	n.table()
	n.variables()
	n.units()
	n.identifiers()
	n.symbols()
	n.notes()
}

// section begins a section, with the names of its columns if it is a table.
func (n *info) section(title string, columns ...string) {
	n.next()
	n.set(0, title, n.st.section, false)
	for i := 1; i < 4; i++ {
		n.set(i, "", n.st.section, false)
	}
	n.next()
	if len(columns) > 0 {
		for i, text := range columns {
			n.set(i, text, n.st.term, true)
		}
		n.next()
	}
}

// line writes a row: what it is about, and texts beside it. Empty ones are left
// out, and so is the row if all are.
func (n *info) line(term string, texts ...string) {
	if strings.Join(texts, "") == "" {
		return
	}
	n.set(0, term, n.st.term, true)
	for i, text := range texts {
		if text != "" {
			n.text(i+1, text)
		}
	}
	n.next()
}

// text writes a text, to be clicked if it is an address.
func (n *info) text(column int, text string) {
	if !about.IsAddress(text) || len(n.links) >= maxLinks {
		n.set(column, text, n.st.cell, true)
		return
	}
	n.set(column, text, n.st.link, true)
	n.link(column, text)
}

// table tells what there is to say of the table as a whole.
func (n *info) table() {
	w, t := n.words, about.Of(n.ds)
	n.section(w.ofTable)
	n.line(w.table, t.ID)
	n.line(w.area, t.Area)
	n.line(w.source, t.Source)
	n.line(w.updated, t.Updated)
	n.line(w.next, t.Next)
	n.line(w.licence, cmp.Or(n.o.Licence, t.Licence))
	n.line(w.attribution, cmp.Or(n.o.Attribution, t.Attribution, n.citation()))
	n.line(w.official, n.yes(t.Official))
	n.line(w.copyrighted, n.yes(t.Copyright))
	for _, contact := range t.Contacts {
		n.line(w.contact, contact)
	}
	n.line(w.address, t.Address)
	for _, page := range t.Pages {
		n.line(cmp.Or(page.Label, w.homepage), page.Address)
	}
	n.line(w.count, strconv.FormatInt(n.ds.Len(), 10))
}

func (n *info) yes(b *bool) string {
	switch {
	case b == nil:
		return ""
	case *b:
		return n.words.yes
	}
	return n.words.no
}

// citation says where the figures are from, in the document's own words.
func (n *info) citation() string {
	source := about.Line(n.ds.Source())
	if source == "" {
		return ""
	}
	parts := []string{source}
	if n.px.TableID != "" {
		parts = append(parts, strings.ToLower(n.words.table)+" "+n.px.TableID)
	}
	if label := about.Line(n.ds.Label()); label != "" {
		parts = append(parts, label)
	}
	if day, err := n.ds.UpdatedTime(); err == nil {
		parts = append(parts, strings.ToLower(n.words.updated)+" "+day.Format("2006-01-02"))
	}
	return strings.Join(parts, ", ")
}

// variables lists the dimensions.
func (n *info) variables() {
	if len(n.ds.Dimensions()) == 0 {
		return
	}
	n.section(n.words.variables, n.words.id, n.words.name, n.words.categories)
	for _, d := range n.ds.Dimensions() {
		n.line(d.ID(), about.Line(d.Label()), strconv.Itoa(d.Len()))
	}
}

// units lists the units of the figures.
func (n *info) units() {
	begun := false
	for _, d := range n.ds.Dimensions() {
		for _, u := range about.Units(d) {
			if !begun {
				n.section(n.words.units, n.words.name, n.words.unit, n.words.decimals, n.words.period)
				begun = true
			}
			decimals := ""
			if u.Decimals != nil {
				decimals = strconv.Itoa(*u.Decimals)
			}
			n.line(about.Line(d.CategoryLabel(u.Category)), u.Text, decimals, u.Period)
		}
	}
}

// identifiers lists the classifications and definitions with their pages.
func (n *info) identifiers() {
	begun := false
	for _, d := range n.ds.Dimensions() {
		for _, u := range d.Identifiers() {
			if !begun {
				n.section(n.words.links, n.words.name, n.words.address, n.words.id)
				begun = true
			}
			name := about.Line(d.Label())
			if u.Category != "" {
				if k := d.Index(u.Category); k >= 0 {
					name += ": " + about.Line(d.CategoryLabel(k))
				}
			}
			kind := map[jsonstat.Scheme]string{jsonstat.SchemeKlass: n.words.classification + " ", jsonstat.SchemeVardok: n.words.definition + " "}[u.Scheme()]
			n.line(name, cmp.Or(u.PageURL(n.lang), u.AboutURL(n.lang), u.APIURL(n.lang), u.String()), about.Line(kind+u.ID()))
		}
	}
}

// symbols explains the statuses that occur.
func (n *info) symbols() {
	var used []string
	for id, code := range n.ds.Cells().Statuses() {
		if id < len(n.used) && n.used[id] && code != "" {
			used = append(used, code)
		}
	}
	if len(used) == 0 {
		return
	}
	slices.Sort(used)
	n.section(n.words.symbols, n.words.symbol, n.words.meaning)
	for _, code := range used {
		n.line(code, cmp.Or(n.ds.SymbolText(code, n.lang), "–"))
	}
}

// notes lists all notes, as text.
func (n *info) notes() {
	for i, note := range about.Notes(n.ds) {
		if i == 0 {
			n.section(n.words.notes)
		}
		on := n.words.ofTable
		switch d := note.Dimension; {
		case d == nil:
		case note.Category < 0:
			on = d.Label()
		default:
			on = d.Label() + ": " + d.CategoryLabel(note.Category)
		}
		n.line(about.Line(on), note.Text)
	}
}
