package sdmxconv

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// csvForm says how a table is written.
type csvForm struct {
	version int
	labels  string // id, both, name
	sep     string
	comma   bool // decimal comma
	keys    bool // with a column of keys, and columns in any order
	crlf    bool
	quotes  bool // around every cell
	shuffle bool // rows in any order
}

// csv writes the model as SDMX-CSV.
func (m *model) csv(f csvForm, r *rand.Rand) string {
	type column struct {
		id, name string
		cell     func(pos int) (id, name string)
	}
	var dims, measures, attributes []column
	for i, d := range m.dims {
		dims = append(dims, column{d.id, "Dimension " + d.id, func(pos int) (string, string) {
			k := strconv.Itoa(m.coords(pos)[i])
			return "c" + k, "Category " + k
		}})
	}
	for k := range m.measures {
		id := "OBS_VALUE"
		if m.measures > 1 {
			id = "M" + strconv.Itoa(k)
		}
		measures = append(measures, column{id, "Measure", func(pos int) (string, string) {
			v := m.cells[pos].values[k]
			if f.comma {
				v = strings.Replace(v, ".", ",", 1)
			}
			return v, ""
		}})
	}
	attributes = append(attributes, column{"OBS_STATUS", "Status", func(pos int) (string, string) {
		s := m.cells[pos].status
		return s, map[string]string{"A": "Normal", "E": "Estimated", "M": "Missing", "": ""}[s]
	}})
	for k, id := range m.extra {
		attributes = append(attributes, column{id, "Extra", func(pos int) (string, string) {
			if t := m.cells[pos].extra[k]; t != "" {
				return t, "Text " + t
			}
			return "", ""
		}})
	}
	all := slices.Concat(dims, measures, attributes)
	if f.keys {
		r.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
	}
	both := func(id, name string) string {
		if f.labels == "both" && name != "" {
			return id + ": " + name
		}
		return id
	}
	var header []string
	if f.version == 1 {
		header = []string{"DATAFLOW"}
	} else {
		header = []string{"STRUCTURE", "STRUCTURE_ID"}
		if f.labels == "name" {
			header = append(header, "STRUCTURE_NAME")
		}
		header = append(header, "ACTION")
	}
	if f.keys {
		header = append(header, "OBS_KEY")
	}
	for _, c := range all {
		if c.id == "OBS_VALUE" && f.version == 1 {
			header = append(header, c.id)
			continue
		}
		header = append(header, both(c.id, c.name))
		if f.labels == "name" {
			header = append(header, c.name)
		}
	}
	rows := [][]string{header}
	for _, pos := range r.Perm(len(m.cells)) {
		if !m.cells[pos].there {
			continue
		}
		row := []string{both("S:FLOW(1.0)", "The flow")}
		if f.version > 1 {
			row = slices.Insert(row, 0, "dataflow")
			if f.labels == "name" {
				row = append(row, "The flow")
			}
			row = append(row, "I")
		}
		if f.keys {
			var key []string
			for _, d := range dims {
				id, _ := d.cell(pos)
				key = append(key, id)
			}
			row = append(row, strings.Join(key, "."))
		}
		for _, c := range all {
			id, name := c.cell(pos)
			row = append(row, both(id, name))
			if f.labels == "name" {
				row = append(row, name)
			}
		}
		rows = append(rows, row)
	}
	end := "\n"
	if f.crlf {
		end = "\r\n"
	}
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if f.quotes || strings.Contains(cell, f.sep) {
				cell = `"` + cell + `"`
			}
			if i > 0 {
				b.WriteString(f.sep)
			}
			b.WriteString(cell)
		}
		b.WriteString(end)
	}
	return b.String()
}

// TestCSVForms reads random cubes from random tables.
func TestCSVForms(t *testing.T) { testCSVForms(t) }

// TestCSVFormsSparse does it with sparse cubes.
func TestCSVFormsSparse(t *testing.T) {
	defer func(p rows.Policy) { policy = p }(policy)
	policy = rows.Policy{Small: 0, Thin: 1}
	testCSVForms(t)
}

func testCSVForms(t *testing.T) {
	n := 1000
	if testing.Short() {
		n = 200
	}
	for seed := range uint64(n) {
		r := rand.New(rand.NewPCG(seed, 7))
		m := randomModel(r)
		yes := func() bool { return r.IntN(2) == 0 }
		f := csvForm{
			version: 1 + r.IntN(2), labels: []string{"id", "both", "name"}[r.IntN(3)], sep: []string{",", ";", "\t"}[r.IntN(3)],
			keys: yes(), crlf: yes(), quotes: yes(), shuffle: yes(),
		}
		f.comma = f.sep != "," && yes()
		if f.version == 1 && f.labels == "name" {
			f.labels = "both"
		}
		o := &Options{}
		if m.measures > 1 {
			if f.version = 2; !f.keys {
				o.Values = []string{"M0", "M1", "M2"}[:m.measures]
			} else {
				o.Values = []string{"m0", "m1", "m2"}[:m.measures]
			}
		}
		m.unseen()
		text := m.csv(f, r)
		sets, err := readAs(strings.NewReader(text), o, policy)
		if err == nil && len(sets) != 1 {
			err = fmt.Errorf("there are %d datasets", len(sets))
		}
		if err != nil {
			t.Fatalf("seed %d, %+v: %v\n%s", seed, f, err, text)
		}
		m.check(t, modelForm{}, sets[0])
		if label := sets[0].Label(); (label == "The flow") != (f.labels != "id") {
			t.Errorf("the label is %q", label)
		}
		if f.labels != "id" {
			for _, d := range sets[0].Dimensions()[:len(m.dims)] {
				if got, want := d.CategoryLabel(0), strings.Replace(d.CategoryID(0), "c", "Category ", 1); got != want || d.Label() != "Dimension "+d.ID() {
					t.Errorf("dimension %s is %q, its first category %q, want %q", d.ID(), d.Label(), got, want)
				}
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d, %+v\n%s", seed, f, text)
		}
	}
}

// unseen takes away what a table cannot say: categories without an observation.
// The check looks categories up by id, so it is enough that each has one.
func (m *model) unseen() {
	for i, d := range m.dims {
		for k := range d.size {
			for pos := range m.cells {
				if m.coords(pos)[i] == k {
					m.cells[pos].there = true
					break
				}
			}
		}
	}
	for pos := range m.cells { // a measure needs a value somewhere
		if m.cells[pos].there {
			for k := range m.cells[pos].values {
				m.cells[pos].values[k] = "1"
			}
			break
		}
	}
}
