package sdmxconv

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// updated is an observation of a test: what rows gave it.
type updated struct {
	there         bool
	value, status string
	extra         string
}

// updates writes rows of two structures in turn, which give, replace and remove
// observations, and says what must come of them.
func updates(r *rand.Rand, n int) (text string, want [2]map[[3]int]*updated) {
	var b strings.Builder
	b.WriteString("STRUCTURE,STRUCTURE_ID,ACTION,A,B,TIME_PERIOD,OBS_VALUE,OBS_STATUS,X\n")
	want = [2]map[[3]int]*updated{{}, {}}
	for range n {
		s := r.IntN(2)
		k := [3]int{r.IntN(12), r.IntN(3), r.IntN(20)}
		old := want[s][k]
		now := updated{true, fmt.Sprint(r.IntN(1000)), "", ""}
		if r.IntN(3) == 0 {
			now.status = string(rune('A' + r.IntN(3)))
		}
		if r.IntN(2) == 0 {
			now.extra = fmt.Sprint("x", r.IntN(4))
		}
		action := "RMDDMR"[r.IntN(6)]
		switch {
		case action == 'D' && r.IntN(10) > 0:
			continue
		case action == 'D':
			coords := []string{fmt.Sprint("a", k[0]), fmt.Sprint("b", k[1]), fmt.Sprint("t", k[2])}
			any := r.IntN(4) // a dimension of which all are meant, or none
			if any < 3 {
				coords[any] = ""
			}
			value, extra := "", ""
			if r.IntN(2) == 0 {
				value = "-"
			}
			if r.IntN(3) == 0 {
				extra = "-"
			}
			fmt.Fprintf(&b, "dataflow,S%d,D,%s,%s,,%s\n", s, strings.Join(coords, ","), value, extra)
			for at, o := range want[s] {
				fits := true
				for i := range at {
					fits = fits && (i == any || at[i] == k[i])
				}
				switch {
				case !fits:
				case value == "" && extra == "":
					*o = updated{}
				default:
					if value != "" {
						o.value = ""
					}
					if extra != "" {
						o.extra = ""
					}
				}
			}
			continue
		case action == 'M' && old != nil && old.there:
			if r.IntN(3) == 0 {
				now.value = ""
			}
		}
		fmt.Fprintf(&b, "dataflow,S%d,%c,a%d,b%d,t%d,%s,%s,%s\n", s, action, k[0], k[1], k[2], now.value, now.status, now.extra)
		if action == 'M' && old != nil && old.there {
			for _, m := range []struct{ to, from *string }{{&now.value, &old.value}, {&now.status, &old.status}, {&now.extra, &old.extra}} {
				if *m.to == "" {
					*m.to = *m.from
				}
			}
		}
		if old == nil {
			old = &updated{}
			want[s][k] = old
		}
		*old = now
	}
	return b.String(), want
}

// TestCSVUpdates: rows that give, change and take away the observations of two
// structures, in turn and over many batches, leave what the last of each says.
func TestCSVUpdates(t *testing.T) {
	n := 30_000
	if testing.Short() {
		n = 10_000
	}
	text, want := updates(rand.New(rand.NewPCG(1, 2)), n)
	sets, err := readAs(struct{ *strings.Reader }{strings.NewReader(text)}, nil, rows.Policy{})
	if err != nil || len(sets) != 2 {
		t.Fatalf("%d datasets, %v", len(sets), err)
	}
	for s, ds := range sets {
		x := readExtension(t, ds)
		for k, o := range want[s] {
			at := map[string]string{"A": fmt.Sprint("a", k[0]), "B": fmt.Sprint("b", k[1]), "TIME_PERIOD": fmt.Sprint("t", k[2])}
			cell, err := ds.At("A", at["A"], "B", at["B"], "TIME_PERIOD", at["TIME_PERIOD"])
			if err != nil {
				t.Fatal(err)
			}
			extra := ""
			if o.there {
				extra = x.attribute(t, ds, "X", at)
			}
			if got := (updated{o.there, cell.Text, cell.Status, extra}); got != *o {
				t.Fatalf("%s %v is %+v, want %+v", ds.Label(), at, got, *o)
			}
		}
		if ds.Len() != 12*3*20 {
			t.Errorf("%s has %d cells", ds.Label(), ds.Len())
		}
	}
}

