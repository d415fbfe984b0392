package number

import (
	"math/bits"
	"math/rand/v2"
	"testing"
)

// TestOthers holds the eight bytes at a time against one at a time.
func TestOthers(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		buf := make([]byte, 8)
		for i := range buf {
			if buf[i] = byte('0' + r.IntN(10)); r.IntN(12) == 0 {
				buf[i] = byte(r.IntN(256))
			}
		}
		want := 0
		for want < 8 && buf[want]-'0' <= 9 {
			want++
		}
		if got := bits.TrailingZeros64(Others(buf, 0)) >> 3; got != want {
			t.Fatalf("%q begins with %d digits, not %d", buf, want, got)
		}
	}
}
