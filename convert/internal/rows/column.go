package rows

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A column is a column of the table: its name, what its cells are, and what it was
// taken for.
type column struct {
	Field
	called string // its header before it was told apart from others of the same text
	at     int    // number, from 0
	// sheet is the column of its sheet, from 0, -1 outside of sheets.
	sheet    int
	byNumber bool // it goes by its number, since the header of another column is its letters
	part     Part
	why      Reason
	of       int // the column that labels and statuses belong to, -1 for none

	dict   dictionary
	often  []int64 // by text: how many rows have it
	looks  []look  // by text
	raw    bool    // its texts are no longer numbered
	inRaw  counts  // of the cells that came since then
	inOpen counts  // of all cells, while either decimal mark could be the one
	dated  int64   // cells that are periods to the format
	recode *recoded
	header *header // see head
	follow follow

	coded   *Dictionary    // of a format, that was met last
	ours    []int32        // the numbers that its entries have here, -1 for those that did not come up
	ordered map[string]int // texts of ordered dictionaries, by their place

	facts
}

// facts are what rules ask of the cells of a column.
type facts struct {
	counts
	rows                    int64
	figures, texts, empties int64  // cells that are numbers, texts, nothing
	size                    int    // different texts; of a raw column at least so many
	zero                    bool   // some number has a zero before its digits: codes
	years                   bool   // all numbers are whole and between 1500 and 2100
	fractions               bool   // some number is negative or has a fraction
	rising                  bool   // all cells are whole numbers, each above the one before
	counting                bool   // they are 0, 1, 2, ... or 1, 2, 3, ...
	whole                   bool   // all numbers are whole
	periods, finer          bool   // all cells that are something are periods; none is a year
	time                    bool   // it is a column of time
	firstText               string // the first text among the cells
	firstLoose              bool   // it could stand among figures
}

// follow is the state of what rows in their order say of a column.
type follow struct {
	last  float64
	first float64
	n     int64
	off   bool // it does not rise
}

// step looks at the number of the next row.
func (f *follow) step(v float64, ok bool) {
	if f.off {
		return
	}
	whole := ok && v == math.Trunc(v) && v >= 0
	switch {
	case !whole, f.n > 0 && v <= f.last:
		f.off = true
		return
	case f.n == 0:
		f.first = v
	}
	f.last = v
	f.n++
}

// rises and counts are what it comes to.
func (f *follow) rises(rows int64) bool { return !f.off && f.n == rows && rows > 0 }
func (f *follow) counts(rows int64) bool {
	return f.rises(rows) && rows > 1 && (f.first == 0 || f.first == 1) && f.last-f.first == float64(rows-1)
}

// numeric tells whether a column is one of numbers: it has more of them than texts,
// and none of them is a code.
func (c *column) numeric() bool { return c.figures > c.texts && !c.zero && !c.Codes }

// numberless tells whether a column cannot hold values by itself.
func (c *column) numberless() bool { return c.texts > c.figures || c.zero || c.Codes }

// valued tells whether a column may hold values whose name says that it does: it has no
// more texts than numbers, where letters for missing values and flags behind numbers are
// no texts.
func (c *column) valued() bool {
	letters := c.flagged + c.lone
	if c.numbers+c.flagged == 0 {
		letters = 0
	}
	return c.words <= c.numbers+letters
}

// name is how messages call a column: by its header, else by its letters in a sheet, or
// its number.
func (c *column) name() string {
	switch {
	case c.Name != "":
		return c.Name
	case c.sheet >= 0 && !c.byNumber:
		return lettersOf(c.sheet)
	}
	return strconv.Itoa(c.at + 1)
}

// lettersOf are the letters of a column of a sheet by its number, from 0.
func lettersOf(n int) string {
	var b []byte
	for n++; n > 0; n = (n - 1) / 26 {
		b = append(b, byte('A'+(n-1)%26))
	}
	slices.Reverse(b)
	return string(b)
}

