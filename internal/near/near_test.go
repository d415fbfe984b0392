package near

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestNear(t *testing.T) {
	for _, c := range []struct {
		name  string
		names string // parted by blanks
		want  string
	}{
		{"Region", "Tid Kjonn", ""},
		{"region", "Tid Region Kjonn", "Region"},
		{"REGION", "region Region regions", "region Region regions"},
		{"Regoin", "Region", "Region"}, // neighbours swapped
		{"Regon", "Region", "Region"},
		{"Regiion", "Region", "Region"},
		{"Rxgixn", "Region", "Region"},
		{"Rxgxxn", "Region", ""},
		{"Contents", "ContentsCode Tid", "ContentsCode"}, // the start of it
		{"Code", "ContentsCode Tid", "ContentsCode"},     // the end of it
		{"Co", "ContentsCode", ""},                       // too short for that
		{"år", "Ar ÅR tid", "ÅR Ar"},                     // letters, not bytes
		{"kjønn", "kjonn", "kjonn"},
		{"a", "b c d e", "b c d"}, // one keystroke, no more than three
		{"2024", "2023 2022 1024 1999", "2023 2022 1024"},
		{"", "a bc", "a"},
		{"x", "", ""},
	} {
		got := strings.Join(Names(c.name, strings.Fields(c.names)), " ")
		if got != c.want {
			t.Errorf("near %q in %q is %q, want %q", c.name, c.names, got, c.want)
		}
	}
}

// TestNearIsQuick: a hundred thousand names, and names of a megabyte.
func TestNearIsQuick(t *testing.T) {
	start := time.Now()
	names := make([]string, 100_000)
	for i := range names {
		names[i] = "category " + strconv.Itoa(i)
	}
	if got := Names("Category 99999", names)[0]; got != "category 99999" {
		t.Errorf("the nearest is %q", got)
	}
	long := strings.Repeat("ab", 1<<19)
	if got := len(Names(long+"x", []string{long + "y", long + "xy", long + "X"})); got != 2 {
		t.Errorf("%d names are near a long one, want 2", got)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("took %v", took)
	}
}
