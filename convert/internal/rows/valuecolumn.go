package rows

// valueColumn is a column of values: where its cells stand, and its statuses.
type valueColumn struct {
	*column
	offset int64
	status *column  // nil for none
	known  []known  // by number of the text: a raw column has them in its first chunks
	texts  [][]byte // of the statuses, by number

	here valueChunk // the chunk that is being read
}

// known is what the text of a number was read as.
type known struct {
	look  look
	kind  Kind
	token []byte
	mark  []byte // the status in the cell, nil for none
}

// given is what a row has in a column of values.
type given struct {
	text   []byte
	known  known
	status string // see filling.next
}

// valueChunk are the cells of a column of values in a chunk, and their statuses: by the
// numbers of their texts, or the texts themselves row by row.
type valueChunk struct {
	numbered    bool
	codes       []int32
	texts       run
	coded       bool // statuses are
	statuses    []int32
	statusTexts run
}

// open begins with the first row of a chunk.
func (v *valueColumn) open(s *store, chunk []byte) {
	c := &v.here
	if c.codes, c.numbered = s.appendCodes(c.codes[:0], chunk, v.at); !c.numbered {
		c.texts, _ = s.run(chunk, v.at)
	}
	if v.status == nil {
		return
	}
	if c.statuses, c.coded = s.appendCodes(c.statuses[:0], chunk, v.status.at); !c.coded {
		c.statusTexts, _ = s.run(chunk, v.status.at)
	}
}

// read reads the cell of a row. Rows come in their order.
func (v *valueColumn) read(n *numbers, row int, g *given) {
	c := &v.here
	if c.numbered {
		g.text, _ = v.dict.cell(int(c.codes[row]))
		g.known = v.known[c.codes[row]]
		return
	}
	g.text, g.known.kind = c.texts.next()
	l, token := n.look(g.text, g.known.kind)
	g.known.look, g.known.token, g.known.mark = l.asValue(), token, n.mark
}

// statusIn is what the column of statuses has in a row, nil if there is none. Rows come
// in their order.
func (v *valueColumn) statusIn(row int) []byte {
	c := &v.here
	switch {
	case v.status == nil:
		return nil
	case c.coded:
		return v.texts[c.statuses[row]]
	}
	text, _ := c.statusTexts.next()
	if !v.status.Typed && isNoStatus(string(text)) {
		return nil
	}
	return text
}
