package rows

import "slices"

// A Step is what a row does to the observation that it names.
type Step uint8

// The steps.
const (
	Insert  Step = iota // it gives the observation, which no row before it may have given
	Merge               // it gives it; what it leaves empty stays as rows before it have it
	Replace             // it gives it, in place of all that rows before it gave
	Remove              // it takes it away or, if there is anything in it, what it names
)

// Steps say how the rows of an Update are to be read. A text that is empty, or among
// Absent, names no category of a dimension.
type Steps struct {
	Column int                                  // whose texts say what a row does; -1 for none: it inserts
	Of     func(text []byte) Step               // what they say
	Absent []string                             // texts that name no category
	Status func(column int, text string) string // the status that a text of a column stands for; nil: itself

	// Placed: the dimensions that the format names are columns that stand where it has
	// dimensions, and may be something else. One without a category on an observation is
	// left out; of those that are functions of others it is told, but for pairs that are
	// Apart by their ids.
	Placed bool
	Apart  func(id, of string) bool
}

// A survey is what the rows of an Update have that do not remove.
type survey struct {
	*maker
	steps    Steps
	step     []Step              // by number of the text
	absent   map[*column][]bool  // by number of the text: it names no category
	used     map[*column][]bool  // some row that does not remove has it
	first    map[*column][]int32 // these in the order in which they come up, where others come up between them
	lacking  map[*column]bool    // some observation has no category
	whole    bool                // all rows have all categories, and none removes
	inserted int64               // rows that do not remove
}

// count goes over the rows once all is decided.
func (u *survey) count() error {
	dims, values := u.dimensions(), u.of(Value)
	u.absent, u.used, u.lacking = map[*column][]bool{}, map[*column][]bool{}, map[*column]bool{}
	simple := true
	for _, c := range dims {
		if err := u.number(c); err != nil {
			return err
		}
		dict := c.entries()
		absent := make([]bool, dict.len())
		for code := range absent {
			text, _ := dict.cell(code)
			absent[code] = len(text) == 0 || slices.Contains(u.steps.Absent, string(text))
			simple = simple && !absent[code]
		}
		u.absent[c], u.used[c] = absent, make([]bool, dict.len())
	}
	if k := u.steps.Column; k >= 0 {
		c := u.columns[k]
		if err := u.number(c); err != nil {
			return err
		}
		for code := range c.entries().len() {
			text, _ := c.entries().cell(code)
			u.step = append(u.step, u.steps.Of(text))
		}
		simple = simple && !slices.Contains(u.step, Remove)
	}
	there := make([]bool, len(values))
	u.whole = simple
	if simple {
		u.inserted = u.n
		for _, c := range dims {
			for code := range u.used[c] {
				u.used[c][code] = true
			}
		}
		for i, c := range values {
			there[i] = c.raw || c.dict.len() > 1 || c.dict.len() == 1 && !isEmpty(c.dict.at(0))
		}
	} else if err := u.goOver(dims, values, there); err != nil {
		return err
	}
	for _, c := range dims {
		if !slices.Contains(u.used[c], true) || u.steps.Placed && u.lacking[c] && c.why == ByFormat {
			put(c, LeftOut, ByFormat)
		}
	}
	if len(u.dimensions()) == 0 || u.inserted == 0 {
		return &Error{Msg: "there are no observations", Err: ErrEmpty}
	}
	if u.by {
		return nil
	}
	for i, c := range values { // one of them stays
		if !there[i] && (i > 0 || slices.Contains(there, true)) {
			put(c, LeftOut, ByFormat)
		}
	}
	return nil
}

