package pxweb

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

// faulty is the table that faults are tried on: statuses, notes that differ by
// part, contents of two dates.
var faulty = asking{"faults", "07984", []string{"Region=0301,5501,1103,4601", "Kjonn=*", "Tid=top(12)"}} // 576 cells

// Whatever goes wrong on the way, the document is the same.
func TestEndToEndFaultsAtRandom(t *testing.T) {
	for _, a := range []at{{pxserver.SSB, V1}, {pxserver.SSB, V2}, {pxserver.SCB, V2}, {pxserver.StatFin, V1}} {
		if testing.Short() && a.host != pxserver.SSB {
			continue
		}
		want := start(t, a, noLimit).whole(t, faulty)
		for _, c := range []struct {
			name   string
			faults pxserver.Faults
		}{
			{"429", pxserver.Faults{TooMany: 0.2}},
			{"429 with Retry-After", pxserver.Faults{TooMany: 0.2, RetryAfter: 77}},
			{"503", pxserver.Faults{Unavailable: 0.2}},
			{"500", pxserver.Faults{Empty500: 0.2}},
			{"dropped in the middle", pxserver.Faults{Drop: 0.2}},
			{"dropped at once", pxserver.Faults{DropEarly: 0.2}},
			{"cut off", pxserver.Faults{Truncated: 0.2}},
			{"a page in place of data", pxserver.Faults{Maintenance: 0.1}},
			{"everything", pxserver.Faults{TooMany: 0.05, Unavailable: 0.05, Drop: 0.05, DropEarly: 0.05, Empty500: 0.05, Truncated: 0.05}},
		} {
			t.Run(a.String()+"/"+c.name, func(t *testing.T) {
				c.faults.Seed = uint64(len(c.name))
				url, s := pxserver.Start(t, pxserver.Options{Host: a.host, MaxCells: 17, Faults: c.faults})
				l := local{a, a.base(url, s), s}
				got, r := l.ask(t, faulty)
				differ(t, fmt.Sprintf("%d requests", r.Requests), want, got)
				require.NotZero(t, s.Stats().Faulty)
			})
		}
	}
}

// A run that is stopped anywhere goes on where it was, by itself, and asks for
// nothing that it has.
func TestEndToEndStoppedAnywhere(t *testing.T) {
	for _, a := range []at{{pxserver.SSB, V1}, {pxserver.SSB, V2}} {
		t.Run(a.String(), func(t *testing.T) {
			want := start(t, a, noLimit).whole(t, faulty)
			l := start(t, a, 17)
			cache := t.TempDir()
			random := rand.New(rand.NewPCG(5, 9))
			for run := range 200 {
				before := l.s.Stats().Calls
				ctx, cancel := context.WithCancel(context.Background())
				stopAt := before + 3 + random.IntN(9)
				c := clientAt(t, l.url, a.api, Options{Cache: cache, Report: func(Event) {
					if l.s.Stats().Calls >= stopAt {
						cancel()
					}
				}})
				q := query(t, c, faulty.table, faulty.selections...)
				r, err := c.Fetch(ctx, q, nil)
				cancel()
				if err != nil {
					require.ErrorIs(t, err, context.Canceled)
					continue
				}
				var b bytes.Buffer
				require.NoError(t, r.Write(&b, nil))
				differ(t, fmt.Sprintf("after %d runs", run+1), want, b.Bytes())
				require.NoError(t, r.Done())
				require.NoError(t, r.Close())
				require.Greater(t, run, 3, "it was not stopped")
				asked := map[string]int{}
				for _, q := range l.s.Requests() {
					if q.Cells > 0 {
						asked[q.Body]++
					}
				}
				for body, n := range asked {
					// Each cancelled run can have lost the one answer that was under way.
					require.LessOrEqual(t, n, 2, body)
				}
				require.Empty(t, leftParts(t, cache))
				return
			}
			t.Fatal("it never came to an end")
		})
	}
}

// leftParts are files of parts that are still there.
func leftParts(t *testing.T, cache string) (files []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(filepath.Join(cache, "parts"), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(path) == ".json" {
			files = append(files, path)
		}
		return nil
	}))
	return files
}

