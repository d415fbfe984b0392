package transport

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
		file = filepath.Join(folder, FileName("example.org:80")+".json")
	}
	c := New(Options{Times: file})
	c.Now = func() time.Time { return *clock }
	c.Sleep = func(ctx context.Context, d time.Duration) error {
		*clock = clock.Add(d)
		return ctx.Err()
	}
	return c.pace
}

// sleeping is a pause that says nothing.
func sleeping(p *pacer) pauser {
	return func(ctx context.Context, d time.Duration, _ string) error { return p.clock.Sleep(ctx, d) }
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
		p.limit(Rule{30, time.Minute})
		pacers = append(pacers, p)
	}
	var seen []time.Time
	begin := clock
	for range 200 {
		p := pacers[r.IntN(4)]
		done, err := p.begin(context.Background(), sleeping(p))
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
	p.limit(Rule{100, 10 * time.Second})
	p.limit(Rule{3, time.Minute}) // the smaller wins
	p.limit(Rule{0, 0})           // not stated
	p.limit(Rule{5, noWindow})    // no limit
	require.Len(t, p.rules.stated, 2)
	var waits []time.Duration
	pause := func(ctx context.Context, d time.Duration, why string) error {
		waits = append(waits, d-slack)
		return p.clock.Sleep(ctx, d)
	}
	for range 3 {
		done, err := p.begin(context.Background(), pause)
		require.NoError(t, err)
		done()
	}
	require.Equal(t, []time.Duration{time.Minute}, waits, "the third of three waits: one is left to others")
}

func TestPaceOfOne(t *testing.T) {
	clock := time.Unix(1_700_000_000, 0)
	p := fakePacer("", &clock)
	p.limit(Rule{1, time.Second})
	for range 3 {
		done, err := p.begin(context.Background(), sleeping(p))
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
	_, err := two.begin(context.Background(), sleeping(two))
	require.NoError(t, err)
	require.GreaterOrEqual(t, clock.Sub(time.Unix(1_700_000_000, 0)), 61*time.Second, "what one process is told holds for all")
}

func TestPaceBrokenFile(t *testing.T) {
	folder := t.TempDir()
	clock := time.Unix(1_700_000_000, 0)
	p := fakePacer(folder, &clock)
	require.NoError(t, os.WriteFile(p.file, []byte(`{"calls":[1,`), 0o666))
	done, err := p.begin(context.Background(), sleeping(p))
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
	p.limit(Rule{3, time.Minute})
	for range 2 {
		done, err := p.begin(context.Background(), sleeping(p))
		require.NoError(t, err)
		done()
	}
	clock = clock.Add(-time.Hour)
	before := clock
	_, err := p.begin(context.Background(), sleeping(p))
	require.NoError(t, err)
	require.LessOrEqual(t, clock.Sub(before), 2*time.Minute, "times in the future count as now")
}

func TestPaceEnds(t *testing.T) {
	p := New(Options{}).pace
	p.limit(Rule{2, time.Hour})
	_, err := p.begin(context.Background(), sleeping(p))
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err = p.begin(ctx, sleeping(p))
	require.ErrorIs(t, err, context.Canceled)
}
