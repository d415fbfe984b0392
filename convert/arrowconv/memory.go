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
	most int
}

// A compressed column may well be a thousand times as long as its text, and a small
// one of equal values more than that.
const (
	allocateAlways = 64 << 20
	mostExpansion  = 1024
)

func newBounded(size int64) *bounded {
	return &bounded{memory.NewGoAllocator(), int(min(max(allocateAlways, min(size, 1<<40)*mostExpansion), math.MaxInt))}
}

func (b *bounded) check(size int) {
	if size < 0 || size > b.most {
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
