package convert_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
)

// model is a cube of the tests' own, from which come both a document and, by
// going from coordinates to cells one by one, the table that it should give.
type model struct {
	dims   []modelDim
	sparse bool
	cells  map[int]modelCell // by position; what is not there is missing
	all    string            // status of all cells
	object bool              // statuses by position, else in an array
	places int               // decimals of the table, 0 if not given
}

type modelDim struct {
	id, label string // an empty label is none
	cats      []modelCat
	units     bool
}

type modelCat struct {
	id, label string
	places    int // of the unit; -1 if there are none
}

// modelCell is a JSON token and how it looks in a table with a decimal point.
type modelCell struct {
	token, text string
	number      bool
	status      string
}

// tokens are values of every kind and numbers in every layout.
var tokens = []modelCell{
	{token: `0`, text: "0", number: true}, {token: `7`, text: "7", number: true}, {token: `-12.5`, text: "-12.5", number: true},
	{token: `3.250`, text: "3.25", number: true}, {token: `1E3`, text: "1000", number: true}, {token: `-0.0`, text: "0", number: true},
	{token: `15e-8`, text: "1.5e-7", number: true}, {token: `2e21`, text: "2e+21", number: true},
	{token: `98765432109876543210.5`, text: "98765432109876543210.5", number: true},
	{token: `null`}, {token: `null`}, {token: `null`},
	{token: `"text"`, text: "text"}, {token: `"a \"quoted\", one;\r\n"`, text: "a \"quoted\", one;\r\n"}, {token: `""`}, {token: `"=1+1"`, text: "=1+1"},
	{token: `true`, text: "true"}, {token: `false`, text: "false"},
}

// nasty are pieces of which ids, labels and statuses are made.
var nasty = []string{"a", "b", "0", "1", " ", ",", ";", "\t", "|", `"`, `""`, "\n", "\r\n", "'", "=", "+", "-", "@", ".", "e", "é", "日本", "\u2028", "\\", "[x]", "Value", "Status", "x label"}

func nastyText(rng *rand.Rand, pieces int) string {
	var b strings.Builder
	for range rng.IntN(pieces + 1) {
		b.WriteString(pick(rng, nasty...))
	}
	return b.String()
}

// newModel makes a cube by chance.
func newModel(rng *rand.Rand) *model {
	m := &model{sparse: rng.IntN(2) == 0, cells: map[int]modelCell{}, object: rng.IntN(2) == 0}
	n := 1
	for range rng.IntN(6) {
		d := modelDim{label: nastyText(rng, 3)}
		for d.id = nastyText(rng, 3); m.has(d.id); {
			d.id += pick(rng, nasty...)
		}
		seen := map[string]bool{}
		for range 1 + rng.IntN(4) {
			c := modelCat{id: nastyText(rng, 2), label: nastyText(rng, 3), places: -1}
			for seen[c.id] {
				c.id += pick(rng, nasty...)
			}
			seen[c.id] = true
			d.cats = append(d.cats, c)
		}
		n *= len(d.cats)
		m.dims = append(m.dims, d)
	}
	if len(m.dims) > 0 && rng.IntN(2) == 0 {
		d := &m.dims[rng.IntN(len(m.dims))]
		d.units = true
		for i := range d.cats {
			if d.cats[i].label == "" {
				d.cats[i].label = "with a label" // else the unit's would be taken
			}
			d.cats[i].places = rng.IntN(5) - 1
		}
	}
	m.places = rng.IntN(3)
	statuses := rng.IntN(3)
	if statuses == 2 && rng.IntN(2) == 0 {
		m.all = pick(rng, "e", "x,y", "=")
	}
	for i := range n {
		if m.sparse && rng.IntN(3) > 0 {
			if statuses == 1 && m.object && rng.IntN(4) == 0 {
				m.cells[i] = modelCell{token: "", status: "s"} // a status alone
			}
			continue
		}
		c := pick(rng, tokens...)
		if statuses == 1 && rng.IntN(2) == 0 {
			c.status = pick(rng, "s", "..", "-", nastyText(rng, 2))
		}
		m.cells[i] = c
	}
	if len(m.cells) == 0 { // an empty row would be no data at all
		m.cells[0] = tokens[0]
	}
	return m
}

func (m *model) has(id string) bool {
	for _, d := range m.dims {
		if d.id == id {
			return true
		}
	}
	return false
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// document is the cube as JSON-stat.
func (m *model) document() string {
	var ids, sizes, dims []string
	n := 1
	for _, d := range m.dims {
		var index, labels, units []string
		for _, c := range d.cats {
			index = append(index, quote(c.id))
			if c.label != "" {
				labels = append(labels, quote(c.id)+":"+quote(c.label))
			}
			if c.places >= 0 {
				units = append(units, fmt.Sprintf(`%s:{"label":"u","decimals":%d}`, quote(c.id), c.places))
			}
		}
		label := ""
		if d.label != "" {
			label = `"label":` + quote(d.label) + ","
		}
		ids = append(ids, quote(d.id))
		sizes = append(sizes, fmt.Sprint(len(d.cats)))
		dims = append(dims, fmt.Sprintf(`%s:{%s"category":{"index":[%s],"label":{%s},"unit":{%s}}}`,
			quote(d.id), label, strings.Join(index, ","), strings.Join(labels, ","), strings.Join(units, ",")))
		n *= len(d.cats)
	}
	var dense, sparse, statuses, statusObject []string
	hasStatus := false
	for i := range n {
		c, ok := m.cells[i]
		if !ok || c.token == "" {
			dense = append(dense, "null")
		} else {
			dense = append(dense, c.token)
			sparse = append(sparse, fmt.Sprintf(`"%d":%s`, i, c.token))
		}
		if c.status == "" {
			statuses = append(statuses, "null")
		} else {
			hasStatus = true
			statuses = append(statuses, quote(c.status))
			statusObject = append(statusObject, fmt.Sprintf(`"%d":%s`, i, quote(c.status)))
		}
	}
	value := "[" + strings.Join(dense, ",") + "]"
	if m.sparse && len(sparse) > 0 {
		value = "{" + strings.Join(sparse, ",") + "}"
	}
	status := ""
	switch {
	case m.all != "":
		status = `,"status":` + quote(m.all)
	case hasStatus && m.object:
		status = `,"status":{` + strings.Join(statusObject, ",") + "}"
	case hasStatus:
		status = `,"status":[` + strings.Join(statuses, ",") + "]"
	}
	return fmt.Sprintf(`{"version":"2.0","class":"dataset","id":[%s],"size":[%s],"extension":{"px":{"decimals":%d}},"dimension":{%s},"value":%s%s}`,
		strings.Join(ids, ","), strings.Join(sizes, ","), m.places, strings.Join(dims, ","), value, status)
}
