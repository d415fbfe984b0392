// Package arrowschema is the plan of a table as an Arrow schema, and the reverse.
// Parquet files carry such a schema too, since Parquet has no keys for columns.
package arrowschema

import (
	"bytes"
	"encoding/base64"
	"math"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
)

// Of is the schema of a table.
func Of(t *columnar.Table) *arrow.Schema {
	fields := make([]arrow.Field, len(t.Columns))
	for i := range t.Columns {
		c := &t.Columns[i]
		fields[i] = arrow.Field{Name: c.Name, Type: typeOf(t, c), Metadata: metadata(c.Keys), Nullable: c.Kind == columnar.Status || c.Kind == columnar.Value}
	}
	meta := metadata(t.Keys)
	return arrow.NewSchema(fields, &meta)
}

func typeOf(t *columnar.Table, c *columnar.Column) arrow.DataType {
	switch c.Kind {
	case columnar.Date:
		return arrow.FixedWidthTypes.Date32
	case columnar.Dimension, columnar.Status:
		return &arrow.DictionaryType{IndexType: index(len(c.Texts)), ValueType: arrow.BinaryTypes.String, Ordered: c.Kind == columnar.Dimension}
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

// Encode is the schema of a table, but for one column if that is not -1, as the text
// that a Parquet file has under [Key]. The keys of the table are not in it: Parquet
// has a place of its own for them.
func Encode(t *columnar.Table, without int) (string, error) {
	fields := slices.Clone(Of(t).Fields())
	if without >= 0 {
		fields = slices.Delete(fields, without, without+1)
	}
	var buf bytes.Buffer
	if err := ipc.NewWriter(&buf, ipc.WithSchema(arrow.NewSchema(fields, nil))).Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(buf.Bytes()), nil
}

// Decode gives the keys of the columns of such a text, by name. What is no schema
// has none.
func Decode(text string) (keys map[string]map[string]string) {
	defer func() {
		if recover() != nil { // the module panics at schemas that are damaged
			keys = nil
		}
	}()
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	r, err := ipc.NewReaderFromMessageReader(NewMessages(bytes.NewReader(raw), int64(len(raw)), memory.DefaultAllocator))
	if err != nil {
		return nil
	}
	// It is not released: there it counts by an integer of 64 bits that machines of 32
	// bits do not find aligned, and the collector takes its memory too.
	keys = map[string]map[string]string{}
	for _, f := range r.Schema().Fields() {
		keys[f.Name] = Keys(f.Metadata)
	}
	return keys
}