// goOver is the survey of rows some of which remove or lack a category.
func (u *survey) goOver(dims, values []*column, there []bool) error {
	codes := make([][]int32, len(dims))
	u.first = map[*column][]int32{}
	var steps []int32
	var has, any []bool
	for i, chunk := range u.store.chunks {
		text, err := u.store.read(i)
		if err != nil {
			return err
		}
		if steps, err = u.stepsOf(steps[:0], i, text); err != nil {
			return err
		}
		any = append(any[:0], make([]bool, chunk.rows)...)
		for v, c := range values {
			has = u.filled(has[:0], text, chunk.rows, c)
			for row, ok := range has {
				if ok && Step(steps[row]) != Remove {
					any[row], there[v] = true, true
				}
			}
		}
		for _, step := range steps {
			if Step(step) != Remove {
				u.inserted++
			}
		}
		for k, c := range dims {
			if codes[k], err = u.codes(codes[k][:0], i, text, c); err != nil {
				return err
			}
			for row, code := range codes[k] {
				switch {
				case Step(steps[row]) == Remove:
				case !u.absent[c][code]:
					if !u.used[c][code] {
						u.used[c][code] = true
						u.first[c] = append(u.first[c], code)
					}
				case any[row]:
					u.lacking[c] = true
				}
			}
		}
	}
	return nil
}

// stepsOf are what the rows of a chunk do.
func (u *survey) stepsOf(dst []int32, i int, chunk []byte) ([]int32, error) {
	if u.steps.Column < 0 {
		return append(dst, make([]int32, u.store.chunks[i].rows)...), nil // Insert is 0
	}
	dst, err := u.codes(dst, i, chunk, u.columns[u.steps.Column])
	for k, code := range dst {
		dst[k] = int32(u.step[code])
	}
	return dst, err
}

// filled tells of the rows of a chunk which have a text in a column.
func (u *survey) filled(dst []bool, chunk []byte, rows int, c *column) []bool {
	if codes, ok := u.store.appendCodes(nil, chunk, c.at); ok {
		for _, code := range codes {
			dst = append(dst, !isEmpty(c.dict.at(int(code))))
		}
		return dst
	}
	texts, _ := u.store.run(chunk, c.at)
	for range rows {
		text, _ := texts.next()
		dst = append(dst, len(text) > 0)
	}
	return dst
}

// narrow takes from the categories of a column those that only rows that remove have,
// and adds one without an id if some observation lacks one.
func (u *survey) narrow(a *axis) {
	c := a.column
	if c == nil {
		return
	}
	absent := u.absent[c]
	if a.from != nil {
		for code, no := range absent {
			if no {
				a.to[code] = -1
			}
		}
		return
	}
	const unseen, gone = -1, -2
	now := make([]int32, len(a.texts)) // where each category goes
	for k := range now {
		now[k] = unseen // described, and in no row
	}
	for _, k := range a.to {
		if k >= 0 {
			now[k] = gone
		}
	}
	for code, k := range a.to {
		if k >= 0 && u.used[c][code] && !absent[code] {
			now[k] = unseen
		}
	}
	var texts, names []string
	take := func(k int32) {
		if now[k] != unseen {
			return
		}
		now[k] = int32(len(texts))
		texts = append(texts, a.texts[k])
		if a.names != nil {
			names = append(names, a.names[k])
		}
	}
	if !a.described {
		for _, code := range u.first[c] {
			take(a.to[code])
		}
	}
	for k := range a.texts {
		take(int32(k))
	}
	for code, k := range a.to {
		if k >= 0 {
			a.to[code] = max(now[k], -1)
		}
	}
	if u.lacking[c] {
		for code, no := range absent {
			if no {
				a.to[code] = int32(len(texts))
			}
		}
		texts = append(texts, "")
		if a.names != nil {
			names = append(names, "")
		}
	}
	a.texts, a.names = texts, names
}

// came is how many categories of a column rows have that do not remove.
func (u *survey) came(c *column) int {
	n := 0
	for _, used := range u.used[c] {
		if used {
			n++
		}
	}
	return n
}

// eachWhole goes through the rows that have a category of each of some columns and do not
// remove, see [table.each].
func (u *survey) eachWhole(columns []*column, f func(first int64, codes [][]int32) (bool, error)) error {
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
