package convert

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// flushAt is how full the buffer is written out. It stays in the second-level
// cache beside the window of the reader.
const flushAt = 64 << 10

// csvWriter writes the lines of a CSV table through one buffer. A cell is its
// text with the separator behind it; the value, which is last, has the end of
// the line behind it instead.
type csvWriter struct {
	w    io.Writer
	ds   *jsonstat.Dataset
	o    *CSVOptions
	buf  []byte
	na   []byte
	sep  []byte
	eol  []byte
	lang string

	crlf     bool
	single   bool // the table has but one column
	comma    bool // the decimal mark is not a point
	quoteNum bool // numbers may hold the separator

	places *decimals // how many decimals a number has; nil: as many as it needs

	words   [][]byte // rendered statuses, by number
	scratch []byte
}

func newCSVWriter(w io.Writer, ds *jsonstat.Dataset, o *CSVOptions) *csvWriter {
	c := &csvWriter{w: w, ds: ds, o: o, sep: []byte(o.Separator), eol: []byte("\n"), comma: o.Decimal != ".", lang: o.Lang}
	if o.CRLF {
		c.crlf = true
		c.eol = []byte("\r\n")
	}
	if c.lang == "" && o.StatusText != StatusCode {
		c.lang = language(ds)
	}
	c.na = c.appendText(nil, *o.NA)
	c.quoteNum = strings.Trim(o.Separator, "0123456789.eE+-"+o.Decimal) == ""
	if o.UnitDecimals && ds != nil {
		c.places = newDecimals(ds)
	}
	c.buf = make([]byte, 0, flushAt+4096)
	return c
}

// flush writes the buffer out.
func (c *csvWriter) flush() error {
	_, err := c.w.Write(c.buf)
	c.buf = c.buf[:0]
	return err
}

// appendText appends a text, in quotes if it needs them (RFC 4180).
func (c *csvWriter) appendText(dst []byte, text string) []byte {
	return c.appendCell(dst, []byte(text), "")
}

// label appends a text that is for people, guarded on request.
func (c *csvWriter) label(dst []byte, text string) []byte {
	return c.appendLabel(dst, []byte(text))
}

// appendLabel is label for what is there as bytes. It does not allocate.
func (c *csvWriter) appendLabel(dst, text []byte) []byte {
	if c.o.Guard && isFormula(text) {
		return c.appendCell(dst, text, "'")
	}
	return c.appendCell(dst, text, "")
}

// appendCell appends a text with something in front, in quotes if it needs them.
// A text with blanks at its ends needs them: readers take these off, ours among them.
// In a table of one column an empty cell needs them too: readers pass over empty
// lines.
func (c *csvWriter) appendCell(dst, text []byte, prefix string) []byte {
	if !bytes.ContainsAny(text, "\"\r\n") && !c.separates(text) && len(bytes.TrimSpace(text)) == len(text) && (len(text) > 0 || !c.single) {
		return append(append(dst, prefix...), text...)
	}
	dst = append(append(dst, '"'), prefix...)
	for {
		k := bytes.IndexByte(text, '"')
		if k < 0 {
			break
		}
		dst = append(append(dst, text[:k+1]...), '"')
		text = text[k+1:]
	}
	return append(append(dst, text...), '"')
}

// separates tells whether a reader would find the separator before the end of a
// text: in it, or where its end begins one, as the end of "a:" does before "::".
func (c *csvWriter) separates(text []byte) bool {
	if bytes.Contains(text, c.sep) {
		return true
	}
	for n := 1; n < len(c.sep); n++ {
		if bytes.HasSuffix(text, c.sep[:n]) && bytes.HasPrefix(c.sep, c.sep[n:]) {
			return true
		}
	}
	return false
}

// header writes the header line.
func (c *csvWriter) header(l *layout.Layout) {
	if c.single = columns(l, c.o) == 1; c.single {
		c.na = c.appendText(nil, *c.o.NA)
	}
	for _, col := range l.Columns {
		c.buf = append(c.label(c.buf, col.Header), c.sep...)
		if col.Kind == layout.Value && c.o.StatusColumns {
			c.buf = append(c.label(c.buf, col.Header+" "+c.o.StatusName), c.sep...)
		}
	}
	if !l.Pivoted() {
		if c.o.Status {
			c.buf = append(c.label(c.buf, c.o.StatusName), c.sep...)
		}
		c.buf = append(c.label(c.buf, c.o.ValueName), c.sep...)
	}
	c.endLine()
}

// columns is the number of columns of a table.
func columns(l *layout.Layout, o *CSVOptions) int {
	n := len(l.Columns)
	switch {
	case l.Pivoted() && o.StatusColumns:
		n += l.Values
	case !l.Pivoted() && o.Status:
		n += 2
	case !l.Pivoted():
		n++
	}
	return n
}

