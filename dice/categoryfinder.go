package dice

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// categoryFinder finds what the criteria of one dimension select. Each selector costs what
// it finds: tables over all categories (labels, folded ids, sorted texts for globs) are
// made when they are first needed, and only once. What is selected is noted as ranges
// ([selectionMarks]), so that "2000..2024" costs two additions.
type categoryFinder struct {
	ds     *jsonstat.Dataset
	d      *jsonstat.Dimension
	labels bool

	hasKeep   bool                      // there is a criterion that does not omit
	keep, cut selectionMarks            // what criteria select
	anyCase   bool                      // the criterion at hand does not mind case
	followed  map[followedSelector]bool // by them

	byLabel    map[string][]int // categories by folded label, once one was asked for
	byFolded   map[string]int   // and the first of each folded id
	globs      int              // that were asked for
	ids, low   *sortedTexts     // of ids, and of labels in lower case, once there were many globs
	endKnown   bool             // it was asked for what is at an end
	latestLast bool             // the end is where the latest categories are
}

// followedSelector is a selector that was followed, so that a repeated one is not.
type followedSelector struct {
	Selector
	omit, anyCase bool
}

func newCategoryFinder(ds *jsonstat.Dataset, d *jsonstat.Dimension, labels bool) *categoryFinder {
	f := &categoryFinder{ds: ds, d: d, labels: labels, followed: map[followedSelector]bool{}}
	f.keep, f.cut = make(selectionMarks, d.Len()+1), make(selectionMarks, d.Len()+1)
	return f
}

// selectionMarks are selected categories, as the differences of their counts: a range adds
// 1 where it begins and takes 1 away behind its end. Of 6 categories with the ranges 1..3
// and 3..4 selected the marks are 0 1 0 1 -1 -1 0; their running sum 0 1 1 2 1 0 says how
// often each is selected.
type selectionMarks []int

func (m selectionMarks) add(from, to int) {
	if from < to {
		m[from]++
		m[to]--
	}
}

// markCriterion marks what a criterion selects.
func (f *categoryFinder) markCriterion(c *Criterion) error {
	to := f.keep
	if c.Omit {
		to = f.cut
	}
	if f.anyCase != c.AnyCase {
		f.anyCase, f.globs, f.ids = c.AnyCase, 0, nil
	}
	for _, s := range c.Select {
		if f.followed[followedSelector{s, c.Omit, c.AnyCase}] {
			continue
		}
		f.followed[followedSelector{s, c.Omit, c.AnyCase}] = true
		if err := f.markSelector(s, to); err != nil {
			return err
		}
	}
	f.hasKeep = f.hasKeep || !c.Omit
	return nil
}

// keptCategories are the indexes of the categories that are kept: selected by a criterion
// that keeps, or all if there is none, and not by one that omits.
func (f *categoryFinder) keptCategories() []int {
	var kept []int
	keep, cut := 0, 0
	for i := range f.d.Len() {
		keep, cut = keep+f.keep[i], cut+f.cut[i]
		if (keep > 0 || !f.hasKeep) && cut == 0 {
			kept = append(kept, i)
		}
	}
	return kept
}

// markSelector marks what a selector selects. What was written is first tried as an id:
// one called "top(5)" or "A*" is that category, and nothing is expanded.
func (f *categoryFinder) markSelector(s Selector, to selectionMarks) error {
	var found []int
	var err error
	if s.Written != "" {
		if i := f.findID(s.Written); i >= 0 {
			found = []int{i} // an id, though it looks like an expression
		} else if f.labels && s.Kind != ID {
			found = f.findLabelled(s.Written)
		}
	}
	switch {
	case found != nil:
	case s.Kind == ID:
		found, err = f.findNamed(s.Text)
	case s.Kind == Glob:
		found, err = f.findGlob(s.Text)
	case s.Kind == Range:
		return f.markRange(s, to)
	default:
		to.add(f.endRange(s))
	}
	for _, i := range found {
		to.add(i, i+1)
	}
	return err
}

