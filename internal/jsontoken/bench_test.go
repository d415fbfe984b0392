package jsontoken

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/number"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// benchRows are rows of cells as offices lay them out. Each is about 4 MB.
var benchRows = []struct {
	name        string
	open, close byte
	cell        func(dst []byte, i int, r *rand.Rand) []byte
	separator   string
}{
	{"integers", '[', ']', benchInteger, ","},
	{"integers-blank", '[', ']', benchInteger, ", "},
	{"integers-lines", '[', ']', benchInteger, ",\n    "},
	{"decimals", '[', ']', benchDecimal, ","},
	{"small-decimals", '[', ']', func(dst []byte, i int, r *rand.Rand) []byte {
		return fmt.Appendf(dst, "0.%08d1", r.IntN(1e8))
	}, ","},
	{"raw-decimals", '[', ']', func(dst []byte, i int, r *rand.Rand) []byte {
		return append(benchInteger(dst, i, r), ".0"...)
	}, ","},
	{"gaps", '[', ']', func(dst []byte, i int, r *rand.Rand) []byte {
		if r.IntN(3) == 0 {
			return append(dst, "null"...)
		}
		return benchDecimal(dst, i, r)
	}, ","},
	{"nulls", '[', ']', func(dst []byte, i int, r *rand.Rand) []byte { return append(dst, "null"...) }, ","},
	{"statuses", '[', ']', func(dst []byte, i int, r *rand.Rand) []byte {
		if r.IntN(50) == 0 {
			return append(dst, `".."`...)
		}
		return append(dst, `""`...)
	}, ","},
	{"sparse", '{', '}', func(dst []byte, i int, r *rand.Rand) []byte {
		dst = strconv.AppendInt(append(dst, '"'), int64(3*i), 10)
		return benchInteger(append(dst, `":`...), i, r)
	}, ","},
	{"sparse-lines", '{', '}', func(dst []byte, i int, r *rand.Rand) []byte {
		dst = strconv.AppendInt(append(dst, '"'), int64(3*i), 10)
		return benchInteger(append(dst, `": `...), i, r)
	}, ",\n    "},
}

func benchInteger(dst []byte, _ int, r *rand.Rand) []byte {
	return strconv.AppendInt(dst, int64(r.IntN(100000)), 10)
}

func benchDecimal(dst []byte, _ int, r *rand.Rand) []byte {
	return append(strconv.AppendInt(append(strconv.AppendInt(dst, int64(r.IntN(1000)), 10), '.'), int64(r.IntN(10)), 10), '1')
}

func benchRow(i int) []byte {
	row := benchRows[i]
	r := rand.New(rand.NewPCG(1, 2))
	text := []byte{row.open}
	for n := 0; len(text) < 4<<20; n++ {
		if n > 0 {
			text = append(text, row.separator...)
		}
		text = row.cell(text, n, r)
	}
	return append(text, row.close)
}

// BenchmarkYardstick is what a loop costs that looks at each byte once, through
// the same window: no reader of JSON can be faster.
func BenchmarkYardstick(b *testing.B) {
	text := window.Bytes(benchRow(0))
	b.SetBytes(int64(len(text)))
	buf := make([]byte, window.Size)
	for b.Loop() {
		commas := 0
		for off := int64(0); ; {
			n, err := text.ReadAt(buf, off)
			for _, c := range buf[:n] {
				if c == ',' {
					commas++
				}
			}
			if err == io.EOF {
				break
			}
			off += int64(n)
		}
	}
}

// BenchmarkSection is the pre-scan: syntax, facts and checkpoints.
func BenchmarkSection(b *testing.B) {
	for i, row := range benchRows {
		b.Run(row.name, func(b *testing.B) {
			text := window.Bytes(benchRow(i))
			b.SetBytes(int64(len(text)))
			r := NewReader(text, 0)
			cells := int64(0)
			for b.Loop() {
				s, err := Scan(r, 0, row.name == "statuses")
				if err != nil {
					b.Fatal(err)
				}
				cells = s.Count
			}
			b.ReportMetric(float64(cells)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcells/s")
		})
	}
}

// BenchmarkCursor is the second pass, without facts.
func BenchmarkCursor(b *testing.B) {
	for i, row := range benchRows {
		b.Run(row.name, func(b *testing.B) {
			text := window.Bytes(benchRow(i))
			b.SetBytes(int64(len(text)))
			r := NewReader(text, 0)
			s := &window.Section{Object: row.open == '{'}
			cells := 0
			for b.Loop() {
				cells = 0
				for c := NewCursor(r, s); !c.Done; cells += c.N {
					if err := c.Next(window.ChunkCells); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(cells)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcells/s")
		})
	}
}

// BenchmarkTree parses a head: long lists of ids and labels.
func BenchmarkTree(b *testing.B) {
	var t strings.Builder
	t.WriteString(`{"index":{`)
	for i := range 50000 {
		fmt.Fprintf(&t, `"K%05d":%d,`, i, i)
	}
	t.WriteString(`"last":50000},"label":{`)
	for i := range 50000 {
		fmt.Fprintf(&t, `"K%05d":"Kommune nummer %d på Vestlandet",`, i, i)
	}
	t.WriteString(`"last":"Siste"}}`)
	text := window.Bytes(t.String())
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		p := Parser{R: NewReader(text, 0), Tree: NewTree(int64(len(text)))}
		if err := p.Document(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendNumber(b *testing.B) {
	for _, token := range []string{"100.0", "1.5e-9", "0.000012340", "123456789012345678901234567890"} {
		b.Run(token, func(b *testing.B) {
			b.ReportAllocs()
			var dst []byte
			for b.Loop() {
				dst = number.Append(dst[:0], []byte(token))
			}
		})
	}
}
