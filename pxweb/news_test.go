package pxweb

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestNews holds documents against queries, in both versions, at a server whose dates are
// those of creation: what it says of them proves nothing.
func TestNews(t *testing.T) {
	replaced := func(old, new string) func([]byte) []byte {
		return func(text []byte) []byte { return bytes.ReplaceAll(text, []byte(old), []byte(new)) }
	}
	tests := []struct {
		name     string
		had, now string // selections
		change   func([]byte) []byte
		update   bool
		news     bool
		why      string
	}{
		{"nothing", "Tid=top(2)", "Tid=top(2)", nil, false, false, "the newest figures are the same ("},
		{"a period more", "Tid=top(2)", "Tid=top(3)", nil, false, true, "the document has not"},
		{"a period less", "Tid=top(3)", "Tid=top(2)", nil, false, true, "the document has other values of Tid"},
		{"a variable more", "Tid=top(2)", "Tid=top(2),Konsumgrp=TOTAL", nil, false, true, "Konsumgrp"},
		{"a variable less", "Tid=top(2),Konsumgrp=TOTAL", "Tid=top(2),Konsumgrp=*", nil, false, true, "the document has not"},
		{"figures, and the date stays", "Tid=top(2)", "Tid=top(2)", nil, true, true, "figures differ, though the dates do not"},
		{"another date", "Tid=top(2)", "Tid=top(2)", replaced(`"updated":"2025`, `"updated":"2024`), false, true, "the table was updated 2025"},
		{"an earlier date than the document's", "Tid=top(2)", "Tid=top(2)", replaced(`"updated":"2025`, `"updated":"2035`), false, true, "the document 2035"},
		{"no date", "Tid=top(2)", "Tid=top(2)", replaced(`"updated":"2025`, `"updated":"9999`), false, true, "the document does not say"},
		{"the same moment in another zone", "Tid=top(2)", "Tid=top(2)", replaced(`T07:00:00Z`, `T08:00:00+01:00`), false, false, "are the same ("},
	}
	for _, api := range []API{V1, V2} {
		for _, tt := range tests {
			t.Run(api.String()+" "+tt.name, func(t *testing.T) {
				base, s := pxserver.Start(t, pxserver.Options{Dates: pxserver.DatesOfCreation})
				c := clientAt(t, base, api, Options{})
				text, _ := fetch(t, c, "03013", tt.had)
				if tt.change != nil {
					text = tt.change(text)
				}
				if tt.update {
					s.Update("03013")
				}
				doc, err := jsonstat.Parse(text)
				require.NoError(t, err)
				ds, err := doc.Dataset(0)
				require.NoError(t, err)
				news, err := c.News(context.Background(), query(t, c, "03013", tt.now), ds)
				require.NoError(t, err)
				require.Equal(t, tt.news, news.Any, news.Why)
				require.Contains(t, news.Why, tt.why)
			})
		}
	}
}

// TestNewsOfAnotherTable is a mistake, whatever its shape is.
func TestNewsOfAnotherTable(t *testing.T) {
	base, _ := pxserver.Start(t, pxserver.Options{})
	for _, api := range []API{V1, V2} {
		c := clientAt(t, base, api, Options{})
		text, _ := fetch(t, c, "03013", "Tid=top(1)")
		for _, selection := range []string{"Tid=top(1)", "Tid=top(2)"} {
			doc, err := jsonstat.Parse(bytes.ReplaceAll(text, []byte(`"03013"`), []byte(`"03014"`)))
			require.NoError(t, err)
			ds, err := doc.Dataset(0)
			require.NoError(t, err)
			_, err = c.News(context.Background(), query(t, c, "03013", selection), ds)
			require.ErrorContains(t, err, "the document is of table 03014, and not of 03013")
		}
	}
}

// TestSpread takes some of everything.
func TestSpread(t *testing.T) {
	sizes := func(q *Query) (list []int) {
		for i := range q.Chosen {
			list = append(list, len(q.Chosen[i].Codes))
		}
		return list
	}
	for _, tt := range []struct {
		sizes []int
		limit int64
		want  []int
	}{
		{[]int{1000}, 0, []int{400}},
		{[]int{1000, 1000}, 0, []int{20, 20}},
		{[]int{2, 1000}, 0, []int{2, 200}},
		{[]int{1000, 3, 1000, 2}, 0, []int{8, 3, 8, 2}},
		{[]int{1000, 1000}, 50, []int{7, 7}},
		{[]int{1000, 1000}, 1, []int{1, 1}},
		{[]int{1, 1}, 0, []int{1, 1}},
	} {
		q := spread(queryOf(-1, tt.sizes...), tt.limit)
		require.Equal(t, tt.want, sizes(q), "%v", tt.sizes)
	}
	q := spread(queryOf(-1, 9, 1), 3)
	require.Equal(t, []string{"c0", "c4", "c8"}, q.Chosen[0].Codes)
}
