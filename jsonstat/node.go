package jsonstat

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unsafe"

	"github.com/jsonstat-go/toolkit/jsonstat/internal/scan"
)

// tree is the text of a document as the tokenizer left it: an ordered tree of
// everything but the cells. Strings without escapes are parts of text.
type tree struct {
	*scan.Tree
	text string
	last map[int]child // of an object or array, the one that pointer came through before
}

// child is a member or an item of a value: its token, and which one it is.
type child struct{ token, number int }

func newTree(t *scan.Tree) *tree {
	return &tree{Tree: t, text: unsafe.String(unsafe.SliceData(t.Text), len(t.Text))}
}

// node is a value of a tree. The zero node is no value: it is what a missing
// member gives, and all its methods work.
type node struct {
	t *tree
	i int // index of the token
}

func (n node) ok() bool { return n.t != nil }

func (n node) token() *scan.Token { return &n.t.Tokens[n.i] }

// kind is the kind of the value; Null for no value.
func (n node) kind() scan.Kind {
	if n.t == nil {
		return scan.Null
	}
	return n.token().Kind
}

func (n node) isObject() bool { return n.kind() == scan.Object }
func (n node) isArray() bool  { return n.kind() == scan.Array }
func (n node) isString() bool { return n.kind() == scan.String }
func (n node) isNumber() bool { k := n.kind(); return k == scan.Number || k == scan.Raw }
func (n node) isCells() bool  { return n.kind() == scan.Cells }
func (n node) isNull() bool   { return n.kind() == scan.Null }

// raw is the compact text of the value; "" for no value and for cells.
func (n node) raw() string {
	if n.t == nil || n.isCells() {
		return ""
	}
	tok := n.token()
	return n.t.text[tok.Pos:tok.End]
}

// message is the raw text as encoding/json knows it, nil for no value.
func (n node) message() json.RawMessage {
	if !n.ok() {
		return nil
	}
	return json.RawMessage(n.raw())
}

// str is the decoded text of a string, and the token of any other scalar.
func (n node) str() string {
	raw := n.raw()
	if !n.isString() {
		return raw
	}
	return unquote(raw)
}

// unquote decodes a checked JSON string; one without escapes is not copied.
func unquote(quoted string) string {
	inner := quoted[1 : len(quoted)-1]
	if strings.IndexByte(inner, '\\') < 0 {
		return inner
	}
	return string(scan.Unquote(nil, []byte(quoted)))
}

// scalar tells whether the value is a string, number or boolean, and its text.
func (n node) scalar() (string, bool) {
	switch n.kind() {
	case scan.String, scan.Number, scan.Raw, scan.True, scan.False:
		return n.str(), true
	}
	return "", false
}

// members goes through the members of an object in the order of the text.
func (n node) members(yield func(name string, value node) bool) {
	if !n.isObject() {
		return
	}
	end := int(n.token().Next)
	for k := n.i + 1; k < end; {
		name := node{n.t, k}
		value := node{n.t, k + 1}
		if !yield(name.str(), value) {
			return
		}
		k = int(value.token().Next)
	}
}

// items goes through the items of an array.
func (n node) items(yield func(i int, value node) bool) {
	if !n.isArray() {
		return
	}
	end := int(n.token().Next)
	for k, i := n.i+1, 0; k < end; i++ {
		value := node{n.t, k}
		if !yield(i, value) {
			return
		}
		k = int(value.token().Next)
	}
}

// get is the member of that name; the last one if there are several, as in
// JavaScript and Go.
func (n node) get(name string) (found node) {
	for m, v := range n.members {
		if m == name {
			found = v
		}
	}
	return found
}

// len counts the members of an object or the items of an array.
func (n node) len() int {
	count := 0
	for range n.members {
		count++
	}
	for range n.items {
		count++
	}
	return count
}

// section is the row of cells behind the value, nil if it is none.
func (n node) section() *scan.Section {
	if !n.isCells() {
		return nil
	}
	return n.t.Sections[n.token().Pos]
}

// pointer is the JSON Pointer of the value. It is looked up from the root, so
// it is for messages only. What came before is not gone through again.
func (n node) pointer() string {
	if !n.ok() {
		return ""
	}
	if n.t.last == nil {
		n.t.last = map[int]child{}
	}
	var path []string
	for at := (node{n.t, 0}); at.i != n.i; {
		if !at.isObject() && !at.isArray() {
			break
		}
		end := int(at.token().Next)
		c := child{token: at.i + 1}
		if before, ok := n.t.last[at.i]; ok && before.token <= n.i {
			c = before
		}
		// The name of a member may itself be what is pointed at.
		value := func() node {
			if at.isObject() {
				return node{n.t, c.token + 1}
			}
			return node{n.t, c.token}
		}
		for c.token < end && n.i >= int(value().token().Next) {
			c = child{int(value().token().Next), c.number + 1}
		}
		if c.token >= end {
			break
		}
		n.t.last[at.i] = c
		if at.isArray() {
			path = append(path, strconv.Itoa(c.number))
		} else if path = append(path, node{n.t, c.token}.str()); n.i == c.token {
			break
		}
		at = value()
	}
	return pointer(path...)
}

// pointer writes a JSON Pointer (RFC 6901).
func pointer(path ...string) string {
	var b strings.Builder
	for _, p := range path {
		b.WriteByte('/')
		b.WriteString(strings.NewReplacer("~", "~0", "/", "~1").Replace(p))
	}
	return b.String()
}

// what names a value for a message: an array, the string "x".
func (n node) what() string {
	switch n.kind() {
	case scan.Null:
		return "null"
	case scan.Object:
		return "an object"
	case scan.Array:
		return "an array"
	case scan.Cells:
		if n.section().Object {
			return "an object"
		}
		return "an array"
	case scan.String:
		return fmt.Sprintf("the string %q", shorten(n.str(), 40))
	}
	return shorten(n.raw(), 40)
}

// shorten cuts a text for a message.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}
