package convert

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert/internal/build"
	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// columns says what the columns of the table are.
func (c *csvReader) columns() error {
	for i, h := range c.header {
		if k := slices.Index(c.header[:i], h); k >= 0 {
			return &CSVError{Line: c.top, Msg: fmt.Sprintf("columns %d and %d have the same name, %q", k+1, i+1, h)}
		}
	}
	c.wide, c.status = -1, slices.Index(c.header, c.o.StatusName)
	if c.status < 0 && c.statusNamed && c.o.By == "" {
		c.o.Warn(fmt.Sprintf("there is no column %q, which should hold the statuses: the columns are %.200s", c.o.StatusName, strings.Join(c.header, ", ")))
	}
	var err error
	if c.o.By != "" || len(c.o.Stub) > 0 {
		err = c.wideColumns()
	} else {
		err = c.longColumns()
	}
	if err != nil {
		return err
	}
	return c.constants()
}

// longColumns says what the columns of a long table are.
func (c *csvReader) longColumns() error {
	value := len(c.header) - 1
	if c.o.ValueName != "" {
		if value = slices.Index(c.header, c.o.ValueName); value < 0 {
			return c.noColumn("value column", c.o.ValueName)
		}
	} else if value == c.status {
		value-- // the last column that can be one
	}
	if value < 0 || len(c.header) == 1 {
		return &CSVError{Line: c.top, Msg: fmt.Sprintf("there is one column only, %.60q: is %q the separator?", strings.Join(c.header, c.o.Separator), c.o.Separator)}
	}
	if c.status == value {
		c.status = -1
	}
	c.values = []csvValue{{column: value}}
	var rest []int
	for i := range c.header {
		if i != value && i != c.status {
			rest = append(rest, i)
		}
	}
	return c.dimensions(rest)
}

// noColumn is the error for a column that was named but is not there.
func (c *csvReader) noColumn(what, name string) error {
	msg := fmt.Sprintf("there is no %s %q", what, name)
	if near := jsonstat.Near(name, c.header); len(near) > 0 {
		msg += fmt.Sprintf("; did you mean %q?", near[0])
	} else {
		msg += fmt.Sprintf(": the columns are %.200s", strings.Join(c.header, ", "))
	}
	return &CSVError{Line: c.top, Msg: msg, Err: jsonstat.ErrUnknown}
}

// dimensions makes dimensions of columns.
func (c *csvReader) dimensions(list []int) error {
	if c.o.Content == Columns && len(list)%2 != 0 {
		return &CSVError{Line: c.top, Msg: fmt.Sprintf("there are %d columns besides value and status, which are no pairs of ids and labels", len(list))}
	}
	for k := 0; k < len(list); k++ {
		i := list[k]
		d := csvDimension{id: c.header[i], label: c.header[i], column: i, labels: -1}
		if c.typed != nil {
			d.label = c.typed.label(i)
		}
		switch c.o.Content {
		case Columns:
			k++
			d.labels, d.label = list[k], c.header[list[k]]
			if d.label == d.id+" label" {
				d.label = d.id
			}
		case Both:
			if id, label, ok := splitBoth(d.id); ok {
				d.id, d.label = id, label
			}
		}
		var err error
		if d.found, err = c.categories(d.id); err != nil {
			return err
		}
		if err := c.known(&d); err != nil {
			return err
		}
		c.dims = append(c.dims, d)
	}
	return nil
}

// known looks a dimension up in the head that was given: by id or by label.
func (c *csvReader) known(d *csvDimension) error {
	head := c.o.Head
	if head == nil {
		return nil
	}
	_, from, err := head.FindDimension(d.id)
	if err != nil {
		for _, h := range head.Dimensions() {
			if h.Label() == d.label || h.Label() == d.id {
				if from != nil {
					return &CSVError{Line: c.top, Msg: fmt.Sprintf("two dimensions have the label %q: name the column by its id", d.label)}
				}
				from = h
			}
		}
	}
	if from == nil {
		return &CSVError{Line: c.top, Msg: fmt.Sprintf("column %q is no dimension of the head: %v", d.id, err), Err: jsonstat.ErrUnknown}
	}
	for _, other := range c.dims {
		if other.from == from {
			return &CSVError{Line: c.top, Msg: fmt.Sprintf("columns %q and %q are the same dimension %q", c.header[other.column], c.header[d.column], from.ID())}
		}
	}
	d.from, d.id, d.label = from, from.ID(), from.Label()
	d.found = knownCategories(from)
	return nil
}

