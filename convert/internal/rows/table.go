package rows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A table is what the first pass over the rows leaves: its columns, what they hold,
// and the rows in a store.
type table struct {
	kept
	src     Columns
	grid    *Grid // src, if it is one; nil if not
	columns []*column
	wasOpen bool // the decimal mark was found by what the columns hold
	headed  bool // it has a header of its own, not names that a format gives
	forms   Format
	byName  map[string]int // columns by their headers
}

// statusColumn is the number of the column of the statuses of all values, -1 for none.
func (t *table) statusColumn() int {
	return slices.IndexFunc(t.columns, func(c *column) bool { return c.part == Status && c.of < 0 })
}

func (t *table) close() {
	t.store.close()
	for _, c := range t.columns {
		if c.recode != nil {
			c.recode.close()
		}
	}
}

// place is where the row of that number stands.
func (t *table) place(number int64, column int) Place { return t.src.Place(number, column) }

// where is the place of a row by its index.
func (t *table) where(row int64, column int) (Place, error) {
	for i, c := range t.store.chunks {
		if row < c.first+int64(c.rows) {
			chunk, err := t.store.read(i)
			if err != nil {
				return Place{}, err
			}
			return t.place(t.store.appendNumbers(nil, chunk)[row-c.first], column), nil
		}
	}
	return Place{}, nil
}

// wrongIn is an error with the place of a row by its index.
func (t *table) wrongIn(row int64, column int, e *Error) error {
	place, err := t.where(row, column)
	if err != nil {
		return err
	}
	return e.at(place)
}

// both are the places of two rows by their indices.
func (t *table) both(first, second int64) (a, b Place, err error) {
	if a, err = t.where(first, -1); err != nil {
		return a, b, err
	}
	b, err = t.where(second, -1)
	return a, b, err
}

// placeOf is where a text stands first in a column; that of the header if it stands
// nowhere.
func (t *table) placeOf(c *column, text string) (Place, error) {
	row, err := t.rowOf([]*column{c}, func(cells [][]cell, k int) bool {
		return cells[0][k].kind != Null && string(cells[0][k].text) == text
	})
	if err != nil || row < 0 {
		return t.headerPlace(), err
	}
	return t.where(row, c.at)
}

// headerPlace is where the header stands.
func (t *table) headerPlace() Place {
	if g := t.grid; g != nil && g.header >= 0 {
		return g.records.Place(g.first[g.header].number, -1)
	}
	return Place{}
}

// sameCell is the error for two rows of the same categories.
func (t *table) sameCell(texts []string, first, second int64) error {
	a, b, err := t.both(first, second)
	if err != nil {
		return err
	}
	a.Sheet = "" // which is that of both
	return (&Error{Msg: fmt.Sprintf("the categories %s have a row already, in %s", brief(strings.Join(texts, ", ")), a), Err: ErrTwice}).at(b)
}

// someColumns holds that a table has columns: rows of nothing may come without any.
func (t *table) someColumns() error {
	if len(t.columns) > 0 {
		return nil
	}
	return &Error{Sheet: t.headerPlace().Sheet, Msg: "the table is empty", Err: ErrEmpty}
}

// named is the number of the column of that name, -1 if there is none.
func (t *table) named(name string) int {
	if t.byName == nil {
		t.byName = make(map[string]int, len(t.columns))
		for i, c := range slices.Backward(t.columns) {
			t.byName[c.Name] = i
		}
	}
	if i, ok := t.byName[name]; ok {
		return i
	}
	return -1
}

