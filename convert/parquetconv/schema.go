package parquetconv

import (
	"reflect"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/encoding"
)

// group is the root of a schema with its columns in order: the module's own sorts
// them by name.
type group []field

// field is a column.
type field struct {
	parquet.Node
	name string
}

// Name is the name of the column.
func (f field) Name() string { return f.name }

// Value is not asked for: rows do not come from Go values.
func (f field) Value(reflect.Value) reflect.Value { panic("rows are not made of Go values") }

func (g group) sorted() parquet.Group {
	m := parquet.Group{}
	for _, f := range g {
		m[f.name] = f.Node
	}
	return m
}

// Fields are the columns in order.
func (g group) Fields() []parquet.Field {
	fields := make([]parquet.Field, len(g))
	for i, f := range g {
		fields[i] = f
	}
	return fields
}

// The rest is that of any group.

func (g group) ID() int                     { return 0 }
func (g group) String() string              { return g.sorted().String() }
func (g group) Type() parquet.Type          { return g.sorted().Type() }
func (g group) Optional() bool              { return false }
func (g group) Repeated() bool              { return false }
func (g group) Required() bool              { return true }
func (g group) Leaf() bool                  { return false }
func (g group) Encoding() encoding.Encoding { return nil }
func (g group) Compression() compress.Codec { return nil }
func (g group) GoType() reflect.Type        { return g.sorted().GoType() }
