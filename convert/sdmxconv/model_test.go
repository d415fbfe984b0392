package sdmxconv

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A model is a cube of which messages of every form are made, to be read back and
// compared cell by cell.
type model struct {
	dims     []modelDimension
	measures int
	cells    []modelCell // by position, the last dimension fastest
	extra    []string    // ids of further attributes of observations
}

type modelDimension struct {
	id   string
	size int
}

// modelCell is an observation.
type modelCell struct {
	there  bool
	values []string // tokens by measure, "" is null
	status string
	extra  []string // by attribute, "" for none
}

var modelStatuses = []string{"A", "E", "M"}

func randomModel(r *rand.Rand) *model {
	m := &model{measures: 1}
	if r.IntN(4) == 0 {
		m.measures = 2 + r.IntN(2)
	}
	cells := 1
	for i := range 2 + r.IntN(3) {
		d := modelDimension{"D" + strconv.Itoa(i), 1 + r.IntN(4)}
		if r.IntN(3) == 0 {
			d.size = 1
		}
		m.dims = append(m.dims, d)
		cells *= d.size
	}
	for i := range r.IntN(3) {
		m.extra = append(m.extra, "X"+strconv.Itoa(i))
	}
	fill := r.IntN(3)
	for range cells {
		c := modelCell{there: fill > 0 && r.IntN(fill+1) > 0 || fill == 0}
		for range m.measures {
			v := ""
			switch r.IntN(6) {
			case 0:
			case 1:
				v = strconv.Itoa(r.IntN(100)) + ".50"
			case 2:
				v = "-0.000000" + strconv.Itoa(1+r.IntN(9))
			case 3:
				v = "12345678901234567890." + strconv.Itoa(r.IntN(100000)+1)
			default:
				v = strconv.Itoa(r.IntN(100000))
			}
			c.values = append(c.values, v)
		}
		if r.IntN(2) == 0 {
			c.status = modelStatuses[r.IntN(len(modelStatuses))]
		}
		for range m.extra {
			text := ""
			if r.IntN(3) > 0 {
				text = "t" + strconv.Itoa(r.IntN(4))
			}
			c.extra = append(c.extra, text)
		}
		m.cells = append(m.cells, c)
	}
	m.cells[0].there = true
	return m
}

// coords are the categories at a position.
func (m *model) coords(pos int) []int {
	list := make([]int, len(m.dims))
	for i := len(m.dims) - 1; i >= 0; i-- {
		list[i] = pos % m.dims[i].size
		pos /= m.dims[i].size
	}
	return list
}

// form says how a message is written.
type modelForm struct {
	generation string // draft, final, 2
	series     int    // how many dimensions are at the level of series
	dataSet    int    // and of the data set; they have one category
	whole      bool   // keys name those of the data set too
	split      bool   // in two data sets
	coded      bool   // further attributes are listed
	standard   bool   // status A is left out, being the default
	pretty     bool
	late       bool // what is said of a series stands behind its observations
	short      bool // arrays end with the last attribute that is given
	texts      bool // numbers are strings
	backward   bool // observations come in another order
}

