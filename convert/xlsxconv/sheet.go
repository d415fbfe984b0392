package xlsxconv

import (
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// sheetWriter streams the data sheets: what excelize made of each, with the rows
// in their place. A cell is <c r="B17 and what follows its reference, which is
// rendered once for each text.
type sheetWriter struct {
	*plan
	a      *archive
	d      *deflater
	styles *styles
	shared *shared
	beyond *beyond
	frame  *frame

	sheet int    // the one being written, from 0
	left  int64  // rows that still fit
	row   []byte // number of the current row, as text

	open    [][]byte   // <c r="B of each column
	texts   [][][]byte // by dimension column and category: what follows the reference
	heights []int      // of the rows of the header, in points
	heads   [][]byte   // what follows the reference in the header, by level and column; nil where there is no cell
	words   [][]byte   // by number of status: what follows the reference
	forms   [][]byte   // by number style: what stands between reference and number
	metric  int        // dimension whose categories have styles, -1 if there is none
	form    []int      // number style by category of that dimension
	column  []int      // number style by value column of a pivot, if it is pivoted by that dimension

	seenTexts bool              // some value is a text
	codes     map[string]string // of statuses by what is written for them
	scratch   []byte
	number    []byte
}

func newSheetWriter(p *plan, a *archive, st *styles, sh *shared, frame *frame) *sheetWriter {
	s := &sheetWriter{plan: p, a: a, d: &a.pack, styles: st, shared: sh, beyond: &beyond{}, frame: frame, sheet: -1, codes: map[string]string{}}
	s.open = make([][]byte, len(p.cols))
	s.texts = make([][][]byte, len(p.cols))
	for i, c := range p.cols {
		s.open[i] = []byte(`<c r="` + columnName(i))
		if c.kind == dimensionColumn {
			s.texts[i] = make([][]byte, p.ds.Dimensions()[c.dim].Len())
		}
	}
	s.setForms()
	s.setHeads()
	s.heights = frame.heights()
	return s
}

// setForms finds the number style of each cell: by the decimals of its unit.
func (s *sheetWriter) setForms() {
	for _, style := range s.styles.numbers {
		s.forms = append(s.forms, append(appendStyle([]byte(`"`), style), `><v>`...))
	}
	s.metric, s.form = s.plan.places()
	for i, v := range s.form {
		s.form[i] = s.styles.number(v)
	}
	if !s.layout.Pivoted() {
		return
	}
	for k := range s.layout.Values {
		form := s.form[0]
		if s.metric >= 0 {
			form = s.form[s.layout.Category(s.metric, k)]
		}
		s.column = append(s.column, form)
	}
	for _, d := range s.layout.Stub {
		if d == s.metric {
			s.column = nil // it depends on the row
		}
	}
}

// places are the decimals of the categories of the dimension that has units, -1
// where they are not known; of the table alone if no dimension has units.
func (p *plan) places() (metric int, places []int) {
	table := -1
	if p.px.Decimals != nil {
		table = *p.px.Decimals
	}
	for i, d := range p.ds.Dimensions() {
		if !d.HasUnits() {
			continue
		}
		for k := range d.Len() {
			n := table
			if u := d.CategoryUnit(k); u != nil && u.Decimals != nil {
				n = *u.Decimals
			}
			places = append(places, n)
		}
		return i, places
	}
	return -1, []int{table}
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

// dayCell is what follows the reference in a cell with a day.
func dayCell(style int, day int64) []byte {
	b := append(appendStyle([]byte(`"`), style), `><v>`...)
	return append(strconv.AppendInt(b, day, 10), `</v></c>`...)
}

// text is what follows the reference in a dimension column.
func (s *sheetWriter) text(column, category int) []byte {
	if t := s.texts[column][category]; t != nil {
		return t
	}
	c := &s.cols[column]
	var t []byte
	if c.date {
		t = dayCell(s.styles.date, s.dates[c.dim][category])
	} else {
		t = s.shared.cell(s.styles.text, cellText(s.ds.Dimensions()[c.dim], c.show, category))
	}
	s.texts[column][category] = t
	return t
}

// statusCell is what follows the reference in a cell with a status.
func (s *sheetWriter) statusCell(id int32) []byte {
	for k := len(s.words); int(id) >= len(s.words); k++ {
		code := s.ds.Cells().Statuses()[k]
		if code == "" {
			s.words = append(s.words, nil)
			continue
		}
		word := fit(s.statusText(code))
		if other, ok := s.codes[word]; ok && other != code {
			word = fit("[" + code + "] " + word)
		}
		s.codes[word] = code
		s.words = append(s.words, s.shared.cell(s.styles.status, word))
	}
	return s.words[id]
}

// statusText is what a cell says of a status.
func (p *plan) statusText(code string) string {
	if p.o.StatusText == convert.StatusCode {
		return code
	}
	meaning := p.ds.SymbolText(code, p.lang)
	switch {
	case meaning == "":
		return code
	case p.o.StatusText == convert.StatusBoth:
		return "[" + code + "] " + meaning
	}
	return meaning
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
	s.row = append(s.row[:0], '1')
	if s.title > 0 {
		s.d.buf = append(s.d.buf, `<row r="1" ht="24" customHeight="1"><c r="A1`...)
		s.d.buf = append(append(s.d.buf, s.shared.cell(s.styles.title, fit(oneLine(s.ds.Label())))...), `</row>`...)
		s.row = strconv.AppendInt(s.row[:0], int64(s.title)+1, 10)
	}
	for level := range s.levels {
		s.d.buf = append(append(append(s.d.buf, `<row r="`...), s.row...), `" ht="`...)
		s.d.buf = append(strconv.AppendInt(s.d.buf, int64(s.heights[level]), 10), `" customHeight="1">`...)
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

func (s *sheetWriter) beginRow() {
	s.d.buf = append(append(append(s.d.buf, `<row r="`...), s.row...), `">`...)
}

// endRow ends a row and counts it.
func (s *sheetWriter) endRow() error {
	s.d.buf = append(s.d.buf, `</row>`...)
	s.count()
	if len(s.d.buf) >= blockSize {
		return s.d.full()
	}
	return nil
}

// count adds one to the number of the row.
func (s *sheetWriter) count() {
	for i := len(s.row) - 1; i >= 0; i-- {
		if s.row[i] < '9' {
			s.row[i]++
			return
		}
		s.row[i] = '0'
	}
	s.row = append(s.row, '0')
	s.row[0] = '1'
}

// value appends the cell of a value. pos is asked for where a sheet cannot hold it.
func (s *sheetWriter) value(column, form int, kind jsonstat.Kind, token []byte, pos func() int64) error {
	b := append(append(s.d.buf, s.open[column]...), s.row...)
	switch kind {
	case jsonstat.Number:
		if len(token) > sureDigits {
			return s.long(b, form, token, token, pos)
		}
		s.d.buf = append(append(append(b, s.forms[form]...), token...), `</v></c>`...)
		return nil
	case jsonstat.NumberRaw:
		s.number = jsonstat.AppendNumber(s.number[:0], token)
		return s.long(b, form, s.number, token, pos)
	case jsonstat.Text:
		s.seenTexts = true
		s.number = jsonstat.AppendText(s.number[:0], token)
		text := string(s.number)
		cell := fit(text)
		if text != "" {
			s.d.buf = inline(append(b, '"'), cell)
		}
		if len(cell) == len(text) && text != "" && strings.IndexByte(text, '\r') < 0 {
			return nil // an empty one looks like none, and programs change line ends
		}
		return s.beyond.add(beyondValue, pos(), token)
	}
	truth := byte('0') // true and false: not allowed, but met
	if kind == jsonstat.True {
		truth = '1'
	}
	s.d.buf = append(append(append(b, `" t="b"><v>`...), truth), `</v></c>`...)
	return nil
}

// inline appends what follows the reference and its quote in a cell with a text
// of its own.
func inline(dst []byte, text string) []byte {
	dst = append(dst, ` t="inlineStr"><is><t xml:space="preserve">`...)
	return append(appendXML(dst, text), `</t></is></c>`...)
}

// long appends a number that may have more digits than a cell can hold, or an
// exponent. What does not survive is kept beside.
func (s *sheetWriter) long(b []byte, form int, number, token []byte, pos func() int64) error {
	cell, sure, ok := float(s.scratch[:0], number)
	s.scratch = cell
	switch {
	case !ok:
		s.d.buf = inline(append(b, '"'), string(number))
	default:
		s.d.buf = append(append(append(b, s.forms[form]...), cell...), `</v></c>`...)
	}
	if sure {
		return nil
	}
	return s.beyond.add(beyondValue, pos(), token)
}

// write writes all data sheets.
func (s *sheetWriter) write() error {
	err := s.begin()
	if err == nil && s.rows > 0 {
		if s.layout.Pivoted() {
			err = s.pivot()
		} else {
			err = s.longTable()
		}
	}
	if err != nil {
		return err
	}
	return s.end()
}

// pivot writes the rows of a pivot.
func (s *sheetWriter) pivot() error {
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

// cell appends a value, or the status of an empty cell where that is wanted.
func (s *sheetWriter) cell(column, form int, c *layout.Cell, pos func() int64) error {
	if c.Kind == jsonstat.Missing {
		if s.status == StatusCell {
			s.statusBeside(column, c.Status)
		}
		return nil
	}
	if s.status == StatusCell && c.Status != 0 {
		if err := s.beyond.add(beyondStatus, pos(), []byte(s.ds.Cells().Statuses()[c.Status])); err != nil {
			return err
		}
	}
	return s.value(column, form, c.Kind, c.Token, pos)
}

// statusBeside appends a cell with a status, if there is one.
func (s *sheetWriter) statusBeside(column int, id int32) {
	if id != 0 {
		word := s.statusCell(id)
		s.d.buf = append(append(append(s.d.buf, s.open[column]...), s.row...), word...)
	}
}
