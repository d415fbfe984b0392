package pxweb

import (
	"encoding/json"
	"strconv"
	"time"
)

// Config is what a server says about itself, in either version.
type Config struct {
	API       API
	Version   string // of the API; version 2 only
	MaxCells  int64  // 0 if it does not say
	MaxValues int    // codes of a variable above which metadata of version 1 leaves them out; 0 if it does not say
	Calls     int    // allowed in Window; 0 if it does not say
	Window    time.Duration

	Languages   []string
	DefaultLang string
	Formats     []string // version 2 only
	License     string
	Sources     []string // how the source is to be named

	Raw json.RawMessage // the answer
}

// Limits are the limits that the client keeps to, the smallest of all that are
// known: of the server's configuration, its headers, the table of hosts, and
// those that it learned by being refused. Where a server states none they are the
// defaults of the program that most of them run.
type Limits struct {
	Cells int64
	Calls int // 0 if there is no limit
	// Window is the time in which Calls are allowed.
	Window time.Duration
}

// The limits of servers that do not say theirs: the defaults of the program that most of
// them run, as its installation writes them.
const (
	defaultCells  = 100_000
	defaultCalls  = 10
	defaultWindow = 10 * time.Second
)

// bound is a limit in a configuration. One that is below 1, or no number, is not stated.
type bound int64

// UnmarshalJSON never fails: a limit that makes no sense is no reason not to ask for data.
func (b *bound) UnmarshalJSON(text []byte) error {
	f, err := strconv.ParseFloat(string(text), 64)
	*b = 0
	if err == nil && f >= 1 {
		*b = bound(min(f, 1<<53))
	}
	return nil
}

// seconds makes a duration of a number that may be absurd.
func (b bound) seconds() time.Duration {
	return time.Duration(min(b, 1_000_000)) * time.Second
}
