package pxweb

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// parsed is a value of a text.
func parsed(text string) *value {
	n, err := jsontoken.NewReader(window.Bytes(text), 0).Value(0, 0)
	if err != nil {
		panic(err)
	}
	return newValue(n)
}

// modelUnion puts the items of b into a, each before the next one that both have. It
// looks through the list for each. moved are the new places of the items of a, placed
// those of b.
func modelUnion(a, b []string) (list []string, moved, placed []int) {
	pair := make([]int, len(b))
	used := make([]bool, len(a))
	for k, item := range b {
		pair[k] = -1
		for i := range a {
			if !used[i] && a[i] == item {
				pair[k], used[i] = i, true
				break
			}
		}
	}
	moved, placed = make([]int, len(a)), make([]int, len(b))
	for i := 0; i <= len(a); i++ {
		for k := range b {
			next := slices.IndexFunc(pair[k:], func(i int) bool { return i >= 0 })
			before := len(a)
			if next >= 0 {
				before = pair[k+next]
			}
			if pair[k] < 0 && before == i {
				placed[k] = len(list)
				list = append(list, b[k])
			}
		}
		if i < len(a) {
			moved[i] = len(list)
			list = append(list, a[i])
		}
	}
	for k, i := range pair {
		if i >= 0 {
			placed[k] = moved[i]
		}
	}
	return list, moved, placed
}

// TestItemUnion holds the union of arrays, and the numbers of their items, against a
// simple model.
func TestItemUnion(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 9))
		array := func() []string {
			list := make([]string, r.IntN(7))
			for i := range list {
				list[i] = fmt.Sprint(r.IntN(5))
			}
			return list
		}
		items := func(list []string) []*value { return parsed("[" + strings.Join(list, ",") + "]").items }
		want := array()
		u := newHeadMerger(retitler{}).open(&value{kind: '[', items: items(want)})
		var places, numbers []int
		for i := range want {
			places, numbers = append(places, i), append(numbers, i)
		}
		for range 1 + r.IntN(4) {
			more := array()
			list, moved, placed := modelUnion(want, more)
			for i := range places {
				places[i] = moved[places[i]]
			}
			want, places = list, append(places, placed...)
			numbers = append(numbers, u.add(items(more))...)
		}
		at := u.places()
		got := make([]string, len(at))
		for number, place := range at {
			got[place] = string(u.items[number].raw)
		}
		require.Equal(t, append([]string{}, want...), got, "seed %d", seed)
		for i, number := range numbers {
			require.Equal(t, places[i], at[number], "seed %d, item %d", seed, i)
		}
	}
}

// TestWeave holds the order of members that are woven into each other against a
// simple model, which puts them in one by one.
func TestWeave(t *testing.T) {
	order := []string{"a", "c", "e", "g", "i", "k"}
	model := func(a, b []string, order []string) []string {
		after := 0
		for k, name := range b {
			if i := slices.Index(a, name); i >= 0 {
				after = max(after, i+1)
				continue
			}
			to := len(a)
			for _, behind := range b[k+1:] {
				if i := slices.Index(a, behind); i >= after {
					to = min(to, i)
				}
			}
			if rank := slices.Index(order, name); rank >= 0 {
				if i := slices.IndexFunc(a[after:to], func(n string) bool { return slices.Index(order, n) > rank }); i >= 0 {
					to = after + i
				}
			}
			a = slices.Insert(slices.Clone(a), to, name)
			after = to + 1
		}
		return a
	}
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 5))
		names := func() (list []string) {
			for _, k := range r.Perm(26)[:r.IntN(20)] {
				list = append(list, string(rune('a'+k)))
			}
			return list
		}
		object := func(names []string) *value {
			var b bytes.Buffer
			for i, name := range names {
				if i > 0 {
					b.WriteByte(',')
				}
				fmt.Fprintf(&b, "%q:1", name)
			}
			return parsed("{" + b.String() + "}")
		}
		ranks := order
		if r.IntN(2) == 0 {
			ranks = nil
		}
		want := names()
		a := object(want)
		for range 1 + r.IntN(4) {
			more := names()
			want = model(want, more, ranks)
			require.NoError(t, unite(a, object(more), ranks, nil))
		}
		var got []string
		for i, m := range a.members {
			got = append(got, m.name)
			require.Equal(t, i, a.index(m.name))
		}
		require.Equal(t, want, got, "seed %d", seed)
	}
}