// head is what rules ask of the header of a column.
func (c *column) head() *header {
	if c.header == nil {
		c.header = &header{norm(c.Name), skeleton(c.Name), isPeriod(c.Name), endsInPeriod(c.Name)}
	}
	return c.header
}

// oneKind tells whether the headers of two columns are of one kind: both periods, or
// equal but for digits and months.
func oneKind(a, b *column) bool {
	x, y := a.head(), b.head()
	return x.period && y.period || x.skeleton == y.skeleton && strings.Contains(x.skeleton, "#")
}

// areFlags tells whether all texts of a column are flags or other marks.
func (c *column) areFlags() bool {
	for i := range c.dict.len() {
		if text, _ := c.dict.cell(i); !isFlag(trim(text)) {
			return false
		}
	}
	return true
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

// note keeps the first text among numbers, and sees whether there are codes.
func (c *column) note(text []byte, l look) {
	if c.firstText == "" || c.firstLoose && l == textual {
		c.firstText, c.firstLoose = string(text), l != textual && l != coded
	}
	if text = trim(text); l == coded || zeroInFront(text) && isCode(text) {
		c.zero = true
	}
}

// areMarks tells whether the texts of a column are as short as marks of notes are: a, b.
func (c *column) areMarks() bool {
	for i := range c.dict.len() {
		if text, kind := c.dict.cell(i); kind != Null && utf8.RuneCount(trim(text)) > 2 {
			return false
		}
	}
	return true
}

// areCodes tells whether the texts of a column are as short as codes of statuses are.
func (c *column) areCodes() bool {
	const longest = 4
	for i := range c.dict.len() {
		if text, kind := c.dict.cell(i); kind != Null && !isNoStatus(string(text)) && utf8.RuneCount(trim(text)) > longest {
			return false
		}
	}
	return true
}

// has tells whether a cell of a column that is numbered has that text.
func (c *column) has(text string) bool { return c.times(text) > 0 }

// times is how many cells of a column that is numbered have a text.
func (c *column) times(text string) (n int64) {
	for i := range c.dict.len() {
		if key, _ := c.dict.cell(i); string(key) == text {
			n += c.often[i]
		}
	}
	return n
}

// calledNorm is how a column is called, before it was told apart from others.
func (c *column) calledNorm() string {
	if c.called == c.Name {
		return c.head().normed
	}
	return norm(c.called)
}

// isUnit tells whether a column is called a unit: what it says belongs to what is
// measured, and is neither its id nor its label.
func isUnit(c *column) bool { return slices.Contains(unitNames, c.head().normed) }

// isRank tells whether a column is called a rank.
func isRank(c *column) bool { return slices.Contains(rankNames, c.head().normed) }

// names are columns as an option names them: a run of more than three by its numbers.
func names(list []*column) []string {
	if len(list) == 0 {
		return nil
	}
	in := true
	for i, c := range list {
		in = in && c.at == list[0].at+i
	}
	if len(list) > 3 && in {
		return []string{fmt.Sprintf("%d..%d", list[0].at+1, list[len(list)-1].at+1)}
	}
	return called(list)
}

// called are columns as messages call them.
func called(list []*column) []string {
	var texts []string
	for _, c := range list {
		texts = append(texts, c.name())
	}
	return texts
}

// list names columns in a message.
func list(columns []*column) string {
	var texts []string
	for i, c := range columns {
		if i == 12 {
			texts = append(texts, fmt.Sprintf("and %d more", len(columns)-i))
			break
		}
		texts = append(texts, brief(c.name()))
	}
	return strings.Join(texts, ", ")
}

// entries is the dictionary that the numbers of a column belong to.
func (c *column) entries() *dictionary {
	if c.recode != nil {
		return &c.recode.dict
	}
	return &c.dict
}

// maxTexts is how many texts of a column of numbers are numbered.
const maxTexts = 1 << 16

// settled tells whether a column was not decided by its name or a rule.
func settled(c *column) bool { return c.why == ByUser || c.why == ByHead || c.why == ByFormat }
