package rows

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestManyNumbersLate: columns whose numbers differ only later on keep those of the
// rows before, also one of statuses.
func TestManyNumbersLate(t *testing.T) {
	const n = 20_000
	var text strings.Builder
	text.WriteString("id,value,status\n")
	for i := range n {
		v := i % 1500
		if i >= 5000 {
			v = i
		}
		fmt.Fprintf(&text, "c%d,%d,%d\n", i, v, v)
	}
	ds, _, err := makeCSV(text.String(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := ds.Write(&b, &jsonstat.WriteOptions{Values: jsonstat.Dense, Statuses: jsonstat.Dense}); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); strings.Contains(got, "null") || !strings.Contains(got, `"value":[0,1,2,3,`) || !strings.Contains(got, `"status":["0","1","2","3",`) {
		t.Errorf("it is %.100s", got[strings.Index(got, `"value"`):])
	}
}
