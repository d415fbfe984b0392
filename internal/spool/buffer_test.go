package spool

import (
	"bytes"
	"testing"
)

// TestBuffer keeps texts of all sizes, and leaves no file behind.
func TestBuffer(t *testing.T) {
	for _, n := range []int{0, 1, 5000, BufferMemory - 1, BufferMemory, 2*BufferMemory + 17} {
		files := tempDir(t)
		text := pattern(n)
		var b Buffer
		for rest := text; len(rest) > 0; {
			k := min(len(rest), 100_000)
			if m, err := b.Write(rest[:k]); m != k || err != nil {
				t.Fatalf("of %d bytes %d were written, %v", k, m, err)
			}
			rest = rest[k:]
		}
		if got := b.Start(); !bytes.Equal(got, text[:min(n, 4<<10)]) {
			t.Errorf("%d bytes: the start has %d", n, len(got))
		}
		for range 2 {
			var out bytes.Buffer
			if err := b.CopyTo(&out); err != nil || !bytes.Equal(out.Bytes(), text) {
				t.Errorf("%d bytes: %d are copied, %v", n, out.Len(), err)
			}
			if b.file != nil { // what is behind the file was copied as well
				break
			}
		}
		for range 2 {
			if err := b.Close(); err != nil {
				t.Error(err)
			}
		}
		if k := files(); k != 0 {
			t.Errorf("%d bytes: %d files are left", n, k)
		}
	}
	if err := (*Buffer)(nil).Close(); err != nil {
		t.Error(err)
	}
}
