package conformance_test

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A csvTable is a table as somebody sees it who knows nothing of our reader: the
// evidence for differences in what is made of it.
type csvTable struct {
	header []string
	rows   [][]string
	value  int // the column that the reference takes for the values, -1 for none
	status int // and the statuses
	comma  bool
}

// csv is the table that a call of csv2jsonstat reads.
func (c *toolComparison) csv() *csvTable {
	separator, _ := c.call.options["delimiter"].(string)
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(c.text), "\ufeff")))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = []rune(separator)[0], true, -1
	t := &csvTable{value: -1, status: -1, comma: c.call.options["decimal"] == ","}
	all, err := r.ReadAll()
	if err != nil || len(all) == 0 || strings.HasPrefix(string(c.text), "jsonstat") {
		return t
	}
	t.header, t.rows = all[0], all[1:]
	t.rows = slices.DeleteFunc(t.rows, func(row []string) bool { return len(row) != len(t.header) })
	t.value = len(t.header) - 1
	if name, ok := c.call.options["vlabel"].(string); ok {
		t.value = slices.Index(t.header, name)
	}
	if name, ok := c.call.options["slabel"].(string); ok {
		t.status = slices.Index(t.header, name)
	}
	return t
}

// column are the cells of a column.
func (t *csvTable) column(i int) []string {
	var cells []string
	for _, row := range t.rows {
		cells = append(cells, row[i])
	}
	return cells
}

// dims are the columns that are dimensions to the reference.
func (t *csvTable) dims() []int {
	var list []int
	for i := range t.header {
		if i != t.value && i != t.status {
			list = append(list, i)
		}
	}
	return list
}

// shownHeader are the headers without the blanks that nobody sees.
func (t *csvTable) shownHeader() []string {
	var list []string
	for _, h := range t.header {
		list = append(list, strings.Join(strings.Fields(h), " "))
	}
	return list
}

func (t *csvTable) headerTwice() bool {
	names := t.shownHeader()
	slices.Sort(names)
	return len(slices.Compact(slices.Clone(names))) < len(names)
}

var (
	aNumber = regexp.MustCompile(`^[+-]?([1-9][0-9]*|0)?(\.[0-9]*)?([eE][+-]?[0-9]+)?$`)
	aMark   = regexp.MustCompile(`^(\.{1,6}|-|–|—|:|--)$`)
	aYear   = regexp.MustCompile(`^(1[5-9]|20)[0-9][0-9]$`)
)

// isNumber tells whether a cell is a number, and isNothing whether it is empty or says
// that there is none.
func (t *csvTable) isNumber(cell string) bool {
	cell = strings.TrimSpace(cell)
	if t.comma {
		if strings.Contains(cell, ".") {
			return false
		}
		cell = strings.Replace(cell, ",", ".", 1)
	}
	return strings.ContainsAny(cell, "0123456789") && aNumber.MatchString(cell)
}

func (t *csvTable) isNothing(cell string) bool {
	cell = strings.TrimSpace(cell)
	return cell == "" || aMark.MatchString(cell) || saysNothing.MatchString(cell)
}

// numeric tells whether a column has numbers, and neither texts nor codes.
func (t *csvTable) numeric(i int) bool {
	some := false
	for _, cell := range t.column(i) {
		if !t.isNumber(cell) && !t.isNothing(cell) {
			return false
		}
		some = some || t.isNumber(cell)
	}
	return some
}

// valueTexts are the values that are neither a number nor nothing.
func (t *csvTable) valueTexts() []string {
	if t.value < 0 {
		return nil
	}
	return slices.DeleteFunc(t.column(t.value), func(cell string) bool { return t.isNumber(cell) || t.isNothing(cell) })
}

// marksAsValues tells whether an office's mark stands in the place of a value.
func (t *csvTable) marksAsValues() bool {
	return t.value >= 0 && t.status < 0 && slices.ContainsFunc(t.column(t.value), func(cell string) bool { return aMark.MatchString(strings.TrimSpace(cell)) })
}

// key is what some columns of a row say.
func key(row []string, columns []int) string {
	var texts []string
	for _, i := range columns {
		texts = append(texts, row[i])
	}
	return strings.Join(texts, "\x00")
}