// message writes the model.
func (m *model) message(f modelForm, r *rand.Rand) string {
	// Dimensions by level: the last ones are of the data set, the first of the series.
	order := m.levels(f)
	comp := func(i int) string {
		d := m.dims[i]
		var values []string
		for k := range d.size {
			values = append(values, fmt.Sprintf(`{"id":"c%d","name":"Category %d"}`, k, k))
		}
		return fmt.Sprintf(`{"id":%q,"name":"Dimension %s","keyPosition":%d,"values":[%s]}`, d.id, d.id, i, strings.Join(values, ","))
	}
	level := func(list []int) string {
		var all []string
		for _, i := range list {
			all = append(all, comp(i))
		}
		return "[" + strings.Join(all, ",") + "]"
	}
	statuses := `{"id":"OBS_STATUS","name":"Status","values":[{"id":"A","name":"Normal"},{"id":"E","name":"Estimated"},{"id":"M","name":"Missing"}]`
	if f.standard {
		statuses += `,"default":"A"`
	}
	attributes := []string{statuses + "}"}
	for _, id := range m.extra {
		values := ""
		if f.coded {
			values = `,"values":[{"name":"t0"},{"id":"t1"},{"name":"t2"},{"id":"t3","name":"Text"}]`
		}
		attributes = append(attributes, fmt.Sprintf(`{"id":%q,"name":"Extra"%s}`, id, values))
	}
	structure := []string{
		`"name":"Model"`,
		`"dimensions":{` + shuffled(r, `"dataSet":`+level(order[0]), `"series":`+level(order[1]), `"observation":`+level(order[2])) + `}`,
		`"attributes":{"dataSet":[],"series":[{"id":"S","name":"Series","values":[{"id":"s0","name":"Zero"}]}],"observation":[` + strings.Join(attributes, ",") + `]}`,
	}
	if f.generation == "2" && (m.measures > 1 || r.IntN(2) == 0) {
		var list []string
		for i := range m.measures {
			list = append(list, fmt.Sprintf(`{"id":"M%d","name":"Measure %d"}`, i, i))
		}
		structure = append(structure, `"measures":{"observation":[`+strings.Join(list, ",")+`]}`)
	}
	var sets []string
	for part := range 2 {
		if part == 1 && !f.split {
			break
		}
		sets = append(sets, "{"+shuffled(r, `"action":"Information"`, m.rows(f, r, order, func(pos int) bool { return !f.split || pos%2 == part }))+"}")
	}
	body := `"dataSets":[` + strings.Join(sets, ",") + `]`
	text := "{" + shuffled(r, structure...) + "}"
	head := `{"id":"x","prepared":"2025-01-01","sender":{"id":"S","name":"Sender"}}`
	switch f.generation {
	case "draft":
		text = "{" + shuffled(r, `"header":`+head, `"structure":`+text, body) + "}"
	case "final":
		text = "{" + shuffled(r, `"meta":`+head, `"data":{`+shuffled(r, `"structure":`+text, body)+"}") + "}"
	default:
		text = "{" + shuffled(r, `"meta":`+head, `"data":{`+shuffled(r, `"structures":[`+text+"]", body)+"}") + "}"
	}
	if f.pretty {
		text = strings.NewReplacer(",", " ,\r\n\t", ":[", " : [ ", "]", " ]").Replace(text)
	}
	return text
}

// levels are the dimensions of data set, series and observation.
func (m *model) levels(f modelForm) [3][]int {
	var order [3][]int
	for i := range m.dims {
		switch {
		case i >= len(m.dims)-f.dataSet:
			order[0] = append(order[0], i)
		case i < f.series:
			order[1] = append(order[1], i)
		default:
			order[2] = append(order[2], i)
		}
	}
	return order
}

func shuffled(r *rand.Rand, parts ...string) string {
	parts = slices.Clone(parts)
	r.Shuffle(len(parts), func(i, k int) { parts[i], parts[k] = parts[k], parts[i] })
	return strings.Join(parts, ",")
}

// rows writes the observations.
func (m *model) rows(f modelForm, r *rand.Rand, order [3][]int, wanted func(pos int) bool) string {
	key := func(pos int, list ...[]int) string {
		coords := m.coords(pos)
		var parts []string
		for _, i := range slices.Concat(list...) {
			parts = append(parts, strconv.Itoa(coords[i]))
		}
		return strings.Join(parts, ":")
	}
	positions := r.Perm(len(m.cells))
	if !f.backward {
		slices.Sort(positions)
	}
	if f.series == 0 {
		var rows []string
		for _, pos := range positions {
			if !m.cells[pos].there || !wanted(pos) {
				continue
			}
			k := key(pos, order[2])
			if f.whole {
				k = key(pos, order[0], order[2])
			}
			rows = append(rows, fmt.Sprintf("%q:%s", k, m.array(f, r, pos)))
		}
		return `"observations":{` + strings.Join(rows, ",") + "}"
	}
	var keys []string
	inside := map[string][]string{}
	for _, pos := range positions {
		if !m.cells[pos].there || !wanted(pos) {
			continue
		}
		k := key(pos, order[1])
		if f.whole {
			k = key(pos, order[0], order[1])
		}
		if inside[k] == nil {
			keys = append(keys, k)
		}
		inside[k] = append(inside[k], fmt.Sprintf("%q:%s", key(pos, order[2]), m.array(f, r, pos)))
	}
	var rows []string
	for _, k := range keys {
		parts := []string{`"attributes":[0]`, `"annotations":[]`, `"observations":{` + strings.Join(inside[k], ",") + "}"}
		if f.late {
			slices.Reverse(parts)
		}
		rows = append(rows, fmt.Sprintf("%q:{%s}", k, strings.Join(parts, ",")))
	}
	return `"series":{` + strings.Join(rows, ",") + "}"
}

