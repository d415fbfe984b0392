package columnar

import (
	"math/big"
	"testing"
	"time"
)

func TestAppendTime(t *testing.T) {
	oslo := time.FixedZone("", 3600)
	for _, tt := range []struct {
		t    time.Time
		zone bool
		want string
	}{
		{time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC), false, "2024-01-02T00:00:00"},
		{time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC), true, "2024-01-02T00:00:00Z"},
		{time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC), false, "2024-01-02T03:04:05"},
		{time.Date(2024, 1, 2, 3, 4, 5, 600_000_000, time.UTC), true, "2024-01-02T03:04:05.6Z"},
		{time.Date(2024, 1, 2, 0, 0, 0, 1, time.UTC), false, "2024-01-02T00:00:00.000000001"},
		{time.Date(2024, 1, 2, 3, 0, 0, 0, oslo), true, "2024-01-02T03:00:00+01:00"},
	} {
		if got := string(AppendTime(nil, tt.t, tt.zone)); got != tt.want {
			t.Errorf("AppendTime(%v, %t) = %s, want %s", tt.t, tt.zone, got, tt.want)
		}
	}
}

func TestAppendDecimal(t *testing.T) {
	for _, tt := range []struct {
		n     string
		scale int
		want  string
	}{
		{"0", 0, "0"}, {"0", 2, "0.00"}, {"0", -2, "0"}, {"7", 0, "7"}, {"-7", 1, "-0.7"}, {"5", 3, "0.005"},
		{"12345", 2, "123.45"}, {"-12345", 5, "-0.12345"}, {"12", -3, "12000"},
		{"123456789012345678901234567890", 10, "12345678901234567890.1234567890"},
	} {
		n, _ := new(big.Int).SetString(tt.n, 10)
		if got := string(AppendDecimal(nil, n, tt.scale)); got != tt.want {
			t.Errorf("AppendDecimal(%s, %d) = %s, want %s", tt.n, tt.scale, got, tt.want)
		}
	}
}
