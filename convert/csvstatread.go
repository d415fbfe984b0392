package convert

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert/internal/build"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// readStat reads CSV-stat: a head of lines, then a table whose columns are ids.
func (c *csvReader) readStat(first []byte) (*jsonstat.Dataset, error) {
	line, _, _ := strings.Cut(string(first), "\n")
	line = strings.TrimSuffix(line, "\r")
	rest := strings.TrimPrefix(line, "jsonstat")
	sep := ","
	if r, n := utf8.DecodeRuneInString(rest); n > 0 {
		sep = string(r)
	}
	parts := strings.Split(strings.Trim(rest, `"`), sep)
	c.o.Separator, c.o.Decimal = sep, "."
	units := "|"
	if len(parts) > 1 && parts[1] != "" {
		c.o.Decimal = strings.Trim(parts[1], `"`)
	} else if sep == ";" {
		c.o.Decimal = ","
	}
	if len(parts) > 2 && parts[2] != "" {
		units = strings.Trim(parts[2], `"`)
	}
	if len(parts) == 1 && rest != "" {
		return nil, &CSVError{Line: 1, Msg: fmt.Sprintf("%.40q is no first line of CSV-stat: it is jsonstat,.,|", line)}
	}
	head := jsonstat.Head{}
	if _, err := c.src.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	c.recs = newRecords(c.src, sep)
	if err := c.recs.skipBOM(); err != nil {
		return nil, err
	}
	var specs []jsonstat.DimensionSpec
	for c.skip = 0; ; c.skip++ {
		fields, line, err := c.recs.next()
		if err == io.EOF {
			return nil, &CSVError{Line: line, Msg: `the head of CSV-stat does not end: there is no line "data"`}
		}
		if err != nil {
			return nil, err
		}
		var texts []string
		for _, f := range fields {
			if !utf8.Valid(f) {
				return nil, notUTF8(line)
			}
			texts = append(texts, string(f))
		}
		text := ""
		if len(texts) > 1 {
			text = texts[1]
		}
		switch name := texts[0]; {
		case c.skip == 0:
			continue
		case name == "data" && len(texts) == 1:
			c.skip++
			return c.readStatData(head, specs)
		case name == "label":
			head.Label = text
		case name == "source":
			head.Source = text
		case name == "updated":
			head.Updated = text
		case name == "href":
			head.Href = text
		case name == "dimension":
			spec, err := statDimension(texts[1:], units, line)
			if err != nil {
				return nil, err
			}
			specs = append(specs, spec)
		default:
			c.o.Warn(fmt.Sprintf("line %d: %q is no line of the head of CSV-stat: it is left out", line, brief(name)))
		}
	}
}

// statDimension reads a line of a dimension: id, label, size, the categories, the
// role, the units.
func statDimension(texts []string, units string, line int64) (jsonstat.DimensionSpec, error) {
	wrong := func(format string, args ...any) (jsonstat.DimensionSpec, error) {
		return jsonstat.DimensionSpec{}, &CSVError{Line: line, Msg: fmt.Sprintf(format, args...)}
	}
	if len(texts) < 3 {
		return wrong("a dimension has an id, a label and a size at least")
	}
	spec := jsonstat.DimensionSpec{ID: texts[0], Label: texts[1], Labelled: true}
	size, err := strconv.Atoi(texts[2])
	if err != nil || size < 0 || size > (len(texts)-3)/2 {
		return wrong("dimension %q has size %q, but %d ids and labels follow", brief(texts[0]), brief(texts[2]), (len(texts)-3)/2)
	}
	rest := texts[3:]
	for i := range size {
		spec.Categories = append(spec.Categories, jsonstat.Category{ID: rest[2*i], Label: rest[2*i+1]})
	}
	rest = rest[2*size:]
	if len(rest) > 0 {
		spec.Role = jsonstat.Role(rest[0]) // offices have roles of their own, too
		rest = rest[1:]
	}
	for i, text := range rest {
		if i >= size || text == "" {
			continue
		}
		spec.Categories[i].Unit = statUnit(text, units)
	}
	return spec, nil
}

// statUnit reads decimals|label|symbol|position.
func statUnit(text, sep string) *jsonstat.Unit {
	parts := strings.Split(text, sep)
	u := &jsonstat.Unit{}
	if n, err := strconv.Atoi(parts[0]); err == nil && n >= 0 {
		u.Decimals = &n
	}
	for i, to := range []*string{&u.Label, &u.Symbol, &u.Position} {
		if i+1 < len(parts) {
			*to = parts[i+1]
		}
	}
	return u
}

// readStatData reads the table behind the head.
func (c *csvReader) readStatData(head jsonstat.Head, specs []jsonstat.DimensionSpec) (*jsonstat.Dataset, error) {
	if head.Label == "" {
		head.Label = c.o.Label
	}
	if err := c.open(); err == io.EOF {
		return nil, &CSVError{Msg: `nothing follows the line "data" of CSV-stat`}
	} else if err != nil {
		return nil, err
	}
	// A dimension may be called value or status too: the last columns of these
	// names are meant.
	value := lastIndex(c.header, "value")
	if value < 0 {
		return nil, c.noColumn("column", "value")
	}
	c.wide, c.status = -1, -1
	c.values = []csvValue{{column: value}}
	if len(c.header) == len(specs)+2 {
		c.status = lastIndex(c.header, "status")
	}
	if extra := len(c.header) - len(specs); extra != 1 && (extra != 2 || c.status < 0) {
		return nil, &CSVError{Line: c.top, Msg: fmt.Sprintf("the table has %d columns for %d dimensions", len(c.header), len(specs))}
	}
	columns := make(map[string]int, len(c.header)) // the first of each name
	for i, h := range slices.Backward(c.header) {
		columns[h] = i
	}
	for _, spec := range specs {
		dim, err := jsonstat.NewDimension(spec)
		if err != nil {
			return nil, &CSVError{Msg: err.Error()}
		}
		column, ok := columns[spec.ID]
		if !ok || column == value || column == c.status {
			return nil, c.noColumn("column for dimension", spec.ID)
		}
		ids := make([]string, dim.Len())
		for i := range ids {
			ids[i] = dim.CategoryID(i)
		}
		head.Dimensions = append(head.Dimensions, dim)
		c.dims = append(c.dims, csvDimension{id: spec.ID, label: spec.Label, column: column, labels: -1, found: build.NewDimension(ids), from: dim})
	}
	rows, err := c.pass(func([]int32, [][]byte, int64, int64) error { return nil })
	if err != nil {
		return nil, err
	}
	if rows == 0 {
		return jsonstat.New(head, nil)
	}
	return c.cube(head, rows)
}

func lastIndex(list []string, s string) int {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] == s {
			return i
		}
	}
	return -1
}
