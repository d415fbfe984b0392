package pxweb

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash"
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

// errand is what a process of its own is sent to fetch.
type errand struct {
	URL        string
	API        API
	Table      string
	Selections []string
	Cache      string
	Out        string // file
}

const errandVariable = "PXWEB_TEST_ERRAND"

// run starts this test binary again, to fetch something with a real clock.
func (e errand) run(t *testing.T) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	text, err := json.Marshal(e)
	require.NoError(t, err)
	cmd := exec.Command(os.Args[0], "-test.run=^TestEndToEndErrand$")
	cmd.Env = append(os.Environ(), errandVariable+"="+string(text))
	out := &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = out, out
	require.NoError(t, cmd.Start())
	return cmd, out
}

// TestEndToEndErrand is what the other process does. It says how much memory it
// took at most.
func TestEndToEndErrand(t *testing.T) {
	text := os.Getenv(errandVariable)
	if text == "" {
		t.Skip("runs in a process of its own, for other tests")
	}
	var e errand
	require.NoError(t, json.Unmarshal([]byte(text), &e))
	host, ok := FindHost(e.URL)
	require.True(t, ok)
	c, err := New(host, &Options{API: e.API, Cache: e.Cache})
	require.NoError(t, err)
	q := query(t, c, e.Table, e.Selections...)
	r, err := c.Fetch(context.Background(), q, nil)
	require.NoError(t, err)
	f, err := os.Create(e.Out + ".tmp")
	require.NoError(t, err)
	require.NoError(t, r.Write(f, nil))
	require.NoError(t, f.Close())
	require.NoError(t, os.Rename(f.Name(), e.Out))
	require.NoError(t, r.Done())
	require.NoError(t, r.Close())
	fmt.Println("peak", peak(t))
}

// peak is the most memory that this process had, in KB; 0 if the system does not
// tell.
func peak(t *testing.T) int {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, ok := strings.Cut(string(text), "VmHWM:")
	require.True(t, ok)
	n, err := strconv.Atoi(strings.Fields(rest)[0])
	require.NoError(t, err)
	return n
}

// Four processes keep to the limit together, by the server's own count.
func TestEndToEndFourProcessesKeepTheWindow(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for windows of a real clock")
	}
	for _, a := range []at{{pxserver.SSB, V1}, {pxserver.SSB, V2}} {
		t.Run(a.String(), func(t *testing.T) {
			url, s := pxserver.Start(t, pxserver.Options{Host: a.host, MaxCells: 100, MaxCalls: 15, Window: 2 * time.Second})
			unlimited := start(t, a, noLimit)
			cache, dir := t.TempDir(), t.TempDir()
			asks := []asking{faulty, {"", "05839", []string{"Region=0301", "Tid=top(8)", "Alder=02*"}}, {"", "03013", nil}, {"", "12660", nil}}
			var wg sync.WaitGroup
			for i, ask := range asks {
				cmd, out := errand{URL: url, API: a.api, Table: ask.table, Selections: ask.selections, Cache: cache, Out: filepath.Join(dir, fmt.Sprint(i))}.run(t)
				wg.Go(func() {
					if err := cmd.Wait(); err != nil {
						t.Errorf("process %d: %v\n%s", i, err, out)
					}
				})
			}
			wg.Wait()
			for i, ask := range asks {
				got, err := os.ReadFile(filepath.Join(dir, fmt.Sprint(i)))
				require.NoError(t, err)
				differ(t, ask.table, unlimited.whole(t, ask), got)
			}
			st := s.Stats()
			t.Logf("%+v", st)
			require.Zero(t, st.Refused)
			require.LessOrEqual(t, st.MostInWindow, 15)
			require.Greater(t, st.Calls, 25)
			// They use what they may: nobody waits for longer than needed.
			require.GreaterOrEqual(t, st.MostInWindow, 10)
		})
	}
}

