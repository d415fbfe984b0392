package rows

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
)

// find finds the header.
func (g *front) find(header, separator string) error {
	for len(g.first) > 0 && g.ended && g.first[len(g.first)-1].width() == 0 {
		g.first = g.first[:len(g.first)-1]
	}
	if len(g.first) == 0 {
		return &Error{Sheet: g.records.Place(0, -1).Sheet, Msg: "the table is empty", Err: ErrEmpty}
	}
	from, to, err := g.asked(header)
	switch {
	case err != nil:
		return err
	case to == 0:
		widest := 0
		for i := range g.first {
			widest = max(widest, g.first[i].width())
		}
		g.headed, g.from, g.header, g.names = false, -1, -1, make([]string, widest)
		g.next = 0
		return nil
	case to > 0:
		g.from, g.header = from-1, to-1
		return g.named()
	}
	if len(g.first) > 1 {
		g.header = g.likely()
	}
	g.from = g.header
	if g.header == 1 && !g.sheet() {
		// A header that is one field short over rows of data: their decimal commas are taken
		// for separators, most likely.
		if above, r := &g.first[0], &g.first[1]; above.width() == len(above.fields) && len(above.fields) > 1 && len(r.fields) == len(above.fields)+1 && slices.ContainsFunc(r.fields, func(f []byte) bool { return !heading(f) }) {
			return (&Error{Msg: fmt.Sprintf("the row has %d columns, the header has %d", len(r.fields), len(above.fields)), Err: ErrWidth}).at(g.records.Place(r.number, -1))
		}
	}
	if other := g.otherSeparator(separator); other != "" {
		return (&Error{Msg: fmt.Sprintf("the columns look as if separated by %q, not by %q", other, separator), Text: other, Err: ErrOneColumn}).at(g.records.Place(g.first[0].number, -1))
	}
	g.extend()
	if g.from > 0 {
		lines := "1 line above the header is left out"
		if g.from > 1 {
			lines = fmt.Sprintf("%d lines above the header are left out", g.from)
		} else if g.first[0].width() == 1 && !bytes.HasPrefix(g.first[0].fields[0], []byte("sep=")) {
			lines = "the line above the header is taken for the title"
		}
		g.o.Doubtf([]string{"Header"}, "%s: %q", lines, brief(string(bytes.Join(g.first[0].fields, []byte(" ")))))
	}
	if err := g.named(); err != nil {
		return err
	}
	if len(g.names) == 1 {
		what := ""
		if separator != "" {
			what = fmt.Sprintf(": is %q the separator?", separator)
		} else if !g.sheet() {
			return nil
		}
		return (&Error{Msg: fmt.Sprintf("there is one column only, %.60q%s", g.names[0], what), Err: ErrOneColumn}).at(g.records.Place(g.first[g.header].number, -1))
	}
	return nil
}

// otherSeparator is another separator that stands as often in the first line, which is
// one field, as in most of the lines below it; "" if there is none. Where it parts
// columns, decimal commas part fields in what is left.
func (g *front) otherSeparator(separator string) string {
	if separator == "" || len(g.first[0].fields) != 1 {
		return ""
	}
	rows := g.first[1:min(len(g.first), 50)]
	for _, other := range []string{";", "\t", "|"} {
		n := bytes.Count(g.first[0].fields[0], []byte(other))
		if n == 0 || other == separator {
			continue
		}
		alike := 0
		for _, r := range rows {
			if bytes.Count(bytes.Join(r.fields, []byte(separator)), []byte(other)) == n {
				alike++
			}
		}
		if 2*alike > len(rows) {
			return other
		}
	}
	return ""
}

