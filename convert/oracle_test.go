package convert_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
)

// expected is the table of a model, cell by cell and without any cleverness.
func (m *model) expected(o *convert.CSVOptions) [][]string {
	var by, stub []int
	for _, id := range o.By {
		by = append(by, slices.IndexFunc(m.dims, func(d modelDim) bool { return d.id == id }))
	}
	for i := range m.dims {
		if !slices.Contains(by, i) {
			stub = append(stub, i)
		}
	}
	shown := slices.Clone(stub)
	if len(by) > 0 {
		shown = slices.DeleteFunc(shown, func(i int) bool { return slices.Contains(o.Drop, m.dims[i].id) && len(m.dims[i].cats) == 1 })
	}
	plain, owner := m.dimensionHeaders(shown, o)
	header := slices.Clone(plain)
	for i, h := range plain {
		if count(plain, h) > 1 {
			header[i] += " [" + m.dims[owner[i]].id + "]"
		}
	}
	columns := m.combinations(by)
	if len(by) == 0 {
		header = append(header, m.valueNames(o)...)
	} else {
		var names, ids []string
		for _, at := range columns {
			var words, codes []string
			for j, d := range by {
				c := m.dims[d].cats[at[j]]
				words, codes = append(words, say(o.Field, c.id, or(c.label, c.id))), append(codes, c.id)
			}
			names, ids = append(names, strings.Join(words, " ")), append(ids, strings.Join(codes, " "))
		}
		all := append(slices.Clone(header), names...)
		for k, name := range names {
			if count(all, name) > 1 {
				name += " [" + ids[k] + "]"
			}
			header = append(header, name)
			if o.StatusColumns {
				header = append(header, name+" "+m.statusName(o))
			}
		}
	}
	for i := range header {
		header[i] = guard(o, header[i])
	}
	rows := [][]string{header}
	for _, at := range m.combinations(stub) {
		var row []string
		for k, d := range stub {
			if slices.Contains(shown, d) {
				row = append(row, m.categoryCells(d, at[k], o)...)
			}
		}
		kept := false
		for _, col := range columns {
			coords := make([]int, len(m.dims))
			for k, d := range stub {
				coords[d] = at[k]
			}
			for k, d := range by {
				coords[d] = col[k]
			}
			value, status, missing := m.cell(coords, o)
			switch o.Keep {
			case convert.All:
				kept = true
			case convert.NonMissing:
				kept = kept || !missing
			case convert.NonEmpty:
				kept = kept || !missing || status != ""
			}
			switch {
			case len(by) == 0 && o.Status:
				row = append(row, status, value)
			case len(by) > 0 && o.StatusColumns:
				row = append(row, value, status)
			default:
				row = append(row, value)
			}
		}
		if kept {
			rows = append(rows, row)
		}
	}
	return rows
}

// dimensionHeaders are the headers before they are told apart, and the
// dimensions that they belong to.
func (m *model) dimensionHeaders(shown []int, o *convert.CSVOptions) (header []string, owner []int) {
	for _, i := range shown {
		d := m.dims[i]
		label := or(d.label, d.id)
		if o.Content == convert.Columns {
			if label == d.id {
				label += " label"
			}
			header, owner = append(header, d.id, label), append(owner, i, i)
			continue
		}
		header, owner = append(header, say(o.Field, d.id, label)), append(owner, i)
	}
	return header, owner
}

func (m *model) valueNames(o *convert.CSVOptions) []string {
	value := or(o.ValueName, "Value")
	if o.Field == convert.ID {
		value = "value"
	}
	if o.Status {
		return []string{m.statusName(o), value}
	}
	return []string{value}
}

func (m *model) statusName(o *convert.CSVOptions) string {
	if o.Field == convert.ID {
		return "status"
	}
	return or(o.StatusName, "Status")
}

// combinations of the categories of some dimensions, the last moving fastest.
func (m *model) combinations(dims []int) [][]int {
	list := [][]int{nil}
	for _, d := range dims {
		var longer [][]int
		for _, at := range list {
			for k := range m.dims[d].cats {
				longer = append(longer, append(slices.Clone(at), k))
			}
		}
		list = longer
	}
	return list
}

func (m *model) categoryCells(dim, k int, o *convert.CSVOptions) []string {
	c := m.dims[dim].cats[k]
	label := or(c.label, c.id)
	shownLabel := label
	if label != c.id {
		shownLabel = guard(o, label)
	}
	switch o.Content {
	case convert.ID:
		return []string{c.id}
	case convert.Both:
		return []string{"[" + c.id + "] " + label}
	case convert.Columns:
		return []string{c.id, shownLabel}
	}
	return []string{shownLabel}
}

