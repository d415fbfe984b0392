package jsontoken

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// Parser builds a tree from a reader, by recursive descent. Rows of cells are scanned, not
// parsed. It can stop in front of a row (Stop), so that its cells are read as they come
// from a stream, and parse the rest later (Rest): open has the containers that are to be
// closed then.
type Parser struct {
	R    *Reader
	Tree *Tree

	// IsCells says whether the member of this name, at this depth, may be a row
	// of cells. Nil: none is.
	IsCells func(name []byte, depth int) bool

	// IsOpaque says that nothing inside the member of this name is a row of cells.
	IsOpaque func(name []byte) bool

	// IsWords says that the strings of the row are to be collected.
	IsWords func(name []byte) bool

	// Stop, if set, is asked at a row of cells, outside of opaque members,
	// whether to leave its cells unread. The tree ends there until Rest is
	// called, and the window.Section is its last.
	Stop func(name []byte, depth int) bool

	// Inside is where Rest failed, if that is no place of the tree.
	Inside *Inside

	cells      *window.Cursor // of the rows met, kept for its buffers
	opaque     int
	unreadable bool  // what was read cannot be read again
	restDepth  int   // depth of the container whose rest is being read
	stopped    int   // depth at which Stop said yes, 0 if it did not
	open       []int // tokens of the containers around the place, outermost first
}

// Stopped tells at which depth of objects and arrays the parser left the text
// at the request of Stop; 0 if it read it to its end.
func (p *Parser) Stopped() int { return p.stopped }

// Document parses the whole text.
func (p *Parser) Document() error {
	if err := p.parseValue(1); err != nil || p.stopped > 0 {
		return err
	}
	return p.R.CheckEnd()
}

// Rest parses what follows a row of cells at which the parser stopped: the
// members and items that are left at each level. nested says that the row ends in
// front of an array or an object, the index of which it is. The tree is whole then,
// but that null stands for what was taken for a row of cells and was none: the
// source need not be able to go back.
func (p *Parser) Rest(nested bool, index int64) error {
	open, t := p.open, p.Tree
	p.stopped, p.open, p.Stop, p.unreadable = 0, nil, nil, true
	t.Places = map[int]Place{}
	if nested {
		row := len(t.Tokens) - 1
		p.noteNested(row, strconv.FormatInt(index, 10))
		if err := p.skipRest(row, false, len(open)+1); err != nil {
			return err
		}
	}
	for depth := len(open); depth > 0; depth-- {
		k := open[depth-1]
		p.restDepth = depth
		var err error
		if p.Tree.Tokens[k].Kind == Object {
			err = p.parseMembers(depth, true)
		} else {
			err = p.parseItems(depth, true)
		}
		p.closeContainer(k, err)
		if err != nil {
			return err
		}
	}
	return p.R.CheckEnd()
}

// noteNested notes the array or object that the reader stands at, in place of a cell.
func (p *Parser) noteNested(row int, step string) {
	off := p.R.Offset()
	line, column := p.R.LineColumn(off)
	if p.Tree.Nested == nil {
		p.Tree.Nested = map[int]Nested{}
	}
	p.Tree.Nested[row] = Nested{Place{line, column}, off, p.R.Buf[p.R.Pos] == '{', step}
}

// addToken appends a token and its text.
func (p *Parser) addToken(kind Kind, off int64, text []byte) error {
	t := p.Tree
	if len(t.Text)+len(text) > MaxHead {
		return &window.SyntaxError{Offset: off, Limit: true,
			Msg: fmt.Sprintf("the text outside value and status is longer than %d MiB", MaxHead>>20)}
	}
	pos := uint32(len(t.Text))
	t.Text = append(grow(t, t.Text, len(text), 1), text...)
	t.Tokens = append(grow(t, t.Tokens, 1, perToken), Token{Kind: kind, Pos: pos, End: uint32(len(t.Text)), Next: uint32(len(t.Tokens) + 1), Off: off})
	return nil
}

