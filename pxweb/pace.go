package pxweb

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// rule is a limit of calls: at most so many in any window.
type rule struct {
	calls  int
	window time.Duration
}

func (r rule) rate() float64 { return float64(r.calls) / r.window.Seconds() }

// pacer keeps the calls to a host within its rules. All processes of a user
// share the times of their calls in a file, which is locked for the moment of
// reading and writing it. A call counts from its start to the end of a window
// after its answer came, so that it does not matter when the server saw it;
// calls that failed or were refused count as well, as they do on servers.
type pacer struct {
	file  string // "" keeps the times in memory alone
	rules []rule
	state paceState

	now    func() time.Time
	sleep  func(context.Context, time.Duration) error
	report func(wait time.Duration, why string)
}

// paceState is what stands in the file.
type paceState struct {
	Calls   []int64 `json:"calls"`             // times of calls, in nanoseconds
	Blocked int64   `json:"blocked,omitempty"` // no call before this time

	// The rules that a process learned last, calls and nanoseconds, for those that have
	// not asked the server yet.
	Rules [][2]int64 `json:"rules,omitempty"`
}

// slack is added to every wait: clocks of two machines do not run alike.
const slack = 50 * time.Millisecond

// newPacer makes a pacer with a file, or without one.
func newPacer(file string) *pacer {
	return &pacer{file: file, now: time.Now, sleep: sleepContext, report: func(time.Duration, string) {}}
}

// sleepContext sleeps until the time is over or the context ends.
func sleepContext(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// limit adds a rule. All rules are kept to, so the smallest wins.
func (p *pacer) limit(calls int, window time.Duration) {
	if calls <= 0 || window <= 0 || window >= noWindow || slices.Contains(p.rules, rule{calls, window}) {
		return
	}
	p.rules = append(p.rules, rule{calls, window})
}

// noWindow is a window by which servers say that there is none.
const noWindow = 1_000_000 * time.Second

// least is the rule that allows least, the zero rule if there is none.
func (p *pacer) least() rule {
	var least rule
	for _, r := range p.rules {
		if least.calls == 0 || r.rate() < least.rate() {
			least = r
		}
	}
	return least
}

// longest is the longest window.
func (p *pacer) longest() time.Duration {
	d := 10 * time.Second
	for _, r := range p.rules {
		d = max(d, r.window)
	}
	return d
}

// begin waits until a call may be made and notes it. Call the function that it
// returns when the answer has come.
func (p *pacer) begin(ctx context.Context) (done func(), err error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err // a call that will not be made is not counted
		}
		var wait time.Duration
		var why string
		var stamp int64
		err := p.update(ctx, func(s *paceState) {
			p.leave(s)
			now := p.now()
			wait, why = p.wait(s, now)
			if wait == 0 {
				stamp = now.UnixNano()
				s.Calls = append(s.Calls, stamp)
			}
		})
		if err != nil {
			return nil, err
		}
		if wait == 0 {
			return func() { p.end(ctx, stamp) }, nil
		}
		p.report(wait, why)
		if err := p.sleep(ctx, wait+slack); err != nil {
			return nil, err
		}
	}
}

// wait is how long a call must wait, and why.
func (p *pacer) wait(s *paceState, now time.Time) (time.Duration, string) {
	if blocked := time.Unix(0, s.Blocked).Sub(now); s.Blocked > 0 && blocked > 0 && blocked < 24*time.Hour {
		return blocked, "the server asked to wait"
	}
	for i, at := range s.Calls {
		s.Calls[i] = min(at, now.UnixNano()) // a clock was set back
	}
	slices.Sort(s.Calls)
	var wait time.Duration
	var why string
	for _, r := range p.known(s) {
		// One call less than allowed: somebody else may be counted with us.
		most := max(1, r.calls-1)
		if len(s.Calls) < most {
			continue
		}
		oldest := time.Unix(0, s.Calls[len(s.Calls)-most])
		if w := oldest.Add(r.window).Sub(now); w > wait {
			wait, why = w, fmt.Sprintf("%d calls in %s are allowed", r.calls, r.window)
		}
	}
	return wait, why
}

// leave leaves the rules of this process, if it has any, to those that have none yet.
func (p *pacer) leave(s *paceState) {
	if len(p.rules) == 0 {
		return
	}
	s.Rules = nil
	for _, r := range p.rules {
		s.Rules = append(s.Rules, [2]int64{int64(r.calls), int64(r.window)})
	}
}

