package sdmxconv

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/jsonfault"
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
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

// maxSection is the longest part of a message that is kept in memory.
const maxSection = 1 << 30

// span is where a value stands in the message.
type span struct{ from, to int64 }

// load reads the value at a span, none if that is empty.
func load(w *jsontoken.Reader, s span) (*node, error) {
	if s.from == s.to {
		return nil, nil
	}
	if s.to-s.from > maxSection {
		return nil, &jsonstat.Error{Offset: s.from, Msg: fmt.Sprintf("the head of the message is longer than %d MiB", maxSection>>20), Err: jsonstat.ErrLimit}
	}
	b := make([]byte, s.to-s.from)
	if _, err := io.ReadFull(io.NewSectionReader(w.Src, s.from, s.to-s.from), b); err != nil {
		return nil, err
	}
	return parse(b, s.from)
}

// loadAll reads the value that a text begins with.
func loadAll(src window.Source) (*node, error) {
	w := jsontoken.NewReader(src, readWindow)
	w.SkipBOM()
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

// readWindow is how much of a message is in memory at a time. Only tests change it.
var readWindow = 256 << 10

// spanOf passes over the next value.
func spanOf(w *jsontoken.Reader) (span, error) {
	if _, err := w.Peek(); err != nil {
		return span{}, err
	}
	from := w.Offset()
	_, err := w.Skip()
	return span{from, w.Offset()}, err
}

// parse reads a text that is one value and stands at an offset of the message. All of
// the tree lies in the text.
func parse(b []byte, base int64) (*node, error) {
	v, err := jsontoken.Parse(b)
	if bad, ok := errors.AsType[*window.SyntaxError](err); ok {
		bad.Offset += base
	}
	if err != nil {
		return nil, jsonfault.Of(err)
	}
	n := &node{}
	n.build(v, string(b))
	return n, nil
}

// build makes the node of a value of a text, and returns where it ends in it.
func (n *node) build(v jsontoken.Node, all string) int {
	from := int(v.Token().Off)
	end := from + len(v.Raw()) // of a scalar
	n.kind = kindOf(v.Kind())
	if n.kind >= array {
		end = from + len("[")
		if count := v.Len(); count > 0 {
			n.items = make([]node, 0, count)
		}
	}
	add := func(v jsontoken.Node) {
		n.items = append(n.items, node{})
		end = n.items[len(n.items)-1].build(v, all)
	}
	switch n.kind {
	case object:
		for name, v := range v.Members {
			n.names = append(n.names, name)
			add(v)
		}
		end += strings.IndexByte(all[end:], '}') + 1
	case array:
		for _, v := range v.Items {
			add(v)
		}
		end += strings.IndexByte(all[end:], ']') + 1
	}
	n.text = all[from:end]
	return end
}

// kindOf puts the kind of a token in ours.
func kindOf(k jsontoken.Kind) kind { return kinds[k] }

var kinds = [...]kind{jsontoken.Null: null, jsontoken.Number: number, jsontoken.Raw: number, jsontoken.String: text,
	jsontoken.True: boolean, jsontoken.False: boolean, jsontoken.Array: array, jsontoken.Object: object}

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
	}
	return jsontoken.Decode(n.text)
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
