package sdmxconv

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert/internal/jsontext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// node is a JSON value of the part of a message that is kept in memory: all but
// observations. The nil node is a value that is not there.
type node struct {
	kind  kind
	text  string // as it stands in the message
	names []string
	items []node
}

type kind uint8

const (
	null kind = iota
	number
	text
	boolean
	array
	object
)

// maxDepth is how deep values may lie in each other.
const maxDepth = 100

// maxSection is the longest part of a message that is kept in memory.
const maxSection = 1 << 30

// span is where a value stands in the message.
type span struct{ from, to int64 }

// load reads the value at a span, none if that is empty.
func load(w *jsontext.Window, s span) (*node, error) {
	if s.from == s.to {
		return nil, nil
	}
	if s.to-s.from > maxSection {
		return nil, &jsonstat.Error{Offset: s.from, Msg: fmt.Sprintf("the head of the message is longer than %d MiB", maxSection>>20), Err: jsonstat.ErrLimit}
	}
	b, err := w.Read(s.from, s.to)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(b) {
		i := 0
		for r, n := utf8.DecodeRune(b); r != utf8.RuneError || n > 1; r, n = utf8.DecodeRune(b[i:]) {
			i += n
		}
		return nil, &jsonstat.Error{Offset: s.from + int64(i), Msg: fmt.Sprintf("byte 0x%02x is not UTF-8: the text has another encoding", b[i]), Err: jsonstat.ErrEncoding}
	}
	return parse(string(b), s.from)
}

// loadAll reads the value that a text begins with.
func loadAll(src io.ReadSeeker) (*node, error) {
	w := jsontext.New(src)
	if err := w.Start(); err != nil {
		return nil, err
	}
	c, err := w.Peek()
	if err != nil {
		return nil, err
	}
	if c == '<' {
		return nil, errors.New("it is XML (SDMX-ML): only SDMX-JSON structure messages are read, which services send for Accept: application/vnd.sdmx.structure+json")
	}
	s, err := spanOf(w)
	if err != nil {
		return nil, err
	}
	return load(w, s)
}

// spanOf passes over the next value.
func spanOf(w *jsontext.Window) (span, error) {
	if _, err := w.Peek(); err != nil {
		return span{}, err
	}
	from := w.Offset()
	_, err := w.Skip()
	return span{from, w.Offset()}, err
}

// parse reads a text that is one value. All of the tree lies in the text.
func parse(s string, base int64) (*node, error) {
	p := parser{s: s, base: base}
	n := &node{}
	if err := p.value(n, 0); err != nil {
		return nil, err
	}
	if p.space(); p.i < len(s) {
		return nil, p.fault("text behind the end of a value")
	}
	return n, nil
}

type parser struct {
	s    string
	i    int
	base int64
}

func (p *parser) fault(format string, args ...any) error {
	return &jsonstat.Error{Offset: p.base + int64(p.i), Msg: fmt.Sprintf(format, args...), Err: jsonstat.ErrSyntax}
}

func (p *parser) space() {
	for p.i < len(p.s) && strings.IndexByte(" \n\t\r", p.s[p.i]) >= 0 {
		p.i++
	}
}

// at tells whether c is next, behind white space, and passes over it.
func (p *parser) at(c byte) bool {
	if p.space(); p.i < len(p.s) && p.s[p.i] == c {
		p.i++
		return true
	}
	return false
}

func (p *parser) value(n *node, depth int) error {
	if depth > maxDepth {
		return &jsonstat.Error{Offset: p.base + int64(p.i), Msg: "values lie too deep in each other", Err: jsonstat.ErrLimit}
	}
	p.space()
	from := p.i
	defer func() { n.text = p.s[from:p.i] }()
	switch {
	case p.at('{'):
		n.kind = object
		return p.list(n, depth, '}')
	case p.at('['):
		n.kind = array
		return p.list(n, depth, ']')
	}
	return p.scalar(n)
}

