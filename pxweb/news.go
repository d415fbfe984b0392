package pxweb

import (
	"context"
	"fmt"
	"strings"

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

// news compares, cheapest first: what the query covers, when the table was updated, and
// where that leaves it open the cells of the newest period.
func (s *server) news(ctx context.Context, q *Query, old *jsonstat.Dataset) (*News, error) {
	if why := others(q, old); why != "" {
		return &News{true, why}, nil
	}
	now, at := s.calls.Now(), s.at()
	updated := q.Table.Updated
	dated := isDate(updated, now)
	switch {
	case q.Table.API == V2 && !dated:
		return &News{true, undatedTable}, nil
	case !isDate(old.Updated(), now):
		return &News{true, "the document does not say when it was updated"}, nil
	case at.host.Dated && dated && !Since(updated, old.Updated()):
		return &News{false, fmt.Sprintf("the table was updated %s and has no other values", updated)}, nil
	}
	// The table may have been updated for other contents, or not say when: ask for some of
	// those of the query.
	sample, err := s.sample(ctx, q)
	switch {
	case isNo(err) && dated: // what the metadata say must do
		if Since(updated, old.Updated()) {
			return &News{true, fmt.Sprintf("the table was updated %s, the document %s", updated, old.Updated())}, nil
		}
		return &News{false, fmt.Sprintf("both were updated %s, and the table has no other values", updated)}, nil
	case err != nil:
		return nil, err
	}
	updated = sample.Updated()
	switch {
	case !isDate(updated, now):
		return &News{true, undatedTable}, nil
	case Since(updated, old.Updated()):
		return &News{true, fmt.Sprintf("the table was updated %s, the document %s", updated, old.Updated())}, nil
	}
	same, err := sameCells(sample, old)
	if err != nil {
		return nil, err
	}
	if !same {
		return &News{true, fmt.Sprintf("figures differ, though both were updated %s", updated)}, nil
	}
	return &News{false, fmt.Sprintf("both were updated %s, and the table has no other values and the same newest figures", updated)}, nil
}

// others says which values the query covers and a document has not, or the reverse; "" if
// they are the same. A variable of which one value is asked for may be missing in the
// document: servers leave out contents of which there is one.
func others(q *Query, old *jsonstat.Dataset) string {
	for i := range q.Chosen {
		c := &q.Chosen[i]
		d := old.Dimension(c.Variable.Code)
		if c.Whole || d == nil && len(c.Codes) == 1 || d != nil && d.Len() == 1 && d.CategoryID(0) == eliminatedValue {
			continue
		}
		if d == nil {
			return fmt.Sprintf("the document has no variable %s", c.Variable.Code)
		}
		var more []string
		for _, code := range c.Codes {
			if d.Index(code) < 0 {
				more = append(more, code)
			}
		}
		if len(more) > 3 {
			more = append(more[:3:3], "...")
		}
		switch {
		case len(more) > 0:
			return fmt.Sprintf("the document has not %s of %s", strings.Join(more, ", "), c.Variable.Code)
		case len(c.Codes) != d.Len():
			return fmt.Sprintf("the document has other values of %s", c.Variable.Code)
		}
	}
	return ""
}

// sameCells tells whether a document has the cells of a sample of it, status and all. What
// it does not have in the form of the sample is not compared.
func sameCells(sample, old *jsonstat.Dataset) (bool, error) {
	dims := sample.Dimensions()
	for obs, err := range sample.Observations() {
		if err != nil {
			return false, err
		}
		var at []string
		for i, d := range dims {
			if old.Dimension(d.ID()) != nil && d.CategoryID(0) != eliminatedValue {
				at = append(at, d.ID(), obs.Category(i).ID)
			}
		}
		have, err := old.At(at...)
		if err != nil {
			return true, nil // the document is not of that form
		}
		if obs.Missing() && obs.Status() == "-" {
			continue // the document may have a number for it, see WriteOptions
		}
		if have.Text != obs.Text() || have.Status != obs.Status() {
			return false, nil
		}
	}
	return true, nil
}
