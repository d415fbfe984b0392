package cli

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// candidate is what may stand in the place of what is being typed.
type candidate struct {
	id    string // what is typed to get it
	text  string // what is put in; empty: id
	about string // a few words on it; may be empty
	open  bool   // something must follow it: no blank goes behind it
}

// shown is the text of a candidate.
func (c candidate) shown() string { return cmp.Or(c.text, c.id) }

// answer is what there is for a word.
type answer struct {
	prefix  string      // of the word, in front of what the candidates replace
	list    []candidate // in the order in which they are shown
	byLabel bool        // they do not begin with what was typed, but their labels do

	want    Completes // Files or Folders: names of these, in place of a list
	endings []string  // of the files that are wanted; none: any
	shell   bool      // the shell does it alone
}

// most is how many candidates are shown.
const most = 300

// matching are those that begin with what was typed, if there are none in any case.
func matching(all []candidate, prefix, typed string) answer {
	a := answer{prefix: prefix}
	low := strings.ToLower(typed)
	if a.take(all, func(c candidate) bool { return strings.HasPrefix(c.id, typed) }) == 0 {
		a.take(all, func(c candidate) bool { return strings.HasPrefix(strings.ToLower(c.id), low) })
	}
	return a
}

// labelled are those of [matching], or else those of which a word of the label begins with
// what was typed: who knows the label need not know the id.
func labelled(all []candidate, prefix, typed string) answer {
	a := matching(all, prefix, typed)
	if low := " " + strings.ToLower(typed); len(a.list) == 0 {
		a.take(all, func(c candidate) bool { return strings.Contains(" "+strings.ToLower(c.about), low) })
		a.byLabel = true
	}
	return a
}

// take takes up some of the candidates, and says how many.
func (a *answer) take(all []candidate, fit func(candidate) bool) int {
	for _, c := range all {
		// No shell has a line for what holds control characters.
		if fit(c) && !strings.ContainsFunc(c.shown(), unicode.IsControl) {
			a.list = append(a.list, c)
		}
	}
	a.list = atMost(a.list)
	return len(a.list)
}

// atMost cuts off a list that is too long. The first and the last by the alphabet stay
// in it: a shell puts in what all candidates begin with.
func atMost(list []candidate) []candidate {
	if len(list) <= most {
		return list
	}
	byID := func(a, b candidate) int { return strings.Compare(a.shown(), b.shown()) }
	ends := []candidate{slices.MinFunc(list, byID), slices.MaxFunc(list, byID)}
	list = list[:most-len(ends)]
	for _, c := range ends {
		if !slices.ContainsFunc(list, func(d candidate) bool { return d.shown() == c.shown() }) {
			list = append(list, c)
		}
	}
	return list
}
