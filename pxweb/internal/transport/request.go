package transport

// Request is a call to be made, perhaps more than once.
type Request struct {
	Method string
	URL    string
	Body   []byte // JSON, for POST
	Accept string // default application/json
	Max    int64  // bytes of the answer that are read at most; 0: maxSmall

	// Few are the tries after which time-outs and 5xx are given back to the caller, who
	// will ask for less; 0: as often as for anything else.
	Few int

	// Once says that a broken connection is tried once more, and not six times: the answer
	// can be done without.
	Once bool

	// Worked says that the server answered questions of this kind before, so that
	// a failure is its trouble and not that of the question.
	Worked bool
}

// maxSmall is the most that is read of anything but data: metadata of a variable
// with a million codes is smaller.
const maxSmall = 256 << 20
