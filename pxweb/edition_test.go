package pxweb

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

// allDates are what servers say of when a table was updated.
var allDates = map[string]pxserver.Dates{"the truth": pxserver.DatesOfUpdate, "the day it was made": pxserver.DatesOfCreation,
	"the time of the answer": pxserver.DatesOfAnswer, "the end of time": pxserver.DatesEndless, "nothing": pxserver.NoDates}

// stopAfter fetches a table and stops when some parts are there.
func stopAfter(t *testing.T, c *Client, parts int) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	c.server.report = func(e Event) {
		if e.PartsDone == parts {
			stop()
		}
	}
	_, err := c.Fetch(ctx, query(t, c, "03013"), nil)
	require.ErrorIs(t, err, context.Canceled)
	var p *PartsError
	require.ErrorAs(t, err, &p)
	require.Equal(t, parts, p.Done)
	require.Greater(t, p.Parts, parts)
	require.True(t, p.Kept)
}

// TestEditionsNeverMix: a table is updated while a download is interrupted. Whatever the
// server says of dates, the document is that of one fetch; and where nothing happened the
// parts are used.
func TestEditionsNeverMix(t *testing.T) {
	for name, dates := range allDates {
		for _, api := range []API{V1, V2} {
			for _, update := range []bool{true, false} {
				t.Run(name+", "+api.String()+map[bool]string{true: ", updated", false: ", the same"}[update], func(t *testing.T) {
					base, s := pxserver.Start(t, pxserver.Options{MaxCells: 100, Dates: dates})
					cache := t.TempDir()
					stopAfter(t, clientAt(t, base, api, Options{Cache: cache}), 3)
					if update {
						s.Update("03013")
					}
					want, whole := fetch(t, clientAt(t, base, api, Options{}), "03013")
					s.Reset()
					got, r := fetch(t, clientAt(t, base, api, Options{Cache: cache}), "03013")
					if dates == pxserver.DatesOfAnswer {
						want, got = undated(want, whole.Updated), undated(got, r.Updated)
					}
					require.Equal(t, string(want), string(got))
					if update {
						require.Zero(t, r.Reused, "what was saved is of another edition")
					} else {
						require.Equal(t, []int{3, 2}, []int{r.Reused, r.Checked})
					}
				})
			}
		}
	}
}

// undated is a document without its date.
func undated(text []byte, date string) []byte {
	return bytes.Replace(text, []byte(date), nil, 1)
}

// TestNewPeriodOnTheWay: a period is added to a table without dates between two parts, which
// only the metadata tell.
func TestNewPeriodOnTheWay(t *testing.T) {
	for _, api := range []API{V1, V2} {
		t.Run(api.String(), func(t *testing.T) {
			base, _ := pxserver.Start(t, pxserver.Options{MaxCells: 100, Dates: pxserver.NoDates})
			c := clientAt(t, base, api, Options{})
			q := query(t, c, "03013")
			later := *q.Table
			later.sign = "of another text"
			q.Table = &later
			var warnings []string
			c.server.report = func(e Event) {
				if e.Warning != "" {
					warnings = append(warnings, e.Warning)
				}
			}
			r, err := c.Fetch(context.Background(), q, nil)
			require.NoError(t, err)
			require.Equal(t, []string{"the table was updated meanwhile: it is fetched anew"}, warnings)
			require.NoError(t, r.Done())
		})
	}
}

func TestIsDate(t *testing.T) {
	now := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]bool{
		"2025-02-19T07:00:00Z": true, "2025-02-19T07:00:00": true, "2026-01-15T07:00:00Z": true, "soon": true,
		"": false, "9999-12-31T00:00:00Z": false, "0001-01-01T00:00:00Z": false, "2026-01-15T11:59:59Z": false, "2026-01-15T13:00:01+01:00": false,
	} {
		require.Equal(t, want, isDate(text, now), text)
	}
}

// TestSameParts compares answers to one question, longer than what is compared at a time.
func TestSameParts(t *testing.T) {
	dir := t.TempDir()
	n := 0
	saved := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	answer := func(updated, cells string, at time.Time) *part {
		n++
		p := &part{file: filepath.Join(dir, string(rune('a'+n))), updated: updated, saved: at}
		require.NoError(t, os.WriteFile(p.file, []byte(`{"updated":"`+updated+`","value":[`+cells+`]}`), 0o666))
		return p
	}
	long := strings.Repeat("1,", compared) + "2"
	one := answer("2026-01-15T12:00:00Z", long, saved)
	for _, tt := range []struct {
		name  string
		other *part
		want  bool
	}{
		{"itself", one, true},
		{"the time of another answer", answer("2026-01-16T09:30:00Z", long, saved.Add(21*time.Hour+30*time.Minute)), true},
		{"a date", answer("2026-01-10T09:30:00Z", long, saved), false},
		{"another last cell", answer("2026-01-15T12:00:01Z", long[:len(long)-1]+"3", saved), false},
		{"a cell more", answer("2026-01-15T12:00:01Z", long+",3", saved), false},
		{"a cell less", answer("2026-01-15T12:00:01Z", long[:len(long)-2], saved), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, pair := range [][2]*part{{one, tt.other}, {tt.other, one}} {
				same, err := pair[0].same(pair[1])
				require.NoError(t, err)
				require.Equal(t, tt.want, same)
			}
		})
	}
	require.NoError(t, os.Remove(one.file))
	_, err := one.same(one)
	require.ErrorIs(t, err, os.ErrNotExist)
}
