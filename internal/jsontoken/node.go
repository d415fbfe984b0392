package jsontoken

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// Node is a value of a tree. The zero Node is no value: it is what a missing
// member gives, and all its methods work.
type Node struct {
	T *Tree
	I int // index of the token
}

// Node is the value at a token.
func (t *Tree) Node(i int) Node { return Node{t, i} }

// OK tells whether there is a value.
func (n Node) OK() bool { return n.T != nil }

// Token is the token of the value.
func (n Node) Token() *Token { return &n.T.Tokens[n.I] }

// Kind is the kind of the value; Null for no value.
func (n Node) Kind() Kind {
	if n.T == nil {
		return Null
	}
	return n.Token().Kind
}

// IsObject tells whether the value is an object.
func (n Node) IsObject() bool { return n.Kind() == Object }

// IsArray tells whether the value is an array.
func (n Node) IsArray() bool { return n.Kind() == Array }

// IsString tells whether the value is a string.
func (n Node) IsString() bool { return n.Kind() == String }

// IsNumber tells whether the value is a number.
func (n Node) IsNumber() bool { k := n.Kind(); return k == Number || k == Raw }

// IsCells tells whether the value is a row of cells.
func (n Node) IsCells() bool { return n.Kind() == Cells }

// IsNull tells whether the value is null, or not there.
func (n Node) IsNull() bool { return n.Kind() == Null }

// Raw is the compact text of the value; "" for no value and for cells.
func (n Node) Raw() string {
	if n.T == nil || n.IsCells() {
		return ""
	}
	tok := n.Token()
	return n.T.String()[tok.Pos:tok.End]
}

// Bytes is Raw as bytes of the tree, not to be changed.
func (n Node) Bytes() []byte {
	if n.T == nil || n.IsCells() {
		return nil
	}
	tok := n.Token()
	return n.T.Text[tok.Pos:tok.End:tok.End]
}

// Message is the raw text as encoding/json knows it, nil for no value.
func (n Node) Message() json.RawMessage {
	if !n.OK() {
		return nil
	}
	return json.RawMessage(n.Raw())
}

// Text is the decoded text of a string, and the token of any other scalar.
func (n Node) Text() string {
	raw := n.Raw()
	if !n.IsString() {
		return raw
	}
	return Decode(raw)
}

// Decode is the text of a checked JSON string, given with its quotes; one without escapes is not copied.
func Decode(quoted string) string {
	inner := quoted[1 : len(quoted)-1]
	if strings.IndexByte(inner, '\\') < 0 {
		return inner
	}
	return string(Unquote(nil, []byte(quoted)))
}

// Scalar tells whether the value is a string, number or boolean, and its text.
func (n Node) Scalar() (string, bool) {
	switch n.Kind() {
	case String, Number, Raw, True, False:
		return n.Text(), true
	}
	return "", false
}

// Members goes through the members of an object in the order of the text.
func (n Node) Members(yield func(name string, value Node) bool) {
	for name, value := range n.Named {
		if !yield(name.Text(), value) {
			return
		}
	}
}

// Named is Members with the names as they stand in the text.
func (n Node) Named(yield func(name, value Node) bool) {
	if !n.IsObject() {
		return
	}
	end := int(n.Token().Next)
	for k := n.I + 1; k < end; {
		value := Node{n.T, k + 1}
		if !yield(Node{n.T, k}, value) {
			return
		}
		k = int(value.Token().Next)
	}
}

// Items goes through the items of an array.
func (n Node) Items(yield func(i int, value Node) bool) {
	if !n.IsArray() {
		return
	}
	end := int(n.Token().Next)
	for k, i := n.I+1, 0; k < end; i++ {
		value := Node{n.T, k}
		if !yield(i, value) {
			return
		}
		k = int(value.Token().Next)
	}
}

// Get is the member of that name; the last one if there are several, as in
// JavaScript and Go.
func (n Node) Get(name string) (found Node) {
	for m, v := range n.Members {
		if m == name {
			found = v
		}
	}
	return found
}

// Len counts the members of an object or the items of an array.
func (n Node) Len() int {
	count := 0
	for range n.Members {
		count++
	}
	for range n.Items {
		count++
	}
	return count
}

// Section is the row of cells behind the value, nil if it is none.
func (n Node) Section() *window.Section {
	if !n.IsCells() {
		return nil
	}
	return n.T.Sections[n.Token().Pos]
}

// Pointer is the JSON Pointer of the value. It is looked up from the root, so
// it is for messages only. What came before is not gone through again.
func (n Node) Pointer() string {
	if !n.OK() {
		return ""
	}
	if n.T.last == nil {
		n.T.last = map[int]lastChild{}
	}
	var path []string
	for at := (Node{n.T, 0}); at.I != n.I; {
		if !at.IsObject() && !at.IsArray() {
			break
		}
		end := int(at.Token().Next)
		c := lastChild{token: at.I + 1}
		if before, ok := n.T.last[at.I]; ok && before.token <= n.I {
			c = before
		}
		// The name of a member may itself be what is pointed at.
		value := func() Node {
			if at.IsObject() {
				return Node{n.T, c.token + 1}
			}
			return Node{n.T, c.token}
		}
		for c.token < end && n.I >= int(value().Token().Next) {
			c = lastChild{int(value().Token().Next), c.number + 1}
		}
		if c.token >= end {
			break
		}
		n.T.last[at.I] = c
		if at.IsArray() {
			path = append(path, strconv.Itoa(c.number))
		} else if path = append(path, Node{n.T, c.token}.Text()); n.I == c.token {
			break
		}
		at = value()
	}
	return Pointer(path...)
}

// Pointer writes a JSON Pointer (RFC 6901).
func Pointer(path ...string) string {
	var b strings.Builder
	for _, p := range path {
		b.WriteByte('/')
		b.WriteString(strings.NewReplacer("~", "~0", "/", "~1").Replace(p))
	}
	return b.String()
}

// What names a value for a message: an array, the string "x".
func (n Node) What() string {
	switch n.Kind() {
	case Null:
		return "null"
	case Object:
		return "an object"
	case Array:
		return "an array"
	case Cells:
		if n.Section().Object {
			return "an object"
		}
		return "an array"
	case String:
		return fmt.Sprintf("the string %q", Shorten(n.Text(), 40))
	}
	return Shorten(n.Raw(), 40)
}

// Shorten cuts a text for a message.
func Shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}
