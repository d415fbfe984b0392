package period

import (
	"fmt"
	"strings"
	"time"
)

// Frequency is how long a period is.
type Frequency uint8

// The frequencies. The zero value is no period.
const (
	None Frequency = iota
	Year
	Half
	Tertial // four months
	Quarter
	Month
	Week // from Monday, numbered by ISO 8601
	Day
)

// Years outside of these are no years: four digits may well be a region.
const (
	firstYear = 1600
	lastYear  = 2199
)

// letters say what the number behind a year counts: how many there are in a
// year, and how many months each has. H, T, Q, K, M, U are Statistics Norway's
// and its neighbours' (halvår, tertial, kvartal, måned, uke, vecka), W and S (semester)
// those of others.
var letters = map[byte]struct {
	frequency Frequency
	n, months int
}{
	'H': {Half, 2, 6}, 'S': {Half, 2, 6},
	'T': {Tertial, 3, 4},
	'Q': {Quarter, 4, 3}, 'K': {Quarter, 4, 3},
	'M': {Month, 12, 1},
	'W': {Week, 53, 0}, 'U': {Week, 53, 0}, 'V': {Week, 53, 0},
}

// ParseFirstDay is the first day of the period that a code stands for, at
// midnight UTC, and how long the period is. ok is false if the code is none of
//
//	2024                                  year
//	2024H1 2024S1                         half of a year
//	2024T1                                tertial, of which a year has three
//	2024Q1 2024K1                         quarter
//	2024M01 2024-01 202401                month
//	2024W05 2024U05 2024V05               week
//	2024-01-31 20240131 2024M01D31        day
//
// A letter may be small and may have a hyphen in front; its number may be written
// without the leading zero. Periods that the calendar does not have (a week 53 of
// most years, the 30th of February) are none.
func ParseFirstDay(code string) (day time.Time, f Frequency, ok bool) {
	year, rest, ok := cutYear(code)
	if !ok {
		return time.Time{}, None, false
	}
	if rest == "" {
		return date(year, 1, 1), Year, true
	}
	hyphen := rest[0] == '-'
	body := strings.TrimPrefix(rest, "-")
	if body == "" {
		return time.Time{}, None, false
	}
	if letter, ok := letters[body[0]&^0x20]; ok && (body[0] < '0' || body[0] > '9') {
		if letter.frequency == Month {
			if month, tail, ok := cutDay(body[1:]); ok {
				return dayOf(year, month, tail)
			}
		}
		n, ok := number(body[1:], 1, 2)
		if !ok || n < 1 || n > letter.n {
			return time.Time{}, None, false
		}
		if letter.frequency == Week {
			return week(year, n)
		}
		return date(year, 1+(n-1)*letter.months, 1), letter.frequency, true
	}
	return digits(year, body, hyphen)
}

// Code is the code of the period of that frequency that begins on a day; ok is false if
// none begins on it. Letters are those of ISO 8601 and its like: 2024, 2024H1, 2024Q1,
// 2024M01, 2024W05.
func Code(day time.Time, f Frequency) (code string, ok bool) {
	year, month := day.Year(), int(day.Month())-1
	months, letter := 0, byte(0)
	switch f {
	case Year:
		months = 12
	case Half:
		months, letter = 6, 'H'
	case Tertial:
		months, letter = 4, 'T'
	case Quarter:
		months, letter = 3, 'Q'
	case Month:
		months = 1
	}
	switch {
	case f == Week:
		year, week := day.ISOWeek()
		return fmt.Sprintf("%04dW%02d", year, week), day.Weekday() == time.Monday
	case months == 0 || day.Day() != 1 || month%months != 0:
		return "", false
	case f == Year:
		return fmt.Sprintf("%04d", year), true
	case f == Month:
		return fmt.Sprintf("%04dM%02d", year, month+1), true
	}
	return fmt.Sprintf("%04d%c%d", year, letter, month/months+1), true
}

// LastDay is the last day of the period of that frequency that begins on a day.
func LastDay(first time.Time, f Frequency) time.Time {
	months := map[Frequency]int{Year: 12, Half: 6, Tertial: 4, Quarter: 3, Month: 1}[f]
	switch {
	case months > 0:
		return first.AddDate(0, months, -1)
	case f == Week:
		return first.AddDate(0, 0, 6)
	}
	return first
}

// FirstDays are the first days of all the codes of a dimension; ok is false
// unless all are periods of one frequency, and no two begin on one day.
func FirstDays(codes []string) (days []time.Time, ok bool) {
	days = make([]time.Time, len(codes))
	seen := make(map[time.Time]bool, len(codes))
	frequency := None
	for i, code := range codes {
		day, f, ok := ParseFirstDay(code)
		if !ok || (i > 0 && f != frequency) || seen[day] {
			return nil, false
		}
		days[i], frequency, seen[day] = day, f, true
	}
	return days, len(codes) > 0
}

// digits reads what follows a year without a letter: a month, perhaps with a day.
// Both or neither of them have a hyphen in front.
func digits(year int, body string, hyphen bool) (time.Time, Frequency, bool) {
	if len(body) < 2 {
		return time.Time{}, None, false
	}
	month, ok := number(body[:2], 2, 2)
	if !ok || month < 1 || month > 12 {
		return time.Time{}, None, false
	}
	tail := body[2:]
	if tail == "" {
		return date(year, month, 1), Month, true
	}
	if hyphen {
		if tail, ok = strings.CutPrefix(tail, "-"); !ok {
			return time.Time{}, None, false
		}
	}
	return dayOf(year, month, tail)
}

// cutDay parts "01D31".
func cutDay(text string) (month int, day string, ok bool) {
	i := strings.IndexAny(text, "Dd")
	if i < 0 {
		return 0, "", false
	}
	month, ok = number(text[:i], 1, 2)
	return month, text[i+1:], ok
}

// dayOf is a day of a month, if the month has it.
func dayOf(year, month int, text string) (time.Time, Frequency, bool) {
	n, ok := number(text, 2, 2)
	if !ok || month < 1 || month > 12 {
		return time.Time{}, None, false
	}
	day := date(year, month, n)
	if day.Day() != n || int(day.Month()) != month {
		return time.Time{}, None, false
	}
	return day, Day, true
}

// week is the Monday of a week. By ISO 8601 week 1 is the one with the 4th of January. In
// 2027 that is a Monday, so week 1 begins on the 4th; in 2025 it is a Saturday, so week 1
// begins on the 30th of December 2024. A week 53 that the year does not have gives the
// first week of the next year, and is refused.
func week(year, n int) (time.Time, Frequency, bool) {
	fourth := date(year, 1, 4)
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7+7*(n-1))
	if y, w := monday.ISOWeek(); y != year || w != n {
		return time.Time{}, None, false
	}
	return monday, Week, true
}

func cutYear(code string) (year int, rest string, ok bool) {
	if len(code) < 4 {
		return 0, "", false
	}
	year, ok = number(code[:4], 4, 4)
	return year, code[4:], ok && year >= firstYear && year <= lastYear
}

// number reads a number of so many digits.
func number(text string, least, most int) (n int, ok bool) {
	if len(text) < least || len(text) > most {
		return 0, false
	}
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		n = n*10 + int(text[i]-'0')
	}
	return n, true
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
