package jsonstat

import (
	"fmt"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// findings are the warnings of a text, one entry for each kind with its count.
type findings struct {
	text    *source
	strict  bool // the first warning of a kind that is refused is an error
	warned  []WarningCount
	refused error // it, or why the text of a member could not be read again
}

// warn notes a departure from the specification; n is where.
func (f *findings) warn(kind WarningKind, n jsontoken.Node, format string, args ...any) {
	f.warnMany(kind, 1, n, format, args...)
}

// warnMany notes several at once. Only the first of a kind is given a place, which costs
// a search: a document with a million wrong keys has one.
func (f *findings) warnMany(kind WarningKind, count int, n jsontoken.Node, format string, args ...any) {
	if f.countAgain(kind, count) {
		return
	}
	w := Warning{Kind: kind, Msg: fmt.Sprintf(format, args...), Pointer: n.Pointer()}
	f.warned = append(f.warned, WarningCount{Warning: w, Count: count})
	if f.strict && f.refused == nil && kind.refused() {
		f.refused = f.text.errorAt(n, ErrNotJSONStat, "%s", w.Msg)
	}
}

// add adds those of a kind to what was warned of.
func (f *findings) add(w WarningCount) {
	if !f.countAgain(w.Kind, w.Count) {
		f.warned = append(f.warned, w)
	}
}

// countAgain adds to the count of a kind. It reports false if there was none of it so far.
func (f *findings) countAgain(kind WarningKind, n int) bool {
	i := slices.IndexFunc(f.warned, func(w WarningCount) bool { return w.Kind == kind })
	if i < 0 {
		return false
	}
	f.warned[i].Count += n
	return true
}
