// Bare is the yardstick of the measurements: the simplest fast loop that turns
// a document of scripts/bench/gen into CSV with labels and statuses.
//
//	bare table.json table.csv
//
// It does: decode the members before value with encoding/json; find where value
// and status begin; then, in one pass over both with a window each, cut the
// number tokens at their commas and copy them behind the labels, which an
// odometer of prepared bytes supplies. The bytes are those of
// "jsonstat2csv --status".
//
// It does not: check anything, take members in another order, blanks between
// tokens, sparse values, dense statuses or escaped texts, rewrite a number
// (1.0, 1e3), quote a label, read a pipe, offer an option, or clean up after an
// error. A real converter has to do these things as well; the distance to this
// loop is what they cost.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

const windowSize = 256 << 10

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: bare table.json table.csv")
		os.Exit(2)
	}
	if err := convert(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
		os.Exit(1)
	}
}

func convert(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	head, values, err := readHead(in)
	if err != nil {
		return err
	}
	statuses, err := findStatus(in, values)
	if err != nil {
		return err
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	if err := writeCSV(out, head, newWindow(in, values), newWindow(in, statuses)); err != nil {
		return err
	}
	return out.Close()
}

type head struct {
	ID        []string
	Size      []int
	Dimension map[string]struct {
		Label    string
		Category struct {
			Index map[string]int
			Label map[string]string
		}
	}
}

// readHead decodes the members before value, and says where its first token is.
func readHead(f *os.File) (*head, int64, error) {
	mark := []byte(`,"value":[`)
	for size := windowSize; ; size *= 2 {
		buf := make([]byte, size)
		n, err := f.ReadAt(buf, 0)
		if i := bytes.Index(buf[:n], mark); i >= 0 {
			h := new(head)
			err := json.Unmarshal(append(buf[:i:i], '}'), h)
			return h, int64(i + len(mark)), err
		}
		if err != nil {
			return nil, 0, errors.New("no dense value array")
		}
	}
}

// findStatus says where the first token of the status object is: after the
// first closing bracket from the values on.
func findStatus(f *os.File, from int64) (int64, error) {
	buf := make([]byte, windowSize)
	for {
		n, err := f.ReadAt(buf, from)
		if i := bytes.IndexByte(buf[:n], ']'); i >= 0 {
			return from + int64(i+len(`],"status":{`)), nil
		}
		if err != nil {
			return 0, errors.New("value has no end")
		}
		from += int64(n)
	}
}

// A window is the part of the file that is being scanned.
type window struct {
	f    *os.File
	next int64 // where the file goes on after buf
	buf  []byte
	data []byte // what is left of buf
}

func newWindow(f *os.File, at int64) *window {
	return &window{f: f, next: at, buf: make([]byte, windowSize)}
}

// fill reads on when no whole token may be left.
func (w *window) fill() error {
	n := copy(w.buf, w.data)
	m, err := w.f.ReadAt(w.buf[n:], w.next)
	w.next += int64(m)
	w.data = w.buf[:n+m]
	if m == 0 && err != nil && err != io.EOF {
		return err
	}
	return nil
}

const longest = 64 // bytes of a token

func writeCSV(w io.Writer, h *head, values, statuses *window) error {
	// labels[d][i] is the label of category i with its comma.
	labels := make([][][]byte, len(h.ID))
	out := make([]byte, 0, windowSize)
	for d, id := range h.ID {
		dim := h.Dimension[id]
		labels[d] = make([][]byte, h.Size[d])
		for code, i := range dim.Category.Index {
			labels[d][i] = []byte(dim.Category.Label[code] + ",")
		}
		out = append(out, dim.Label+","...)
	}
	out = append(out, "Status,Value\n"...)

	last := len(labels) - 1
	at := make([]int, last)
	var prefix []byte
	cell := 0
	marked, mark := nextStatus(statuses)
	for {
		prefix = prefix[:0]
		for d, i := range at {
			prefix = append(prefix, labels[d][i]...)
		}
		room := len(prefix) + 4*longest
		for _, label := range labels[last] {
			if cap(out)-len(out) < room+len(label) {
				if _, err := w.Write(out); err != nil {
					return err
				}
				out = out[:0]
			}
			out = append(append(out, prefix...), label...)
			if cell == marked {
				out = append(out, mark...)
				marked, mark = nextStatus(statuses)
			}
			out = append(out, ',')
			if len(values.data) < longest {
				if err := values.fill(); err != nil {
					return err
				}
			}
			data := values.data
			n := 0
			for n < len(data) && data[n] != ',' && data[n] != ']' {
				n++
			}
			if data[0] == 'n' {
				out = append(out, "n/a\n"...)
			} else {
				out = append(append(out, data[:n]...), '\n')
			}
			values.data = data[n+1:]
			cell++
		}
		d := last - 1
		for ; d >= 0; d-- {
			if at[d]++; at[d] < len(labels[d]) {
				break
			}
			at[d] = 0
		}
		if d < 0 {
			_, err := w.Write(out)
			return err
		}
	}
}

// nextStatus reads "position":"symbol" and what follows it; -1 is the end. The
// symbol stays valid until the next call.
func nextStatus(w *window) (int, []byte) {
	if len(w.data) < longest {
		if err := w.fill(); err != nil {
			return -1, nil
		}
	}
	data := w.data
	if len(data) == 0 || data[0] != '"' {
		return -1, nil
	}
	cell, i := 0, 1
	for ; data[i] != '"'; i++ {
		cell = cell*10 + int(data[i]-'0')
	}
	start := i + len(`":"`)
	end := start + 1
	for data[end] != '"' {
		end++
	}
	w.data = data[end+2:]
	return cell, data[start:end]
}
