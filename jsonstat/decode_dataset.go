package jsonstat

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/number"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// dataset reads the head of an embedded dataset and finds its cells.
func (d *Document) dataset(n jsontoken.Node) (*Dataset, error) {
	ds := &Dataset{doc: d, node: n, byID: map[string]int{}}
	dims := n.Get("dimension")
	if !dims.IsObject() {
		return nil, d.wrongType(n, dims, "dimension", "an object")
	}
	if err := d.checkRepeated(n); err != nil {
		return nil, err
	}
	byID, inner := splitDimensions(dims)
	ids, sizes, roles := d.axes(ds, n, inner)
	if !ids.IsArray() {
		return nil, d.wrongType(n, n.Get("id"), "id", "an array of the ids of the dimensions")
	}
	d.members(ds, n)
	for i, v := range ids.Items {
		id, ok := v.Scalar()
		if !ok {
			return nil, d.errorAt(v, ErrNotJSONStat, "the id of dimension %d is %s, not a string", i, v.What())
		}
		if !v.IsString() {
			d.warn(WarnIndexType, v, "the id of a dimension is %s, not a string", v.What())
		}
		if _, twice := ds.byID[id]; twice {
			return nil, d.errorAt(v, ErrNotJSONStat, "dimension %q stands twice in \"id\"", brief(id))
		}
		m, ok := byID[id]
		if !ok {
			return nil, d.errorAt(v, ErrNotJSONStat, "dimension %q of \"id\" is not among the dimensions: %s (DIM_KEY_ID_MISMATCH)", brief(id), namesOf(dims))
		}
		dim, err := d.dimension(id, m)
		if err != nil {
			return nil, err
		}
		ds.byID[id] = i
		ds.head.Dimensions = append(ds.head.Dimensions, dim)
	}
	for name, m := range dims.Members {
		switch _, known := ds.byID[name]; {
		case isAxis(name, m):
		case !known:
			d.warn(WarnDimension, m, "dimension %q is not in \"id\": it is left out (DIM_KEY_ID_MISMATCH)", brief(name))
		case byID[name].I != m.I || inner[name].OK():
			d.warn(WarnDuplicate, m, "%q stands twice in the same object", brief(name))
		}
	}
	d.roles(ds, roles)
	if err := d.cells(ds, sizes); err != nil {
		return nil, err
	}
	return ds, d.refused
}

// wrongType is the error for a member of n that is absent or of another type.
func (d *Document) wrongType(n, v jsontoken.Node, name, want string) error {
	if !v.OK() {
		return d.errorAt(n, ErrNotJSONStat, "the dataset has no %q: it should be %s", name, want)
	}
	return d.errorAt(v, ErrNotJSONStat, "%q is %s: it should be %s", name, v.What(), want)
}

// namesOf lists the first members of an object for a message.
func namesOf(n jsontoken.Node) string {
	var names []string
	for name := range n.Members {
		if len(names) == 10 {
			return quoteList(names, ", ") + ", …"
		}
		names = append(names, brief(name))
	}
	return quoteList(names, ", ")
}

// isAxis tells id, size and role inside "dimension", where they stood before
// 2.0, from dimensions of these names.
func isAxis(name string, n jsontoken.Node) bool {
	switch name {
	case "id", "size":
		return n.IsArray()
	case "role":
		return n.IsObject() && !n.Get("category").OK() && !n.Get("href").OK()
	}
	return false
}

// splitDimensions parts the members of "dimension" into dimensions and the
// axes (id, size and role) of documents before 2.0. One name can be both: a
// dimension called "id", and the list of the ids. Of several the last counts.
func splitDimensions(dims jsontoken.Node) (byID, axes map[string]jsontoken.Node) {
	byID, axes = map[string]jsontoken.Node{}, map[string]jsontoken.Node{}
	for name, m := range dims.Members {
		if isAxis(name, m) {
			axes[name] = m
		} else {
			byID[name] = m
		}
	}
	return byID, axes
}

