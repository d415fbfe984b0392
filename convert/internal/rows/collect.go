package rows

import (
	"slices"
	"unicode/utf8"
)

// collector takes the rows of a table, batch by batch.
type collector struct {
	*table
	room []int32 // for the numbers of a column of a batch
}

// collect reads a table. It is the only pass over the source.
func collect(src Source, n numbers) (*table, error) {
	t := newCollector(src, n)
	var b Batch
	if err := src.Rows(&b, func() error { return t.take(&b) }); err != nil {
		t.close()
		return nil, err
	}
	t.end()
	return t.table, nil
}

// newCollector begins a table.
func newCollector(c Columns, n numbers) *collector {
	t := &collector{table: &table{src: c, kept: kept{numbers: n, store: &store{}}}}
	if t.grid, _ = c.(*Grid); t.grid != nil {
		t.headed = t.grid.headed
	}
	t.grow()
	return t
}

// take puts the rows of a batch in the store, and makes it empty.
func (t *collector) take(b *Batch) error {
	if b.Rows == 0 {
		return nil
	}
	t.grow()
	t.store.begin(b.Numbers, len(t.columns))
	for _, c := range t.columns {
		if err := t.column(c, b); err != nil {
			return err
		}
	}
	if err := t.store.finish(b.Rows); err != nil {
		return err
	}
	t.n += int64(b.Rows)
	b.reset()
	return nil
}

// end sums up what the columns hold.
func (t *collector) end() {
	t.grow()
	if t.numbers.open {
		settleMark(t.table)
	}
	sum(t.table)
}

// grow takes the columns that have come up. Rows before have nothing in a new one,
// which is number 0 in its dictionary.
func (t *collector) grow() {
	for _, f := range t.src.Fields()[len(t.columns):] {
		c := &column{Field: f, called: f.Name, at: len(t.columns), of: -1, sheet: -1}
		if t.grid != nil && t.grid.sheet() {
			c.sheet = c.at + t.grid.left
		}
		if t.n > 0 {
			c.dict.add([]byte{nullKey})
			c.often, c.looks = []int64{t.n}, []look{nothing}
		}
		c.follow.off = t.n > 0
		t.columns = append(t.columns, c)
	}
}

func (t *collector) notUTF8(number int64, column int) error {
	return (&Error{Msg: "the text is not UTF-8", Err: ErrEncoding}).at(t.place(number, column))
}

// column puts the cells of a column of a batch in the store.
func (t *collector) column(c *column, b *Batch) error {
	i, f := c.at, &c.follow
	if b.Dictionaries[i] != nil {
		if !c.raw {
			return t.codedColumn(c, b)
		}
		b.plain(i)
	}
	if c.raw {
		return t.rawColumn(c, b)
	}
	codes := t.room[:0]
	code := int32(-1)
	var before Span
	plain := b.Kinds[i] == nil
	if !plain {
		for _, k := range b.Kinds[i] {
			if k == Period {
				c.dated++
			}
		}
	}
	for row, span := range b.Cells[i] {
		if row > 0 && span == before && (plain || b.Kinds[i][row] == b.Kinds[i][row-1]) {
			c.often[code]++
			codes = append(codes, code)
			f.off = true // the same again does not rise
			continue
		}
		before = span
		key := b.Text[span.From:span.To]
		if len(key) > 0 && key[0] >= textKey {
			return t.notUTF8(b.Numbers[row], i)
		}
		if !plain {
			key = t.numbers.key(key, b.Kinds[i][row])
		}
		n := c.dict.len()
		code = c.dict.add(key)
		if int(code) == n && !t.meet(c, key) {
			return t.notUTF8(b.Numbers[row], i)
		}
		c.often[code]++
		codes = append(codes, code)
		if !f.off {
			k, token := t.numbers.lookKey(key)
			f.step(value(token), k == number)
		}
	}
	if t.longAs(c, int64(b.Rows)) {
		c.raw = true // from here on the texts themselves are kept: this batch's already
		t.store.texts(b, i)
	} else {
		t.store.codes(codes, c.dict.len())
	}
	t.room = codes
	return nil
}

