package convert

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestWholeColumns: the quick way gives what the rows give, with room for the
// statuses and without.
func TestWholeColumns(t *testing.T) {
	var texts []string
	for _, s := range shapes.Cubes() {
		texts = append(texts, s.JSON)
	}
	for seed := range uint64(200) {
		texts = append(texts, string(shapes.Random(seed)))
	}
	texts = append(texts, wide(3, 5000, 2), wide(5000, 3, 1), wide(1, 1, 9000))
	room := marksRoom
	defer func() { marksRoom = room }()
	for i, text := range texts {
		doc, err := jsonstat.Parse([]byte(text))
		require.NoError(t, err)
		ds, err := doc.Dataset(0)
		require.NoError(t, err)
		if ds.Len() > 1<<16 {
			continue
		}
		for _, o := range []JSONOptions{{Status: true}, {}, {Status: true, Unit: true, Comma: true, Table: Table{Content: Columns}}} {
			table, err := newJSONTable(&bytes.Buffer{}, ds, &o, series)
			require.NoError(t, err)
			var rows bytes.Buffer
			table.w = &rows
			require.NoError(t, table.columnPass(table.jsonColumns()))
			require.NoError(t, table.flush())
			for _, marksRoom = range []int{room, 1} {
				var b bytes.Buffer
				require.NoError(t, WriteObjArr(&b, ds, &o))
				if want := "{" + rows.String() + "}"; b.String() != want {
					t.Fatalf("document %d, room for %d statuses\n got %.500s\nwant %.500s", i, marksRoom, b.String(), want)
				}
			}
		}
	}
}

// wide is a cube of three dimensions with a few statuses.
func wide(sizes ...int) string {
	n := 1
	var dims, ids, size []string
	for d, k := range sizes {
		n *= k
		var index []string
		for i := range k {
			index = append(index, fmt.Sprintf("%q", fmt.Sprint("c", i)))
		}
		id := string(rune('a' + d))
		ids, size = append(ids, fmt.Sprintf("%q", id)), append(size, fmt.Sprint(k))
		dims = append(dims, fmt.Sprintf(`%q:{"category":{"index":[%s]}}`, id, strings.Join(index, ",")))
	}
	values := make([]string, n)
	for i := range values {
		values[i] = fmt.Sprint(i)
	}
	return fmt.Sprintf(`{"version":"2.0","class":"dataset","id":[%s],"size":[%s],"dimension":{%s},"value":[%s],"status":{"0":"x","7":"y","8":"y"}}`,
		strings.Join(ids, ","), strings.Join(size, ","), strings.Join(dims, ","), strings.Join(values, ","))
}
