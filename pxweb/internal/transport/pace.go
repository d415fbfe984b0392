package transport

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"
)

// pacer keeps the calls to a host within its rules. All processes of a user
// share the times of their calls in a file, which is locked for the moment of
// reading and writing it. A call counts from its start to the end of a window
// after its answer came, so that it does not matter when the server saw it;
// calls that failed or were refused count as well, as they do on servers.
type pacer struct {
	file   string // "" keeps the times in memory alone
	assume Rule
	clock  *Clock

	mu    sync.Mutex // of what follows; nothing of the caller's is called with it
	rules rules
	state paceState // where there is no file
	alone error     // why the file is not used
}

// slack is added to every wait: clocks of two machines do not run alike.
const slack = 50 * time.Millisecond

// pauser waits, and says why.
type pauser func(ctx context.Context, wait time.Duration, why string) error

// begin waits until a call may be made, by means of pause, and notes it. Call the function
// that it returns when the answer has come.
func (p *pacer) begin(ctx context.Context, pause pauser) (done func(), err error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err // a call that will not be made is not counted
		}
		var wait time.Duration
		var why string
		var stamp int64
		err := p.update(ctx, func(s *paceState) {
			p.rules.leave(s)
			now := p.clock.Now()
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
		if err := pause(ctx, wait+slack, why); err != nil {
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
	for _, r := range p.rules.known(s, now, p.assume) {
		most := r.Most()
		if len(s.Calls) < most {
			continue
		}
		oldest := time.Unix(0, s.Calls[len(s.Calls)-most])
		if w := oldest.Add(r.Window).Sub(now); w > wait {
			wait, why = w, fmt.Sprintf("%d calls in %s are allowed", r.Calls, r.Window)
		}
	}
	return wait, why
}

// end moves a call to the time of its answer. If the context ends while others
// hold the file, the call keeps the time of its start.
func (p *pacer) end(ctx context.Context, stamp int64) {
	_ = p.update(ctx, func(s *paceState) {
		if i := slices.Index(s.Calls, stamp); i >= 0 {
			s.Calls[i] = p.clock.Now().UnixNano()
		}
	})
}

// block lets no call of any process through for some time.
func (p *pacer) block(ctx context.Context, d time.Duration) error {
	return p.update(ctx, func(s *paceState) { s.Blocked = max(s.Blocked, p.clock.Now().Add(d).UnixNano()) })
}

// update changes the state, which no other process does meanwhile. It waits for those
// that do until the context ends. Where the file cannot be written, for want of a home or
// of room, the times are kept in memory from then on: calls of other processes are not
// known then, and that is no reason not to call at all.
func (p *pacer) update(ctx context.Context, change func(*paceState)) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file != "" {
		err := p.updateFile(ctx, change)
		if err == nil || ctx.Err() != nil {
			return err
		}
		p.file, p.alone = "", err
	}
	p.prune(&p.state)
	change(&p.state)
	return nil
}

// updateFile changes the state in the file. It keeps what it wrote in memory as well.
func (p *pacer) updateFile(ctx context.Context, change func(*paceState)) error {
	if err := os.MkdirAll(filepath.Dir(p.file), 0o777); err != nil {
		return err
	}
	lock, err := waitLock(ctx, p.file+".lock")
	if err != nil {
		return fmt.Errorf("cannot lock %s: %w", p.file, err)
	}
	defer lock.Close()
	var s paceState
	if text, err := os.ReadFile(p.file); err == nil {
		_ = json.Unmarshal(text, &s) // a broken file is as good as none
	}
	p.prune(&s)
	change(&s)
	text, err := json.Marshal(&s)
	if err == nil {
		err = writeFile(p.file, text)
	}
	if err != nil {
		return err
	}
	p.state = s
	return nil
}

// prune forgets what has no effect any more. Other processes may know of longer
// windows, so it keeps more than it needs.
func (p *pacer) prune(s *paceState) {
	old := p.clock.Now().Add(-max(p.rules.longest(), longestLearned)).UnixNano()
	s.Calls = slices.DeleteFunc(s.Calls, func(at int64) bool { return at < old })
}

// writeFile writes a file whole or not at all. Whoever writes it holds its lock, so that
// the name of the new one can be fixed: what a run that was killed left there is written
// over.
func writeFile(name string, text []byte) error {
	next := name + ".tmp"
	err := os.WriteFile(next, text, 0o666)
	if err == nil {
		err = os.Rename(next, name)
	}
	if err != nil {
		_ = os.Remove(next)
	}
	return err
}

// limit adds a rule.
func (p *pacer) limit(r Rule) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case r.Calls <= 0 || r.Window <= 0:
	case r.Window >= noWindow:
		p.rules.free = true
	case !slices.Contains(p.rules.stated, r):
		p.rules.stated = append(p.rules.stated, r)
	}
}

// least is the rule that allows least, the zero rule if there is none.
func (p *pacer) least() Rule {
	p.mu.Lock()
	defer p.mu.Unlock()
	var least Rule
	for _, r := range p.rules.known(&p.state, p.clock.Now(), p.assume) {
		if least.Calls == 0 || r.rate() < least.rate() {
			least = r
		}
	}
	return least
}

// longest is the longest window of any rule.
func (p *pacer) longest() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.rules.longest()
}

// heed learns limits from the headers of an answer.
func (p *pacer) heed(ctx context.Context, h http.Header) {
	if m := policy().FindStringSubmatch(h.Get("X-RateLimit-Policy")); m != nil {
		calls, _ := strconv.Atoi(m[1])
		seconds, _ := strconv.Atoi(m[2])
		p.limit(Rule{calls, time.Duration(seconds) * time.Second})
	}
	for _, name := range []string{"X-RateLimit-Remaining", "X-Rate-Limit-Remaining"} {
		left, err := strconv.Atoi(h.Get(name))
		if err != nil || left > 0 {
			continue
		}
		wait := p.longest()
		if at, err := time.Parse(time.RFC3339Nano, h.Get("X-Rate-Limit-Reset")); err == nil {
			wait = min(max(0, at.Sub(p.clock.Now())), time.Hour)
		} else if period, err := time.ParseDuration(h.Get("X-Rate-Limit-Limit")); err == nil {
			wait = min(period, time.Hour)
		}
		if wait > 0 {
			_ = p.block(ctx, wait)
		}
	}
}

// refused lets no call through after one too many: for a whole window, or as long as
// the server says if that is longer. What was called in the last window was too much, which
// is kept in mind for the calls that follow and for other runs.
func (p *pacer) refused(ctx context.Context, h http.Header) error {
	now := p.clock.Now()
	return p.update(ctx, func(s *paceState) {
		p.rules.refused(s, now, p.assume)
		window := max(retryAfter(h, now), p.rules.longest())
		s.Blocked = max(s.Blocked, now.Add(window+time.Second).UnixNano())
	})
}
