package xlsxconv

import (
	"encoding/json"
	"strconv"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// maxPiece is how many characters of the head a cell of the hidden sheet holds.
const maxPiece = 30_000

// form describes the data sheets when all of them are written.
func (s *sheetWriter) describe() *form {
	f := &form{Version: formVersion, Sheets: s.sheets, Header: s.title + s.levels, Value: s.o.ValueName, Status: s.o.StatusName,
		Place: map[Status]string{StatusColumn: "column", StatusCell: "cell", StatusNone: "none"}[s.status],
		Texts: s.seenTexts, Cells: s.ds.HasCells(), Values: "dense"}
	forms := columnar.FormsOf(s.ds)
	if f.Dense = forms.Statuses == jsonstat.Dense; forms.Values == jsonstat.Sparse {
		f.Values = "sparse"
	}
	dims := s.ds.Dimensions()
	for _, c := range s.cols {
		if c.kind == dimensionColumn {
			f.Columns = append(f.Columns, formColumn{c.header, dims[c.dim].ID(), showName(c.show, c.date)})
		}
	}
	for _, d := range s.layout.By {
		f.By = append(f.By, formColumn{Dimension: dims[d].ID(), Show: showName(s.shows[d], s.dates[d] != nil)})
	}
	for word, code := range s.codes {
		if word != code || s.status == StatusCell || word != lineEnds(word) {
			if f.Codes == nil {
				f.Codes = map[string]string{}
			}
			f.Codes[word] = code
		}
	}
	return f
}

// hidden writes the hidden sheet.
func (s *sheetWriter) hidden(part string) error {
	head, err := columnar.Head(s.ds)
	if err != nil {
		return err
	}
	form, err := json.Marshal(s.describe())
	if err != nil {
		return err
	}
	if err := s.a.begin(part); err != nil {
		return err
	}
	if err := s.d.write([]byte(worksheet + ">" + plainView + "<sheetData>")); err != nil {
		return err
	}
	s.row = append(s.row[:0], '1')
	for _, piece := range pieces(string(form), maxPiece) {
		if err := s.hiddenRow(rowForm, piece); err != nil {
			return err
		}
	}
	for _, piece := range pieces(string(head), maxPiece) {
		if err := s.hiddenRow(rowHead, piece); err != nil {
			return err
		}
	}
	if err := s.hiddenCells(); err != nil {
		return err
	}
	if err := s.d.write([]byte("</sheetData></worksheet>")); err != nil {
		return err
	}
	return s.a.finish()
}

// hiddenCells writes what the sheets do not say of some cells.
func (s *sheetWriter) hiddenCells() error {
	lists := map[string][]byte{}
	flush := func(name string) error {
		list := lists[name]
		lists[name] = list[:0]
		if len(list) == 0 {
			return nil
		}
		return s.hiddenRow(name, string(append(list, ']')))
	}
	err := s.beyond.each(func(kind beyondKind, pos int64, token []byte) error {
		name := rowValues
		if kind == beyondStatus {
			name, token = rowStatuses, jsonstat.AppendQuoted(nil, string(token))
		}
		if kind == beyondValue && len(token) > maxPiece/2 {
			return s.hiddenRow(rowValue, append([]string{strconv.FormatInt(pos, 10)}, pieces(string(token), maxPiece)...)...)
		}
		if len(lists[name])+len(token)+24 > maxPiece {
			if err := flush(name); err != nil {
				return err
			}
		}
		list := append(lists[name], ',')
		if len(list) == 1 {
			list[0] = '['
		}
		list = append(strconv.AppendInt(list, pos, 10), ',')
		lists[name] = append(list, token...)
		return nil
	})
	for _, name := range []string{rowValues, rowStatuses} {
		if err == nil {
			err = flush(name)
		}
	}
	return err
}

// hiddenRow writes a row of texts.
func (s *sheetWriter) hiddenRow(kind string, texts ...string) error {
	s.beginRow()
	for i, text := range append([]string{kind}, texts...) {
		s.d.buf = append(append(append(append(s.d.buf, `<c r="`...), columnName(i)...), s.row...), '"')
		s.d.buf = inline(s.d.buf, text)
		if len(s.d.buf) >= blockSize {
			if err := s.d.full(); err != nil {
				return err
			}
		}
	}
	return s.endRow()
}
