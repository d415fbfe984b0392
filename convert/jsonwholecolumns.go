package convert

import (
	"github.com/jsonstat-go/toolkit/convert/internal/layout"
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
	x.put(text)
	return x.t.spill()
}

// put is add without looking whether the buffer is full.
func (x *items) put(text []byte) {
	if !x.begun && len(text) > 0 {
		x.begun = true
		text = text[1:]
	}
	x.t.buf = append(x.t.buf, text...)
}

// comma goes in front of an item that is appended without one.
func (x *items) comma() {
	if x.begun {
		x.t.buf = append(x.t.buf, ',')
	}
	x.begun = true
}

// repeat adds an item n times: many at once, since most items come in long rows.
func (x *items) repeat(item []byte, n int64) error {
	const room = 8 << 10
	if n < 4 {
		for range n {
			x.put(item)
		}
		return x.t.spill()
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
	missing := t.value([]byte{','}, jsonstat.Missing, nil)
	usual := t.ds.Cells().Info().Default
	all = true
	err = t.whole(t.o.Status, func(s *layout.Stretch) error {
		if err := x.repeat(missing, s.Gap); err != nil {
			return err
		}
		c := s.Chunk
		for i := s.From; i < s.To; i++ {
			x.comma()
			t.buf = t.value(t.buf, c.Kinds[i], c.Buf[c.Start[i]:c.End[i]])
			if err := t.spill(); err != nil {
				return err
			}
		}
		if !all || c.Status == nil {
			return nil
		}
		for i := s.From; i < s.To; i++ {
			status := c.Status[i]
			if status == usual {
				continue
			}
			if len(marks) == marksRoom {
				marks, all = nil, false
				break
			}
			marks = append(marks, mark{c.Position(i), status})
		}
		return nil
	})
	t.str("]")
	return marks, all, err
}

// whole goes through all cells.
func (t *jsonTable) whole(statuses bool, f func(*layout.Stretch) error) error {
	return layout.Walk{Cube: t.ds, Statuses: statuses}.Stretches(f)
}

// statusColumn writes the statuses that were kept, and the others between them.
func (t *jsonTable) statusColumn(marks []mark) error {
	x := &items{t: t}
	next := int64(0)
	if !layout.Empty(t.ds) {
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

func (t *jsonTable) statusItem(id int32) []byte { return append([]byte{','}, t.statuses.at(id)...) }

// statusPass writes the statuses by reading the cells once more.
func (t *jsonTable) statusPass() error {
	x := &items{t: t}
	usual, none := t.statusItem(t.ds.Cells().Info().Default), t.statusItem(0)
	err := t.whole(true, func(s *layout.Stretch) error {
		if err := x.repeat(usual, s.Gap); err != nil {
			return err
		}
		if s.Chunk.Status == nil {
			return x.repeat(none, int64(s.To-s.From))
		}
		for _, id := range s.Chunk.Status[s.From:s.To] {
			x.comma()
			t.buf = append(t.buf, t.statuses.at(id)...)
			if err := t.spill(); err != nil {
				return err
			}
		}
		return nil
	})
	t.str("]")
	return err
}

// dimensionItems writes the column of a dimension, of which each category stays for
// inner rows.
func (t *jsonTable) dimensionItems(c *jsonColumn, inner int64) error {
	t.begin(c, false)
	defer t.str("]")
	if layout.Empty(t.ds) {
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
