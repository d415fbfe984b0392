package pxweb

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// fakePacer is a pacer whose clock runs only while it sleeps.
func fakePacer(folder string, clock *time.Time) *pacer {
	file := ""
	if folder != "" {
		file = filepath.Join(folder, fileName("example.org:80")+".json")
	}
	p := newPacer(file)
	p.now = func() time.Time { return *clock }
	p.sleep = func(ctx context.Context, d time.Duration) error {
		*clock = clock.Add(d)
		return ctx.Err()
	}
	return p
}

// TestPaceWindow makes calls that take random times, from several processes in
// turn, and counts them as a server would: at any time between start and end.
func TestPaceWindow(t *testing.T) {
	folder := t.TempDir()
	clock := time.Unix(1_700_000_000, 0)
	r := rand.New(rand.NewPCG(3, 4))
	var pacers []*pacer
	for range 4 {
		p := fakePacer(folder, &clock)
		p.limit(30, time.Minute)
		pacers = append(pacers, p)
	}
	var seen []time.Time
	begin := clock
	for range 200 {
		done, err := pacers[r.IntN(4)].begin(context.Background())
		require.NoError(t, err)
		took := time.Duration(r.IntN(3000)) * time.Millisecond
		seen = append(seen, clock.Add(time.Duration(r.Float64()*float64(took))))
		clock = clock.Add(took)
		done()
	}
	for i := range seen {
		n := 0
		for _, at := range seen[:i+1] {
			if seen[i].Sub(at) < time.Minute {
				n++
			}
		}
		require.LessOrEqual(t, n, 30)
	}
	require.Less(t, clock.Sub(begin), 9*time.Minute, "29 calls a minute are used")
}

func TestPaceRules(t *testing.T) {
	clock := time.Unix(1_700_000_000, 0)
	p := fakePacer("", &clock)
	p.limit(100, 10*time.Second)
	p.limit(3, time.Minute) // the smaller wins
	p.limit(0, 0)           // not stated
	p.limit(5, noWindow)    // no limit
	require.Len(t, p.rules, 2)
	var waits []time.Duration
	p.report = func(d time.Duration, why string) { waits = append(waits, d) }
	for range 3 {
		done, err := p.begin(context.Background())
		require.NoError(t, err)
		done()
	}
	require.Equal(t, []time.Duration{time.Minute}, waits, "the third of three waits: one is left to others")
}

func TestPaceOfOne(t *testing.T) {
	clock := time.Unix(1_700_000_000, 0)
	p := fakePacer("", &clock)
	p.limit(1, time.Second)
	for range 3 {
		done, err := p.begin(context.Background())
		require.NoError(t, err)
		done()
	}
	require.Equal(t, 2*(time.Second+slack), clock.Sub(time.Unix(1_700_000_000, 0)))
}

func TestPaceBlock(t *testing.T) {
	folder := t.TempDir()
	clock := time.Unix(1_700_000_000, 0)
	one, two := fakePacer(folder, &clock), fakePacer(folder, &clock)
	require.NoError(t, one.block(context.Background(), 61*time.Second))
	_, err := two.begin(context.Background())
	require.NoError(t, err)
	require.GreaterOrEqual(t, clock.Sub(time.Unix(1_700_000_000, 0)), 61*time.Second, "what one process is told holds for all")
}

func TestPaceBrokenFile(t *testing.T) {
	folder := t.TempDir()
	clock := time.Unix(1_700_000_000, 0)
	p := fakePacer(folder, &clock)
	require.NoError(t, os.WriteFile(p.file, []byte(`{"calls":[1,`), 0o666))
	done, err := p.begin(context.Background())
	require.NoError(t, err)
	done()
	text, err := os.ReadFile(p.file)
	require.NoError(t, err)
	require.JSONEq(t, `{"calls":[1700000000000000000]}`, string(text))
	require.Equal(t, "example.org_80.json", filepath.Base(p.file))
}

func TestPaceClockSetBack(t *testing.T) {
	clock := time.Unix(1_700_000_000, 0)
	p := fakePacer("", &clock)
	p.limit(3, time.Minute)
	for range 2 {
		done, err := p.begin(context.Background())
		require.NoError(t, err)
		done()
	}
	clock = clock.Add(-time.Hour)
	before := clock
	_, err := p.begin(context.Background())
	require.NoError(t, err)
	require.LessOrEqual(t, clock.Sub(before), 2*time.Minute, "times in the future count as now")
}

func TestPaceEnds(t *testing.T) {
	p := newPacer("")
	p.limit(2, time.Hour)
	_, err := p.begin(context.Background())
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err = p.begin(ctx)
	require.ErrorIs(t, err, context.Canceled)
}

func TestQuiet(t *testing.T) {
	ssb, _ := FindHost("ssb")
	tests := []struct {
		at    string
		quiet bool
	}{
		{"2025-01-15T06:54:59Z", false}, {"2025-01-15T06:55:00Z", true}, {"2025-01-15T07:14:59Z", true}, {"2025-01-15T07:15:00Z", false},
		{"2025-07-15T05:54:59Z", false}, {"2025-07-15T05:55:00Z", true}, {"2025-07-15T06:15:00Z", false},
	}
	for _, tt := range tests {
		at, err := time.Parse(time.RFC3339, tt.at)
		require.NoError(t, err)
		until, quiet := ssb.Quiet(at)
		require.Equal(t, tt.quiet, quiet, tt.at)
		require.Equal(t, "08:15", until.Format("15:04"))
		oslo, err := time.LoadLocation("Europe/Oslo")
		if err == nil {
			_, want := at.In(oslo).Zone()
			_, got := at.In(centralEurope(at)).Zone()
			require.Equal(t, want, got, "without a table of zones")
		}
	}
	scb, _ := FindHost("scb")
	_, quiet := scb.Quiet(time.Now())
	require.False(t, quiet)
}