// asked is the header that an option names, as rows from 1; 0, 0 for none and -1 for
// the likely one.
func (g *front) asked(header string) (from, to int, err error) {
	if header == "" {
		return -1, -1, nil
	}
	a, b, two := strings.Cut(header, "-")
	from, err = strconv.Atoi(a)
	to = from
	if two && err == nil {
		to, err = strconv.Atoi(b)
	}
	if err != nil || from < 0 || to < from || from == 0 && to > 0 {
		return 0, 0, &Error{Msg: fmt.Sprintf("the header stands in no row %q: it is a row such as 3, rows such as 3-4, or 0 for none", header), Err: ErrColumn}
	}
	if from == 0 {
		return 0, 0, nil
	}
	// Rows go by the numbers that their source gives them, which count empty ones too.
	index := func(n int) int {
		return slices.IndexFunc(g.first, func(r row) bool { return g.row(r.number) == int64(n) })
	}
	i, k := index(from), index(to)
	if i < 0 || k < 0 {
		return 0, 0, &Error{Msg: fmt.Sprintf("there is no row %s that could be the header", header), Err: ErrColumn}
	}
	return i + 1, k + 1, nil
}

// likely is the first row that is as wide as the rows below it.
func (g *front) likely() int {
	often := map[int]int{}
	for i := range g.first {
		if g.first[i].width() > 1 {
			often[g.extent(i)]++
		}
	}
	common := 1
	for i := range g.first { // of widths that are as common the one that comes first
		if n := g.extent(i); often[n] > often[common] {
			common = n
		}
	}
	need := 1
	for i := range g.first {
		if g.extent(i) == common {
			need = max(need, g.first[i].width())
		}
	}
	h := slices.IndexFunc(g.first, func(r row) bool { return r.width() >= min(need, common) })
	if h < 0 || h > maxAbove {
		h = 0
		for i := range g.first {
			if g.extent(i) == common {
				h = i
				break
			}
		}
	}
	if h > 0 {
		// A column without a name at the end of the header, or row names of R in front,
		// for which the header has no field.
		above := &g.first[h-1]
		nameless := !above.has(0) || need > 2
		if len(above.fields) == len(g.first[h].fields) && above.width() == need-1 && nameless && !g.isUpper(h-1) {
			for h--; h > 0 && len(g.first[h-1].fields) == len(above.fields) && g.first[h-1].width() == need-1; {
				h-- // rows of data whose last cell is empty
			}
		} else if !g.sheet() && h == 1 && len(above.fields) == common-1 && above.width() == common-1 && common > 2 && need == common && !slices.ContainsFunc(g.first[1:min(len(g.first), 50)], func(r row) bool { return len(r.fields) != common }) && g.numbersRows() {
			g.first[0].fields = slices.Insert(slices.Clone(above.fields), 0, []byte(nil))
			h = 0
		}
	}
	return h
}

// numbersRows tells whether the first fields of the rows below the first one count: 1, 2, 3.
func (g *front) numbersRows() bool {
	for i, r := range g.first[1:] {
		if string(bytes.Trim(r.fields[0], "\" ")) != strconv.Itoa(i+1) {
			return false
		}
	}
	return true
}

// extent is how many fields a row has: in a sheet up to the last text of its own.
func (g *front) extent(i int) int {
	if g.sheet() {
		return g.first[i].width()
	}
	return len(g.first[i].fields)
}

// extend takes the rows of the header that stand above and below the one that was found:
// in tables with headings over headings each dimension has a row, and a text stands once
// over all of its columns.
//
// A row above is one if it stands right above, has a text over a column that is not the
// first, and over no column of the stub that has a name below it: there a title or other
// things would stand. A row below is one if it has nothing in the first column, as rows
// of data have, and no figures.
func (g *front) extend() {
	for g.header+2 < len(g.first) && g.isLower(g.header+1) {
		g.header++
	}
	for g.from > 0 && g.isUpper(g.from-1) {
		g.from--
	}
	// Frames with headings of several rows have the name of the rows in one of its own.
	if i := g.header + 1; g.header > g.from && i+1 < len(g.first) && !g.first[g.header].has(0) && g.first[i].has(0) && g.first[i].width() == 1 && g.first[i+1].width() > 1 {
		g.header++
	}
}

