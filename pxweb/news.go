package pxweb

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/pxext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// News is what a server has and a document has not.
type News struct {
	Any bool

	// Why says what is new, or what was compared and is the same: a text that goes on
	// from "new: " or "nothing new: ".
	Why string
}

const undatedTable = "the table does not say when it was updated"

// news compares, cheapest first: the shape of what the query covers, when the table was
// updated, and where that proves nothing some of its cells. Whatever differs is news. A
// document of another table is a mistake.
func (s *server) news(ctx context.Context, q *Query, old *jsonstat.Dataset) (*News, error) {
	at := s.at()
	if err := sameTable(at.tableIDOf(q.Table), tableID(old)); err != nil {
		return nil, err
	}
	if why := others(q, old); why != "" {
		return &News{true, why}, nil
	}
	meta, had := q.Table.date(), dated{old.Updated(), s.calls.Now()}
	same := &News{false, fmt.Sprintf("both were updated %s, and the table has no other values", had.Updated)}
	switch {
	case q.Table.API == V2 && meta.saysNothing():
		return &News{true, undatedTable}, nil
	case had.saysNothing():
		return &News{true, "the document does not say when it was updated"}, nil
	case at.host.Dated && !meta.saysNothing() && sameTime(meta.Updated, had.Updated) && len(q.Chosen) > 0:
		return same, nil
	}
	// The table may have been updated for other contents, or not say when: ask for some of
	// those of the query.
	sample, err := s.sample(ctx, q)
	switch {
	case isNo(err) && !meta.saysNothing(): // what the metadata say must do
		if !sameTime(meta.Updated, had.Updated) {
			return &News{true, datesDiffer(meta.Updated, had.Updated)}, nil
		}
		return same, nil
	case err != nil:
		return nil, err
	}
	if err := sameTable(tableID(sample), tableID(old)); err != nil {
		return nil, err
	}
	now := dated{sample.Updated(), s.calls.Now()}
	switch {
	case now.saysNothing():
		return &News{true, undatedTable}, nil
	case !sameTime(now.Updated, had.Updated):
		return &News{true, datesDiffer(now.Updated, had.Updated)}, nil
	case !at.host.Dated && !meta.saysNothing() && !sameTime(meta.Updated, had.Updated) && allContents(q):
		return &News{true, datesDiffer(meta.Updated, had.Updated)}, nil
	}
	n, why, err := sameCells(q, sample, old)
	if err != nil {
		return nil, err
	}
	if why != "" {
		return &News{true, why}, nil
	}
	return &News{false, fmt.Sprintf("both were updated %s, the table has no other values, and the newest figures are the same (%d compared)", had.Updated, n)}, nil
}

func datesDiffer(table, document string) string {
	return fmt.Sprintf("the table was updated %s, the document %s", table, document)
}

// tableID is the table that a document is of, "" if it does not say.
func tableID(ds *jsonstat.Dataset) string { return pxext.TableOf(ds.Extension()).TableID }

// tableIDOf is what documents call a table, "" if that is not known.
func (s *site) tableIDOf(t *Table) string {
	switch {
	case t.Dataset != nil:
		return tableID(t.Dataset)
	case s.short() && isTableNumber(t.ID):
		return t.ID
	}
	return ""
}

// sameTable is the error for a document of another table, where both are known.
func sameTable(table, document string) error {
	if table == "" || document == "" || strings.EqualFold(table, document) {
		return nil
	}
	return selectionErrorf("", "the document is of table %s, and not of %s", document, table)
}

// allContents tells whether a query asks for all contents.
func allContents(q *Query) bool {
	for i := range q.Chosen {
		if c := &q.Chosen[i]; q.isMetric(i) && c.Variable.Dim != nil && len(c.Codes) < c.Variable.Dim.Len() {
			return false
		}
	}
	return true
}

// others says in what the shape of a document differs from what the query covers, "" if it
// does not. Contents of which there is one may be missing on either side, for servers leave
// them out or put them in.
func others(q *Query, old *jsonstat.Dataset) string {
	for _, d := range old.Dimensions() {
		at := q.find(d.ID())
		if at < 0 && len(q.Chosen) > 0 && !(d.Len() == 1 && (d.Role() == jsonstat.Metric || d.CategoryID(0) == eliminatedValue)) {
			return fmt.Sprintf("the document has the variable %s, which the query leaves out", d.ID())
		}
	}
	for i := range q.Chosen {
		c := &q.Chosen[i]
		d := old.Dimension(c.Variable.Code)
		if c.Whole || q.isMetric(i) && len(c.Codes) == 1 && (d == nil || d.Len() == 1 && d.CategoryID(0) == eliminatedValue) {
			continue
		}
		if d == nil {
			return fmt.Sprintf("the document has no variable %s", c.Variable.Code)
		}
		if why := otherValues(c.Codes, d); why != "" {
			return why
		}
	}
	return ""
}