// Statistics Norway says 300 calls in its configuration and means 30; version 2
// says 0 in 0 seconds.
func TestEndToEndLimitsThatAreNotTheTruth(t *testing.T) {
	for _, api := range []API{V1, V2} {
		t.Run("version "+api.String(), func(t *testing.T) {
			var c *Client
			url, s := pxserver.Start(t, pxserver.Options{MaxCells: 10, HostPace: true, Now: func() time.Time { return c.server.calls.Now() }})
			host, ok := FindHost("ssb")
			require.True(t, ok)
			host.V1 = strings.Replace(host.V1, "https://data.ssb.no", url, 1)
			host.V2 = strings.Replace(host.V2, "https://data.ssb.no", url, 1)
			var err error
			c, err = New(host, &Options{API: api, Cache: t.TempDir()})
			require.NoError(t, err)
			hurry(c)
			fetch(t, c, faulty.table, "Region=0301,5501,1103", "Kjonn=*", "Tid=top(36)") // 3 x 3 x 4 x 24 cells
			st := s.Stats()
			t.Logf("%+v", st)
			require.Greater(t, st.Calls, 80)
			require.Zero(t, st.Refused)
			require.LessOrEqual(t, st.MostInWindow, 30)
		})
	}
}

// A process that is killed at any time leaves nothing half done, and the next one
// goes on.
func TestEndToEndKilledAtAnyTime(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes many times")
	}
	for _, a := range []at{{pxserver.SSB, V1}, {pxserver.SSB, V2}} {
		t.Run(a.String(), func(t *testing.T) {
			want := start(t, a, noLimit).whole(t, faulty)
			url, s := pxserver.Start(t, pxserver.Options{Host: a.host, MaxCells: 20, Latency: 3 * time.Millisecond,
				Faults: pxserver.Faults{Seed: 11, Drop: 0.02, DropEarly: 0.02, DataOnly: true, Most: 3}})
			e := errand{URL: url, API: a.api, Table: faulty.table, Selections: faulty.selections, Cache: t.TempDir(), Out: filepath.Join(t.TempDir(), "out.json")}
			random := rand.New(rand.NewPCG(1, 2))
			kills := 0
			for {
				require.Less(t, kills, 300, "it does not get on")
				cmd, out := e.run(t)
				timer := time.AfterFunc(time.Duration(40+random.IntN(400))*time.Millisecond*time.Duration(1+kills/30), func() { cmd.Process.Kill() })
				err := cmd.Wait()
				if timer.Stop() {
					require.NoError(t, err, out.String())
					break
				}
				kills++
				if _, err := os.Stat(e.Out); err == nil {
					break // it was killed after its work
				}
			}
			got, err := os.ReadFile(e.Out)
			require.NoError(t, err)
			differ(t, fmt.Sprintf("after %d kills", kills), want, got)
			st := s.Stats()
			t.Logf("%d kills, %+v", kills, st)
			require.NotZero(t, kills)
			// What an earlier process has is not asked for again.
			require.Less(t, st.Data, 38+2*kills+6)
		})
	}
}

// hashWriter is an answer of which only the sum is kept.
type hashWriter struct {
	header http.Header
	sum    hash.Hash
	n      int64
}

func (h *hashWriter) Header() http.Header { return h.header }
func (h *hashWriter) WriteHeader(int)     {}
func (h *hashWriter) Write(b []byte) (int, error) {
	h.n += int64(len(b))
	return h.sum.Write(b)
}

