package transport

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"syscall"
	"time"
)

// How often a call is made at most. Six calls with growing pauses take half a minute.
const (
	mostTries    = 6
	mostRefusals = 5 // answers of 429, each with a wait of a whole window
	fewTries     = 2 // of a question that may be what the server fails at
	startTries   = 3 // of a server that refuses connections and has not answered yet
)

// restartTime is how long a server that answered before and now refuses connections is
// waited for: it is being started again.
const restartTime = 2 * time.Minute

// trouble decides whether a call that failed is made again, by what went wrong and how
// often. What is refused is never asked again unchanged. A 500 mostly means that the
// server fails at this very question (a code that is named twice, say), so that it is
// asked once more and not six times, unless the server is known to answer such questions.
// A server that fails for its load gets a smaller question of the caller's soon. All else
// passes: connections break, servers are restarted, a proxy has a bad minute.
type trouble struct {
	clock    *Clock
	reached  *atomic.Bool // the server answered before
	r        *Request
	warn     func(text string)
	tries    int
	refusals int
	pause    time.Duration
	since    time.Time // the first refusal of connections in a row
}

// next is how long to wait before the call is made again, and why; 0 if the pacer was
// told already. after is how long the server wants to be left alone, 0 if it does not say.
func (t *trouble) next(e *Error, after time.Duration) (pause time.Duration, why string, again bool) {
	if e.Kind == ErrTooMany {
		t.refusals++
		return 0, "", t.refusals <= mostRefusals
	}
	refused := e.Kind == ErrOffline && errors.Is(e.Err, syscall.ECONNREFUSED)
	if refused && t.reached.Load() {
		return t.restart()
	}
	if !t.since.IsZero() {
		// It is there again, and warms up perhaps: all is as at the first call.
		t.since, t.pause, t.tries = time.Time{}, 0, 0
	}
	t.tries++
	most := mostTries
	switch {
	case refused:
		most = startTries
	case e.Kind == ErrServer && e.Status == http.StatusInternalServerError && !t.r.Worked:
		most = fewTries
	case e.Kind == ErrServer, e.Kind == ErrOffline && IsTimeout(e.Err):
		if t.r.Less {
			most = fewTries
		}
	case e.Kind == ErrOffline && !hopeless(e.Err), e.Kind == ErrAnswer && e.Page:
	default:
		return 0, "", false
	}
	if t.r.Once {
		most = min(most, fewTries)
	}
	if t.tries >= most {
		return 0, "", false
	}
	why = e.Kind.Error()
	if e.Status > 0 {
		why = fmt.Sprintf("the server answered %d", e.Status)
	}
	return max(t.longer(30*time.Second), min(after, mostAfter)), why, true
}

// mostAfter is how long the wish of a server that fails is followed: others ask sooner.
const mostAfter = 2 * time.Minute

// restart waits for a server that is being started again, until it takes too long.
func (t *trouble) restart() (pause time.Duration, why string, again bool) {
	now := t.clock.Now()
	why = fmt.Sprintf("the server refuses connections; it is waited for up to %s", restartTime)
	if t.since.IsZero() {
		t.since, t.pause = now, 0
		t.warn(why)
	}
	left := restartTime - now.Sub(t.since)
	if left <= 0 {
		return 0, "", false
	}
	return min(t.longer(10*time.Second), left), why, true
}

// longer is the next pause: each is twice the one before, up to a limit.
func (t *trouble) longer(most time.Duration) time.Duration {
	t.pause = min(max(time.Second, 2*t.pause), most)
	return t.pause
}

// final is the error of a call that is given up.
func (t *trouble) final(err error, e *Error) error {
	if t.since.IsZero() || e.Err == nil {
		return err
	}
	e.Err = fmt.Errorf("it refused connections for %s: %w", restartTime, e.Err)
	return err
}

// hopeless tells whether a second try would meet the same error: the name of the
// host is not known, its certificate is wrong, it does not speak TLS, it redirects
// to nowhere.
func hopeless(err error) bool {
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return dns.IsNotFound
	}
	return errors.Is(err, ErrCertificate) || errors.Is(err, ErrRedirect) || errors.Is(err, errScheme)
}
