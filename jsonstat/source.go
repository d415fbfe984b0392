package jsonstat

import (
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// source is the text of a document, with what is needed to say where something is in
// it. Beyond its offset that is found by reading the text again up to there: good
// documents do not pay for it.
type source struct {
	in       *input
	nan      bool // NaN and the infinities are read as null
	r        *jsontoken.Reader
	parser   *jsontoken.Parser
	state    *streamState
	lastLine lineAt // of the error before
}

// kept is what of the text can be read again.
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

// lineAt is the line of an offset, and where it begins. Many errors of one document
// mostly come one behind the other: it is gone through from the last one on.
type lineAt struct {
	off   int64
	line  int // 0 if none is known
	begin int64
}
