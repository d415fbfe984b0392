package pxconv

// marks adds the texts of marks, and DATANOTECELL as it was kept.
func (h *headEntries) marks(c *cellPlan) {
	for mark := 1; mark < markCount; mark++ {
		if c.texts[mark] != "" {
			h.text(symbolKeyword(mark), c.texts[mark])
		}
	}
	if c.keptMarks != nil {
		h.list = append(h.list, h.x.kept["DATANOTECELL"]...)
	}
	if h.x.o.Keys {
		for i := range h.x.stub {
			word := "CODES"
			if h.x.keysByValue(i) {
				word = "VALUES"
			}
			h.add("KEYS", "", []string{h.x.names[i]}, item{word, false})
		}
	}
}
