package pxserver

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// A clock that tests turn by hand.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func TestRefusedCallsCount(t *testing.T) {
	c := &clock{at: time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC)}
	s := New(Options{Tables: []Table{small()}, MaxCalls: 3, Window: 10 * time.Second, Now: c.now})
	status := func(path string) int { return get(s, path).status }
	for i := range 3 {
		if got := status("/api/v0/no?config"); got != 200 {
			t.Fatalf("call %d: %d", i+1, got)
		}
	}
	a := get(s, "/api/v0/no/table/11111")
	if a.status != 429 || a.body != `{"error":"429 - Too many requests in too short timeframe. Please try again later."}` || a.header.Get("Retry-After") != "" {
		t.Errorf("%d %s %v", a.status, a.body, a.header)
	}
	// One call every 4 seconds would be within the limit, but not after a refusal:
	// the refused ones keep the window full.
	for i := range 3 {
		c.forward(3 * time.Second)
		got := status("/api/v0/no?config")
		if want := []int{429, 429, 429}[i]; got != want && i < 2 {
			t.Errorf("after %d s: %d", 3*(i+1), got)
		}
	}
	c.forward(10 * time.Second) // a whole window
	if got := status("/api/v0/no?config"); got != 200 {
		t.Errorf("after a whole window: %d", got)
	}
	st := s.Stats()
	if st.Calls != 8 || st.Refused < 3 || st.MostInWindow < 4 {
		t.Errorf("%+v", st)
	}
	s.Reset()
	if st := s.Stats(); st != (Stats{}) || len(s.Requests()) != 0 {
		t.Errorf("%+v", st)
	}
}

func TestBothVersionsShareTheLimitAndServicesHaveNone(t *testing.T) {
	s := New(Options{Tables: []Table{small()}, MaxCalls: 2, Window: time.Minute})
	get(s, "/api/v0/no?config")
	get(s, "/api/pxwebapi/v2/config")
	a := get(s, "/api/pxwebapi/v2/config")
	if a.status != 429 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/plain") || a.header.Get("Retry-After") != "60" || !strings.Contains(a.body, "quota") {
		t.Errorf("%d %v %s", a.status, a.header, a.body)
	}
	if a := get(s, "/api/v0/dataset/list.json"); a.status != 200 {
		t.Errorf("datasets: %d", a.status)
	}
	s = New(Options{Host: Latvia, Tables: []Table{small()}, MaxCalls: 1, Window: 30 * time.Second})
	get(s, "/api/v1/lv?config")
	if a := get(s, "/api/v1/lv?config"); a.status != 429 || a.header.Get("Retry-After") != "30" {
		t.Errorf("a newer v1: %d %v", a.status, a.header)
	}
}

func TestFaultsOnRequest(t *testing.T) {
	base, s := Start(t, Options{Tables: []Table{small()}, Faults: Faults{RetryAfter: 7, On: map[int]Fault{
		1: TooMany, 2: Unavailable, 3: Maintenance, 4: Empty500, 5: Drop, 6: DropEarly, 7: Truncated, 8: Listing}}})
	ask := func() (*http.Response, string, error) {
		resp, err := http.Post(base+"/api/v0/no/table/11111", "application/json", strings.NewReader(`{"query":[]}`))
		if err != nil {
			return nil, "", err
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		return resp, string(b), err
	}
	for i, c := range []struct {
		status int
		begins string
		broken bool
	}{
		{429, `{"error":"429`, false}, {503, "<html>", false}, {200, "<!DOCTYPE html>", false}, {500, "", false},
		{200, `{"version":"2.0"`, true}, {0, "", true}, {200, `{"version":"2.0"`, false}, {200, `[{"id":`, false}, {200, `{"version":"2.0"`, false},
	} {
		resp, body, err := ask()
		if (err != nil) != c.broken {
			t.Errorf("call %d: %v", i+1, err)
		}
		if c.status == 0 {
			if resp != nil {
				t.Errorf("call %d was answered", i+1)
			}
			continue
		}
		if resp.StatusCode != c.status || !strings.HasPrefix(body, c.begins) {
			t.Errorf("call %d: %d %.80s", i+1, resp.StatusCode, body)
		}
		if c.status == 429 && resp.Header.Get("Retry-After") != "7" {
			t.Errorf("call %d: %v", i+1, resp.Header)
		}
		if i == 6 && len(body) != 200 {
			t.Errorf("cut to %d bytes", len(body))
		}
	}
	requests := s.Requests()
	if len(requests) != 9 || requests[5].Status != 0 || requests[5].Fault != DropEarly || requests[8].Cells != 18 || requests[8].URL != "/api/v0/no/table/11111" || requests[8].Body != `{"query":[]}` {
		t.Errorf("%+v", requests)
	}
	if st := s.Stats(); st.Faulty != 8 || st.Data != 1 || st.Cells != 18 {
		t.Errorf("%+v", st)
	}
}

func TestFaultsAtRandomAreTheSameForASeed(t *testing.T) {
	run := func(seed uint64) string {
		s := New(Options{Tables: []Table{small()}, Faults: Faults{Seed: seed, TooMany: 0.3, Unavailable: 0.2, DataOnly: true, Most: 10}})
		var b strings.Builder
		for range 60 {
			get(s, "/api/v0/no?config") // not drawn for
			b.WriteByte(byte('0' + query(s, "11111", "json-stat2").status/100))
			if b.Len()%2 == 0 {
				b.WriteByte(' ')
			}
		}
		return b.String()
	}
	first := run(1)
	if first != run(1) {
		t.Error("two runs differ")
	}
	if first == run(2) {
		t.Error("another seed gives the same")
	}
	if n := strings.Count(first, "4") + strings.Count(first, "5"); n != 10 {
		t.Errorf("%d faults, want the 10 that are allowed: %s", n, first)
	}
}

func TestUpdateInTheMiddle(t *testing.T) {
	s := New(Options{Tables: []Table{small()}, Faults: Faults{UpdateAfter: 2}})
	var updated, values []string
	for range 3 {
		d := read(t, query(s, "11111", "json-stat2"))
		updated, values = append(updated, d.Updated), append(values, d.values())
	}
	if updated[0] != updated[1] || updated[2] != "2025-11-06T08:00:00Z" {
		t.Errorf("updated: %v", updated)
	}
	if values[0] != values[1] || values[1] == values[2] {
		t.Error("the figures do not go with the date")
	}
	s.Update("11111")
	if d := read(t, query(s, "11111", "json-stat2")); d.Updated != "2025-11-06T09:00:00Z" {
		t.Errorf("updated by hand: %s", d.Updated)
	}
}

func TestAnswersThatTakeTooLong(t *testing.T) {
	s := New(Options{Tables: []Table{small()}, SlowCells: 10})
	if a := query(s, "11111", "json-stat2"); a.status != 503 {
		t.Errorf("18 cells: %d", a.status)
	}
	if a := query(s, "11111", "json-stat2", part("Tid", "top", "1")); a.status != 200 {
		t.Errorf("6 cells: %d", a.status)
	}
}