// list reads the rest of an object or array.
func (p *parser) list(n *node, depth int, closing byte) error {
	if p.at(closing) {
		return nil
	}
	for {
		if n.kind == object {
			var name node
			p.space()
			from := p.i
			if err := p.scalar(&name); err != nil {
				return err
			}
			if name.kind != text {
				return p.fault("a member without a name")
			}
			name.text = p.s[from:p.i]
			n.names = append(n.names, name.str())
			if !p.at(':') {
				return p.fault("a colon is missing behind the name of a member")
			}
		}
		n.items = append(n.items, node{})
		if err := p.value(&n.items[len(n.items)-1], depth+1); err != nil {
			return err
		}
		if p.at(closing) {
			return nil
		}
		if !p.at(',') {
			return p.fault("a comma or %q is missing", closing)
		}
	}
}

func (p *parser) scalar(n *node) error {
	from := p.i
	if from == len(p.s) {
		return p.fault("the document ends too early: it is cut off")
	}
	c := p.s[from]
	if c == '"' {
		n.kind = text
		plain := true
		for p.i++; p.i < len(p.s) && p.s[p.i] != '"'; p.i++ {
			if p.s[p.i] == '\\' {
				plain = false
				p.i++
			} else if p.s[p.i] < ' ' {
				return p.fault("a control character in a string")
			}
		}
		if p.i >= len(p.s) {
			p.i = len(p.s)
			return p.fault("a string does not end")
		}
		if p.i++; !plain && !json.Valid([]byte(p.s[from:p.i])) {
			return p.fault("a string is not valid")
		}
		return nil
	}
	for p.i < len(p.s) && jsontext.IsScalar[p.s[p.i]] {
		p.i++
	}
	switch token := p.s[from:p.i]; {
	case token == "null":
	case token == "true", token == "false":
		n.kind = boolean
	case token != "" && (c == '-' || '0' <= c && c <= '9') && json.Valid([]byte(token)):
		n.kind = number
	default:
		p.i = from
		return p.fault("%q is no JSON value", brief(token))
	}
	return nil
}

// get is a member of an object; of several of that name the last. It is nil if
// the member is not there or null, which mean the same.
func (n *node) get(path ...string) *node {
	for _, name := range path {
		if n == nil || n.kind != object {
			return nil
		}
		var found *node
		for i, s := range n.names {
			if s == name {
				found = &n.items[i]
			}
		}
		n = found
	}
	if n == nil || n.kind == null {
		return nil
	}
	return n
}

// list are the elements of an array, none of anything else.
func (n *node) list() []node {
	if n == nil || n.kind != array {
		return nil
	}
	return n.items
}

// str is the text of a string, the token of a number or a word, "" of all else.
func (n *node) str() string {
	switch {
	case n == nil || n.kind == null || n.kind >= array:
		return ""
	case n.kind != text:
		return n.text
	case strings.IndexByte(n.text, '\\') < 0:
		return n.text[1 : len(n.text)-1]
	}
	var s string
	_ = json.Unmarshal([]byte(n.text), &s) // it was checked
	return s
}

// index is a whole number from 0, -1 for anything else.
func (n *node) index() int {
	if n == nil || n.kind != number {
		return -1
	}
	return digits(n.text)
}

// first is the first member or element of a value.
func first(n *node) *node {
	if n == nil || len(n.items) == 0 {
		return nil
	}
	return &n.items[0]
}

// each goes through the elements of an array.
func (n *node) each(yield func(*node) bool) {
	list := n.list()
	for i := range list {
		if !yield(&list[i]) {
			return
		}
	}
}

// indexes are the whole numbers of an array, -1 for anything else in it.
func (n *node) indexes() (list []int) {
	for e := range n.each {
		list = append(list, e.index())
	}
	return list
}

// strs are the texts of an array.
func (n *node) strs() (list []string) {
	for e := range n.each {
		list = append(list, e.str())
	}
	return list
}

// raw is a value as it stands in the message, "" if it is not there.
func (n *node) raw() string {
	if n == nil {
		return ""
	}
	return n.text
}
