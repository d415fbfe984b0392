package arrowconv_test

import (
	"bytes"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
)

// TestNoColumns reads a stream whose schema has no columns, and whose one batch says that
// it has rows.
func TestNoColumns(t *testing.T) {
	schema := arrow.NewSchema(nil, nil)
	var b bytes.Buffer
	w := ipc.NewWriter(&b, ipc.WithSchema(schema))
	require.NoError(t, w.Write(array.NewRecord(schema, nil, 3)))
	require.NoError(t, w.Close())
	for name, o := range map[string]*arrowconv.ReadOptions{"no options": nil, "a value": {TableOptions: convert.TableOptions{Values: []string{"a"}}}} {
		_, err := arrowconv.Read(bytes.NewReader(b.Bytes()), o)
		require.ErrorIs(t, err, convert.ErrEmpty, name)
		require.EqualError(t, err, "the table is empty", name)
	}
}
