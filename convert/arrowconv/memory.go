package arrowconv

import (
	"fmt"
	"math"

	"github.com/apache/arrow/go/v17/arrow/memory"
)

// bounded is an allocator that does not believe a table that claims to be much
// larger than what it is read from.
type bounded struct {
	memory.Allocator
	size func() int64 // of what it is read from, as far as that is known
}

// A compressed column may well be a thousand times as long as its text, and a small
// one of equal values more than that.
const (
	allocateAlways = 64 << 20
	mostExpansion  = 1024
)

func newBounded(size func() int64) *bounded {
	return &bounded{memory.NewGoAllocator(), size}
}

func (b *bounded) check(size int) {
	most := int(min(max(allocateAlways, min(b.size(), 1<<40)*mostExpansion), math.MaxInt))
	if size < 0 || size > most {
		panic(fmt.Sprintf("it claims %d bytes for a column", size))
	}
}

// Allocate panics if there is asked too much, which [Read] makes an error of.
func (b *bounded) Allocate(size int) []byte {
	b.check(size)
	return b.Allocator.Allocate(size)
}

// Reallocate does the same.
func (b *bounded) Reallocate(size int, old []byte) []byte {
	b.check(size)
	return b.Allocator.Reallocate(size, old)
}
