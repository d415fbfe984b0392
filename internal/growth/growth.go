// Package growth compares the time of some work with the size of its input: four times
// the input may take six times the time. Work that is linear takes four times as long,
// n log n a little more, and a loop over a list for each item of a list sixteen times.
// What comes in is a function that makes the work for a size; what goes out is a failed
// test. growth.go has the measurement, the tests have the inputs by subject.
//
//	growth.Check(t, 4000, func(n int) (func() error, error) {
//		text := document(n)
//		return func() error { return read(text) }, nil
//	})
//
// Times compare with each other alone, so the machine may be slow and busy.
package growth

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// Step is how much larger the larger input is, and Most how much more time it may
// take.
const (
	Step = 4
	Most = 6.0
)

const (
	rounds = 5                    // of each pair the best of so many counts
	enough = 2                    // rounds after which a pair that is far from the limit need not go on
	far    = 0.8 * Most           // how far
	tries  = 4                    // a pair over the limit is measured anew
	again  = 2                    // and after so many tries at larger sizes
	brief  = 2 * time.Millisecond // what is done faster is done several times, at
	most   = 10                   // most so many
	memory = 1 << 30              // garbage that may lie about while time is taken
)

// Check measures work on inputs of the sizes n and Step times n in turn, and fails
// the test if the best time for the larger one is more than Most times the best for
// the smaller one. Prepare makes the input of a size; its time does not count, that
// of the work does.
//
// A pair over the limit is measured anew, since the machine may have been busy, then at
// sizes twice and four times as large: where the larger input no longer fits into the
// caches of the processor and the smaller one does, time grows faster for once, but
// what looks through lists takes sixteen times as much at every size.
func Check(t testing.TB, n int, prepare func(n int) (work func() error, err error)) {
	t.Helper()
	// The collector runs between the measurements.
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(memory))
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	ready := func(n int) func() error {
		work, err := prepare(n)
		if err == nil {
			err = work() // what is done once only, and what fails, comes here
		}
		if err != nil {
			t.Fatalf("size %d: %v", n, err)
		}
		return work
	}
	var ratio float64
	var first, second time.Duration
	small, large := ready(n), ready(Step*n)
	for try := range tries {
		if try >= again {
			n *= 2
			small, large = ready(n), ready(Step*n)
		}
		first, second = pair(t, small, large)
		if ratio = float64(second) / float64(max(first, 1)); ratio <= Most {
			t.Logf("size %d: %v, size %d: %v, %.1f times as much", n, first, Step*n, second, ratio)
			return
		}
	}
	t.Errorf("size %d takes %v, size %d %v: that is %.1f times as much, more than %v", n, first, Step*n, second, ratio, Most)
}

// pair is the best time of each, measured in turn.
func pair(t testing.TB, small, large func() error) (first, second time.Duration) {
	t.Helper()
	// What is done in no time is done several times over.
	times := 1 + min(int(brief/max(spent(t, small, 1), 1)), most)
	for k := range rounds {
		a, b := spent(t, small, times), spent(t, large, times)
		if k == 0 || a < first {
			first = a
		}
		if k == 0 || b < second {
			second = b
		}
		if k+1 >= enough && float64(second) <= far*float64(first) {
			break
		}
	}
	return first, second
}

// spent is the time of the processor that work takes, done so many times.
func spent(t testing.TB, work func() error, times int) time.Duration {
	t.Helper()
	runtime.GC()
	from := clock()
	for range times {
		if err := work(); err != nil {
			t.Fatalf("done once more: %v", err)
		}
	}
	return clock() - from
}
