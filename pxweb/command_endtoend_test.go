package pxweb

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

var built struct {
	sync.Once
	path string
	err  error
}

// pxfetch is the command, built once for all tests.
func pxfetch(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the command and starts it many times")
	}
	built.Do(func() {
		dir, err := os.MkdirTemp("", "pxfetch-test-*")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "pxfetch")
		if runtime.GOOS == "windows" {
			built.path += ".exe"
		}
		out, err := exec.Command("go", "build", "-o", built.path, "../cmd/pxfetch").CombinedOutput()
		if err != nil {
			built.err = fmt.Errorf("%w\n%s", err, out)
		}
	})
	require.NoError(t, built.err)
	return built.path
}

// command is a call of pxfetch against a server, with a folder of its own for what
// it saves.
func command(t *testing.T, url, cache string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(pxfetch(t), args...)
	cmd.Env = append(os.Environ(), "PXFETCH_HOST="+url, "XDG_CACHE_HOME="+cache, "HOME="+cache, "LocalAppData="+cache)
	return cmd
}

// finish waits for a call and returns what it wrote and its exit status.
func finish(t *testing.T, cmd *exec.Cmd) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

func TestEndToEndCommandKilledAtAnyTime(t *testing.T) {
	for _, api := range []API{V1, V2} {
		t.Run("version "+api.String(), func(t *testing.T) {
			want := start(t, at{pxserver.SSB, api}, noLimit).whole(t, faulty)
			url, s := pxserver.Start(t, pxserver.Options{MaxCells: 13, Latency: 2 * time.Millisecond,
				Faults: pxserver.Faults{Seed: 3, Drop: 0.03, Unavailable: 0.02, DataOnly: true, Most: 4}})
			cache, dir := t.TempDir(), t.TempDir()
			out := filepath.Join(dir, "out.json")
			args := []string{"get", faulty.table, out, "--api=" + api.String(), "--quiet"}
			for _, s := range faulty.selections {
				args = append(args, "-s", s)
			}
			random := rand.New(rand.NewPCG(8, uint64(api)))
			kills := 0
			for {
				require.Less(t, kills, 300, "it does not get on")
				cmd := command(t, url, cache, args...)
				var errs bytes.Buffer
				cmd.Stderr = &errs
				require.NoError(t, cmd.Start())
				timer := time.AfterFunc(time.Duration(5+random.IntN(250))*time.Millisecond*time.Duration(1+kills/20), func() { cmd.Process.Kill() })
				err := cmd.Wait()
				alive := timer.Stop()
				if got, e := os.ReadFile(out); e == nil {
					differ(t, fmt.Sprintf("after %d kills", kills), want, got)
					break
				}
				if alive {
					require.NoError(t, err, errs.String())
				}
				kills++
			}
			t.Logf("%d kills, %+v", kills, s.Stats())
			require.NotZero(t, kills)
			require.Less(t, s.Stats().Data, 576/13+20+2*kills)
		})
	}
}

func TestEndToEndCommandsKeepTheWindow(t *testing.T) {
	url, s := pxserver.Start(t, pxserver.Options{MaxCells: 100, MaxCalls: 15, Window: 2 * time.Second})
	unlimited := start(t, at{pxserver.SSB, V2}, noLimit)
	cache := t.TempDir()
	asks := []asking{faulty, {"", "05839", []string{"Region=0301", "Tid=top(8)", "Alder=02*"}}, {"", "03013", nil}, {"", "12660", nil}}
	answers := make([]bytes.Buffer, len(asks))
	var wg sync.WaitGroup
	for i, ask := range asks {
		args := []string{"get", ask.table}
		for _, s := range ask.selections {
			args = append(args, "-s", s)
		}
		cmd := command(t, url, cache, args...)
		cmd.Stdout, cmd.Stderr = &answers[i], os.Stderr
		require.NoError(t, cmd.Start())
		wg.Go(func() {
			if err := cmd.Wait(); err != nil {
				t.Errorf("%s: %v", ask.table, err)
			}
		})
	}
	wg.Wait()
	for i, ask := range asks {
		differ(t, ask.table, unlimited.whole(t, ask), answers[i].Bytes())
	}
	st := s.Stats()
	t.Logf("%+v", st)
	require.Zero(t, st.Refused)
	require.LessOrEqual(t, st.MostInWindow, 15)
}

