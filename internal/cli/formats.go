package cli

// FirstBytes is how many bytes of an input [Formats] are shown.
const FirstBytes = 4096

// Formats is what a command knows of the formats of files. Its methods return nil
// where nothing is wrong, or nothing is known.
type Formats interface {
	// Missing is asked for the name of an input that is no file: there is none, or it is
	// a folder.
	Missing(c *Call, name string) error

	// Input is asked for the first bytes of the input, at most [FirstBytes] of them,
	// decompressed. That is once before [Context.Input] returns it, with a nil error,
	// and once when a run failed by what the input holds, with how it failed. What it
	// returns is what the run fails with.
	Input(c *Call, first []byte, failure error) error

	// Output is asked for the name of an output before anything is read.
	Output(c *Call, name string) error
}

// Members is what [Formats] of a command are too that reads one member of a zip
// archive like a file.
type Members interface {
	// Member is asked which of the members is to be read: its index. What it returns
	// as an error is what the run fails with.
	Member(c *Call, names []string) (int, error)
}

// Endings is what [Formats] of a command are too that know how the names of files end.
type Endings interface {
	// Endings are those of files that the call reads, in lower case with the point,
	// without what packed files have behind them.
	Endings(c *Call) []string
}