// codedColumn does so where a format has numbered the texts: each entry of its
// dictionary is looked at once.
func (t *collector) codedColumn(c *column, b *Batch) error {
	i, f := c.at, &c.follow
	d := b.Dictionaries[i]
	if c.coded != d {
		c.coded = d
		c.ours = append(c.ours[:0], make([]int32, len(d.Texts))...)
		for k := range c.ours {
			c.ours[k] = -1
		}
		if d.Ordered {
			c.orderOf(d)
		}
	}
	codes := slices.Grow(t.room[:0], len(b.Codes[i]))[:len(b.Codes[i])]
	t.room = codes
	null := int32(-1)
	for row, code := range b.Codes[i] {
		ours := null
		if code >= 0 {
			ours = c.ours[code]
		}
		if ours < 0 {
			var ok bool
			if ours, ok = t.entry(c, d, code); !ok {
				return t.notUTF8(b.Numbers[row], i)
			}
			if code >= 0 {
				c.ours[code] = ours
			} else {
				null = ours
			}
		}
		c.often[ours]++
		codes[row] = ours
		if !f.off {
			k, token := t.numbers.lookKey(c.dict.at(int(ours)))
			f.step(value(token), k == number)
		}
	}
	if d.Kinds != nil {
		for _, code := range b.Codes[i] {
			if code >= 0 && d.Kinds[code] == Period {
				c.dated++
			}
		}
	}
	t.store.codes(codes, c.dict.len())
	return nil
}

// entry numbers an entry of a dictionary, or Null for -1, that comes up for the first
// time. It is false for one that is not UTF-8.
func (t *collector) entry(c *column, d *Dictionary, code int32) (ours int32, ok bool) {
	key := []byte{nullKey}
	if code >= 0 {
		key = d.Texts[code]
		if kind := d.kind(int(code)); kind != Plain {
			key = t.numbers.key(key, kind)
		} else if len(key) > 0 && key[0] >= textKey {
			return 0, false
		}
	}
	n := c.dict.len()
	ours = c.dict.add(key)
	return ours, int(ours) != n || t.meet(c, key)
}

// rawColumn does so where texts are not numbered.
func (t *collector) rawColumn(c *column, b *Batch) error {
	i, f := c.at, &c.follow
	t.store.beginTexts()
	plain := b.Kinds[i] == nil
	for row, span := range b.Cells[i] {
		text := b.Text[span.From:span.To]
		kind := Plain
		if !plain {
			kind = b.Kinds[i][row]
		}
		k, token := t.numbers.look(text, kind)
		if c.inRaw.count(k, token, kind, &t.numbers, 1); k == number {
			if kind == Plain && len(token) == len(text) && (len(text) == 0 || &token[0] == &text[0]) && len(t.numbers.na) == 0 && t.numbers.with != '.' {
				kind = Number // it need not be looked at again
			}
			c.fractions = c.fractions || !isWhole(token) || token[0] == '-'
		} else if k != nothing {
			if !utf8.Valid(text) {
				return t.notUTF8(b.Numbers[row], i)
			}
			c.note(text, k)
		}
		if !f.off {
			f.step(value(token), k == number)
		}
		t.store.text(text, kind)
	}
	t.store.end()
	return nil
}

// longAs tells whether a dictionary of a column is about as long as the column, which
// is one of numbers: it says nothing then.
func (t *collector) longAs(c *column, more int64) bool {
	n := c.dict.len()
	if n <= 2048 || c.Codes {
		return false
	}
	rows := t.n + more
	return (n >= maxTexts || int64(n) > rows/4) && c.mostlyNumbers()
}

// meet looks at a cell that has not come up before. It is false for one that is not
// UTF-8.
func (t *collector) meet(c *column, key []byte) bool {
	k, token := t.numbers.lookKey(key)
	text, _ := ofKey(key)
	if k != number && !utf8.Valid(text) {
		return false
	}
	c.looks, c.often = append(c.looks, k), append(c.often, 0)
	if k == number {
		c.fractions = c.fractions || !isWhole(token) || token[0] == '-'
	} else if k != nothing {
		c.note(text, k)
	}
	return true
}
