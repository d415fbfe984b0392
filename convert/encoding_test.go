package convert_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/charset/charsettest"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestJSONEncodings: a JSON table, the description of a table and a plan are the same
// with a byte order mark, and in UTF-16.
func TestJSONEncodings(t *testing.T) {
	written := func(ds *jsonstat.Dataset, err error) string {
		t.Helper()
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, ds.Write(&b, nil))
		return b.String()
	}
	const table, csv, description, plan = `[{"havn":"Ås","value":1.50},{"havn":"Bodø","value":null}]`, "havn,år,tonn\nÅs,2024,1\nBodø,2024,2\n", `{"label":"Gods på kai"}`, `{"dimension":["havn","år"],"value":["tonn"]}`
	read := map[string]func(text string) string{
		"a table": func(text string) string { return written(convert.ReadJSON(strings.NewReader(text), nil)) },
		"a table from a pipe": func(text string) string {
			return written(convert.ReadJSON(struct{ io.Reader }{strings.NewReader(text)}, nil))
		},
		"a description": func(text string) string {
			return written(convert.ReadCSV(strings.NewReader(csv), &convert.ReadCSVOptions{TableOptions: convert.TableOptions{Description: []byte(text)}}))
		},
		"a plan": func(text string) string {
			return written(convert.ReadCSV(strings.NewReader(csv), &convert.ReadCSVOptions{TableOptions: convert.TableOptions{Plan: []byte(text)}}))
		},
	}
	for what, text := range map[string]string{"a table": table, "a table from a pipe": table, "a description": description, "a plan": plan} {
		want := read[what](text)
		for name, text := range charsettest.Encodings(text) {
			t.Run(what+"/"+name, func(t *testing.T) { require.Equal(t, want, read[what](text)) })
		}
	}
}
