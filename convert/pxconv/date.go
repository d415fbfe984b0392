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
	for _, form := range []string{"20060102 15:04", "20060102 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"} {
		at, err := time.ParseInLocation(form, text, f.zone())
		if err != nil {
			continue
		}
		if form != "20060102 15:04" {
			f.warn(WarnDate, e.keyword, e.line, "%q is not in the form CCYYMMDD hh:mm", text)
		}
		if f.o.Zone == nil {
			return at.Format(time.DateOnly)
		}
		return at.UTC().Format("2006-01-02T15:04:05Z")
	}
	for _, form := range []string{time.RFC3339, "20060102 15:04Z07:00", "20060102 15:04 Z07:00", "20060102 15:04Z", "20060102 15:04 -0700", "20060102 15:04-0700"} {
		if at, err := time.Parse(form, text); err == nil {
			f.warn(WarnDate, e.keyword, e.line, "%q is not in the form CCYYMMDD hh:mm", text)
			return at.UTC().Format("2006-01-02T15:04:05Z")
		}
	}
	for _, form := range []string{"20060102", time.DateOnly} {
		if at, err := time.Parse(form, text); err == nil {
			f.warn(WarnDate, e.keyword, e.line, "%q is not in the form CCYYMMDD hh:mm", text)
			return at.Format(time.DateOnly)
		}
	}
	f.warn(WarnDate, e.keyword, e.line, "%q is no date that is understood", text)
	return ""
}

func (f *file) zone() *time.Location {
	if f.o.Zone != nil {
		return f.o.Zone
	}
	return time.UTC
}