// knownCategories are the categories of a dimension, by id, by "[id] label", and
// by label where that tells them apart.
func knownCategories(d *jsonstat.Dimension) *build.Dimension {
	ids := make([]string, d.Len())
	count := map[string]int{}
	for i := range ids {
		ids[i] = d.CategoryID(i)
		count[d.CategoryLabel(i)]++
	}
	found := build.NewDimension(ids)
	for i := range ids {
		label := d.CategoryLabel(i)
		if count[label] == 1 {
			found.Alias(label, i)
		}
		found.Alias("["+ids[i]+"] "+label, i)
	}
	return found
}

// constants adds the dimensions of the head that have no column: they must have
// one category. All then come in the order of the head.
func (c *csvReader) constants() error {
	if c.o.Head == nil {
		return nil
	}
	wide := -1
	var all []csvDimension
	for _, h := range c.o.Head.Dimensions() {
		i := slices.IndexFunc(c.dims, func(d csvDimension) bool { return d.from == h })
		switch {
		case i >= 0:
			all = append(all, c.dims[i])
		case h.Len() == 1:
			all = append(all, csvDimension{id: h.ID(), label: h.Label(), column: -1, labels: -1, from: h})
		default:
			return &CSVError{Line: c.top, Msg: fmt.Sprintf("no column is dimension %q of the head, which has %d categories", h.ID(), h.Len())}
		}
		if i >= 0 && i == c.wide {
			wide = len(all) - 1
		}
	}
	c.dims, c.wide = all, wide
	return nil
}

// wideColumns says what the columns of a wide table are.
func (c *csvReader) wideColumns() error {
	if c.o.By == "" {
		return &CSVError{Msg: "Stub names columns, but By does not name the dimension that the others are"}
	}
	c.status = -1
	var by *jsonstat.Dimension
	var known *build.Dimension
	if c.o.Head != nil {
		var err error
		if _, by, err = c.o.Head.FindDimension(c.o.By); err != nil {
			return err
		}
		known = knownCategories(by)
	}
	if by == nil && len(c.o.Stub) == 0 {
		return &CSVError{Msg: "By names the dimension of a wide table, which takes Stub, the columns that are dimensions, or Head, which knows them"}
	}
	if slices.Contains(c.o.Stub, c.o.By) {
		return &CSVError{Msg: fmt.Sprintf("%q is a column of the stub: the columns that are not are one dimension, which needs another name", c.o.By), Err: jsonstat.ErrUnknown}
	}
	var stub []int
	for _, name := range c.o.Stub {
		i := slices.Index(c.header, name)
		if i < 0 {
			return c.noColumn("column", name)
		}
		stub = append(stub, i)
	}
	d := csvDimension{id: c.o.By, label: c.o.By, column: -1, labels: -1, found: known, from: by}
	if by == nil {
		var err error
		if d.found, err = c.categories(d.id); err != nil {
			return err
		}
	} else {
		d.label = by.Label()
	}
	for i, h := range c.header {
		switch {
		case slices.Contains(stub, i):
			continue
		case by != nil && len(c.o.Stub) == 0 && d.found.Add([]byte(h)) < 0:
			stub = append(stub, i)
			continue
		}
		k := d.found.Add([]byte(h))
		if k < 0 {
			return c.unknown(&d, []byte(h), c.top)
		}
		if j := slices.IndexFunc(c.values, func(v csvValue) bool { return v.category == int(k) }); j >= 0 {
			return &CSVError{Line: c.top, Msg: fmt.Sprintf("columns %q and %q are the same category", c.header[c.values[j].column], h)}
		}
		c.values = append(c.values, csvValue{column: i, category: int(k)})
	}
	if len(c.values) == 0 {
		return &CSVError{Line: c.top, Msg: fmt.Sprintf("no column is left to be a category of %q", c.o.By)}
	}
	slices.Sort(stub)
	if err := c.dimensions(stub); err != nil {
		return err
	}
	c.wide = len(c.dims)
	c.dims = append(c.dims, d)
	return nil
}

// splitBoth splits "[id] label".
func splitBoth(text string) (id, label string, ok bool) {
	if !strings.HasPrefix(text, "[") {
		return "", "", false
	}
	return strings.Cut(text[1:], "] ")
}