// isUpper tells whether a row is one of the header, above another one.
func (g *front) isUpper(i int) bool {
	r, below := &g.first[i], &g.first[i+1]
	if below.gap || r.width() < 2 || !g.sheet() && len(r.fields) != len(below.fields) {
		return false
	}
	texts := 0
	for k := 1; k < len(r.fields); k++ {
		if !r.has(k) {
			continue
		}
		if texts++; !heading(r.fields[k]) {
			return false
		}
	}
	under := 0
	for k := 1; k < len(below.fields); k++ {
		if below.has(k) {
			under++
		}
		if !heading(below.fields[k]) { // of a row of data
			return false
		}
	}
	if r.has(0) && below.has(0) { // names of the stub in both, and groups of columns
		return (texts > 1 || g.copied(r)) && texts < under
	}
	return texts > 0 && texts <= under && (!r.has(0) || texts > 1 || g.copied(r))
}

// isLower tells whether a row is one of the header, below another one: it has nothing
// in the columns of the stub, where the row behind it has texts.
func (g *front) isLower(i int) bool {
	r, above, behind := &g.first[i], &g.first[i-1], &g.first[i+1]
	if r.gap || r.has(0) || !behind.has(0) || r.width() < 2 || !g.sheet() && len(r.fields) != len(above.fields) {
		return false
	}
	if len(r.traits) > 0 && r.traits[0]&Copied != 0 && !above.has(0) { // the label of a row
		return false
	}
	if !heading(behind.fields[0]) { // a column of figures in front
		return false
	}
	names, apart := map[string]bool{}, true // the names above differ
	over, years := false, false
	for k := range r.fields {
		if !r.has(k) {
			continue
		}
		if !heading(r.fields[k]) {
			return false
		}
		name := ""
		if above.has(k) {
			name = above.text(k)
		}
		figures := g.isFigures(k, i+1)
		if !figures && name != "" {
			return false // a category
		}
		over = over || figures
		years = years || isPeriod(string(r.fields[k]))
		apart = apart && name != "" && !names[name]
		names[name] = true
	}
	return over && !(years && apart) && columnNumbers(r) == 0
}

// isFigures tells whether a column holds more numbers than texts in the rows from one on,
// as far as these are looked at.
func (g *front) isFigures(column, from int) bool {
	const most = 50
	n, figures := numbers{either: true}, 0
	for i := from; i < min(len(g.first), from+most); i++ {
		r := &g.first[i]
		if !r.has(column) {
			continue
		}
		switch l, _ := n.look(r.fields[column], Plain); l {
		case number, flagged:
			figures++
		case textual:
			figures--
		}
	}
	return figures > 0
}

// heading tells whether a text may stand in a header: it is no figure, unless it is a
// period too.
func heading(text []byte) bool {
	l, _ := (&numbers{either: true}).look(text, Plain)
	return l == textual || len(bytes.TrimSpace(text)) == 0 || isPeriod(string(text))
}

