package pxserver

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Server is the handler. It can be used by many at once.
type Server struct {
	*site
	v2       *v2
	latency  time.Duration
	redirect bool

	mu       sync.Mutex
	limiter  limiter
	faults   faultState
	stats    Stats
	requests []Request
}

// New makes a server. It answers calls through any http.Server.
func New(o Options) *Server {
	s := newSite(o)
	return &Server{site: s, v2: newV2(s), latency: o.Latency, redirect: o.Redirect,
		limiter: limiter{window: s.window}, faults: newFaultState(o.Faults)}
}

// Stats tells what was counted until now.
func (s *Server) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats
}

// Requests are the calls until now, in the order in which they came.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// Reset forgets all calls, those of the window too.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats, s.requests, s.limiter.calls = Stats{}, nil, nil
}

// SetFaults has other things go wrong from now on; calls are counted from 1 again.
func (s *Server) SetFaults(f Faults) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = newFaultState(f)
	s.setUpdateAfter(f.UpdateAfter)
}

// ServeHTTP answers a call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.redirect {
		if rest, ok := strings.CutPrefix(r.URL.EscapedPath(), "/moved"); ok {
			http.Redirect(w, r, rest, http.StatusMovedPermanently) // makes a GET of a POST
			return
		}
	}
	body, _ := io.ReadAll(io.LimitReader(r.Body, 16<<20))
	path := segments(r.URL.EscapedPath())
	if serve := (services{s.site}).find(path); serve != nil { // without limits
		serve(w, r)
		return
	}
	data := r.Method == http.MethodPost || len(path) > 0 && strings.EqualFold(path[len(path)-1], "data")
	id, refused, fault := s.count(r, body, data)
	if s.latency > 0 {
		select {
		case <-time.After(s.latency):
		case <-r.Context().Done(): // nobody waits for the answer
		}
	}
	recorder := &recorder{ResponseWriter: w, status: http.StatusOK}
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		request := &s.requests[id]
		request.Status, request.Cells = recorder.status, recorder.cells
		if recorder.aborted {
			request.Status = 0
			panic(http.ErrAbortHandler)
		}
		if recorder.cells > 0 && recorder.fault == NoFault {
			s.stats.Data++
			s.stats.Cells += recorder.cells
		}
	}()
	v2 := s.host.V2 != "" && strings.HasPrefix(strings.ToLower(r.URL.Path)+"/", s.host.V2+"/")
	if refused {
		retryAfter := 0
		if v2 || s.host.RetryAfter {
			retryAfter = int(s.window / time.Second)
		}
		s.tooMany(recorder, v2, retryAfter)
		return
	}
	if s.wrong(recorder, fault, v2) {
		return
	}
	s.route(recorder, r, path, body, v2)
	recorder.end()
}

// count takes note of a call and says what becomes of it.
func (s *Server) count(r *http.Request, body []byte, data bool) (id int, refused bool, fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	inWindow := s.limiter.call(now)
	s.stats.Calls++
	s.stats.MostInWindow = max(s.stats.MostInWindow, inWindow)
	if refused = inWindow > s.maxCalls; refused {
		s.stats.Refused++
	} else if fault = s.faults.draw(data); fault != NoFault {
		s.stats.Faulty++
	}
	s.requests = append(s.requests, Request{At: now, Method: r.Method, URL: r.URL.RequestURI(), Body: string(body[:min(len(body), 64<<10)]), Fault: fault})
	return len(s.requests) - 1, refused, fault
}

// route finds what a call is for.
func (s *Server) route(w http.ResponseWriter, r *http.Request, path []string, body []byte, v2 bool) {
	if r.Header.Get("Origin") != "" {
		w.Header().Set("Access-Control-Allow-Origin", "*") // as the configurations say
	}
	if v2 {
		s.tellLimit(w)
		s.v2.serve(w, r, path[len(segments(s.host.V2)):], body)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodPost && r.Method != http.MethodHead {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	serve1(s.site, w, r, path, body)
}

// tellLimit tells of the limit in the host's way.
func (s *Server) tellLimit(w http.ResponseWriter) {
	s.mu.Lock()
	left := max(0, s.maxCalls-len(s.limiter.calls))
	s.mu.Unlock()
	h, seconds := w.Header(), strconv.Itoa(int(s.window/time.Second))
	switch s.host.Limits2 {
	case LimitHeadersSSB:
		h.Set("X-Ratelimit-Limit", strconv.Itoa(s.maxCalls))
		h.Set("X-Ratelimit-Policy", strconv.Itoa(s.maxCalls)+";w="+seconds+"s")
		h.Set("X-Ratelimit-Remaining", strconv.Itoa(left))
	case LimitHeadersSCB:
		h.Set("X-Rate-Limit-Limit", seconds+"s") // the period, not a number of calls
		h.Set("X-Rate-Limit-Remaining", strconv.Itoa(left))
		h.Set("X-Rate-Limit-Reset", s.now().Add(s.window).UTC().Format("2006-01-02T15:04:05.0000000Z"))
	}
}

// tooMany answers 429 as the version does; retryAfter are the seconds that it
// tells, 0 for none.
func (s *Server) tooMany(w http.ResponseWriter, v2 bool, retryAfter int) {
	if retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
	}
	if v2 {
		Body{429, "text/plain", fmt.Sprintf("API calls quota exceeded! maximum admitted %d per %ds.", s.maxCalls, int(s.window/time.Second))}.write(w)
		return
	}
	(&call1{site: s.site, w: w}).refuse(429, "429 - Too many requests in too short timeframe. Please try again later.")
}

const maintenancePage = `<!DOCTYPE html><html><head><title>Vedlikehold</title></head><body><h1>Vi oppdaterer statistikkbanken</h1><p>Pr&oslash;v igjen om noen minutter.</p></body></html>`

// wrong does what is to go wrong; false is that the answer is still to be written.
func (s *Server) wrong(w *recorder, fault Fault, v2 bool) bool {
	switch fault {
	case TooMany:
		s.mu.Lock()
		retryAfter := s.faults.RetryAfter
		s.mu.Unlock()
		s.tooMany(w, v2, retryAfter)
	case Unavailable:
		Body{503, "text/html", unavailablePage}.write(w)
	case Empty500:
		w.WriteHeader(http.StatusInternalServerError)
	case Maintenance:
		Body{200, "text/html; charset=utf-8", maintenancePage}.write(w)
	case Listing:
		(&call1{s.site, w, s.host.Languages[0]}).listing(s.host.Database, "")
	case DropEarly:
		w.aborted = true
	case Drop, Truncated:
		w.limit, w.fault = 200, fault
		return false
	default:
		return false
	}
	return true
}
