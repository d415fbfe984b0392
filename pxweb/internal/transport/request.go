package transport

// Request is a call to be made, perhaps more than once.
type Request struct {
	Method string
	URL    string
	Body   []byte // JSON, for POST
	Accept string // default application/json
	Max    int64  // bytes of the answer that are read at most; 0: maxSmall

	// Less says that the caller will ask for less after a time-out or a 5xx, which are
	// given back after two tries, and not six.
	Less bool

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
