package rows

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/spool"
)

// kept are the rows of a table, as the first pass over them left them.
type kept struct {
	n       int64 // how many there are
	store   *store
	numbers numbers // how cells are read
}

// A cell is a cell of a row in the store.
type cell struct {
	text []byte
	kind Kind
}

// cells goes through the chunks with the cells of some columns, numbered or not.
func (t *kept) cells(columns []*column, f func(first int64, cells [][]cell) (bool, error)) error {
	for i := range t.store.chunks {
		cells, err := t.chunkCells(i, columns)
		if err != nil {
			return err
		}
		if more, err := f(t.store.chunks[i].first, cells); err != nil || !more {
			return err
		}
	}
	return nil
}

// chunkCells are the cells of some columns in a chunk, valid until another one is read.
func (t *kept) chunkCells(i int, columns []*column) ([][]cell, error) {
	chunk, err := t.store.read(i)
	if err != nil {
		return nil, err
	}
	list := make([][]cell, len(columns))
	for k, c := range columns {
		if codes, ok := t.store.appendCodes(nil, chunk, c.at); ok {
			for _, code := range codes {
				text, kind := c.dict.cell(int(code))
				list[k] = append(list[k], cell{text, kind})
			}
			continue
		}
		texts, _ := t.store.run(chunk, c.at)
		for range t.store.chunks[i].rows {
			text, kind := texts.next()
			list[k] = append(list[k], cell{text, kind})
		}
	}
	return list, nil
}

// textsOf are the texts of some columns in a row.
func (t *kept) textsOf(columns []*column, row int64) ([]string, error) {
	var texts []string
	if len(columns) == 0 {
		return nil, nil
	}
	err := t.cells(columns, func(first int64, cells [][]cell) (bool, error) {
		if row >= first+int64(len(cells[0])) {
			return true, nil
		}
		for k := range columns {
			texts = append(texts, string(cells[k][row-first].text))
		}
		return false, nil
	})
	return texts, err
}

// rowOf is the first row whose cells in some columns are what is looked for, -1 for none.
// They are the k-th of each list.
func (t *kept) rowOf(columns []*column, is func(cells [][]cell, k int) bool) (row int64, err error) {
	row = -1
	err = t.cells(columns, func(first int64, cells [][]cell) (bool, error) {
		for k := range cells[0] {
			if is(cells, k) {
				row = first + int64(k)
				break
			}
		}
		return row < 0, nil
	})
	return row, err
}

// firstCell is the first cell of a column of which something holds that is asked once it
// was looked at, in row -1 if there is none.
func (t *kept) firstCell(c *column, is func(text []byte, l look, token []byte) bool) (row int64, text string, err error) {
	row, err = t.rowOf([]*column{c}, func(cells [][]cell, k int) bool {
		cell := cells[0][k]
		l, token := t.numbers.look(cell.text, cell.kind)
		found := is(cell.text, l, token)
		if found {
			text = string(cell.text)
		}
		return found
	})
	return row, text, err
}

// textOf is the first cell of a column that is a text, in row -1 if there is none.
func (t *kept) textOf(c *column) (row int64, text string, err error) {
	return t.firstCell(c, func(_ []byte, l look, _ []byte) bool { return l == textual })
}

// number gives a raw column numbers for its texts, so that it can be a dimension. If that
// fails it has none, and the next call fails as well.
func (t *kept) number(c *column) error {
	if !c.raw || c.recode != nil {
		return nil
	}
	r := &recoded{dict: dictionary{text: slices.Clone(c.dict.text), ends: slices.Clone(c.dict.ends), table: slices.Clone(c.dict.table), seed: c.dict.seed}}
	var err error
	if r.file, r.done, err = spool.File(); err != nil {
		return err
	}
	if err := t.recode(c, r); err != nil {
		r.close()
		return err
	}
	c.recode, c.size = r, r.dict.len()
	return nil
}

// recode writes the numbers of a raw column to their file.
func (t *kept) recode(c *column, r *recoded) error {
	var codes []int32
	var buf []byte
	for i := range t.store.chunks {
		chunk, err := t.store.read(i)
		if err != nil {
			return err
		}
		var numbered bool
		if codes, numbered = t.store.appendCodes(codes[:0], chunk, c.at); !numbered {
			texts, _ := t.store.run(chunk, c.at)
			for range t.store.chunks[i].rows {
				text, kind := texts.next()
				codes = append(codes, r.dict.add(t.numbers.key(text, kind)))
			}
		}
		buf = buf[:0]
		for _, k := range codes {
			buf = binary.LittleEndian.AppendUint32(buf, uint32(k))
		}
		if _, err := r.file.WriteAt(buf, 4*t.store.chunks[i].first); err != nil {
			return fmt.Errorf("keeping the rows in a temporary file: %w", err)
		}
	}
	return nil
}

// codes are the numbers of the texts of a column in a chunk. A raw column must have
// been numbered.
func (t *kept) codes(dst []int32, i int, chunk []byte, c *column) ([]int32, error) {
	if c.recode == nil {
		dst, ok := t.store.appendCodes(dst, chunk, c.at)
		if !ok {
			return nil, fmt.Errorf("column %q is not numbered", c.Name)
		}
		return dst, nil
	}
	buf := make([]byte, 4*t.store.chunks[i].rows)
	if _, err := c.recode.file.ReadAt(buf, 4*t.store.chunks[i].first); err != nil {
		return nil, fmt.Errorf("reading the rows from a temporary file: %w", err)
	}
	for ; len(buf) > 0; buf = buf[4:] {
		dst = append(dst, int32(binary.LittleEndian.Uint32(buf)))
	}
	return dst, nil
}

// each goes through the chunks with the numbers of some columns.
func (t *kept) each(columns []*column, f func(first int64, codes [][]int32) (bool, error)) error {
	for _, c := range columns {
		if err := t.number(c); err != nil {
			return err
		}
	}
	codes := make([][]int32, len(columns))
	for i := range t.store.chunks {
		chunk, err := t.store.read(i)
		if err != nil {
			return err
		}
		for k, c := range columns {
			if codes[k], err = t.codes(codes[k][:0], i, chunk, c); err != nil {
				return err
			}
		}
		if more, err := f(t.store.chunks[i].first, codes); err != nil || !more {
			return err
		}
	}
	return nil
}
