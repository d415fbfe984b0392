package pxweb

import "time"

// Quiet tells whether a host asks to be left alone now, and until when: Statistics
// Norway publishes at 8 o'clock.
func (h Host) Quiet(now time.Time) (until time.Time, quiet bool) {
	if h.QuietFrom == "" {
		return time.Time{}, false
	}
	zone, err := time.LoadLocation(h.Zone)
	if err != nil {
		zone = centralEurope(now)
	}
	local := now.In(zone)
	at := func(clock string) time.Time {
		t, _ := time.Parse("15:04", clock)
		return time.Date(local.Year(), local.Month(), local.Day(), t.Hour(), t.Minute(), 0, 0, zone)
	}
	until = at(h.QuietTo)
	return until, !local.Before(at(h.QuietFrom)) && local.Before(until)
}

// centralEurope is the time of central Europe where the system has no table of
// zones: summer time is from the last Sunday of March to that of October, at 1 UTC.
func centralEurope(now time.Time) *time.Location {
	lastSunday := func(m time.Month) time.Time {
		t := time.Date(now.UTC().Year(), m+1, 1, 1, 0, 0, 0, time.UTC).AddDate(0, 0, -1)
		return t.AddDate(0, 0, -int(t.Weekday()))
	}
	if now.Before(lastSunday(time.March)) || !now.Before(lastSunday(time.October)) {
		return time.FixedZone("CET", 3600)
	}
	return time.FixedZone("CEST", 2*3600)
}
