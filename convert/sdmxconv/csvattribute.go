package sdmxconv

import (
	"slices"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// csvAttribute is an attribute and the column that it stands in.
type csvAttribute struct {
	*column
	place  int
	noted  int      // the place among the columns that are noted
	byText []int32  // the numbers of its values by those of their texts, -1 for those that did not come up
	labels []string // by number of the text, where a column of names says them
	names  []string // and by value
}

// add is the number that the column has for a row's value.
func (a *csvAttribute) add(u *rows.Update, codes []int32) int32 {
	code := codes[a.noted]
	if int(code) < len(a.byText) && a.byText[code] >= 0 {
		return a.byText[code]
	}
	for int(code) >= len(a.byText) {
		a.byText = append(a.byText, -1)
	}
	text := u.Text(a.place, code)
	if a.byText[code] = 0; len(text) == 0 {
		return 0
	}
	a.texts = append(a.texts, string(text))
	a.byText[code] = int32(len(a.texts))
	if a.labels != nil {
		a.names = append(a.names, a.labels[code])
	}
	return a.byText[code]
}

// settle makes values of the texts of the column.
func (a *csvAttribute) settle(t *csvTexts, col csvColumn) {
	switch {
	case col.langs != nil:
		for i, text := range a.texts {
			a.texts[i] = t.languages(text, col.langs)
		}
	case col.several:
		listed := listedNames{has: map[string]bool{}}
		for i, text := range a.texts {
			a.texts[i] = t.multiple(text, col.both, &listed)
		}
		a.named = listed.values
	default:
		a.values = t.values(col, a.texts, a.names, false)
		a.texts, a.known = nil, nil
	}
}

// csvAttributes finds the attributes of a table, and the texts that it takes to read them.
type csvAttributes struct {
	c      *csvColumns
	u      *rows.Update
	noted  []int            // the columns of what attributes hold
	labels map[int][]string // see labelsOf
}

// find makes the attributes, and the one of the status, nil if there is none.
func (s *csvAttributes) find() (list []csvAttribute, st *csvAttribute, err error) {
	status := s.u.StatusColumn()
	for i, col := range s.c.list {
		part, why := s.u.Part(i)
		attribute := col.kind == attributeColumn || col.kind == dimensionColumn && s.c.placed // and empty on an observation
		if i != status && (!attribute || part != rows.LeftOut || why == rows.ByUser) {
			continue
		}
		c := &component{id: col.id, name: col.name}
		if c.name == "" {
			c.name = s.c.names.component(col.id)
		}
		a := csvAttribute{place: i, column: newColumn(c), noted: s.note(i)}
		if a.labels, err = s.labelsOf(i); err != nil {
			return nil, nil, err
		}
		if i == status {
			st = &a
		} else {
			list = append(list, a)
		}
	}
	return list, st, nil
}

// labelsOf are the labels of the texts of a column, by their numbers; nil if no column
// has any.
func (s *csvAttributes) labelsOf(column int) ([]string, error) {
	k := s.u.LabelsOf(column)
	if k < 0 {
		return nil, nil
	}
	if list, ok := s.labels[column]; ok {
		return list, nil
	}
	list, err := s.u.Labels(k, column)
	s.labels[column] = list
	return list, err
}

// note asks for the texts of a column and says which of the noted ones it is.
func (s *csvAttributes) note(column int) int {
	if k := slices.Index(s.noted, column); k >= 0 {
		return k
	}
	s.noted = append(s.noted, column)
	return len(s.noted) - 1
}

// csvLevel is the attributes of the rows that say them of observations, or of groups.
type csvLevel struct {
	level
	attributes []csvAttribute
}

func newCSVLevel(l level, attributes []csvAttribute) *csvLevel {
	for i := range attributes {
		l.columns = append(l.columns, attributes[i].column)
	}
	return &csvLevel{l, attributes}
}

// put notes the attributes of a row for an entry, which is replaced whatever of it is
// empty if it is whole.
func (l *csvLevel) put(u *rows.Update, codes []int32, entry, room int, whole bool) {
	for i := range l.attributes {
		a := &l.attributes[i]
		if id := a.add(u, codes); id != 0 || whole {
			a.put(entry, id, room)
		}
	}
}

// settled are the forms of the level, once its attributes are settled.
func (l *csvLevel) settled(t *csvTexts, c *csvColumns, in *cube) []form {
	for i := range l.attributes {
		a := &l.attributes[i]
		a.settle(t, c.list[a.place])
	}
	return l.forms(in)
}
