package sdmxconv

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
)

// csvMeasures finds the columns of values.
type csvMeasures struct{ *csvColumns }

// find finds the columns of values.
func (c csvMeasures) find() error {
	if len(c.choice.Values) > 0 {
		return c.take(c.choice.Values, measureColumn)
	}
	if len(c.choice.By) > 0 {
		return nil
	}
	mark := func(fits func(i int, col *csvColumn) bool) (found bool) {
		for i := range c.list {
			if col := &c.list[i]; col.id != "" && col.kind == other && fits(i, col) {
				col.kind, found = measureColumn, true
			}
		}
		return found
	}
	if len(c.names.measures) > 0 && mark(func(_ int, col *csvColumn) bool { return slices.Contains(c.names.measures, col.id) }) {
		return nil
	}
	if mark(func(_ int, col *csvColumn) bool { return strings.EqualFold(col.id, "OBS_VALUE") }) ||
		mark(func(_ int, col *csvColumn) bool { return hasPrefixFold(col.id, "OBS_VALUE") }) {
		return nil
	}
	// Numbers right behind the time, which is the last dimension as a rule.
	numbers := c.numbers()
	at := slices.IndexFunc(c.list, func(col csvColumn) bool { return isTime(col.id) })
	found := false
	for i := at + 1; at >= 0 && i < len(c.list); i++ {
		if c.list[i].kind == labelColumn || !numbers[i] && c.mayName(i) {
			continue
		}
		if !numbers[i] || knownAttribute(c.list[i].id) {
			break
		}
		c.list[i].kind, found = measureColumn, true
	}
	if found || mark(func(i int, col *csvColumn) bool { return numbers[i] && hasPrefixFold(col.id, "MEAS") }) {
		return nil
	}
	var could []string
	for i, col := range c.list {
		if col.id != "" && col.kind == other && numbers[i] {
			could = append(could, col.id)
		}
	}
	if could == nil {
		return faultIn(0, "there is no column of values (OBS_VALUE): the table has keys only")
	}
	return &convert.TableError{
		Msg:     "there is no column OBS_VALUE: which columns hold the values? They are " + c.columnNames(),
		Columns: could, Also: []string{"Values"}, Err: undecided{ErrMeasures},
	}
}

// numbers tells which columns hold numbers and nothing else.
func (c csvMeasures) numbers() []bool {
	is := make([]bool, len(c.list))
	for i := range is {
		numbers, texts := int64(0), int64(0)
		for _, t := range c.tables {
			n, m := t.Count(i)
			numbers, texts = numbers+n, texts+m
		}
		is[i] = numbers > 0 && texts == 0
	}
	return is
}
