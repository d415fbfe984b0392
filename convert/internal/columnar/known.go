package columnar

import (
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// freeColumns are the columns that may be of a dimension: by the id that their key
// says, those with labels apart, and by name where they have no key.
type freeColumns struct{ byID, byLabels, byName map[string][]int }

func newFreeColumns(fields []Field) *freeColumns {
	free := &freeColumns{map[string][]int{}, map[string][]int{}, map[string][]int{}}
	for i, f := range fields {
		id := f.Keys[KeyDimension]
		to := free.byID
		if f.Keys[KeyContent] == contentLabel {
			to = free.byLabels
		}
		to[id] = append(to[id], i)
		if id == "" {
			free.byName[f.Name] = append(free.byName[f.Name], i)
		}
	}
	return free
}

// of finds the column of a dimension: by its key, its id or its label. One with
// ids or dates is better than one with labels.
func (free *freeColumns) of(d *jsonstat.Dimension, used map[int]bool) int {
	for _, place := range []struct {
		columns map[string][]int
		key     string
	}{{free.byID, d.ID()}, {free.byLabels, d.ID()}, {free.byName, d.ID()}, {free.byName, d.Label()}} {
		list := place.columns[place.key]
		for len(list) > 0 && used[list[0]] {
			list = list[1:]
		}
		place.columns[place.key] = list
		if len(list) > 0 {
			return list[0]
		}
	}
	return -1
}

// contentOf is what a column says of the categories of a dimension: as its key says it,
// or of one that the names of folders make as all of them are. It is "" where that is
// not known.
func contentOf(d *jsonstat.Dimension, f *Field) string {
	if f.Names == nil || f.Keys[KeyContent] != "" {
		return f.Keys[KeyContent]
	}
	for _, content := range []string{contentID, contentLabel, contentBoth, contentDate} {
		known := map[string]bool{HiveNull: true}
		for _, text := range textsOf(d, content) {
			known[text] = true
		}
		if !slices.ContainsFunc(f.Names, func(text string) bool { return !known[text] }) {
			return content
		}
	}
	return ""
}
