package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// A practiceServer is "pxfetch serve" of the old side. Each side has its own, so
// that both meet the same.
type practiceServer struct {
	cmd     *exec.Cmd
	address string // host:port
}

// pxServers are the options of the servers, by name.
func pxServers() map[string][]string {
	return map[string][]string{"server": nil, "small": {"--max-cells=100"}}
}

// startServers starts those servers for a side, if its programs have pxfetch.
func startServers(bin string) (map[string]*practiceServer, error) {
	program := filepath.Join(bin, pxfetch)
	if _, err := exec.LookPath(program); err != nil {
		return nil, nil
	}
	servers := map[string]*practiceServer{}
	for name, options := range pxServers() {
		s, err := startServer(program, options)
		if err != nil {
			stopServers(servers)
			return nil, err
		}
		servers[name] = s
	}
	return servers, nil
}

func stopServers(servers map[string]*practiceServer) {
	for _, s := range servers {
		s.stop()
	}
}

func startServer(program string, options []string) (*practiceServer, error) {
	s := &practiceServer{cmd: exec.Command(program, append([]string{"serve"}, options...)...)}
	s.cmd.Env = append(cleanEnv(), "TZ=UTC")
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "listening at http://")
	if !ok {
		s.stop()
		return nil, fmt.Errorf("pxfetch serve does not say where it listens: %q, %w", line, errors.Join(err))
	}
	s.address = address
	return s, nil
}

func (s *practiceServer) stop() {
	_ = s.cmd.Process.Kill() // it may have ended
	_ = s.cmd.Wait()
}

// A recorder stands between a run and its server. It writes down what is asked
// for, and spoils some answers.
type recorder struct {
	address string
	server  *http.Server
	to      string
	faults  map[int]string

	mu       sync.Mutex
	requests [][]string // those that were under way together, together
	open     int
	data     int // requests for data
}

// record starts a recorder in front of the server. faults are what happens to
// which request for data, from 1.
func (s *practiceServer) record(faults map[int]string) (*recorder, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &recorder{address: l.Addr().String(), to: s.address, faults: faults}
	r.server = &http.Server{Handler: r, ReadHeaderTimeout: 10 * time.Second}
	go r.server.Serve(l)
	return r, nil
}

func (r *recorder) close() { _ = r.server.Close() }

// heeded are the headers of a request that make a difference to a server.
var heeded = []string{"Accept", "Accept-Encoding", "Accept-Language", "Content-Type", "If-Modified-Since", "If-None-Match", "Range", "User-Agent"}

// text is all requests, a line each. Those that were under way at the same time
// are sorted.
func (r *recorder) text() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var b strings.Builder
	for _, together := range r.requests {
		slices.Sort(together)
		for _, line := range together {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

func (r *recorder) begin(req *http.Request, body []byte) (fault string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	line := req.Method + " " + req.URL.RequestURI()
	for _, name := range heeded {
		if v := req.Header.Values(name); v != nil {
			line += fmt.Sprintf(" %s=%q", name, strings.Join(v, ", "))
		}
	}
	if len(body) > 0 {
		line += fmt.Sprintf(" %q", body)
	}
	if r.open == 0 {
		r.requests = append(r.requests, nil)
	}
	last := len(r.requests) - 1
	r.requests[last] = append(r.requests[last], line)
	r.open++
	if strings.HasSuffix(req.URL.Path, "/data") || req.Method == http.MethodPost {
		r.data++
		return r.faults[r.data]
	}
	return ""
}

func (r *recorder) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open--
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	fault := r.begin(req, body)
	defer r.end()
	switch fault {
	case "503":
		http.Error(w, "<html><body>Service unavailable</body></html>", http.StatusServiceUnavailable)
		return
	case "429":
		w.Header().Set("Retry-After", "1")
		http.Error(w, "too many", http.StatusTooManyRequests)
		return
	case "404":
		http.NotFound(w, req)
		return
	case "page":
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html><body>We are back soon</body></html>")
		return
	}
	out := req.Clone(req.Context())
	out.RequestURI, out.URL.Scheme, out.URL.Host = "", "http", r.to
	out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	answer, err := (&http.Transport{DisableCompression: true, DisableKeepAlives: true}).RoundTrip(out)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	for name, values := range answer.Header {
		w.Header()[name] = values
	}
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(answer.StatusCode)
	if fault == "drop" || fault == "cut" {
		_, _ = w.Write(content[:len(content)/2])
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		panic(http.ErrAbortHandler) // breaks the connection
	}
	_, _ = w.Write(content) // the client may have gone
}

// cleanEnv is the environment without what the commands heed.
func cleanEnv() []string {
	var env []string
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		switch {
		case strings.HasPrefix(name, "PXFETCH"), strings.HasPrefix(name, "JSONSTAT"), strings.HasPrefix(strings.ToUpper(name), "LC_"),
			strings.HasSuffix(strings.ToLower(name), "_proxy"), name == "LANG", name == "HOME", name == "TMPDIR", name == "TZ", name == "XDG_CACHE_HOME":
		default:
			env = append(env, v)
		}
	}
	return env
}
