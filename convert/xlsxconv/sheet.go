package xlsxconv

import "strconv"

// sheetWriter begins and ends the data sheets: each goes on where the one before is full.
type sheetWriter struct {
	cellWriter
	a     *archive
	frame *frame
	sheet int      // the one being written, from 0
	left  int64    // rows that still fit
	heads [][]byte // what follows the reference in the header, by level and column; nil where there is no cell
}

func newSheetWriter(p *plan, a *archive, st *styles, sh *shared, f *frame) *sheetWriter {
	s := &sheetWriter{cellWriter: newCellWriter(p, &a.pack, st, sh), a: a, frame: f, sheet: -1}
	s.setHeads()
	return s
}

// setHeads renders the header.
func (s *sheetWriter) setHeads() {
	s.heads = make([][]byte, s.levels*len(s.cols))
	last := s.heads[(s.levels-1)*len(s.cols):]
	for i, c := range s.cols {
		style := s.styles.header
		if c.kind != dimensionColumn {
			style = s.styles.headerRight
		}
		if c.kind == valueColumn && s.layout.Pivoted() {
			s.setLevels(i, c.value)
			continue
		}
		last[i] = s.shared.cell(style, c.header)
		for level := range s.levels - 1 {
			s.heads[level*len(s.cols)+i] = append(appendStyle([]byte(`"`), s.styles.header), "/>"...)
		}
	}
}

// setLevels renders the header of a value column of a pivot. In all levels but the
// last a text stands only where it changes.
func (s *sheetWriter) setLevels(column, value int) {
	changed := value == 0
	for level, d := range s.layout.By {
		k := s.layout.Category(d, value)
		changed = changed || level == s.levels-1 || k != s.layout.Category(d, value-1)
		cell := &s.heads[level*len(s.cols)+column]
		style, date := s.styles.headerRight, s.styles.headerDate
		if level < s.levels-1 {
			style = s.styles.headerOver
		}
		switch {
		case !changed:
			*cell = append(appendStyle([]byte(`"`), style), "/>"...)
		case s.dates[d] != nil:
			*cell = dayCell(date, s.dates[d][k])
		default:
			*cell = s.shared.cell(style, s.plan.heads(d, k))
		}
	}
}

// begin starts the next sheet, with its title and header.
func (s *sheetWriter) begin() error {
	s.sheet++
	if err := s.a.begin(dataPart(s.sheet)); err != nil {
		return err
	}
	s.left = s.room()
	if err := s.d.write(s.frame.before(s.sheet)); err != nil {
		return err
	}
	s.start()
	if s.title > 0 {
		s.d.buf = append(s.d.buf, `<row r="1" ht="24" customHeight="1"><c r="A1`...)
		s.d.buf = append(append(s.d.buf, s.shared.cell(s.styles.title, fit(s.entitled()))...), `</row>`...)
		s.row = strconv.AppendInt(s.row[:0], int64(s.title)+1, 10)
	}
	heights := s.frame.heights()
	for level := range s.levels {
		s.d.buf = append(append(append(s.d.buf, `<row r="`...), s.row...), `" ht="`...)
		s.d.buf = append(strconv.AppendInt(s.d.buf, int64(heights[level]), 10), `" customHeight="1">`...)
		for i := range s.cols {
			if cell := s.heads[level*len(s.cols)+i]; cell != nil {
				s.d.buf = append(append(append(s.d.buf, s.open[i]...), s.row...), cell...)
				if len(s.d.buf) >= blockSize {
					if err := s.d.full(); err != nil {
						return err
					}
				}
			}
		}
		if err := s.endRow(); err != nil {
			return err
		}
	}
	return nil
}

// end ends a sheet.
func (s *sheetWriter) end() error {
	if err := s.d.write(s.frame.behind(s.sheet)); err != nil {
		return err
	}
	return s.a.finish()
}

// next makes room for a row of the table: in the next sheet, if this one is full.
func (s *sheetWriter) next() error {
	if s.left == 0 {
		if err := s.end(); err != nil {
			return err
		}
		if err := s.begin(); err != nil {
			return err
		}
	}
	s.left--
	return nil
}
