package pxweb

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// An edition of a table is what it holds between two updates. Parts of two editions must
// never make one cube, and a new edition must never be taken for the old one. No sign of
// an edition is sure. "updated" may be the day on which the table was made, which never
// moves (file-based servers give CREATION-DATE), the time of the answer, 9999-12-31, or
// nothing. Metadata change with every new period, and not with a revision of figures. So
// all signs count: the dates of the parts, the date and the text of the metadata, before and
// after. Where all are the same, parts of an earlier run prove nothing yet, nor do those of
// a long one: some of them are asked for again and must be the same bytes. See fetch.go and
// news.go.

// sign is the sign of an edition that metadata give: all of their text but the date, which
// is compared for itself.
func sign(text []byte, updated string) string {
	if updated != "" {
		text = bytes.ReplaceAll(text, []byte(updated), nil)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// dated is what was said of when a table was updated, and when that was said.
type dated struct {
	Updated string
	At      time.Time
}

// saysNothing tells whether it says nothing of the table: there is no date, or it is the end
// of time, or the time of the answer.
func (d dated) saysNothing() bool { return !isDate(d.Updated, d.At) }

// same tells whether two dates may be those of one edition.
func (d dated) same(other dated) bool {
	return sameTime(d.Updated, other.Updated) || d.saysNothing() && other.saysNothing()
}

// sameTime tells whether two dates are of one time, however they are written.
func sameTime(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := parseTime(a)
	y, errY := parseTime(b)
	return errX == nil && errY == nil && x.Equal(y)
}

// Since tells whether a time that a server wrote is after another one. Times that
// cannot be read are compared as texts.
func Since(updated, than string) bool {
	a, errA := parseTime(updated)
	b, errB := parseTime(than)
	if errA != nil || errB != nil {
		return updated > than
	}
	return a.After(b)
}

func parseTime(text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t, err = time.Parse("2006-01-02T15:04:05", text)
	}
	return t, err
}

// isNow tells whether a time of update is but the time of the answer, which some
// servers give for tables of which they know none. It says nothing of the table.
func isNow(updated string, now time.Time) bool {
	t, err := parseTime(updated)
	return err == nil && now.Sub(t).Abs() < 10*time.Minute
}

// isDate tells whether a time of update says anything: some servers write the end of time,
// or its beginning, for tables of which they know none.
func isDate(updated string, now time.Time) bool {
	return updated != "" && !strings.HasPrefix(updated, "9999-") && !strings.HasPrefix(updated, "0001-") && !isNow(updated, now)
}
