package jsonstat

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// benchCube is a document of 400,000 cells, with as many texts of one and of
// two decimals as offices have, and a status here and there.
func benchCube(value func(b *strings.Builder, i int, number string), open, close string, status string) []byte {
	r := rand.New(rand.NewPCG(71, 72))
	var b strings.Builder
	b.WriteString(`{"version":"2.0","class":"dataset","id":["a","b"],"size":[400,1000],"dimension":{"a":{"category":{"index":` + manyIDs(400) + `}},"b":{"category":{"index":` + manyIDs(1000) + `}}}`)
	b.WriteString(`,"value":` + open)
	for i := range benchCells {
		if i > 0 {
			b.WriteByte(',')
		}
		number := strconv.Itoa(r.IntN(100_000))
		if i/1000%2 == 0 {
			number += "." + strconv.Itoa(1+r.IntN(9))
		}
		value(&b, i, number)
	}
	b.WriteString(close)
	switch status {
	case "array":
		b.WriteString(`,"status":[`)
		for i := range benchCells {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString([]string{`""`, `".."`}[max(0, r.IntN(50)-48)])
		}
		b.WriteByte(']')
	case "object":
		b.WriteString(`,"status":{"0":"."`)
		for i := 1; i < benchCells; i += 1 + r.IntN(100) {
			fmt.Fprintf(&b, `,"%d":".."`, i)
		}
		b.WriteByte('}')
	}
	b.WriteByte('}')
	return []byte(b.String())
}

const benchCells = 400_000

func denseValue(b *strings.Builder, _ int, number string) { b.WriteString(number) }
func sparseValue(b *strings.Builder, i int, number string) {
	fmt.Fprintf(b, `"%d":%s`, i, number)
}

// benchDocuments are the forms of benchmarks.
func benchDocuments() map[string][]byte {
	unsorted := func(b *strings.Builder, i int, number string) {
		fmt.Fprintf(b, `"%d":%s`, (i*7919)%benchCells, number)
	}
	return map[string][]byte{
		"dense":               benchCube(denseValue, "[", "]", ""),
		"dense-status-array":  benchCube(denseValue, "[", "]", "array"),
		"dense-status-object": benchCube(denseValue, "[", "]", "object"),
		"sparse":              benchCube(sparseValue, "{", "}", ""),
		"sparse-status":       benchCube(sparseValue, "{", "}", "object"),
		"unsorted":            benchCube(unsorted, "{", "}", ""),
	}
}

// eachBench runs a benchmark over all forms, in bytes of the document and in cells.
func eachBench(b *testing.B, f func(b *testing.B, text []byte) func()) {
	documents := benchDocuments()
	var names []string
	for name := range documents {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		b.Run(name, func(b *testing.B) {
			text := documents[name]
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			run := f(b, text)
			for b.Loop() {
				run()
			}
			b.ReportMetric(benchCells*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcells/s")
		})
	}
}

// BenchmarkBareLoop looks at each byte once, through a window: the yardstick.
func BenchmarkBareLoop(b *testing.B) {
	eachBench(b, func(_ *testing.B, text []byte) func() {
		buf := make([]byte, window.Size)
		return func() {
			commas := 0
			r := bytes.NewReader(text)
			for {
				n, err := r.Read(buf)
				for _, c := range buf[:n] {
					if c == ',' {
						commas++
					}
				}
				if err == io.EOF {
					break
				}
			}
			if commas < benchCells-1 {
				b.Fatal(commas)
			}
		}
	})
}

func benchParse(b *testing.B, text []byte) *Dataset {
	doc, err := Parse(text)
	if err != nil {
		b.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		b.Fatal(err)
	}
	return ds
}

// BenchmarkParse is the pre-scan.
func BenchmarkParse(b *testing.B) {
	eachBench(b, func(b *testing.B, text []byte) func() {
		return func() { benchParse(b, text) }
	})
}

// BenchmarkCursor reads all cells with their statuses, in chunks.
func BenchmarkCursor(b *testing.B) {
	eachBench(b, func(b *testing.B, text []byte) func() {
		ds := benchParse(b, text)
		return func() {
			cur, err := ds.Cells().Cursor(true)
			if err != nil {
				b.Fatal(err)
			}
			n := 0
			for {
				k, err := cur.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					b.Fatal(err)
				}
				n += k.Len()
			}
			if n < benchCells {
				b.Fatal(n)
			}
		}
	})
}

// BenchmarkPivot reads a column of the inner dimension in ranges of one row, and
// the rows of the outer one side by side.
func BenchmarkPivot(b *testing.B) {
	eachBench(b, func(b *testing.B, text []byte) func() {
		ds := benchParse(b, text)
		return func() {
			cur, err := ds.Cells().Cursor(true)
			if err != nil {
				b.Fatal(err)
			}
			const rows, columns, piece = 400, 1000, 100
			for part := range columns / piece {
				for row := range rows {
					from := int64(row*columns + part*piece)
					if err := cur.Range(from, from+piece); err != nil {
						b.Fatal(err)
					}
					for {
						if _, err := cur.Next(); err != nil {
							if err != io.EOF {
								b.Fatal(err)
							}
							break
						}
					}
				}
			}
		}
	})
}

// BenchmarkObservations reads all cells one by one.
func BenchmarkObservations(b *testing.B) {
	eachBench(b, func(b *testing.B, text []byte) func() {
		ds := benchParse(b, text)
		return func() {
			sum := 0.0
			for o, err := range ds.Observations() {
				if err != nil {
					b.Fatal(err)
				}
				if !o.Missing() {
					sum += o.Float64()
				}
			}
			if sum == 0 {
				b.Fatal("no numbers")
			}
		}
	})
}

// BenchmarkStream reads a pipe as commands do: head and cells in one go.
func BenchmarkStream(b *testing.B) {
	eachBench(b, func(b *testing.B, text []byte) func() {
		return func() {
			doc, err := Options{Stream: true}.Read(bytes.NewReader(text))
			if err != nil {
				b.Fatal(err)
			}
			ds, err := doc.Dataset(0)
			if err != nil {
				b.Fatal(err)
			}
			cur, err := ds.Cells().Cursor(false)
			if err != nil {
				b.Fatal(err)
			}
			for {
				if _, err := cur.Next(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
			if err := doc.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkWrite writes as it was read, and in the other form.
func BenchmarkWrite(b *testing.B) {
	for _, opts := range []WriteOptions{{}, {Values: Sparse, Statuses: Sparse}, {Values: Dense, Statuses: Dense}} {
		b.Run(fmt.Sprintf("form%d", opts.Values), func(b *testing.B) {
			eachBench(b, func(b *testing.B, text []byte) func() {
				ds := benchParse(b, text)
				return func() {
					if err := ds.Write(io.Discard, &opts); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

// BenchmarkValues builds a cube in memory, and reads it.
func BenchmarkValues(b *testing.B) {
	b.Run("build", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			v := NewValues(benchCells)
			for i := range int64(benchCells) {
				v.SetFloat64(i, float64(i)/10)
			}
		}
		b.ReportMetric(benchCells*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcells/s")
	})
	v := NewValues(benchCells)
	for i := range int64(benchCells) {
		v.SetFloat64(i, float64(i)/10)
	}
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			cur, err := v.Cells().Cursor(true)
			if err != nil {
				b.Fatal(err)
			}
			for err == nil {
				_, err = cur.Next()
			}
		}
		b.ReportMetric(benchCells*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcells/s")
	})
}
