package xlsxconv

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ReadOptions say how a workbook is read. The zero value, and nil, read what
// [Write] wrote, with the changes that people made to its table since, and of any
// other workbook the first sheet by the rules of [convert.TableOptions].
type ReadOptions struct {
	// TableOptions: with any that say what columns are, or how they are read, a sheet
	// is read by rule though Write wrote it. Description and what says how texts are read
	// make no difference to what Write wrote, with a warning.
	convert.TableOptions

	// Sheet is the name of the sheet to read by rule. Default: the first that can be
	// seen. If that is empty, a list of the others or without figures, the error is a
	// [*convert.TableError] that names the others, and "Sheet" in Also.
	Sheet string

	// Plain reads by rule, whatever wrote the workbook.
	Plain bool
}

// byRule tells whether the options ask for the rule.
func (o *ReadOptions) byRule() bool {
	return o.Plain || o.Sheet != "" || o.Header != "" || len(o.Values)+len(o.Dimensions)+len(o.Labels)+len(o.Ignore)+len(o.By)+len(o.Stub)+len(o.Plan) > 0 ||
		o.Status != "" || o.StatusSuffix != "" || o.Content != convert.Default || o.Head != nil || o.Explain != nil
}

// Read makes a dataset of a workbook. What is no *os.File is kept in a temporary
// file meanwhile.
func Read(r io.Reader, o *ReadOptions) (*jsonstat.Dataset, error) {
	opts := ReadOptions{}
	if o != nil {
		opts = *o
	}
	if opts.Warn == nil {
		opts.Warn = func(string) {}
	}
	src, size, done, err := anywhere(r)
	if err != nil {
		return nil, err
	}
	defer done()
	ds, err := read(src, size, &opts)
	if err = src.Cause(err); err != nil {
		return nil, err
	}
	return ds, nil
}

// read is Read of what can be read at any place.
func read(src io.ReaderAt, size int64, opts *ReadOptions) (*jsonstat.Dataset, error) {
	b, err := openWorkbook(src, size)
	if err != nil {
		return nil, err
	}
	if !opts.byRule() {
		if s := b.sheet(hiddenSheet); s != nil {
			own, err := b.readHidden(s)
			if err != nil {
				return nil, fmt.Errorf("the hidden sheet %q: %w", s.name, err)
			}
			if own != nil {
				own.warn = opts.Warn
				ds, err := own.read()
				if err != nil {
					return nil, err
				}
				return described(ds, opts)
			}
		}
	}
	return b.plain(opts)
}

// described gives a dataset the texts and roles that the options name, and warns of options
// that say nothing to a workbook that carries its cube.
func described(ds *jsonstat.Dataset, o *ReadOptions) (*jsonstat.Dataset, error) {
	table := rows.Options(o.TableOptions)
	table.Carried()
	if o.Decimal != "" || o.Thousands != "" || len(o.NA) > 0 || o.Texts || o.Periods != "" {
		table.Doubtf([]string{"Plain"}, "how texts are read makes no difference: the workbook carries its cube")
	}
	if o.Label == "" && o.Source == "" && o.Updated == "" && len(o.Roles) == 0 {
		return ds, nil
	}
	head := ds.Head()
	table.Entitle(&head)
	head.Dimensions = slices.Clone(head.Dimensions)
	for _, id := range slices.Sorted(maps.Keys(o.Roles)) {
		i, d, err := ds.FindDimension(id)
		if err != nil {
			return nil, err
		}
		if head.Dimensions[i], err = rows.WithRole(d, o.Roles[id]); err != nil {
			return nil, err
		}
	}
	if !ds.HasCells() {
		return jsonstat.New(head, nil)
	}
	return jsonstat.New(head, ds.Cells())
}

// anywhere makes a reader one that can be read at any place.
func anywhere(r io.Reader) (src *spool.Source, size int64, done func(), err error) {
	type seeker interface {
		io.ReadSeeker
		io.ReaderAt
	}
	if s, ok := r.(seeker); ok {
		if here, err := s.Seek(0, io.SeekCurrent); err == nil && here == 0 {
			if size, err = s.Seek(0, io.SeekEnd); err == nil {
				return spool.NewSource(s), size, func() {}, nil
			}
		}
	}
	f, done, err := spool.File()
	if err != nil {
		return nil, 0, nil, err
	}
	if size, err = spool.Fill(f, r); err != nil {
		done()
		return nil, 0, nil, err
	}
	return spool.NewSource(f), size, done, nil
}
