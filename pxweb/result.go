package pxweb

import (
	"bufio"
	"fmt"
	"io"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/spool"
)

// Result is a table that was fetched: its parts are files, and the cube is made
// of them while it is written.
type Result struct {
	Query    *Query
	Title    string // of the answer, which tells what was left out
	Updated  string // as the server writes it
	Cells    int64
	Requests int // that brought parts
	Reused   int // parts that an earlier run had saved
	Checked  int // of these, those that were asked for again, to see whether they still hold
	Warnings []string

	head  *value
	merge *merge
	job   *job
}

// WriteOptions say how a result is written.
type WriteOptions struct {
	// Nil is the number for cells that have no value and the symbol "-", which at
	// Statistics Norway is an exact zero: "0". Default: they stay as they are.
	Nil string
}

// newResult unites the parts.
func newResult(q *Query, parts []*part) (*Result, error) {
	r := &Result{Query: q}
	dims, err := targets(q, parts)
	if err != nil {
		return nil, err
	}
	if r.merge, err = newMerge(parts, dims); err != nil {
		return nil, err
	}
	titles := retitler{tableTitle: q.Table.rawTitle}
	for i := range q.Chosen {
		if q.isMetric(i) {
			titles.metric = q.Chosen[i].Variable.Code
			titles.metricSplit = titles.metricSplit || slices.ContainsFunc(parts, func(p *part) bool { return p.box[i] != parts[0].box[i] })
		}
	}
	h := newHeadMerger(titles)
	for _, p := range parts {
		if p.rebuilt >= 0 {
			h.warn("the server leaves out %s where one value of it is asked for: what it is was taken from the metadata", q.Chosen[p.rebuilt].Variable.Code)
		}
		root, err := p.tree(q)
		if err != nil {
			return nil, err
		}
		if len(parts) > 1 && root.get("dimension") == nil {
			return nil, fmt.Errorf("%w: they are no JSON-stat of version 2", ErrMerge)
		}
		if err := h.add(root); err != nil {
			return nil, err
		}
	}
	if len(parts) > 1 || parts[0].rebuilt >= 0 {
		h.finish(dims)
	}
	r.head, r.Warnings = h.root, append(slices.Clone(q.Warnings), h.warnings...)
	r.Title, r.Updated = h.root.get("label").text(), h.root.get("updated").text()
	r.Cells = 1
	for _, d := range dims {
		r.Cells *= int64(len(d.codes))
	}
	return r, nil
}

// targets finds the dimensions of the cube: those of the parts, with codes in the
// order of the table where parts have different ones, else in their own order.
func targets(q *Query, parts []*part) ([]target, error) {
	first := parts[0]
	for _, p := range parts[1:] {
		if !slices.Equal(p.ids, first.ids) {
			return nil, fmt.Errorf("%w: one has the variables %v, another %v", ErrMerge, first.ids, p.ids)
		}
	}
	dims := make([]target, len(first.ids))
	for i, id := range first.ids {
		same := !slices.ContainsFunc(parts, func(p *part) bool { return p.axes[i] != first.axes[i] })
		dims[i] = target{id: id, codes: first.axes[i].codes, same: same}
		if same {
			continue
		}
		at := q.find(id)
		if at >= 0 && q.Chosen[at].Codes != nil && ascending(parts, i, q.Chosen[at].Codes) {
			dims[i].codes = q.Chosen[at].Codes
		} else {
			dims[i].codes = inTurn(parts, i)
		}
		dims[i].summed = at >= 0 && q.Chosen[at].Variable.Elimination && takesAll(&q.Chosen[at])
	}
	return dims, nil
}

// takesAll tells whether all values of a variable are asked for, and no groups of them.
func takesAll(c *Chosen) bool {
	return c.CodeList == "" && c.Variable.Dim != nil && len(c.Codes) == c.Variable.Dim.Len()
}

// ascending tells whether all parts have their codes of a dimension in an order.
func ascending(parts []*part, i int, order []string) bool {
	rank := make(map[string]int, len(order))
	for k, code := range order {
		rank[code] = k
	}
	seen := map[*axis]bool{}
	for _, p := range parts {
		if seen[p.axes[i]] {
			continue
		}
		seen[p.axes[i]] = true
		last := -1
		for _, code := range p.axes[i].codes {
			k, ok := rank[code]
			if !ok || k <= last {
				return false
			}
			last = k
		}
	}
	return true
}

// inTurn lists the codes of a dimension as the parts have them, one after the
// other.
func inTurn(parts []*part, i int) []string {
	var list []string
	seen := map[string]bool{}
	for _, p := range parts {
		for _, code := range p.axes[i].codes {
			if !seen[code] {
				seen[code] = true
				list = append(list, code)
			}
		}
	}
	return list
}

// Write writes the cube as JSON-stat, in one pass over the parts: members in the
// order of the server, numbers and texts as it wrote them.
func (r *Result) Write(w io.Writer, opts *WriteOptions) error {
	out := bufio.NewWriterSize(w, 64<<10)
	var spooled *spool.Buffer
	defer func() { _ = spooled.Close() }()
	_ = out.WriteByte('{')
	for i, m := range r.head.members {
		if i > 0 {
			_ = out.WriteByte(',')
		}
		_, _ = out.Write(m.quoted)
		_ = out.WriteByte(':')
		switch {
		case m.name == "value":
			later := r.head.index("status") > i
			cells := &cellWriter{values: rowOut{w: out, sparse: m.value.kind == '{'}}
			if opts != nil && opts.Nil != "" {
				cells.zero = []byte(opts.Nil)
			}
			if later {
				spooled = &spool.Buffer{}
				cells.statuses = rowOut{w: spooled, sparse: r.head.get("status").kind != '['}
			}
			if err := r.row(out, m.value.kind, cells); err != nil {
				return err
			}
		case m.name == "status" && spooled != nil:
			_, _ = out.WriteString(brackets(m.value.kind)[:1])
			if err := spooled.CopyTo(out); err != nil {
				return err
			}
			_, _ = out.WriteString(brackets(m.value.kind)[1:])
		case m.name == "status":
			cells := &cellWriter{statuses: rowOut{w: out, sparse: m.value.kind != '['}}
			if err := r.row(out, m.value.kind, cells); err != nil {
				return err
			}
		default:
			_, _ = out.Write(m.value.appendTo(nil))
		}
	}
	_ = out.WriteByte('}')
	return out.Flush()
}

// row writes a row of cells with its brackets.
func (r *Result) row(out *bufio.Writer, kind byte, cells *cellWriter) error {
	_, _ = out.WriteString(brackets(kind)[:1])
	if err := r.merge.copyCells(cells); err != nil {
		return err
	}
	_, _ = out.WriteString(brackets(kind)[1:])
	return nil
}

// brackets are those of a row: of an array, else of an object.
func brackets(kind byte) string {
	if kind == '[' {
		return "[]"
	}
	return "{}"
}

// Kept tells whether a later run will find the parts, until Done is called.
func (r *Result) Kept() bool { return r.job.kept() }

// Done removes what was saved of the parts. Call it when the result is where it
// should be; until then the same query goes on with them.
func (r *Result) Done() error { return r.job.remove() }

// Close leaves the parts for a later run, unless Done removed them.
func (r *Result) Close() error { return r.job.close() }
