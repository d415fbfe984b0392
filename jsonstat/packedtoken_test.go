package jsonstat

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// TestSlot puts tokens of all lengths side by side and takes them out again.
func TestSlot(t *testing.T) {
	digits := strings.Repeat("0123456789.-+eE", 4)
	var long longTokens
	type kept struct {
		slot packedToken
		text string
	}
	var all []kept
	for n := range len(digits) {
		for _, kind := range []Kind{Number, NumberRaw, Text} {
			k := kept{text: digits[len(digits)-n:]}
			if kind == Text {
				k.text = strings.Repeat("æ", n)
			}
			k.slot.store(kind, []byte(k.text), &long)
			all = append(all, k)
		}
	}
	for _, size := range []int{1 << 10, 1 << 14, 3 << 20, 10} { // chunks of all sizes
		k := kept{text: strings.Repeat("long text ", size/10)}
		k.slot.store(Text, []byte(k.text), &long)
		all = append(all, k)
	}
	for _, k := range all {
		if got := string(k.slot.appendTo([]byte("before "), &long)); got != "before "+k.text {
			t.Errorf("%.40q of %d bytes comes out as %.60q", k.text, len(k.text), got)
		}
	}
}

// TestSlotFloats: no float64 needs more than a slot.
func TestSlotFloats(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	floats := []float64{0, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, -2.2250738585072014e-308, 1.0 / 3, -1e21, 123456789012345680000}
	for range 2000 {
		if f := math.Float64frombits(r.Uint64()); !math.IsNaN(f) && !math.IsInf(f, 0) {
			floats = append(floats, f)
		}
	}
	v := NewValues(len(floats))
	for i, f := range floats {
		v.SetFloat64(int64(i), f)
	}
	if len(v.long) > 0 {
		t.Errorf("%d chunks of long tokens", len(v.long))
	}
	ds, err := New(Head{Dimensions: []*Dimension{numbered(t, "d", len(floats))}}, v.Cells())
	if err != nil {
		t.Fatal(err)
	}
	for obs, err := range ds.Observations() {
		if err != nil {
			t.Fatal(err)
		}
		if f, _ := strconv.ParseFloat(obs.Text(), 64); f != floats[obs.Position()] || obs.Float64() != f {
			t.Errorf("%v comes out as %s", floats[obs.Position()], obs.Text())
		}
	}
}