// TestCSVThinUpdate: what rows change is found in a cube that is nearly empty, too.
func TestCSVThinUpdate(t *testing.T) {
	var b strings.Builder
	b.WriteString("STRUCTURE,STRUCTURE_ID,ACTION,A,B,OBS_VALUE,OBS_STATUS,X\n")
	for i := range 400 {
		fmt.Fprintf(&b, "dataflow,F,R,a%d,b%d,%d,E,x\n", i, i, i)
	}
	b.WriteString("dataflow,F,M,a7,b7,,,y\ndataflow,F,M,a8,b8,99,,\ndataflow,F,R,a9,b9,98,,\n")
	sets, err := Read(strings.NewReader(b.String()), &Options{TableOptions: convert.TableOptions{Dimensions: []string{"A", "B"}}})
	if err != nil {
		t.Fatal(err)
	}
	x := readExtension(t, sets[0])
	for k, want := range map[int]string{6: "6 E x", 7: "7 E y", 8: "99 E x", 9: "98  "} {
		at := map[string]string{"A": fmt.Sprint("a", k), "B": fmt.Sprint("b", k)}
		cell, err := sets[0].At("A", at["A"], "B", at["B"])
		if err != nil {
			t.Fatal(err)
		}
		if got := cell.Text + " " + cell.Status + " " + x.attribute(t, sets[0], "X", at); got != want {
			t.Errorf("%v is %q, want %q", at, got, want)
		}
	}
}

// TestCSVManyStructures: rows of many structures in turn are as many cubes, each of its
// own categories.
func TestCSVManyStructures(t *testing.T) {
	const n = 300
	var b strings.Builder
	b.WriteString("DATAFLOW,A,TIME_PERIOD,OBS_VALUE\n")
	for i := range 3 * n {
		fmt.Fprintf(&b, "F%d,a%d,%d,%d\n", i%n, i%n, 2000+i/n, i)
	}
	sets, err := Read(strings.NewReader(b.String()), nil)
	if err != nil || len(sets) != n {
		t.Fatalf("%d datasets, %v", len(sets), err)
	}
	for i, ds := range sets {
		var got []string
		for obs, err := range ds.Observations() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, obs.Category(0).ID+" "+obs.Category(1).ID+" "+obs.Text())
		}
		if want := fmt.Sprintf("a%d 2000 %d, a%d 2001 %d, a%d 2002 %d", i, i, i, i+n, i, i+2*n); strings.Join(got, ", ") != want {
			t.Fatalf("dataset %d is %s, want %s", i, strings.Join(got, ", "), want)
		}
	}
}

// TestCSVLarge: a cube is the same whether its rows are few or fill many batches, in
// their order or not, with few values or many.
func TestCSVLarge(t *testing.T) {
	const a, times = 50, 400
	for _, values := range []int{7, 1 << 30} {
		for _, mixed := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d values, mixed %t", values, mixed), func(t *testing.T) {
				order := make([]int, a*times)
				for i := range order {
					order[i] = i
				}
				if mixed {
					r := rand.New(rand.NewPCG(3, 4))
					r.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
				}
				var b strings.Builder
				b.WriteString("DATAFLOW,A,TIME_PERIOD,OBS_VALUE,OBS_STATUS,X\n")
				for _, i := range order {
					fmt.Fprintf(&b, "F,a%d,t%d,%d,s%d,x%d\n", i/times, i%times, i%values, i%3, i/times%2)
				}
				sets, err := Read(strings.NewReader(b.String()), nil)
				if err != nil {
					t.Fatal(err)
				}
				ds := sets[0]
				x := readExtension(t, ds)
				for i := range a * times {
					at := map[string]string{"A": fmt.Sprint("a", i/times), "TIME_PERIOD": fmt.Sprint("t", i%times)}
					if i%97 != 0 {
						continue
					}
					cell, err := ds.At("A", at["A"], "TIME_PERIOD", at["TIME_PERIOD"])
					if err != nil {
						t.Fatal(err)
					}
					if got, want := cell.Text+" "+cell.Status+" "+x.attribute(t, ds, "X", at), fmt.Sprintf("%d s%d x%d", i%values, i%3, i/times%2); got != want {
						t.Fatalf("%v is %s, want %s", at, got, want)
					}
				}
			})
		}
	}
}