// Memory follows the metadata: 20 million cells in parts of 800,000 take no more
// than 64 MB.
func TestEndToEndMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the peak of memory is read from /proc")
	}
	cells, limit := 4_000_000, 160_000
	if os.Getenv("CI") == "true" || os.Getenv("PXWEB_LARGE") != "" {
		cells, limit = 20_000_000, 800_000
	}
	if testing.Short() {
		t.Skip("large")
	}
	for _, api := range []API{V1, V2} {
		t.Run("version "+api.String(), func(t *testing.T) {
			tables := []pxserver.Table{pxserver.Large("20000", cells)}
			url, s := pxserver.Start(t, pxserver.Options{MaxCells: limit, Tables: tables})
			e := errand{URL: url, API: api, Table: "20000", Cache: t.TempDir(), Out: filepath.Join(t.TempDir(), "out.json")}
			began := time.Now()
			cmd, out := e.run(t)
			require.NoError(t, cmd.Wait(), out.String())
			took := time.Since(began)
			var kb int
			_, err := fmt.Sscanf(out.String(), "peak %d", &kb)
			require.NoError(t, err, out.String())

			whole := &hashWriter{header: http.Header{}, sum: sha256.New()}
			unlimited := pxserver.New(pxserver.Options{MaxCells: noLimit, Tables: tables})
			body := `{"query":[{"code":"Region","selection":{"filter":"all","values":["*"]}},{"code":"Kjonn","selection":{"filter":"all","values":["*"]}}],"response":{"format":"json-stat2"}}`
			unlimited.ServeHTTP(whole, httptest.NewRequest(http.MethodPost, "/api/v0/no/table/20000", strings.NewReader(body)))
			got, err := os.ReadFile(e.Out)
			require.NoError(t, err)
			require.Equal(t, whole.n, int64(len(got)))
			sum := sha256.Sum256(got)
			require.Equal(t, whole.sum.Sum(nil), sum[:])

			t.Logf("%d cells, %d MB of JSON in %d calls and %s: peak of %d MB", cells, len(got)>>20, s.Stats().Data, took.Round(time.Millisecond), kb>>10)
			require.Equal(t, cells/limit, s.Stats().Data)
			require.LessOrEqual(t, kb, 64<<10)
		})
	}
}

// The requests are as few as can be: every way to cut small tables is tried.
func TestEndToEndFewestRequests(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for n := range 60 {
		sizes := []int{1 + random.IntN(7), 1 + random.IntN(5), 1 + random.IntN(6), 1 + random.IntN(9)} // the third is the contents
		cells := sizes[0] * sizes[1] * sizes[2] * sizes[3]
		limit := 1 + random.IntN(cells)
		table := sized(sizes)
		url, s := pxserver.Start(t, pxserver.Options{MaxCells: limit, Tables: []pxserver.Table{table}})
		c := clientAt(t, url, API(1+n%2), Options{})
		q := query(t, c, table.ID)
		p, err := c.Plan(context.Background(), q)
		require.NoError(t, err)
		fetch(t, c, table.ID)
		want := fewestByTrying(sizes, 2, limit)
		require.Equal(t, want, s.Stats().Data, "%v in %d: calls, plan %v", sizes, limit, p.Chunks)
		require.Equal(t, want, p.Requests(), "%v in %d: plan", sizes, limit)
	}
}

// fewestByTrying tries all numbers of chunks. The contents, which are variable
// metric, come in chunks of two or more if that can be.
func fewestByTrying(sizes []int, metric, limit int) int {
	for _, least := range []int{2, 1} {
		best := 0
		k := make([]int, len(sizes))
		var try func(i, requests, cells int)
		try = func(i, requests, cells int) {
			if i == len(sizes) {
				if cells <= limit && (best == 0 || requests < best) {
					best = requests
				}
				return
			}
			for k[i] = 1; k[i] <= sizes[i]; k[i]++ {
				if i == metric && sizes[i] > 1 && sizes[i]/k[i] < least {
					break
				}
				try(i+1, requests*k[i], cells*((sizes[i]+k[i]-1)/k[i]))
			}
		}
		try(0, 1, 1)
		if best > 0 {
			return best
		}
	}
	return 0
}

// sized is a table of four variables, none of which can be left out.
func sized(sizes []int) pxserver.Table {
	values := func(n int, format string) []pxserver.Value {
		codes := make([]string, n)
		for i := range codes {
			codes[i] = fmt.Sprintf(format, i)
		}
		return pxserver.Values(codes...)
	}
	v := func(code string, kind pxserver.Kind, n int, format string) pxserver.Variable {
		return pxserver.Variable{Code: code, Text: pxserver.T(code, code), Kind: kind, Values: values(n, format)}
	}
	return pxserver.Table{ID: "30000", Title: pxserver.T("Liten", "Small"), Heading: 2, Cells: pxserver.Pseudo(1), Variables: []pxserver.Variable{
		v("A", pxserver.Plain, sizes[0], "a%d"), v("B", pxserver.Plain, sizes[1], "b%d"),
		v("ContentsCode", pxserver.Contents, sizes[2], "c%d"), v("Tid", pxserver.Time, sizes[3], "200%d")}}
}
