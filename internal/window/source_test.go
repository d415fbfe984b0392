package window

import (
	"io"
	"testing"
)

func TestBytes(t *testing.T) {
	b := Bytes("abcdef")
	for _, test := range []struct {
		n    int
		off  int64
		want string
		err  error
	}{{3, 0, "abc", nil}, {3, 2, "cde", nil}, {3, 3, "def", io.EOF}, {3, 4, "ef", io.EOF}, {9, 0, "abcdef", io.EOF}, {3, 6, "", io.EOF}, {3, 99, "", io.EOF}} {
		p := make([]byte, test.n)
		if n, err := b.ReadAt(p, test.off); string(p[:n]) != test.want || err != test.err {
			t.Errorf("%d bytes at %d: %q, %v", test.n, test.off, p[:n], err)
		}
	}
}
