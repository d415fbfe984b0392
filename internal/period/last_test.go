package period

import (
	"testing"
	"time"
)

func TestLastDay(t *testing.T) {
	for code, want := range map[string]string{
		"2024": "2024-12-31", "2024H1": "2024-06-30", "2024T3": "2024-12-31", "2024Q1": "2024-03-31",
		"2024M02": "2024-02-29", "2023-02": "2023-02-28", "2024W01": "2024-01-07", "2024-02-10": "2024-02-10",
	} {
		first, f, ok := ParseFirstDay(code)
		if got := LastDay(first, f).Format(time.DateOnly); !ok || got != want {
			t.Errorf("%s ends on %s, want %s", code, got, want)
		}
	}
}
