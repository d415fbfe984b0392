package jsonstat

import (
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// source is the text of a document, with what is needed to say where something is in it.
// It has no lines: offsets are noted while reading, and errorplace.go computes line, column
// and pointer when an error is made, so that good documents do not pay for it.
type source struct {
	in       *input
	nan      bool // NaN and the infinities are read as null
	r        *jsontoken.Reader
	parser   *jsontoken.Parser
	state    *streamState
	lastLine lineAt // of the error before
}

// kept is the part of the text that can be read again: all of it, or the part of a stream
// in front of its cells.
func (t *source) kept() window.Source {
	if t.state.stage != stageKept {
		return t.in.spool.Kept() // what lies behind belongs to the values
	}
	return t.in.src
}

// reader is a reader of its own over what of the text was kept.
func (t *source) reader() *jsontoken.Reader {
	r := jsontoken.NewReader(t.kept(), 0)
	r.NaN = t.nan
	return r
}

// lineAt is an offset with the number of its line and where that begins. It is remembered
// from one error to the next: errors mostly come in the order of the text, so each counts
// lines from the last one only. A document of 10,000 warnings is read once, not 10,000
// times.
type lineAt struct {
	off   int64
	line  int // 0 if none is known
	begin int64
}
