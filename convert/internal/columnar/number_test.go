package columnar

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

func TestFloat(t *testing.T) {
	tests := []struct {
		token string
		kind  jsonstat.Kind
		exact bool
	}{
		{"0", jsonstat.Number, true},
		{"-0", jsonstat.NumberRaw, true},
		{"407", jsonstat.Number, true},
		{"-12.75", jsonstat.Number, true},
		{"407.0", jsonstat.NumberRaw, true},
		{"0.1", jsonstat.Number, true},
		{"1e-7", jsonstat.Number, true},
		{"1E3", jsonstat.NumberRaw, true},
		{"6.02214076e23", jsonstat.NumberRaw, true},
		{"0.30000000000000004", jsonstat.Number, true},
		{"123456789012345.000000000000000000", jsonstat.NumberRaw, true},
		{"9007199254740992", jsonstat.Number, true},
		{"9007199254740993", jsonstat.Number, false},
		{"9007199254740994", jsonstat.Number, true},
		{"1152921504606846976", jsonstat.NumberRaw, true},
		{"1152921504606847000", jsonstat.NumberRaw, false}, // the float is another whole number
		{"0.12345678901234567890", jsonstat.NumberRaw, false},
		{"1e400", jsonstat.NumberRaw, false},
		{"1e-400", jsonstat.NumberRaw, false},
	}
	for _, tt := range tests {
		t.Run(tt.token, func(t *testing.T) {
			var n number
			f, exact := n.float(tt.kind, []byte(tt.token))
			want, _ := strconv.ParseFloat(tt.token, 64)
			if want == 0 {
				want = 0
			}
			if f != want || exact != tt.exact {
				t.Errorf("float(%s) = %v, %t; want %v, %t", tt.token, f, exact, want, tt.exact)
			}
			if !exact {
				return
			}
			back := string(appendFloat(nil, f, 64))
			if canonical := string(jsonstat.AppendNumber(nil, []byte(tt.token))); back != canonical {
				t.Errorf("%s came back as %s, want %s", tt.token, back, canonical)
			}
		})
	}
}

// Short decimals are parsed to the very float that strconv finds.
func TestParseShort(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 200_000 {
		token := strconv.FormatInt(r.Int64N(int64(math.Pow10(1+r.IntN(15)))), 10)
		if places := r.IntN(len(token) + 3); places > 0 {
			for len(token) <= places {
				token = "0" + token
			}
			token = token[:len(token)-places] + "." + token[len(token)-places:]
		}
		if r.IntN(4) == 0 {
			token = "-" + token
		}
		f, ok := parseShort([]byte(token))
		want, err := strconv.ParseFloat(token, 64)
		if err != nil || !ok || f != want {
			t.Fatalf("parseShort(%s) = %v, %t; want %v", token, f, ok, want)
		}
	}
	for _, token := range []string{"", "-", "1e5", "1234567890123456", "0.0000000000000000001"} {
		if f, ok := parseShort([]byte(token)); ok {
			t.Errorf("parseShort(%q) = %v", token, f)
		}
	}
}

func TestInt(t *testing.T) {
	tests := []struct {
		token string
		kind  jsonstat.Kind
		want  int64
		ok    bool
	}{
		{"0", jsonstat.Number, 0, true},
		{"-7", jsonstat.Number, -7, true},
		{"407.0", jsonstat.NumberRaw, 407, true},
		{"1e3", jsonstat.NumberRaw, 1000, true},
		{"999999999999999999", jsonstat.Number, 999999999999999999, true},
		{"9223372036854775807", jsonstat.Number, math.MaxInt64, true},
		{"-9223372036854775808", jsonstat.Number, math.MinInt64, true},
		{"9223372036854775808", jsonstat.Number, math.MaxInt64, false},
		{"1.5", jsonstat.Number, 0, false},
		{"1e21", jsonstat.NumberRaw, 0, false},
		{"1e-7", jsonstat.Number, 0, false},
	}
	for _, tt := range tests {
		var n number
		if k, ok := n.int(tt.kind, []byte(tt.token)); ok != tt.ok || (ok && k != tt.want) {
			t.Errorf("int(%s) = %d, %t; want %d, %t", tt.token, k, ok, tt.want, tt.ok)
		}
	}
}

func TestWhole(t *testing.T) {
	for token, want := range map[string]bool{"1": true, "-1": true, "1.5": false, "1e-7": false, "1e+21": true, "1.25e+21": true, "1.2345678901234567890123456e+24": false} {
		if got := whole([]byte(token)); got != want {
			t.Errorf("whole(%s) = %t", token, got)
		}
	}
}

func TestAppendFloat(t *testing.T) {
	tests := []struct {
		f    float64
		bits int
		want string
	}{
		{0, 64, "0"}, {math.Copysign(0, -1), 64, "0"}, {-1, 64, "-1"}, {0.1, 64, "0.1"},
		{float64(float32(0.1)), 32, "0.1"}, {float64(float32(16777216)), 32, "16777216"},
		{1 << 53, 64, "9007199254740992"}, {1 << 60, 64, "1152921504606846976"}, {-(1 << 60), 64, "-1152921504606846976"},
		{1e21, 64, "1e+21"}, {1e20, 64, "100000000000000000000"}, {5e-324, 64, "5e-324"}, {math.MaxFloat64, 64, "1.7976931348623157e+308"},
	}
	for _, tt := range tests {
		if got := string(appendFloat(nil, tt.f, tt.bits)); got != tt.want {
			t.Errorf("appendFloat(%v) = %s, want %s", tt.f, got, tt.want)
		}
	}
	r := rand.New(rand.NewPCG(7, 8))
	for range 100_000 { // whatever is printed is that float
		f := math.Float64frombits(r.Uint64())
		if math.IsNaN(f) || math.IsInf(f, 0) {
			continue
		}
		if got, err := strconv.ParseFloat(string(appendFloat(nil, f, 64)), 64); err != nil || got != f {
			t.Fatalf("%v came back as %v", f, got)
		}
	}
}
