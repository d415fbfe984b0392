package xlsxconv

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

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
	n.set(0, cmp.Or(oneLine(n.ds.Label()), n.px.TableID, n.words.info), n.st.big, false)
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
	if !isAddress(text) || len(n.links) >= maxLinks {
		n.set(column, text, n.st.cell, true)
		return
	}
	n.set(column, text, n.st.link, true)
	n.link(column, text)
}

// isAddress tells whether a text is a web address and nothing else.
func isAddress(text string) bool {
	if !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
		return false
	}
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && len(text) <= 2000 && !strings.ContainsAny(text, " \"<>\n\t")
}

// table tells what there is to say of the table as a whole.
func (n *info) table() {
	w := n.words
	n.section(w.ofTable)
	n.line(w.table, n.px.TableID)
	n.line(w.area, n.px.Area)
	n.line(w.source, oneLine(n.ds.Source()))
	updated, err := n.ds.UpdatedTime()
	n.line(w.updated, n.when(n.ds.Updated(), updated, err))
	next, err := time.Parse(time.RFC3339, n.px.NextUpdate)
	n.line(w.next, n.when(n.px.NextUpdate, next, err))
	ext := members(n.ds.Extension())
	n.line(w.licence, cmp.Or(n.o.Licence, said(ext, "license", "licence", "rights"), n.linked("license", "licence")))
	n.line(w.attribution, cmp.Or(n.o.Attribution, said(ext, "attribution", "citation"), n.citation()))
	n.line(w.official, n.yes(n.px.Official))
	n.line(w.copyrighted, n.yes(n.px.Copyright))
	for _, contact := range contacts(ext["contact"]) {
		n.line(w.contact, contact)
	}
	n.line(w.address, n.ds.Href())
	for _, l := range n.ds.Links() {
		if isAddress(l.Href) && l.Rel != "self" && l.Rel != "license" {
			n.line(cmp.Or(l.Label, w.homepage), l.Href)
		}
	}
	n.line(w.count, strconv.FormatInt(n.ds.Len(), 10))
}

// when is a time for people; what is none stays as the document writes it.
func (n *info) when(text string, t time.Time, err error) string {
	switch {
	case err != nil:
		return oneLine(text)
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format("2006-01-02")
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
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
	source := oneLine(n.ds.Source())
	if source == "" {
		return ""
	}
	parts := []string{source}
	if n.px.TableID != "" {
		parts = append(parts, strings.ToLower(n.words.table)+" "+n.px.TableID)
	}
	if label := oneLine(n.ds.Label()); label != "" {
		parts = append(parts, label)
	}
	if day, err := n.ds.UpdatedTime(); err == nil {
		parts = append(parts, strings.ToLower(n.words.updated)+" "+day.Format("2006-01-02"))
	}
	return strings.Join(parts, ", ")
}

// linked is the address of a relation.
func (n *info) linked(rels ...string) string {
	for _, l := range n.ds.Links() {
		if slices.Contains(rels, l.Rel) {
			return cmp.Or(l.Href, l.Label)
		}
	}
	return ""
}

// variables lists the dimensions.
func (n *info) variables() {
	if len(n.ds.Dimensions()) == 0 {
		return
	}
	n.section(n.words.variables, n.words.id, n.words.name, n.words.categories)
	for _, d := range n.ds.Dimensions() {
		n.line(d.ID(), oneLine(d.Label()), strconv.Itoa(d.Len()))
	}
}

// units lists the units of the figures.
func (n *info) units() {
	begun := false
	for _, d := range n.ds.Dimensions() {
		ext := members(d.Extension())
		periods := members(ext["refperiod"])
		bases := members(ext["basePeriod"])
		for k := range d.Len() {
			u := d.CategoryUnit(k)
			id := d.CategoryID(k)
			when := cmp.Or(said(periods, id), said(bases, id))
			if u == nil && when == "" {
				continue
			}
			if !begun {
				n.section(n.words.units, n.words.name, n.words.unit, n.words.decimals, n.words.period)
				begun = true
			}
			unit, decimals := "", ""
			if u != nil {
				unit = u.Text()
				if u.Symbol != "" && u.Symbol != unit {
					unit = strings.TrimSpace(unit + " (" + u.Symbol + ")")
				}
				if u.Decimals != nil {
					decimals = strconv.Itoa(*u.Decimals)
				}
			}
			n.line(oneLine(d.CategoryLabel(k)), unit, decimals, when)
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
			name := oneLine(d.Label())
			if u.Category != "" {
				if k := d.Index(u.Category); k >= 0 {
					name += ": " + oneLine(d.CategoryLabel(k))
				}
			}
			kind := map[jsonstat.Scheme]string{jsonstat.SchemeKlass: n.words.classification + " ", jsonstat.SchemeVardok: n.words.definition + " "}[u.Scheme()]
			n.line(name, cmp.Or(u.PageURL(n.lang), u.AboutURL(n.lang), u.APIURL(n.lang), u.String()), oneLine(kind+u.ID()))
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
	begun := false
	add := func(about string, notes []string) {
		for _, note := range notes {
			if !begun {
				n.section(n.words.notes)
				begun = true
			}
			n.line(oneLine(about), plain(note))
		}
	}
	add(n.words.ofTable, n.ds.Notes())
	for _, d := range n.ds.Dimensions() {
		add(d.Label(), d.Notes())
		for c := range d.Categories() {
			add(d.Label()+": "+c.Label, c.Notes)
		}
	}
}

// members are those of a JSON object, nil if it is none.
func members(raw json.RawMessage) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	if json.Unmarshal(raw, &m) != nil {
		return nil
	}
	return m
}

// said is the first of some members that says something: a text, or an object with
// a name or an address.
func said(m map[string]json.RawMessage, names ...string) string {
	for _, name := range names {
		var text string
		if json.Unmarshal(m[name], &text) == nil && strings.TrimSpace(text) != "" {
			return plain(text)
		}
		if inner := members(m[name]); inner != nil {
			var parts []string
			for _, key := range []string{"name", "label", "title", "text", "url", "href"} {
				if text := said(inner, key); text != "" && !slices.Contains(parts, text) {
					parts = append(parts, text)
				}
			}
			if len(parts) > 0 {
				return strings.Join(parts, ", ")
			}
		}
	}
	return ""
}

// contacts are people and offices: a text, an object or a list of either.
func contacts(raw json.RawMessage) []string {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	var all []string
	for _, one := range list {
		m := members(one)
		if m == nil {
			m = map[string]json.RawMessage{"raw": one}
		}
		var parts []string
		for _, key := range []string{"name", "organization", "mail", "email", "phone"} {
			if text := said(m, key); text != "" {
				parts = append(parts, text)
			}
		}
		if text := cmp.Or(strings.Join(parts, ", "), said(m, "raw")); text != "" {
			all = append(all, text)
		}
	}
	return all
}
