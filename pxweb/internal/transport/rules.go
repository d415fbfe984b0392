package transport

import (
	"slices"
	"time"
)

// Rule is a limit of calls: at most so many in any window. The zero rule is none.
type Rule struct {
	Calls  int
	Window time.Duration
}

// Most is how many calls are made in a window: one less than allowed, for somebody else may
// be counted with us.
func (r Rule) Most() int { return max(1, r.Calls-1) }

func (r Rule) rate() float64 { return float64(r.Calls) / r.Window.Seconds() }

// noWindow is a window by which servers say that there is none.
const noWindow = 1_000_000 * time.Second

// shortest is the window where none is known: that of the program that most servers run.
const shortest = 10 * time.Second

// paceState is what stands in the file.
type paceState struct {
	Calls   []int64 `json:"calls"`             // times of calls, in nanoseconds
	Blocked int64   `json:"blocked,omitempty"` // no call before this time

	// The rules that a process learned last, calls and nanoseconds, for those that have
	// not asked the server yet; and whether it heard that there are none.
	Rules [][2]int64 `json:"rules,omitempty"`
	Free  bool       `json:"free,omitempty"`

	// What being refused taught, and until when that holds, see rules.refused.
	Learned      [2]int64 `json:"learned,omitzero"`
	LearnedUntil int64    `json:"learnedUntil,omitempty"`
}

// rules are the limits of calls to a server, as far as they are known: those that it
// states, in its configuration or in the headers of answers, and those of our own table
// of hosts. All are kept to, so the smallest wins. A process that knows none yet keeps to
// those that another one left; where nobody knows any, to what is assumed of such servers,
// for the absence of a limit is no sign that there is none. What a server refuses teaches
// a limit of its own.
type rules struct {
	stated  []Rule
	free    bool // the server says that there is none
	learned Rule // as it stood in the file last
}

// leave leaves the rules of this process, if it has any, to those that have none yet.
func (k *rules) leave(s *paceState) {
	if len(k.stated) == 0 && !k.free {
		return
	}
	s.Rules, s.Free = nil, k.free
	for _, r := range k.stated {
		s.Rules = append(s.Rules, [2]int64{int64(r.Calls), int64(r.Window)})
	}
}

// known are the rules to keep to.
func (k *rules) known(s *paceState, now time.Time, assume Rule) []Rule {
	list := slices.Clone(k.stated)
	if len(list) == 0 && !k.free {
		for _, r := range s.Rules {
			list = append(list, Rule{int(r[0]), time.Duration(r[1])})
		}
		if len(list) == 0 && !s.Free && assume.Calls > 0 {
			list = append(list, assume)
		}
	}
	k.learned = Rule{}
	if left := time.Unix(0, s.LearnedUntil).Sub(now); left > 0 && left <= learnedFor {
		k.learned = Rule{int(s.Learned[0]), time.Duration(s.Learned[1])}
		list = append(list, k.learned)
	}
	return list
}

// learnedFor is how long what was learned by being refused is kept to: servers are moved,
// and others of the same address may have used up the limit. Against what the server states
// it is not kept to for long.
const (
	learnedFor     = 24 * time.Hour
	learnedAgainst = 10 * time.Minute
)

// Bounds of what is learned: from fewer calls nothing, for others behind the same address
// may have made those that were too many; and no longer window.
const (
	fewestLearned  = 5
	longestLearned = 10 * time.Minute
)

// refused learns from a refusal: the calls of the last window, less the one that was too
// many, are a limit. Where hardly any call was made in the window, since a whole one was
// waited for, it is longer than was thought, unless the server states it.
func (k *rules) refused(s *paceState, now time.Time, assume Rule) {
	known := k.known(s, now, assume)
	count := func(window time.Duration) (n int) {
		for _, at := range s.Calls {
			if now.Sub(time.Unix(0, at)) < window {
				n++
			}
		}
		return n
	}
	window := k.longest()
	n := count(window)
	for len(k.stated) == 0 && n < fewestLearned && 2*window <= longestLearned {
		window *= 2
		n = count(window)
	}
	if n < fewestLearned {
		return
	}
	r := Rule{n - 1, window}
	for _, old := range known {
		if old.Window >= window && old.Calls <= r.Calls {
			return
		}
	}
	until := learnedFor
	if len(k.stated) > 0 {
		until = learnedAgainst
	}
	k.learned = r
	s.Learned, s.LearnedUntil = [2]int64{int64(r.Calls), int64(r.Window)}, now.Add(until).UnixNano()
}

// longest is the longest window.
func (k *rules) longest() time.Duration {
	d := max(shortest, k.learned.Window)
	for _, r := range k.stated {
		d = max(d, r.Window)
	}
	return d
}
