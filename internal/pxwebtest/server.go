package pxwebtest

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Options say what a server offers and how it behaves. The zero value is Statistics
// Norway's with the tables of [Demo] and no limit of calls to speak of.
type Options struct {
	Host     *Host     // nil is SSB
	Tables   []Table   // nil is Demo()
	Subjects []Subject // texts of levels; nil is DemoSubjects(); a level without one is called by its id

	MaxCells  int           // 0 is the host's
	ToldCells int           // what the configuration says of cells where it is wrong; 0 is the truth
	SlowCells int           // answers with more cells end in a 503, though the limit allows them; 0 is none
	MaxValues int           // 0 is the host's
	MaxCalls  int           // 0 is 100,000, so that tests need not wait
	Window    time.Duration // 0 is 10 seconds
	HostPace  bool          // calls and window are the host's

	Faults  Faults
	Latency time.Duration    // before every answer
	Now     func() time.Time // the server's clock; nil is time.Now

	// RetiredDatasets makes the ready-made datasets answer 410.
	RetiredDatasets bool
	// Mixed gives every second answer with data another form: values as an object,
	// statuses as an array, which JSON-stat allows and other servers write.
	Mixed bool
	// Redirect makes addresses below /moved answer 301 to those without it.
	Redirect bool
}

// A Subject is a level of the tree.
type Subject struct {
	Path string // levels joined by "/"
	Text Text
	// Headline is a line that stands in the listing and leads nowhere.
	Headline bool
}

// A Server is the handler. It can be used by many at once.
type Server struct {
	host     *Host
	tables   []*Table
	tables2  []*Table // as v2 has them
	subjects []Subject
	maxCells int
	told     int
	slow     int
	values   int
	latency  time.Duration
	retired  bool
	redirect bool
	mixed    bool
	index    sync.Map // what searches look at
	hostPace bool

	mu       sync.Mutex
	limiter  limiter
	faults   faultState
	now      func() time.Time
	stats    Stats
	requests []Request
	editions map[string]int // times that a table was updated
	saved    []savedQuery
	answers  int // with data
}

// Start serves on loopback until the test ends. base is the address without a
// slash at the end.
func Start(t TB, o Options) (base string, s *Server) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s = New(o)
	server := &http.Server{Handler: s}
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return "http://" + l.Addr().String(), s
}

// TB is what Start needs of a testing.TB; commands link this package and need no
// package testing.
type TB interface {
	Helper()
	Cleanup(func())
	Fatal(args ...any)
}

// Serve serves on an address of this machine ("127.0.0.1:0" takes any port) until
// the context ends. ready is called with the base address before the first call
// is taken. Addresses that other machines can reach are refused.
func Serve(ctx context.Context, address string, o Options, ready func(base string)) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	if ip := l.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
		l.Close()
		return fmt.Errorf("%s can be reached from other machines; use 127.0.0.1 or localhost", address)
	}
	server := &http.Server{Handler: New(o), ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if ready != nil {
		ready("http://" + l.Addr().String())
	}
	if err := server.Serve(l); err != http.ErrServerClosed {
		return err
	}
	return nil
}
