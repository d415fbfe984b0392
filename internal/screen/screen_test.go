package screen

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestVisible(t *testing.T) {
	tests := []struct{ name, give, want string }{
		{"text", "Ålesund, 北京 – “ok” 🎣", "Ålesund, 北京 – “ok” 🎣"},
		{"white space", "a\tb\r\nc\u00a0d", "a b  c\u00a0d"},
		{"control characters", "\x00\x08\x1b\x7f", `\x00\x08\x1b\x7f`},
		{"control characters of the second set", "\u0085\u009b", `\x85\x9b`},
		{"direction", "a\u202eb\u2066c\u200f", `a\u202eb\u2066c\u200f`},
		{"separators", "a\u2028b\u2029c", `a\u2028b\u2029c`},
		{"byte order mark", "\ufeffx", `\ufeffx`},
		{"not UTF-8", "a\xc3(\xff", `a\xc3(\xff`},
		{"replacement character", "\ufffd", "\ufffd"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, Visible(tt.give)) })
	}
}

// TestWidth holds that a text is as wide as terminals show it.
func TestWidth(t *testing.T) {
	tests := []struct {
		text string
		want int
	}{
		{"", 0}, {"Oslo", 4}, {"Ålesund", 7}, {"A\u030alesund", 7}, {"北京", 4}, {"東京都 2024", 11}, {"ｱｲｳ", 3}, {"🎣", 2}, {"–…", 2}, {"한국", 4},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, Width(tt.text), tt.text)
		require.Equal(t, 12, Width(Pad(tt.text, 12, false)), tt.text)
		require.Equal(t, 12, Width(Pad(tt.text, 12, true)), tt.text)
	}
}

func TestClip(t *testing.T) {
	require.Equal(t, "Gamle Oslo", Clip("Gamle Oslo", 10))
	require.Equal(t, "Gamle Os…", Clip("Gamle Oslo", 9))
	require.Equal(t, "北…", Clip("北京市", 4))
	for width := range 8 {
		require.LessOrEqual(t, Width(Clip("a北京 e\u0301é", width)), width)
	}
}

func TestWrap(t *testing.T) {
	require.Equal(t, []string{"one two", "three", "fourfiv", "e", "", "six"}, Wrap("one  two three fourfive\n\nsix", 7))
	require.Equal(t, []string{""}, Wrap("", 5))
	for _, line := range Wrap(strings.Repeat("北京 abc ", 20), 9) {
		require.LessOrEqual(t, Width(line), 9)
	}
}

func TestTable(t *testing.T) {
	table := &Table{Right: []bool{false, true}}
	table.Add("Oslo", "9", "a city\x1b[31m")
	table.Add("北京市", "12345", "another one")
	require.Equal(t, []string{`Oslo        9  a city\x1b[31m`, "北京市  12345  another one"}, table.Lines(0))
	require.Equal(t, []string{"Oslo        9  a c…", "北京市  12345  ano…"}, table.Lines(19))
	require.Empty(t, (&Table{}).Lines(80))
}
