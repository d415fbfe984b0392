package jsonstat2csv

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

func TestTable(t *testing.T) { require.NoError(t, Command().Check()) }

// TestReferenceFlags holds the flags of the tool that this one replaces: their
// letters, names and defaults.
func TestReferenceFlags(t *testing.T) {
	specs := map[string]cli.Spec{}
	for _, s := range Command().AllFlags() {
		specs[s.Name] = s
	}
	tests := []struct {
		name     string
		letter   rune
		value    bool
		standard string
	}{
		{"rich", 'r', false, ""},
		{"status", 's', false, ""},
		{"na", 'n', true, "n/a"},
		{"separator", 'c', true, ""}, // a comma, but for some endings of names; "column" is an old name
		{"unit", 'u', true, "|"},
		{"decimal", 'd', true, ""}, // that depends on the column
		{"vlabel", 'v', true, "Value"},
		{"slabel", 'l', true, "Status"},
		{"fid", 'f', false, ""},
		{"cid", 'o', false, ""},
		{"by", 'y', true, ""},
		{"drop", 'p', true, ""},
		{"big", 'b', false, ""},
		{"stream", 't', false, ""},
		{"help", 'h', false, ""},
		{"version", 0, false, ""},
	}
	letters := 0
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, ok := specs[tt.name]
			require.True(t, ok)
			require.Equal(t, tt.letter, s.Short)
			require.Equal(t, tt.value, s.Kind != cli.KindBool)
			require.Equal(t, tt.standard, s.Default)
		})
		if tt.letter != 0 {
			letters++
		}
	}
	// What is new has a long name only.
	for _, s := range specs {
		if s.Short != 0 {
			letters--
		}
	}
	require.Zero(t, letters, "letters that the reference does not have")
}
