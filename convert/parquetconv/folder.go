package parquetconv

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A folder is a column that the names of folders make.
type folder struct {
	name, value string
	at          int // level, from 0 for the outermost
}

// ReadPartitions makes a dataset of the Parquet files in a folder and in those below it,
// as [WritePartitions], Spark, DuckDB and pyarrow lay them out: one table, whose rows
// have columns besides that folders called name=value make. A folder that WritePartitions
// filled comes back as the dataset that it was. What [Read] says of a file holds for the
// table. Names are decoded, and are texts: 0301 is a code. Files and folders whose names
// begin with a point or an underscore are passed over.
//
// One part is open at a time, in the order of their names, in which 2 stands before 10.
func ReadPartitions(dir fs.FS, o *ReadOptions) (*jsonstat.Dataset, error) {
	if o == nil {
		o = &ReadOptions{}
	}
	above := foldersOf(o.Path)
	s := &source{}
	names, err := partNames(dir, o)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		s.parts = append(s.parts, place{name: name, values: saidBy(append(above[:len(above):len(above)], foldersOf(path.Dir(name))...))})
	}
	s.folders = append(above, foldersOf(path.Dir(names[0]))...)
	for i := range s.folders {
		s.folders[i].at = i
	}
	return s.guarded(func() (*jsonstat.Dataset, error) {
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
	})
}

// partNames are the files of a folder that are parts of its table.
func partNames(dir fs.FS, o *ReadOptions) ([]string, error) {
	var named, others []string
	err := fs.WalkDir(dir, ".", func(name string, e fs.DirEntry, err error) error {
		base := path.Base(name)
		hidden := name != "." && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") && !strings.Contains(base, "="))
		switch {
		case err != nil:
			return err
		case hidden && e.IsDir():
			return fs.SkipDir
		case hidden || e.IsDir():
		case slices.Contains([]string{".parquet", ".parq", ".pq"}, strings.ToLower(path.Ext(name))):
			named = append(named, name)
		default:
			others = append(others, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(named) == 0 {
		named, others = others, nil // Hive's have no ending
	}
	if len(named) == 0 {
		return nil, errors.New("the folder holds no Parquet file")
	}
	if len(others) > 0 && o.Warn != nil {
		o.Warn(fmt.Sprintf("%d of the files are passed over, since others are called .parquet: %s", len(others), others[0]))
	}
	slices.SortFunc(named, byNumber)
	return named, nil
}

// byNumber compares names with the numbers in them as numbers.
func byNumber(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		m, n := digits(x), digits(y)
		if m > 0 && n > 0 {
			p, q := strings.TrimLeft(x[:m], "0"), strings.TrimLeft(y[:n], "0")
			if c := cmp.Or(len(p)-len(q), strings.Compare(p, q)); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		if x[0] != y[0] {
			return int(x[0]) - int(y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(len(x)-len(y), strings.Compare(a, b))
}

// digits is how many digits a text begins with.
func digits(text string) int { return len(text) - len(strings.TrimLeft(text, "0123456789")) }

// foldersOf are the columns that the last folders of a path make, the outermost first.
func foldersOf(dir string) (list []folder) {
	for dir = path.Clean(dir); ; dir = path.Dir(dir) {
		name, value, ok := strings.Cut(path.Base(dir), "=")
		if !ok || name == "" {
			break
		}
		list = append(list, folder{name: decoded(name), value: decoded(value)})
	}
	slices.Reverse(list)
	for i := range list {
		list[i].at = i
	}
	return list
}

// saidBy are the values of folders.
func saidBy(list []folder) (values []string) {
	for _, f := range list {
		values = append(values, f.value)
	}
	return values
}

// decoded is a name without its percent-encoding, if it has one.
func decoded(name string) string {
	if text, err := url.PathUnescape(name); err == nil {
		return text
	}
	return name
}

// valuesOf are the texts that a folder has in the parts, each once.
func (s *source) valuesOf(i int) (list []string) {
	seen := map[string]bool{}
	for _, p := range s.parts {
		if text := p.values[s.folders[i].at]; !seen[text] {
			seen[text] = true
			list = append(list, text)
		}
	}
	return list
}

// openName opens a part.
func openName(dir fs.FS, name string) (*part, error) {
	f, err := dir.Open(name)
	if err != nil {
		return nil, err
	}
	src, done, err := spool.Rewindable(f)
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	p, err := openPart(src)
	if err != nil {
		done()
		_ = f.Close()
		return nil, src.Cause(err)
	}
	p.done = func() { done(); _ = f.Close() }
	return p, nil
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
			fields, table = slices.Clone(p.fields), p.table
		}
		msg := p.order(fields, s.parts[0].name)
		p.done()
		if msg != "" {
			return nil, nil, s.other(i, msg)
		}
		heads = heads && p.table[columnar.KeyHead] == table[columnar.KeyHead]
		for k, f := range p.fields {
			if fields[k].Kind == columnar.FieldNull {
				fields[k] = f
			}
		}
	}
	if !heads {
		o.doubt("the parts carry different heads: that of "+s.parts[0].name+" counts", "Head")
	}
	return fields, table, nil
}

// other is the error for a part that is not as the first one is.
func (s *source) other(i int, what string) error {
	return &convert.TableError{File: s.parts[i].name, Msg: what}
}

// namesOf are the names of folders.
func namesOf(list []folder) []string {
	names := []string{}
	for _, f := range list {
		names = append(names, f.name)
	}
	return names
}

// order puts the columns of a part in the order of those that the table has, or says in
// what they differ from those of the first part.
func (p *part) order(fields []columnar.Field, first string) string {
	columns, own := make([]fileColumn, 0, len(fields)), make([]columnar.Field, 0, len(fields))
	used := make([]bool, len(p.fields))
	for k, f := range fields {
		i := k
		if i >= len(p.fields) || p.fields[i].Name != f.Name || used[i] {
			i = slices.IndexFunc(p.fields, func(c columnar.Field) bool { return c.Name == f.Name })
		}
		switch {
		case i < 0 || used[i]:
			return fmt.Sprintf("there is no column %q, which %s has", f.Name, first)
		case p.fields[i].Kind != f.Kind && p.fields[i].Kind != columnar.FieldNull && f.Kind != columnar.FieldNull:
			return fmt.Sprintf("column %q is of type %s, and in %s of type %s", f.Name, p.fields[i].Type, first, f.Type)
		}
		used[i] = true
		columns, own = append(columns, p.columns[i]), append(own, p.fields[i])
	}
	if i := slices.Index(used, false); i >= 0 {
		return fmt.Sprintf("there is a column %q, which %s does not have", p.fields[i].Name, first)
	}
	p.columns, p.fields = columns, own
	return ""
}

// doubt tells of what was decided and could be otherwise, and names the option that
// would say so.
func (o *ReadOptions) doubt(message, option string) {
	switch {
	case o.Doubt != nil:
		o.Doubt(message, []string{option})
	case o.Warn != nil:
		o.Warn(message)
	}
}
