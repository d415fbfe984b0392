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
