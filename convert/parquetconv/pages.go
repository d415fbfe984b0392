package parquetconv

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// bytesCursor reads the cells of a column of bytes in a row group. The module would do,
// but it speaks on standard error of pages with bytes behind their values, as fastparquet
// writes them; and this way the numbers that a dictionary gives the texts are at hand.
type bytesCursor struct {
	pageReader
	c        *fileColumn
	optional bool

	dict *rows.Dictionary
	left int    // cells of the page that are left
	lvls hybrid // 1 for a cell that is not null
	bits []byte // the same as single bits, in files of old
	bit  int
	how  valuesOf
	code hybrid   // of a page with a dictionary
	data []byte   // of a plain one
	ends []uint32 // of one whose texts lie in data one behind the other
}

// valuesOf is how the values of a page are written.
type valuesOf uint8

const (
	byCode valuesOf = iota
	byLength
	byEnd
)

func newBytesCursor(c *fileColumn, r io.ReaderAt, chunk *format.ColumnMetaData) (*bytesCursor, error) {
	b := &bytesCursor{c: c, optional: c.col.Optional()}
	return b, b.open(r, chunk)
}

// Ready makes sure that there are cells, and returns how many.
func (b *bytesCursor) Ready() (int, error) {
	for b.left == 0 {
		header, err := b.next()
		if err == io.EOF {
			err = errors.New("column " + b.c.field.Name + " has fewer values than rows")
		}
		if err != nil {
			return 0, damaged(err)
		}
		if err := b.page(header); err != nil {
			return 0, damaged(fmt.Errorf("column %q: %w", b.c.field.Name, err))
		}
	}
	return b.left, nil
}

// page reads a page behind its header.
func (b *bytesCursor) page(header *format.PageHeader) error {
	if err := b.read(header); err != nil {
		return err
	}
	switch header.Type {
	case format.DictionaryPage:
		return b.dictionary(header)
	case format.DataPage:
		return b.dataPage(header)
	case format.DataPageV2:
		return b.dataPageV2(header)
	}
	return nil // of no use here
}

// dictionary reads a page of texts that others are numbers of.
func (b *bytesCursor) dictionary(header *format.PageHeader) error {
	if b.dict != nil {
		return nil // the first one counts
	}
	data, err := b.unpack(b.packed, header.UncompressedPageSize)
	if err != nil {
		return err
	}
	var texts rows.Batch
	texts.Grow(1)
	for range header.DictionaryPageHeader.V.NumValues {
		text, ok := cutText(&data)
		if !ok {
			return errLevels
		}
		if err := b.c.text(&texts, 0, text); err != nil {
			return err
		}
	}
	b.dict = columnar.Dictionary(&texts, b.c.ordered)
	return nil
}

// cutText takes a text behind its length.
func cutText(data *[]byte) (text []byte, ok bool) {
	if len(*data) < 4 {
		return nil, false
	}
	n := int64(binary.LittleEndian.Uint32(*data))
	if n > int64(len(*data)-4) {
		return nil, false
	}
	text = (*data)[4 : 4+n]
	*data = (*data)[4+n:]
	return text, true
}

// dataPage reads a page of cells, whose levels are compressed with their values.
func (b *bytesCursor) dataPage(header *format.PageHeader) error {
	h := header.DataPageHeader.V
	data, err := b.unpack(b.packed, header.UncompressedPageSize)
	if err != nil {
		return err
	}
	var levels []byte
	b.bits = nil
	if b.optional {
		if h.DefinitionLevelEncoding == format.BitPacked {
			n := (int(h.NumValues) + 7) / 8
			if n < 0 || n > len(data) {
				return errLevels
			}
			b.bits, b.bit, data = data[:n], 0, data[n:]
		} else {
			var ok bool
			if levels, ok = cutText(&data); !ok {
				return errLevels
			}
		}
	}
	return b.cells(int(h.NumValues), levels, data, h.Encoding)
}