// head makes the head of the dataset, when all categories are known.
func (c *csvReader) head() (jsonstat.Head, error) {
	head := jsonstat.Head{}
	if c.o.Head != nil {
		head = c.o.Head.Head()
		head.Dimensions = nil
	}
	for _, text := range []struct {
		to   *string
		from string
	}{{&head.Label, c.o.Label}, {&head.Source, c.o.Source}, {&head.Updated, c.o.Updated}} {
		if text.from != "" {
			*text.to = text.from
		}
	}
	given := map[string]bool{}
	for i := range c.dims {
		d := &c.dims[i]
		dim, err := c.dimension(d)
		if err != nil {
			return head, err
		}
		given[d.id] = true
		head.Dimensions = append(head.Dimensions, dim)
	}
	for _, id := range slices.Sorted(maps.Keys(c.o.Roles)) {
		if !given[id] {
			var ids []string
			for _, d := range c.dims {
				ids = append(ids, d.id)
			}
			return head, &CSVError{Msg: fmt.Sprintf("there is no dimension %q to give a role to: they are %s", id, strings.Join(ids, ", ")), Err: jsonstat.ErrUnknown}
		}
	}
	return head, nil
}

// dimension makes a dimension.
func (c *csvReader) dimension(d *csvDimension) (*jsonstat.Dimension, error) {
	role, given := c.o.Roles[d.id]
	if d.from != nil {
		if !given || role == d.from.Role() {
			return d.from, nil
		}
		spec := d.from.Spec()
		spec.Role = role
		return jsonstat.NewDimension(spec)
	}
	spec := jsonstat.DimensionSpec{ID: d.id, Label: d.label, Role: role}
	for i, text := range d.found.Texts() {
		cat := jsonstat.Category{ID: text}
		switch {
		case d.labels >= 0:
			if i < len(d.texts) { // a category that is only described has no label here
				cat.Label = d.texts[i]
			}
		case c.o.Content == Both:
			id, label, ok := splitBoth(text)
			if !ok {
				return nil, &CSVError{Msg: fmt.Sprintf("category %q of dimension %q is not of the form [id] label", brief(text), d.id)}
			}
			cat.ID, cat.Label = id, label
		}
		spec.Categories = append(spec.Categories, cat)
	}
	dim, err := jsonstat.NewDimension(spec)
	if err != nil {
		return nil, &CSVError{Msg: err.Error()}
	}
	return dim, nil
}

// separatorLine reads a first line such as sep=; which Excel writes. It gives what
// follows, and how many lines were read.
func separatorLine(text []byte, o *ReadCSVOptions) ([]byte, int) {
	line, rest, _ := bytes.Cut(text, []byte("\n"))
	sep, ok := bytes.CutPrefix(bytes.TrimSuffix(line, []byte("\r")), []byte("sep="))
	if !ok || utf8.RuneCount(sep) != 1 || (o.Separator != "" && o.Separator != string(sep)) {
		return text, 0
	}
	o.Separator = string(sep)
	return rest, 1
}

// sniff finds the separator, which stands equally often in the first lines, and
// the decimal mark.
func sniff(text []byte, o *ReadCSVOptions) {
	if o.Separator == "" {
		best := 0
		for _, sep := range []string{";", "\t", "|", ","} {
			r := newRecords(bytes.NewReader(text), sep)
			fields, lines := 0, 0
			for lines < 10 {
				row, _, err := r.next()
				if err != nil || (lines > 0 && len(row) != fields) {
					break
				}
				fields = len(row)
				lines++
			}
			if score := (fields - 1) * lines; score > best {
				best, o.Separator = score, sep
			}
		}
		if o.Separator == "" {
			o.Separator = ","
		}
	}
	if o.Decimal != "" {
		return
	}
	points, commas := 0, 0
	r := newRecords(bytes.NewReader(text), o.Separator)
	for range 1000 {
		row, _, err := r.next()
		if err != nil {
			break
		}
		for _, f := range row {
			f = bytes.TrimSpace(f)
			if bytes.IndexByte(f, '.') > 0 && csvtext.IsNumber(f) {
				points++
			}
			if i := bytes.IndexByte(f, ','); i > 0 && o.Separator != "," && csvtext.IsNumber(bytes.Replace(f, []byte(","), []byte("."), 1)) {
				commas++
			}
		}
	}
	o.Decimal = "."
	if commas > points {
		o.Decimal = ","
	}
}
