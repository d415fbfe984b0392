package jsonstat

import (
	"strconv"

	"github.com/jsonstat-go/toolkit/jsonstat/internal/scan"
)

// dataset reads the head of an embedded dataset and finds its cells.
func (d *Document) dataset(ref *datasetRef) (*Dataset, error) {
	n := ref.node
	ds := &Dataset{doc: d, node: n, byID: map[string]int{}}
	dims := n.get("dimension")
	if !dims.isObject() {
		return nil, d.errorAt(n, ErrNotJSONStat, `the dataset has no "dimension"`)
	}
	ids, sizes, roles := d.axes(ds, n, dims)
	if !ids.isArray() {
		return nil, d.errorAt(n, ErrNotJSONStat, `the dataset has no "id": the order of its dimensions is not known`)
	}
	d.members(ds, n)
	for i, v := range ids.items {
		id, ok := v.scalar()
		if !ok {
			return nil, d.errorAt(v, ErrNotJSONStat, "the id of dimension %d is %s, not a string", i, v.what())
		}
		if _, twice := ds.byID[id]; twice {
			return nil, d.errorAt(v, ErrNotJSONStat, "dimension %q stands twice in \"id\"", id)
		}
		m := dims.get(id)
		if !m.ok() {
			return nil, d.errorAt(v, ErrNotJSONStat, "dimension %q of \"id\" is not among the dimensions: %s", id, namesOf(dims))
		}
		dim, err := d.dimension(id, m)
		if err != nil {
			return nil, err
		}
		ds.byID[id] = i
		ds.head.Dimensions = append(ds.head.Dimensions, dim)
	}
	d.roles(ds, roles)
	for name, m := range dims.members {
		if _, known := ds.byID[name]; known || isAxis(name, m) {
			continue
		}
		d.warn(WarnDimension, m, "dimension %q is not in \"id\": it is left out", name)
	}
	if err := d.cells(ds, sizes); err != nil {
		return nil, err
	}
	return ds, d.refused
}

// namesOf lists the first members of an object for a message.
func namesOf(n node) string {
	var names []string
	for name := range n.members {
		if len(names) == 10 {
			names = append(names, "…")
			break
		}
		names = append(names, name)
	}
	return quoteList(names, ", ")
}

// isAxis tells id, size and role inside "dimension", where they stood before
// 2.0, from dimensions of these names.
func isAxis(name string, n node) bool {
	switch name {
	case "id", "size":
		return n.isArray()
	case "role":
		return n.isObject() && !n.get("category").ok() && !n.get("href").ok()
	}
	return false
}

// axes finds id, size and role, at the root or inside "dimension".
func (d *Document) axes(ds *Dataset, n, dims node) (ids, sizes, roles node) {
	pick := func(name string) node {
		root, inner := n.get(name), dims.get(name)
		if !isAxis(name, inner) {
			inner = node{}
		}
		if isAxis(name, root) {
			if inner.ok() {
				d.warn(WarnTransitional, inner, "%q stands in the dataset and in its dimensions", name)
			}
			return root
		}
		if name == "role" && root.ok() && !root.isNull() {
			return root // of a wrong type: roles says so
		}
		if inner.ok() && name != "role" {
			ds.old = true
		}
		return inner
	}
	return pick("id"), pick("size"), pick("role")
}

// members reads what needs no look at other members.
func (d *Document) members(ds *Dataset, n node) {
	h := &ds.head
	seen := map[string]bool{}
	version, class := false, false
	for name, v := range n.members {
		if seen[name] {
			d.warn(WarnDuplicate, v, "%q stands twice in the same object: the last one counts", name)
		}
		seen[name] = true
		h.order = append(h.order, name)
		switch name {
		case "version":
			version = v.isString()
		case "class":
			class = v.isString()
		case "label":
			h.Label = d.text(v, name)
		case "source":
			h.Source = d.text(v, name)
		case "updated":
			h.Updated = d.text(v, name)
		case "href":
			h.Href = d.text(v, name)
		case "note":
			h.Notes = d.notes(v)
		case "link":
			h.Links = readLinks(v)
		case "extension":
			h.Extension = v.message()
		case "id", "size", "role", "dimension", "value", "status":
		case "measure":
			if n.get("value").ok() {
				h.Members = append(h.Members, Member{name, v.message()})
			}
		default:
			if v.isCells() {
				continue
			}
			h.Members = append(h.Members, Member{name, v.message()})
		}
	}
	if ds.old {
		h.order = nil // it is upgraded when written
		return        // there was no class and no version then
	}
	if n.i == d.root.i && !class {
		d.warn(WarnClass, n, `"class" is missing`)
	}
	if n.i == d.root.i && !version {
		d.warn(WarnClass, n, `"version" is missing`)
	}
}

