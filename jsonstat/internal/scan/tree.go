package scan

import "fmt"

// Limits of a tree. They keep a hostile or foreign document from filling the
// memory; no statistical office comes near them.
const (
	MaxDepth = 256
	MaxHead  = 1 << 30 // bytes of compact text outside the cells
)

// Token is a value of a tree, or the name of a member in front of its value.
type Token struct {
	Kind Kind
	Pos  uint32 // start in Tree.Text; for Cells the index in Tree.Sections
	End  uint32 // end in Tree.Text
	Next uint32 // index of the token behind the value, its parts included
	Off  int64  // offset in the source
}

// Tree is a JSON text without its white space, as a flat row of tokens in the
// order of the text: an object is followed by name, value, name, value, ...
// Rows of cells are left out of Text: see Section.At.
type Tree struct {
	Text     []byte
	Tokens   []Token
	Sections []*Section
}

// Parser builds a tree from a reader.
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
	// whether to leave its cells unread. The tree is closed there as if the text
	// ended, and the Section is the last of the tree.
	Stop func(name []byte, depth int) bool

	opaque  int
	stopped int // depth at which Stop said yes, 0 if it did not
}

// Stopped tells at which depth of objects and arrays the parser left the text
// at the request of Stop; 0 if it read it to its end.
func (p *Parser) Stopped() int { return p.stopped }

// Document parses the whole text.
func (p *Parser) Document() error {
	if err := p.value(1); err != nil || p.stopped > 0 {
		return err
	}
	return p.R.End()
}

// Rest parses what follows a row of cells at which the parser stopped: the
// members that are left at each level, into the tree, whose tokens then have no
// common root.
func (p *Parser) Rest() error {
	depth := p.stopped
	p.stopped, p.Stop = 0, nil
	for ; depth > 0; depth-- {
		if err := p.members(depth, true); err != nil {
			return err
		}
	}
	return p.R.End()
}

// add appends a token and its text.
func (p *Parser) add(kind Kind, off int64, text []byte) error {
	t := p.Tree
	if len(t.Text)+len(text) > MaxHead {
		return &SyntaxError{Offset: off, Limit: true,
			Msg: fmt.Sprintf("the text outside value and status is longer than %d MiB", MaxHead>>20)}
	}
	pos := uint32(len(t.Text))
	t.Text = append(t.Text, text...)
	t.Tokens = append(t.Tokens, Token{Kind: kind, Pos: pos, End: uint32(len(t.Text)), Next: uint32(len(t.Tokens) + 1), Off: off})
	return nil
}

// close ends the container that starts at token k.
func (p *Parser) close(k int, c byte) {
	t := p.Tree
	t.Text = append(t.Text, c)
	t.Tokens[k].End = uint32(len(t.Text))
	t.Tokens[k].Next = uint32(len(t.Tokens))
}

// value parses one value; depth counts the containers around it, from 1.
func (p *Parser) value(depth int) error {
	r := p.R
	c := r.space()
	r.mark = r.pos
	off := r.Offset()
	switch c {
	case '{', '[':
		if depth > MaxDepth {
			return &SyntaxError{Offset: off, Limit: true, Msg: fmt.Sprintf("more than %d arrays and objects inside each other", MaxDepth)}
		}
		k := len(p.Tree.Tokens)
		kind, end := Object, byte('}')
		if c == '[' {
			kind, end = Array, ']'
		}
		if err := p.add(kind, off, []byte{c}); err != nil {
			return err
		}
		r.pos++
		var err error
		if c == '{' {
			err = p.members(depth, false)
		} else {
			err = p.items(depth)
		}
		p.close(k, end)
		return err
	}
	end, kind, err := r.scalar(r.pos)
	if err != nil {
		return err
	}
	err = p.add(kind, off, r.buf[r.mark:end])
	r.pos = end
	return err
}

// members parses the members of an object behind its brace; behind says that
// it already stands behind one of them.
func (p *Parser) members(depth int, behind bool) error {
	r := p.R
	for {
		c := r.space()
		if c == '}' && r.pos < r.end {
			// A comma in front of the brace is caught below.
			r.pos++
			return nil
		}
		if behind {
			if c != ',' {
				return r.unexpected(r.pos, "a comma or the end of the object")
			}
			r.pos++
			p.Tree.Text = append(p.Tree.Text, ',')
			c = r.space()
		}
		if c != '"' {
			return r.unexpected(r.pos, "the name of a member")
		}
		if err := p.member(depth); err != nil || p.stopped > 0 {
			return err
		}
		behind = true
	}
}

// member parses a name and its value.
func (p *Parser) member(depth int) error {
	r := p.R
	r.mark = r.pos
	off := r.Offset()
	end, err := r.str(r.pos)
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
	if err := p.add(String, off, r.buf[r.mark:end]); err != nil {
		return err
	}
	r.pos = end
	if r.space() != ':' {
		return r.unexpected(r.pos, "a colon")
	}
	r.pos++
	p.Tree.Text = append(p.Tree.Text, ':')
	c := r.space()
	off = r.Offset()
	quoted := p.Tree.Text[p.Tree.Tokens[name].Pos:p.Tree.Tokens[name].End]
	key := quoted[1 : len(quoted)-1]
	if (c == '[' || c == '{') && p.opaque == 0 && p.IsCells != nil && p.IsCells(key, depth) {
		done, err := p.cells(key, depth)
		if done || err != nil {
			return err
		}
	}
	opaque := p.IsOpaque != nil && p.IsOpaque(key)
	if opaque {
		p.opaque++
	}
	err = p.value(depth + 1)
	if opaque {
		p.opaque--
	}
	return err
}

// cells reads a row of cells as a section. It reports false, with the reader
// back at the start, if the container holds other containers.
func (p *Parser) cells(key []byte, depth int) (bool, error) {
	r := p.R
	t := p.Tree
	off := r.Offset()
	line, column := r.LineColumn(off)
	s := &Section{Off: off, Object: r.buf[r.pos] == '{', At: len(t.Text)}
	if p.Stop != nil && p.Stop(key, depth) {
		p.stopped = depth
	} else {
		words := p.IsWords != nil && p.IsWords(key)
		switch err := s.scan(r, words); {
		case err == ErrNested:
			r.jumpBack(off, line, column)
			return false, nil
		case err != nil:
			return false, err
		}
	}
	t.Sections = append(t.Sections, s)
	t.Tokens = append(t.Tokens, Token{Kind: Cells, Pos: uint32(len(t.Sections) - 1), Next: uint32(len(t.Tokens) + 1), Off: off})
	return true, nil
}

// items parses the items of an array behind its bracket.
func (p *Parser) items(depth int) error {
	r := p.R
	for first := true; ; first = false {
		c := r.space()
		if c == ']' {
			r.pos++
			return nil
		}
		if !first {
			if c != ',' {
				return r.unexpected(r.pos, "a comma or the end of the array")
			}
			r.pos++
			p.Tree.Text = append(p.Tree.Text, ',')
			if r.space() == ']' {
				return r.unexpected(r.pos, "a value")
			}
		}
		if err := p.value(depth + 1); err != nil || p.stopped > 0 {
			return err
		}
	}
}
