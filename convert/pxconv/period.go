package pxconv

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// texts are the labels of periods: 1995, 1995H1, 1995Q1, 1995M01, 1995W01.
func (t *timeValues) texts() []string {
	list := make([]string, len(t.periods))
	for i, p := range t.periods {
		list[i] = p
		if letter := strings.TrimSuffix(t.scale, "1"); len(p) > 4 && len(letter) == 1 && strings.Contains("HTQMW", letter) && !strings.Contains(p, letter) {
			list[i] = p[:4] + letter + p[4:]
		}
	}
	return list
}

// timeValues reads TLIST(A1),"2019","2020", or a range, TLIST(A1,"2019"-"2020"). It is nil,
// with a warning, where the form cannot be understood.
func (f *file) timeValues(e *entry) *timeValues {
	wrong := func(format string, args ...any) *timeValues {
		f.warn(WarnTime, e.keyword, e.line, format, args...)
		f.keep(e)
		return nil
	}
	t := &timeValues{entry: e}
	rest := e.raw
	if !strings.HasPrefix(rest, `"`) {
		open, end := strings.IndexByte(rest, '('), strings.IndexByte(rest, ')')
		if open < 0 || end < open || !strings.EqualFold(strings.TrimSpace(rest[:open]), "TLIST") {
			return wrong("it is no list of periods: %s", shorten(rest))
		}
		inside := rest[open+1 : end]
		scale, of, isRange := strings.Cut(inside, ",")
		t.scale = strings.ToUpper(strings.TrimSpace(scale))
		rest = strings.TrimSpace(rest[end+1:])
		if isRange {
			ends := strings.FieldsFunc(of, func(r rune) bool { return r == '"' || r == '-' || r == ' ' })
			if len(ends) != 2 || rest != "" {
				return wrong("it is no range of periods: %s", shorten(e.raw))
			}
			t.periods = periodsFrom(t.scale, digitsOf(ends[0]), digitsOf(ends[1]))
			if t.periods == nil {
				f.warn(WarnTime, e.keyword, e.line, "the range %q cannot be counted", shorten(of))
			}
			return t
		}
		if rest == "" {
			return t
		}
		if rest[0] != ',' {
			return wrong("unexpected %s behind TLIST(%s)", shorten(rest), t.scale)
		}
		rest = rest[1:]
	}
	list := &entry{keyword: e.keyword, line: e.line}
	p := &entryParser{text: rest, warn: f.warn, line: e.line}
	if msg := p.values(list); msg != "" {
		return wrong("%s", msg)
	}
	for _, v := range list.values {
		t.periods = append(t.periods, v.text)
	}
	return t
}

// digitsOf are the digits of a period: 2007 1 of 2007K1.
func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

// maxPeriods is how many periods a range has at most.
const maxPeriods = 100_000

// periodsFrom are the periods from one to another, nil if they are none.
func periodsFrom(scale, first, last string) []string {
	parts := map[string]int{"A1": 1, "H1": 2, "T1": 3, "Q1": 4, "M1": 12}[scale]
	if scale == "W1" {
		return weeksFrom(first, last)
	}
	width := len(first) - 4
	if parts == 0 || len(first) != len(last) || width < 0 || width > 2 || (parts == 1) != (width == 0) {
		return nil
	}
	number := func(text string) int {
		year, _ := strconv.Atoi(text[:4])
		part := 1
		if width > 0 {
			part, _ = strconv.Atoi(text[4:])
		}
		return year*parts + part - 1
	}
	var list []string
	for n := number(first); n <= number(last); n++ {
		text := fmt.Sprintf("%04d", n/parts)
		if width > 0 {
			text += fmt.Sprintf("%0*d", width, n%parts+1)
		}
		if list = append(list, text); len(list) > maxPeriods {
			return nil
		}
	}
	return list
}

// weeksFrom are the weeks from one to another, by the calendar: some years have 53.
func weeksFrom(first, last string) []string {
	if len(first) != 6 || len(last) != 6 || first > last {
		return nil
	}
	year, _ := strconv.Atoi(first[:4])
	week, _ := strconv.Atoi(first[4:])
	var list []string
	for len(list) <= maxPeriods {
		text := fmt.Sprintf("%04d%02d", year, week)
		if list = append(list, text); text >= last {
			return list
		}
		if week++; week > weeksOf(year) {
			year, week = year+1, 1
		}
	}
	return nil
}

// weeksOf is how many weeks a year has, by ISO 8601.
func weeksOf(year int) int {
	_, week := time.Date(year, 12, 28, 0, 0, 0, 0, time.UTC).ISOWeek()
	return week
}