// roles gives the dimensions their roles.
func (d *Document) roles(ds *Dataset, n node) {
	if n.ok() && !n.isObject() && !n.isNull() {
		d.warn(WarnRole, n, `"role" is %s, not an object: it is left out`, n.what())
	}
	for role, list := range n.members {
		give := func(v node) {
			id, _ := v.scalar()
			i, known := ds.byID[id]
			switch {
			case !known:
				d.warn(WarnRole, v, "role %q names %q, which is no dimension", role, shorten(id, 40))
			case ds.head.Dimensions[i].role != "" && ds.head.Dimensions[i].role != Role(role):
				d.warn(WarnRole, v, "dimension %q has the roles %q and %q: the first one counts", id, ds.head.Dimensions[i].role, role)
			default:
				ds.head.Dimensions[i].role = Role(role)
			}
		}
		switch {
		case list.isArray():
			for _, v := range list.items {
				give(v)
			}
		case list.isString():
			d.warn(WarnRole, list, "role %q is a string, not an array", role)
			give(list)
		case !list.isNull():
			d.warn(WarnRole, list, "role %q is %s, not an array: it is left out", role, list.what())
		}
	}
}

// cells finds values and statuses and holds their number against the sizes.
func (d *Document) cells(ds *Dataset, sizes node) error {
	value := ds.node.get("value")
	if !value.ok() {
		if value = ds.node.get("measure"); value.ok() {
			d.warn(WarnMeasure, value, `the values are called "measure"`)
		}
	}
	values, err := d.row(value, false)
	if err != nil {
		return err
	}
	if values == nil && value.ok() && !value.isNull() {
		return d.errorAt(value, ErrNotJSONStat, `"value" is %s, not an array or an object`, value.what())
	}
	live := d.live && values != nil && values.End == 0
	ds.noCells = values == nil || (!live && values.Count == 0)
	if err := d.size(ds, sizes, values, live); err != nil {
		return err
	}
	if ds.noCells {
		d.warn(WarnMetadataOnly, ds.node, `"value" is empty or absent: there are no data`)
		values = nil
	}
	if values != nil && !live {
		if err := d.checkValues(ds, value, values); err != nil {
			return err
		}
	}
	src := &textCells{doc: d, n: ds.n, value: values, valueNode: value, live: live}
	if err := d.status(ds, src); err != nil {
		return err
	}
	if live && d.opts.Need&NeedStatus == 0 {
		src.status, src.all = nil, 0
	}
	ds.cells = src
	return nil
}

// row is the row of cells of a member, nil if it is none. Rows that the parser
// did not take for such are scanned now.
func (d *Document) row(n node, words bool) (*scan.Section, error) {
	if n.isCells() {
		return n.section(), nil
	}
	if !n.isArray() && !n.isObject() {
		return nil, nil
	}
	r := scan.NewReader(d.in.src, 0)
	r.NaN = d.opts.NaNAsNull
	s, err := scan.Scan(r, n.token().Off, words)
	if err == scan.ErrNested {
		for _, v := range n.items {
			if v.isArray() || v.isObject() {
				return nil, d.errorAt(v, ErrNotJSONStat, "a cell is %s: it is a number, a string or null", v.what())
			}
		}
		for _, v := range n.members {
			if v.isArray() || v.isObject() || v.isCells() {
				return nil, d.errorAt(v, ErrNotJSONStat, "a cell is %s: it is a number, a string or null", v.what())
			}
		}
	}
	if err != nil {
		return nil, d.textError(err)
	}
	return s, nil
}

