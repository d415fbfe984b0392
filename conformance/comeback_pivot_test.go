package conformance_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A pivotCall is a cube as a CSV table with columns for the categories of some
// dimensions, and how it is read.
type pivotCall struct {
	name     string
	ds       *jsonstat.Dataset
	by       []string
	labels   bool
	statuses bool
	head     bool
}

// TestPivotsComeBack writes cubes as tables with one heading and with two, with and
// without columns of statuses, and reads them: with their head they come back, and
// without it those of one heading do. Of two headings it may not be told where a header
// is to be split, which is an error, never another cube.
func TestPivotsComeBack(t *testing.T) {
	calls, split := 0, 0
	run := func(name string, ds *jsonstat.Dataset, some bool) {
		n := len(ds.Dimensions())
		if !ds.HasCells() || ds.Len() == 0 || ds.Len() > 20_000 || n < 2 || needsWord(ds, plainTable{}) != "" {
			return
		}
		ids := func(numbers ...int) (list []string) {
			for _, i := range numbers {
				list = append(list, ds.Dimensions()[i].ID())
			}
			return list
		}
		bys := [][]string{ids(n - 1), ids(0)}
		if n > 2 {
			bys = append(bys, ids(n-2, n-1), ids(n-1, 0))
		}
		for _, by := range bys {
			for k := range 8 {
				if some && k != calls%8 { // in turn: each takes its time
					continue
				}
				p := pivotCall{name, ds, by, k&1 > 0, k&2 > 0, k&4 > 0}
				if p.comesBack(t) {
					split++
				}
			}
			calls++
		}
	}
	for _, s := range shapes.Cubes() {
		if d := newDocument(s.Name, []byte(s.JSON)); d.ds != nil {
			run(s.Name, d.ds, false)
		}
	}
	seeds := uint64(100)
	if testing.Short() {
		seeds = 10
	}
	for seed := range seeds {
		text, from := randomDocument(rand.New(rand.NewPCG(seed, 33)), seed)
		if d := newDocument(from, text); d.ds != nil {
			run(fmt.Sprintf("%s with seed %d", from, seed), d.ds, false)
		}
	}
	if folder := os.Getenv("JSONSTAT_CORPUS"); folder != "" {
		err := filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || filepath.Ext(name) != ".json" {
				return err
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if d := newDocument(name, text); d.ds != nil {
				run(name, d.ds, true)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d headings; of %d tables it cannot be told where their headers are to be split", calls, split)
}

// say is what the table says of a category, or calls a dimension.
func (p *pivotCall) say(id, label string) string {
	if p.labels {
		return label
	}
	return id
}

// codeName are names in the way of Ireland's statistical office.
var codeName = regexp.MustCompile(`^C\d+V\d+$|^TLIST\(`)

// told tells whether the texts of the table tell dimensions and categories apart. Where
// several headers are alike they have ids behind them, which only a head explains.
func (p *pivotCall) told() bool {
	names := map[string]bool{"": true}
	for _, d := range p.ds.Dimensions() {
		name := strings.Join(strings.Fields(p.say(d.ID(), d.Label())), " ")
		if names[name] || strings.EqualFold(name, "value") || strings.EqualFold(name, "status") {
			return false
		}
		if codeName.MatchString(name) && !p.head {
			return false // what stands behind is taken for its labels
		}
		names[name] = true
		texts := map[string]bool{"": slices.Contains(p.by, d.ID())} // a header of nothing
		for c := range d.Categories() {
			text := p.say(c.ID, c.Label)
			if k := d.Index(text); p.head && k >= 0 && d.CategoryID(k) != c.ID {
				return false // the label of one is the id of another, which is asked about
			}
			if slices.Contains(p.by, d.ID()) {
				text = strings.Join(strings.Fields(text), " ")
			}
			if texts[text] {
				return false
			}
			texts[text] = true
		}
	}
	return true
}

// comesBack writes and reads the table. split is whether it could not be told where its
// headers are to be split.
func (p *pivotCall) comesBack(t *testing.T) (split bool) {
	t.Helper()
	if !p.told() {
		return false
	}
	table := convert.Table{Field: convert.ID, Content: convert.ID, By: p.by}
	if p.labels {
		table.Field, table.Content = convert.Label, convert.Label
	}
	var b bytes.Buffer
	if err := convert.WriteCSV(&b, p.ds, &convert.CSVOptions{Table: table, StatusColumns: p.statuses}); err != nil {
		return false // too many columns
	}
	o := convert.TableOptions{By: p.by}
	var names []string // of the columns that are no categories
	for _, d := range p.ds.Dimensions() {
		if !slices.Contains(p.by, d.ID()) {
			name := strings.Join(strings.Fields(p.say(d.ID(), d.Label())), " ")
			names = append(names, name)
		}
	}
	o.Stub = names
	for _, id := range p.by {
		if slices.Contains(names, id) { // the label of another dimension
			return false
		}
	}
	header, _, _ := strings.Cut(b.String(), "\n")
	for _, name := range names {
		if strings.Contains(header, name+" [") { // a category is called as a column is
			return false
		}
	}
	if p.head {
		o.Head = p.ds
	}
	start := fmt.Sprintf("%s by %q, labels %t, statuses %t, head %t: ", p.name, p.by, p.labels, p.statuses, p.head)
	got, err := convert.ReadCSV(&b, &convert.ReadCSVOptions{TableOptions: o})
	if err != nil {
		if !p.head && len(p.by) > 1 && strings.Contains(err.Error(), "the heading ") {
			return true
		}
		t.Errorf("%s%v\n%.300s", start, err, header)
		return false
	}
	if wrong := p.compare(t, got); wrong != "" {
		t.Errorf("%s%s\n%.300s", start, wrong, header)
	}
	return false
}

// compare says what is wrong with what was read: "" for nothing.
func (p *pivotCall) compare(t *testing.T, got *jsonstat.Dataset) (wrong string) {
	t.Helper()
	dims := p.ds.Dimensions()
	at := make([]int, len(dims))           // where the dimension is in what was read
	categories := make([][]int, len(dims)) // the same of its categories
	for i, d := range dims {
		heading := slices.Contains(p.by, d.ID())
		name := d.ID()
		if !heading && !p.head {
			name = strings.Join(strings.Fields(p.say(d.ID(), d.Label())), " ")
		}
		at[i] = slices.IndexFunc(got.Dimensions(), func(g *jsonstat.Dimension) bool { return g.ID() == name })
		if at[i] < 0 {
			return fmt.Sprintf("there is no dimension %q", name)
		}
		g := got.Dimensions()[at[i]]
		if g.Len() != d.Len() {
			return fmt.Sprintf("%q has %d categories, want %d", name, g.Len(), d.Len())
		}
		for c := range d.Categories() {
			text := c.ID
			if !p.head {
				if text = p.say(c.ID, c.Label); heading {
					text = strings.Join(strings.Fields(text), " ")
				}
			}
			k := g.Index(text)
			if k < 0 {
				return fmt.Sprintf("%q has no category %q", name, text)
			}
			categories[i] = append(categories[i], k)
		}
	}
	coords := make([]int, len(dims))
	for pos := range p.ds.Len() {
		want, err := p.ds.AtPosition(pos)
		if err != nil {
			t.Fatal(err)
		}
		for i, k := range p.ds.Shape().Coords(pos, nil) {
			coords[at[i]] = categories[i][k]
		}
		cell, err := got.AtPosition(positionOf(got.Shape(), coords))
		if err != nil {
			t.Fatal(err)
		}
		same := want.Missing() == cell.Missing() && (want.Missing() || sameNumber(want.Text, cell.Text))
		if !same || p.statuses && want.Status != cell.Status {
			return fmt.Sprintf("cell %d is %q %q, want %q %q", pos, cell.Text, cell.Status, want.Text, want.Status)
		}
	}
	return ""
}
