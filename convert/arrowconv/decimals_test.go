package arrowconv

import (
	"testing"

	"github.com/apache/arrow/go/v17/arrow"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
)

// TestDecimalScales: decimals have as many places as any number does, and no more.
func TestDecimalScales(t *testing.T) {
	for scale, want := range map[int32]columnar.FieldKind{
		0: columnar.FieldNumber, 2: columnar.FieldNumber, columnar.MaxScale: columnar.FieldNumber, -columnar.MaxScale: columnar.FieldNumber,
		columnar.MaxScale + 1: columnar.FieldNested, -columnar.MaxScale - 1: columnar.FieldNested,
	} {
		if got := kindOf(&arrow.Decimal128Type{Precision: 38, Scale: scale}); got != want {
			t.Errorf("a scale of %d is of kind %d, want %d", scale, got, want)
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
		b := newBounded(func() int64 { return size })
		for n, want := range map[int]bool{-1: true, 0: false, most: false, most + 1: true} {
			if got := claims(b, n); got != want {
				t.Errorf("of a table of %d bytes a claim of %d is refused: %t", size, n, got)
			}
		}
	}
}
