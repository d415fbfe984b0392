package pxconv

import (
	"slices"
	"strconv"
	"strings"
)

// cellNotes are the notes about cells, by the ids of dimensions and categories.
func (f *file) cellNotes(n *notes) []byte {
	if len(n.cells) == 0 {
		return nil
	}
	return array(n.cells, func(c cellNote) []byte {
		cell := object{b: []byte{'{'}}
		first := true
		for i, v := range f.variables {
			if c.values[i] < 0 {
				continue
			}
			if !first {
				cell.b = append(cell.b, ',')
			}
			first = false
			cell.b = append(append(append(cell.b, quote(v.id)...), ':'), quote(v.codes[c.values[i]])...)
		}
		var o object
		o.raw("cell", append(cell.b, '}'))
		o.text("note", c.text)
		o.bool("mandatory", c.mandatory)
		return o.json()
	})
}

// keptEntries are the entries without a place of their own, as they stand in the file.
func (f *file) keptEntries() []*entry {
	if f.o.MadeTitle {
		if e := f.table("TITLE", f.lang); e != nil {
			f.keep(e)
		}
	}
	list := slices.Clone(f.kept)
	slices.SortStableFunc(list, func(a, b *entry) int { return a.at - b.at })
	return slices.Compact(list)
}

// keywords are entries by keyword, of which those in another language say so. One without a subkey is its value; of others, and of
// several, there is a list of objects with "of", what they are about, and "value".
func (f *file) keywords(list []*entry, lang string) []byte {
	byKeyword := map[string][]*entry{}
	var order []string
	for _, e := range list {
		if byKeyword[e.keyword] == nil {
			order = append(order, e.keyword)
		}
		byKeyword[e.keyword] = append(byKeyword[e.keyword], e)
	}
	var o object
	for _, keyword := range order {
		entries := byKeyword[keyword]
		if len(entries) == 1 && entries[0].sub == nil && (entries[0].lang == "" || entries[0].lang == lang) {
			o.raw(keyword, valueOf(entries[0]))
			continue
		}
		o.raw(keyword, array(entries, func(e *entry) []byte {
			var x object
			if e.lang != "" && e.lang != lang {
				x.text("language", e.lang)
			}
			if e.sub != nil {
				x.texts("of", e.sub)
			}
			x.raw("value", valueOf(e))
			return x.json()
		}))
	}
	return o.json()
}

// valueOf is the value of an entry in JSON, an array if there are several.
func valueOf(e *entry) []byte {
	switch {
	case e.values == nil && e.raw != "":
		return quote(tight(e.raw))
	case len(e.values) == 1:
		return itemOf(e.values[0])
	}
	if e.keyword == "PARTITIONED" {
		for i := range e.values {
			if _, err := strconv.Atoi(e.values[i].text); i > 0 && err == nil {
				e.values[i].quoted = false // with quotes or without: PxWeb reads them only so
			}
		}
	}
	return array(e.values, itemOf)
}

// tight is a text without the blanks outside quotes, which mean nothing.
func tight(text string) string {
	quoted := false
	return strings.Map(func(r rune) rune {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && (r == ' ' || r == '\t' || r == '\r' || r == '\n'):
			return -1
		}
		return r
	}, text)
}

// itemOf is a text, or, without quotes in the file, a whole number, true for YES and false
// for NO.
func itemOf(v item) []byte {
	if !v.quoted {
		if n, err := strconv.ParseInt(v.text, 10, 64); err == nil && strconv.FormatInt(n, 10) == v.text {
			return []byte(v.text)
		}
		switch v.text {
		case "YES":
			return []byte("true")
		case "NO":
			return []byte("false")
		}
	}
	return quote(v.text)
}
