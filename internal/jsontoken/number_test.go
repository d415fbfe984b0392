package jsontoken

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/number"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// TestAppendNumberFloats holds the layout against that of encoding/json, which is
// ECMAScript's.
func TestAppendNumberFloats(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for i := range scaled(20000) {
		f := math.Float64frombits(r.Uint64())
		switch i % 4 {
		case 1:
			f = math.Round(r.NormFloat64()*1e4) / 100
		case 2:
			f = math.Pow(10, float64(r.IntN(60)-30))
		case 3:
			f = r.NormFloat64() * math.Pow(10, float64(r.IntN(50)-25))
		}
		if math.IsNaN(f) || math.IsInf(f, 0) {
			continue
		}
		want, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		if f == 0 {
			want = []byte("0") // ECMAScript has no -0
		}
		for _, token := range []string{
			strconv.FormatFloat(f, 'e', -1, 64), strings.ToUpper(strconv.FormatFloat(f, 'e', -1, 64)), strconv.FormatFloat(f, 'f', -1, 64), string(want),
		} {
			if _, ok := NumberKind(token); !ok {
				t.Fatalf("%s is no number", token)
			}
			if got := string(number.Append(nil, []byte(token))); got != string(want) {
				t.Errorf("number.Append(%s) = %s, want %s", token, got, want)
			}
		}
		if kind, _ := NumberKind(string(want)); kind == Number && string(number.Append(nil, want)) != string(want) {
			t.Errorf("%s is a Number but not laid out as one", want)
		}
	}
}

// sameNumber compares two tokens as numbers, if their exponents allow it.
func sameNumber(a, b string) (same, known bool) {
	for _, s := range []string{a, b} {
		if k := strings.IndexAny(s, "eE"); k >= 0 {
			if exp, err := strconv.Atoi(s[k+1:]); err != nil || exp > 1000 || exp < -1000 {
				return false, false
			}
		}
	}
	x, ok := new(big.Rat).SetString(a)
	y, ok2 := new(big.Rat).SetString(b)
	return ok && ok2 && x.Cmp(y) == 0, true
}

// randomNumber makes a token of any layout.
func randomNumber(r *rand.Rand) string {
	digits := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte("00123456789"[r.IntN(11)])
		}
		return b.String()
	}
	s := []string{"", "", "-"}[r.IntN(3)]
	if r.IntN(3) == 0 {
		s += "0"
	} else {
		s += string("123456789"[r.IntN(9)]) + digits(r.IntN(3)*r.IntN(12))
	}
	if r.IntN(2) == 0 {
		s += "." + strings.Repeat("0", r.IntN(3)*r.IntN(5)) + digits(1+r.IntN(4)*r.IntN(8))
	}
	if r.IntN(4) == 0 {
		s += []string{"e", "E"}[r.IntN(2)] + []string{"", "+", "-"}[r.IntN(3)] + strconv.Itoa(r.IntN(50))
	}
	return s
}

func TestAppendNumberRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range scaled(20000) {
		token := randomNumber(r)
		got := string(number.Append(nil, []byte(token)))
		if same, _ := sameNumber(token, got); !same {
			t.Errorf("number.Append(%s) = %s", token, got)
		}
		kind, ok := NumberKind(token)
		if !ok || (kind == Number && got != token) {
			t.Errorf("%s is a Number, %v, and laid out as %s", token, ok, got)
		}
		if kind == Raw && got == token && !strings.ContainsAny(token, "e") {
			t.Errorf("%s is Raw but laid out already", token)
		}
	}
}

// TestFacts holds the shape that a scan notes of numbers against their values.
func TestFacts(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range scaled(5000) {
		token := randomNumber(r)
		s, err := Scan(NewReader(window.Bytes("["+token+"]"), 0), 0, false)
		if err != nil {
			t.Fatalf("%s: %v", token, err)
		}
		value, _ := new(big.Rat).SetString(token)
		if s.Whole != value.IsInt() {
			t.Errorf("%s: whole is %v", token, s.Whole)
		}
		whole := new(big.Int).Quo(value.Num(), value.Denom())
		if want := len(whole.Abs(whole).String()); s.Digits != want {
			t.Errorf("%s: %d digits, want %d", token, s.Digits, want)
		}
	}
}
