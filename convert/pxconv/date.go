package pxconv

import (
	"strings"
	"time"
)

// date is a time of the file for JSON: the instant if the zone is known, else the day
// alone. It is "" for a text that is no date.
func (f *file) date(e *entry) string {
	text := strings.TrimSpace(e.text())
	if text == "" {
		return ""
	}
	at, zoned, ok := parseDate(text)
	if !ok {
		f.warn(WarnDate, e.keyword, e.line, "%q is no date that is understood", text)
		return ""
	}
	if _, err := time.Parse(dateForm, text); err != nil {
		f.warn(WarnDate, e.keyword, e.line, "%q is not in the form CCYYMMDD hh:mm", text)
	}
	switch {
	case zoned:
		return at.UTC().Format(instantForm)
	case f.o.Zone == nil || isDay(text):
		return at.Format(time.DateOnly)
	}
	return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, f.o.Zone).UTC().Format(instantForm)
}

// dateForm is how the format writes times, instantForm how JSON-stat does.
const (
	dateForm    = "20060102 15:04"
	instantForm = "2006-01-02T15:04:05Z"
)

// parseDate reads a time in any of the forms that are met in files; zoned says that it has
// its zone.
func parseDate(text string) (at time.Time, zoned, ok bool) {
	for _, form := range []string{dateForm, "20060102 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "20060102", time.DateOnly} {
		if at, err := time.Parse(form, text); err == nil {
			return at, false, true
		}
	}
	for _, form := range []string{time.RFC3339, "20060102 15:04Z07:00", "20060102 15:04 Z07:00", "20060102 15:04Z", "20060102 15:04 -0700", "20060102 15:04-0700"} {
		if at, err := time.Parse(form, text); err == nil {
			return at, true, true
		}
	}
	return time.Time{}, false, false
}

// isDay tells whether a text has no time of the day.
func isDay(text string) bool { return len(text) <= len(time.DateOnly) }