// highest follows the memory of a process until it ends, in KB.
func highest(cmd *exec.Cmd) int {
	most := 0
	for {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
		_, rest, ok := strings.Cut(string(text), "VmHWM:")
		if err != nil || !ok {
			return most
		}
		n, _ := strconv.Atoi(strings.Fields(rest)[0])
		most = max(most, n)
		time.Sleep(5 * time.Millisecond)
	}
}

func TestEndToEndCommandMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the peak of memory is read from /proc")
	}
	cells, limit := 4_000_000, 160_000
	if os.Getenv("CI") == "true" || os.Getenv("PXWEB_LARGE") != "" {
		cells, limit = 20_000_000, 800_000
	}
	tables := []pxserver.Table{pxserver.Large("20000", cells)}
	url, s := pxserver.Start(t, pxserver.Options{MaxCells: limit, Tables: tables})
	out := filepath.Join(t.TempDir(), "out.json")
	cmd := command(t, url, t.TempDir(), "get", "20000", out, "--yes", "--quiet")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	began := time.Now()
	require.NoError(t, cmd.Start())
	kb := make(chan int, 1)
	go func() { kb <- highest(cmd) }()
	require.NoError(t, cmd.Wait(), errs.String())
	took, most := time.Since(began), <-kb

	whole := &hashWriter{header: http.Header{}, sum: sha256.New()}
	body := `{"query":[{"code":"Region","selection":{"filter":"all","values":["*"]}},{"code":"Kjonn","selection":{"filter":"all","values":["*"]}}],"response":{"format":"json-stat2"}}`
	pxserver.New(pxserver.Options{MaxCells: noLimit, Tables: tables}).ServeHTTP(whole, httptest.NewRequest(http.MethodPost, "/api/v0/no/table/20000", strings.NewReader(body)))
	got, err := os.ReadFile(out)
	require.NoError(t, err)
	sum := sha256.Sum256(got)
	require.Equal(t, whole.sum.Sum(nil), sum[:])
	t.Logf("%d cells in %d calls and %s: peak of %d MB", cells, s.Stats().Data, took.Round(time.Millisecond), most>>10)
	require.Greater(t, most, 1<<10)
	require.LessOrEqual(t, most, 64<<10)
}

