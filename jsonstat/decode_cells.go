package jsonstat

import (
	"fmt"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// The cells of a dataset in three steps: find the rows of values and statuses
// (decodeRow), decide the size of the cube (checkSize), and compare the counts of the
// pre-scan with it (checkValues, decodeStatus). Nothing is read here but odd rows; a
// textCursor reads the cells later.
//
// Three numbers should agree: "size", the categories of each dimension, and the values.
// Where "size" and the categories differ the values decide: size [2,4], 2 regions and 3
// years and 6 values is a cube of 2*3 with a warning, since 6 is the product of the
// categories; with 8 values it is an error, for nothing says which category is missing.

// datasetDecoder reads a dataset: its head, then its cells, which are compared with it.
type datasetDecoder struct {
	*decoder
	ds *Dataset
}

// decodeCells finds values and statuses and compares their number with the sizes.
func (d datasetDecoder) decodeCells(sizes jsontoken.Node) error {
	value := d.ds.node.Get("value")
	if !value.OK() {
		if value = d.ds.node.Get("measure"); value.OK() {
			d.warn(WarnMeasure, value, `the values are called "measure"`)
		}
	}
	values, err := d.decodeRow(value, false)
	if err != nil {
		return err
	}
	if values == nil && value.OK() && !value.IsNull() {
		return d.errorAt(value, ErrNotJSONStat, `"value" is %s, not an array or an object`, value.What())
	}
	live := d.state.stage == stageBeforeCells && values != nil && values.End == 0
	d.ds.noCells = values == nil || (!live && values.Count == 0)
	if err := d.checkSize(sizes, values, live); err != nil {
		return err
	}
	switch {
	case !d.ds.noCells:
	case values != nil:
		d.warn(WarnMetadataOnly, value, `"value" is empty: there are no data`)
		values = nil
	case value.OK():
		d.warn(WarnNoValue, value, `"value" is null: there are no data`)
	default:
		d.warn(WarnNoValue, d.ds.node, `"value" is absent: there are no data`)
	}
	if values != nil && !live {
		if err := d.checkValues(value, values); err != nil {
			return err
		}
	}
	src := &textCells{source: d.source, findings: d.findings, n: d.ds.n, value: values, valueNode: value, streamed: live}
	if err := d.decodeStatus(src); err != nil {
		return err
	}
	if live && d.opts.Need&NeedStatus == 0 {
		src.status, src.defaultStatus = nil, 0
	}
	d.ds.cells = src
	return nil
}

// decodeRow is the row of cells of a member, nil if it is none. Rows that the parser
// did not take for such are scanned now.
func (d datasetDecoder) decodeRow(n jsontoken.Node, words bool) (*window.Section, error) {
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
	if d.state.stage == stageFinished {
		return nil, d.errorAt(n, ErrConsumed, "the cells were streamed and are gone")
	}
	s, err := jsontoken.Scan(d.reader(), n.Token().Off, words)
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

// checkSize compares "size" with the categories and with the number of values.
func (d datasetDecoder) checkSize(sizes jsontoken.Node, values *window.Section, live bool) error {
	at := sizes
	if !at.OK() {
		at = d.ds.node
	}
	declared, err := d.decodeSizes(sizes)
	if err != nil {
		return err
	}
	for _, dim := range d.ds.head.Dimensions {
		d.ds.shape = append(d.ds.shape, dim.Len())
	}
	if d.ds.n, err = d.ds.shape.Cells(); err != nil {
		return d.errorAt(at, ErrSize, "the cube is too large: the product of its sizes is above 2^63 (CUBE_SIZE_OVERFLOW)")
	}
	if sizes.IsArray() && slices.Equal(declared, d.ds.shape) {
		return nil
	}
	// They differ. The values decide, if there are any.
	inside := values != nil && !live && values.BadKeys == 0 && values.MaxPos < d.ds.n
	full := inside && values.Count == d.ds.n
	switch {
	case full || d.ds.noCells || (!sizes.IsArray() && inside && values.Object):
		switch {
		case sizes.IsArray() && len(declared) != len(d.ds.shape):
			d.warn(WarnSizeGuess, at, `"size" is %v, but the numbers of categories are %v: these count (ID_SIZE_LEN_MISMATCH)`, declared, d.ds.shape)
		case sizes.IsArray():
			d.warn(WarnSizeGuess, at, `"size" is %v, but the numbers of categories are %v: these count (INDEX_COUNT_MISMATCH)`, declared, d.ds.shape)
		default:
			d.warn(WarnSizeGuess, at, `"size" is missing: the numbers of categories, %v, are used`, d.ds.shape)
		}
		return nil
	case !sizes.IsArray():
		return d.errorAt(at, ErrSize, `"size" is missing, and the values are not as many as the cells of the categories, %v`, d.ds.shape)
	case len(declared) != len(d.ds.shape):
		return d.errorAt(at, ErrSize, `"size" has %d numbers for %d dimensions (ID_SIZE_LEN_MISMATCH)`, len(declared), len(d.ds.shape))
	}
	for i, v := range sizes.Items {
		if declared[i] != d.ds.shape[i] {
			at, err = v, fmt.Errorf(`"size" says %d for dimension %q, which has %d categories (INDEX_COUNT_MISMATCH)`, declared[i], brief(d.ds.head.Dimensions[i].id), d.ds.shape[i])
			break
		}
	}
	return d.errorAt(at, ErrSize, "%v", err)
}

// decodeSizes reads "size".
func (d datasetDecoder) decodeSizes(n jsontoken.Node) (Shape, error) {
	if n.OK() && !n.IsNull() && !n.IsArray() {
		return nil, d.wrongType(d.ds.node, n, "size", "an array of numbers")
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

// checkValues compares a scanned row of values with the cube.
func (d datasetDecoder) checkValues(value jsontoken.Node, s *window.Section) error {
	if k := s.Kinds[jsontoken.True] + s.Kinds[jsontoken.False]; k > 0 {
		d.warnMany(WarnValueType, int(k), value, "a value is true or false, not a number or a string")
	}
	if !s.Object {
		return d.checkCount(value, s.Count)
	}
	if s.BadKeys > 0 {
		d.warnMany(WarnValueKey, int(s.BadKeys), value, "%q is not the position of a value: it is left out (SPARSE_KEY_OUT_OF_RANGE)", brief(s.BadKey))
	}
	if s.MaxPos >= d.ds.n {
		d.warn(WarnValueKey, value, "there is a value for position %d, but the cube has %d cells: it is left out (SPARSE_KEY_OUT_OF_RANGE)", s.MaxPos, d.ds.n)
	}
	return nil
}

// checkCount compares the number of values of a dense row with that of the cells.
func (d datasetDecoder) checkCount(value jsontoken.Node, count int64) error {
	switch {
	case count == d.ds.n:
	case count < d.ds.n && d.opts.Pad:
		d.warn(WarnPad, value, "there are %d values for %d cells: the last %d are taken for missing", count, d.ds.n, d.ds.n-count)
	default:
		sentinel := ErrSize
		if count < d.ds.n {
			sentinel = ErrShort
		}
		return d.errorAt(value, sentinel, "there are %d values for %d cells (VALUE_LEN_MISMATCH)", count, d.ds.n)
	}
	return nil
}

// decodeStatus finds the statuses, in any of their forms (see [statusCursor]).
func (d datasetDecoder) decodeStatus(src *textCells) error {
	n := d.ds.node.Get("status")
	src.words = window.NewWords(jsontoken.Unquote)
	if n.IsObject() && n.Get("value").OK() {
		// Eurostat once wrote {"value": [...]}.
		n = n.Get("value")
		d.warn(WarnStatusForm, n, "the statuses are nested one level too deep")
	}
	if text, ok := n.Scalar(); ok {
		if !n.IsString() {
			d.warn(WarnStatusForm, n, "the status is %s, not a string", n.What())
		}
		id, err := src.words.ID(jsontoken.AppendString(nil, text))
		src.defaultStatus = id
		return d.textError(err)
	}
	s, err := d.decodeRow(n, true)
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
		if s.MaxPos >= d.ds.n {
			d.warn(WarnStatusKey, n, "there is a status for position %d, but the cube has %d cells: it is left out (STATUS_KEY_OUT_OF_RANGE)", s.MaxPos, d.ds.n)
		}
	case s.Count == 1 && d.ds.n != 1:
		d.warn(WarnStatusOne, n, "an array of one status is taken for all cells")
		if d.state.stage == stageFinished {
			return nil
		}
		src.defaultStatus, err = d.firstStatus(s, src.words)
		return d.textError(err)
	case s.Count < d.ds.n && !(s.Count == 0 && d.ds.noCells):
		d.warn(WarnStatusLength, n, "there are %d statuses for %d cells: the last %d have none (STATUS_LEN_MISMATCH)", s.Count, d.ds.n, d.ds.n-s.Count)
	case s.Count > d.ds.n:
		d.warn(WarnStatusLength, n, "there are %d statuses for %d cells: the last %d are left out (STATUS_LEN_MISMATCH)", s.Count, d.ds.n, s.Count-d.ds.n)
	}
	if s.Count == 0 {
		return nil
	}
	src.status = s
	if strings := s.Kinds[jsontoken.String]; d.state.stage != stageFinished && (s.Kinds[jsontoken.Null]+strings < s.Count || (strings > 0 && s.Words == nil)) {
		return d.nameStatuses(src)
	}
	return nil
}

// nameStatuses numbers the statuses that the pre-scan did not: those that are not strings,
// and those in an unusual place.
func (d datasetDecoder) nameStatuses(src *textCells) error {
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
func (d datasetDecoder) firstStatus(s *window.Section, words *window.Words) (int32, error) {
	c := jsontoken.NewCursor(d.reader(), s)
	if err := c.Next(1); err != nil || c.N == 0 {
		return 0, err
	}
	return statusID(words, c.Kind[0], c.Text[c.Start[0]:c.End[0]])
}

// nestedError is the error for a cell that is an array or an object.
func nestedError(n jsontoken.Node, nested jsontoken.Nested) error {
	what := "an array"
	if nested.Object {
		what = "an object"
	}
	return &Error{
		Offset: nested.Off, Line: nested.Line, Column: nested.Column, Pointer: n.Pointer() + jsontoken.Pointer(nested.Step),
		Err: ErrNotJSONStat, Msg: "a cell is " + what + ": it is a number, a string or null",
	}
}
