package xlsxconv

import (
	"math"
	"strings"
	"time"
)

// isoDate is a date that a cell has as a text, as the same date is written that a cell
// has as a number: without its time of day if that is midnight, and without its day if
// that is the one on which times begin.
func isoDate(text string) (string, bool) {
	for _, layout := range []string{"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02"} {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		t = t.Round(time.Second)
		day, clock := t.Format("2006-01-02"), t.Format("15:04:05")
		switch {
		case (day == "1899-12-30" || day == "1899-12-31") && clock != "00:00:00":
			return clock, true
		case clock == "00:00:00":
			return day, true
		}
		return day + "T" + clock, true
	}
	if t, err := time.Parse("15:04:05.999999999", strings.TrimPrefix(text, "T")); err == nil {
		return t.Round(time.Second).Format("15:04:05"), true
	}
	return "", false
}

// The day that a date of 0 is, in days since 1970, in the two calendars of workbooks.
const (
	from1900 = -25569
	from1904 = -24107
)

// dateOf is a number as a date, with its time if it has one. from is the day of 0.
func dateOf(f float64, from int64) (string, bool) {
	if math.IsNaN(f) || f < 0 || f >= 2958466 { // the year 10000
		return "", false
	}
	if f > 0 && f < 1 { // a time of day
		if seconds := math.Round(f * 86400); seconds < 86400 {
			return time.Unix(int64(seconds), 0).UTC().Format("15:04:05"), true
		}
	}
	if f < 60 && from == from1900 {
		f++ // before the day that never was
	}
	seconds := math.Round(f * 86400)
	t := time.Unix(int64(seconds)+from*86400, 0).UTC()
	if math.Mod(seconds, 86400) == 0 {
		return t.Format("2006-01-02"), true
	}
	return t.Format("2006-01-02T15:04:05"), true
}
