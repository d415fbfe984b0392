package convert

import (
	"bytes"
	"io"
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

	comma    bool // the decimal mark is not a point
	quoteNum bool // numbers may hold the separator

	words   [][]byte // rendered statuses, by number
	scratch []byte
}

func newCSVWriter(w io.Writer, ds *jsonstat.Dataset, o *CSVOptions) *csvWriter {
	c := &csvWriter{w: w, ds: ds, o: o, sep: []byte(o.Separator), eol: []byte("\n"), comma: o.Decimal != ".", lang: o.Lang}
	if o.CRLF {
		c.eol = []byte("\r\n")
	}
	if c.lang == "" {
		c.lang = language(ds)
	}
	c.na = c.appendText(nil, *o.NA)
	c.quoteNum = strings.Trim(o.Separator, "0123456789.eE+-"+o.Decimal) == ""
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
	if !strings.ContainsAny(text, "\"\r\n") && !strings.Contains(text, c.o.Separator) {
		return append(dst, text...)
	}
	dst = append(dst, '"')
	dst = append(dst, strings.ReplaceAll(text, `"`, `""`)...)
	return append(dst, '"')
}

// label appends a text that is for people, guarded on request.
func (c *csvWriter) label(dst []byte, text string) []byte {
	if c.o.Guard {
		text = guarded(text)
	}
	return c.appendText(dst, text)
}

