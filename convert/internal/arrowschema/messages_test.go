package arrowschema

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
)

// TestTypes holds the type of the value column.
func TestTypes(t *testing.T) {
	for typ, want := range map[columnar.ValueType]arrow.DataType{columnar.Float64: arrow.PrimitiveTypes.Float64, columnar.Int64: arrow.PrimitiveTypes.Int64, columnar.UTF8: arrow.BinaryTypes.String} {
		s := Of(table(t, columnar.Options{Type: typ}))
		if f := s.Field(s.NumFields() - 1); !arrow.TypeEqual(f.Type, want) || !f.Nullable || s.Field(0).Nullable {
			t.Errorf("with %s the value column is %v", typ, f)
		}
	}
}

// stream is a stream of one record, in the framing of today.
func stream(t *testing.T) []byte {
	t.Helper()
	schema := arrow.NewSchema([]arrow.Field{{Name: "n", Type: arrow.PrimitiveTypes.Int64}}, nil)
	b := array.NewInt64Builder(memory.DefaultAllocator)
	b.AppendValues([]int64{1, 2, 3}, nil)
	var buf bytes.Buffer
	w := ipc.NewWriter(&buf, ipc.WithSchema(schema))
	if err := w.Write(array.NewRecord(schema, []arrow.Array{b.NewArray()}, 3)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// all reads the messages of a stream of a claimed length.
func all(r io.Reader, length int64) (types []ipc.MessageType, ended bool, err error) {
	m := NewMessages(r, length, memory.DefaultAllocator)
	for {
		msg, err := m.Message()
		if err == io.EOF {
			return types, m.Ended(), nil
		}
		if err != nil {
			return types, m.Ended(), err
		}
		types = append(types, msg.Type())
	}
}

// TestMessages holds the messages of a stream that is whole, cut short at each
// byte, or longer than it says.
func TestMessages(t *testing.T) {
	whole := stream(t)
	want := []ipc.MessageType{ipc.MessageSchema, ipc.MessageRecordBatch}
	types, ended, err := all(bytes.NewReader(whole), int64(len(whole)))
	if !slices.Equal(types, want) || !ended || err != nil {
		t.Errorf("the messages are %v, ended %t, %v", types, ended, err)
	}
	types, ended, err = all(iotest.OneByteReader(bytes.NewReader(whole)), int64(len(whole)))
	if !slices.Equal(types, want) || !ended || err != nil {
		t.Errorf("byte by byte the messages are %v, ended %t, %v", types, ended, err)
	}
	quiet := 0
	for n := range len(whole) {
		_, ended, err := all(bytes.NewReader(whole[:n]), int64(n))
		if ended {
			t.Errorf("the first %d bytes have an end", n)
		}
		if err == nil {
			quiet++ // it ends between two messages
		}
		if _, _, err := all(bytes.NewReader(whole[:n]), int64(len(whole))); err == nil {
			t.Errorf("the first %d bytes of %d are whole", n, len(whole))
		}
	}
	if quiet != 3 { // before the schema, behind it, behind the record
		t.Errorf("%d beginnings end between messages, want 3", quiet)
	}
	if _, _, err := all(bytes.NewReader(whole), 16); err == nil || err.Error() != "a message claims 120 bytes, of which 8 are there" {
		t.Errorf("of a stream of 16 bytes: %v", err)
	}
	if _, _, err := all(bytes.NewReader(whole), int64(len(whole)-9)); err == nil || err.Error() != "the body of a message claims 24 bytes, of which 23 are there" {
		t.Errorf("of a stream that ends in its body: %v", err)
	}
	broken := errors.New("the line is broken")
	if _, _, err := all(io.MultiReader(bytes.NewReader(whole[:20]), iotest.ErrReader(broken)), int64(len(whole))); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
}

// TestOldFraming: before 2019 nothing stood in front of the length of a message.
func TestOldFraming(t *testing.T) {
	whole := stream(t)
	mark := []byte{0xff, 0xff, 0xff, 0xff}
	if n := bytes.Count(whole, mark); n < 3 {
		t.Fatalf("there are %d marks", n)
	}
	old := bytes.ReplaceAll(whole, mark, nil)
	types, ended, err := all(bytes.NewReader(old), int64(len(old)))
	if !slices.Equal(types, []ipc.MessageType{ipc.MessageSchema, ipc.MessageRecordBatch}) || !ended || err != nil {
		t.Errorf("the messages are %v, ended %t, %v", types, ended, err)
	}
	if _, ended, err := all(bytes.NewReader(nil), 0); ended || err != nil {
		t.Errorf("nothing has an end: %t, %v", ended, err)
	}
	if _, ended, err := all(bytes.NewReader(mark), 4); ended || err != io.ErrUnexpectedEOF {
		t.Errorf("a mark alone: %t, %v", ended, err)
	}
}

// TestDeepSchemas: fields in fields are looked through as deep as 64, and no deeper.
func TestDeepSchemas(t *testing.T) {
	for depth, fine := range map[int]bool{1: true, 64: true, 65: false} {
		typ := arrow.DataType(arrow.PrimitiveTypes.Int64)
		for range depth {
			typ = arrow.ListOf(typ)
		}
		var buf bytes.Buffer
		if err := ipc.NewWriter(&buf, ipc.WithSchema(arrow.NewSchema([]arrow.Field{{Name: "deep", Type: typ}}, nil))).Close(); err != nil {
			t.Fatal(err)
		}
		_, _, err := all(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
		if (err == nil) != fine || err != nil && !errors.Is(err, errSchema) {
			t.Errorf("%d deep: %v", depth, err)
		}
	}
}
