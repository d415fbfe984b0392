package cli

import (
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// slowly reads its input while the progress has time to show itself.
// until waits for what another goroutine does, a minute at most: a busy machine may
// take long to get to it.
func until(done func() bool) {
	for end := time.Now().Add(time.Minute); !done() && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
}

// slowly copies, and goes on when there is nothing more to wait for.
func slowly(wait func()) Command {
	return sample(func(c *Context) error {
		r, err := c.Input()
		if err != nil {
			return err
		}
		w, err := c.Output()
		if err != nil {
			return err
		}
		if _, err := io.Copy(w, r); err != nil {
			return err
		}
		wait()
		c.Warn("half way")
		return nil
	})
}

func TestProgress(t *testing.T) {
	type terminals struct{ in, out, err bool }
	tests := []struct {
		name  string
		args  []string
		is    terminals
		delay time.Duration
		want  string // empty: nothing is shown
	}{
		{"file to file", []string{"in", "out"}, terminals{true, true, true}, 10 * time.Millisecond, "in 100% ["},
		{"pipe to file", []string{"-", "out"}, terminals{false, true, true}, 10 * time.Millisecond, "standard input 1.00 kB"},
		{"file to pipe", []string{"in"}, terminals{true, false, true}, 10 * time.Millisecond, "in 100% ["},
		{"file to terminal", []string{"in"}, terminals{true, true, true}, 10 * time.Millisecond, ""},
		{"typed input", []string{"-", "out"}, terminals{true, true, true}, 10 * time.Millisecond, ""},
		{"errors to a file", []string{"in", "out"}, terminals{true, true, false}, 10 * time.Millisecond, ""},
		{"soon done", []string{"in", "out"}, terminals{true, true, true}, time.Hour, ""},
		{"quiet", []string{"in", "out", "--quiet"}, terminals{true, true, true}, 10 * time.Millisecond, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Repeat("x", 1000)
			inFolder(t, map[string]string{"in": text})
			before := runtime.NumGoroutine()
			stdin := strings.NewReader(text)
			var out, errout safeBuffer
			wait := func() { until(func() bool { return strings.Contains(errout.String(), "\r"+tt.want) }) }
			if tt.want == "" {
				wait = func() { time.Sleep(50 * time.Millisecond) } // in which nothing must be shown
			}
			code := Run(slowly(wait), Env{
				Args: tt.args, Stdin: stdin, Stdout: &out, Stderr: &errout,
				Terminal: func(stream any) bool {
					return stream == any(stdin) && tt.is.in || stream == any(&out) && tt.is.out || stream == any(&errout) && tt.is.err
				},
				progressDelay: tt.delay, progressWidth: 70,
			})
			require.Equal(t, exitDone, code)
			warning := "sample: warning: half way\n"
			if tt.want == "" {
				require.Equal(t, !strings.Contains(strings.Join(tt.args, " "), "quiet"), errout.String() == warning, "%q", errout.String())
				return
			}
			require.Contains(t, errout.String(), "\r"+tt.want)
			require.Contains(t, errout.String(), "\r\x1b[K"+warning, "the line is free for a warning")
			last := errout.String()[strings.LastIndex(strings.TrimSuffix(errout.String(), "\r"), "\r"):]
			require.Empty(t, strings.TrimSpace(last), "the bar is taken away")
			// The bar's goroutine may take a moment to end.
			until(func() bool { return runtime.NumGoroutine() <= before })
			require.LessOrEqual(t, runtime.NumGoroutine(), before)
		})
	}
}

// TestProgressOfDocument: a document is read twice, once to look it through and once for
// its cells. The half is what is seen here, of cells that nobody reads.
func TestProgressOfDocument(t *testing.T) {
	inFolder(t, map[string]string{"in.json": tiny})
	var errout safeBuffer
	cmd := sample(func(c *Context) error {
		if _, err := c.OpenDataset(0); err != nil {
			return err
		}
		w, err := c.Output()
		if err != nil {
			return err
		}
		_, err = io.WriteString(w, long)
		until(func() bool { return strings.Contains(errout.String(), "\rin.json 5") })
		return err
	})
	code := Run(cmd, Env{
		Args: []string{"in.json", "out.csv"}, Stdin: strings.NewReader(""), Stdout: &safeBuffer{}, Stderr: &errout,
		Terminal: func(any) bool { return true }, progressDelay: 10 * time.Millisecond, progressWidth: 70,
	})
	require.Equal(t, exitDone, code)
	require.Contains(t, errout.String(), "\rin.json 5")
}

func TestNoProgressIsNoWork(t *testing.T) {
	var p *progress
	p.start(1)
	p.wrote(1)
	require.Equal(t, any(os.Stdin), any(p.reader(os.Stdin)))
	require.False(t, p.visible())
	p.stop()
	require.Zero(t, testing.AllocsPerRun(10, func() { p.wrote(1) }))
}

func TestProgressAfterItsEnd(t *testing.T) {
	p := &progress{w: io.Discard, delay: time.Hour}
	p.stop()
	p.start(1)
	require.Equal(t, any(os.Stdin), any(p.reader(os.Stdin)))
	p.wrote(1)
	p.show()
	require.False(t, p.visible())
}