// known are the rules of this process or, as long as it has none, those that another one
// left.
func (p *pacer) known(s *paceState) []rule {
	if len(p.rules) > 0 {
		return p.rules
	}
	var rules []rule
	for _, r := range s.Rules {
		rules = append(rules, rule{int(r[0]), time.Duration(r[1])})
	}
	return rules
}

// end moves a call to the time of its answer. If the context ends while others
// hold the file, the call keeps the time of its start.
func (p *pacer) end(ctx context.Context, stamp int64) {
	_ = p.update(ctx, func(s *paceState) {
		if i := slices.Index(s.Calls, stamp); i >= 0 {
			s.Calls[i] = p.now().UnixNano()
		}
	})
}

// block lets no call of any process through for some time.
func (p *pacer) block(ctx context.Context, d time.Duration) error {
	return p.update(ctx, func(s *paceState) { s.Blocked = max(s.Blocked, p.now().Add(d).UnixNano()) })
}

// update changes the state, which no other process does meanwhile. It waits for
// those that do until the context ends.
func (p *pacer) update(ctx context.Context, change func(*paceState)) error {
	if p.file == "" {
		p.prune(&p.state)
		change(&p.state)
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(p.file), 0o777); err != nil {
		return err
	}
	lock := flock.New(p.file + ".lock")
	defer lock.Close()
	if err := waitLock(ctx, lock); err != nil {
		return fmt.Errorf("cannot lock %s: %w", p.file, err)
	}
	var s paceState
	if text, err := os.ReadFile(p.file); err == nil {
		_ = json.Unmarshal(text, &s) // a broken file is as good as none
	}
	p.prune(&s)
	change(&s)
	text, err := json.Marshal(&s)
	if err != nil {
		return err
	}
	return writeFile(p.file, text)
}

// lockPause is how long to wait before a lock that somebody holds is tried again.
// It is held for the moment of reading and writing a small file.
const lockPause = 5 * time.Millisecond

// waitLock waits for a lock until the context ends. A lock that is free is taken
// in any case: what was called before the end is still written down.
func waitLock(ctx context.Context, lock *flock.Flock) error {
	if ok, err := lock.TryLock(); ok || err != nil {
		return err
	}
	_, err := lock.TryLockContext(ctx, lockPause)
	return err
}

// prune forgets what has no effect any more. Other processes may know of longer
// windows, so it keeps more than it needs.
func (p *pacer) prune(s *paceState) {
	old := p.now().Add(-max(p.longest(), 2*time.Minute)).UnixNano()
	s.Calls = slices.DeleteFunc(s.Calls, func(at int64) bool { return at < old })
}

// writeFile writes a file whole or not at all.
func writeFile(name string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".tmp-*")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

var policy = pattern(`^\s*(\d+)\s*;\s*w=(\d+)`)

// heed learns limits from the headers of an answer.
func (p *pacer) heed(ctx context.Context, h http.Header) {
	if m := policy().FindStringSubmatch(h.Get("X-RateLimit-Policy")); m != nil {
		calls, _ := strconv.Atoi(m[1])
		seconds, _ := strconv.Atoi(m[2])
		p.limit(calls, time.Duration(seconds)*time.Second)
	}
	for _, name := range []string{"X-RateLimit-Remaining", "X-Rate-Limit-Remaining"} {
		left, err := strconv.Atoi(h.Get(name))
		if err != nil || left > 0 {
			continue
		}
		wait := p.longest()
		if at, err := time.Parse(time.RFC3339Nano, h.Get("X-Rate-Limit-Reset")); err == nil {
			wait = min(max(0, at.Sub(p.now())), time.Hour)
		} else if period, err := time.ParseDuration(h.Get("X-Rate-Limit-Limit")); err == nil {
			wait = min(period, time.Hour)
		}
		if wait > 0 {
			_ = p.block(ctx, wait)
		}
	}
}

// refused lets no call through after one too many: for a whole window, or as long as
// the server says if that is longer.
func (p *pacer) refused(ctx context.Context, h http.Header) error {
	return p.block(ctx, max(retryAfter(h, p.now()), p.longest())+time.Second)
}

// retryAfter reads the header of that name: seconds or a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && n >= 0 {
		return min(time.Duration(n)*time.Second, time.Hour)
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(0, at.Sub(now)), time.Hour)
	}
	return 0
}