// cell is what stands at coordinates.
func (m *model) cell(coords []int, o *convert.CSVOptions) (value, status string, missing bool) {
	pos := 0
	for i, d := range m.dims {
		pos = pos*len(d.cats) + coords[i]
	}
	c, ok := m.cells[pos]
	status = or(c.status, m.all)
	if !ok || c.token == "" || c.token == "null" {
		return *o.NA, status, true
	}
	if !c.number {
		if c.token[0] == '"' {
			return guard(o, c.text), status, false
		}
		return c.text, status, false
	}
	text := c.text
	places := m.places
	for i, d := range m.dims {
		if d.units && hasUnits(d) && d.cats[coords[i]].places >= 0 {
			places = d.cats[coords[i]].places
		}
	}
	if o.UnitDecimals && places > 0 && !strings.Contains(text, "e") {
		whole, fraction, _ := strings.Cut(text, ".")
		text = whole + "." + fraction + strings.Repeat("0", max(0, places-len(fraction)))
	}
	mark := o.Decimal
	if mark == "" {
		mark = "."
		if o.Separator == ";" {
			mark = ","
		}
	}
	return strings.Replace(text, ".", mark, 1), status, false
}

func hasUnits(d modelDim) bool {
	return slices.ContainsFunc(d.cats, func(c modelCat) bool { return c.places >= 0 })
}

func say(show convert.Show, id, label string) string {
	switch show {
	case convert.ID:
		return id
	case convert.Both:
		return "[" + id + "] " + label
	}
	return label
}

var negative = regexp.MustCompile(`^-(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?[ \t\r\n]*$`)

func guard(o *convert.CSVOptions, text string) string {
	if o.Guard && len(text) > 1 && strings.Contains("=+-@\t\r\n", text[:1]) && !negative.MatchString(text) {
		return "'" + text
	}
	return text
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func count(list []string, text string) (n int) {
	for _, s := range list {
		if s == text {
			n++
		}
	}
	return n
}

// anyOptions makes options by chance.
func anyOptions(rng *rand.Rand, m *model) *convert.CSVOptions {
	yes := func() bool { return rng.IntN(2) == 0 }
	shows := []convert.Show{convert.Label, convert.ID, convert.Both, convert.Columns}
	o := &convert.CSVOptions{
		Table: table{
			Field: pick(rng, shows...), Content: pick(rng, shows...), Keep: pick(rng, convert.All, convert.NonMissing, convert.NonEmpty),
			UnitDecimals: yes(),
		},
		Separator: pick(rng, "", "", ",", ";", "\t", "|", ".", "e", "1", "-", " ", "é"), Decimal: pick(rng, "", "", ".", ",", "·"),
		NA: text(pick(rng, "n/a", "", "-", "a,b;c\td|e", `"`)), Status: yes(), StatusColumns: yes(),
		ValueName: pick(rng, "", "Figure, all", "="), StatusName: pick(rng, "", `"`), CRLF: yes(), BOM: yes(), Guard: yes(),
	}
	for _, i := range rng.Perm(len(m.dims)) {
		switch rng.IntN(4) {
		case 0:
			o.By = append(o.By, m.dims[i].id)
		case 1:
			o.Drop = append(o.Drop, m.dims[i].id)
		}
	}
	return o
}

// TestOracle writes cubes by chance with options by chance and compares with
// the table made cell by cell.
func TestOracle(t *testing.T) {
	rounds := 600
	if testing.Short() {
		rounds = 100
	}
	for seed := range uint64(rounds) {
		rng := rand.New(rand.NewPCG(seed, 1))
		m := newModel(rng)
		doc := m.document()
		ds := dataset(t, doc)
		for range 4 {
			o := anyOptions(rng, m)
			got := toCSV(t, ds, o)
			require.Equal(t, got, toCSV(t, streamed(t, doc, o.Need()), o), "seed %d: the same from a pipe", seed)
			end := map[bool]string{false: "\n", true: "\r\n"}[o.CRLF]
			require.True(t, strings.HasSuffix(got, end), "seed %d", seed)
			require.Equal(t, o.BOM, strings.HasPrefix(got, "\ufeff"), "seed %d", seed)
			want := m.expected(o)
			for _, row := range want {
				for i := range row {
					row[i] = strings.ReplaceAll(row[i], "\r\n", "\n") // as encoding/csv reads it
				}
			}
			require.Equal(t, want, records(t, got, []rune(sepOf(*o))[0]), "seed %d: %s\n%+v", seed, doc, *o)
		}
	}
}
