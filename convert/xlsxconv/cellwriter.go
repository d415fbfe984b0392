package xlsxconv

import (
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// cellWriter appends the cells of the data sheets. What follows the reference of a cell is
// rendered once for each text.
type cellWriter struct {
	*plan
	rowWriter
	styles *styles
	shared *shared
	beyond beyond // what the sheets cannot say

	open   [][]byte   // <c r="B of each column
	texts  [][][]byte // by dimension column and category: what follows the reference
	words  [][]byte   // by number of status: what follows the reference
	forms  [][]byte   // by number style: what stands between reference and number
	form   []int      // number style by category of the dimension with decimals
	column []int      // number style by value column of a pivot, if it is pivoted by that dimension

	seenTexts bool              // some value is a text
	codes     map[string]string // of statuses by what is written for them
	scratch   []byte
	number    []byte
}

func newCellWriter(p *plan, d *deflater, st *styles, sh *shared) cellWriter {
	w := cellWriter{plan: p, rowWriter: rowWriter{d: d}, styles: st, shared: sh, codes: map[string]string{}}
	w.open = make([][]byte, len(p.cols))
	w.texts = make([][][]byte, len(p.cols))
	for i, c := range p.cols {
		w.open[i] = []byte(`<c r="` + columnName(i))
		if c.kind == dimensionColumn {
			w.texts[i] = make([][]byte, p.ds.Dimensions()[c.dim].Len())
		}
	}
	w.setForms()
	return w
}

// setForms finds the number style of each cell: by the decimals of its unit.
func (w *cellWriter) setForms() {
	for _, style := range w.styles.numbers {
		w.forms = append(w.forms, append(appendStyle([]byte(`"`), style), `><v>`...))
	}
	for _, v := range w.places {
		w.form = append(w.form, w.styles.number(v))
	}
	if !w.layout.Pivoted() {
		return
	}
	for k := range w.layout.Values {
		form := w.form[0]
		if w.metric >= 0 {
			form = w.form[w.layout.Category(w.metric, k)]
		}
		w.column = append(w.column, form)
	}
	for _, d := range w.layout.Stub {
		if d == w.metric {
			w.column = nil // it depends on the row
		}
	}
}

// dayCell is what follows the reference in a cell with a day.
func dayCell(style int, day int64) []byte {
	b := append(appendStyle([]byte(`"`), style), `><v>`...)
	return append(strconv.AppendInt(b, day, 10), `</v></c>`...)
}

// text is what follows the reference in a dimension column.
func (w *cellWriter) text(column, category int) []byte {
	if t := w.texts[column][category]; t != nil {
		return t
	}
	c := &w.cols[column]
	var t []byte
	if c.date {
		t = dayCell(w.styles.date, w.dates[c.dim][category])
	} else {
		t = w.shared.cell(w.styles.text, cellText(w.ds.Dimensions()[c.dim], c.show, category))
	}
	w.texts[column][category] = t
	return t
}

// statusCell is what follows the reference in a cell with a status.
func (w *cellWriter) statusCell(id int32) []byte {
	for k := len(w.words); int(id) >= len(w.words); k++ {
		code := w.ds.Cells().Statuses()[k]
		if code == "" {
			w.words = append(w.words, nil)
			continue
		}
		word := fit(w.statusText(code))
		if other, ok := w.codes[word]; ok && other != code {
			word = fit("[" + code + "] " + word)
		}
		w.codes[word] = code
		w.words = append(w.words, w.shared.cell(w.styles.status, word))
	}
	return w.words[id]
}

// statusText is what a cell says of a status.
func (w *cellWriter) statusText(code string) string {
	if w.o.StatusText == convert.StatusCode {
		return code
	}
	meaning := w.ds.SymbolText(code, w.lang)
	switch {
	case meaning == "":
		return code
	case w.o.StatusText == convert.StatusBoth:
		return "[" + code + "] " + meaning
	}
	return meaning
}

// cell appends a value, or the status of an empty cell where that is wanted.
func (w *cellWriter) cell(column, form int, c *layout.Cell, pos func() int64) error {
	if c.Kind == jsonstat.Missing {
		if w.status == StatusCell {
			w.statusBeside(column, c.Status)
		}
		return nil
	}
	if w.status == StatusCell && c.Status != 0 {
		if err := w.beyond.add(beyondStatus, pos(), []byte(w.ds.Cells().Statuses()[c.Status])); err != nil {
			return err
		}
	}
	return w.value(column, form, c.Kind, c.Token, pos)
}

// value appends the cell of a value. pos is asked for where a sheet cannot hold it.
func (w *cellWriter) value(column, form int, kind jsonstat.Kind, token []byte, pos func() int64) error {
	b := append(append(w.d.buf, w.open[column]...), w.row...)
	switch kind {
	case jsonstat.Number:
		if len(token) > sureDigits {
			return w.long(b, form, token, token, pos)
		}
		w.d.buf = append(append(append(b, w.forms[form]...), token...), `</v></c>`...)
		return nil
	case jsonstat.NumberRaw:
		w.number = jsonstat.AppendNumber(w.number[:0], token)
		return w.long(b, form, w.number, token, pos)
	case jsonstat.Text:
		w.seenTexts = true
		w.number = jsonstat.AppendText(w.number[:0], token)
		text := string(w.number)
		cell := fit(text)
		if text != "" {
			w.d.buf = inline(append(b, '"'), cell)
		}
		if len(cell) == len(text) && text != "" && strings.IndexByte(text, '\r') < 0 {
			return nil // an empty one looks like none, and programs change line ends
		}
		return w.beyond.add(beyondValue, pos(), token)
	}
	truth := byte('0') // true and false: not allowed, but met
	if kind == jsonstat.True {
		truth = '1'
	}
	w.d.buf = append(append(append(b, `" t="b"><v>`...), truth), `</v></c>`...)
	return nil
}

// long appends a number that may have more digits than a cell can hold, or an
// exponent. What does not survive is kept beside.
func (w *cellWriter) long(b []byte, form int, number, token []byte, pos func() int64) error {
	cell, sure, ok := float(w.scratch[:0], number)
	w.scratch = cell
	switch {
	case !ok:
		w.d.buf = inline(append(b, '"'), string(number))
	default:
		w.d.buf = append(append(append(b, w.forms[form]...), cell...), `</v></c>`...)
	}
	if sure {
		return nil
	}
	return w.beyond.add(beyondValue, pos(), token)
}

// statusBeside appends a cell with a status, if there is one.
func (w *cellWriter) statusBeside(column int, id int32) {
	if id != 0 {
		word := w.statusCell(id)
		w.d.buf = append(append(append(w.d.buf, w.open[column]...), w.row...), word...)
	}
}
