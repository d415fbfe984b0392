package xlsxconv

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestText takes texts through XML and back, by our reader and by another.
func TestText(t *testing.T) {
	tests := []struct{ name, text, xml string }{
		{"plain", "Oslo", "Oslo"},
		{"empty", "", ""},
		{"markup", `a<b & "c">`, `a&lt;b &amp; "c"&gt;`},
		{"line ends", "a\nb\r\nc\td", "a\nb_x000D_\nc\td"},
		{"control characters", "\x00\x01\x1f", "_x0000__x0001__x001F_"},
		{"an escape as text", "_x000D_ _xzzzz_ _x00", "_x005F_x000D_ _xzzzz_ _x00"},
		{"an escape of an escape", "_x005F_x000D_", "_x005F_x005F_x005F_x000D_"},
		{"no characters of XML", "\ufffe\uffff", "_xFFFE__xFFFF_"},
		{"beyond the plane", "😀 ærfugl €", "😀 ærfugl €"},
		{"looks like a formula", "=1+1", "=1+1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := string(appendXML(nil, tt.text))
			require.Equal(t, tt.xml, got)
			var text string
			require.NoError(t, xml.Unmarshal([]byte("<t>"+got+"</t>"), &text))
			back, err := decode(nil, []byte(got))
			require.NoError(t, err)
			require.Equal(t, tt.text, string(back))
		})
	}
}

func TestDecode(t *testing.T) {
	tests := []struct{ name, src, want, err string }{
		{"entities", "&lt;&gt;&amp;&quot;&apos;&#65;&#x42;", `<>&"'AB`, ""},
		{"an escape in lower case", "_x000d_", "\r", ""},
		{"half a character", "_xD83D_", "_xD83D_", ""},
		{"no end", "a & b", "", "is not an entity"},
		{"unknown", "&nbsp;", "", "not a known entity"},
		{"not UTF-8", "\xff", "", "not UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := decode([]byte("before "), []byte(tt.src))
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, "before "+tt.want, string(got))
		})
	}
}

func TestFit(t *testing.T) {
	require.Equal(t, "short", fit("short"))
	long := strings.Repeat("é", maxCell)
	require.Equal(t, long, fit(long))
	require.Equal(t, maxCell, length(fit(long+"x")))
	require.True(t, strings.HasSuffix(fit(long+"x"), "é…"))
	require.Equal(t, maxCell, length(fit(strings.Repeat("😀", maxCell)))) // two units each, and one for the sign
	require.Equal(t, []string{"ab", "cd", "e"}, pieces("abcde", 2))
	require.Equal(t, []string{"a", "😀", "b"}, pieces("a😀b", 2))
	require.Nil(t, pieces("", 2))
}

func TestColumns(t *testing.T) {
	for i, name := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", MaxColumns - 1: "XFD"} {
		require.Equal(t, name, columnName(i))
		require.Equal(t, i, columnIndex([]byte(name+"12")))
		require.Equal(t, i, columnIndex([]byte(strings.ToLower(name))))
	}
	require.Equal(t, -1, columnIndex([]byte("12")))
	require.Equal(t, -1, columnIndex([]byte("ABCDE1")))
	require.Equal(t, "B17", cellName(1, 17))
}

// TestFloat tells which numbers a cell holds.
func TestFloat(t *testing.T) {
	tests := []struct {
		number, cell string
		sure, ok     bool
	}{
		{"0.1", "0.1", true, true},
		{"123456789012345", "123456789012345", true, true},
		{"1e+21", "1e+21", true, true},
		{"0.30000000000000004", "0.30000000000000004", false, true}, // LibreOffice writes 0.3
		{"12345678901234567890", "12345678901234567000", false, true},
		{"97.69999999999999999", "97.7", false, true},
		{"0", "0", true, true},
		{"1e+400", "", false, false},
		{"1e-400", "", false, false},
		{"5e-324", "", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.number, func(t *testing.T) {
			cell, sure, ok := float(nil, []byte(tt.number))
			require.Equal(t, tt.ok, ok)
			require.Equal(t, tt.sure, sure)
			if ok {
				require.Equal(t, tt.cell, string(cell))
			}
		})
	}
	require.Equal(t, "0.3", string(rounded(nil, []byte("0.30000000000000004"))))
}

// TestAppendNumber reads numbers as programs write them.
func TestAppendNumber(t *testing.T) {
	for text, want := range map[string]string{
		"12": "12", "-0.5": "-0.5", "1.0": "1.0", "0.10000000000000001": "0.1", "1.1000000000000001": "1.1",
		"1.5E3": "1500", "1E+021": "1e+21", ".5": "0.5", "007": "7", "5.": "5", "1234567890123456": "1234567890123456", "word": "word",
	} {
		require.Equal(t, want, string(appendNumber(nil, []byte(text))), text)
	}
}

func TestDateFormats(t *testing.T) {
	for code, want := range map[string]bool{
		"General": false, "0.00": false, "#,##0": false, "@": false, "yyyy-mm-dd": true, "d.m.yy": true, "[h]:mm": true,
		`0.0" days"`: false, `[Red]0`: false, `"y"0`: false, "mmm yy;@": true, "0;yyyy": false,
	} {
		require.Equal(t, want, isDateFormat(code), code)
	}
}

// TestHeld finds what the hidden sheet holds, whatever its order.
func TestHeld(t *testing.T) {
	var h held
	require.Nil(t, h.find(3))
	for _, pos := range []int64{5, 1, 9, 7} {
		h.add(pos, []byte{byte('0' + pos)})
	}
	h.sort()
	for range 2 {
		for pos := range int64(11) {
			got := h.find(pos)
			if pos == 1 || pos == 5 || pos == 7 || pos == 9 {
				require.Equal(t, []byte{byte('0' + pos)}, got)
			} else {
				require.Nil(t, got)
			}
		}
	}
}
