package jsonstat

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// lineColumn is the line and column of an offset; zeros if the text is gone.
func (t *source) lineColumn(off int64) (line, column int) {
	if off < 0 {
		return 0, 0
	}
	at := lineAt{off: t.in.start, line: 1, begin: t.in.start}
	if t.lastLine.line > 0 && t.lastLine.off <= off {
		at = t.lastLine
	}
	src, buf := t.kept(), make([]byte, 64<<10)
	for at.off < off {
		n, err := src.ReadAt(buf[:min(int64(len(buf)), off-at.off)], at.off)
		at.line += bytes.Count(buf[:n], []byte{'\n'})
		if k := bytes.LastIndexByte(buf[:n], '\n'); k >= 0 {
			at.begin = at.off + int64(k) + 1
		}
		at.off += int64(n)
		switch {
		case err == nil || at.off == off:
		case t.state.stage != stageKept: // it is gone
			return t.r.LineColumn(off)
		default:
			return 0, 0
		}
	}
	t.lastLine = at
	return at.line, int(off-at.begin) + 1
}

// pointerAt is the JSON Pointer of the value that is being read at an offset:
// a name or an item that is not complete, else what is around it. All that
// stands in front of the offset must be in order.
func (t *source) pointerAt(bad *window.SyntaxError) string {
	if t.state.stage == stageInCells {
		return t.pointerBehind(bad)
	}
	r := t.reader()
	r.Goto(t.in.start)
	steps := r.PathAt(bad.Offset)
	if _, gone := errors.AsType[*window.ReadError](r.Err); gone {
		return ""
	}
	return jsontoken.Pointer(steps...)
}

// pointerBehind is pointerAt for what stands behind the cells of a stream: the text
// is gone, but the tree has it all without the cells.
func (t *source) pointerBehind(bad *window.SyntaxError) string {
	tree := t.parser.Tree
	text := tree.Filled()
	last := tree.Tokens[len(tree.Tokens)-1]
	if in := t.parser.Inside; in != nil {
		steps := jsontoken.NewReader(window.Bytes(text), 0).PathAt(int64(len(text)))
		inside := jsontoken.NewReader(window.Bytes(in.Text), 0).PathInside(int64(len(in.Text)), in.Array, in.Step)
		return jsontoken.Pointer(append(steps, inside...)...)
	}
	if !bad.Row && (last.Kind == jsontoken.Cells || last.Off+int64(last.End-last.Pos) < bad.Offset) {
		text = append(text, ' ') // the place is behind the last value
	}
	steps := jsontoken.NewReader(window.Bytes(text), 0).PathAt(int64(len(text)))
	if bad.Row && bad.Step != "" {
		steps = append(steps, bad.Step)
	}
	return jsontoken.Pointer(steps...)
}

// errorAt makes an error about a value of the tree.
func (t *source) errorAt(n jsontoken.Node, sentinel error, format string, args ...any) error {
	e := &Error{Offset: -1, Msg: fmt.Sprintf(format, args...), Err: sentinel}
	if n.OK() {
		e.Pointer = n.Pointer()
		e.Offset = n.Token().Off
		if place, ok := n.T.Places[n.I]; ok {
			e.Line, e.Column = place.Line, place.Column
		} else {
			e.Line, e.Column = t.lineColumn(e.Offset)
		}
	}
	return e
}

// textError turns an error of the tokenizer into one with line, column and pointer. Nil
// stays nil.
func (t *source) textError(err error) error {
	var bad *window.SyntaxError
	if !errors.As(err, &bad) {
		var below *window.ReadError
		if errors.As(err, &below) {
			return below.Err
		}
		return err
	}
	e := &Error{Offset: bad.Offset, Msg: bad.Msg, Err: ErrSyntax}
	if bad.Limit {
		e.Err = ErrLimit
	}
	e.Line, e.Column = t.lineColumn(bad.Offset)
	e.Pointer = t.pointerAt(bad)
	switch {
	case bad.NaN:
		e.Err = ErrNaN
	case bad.UTF8:
		e.Err = ErrEncoding
	}
	return e
}
