package columnar

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestGaps holds the rows of a sparse cube of several batches, with each type of
// values: those that are not there are missing.
func TestGaps(t *testing.T) {
	const outer, inner = 3, BatchRows/2 + 213 // three batches
	there := []int64{1, 2, BatchRows - 1, BatchRows + 5, outer*inner - 2}
	for _, all := range []string{"", "e"} { // the status of cells that are not there
		v := jsonstat.NewSparseValues()
		for _, pos := range there {
			v.SetFloat64(pos, float64(pos))
			if pos%2 == 0 {
				v.SetStatus(pos, "x")
			}
		}
		ds, err := jsonstat.New(jsonstat.Head{Dimensions: []*jsonstat.Dimension{dimension(t, "o", outer), dimension(t, "i", inner)}}, v.Cells())
		if err != nil {
			t.Fatal(err)
		}
		if all != "" {
			var values []string
			for _, pos := range there {
				values = append(values, fmt.Sprintf(`"%d":%d`, pos, pos))
			}
			head, err := Head(ds)
			if err != nil {
				t.Fatal(err)
			}
			ds = parsed(t, strings.TrimSuffix(string(head), "}")+`,"value":{`+strings.Join(values, ",")+`},"status":"e"}`)
		}
		for _, keep := range []layout.Keep{layout.All, layout.NonMissing} {
			var want []string
			for pos := range int64(outer * inner) {
				status, value := all, "missing"
				if slices.Contains(there, pos) {
					if value = fmt.Sprint(pos); pos%2 == 0 && all == "" {
						status = "x"
					}
				} else if keep != layout.All {
					continue
				}
				want = append(want, fmt.Sprintf("%d,%d %s %s", pos/inner, pos%inner, status, value))
			}
			for _, typ := range []ValueType{Float64, Int64, UTF8} {
				for _, cut := range []int64{0, inner} {
					table, err := New(ds, Options{Type: typ, Keep: keep})
					if err != nil {
						t.Fatal(err)
					}
					got := rowsOf(t, table, cut)
					if len(got) != len(want) {
						t.Fatalf("status %q, keep %d, %s, cut %d: there are %d rows, want %d", all, keep, typ, cut, len(got), len(want))
					}
					for i := range got {
						if got[i] != want[i] {
							t.Fatalf("status %q, keep %d, %s, cut %d: row %d is %s, want %s", all, keep, typ, cut, i, got[i], want[i])
						}
					}
				}
			}
		}
	}
}

// TestReadPlaces has columns in odd places, and nulls in cubes of which most cells
// have no row.
func TestReadPlaces(t *testing.T) {
	if got, want := built(t, tableOf("status|value:n|a\np|1|x\n~|2|y", nil), nil, rows.Options{}), `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}}},"value":[1,2],"status":{"0":"p"}}`; got != want {
		t.Errorf("with the status first it is %s", got)
	}
	if got, want := built(t, tableOf("value:n|a\n1|x\n2|y", nil), nil, rows.Options{}), `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}}},"value":[1,2]}`; got != want {
		t.Errorf("with the value first it is %s", got)
	}
	head, err := Head(parsed(t, fmt.Sprintf(`{"version":"2.0","class":"dataset","id":["a","b"],"size":[257,256],"dimension":{"a":{"category":{"index":[%s]}},"b":{"category":{"index":[%s]}}},"value":[]}`, numbered(257), numbered(256))))
	if err != nil {
		t.Fatal(err)
	}
	for form, want := range map[string]string{"auto": `"value":{"0":null,"257":5}}`, "sparse": `"value":{"257":5}}`} {
		got := built(t, tableOf("a|b|value:n\n0|0|~\n1|1|5", nil), tableKey{KeyHead: string(head), KeyValueForm: form, KeyStatusForm: "sparse"}, rows.Options{})
		if !strings.HasSuffix(got, want) {
			t.Errorf("in the form %s it ends in %s, want %s", form, got[len(got)-60:], want)
		}
	}
	got := built(t, tableOf("a|b|value:n\n1|1|4\n0|0|~\n1|1|5", nil), tableKey{KeyHead: string(head)}, rows.Options{})
	if want := "error: row 3: the categories 1, 1 have a row already, in row 1"; got != want {
		t.Errorf("a cell twice: %s, want %s", got, want)
	}
}

// numbered are n categories in JSON.
func numbered(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("%q", fmt.Sprint(i)))
	}
	return strings.Join(list, ",")
}

// TestParseHeadExactly: a head is an object, from its first byte to its last.
func TestParseHeadExactly(t *testing.T) {
	for _, text := range []string{"", "{", "}", `{"version":"2.0"`, `"version":"2.0"}`, "[]"} {
		if _, err := ParseHead([]byte(text)); err == nil || err.Error() != "the head of the cube is not a JSON object" {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := ParseHead([]byte(" \n" + ports + " \n")); err != nil {
		t.Errorf("blanks around a head: %v", err)
	}
}
