package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// about is a label, where that says more than the id.
func about(id, label string) string {
	if label == id {
		return ""
	}
	return label
}

// dimensionList completes ids of dimensions that are parted by commas. A name with a
// comma can only be all there is.
func dimensionList(ds *jsonstat.Dataset, prefix, text string) answer {
	cut := strings.LastIndexByte(text, ',') + 1
	before := strings.Split(text[:cut], ",")
	var list []candidate
	for _, d := range ds.Dimensions() {
		if slices.Contains(before, d.ID()) || cut > 0 && strings.Contains(d.ID(), ",") {
			continue
		}
		list = append(list, candidate{id: d.ID(), about: about(d.ID(), d.Label())})
	}
	return labelled(list, prefix+text[:cut], text[cut:])
}

// pairList completes DIM=CATEGORY, parted by commas. There are no quotes, and so no names
// with one of the two signs.
func pairList(ds *jsonstat.Dataset, prefix, text string) answer {
	cut := strings.LastIndexByte(text, ',') + 1
	dimension, typed, ok := strings.Cut(text[cut:], "=")
	var named []string
	for pair := range strings.SplitSeq(text[:cut], ",") {
		name, _, _ := strings.Cut(pair, "=")
		named = append(named, name)
	}
	var list []candidate
	switch d := ds.Dimension(dimension); {
	case !ok:
		list = dimensionCandidates(ds, named)
		for i := range list {
			list[i].text = list[i].id + "="
		}
		typed = dimension
	case d != nil:
		list = categoryCandidates(d, nil)
		for i := range list {
			list[i].text = ""
		}
		cut += len(dimension) + 1
	}
	list = slices.DeleteFunc(list, func(c candidate) bool { return strings.ContainsAny(c.id, ",=") })
	return labelled(list, prefix+text[:cut], typed)
}

// criteria completes criteria in the grammar of package dice.
func criteria(ds *jsonstat.Dataset, prefix, text string) answer {
	u := unfinishedOf(text)
	if u.dimension == "" {
		return labelled(dimensionCandidates(ds, u.named), prefix+text[:u.from], u.typed)
	}
	d := ds.Dimension(u.dimension)
	if d == nil {
		return answer{}
	}
	list := categoryCandidates(d, u.listed)
	if !u.ranged && (u.typed != "" || len(u.listed) == 0) { // one that is left alone is put in
		list = append(list, endCandidates(d, u.typed)...)
	}
	if u.comma { // another criterion may begin
		list = append(list, dimensionCandidates(ds, u.named)...)
	}
	return labelled(list, prefix+text[:u.from], u.typed)
}

// dimensionCandidates are the dimensions as a criterion begins with them, without some.
func dimensionCandidates(ds *jsonstat.Dataset, without []string) []candidate {
	var list []candidate
	for _, d := range ds.Dimensions() {
		if slices.Contains(without, d.ID()) {
			continue
		}
		c := dice.Criterion{Dimension: d.ID()}
		list = append(list, candidate{id: d.ID(), text: c.String(), about: about(d.ID(), d.Label()), open: true})
	}
	return list
}

// categoryCandidates are the categories of a dimension as they stand in a criterion,
// without some.
func categoryCandidates(d *jsonstat.Dimension, without []string) []candidate {
	list := make([]candidate, 0, d.Len())
	for i := range d.Len() {
		id := d.CategoryID(i)
		if !slices.Contains(without, id) {
			list = append(list, candidate{id: id, text: dice.Selector{Text: id}.String(), about: about(id, d.CategoryLabel(i))})
		}
	}
	return list
}

