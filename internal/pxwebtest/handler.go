package pxwebtest

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// New makes a server. It answers calls through any http.Server.
func New(o Options) *Server {
	s := &Server{host: o.Host, subjects: o.Subjects, maxCells: o.MaxCells, values: o.MaxValues, latency: o.Latency,
		hostPace: o.HostPace, retired: o.RetiredDatasets, redirect: o.Redirect, mixed: o.Mixed, slow: o.SlowCells, now: o.Now, editions: map[string]int{}}
	if s.host == nil {
		s.host = SSB
	}
	tables := o.Tables
	if tables == nil {
		tables = Demo()
	}
	if s.subjects == nil {
		s.subjects = DemoSubjects()
	}
	for i := range tables {
		t := tables[i]
		if t.Updated.IsZero() {
			t.Updated = defaultUpdated
		}
		t.Variables = slices.Clone(t.Variables)
		for k := range t.Variables {
			if len(t.Variables[k].Values) > 100 {
				t.Variables[k].number()
			}
		}
		code, _ := t.subject()
		for _, l := range s.subjects {
			if l.Path == code {
				t.area = l.Text
			}
		}
		s.tables = append(s.tables, &t)
		s.tables2 = append(s.tables2, s.withContents(&t))
	}
	s.saved = []savedQuery{oldSaved()}
	if s.maxCells == 0 {
		s.maxCells = s.host.MaxCells
	}
	if s.told = o.ToldCells; s.told == 0 {
		s.told = s.maxCells
	}
	if s.values == 0 {
		s.values = s.host.MaxValues
	}
	if s.now == nil {
		s.now = time.Now
	}
	s.limiter = limiter{max: o.MaxCalls, window: o.Window}
	if s.limiter.max == 0 {
		s.limiter.max = 100_000
	}
	if s.limiter.window == 0 {
		s.limiter.window = 10 * time.Second
	}
	if o.HostPace {
		s.limiter = limiter{max: s.host.MaxCalls, window: s.host.Window}
	}
	s.faults = faultState{Faults: o.Faults, random: rand.New(rand.NewPCG(o.Faults.Seed, 1))}
	return s
}

// withContents is the table as v2 has it: on hosts of files a table without a
// contents variable gets one.
func (s *Server) withContents(t *Table) *Table {
	if !s.host.FileTables || slices.ContainsFunc(t.Variables, func(v Variable) bool { return v.Kind == Contents }) {
		return t
	}
	with := *t
	at := len(t.Variables) - t.heading()
	contents := Variable{Code: "CONTENTS", Text: T("CONTENTS", "CONTENTS"), Kind: Contents,
		Values: []Value{{Code: "content", Text: t.contents(), Decimals: t.Decimals}}}
	with.Variables = slices.Insert(slices.Clone(t.Variables), at, contents)
	with.Heading = t.heading() + 1
	cells := t.Cells
	if cells == nil {
		cells = Pseudo(0)
	}
	with.Cells = func(dst []byte, positions []int, edition int) ([]byte, string) {
		var own [32]int // without the one that was put in
		return cells(dst, append(append(own[:0], positions[:at]...), positions[at+1:]...), edition)
	}
	return &with
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
	if serve := s.service(path); serve != nil { // without limits
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
			retryAfter = int(s.limiter.window / time.Second)
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
	if refused = inWindow > s.limiter.max; refused {
		s.stats.Refused++
	} else if fault = s.faults.draw(data); fault != NoFault {
		s.stats.Faulty++
	}
	s.requests = append(s.requests, Request{At: now, Method: r.Method, URL: r.URL.RequestURI(), Body: string(body[:min(len(body), 64<<10)]), Fault: fault})
	return len(s.requests) - 1, refused, fault
}

// edition is how often a table was updated since the server began.
func (s *Server) edition(t *Table) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.editions[t.ID]
}

// Update updates a table: its date and its figures change.
func (s *Server) Update(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.editions[id]++
}

// countData takes note of an answer with data and says which edition it shows, and
// whether in another form.
func (s *Server) countData(t *Table) (edition int, mixed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	edition = s.editions[t.ID]
	s.answers++
	if s.faults.UpdateAfter > 0 {
		if s.faults.UpdateAfter--; s.faults.UpdateAfter == 0 {
			for _, t := range s.tables {
				s.editions[t.ID]++
			}
		}
	}
	return edition, s.mixed && s.answers%2 == 0
}

// route finds what a call is for.
func (s *Server) route(w http.ResponseWriter, r *http.Request, path []string, body []byte, v2 bool) {
	if r.Method != http.MethodGet && r.Method != http.MethodPost && r.Method != http.MethodHead {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if v2 {
		s.serve2(w, r, path[len(segments(s.host.V2)):], body)
		return
	}
	lang, rest, ok := s.route1(path)
	if !ok {
		http.NotFound(w, r)
		return
	}
	s.serve1(w, r, lang, rest, body)
}

// tooMany answers 429 as the version does; retryAfter are the seconds that it
// tells, 0 for none.
func (s *Server) tooMany(w http.ResponseWriter, v2 bool, retryAfter int) {
	if retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
	}
	if v2 {
		Body{429, "text/plain", fmt.Sprintf("API calls quota exceeded! maximum admitted %d per %d s.", s.limiter.max, int(s.limiter.window/time.Second))}.write(w)
		return
	}
	s.error1(w, 429, "429 - Too many requests in too short timeframe. Please try again later.")
}

const maintenancePage = `<!DOCTYPE html><html><head><title>Vedlikehold</title></head><body><h1>Vi oppdaterer statistikkbanken</h1><p>Pr&oslash;v igjen om noen minutter.</p></body></html>`
const unavailablePage = `<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>`

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
		s.listing1(w, s.host.Languages[0], s.host.Database, "")
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

// A recorder remembers what was answered and breaks off where it is told to.
type recorder struct {
	http.ResponseWriter
	status  int
	cells   int
	limit   int // bytes that are still let through; 0 is all, -1 none
	fault   Fault
	aborted bool
}

func (w *recorder) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.limit > 0 {
		n, err := w.ResponseWriter.Write(b[:min(len(b), w.limit)])
		if w.limit -= n; w.limit == 0 && err == nil {
			w.limit, err = -1, errBrokenOff
		}
		return n, err
	}
	if w.limit < 0 {
		return 0, errBrokenOff
	}
	return w.ResponseWriter.Write(b)
}

// end breaks the connection after an answer that was cut short.
func (w *recorder) end() {
	if w.fault != Drop {
		return
	}
	if f, ok := w.ResponseWriter.(http.Flusher); ok {
		f.Flush() // what came so far is sent, or there would be no answer at all
	}
	w.aborted = true
}

var errBrokenOff = errors.New("broken off on request")

// setCells tells the recorder how many cells an answer holds.
func setCells(w http.ResponseWriter, n int) {
	if r, ok := w.(*recorder); ok {
		r.cells = n
	}
}
