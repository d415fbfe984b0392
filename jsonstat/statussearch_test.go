package jsonstat_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestTailCells holds that statuses behind the values are found from the end of a text, or
// that nothing is said of them.
func TestTailCells(t *testing.T) {
	const n = 20000 // cells: the values fill more than one piece
	values := strings.TrimSuffix(strings.Repeat("12345,", n-2)+"null,7,", ",")
	front := fmt.Sprintf(`{"version":"2.0","class":"dataset","id":["a","b"],"size":[2,%d],"dimension":{"a":{"category":{"index":["x","y"]}},"b":{"category":{"index":[`, n/2)
	for i := range n / 2 {
		front += fmt.Sprintf(`"%d",`, i)
	}
	front = strings.TrimSuffix(front, ",") + `]}}},"value":[` + values + "]"
	array := strings.TrimSuffix(`null,"a",`+strings.Repeat(`"",`, n-3)+`"z"`, ",")
	tests := []struct {
		name, text string
		known      bool
		want       string // statuses of cells 0, 1 and the last
	}{
		{"object", front + `,"status":{"1":"a","19999":"z"}}`, true, " a z"},
		{"object out of order", front + `,"status":{"19999":"z","1":"a"}}`, true, " a z"},
		{"array", front + `,"status":[` + array + `]}`, true, " a z"},
		{"one for all", front + `,"status":"e"}`, true, "e e e"},
		{"array of one", front + `,"status":["e"]}`, true, "e e e"},
		{"blanks and members behind", front + ", \"status\" :\n{\"1\" : \"a\"} ,\"extension\":{\"px\":{\"decimals\":1}}}\n", true, " a "},
		{"another one in an extension", front + `,"status":{"1":"a"},"extension":{"status":{"1":"b"}}}`, true, " a "},
		{"texts with quotes", front + `,"status":{"1":"a"},"note":["a \"status\":{\"1\":\"c\"}}"]}`, true, " a "},
		{"none", front + `}`, true, "  "},
		{"none, members behind", front + `,"label":"x","extension":{"a":[1]}}`, true, "  "},
		{"only in an extension", front + `,"extension":{"status":{"1":"b"}}}`, true, "  "},
		{"cut off", front + `,"status":{"1":"a"}`, false, "  "},
		{"twice", front + `,"status":{"1":"a"},"status":{"1":"b"}}`, true, " b "},
		{"bundle", `{"dataset":` + front + `,"status":{"1":"a"}}}`, false, "  "},
		{"bundle of two", `{"dataset":` + front + `,"status":{"1":"a"}},"e":{"value":[1],"status":{"1":"b"}}}`, false, "  "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.text
			doc, err := jsonstat.Options{Stream: true}.Read(io.MultiReader(strings.NewReader(text)))
			require.NoError(t, err)
			defer doc.Close()
			ds, err := doc.Dataset(0)
			require.NoError(t, err)
			require.True(t, ds.Cells().Info().Once, "the cells flow")
			cells, known := ds.TailCells(strings.NewReader(text), int64(len(text)))
			require.Equal(t, tt.known, known)
			cur, err := cells.Cursor(true)
			require.NoError(t, err)
			var got []string
			for seen := int64(0); seen < n; {
				chunk, err := cur.Next()
				if err != nil {
					break // a text that is cut off
				}
				for i := range chunk.Len() {
					status := ""
					if chunk.Status != nil {
						status = cells.Statuses()[chunk.Status[i]]
					}
					if p := chunk.Position(i); p < 2 || p == n-1 {
						got = append(got, status)
					}
				}
				seen = chunk.Position(chunk.Len()-1) + 1
			}
			require.Equal(t, tt.want, strings.Join(got, " "))
		})
	}
}

// TestTailCellsRecoded holds that nothing is said of a text that is not read as it is.
func TestTailCellsRecoded(t *testing.T) {
	text := ""
	for _, r := range `{"version":"2.0","class":"dataset","id":["a"],"size":[2],"dimension":{"a":{"category":{"index":["x","y"]}}},"value":[1,2],"status":["p","q"]}` {
		text += string(r) + "\x00"
	}
	doc, err := jsonstat.Options{Stream: true}.Read(io.MultiReader(strings.NewReader(text)))
	require.NoError(t, err)
	defer doc.Close()
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	_, known := ds.TailCells(strings.NewReader(text), int64(len(text)))
	require.False(t, known)
}

// TestTailCellsKept holds that cells that do not flow are left as they are.
func TestTailCellsKept(t *testing.T) {
	doc, err := jsonstat.Parse([]byte(`{"version":"2.0","class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[1],"status":["p"]}`))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	cells, known := ds.TailCells(strings.NewReader(""), 0)
	require.True(t, known)
	require.Equal(t, ds.Cells(), cells)
}
