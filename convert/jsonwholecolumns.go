package convert

import (
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Where every cell has a row, columns need no rows to be put together: the values
// are copied from the cells, statuses are few and are kept beside, and the
// categories of a dimension turn as the odometer does.

// marksRoom is how many statuses are kept; with more the cells are read again.
// Only tests change it.
var marksRoom = 1 << 17

// mark is a cell whose status is not that of cells without one of their own.
type mark struct {
	pos    int64
	status int32
}

// wholeColumns writes the columns of a long table of all cells.
func (t *jsonTable) wholeColumns(list []jsonColumn) error {
	marks, all, err := t.valueColumn(&list[0])
	if err != nil {
		return err
	}
	list = list[1:]
	if t.o.Status {
		t.begin(&list[0], false)
		if all {
			err = t.statusColumn(marks)
		} else {
			err = t.statusPass()
		}
		if err != nil {
			return err
		}
		list = list[1:]
	}
	strides := t.ds.Shape().Strides()
	for i := range list {
		if err := t.dimensionItems(&list[i], strides[list[i].dim]); err != nil {
			return err
		}
	}
	return nil
}

// items appends the items of a column, which begin with a comma, but for the first.
type items struct {
	t     *jsonTable
	begun bool
	block []byte
}

func (x *items) add(text []byte) error {
	if !x.begun && len(text) > 0 {
		x.begun = true
		text = text[1:]
	}
	x.t.buf = append(x.t.buf, text...)
	if len(x.t.buf) >= flushAt {
		return x.t.flush()
	}
	return nil
}

// repeat adds an item n times: many at once, since most items come in long rows.
func (x *items) repeat(item []byte, n int64) error {
	const room = 8 << 10
	if n < 4 {
		for range n {
			if err := x.add(item); err != nil {
				return err
			}
		}
		return nil
	}
	per := min(n, int64(max(1, room/len(item))))
	x.block = x.block[:0]
	for range per {
		x.block = append(x.block, item...)
	}
	for ; n >= per; n -= per {
		if err := x.add(x.block); err != nil {
			return err
		}
	}
	if n == 0 {
		return nil
	}
	return x.add(x.block[:int(n)*len(item)])
}

// valueColumn writes the values and keeps the statuses, if there is room: all
// says whether there was.
func (t *jsonTable) valueColumn(c *jsonColumn) (marks []mark, all bool, err error) {
	t.begin(c, true)
	x := &items{t: t}
	usual := t.ds.Cells().Info().Default
	next := int64(0)
	missing := t.value([]byte{','}, jsonstat.Missing, nil)
	all = true
	err = t.chunks(t.o.Status, func(chunk *jsonstat.Chunk) error {
		for i, kind := range chunk.Kinds {
			if pos := chunk.Position(i); pos > next {
				if err := x.repeat(missing, pos-next); err != nil {
					return err
				}
				next = pos
			}
			next++
			if x.begun {
				t.buf = append(t.buf, ',')
			}
			x.begun = true
			t.buf = t.value(t.buf, kind, chunk.Buf[chunk.Start[i]:chunk.End[i]])
			if len(t.buf) >= flushAt {
				if err := t.flush(); err != nil {
					return err
				}
			}
		}
		if !all || chunk.Status == nil {
			return nil
		}
		for i, status := range chunk.Status {
			if status == usual {
				continue
			}
			if len(marks) == marksRoom {
				marks, all = nil, false
				break
			}
			marks = append(marks, mark{chunk.Position(i), status})
		}
		return nil
	})
	if err == nil && !empty(t.ds) {
		err = x.repeat(missing, t.ds.Len()-next)
	}
	t.str("]")
	return marks, all, err
}

// statusColumn writes the statuses that were kept, and the others between them.
func (t *jsonTable) statusColumn(marks []mark) error {
	x := &items{t: t}
	next := int64(0)
	if !empty(t.ds) {
		usual := t.statusItem(t.ds.Cells().Info().Default)
		for _, m := range marks {
			if err := x.repeat(usual, m.pos-next); err != nil {
				return err
			}
			if err := x.add(t.statusItem(m.status)); err != nil {
				return err
			}
			next = m.pos + 1
		}
		if err := x.repeat(usual, t.ds.Len()-next); err != nil {
			return err
		}
	}
	t.str("]")
	return nil
}

func (t *jsonTable) statusItem(id int32) []byte { return append([]byte{','}, t.status(id)...) }

// statusPass writes the statuses by reading the cells once more.
func (t *jsonTable) statusPass() error {
	x := &items{t: t}
	usual := t.statusItem(t.ds.Cells().Info().Default)
	next := int64(0)
	err := t.chunks(true, func(chunk *jsonstat.Chunk) error {
		for i := range chunk.Kinds {
			if pos := chunk.Position(i); pos > next {
				if err := x.repeat(usual, pos-next); err != nil {
					return err
				}
				next = pos
			}
			next++
			id := int32(0)
			if chunk.Status != nil {
				id = chunk.Status[i]
			}
			if x.begun {
				t.buf = append(t.buf, ',')
			}
			x.begun = true
			t.buf = append(t.buf, t.status(id)...)
			if len(t.buf) >= flushAt {
				if err := t.flush(); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil {
		err = x.repeat(usual, t.ds.Len()-next)
	}
	t.str("]")
	return err
}

// chunks goes through the cells, of which there are none without values.
func (t *jsonTable) chunks(statuses bool, f func(*jsonstat.Chunk) error) error {
	if empty(t.ds) {
		return nil
	}
	cur, err := t.ds.Cells().Cursor(statuses)
	if err != nil {
		return err
	}
	for err == nil {
		var chunk *jsonstat.Chunk
		if chunk, err = cur.Next(); err == nil {
			err = f(chunk)
		}
	}
	if cerr := cur.Close(); err == io.EOF {
		err = cerr
	}
	return err
}

// dimensionItems writes the column of a dimension, of which each category stays for
// inner rows.
func (t *jsonTable) dimensionItems(c *jsonColumn, inner int64) error {
	t.begin(c, false)
	defer t.str("]")
	if empty(t.ds) {
		return nil
	}
	shape := t.ds.Shape()
	turns := t.ds.Len() / inner / int64(shape[c.dim])
	x := &items{t: t}
	// A turn of all categories that is short is rendered once.
	const room = 32 << 10
	length := int64(0)
	for k := 0; k < shape[c.dim] && length <= room; k++ {
		length += inner * int64(len(c.item(k))+1)
	}
	if turns > 1 && length <= room {
		var turn []byte
		for k := range shape[c.dim] {
			for range inner {
				turn = append(append(turn, ','), c.item(k)...)
			}
		}
		return x.repeat(turn, turns)
	}
	var item []byte
	for range turns {
		for k := range shape[c.dim] {
			item = append(append(item[:0], ','), c.item(k)...)
			if err := x.repeat(item, inner); err != nil {
				return err
			}
		}
	}
	return nil
}
