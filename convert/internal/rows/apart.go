package rows

import (
	"fmt"
	"slices"
)

// apart gives each of several columns of one name its number behind it.
func (t *table) apart(o *Options) {
	often := make(map[string]int, len(t.columns))
	for _, c := range t.columns {
		if c.Role == Undecided { // else the format knows it
			often[c.Name]++
		}
	}
	said := false
	t.flagsBehind(o)
	for i, c := range t.columns {
		if word := t.statusBehind(i, often[c.Name] > 1); word != "" {
			c.Name, c.header, c.Parts = t.columns[i-1].Name+" "+word, nil, nil
			c.called = c.Name
			continue
		}
		if c.Name == "" || c.Role != Undecided || often[c.Name] < 2 {
			continue
		}
		name := fmt.Sprintf("%s (%d)", c.Name, i+1)
		if !said {
			said = true
			o.Warnf("several columns are called %q: they are called by their numbers too, %q", c.Name, name)
		}
		c.Name, c.header = name, nil
	}
	for _, c := range t.columns {
		c.byNumber = c.Name == "" && c.sheet >= 0 && t.named(lettersOf(c.sheet)) >= 0
	}
}

// flagsBehind gives columns of flags without a name, each right behind a column of
// numbers that has one, the names of columns of statuses.
func (t *table) flagsBehind(o *Options) {
	var flags []*column
	for i, c := range t.columns {
		if i > 0 && c.Name == "" && c.Role == Undecided && c.texts > 0 && c.figures == 0 && !c.raw && c.areFlags() {
			if left := t.columns[i-1]; left.Name != "" && left.figures > left.texts && !left.zero {
				flags = append(flags, c)
			}
		}
	}
	if len(flags) < 2 {
		return
	}
	o.Warnf("columns without a name are taken for the statuses of those at their left: %s", list(flags))
	for _, c := range flags {
		c.Name, c.header, c.Parts = t.columns[c.at-1].Name+" Status", nil, nil
		c.called = c.Name
	}
}

// statusBehind tells whether a column that is called as statuses are holds those of the
// column at its left, and what it is called: one of several of its name, each right
// behind a column of numbers, or one that stands with that under a text of a header of
// several rows.
func (t *table) statusBehind(i int, several bool) string {
	c := t.columns[i]
	word := c.called
	if n := len(c.Parts); n > 1 {
		word = c.Parts[n-1]
	}
	if i == 0 || c.Role != Undecided || !isStatusName(norm(word)) || c.figures > 0 {
		return ""
	}
	left := t.columns[i-1]
	if isStatusName(norm(left.called)) || left.texts > left.figures {
		return ""
	}
	n := len(c.Parts)
	if n > 1 && len(left.Parts) == n && slices.Equal(c.Parts[:n-1], left.Parts[:n-1]) || n <= 1 && several {
		return word
	}
	return ""
}
