package jsonstat

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

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
	tree     *jsontoken.Tree
	live     bool // the cells of the only dataset were not kept, or need not be
	flow     *flow
	lastLine lineAt // of the error before
}

// reader is a reader of its own over what of the text was kept.
func (t *source) reader() *jsontoken.Reader {
	src := t.in.src
	if t.live {
		src = t.in.spool.Kept() // what lies behind belongs to the values
	}
	r := jsontoken.NewReader(src, 0)
	r.NaN = t.nan
	return r
}

// upTo reads the text up to an offset in pieces. It reports false if the text,
// that of a stream, is gone.
func (t *source) upTo(off int64, piece func(text []byte, at int64)) bool {
	return t.between(t.in.start, off, piece)
}

// between is upTo from another place than the start.
func (t *source) between(from, off int64, piece func(text []byte, at int64)) bool {
	src := t.in.src
	if t.live {
		src = t.in.spool.Kept()
	}
	buf := make([]byte, 64<<10)
	for at := from; at < off; {
		n, err := src.ReadAt(buf[:min(int64(len(buf)), off-at)], at)
		piece(buf[:n], at)
		at += int64(n)
		if err != nil && at < off {
			return false
		}
	}
	return true
}

// lineColumn is the line and column of an offset; zeros if the text is gone.
func (t *source) lineColumn(off int64) (line, column int) {
	if off < 0 {
		return 0, 0
	}
	at := lineAt{off: t.in.start, line: 1, begin: t.in.start}
	if t.lastLine.line > 0 && t.lastLine.off <= off {
		at = t.lastLine
	}
	known := t.between(at.off, off, func(text []byte, from int64) {
		at.line += bytes.Count(text, []byte{'\n'})
		if k := bytes.LastIndexByte(text, '\n'); k >= 0 {
			at.begin = from + int64(k) + 1
		}
	})
	switch {
	case known:
		at.off = off
		t.lastLine = at
		return at.line, int(off-at.begin) + 1
	case t.live:
		return t.r.LineColumn(off)
	}
	return 0, 0
}

// lineAt is the line of an offset, and where it begins. Many errors of one document
// mostly come one behind the other: it is gone through from the last one on.
type lineAt struct {
	off   int64
	line  int // 0 if none is known
	begin int64
}

// pointerAt is the JSON Pointer of the value that is being read at an offset:
// a name or an item that is not complete, else what is around it. All that
// stands in front of the offset must be in order.
func (t *source) pointerAt(bad *window.SyntaxError) string {
	var p path
	off := bad.Offset
	if t.flow.stage == flowing {
		return t.pointerBehind(bad)
	}
	if !t.upTo(off, func(text []byte, _ int64) { p.read(text) }) {
		return ""
	}
	return p.pointer()
}

// pointerBehind is pointerAt for what stands behind the cells of a stream: the text
// is gone, but the tree has it all without the cells.
func (t *source) pointerBehind(bad *window.SyntaxError) string {
	var p path
	tree := t.parser.Tree
	p.read(tree.Text)
	last := tree.Tokens[len(tree.Tokens)-1]
	switch in := t.parser.Inside; {
	case in != nil:
		index, _ := strconv.Atoi(in.Step)
		row := path{open: []level{{array: in.Array, index: index, name: jsontoken.AppendString(nil, in.Step)}}}
		row.read(in.Text)
		return p.pointer() + row.pointer()
	case bad.Row:
		if bad.Step != "" {
			return p.pointer() + jsontoken.Pointer(bad.Step)
		}
		return p.pointer()
	case p.at == inScalar && last.Off+int64(last.End-last.Pos) < bad.Offset, p.at == beforeValue && last.Kind == jsontoken.Cells:
		p.at = behindValue
	}
	return p.pointer()
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

// textError turns an error of the tokenizer into one with line, column and pointer.
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

// path is where a reader of JSON is.
type path struct {
	open   []level
	at     pathState
	escape bool // behind a backslash
}

// level is an open object or array.
type level struct {
	array bool
	index int    // of an item
	name  []byte // of a member, with its quotes
}

// pathState is what a reader of JSON has just read.
type pathState uint8

const (
	beforeValue pathState = iota
	inScalar              // a number or a word, the end of which nothing tells
	inText
	behindValue
	beforeName
	inName
	behindName
)

func (p *path) read(text []byte) {
	for _, c := range text {
		switch {
		case p.at == inText || p.at == inName:
			p.inside(c)
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			if p.at == inScalar {
				p.at = behindValue
			}
		default:
			p.outside(c)
		}
	}
}

// inside reads a byte of a string.
func (p *path) inside(c byte) {
	if p.at == inName {
		l := &p.open[len(p.open)-1]
		l.name = append(l.name, c)
	}
	switch {
	case p.escape:
		p.escape = false
	case c == '\\':
		p.escape = true
	case c == '"' && p.at == inName:
		p.at = behindName
	case c == '"':
		p.at = behindValue
	}
}

// outside reads a byte of what is no string.
func (p *path) outside(c byte) {
	last := len(p.open) - 1
	switch {
	case c == '{':
		p.open = append(p.open, level{})
		p.at = beforeName
	case c == '[':
		p.open = append(p.open, level{array: true})
		p.at = beforeValue
	case (c == '}' || c == ']') && last >= 0:
		p.open = p.open[:last]
		p.at = behindValue
	case c == ',' && last >= 0:
		p.open[last].index++
		p.at = beforeValue
		if !p.open[last].array {
			p.at = beforeName
		}
	case c == ':':
		p.at = beforeValue
	case c == '"' && p.at == beforeName:
		p.open[last].name = append(p.open[last].name[:0], c)
		p.at = inName
	case c == '"':
		p.at = inText
	default:
		p.at = inScalar
	}
}

func (p *path) pointer() string {
	var steps []string
	for i, l := range p.open {
		if i == len(p.open)-1 && (p.at == behindValue || p.at == beforeName || p.at == inName) {
			break
		}
		if l.array {
			steps = append(steps, strconv.Itoa(l.index))
		} else {
			steps = append(steps, jsontoken.Decode(string(l.name)))
		}
	}
	return jsontoken.Pointer(steps...)
}
