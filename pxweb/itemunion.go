package pxweb

import "slices"

// arrays are the arrays of a head that are being united with those of others.
type arrays struct {
	unions map[*value]*itemUnion      // of those that become one at the end, see open
	texts  map[*value]map[string]bool // of the items of those that grow at their end, see adds
}

// adds adds the items whose texts an array does not have at its end. Of items with the
// same text that come together it takes one only, or all.
func (a *arrays) adds(v *value, items []*value, text func(*value) string, once bool) {
	has := a.texts[v]
	if has == nil {
		has = make(map[string]bool, len(v.items))
		for _, item := range v.items {
			has[text(item)] = true
		}
		a.texts[v] = has
	}
	before := len(v.items)
	for _, item := range items {
		if t := text(item); !has[t] {
			v.items, v.raw = append(v.items, item), nil
			if once {
				has[t] = true
			}
		}
	}
	for _, item := range v.items[before:] {
		has[text(item)] = true
	}
}

// open is the union that an array will be.
func (a *arrays) open(v *value) *itemUnion {
	u := a.unions[v]
	if u == nil {
		u = &itemUnion{before: []int{0}, next: []int{0}, at: map[string][]int{}}
		a.unions[v] = u
		u.add(v.items)
	}
	return u
}

// close makes the united items those of the arrays.
func (a *arrays) close() {
	for v, u := range a.unions {
		if len(u.items) > len(v.items) {
			v.items, v.raw = make([]*value, len(u.items)), nil
			for number, place := range u.places() {
				v.items[place] = u.items[number]
			}
		}
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
