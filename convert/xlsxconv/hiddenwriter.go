package xlsxconv

import (
	"encoding/json"
	"strconv"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// hiddenWriter writes the hidden sheet, when the data sheets are written.
type hiddenWriter struct{ *cellWriter }

// maxPiece is how many characters of the head a cell of the hidden sheet holds.
const maxPiece = 30_000

// describe says what the data sheets look like.
func (w *hiddenWriter) describe() *form {
	f := &form{Version: formVersion, Sheets: w.sheets, Header: w.title + w.levels, Value: w.o.ValueName, Status: w.o.StatusName,
		Place: map[Status]string{StatusColumn: "column", StatusCell: "cell", StatusNone: "none"}[w.status],
		Texts: w.seenTexts, Cells: w.ds.HasCells(), Values: "dense"}
	forms := columnar.FormsOf(w.ds)
	if f.Dense = forms.Statuses == jsonstat.Dense; forms.Values == jsonstat.Sparse {
		f.Values = "sparse"
	}
	dims := w.ds.Dimensions()
	for _, c := range w.cols {
		if c.kind == dimensionColumn {
			f.Columns = append(f.Columns, formColumn{c.header, dims[c.dim].ID(), showName(c.show, c.date)})
		}
	}
	for _, d := range w.layout.By {
		f.By = append(f.By, formColumn{Dimension: dims[d].ID(), Show: showName(w.shows[d], w.dates[d] != nil)})
	}
	for word, code := range w.codes {
		if word != code || w.status == StatusCell || word != lineEnds(word) {
			if f.Codes == nil {
				f.Codes = map[string]string{}
			}
			f.Codes[word] = code
		}
	}
	return f
}

// write writes the sheet.
func (w *hiddenWriter) write(a *archive, part string) error {
	head, err := columnar.Head(w.ds)
	if err != nil {
		return err
	}
	form, err := json.Marshal(w.describe())
	if err != nil {
		return err
	}
	if err := a.begin(part); err != nil {
		return err
	}
	if err := w.d.write([]byte(worksheet + ">" + plainView + "<sheetData>")); err != nil {
		return err
	}
	w.start()
	for _, piece := range pieces(string(form), maxPiece) {
		if err := w.line(rowForm, piece); err != nil {
			return err
		}
	}
	for _, piece := range pieces(string(head), maxPiece) {
		if err := w.line(rowHead, piece); err != nil {
			return err
		}
	}
	if err := w.cells(); err != nil {
		return err
	}
	if err := w.d.write([]byte("</sheetData></worksheet>")); err != nil {
		return err
	}
	return a.finish()
}

// cells writes what the sheets do not say of some cells.
func (w *hiddenWriter) cells() error {
	lists := map[string][]byte{}
	flush := func(name string) error {
		list := lists[name]
		lists[name] = list[:0]
		if len(list) == 0 {
			return nil
		}
		return w.line(name, string(append(list, ']')))
	}
	err := w.beyond.each(func(kind beyondKind, pos int64, token []byte) error {
		name := rowValues
		if kind == beyondStatus {
			name, token = rowStatuses, jsontoken.AppendString(nil, string(token))
		}
		if kind == beyondValue && len(token) > maxPiece/2 {
			return w.line(rowValue, append([]string{strconv.FormatInt(pos, 10)}, pieces(string(token), maxPiece)...)...)
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

// line writes a row of texts.
func (w *hiddenWriter) line(kind string, texts ...string) error {
	w.beginRow()
	for i, text := range append([]string{kind}, texts...) {
		w.d.buf = append(append(append(append(w.d.buf, `<c r="`...), columnName(i)...), w.row...), '"')
		w.d.buf = inline(w.d.buf, text)
		if len(w.d.buf) >= blockSize {
			if err := w.d.full(); err != nil {
				return err
			}
		}
	}
	return w.endRow()
}