// header writes the header line.
func (c *csvWriter) header(l *layout.Layout) {
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

// endLine replaces the last separator by the end of the line.
func (c *csvWriter) endLine() {
	if n := len(c.buf) - len(c.sep); n >= 0 && bytes.HasSuffix(c.buf, c.sep) {
		c.buf = c.buf[:n]
	}
	c.buf = append(c.buf, c.eol...)
}

// texts renders the cells of the dimension columns: by dimension of the cube and
// category, all columns of the dimension with their separators.
func (c *csvWriter) texts(l *layout.Layout) [][][]byte {
	dims := c.ds.Dimensions()
	texts := make([][][]byte, len(dims))
	for i, d := range dims {
		list := make([][]byte, d.Len())
		// One piece of memory for all texts of a dimension.
		var all []byte
		ends := make([]int, d.Len())
		for k := range list {
			for _, col := range l.Columns {
				if col.Kind != layout.Dimension || col.Dim != i {
					continue
				}
				text := col.Say(d, k)
				if col.Show == ID || text == d.CategoryID(k) {
					all = c.appendText(all, text)
				} else {
					all = c.label(all, text)
				}
				all = append(all, c.sep...)
			}
			ends[k] = len(all)
		}
		from := 0
		for k, end := range ends {
			list[k] = all[from:end:end]
			from = end
		}
		texts[i] = list
	}
	return texts
}

// status is the rendered status of a number, without a separator. New numbers
// may come up as cells are read.
func (c *csvWriter) status(id int32) []byte {
	if int(id) >= len(c.words) {
		all := c.ds.Cells().Statuses()
		for k := len(c.words); k < len(all); k++ {
			c.words = append(c.words, c.appendText(nil, c.statusText(all[k])))
		}
	}
	return c.words[id]
}

// statusText is what a status cell says.
func (c *csvWriter) statusText(code string) string {
	if c.o.StatusText == StatusCode || code == "" {
		return code
	}
	meaning := c.ds.SymbolText(code, c.lang)
	switch {
	case meaning == "":
		return code
	case c.o.StatusText == StatusBoth:
		return "[" + code + "] " + meaning
	}
	return meaning
}

// value appends a value.
func (c *csvWriter) value(dst []byte, kind jsonstat.Kind, token []byte) []byte {
	switch kind {
	case jsonstat.Number:
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
		return c.label(dst, string(c.scratch))
	}
	return c.appendText(dst, string(token)) // true, false
}

// number appends a number with the decimal mark.
func (c *csvWriter) number(dst, token []byte) []byte {
	start := len(dst)
	if k := bytes.IndexByte(token, '.'); k >= 0 && c.comma {
		dst = append(dst, token[:k]...)
		dst = append(dst, c.o.Decimal...)
		token = token[k+1:]
	}
	dst = append(dst, token...)
	if c.quoteNum && bytes.Contains(dst[start:], c.sep) {
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
			c.buf = append(c.buf, texts[d][coords[k]]...)
		}
		for i := range cells {
			c.buf = append(c.value(c.buf, cells[i].Kind, cells[i].Token), c.sep...)
			if c.o.StatusColumns {
				c.buf = append(append(c.buf, c.status(cells[i].Status)...), c.sep...)
			}
			if len(c.buf) >= flushAt {
				if err := c.flush(); err != nil {
					return err
				}
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

// rows is the odometer of the long form. The texts of all dimensions but the
// last stand ready in prefix; a line is the prefix, the text of the last
// dimension, the status and the value.
type rows struct {
	c        *csvWriter
	texts    [][][]byte
	last     [][]byte // texts of the last dimension
	shape    jsonstat.Shape
	coords   []int // of all dimensions but the last
	prefix   []byte
	ends     []int // length of the prefix behind each dimension
	statuses bool
	sparse   bool
	missing  int32 // status of cells that are not there
	next     int64 // position behind the last cell that was passed
	run      int64 // position at which the run of the last dimension begins
}

func newRows(c *csvWriter, l *layout.Layout, statuses bool) *rows {
	info := c.ds.Cells().Info()
	r := &rows{c: c, texts: c.texts(l), shape: c.ds.Shape(), statuses: statuses, sparse: info.Sparse, missing: info.Default}
	if n := len(r.shape); n > 0 {
		r.last = r.texts[n-1]
		r.coords = make([]int, n-1)
		r.ends = make([]int, n-1)
	} else {
		r.last = [][]byte{nil}
	}
	r.render(0)
	return r
}

// render renews the prefix from dimension d on.
func (r *rows) render(d int) {
	from := 0
	if d > 0 {
		from = r.ends[d-1]
	}
	r.prefix = r.prefix[:from]
	for ; d < len(r.coords); d++ {
		r.prefix = append(r.prefix, r.texts[d][r.coords[d]]...)
		r.ends[d] = len(r.prefix)
	}
}

// step moves to the next run of the last dimension.
func (r *rows) step() {
	r.run += int64(len(r.last))
	for d := len(r.coords) - 1; d >= 0; d-- {
		if r.coords[d]++; r.coords[d] < r.shape[d] {
			r.render(d)
			return
		}
		r.coords[d] = 0
	}
	r.render(0)
}

// seek moves to the run that holds a position.
func (r *rows) seek(pos int64) {
	size := int64(len(r.last))
	if pos < r.run+2*size {
		for pos >= r.run+size {
			r.step()
		}
		return
	}
	run := pos / size
	r.run = run * size
	first := 0
	for d := len(r.coords) - 1; d >= 0; d-- {
		k := int(run % int64(r.shape[d]))
		run /= int64(r.shape[d])
		if k != r.coords[d] {
			r.coords[d], first = k, d
		}
	}
	r.render(first)
}

// chunk writes the cells of a chunk.
func (r *rows) chunk(chunk *jsonstat.Chunk) error {
	if chunk.Positions == nil && r.c.o.Keep == All {
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
		if r.sparse && r.c.o.Keep == All {
			if err := r.gap(pos); err != nil {
				return err
			}
		}
		r.seek(pos)
		if err := r.line(int(pos-r.run), id, chunk.Kinds[i], chunk.Token(i)); err != nil {
			return err
		}
		r.next = pos + 1
	}
	return nil
}

// dense writes cells that follow each other, a run of the last dimension at a time.
func (r *rows) dense(chunk *jsonstat.Chunk) error {
	c := r.c
	buf := c.buf
	plain := !c.comma && !c.quoteNum
	kinds, starts, ends := chunk.Kinds, chunk.Start, chunk.End
	for i := 0; i < len(kinds); {
		r.seek(chunk.First + int64(i))
		j := int(chunk.First + int64(i) - r.run)
		stop := min(len(kinds), i+len(r.last)-j)
		for ; i < stop; i, j = i+1, j+1 {
			buf = append(buf, r.prefix...)
			buf = append(buf, r.last[j]...)
			if r.statuses {
				if chunk.Status != nil && chunk.Status[i] != 0 {
					buf = append(buf, c.status(chunk.Status[i])...)
				}
				buf = append(buf, c.sep...)
			}
			if token := chunk.Buf[starts[i]:ends[i]]; kinds[i] == jsonstat.Number && plain {
				buf = append(buf, token...)
			} else {
				buf = c.value(buf, kinds[i], token)
			}
			buf = append(buf, c.eol...)
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
func (r *rows) line(j int, status int32, kind jsonstat.Kind, token []byte) error {
	c := r.c
	c.buf = append(append(c.buf, r.prefix...), r.last[j]...)
	if r.statuses {
		c.buf = append(append(c.buf, c.status(status)...), c.sep...)
	}
	c.buf = append(c.value(c.buf, kind, token), c.eol...)
	if len(c.buf) >= flushAt {
		return c.flush()
	}
	return nil
}

// gap writes the cells of a sparse cube that are not there, up to a position.
func (r *rows) gap(to int64) error {
	for pos := r.next; pos < to; pos++ {
		r.seek(pos)
		if err := r.line(int(pos-r.run), r.missing, jsonstat.Missing, nil); err != nil {
			return err
		}
	}
	return nil
}

// end writes what is not there behind the last cell.
func (r *rows) end() error {
	if r.sparse && r.c.o.Keep == All {
		return r.gap(r.c.ds.Len())
	}
	return nil
}
