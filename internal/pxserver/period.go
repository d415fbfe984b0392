package pxserver

import (
	"strconv"
	"strings"
	"time"
)

// firstDay is the first day of a period, by its code: a year, a quarter, a month or a
// week. Of half-years and days the real servers can tell none.
func firstDay(code string) (day time.Time, ok bool) {
	if len(code) < 4 {
		return day, false
	}
	year, err := strconv.Atoi(code[:4])
	if err != nil {
		return day, false
	}
	day = time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
	if len(code) == 4 {
		return day, true
	}
	n, err := strconv.Atoi(code[5:])
	switch {
	case err != nil || n < 1:
		return day, false
	case strings.ContainsRune("KQT", rune(code[4])) && n <= 4:
		return day.AddDate(0, 3*(n-1), 0), true
	case code[4] == 'M' && n <= 12:
		return day.AddDate(0, n-1, 0), true
	case strings.ContainsRune("UWV", rune(code[4])) && n <= 53:
		monday := day.AddDate(0, 0, 3) // the fourth of January is in the first week
		monday = monday.AddDate(0, 0, -int(monday.Weekday()+6)%7)
		return monday.AddDate(0, 0, 7*(n-1)), true
	}
	return day, false
}

// timeScale is how long the period of a code is, as a px file says it: A1 a year, H1 half
// a year, Q1, M1, W1; "" is none of them.
func timeScale(code string) string {
	if _, err := strconv.Atoi(code); err == nil && len(code) == 4 {
		return "A1"
	}
	if len(code) < 6 {
		return ""
	}
	return map[byte]string{'H': "H1", 'K': "Q1", 'Q': "Q1", 'T': "Q1", 'M': "M1", 'U': "W1", 'W': "W1", 'V': "W1"}[code[4]]
}

// timeValue is the code of a period as a px file has it: without the letter between the
// year and the rest.
func timeValue(code string) string {
	if len(code) > 5 {
		return code[:4] + code[5:]
	}
	return code
}