// named makes names of the rows of the header. In all but the last of several rows a
// text stands for the columns without one at its right as well, as far as these have a
// name in the rows below and the merged cells of a sheet do not say otherwise.
func (g *front) named() error {
	g.next = g.header + 1
	if g.from == 1 && g.first[0].width() == 1 && !bytes.HasPrefix(g.first[0].fields[0], []byte("sep=")) {
		g.title = g.first[0].text(0)
	}
	rows := g.first[g.from : g.header+1]
	columns := 0
	for i := range rows {
		for k, f := range rows[i].fields {
			if !utf8.Valid(f) {
				return (&Error{Msg: "the text is not UTF-8", Err: ErrEncoding}).at(g.Place(rows[i].number, k))
			}
		}
		columns = max(columns, len(rows[i].fields))
	}
	for i := range rows {
		for k, t := range rows[i].traits {
			if t&Faulty != 0 {
				return (&Error{Msg: "the cell of the header has a formula without a result, or an error", Err: ErrText}).at(g.Place(rows[i].number, k))
			}
		}
	}
	texts := make([][]string, len(rows))
	for i := range rows {
		texts[i] = make([]string, columns)
		for k, f := range rows[i].fields {
			over := i > 0 && k < len(rows[i].traits) && rows[i].traits[k]&Copied != 0 && k < len(rows[i-1].fields) && bytes.Equal(f, rows[i-1].fields[k])
			if !over { // a cell that is one with that above it
				texts[i][k] = blanks(string(f))
			}
		}
		if i < len(rows)-1 {
			spread(texts[i], &rows[i], rows[i+1:])
		}
	}
	g.names = make([]string, columns)
	if len(rows) > 1 {
		g.parts = make([][]string, columns)
	}
	for k := range columns {
		var parts []string
		for i := range rows {
			if texts[i][k] != "" {
				parts = append(parts, texts[i][k])
			}
		}
		g.names[k] = strings.Join(parts, " ")
		if len(rows) > 1 {
			g.parts[k] = parts
		}
	}
	g.skipNumbers()
	if len(rows) > 1 {
		return g.apart()
	}
	return nil
}

// columnNumbers is how many numbers of columns a row has, from 1 on, if it has nothing else
// and has them for all columns or for more than half of them, the last ones; else 0.
func columnNumbers(r *row) (count int) {
	for k := range r.fields {
		text := string(bytes.Trim(r.fields[k], " ()"))
		switch {
		case text == strconv.Itoa(count+1):
			count++
		case text != "" || count > 0:
			return 0
		}
	}
	if count < 2 || 2*count <= len(r.fields) {
		return 0
	}
	return count
}

// skipNumbers leaves out a row of the numbers of the columns right below the header: 1, 2,
// 3, behind nothing or from the first column on, where the rows below it begin with texts.
func (g *front) skipNumbers() {
	if g.next+1 >= len(g.first) || len(g.names) < 2 || g.o.HeaderRow() != "" {
		return
	}
	r := &g.first[g.next]
	if columnNumbers(r) == 0 {
		return
	}
	for i := range g.first[g.next+1:] {
		if r := &g.first[g.next+1+i]; r.width() > 1 && (!r.has(0) || csvtext.IsNumber(bytes.TrimSpace(r.fields[0]))) {
			return
		}
	}
	g.o.Warnf("a row of the numbers of columns is left out: %s", g.Place(r.number, -1))
	g.next++
}

// apart holds that the columns under headings of several rows have names that differ: else
// a heading does not stand over the columns that it is for.
func (g *front) apart() error {
	seen := map[string]bool{}
	for k, name := range g.names {
		n := len(g.parts[k])
		if n > 1 && seen[name] && !isStatusName(norm(g.parts[k][n-1])) {
			return (&Error{Msg: fmt.Sprintf("by the rows of the header several columns are %q: a heading may stand over other columns than it is for", brief(name)), Err: ErrUndecided, Also: []string{"HeaderRow"}}).at(g.Place(g.first[g.header].number, k))
		}
		seen[name] = true
	}
	return nil
}

// spread writes the texts of an upper row of the header over the columns at the right of
// each. A text over no name of a row below it is the name of a column of the stub.
func spread(texts []string, r *row, below []row) {
	under := func(k int) bool {
		return slices.ContainsFunc(below, func(b row) bool { return b.has(k) })
	}
	if slices.ContainsFunc(r.traits, func(t Trait) bool { return t&Copied != 0 }) {
		return // the sheet says how far each goes
	}
	before := ""
	for k, text := range texts {
		switch {
		case text != "" && under(k):
			before = text
		case text != "":
			before = ""
		case under(k):
			texts[k] = before
		}
	}
}
