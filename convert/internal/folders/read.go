// Package folders reads tables of columns that are one file or a folder of them, as Hive,
// Spark, DuckDB, pyarrow and our own writer lay them out: folders called name=value are
// columns. It knows no format; one hands it parts, each with its columns.
package folders

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// File makes a dataset of a file, which open opens.
func File(f Format, open func() (Part, error), o Options) (*jsonstat.Dataset, error) {
	s := &source{o: o, grouped: f.Grouped}
	return columnar.Guarded(func() (*jsonstat.Dataset, error) {
		p, err := open()
		if err != nil {
			return nil, err
		}
		if o.Path != "" {
			s.folders = foldersOf(path.Dir(o.Path))
		}
		s.parts = []place{{values: saidBy(s.folders)}}
		s.open = func(int) (Part, error) { return p, nil }
		return s.make(p.Fields(), p.Keys())
	}, s.panicked)
}

// Folder makes a dataset of the files in a folder and in those below it. One of them is
// open at a time, in the order of their names, in which 2 stands before 10.
func Folder(f Format, dir fs.FS, o Options) (*jsonstat.Dataset, error) {
	above := foldersOf(o.Path)
	s := &source{o: o, grouped: f.Grouped}
	dir, edition, err := editionOf(dir)
	if err != nil {
		return nil, err
	}
	if edition != "" {
		above = append(above, foldersOf(edition)...)
	}
	if s.head, err = fs.ReadFile(dir, columnar.HeadName); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	names, err := partNames(dir, f, o.table())
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		s.parts = append(s.parts, place{name: name, values: saidBy(append(above[:len(above):len(above)], foldersOf(path.Dir(name))...))})
	}
	s.folders = append(above[:len(above):len(above)], foldersOf(path.Dir(names[0]))...)
	return columnar.Guarded(func() (*jsonstat.Dataset, error) {
		fields, table, err := s.agree(f, dir, len(above))
		if err != nil {
			return nil, err
		}
		s.open = func(i int) (Part, error) {
			p, err := f.Open(dir, names[i])
			if err != nil {
				return nil, s.in(err)
			}
			order, msg := orderOf(p.Fields(), fields, s.parts[0].name)
			if msg != "" { // it was another file a moment ago
				p.Close()
				return nil, s.other(i, msg)
			}
			p.Arrange(order)
			return p, nil
		}
		return s.make(fields, table)
	}, s.panicked)
}

// agree looks at what all parts say of their columns, which has to be the same: the
// columns of the first one count, with the types of those that have more than nulls.
func (s *source) agree(f Format, dir fs.FS, above int) (fields []columnar.Field, table map[string]string, err error) {
	heads := true
	for i, where := range s.parts {
		s.at = i
		list := foldersOf(path.Dir(where.name))
		if names := namesOf(list); !slices.Equal(names, namesOf(s.folders[above:])) {
			return nil, nil, s.other(i, fmt.Sprintf("its folders are the columns %q, and those of %s %q", names, s.parts[0].name, namesOf(s.folders[above:])))
		}
		p, err := f.Open(dir, where.name)
		if err != nil {
			return nil, nil, s.in(err)
		}
		own, keys := p.Fields(), p.Keys()
		p.Close()
		if i == 0 {
			fields, table = own, keys
		}
		order, msg := orderOf(own, fields, s.parts[0].name)
		if msg != "" {
			return nil, nil, s.other(i, msg)
		}
		heads = heads && keys[columnar.KeyHead] == table[columnar.KeyHead]
		for k, at := range order {
			if fields[k].Kind == columnar.FieldNull {
				fields[k] = own[at]
			}
		}
	}
	if !heads {
		s.o.table().Doubtf([]string{"Head"}, "the parts carry different heads: that of %s counts", s.parts[0].name)
	}
	return fields, table, nil
}

// orderOf are the numbers of the columns of a part in the order of those that the table
// has, or in what they differ from those of the first part.
func orderOf(own, fields []columnar.Field, first string) (order []int, msg string) {
	used := make([]bool, len(own))
	for k, f := range fields {
		i := k
		if i >= len(own) || own[i].Name != f.Name || used[i] {
			i = slices.IndexFunc(own, func(c columnar.Field) bool { return c.Name == f.Name })
		}
		if i < 0 || used[i] {
			return nil, fmt.Sprintf("there is no column %q, which %s has", f.Name, first)
		}
		if c := own[i]; c.Kind != f.Kind && c.Kind != columnar.FieldNull && f.Kind != columnar.FieldNull {
			return nil, fmt.Sprintf("column %q is of type %s, and in %s of type %s", f.Name, c.Type, first, f.Type)
		}
		used[i] = true
		order = append(order, i)
	}
	if i := slices.Index(used, false); i >= 0 {
		return nil, fmt.Sprintf("there is a column %q, which %s does not have", own[i].Name, first)
	}
	return order, ""
}

// other is the error for a part that is not as the first one is.
func (s *source) other(i int, what string) error {
	return &convert.TableError{File: s.parts[i].name, Msg: what}
}
