package jsonstat

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPointersInAnyOrder: what was looked up before makes no difference, of values
// and of names.
func TestPointersInAnyOrder(t *testing.T) {
	doc, err := Parse([]byte(`{"version":"2.0","class":"collection","a~b/c":[[],[1,{"x":null,"x":[2,3]},{}],"s"],"":{"":{"":true}},
		"link":{"item":[{"class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[1],"status":["p"]},{"href":"h"}]}}`))
	require.NoError(t, err)
	pointers := map[int]string{}
	for i := range doc.tree.Tokens {
		pointers[i] = node{&tree{Tree: doc.tree.Tree, text: doc.tree.text}, i}.pointer()
	}
	require.Contains(t, pointers, 0)
	require.Equal(t, "", pointers[0])
	seen := map[string]bool{}
	for _, p := range pointers {
		seen[p] = true
	}
	for _, p := range []string{"/a~0b~1c/1/1/x/1", "/a~0b~1c/2", "///", "/link/item/0/dimension/a/category/index/0", "/link/item/1/href"} {
		require.True(t, seen[p], "no token is at %s", p)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 20 {
		doc.tree.last = nil
		for _, i := range r.Perm(len(doc.tree.Tokens)) {
			require.Equal(t, pointers[i], node{doc.tree, i}.pointer())
		}
	}
}

// TestLinesInAnyOrder: nor do the errors before.
func TestLinesInAnyOrder(t *testing.T) {
	text := "{\n\"version\":\"2.0\",\r\n\n\"class\":\"collection\" ,\n\n\n\"link\":{\"item\":[\n]}}\n"
	doc, err := Parse([]byte(text))
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(2, 2))
	for range 20 {
		for _, off := range r.Perm(len(text)) {
			line, column := 1, 1
			for _, c := range []byte(text[:off]) {
				if column++; c == '\n' {
					line, column = line+1, 1
				}
			}
			gotLine, gotColumn := doc.lineColumn(int64(off))
			require.Equal(t, []int{line, column}, []int{gotLine, gotColumn}, "byte %d", off)
		}
	}
}
