package xmltoken

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// paths are those of the elements of a document.
func paths(text string) (string, error) {
	var all []string
	err := Elements(strings.NewReader(text), func(path []byte, x *Reader) error {
		all = append(all, string(path))
		return nil
	})
	return strings.Join(all, " "), err
}

func TestElements(t *testing.T) {
	tests := []struct{ name, text, want, err string }{
		{"one", `<a/>`, "", ""},
		{"nested", `<a><b><c/><c>x</c></b><b/></a>`, " b b/c b/c b", ""},
		{"prefixes", `<x:a><y:b/></x:a>`, " b", ""},
		{"what comes behind", `<a><b/></a></c><d`, " b", ""},
		{"no elements", `a`, "", "it has no elements"},
		{"no beginning", `</ >`, "", `the element "" ends inside of ""`},
		{"no name", `<a><></a>`, "", "a tag has no name"},
		{"no end", `<a><b></b>`, "", `it ends inside of the element "a"`},
		{"another end", `<a><b></a></b>`, "", `the element "a" ends inside of "b"`},
		{"no end of a tag", `<a><b`, "", "it ends inside of a tag"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := paths(tt.text)
			if tt.err != "" {
				require.EqualError(t, err, tt.err)
				require.ErrorAs(t, err, new(*Error))
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
	enough := errors.New("enough")
	require.ErrorIs(t, Elements(strings.NewReader("<a><b/></a>"), func([]byte, *Reader) error { return enough }), enough)
}

func TestAttributeTexts(t *testing.T) {
	x := NewReader(strings.NewReader(`<a b="&lt;" x:c='d'/><a b="&e;"/>`))
	require.NoError(t, x.Next())
	got, err := x.AttributeTexts()
	require.NoError(t, err)
	require.Equal(t, map[string]string{"b": "<", "c": "d"}, got)
	require.NoError(t, x.Next())
	_, err = x.AttributeTexts()
	require.ErrorContains(t, err, "not a known entity")
}