// array writes an observation.
func (m *model) array(f modelForm, r *rand.Rand, pos int) string {
	c := &m.cells[pos]
	var list []string
	for _, v := range c.values {
		switch {
		case v == "" && f.texts && r.IntN(2) == 0:
			v = `"NaN"`
		case v == "":
			v = "null"
		case f.texts:
			v = `"` + v + `"`
		}
		list = append(list, v)
	}
	status := "null"
	if k := slices.Index(modelStatuses, c.status); k >= 0 && (!f.standard || k > 0) {
		status = strconv.Itoa(k)
	}
	list = append(list, status)
	for _, text := range c.extra {
		switch {
		case text == "":
			text = "null"
		case f.coded:
			text = text[1:]
		default:
			text = `"` + text + `"`
		}
		list = append(list, text)
	}
	for f.short && len(list) > 1 && list[len(list)-1] == "null" {
		list = list[:len(list)-1]
	}
	return "[" + strings.Join(list, ",") + "]"
}

// check compares a dataset with the model.
func (m *model) check(t *testing.T, f modelForm, ds *jsonstat.Dataset) {
	t.Helper()
	want := len(m.dims)
	if m.measures > 1 {
		want++
	}
	if len(ds.Dimensions()) != want {
		t.Fatalf("there are %d dimensions, not %d", len(ds.Dimensions()), want)
	}
	for pos := range m.cells {
		c := &m.cells[pos]
		var at []string
		for i, k := range m.coords(pos) {
			at = append(at, m.dims[i].id, "c"+strconv.Itoa(k))
		}
		for k := range m.measures {
			where := at
			if m.measures > 1 {
				where = append(slices.Clone(at), "MEASURE", "M"+strconv.Itoa(k))
			}
			cell, err := ds.At(where...)
			if err != nil {
				t.Fatal(err)
			}
			value, status := "", ""
			if c.there {
				value, status = c.values[k], c.status
				if f.standard && status == "" {
					status = "A"
				}
			}
			if cell.Text != value || cell.Status != status {
				t.Errorf("%v is %q with status %q, want %q, %q", where, cell.Text, cell.Status, value, status)
			}
		}
	}
	m.checkExtra(t, ds)
}

// checkExtra compares what the extension says of the further attributes.
func (m *model) checkExtra(t *testing.T, ds *jsonstat.Dataset) {
	t.Helper()
	x := readExtension(t, ds)
	for k, id := range m.extra {
		for pos := range m.cells {
			c := &m.cells[pos]
			if !c.there {
				continue
			}
			coords := map[string]string{}
			for i, n := range m.coords(pos) {
				coords[m.dims[i].id] = "c" + strconv.Itoa(n)
			}
			if got := x.attribute(t, ds, id, coords); got != c.extra[k] {
				t.Errorf("attribute %s of %v is %q, want %q", id, coords, got, c.extra[k])
			}
		}
	}
}

// randomForm is a form that a model can have.
func (m *model) randomForm(r *rand.Rand) modelForm {
	yes := func() bool { return r.IntN(2) == 0 }
	f := modelForm{
		generation: []string{"draft", "final", "2"}[r.IntN(3)], whole: yes(), split: r.IntN(3) == 0, coded: yes(), standard: yes(),
		pretty: yes(), late: yes(), short: yes(), texts: yes(), backward: yes(),
	}
	if m.measures > 1 {
		f.generation = "2"
	}
	if f.generation != "2" {
		f.coded = true
	}
	for f.dataSet < len(m.dims)-1 && m.dims[len(m.dims)-1-f.dataSet].size == 1 && yes() {
		f.dataSet++
	}
	if rest := len(m.dims) - f.dataSet; rest > 1 && yes() {
		f.series = 1 + r.IntN(rest-1)
	}
	return f
}

// TestForms reads random cubes in random forms.
func TestForms(t *testing.T) { testForms(t) }

// TestFormsSparse does it with cubes that are sparse if they have any hole.
func TestFormsSparse(t *testing.T) {
	defer func(p rows.Policy) { policy = p }(policy)
	policy = rows.Policy{Small: 0, Thin: 1}
	testForms(t)
}

// TestFormsNarrow does it through a window in which hardly anything is whole.
func TestFormsNarrow(t *testing.T) {
	defer func(n int) { readWindow = n }(readWindow)
	readWindow = 3
	testForms(t)
}

func testForms(t *testing.T) {
	n := 1500
	if testing.Short() {
		n = 300
	}
	for seed := range uint64(n) {
		r := rand.New(rand.NewPCG(seed, 6))
		m := randomModel(r)
		f := m.randomForm(r)
		message := m.message(f, r)
		sets, err := readAs(strings.NewReader(message), nil, policy)
		if err == nil && len(sets) != 1 {
			err = fmt.Errorf("there are %d datasets", len(sets))
		}
		if err != nil {
			t.Fatalf("seed %d, %+v: %v\n%s", seed, f, err, message)
		}
		m.check(t, f, sets[0])
		if t.Failed() {
			t.Fatalf("seed %d, %+v\n%s", seed, f, message)
		}
	}
}
