package pxserver

import "time"

// Stats are what the server counted since it began.
type Stats struct {
	Calls   int // all of them
	Data    int // answered with data
	Cells   int // in those answers
	Refused int // answered 429 because the limit was passed
	Faulty  int // answered with a fault on request
	// MostInWindow is the largest number of calls, refused ones included, that
	// came within one window. A client that keeps to the limit never gets past
	// MaxCalls.
	MostInWindow int
}

// A Request is one call.
type Request struct {
	At     time.Time
	Method string
	URL    string // path and query
	Body   string // at most 64 KB
	Status int    // 0 is a connection that was dropped
	Cells  int    // of an answer with data
	Fault  Fault
}

// A limiter counts calls in a sliding window.
type limiter struct {
	window time.Duration
	calls  []time.Time
}

// call counts one and tells how many came within the window that ends now, this
// one among them.
func (l *limiter) call(now time.Time) int {
	old := 0
	for old < len(l.calls) && now.Sub(l.calls[old]) >= l.window {
		old++
	}
	l.calls = append(l.calls[old:], now)
	return len(l.calls)
}