// endLine replaces the last separator by the end of the line.
func (c *csvWriter) endLine() {
	if n := len(c.buf) - len(c.sep); n >= 0 && bytes.HasSuffix(c.buf, c.sep) {
		c.buf = c.buf[:n]
	}
	c.buf = append(c.buf, c.eol...)
}

// status is the rendered status of a number, without a separator. New numbers
// may come up as cells are read.
func (c *csvWriter) status(id int32) []byte {
	if int(id) >= len(c.words) {
		all := c.ds.Cells().Statuses()
		for k := len(c.words); k < len(all); k++ {
			c.words = append(c.words, c.appendText(nil, c.o.statusText(c.ds, c.lang, all[k])))
		}
	}
	return c.words[id]
}

// value appends a value.
func (c *csvWriter) value(dst []byte, kind jsonstat.Kind, token []byte) []byte {
	switch kind {
	case jsonstat.Number:
		if c.places != nil {
			c.scratch = append(c.scratch[:0], token...)
			return c.number(dst, c.scratch)
		}
		if !c.comma && !c.quoteNum {
			return append(dst, token...)
		}
		return c.number(dst, token)
	case jsonstat.NumberRaw:
		c.scratch = jsonstat.AppendNumber(c.scratch[:0], token)
		return c.number(dst, c.scratch)
	case jsonstat.Missing:
		return append(dst, c.na...)
	case jsonstat.Text:
		c.scratch = jsonstat.AppendText(c.scratch[:0], token)
		return c.appendLabel(dst, c.scratch)
	}
	return c.appendText(dst, string(token)) // true, false
}

// number appends a number with the decimal mark.
func (c *csvWriter) number(dst, token []byte) []byte {
	if c.places != nil {
		token = c.places.pad(token)
		c.scratch = token
	}
	start := len(dst)
	if k := bytes.IndexByte(token, '.'); k >= 0 && c.comma {
		dst = append(dst, token[:k]...)
		dst = append(dst, c.o.Decimal...)
		token = token[k+1:]
	}
	dst = append(dst, token...)
	if c.quoteNum && c.separates(dst[start:]) {
		dst = append(dst, `""`...)
		copy(dst[start+1:], dst[start:])
		dst[start], dst[len(dst)-1] = '"', '"'
	}
	return dst
}

// pivot writes the rows of a pivot.
func (c *csvWriter) pivot(l *layout.Layout) error {
	texts := c.texts(l)
	statuses := c.o.StatusColumns || c.o.Keep == NonEmpty
	return l.Rows(c.ds, statuses, c.o.Keep, func(coords []int, cells []layout.Cell) error {
		for k, d := range l.Stub {
			c.buf = append(c.buf, texts.at(d, coords[k])...)
		}
		for i := range cells {
			// Here, not behind the cell: endLine takes its separator back.
			if len(c.buf) >= flushAt {
				if err := c.flush(); err != nil {
					return err
				}
			}
			if c.places != nil {
				c.places.pivot(l, coords, i)
			}
			c.buf = append(c.value(c.buf, cells[i].Kind, cells[i].Token), c.sep...)
			if c.o.StatusColumns {
				c.buf = append(append(c.buf, c.status(cells[i].Status)...), c.sep...)
			}
		}
		c.endLine()
		return nil
	})
}

// long writes a line for each cell.
func (c *csvWriter) long(l *layout.Layout, statuses bool) error {
	cur, err := c.ds.Cells().Cursor(statuses || c.o.Keep == NonEmpty)
	if err != nil {
		return err
	}
	r := newRows(c, l, statuses)
	for err == nil {
		var chunk *jsonstat.Chunk
		if chunk, err = cur.Next(); err == nil {
			err = r.chunk(chunk)
		}
	}
	if cerr := cur.Close(); err == io.EOF {
		err = cerr
	}
	if err == nil {
		err = r.end()
	}
	return err
}

// longRows is the odometer of the long form. The texts of all dimensions but the
// last stand ready in prefix; a line is the prefix, the text of the last
// dimension, the status and the value.
type longRows struct {
	odometer
	c        *csvWriter
	texts    *texts
	last     [][]byte // texts of the last dimension, nil until dense needs them
	bare     [][]byte // the same, with an empty status behind them if there is that column
	prefix   []byte
	ends     []int // length of the prefix behind each dimension
	statuses bool
	gaps     bool  // cells that are not there have lines too
	missing  int32 // status of cells that are not there
	next     int64 // position behind the last cell that was passed
}

func newRows(c *csvWriter, l *layout.Layout, statuses bool) *longRows {
	info := c.ds.Cells().Info()
	r := &longRows{odometer: newOdometer(c.ds.Shape()), c: c, texts: c.texts(l), statuses: statuses, gaps: layout.Gaps(c.ds, c.o.Keep), missing: info.Default}
	r.ends = make([]int, len(r.coords))
	if c.ds.Len() > 0 {
		r.render(0)
	}
	return r
}

