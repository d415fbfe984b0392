package jsonstat

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// From an offset to a place that a person finds: line, column and JSON Pointer.
//
// The line is found by counting line breaks in the text from its start, or from the last
// error (lineAt). The pointer of a value in the tree is known to the tree. That of a
// syntax error is not, for the tree ends there: the text is walked through again, value by
// value, up to the offset (jsontoken.Reader.PathAt). For {"size":[2,x]} and the offset of x
// that walk goes {, "size", [, 0, 1 and gives /size/1.
//
// Behind the cells of a stream the text is gone. Then the tree stands for it: with null in
// the place of each row of cells it is a valid text up to where the reader was.

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

// pointerAt is the JSON Pointer of the value that is being read at an offset. A name or an
// item that is not complete counts as that value. All in front of the offset must be valid.
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

// pointerBehind is pointerAt for a place behind the cells of a stream.
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

// textError turns an error of the tokenizer into one with line, column and pointer. Other
// errors, and nil, are returned as they are.
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
