package sdmxconv

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestShapes writes the awkward cubes as SDMX-CSV and reads them back.
func TestShapes(t *testing.T) {
	read := 0
	for _, shape := range shapes.Cubes() {
		doc, err := jsonstat.Parse([]byte(shape.JSON))
		if err != nil {
			t.Fatal(shape.Name, err)
		}
		ds, err := doc.Dataset(0)
		if err != nil || !fitsSDMX(ds) {
			continue
		}
		t.Run(shape.Name, func(t *testing.T) {
			read++
			text, dims := asSDMX(t, ds)
			sets, err := Read(bytes.NewReader(text), &Options{TableOptions: convert.TableOptions{Dimensions: dims}, From: CSV})
			if err != nil {
				t.Fatalf("%v\n%.1000s", err, text)
			}
			for obs, err := range ds.Observations() {
				if err != nil {
					t.Fatal(err)
				}
				var at []string
				for i, d := range ds.Dimensions() {
					at = append(at, d.ID(), obs.Category(i).ID)
				}
				cell, err := sets[0].At(at...)
				if err != nil {
					t.Fatal(err)
				}
				if cell.Text != obs.Text() || cell.Status != obs.Status() {
					t.Errorf("%q is %q with status %q, want %q, %q", at, cell.Text, cell.Status, obs.Text(), obs.Status())
				}
			}
		})
	}
	if read < 20 {
		t.Errorf("only %d shapes were read", read)
	}
}

// fitsSDMX tells whether a cube can be written as SDMX-CSV: numbers with categories
// that have ids.
func fitsSDMX(ds *jsonstat.Dataset) bool {
	if ds.Len() == 0 || ds.Len() > 5000 || len(ds.Dimensions()) == 0 || !ds.HasCells() {
		return false
	}
	facts, err := ds.Cells().Facts()
	if err != nil || facts.Texts+facts.Booleans > 0 {
		return false
	}
	for _, d := range ds.Dimensions() {
		for c := range d.Categories() {
			if c.ID == "" || c.ID == "~" || slices.Contains([]string{"", "DATAFLOW", "OBS_VALUE", "OBS_STATUS"}, d.ID()) {
				return false
			}
		}
	}
	return true
}

// asSDMX writes a cube as SDMX-CSV 1.0, all in quotes: ids may have blanks at their ends.
func asSDMX(t *testing.T, ds *jsonstat.Dataset) (text []byte, dims []string) {
	t.Helper()
	header := []string{"DATAFLOW"}
	for _, d := range ds.Dimensions() {
		dims = append(dims, d.ID())
	}
	header = append(append(header, dims...), "OBS_VALUE", "OBS_STATUS")
	var b bytes.Buffer
	write := func(row []string) {
		for i, text := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`)
		}
		b.WriteByte('\n')
	}
	write(header)
	for obs, err := range ds.Observations() {
		if err != nil {
			t.Fatal(err)
		}
		row := []string{"S:SHAPE(1.0)"}
		for i := range ds.Dimensions() {
			row = append(row, obs.Category(i).ID)
		}
		write(append(row, obs.Text(), obs.Status()))
	}
	return b.Bytes(), dims
}