// size compares "size" with the categories and with the number of values.
func (d *Document) size(ds *Dataset, sizes node, values *scan.Section, live bool) error {
	declared := Shape{}
	for i, v := range sizes.items {
		text, ok := v.scalar()
		size, err := strconv.Atoi(text)
		if !ok || err != nil || size < 0 {
			return d.errorAt(v, ErrNotJSONStat, "the size of dimension %d is %s, not a whole number", i, v.what())
		}
		if !v.isNumber() {
			d.warn(WarnSize, v, "a size is %s, not a number", v.what())
		}
		declared = append(declared, size)
	}
	for _, dim := range ds.head.Dimensions {
		ds.shape = append(ds.shape, dim.Len())
	}
	var err error
	if ds.n, err = ds.shape.Cells(); err != nil {
		return d.errorAt(sizes, ErrSize, "the cube is too large: the product of its sizes is above 2^63")
	}
	for i := 0; ; i++ {
		switch {
		case i == len(declared) && i == len(ds.shape):
			return nil
		case i < len(declared) && i < len(ds.shape) && declared[i] == ds.shape[i]:
			continue
		}
		// They differ. The values decide, if there are any.
		if values != nil && !live && !values.Object && values.Count == ds.n || ds.noCells {
			d.warn(WarnSizeGuess, sizes, `"size" is %v, but the categories are %v: these count`, declared, ds.shape)
			return nil
		}
		if len(declared) != len(ds.shape) {
			return d.errorAt(sizes, ErrSize, `"size" has %d numbers for %d dimensions (ID_SIZE_LEN_MISMATCH)`, len(declared), len(ds.shape))
		}
		return d.errorAt(sizes, ErrSize, `"size" says %d for dimension %q, which has %d categories`, declared[i], ds.head.Dimensions[i].id, ds.shape[i])
	}
}

// checkValues holds a scanned row of values against the cube.
func (d *Document) checkValues(ds *Dataset, value node, s *scan.Section) error {
	if k := s.Kinds[scan.True] + s.Kinds[scan.False]; k > 0 {
		d.warnMany(WarnValueType, int(k), value.pointer, "a value is true or false, not a number or a string")
	}
	if !s.Object {
		return d.checkCount(ds, value, s.Count)
	}
	if s.BadKeys > 0 {
		d.warnMany(WarnValueKey, int(s.BadKeys), value.pointer, "%q is not the position of a value: it is left out", shorten(s.BadKey, 40))
	}
	if s.MaxPos >= ds.n {
		d.warn(WarnValueKey, value, "there is a value for position %d, but the cube has %d cells: it is left out", s.MaxPos, ds.n)
	}
	return nil
}

// checkCount holds the number of values of a dense row against the cube.
func (d *Document) checkCount(ds *Dataset, value node, count int64) error {
	switch {
	case count == ds.n:
	case count < ds.n && d.opts.Pad:
		d.warn(WarnPad, value, "there are %d values for %d cells: the last %d are taken for missing", count, ds.n, ds.n-count)
	default:
		return d.errorAt(value, ErrSize, "there are %d values for %d cells (VALUE_LEN_MISMATCH)", count, ds.n)
	}
	return nil
}

// status finds the statuses, in any of their forms.
func (d *Document) status(ds *Dataset, src *textCells) error {
	n := ds.node.get("status")
	src.words = scan.NewWords()
	if n.isObject() && n.get("value").ok() {
		// Eurostat once wrote {"value": [...]}.
		n = n.get("value")
		d.warn(WarnStatusForm, n, "the statuses lie one level too deep")
	}
	if text, ok := n.scalar(); ok {
		if !n.isString() {
			d.warn(WarnStatusForm, n, "the status is %s, not a string", n.what())
		}
		id, err := src.words.ID(appendString(nil, text))
		src.all = id
		return err
	}
	s, err := d.row(n, true)
	if err != nil || s == nil {
		return err
	}
	src.statusNode = n
	if s.Words != nil {
		src.words = s.Words
	}
	if s.Kinds[scan.Number]+s.Kinds[scan.Raw]+s.Kinds[scan.True]+s.Kinds[scan.False] > 0 {
		d.warn(WarnStatusForm, n, "some statuses are not strings")
	}
	switch {
	case s.Count == 0:
		return nil
	case s.Object:
		if s.BadKeys > 0 {
			d.warnMany(WarnStatusKey, int(s.BadKeys), n.pointer, "%q is not the position of a status: it is left out", shorten(s.BadKey, 40))
		}
		if s.MaxPos >= ds.n {
			d.warn(WarnStatusKey, n, "there is a status for position %d, but the cube has %d cells: it is left out", s.MaxPos, ds.n)
		}
	case s.Count == 1 && ds.n != 1:
		d.warn(WarnStatusOne, n, "an array of one status means that it holds for all cells")
		src.all, err = d.firstStatus(s, src.words)
		return err
	case s.Count != ds.n:
		d.warn(WarnStatusLength, n, "there are %d statuses for %d cells", s.Count, ds.n)
	}
	src.status = s
	return nil
}

// firstStatus is the number of the first status of a row.
func (d *Document) firstStatus(s *scan.Section, words *scan.Words) (int32, error) {
	c := scan.NewCursor(scan.NewReader(d.in.src, 4096), s)
	if err := c.Next(1); err != nil || c.N == 0 {
		return 0, err
	}
	return statusID(words, c.Kind[0], c.Text[c.Start[0]:c.End[0]])
}
