package csvtext_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
)

// TestRecordsAlike: rows that begin like the one before are split as any others,
// wherever quotes come up and windows end.
func TestRecordsAlike(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	var want [][]string
	words := []string{"", "a", "ab", "abc", "Oslo", "Oslo kommune", "x,y", "say \"no\"", "two\nlines", "å", "0", "12.5"}
	row := []string{"region", "sex", "year", "value"}
	for range 60_000 {
		want = append(want, append([]string(nil), row...))
		require.NoError(t, w.Write(row))
		for i := 3 - r.IntN(4); i < len(row); i++ {
			row[i] = words[r.IntN(len(words)-3*r.IntN(2))]
		}
		if r.IntN(100) == 0 {
			row[0] = fmt.Sprint("region ", r.IntN(20))
		}
		if row[0] == "" {
			row[0] = "-"
		}
	}
	w.Flush()
	require.Greater(t, b.Len(), 3*256<<10, "several windows")
	for _, crlf := range []bool{false, true} {
		text := b.Bytes()
		if crlf {
			text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
		}
		recs := csvtext.New(bytes.NewReader(text), ",")
		require.NoError(t, recs.SkipBOM())
		var last []string
		for i := 0; ; i++ {
			fields, _, err := recs.Next()
			if err == io.EOF {
				require.Equal(t, len(want), i)
				break
			}
			require.NoError(t, err)
			var got []string
			for _, f := range fields {
				got = append(got, string(bytes.ReplaceAll(f, []byte("\r\n"), []byte("\n"))))
			}
			require.Equal(t, want[i], got)
			for k := range recs.Same() {
				require.Equal(t, last[k], got[k], "record %d", i)
			}
			last = got
		}
	}
}
