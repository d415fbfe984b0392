package jsonstat

import "io"

// A pipe can be read once. With Options.Stream the cells are not kept, so a dataset is
// handed out when its values begin, and the members behind them are still unread:
//
// 	{"id":…,"size":…,"dimension":…,"value":[1,2,3,…],"status":{…},"extension":{…}}
// 	                               ^ handed out here  ^ not known yet
//
// What may be behind the cells must never be taken for absent. So every read of such a
// member asks first (require), and what happens depends on the stage of the stream:
//
// 	stageBeforeCells  keep the rest of the stream after all (it is spooled), read the
// 	                  document again as any other: the stage is then stageKept
// 	stageInCells      too late: the cells fail with ErrConsumed
// 	stageFinished     the member is known by now
// 	stageKept         the text can be read at any offset; nothing to do
//
// The stages only go forward: stageBeforeCells to stageKept, or over stageInCells to
// stageFinished. stream.go has the two ways out of stageBeforeCells.

// A document whose cells flow from a stream is known up to its cells alone. What may
// stand behind them is never taken for absent: as long as no cell was read, who asks
// for it has the stream kept after all, and the document is read as any other; while
// the cells flow it is an error, which the next cells are; and behind them it is
// there.

// stage is how far a stream was read.
type stage uint8

const (
	stageKept        stage = iota // the text is kept, or was never a stream
	stageBeforeCells              // up to the cells: the rest can still be kept
	stageInCells                  // into the cells
	stageFinished                 // to its end
)

// streamState is how far a text was read whose cells flow from a stream, and how that went.
type streamState struct {
	stage        stage
	err          error  // what is wrong with the document, as far as that came up late
	cursor       Cursor // that reads the cells
	metadataOnly bool   // behind the cells it turned out that there are none: metadata alone

	// finish reads what follows so many values; nested says that the last one is
	// followed by an array or an object.
	finish func(count int64, nested bool) error
}

// startCells notes that the cells are being read: they are not kept from now on.
func (f *streamState) startCells(in *input, cur Cursor) {
	f.stage, f.cursor = stageInCells, cur
	in.spool.Live()
}

// recordRead notes the result of reading cells, and returns what the reader is told: an
// error of the document that came up late stays.
func (f *streamState) recordRead(err error) error {
	if err != nil && err != io.EOF && f.err == nil {
		f.err = err
	}
	if f.err != nil {
		return f.err
	}
	return err
}

// unreadRest is the unread rest of the document that a dataset was read from.
type unreadRest interface {
	// require is called before a member of the dataset is used; "" stands for all of them.
	require(name string)

	// readRest sees to it that all of the document is read, and says what is wrong
	// with it.
	readRest() error
}
