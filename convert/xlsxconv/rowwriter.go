package xlsxconv

// rowWriter streams the rows of a sheet. A cell is <c r="B17 and what follows its
// reference.
type rowWriter struct {
	d   *deflater
	row []byte // number of the current row, as text
}

// start goes to the first row.
func (w *rowWriter) start() { w.row = append(w.row[:0], '1') }

// beginRow begins a row.
func (w *rowWriter) beginRow() {
	w.d.buf = append(append(append(w.d.buf, `<row r="`...), w.row...), `">`...)
}

// endRow ends a row and counts it.
func (w *rowWriter) endRow() error {
	w.d.buf = append(w.d.buf, `</row>`...)
	w.count()
	if len(w.d.buf) >= blockSize {
		return w.d.full()
	}
	return nil
}

// count adds one to the number of the row.
func (w *rowWriter) count() {
	for i := len(w.row) - 1; i >= 0; i-- {
		if w.row[i] < '9' {
			w.row[i]++
			return
		}
		w.row[i] = '0'
	}
	w.row = append(w.row, '0')
	w.row[0] = '1'
}

// inline appends what follows the reference and its quote in a cell with a text
// of its own.
func inline(dst []byte, text string) []byte {
	dst = append(dst, ` t="inlineStr"><is><t xml:space="preserve">`...)
	return append(appendXML(dst, text), `</t></is></c>`...)
}
