package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A recorder passes on what it is asked, writes it down, and spoils what it should.
func TestRecorder(t *testing.T) {
	behind := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Host", r.Host)
		fmt.Fprintf(w, "%s %s %s", r.Method, r.URL.RequestURI(), body)
	}))
	defer behind.Close()
	s := &practiceServer{address: strings.TrimPrefix(behind.URL, "http://")}
	r, err := s.record(map[int]string{2: "503", 3: "drop", 4: "429"})
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	ask := func(method, path, body string) string {
		req, err := http.NewRequest(method, "http://"+r.address+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("User-Agent", "u")
		req.Header.Set("Accept", "application/json")
		answer, err := http.DefaultClient.Do(req)
		if err != nil {
			return "broken"
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			return "broken"
		}
		if host := answer.Header.Get("X-Host"); host != "" && host != r.address {
			t.Errorf("the server is called %s, want %s", host, r.address)
		}
		return fmt.Sprint(answer.StatusCode, " ", strings.TrimSpace(string(text)))
	}
	for _, c := range [][4]string{
		{"GET", "/config?x=%20y", "", "200 GET /config?x=%20y "},
		{"POST", "/t", "q", "200 POST /t q"},
		{"GET", "/t/data", "", "503 <html><body>Service unavailable</body></html>"},
		{"GET", "/t/data", "", "broken"},
		{"POST", "/t", "", "429 too many"},
		{"GET", "/config", "", "200 GET /config "},
	} {
		if got := ask(c[0], c[1], c[2]); strings.TrimSpace(got) != strings.TrimSpace(c[3]) {
			t.Errorf("%s %s gives %q, want %q", c[0], c[1], got, c[3])
		}
	}
	lines := strings.Split(r.text(), "\n")
	if want := `POST /t Accept="application/json" Accept-Encoding="gzip" User-Agent="u" "q"`; len(lines) != 7 || lines[1] != want {
		t.Errorf("%d requests, the second is\n%s\nwant\n%s", len(lines)-1, lines[1], want)
	}
}

// The calls of pxfetch are written as they should be, and their modes are known.
func TestPxCalls(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range pxRuns() {
		got, err := parseRun(r.String())
		if err != nil || got.String() != r.String() {
			t.Errorf("%s: %v", r, err)
		}
		if seen[r.String()] {
			t.Errorf("%s stands twice", r)
		}
		seen[r.String()] = true
		if _, ok := pxServers()[serverOf(r.Mode)]; !ok {
			t.Errorf("%s: there is no such server", r)
		}
	}
	for _, mode := range pxModes {
		if strings.Contains(mode, "+") && len(faultsOf(mode)) == 0 {
			t.Errorf("mode %s has no faults", mode)
		}
	}
}