// endCandidates are the categories at one end of a dimension: as many as were typed, else
// some numbers to choose from.
func endCandidates(d *jsonstat.Dimension, typed string) []candidate {
	first, last := "the first", "the last"
	if d.Role() == jsonstat.Time {
		first, last = "the latest", "the earliest"
	}
	var list []candidate
	for _, end := range []struct{ name, about string }{{"top", first}, {"bottom", last}} {
		if typed == "" && end.name == "bottom" {
			continue
		}
		numbers := []int{1, 5, 10}
		if rest, ok := strings.CutPrefix(typed, end.name+"("); ok {
			if n, err := strconv.Atoi(strings.TrimSuffix(rest, ")")); err == nil {
				numbers = []int{n}
			}
		}
		for _, n := range numbers {
			if n == 1 || n < d.Len() {
				what := fmt.Sprintf("%s %d", end.about, n)
				if n == 1 {
					what = end.about
				}
				list = append(list, candidate{id: fmt.Sprintf("%s(%d)", end.name, n), about: what})
			}
		}
	}
	return list
}

// datasetNames are the names of the datasets of a document, as --dataset takes them.
func datasetNames(doc Document, prefix, typed string) answer {
	var list []candidate
	for info := range doc.Datasets() {
		c := candidate{id: info.ID, about: about(info.ID, info.Label)}
		if c.id == "" {
			c = candidate{id: strconv.Itoa(info.Index), about: info.Label}
		}
		list = append(list, c)
	}
	return labelled(list, prefix, typed)
}

// unfinished is what criteria say that are not typed to their end.
type unfinished struct {
	named     []string // dimensions in front
	dimension string   // whose categories are being typed; empty: it is a dimension that is
	listed    []string // its categories in front
	ranged    bool     // it is the end of a range that is being typed
	comma     bool     // in front of what is being typed, which may be a dimension as well
	from      int      // where that begins
	typed     string   // what it is so far, without quotes
}

// unfinishedOf reads criteria up to the end, as [dice.Parse] does.
func unfinishedOf(text string) unfinished {
	var u unfinished
	for {
		name, size := nameAt(text[u.from:], "=")
		if u.from+size == len(text) {
			u.typed = name
			return u
		}
		u.from += size + 1
		u.dimension, u.listed, u.comma = name, nil, false
		u.named = append(u.named, name)
		for another := false; !another; {
			name, size := nameAt(text[u.from:], "/,")
			if size == 0 || !strings.ContainsRune(`"'`, rune(text[u.from])) {
				// Of a range only the end is being typed; in the arguments of top( commas part nothing.
				if dots := strings.LastIndex(name, ".."); dots >= 0 {
					u.from, name, size, u.ranged = u.from+dots+2, name[dots+2:], size-dots-2, true
				} else if end := strings.IndexByte(text[u.from:], ')'); isCall(name) && end >= 0 {
					size = end + 1
				} else if isCall(name) {
					name, size = text[u.from:], len(text)-u.from
				}
			}
			if u.from+size >= len(text) {
				u.typed = name
				return u
			}
			u.listed = append(u.listed, name)
			u.from += size
			u.comma, u.ranged = text[u.from] == ',', false
			u.from++
			if u.comma {
				_, next := nameAt(text[u.from:], "=,")
				another = u.from+next < len(text) && text[u.from+next] == '='
			}
		}
	}
}

// isCall tells whether a name begins an expression with arguments.
func isCall(name string) bool {
	before, _, ok := strings.Cut(name, "(")
	return ok && slices.Contains([]string{"top", "bottom", "range", "from", "to"}, strings.ToLower(strings.TrimSpace(before)))
}

// nameAt is the name that a text begins with, up to one of the signs or to the end, and
// how long it is there. A name may stand in quotes, which may be open, and in which they
// are written twice.
func nameAt(text, stops string) (name string, size int) {
	if text == "" || text[0] != '"' && text[0] != '\'' {
		size = strings.IndexAny(text, stops)
		if size < 0 {
			size = len(text)
		}
		return text[:size], size
	}
	sign := text[0]
	var b strings.Builder
	for size = 1; size < len(text); size++ {
		if text[size] == sign {
			if size++; size == len(text) || text[size] != sign {
				break
			}
		}
		b.WriteByte(text[size])
	}
	// What follows the quotes is wrong, and belongs to no name.
	if rest := strings.IndexAny(text[min(size, len(text)):], stops); rest >= 0 {
		size += rest
	} else {
		size = len(text)
	}
	return b.String(), size
}
