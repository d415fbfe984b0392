package pxweb

import (
	"errors"
	"io"
	"os"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/internal/window"
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
func readTree(src window.Source) (*value, error) {
	r := jsontoken.NewReader(src, 0)
	r.SkipBOM()
	p := jsontoken.Parser{R: r, Tree: jsontoken.NewTree(0), IsCells: func(name []byte, depth int) bool {
		return depth == 1 && (string(name) == "value" || string(name) == "status")
	}}
	if err := p.Document(); err != nil {
		return nil, err
	}
	if len(p.Tree.Text) > maxHead {
		return nil, errHead
	}
	root := newValue(p.Tree.Node(0))
	root.raw = nil // there are no cells in it
	return root, nil
}

// utf8Source is the text of a file of JSON, as UTF-8.
func utf8Source(f *os.File) (window.Source, error) {
	r, err := charset.JSONReader(f)
	if r == io.Reader(f) || err != nil {
		return f, err
	}
	s := spool.NewStream(r)
	s.Live() // it is read once
	return s, nil
}

// newValue makes the value of a node, with all that is in it.
func newValue(n jsontoken.Node) *value {
	v := &value{raw: n.Bytes()}
	switch {
	case n.IsCells() && n.Section().Object:
		v.kind, v.raw = '{', []byte("{}")
	case n.IsCells():
		v.kind, v.raw = '[', []byte("[]")
	case n.IsObject():
		v.kind = '{'
		for name, m := range n.Named {
			v.members = append(v.members, member{name.Bytes(), name.Text(), newValue(m)})
		}
	case n.IsArray():
		v.kind = '['
		for _, item := range n.Items {
			v.items = append(v.items, newValue(item))
		}
	}
	return v
}

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
	if v.at == nil {
		v.at = make(map[string]int, len(v.members))
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
	return jsontoken.Decode(string(v.raw))
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
	if v.at != nil {
		v.at[m.name] = len(v.members)
	}
	v.members = append(v.members, m)
	v.raw = nil
}

// insert puts a member at a place.
func (v *value) insert(i int, m member) {
	v.members = slices.Insert(v.members, i, m)
	v.at, v.raw = nil, nil
}

// newMember makes a member of a name that is not the server's.
func newMember(name string, to *value) member {
	return member{jsontoken.AppendString(nil, name), name, to}
}

// add appends a member of a name that is not the server's.
func (v *value) add(name string, to *value) { v.push(newMember(name, to)) }

// sortMembers sorts the members by a key, and tells whether they stood otherwise.
func (v *value) sortMembers(key func(member) int) bool {
	less := func(a, b member) int { return key(a) - key(b) }
	if slices.IsSortedFunc(v.members, less) {
		return false
	}
	slices.SortStableFunc(v.members, less)
	v.raw, v.at = nil, nil
	return true
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
		for _, item := range v.items {
			b = item.appendTo(jsontoken.AppendComma(b))
		}
		return append(b, ']')
	}
	b = append(b, '{')
	for _, m := range v.members {
		b = append(append(jsontoken.AppendComma(b), m.quoted...), ':')
		b = m.value.appendTo(b)
	}
	return append(b, '}')
}

// stringValue makes a string.
func stringValue(text string) *value { return &value{raw: jsontoken.AppendString(nil, text)} }
