package pxweb

import "slices"

// adds adds the items whose texts an array does not have. Of items with the same text
// that come together it takes one only, or all.
func (v *value) adds(items []*value, text func(*value) string, once bool) {
	if v.has == nil {
		v.has = make(map[string]bool, len(v.items))
		for _, item := range v.items {
			v.has[text(item)] = true
		}
	}
	before := len(v.items)
	for _, item := range items {
		if t := text(item); !v.has[t] {
			v.items, v.raw = append(v.items, item), nil
			if once {
				v.has[t] = true
			}
		}
	}
	for _, item := range v.items[before:] {
		v.has[text(item)] = true
	}
}

// itemUnion unites the items of arrays: each stands where it stands in its array,
// before the next one that both have. Of equal items there are as many as the array
// with most has. Items are numbered as they come, so that nothing moves while others
// come between them.
type itemUnion struct {
	items        []*value
	before, next []int            // neighbours by number and one; 0 is the end and the beginning
	at           map[string][]int // numbers by text, in the order of the list
}

// open is the union that an array will be.
func (h *headMerger) open(v *value) *itemUnion {
	if v.union == nil {
		v.union = &itemUnion{before: []int{0}, next: []int{0}, at: map[string][]int{}}
		h.opened = append(h.opened, v)
		v.union.add(v.items)
	}
	return v.union
}

// add adds the items of an array and returns their numbers.
func (u *itemUnion) add(items []*value) []int {
	numbers := make([]int, len(items))
	used := make(map[string]int, len(items)) // how many of a text
	known := len(u.items)
	more := map[string]bool{} // texts of which there are several, and more now
	for k, item := range items {
		text := string(item.appendTo(nil))
		n := used[text]
		used[text]++
		if n < len(u.at[text]) {
			numbers[k] = u.at[text][n]
			continue
		}
		if n > 0 {
			more[text] = true
		}
		numbers[k] = len(u.items)
		u.at[text] = append(u.at[text], numbers[k])
		u.items = append(u.items, item)
		u.before, u.next = append(u.before, 0), append(u.next, 0)
	}
	behind := 0 // place of the item behind, its number and one
	for _, number := range slices.Backward(numbers) {
		place := number + 1
		if number >= known {
			before := u.before[behind]
			u.before[place], u.next[place] = before, behind
			u.next[before], u.before[behind] = place, place
		}
		behind = place
	}
	if len(more) > 0 {
		places := u.places()
		for text := range more {
			slices.SortFunc(u.at[text], func(a, b int) int { return places[a] - places[b] })
		}
	}
	return numbers
}

// places are the places of the items in the list, by number.
func (u *itemUnion) places() []int {
	places := make([]int, len(u.items))
	for k, at := 0, u.next[0]; at != 0; k, at = k+1, u.next[at] {
		places[at-1] = k
	}
	return places
}

// close makes the united items those of the arrays, and gives notes their numbers.
func (h *headMerger) close() {
	for _, v := range h.opened {
		if len(v.union.items) > len(v.items) {
			v.items, v.raw = make([]*value, len(v.union.items)), nil
			for number, place := range v.union.places() {
				v.items[place] = v.union.items[number]
			}
		}
	}
	for _, v := range h.noted {
		renumber(v.get("extension"), v.get("note").union.places())
		sortNumbers(v.get("extension").get("noteMandatory"))
	}
	for list := range h.mandatories {
		sortNumbers(list)
	}
}
