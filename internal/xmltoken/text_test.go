package xmltoken

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAppendText(t *testing.T) {
	tests := []struct{ name, src, want, err string }{
		{"entities", "&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&#X43;", `<>&"'ABC`, ""},
		{"no entities", "Oslo 😀 ærfugl", "Oslo 😀 ærfugl", ""},
		{"once", "&amp;lt;", "&lt;", ""},
		{"no end", "a & b", "", "is not an entity"},
		{"far from its end", "&aaaaaaaaaaaaa;", "", "is not an entity"},
		{"unknown", "&nbsp;", "", "not a known entity"},
		{"no number", "&#;", "", "not a known entity"},
		{"too large", "&#x110000;", "", "not a known entity"},
		{"half a character", "&#xD83D;", "", "not a known entity"},
		{"not UTF-8", "\xff", "", "not UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := AppendText([]byte("before "), []byte(tt.src))
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, "before "+tt.want, string(got))
		})
	}
}
