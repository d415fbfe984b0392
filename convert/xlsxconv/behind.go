package xlsxconv

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/xmltoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// behind is what stands behind the rows of a sheet.
type behind struct {
	merged []area   // ranges of cells that are one, by their first row and column
	links  []string // places in the workbook that cells link to: 'Table 1'!A1
}

// area is a range of cells, of rows from 1 and columns from 0.
type area struct {
	top, bottom int32
	left, right int16
}

// Bounds of what may stand behind the rows: a small file can claim any amount.
const (
	maxMerged = 4 << 20
	maxPlaces = 10_000
)

// behindOf finds what stands behind the rows of a sheet.
func behindOf(b *workbook, s *sheetInfo) (found behind, err error) {
	part, err := b.open(s.part)
	if err != nil {
		return found, err
	}
	defer part.Close()
	rest, err := pastRows(part)
	if err == nil {
		err = found.read(xmltoken.NewReader(rest))
	}
	if err != nil {
		return behind{}, fmt.Errorf("sheet %q, behind its rows: %w", s.name, inWorkbook(err))
	}
	return found, nil
}

// read reads what stands behind the rows.
func (f *behind) read(x *xmltoken.Reader) error {
	for {
		if err := x.Next(); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		switch name, _ := x.Name(); string(name) {
		case "mergeCell":
			x.Attributes(func(name, value []byte) {
				if string(name) == "ref" {
					if a, ok := areaOf(value); ok {
						f.merged = append(f.merged, a)
					}
				}
			})
			if len(f.merged) > maxMerged {
				return fmt.Errorf("there are more than %d merged ranges: %w", maxMerged, jsonstat.ErrLimit)
			}
		case "hyperlink":
			x.Attributes(func(name, value []byte) {
				if string(name) == "location" && len(f.links) < maxPlaces {
					if text, err := decode(nil, value); err == nil {
						f.links = append(f.links, string(text))
					}
				}
			})
		}
	}
	slices.SortFunc(f.merged, func(a, b area) int {
		return cmp.Or(cmp.Compare(a.top, b.top), cmp.Compare(a.left, b.left))
	})
	return nil
}

// pastRows is what a part has behind the tag that ends its rows: nothing if it has no
// such tag. The rows are looked through for that one word alone.
func pastRows(part io.Reader) (io.Reader, error) {
	word := []byte("sheetData")
	const kept = 64 // of what was read before, for a tag that is read in two pieces
	buf := make([]byte, 256<<10)
	n := 0
	for {
		read, err := part.Read(buf[n:])
		n += read
		for at := 0; ; at += len(word) {
			i := bytes.Index(buf[at:n], word)
			if i < 0 {
				break
			}
			if at += i; isEnd(buf[:at]) {
				return io.MultiReader(bytes.NewReader(buf[at+len(word):n]), part), nil
			}
		}
		switch {
		case err == io.EOF:
			return bytes.NewReader(nil), nil
		case err != nil:
			return nil, err
		case n > kept:
			n = copy(buf, buf[n-kept:n])
		}
	}
}

// isEnd tells whether a text ends in the beginning of a tag that ends an element,
// perhaps with a prefix.
func isEnd(text []byte) bool {
	i := bytes.LastIndexByte(text, '<')
	if i < 0 || i+1 == len(text) || text[i+1] != '/' {
		return false
	}
	prefix := text[i+2:]
	return len(prefix) == 0 || bytes.IndexByte(prefix, ':') == len(prefix)-1
}

// areaOf reads a range such as A1:B2. It is none if it has one cell, or such as no
// sheet has.
func areaOf(ref []byte) (a area, ok bool) {
	from, to, two := bytes.Cut(ref, []byte(":"))
	if !two {
		return a, false
	}
	top, left := placeOf(from)
	bottom, right := placeOf(to)
	if top < 1 || left < 0 || bottom > MaxRows || right >= MaxColumns || bottom < top || right < left || top == bottom && left == right {
		return a, false
	}
	if right == MaxColumns-1 {
		right = left // whole rows: nobody looks for their text at the far right
	}
	return area{int32(top), int32(bottom), int16(left), int16(right)}, true
}

// placeOf is the row and the column of a reference to a cell, 0 and -1 if it is none.
func placeOf(ref []byte) (row, column int) {
	column = columnIndex(ref)
	row, err := strconv.Atoi(string(bytes.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")))
	if err != nil {
		return 0, -1
	}
	return row, column
}
