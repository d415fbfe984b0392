package conformance_test

import (
	"slices"
	"strings"
)

// pivotDifferences are those of jsonstat2csv --by. The reference builds rows as
// JavaScript objects: from the id of a dimension to a label, and from the id of
// a category to a value.
var pivotDifferences = []difference{
	{
		name:    "pivot-newline",
		reason:  "a text file ends with the end of a line; the long form does",
		applies: (*comparison).pivots,
		edit:    func(_ *comparison, t *table) { t.noNewline = true },
	},
	{
		name:   "pivot-title-missing",
		reason: "the id says which dimension it is; so does the long form",
		applies: func(c *comparison) bool {
			return c.pivots() && !c.call.fid && c.anyDimension(func(d *cubeDimension) bool { return falsy(d.label) })
		},
		edit: func(_ *comparison, t *table) {
			for i, col := range t.cols {
				if col.dim >= 0 && falsy(t.cube.dims[col.dim].label) && t.header[i].text == col.key {
					t.header[i].text = "null"
				}
			}
		},
	},
	{
		name:   "dimension-named-value",
		reason: "a dimension may have any id",
		applies: func(c *comparison) bool {
			return c.pivots() && c.cube.dimension("value") >= 0
		},
		ends: unlike,
	},
	{
		name:    "merged-columns",
		reason:  "a value is lost for each label that comes up twice",
		applies: (*comparison).pivots,
		edit:    func(_ *comparison, t *table) { t.mergeColumns() },
	},
	{
		name:    "merged-rows",
		reason:  "values are lost for labels that come up twice",
		applies: (*comparison).pivots,
		edit:    func(_ *comparison, t *table) { t.mergeRows() },
	},
	{
		name:    "overwritten-column",
		reason:  "the labels of a dimension are lost if a category has its id",
		applies: (*comparison).pivots,
		edit:    func(_ *comparison, t *table) { t.overwrite() },
	},
	{
		name:    "pivot-columns",
		reason:  "years would stand before the dimensions that they belong to, and the total last; the order of the document has a meaning",
		applies: (*comparison).pivots,
		edit: func(_ *comparison, t *table) {
			keys := make([]string, len(t.cols))
			for i, col := range t.cols {
				keys[i] = col.key
			}
			order := keyOrder(keys)
			t.cols, t.header = permute(t.cols, order), permute(t.header, order)
			for i := range t.rows {
				t.rows[i] = permute(t.rows[i], order)
			}
		},
	},
	{
		name:    "pivot-rows",
		reason:  "likewise",
		applies: (*comparison).pivots,
		edit: func(_ *comparison, t *table) {
			keys := make([]string, len(t.rows))
			for i, row := range t.rows {
				keys[i] = t.rowKey(row)
			}
			t.rows = permute(t.rows, keyOrder(keys))
		},
	},
}

// permute puts a list into an order.
func permute[T any](list []T, order []int) []T {
	sorted := make([]T, len(list))
	for i, k := range order {
		sorted[i] = list[k]
	}
	return sorted
}

// rowKey is what the reference knows a row by.
func (t *table) rowKey(row []cell) string {
	var words []string
	coords := t.rowCoords(row)
	for i := range t.cube.dims {
		d := &t.cube.dims[i]
		dropped := len(d.ids) == 1 && slices.Contains(t.call.drop, d.id)
		if i == t.call.pivoted(t.cube) || dropped {
			continue
		}
		label := d.shown(coords[i], t.call.cid)
		if _, absent := label.(undefined); absent || label == nil {
			label = ""
		}
		words = append(words, jsString(label))
	}
	return strings.Join(words, "\t")
}

// deleteColumn takes a column out.
func (t *table) deleteColumn(i int) {
	t.cols, t.header = slices.Delete(t.cols, i, i+1), slices.Delete(t.header, i, i+1)
	for k := range t.rows {
		t.rows[k] = slices.Delete(t.rows[k], i, i+1)
	}
}

// later is the value that was written last, in the order of the cube.
func later(a, b cell) cell {
	if b.pos > a.pos {
		return b
	}
	return a
}

// mergeColumns merges the columns of categories that have the same label, of
// which the last one gives its id.
func (t *table) mergeColumns() {
	for i := 0; i < len(t.cols); i++ {
		if t.cols[i].category < 0 {
			continue
		}
		for j := i + 1; j < len(t.cols); j++ {
			if t.cols[j].category < 0 || t.cols[j].key != t.cols[i].key {
				continue
			}
			for _, row := range t.rows {
				row[i] = later(row[i], row[j])
			}
			t.header[i] = t.header[j]
			t.deleteColumn(j)
			j--
		}
	}
}

// mergeRows merges the rows whose labels, put together, are the same.
func (t *table) mergeRows() {
	first := map[string][]cell{}
	var rows [][]cell
	for _, row := range t.rows {
		key := t.rowKey(row)
		into, ok := first[key]
		if !ok {
			first[key] = row
			rows = append(rows, row)
			continue
		}
		for i := range row {
			if row[i].pos >= 0 {
				into[i] = later(into[i], row[i])
			}
		}
	}
	t.rows = rows
}

// overwrite lets categories take the place of what has their id: the column of
// a dimension, or the title of one that has no column.
func (t *table) overwrite() {
	for i := 0; i < len(t.cols); i++ {
		key := t.cols[i].key
		dim := t.cube.dimension(key)
		if t.cols[i].category < 0 || dim < 0 {
			continue
		}
		by := &t.cube.dims[t.call.pivoted(t.cube)]
		if !t.call.fid && t.header[i].text == jsString(by.shown(by.ours.Index(key), false)) {
			t.header[i].text = t.cube.dims[dim].pivotHeader()
		}
		stub := slices.IndexFunc(t.cols, func(c column) bool { return c.dim == dim })
		if stub < 0 {
			continue
		}
		for _, row := range t.rows {
			row[stub] = row[i]
		}
		t.header[stub] = t.header[i]
		t.cols[stub].category, t.cols[stub].dim = t.cols[i].category, -1
		t.deleteColumn(i)
		i--
	}
}
