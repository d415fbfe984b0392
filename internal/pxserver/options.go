package pxserver

import "time"

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
	ToldPace  bool          // the configurations tell the host's calls and window, whatever holds

	Dates Dates // what documents say of when a table was updated

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

// Dates are what the documents of a server say of when a table was updated.
type Dates int

const (
	DatesOfUpdate   Dates = iota // the truth
	DatesOfCreation              // the day on which it was made, which never moves: of file-based servers
	DatesOfAnswer                // the time of the answer
	DatesEndless                 // 9999-12-31
	NoDates                      // nothing
)
