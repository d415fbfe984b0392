package parquetconv

import (
	"errors"
	"fmt"
	"slices"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// source is a table: columns that the names of folders make, then those of its files.
type source struct {
	folders  []folder
	parts    []place
	open     func(i int) (*part, error) // opens a part, which is done with before the next
	readings []columnar.Reading         // of all columns
	at       int                        // number of the part that is read, for messages
	groups   []rowGroup
}

// place is where a part lies.
type place struct {
	name   string   // "" for a file that is all of its table
	values []string // of the folders
}

// rowGroup is a row group that was begun.
type rowGroup struct {
	last         int64 // number of its last row, from 1
	part, number int   // the latter from 1
}

// make makes the dataset of the table, whose files have those columns.
func (s *source) make(files []columnar.Field, table map[string]string, o *ReadOptions) (*jsonstat.Dataset, error) {
	s.folders = slices.DeleteFunc(s.folders, func(f folder) bool { // what stands in the files as well
		return slices.ContainsFunc(files, func(c columnar.Field) bool { return c.Name == f.name })
	})
	marks := columnar.Partition(table)
	var fields []columnar.Field
	for i, f := range s.folders {
		field := columnar.Field{Name: f.name, Kind: columnar.FieldText, Type: "a text", Keys: map[string]string{}, Names: s.valuesOf(i)}
		if id := marks[f.name]; id != "" {
			field.Keys[columnar.KeyDimension] = id
		}
		fields = append(fields, field)
	}
	fields = append(fields, files...)
	s.readings = make([]columnar.Reading, len(fields))
	opts := rows.Options(o.TableOptions)
	ds, err := columnar.Make(s, fields, table, &opts, func(i int, r columnar.Reading) { s.readings[i] = r })
	return ds, tableError(err)
}

// Fields are the columns.
func (s *source) Fields() []rows.Field {
	fields := make([]rows.Field, len(s.readings))
	for i := range s.readings {
		fields[i] = s.readings[i].Field
	}
	return fields
}

// Place says where a row stands.
func (s *source) Place(number int64, _ int) rows.Place {
	before := int64(0)
	for _, g := range s.groups {
		if number <= g.last {
			return rows.Place{File: s.parts[g.part].name, Group: int64(g.number), Row: number - before}
		}
		before = g.last
	}
	return rows.Place{Row: number}
}

// in says of an error in which part of several it is.
func (s *source) in(err error) error {
	if err == nil || s.at >= len(s.parts) || s.parts[s.at].name == "" {
		return err
	}
	return fmt.Errorf("%s: %w", s.parts[s.at].name, err)
}

// Rows goes through the row groups of all parts.
func (s *source) Rows(b *rows.Batch, next func() error) error {
	b.Grow(len(s.readings))
	for i := range s.parts {
		s.at = i
		if err := s.part(b, next); err != nil {
			return err
		}
	}
	return nil
}

func (s *source) part(b *rows.Batch, next func() error) error {
	p, err := s.open(s.at)
	if err != nil {
		return err
	}
	defer p.done()
	for i := range p.columns {
		p.columns[i].Reading = s.readings[len(s.folders)+i]
	}
	names := s.dictionaries()
	for i, g := range p.file.RowGroups() {
		if err := s.group(b, p, i, g, names, next); err != nil {
			return p.src.Cause(err)
		}
	}
	return nil
}

// dictionaries are the texts of the folders of the part as dictionaries; nil for null.
func (s *source) dictionaries() []*rows.Dictionary {
	list := make([]*rows.Dictionary, len(s.folders))
	for i := range list {
		if text, ok := s.saying(i, s.parts[s.at].values[s.folders[i].at]); ok {
			list[i] = &rows.Dictionary{Texts: [][]byte{[]byte(text)}}
		}
	}
	return list
}

// saying is what a folder says of its rows. One that Hive calls so has nulls, or what is
// empty if the head knows such a category.
func (s *source) saying(i int, text string) (string, bool) {
	if known := s.readings[i].Known; text != columnar.HiveNull || slices.Contains(known, text) {
		return text, true
	} else if slices.Contains(known, "") {
		return "", true
	}
	return "", false
}

// cursor reads a column of a row group.
type cursor interface {
	// fill makes sure that there are cells, and returns how many.
	fill() (int, error)

	// add appends so many of them to a batch.
	add(b *rows.Batch, at, n int) error

	close()
}

// cursors opens the columns of a row group that are read; of the others they are nil.
func (p *part) cursors(number int, group parquet.RowGroup) (list []cursor, err error) {
	chunks := group.ColumnChunks()
	list = make([]cursor, len(p.columns))
	for i := range p.columns {
		c := &p.columns[i]
		if c.Skip {
			continue
		}
		if c.leaf < 0 || c.leaf >= len(chunks) {
			return list, damaged(fmt.Errorf("column %q has no values", c.name))
		}
		meta := &p.file.Metadata().RowGroups[number].Columns[c.leaf].MetaData
		if c.physical == parquet.ByteArray {
			list[i], err = newBytesCursor(c, p.src, meta)
		} else {
			list[i] = &valueCursor{c: c, pages: chunks[c.leaf].Pages()}
			if meta.Codec == format.Lz4Raw {
				err = checkLZ4(p.src, meta)
			}
		}
		if err != nil {
			return list, damaged(fmt.Errorf("column %q: %w", c.name, err))
		}
	}
	return list, nil
}

// group goes through a row group. A batch ends where a page of a column does.
func (s *source) group(b *rows.Batch, p *part, number int, group parquet.RowGroup, names []*rows.Dictionary, next func() error) error {
	before := int64(0)
	if len(s.groups) > 0 {
		before = s.groups[len(s.groups)-1].last
	}
	total := max(group.NumRows(), 0)
	s.groups = append(s.groups, rowGroup{before + total, s.at, number + 1})
	list, err := p.cursors(number, group)
	defer func() {
		for _, cur := range list {
			if cur != nil {
				cur.close()
			}
		}
	}()
	if err != nil {
		return s.in(err)
	}
	for row, most := int64(0), rows.RowsOf(len(s.readings)); row < total; {
		n := int(min(total-row, int64(most)))
		read := false
		for _, cur := range list {
			if cur == nil {
				continue
			}
			have, err := cur.fill()
			if err != nil {
				return s.in(err)
			}
			n, read = min(n, have), true
		}
		for i, d := range names {
			s.name(b, i, d, n)
		}
		for i, cur := range list {
			at := len(names) + i
			if cur == nil {
				for range n {
					b.Null(at)
				}
				continue
			}
			if err := cur.add(b, at, n); err != nil {
				var wrong *valueError
				if errors.As(err, &wrong) {
					place := s.Place(before+row+int64(len(b.Cells[at]))+1, at)
					return &rows.Error{File: place.File, Group: place.Group, Row: place.Row, Msg: wrong.Error()}
				}
				return s.in(err)
			}
		}
		for k := range n {
			b.End(before + row + int64(k) + 1)
		}
		if err := next(); err != nil {
			return err
		}
		if row += int64(n); !read {
			break // a table of nothing may claim any number of rows
		}
	}
	return nil
}

// name appends so many cells of a folder to a batch.
func (s *source) name(b *rows.Batch, at int, d *rows.Dictionary, n int) {
	if d == nil {
		for range n {
			b.Null(at)
		}
		return
	}
	b.Dictionaries[at] = d
	from := len(b.Codes[at])
	b.Codes[at] = slices.Grow(b.Codes[at], n)[:from+n]
	clear(b.Codes[at][from:])
}
