package convert

import (
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// openMeta writes the description of the table, if it is asked for, and what
// opens the table. It returns what ends them.
func (t *jsonTable) openMeta(open, shut string) string {
	if t.o.Meta {
		t.meta()
		shut += "}"
	}
	t.str(open)
	return shut
}

// meta writes the description: of the dataset, of the options that shaped the
// table, and of the dimensions.
func (t *jsonTable) meta() {
	ds, o := t.ds, &t.o
	pivoted := t.l.Pivoted()
	text := func(s string) {
		if s == "" {
			t.str("null")
		} else {
			t.quoted(s)
		}
	}
	flag := func(name string, on bool) {
		t.str(`,"` + name + `":`)
		if on {
			t.str("true")
		} else {
			t.str("false")
		}
	}
	t.str(`{"meta":{"label":`)
	text(ds.Label())
	t.str(`,"source":`)
	text(ds.Source())
	t.str(`,"updated":`)
	text(ds.Updated())
	t.str(`,"id":`)
	t.list(len(ds.Dimensions()), func(i int) string { return ds.Dimensions()[i].ID() })
	flag("status", o.Status)
	flag("unit", t.unit >= 0)
	t.str(`,"by":`)
	switch {
	case !pivoted:
		t.str("null")
	case len(o.By) == 1:
		t.quoted(o.By[0])
	default:
		t.list(len(o.By), func(i int) string { return o.By[i] })
	}
	flag("bylabel", o.ByLabel)
	t.str(`,"drop":`)
	switch {
	case o.DropConstant:
		t.list(len(t.l.Dropped), func(i int) string { return ds.Dimensions()[t.l.Dropped[i]].ID() })
	case pivoted && len(o.Drop) > 0:
		t.list(len(o.Drop), func(i int) string {
			if d := ds.Dimension(o.Drop[i]); d.Len() == 1 {
				return o.Drop[i]
			}
			return "" // it has several categories, and stays
		})
	default:
		t.str("null")
	}
	t.str(`,"prefix":`)
	if pivoted {
		t.quoted(o.Prefix)
	} else {
		t.str("null")
	}
	flag("comma", o.Comma)
	t.str(`,"dimensions":{`)
	hasRole := false
	for _, d := range ds.Dimensions() {
		hasRole = hasRole || d.Role() != jsonstat.Classification
	}
	for _, d := range ds.Dimensions() {
		t.buf = jsontoken.AppendName(t.buf, d.ID())
		t.str(`{"label":`)
		if d.HasLabel() {
			t.quoted(d.Label())
		} else {
			t.str("null")
		}
		t.str(`,"role":`)
		if hasRole {
			t.quoted(string(d.Role()))
		} else {
			t.str("null")
		}
		t.str(`,"categories":{"id":`)
		t.list(d.Len(), d.CategoryID)
		t.str(`,"label":`)
		t.list(d.Len(), d.CategoryLabel)
		t.str("}}")
	}
	t.str(`}},"data":`)
}

func (t *jsonTable) list(n int, item func(i int) string) {
	t.str("[")
	for i := range n {
		t.buf = jsontoken.AppendString(jsontoken.AppendComma(t.buf), item(i))
	}
	t.str("]")
}
