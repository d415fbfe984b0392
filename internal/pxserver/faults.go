package pxserver

import "math/rand/v2"

// A Fault is something that goes wrong on request.
type Fault int

const (
	NoFault     Fault = iota
	TooMany           // 429
	Unavailable       // 503, a page
	Drop              // the connection breaks in the middle of the body
	DropEarly         // the connection breaks before the answer
	Maintenance       // 200 with a page
	Empty500          // 500 without a body

	Truncated // a body that ends in the middle, whole for HTTP
	Listing   // 200 with a listing instead of data
)

// Faults say when what goes wrong. Probabilities are of one call each and are
// drawn in the order of the fields.
type Faults struct {
	Seed                                            uint64
	TooMany, Unavailable, Drop, DropEarly, Empty500 float64
	Maintenance, Truncated                          float64
	RetryAfter                                      int           // seconds told with TooMany; 0 is not told
	On                                              map[int]Fault // by number of the call, from 1; these come whatever the probabilities are
	DataOnly                                        bool          // only calls for data are counted and can go wrong
	// Most is how many faults there are by probability at most; 0 is no limit.
	Most int
	// UpdateAfter data answers every table is updated: `updated` and the figures
	// change. 0 is never.
	UpdateAfter int
}

// faultState draws them.
type faultState struct {
	Faults
	random *rand.Rand
	calls  int
	given  int
}

func newFaultState(f Faults) faultState {
	return faultState{Faults: f, random: rand.New(rand.NewPCG(f.Seed, 1))}
}

// draw is the fault of the next call.
func (f *faultState) draw(data bool) Fault {
	if f.DataOnly && !data {
		return NoFault
	}
	f.calls++
	if fault, ok := f.On[f.calls]; ok {
		return fault
	}
	if f.Most > 0 && f.given >= f.Most {
		return NoFault
	}
	for _, p := range []struct {
		probability float64
		fault       Fault
	}{
		{f.TooMany, TooMany}, {f.Unavailable, Unavailable}, {f.Drop, Drop}, {f.DropEarly, DropEarly},
		{f.Empty500, Empty500}, {f.Maintenance, Maintenance}, {f.Truncated, Truncated},
	} {
		if p.probability > 0 && f.random.Float64() < p.probability {
			f.given++
			return p.fault
		}
	}
	return NoFault
}
