package pxweb

import (
	"cmp"
	"io"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// cellWriter writes the rows of values and statuses, the tokens as the server wrote
// them. Either may go nowhere.
type cellWriter struct {
	values, statuses rowOut
	zero             []byte   // what a cell of status "-" without value gets; nil: nothing
	quoted           [][]byte // statuses as they are written, by number
	pos              int64
}

// rowOut is a row being written: an array, or an object by position.
type rowOut struct {
	w      io.Writer // nil: nowhere
	sparse bool
	any    bool
	buf    []byte
	err    error // of writing
}

// rowBytes is how much of a row is written at a time.
const rowBytes = 32 << 10

func (o *rowOut) put(pos int64, token []byte) {
	if o.w == nil {
		return
	}
	b := o.buf
	if o.any {
		b = append(b, ',')
	}
	o.any = true
	if o.sparse {
		b = append(strconv.AppendInt(append(b, '"'), pos, 10), '"', ':')
	}
	if o.buf = append(b, token...); len(o.buf) >= rowBytes {
		o.flush()
	}
}

func (o *rowOut) flush() {
	if o.w != nil && o.err == nil {
		_, o.err = o.w.Write(o.buf)
	}
	o.buf = o.buf[:0]
}

var null = []byte("null")

// missing writes cells that have neither value nor status.
func (w *cellWriter) missing(n int64) {
	if w.values.sparse && w.statuses.sparse {
		w.pos += n
		return
	}
	for range n {
		if !w.values.sparse {
			w.values.put(w.pos, null)
		}
		if !w.statuses.sparse {
			w.statuses.put(w.pos, null)
		}
		w.pos++
	}
}

// write writes the cells of a chunk, given the statuses by number.
func (w *cellWriter) write(c *jsonstat.Chunk, words []string) {
	for len(w.quoted) < len(words) {
		w.quoted = append(w.quoted, jsontoken.AppendString(nil, words[len(w.quoted)]))
	}
	for k, kind := range c.Kinds {
		if c.Positions != nil {
			w.missing(c.Positions[k] - w.pos)
		}
		token := null
		if kind != jsonstat.Missing {
			token = c.Buf[c.Start[k]:c.End[k]]
		}
		status := int32(0)
		if c.Status != nil {
			status = c.Status[k]
		}
		if status == 0 {
			if !w.statuses.sparse {
				w.statuses.put(w.pos, null)
			}
		} else {
			w.statuses.put(w.pos, w.quoted[status])
			if w.zero != nil && kind == jsonstat.Missing && string(w.quoted[status]) == `"-"` {
				token = w.zero
			}
		}
		// A sparse row has those that are there, null included.
		if !w.values.sparse || kind != jsonstat.Missing || c.End[k] > c.Start[k] || len(token) != len(null) {
			w.values.put(w.pos, token)
		}
		w.pos++
	}
}

// flush writes what is left of the rows.
func (w *cellWriter) flush() error {
	w.values.flush()
	w.statuses.flush()
	return w.failed()
}

// failed is the error of writing, if there was one.
func (w *cellWriter) failed() error { return cmp.Or(w.values.err, w.statuses.err) }
