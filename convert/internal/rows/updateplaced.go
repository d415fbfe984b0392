package rows

import (
	"fmt"
	"slices"
)

// placed looks at dimensions that stand where the format has dimensions. What is a
// function of another one could be something else that stands there: there is a warning,
// and where it would multiply the cube an error.
func (u *Update) placed() error {
	dims := u.dimensions()
	all, err := u.dependent(dims)
	if err != nil || len(all) == 0 {
		return err
	}
	var gone []*column
	for _, r := range all {
		gone = append(gone, r.column)
	}
	says, are := "say", "are dimensions by where they stand"
	if len(gone) == 1 {
		says, are = "says", "is a dimension by where it stands"
	}
	n := float64(max(1, len(u.of(Value))))
	for _, c := range dims {
		n *= float64(u.came(c))
	}
	if n <= manyMore*float64(u.inserted) {
		u.warn([]string{"Ignore", "Dimensions"}, "%s %s nothing that other columns do not say, and %s", list(gone), says, are)
		return nil
	}
	e := undecided(gone, u.away(all, nil), "%s %s nothing that other columns do not say, and would make %.0f cells of %d rows", list(gone), says, n, u.inserted)
	if keep := (Choice{Dimensions: ids(dims)}); u.try(keep) == nil {
		e.Keep = keep.Dimensions
	}
	return u.proposed(e)
}

// ids are columns as an option names them, one by one.
func ids(list []*column) []string {
	var texts []string
	for _, c := range list {
		texts = append(texts, c.name())
	}
	return texts
}

// came is how many categories of a column rows have that do not remove.
func (u *Update) came(c *column) int {
	n := 0
	for _, used := range u.used[c] {
		if used {
			n++
		}
	}
	return n
}

// dependent are the dimensions that are functions of other ones, each with one that is
// none itself. Of those that say the same the first one stays.
func (u *Update) dependent(dims []*column) ([]repeat, error) {
	varying := slices.DeleteFunc(slices.Clone(dims), func(c *column) bool { return u.came(c) < 2 })
	varying = varying[:min(len(varying), maxPaired)]
	if len(varying) < 2 || u.inserted < 2 {
		return nil, nil
	}
	of, err := functions(varying, u.came, u.eachWhole)
	if err != nil {
		return nil, err
	}
	gone := make([]bool, len(varying))
	for i, b := range varying {
		for k, a := range varying {
			of[i][k] = of[i][k] && !u.steps.Apart(b.Name, a.Name)
		}
	}
	for i := range varying {
		for k := range varying {
			gone[i] = gone[i] || of[i][k] && (!of[k][i] || k < i)
		}
	}
	var list []repeat
	for i, b := range varying {
		if !gone[i] {
			continue
		}
		r := repeat{column: b}
		for k, a := range varying {
			if of[i][k] && !gone[k] && (r.of == nil || a.size < r.of.size) {
				r.of = a
			}
		}
		list = append(list, r)
	}
	return list, nil
}

// eachWhole goes through the rows that have a category of each of some columns and do not
// remove, see [table.each].
func (u *Update) eachWhole(columns []*column, f func(first int64, codes [][]int32) (bool, error)) error {
	if u.whole {
		return u.each(columns, f)
	}
	all, k := columns, u.steps.Column
	if k >= 0 {
		all = append(slices.Clone(columns), u.columns[k])
	}
	return u.each(all, func(first int64, codes [][]int32) (bool, error) {
		n := 0
		for row := range codes[0] {
			if k >= 0 && u.step[codes[len(columns)][row]] == Remove {
				continue
			}
			lacks := false
			for i, c := range columns {
				lacks = lacks || u.absent[c][codes[i][row]]
			}
			if lacks {
				continue
			}
			for i := range columns {
				codes[i][n] = codes[i][row]
			}
			n++
		}
		for i := range columns {
			codes[i] = codes[i][:n]
		}
		return f(first, codes[:len(columns)])
	})
}

// IsFunction tells whether a column is a function of another one.
func (u *Update) IsFunction(column, of int) (bool, error) {
	return u.isFunction(u.columns[column], u.columns[of])
}

// Doubtf tells of what was decided and could be otherwise, with the options that would say
// so.
func (u *Update) Doubtf(options []string, format string, args ...any) {
	u.o.Doubtf(options, format, args...)
}

// Size is how many texts a column has.
func (u *Update) Size(column int) (int, error) { return u.sizeOf(u.columns[column]) }

// Labels are the labels that a column has for the texts of another one, by their
// numbers: the first one of each.
func (u *Update) Labels(labels, of int) ([]string, error) {
	c := u.columns[of]
	if err := u.number(c); err != nil {
		return nil, err
	}
	to := make([]int32, c.entries().len())
	for code := range to {
		to[code] = int32(code)
	}
	return u.labelsIn(u.columns[labels], c, to, len(to))
}

// Some goes through the texts of some columns in rows from all over the table, at most
// so many of each batch, until it is told to stop.
func (u *Update) Some(columns []int, most int, f func(texts []string) bool) error {
	var list []*column
	for _, i := range columns {
		list = append(list, u.columns[i])
	}
	texts := make([]string, len(columns))
	return u.cells(list, func(_ int64, _ int, cells [][]cell) (bool, error) {
		for row := range min(most, len(cells[0])) {
			for k := range texts {
				texts[k] = string(cells[k][row].text)
			}
			if !f(texts) {
				return false, nil
			}
		}
		return true, nil
	})
}

// Tellable says with an error for two rows of one observation which columns, among some
// that are no dimensions, would tell the rows apart if they were: each of them alone or,
// if none does, several together. The error stays what it is if nothing would.
func (u *Update) Tellable(e *Error, among []int) error {
	dims := u.dimensions()
	var alone, rest []*column
	for _, i := range among {
		c := u.columns[i]
		if slices.Contains(dims, c) {
			continue
		}
		rest = append(rest, c)
		ok, err := u.unique(append(slices.Clone(dims), c))
		if err != nil {
			return err
		}
		if ok {
			alone = append(alone, c)
		}
	}
	need := alone[:min(1, len(alone))]
	if len(alone) == 0 {
		ok, err := u.unique(slices.Concat(dims, rest))
		if err != nil || !ok {
			return err
		}
		need = rest
		for _, c := range slices.Backward(rest) {
			without := slices.DeleteFunc(slices.Clone(need), func(k *column) bool { return k == c })
			if ok, err = u.unique(slices.Concat(dims, without)); err != nil {
				return err
			}
			if ok {
				need = without
			}
		}
	}
	e.Columns, e.Err = ids(need), ErrUndecided
	e.propose(Choice{Dimensions: ids(byAt(slices.Concat(dims, need)))})
	e.Msg += fmt.Sprintf(": rows are not unique without %s, which is taken for an attribute", list(need))
	if len(alone) > 1 {
		e.Msg += fmt.Sprintf("; they are with %s, too", list(alone[1:]))
	}
	if u.o.Explain != nil {
		u.o.Explain(u.explain(e))
	}
	return nil
}
