package dice

import "slices"

// choice is what a dice, or a box of a join, has of one dimension. Most choices are one
// stretch of neighbours, which costs two numbers however many categories it has; only
// categories that lie apart need a list.
//
//	2, 3, 4   first 2, n 3
//	2, 5, 6   list {2, 5, 6}, n 3; its stretches are 2 to 3 and 5 to 7
type choice struct {
	first, n int   // of those that follow each other
	list     []int // ascending, nil for the others
}

// newChoice is the choice of a list of categories in ascending order, nil for all.
func newChoice(list []int, size int) choice {
	switch n := len(list); {
	case list == nil:
		return choice{n: size}
	case n == 0:
		return choice{}
	case list[n-1]-list[0] == n-1:
		return choice{first: list[0], n: n}
	default:
		return choice{n: n, list: list}
	}
}

// isWhole tells whether the choice is a whole dimension.
func (c *choice) isWhole(size int) bool { return c.list == nil && c.first == 0 && c.n == size }

// category is the index, in the cube, of the i-th chosen category.
func (c *choice) category(i int) int {
	if c.list != nil {
		return c.list[i]
	}
	return c.first + i
}

// countBefore counts the chosen categories in front of category k, and tells whether k is
// chosen itself.
func (c *choice) countBefore(k int) (n int, has bool) {
	if c.list != nil {
		return slices.BinarySearch(c.list, k)
	}
	i := k - c.first
	return max(0, min(i, c.n)), i >= 0 && i < c.n
}

// eachStretch yields the chosen categories as stretches of neighbours: from (included) to
// (excluded).
func (c *choice) eachStretch(yield func(from, to int) bool) {
	if c.list == nil {
		if c.n > 0 {
			yield(c.first, c.first+c.n)
		}
		return
	}
	for i, k := 0, 0; i < len(c.list); i = k {
		for k = i + 1; k < len(c.list) && c.list[k]-c.list[k-1] == 1; k++ {
		}
		if !yield(c.list[i], c.list[k-1]+1) {
			return
		}
	}
}
