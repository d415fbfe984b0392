package pxweb

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestQuiet(t *testing.T) {
	ssb, _ := FindHost("ssb")
	tests := []struct {
		at    string
		quiet bool
	}{
		{"2025-01-15T06:54:59Z", false}, {"2025-01-15T06:55:00Z", true}, {"2025-01-15T07:14:59Z", true}, {"2025-01-15T07:15:00Z", false},
		{"2025-07-15T05:54:59Z", false}, {"2025-07-15T05:55:00Z", true}, {"2025-07-15T06:15:00Z", false},
	}
	for _, tt := range tests {
		at, err := time.Parse(time.RFC3339, tt.at)
		require.NoError(t, err)
		until, quiet := ssb.Quiet(at)
		require.Equal(t, tt.quiet, quiet, tt.at)
		require.Equal(t, "08:15", until.Format("15:04"))
		oslo, err := time.LoadLocation("Europe/Oslo")
		if err == nil {
			_, want := at.In(oslo).Zone()
			_, got := at.In(centralEurope(at)).Zone()
			require.Equal(t, want, got, "without a table of zones")
		}
	}
	scb, _ := FindHost("scb")
	_, quiet := scb.Quiet(time.Now())
	require.False(t, quiet)
}
