package xlsxconv

import (
	"fmt"
	"strconv"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// reading is what a column of a sheet is read as.
type reading struct {
	kind     readingKind
	dim      int
	again    bool // another column of the dimension comes first
	found    *categories
	written  func(k int) string // the text of a category
	days     map[int64]int32
	byShared map[int]int32 // categories by number of the shared string
	by       []int32       // of a value column: categories of the pivoted dimensions
	status   int           // of a value column: its status column, -1 if there is none
}

type readingKind uint8

const (
	ignored readingKind = iota
	category
	valueReading
	statusReading
)

// lookup makes the texts of the categories of a dimension known: as they were
// written, else by id, by label, by both.
func lookup(d *jsonstat.Dimension, written func(k int) string) *categories {
	texts := make([]string, d.Len())
	labels := map[string]int{}
	for k := range texts {
		texts[k] = written(k)
		labels[d.CategoryLabel(k)]++
	}
	found := newCategories(texts)
	for k := range texts {
		found.alias(d.CategoryID(k), k)
	}
	for k := range texts {
		if label := d.CategoryLabel(k); labels[label] == 1 {
			found.alias(label, k)
		}
		found.alias("["+d.CategoryID(k)+"] "+d.CategoryLabel(k), k)
		found.alias(lineEnds(texts[k]), k)
	}
	return found
}

// readDimension prepares the reading of a dimension of a head.
func readDimension(head *jsonstat.Dataset, f formColumn, written func(d *jsonstat.Dimension, show layout.Show, k int) string) (reading, error) {
	i, d, err := head.FindDimension(f.Dimension)
	if err != nil {
		return reading{}, fmt.Errorf("the hidden sheet %q: %w", hiddenSheet, err)
	}
	show := showOf(f.Show)
	say := func(k int) string { return written(d, show, k) }
	r := reading{kind: category, dim: i, byShared: map[int]int32{}, found: lookup(d, say), written: say}
	if f.Show == "date" {
		r.days = map[int64]int32{}
		for k, day := range serials(d) {
			r.days[day] = int32(k)
		}
	}
	return r, nil
}

// find is the category that a cell names, -1 if there is none. from is the day of 0.
func (r *reading) find(c *cell, from int64) int32 {
	if c.shared >= 0 {
		if k, ok := r.byShared[c.shared]; ok {
			return k
		}
		k := r.found.find(c.text)
		r.byShared[c.shared] = k
		return k
	}
	if r.days != nil && c.kind == numberCell {
		if day, err := strconv.ParseFloat(string(c.text), 64); err == nil && day == float64(int64(day)) {
			if from == from1904 {
				day += from1904 - from1900
			}
			if k, ok := r.days[int64(day)]; ok {
				return k
			}
		}
	}
	if c.kind == numberCell {
		return r.found.find(appendNumber(nil, c.text))
	}
	return r.found.find(c.text)
}

// categories finds the categories of a dimension by what cells say.
type categories struct {
	texts []string
	index map[string]int32
	last  int32
}

// newCategories knows the categories by a text each.
func newCategories(texts []string) *categories {
	c := &categories{texts: texts, index: make(map[string]int32, len(texts))}
	for k, text := range texts {
		c.index[text] = int32(k)
	}
	return c
}

// alias lets a text stand for a category as well, unless it is one itself.
func (c *categories) alias(text string, k int) {
	if _, ok := c.index[text]; !ok {
		c.index[text] = int32(k)
	}
}

// find is the category that a text stands for, -1 for none. Most rows name the category
// of the row before, the one behind it or the first: these are found by comparing.
func (c *categories) find(text []byte) int32 {
	n := int32(len(c.texts))
	for _, k := range [3]int32{c.last, c.last + 1, 0} {
		if k < n && c.texts[k] == string(text) {
			c.last = k
			return k
		}
	}
	if k, ok := c.index[string(text)]; ok {
		c.last = k
		return k
	}
	return -1
}
