// Package arrowschema is the plan of a table as an Arrow schema, and the reverse.
// Parquet files carry such a schema too, since Parquet has no keys for columns.
package arrowschema

import (
	"bytes"
	"encoding/base64"
	"math"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
)

// Of is the schema of a table.
func Of(t *columnar.Table) *arrow.Schema {
	return schemaOf(t, index)
}

// schemaOf is the schema of a table, whose dictionaries of so many texts are numbered by a
// type.
func schemaOf(t *columnar.Table, index func(n int) arrow.DataType) *arrow.Schema {
	fields := make([]arrow.Field, len(t.Columns))
	for i := range t.Columns {
		c := &t.Columns[i]
		fields[i] = arrow.Field{Name: c.Name, Type: typeOf(t, c, index), Metadata: metadata(c.Keys), Nullable: c.Kind >= columnar.Status}
	}
	meta := metadata(t.Keys)
	return arrow.NewSchema(fields, &meta)
}

func typeOf(t *columnar.Table, c *columnar.Column, index func(n int) arrow.DataType) arrow.DataType {
	switch c.Kind {
	case columnar.Date:
		return arrow.FixedWidthTypes.Date32
	case columnar.Dimension, columnar.Status:
		return &arrow.DictionaryType{IndexType: index(len(c.Texts)), ValueType: arrow.BinaryTypes.String, Ordered: c.Kind == columnar.Dimension}
	case columnar.ValueText:
		return arrow.BinaryTypes.String
	}
	switch t.Type {
	case columnar.Int64:
		return arrow.PrimitiveTypes.Int64
	case columnar.UTF8:
		return arrow.BinaryTypes.String
	}
	return arrow.PrimitiveTypes.Float64
}

// index is the smallest type that can number so many texts. It is signed, since
// pandas reads no other.
func index(n int) arrow.DataType {
	switch {
	case n <= math.MaxInt8+1:
		return arrow.PrimitiveTypes.Int8
	case n <= math.MaxInt16+1:
		return arrow.PrimitiveTypes.Int16
	}
	return arrow.PrimitiveTypes.Int32
}

func metadata(keys []columnar.Key) arrow.Metadata {
	names, values := make([]string, len(keys)), make([]string, len(keys))
	for i, k := range keys {
		names[i], values[i] = k.Name, k.Value
	}
	return arrow.NewMetadata(names, values)
}

// Keys are the keys of a schema or a field, by name.
func Keys(m arrow.Metadata) map[string]string {
	keys := make(map[string]string, m.Len())
	for i, name := range m.Keys() {
		keys[name] = m.Values()[i]
	}
	return keys
}

// Key is where Parquet files have their Arrow schema.
const Key = "ARROW:schema"

// Encode is the schema of a table as the text that a Parquet file has under [Key]. It has
// the keys of the table too, since readers that know Arrow look for them here alone.
// All dictionaries are numbered by int32: pyarrow cannot read two files together whose
// numbers are of different types.
func Encode(t *columnar.Table) (string, error) {
	var buf bytes.Buffer
	schema := schemaOf(t, func(int) arrow.DataType { return arrow.PrimitiveTypes.Int32 })
	if err := ipc.NewWriter(&buf, ipc.WithSchema(schema)).Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(buf.Bytes()), nil
}

// Location is the zone of a type for times: a name, or what it differs from UTC.
func Location(zone string) (*time.Location, error) {
	return (&arrow.TimestampType{TimeZone: zone}).GetZone()
}

// Column is what such a text says of a column.
type Column struct {
	Keys    map[string]string
	Zone    string // of times, "" for none
	Ordered bool   // it has categories in an order
}

// Decode gives what such a text says of the table, by key, and of its columns, by name.
// What is no schema says nothing.
func Decode(text string) (table map[string]string, columns map[string]Column) {
	defer func() {
		if recover() != nil { // the module panics at schemas that are damaged
			table, columns = nil, nil
		}
	}()
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, nil
	}
	r, err := ipc.NewReaderFromMessageReader(NewMessages(bytes.NewReader(raw), int64(len(raw)), memory.DefaultAllocator))
	if err != nil {
		return nil, nil
	}
	// It is not released: there it counts by an integer of 64 bits that machines of 32
	// bits do not find aligned, and the collector takes its memory too.
	columns = map[string]Column{}
	for _, f := range r.Schema().Fields() {
		c := Column{Keys: Keys(f.Metadata)}
		switch t := f.Type.(type) {
		case *arrow.TimestampType:
			c.Zone = t.TimeZone
		case *arrow.DictionaryType:
			c.Ordered = t.Ordered
		}
		columns[f.Name] = c
	}
	return Keys(r.Schema().Metadata()), columns
}
