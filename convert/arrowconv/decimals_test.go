package arrowconv

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
)

// TestDecimalScales: decimals have as many places as any number does, and no more.
func TestDecimalScales(t *testing.T) {
	for scale, want := range map[int32]string{
		0: "", 2: "", columnar.MaxScale: "", -columnar.MaxScale: "",
		columnar.MaxScale + 1: "a decimal with a scale of 1001", -columnar.MaxScale - 1: "a decimal with a scale of -1001",
	} {
		_, err := decimals(nil, scale, func(int) *big.Int { return big.NewInt(1) })
		if got := fmt.Sprint(err); got != want && (want != "" || err != nil) {
			t.Errorf("a scale of %d: %v", scale, err)
		}
	}
}

// TestBounded: room is made up to a bound that grows with the table, and no further.
func TestBounded(t *testing.T) {
	claims := func(b *bounded, n int) (refused bool) {
		defer func() { refused = recover() != nil }()
		b.check(n)
		return false
	}
	for size, most := range map[int64]int{0: allocateAlways, 1: allocateAlways, allocateAlways / mostExpansion: allocateAlways, allocateAlways/mostExpansion + 1: allocateAlways + mostExpansion} {
		b := newBounded(size)
		for n, want := range map[int]bool{-1: true, 0: false, most: false, most + 1: true} {
			if got := claims(b, n); got != want {
				t.Errorf("of a table of %d bytes a claim of %d is refused: %t", size, n, got)
			}
		}
	}
}
