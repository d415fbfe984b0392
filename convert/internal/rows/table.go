package rows

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// A table is what the first pass over the rows leaves: its columns, what they hold,
// and the rows in a store.
type table struct {
	src     Columns
	columns []*column
	n       int64 // rows
	store   *store
	numbers numbers
	wasOpen bool // the decimal mark was found by what the columns hold
	headed  bool // it has a header of its own, not names that a format gives
	title   string
	unsure  int // columns from the left whose labels may stand once for several rows
	typed   bool
	forms   Format
	follows []follow
	keyRoom []byte
	room    []int32        // for the numbers of a column of a batch
	byName  map[string]int // columns by their headers
}

// collect reads a table. It is the only pass over the source.
func collect(src Source, n numbers) (*table, error) {
	t := newTable(src, n)
	var b Batch
	if err := src.Rows(&b, func() error { return t.take(&b) }); err != nil {
		t.close()
		return nil, err
	}
	t.end()
	return t, nil
}

// newTable begins a table.
func newTable(c Columns, n numbers) *table {
	t := &table{src: c, numbers: n, store: &store{}}
	t.grow()
	return t
}

// take puts the rows of a batch in the store, and makes it empty.
func (t *table) take(b *Batch) error {
	if b.Rows == 0 {
		return nil
	}
	t.grow()
	t.store.begin(b.Numbers, len(t.columns))
	for i, c := range t.columns {
		var err error
		if t.room, err = t.column(c, b, i, &t.follows[i], t.room); err != nil {
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
func (t *table) end() {
	t.grow()
	if t.numbers.open {
		t.settleMark()
	}
	t.sum()
}

// sum sums up what the columns hold, now that it is known how numbers are read.
func (t *table) sum() {
	for i, f := range t.src.Fields() {
		t.columns[i].Unfit, t.columns[i].Seen = f.Unfit, f.Seen // which a cell may have told
	}
	for i, c := range t.columns {
		c.settle(t.n, &t.follows[i], &t.numbers)
	}
	// Headers that count what they name, "5 years", or that are of one kind, such as
	// "Week 1" beside "Week 2", are headings: they do not say that time is below.
	for i, c := range t.columns {
		if c.time && !c.Time && !c.finer && (counted(c.Name) ||
			i > 0 && oneKind(c, t.columns[i-1]) || i+1 < len(t.columns) && oneKind(c, t.columns[i+1])) {
			c.time = false
		}
	}
}

// grow takes the columns that have come up. Rows before have nothing in a new one,
// which is number 0 in its dictionary.
func (t *table) grow() {
	for _, f := range t.src.Fields()[len(t.columns):] {
		c := &column{Field: f, called: f.Name, at: len(t.columns), of: -1, sheet: -1}
		if g, ok := t.src.(*Grid); ok && g.sheet() {
			c.sheet = c.at + g.left
		}
		if t.n > 0 {
			c.dict.add([]byte{nullKey})
			c.often, c.looks = []int64{t.n}, []look{nothing}
		}
		t.follows = append(t.follows, follow{off: t.n > 0})
		t.columns = append(t.columns, c)
	}
}

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

// areFlags tells whether all texts of a column are flags or other marks.
func (c *column) areFlags() bool {
	for i := range c.dict.len() {
		if text, _ := ofKey(c.dict.at(i)); !isFlag(trim(text)) {
			return false
		}
	}
	return true
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

func (t *table) close() {
	t.store.close()
	for _, c := range t.columns {
		if c.recode != nil {
			c.recode.close()
		}
	}
}

// column puts the cells of a column of a batch in the store.
func (t *table) column(c *column, b *Batch, i int, f *follow, codes []int32) ([]int32, error) {
	if b.Dictionaries[i] != nil {
		if !c.raw {
			return t.codedColumn(c, b, i, f, codes)
		}
		b.plain(i)
	}
	if c.raw {
		return codes, t.rawColumn(c, b, i, f)
	}
	codes = codes[:0]
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
			return codes, t.notUTF8(b.Numbers[row], i)
		}
		if !plain {
			key = t.key(key, b.Kinds[i][row])
		}
		n := c.dict.len()
		code = c.dict.add(key)
		if int(code) == n && !t.meet(c, key) {
			return codes, t.notUTF8(b.Numbers[row], i)
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
	return codes, nil
}

// codedColumn does so where a format has numbered the texts: each entry of its
// dictionary is looked at once.
func (t *table) codedColumn(c *column, b *Batch, i int, f *follow, codes []int32) ([]int32, error) {
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
	codes = slices.Grow(codes[:0], len(b.Codes[i]))[:len(b.Codes[i])]
	null := int32(-1)
	for row, code := range b.Codes[i] {
		ours := null
		if code >= 0 {
			ours = c.ours[code]
		}
		if ours < 0 {
			var ok bool
			if ours, ok = t.entry(c, d, code); !ok {
				return codes, t.notUTF8(b.Numbers[row], i)
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
	return codes, nil
}

// entry numbers an entry of a dictionary, or Null for -1, that comes up for the first
// time. It is false for one that is not UTF-8.
func (t *table) entry(c *column, d *Dictionary, code int32) (ours int32, ok bool) {
	key := []byte{nullKey}
	if code >= 0 {
		key = d.Texts[code]
		if kind := d.kind(int(code)); kind != Plain {
			key = t.key(key, kind)
		} else if len(key) > 0 && key[0] >= textKey {
			return 0, false
		}
	}
	n := c.dict.len()
	ours = c.dict.add(key)
	return ours, int(ours) != n || t.meet(c, key)
}

// orderOf takes the order of categories that a dictionary has, behind those that
// others had.
func (c *column) orderOf(d *Dictionary) {
	if c.ordered == nil {
		c.ordered = map[string]int{}
	}
	for _, text := range d.Texts {
		if _, ok := c.ordered[string(text)]; !ok {
			c.ordered[string(text)] = len(c.ordered)
		}
	}
}

// rawColumn does so where texts are not numbered.
func (t *table) rawColumn(c *column, b *Batch, i int, f *follow) error {
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

// In the dictionary of a column a cell that is more than its text has a byte in front
// that no UTF-8 has.
const (
	textKey = 0xf8 + iota // a text that looks like a number, or like nothing
	boolKey
	numberKey // a number with a point, where those in texts have another mark
	nullKey
	codeKey // a number that is shown with zeros in front
)

// key is a cell as the dictionary has it. It is valid until the next call.
func (t *table) key(text []byte, kind Kind) []byte {
	first := byte(0)
	switch kind {
	case Null:
		first, text = nullKey, nil
	case Bool:
		first = boolKey
	case Code:
		first = codeKey
	case Number:
		if t.numbers.decimal == "" || t.numbers.decimal == "." || isWhole(text) {
			return text
		}
		first = numberKey
	case Text, Period:
		if k, _ := t.numbers.look(text, Plain); k == textual {
			return text
		}
		first = textKey
	default:
		return text
	}
	t.keyRoom = append(append(t.keyRoom[:0], first), text...)
	return t.keyRoom
}

// ofKey is the text and the kind of a key.
func ofKey(key []byte) ([]byte, Kind) {
	if len(key) > 0 {
		switch key[0] {
		case textKey:
			return key[1:], Text
		case boolKey:
			return key[1:], Bool
		case codeKey:
			return key[1:], Code
		case numberKey:
			return key[1:], Number
		case nullKey:
			return nil, Null
		}
	}
	return key, Plain
}

// lookKey is look for a key.
func (n *numbers) lookKey(key []byte) (look, []byte) {
	text, kind := ofKey(key)
	return n.look(text, kind)
}

// longAs tells whether a dictionary of a column is about as long as the column, which
// is one of numbers: it says nothing then.
func (t *table) longAs(c *column, more int64) bool {
	n := c.dict.len()
	if n <= 2048 || c.Codes {
		return false
	}
	rows := t.n + more
	return (n >= maxTexts || int64(n) > rows/4) && c.mostlyNumbers()
}

// mostlyNumbers tells it of what has come so far.
func (c *column) mostlyNumbers() bool {
	figures, texts := int64(0), int64(0)
	for i, l := range c.looks {
		switch l {
		case number:
			figures += c.often[i]
		case textual, coded:
			texts += c.often[i]
		}
	}
	return figures > texts
}

// meet looks at a cell that has not come up before. It is false for one that is not
// UTF-8.
func (t *table) meet(c *column, key []byte) bool {
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

// note keeps the first text among numbers, and sees whether there are codes.
func (c *column) note(text []byte, l look) {
	if c.firstText == "" || c.firstLoose && l == textual {
		c.firstText, c.firstLoose = string(text), l != textual && l != coded
	}
	if text = trim(text); l == coded || zeroInFront(text) && isCode(text) {
		c.zero = true
	}
}

// isCode tells whether a text is a number with a zero in front: 0301, 01.1.
func isCode(text []byte) bool {
	point := false
	for i, c := range text {
		switch {
		case c-'0' <= 9:
		case (c == '.' || c == ',') && !point && i > 0 && i < len(text)-1:
			point = true
		default:
			return false
		}
	}
	return true
}
