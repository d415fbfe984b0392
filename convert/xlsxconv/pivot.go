package xlsxconv

import "github.com/jsonstat-go/toolkit/convert/internal/layout"

// pivotTable writes the rows of a pivot.
func pivotTable(s *sheetWriter) error {
	statuses := s.status != StatusNone || s.o.Keep == layout.NonEmpty
	strides := s.ds.Shape().Strides()
	var at []int
	var value int
	pos := func() int64 {
		n := int64(0)
		for k, d := range s.layout.Stub {
			n += int64(at[k]) * strides[d]
		}
		for _, d := range s.layout.By {
			n += int64(s.layout.Category(d, value)) * strides[d]
		}
		return n
	}
	place := make([]int, len(strides)) // in the stub
	metric := -1
	for k, d := range s.layout.Stub {
		place[d] = k
		if d == s.metric {
			metric = k
		}
	}
	return s.layout.Rows(s.ds, statuses, s.o.Keep, func(coords []int, cells []layout.Cell) error {
		if err := s.next(); err != nil {
			return err
		}
		at = coords
		s.beginRow()
		for i := range s.cols {
			c := &s.cols[i]
			switch c.kind {
			case dimensionColumn:
				s.d.buf = append(append(append(s.d.buf, s.open[i]...), s.row...), s.text(i, coords[place[c.dim]])...)
			case valueColumn:
				value = c.value
				form := 0
				if s.column != nil {
					form = s.column[value]
				} else {
					form = s.form[coords[metric]]
				}
				if err := s.cell(i, form, &cells[value], pos); err != nil {
					return err
				}
			default:
				s.statusBeside(i, cells[c.value].Status)
			}
			if len(s.d.buf) >= blockSize {
				if err := s.d.full(); err != nil {
					return err
				}
			}
		}
		return s.endRow()
	})
}
