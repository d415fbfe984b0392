package conformance_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/internal/shapes/atrandom"
)

// TestArrowTables holds the cells of our Arrow tables against those of the
// reference, over all shapes and cubes as offices write them. The reference makes
// them of the columns of jsonstat2objarr, so what is listed of that is met here.
func TestArrowTables(t *testing.T) {
	r := startReference(t)
	var documents []*document
	for _, shape := range shapes.All() {
		documents = append(documents, newDocument(shape.Name+": "+shape.Shows, []byte(shape.JSON)))
	}
	for seed := range min(*seeds, 60) {
		documents = append(documents, newDocument(fmt.Sprintf("the cube of atrandom.Office with seed %d, 7", seed), atrandom.Office(rand.New(rand.NewPCG(seed, 7)))))
	}
	file := filepath.Join(t.TempDir(), "table.arrow")
	compared := 0
	for i, d := range documents {
		if d.cube == nil || d.ds.Len() > 2000 || !d.ds.HasCells() {
			continue
		}
		call := objectCall("jsonstat2objarr", []string{"s", "sc", "sf", "sfc"}[i%4], tableFlags{vlabel: "value", slabel: "status"}, convert.WriteObjArr)
		c := compareTool(t, r, d, call)
		if c.ref.failed || slices.ContainsFunc(readingDifferences, func(r difference) bool {
			return r.ends == unlike && r.applies != nil && r.applies(c.asCSV())
		}) {
			continue // they read another cube, as other tests show
		}
		ours, err := ourArrow(c)
		if value := new(arrowconv.ValueError); errors.As(err, &value) {
			continue // arrow-whole
		} else if err != nil {
			t.Errorf("%s: %s: %v", d.name, call, err)
			continue
		}
		if fault := askClient(t, "arquero4Write", map[string]any{"to": file, "columns": json.RawMessage(c.ref.out)}, nil); fault != "" {
			continue // a column whose first value is true
		}
		var theirTable, ourTable clientTable
		client(t, "arrowRead", map[string]any{"file": file}, &theirTable)
		if err := os.WriteFile(file, ours, 0o600); err != nil {
			t.Fatal(err)
		}
		client(t, "arrowRead", map[string]any{"file": file}, &ourTable)
		compared++
		if problem := c.arrowProblem(&theirTable, &ourTable); problem != "" {
			t.Errorf("%s: %s: %s\ndocument: %.2000s", d.name, call, problem, d.text)
		}
	}
	if compared < len(documents)/2 {
		t.Errorf("%d of %d documents are compared", compared, len(documents))
	}
	t.Logf("%d tables compared", compared)
}

// ourArrow is our table for a call of jsonstat2objarr.
func ourArrow(c *toolComparison) ([]byte, error) {
	o := &arrowconv.Options{}
	if c.call.has["f"] {
		o.Field = convert.Label
	}
	if c.call.has["c"] {
		o.Content = convert.ID
	}
	var b bytes.Buffer
	err := arrowconv.Write(&b, c.ds, o)
	return b.Bytes(), err
}

// arrowProblem says where the cells differ, but for what is listed.
func (c *toolComparison) arrowProblem(theirs, ours *clientTable) string {
	find := func(table *clientTable, names ...string) int {
		return slices.IndexFunc(table.Columns, func(col clientColumn) bool { return slices.Contains(names, col.Name) })
	}
	if len(theirs.Rows) != len(ours.Rows) {
		return fmt.Sprintf("theirs has %d rows, ours %d", len(theirs.Rows), len(ours.Rows))
	}
	m := newTableModel(c)
	names := map[string]int{"value": 1, "status": 1}
	for dim := range m.dims {
		names[strings.ToLower(m.title(dim))]++ // arrow-names
	}
	for dim := range m.dims {
		title := m.title(dim)
		if names[strings.ToLower(title)] > 1 || title == "" || c.ds.Dimension("") != nil {
			continue // same-names, json-empty-id
		}
		their, our := find(theirs, title), find(ours, title)
		if their < 0 || our < 0 {
			return fmt.Sprintf("%q is column %d of theirs, %d of ours", title, their, our)
		}
		for pos := range ours.Rows {
			k := m.coords(pos)[dim]
			a, b := theirs.Rows[pos][their], ours.Rows[pos][our]
			madeUp := m.label(dim, k) != m.dims[dim].labels[k] && b == m.label(dim, k) // json-labels, json-unit-labels
			if a != b && b != fmt.Sprintf("%v [%s]", m.label(dim, k), m.dims[dim].ids[k]) && !madeUp {
				return fmt.Sprintf("row %d, %q: theirs %v, ours %v", pos, title, a, b)
			}
		}
	}
	for _, name := range []string{"status", "value"} {
		their, our := find(theirs, name), find(ours, name)
		if names[name] > 1 {
			continue // same-names
		}
		for pos := range ours.Rows {
			a, b := theirs.Rows[pos][their], ours.Rows[pos][our]
			if text, isText := a.(string); name == "status" && (a == "" || a == nil && c.cube.tree.object("status").has("value")) || isText && looksOtherwise(text) && b == quote(text) {
				continue // empty-status, status-nested, a text that looks like a number
			}
			if fmt.Sprint(a) != fmt.Sprint(b) {
				return fmt.Sprintf("row %d, %s: theirs %v, ours %v", pos, name, a, b)
			}
		}
	}
	return ""
}

// looksOtherwise tells whether a text would be read as another value, so that it stands
// in quotes.
func looksOtherwise(text string) bool {
	return json.Valid([]byte(text)) || strings.HasPrefix(text, `"`)
}
