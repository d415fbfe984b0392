package parquetconv

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Read makes a dataset of a Parquet file. Errors are a [*convert.TableError], which
// counts rows from the first of a row group, or those of reading.
//
// A file that [Write] made comes back as the dataset that it was, as long as its
// dimensions have their columns. Rows may come in any order and be fewer: cells
// without a row are missing. Of other files the keys of jsonstat-io, in their Arrow
// schema, tell which column is what, and the rules of all tables what these do not.
// Categories are in the order in which they come up. Dates and times are ids such as
// 2024-01-01 or 2024-01-01T06:00, of the precision that their column has, and so are the
// periods of pandas (2024, 2024Q1, 2024M01, 2024W05); NaN and null are missing. The
// index of a data frame that has no name is left out.
//
// What cannot be read at offsets is kept in a temporary file meanwhile.
func Read(r io.Reader, o *ReadOptions) (*jsonstat.Dataset, error) {
	if o == nil {
		o = &ReadOptions{}
	}
	return columnar.AtOffsets(r, func(src *spool.Source) (*jsonstat.Dataset, error) {
		s := &source{}
		return columnar.Guarded(func() (*jsonstat.Dataset, error) {
			p, err := openPart(src)
			if err != nil {
				return nil, err
			}
			s.folders = foldersOf(path.Dir(o.Path))
			s.parts = []place{{values: saidBy(s.folders)}}
			s.open = func(int) (*part, error) { return p, nil }
			return s.make(p.fields(), p.table, o)
		}, s.panicked)
	})
}

// ReadPartitions makes a dataset of the Parquet files in a folder and in those below it,
// as [WritePartitions], Spark, DuckDB and pyarrow lay them out: one table, whose rows
// have columns besides that folders called name=value make. A folder that WritePartitions
// filled comes back as the dataset that it was. What [Read] says of a file holds for the
// table. Names are decoded, and are texts: 0301 is a code. Files and folders whose names
// begin with a point or an underscore are passed over.
//
// Of a folder that has several editions in it, called edition=NAME, each with a head of its
// own, one has to be named.
//
// One part is open at a time, in the order of their names, in which 2 stands before 10.
func ReadPartitions(dir fs.FS, o *ReadOptions) (*jsonstat.Dataset, error) {
	if o == nil {
		o = &ReadOptions{}
	}
	above := foldersOf(o.Path)
	s := &source{}
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
	names, err := partNames(dir, o)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		s.parts = append(s.parts, place{name: name, values: saidBy(append(above[:len(above):len(above)], foldersOf(path.Dir(name))...))})
	}
	s.folders = append(above[:len(above):len(above)], foldersOf(path.Dir(names[0]))...)
	return columnar.Guarded(func() (*jsonstat.Dataset, error) {
		fields, table, err := s.agree(dir, len(above), o)
		if err != nil {
			return nil, err
		}
		s.open = func(i int) (*part, error) {
			p, err := openName(dir, names[i])
			if err != nil {
				return nil, s.in(err)
			}
			if msg := p.order(fields, s.parts[0].name); msg != "" { // it was another file a moment ago
				p.done()
				return nil, s.other(i, msg)
			}
			return p, nil
		}
		return s.make(fields, table, o)
	}, s.panicked)
}

// agree looks at what all parts say of their columns, which has to be the same: the
// columns of the first one count, with the types of those that have more than nulls.
func (s *source) agree(dir fs.FS, above int, o *ReadOptions) (fields []columnar.Field, table map[string]string, err error) {
	heads := true
	for i, where := range s.parts {
		s.at = i
		list := foldersOf(path.Dir(where.name))
		if names := namesOf(list); !slices.Equal(names, namesOf(s.folders[above:])) {
			return nil, nil, s.other(i, fmt.Sprintf("its folders are the columns %q, and those of %s %q", names, s.parts[0].name, namesOf(s.folders[above:])))
		}
		p, err := openName(dir, where.name)
		if err != nil {
			return nil, nil, s.in(err)
		}
		if i == 0 {
			fields, table = p.fields(), p.table
		}
		msg := p.order(fields, s.parts[0].name)
		p.done()
		if msg != "" {
			return nil, nil, s.other(i, msg)
		}
		heads = heads && p.table[columnar.KeyHead] == table[columnar.KeyHead]
		for k, f := range p.fields() {
			if fields[k].Kind == columnar.FieldNull {
				fields[k] = f
			}
		}
	}
	if !heads {
		o.table().Doubtf([]string{"Head"}, "the parts carry different heads: that of %s counts", s.parts[0].name)
	}
	return fields, table, nil
}

// other is the error for a part that is not as the first one is.
func (s *source) other(i int, what string) error {
	return &convert.TableError{File: s.parts[i].name, Msg: what}
}
