package main

import (
	"maps"
	"math/bits"
	"slices"
)

// maxRows is how many rows that cover a run are tried together.
const maxRows = 8

// A verdict says how the outcomes of a run compare.
type verdict struct {
	same bool
	rows []*Row // that explain the difference, if it is meant
	// old and new are the texts that differ, if it is not.
	old, new map[string]string
}

// judge compares the outcomes of a run. A difference is meant if some of the rows
// together make the new outcome of the old one: the fewest that do.
func judge(run Run, old, new *Outcome, rows []*Row) verdict {
	if sameBytes(old, new) {
		return verdict{same: true}
	}
	oldTexts, oldRest := old.texts()
	newTexts, newRest := new.texts()
	if maps.Equal(oldTexts, newTexts) {
		if oldRest == newRest {
			return verdict{same: true}
		}
		oldTexts["output"], newTexts["output"] = oldRest, newRest
		return verdict{old: oldTexts, new: newTexts}
	}
	var covering []*Row // those that find what they change
	for _, r := range rows {
		if len(covering) < maxRows && r.covers(run) && r.apply(maps.Clone(oldTexts), maps.Clone(newTexts)) {
			covering = append(covering, r)
		}
	}
	var sets []uint
	for set := uint(1); set < 1<<len(covering); set++ {
		sets = append(sets, set)
	}
	slices.SortStableFunc(sets, func(a, b uint) int { return bits.OnesCount(a) - bits.OnesCount(b) })
	for _, set := range sets {
		a, b := maps.Clone(oldTexts), maps.Clone(newTexts)
		var used []*Row
		ok := true
		for i, r := range covering {
			if set&(1<<i) != 0 {
				ok = ok && r.apply(a, b)
				used = append(used, r)
			}
		}
		if ok && maps.Equal(a, b) {
			return verdict{rows: used}
		}
	}
	return verdict{old: oldTexts, new: newTexts}
}