// closeContainer ends the container that starts at token k. Where the parser stopped
// or failed only its tokens end: there is more text to come.
func (p *Parser) closeContainer(k int, err error) {
	t := p.Tree
	if p.stopped == 0 && err == nil {
		t.Text = append(t.Text, "]}"[t.Tokens[k].Kind-Array])
	}
	t.Tokens[k].End = uint32(len(t.Text))
	t.Tokens[k].Next = uint32(len(t.Tokens))
}

// parseValue parses one value; depth counts the containers around it, from 1.
func (p *Parser) parseValue(depth int) error {
	r := p.R
	c := r.Space()
	r.Mark = r.Pos
	off := r.Offset()
	switch c {
	case '{', '[':
		if depth > MaxDepth {
			return r.tooDeep(off)
		}
		k := len(p.Tree.Tokens)
		kind := Object
		if c == '[' {
			kind = Array
		}
		if err := p.addToken(kind, off, []byte{c}); err != nil {
			return err
		}
		r.Pos++
		p.open = append(p.open, k)
		var err error
		if c == '{' {
			err = p.parseMembers(depth, false)
		} else {
			err = p.parseItems(depth, false)
		}
		p.closeContainer(k, err)
		if p.stopped == 0 {
			p.open = p.open[:len(p.open)-1]
		}
		return err
	}
	end, kind, err := r.Scalar(r.Pos)
	if err != nil {
		return err
	}
	text := r.Buf[r.Mark:end]
	if kind == Null {
		text = []byte("null") // which NaN is, where it is let pass
	}
	err = p.addToken(kind, off, text)
	r.Pos = end
	return err
}

// parseMembers parses the members of an object behind its brace; behind says that one of
// them was parsed already.
func (p *Parser) parseMembers(depth int, behind bool) error {
	r := p.R
	for {
		c := r.Space()
		if c == '}' {
			r.Pos++
			return nil
		}
		if behind {
			if c != ',' {
				return r.noComma(r.Pos, '}')
			}
			r.Pos++
			p.Tree.Text = append(p.Tree.Text, ',')
			c = r.Space()
		}
		if c != '"' {
			return r.Unexpected(r.Pos, "the name of a member")
		}
		if err := p.parseMember(depth); err != nil || p.stopped > 0 {
			return err
		}
		behind = true
	}
}

// parseMember parses a name and its value.
func (p *Parser) parseMember(depth int) error {
	r := p.R
	r.Mark = r.Pos
	off := r.Offset()
	end, err := r.checkString(r.Pos)
	if err != nil {
		return err
	}
	name := len(p.Tree.Tokens)
	defer func() {
		// What failed is a tree all the same, so that a message can say where.
		if len(p.Tree.Tokens) == name+1 {
			p.Tree.Tokens = append(p.Tree.Tokens, Token{Kind: Null, Pos: uint32(len(p.Tree.Text)), End: uint32(len(p.Tree.Text)), Next: uint32(name + 2), Off: off})
		}
	}()
	if err := p.addToken(String, off, r.Buf[r.Mark:end]); err != nil {
		return err
	}
	r.Pos = end
	if r.Space() != ':' {
		return r.Unexpected(r.Pos, "a colon")
	}
	r.Pos++
	p.Tree.Text = append(p.Tree.Text, ':')
	c := r.Space()
	off = r.Offset()
	quoted := p.Tree.Text[p.Tree.Tokens[name].Pos:p.Tree.Tokens[name].End]
	key := quoted[1 : len(quoted)-1]
	if p.unreadable && depth == p.restDepth {
		line, column := r.LineColumn(off)
		p.Tree.Places[len(p.Tree.Tokens)] = Place{line, column}
	}
	return p.parseNamed(key, c, depth)
}

// parseNamed parses the value of a member, which starts with c.
func (p *Parser) parseNamed(key []byte, c byte, depth int) error {
	if (c == '[' || c == '{') && p.opaque == 0 && p.IsCells != nil && p.IsCells(key, depth) {
		done, err := p.parseRow(key, depth)
		if done || err != nil {
			return err
		}
	}
	opaque := p.IsOpaque != nil && p.IsOpaque(key)
	if opaque {
		p.opaque++
	}
	err := p.parseValue(depth + 1)
	if opaque {
		p.opaque--
	}
	return err
}

