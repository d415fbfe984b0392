package columnar

import (
	"fmt"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// TestPeriods holds periods by their number, counted from the one with 1970-01-01, as
// pandas does; those of the seventies and before as well as of today.
func TestPeriods(t *testing.T) {
	for _, tt := range []struct {
		freq string
		n    int64
		want string
	}{
		{"A-DEC", 51, "2021"}, {"Y-DEC", 0, "1970"}, {"Y", -970, "1000"}, {"YE-DEC", -1, "1969"}, {"A", -1469, "0501"},
		{"Q-DEC", 0, "1970Q1"}, {"Q", 207, "2021Q4"}, {"Q-DEC", -1, "1969Q4"}, {"Q-NOV", 208, "2022Q1"},
		{"M", 0, "1970M01"}, {"M", 623, "2021M12"}, {"ME", -1, "1969M12"}, {"M", 624, "2022M01"},
		{"D", 0, "1970-01-01"}, {"D", 18992, "2021-12-31"}, {"D", -1, "1969-12-31"},
		{"W-SUN", 1, "1970W01"}, {"W", 0, "1969W52"}, {"W-SUN", 2662, "2020W53"}, {"W-SUN", 2663, "2021W01"},
		{"W-MON", 1, "1969-12-30"}, {"W-SAT", 0, "1969-12-28"},
		{"h", 1, "1970-01-01T01:00:00"}, {"H", -1, "1969-12-31T23:00:00"}, {"min", 90, "1970-01-01T01:30:00"}, {"T", -1, "1969-12-31T23:59:00"},
		{"s", -1, "1969-12-31T23:59:59"}, {"ms", 1500, "1970-01-01T00:00:01.5"}, {"us", -1, "1969-12-31T23:59:59.999999"}, {"N", 7, "1970-01-01T00:00:00.000000007"},
		{"D", 1 << 40, "1099511627776"}, // no day of any calendar
	} {
		t.Run(fmt.Sprint(tt.freq, " ", tt.n), func(t *testing.T) {
			p, ok := newPeriods(tt.freq)
			if !ok {
				t.Fatal("it is not known")
			}
			var b rows.Batch
			b.Grow(1)
			p.Add(&b, 0, tt.n)
			if kind := b.Kinds[0][0]; string(b.Text) != tt.want || (kind == rows.Period) == (tt.n == 1<<40) {
				t.Errorf("it is %s of kind %d, want %s", b.Text, kind, tt.want)
			}
		})
	}
	for _, freq := range []string{"", "?", "B", "2Q", "W-XXX", "h-DEC", "C", "quarter"} {
		if _, ok := newPeriods(freq); ok {
			t.Errorf("%q is known", freq)
		}
	}
}

// TestFrequency holds what a column says of its periods.
func TestFrequency(t *testing.T) {
	for _, tt := range []struct{ name, more, want string }{
		{"pandas.period", `{"freq":"A-DEC"}`, "A-DEC"},
		{"arrow.period", `{"freq":"M"}`, "M"},
		{"pandas.period", `{}`, "?"},
		{"pandas.period", `M`, "?"},
		{"pandas.interval", `{"freq":"M"}`, ""},
		{"", "", ""},
	} {
		if got := frequency(map[string]string{keyExtension: tt.name, keyExtensionMore: tt.more}); got != tt.want {
			t.Errorf("%s %s is %q, want %q", tt.name, tt.more, got, tt.want)
		}
	}
}
