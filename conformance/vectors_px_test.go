package conformance_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert/pxconv"
)

// pxVector is a PX file with a fault, and what a reader should say of it.
type pxVector struct {
	File, Shows string
	Error       string
	Warnings    []string
	Value       json.RawMessage
	Status      json.RawMessage
}

// TestPXVectors holds our reader against the PX files with one fault each.
func TestPXVectors(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("vectors", "px.json"))
	require.NoError(t, err)
	var vectors []pxVector
	require.NoError(t, json.Unmarshal(text, &vectors))
	listed := map[string]bool{}
	for _, v := range vectors {
		listed[filepath.Base(v.File)] = true
		t.Run(filepath.Base(v.File), func(t *testing.T) {
			require.NotEmpty(t, v.Shows)
			f, err := os.Open(filepath.Join("vectors", filepath.FromSlash(v.File)))
			require.NoError(t, err)
			defer f.Close()
			var warned []string
			ds, done, err := pxconv.Read(f, &pxconv.Options{Warn: func(w pxconv.Warning) { warned = append(warned, w.String()) }})
			if v.Error != "" {
				require.EqualError(t, err, v.Error)
				return
			}
			require.NoError(t, err)
			defer done()
			require.Equal(t, v.Warnings, warned)
			var b bytes.Buffer
			require.NoError(t, ds.Write(&b, nil))
			var doc struct{ Value, Status json.RawMessage }
			require.NoError(t, json.Unmarshal(b.Bytes(), &doc))
			require.JSONEq(t, string(v.Value), string(doc.Value))
			if v.Status != nil {
				require.JSONEq(t, string(v.Status), string(doc.Status))
			}
		})
	}
	files, err := os.ReadDir(filepath.Join("vectors", "px"))
	require.NoError(t, err)
	for _, f := range files {
		if !listed[f.Name()] {
			t.Errorf("px.json does not list %s", f.Name())
		}
	}
}