// A table that is updated on the way is fetched anew, and never mixed.
func TestEndToEndUpdatedOnTheWay(t *testing.T) {
	for _, a := range []at{{pxserver.SSB, V1}, {pxserver.SSB, V2}} {
		for _, after := range []int{1, 2, 7, 20, 33} {
			t.Run(fmt.Sprint(a, " after ", after), func(t *testing.T) {
				unlimited := start(t, a, noLimit)
				for _, table := range pxserver.Demo() {
					unlimited.s.Update(table.ID)
				}
				want := unlimited.whole(t, faulty)
				url, s := pxserver.Start(t, pxserver.Options{Host: a.host, MaxCells: 17, Faults: pxserver.Faults{UpdateAfter: after}})
				got, r := local{a, a.base(url, s), s}.ask(t, faulty)
				differ(t, fmt.Sprintf("%d requests", r.Requests), want, got)
			})
		}
	}
}

// The same with the contents cut, whose dates differ by themselves.
func TestEndToEndUpdatedWhileContentsAreCut(t *testing.T) {
	a := at{pxserver.SSB, V1}
	ask := asking{"contents", "07984", []string{"Region=5501", "Kjonn=0", "Tid=2024K4,2024K3"}}
	unlimited := start(t, a, noLimit)
	unlimited.s.Update("07984")
	want := unlimited.whole(t, ask)
	url, s := pxserver.Start(t, pxserver.Options{MaxCells: 2, Faults: pxserver.Faults{UpdateAfter: 3}}) // 8 cells, 4 calls
	got, _ := local{a, url, s}.ask(t, ask)
	differ(t, "updated after 3 of 4 parts", want, got)
}

// Parts of an earlier run are of no use when the table was updated since.
func TestEndToEndUpdatedBetweenRuns(t *testing.T) {
	for _, a := range []at{{pxserver.SSB, V1}, {pxserver.SSB, V2}} {
		t.Run(a.String(), func(t *testing.T) {
			l := start(t, a, 17)
			cache := t.TempDir()
			ctx, cancel := context.WithCancel(context.Background())
			c := clientAt(t, l.url, a.api, Options{Cache: cache, Report: func(e Event) {
				if e.PartsDone >= 5 {
					cancel()
				}
			}})
			_, err := c.Fetch(ctx, query(t, c, faulty.table, faulty.selections...), nil)
			require.ErrorIs(t, err, context.Canceled)
			l.s.Update("07984")
			unlimited := start(t, a, noLimit)
			unlimited.s.Update("07984")
			got, _ := fetch(t, clientAt(t, l.url, a.api, Options{Cache: cache}), faulty.table, faulty.selections...)
			differ(t, "after an update", unlimited.whole(t, faulty), got)
		})
	}
}

// Where the answers go on to change, there is an error and no document.
func TestEndToEndNeverTheSame(t *testing.T) {
	l := start(t, at{pxserver.SSB, V1}, 17)
	c := clientAt(t, l.url, V1, Options{Report: func(e Event) {
		if e.PartsDone%4 == 3 {
			l.s.Update("07984")
		}
	}})
	r, err := c.Fetch(context.Background(), query(t, c, faulty.table, faulty.selections...), nil)
	require.ErrorIs(t, err, ErrChanged)
	require.Nil(t, r)
}

// Errors that mean something are not repeated.
func TestEndToEndRefusalsAreNotRepeated(t *testing.T) {
	for _, host := range []*pxserver.Host{pxserver.SSB, pxserver.StatFin, pxserver.Slovenia} {
		base, s := pxserver.Start(t, pxserver.Options{Host: host})
		c := clientAt(t, base+s.V1(host.Languages[0]), V1, Options{})
		_, err := c.Table(context.Background(), "99999")
		require.Error(t, err)
		seen := map[string]int{}
		for _, q := range s.Requests() {
			seen[q.Method+q.URL+q.Body]++
		}
		for what, n := range seen {
			require.Equal(t, 1, n, "%s: %s", host.Name, what)
		}
	}
}

// A server that has a lower limit than it says is asked for less, and still gives
// the whole.
func TestEndToEndLowerLimitThanTold(t *testing.T) {
	for _, a := range everywhere {
		t.Run(a.String(), func(t *testing.T) {
			want := start(t, a, noLimit).whole(t, faulty)
			url, s := pxserver.Start(t, pxserver.Options{Host: a.host, MaxCells: 50, ToldCells: 400})
			got, _ := local{a, a.base(url, s), s}.ask(t, faulty)
			differ(t, "a limit of 50 in place of 400", want, got)
		})
	}
}