// axes finds id, size and role, in the dataset or, before 2.0, in "dimension".
func (d *Document) axes(ds *Dataset, n jsontoken.Node, inner map[string]jsontoken.Node) (ids, sizes, roles jsontoken.Node) {
	version, _ := n.Get("version").Scalar()
	pick := func(name string) jsontoken.Node {
		root, in := n.Get(name), inner[name]
		switch {
		case isAxis(name, root):
			if in.OK() {
				d.warn(WarnTransitional, in, "%q stands in the dataset and in its dimensions", name)
			}
			return root
		case !in.OK():
			return root // absent or of a wrong type: who reads it says so
		case is20(version):
			d.warn(WarnMisplaced, in, "%q stands among the dimensions, as it did before 2.0", name)
		}
		ds.old = ds.old || name != "role"
		return in
	}
	return pick("id"), pick("size"), pick("role")
}

// members reads what needs no look at other members.
func (d *Document) members(ds *Dataset, n jsontoken.Node) {
	h := &ds.head
	d.warnRepeated(n)
	for name, v := range n.Members {
		h.order = append(h.order, name)
		switch name {
		case "label":
			h.Label = d.text(v, name)
			h.empty = appendEmpty(h.empty, v, name)
		case "source":
			h.Source = d.text(v, name)
			h.empty = appendEmpty(h.empty, v, name)
		case "updated":
			h.Updated = d.text(v, name)
			h.empty = appendEmpty(h.empty, v, name)
		case "href":
			h.Href = d.text(v, name)
			h.empty = appendEmpty(h.empty, v, name)
		case "note":
			h.Notes = d.notes(v)
		case "link":
			h.Links = d.readLinks(v)
		case "extension":
			h.Extension = d.extension(v)
		case "version", "class", "id", "size", "role", "dimension", "value", "status":
		case "error": // beside data
			h.Members = append(h.Members, Member{name, d.message(v)})
		case "measure":
			if n.Get("value").OK() { // else it is the values
				h.Members = append(h.Members, Member{name, d.message(v)})
			}
		default:
			if !ds.old { // nobody listed the members of what came before 2.0
				d.unknownMember(v, name)
			}
			h.Members = append(h.Members, Member{name, d.message(v)})
		}
	}
	if ds.old {
		h.order = nil // it is upgraded when written
	}
}

// unknownMember refuses, if strict, a member that the specification does not
// know. Else it is kept, and there is nothing to say about it.
func (d *Document) unknownMember(n jsontoken.Node, name string) {
	if d.opts.Strict {
		d.warn(WarnUnknown, n, "%q is not a member of the format: what the provider adds belongs into \"extension\"", brief(name))
	}
}

// warnRepeated tells of members that stand twice.
func (d *Document) warnRepeated(n jsontoken.Node) {
	seen := make(map[string]bool, 16)
	for name, v := range n.Members {
		if seen[name] {
			d.warn(WarnDuplicate, v, "%q stands twice in the same object: the last one counts", brief(name))
		}
		seen[name] = true
	}
}

// extension is the provider's own object. What is none is kept all the same.
func (d *Document) extension(n jsontoken.Node) json.RawMessage {
	if !n.IsObject() {
		d.warn(WarnMember, n, `"extension" is %s, not an object`, n.What())
		if n.IsNull() {
			return nil
		}
	}
	return d.message(n)
}

// message is the text of a value without white space. Cells, which the tree
// does not hold, are copied from the document.
func (d *Document) message(n jsontoken.Node) json.RawMessage {
	if !holdsCells(n) {
		return n.Message()
	}
	var text bytes.Buffer
	e := &encoder{w: bufio.NewWriter(&text)}
	if n.IsCells() {
		e.section(d, n.Section())
	} else {
		e.verbatim(d, n, nil)
	}
	if e.flush() != nil {
		return json.RawMessage("null") // the file is gone: reading on will say so
	}
	return text.Bytes()
}

// holdsCells tells whether a row of cells lies inside a value.
func holdsCells(n jsontoken.Node) bool {
	if !n.OK() {
		return false
	}
	for _, tok := range n.T.Tokens[n.I:n.Token().Next] {
		if tok.Kind == jsontoken.Cells {
			return true
		}
	}
	return false
}