// findNamed finds a category by its id, else those with that label.
func (f *categoryFinder) findNamed(name string) ([]int, error) {
	if i := f.findID(name); i >= 0 {
		return []int{i}, nil
	}
	if f.labels {
		if found := f.findLabelled(name); found != nil {
			return found, nil
		}
	}
	_, err := f.d.Category(name)
	return nil, err
}

// findID is the index of the category with that id, -1 if there is none.
func (f *categoryFinder) findID(id string) int {
	i := f.d.Index(id)
	if i >= 0 || !f.anyCase {
		return i
	}
	if f.byFolded == nil {
		f.byFolded = make(map[string]int, f.d.Len())
		for i := f.d.Len() - 1; i >= 0; i-- {
			f.byFolded[foldCase(f.d.CategoryID(i))] = i
		}
	}
	if i, ok := f.byFolded[foldCase(id)]; ok {
		return i
	}
	return -1
}

// findLabelled finds the categories with that label, in any case.
func (f *categoryFinder) findLabelled(label string) []int {
	if f.byLabel == nil {
		f.byLabel = make(map[string][]int, f.d.Len())
		for i := range f.d.Len() {
			key := foldCase(f.d.CategoryLabel(i))
			f.byLabel[key] = append(f.byLabel[key], i)
		}
	}
	return f.byLabel[foldCase(label)]
}

// foldCase makes one text of all that differ in case only, as strings.EqualFold compares
// them.
func foldCase(text string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}, text)
}

// maxLinearGlobs is how many globs are compared with every category before the categories
// are sorted, which costs as much as several such passes.
const maxLinearGlobs = 16

// findGlob finds the categories that match a pattern; none is an error with near misses.
func (f *categoryFinder) findGlob(pattern string) ([]int, error) {
	id, low := newGlob(pattern), newGlob(strings.ToLower(pattern))
	if f.anyCase {
		id = low
	}
	if f.globs++; f.globs == maxLinearGlobs {
		f.ids = newSortedTexts(f.d.Len(), f.foldedID)
		if f.labels {
			f.low = newSortedTexts(f.d.Len(), f.foldedLabel)
		}
	}
	var found []int
	if f.globs < maxLinearGlobs {
		for i := range f.d.Len() {
			if id.match(f.foldedID(i)) || (f.labels && low.match(f.foldedLabel(i))) {
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
		_, err := f.d.Category(unescapeGlob(pattern))
		return nil, err
	}
	return found, nil
}

// foldedID and foldedLabel are the texts of a category that globs are compared with.
func (f *categoryFinder) foldedID(i int) string {
	if f.anyCase {
		return strings.ToLower(f.d.CategoryID(i))
	}
	return f.d.CategoryID(i)
}

func (f *categoryFinder) foldedLabel(i int) string { return strings.ToLower(f.d.CategoryLabel(i)) }

// markRange marks the categories from one to another, in the order of the dimension.
func (f *categoryFinder) markRange(s Selector, marks selectionMarks) error {
	from, to := 0, f.d.Len()-1
	for _, end := range []struct {
		name  string
		index *int
	}{{s.Text, &from}, {s.To, &to}} {
		if end.name == "" {
			continue
		}
		found, err := f.findNamed(end.name)
		if err != nil {
			return err
		}
		if len(found) > 1 {
			return fmt.Errorf("%d categories of dimension %q have the label %q: end the range with an id", len(found), f.d.ID(), end.name)
		}
		*end.index = found[0]
	}
	if from > to {
		return fmt.Errorf("in dimension %q %q comes after %q: write %s", f.d.ID(), s.Text, s.To, Selector{Kind: Range, Text: s.To, To: s.Text})
	}
	marks.add(from, to+1)
	return nil
}

// endRange is the range of top(n) and bottom(n). The top of a time dimension are its latest
// categories, which are the last ones or, if the periods descend, the first.
func (f *categoryFinder) endRange(s Selector) (from, to int) {
	if !f.endKnown {
		f.endKnown, f.latestLast = true, isTime(f.ds, f.d) && !descends(f.d)
	}
	n := f.d.Len()
	last := f.latestLast
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