// renderLast renders the texts of the whole last dimension.
func (r *longRows) renderLast() {
	r.last = make([][]byte, r.size)
	r.bare = r.last
	if r.statuses {
		r.bare = make([][]byte, r.size)
	}
	for j := range r.last {
		r.last[j] = r.lastText(j)
		if r.statuses {
			r.bare[j] = append(slices.Clone(r.last[j]), r.c.sep...)
		}
	}
}

// lastText is the text of a category of the last dimension.
func (r *longRows) lastText(j int) []byte {
	if len(r.shape) == 0 {
		return nil
	}
	return r.texts.at(len(r.shape)-1, j)
}

// render renews the prefix from dimension d on.
func (r *longRows) render(d int) {
	from := 0
	if d > 0 {
		from = r.ends[d-1]
	}
	r.prefix = r.prefix[:from]
	for ; d < len(r.coords); d++ {
		r.prefix = append(r.prefix, r.texts.at(d, r.coords[d])...)
		r.ends[d] = len(r.prefix)
	}
}

// chunk writes the cells of a chunk.
func (r *longRows) chunk(chunk *jsonstat.Chunk) error {
	if chunk.Positions == nil && r.c.o.Keep == All {
		if r.gaps {
			if err := r.gap(chunk.First); err != nil {
				return err
			}
		}
		return r.dense(chunk)
	}
	for i := range chunk.Len() {
		pos := chunk.Position(i)
		id := int32(0)
		if chunk.Status != nil {
			id = chunk.Status[i]
		}
		if !r.c.o.Keep.Wants(chunk.Kinds[i], id) {
			continue
		}
		if r.gaps {
			if err := r.gap(pos); err != nil {
				return err
			}
		}
		r.render(r.seek(pos))
		if err := r.line(int(pos-r.run), id, chunk.Kinds[i], chunk.Token(i)); err != nil {
			return err
		}
		r.next = pos + 1
	}
	return nil
}

// dense writes cells that follow each other, a run of the last dimension at a time.
func (r *longRows) dense(chunk *jsonstat.Chunk) error {
	if r.last == nil {
		r.renderLast()
	}
	c := r.c
	buf := c.buf
	plain := !c.comma && !c.quoteNum && c.places == nil
	kinds, starts, ends := chunk.Kinds, chunk.Start, chunk.End
	for i := 0; i < len(kinds); {
		r.render(r.seek(chunk.First + int64(i)))
		j := int(chunk.First + int64(i) - r.run)
		stop := min(len(kinds), i+len(r.last)-j)
		for ; i < stop; i, j = i+1, j+1 {
			buf = append(buf, r.prefix...)
			if chunk.Status != nil && chunk.Status[i] != 0 && r.statuses {
				buf = append(buf, r.last[j]...)
				buf = append(buf, c.status(chunk.Status[i])...)
				buf = append(buf, c.sep...)
			} else {
				buf = append(buf, r.bare[j]...)
			}
			if c.places != nil {
				c.places.long(r.coords, j)
			}
			if token := chunk.Buf[starts[i]:ends[i]]; kinds[i] == jsonstat.Number && plain {
				buf = append(buf, token...)
			} else {
				buf = c.value(buf, kinds[i], token)
			}
			if c.crlf {
				buf = append(buf, '\r')
			}
			buf = append(buf, '\n')
			if len(buf) >= flushAt {
				c.buf = buf
				if err := c.flush(); err != nil {
					return err
				}
				buf = c.buf
			}
		}
	}
	c.buf = buf
	r.next = chunk.First + int64(len(kinds))
	return nil
}

// line writes the line of a cell in the current run.
func (r *longRows) line(j int, status int32, kind jsonstat.Kind, token []byte) error {
	c := r.c
	c.buf = append(append(c.buf, r.prefix...), r.lastText(j)...)
	if r.statuses {
		c.buf = append(append(c.buf, c.status(status)...), c.sep...)
	}
	if c.places != nil {
		c.places.long(r.coords, j)
	}
	c.buf = append(c.value(c.buf, kind, token), c.eol...)
	if len(c.buf) >= flushAt {
		return c.flush()
	}
	return nil
}

// gap writes the cells of a sparse cube that are not there, up to a position.
func (r *longRows) gap(to int64) error {
	for pos := r.next; pos < to; pos++ {
		r.render(r.seek(pos))
		if err := r.line(int(pos-r.run), r.missing, jsonstat.Missing, nil); err != nil {
			return err
		}
	}
	return nil
}

// end writes what is not there behind the last cell.
func (r *longRows) end() error {
	if r.gaps {
		return r.gap(r.c.ds.Len())
	}
	return nil
}