// What goes wrong is one line that says what and where, the right exit status, and
// no file.
func TestEndToEndCommandErrors(t *testing.T) {
	always := func(fault pxserver.Fault) pxserver.Faults {
		on := map[int]pxserver.Fault{}
		for n := range 60 {
			on[n+1] = fault
		}
		return pxserver.Faults{On: on, DataOnly: true}
	}
	for _, c := range []struct {
		name    string
		options pxserver.Options
		args    []string
		status  int
		want    []string
	}{
		{"unknown table", pxserver.Options{}, []string{"get", "99999"}, 1, []string{"99999"}},
		{"unknown value, with near misses", pxserver.Options{}, []string{"get", "05839", "-s", "Region=0302"}, 2, []string{`"0302"`, "Region", "0301"}},
		{"unknown variable, with near misses", pxserver.Options{}, []string{"get", "05839", "-s", "Regon=0301"}, 2, []string{"Regon", "Region"}},
		{"unknown grouping", pxserver.Options{}, []string{"get", "05839", "-s", "Region=agg:Landsdeler:1"}, 2, []string{"Landsdeler"}},
		{"pattern that nothing matches", pxserver.Options{}, []string{"get", "05839", "-s", "Alder=9*9"}, 2, []string{"Alder"}},
		{"selection that is none", pxserver.Options{}, []string{"get", "05839", "-s", "Region"}, 2, []string{"Region"}},
		{"no table", pxserver.Options{}, []string{"get", "-s", "Region=0301"}, 2, nil},
		{"unknown language", pxserver.Options{}, []string{"get", "10826", "--lang=xx"}, 2, []string{`"xx"`, "no or en"}},
		{"a page in place of data", pxserver.Options{Faults: always(pxserver.Listing)}, []string{"get", "10826"}, 1, []string{"listing"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			url, s := pxserver.Start(t, c.options)
			dir := t.TempDir()
			out := filepath.Join(dir, "out.json")
			args := c.args
			if len(args) > 1 && args[1][0] != '-' {
				args = append([]string{args[0], args[1], out}, args[2:]...)
			}
			_, stderr, status := finish(t, command(t, url, t.TempDir(), args...))
			require.Equal(t, c.status, status, stderr)
			for _, want := range c.want {
				require.Contains(t, stderr, want)
			}
			require.True(t, strings.HasPrefix(stderr, "pxfetch"), stderr)
			require.NotContains(t, stderr, "goroutine")
			require.NotContains(t, stderr, "<html")
			files, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Empty(t, files)
			for _, q := range s.Requests() {
				if q.Cells > 0 {
					require.Contains(t, c.name, "page", "data were asked for: %s %s", q.URL, q.Body)
				}
			}
		})
	}
	t.Run("nobody there", func(t *testing.T) {
		closed := httptest.NewServer(http.NotFoundHandler())
		url := closed.URL
		closed.Close()
		began := time.Now()
		_, stderr, status := finish(t, command(t, url, t.TempDir(), "get", "10826"))
		require.Equal(t, 1, status)
		require.Contains(t, stderr, "cannot reach")
		require.Less(t, time.Since(began), time.Minute, "a server that is not there is not waited for")
	})
}

// A reader that goes away ends the run quietly.
func TestEndToEndCommandIntoAClosedPipe(t *testing.T) {
	url, _ := pxserver.Start(t, pxserver.Options{Tables: []pxserver.Table{pxserver.Large("20000", 400_000)}})
	cmd := command(t, url, t.TempDir(), "get", "20000")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	_, err = out.Read(make([]byte, 100))
	require.NoError(t, err)
	require.NoError(t, out.Close())
	_ = cmd.Wait()
	require.Empty(t, errs.String())
}

// --since leaves a file alone that is as new as the table, and replaces it after
// an update.
func TestEndToEndCommandSince(t *testing.T) {
	for _, api := range []string{"1", "2"} {
		url, s := pxserver.Start(t, pxserver.Options{MaxCells: 100})
		file := filepath.Join(t.TempDir(), "t.json")
		cache := t.TempDir()
		_, stderr, status := finish(t, command(t, url, cache, "get", "03013", file, "--api="+api))
		require.Zero(t, status, stderr)
		before, err := os.ReadFile(file)
		require.NoError(t, err)
		info, err := os.Stat(file)
		require.NoError(t, err)
		s.Reset()
		_, stderr, status = finish(t, command(t, url, cache, "get", "03013", "--since", file, "--api="+api))
		require.Zero(t, status, stderr)
		again, err := os.Stat(file)
		require.NoError(t, err)
		require.Equal(t, info.ModTime(), again.ModTime())
		require.LessOrEqual(t, s.Stats().Calls, 4, "version %s", api)
		s.Update("03013")
		_, stderr, status = finish(t, command(t, url, cache, "get", "03013", "--since", file, "--api="+api))
		require.Zero(t, status, stderr)
		after, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NotEqual(t, before, after, "version %s", api)
		require.Contains(t, string(after), "2025-11-10T08:00:00Z")
	}
}
