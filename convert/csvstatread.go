package convert

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// readCSVStat reads CSV-stat: a head of lines, then a table whose columns are ids.
func readCSVStat(src io.Reader, first []byte, o *TableOptions) (*jsonstat.Dataset, error) {
	line, _, _ := strings.Cut(string(first), "\n")
	line = strings.TrimSuffix(line, "\r")
	rest := strings.TrimPrefix(line, "jsonstat")
	sep := ","
	if r, n := utf8.DecodeRuneInString(rest); n > 0 {
		sep = string(r)
	}
	parts := strings.Split(strings.Trim(rest, `"`), sep)
	decimal := "."
	units := "|"
	if len(parts) > 1 && parts[1] != "" {
		decimal = strings.Trim(parts[1], `"`)
	} else if sep == ";" {
		decimal = ","
	}
	if len(parts) > 2 && parts[2] != "" {
		units = strings.Trim(parts[2], `"`)
	}
	if len(parts) == 1 && rest != "" {
		return nil, &TableError{Line: 1, Msg: fmt.Sprintf("%.40q is no first line of CSV-stat: it is jsonstat,.,|", line)}
	}
	recs, err := newRecords(src, sep)
	if err != nil {
		return nil, err
	}
	given := o.internal()
	given.Carried()
	s := &statReader{recs: recs, units: units}
	s.head.Label = given.Label
	// What columns are is said by the head, not by options.
	s.table = &rows.Options{
		Decimal: decimal, Thousands: given.Thousands, NA: given.NA, Texts: given.Texts, Source: given.Source, Updated: given.Updated,
		Roles: given.Roles, Warn: given.Warn, Doubt: given.Doubt, Explain: given.Explain,
	}
	if err := s.readHead(); err != nil {
		return nil, tableError(err)
	}
	ds, err := s.readData()
	if e, ok := errors.AsType[*rows.Error](err); ok {
		e.Also = slices.DeleteFunc(e.Also, func(option string) bool { return option == "Decimal" }) // the first line says it
	}
	return ds, tableError(err)
}

// statReader reads CSV-stat.
type statReader struct {
	recs  *csvRecords
	table *rows.Options
	units string // the separator inside units
	head  jsonstat.Head
}

// texts are the fields of the next line as texts.
func (s *statReader) texts() ([]string, int64, error) {
	fields, line, err := s.recs.Next()
	if err != nil {
		return nil, line, err
	}
	var texts []string
	for _, f := range fields {
		if !utf8.Valid(f) {
			return nil, line, &TableError{Line: line, Msg: "the text is not UTF-8", Err: jsonstat.ErrEncoding}
		}
		texts = append(texts, string(f))
	}
	return texts, line, nil
}

// readHead reads the lines up to the one that says data.
func (s *statReader) readHead() error {
	for first := true; ; first = false {
		texts, line, err := s.texts()
		if errors.Is(err, io.EOF) {
			return &TableError{Line: line, Msg: `the head of CSV-stat does not end: there is no line "data"`}
		}
		if err != nil {
			return err
		}
		text := ""
		if len(texts) > 1 {
			text = texts[1]
		}
		switch name := texts[0]; {
		case first:
		case name == "data" && len(texts) == 1:
			return nil
		case name == "label" && text != "":
			s.head.Label = text
		case name == "label":
		case name == "source":
			s.head.Source = text
		case name == "updated":
			s.head.Updated = text
		case name == "href":
			s.head.Href = text
		case name == "dimension":
			spec, err := statDimension(texts[1:], s.units, line)
			if err != nil {
				return err
			}
			dim, err := jsonstat.NewDimension(spec)
			if err != nil {
				return &TableError{Line: line, Msg: err.Error(), Err: err}
			}
			s.head.Dimensions = append(s.head.Dimensions, dim)
		default:
			s.table.Warnf("line %d: %q is no line of the head of CSV-stat: it is left out", line, brief(name))
		}
	}
}

// statDimension reads a line of a dimension: id, label, size, the categories, the
// role, the units.
func statDimension(texts []string, units string, line int64) (jsonstat.DimensionSpec, error) {
	wrong := func(format string, args ...any) (jsonstat.DimensionSpec, error) {
		return jsonstat.DimensionSpec{}, &TableError{Line: line, Msg: fmt.Sprintf(format, args...)}
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

// readData reads the table behind the head.
func (s *statReader) readData() (*jsonstat.Dataset, error) {
	header, line, err := s.texts()
	if errors.Is(err, io.EOF) {
		return nil, &TableError{Msg: `nothing follows the line "data" of CSV-stat`}
	}
	if err != nil {
		return nil, err
	}
	fields, err := s.fields(header, line)
	if err != nil {
		return nil, err
	}
	if s.table.Head, err = jsonstat.New(s.head, nil); err != nil {
		return nil, &TableError{Msg: err.Error(), Err: err}
	}
	return rows.Make(rows.NewGridOf(s.recs, fields, s.table), rows.Format{}, s.table)
}

// fields says what the columns are. A dimension may be called value or status too: the
// last columns of these names are meant.
func (s *statReader) fields(header []string, line int64) ([]rows.Field, error) {
	fields := make([]rows.Field, len(header))
	for i, h := range header {
		fields[i] = rows.Field{Name: h}
	}
	last := func(name string) int {
		for i := len(header) - 1; i >= 0; i-- {
			if header[i] == name && fields[i].Role == rows.Undecided {
				return i
			}
		}
		return -1
	}
	missing := func(what, name string) error {
		msg := fmt.Sprintf("there is no %s %q", what, name)
		if near := jsonstat.Near(name, header); len(near) > 0 {
			msg += fmt.Sprintf("; did you mean %q?", near[0])
		} else {
			msg += fmt.Sprintf(": the columns are %.200s", strings.Join(header, ", "))
		}
		return &TableError{Line: line, Msg: msg, Err: jsonstat.ErrUnknown}
	}
	value := last("value")
	if value < 0 {
		return nil, missing("column", "value")
	}
	fields[value].Role = rows.Value
	dims := s.head.Dimensions
	status := -1
	if len(header) == len(dims)+2 {
		if status = last("status"); status >= 0 {
			fields[status].Role = rows.Status
		}
	}
	if extra := len(header) - len(dims); extra != 1 && (extra != 2 || status < 0) {
		return nil, &TableError{Line: line, Msg: fmt.Sprintf("the table has %d columns for %d dimensions", len(header), len(dims))}
	}
	first := map[string]int{} // columns that are left, by their names
	for i := len(header) - 1; i >= 0; i-- {
		if fields[i].Role == rows.Undecided {
			first[header[i]] = i
		}
	}
	for _, d := range dims {
		i, ok := first[d.ID()]
		if !ok {
			return nil, missing("column for dimension", d.ID())
		}
		fields[i].Role, fields[i].Dimension, fields[i].Known = rows.Dimension, d.ID(), make([]string, d.Len())
		for k := range fields[i].Known {
			fields[i].Known[k] = d.CategoryID(k)
		}
	}
	return fields, nil
}

// brief shortens a text for a message.
func brief(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}
