package conformance_test

import (
	"bytes"
	"errors"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/sdmxconv"
	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// The lines of docs/from-javascript.md, run. TestJavaScriptPage holds that all of
// them are here, as they stand there.

// ok is for lines whose error is looked at on the next line.
func ok(t *testing.T, err error) {
	t.Helper()
	require.NoError(t, err)
}

func openExample(t *testing.T, name string) *jsonstat.Document {
	t.Helper()
	doc, err := jsonstat.Open("../testdata/" + name)
	ok(t, err)
	t.Cleanup(func() { _ = doc.Close() })
	return doc
}

func exampleDataset(t *testing.T, name string) *jsonstat.Dataset {
	t.Helper()
	ds, err := openExample(t, name).Dataset(0)
	ok(t, err)
	return ds
}

func TestJavaScriptResponse(t *testing.T) {
	text, err := os.ReadFile("../testdata/energy-collection.json")
	ok(t, err)
	{
		doc, err := jsonstat.Parse(text)
		ok(t, err)
		class := doc.Class()
		require.Equal(t, jsonstat.ClassCollection, class)
	}
	{
		response := &http.Response{Body: http.NoBody}
		doc, err := jsonstat.Read(response.Body)
		require.ErrorIs(t, err, jsonstat.ErrSyntax)
		require.Nil(t, doc)
	}
	doc := openExample(t, "energy-collection.json")
	{
		var names []string
		for info := range doc.Datasets() {
			names = append(names, info.ID)
		}
		require.Equal(t, []string{"https://example.org/energy/use.json", "https://example.org/energy/prices.json"}, names)
	}
	{
		_, err := jsonstat.Parse([]byte(`{"error":[{"status":"400","label":"EXTRACTION_TOO_BIG"}]}`))
		var failed *jsonstat.ServerError
		told := errors.As(err, &failed)
		require.True(t, told)
	}
	{
		ds, err := doc.Dataset(0)
		ok(t, err)
		require.Equal(t, "Energy use by source", ds.Label())
	}
	{
		ds, err := doc.Find("https://example.org/energy/prices.json")
		ok(t, err)
		require.Equal(t, "Electricity prices", ds.Label())
	}
	{
		var found []string
		for _, item := range doc.Items() {
			if item.Class == jsonstat.ClassDataset && item.Embedded {
				found = append(found, item.Label)
			}
		}
		require.Equal(t, []string{"Energy use by source", "Electricity prices"}, found)
	}
}

func TestJavaScriptDataset(t *testing.T) {
	ds := exampleDataset(t, "sysselsatte.json")
	{
		text := ds.Label() + ds.Source() + ds.Updated() + ds.Href()
		require.Equal(t, "Sysselsatte, etter region, kjønn, statistikkvariabel og kvartalOppdiktede tall2025-11-06T07:00:00Z", text)
	}
	{
		notes, links, extension := ds.Notes(), ds.Links(), ds.Extension()
		require.Len(t, notes, 2)
		require.Len(t, links, 2)
		require.Contains(t, string(extension), "tableid")
	}
	{
		n := ds.Len()
		require.EqualValues(t, 36, n)
		size := ds.Shape()
		require.Equal(t, jsonstat.Shape{3, 3, 2, 2}, size)
	}
	{
		var ids []string
		for _, d := range ds.Dimensions() {
			ids = append(ids, d.ID())
		}
		require.Equal(t, []string{"Region", "Kjonn", "ContentsCode", "Tid"}, ids)
	}
	{
		time := ds.Role(jsonstat.Time)
		require.Equal(t, "Tid", time[0].ID())
	}
	{
		var values []jsonstat.Cell
		for obs, err := range ds.Observations() {
			values = append(values, obs.Cell())
			ok(t, err)
		}
		require.Len(t, values, 36)
	}
}

func TestJavaScriptDimension(t *testing.T) {
	ds := exampleDataset(t, "sysselsatte.json")
	{
		dim := ds.Dimensions()[0]
		require.Equal(t, "region", dim.Label())
		dims := ds.Role(jsonstat.Metric)
		require.Equal(t, "ContentsCode", dims[0].ID())
	}
	{
		var labels []string
		for c := range ds.Dimension("Region").Categories() {
			labels = append(labels, c.Label)
		}
		require.Equal(t, []string{"Oslo", "Stavanger", "Tromsø"}, labels)
	}
	dim := ds.Dimension("Region")
	{
		label, role, length, hierarchy := dim.Label(), dim.Role(), dim.Len(), dim.HasHierarchy()
		require.Equal(t, []any{"region", jsonstat.Geo, 3, false}, []any{label, role, length, hierarchy})
	}
	{
		var ids []string
		for c := range dim.Categories() {
			ids = append(ids, c.ID)
		}
		require.Equal(t, []string{"0301", "1103", "5501"}, ids)
		categories := slices.Collect(dim.Categories())
		require.Len(t, categories, 3)
	}
	{
		c, err := dim.Category("0301")
		ok(t, err)
		require.Equal(t, "Oslo", c.Label)
	}
	{
		c := dim.At(0)
		index, label, notes := c.Index, c.Label, c.Notes
		require.Equal(t, []any{0, "Oslo", 0}, []any{index, label, len(notes)})
	}
	{
		c := ds.Dimension("ContentsCode").At(0)
		unit, coordinates := c.Unit, c.Coordinates
		require.Equal(t, "1 000 personer", unit.Text())
		require.Nil(t, coordinates)
	}
	{
		dim := exampleDataset(t, "consumption-hierarchy.json").Role(jsonstat.Metric)[0]
		c := dim.At(0)
		children := c.Children
		require.NotEmpty(t, children)
		var tree []string
		for depth, c := range dim.Walk() {
			tree = append(tree, strings.Repeat(" ", depth)+c.Label)
		}
		require.True(t, strings.HasPrefix(tree[1], " "), tree)
	}
}

func TestJavaScriptData(t *testing.T) {
	ds := exampleDataset(t, "sysselsatte.json")
	periods := ds.Dimension("Tid")
	require.Equal(t, "2025K2", periods.CategoryID(1))
	{
		cell, err := ds.At("Region", "0301", "Kjonn", "0", "ContentsCode", "Sysselsatte", "Tid", "2025K2")
		ok(t, err)
		want := cell
		{
			cell, err := ds.AtCoords(0, 0, 0, 1)
			ok(t, err)
			require.Equal(t, want, cell)
		}
		{
			cell, err := ds.AtPosition(1)
			ok(t, err)
			require.Equal(t, want, cell)
		}
		dim, cells, err := ds.Series("Region", "0301", "Kjonn", "0", "ContentsCode", "Sysselsatte")
		ok(t, err)
		require.Equal(t, "Tid", dim.ID())
		require.Equal(t, want, cells[1])
	}
	{
		part, err := dice.Slice(ds, "Region", "0301", "Tid", "2025K2")
		ok(t, err)
		require.Equal(t, jsonstat.Shape{1, 3, 2, 1}, part.Shape())
	}
	{
		part, err := dice.Slice(ds, "Region", "0301")
		ok(t, err)
		require.EqualValues(t, 12, part.Len())
	}
	{
		part, err := (&dice.Spec{Criteria: []dice.Criterion{{Dimension: "Region", Select: dice.IDs("0301", "1103")}}}).Apply(ds)
		ok(t, err)
		require.EqualValues(t, 24, part.Len())
		spec, err := dice.Parse("Region=0301/1103,Tid=top(1)")
		ok(t, err)
		part, err = spec.Apply(ds)
		ok(t, err)
		require.EqualValues(t, 12, part.Len())
		require.Equal(t, "2025K2", part.Dimension("Tid").CategoryID(0))
	}
	{
		part, err := (&dice.Spec{Criteria: []dice.Criterion{{Dimension: "Kjonn", Select: dice.IDs("0"), Omit: true}}}).Apply(ds)
		ok(t, err)
		require.Equal(t, 2, part.Dimension("Kjonn").Len())
		var b bytes.Buffer
		w := &b
		{
			err := part.Write(w, &jsonstat.WriteOptions{Values: jsonstat.Sparse, Statuses: jsonstat.Sparse})
			ok(t, err)
		}
		require.Contains(t, b.String(), `"value":{"0":`)
	}
	{
		var visited []string
		for obs, err := range ds.AllObservations() {
			visited = append(visited, obs.Category(0).ID+" "+obs.Text())
			ok(t, err)
		}
		require.Len(t, visited, 36)
	}
}

func TestJavaScriptTables(t *testing.T) {
	ds := exampleDataset(t, "sysselsatte.json")
	table := func(want string, write func(w *bytes.Buffer) error) {
		t.Helper()
		var b bytes.Buffer
		ok(t, write(&b))
		require.True(t, strings.HasPrefix(b.String(), want), "%.200s", b.String())
	}
	table(`[{"value":`, func(w *bytes.Buffer) error {
		err := convert.WriteArrObj(w, ds, nil)
		return err
	})
	table(`[["region","kjønn","statistikkvariabel","kvartal","Status","Value"],`, func(w *bytes.Buffer) error {
		err := convert.WriteArray(w, ds, &convert.JSONOptions{Status: true})
		return err
	})
	table(`{"value":[`, func(w *bytes.Buffer) error {
		err := convert.WriteObjArr(w, ds, &convert.JSONOptions{Table: convert.Table{Content: convert.ID}})
		return err
	})
	table(`{"cols":[{"id":"Region","label":"region","type":"string"}`, func(w *bytes.Buffer) error {
		err := convert.WriteObject(w, ds, nil)
		return err
	})
	table(`[{"V":`, func(w *bytes.Buffer) error {
		o := &convert.JSONOptions{Table: convert.Table{Field: convert.Label}, ValueName: "V", StatusName: "S"}
		return convert.WriteArrObj(w, ds, o)
	})
	table(`[{"Region":"Oslo","Kjonn":"Begge kjønn","ContentsCode":"Sysselsatte","y2025K1":`, func(w *bytes.Buffer) error {
		o := &convert.JSONOptions{Table: convert.Table{By: []string{"Tid"}, Drop: []string{"Kjonn"}}, ByLabel: true, Prefix: "y"}
		return convert.WriteArrObj(w, ds, o)
	})
	table(`{"meta":{"label":`, func(w *bytes.Buffer) error {
		o := &convert.JSONOptions{Unit: true, Meta: true, Comma: true}
		return convert.WriteArrObj(w, ds, o)
	})
	table("region;kjønn;statistikkvariabel;kvartal;Value\n", func(w *bytes.Buffer) error {
		err := convert.WriteCSV(w, ds, &convert.CSVOptions{Separator: ";", NA: new("")})
		return err
	})
	table("jsonstat,.,|\n", func(w *bytes.Buffer) error {
		err := convert.WriteCSVStat(w, ds, nil)
		return err
	})
}

func TestJavaScriptSuite(t *testing.T) {
	{
		r := strings.NewReader("Port,Year,Value\nN1,2024,12.50\n")
		ds, err := convert.ReadCSV(r, nil)
		ok(t, err)
		require.Equal(t, jsonstat.Shape{1, 1}, ds.Shape())
	}
	{
		r := strings.NewReader(`[{"port":"N1","unit":{"label":"tonnes"},"n":12.50}]`)
		o := &convert.TableOptions{Ignore: []string{"unit"}, Values: []string{"n"}}
		_, err := convert.ReadJSON(r, o)
		ok(t, err)
	}
	{
		r := strings.NewReader(`[{"port":"N1","value":12.50}]`)
		ds, err := convert.ReadJSON(r, nil)
		ok(t, err)
		require.Equal(t, "N1", ds.Dimension("port").CategoryID(0))
	}
	{
		r, err := os.Open("../testdata/sdmx/flat.json")
		ok(t, err)
		defer r.Close()
		sets, err := sdmxconv.Read(r, nil)
		ok(t, err)
		require.NotEmpty(t, sets[0].Role(jsonstat.Time))
	}
	ds := exampleDataset(t, "oslo.json")
	slice := func(dimension, category string) *jsonstat.Dataset {
		part, err := dice.Slice(ds, dimension, category)
		ok(t, err)
		return part
	}
	text := func(ds *jsonstat.Dataset) string {
		var b bytes.Buffer
		ok(t, convert.WriteCSV(&b, ds, nil))
		return b.String()
	}
	{
		a, b := slice("Tid", "2023"), slice("Tid", "2024")
		whole, err := dice.Join("Tid", a, b)
		ok(t, err)
		spec, err := dice.Parse("Tid=2023/2024")
		ok(t, err)
		want, err := spec.Apply(ds)
		ok(t, err)
		require.Equal(t, text(want), text(whole))
	}
	{
		spec, err := dice.Parse("Region=030101/030102")
		ok(t, err)
		both, err := spec.Apply(ds)
		ok(t, err)
		metadata, err := jsonstat.New(both.Head(), nil)
		ok(t, err)
		chunk1, chunk2 := slice("Region", "030101"), slice("Region", "030102")
		whole, err := dice.Concat(metadata, chunk1, chunk2)
		ok(t, err)
		require.Equal(t, text(both), text(whole))
	}
}

// javaScriptRow finds the Go code of a table's row.
var javaScriptRow = regexp.MustCompile("(?m)^\\| .* \\| `([^`]*)` \\|$")

// TestJavaScriptPage: each line that the page shows is run above.
func TestJavaScriptPage(t *testing.T) {
	page, err := os.ReadFile("../docs/from-javascript.md")
	ok(t, err)
	tests, err := os.ReadFile("javascript_test.go")
	ok(t, err)
	// What stands in the loops of the page stands in several lines here, with an
	// error looked at.
	flat := regexp.MustCompile(`\s+`).ReplaceAllString(string(tests), " ")
	flat = strings.ReplaceAll(flat, " ok(t, err) }", " }")
	lines := javaScriptRow.FindAllStringSubmatch(string(page), -1)
	rows := strings.Count(string(page), "\n| ") - strings.Count(string(page), "\n| JavaScript | Go |")
	if len(lines) != rows || rows < 40 {
		t.Errorf("%d of %d rows have Go code", len(lines), rows)
	}
	for _, line := range lines {
		code := strings.ReplaceAll(line[1], "; ", " ")
		if !strings.Contains(flat, code) {
			t.Errorf("%s is run by no test", code)
		}
	}
}
