package pxweb

import (
	"context"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var policy = regexp.MustCompile(`^\s*(\d+)\s*;\s*w=(\d+)`)

// heed learns limits from the headers of an answer.
func (p *pacer) heed(ctx context.Context, h http.Header) {
	if m := policy.FindStringSubmatch(h.Get("X-RateLimit-Policy")); m != nil {
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