// dataPageV2 reads a page of cells, whose levels stand in front of them.
func (b *bytesCursor) dataPageV2(header *format.PageHeader) error {
	h := header.DataPageHeaderV2.V
	skip, n, err := b.levels(header)
	if err != nil {
		return err
	}
	levels, data := b.packed[skip:skip+n], b.packed[skip+n:]
	if !h.IsCompressed.Valid || h.IsCompressed.V {
		if data, err = b.unpack(data, header.UncompressedPageSize); err != nil {
			return err
		}
	}
	b.bits = nil
	return b.cells(int(h.NumValues), levels, data, h.Encoding)
}

// plainDictionary is what files from before 2013 call RLEDictionary. The module's own
// name for it is deprecated, for writers.
const plainDictionary format.Encoding = 2

// cells begins with the cells of a page.
func (b *bytesCursor) cells(n int, levels, data []byte, encoding format.Encoding) error {
	if n < 0 {
		return errPage
	}
	b.left, b.lvls, b.data = n, hybrid{data: levels, width: 1}, data
	switch encoding {
	case plainDictionary, format.RLEDictionary:
		if b.how = byCode; b.dict == nil {
			return errors.New("a page of codes has no dictionary in front")
		}
		b.code = hybrid{}
		if len(data) > 0 {
			if data[0] > 32 {
				return errPage
			}
			b.code = hybrid{data: data[1:], width: uint(data[0])}
		}
	case format.Plain:
		b.how = byLength
	case format.DeltaLengthByteArray, format.DeltaByteArray:
		b.how = byEnd
		texts, ends, err := parquet.LookupEncoding(encoding).DecodeByteArray(nil, data, nil)
		if err != nil {
			return err
		}
		b.data, b.ends = texts, ends
	default:
		return fmt.Errorf("texts in the encoding %s", encoding)
	}
	return nil
}

// Add appends so many cells, of those that Ready promised, to a batch.
func (b *bytesCursor) Add(batch *rows.Batch, at, n int) error {
	b.left -= n
	if b.how == byCode {
		return b.addCodes(batch, at, n)
	}
	for range n {
		if there, err := b.there(); err != nil {
			return err
		} else if !there {
			batch.Null(at)
			continue
		}
		var text []byte
		ok := true
		if b.how == byLength {
			text, ok = cutText(&b.data)
		} else {
			if ok = len(b.ends) > 1 && b.ends[0] <= b.ends[1] && int64(b.ends[1]) <= int64(len(b.data)); ok {
				text = b.data[b.ends[0]:b.ends[1]]
				b.ends = b.ends[1:]
			}
		}
		if !ok {
			return damaged(errLevels)
		}
		if err := b.c.text(batch, at, text); err != nil {
			return &columnar.CellError{Err: err}
		}
	}
	return columnar.Fits(batch)
}

// addCodes does so for cells that are numbers of entries.
func (b *bytesCursor) addCodes(batch *rows.Batch, at, n int) error {
	codes := slices.Grow(batch.Codes[at], n)
	for range n {
		there, err := b.there()
		if err != nil {
			return err
		}
		if !there {
			codes = append(codes, -1)
			continue
		}
		code, _ := b.code.next() // zeros at the end may be left out
		if int64(code) >= int64(len(b.dict.Texts)) {
			return damaged(errCode)
		}
		codes = append(codes, int32(code))
	}
	batch.Dictionaries[at], batch.Codes[at] = b.dict, codes
	return nil
}

// there tells whether the next cell is not null.
func (b *bytesCursor) there() (bool, error) {
	if !b.optional {
		return true, nil
	}
	if b.bits != nil {
		bit := b.bits[b.bit/8] >> (7 - b.bit%8) & 1
		b.bit++
		return bit == 1, nil
	}
	level, ok := b.lvls.next()
	if !ok {
		return false, damaged(errLevels)
	}
	return level == 1, nil
}