// parseRow scans a row of cells as a section. A container that holds other containers is
// no row of cells: the reader goes back to its start, and parseRow reports false to have it
// parsed as a value. Behind the cells of a stream it cannot go back; then the row is
// passed over, and the tree has null for it.
func (p *Parser) parseRow(key []byte, depth int) (bool, error) {
	r := p.R
	t := p.Tree
	off := r.Offset()
	line, column := 0, 0
	if p.Stop != nil { // a stream, in which lines are counted by the reader alone
		line, column = r.LineColumn(off)
	}
	s := &window.Section{Off: off, Object: r.Buf[r.Pos] == '{', At: len(t.Text)}
	if p.Stop != nil && p.Stop(key, depth) {
		p.stopped = depth
	} else {
		words := p.IsWords != nil && p.IsWords(key)
		if p.cells == nil {
			p.cells = &window.Cursor{R: &r.Reader, G: r}
		}
		switch err := s.Scan(p.cells, words); {
		case err == window.ErrNested && p.unreadable && s.Object && s.Count+int64(p.cells.N) == 0:
			return true, p.parseObject(s.Off, p.cells.Wrong, depth+1)
		case err == window.ErrNested && p.unreadable:
			p.noteNested(len(t.Tokens), p.cells.Step(0, s.Count+int64(p.cells.N)))
			if err := p.skipRest(len(t.Tokens), s.Object, depth+1); err != nil {
				return true, err
			}
			return true, p.addToken(Null, s.Off, []byte("null"))
		case err == window.ErrNested:
			r.JumpBack(off, line, column)
			return false, nil
		case err != nil:
			return false, err
		}
	}
	t.Sections = append(t.Sections, s)
	t.Tokens = append(t.Tokens, Token{Kind: Cells, Pos: uint32(len(t.Sections) - 1), Next: uint32(len(t.Tokens) + 1), Off: off})
	return true, nil
}

// parseObject parses an object, from the first of its values on.
func (p *Parser) parseObject(off int64, name []byte, depth int) error {
	r := p.R
	c := r.Buf[r.Pos]
	if c != '{' && c != '[' {
		c = r.Space()
	}
	k := len(p.Tree.Tokens)
	if err := p.addToken(Object, off, []byte{'{'}); err != nil {
		return err
	}
	if err := p.addToken(String, off, name); err != nil {
		return err
	}
	p.Tree.Text = append(p.Tree.Text, ':')
	err := p.parseNamed(name[1:len(name)-1], c, depth)
	if err == nil {
		err = p.parseMembers(depth, true)
	}
	p.closeContainer(k, err)
	return err
}

// skipRest parses the rest of a container, from an array or an object inside it on, and
// leaves nothing of it in the tree.
func (p *Parser) skipRest(row int, object bool, depth int) error {
	t := p.Tree
	text, tokens, sections := len(t.Text), len(t.Tokens), len(t.Sections)
	err := p.parseValue(depth + 1)
	switch {
	case err != nil:
	case object:
		err = p.parseMembers(depth, true)
	default:
		err = p.parseItems(depth, true)
	}
	if err != nil {
		p.Inside = &Inside{Step: t.Nested[row].Step, Array: !object, Text: slices.Clone(t.Text[text:])}
	}
	t.Text, t.Tokens, t.Sections = t.Text[:text], t.Tokens[:tokens], t.Sections[:sections]
	return err
}

// parseItems parses the items of an array behind its bracket; behind says that one of them
// was parsed already.
func (p *Parser) parseItems(depth int, behind bool) error {
	r := p.R
	for ; ; behind = true {
		c := r.Space()
		if c == ']' {
			r.Pos++
			return nil
		}
		if behind {
			if c != ',' {
				return r.noComma(r.Pos, ']')
			}
			r.Pos++
			p.Tree.Text = append(p.Tree.Text, ',')
			if r.Space() == ']' {
				return r.Unexpected(r.Pos, "a value")
			}
		}
		if err := p.parseValue(depth + 1); err != nil || p.stopped > 0 {
			return err
		}
	}
}
