package about

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestText(t *testing.T) {
	tests := []struct{ name, note, want string }{
		{"text", "Per 1 January.", "Per 1 January."},
		{"breaks", "a<br>b<BR/>c<br />d", "a\nb\nc\nd"},
		{"paragraphs", "<p>One.</p><p>Two.</p>", "One.\n\nTwo."},
		{"tags", "<b>bold</b> and <span style=\"x\">more</span>", "bold and more"},
		{"entities", "Fish &amp; ships&nbsp;&#8211; &lt;5", "Fish & ships – <5"},
		{"less than", "values < 5 and > 3, a<5", "values < 5 and > 3, a<5"},
		{"a link", `See <a href="https://example.org/a?b=1&amp;c=2" target=_blank>the page</a>.`, "See the page (https://example.org/a?b=1&c=2)."},
		{"a link by its address", `<a href='https://example.org'>https://example.org</a>`, "https://example.org"},
		{"a list", "<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"},
		{"blanks", "  a \t b\r\n\r\n\r\nc ", "a b\n\nc"},
		{"what a page hides", "a<script>x()</script>b<style>p{}</style>", "ab"},
		{"a comment", "a<!-- secret -->b", "ab"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, Text(tt.note)) })
	}
}
