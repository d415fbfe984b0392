package pxweb

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// The head of a part as an ordered tree whose names and scalars are the tokens of
// the server, so that what was read is written back to the letter. The text was
// checked by package jsonstat before; cells are left out.

// value is a value of JSON.
type value struct {
	raw     []byte // the text without white space; of cells only their brackets
	kind    byte   // '{', '[', or 0 for a scalar
	members []member
	items   []*value
	at      map[string]int // places of members, made when needed
	counted int            // how many members it knows
}

// member is a member of an object.
type member struct {
	quoted []byte // the name as written
	name   string
	value  *value
}

// maxHead is how much of a document may be anything but cells.
const maxHead = 128 << 20

var errHead = errors.New("the head of the document is too large")

// readTree reads the head of a dataset from its text.
func readTree(r io.Reader) (*value, error) {
	head, err := readHeadText(bufio.NewReaderSize(r, 64<<10))
	if err != nil {
		return nil, err
	}
	p := treeParser{text: head}
	return p.value(), nil
}

// readHeadText copies a document without white space and without the cells.
func readHeadText(r *bufio.Reader) ([]byte, error) {
	var out []byte
	depth, start := 0, 0
	name := "" // of the member of the root that is being read
	wantName := false
	for {
		c, err := r.ReadByte()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if len(out) > maxHead {
			return nil, errHead
		}
		switch c {
		case ' ', '\t', '\n', '\r':
			continue
		case 0xef, 0xbb, 0xbf:
			if depth == 0 {
				continue // a byte order mark
			}
		case '"':
			start = len(out)
			if out, err = copyString(append(out, c), r); err != nil {
				return nil, err
			}
			if depth == 1 && wantName {
				name, wantName = unquote(out[start:]), false
			}
			continue
		case '{', '[':
			out = append(out, c)
			depth++
			if depth == 1 {
				wantName = true
			} else if depth == 2 && (name == "value" || name == "status") {
				if err := skip(r, depth); err != nil {
					return nil, err
				}
				out = append(out, c+2)
				depth--
			}
			continue
		case '}', ']':
			depth--
		case ',':
			wantName = depth == 1
		}
		out = append(out, c)
	}
}

// copyString copies a string whose first quote was read.
func copyString(out []byte, r *bufio.Reader) ([]byte, error) {
	for {
		c, err := r.ReadByte()
		if err != nil {
			return nil, io.ErrUnexpectedEOF
		}
		out = append(out, c)
		switch c {
		case '"':
			return out, nil
		case '\\':
			if c, err = r.ReadByte(); err != nil {
				return nil, io.ErrUnexpectedEOF
			}
			out = append(out, c)
		}
	}
}

// skip reads to the end of the array or object in which r stands.
func skip(r *bufio.Reader, _ int) error {
	for depth := 1; depth > 0; {
		c, err := r.ReadByte()
		if err != nil {
			return io.ErrUnexpectedEOF
		}
		switch c {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			for {
				c, err := r.ReadByte()
				if err != nil {
					return io.ErrUnexpectedEOF
				}
				if c == '"' {
					break
				}
				if c == '\\' {
					_, _ = r.ReadByte()
				}
			}
		}
	}
	return nil
}

func unquote(quoted []byte) string {
	if i := slices.Index(quoted, '\\'); i < 0 && len(quoted) >= 2 {
		return string(quoted[1 : len(quoted)-1])
	}
	var s string
	_ = json.Unmarshal(quoted, &s)
	return s
}

// treeParser takes checked JSON without white space apart.
type treeParser struct {
	text []byte
	at   int
}

func (p *treeParser) value() *value {
	from := p.at
	v := &value{}
	switch p.peek() {
	case '{':
		v.kind = '{'
		p.at++
		for p.peek() != '}' && p.peek() != 0 {
			name := p.scalar()
			p.at++ // the colon
			v.members = append(v.members, member{name, unquote(name), p.value()})
			if p.peek() == ',' {
				p.at++
			}
		}
		p.at++
	case '[':
		v.kind = '['
		p.at++
		for p.peek() != ']' && p.peek() != 0 {
			v.items = append(v.items, p.value())
			if p.peek() == ',' {
				p.at++
			}
		}
		p.at++
	default:
		p.scalar()
	}
	p.at = min(p.at, len(p.text))
	v.raw = p.text[from:p.at:p.at]
	return v
}