// find is the column that an option names.
func (t *table) find(name string) (*column, error) {
	if i := t.named(name); i >= 0 {
		return t.columns[i], nil
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(t.columns) {
		return t.columns[n-1], nil
	}
	if len(t.columns) > 0 && t.columns[0].sheet >= 0 {
		if n := letters(name) - t.columns[0].sheet; n >= 0 && n < len(t.columns) {
			return t.columns[n], nil
		}
	}
	if i := t.folded(name); i >= 0 {
		return t.columns[i], nil
	}
	all := called(t.columns)
	msg := fmt.Sprintf("there is no column %q", name)
	if near := jsonstat.Near(name, all); len(near) > 0 {
		msg += fmt.Sprintf("; did you mean %q?", near[0])
	} else {
		msg += fmt.Sprintf(": the columns are %.200s", strings.Join(all, ", "))
	}
	return nil, (&Error{Msg: msg, Err: ErrColumn}).at(t.headerPlace())
}

// folded is the number of the column that has a name in another case of letters; -1 for
// none, or for several.
func (t *table) folded(name string) int {
	found := -1
	for i, c := range t.columns {
		if !strings.EqualFold(c.Name, name) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// Named are the numbers of those of some columns that options name. A name of none is
// passed over here.
func Named(columns, options []string) []int {
	t := &table{}
	for i, name := range columns {
		t.columns = append(t.columns, &column{Field: Field{Name: name}, at: i, sheet: -1})
	}
	var numbers []int
	for _, name := range options {
		if name == "" {
			continue
		}
		if list, err := t.all([]string{name}); err == nil {
			numbers = append(numbers, numbersOf(list)...)
		}
	}
	return numbers
}

// numbersOf are the numbers of some columns.
func numbersOf(columns []*column) (numbers []int) {
	for _, c := range columns {
		numbers = append(numbers, c.at)
	}
	return numbers
}

// letters is the number of a column by its letters, from 0; -1 if they are none.
func letters(name string) int {
	if len(name) == 0 || len(name) > 3 {
		return -1
	}
	n := 0
	for i := range len(name) {
		if name[i] < 'A' || name[i] > 'Z' {
			return -1
		}
		n = n*26 + int(name[i]-'A') + 1
	}
	return n - 1
}

// all are the columns that a list of names names, runs among them and names with commas
// that were taken apart.
func (t *table) all(names []string) ([]*column, error) {
	var list []*column
	for i := 0; i < len(names); i++ {
		name := names[i]
		if t.named(name) < 0 {
			// A name with commas may have been taken for several, of which none is a column.
			for k := i + 2; k <= len(names) && k < i+10; k++ {
				if joined := strings.Join(names[i:k], ","); t.named(joined) >= 0 {
					name, i = joined, k-1
					break
				}
			}
		}
		from, to, ok := strings.Cut(name, "..")
		if ok && t.named(name) < 0 {
			first, err1 := strconv.Atoi(from)
			last, err2 := len(t.columns), error(nil)
			if to != "" {
				last, err2 = strconv.Atoi(to)
			}
			if err1 == nil && err2 == nil {
				if first < 1 || last > len(t.columns) || first > last {
					return nil, &Error{Msg: fmt.Sprintf("there are no columns %s: the table has %d", name, len(t.columns)), Err: ErrColumn}
				}
				list = append(list, t.columns[first-1:last]...)
				continue
			}
		}
		c, err := t.find(name)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// set is a set of some columns.
func (t *table) set(lists ...[]*column) set {
	s := make(set, len(t.columns)+1)
	for _, list := range lists {
		for _, c := range list {
			s[c.at] = true
		}
	}
	return s
}

// A set of columns is by their numbers, with one more than there are, so that the
// column at the right of the last one can be asked for.
type set []bool

// without are the columns of a list that are in no set.
func (s set) without(list []*column) []*column {
	return slices.DeleteFunc(slices.Clone(list), func(c *column) bool { return s[c.at] })
}

// byAt sorts columns by where they stand.
func byAt(list []*column) []*column {
	slices.SortFunc(list, func(a, b *column) int { return a.at - b.at })
	return slices.Compact(list)
}

// twice is the error for two rows with the same coordinates.
func (t *table) twice(dims []*column) error {
	first, second, found, err := t.alike(dims)
	if err != nil || !found {
		return err
	}
	texts, err := t.textsOf(dims, second)
	if err != nil {
		return err
	}
	return t.sameCell(texts, first, second)
}
