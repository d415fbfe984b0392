package jsontoken

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// TestPointersInAnyOrder: what was looked up before makes no difference, of values
// and of names.
func TestPointersInAnyOrder(t *testing.T) {
	text := window.Bytes(`{"version":"2.0","class":"collection","a~b/c":[[],[1,{"x":null,"x":[2,3]},{}],"s"],"":{"":{"":true}},
		"link":{"item":[{"class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[1],"status":["p"]},{"href":"h"}]}}`)
	p := &Parser{R: NewReader(text, 0), Tree: NewTree(int64(len(text))), IsCells: func(name []byte, _ int) bool { return string(name) == "value" || string(name) == "status" }}
	require.NoError(t, p.Document())
	pointers := map[int]string{}
	for i := range p.Tree.Tokens {
		pointers[i] = Node{&Tree{Tokens: p.Tree.Tokens, Text: p.Tree.Text}, i}.Pointer()
	}
	require.Contains(t, pointers, 0)
	require.Equal(t, "", pointers[0])
	seen := map[string]bool{}
	for _, at := range pointers {
		seen[at] = true
	}
	for _, at := range []string{"/a~0b~1c/1/1/x/1", "/a~0b~1c/2", "///", "/link/item/0/dimension/a/category/index/0", "/link/item/1/href"} {
		require.True(t, seen[at], "no token is at %s", at)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 20 {
		p.Tree.last = nil
		for _, i := range r.Perm(len(p.Tree.Tokens)) {
			require.Equal(t, pointers[i], Node{p.Tree, i}.Pointer())
		}
	}
}
