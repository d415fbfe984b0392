package dice

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// finder finds what the selectors of a dimension select. However many there are,
// each costs what it finds: what takes a look at all categories is done once.
type finder struct {
	ds     *jsonstat.Dataset
	d      *jsonstat.Dimension
	labels bool

	chosen    bool               // there is a criterion that does not omit
	keep, cut marks              // what criteria select
	anyCase   bool               // the criterion at hand does not mind case
	done      map[selection]bool // by them

	byLabel  map[string][]int // categories by folded label, once one was asked for
	byFolded map[string]int   // and the first of each folded id
	globs    int              // that were asked for
	ids, low *prefixes        // of ids, and of labels in lower case, once there were many globs
	ends     bool             // it was asked for what is at an end
	latest   bool             // the end is where the latest categories are
}

// selection is a selector that was followed.
type selection struct {
	Selector
	omit, anyCase bool
}

func newFinder(ds *jsonstat.Dataset, d *jsonstat.Dimension, labels bool) *finder {
	f := &finder{ds: ds, d: d, labels: labels, done: map[selection]bool{}}
	f.keep, f.cut = make(marks, d.Len()+1), make(marks, d.Len()+1)
	return f
}

// marks are categories that are selected: the number of selections that begin at a
// category, less those that end in front of it.
type marks []int

func (m marks) add(from, to int) {
	if from < to {
		m[from]++
		m[to]--
	}
}

// criterion marks what a criterion selects.
func (f *finder) criterion(c *Criterion) error {
	to := f.keep
	if c.Omit {
		to = f.cut
	}
	if f.anyCase != c.AnyCase {
		f.anyCase, f.globs, f.ids = c.AnyCase, 0, nil
	}
	for _, s := range c.Select {
		if f.done[selection{s, c.Omit, c.AnyCase}] {
			continue
		}
		f.done[selection{s, c.Omit, c.AnyCase}] = true
		if err := f.find(s, to); err != nil {
			return err
		}
	}
	f.chosen = f.chosen || !c.Omit
	return nil
}

// kept are the indexes of the categories that are kept.
func (f *finder) kept() []int {
	var kept []int
	keep, cut := 0, 0
	for i := range f.d.Len() {
		keep, cut = keep+f.keep[i], cut+f.cut[i]
		if (keep > 0 || !f.chosen) && cut == 0 {
			kept = append(kept, i)
		}
	}
	return kept
}

// find marks the categories that a selector selects.
func (f *finder) find(s Selector, to marks) error {
	var found []int
	var err error
	if s.Written != "" {
		if i := f.index(s.Written); i >= 0 {
			found = []int{i} // an id, though it looks like an expression
		} else if f.labels && s.Kind != ID {
			found = f.labelled(s.Written)
		}
	}
	switch {
	case found != nil:
	case s.Kind == ID:
		found, err = f.named(s.Text)
	case s.Kind == Glob:
		found, err = f.glob(s.Text)
	case s.Kind == Range:
		return f.span(s, to)
	default:
		to.add(f.end(s))
	}
	for _, i := range found {
		to.add(i, i+1)
	}
	return err
}

// named finds a category by its id, or those of a label.
func (f *finder) named(name string) ([]int, error) {
	if i := f.index(name); i >= 0 {
		return []int{i}, nil
	}
	if f.labels {
		if found := f.labelled(name); found != nil {
			return found, nil
		}
	}
	_, err := f.d.Category(name)
	return nil, err
}

// index is the place of an id, -1 if there is none.
func (f *finder) index(id string) int {
	i := f.d.Index(id)
	if i >= 0 || !f.anyCase {
		return i
	}
	if f.byFolded == nil {
		f.byFolded = make(map[string]int, f.d.Len())
		for i := f.d.Len() - 1; i >= 0; i-- {
			f.byFolded[fold(f.d.CategoryID(i))] = i
		}
	}
	if i, ok := f.byFolded[fold(id)]; ok {
		return i
	}
	return -1
}

func (f *finder) labelled(label string) []int {
	if f.byLabel == nil {
		f.byLabel = make(map[string][]int, f.d.Len())
		for i := range f.d.Len() {
			key := fold(f.d.CategoryLabel(i))
			f.byLabel[key] = append(f.byLabel[key], i)
		}
	}
	return f.byLabel[fold(label)]
}

// fold is a text such that texts that differ in case only become the same one, as
// strings.EqualFold has it.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}, text)
}

// fewGlobs is how many globs are held against all categories, before it pays to sort
// these.
const fewGlobs = 16

func (f *finder) glob(pattern string) ([]int, error) {
	id, low := newGlob(pattern), newGlob(strings.ToLower(pattern))
	if f.anyCase {
		id = low
	}
	if f.globs++; f.globs == fewGlobs {
		f.ids = newPrefixes(f.d.Len(), f.id)
		if f.labels {
			f.low = newPrefixes(f.d.Len(), f.label)
		}
	}
	var found []int
	if f.globs < fewGlobs {
		for i := range f.d.Len() {
			if id.match(f.id(i)) || (f.labels && low.match(f.label(i))) {
				found = append(found, i)
			}
		}
	} else {
		found = f.ids.match(found, id)
		if f.labels {
			found = f.low.match(found, low)
		}
	}
	if found == nil {
		_, err := f.d.Category(plain(pattern))
		return nil, err
	}
	return found, nil
}

// id and label are those of a category as globs are held against them.
func (f *finder) id(i int) string {
	if f.anyCase {
		return strings.ToLower(f.d.CategoryID(i))
	}
	return f.d.CategoryID(i)
}

func (f *finder) label(i int) string { return strings.ToLower(f.d.CategoryLabel(i)) }

// span marks the categories of a range.
func (f *finder) span(s Selector, marks marks) error {
	from, to := 0, f.d.Len()-1
	for _, end := range []struct {
		name  string
		index *int
	}{{s.Text, &from}, {s.To, &to}} {
		if end.name == "" {
			continue
		}
		found, err := f.named(end.name)
		if err != nil {
			return err
		}
		if len(found) > 1 {
			return fmt.Errorf("%d categories of dimension %q have the label %q: end the range with an id", len(found), f.d.ID(), end.name)
		}
		*end.index = found[0]
	}
	if from > to {
		return fmt.Errorf("in dimension %q %q stands behind %q: write %s", f.d.ID(), s.Text, s.To, Selector{Kind: Range, Text: s.To, To: s.Text})
	}
	marks.add(from, to+1)
	return nil
}

// end selects categories from one end: the end of a time dimension is its
// latest category.
func (f *finder) end(s Selector) (from, to int) {
	if !f.ends {
		f.ends, f.latest = true, isTime(f.ds, f.d) && !descends(f.d)
	}
	n := f.d.Len()
	last := f.latest
	if s.Kind == Bottom {
		last = !last
	}
	if last {
		to = max(0, n-s.Offset)
		return max(0, to-s.N), to
	}
	from = min(n, s.Offset)
	return from, from + min(s.N, n-from)
}
