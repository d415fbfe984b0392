package rows_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestObservations holds what is known of observations that come in data sets, in a
// cube that has room for all and in one that has it for those that come.
func TestObservations(t *testing.T) {
	for _, sparse := range []bool{false, true} {
		t.Run(fmt.Sprintf("sparse %t", sparse), func(t *testing.T) {
			p := rows.Policy{}
			if sparse {
				p = rows.Policy{Small: 0, Thin: 1}
			}
			c, err := rows.NewObservations(jsonstat.Shape{3, 4}, 2, 5, 10, p)
			if err != nil {
				t.Fatal(err)
			}
			if c.Sparse() != sparse || c.Len() != 24 || c.Measures() != 2 {
				t.Errorf("sparse %t, %d cells, %d measures", c.Sparse(), c.Len(), c.Measures())
			}
			var was []rows.Found
			entry := map[int64]int{}
			for i, pos := range []int64{5, 2, -1, 11, 5, 6} {
				if pos < 0 {
					c.Begin()
					continue
				}
				e, found := c.Observe(pos)
				entry[pos] = e
				was = append(was, found)
				if err := c.Number(2*pos, fmt.Append(nil, i)); err != nil {
					t.Fatal(err)
				}
			}
			want := []rows.Found{rows.Fresh, rows.Fresh, rows.Fresh, rows.Earlier, rows.Fresh}
			if sparse { // it comes out at the end
				want[3] = rows.Fresh
			}
			if fmt.Sprint(was) != fmt.Sprint(want) {
				t.Errorf("found %v, want %v", was, want)
			}
			matching := func(coords ...int) string {
				var list []string
				c.Matching(coords, func(e int) { list = append(list, fmt.Sprint(c.Position(e))) })
				return strings.Join(list, " ")
			}
			several := "5 6"
			if sparse { // with both of 5
				several = "5 5 6"
			}
			for _, tt := range []struct {
				coords []int
				want   string
			}{{[]int{0, 2}, "2"}, {[]int{0, 3}, ""}, {[]int{1, -1}, several}, {[]int{-1, 3}, "11"}} {
				if got := matching(tt.coords...); got != tt.want {
					t.Errorf("at %v are %q, want %q", tt.coords, got, tt.want)
				}
			}
			c.Forget(entry[6])
			if again := c.Settle(); (again != nil) != sparse || again != nil && (again.Pos != 5 || !again.Earlier) {
				t.Errorf("what came twice is %+v", again)
			}
			var each []string
			c.Each(func(e int, pos int64) { each = append(each, fmt.Sprint(pos)) })
			if got, want := strings.Join(each, " "), map[bool]string{false: "2 5 11", true: "2 5 6 11"}[sparse]; got != want {
				t.Errorf("there are %s, want %s", got, want)
			}
		})
	}
	if _, err := rows.NewObservations(jsonstat.Shape{1 << 30, 1 << 30}, 1<<10, 1, 1, rows.Policy{}); err == nil {
		t.Error("a cube of too many cells was made")
	}
}

// TestObservationsRepeated: in one data set an observation comes once.
func TestObservationsRepeated(t *testing.T) {
	for _, p := range []rows.Policy{{}, {Small: 0, Thin: 1}} {
		c, err := rows.NewObservations(jsonstat.Shape{4}, 1, 2, 2, p)
		if err != nil {
			t.Fatal(err)
		}
		c.Begin()
		c.Observe(3)
		_, was := c.Observe(3)
		again := c.Settle()
		if c.Sparse() != (again != nil) || c.Sparse() == (was == rows.Repeated) || again != nil && again.Earlier {
			t.Errorf("sparse %t: it says %d, and %+v at the end", c.Sparse(), was, again)
		}
	}
}
