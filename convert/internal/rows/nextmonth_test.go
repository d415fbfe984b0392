package rows

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// months are what next month's file may be: the same table, with other rows.
func months(header []string, rows [][]string) map[string][][]string {
	last := len(header) - 1
	all := map[string][][]string{
		"one row":                rows[:1],
		"reversed":               slices.Clone(rows),
		"twice the rows but one": rows[1:],
	}
	slices.Reverse(all["reversed"])
	figures := func(name string, text func(i int) string) {
		var list [][]string
		for i, r := range rows {
			r = slices.Clone(r)
			r[last] = text(i)
			list = append(list, r)
		}
		all[name] = list
	}
	figures("figures zero", func(int) string { return "0" })
	figures("figures empty", func(int) string { return "" })
	figures("figures like years", func(i int) string { return fmt.Sprint(1990 + i%40) })
	figures("figures that rise", func(i int) string { return fmt.Sprint(i + 1) })
	figures("figures all alike", func(int) string { return "7" })
	figures("figures with fractions", func(i int) string { return fmt.Sprintf("%d.5", i) })
	for k := range last {
		var one, but [][]string
		for _, r := range rows {
			if r[k] == rows[0][k] {
				one = append(one, r)
			} else {
				but = append(but, r)
			}
		}
		all["one category of "+header[k]] = one
		if len(but) > 0 {
			all["none of a category of "+header[k]] = but
		}
	}
	return all
}

// dimensionsOf are the ids of the dimensions of a cube.
func dimensionsOf(ds *jsonstat.Dataset) []string {
	var ids []string
	for _, d := range ds.Dimensions() {
		ids = append(ids, d.ID())
	}
	return ids
}

// TestNextMonth holds that the same table with other rows gives the same dimensions, or
// an error, and never another cube.
func TestNextMonth(t *testing.T) {
	tried := 0
	for _, tt := range rules() {
		ds, _, err := makeCSV(tt.text, tt.o)
		if err != nil || tt.o.Header != "" {
			continue
		}
		table, err := csv.NewReader(strings.NewReader(tt.text)).ReadAll()
		if err != nil {
			continue // lines above the header
		}
		want := dimensionsOf(ds)
		for name, rows := range months(table[0], table[1:]) {
			t.Run(tt.name+", "+name, func(t *testing.T) {
				var b strings.Builder
				w := csv.NewWriter(&b)
				if err := w.WriteAll(append([][]string{table[0]}, rows...)); err != nil {
					t.Fatal(err)
				}
				tried++
				next, _, err := makeCSV(b.String(), tt.o)
				if err != nil {
					return
				}
				if got := dimensionsOf(next); !slices.Equal(got, want) {
					t.Errorf("the dimensions were %q and are %q:\n%s", want, got, b.String())
				}
			})
		}
	}
	if tried < 200 {
		t.Errorf("%d tables were tried", tried)
	}
}
