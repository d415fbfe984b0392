package cli

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTranslate holds how a text about the options of a part says them in the call.
func TestTranslate(t *testing.T) {
	h := handed{by: "in", table: newFlagTable([]Spec{
		Strings{Name: "value", Value: "COLUMN,...", Help: "x"}.Spec(),
		Strings{Name: "dimension", Value: "COLUMN,...", Help: "x"}.Spec(),
		String{Name: "decimal", Help: "x"}.Spec(),
		Bool{Name: "sniff", Help: "x"}.Spec(),
		Choice{Name: "nan", Values: []string{"null"}, Help: "x"}.Spec(),
		Bool{Name: "force", Group: filesGroup, Help: "x"}.Spec(),
	})}
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{"nothing of the kind", "nothing of the kind"},
		{"add --value Tonnes --dimension Port,Year", "add --in value=Tonnes --in dimension=Port,Year"},
		{"add --value 'Live weight' --sniff", "add --in value='Live weight' --in sniff"},
		{"--value or --dimension says which", "--in value or --in dimension says which"},
		{"--decimal ,, if that is the decimal mark", "--in decimal=,, if that is the decimal mark"},
		{"--sniff finds it, and --value COLUMN names it", "--in sniff finds it, and --in value=COLUMN names it"},
		{"--nan=null reads NaN", "--in nan=null reads NaN"},
		{"--value, --dimension", "--in value, --in dimension"},
		{"--no-sniff", "--in no-sniff"},
		{"--force replaces it", "--force replaces it"},
		{"--unheard of; --", "--unheard of; --"},
	} {
		require.Equal(t, tt.want, h.translate(tt.text))
		require.Equal(t, tt.text, handed{}.translate(tt.text), "there is no part")
	}
}

// TestRename holds which words of a text are names of programs.
func TestRename(t *testing.T) {
	d := door{names: map[string]string{"jsonstat2csv": "jsonstat csv", "pxfetch": "jsonstat fetch"}}
	for _, tt := range []struct{ text, want string }{
		{"jsonstat2csv a.json", "jsonstat csv a.json"},
		{"pxfetch get 05839 | jsonstat2csv | head", "jsonstat fetch get 05839 | jsonstat csv | head"},
		{"which jsonstat2csv, pxfetch and others read.", "which jsonstat csv, jsonstat fetch and others read."},
		{"pxfetch.", "jsonstat fetch."},
		{"bin/pxfetch pxfetch/x pxfetch.json my-pxfetch --host=pxfetch pxfetch2", "bin/pxfetch pxfetch/x pxfetch.json my-pxfetch --host=pxfetch pxfetch2"},
		{"", ""},
	} {
		require.Equal(t, tt.want, d.rename(tt.text))
		require.Equal(t, tt.text, door{}.rename(tt.text))
	}
}