// roles gives the dimensions their roles.
func (d *Document) roles(ds *Dataset, n jsontoken.Node) {
	if !n.OK() {
		return
	}
	if !n.IsObject() {
		d.warn(WarnRole, n, `"role" is %s, not an object: it is left out`, n.What())
		return
	}
	for name, list := range n.Members {
		role := Role(name)
		if role != Time && role != Geo && role != Metric {
			d.warn(WarnRole, list, "%q is no role: there are time, geo and metric", brief(name))
		}
		ds.head.RoleOrder = append(ds.head.RoleOrder, RoleIDs{Role: role})
		switch {
		case list.IsArray():
			for _, v := range list.Items {
				d.giveRole(ds, role, v)
			}
		case list.IsString():
			d.warn(WarnRole, list, "role %q is a string, not an array", brief(name))
			d.giveRole(ds, role, list)
		default:
			d.warn(WarnRole, list, "role %q is %s, not an array: it is left out", brief(name), list.What())
		}
	}
}

// giveRole gives a role to the dimension that v names.
func (d *Document) giveRole(ds *Dataset, role Role, v jsontoken.Node) {
	id, _ := v.Scalar()
	i, known := ds.byID[id]
	if !known {
		d.warn(WarnRole, v, "role %q names %q, which is no dimension (ROLE_ID_UNKNOWN)", brief(string(role)), brief(id))
		return
	}
	dim := ds.head.Dimensions[i]
	if dim.role != "" && dim.role != role {
		d.warn(WarnRole, v, "dimension %q has the roles %q and %q: the first one counts", brief(id), dim.role, brief(string(role)))
		return
	}
	dim.role = role
	last := &ds.head.RoleOrder[len(ds.head.RoleOrder)-1]
	last.IDs = append(last.IDs, id)
}

