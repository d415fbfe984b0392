package parquetconv

import (
	"errors"
	"io"

	"github.com/parquet-go/parquet-go"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// valueCursor reads a column that is not of bytes.
type valueCursor struct {
	c      *fileColumn
	pages  parquet.Pages
	page   parquet.Page
	values parquet.ValueReader
	buf    []parquet.Value
	have   []parquet.Value // those of buf that are not passed yet
}

// Ready makes sure that there are values, and returns how many.
func (c *valueCursor) Ready() (int, error) {
	for len(c.have) == 0 {
		if c.page == nil {
			page, err := c.pages.ReadPage()
			if err != nil {
				if err == io.EOF {
					err = errors.New("column " + c.c.field.Name + " has fewer values than rows")
				}
				return 0, damaged(err)
			}
			c.page, c.values = page, page.Values()
		}
		if c.buf == nil {
			c.buf = make([]parquet.Value, rows.BatchRows)
		}
		n, err := c.values.ReadValues(c.buf)
		c.have = c.buf[:n]
		if err != nil && err != io.EOF {
			return 0, damaged(err)
		}
		if n == 0 {
			c.release()
		}
	}
	return len(c.have), nil
}

// Add appends so many of them to a batch.
func (c *valueCursor) Add(b *rows.Batch, at, n int) error {
	c.c.add(b, at, c.have[:n])
	c.have = c.have[n:]
	return nil
}

func (c *valueCursor) release() {
	if c.page != nil {
		parquet.Release(c.page)
		c.page, c.values = nil, nil
	}
}

func (c *valueCursor) close() {
	c.release()
	_ = c.pages.Close()
}