func (p *treeParser) peek() byte {
	if p.at >= len(p.text) {
		return 0
	}
	return p.text[p.at]
}

// scalar passes over a string, number or word.
func (p *treeParser) scalar() []byte {
	from := p.at
	if p.peek() == '"' {
		for p.at++; p.at < len(p.text) && p.text[p.at] != '"'; p.at++ {
			if p.text[p.at] == '\\' {
				p.at++
			}
		}
		p.at = min(p.at+1, len(p.text))
		return p.text[from:p.at:p.at]
	}
	for p.at < len(p.text) && !isEnd(p.text[p.at]) {
		p.at++
	}
	if p.at == from {
		p.at++ // never stand still
	}
	p.at = min(p.at, len(p.text))
	return p.text[from:p.at:p.at]
}

func isEnd(c byte) bool { return c == ',' || c == '}' || c == ']' || c == ':' }

// get is a member of an object, nil if there is none.
func (v *value) get(name string) *value {
	if v == nil {
		return nil
	}
	if i := v.index(name); i >= 0 {
		return v.members[i].value
	}
	return nil
}

// index is the place of a member, -1 if there is none.
func (v *value) index(name string) int {
	if len(v.members) < 16 {
		for i := len(v.members) - 1; i >= 0; i-- {
			if v.members[i].name == name {
				return i
			}
		}
		return -1
	}
	if v.at == nil || v.counted != len(v.members) {
		v.at, v.counted = make(map[string]int, len(v.members)), len(v.members)
		for i, m := range v.members {
			v.at[m.name] = i
		}
	}
	if i, ok := v.at[name]; ok {
		return i
	}
	return -1
}

// text is the text of a string, "" for all else.
func (v *value) text() string {
	if v == nil || len(v.raw) == 0 || v.raw[0] != '"' {
		return ""
	}
	return unquote(v.raw)
}

// inner is the token of a string without its quotes, nil for all else.
func (v *value) inner() []byte {
	if v == nil || len(v.raw) < 2 || v.raw[0] != '"' {
		return nil
	}
	return v.raw[1 : len(v.raw)-1]
}

// isTrue tells whether the value is true.
func (v *value) isTrue() bool { return v != nil && string(v.raw) == "true" }

// set gives a member another value; it must be there.
func (v *value) set(name string, to *value) {
	if i := v.index(name); i >= 0 {
		v.members[i].value = to
		v.raw = nil
	}
}

// push puts a member behind the others.
func (v *value) push(m member) {
	if v.at != nil && v.counted == len(v.members) {
		v.at[m.name] = len(v.members)
		v.counted++
	}
	v.members = append(v.members, m)
	v.raw = nil
}

// insert puts a member at a place.
func (v *value) insert(i int, m member) {
	v.members = slices.Insert(v.members, i, m)
	v.at, v.raw = nil, nil
}

// add appends a member of a name that needs no escapes of the server's.
func (v *value) add(name string, to *value) {
	v.push(member{jsonstat.AppendQuoted(nil, name), name, to})
}

// drop removes a member.
func (v *value) drop(name string) {
	if i := v.index(name); i >= 0 {
		v.members = slices.Delete(v.members, i, i+1)
		v.at, v.raw = nil, nil
	}
}

// appendTo writes the value. One that was not changed is its text.
func (v *value) appendTo(b []byte) []byte {
	switch {
	case v.raw != nil:
		return append(b, v.raw...)
	case v.kind == '[':
		b = append(b, '[')
		for i, item := range v.items {
			if i > 0 {
				b = append(b, ',')
			}
			b = item.appendTo(b)
		}
		return append(b, ']')
	}
	b = append(b, '{')
	for i, m := range v.members {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, m.quoted...), ':')
		b = m.value.appendTo(b)
	}
	return append(b, '}')
}

// stringValue makes a string.
func stringValue(text string) *value { return &value{raw: jsonstat.AppendQuoted(nil, text)} }
