package rows

import (
	"fmt"
	"slices"
	"strings"
)

// wideRules are about columns that are categories of dimensions of headings.
type wideRules struct{ *decision }

// wide takes the columns that are neither stub nor anything else for categories of the
// dimensions of the headings.
func (d wideRules) wide() error {
	if len(d.choice.By) == 0 {
		return nil
	}
	stub, err := d.all(d.choice.Stub)
	if err != nil {
		return err
	}
	why := ByUser
	left := d.having(func(c *column) bool {
		return c.part == Undecided && (c.Name != "" || c.figures+c.texts > 0)
	})
	if len(left) == 0 && (len(stub) == 0 || len(d.of(Value)) == 0) { // one may be called as values are
		return (&Error{Msg: fmt.Sprintf("no column is left to be a category of %q", strings.Join(d.choice.By, ", ")), Err: ErrColumn}).at(d.headerPlace())
	}
	switch {
	case len(stub) > 0:
	case d.o.Head != nil:
		if stub, err = d.stubOfHead(left); err != nil {
			return err
		}
		why = ByHead
	default:
		k, err := d.firstHeading(left)
		if err != nil {
			return err
		}
		stub, why = left[:k], ByRule
	}
	for _, c := range stub {
		if c.part == Undecided || c.part == Dimension {
			put(c, Dimension, why)
		}
	}
	d.by = true
	for _, c := range left {
		if c.part == Undecided {
			put(c, Value, ByUser)
		}
	}
	if len(d.of(Value)) == 0 {
		return (&Error{Msg: fmt.Sprintf("no column is left to be a category of %q", strings.Join(d.choice.By, ", ")), Err: ErrColumn}).at(d.headerPlace())
	}
	if len(d.choice.Stub) > 0 {
		d.saidDims = nil
		for _, c := range stub {
			if c.part == Dimension {
				d.saidDims = append(d.saidDims, c)
			}
		}
	}
	return nil
}

// maxStub is how many columns are tried as those beside headings of several dimensions.
const maxStub = 16

// firstHeading is the first of the columns that are left which is a category of the
// headings, where nobody said which columns stand beside them: the first whose header is
// of one kind with the last one's; for several dimensions the first from which on all
// headers have a part for each. Where there is no such thing, and columns of numbers
// stand in front of the last one, it cannot be told which of them are headings.
func (d wideRules) firstHeading(left []*column) (int, error) {
	if n := len(d.choice.By); n > 1 {
		if k := slices.IndexFunc(left, func(c *column) bool { return len(c.Parts) == n }); k >= 0 {
			return k, nil
		}
		for k, c := range left[:min(len(left)-1, maxStub)] {
			if !c.valued() {
				continue
			}
			sure := true
			if _, wrong := headingParts(left[k:], d.choice.By, func(string, string) { sure = false }); wrong == nil && sure {
				return k, nil
			}
		}
	}
	last := left[len(left)-1]
	if k := slices.IndexFunc(left[:len(left)-1], func(c *column) bool { return oneKind(c, last) || c.head().endPeriod && last.head().endPeriod }); k >= 0 {
		return k, nil
	}
	k := len(left) - 1
	if last.head().period {
		return k, nil
	}
	for k > 0 && left[k-1].valued() && !left[k-1].numberless() && !left[k-1].time {
		k--
	}
	if k == len(left)-1 {
		return k, nil
	}
	if ok, err := d.unique(slices.Concat(d.of(Dimension), left[:k])); err != nil || !ok {
		return len(left) - 1, err // what tells the rows apart is no heading
	}
	e := undecided(left[k:], Choice{Stub: names(left[:k])}, "which columns are categories of %s: %s?", strings.Join(d.choice.By, ", "), list(left[k:]))
	if k == 0 {
		e = undecided(left, Choice{}, "which columns are categories of %s, and which stand beside them: %s?", strings.Join(d.choice.By, ", "), list(left))
		e.Also = []string{"Stub"}
		return 0, e
	}
	return 0, d.proposed(e)
}

// stubOfHead are the columns that are not categories of the headings, where the head
// knows these.
func (d wideRules) stubOfHead(left []*column) ([]*column, error) {
	if len(d.choice.By) > 1 {
		return slices.DeleteFunc(slices.Clone(left), func(c *column) bool {
			_, _, err := d.o.Head.FindDimension(c.Name)
			return err != nil
		}), nil
	}
	_, by, err := d.o.Head.FindDimension(d.choice.By[0])
	if err != nil {
		return nil, err
	}
	known := knownTexts(by)
	return slices.DeleteFunc(slices.Clone(left), func(c *column) bool { _, ok := known[c.Name]; return ok }), nil
}