// cells finds values and statuses and holds their number against the sizes.
func (d *Document) cells(ds *Dataset, sizes jsontoken.Node) error {
	value := ds.node.Get("value")
	if !value.OK() {
		if value = ds.node.Get("measure"); value.OK() {
			d.warn(WarnMeasure, value, `the values are called "measure"`)
		}
	}
	values, err := d.row(value, false)
	if err != nil {
		return err
	}
	if values == nil && value.OK() && !value.IsNull() {
		return d.errorAt(value, ErrNotJSONStat, `"value" is %s, not an array or an object`, value.What())
	}
	live := d.stream.stage == waiting && values != nil && values.End == 0
	ds.noCells = values == nil || (!live && values.Count == 0)
	if err := d.size(ds, sizes, values, live); err != nil {
		return err
	}
	switch {
	case !ds.noCells:
	case values != nil:
		d.warn(WarnMetadataOnly, value, `"value" is empty: there are no data`)
		values = nil
	case value.OK():
		d.warn(WarnNoValue, value, `"value" is null: there are no data`)
	default:
		d.warn(WarnNoValue, ds.node, `"value" is absent: there are no data`)
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
func (d *Document) row(n jsontoken.Node, words bool) (*window.Section, error) {
	if n.OK() {
		if nested, ok := n.T.Nested[n.I]; ok {
			return nil, nestedError(n, nested)
		}
	}
	if n.IsCells() {
		return n.Section(), nil
	}
	if !n.IsArray() && !n.IsObject() {
		return nil, nil
	}
	if d.stream.stage == finished {
		return nil, d.errorAt(n, ErrConsumed, "the cells were streamed and are gone")
	}
	r := jsontoken.NewReader(d.in.src, 0)
	r.NaN = d.opts.NaNAsNull
	s, err := jsontoken.Scan(r, n.Token().Off, words)
	if err == window.ErrNested {
		for _, v := range n.Items {
			if v.IsArray() || v.IsObject() {
				return nil, d.errorAt(v, ErrNotJSONStat, "a cell is %s: it is a number, a string or null", v.What())
			}
		}
		for _, v := range n.Members {
			if v.IsArray() || v.IsObject() || v.IsCells() {
				return nil, d.errorAt(v, ErrNotJSONStat, "a cell is %s: it is a number, a string or null", v.What())
			}
		}
	}
	if err != nil {
		return nil, d.textError(err)
	}
	return s, nil
}

// wholeNumber reads a whole number, also one written as 3.0 or "3".
func wholeNumber(n jsontoken.Node) (int, bool) {
	text, ok := n.Scalar()
	if n.Kind() == jsontoken.Raw {
		text = string(number.Append(nil, []byte(text)))
	}
	k, err := strconv.Atoi(strings.TrimSpace(text))
	return k, ok && err == nil
}

// size compares "size" with the categories and with the number of values.
func (d *Document) size(ds *Dataset, sizes jsontoken.Node, values *window.Section, live bool) error {
	at := sizes
	if !at.OK() {
		at = ds.node
	}
	declared, err := d.sizes(ds, sizes)
	if err != nil {
		return err
	}
	for _, dim := range ds.head.Dimensions {
		ds.shape = append(ds.shape, dim.Len())
	}
	if ds.n, err = ds.shape.Cells(); err != nil {
		return d.errorAt(at, ErrSize, "the cube is too large: the product of its sizes is above 2^63 (CUBE_SIZE_OVERFLOW)")
	}
	if sizes.IsArray() && slices.Equal(declared, ds.shape) {
		return nil
	}
	// They differ. The values decide, if there are any.
	inside := values != nil && !live && values.BadKeys == 0 && values.MaxPos < ds.n
	full := inside && values.Count == ds.n
	switch {
	case full || ds.noCells || (!sizes.IsArray() && inside && values.Object):
		switch {
		case sizes.IsArray() && len(declared) != len(ds.shape):
			d.warn(WarnSizeGuess, at, `"size" is %v, but the numbers of categories are %v: these count (ID_SIZE_LEN_MISMATCH)`, declared, ds.shape)
		case sizes.IsArray():
			d.warn(WarnSizeGuess, at, `"size" is %v, but the numbers of categories are %v: these count (INDEX_COUNT_MISMATCH)`, declared, ds.shape)
		default:
			d.warn(WarnSizeGuess, at, `"size" is missing: the numbers of categories, %v, stand for it`, ds.shape)
		}
		return nil
	case !sizes.IsArray():
		return d.errorAt(at, ErrSize, `"size" is missing, and the values are not as many as the cells of the categories, %v`, ds.shape)
	case len(declared) != len(ds.shape):
		return d.errorAt(at, ErrSize, `"size" has %d numbers for %d dimensions (ID_SIZE_LEN_MISMATCH)`, len(declared), len(ds.shape))
	}
	for i, v := range sizes.Items {
		if declared[i] != ds.shape[i] {
			at, err = v, fmt.Errorf(`"size" says %d for dimension %q, which has %d categories (INDEX_COUNT_MISMATCH)`, declared[i], brief(ds.head.Dimensions[i].id), ds.shape[i])
			break
		}
	}
	return d.errorAt(at, ErrSize, "%v", err)
}

// sizes reads "size".
func (d *Document) sizes(ds *Dataset, n jsontoken.Node) (Shape, error) {
	if n.OK() && !n.IsNull() && !n.IsArray() {
		return nil, d.wrongType(ds.node, n, "size", "an array of numbers")
	}
	declared := Shape{}
	for i, v := range n.Items {
		size, ok := wholeNumber(v)
		if !ok || size < 0 {
			return nil, d.errorAt(v, ErrNotJSONStat, "the size of dimension %d is %s, not a whole number", i, v.What())
		}
		if !v.IsNumber() {
			d.warn(WarnSize, v, "a size is %s, not a number", v.What())
		}
		declared = append(declared, size)
	}
	return declared, nil
}

// checkValues holds a scanned row of values against the cube.
func (d *Document) checkValues(ds *Dataset, value jsontoken.Node, s *window.Section) error {
	if k := s.Kinds[jsontoken.True] + s.Kinds[jsontoken.False]; k > 0 {
		d.warnMany(WarnValueType, int(k), value, "a value is true or false, not a number or a string")
	}
	if !s.Object {
		return d.checkCount(ds, value, s.Count)
	}
	if s.BadKeys > 0 {
		d.warnMany(WarnValueKey, int(s.BadKeys), value, "%q is not the position of a value: it is left out (SPARSE_KEY_OUT_OF_RANGE)", brief(s.BadKey))
	}
	if s.MaxPos >= ds.n {
		d.warn(WarnValueKey, value, "there is a value for position %d, but the cube has %d cells: it is left out (SPARSE_KEY_OUT_OF_RANGE)", s.MaxPos, ds.n)
	}
	return nil
}

// checkCount holds the number of values of a dense row against the cube.
func (d *Document) checkCount(ds *Dataset, value jsontoken.Node, count int64) error {
	switch {
	case count == ds.n:
	case count < ds.n && d.opts.Pad:
		d.warn(WarnPad, value, "there are %d values for %d cells: the last %d are taken for missing", count, ds.n, ds.n-count)
	default:
		sentinel := ErrSize
		if count < ds.n {
			sentinel = ErrShort
		}
		return d.errorAt(value, sentinel, "there are %d values for %d cells (VALUE_LEN_MISMATCH)", count, ds.n)
	}
	return nil
}

// status finds the statuses, in any of their forms.
func (d *Document) status(ds *Dataset, src *textCells) error {
	n := ds.node.Get("status")
	src.words = window.NewWords(jsontoken.Unquote)
	if n.IsObject() && n.Get("value").OK() {
		// Eurostat once wrote {"value": [...]}.
		n = n.Get("value")
		d.warn(WarnStatusForm, n, "the statuses lie one level too deep")
	}
	if text, ok := n.Scalar(); ok {
		if !n.IsString() {
			d.warn(WarnStatusForm, n, "the status is %s, not a string", n.What())
		}
		id, err := src.words.ID(jsontoken.AppendString(nil, text))
		src.all = id
		return err
	}
	s, err := d.row(n, true)
	if err != nil || s == nil {
		if err == nil && n.OK() {
			d.warn(WarnStatusForm, n, "the status is null: there is none")
		}
		return err
	}
	src.statusNode = n
	if s.Words != nil {
		src.words = s.Words
	}
	if k := s.Kinds[jsontoken.Number] + s.Kinds[jsontoken.Raw] + s.Kinds[jsontoken.True] + s.Kinds[jsontoken.False]; k > 0 {
		d.warnMany(WarnStatusForm, int(k), n, "a status is not a string")
	}
	switch {
	case s.Object:
		if s.BadKeys > 0 {
			d.warnMany(WarnStatusKey, int(s.BadKeys), n, "%q is not the position of a status: it is left out (STATUS_KEY_OUT_OF_RANGE)", brief(s.BadKey))
		}
		if s.MaxPos >= ds.n {
			d.warn(WarnStatusKey, n, "there is a status for position %d, but the cube has %d cells: it is left out (STATUS_KEY_OUT_OF_RANGE)", s.MaxPos, ds.n)
		}
	case s.Count == 1 && ds.n != 1:
		d.warn(WarnStatusOne, n, "an array of one status means that it holds for all cells")
		if d.stream.stage == finished {
			return nil
		}
		src.all, err = d.firstStatus(s, src.words)
		return err
	case s.Count < ds.n && !(s.Count == 0 && ds.noCells):
		d.warn(WarnStatusLength, n, "there are %d statuses for %d cells: the last %d have none (STATUS_LEN_MISMATCH)", s.Count, ds.n, ds.n-s.Count)
	case s.Count > ds.n:
		d.warn(WarnStatusLength, n, "there are %d statuses for %d cells: the last %d are left out (STATUS_LEN_MISMATCH)", s.Count, ds.n, s.Count-ds.n)
	}
	if s.Count == 0 {
		return nil
	}
	src.status = s
	if strings := s.Kinds[jsontoken.String]; d.stream.stage != finished && (s.Kinds[jsontoken.Null]+strings < s.Count || (strings > 0 && s.Words == nil)) {
		return d.nameStatuses(src)
	}
	return nil
}

// nameStatuses numbers the statuses that the pre-scan did not: those that are no
// strings, and those in an odd place.
func (d *Document) nameStatuses(src *textCells) error {
	for c := jsontoken.NewCursor(src.reader(), src.status); !c.Done; {
		if err := c.Next(window.ChunkCells); err != nil {
			return d.textError(err)
		}
		for i, kind := range c.Kind[:c.N] {
			if _, err := statusID(src.words, kind, c.Text[c.Start[i]:c.End[i]]); err != nil {
				return d.textError(err)
			}
		}
	}
	return nil
}

// firstStatus is the number of the first status of a row.
func (d *Document) firstStatus(s *window.Section, words *window.Words) (int32, error) {
	c := jsontoken.NewCursor(jsontoken.NewReader(d.in.src, 4096), s)
	if err := c.Next(1); err != nil || c.N == 0 {
		return 0, err
	}
	return statusID(words, c.Kind[0], c.Text[c.Start[0]:c.End[0]])
}