// otherValues says which codes a dimension of a document has not, or that it has more.
func otherValues(codes []string, d *jsonstat.Dimension) string {
	var more []string
	for _, code := range codes {
		if d.Index(code) < 0 {
			more = append(more, code)
		}
	}
	if len(more) > 3 {
		more = append(more[:3:3], "...")
	}
	switch {
	case len(more) > 0:
		return fmt.Sprintf("the document has not %s of %s", strings.Join(more, ", "), d.ID())
	case len(codes) != d.Len():
		return fmt.Sprintf("the document has other values of %s", d.ID())
	}
	return ""
}

// sameCells compares the cells of a sample with those of a document, status and all. It says
// in what they differ, "" if they do not, and how many there were.
func sameCells(q *Query, sample, old *jsonstat.Dataset) (n int, why string, err error) {
	dims := sample.Dimensions()
	for _, d := range dims {
		have := old.Dimension(d.ID())
		at := q.find(d.ID())
		switch {
		case have == nil && d.Len() > 1:
			return 0, fmt.Sprintf("the document has no variable %s", d.ID()), nil
		case have != nil && (at < 0 || q.Chosen[at].Whole) && d.CategoryID(0) != eliminatedValue:
			// It came whole, and the query does not know its values.
			if why := otherValues(allCodes(d), have); why != "" {
				return 0, why, nil
			}
		}
	}
	for obs, err := range sample.Observations() {
		if err != nil {
			return n, "", err
		}
		var at []string
		for i, d := range dims {
			if old.Dimension(d.ID()) != nil && d.CategoryID(0) != eliminatedValue {
				at = append(at, d.ID(), obs.Category(i).ID)
			}
		}
		have, err := old.At(at...)
		if err != nil {
			return n, fmt.Sprintf("the document is of another form: %v", err), nil
		}
		n++
		if obs.Missing() && obs.Status() == "-" {
			continue // the document may have a number for it, see WriteOptions
		}
		if have.Text != obs.Text() || have.Status != obs.Status() {
			return n, "figures differ, though the dates do not", nil
		}
	}
	return n, "", nil
}

// sample asks for some cells of a query.
func (s *server) sample(ctx context.Context, q *Query) (*jsonstat.Dataset, error) {
	return s.head(ctx, spread(q, s.limits().Cells))
}

// sampled is how many cells of each content are compared.
const sampled = 400

// spread are codes of each variable of a query for a sample: the newest period, all contents,
// and of the others as many as there is room for, evenly over all. A sample of one region may
// be of one that is closed.
func spread(q *Query, limit int64) *Query {
	few := &Query{Table: q.Table, Default: q.Default, Chosen: slices.Clone(q.Chosen)}
	room := int64(sampled)
	var free []int
	for i := range few.Chosen {
		c := &few.Chosen[i]
		switch n := len(c.Codes); {
		case c.Whole: // it comes whole, and is large
			limit = 1
		case q.isMetric(i):
			limit /= max(1, int64(n))
		case c.Variable.Role() == jsonstat.Time && n > 1:
			c.Codes = c.Codes[n-1:]
		case n > 1:
			free = append(free, i)
		}
	}
	if limit > 0 {
		room = max(1, min(room, limit))
	}
	slices.SortFunc(free, func(a, b int) int { return len(few.Chosen[a].Codes) - len(few.Chosen[b].Codes) })
	for k, i := range free {
		// The root of what is left, so that all get their share.
		most := int64(1)
		for power(most+1, len(free)-k) <= room {
			most++
		}
		c := &few.Chosen[i]
		n := min(int64(len(c.Codes)), most)
		c.Codes = evenly(c.Codes, int(n))
		room /= n
	}
	return few
}

// power is a product of equal factors, as far as it matters here.
func power(base int64, n int) int64 {
	p := int64(1)
	for range n {
		if p *= base; p > sampled {
			break
		}
	}
	return p
}

// evenly picks n texts of a list, the first and the last among them.
func evenly(list []string, n int) []string {
	if n == 1 {
		return list[:1]
	}
	picked := make([]string, n)
	for i := range picked {
		picked[i] = list[i*(len(list)-1)/(n-1)]
	}
	return picked
}
