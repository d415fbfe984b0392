package sdmxconv

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// many is a message of n observations in 100 series, or flat, or a table.
func many(n int, kind string) []byte {
	times := n / 100
	var b bytes.Buffer
	values := func(id string, n int) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf(`{"id":"%s%d"}`, id, i))
		}
		return fmt.Sprintf(`{"id":%q,"values":[%s]}`, id, strings.Join(list, ","))
	}
	const attributes = `"observation":[{"id":"OBS_STATUS","values":[{"id":"A"},{"id":"E"}]},{"id":"X","values":[{"id":"x"},{"id":"y"}]},{"id":"Y"}]`
	item := func(i int) string {
		return fmt.Sprintf(`[%d.5,%d,%d,"t%d"]`, i%1000, i%2, i/3%2, i%5)
	}
	switch kind {
	case "CSV":
		b.WriteString("DATAFLOW,A,T,OBS_VALUE,OBS_STATUS,X\n")
		for i := range n {
			fmt.Fprintf(&b, "F,a%d,t%d,%d.5,%d,x%d\n", i/times, i%times, i%1000, i%2, i/3%2)
		}
	case "flat":
		fmt.Fprintf(&b, `{"structure":{"dimensions":{"observation":[%s,%s]},"attributes":{%s}},"dataSets":[{"observations":{`, values("A", 100), values("T", times), attributes)
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `"%d:%d":%s`, i/times, i%times, item(i))
		}
		b.WriteString("}}]}")
	default:
		fmt.Fprintf(&b, `{"structure":{"dimensions":{"series":[%s],"observation":[%s]},"attributes":{"series":[{"id":"S","values":[{"id":"s"}]}],%s}},"dataSets":[{"series":{`, values("A", 100), values("T", times), attributes)
		for i := range n {
			if i%times == 0 {
				if i > 0 {
					b.WriteString("}},")
				}
				fmt.Fprintf(&b, `"%d":{"attributes":[0],"observations":{`, i/times)
			} else {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `"%d":%s`, i%times, item(i))
		}
		b.WriteString("}}}}]}")
	}
	return b.Bytes()
}

// TestAllocations holds that nothing is allocated for an observation: four times as
// many of them cost what their categories cost.
func TestAllocations(t *testing.T) {
	for _, kind := range []string{"series", "flat", "CSV"} {
		t.Run(kind, func(t *testing.T) {
			count := func(n int) float64 {
				text := many(n, kind)
				return testing.AllocsPerRun(3, func() {
					if _, err := Read(bytes.NewReader(text), nil); err != nil {
						t.Fatal(err)
					}
				})
			}
			const n = 10000
			few, lots := count(n), count(4*n)
			if perObservation := (lots - few) / (3 * n); perObservation > 0.25 { // of 100 observations one brings a category
				t.Errorf("%.0f allocations for %d observations, %.0f for %d: %.2f each", few, n, lots, 4*n, perObservation)
			}
		})
	}
}

// BenchmarkRead reads 100,000 observations.
func BenchmarkRead(b *testing.B) {
	for _, kind := range []string{"series", "flat", "CSV"} {
		text := many(100000, kind)
		b.Run(kind, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(bytes.NewReader(text), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
