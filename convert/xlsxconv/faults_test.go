package xlsxconv

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestHiddenFaults holds what is said of rows of the hidden sheet that are damaged.
func TestHiddenFaults(t *testing.T) {
	texts := func(list ...string) (cells []cell) {
		for _, text := range list {
			cells = append(cells, cell{kind: textCell, text: []byte(text)})
		}
		return cells
	}
	for _, tt := range []struct {
		name  string
		cells []cell
		want  string // "" is fine
	}{
		{"a number", texts("7", "12.50"), ""},
		{"a text in pieces", texts("7", `"a`, `b`, `c"`), ""},
		{"nothing", nil, "it names no cell: "},
		{"no position", texts("x", "1"), `"x" is no position of a cell: `},
		{"no value", texts("7"), `"" is no value: `},
		{"a word", texts("7", "true"), `"true" is no value: `},
		{"half a text", texts("7", `"a`), `"\"a" is no value: `},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := &hidden{}
			err := h.hold(tt.cells)
			if tt.want != "" {
				require.ErrorContains(t, err, tt.want)
				require.ErrorIs(t, err, errXML)
				return
			}
			require.NoError(t, err)
			h.exact.sort()
			require.NotEmpty(t, h.exact.find(7))
			require.Empty(t, h.exact.find(6))
		})
	}
	for _, tt := range []struct{ name, kind, text, want string }{
		{"values", rowValues, `[7,1.50,9,"a"]`, ""},
		{"statuses", rowStatuses, `[7,"x",9,"y"]`, ""},
		{"none", rowValues, `[]`, ""},
		{"no list", rowValues, `{}`, `"{}" is no list of positions and values: `},
		{"half a pair", rowValues, `[7,1,9]`, `"[7,1,9]" is no list of positions and values: `},
		{"no position", rowValues, `["7",1]`, `"\"7\"" is no position of a cell: `},
		{"no value", rowValues, `[7,null]`, `"null" is no value: `},
		{"no status", rowStatuses, `[7,1]`, `"1" is no status: `},
	} {
		t.Run(tt.name+" in a list", func(t *testing.T) {
			h := &hidden{}
			err := h.holdList(tt.kind, []byte(tt.text))
			if tt.want != "" {
				require.ErrorContains(t, err, tt.want)
				return
			}
			require.NoError(t, err)
			h.exact.sort()
			h.status.sort()
			require.Equal(t, tt.name == "values", h.exact.find(9) != nil)
			require.Equal(t, tt.name == "statuses", string(h.status.find(9)) == "y")
		})
	}
}

// TestEscapes holds which texts are escapes, by each of their letters.
func TestEscapes(t *testing.T) {
	for text, want := range map[string]string{
		"_x0041_": "A", "_x00E5_": "å", "_x00e5_": "å", "_x00aF_": "\u00af", "_x00Fa_": "\u00fa", "_x0039_": "9", "_x0A0D_": "\u0a0d", "_xffff_": "\uffff",
		"_x00G0_": "_x00G0_", "_x00g0_": "_x00g0_", "_x00@0_": "_x00@0_", "_x00`0_": "_x00`0_", "_x00/0_": "_x00/0_", "_x00:0_": "_x00:0_",
		"_x004_": "_x004_", "_x0041": "_x0041", "_X0041_": "_X0041_", "x0041_": "x0041_", "_xD800_": "_xD800_", "_xDFFF_": "_xDFFF_", "_xD7FF_": "\ud7ff", "_xE000_": "\ue000",
		"a_x0041_b_x0042_": "aAbB", "__x0041_": "_A", "_x005F_x0041_": "_x0041_",
	} {
		require.Equal(t, want, string(unescape([]byte(text))), text)
	}
}

// TestMoreDateFormats has formats in which the letters of dates mean something else.
func TestMoreDateFormats(t *testing.T) {
	for code, want := range map[string]bool{
		"general": false, "GENERAL": false, "Standard": false, "standard": false, "Standard d": true, `\d0`: false, "_d0": false, "*d0": false, `\d0 d`: true,
		`"days`: true, `"days"`: false, "[d": true, "[d]": false, "Y": true, "M": true, "D": true, "H": true, "S": true, "y": true, "m": true, "d": true, "h": true, "s": true, "": false, "E+0": false,
	} {
		require.Equal(t, want, isDateFormat(code), code)
	}
}

// TestIsZero holds which numbers are zero, whatever their exponent.
func TestIsZero(t *testing.T) {
	for number, want := range map[string]bool{
		"0": true, "-0.00": true, "0e9": true, "0E1": true, "1": false, "9": false, "0.09": false, "0.001e5": false, "-90": false,
	} {
		require.Equal(t, want, isZero([]byte(number)), number)
	}
}
