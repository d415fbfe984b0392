package sdmxconv

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// csvLabels finds the columns of names, once rows were read.
type csvLabels struct{ *csvColumns }

// find finds the columns of names by their headers and what stands in them: a function
// of the column before or, behind the values, nothing.
func (c csvLabels) find() error {
	if len(c.choice.By) > 0 { // other columns are categories, whatever they are called
		return nil
	}
	pairs, err := c.byUser()
	if err != nil {
		return err
	}
	taken, last := 0, 0
	for i := range c.list {
		if !c.mayName(i) || slices.ContainsFunc(pairs, func(p [2]int) bool { return (p[0] == i-1) != (p[1] == i) }) {
			continue
		}
		ok := true
		for _, t := range c.tables {
			is, err := c.mayHold(t, i)
			if err != nil {
				return err
			}
			ok = ok && is
		}
		if !ok {
			continue
		}
		if err := c.few(i); err != nil {
			return err
		}
		c.label(i, i-1)
		taken, last = taken+1, i
		if c.list[i-1].name == "" {
			c.list[i-1].name = c.header[i]
		}
	}
	// Columns of names come in number: one alone, which nothing but its letters tells,
	// may well be a dimension.
	if taken == 1 && !strings.Contains(c.header[last], " ") && !strings.EqualFold(c.header[last], c.list[last-1].id) {
		c.tables[0].Doubtf([]string{"Dimensions"}, "%s is taken for the names of %s", brief(c.header[last]), brief(c.list[last-1].id))
	}
	return c.unique()
}

// mayHold tells whether the cells of a column may be names of those of the column before:
// they are a function of them. Behind values, which have none, there is nothing, or the
// value again.
func (c csvLabels) mayHold(t *rows.Update, i int) (ok bool, err error) {
	if c.list[i-1].kind != measureColumn {
		return t.IsFunction(i, i-1)
	}
	ok = true
	err = t.Some([]int{i - 1, i}, rows.BatchRows, func(texts []string) bool {
		ok = texts[1] == "" || texts[1] == texts[0]
		return ok
	})
	return ok, err
}

// byUser are the pairs of ids and labels that options name.
func (c csvLabels) byUser() ([][2]int, error) {
	var pairs [][2]int
	for _, l := range c.choice.Labels {
		list, err := c.tables[0].Named(l[:])
		if err != nil {
			return nil, err
		}
		if len(list) == 2 {
			pairs = append(pairs, [2]int{list[0], list[1]})
		}
	}
	return pairs, nil
}

// few warns of a column of names in which many ids share theirs: it may say
// something else of them.
func (c csvLabels) few(i int) error {
	for _, t := range c.tables {
		names, err := t.Size(i)
		if err != nil {
			return err
		}
		ids, err := t.Size(i - 1)
		if err != nil {
			return err
		}
		if n, m := t.Count(i); 5*names < 4*ids && n+m > 0 {
			t.Doubtf([]string{"Dimensions", "Labels", "Ignore"}, "%s is taken for the names of %s, and has %d texts for %d ids", brief(c.header[i]), brief(c.list[i-1].id), names, ids)
			return nil
		}
	}
	return nil
}
