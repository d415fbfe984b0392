package xlsxconv

// categories finds the categories of a dimension by what cells say.
type categories struct {
	texts []string
	index map[string]int32
	last  int32
}

// newCategories knows the categories by a text each.
func newCategories(texts []string) *categories {
	c := &categories{texts: texts, index: make(map[string]int32, len(texts))}
	for k, text := range texts {
		c.index[text] = int32(k)
	}
	return c
}

// alias lets a text stand for a category as well, unless it is one itself.
func (c *categories) alias(text string, k int) {
	if _, ok := c.index[text]; !ok {
		c.index[text] = int32(k)
	}
}

// find is the category that a text stands for, -1 for none. Most rows name the category
// of the row before, the one behind it or the first: these are found by comparing.
func (c *categories) find(text []byte) int32 {
	n := int32(len(c.texts))
	for _, k := range [3]int32{c.last, c.last + 1, 0} {
		if k < n && c.texts[k] == string(text) {
			c.last = k
			return k
		}
	}
	if k, ok := c.index[string(text)]; ok {
		c.last = k
		return k
	}
	return -1
}
