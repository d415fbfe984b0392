package xlsxconv

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Read makes a dataset of a workbook. What cannot seek to its start is kept in a
// temporary file meanwhile.
func Read(r io.Reader, o *ReadOptions) (*jsonstat.Dataset, error) {
	opts := ReadOptions{}
	if o != nil {
		opts = *o
	}
	if opts.Warn == nil {
		opts.Warn = func(string) {}
	}
	src, done, err := spool.Rewindable(r)
	if err != nil {
		return nil, err
	}
	defer done()
	ds, err := read(src, &opts)
	if err = src.Cause(err); err != nil {
		return nil, err
	}
	return ds, nil
}

// read is Read of what can be read at any place.
func read(src *spool.Source, opts *ReadOptions) (*jsonstat.Dataset, error) {
	size, err := src.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	b, err := openWorkbook(src, size)
	if err != nil {
		return nil, err
	}
	if !opts.byRule() {
		if s := b.sheet(hiddenSheet); s != nil {
			h, err := readHidden(b, s)
			if err != nil {
				return nil, fmt.Errorf("the hidden sheet %q: %w", s.name, err)
			}
			if h != nil {
				ds, err := (&own{h, b, opts.Warn}).read()
				if err != nil {
					return nil, err
				}
				return described(ds, opts)
			}
		}
	}
	return plainOf(b, opts)
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