// unique tells whether some columns tell all rows apart.
func (t *csvTable) unique(columns []int) bool {
	seen := map[string]bool{}
	for _, row := range t.rows {
		seen[key(row, columns)] = true
	}
	return len(seen) == len(t.rows)
}

// size is how many different texts a column has.
func (t *csvTable) size(i int) int {
	cells := t.column(i)
	slices.Sort(cells)
	return len(slices.Compact(cells))
}

var statusLike = regexp.MustCompile(`^(?i)(status|flags?|symbol|obs_status)$`)

// statusTellsApart: without a column called as statuses are the rows are not unique.
func (t *csvTable) statusTellsApart() bool {
	without := slices.DeleteFunc(t.dims(), func(i int) bool { return statusLike.MatchString(t.header[i]) })
	return slices.ContainsFunc(t.header, statusLike.MatchString) && !t.unique(without)
}

// otherStatusName: a column is called as statuses are, but not Status.
func (t *csvTable) otherStatusName() bool {
	return slices.ContainsFunc(t.header, func(h string) bool { return h != "Status" && statusLike.MatchString(h) })
}

// severalFigures: a dimension, not the first, has numbers that are no years.
func (t *csvTable) severalFigures() bool {
	return slices.ContainsFunc(t.dims(), func(i int) bool {
		return i > 0 && t.numeric(i) && !slices.ContainsFunc(t.column(i), aYear.MatchString)
	})
}

// hasRepeat: a varying dimension is a function of another one.
func (t *csvTable) hasRepeat() bool {
	for _, a := range t.dims() {
		for _, b := range t.dims() {
			if a == b || t.size(b) < 2 {
				continue
			}
			of, ok := map[string]string{}, true
			for _, row := range t.rows {
				if before, met := of[row[a]]; met && before != row[b] {
					ok = false
					break
				}
				of[row[a]] = row[b]
			}
			if ok {
				return true
			}
		}
	}
	return false
}

// manyCells: the cube would have four times as many cells as there are rows, and a
// column of numbers is one of its dimensions.
func (t *csvTable) manyCells() bool {
	box, numbers := 1, false
	for _, i := range t.dims() {
		box *= t.size(i)
		numbers = numbers || i > 0 && t.numeric(i)
	}
	return box > 4*len(t.rows) && numbers
}

func (t *csvTable) lastIsYears() bool {
	return t.value >= 0 && timeLike.MatchString(t.header[t.value]) && !slices.ContainsFunc(t.column(t.value), func(cell string) bool { return !aYear.MatchString(cell) })
}

var (
	timeLike  = regexp.MustCompile(`^(?i)(year|time|period)$`)
	valueLike = regexp.MustCompile(`^(?i)(value|obs_value)$`)
)

// numbersAsHeader: all columns of numbers have numbers for their headers.
func (t *csvTable) numbersAsHeader() bool {
	some := false
	for i, h := range t.header {
		if t.numeric(i) {
			if !t.isNumber(h) || aYear.MatchString(h) {
				return false
			}
			some = true
		}
	}
	return some
}

// valueNotLast: a column of numbers is called as values are, and is not the last one.
func (t *csvTable) valueNotLast() bool {
	i := slices.IndexFunc(t.header, valueLike.MatchString)
	return i >= 0 && i < len(t.header)-1 && t.numeric(i)
}

// codeAndLabel: a column is called as the code or label of another one.
func (t *csvTable) codeAndLabel() bool {
	for _, h := range t.header {
		for _, ending := range []string{" code", "_LABEL"} {
			if base, ok := strings.CutSuffix(h, ending); ok && slices.Contains(t.header, base) {
				return true
			}
		}
	}
	return false
}

// numbered: the first column counts the rows.
func (t *csvTable) numbered() bool {
	if len(t.header) == 0 || t.header[0] != "" {
		return false
	}
	for i, cell := range t.column(0) {
		if cell != strconv.Itoa(i) && cell != strconv.Itoa(i+1) {
			return false
		}
	}
	return true
}

// titleAbove: the rows below the first one are wider.
func (t *csvTable) titleAbove() bool { return len(t.header) > 0 && len(t.rows) == 0 }
