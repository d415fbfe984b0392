package rows

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/internal/period"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// isOf tells whether a header is the id or the label of a dimension, or was before
// its blanks and line breaks were made one blank each.
func isOf(header string, d *jsonstat.Dimension) bool {
	switch header {
	case d.ID():
		return true
	case "":
		return strings.TrimSpace(d.ID()) == ""
	}
	return header == d.Label() || header == blanks(d.ID()) || header == blanks(d.Label())
}

// splitBoth splits "[id] label".
func splitBoth(text string) (id, label string, ok bool) {
	if !strings.HasPrefix(text, "[") {
		return "", "", false
	}
	return strings.Cut(text[1:], "] ")
}

// categoryIDs are the ids of the categories of a dimension.
func categoryIDs(d *jsonstat.Dimension) []string {
	ids := make([]string, d.Len())
	for i := range ids {
		ids[i] = d.CategoryID(i)
	}
	return ids
}

// numbered are texts by their places; of those that are equal the last one.
func numbered(texts []string) map[string]int {
	at := make(map[string]int, len(texts))
	for i, text := range texts {
		at[text] = i
	}
	return at
}

// knownTexts are the texts by which a column may call the categories of a dimension:
// ids, "[id] label", these with a unit in brackets, days on which periods begin, and labels, unless one of them is the
// id of another category. Of labels that are alike each has its id behind it.
func knownTexts(d *jsonstat.Dimension) map[string]int {
	ids := categoryIDs(d)
	known := numbered(ids)
	count := map[string]int{}
	for i := range ids {
		count[d.CategoryLabel(i)]++
	}
	ambiguous := false
	for i := range ids {
		if k, ok := known[d.CategoryLabel(i)]; ok && k != i {
			ambiguous = true
		}
	}
	alias := func(text string, i int) {
		if _, ok := known[text]; !ok {
			known[text] = i
		}
	}
	if days, ok := period.FirstDays(ids); ok {
		for i, day := range days {
			alias(day.Format(time.DateOnly), i)
		}
	}
	for i, id := range ids {
		label := d.CategoryLabel(i)
		if unit := d.CategoryUnit(i).Text(); unit != "" { // as workbooks of ours have it
			alias(label+" ("+unit+")", i)
			alias("["+id+"] "+label+" ("+unit+")", i)
		}
		alias("["+id+"] "+label, i)
		switch {
		case ambiguous:
		case count[label] == 1:
			alias(label, i)
		default:
			alias(label+" ["+id+"]", i)
		}
	}
	return known
}

// spellings are texts with those that have one blank for each run of blanks in them, as
// headers may have; where two become one it is neither.
func spellings(known map[string]int) map[string]int {
	all := make(map[string]int, len(known))
	for text, i := range known {
		b := blanks(text)
		if _, ok := known[b]; ok {
			continue
		}
		if k, ok := all[b]; ok && k != i {
			i = -1
		}
		all[b] = i
	}
	for text, i := range known {
		all[text] = i
	}
	return all
}

// headSplitter splits headings into categories of dimensions.
type headSplitter struct {
	dims       []*jsonstat.Dimension
	known, ids []map[string]int // categories by what they may be called, and by ids alone
}

func (h *headSplitter) of() string {
	var ids []string
	for _, d := range h.dims {
		ids = append(ids, d.ID())
	}
	return strings.Join(ids, " and ")
}

// split are the ways in which a heading can be split. One that has its ids behind it in
// brackets, since others are called the same, is split by these.
func (h *headSplitter) split(heading string) (ways [][]string) {
	h.rest(heading, h.known, nil, &ways)
	if len(ways) == 0 && strings.HasSuffix(heading, "]") {
		for at := range heading {
			if strings.HasPrefix(heading[at:], " [") {
				h.rest(heading[at+2:len(heading)-1], h.ids, nil, &ways)
			}
		}
	}
	return ways
}

// rest adds the ways in which what is left of a heading is categories of the dimensions
// behind those of the parts before.
func (h *headSplitter) rest(text string, known []map[string]int, before []string, ways *[][]string) {
	k := len(before)
	take := func(part, rest string, last bool) {
		i, ok := known[k][part]
		if !ok || i < 0 || last != (k == len(h.dims)-1) || len(*ways) > 1 {
			return
		}
		parts := append(before[:k:k], h.dims[k].CategoryID(i))
		if !last {
			h.rest(rest, known, parts, ways)
		} else if !slices.ContainsFunc(*ways, func(w []string) bool { return slices.Equal(w, parts) }) {
			*ways = append(*ways, parts)
		}
	}
	take(text, "", true)
	if k == len(h.dims)-1 {
		return
	}
	for at := range text {
		if text[at] == ' ' {
			take(text[:at], text[at+1:], false)
		}
	}
	take("", text, false) // of an empty text the blank behind it is gone
	take(text, "", false)
}

// headParts are the ids of the categories of a head that the headers of value columns
// call, by ids, labels or both, in whatever way each is made of them.
func headParts(values []*column, dims []*jsonstat.Dimension) ([][]string, *Error) {
	h := headSplitter{}
	for _, d := range dims {
		h.dims = append(h.dims, d)
		h.known = append(h.known, spellings(knownTexts(d)))
		h.ids = append(h.ids, spellings(numbered(categoryIDs(d))))
	}
	parts := make([][]string, len(values))
	for i, c := range values {
		ways := h.split(c.Name)
		switch {
		case len(ways) == 1:
			parts[i] = ways[0]
		case len(ways) > 1:
			return nil, &Error{Msg: fmt.Sprintf("the heading %q can be split in several ways into %s", brief(c.Name), h.of()), Err: ErrColumn}
		case len(dims) == 1:
			parts[i] = []string{c.name()} // what is wrong with it is said by its dimension
		default:
			return nil, &Error{Msg: fmt.Sprintf("the heading %q is none of categories of %s", brief(c.Name), h.of()), Err: ErrColumn}
		}
	}
	return parts, nil
}
