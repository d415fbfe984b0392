package transport

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// pacerAt is a pacer with a file in a folder and a clock of the test.
func pacerAt(folder string, clock *time.Time, assume Rule) *pacer {
	p := fakePacer(folder, clock)
	p.assume = assume
	return p
}

// callAll makes calls and tells how many came within any window at most.
func callAll(t *testing.T, p *pacer, clock *time.Time, n int, window time.Duration) int {
	t.Helper()
	var times []time.Time
	most := 0
	for range n {
		done, err := p.begin(context.Background(), sleeping(p))
		require.NoError(t, err)
		times = append(times, *clock)
		done()
		within := 0
		for _, at := range times {
			if clock.Sub(at) < window {
				within++
			}
		}
		most = max(most, within)
	}
	return most
}

// TestAssumed: where a server states no limit the assumed one is kept to, unless it states
// that there is none.
func TestAssumed(t *testing.T) {
	assume := Rule{10, 10 * time.Second}
	for _, tt := range []struct {
		name   string
		stated []Rule
		least  Rule
		most   int
	}{
		{"nothing stated", nil, assume, 9},
		{"zeros", []Rule{{0, 0}, {5, 0}, {0, time.Minute}, {-1, time.Minute}}, assume, 9},
		{"a limit", []Rule{{30, 10 * time.Second}}, Rule{30, 10 * time.Second}, 29},
		{"no limit, by a window without end", []Rule{{10, noWindow}}, Rule{}, 50},
	} {
		t.Run(tt.name, func(t *testing.T) {
			clock := time.Unix(1_700_000_000, 0)
			folder := t.TempDir()
			p := pacerAt(folder, &clock, assume)
			for _, r := range tt.stated {
				p.limit(r)
			}
			require.Equal(t, tt.least, p.least())
			require.Equal(t, tt.most, callAll(t, p, &clock, 50, 10*time.Second))

			// A process that has asked nothing yet does the same.
			clock = clock.Add(time.Minute)
			require.Equal(t, tt.most, callAll(t, pacerAt(folder, &clock, assume), &clock, 50, 10*time.Second))
		})
	}
}

// TestLearned: after 429 the calls of the last window, less one, are a limit: for the same
// run and for the next, and for a day.
func TestLearned(t *testing.T) {
	clock := time.Unix(1_700_000_000, 0)
	folder := t.TempDir()
	p := pacerAt(folder, &clock, Rule{10, 10 * time.Second})
	for range 6 { // of a server that allows five
		done, err := p.begin(context.Background(), sleeping(p))
		require.NoError(t, err)
		done()
	}
	require.NoError(t, p.refused(context.Background(), http.Header{}))
	begin := clock
	require.LessOrEqual(t, callAll(t, p, &clock, 20, 10*time.Second), 5)
	require.GreaterOrEqual(t, clock.Sub(begin), 11*time.Second, "a whole window is slept first")
	next := pacerAt(folder, &clock, Rule{10, 10 * time.Second})
	clock = clock.Add(time.Minute)
	require.Equal(t, 4, callAll(t, next, &clock, 20, 10*time.Second), "one is left to others")
	require.Equal(t, Rule{5, 10 * time.Second}, next.least())

	clock = clock.Add(25 * time.Hour)
	require.Equal(t, 9, callAll(t, pacerAt(folder, &clock, Rule{10, 10 * time.Second}), &clock, 20, 10*time.Second))
}

// TestLearnedLittle: others behind the same address may have used up a limit, so that nothing
// is learned from few calls, and little against what the server states.
func TestLearnedLittle(t *testing.T) {
	for _, tt := range []struct {
		name   string
		stated Rule
		calls  int
		after  string // Retry-After
		want   Rule
	}{
		{"the first call", Rule{1000, 10 * time.Second}, 1, "", Rule{1000, 10 * time.Second}},
		{"an hour of maintenance", Rule{30, time.Minute}, 3, "3600", Rule{30, time.Minute}},
		{"more than the server means", Rule{300, time.Minute}, 31, "", Rule{30, time.Minute}},
		{"a smaller limit is known", Rule{5, time.Minute}, 4, "", Rule{5, time.Minute}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			clock := time.Unix(1_700_000_000, 0)
			p := pacerAt("", &clock, Rule{10, 10 * time.Second})
			p.limit(tt.stated)
			for range tt.calls {
				done, err := p.begin(context.Background(), sleeping(p))
				require.NoError(t, err)
				done()
			}
			require.NoError(t, p.refused(context.Background(), http.Header{"Retry-After": {tt.after}}))
			require.Equal(t, tt.want, p.least())
			clock = clock.Add(time.Hour)
			require.Equal(t, tt.stated, p.least(), "what the server states is trusted again")
		})
	}
}

// TestLongerWindow: a server allows ten calls in a minute, counts those that it refuses, and
// says nothing of it.
func TestLongerWindow(t *testing.T) {
	clock := time.Unix(1_700_000_000, 0)
	p := pacerAt(t.TempDir(), &clock, Rule{10, 10 * time.Second})
	var seen []time.Time
	refused := 0
	for range 200 {
		done, err := p.begin(context.Background(), sleeping(p))
		require.NoError(t, err)
		seen = append(seen, clock)
		n := 0
		for _, at := range seen {
			if clock.Sub(at) < time.Minute {
				n++
			}
		}
		done()
		if n > 10 {
			refused++
			require.NoError(t, p.refused(context.Background(), http.Header{}))
		}
		clock = clock.Add(100 * time.Millisecond)
	}
	require.LessOrEqual(t, refused, 5)
}

// TestNoFolder: where the times cannot be written they are kept in memory.
func TestNoFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o666))
	clock := time.Unix(1_700_000_000, 0)
	p := pacerAt("", &clock, Rule{10, 10 * time.Second})
	p.file = filepath.Join(file, "calls", "example.org.json") // below a file
	require.Equal(t, 9, callAll(t, p, &clock, 30, 10*time.Second))
	require.ErrorContains(t, p.alone, "not a directory")
}

// TestKilledWhileWriting: what a killed run left of the file is written over.
func TestKilledWhileWriting(t *testing.T) {
	folder := t.TempDir()
	clock := time.Unix(1_700_000_000, 0)
	p := pacerAt(folder, &clock, Rule{})
	require.NoError(t, os.WriteFile(p.file+".tmp", []byte(`{"calls":[1`), 0o666))
	callAll(t, p, &clock, 2, time.Second)
	left, err := filepath.Glob(filepath.Join(folder, "*.tmp"))
	require.NoError(t, err)
	require.Empty(t, left)
}
