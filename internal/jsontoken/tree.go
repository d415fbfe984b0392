package jsontoken

import (
	"unsafe"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// MaxHead is how many bytes of compact text a tree may have. It keeps a hostile or
// foreign document from filling the memory; no statistical office comes near it.
const MaxHead = 1 << 30

// Token is a value of a tree, or the name of a member in front of its value.
type Token struct {
	Kind Kind
	Pos  uint32 // start in Tree.Text; for Cells the index in Tree.Sections
	End  uint32 // end in Tree.Text
	Next uint32 // index of the token behind the value, its parts included
	Off  int64  // offset in the source
}

// Tree is a JSON text without its white space, as a flat list of tokens in the order of the
// text. Next leads over a value with all that is inside it, so that members are found
// without pointers. The document {"id": ["a"], "value": [1, 2]} becomes
//
//	Text    {"id":["a"],"value":}
//	Tokens  0 Object Next 6      1 String "id"   2 Array Next 4   3 String "a"
//	        4 String "value"     5 Cells, the section of [1, 2]
//
// A tree of Go values would need an allocation for each; this one has two that grow. The
// cells are not in it: a row of them is one token, and Section.At says where in Text it
// belongs.
type Tree struct {
	Text     []byte
	Tokens   []Token
	Sections []*window.Section

	// Of what stands behind the cells of a stream, which cannot be read again.
	Places map[int]Place  // by the token of a member of an object that was open there
	Nested map[int]Nested // by the token of a row of cells that is none

	size int64             // of the text, 0 if it is not known
	last map[int]lastChild // of an object or array, the one that a pointer came through before
}

// Place is a line and a column, both from 1.
type Place struct{ Line, Column int }

// Nested is an array or object where a row of cells has a cell.
type Nested struct {
	Place
	Off    int64
	Object bool
	Step   string // its index in an array, its name in an object
}

// Inside is a row of cells with other values among them in which the text is wrong:
// the first of these, by its index or name, and the text from there on.
type Inside struct {
	Step  string
	Array bool // the row is an array
	Text  []byte
}

// String is the text so far. What is a part of it stays as it is when the tree grows.
func (t *Tree) String() string { return unsafe.String(unsafe.SliceData(t.Text), len(t.Text)) }

// Filled is a copy of the text with null in the places of the rows of cells.
func (t *Tree) Filled() []byte {
	var text []byte
	at := 0
	for _, s := range t.Sections {
		text = append(append(text, t.Text[at:s.At]...), "null"...)
		at = s.At
	}
	return append(text, t.Text[at:]...)
}

// NewTree returns an empty tree for a text of size bytes, 0 if that is not known.
func NewTree(size int64) *Tree { return &Tree{size: size} }

// Most texts are cells but for a short head: their trees double as they grow.
// One that is long all the same is given room for the rest of its text at once,
// since copying a long tree over and over costs more than reading it. Fresh
// memory that is not used is the system's.
const (
	longTree = 128 << 10 // bytes
	mostRoom = 16 << 20  // bytes
	perToken = 10        // bytes of text for a token
)

// grow makes room in s, of which an element stands for so many bytes of the text.
func grow[T any](t *Tree, s []T, n, bytes int) []T {
	if cap(s)-len(s) >= n {
		return s
	}
	n = max(n, len(s))
	if len(s)*bytes >= longTree {
		n = max(n, int(min(t.size, mostRoom))/bytes-len(s))
	}
	// slices.Grow would clear what it adds.
	return append(make([]T, 0, len(s)+n), s...)
}

// lastChild is a member or an item of a value: its token, and which one it is.
type lastChild struct{ token, number int }
