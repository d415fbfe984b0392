package pxweb

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestMergeOpenFiles puts large parts together that are all read side by side, of which
// few are open at a time.
func TestMergeOpenFiles(t *testing.T) {
	const n = 3 * spool.MostFiles
	tab := &Table{API: V2, ID: "t"}
	for i, id := range []string{"a", "b"} {
		spec := jsonstat.DimensionSpec{ID: id, Label: id}
		for i := range []int{3, n}[i] {
			spec.Categories = append(spec.Categories, jsonstat.Category{ID: strconv.Itoa(i)})
		}
		d, err := jsonstat.NewDimension(spec)
		require.NoError(t, err)
		tab.Variables = append(tab.Variables, Variable{Code: id, Text: id, Dim: d})
	}
	q, err := tab.Resolve(nil, nil)
	require.NoError(t, err)
	blanks := strings.Repeat(" ", smallPart)
	dir, pool := t.TempDir(), axisPool{}
	var parts []*part
	var want []string
	for i := range n {
		name := filepath.Join(dir, fmt.Sprint(i))
		text := fmt.Sprintf(`{"version":"2.0","class":"dataset","id":["a","b"],"size":[3,1],"dimension":{"a":{"category":{"index":["0","1","2"]}},"b":{"category":{"index":["%d"]}}},"value":[%d,%s%d,%s%d]}`,
			i, i, blanks, i+n, blanks, i+2*n)
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
		p, err := readPart(name, q, box{{0, 3}, {i, i + 1}}, pool)
		require.NoError(t, err)
		parts = append(parts, p)
	}
	for i := range 3 * n {
		want = append(want, strconv.Itoa(i))
	}
	r, err := newResult(q, parts)
	require.NoError(t, err)
	limitFiles(t, spool.MostFiles+4)
	for range 2 { // a result is written as often as anybody likes
		var b bytes.Buffer
		require.NoError(t, r.Write(&b, nil))
		require.Contains(t, b.String(), `"value":[`+strings.Join(want, ",")+"]")
	}
}

// limitFiles lets the process open so many files more.
func limitFiles(t *testing.T, more int) {
	t.Helper()
	open, err := os.ReadDir("/dev/fd")
	if err != nil {
		t.Skip(err)
	}
	var limit syscall.Rlimit
	require.NoError(t, syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit))
	before := limit
	limit.Cur = uint64(len(open) + more)
	require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit))
	t.Cleanup(func() { require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_NOFILE, &before)) })
}
