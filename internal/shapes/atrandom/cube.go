// Package atrandom makes documents at random, nastier than those of shapes.Random:
// cubes full of what clashes with something, and SDMX-JSON
// messages. Like the shapes it is there for tests and for scripts/same.
package atrandom

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// Words that make trouble somewhere: separators, quotes, line ends, what
// JavaScript takes for an index or has in every object, names of columns.
var (
	names      = []string{"region", "sex", "age", "year", "measure", "industry", "country", "unit", "Region", "Tid"}
	plainWords = []string{"a", "b", "c", "d", "e", "f", "g", "h", "Oslo", "Bergen", "Total", "Males", "Females"}
	nastyWords = []string{
		"0", "1", "2", "10", "01", "2010", "2011", "4294967294", "4294967295", "-1", "1.5", "1e3",
		"a,b", "semi;colon", "a|b", "x y", " ", "tab\there", `say "no"`, `"`, "two\nlines", "CR\r\nLF", ".", "-", ":", "a:",
		"Å, Ø", "日本", "😀", "\u2028", "é", "<b>", "=1+1", "'", `\`, "n/a", "null", "undefined", "true",
		"Value", "value", "Status", "status", "id", "size", "role", "dimension", "category", "constructor", "toString", "hasOwnProperty",
	}
	values      = []string{"0", "1", "-1", "12", "120", "2010", "0.5", "12.25", "-3.75", "1000000", "123456.789"}
	nastyValues = []string{
		"1.0", "-0", "0.0", "100.00", "1e3", "1E-3", "1.5e+2", "1e21", "1.25e21", "1e-7", "0.000001", "1e400", "-1e999", "1e-400",
		"12345678901234567890", "9007199254740993", "0.1000000000000000055511151231257827", "123456789012345678.5", "2.50", "true", "false",
		`"x"`, `"a,b"`, `"1.5.2"`, `""`, `"say \"no\""`, `"two\nlines"`, `".."`, `"=1"`,
	}
	nastyStatuses = []string{"", "x", "..", ":", "a,b", "p;e", `"`, "two\nlines", "-", ".", "b:"}
)

// A maker makes a cube at random. How much of it is nasty is decided once, so
// that many cubes have a single oddity or none.
type maker struct {
	*rand.Rand
	nasty float64
}

// Cube makes a document with one cube of up to seven dimensions.
func Cube(rng *rand.Rand) []byte {
	m := &maker{rng, []float64{0, 0, 0.05, 0.2, 0.6}[rng.IntN(5)]}
	return []byte(m.document())
}

// odd decides for something odd.
func (m *maker) odd() bool { return m.Float64() < m.nasty }

// word is a text, nasty or not.
func (m *maker) word(plain []string) string {
	if m.odd() {
		w := nastyWords[m.IntN(len(nastyWords))]
		if m.IntN(4) == 0 {
			w += nastyWords[m.IntN(len(nastyWords))]
		}
		return w
	}
	return plain[m.IntN(len(plain))]
}

// text is a word for a label.
func (m *maker) text() string { return m.word(plainWords) }

// words are different texts.
func (m *maker) words(n int, plain []string) []string {
	var list []string
	for len(list) < n {
		w := m.word(plain)
		if len(list) >= len(plain)/2 || m.IntN(8) == 0 {
			w += strconv.Itoa(m.IntN(100))
		}
		if m.nasty > 0 && m.IntN(60) == 0 {
			w = ""
		}
		if !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	return list
}

func (m *maker) document() string {
	var shape []int
	n := 1
	for range 1 + m.IntN(7) {
		size := 1 + m.IntN(4)
		if n*size > 96 {
			size = 1
		}
		shape = append(shape, size)
		n *= size
	}
	ids := m.words(len(shape), names)
	var dims []string
	for i, id := range ids {
		dims = append(dims, quote(id)+":"+m.dimension(shape[i]))
	}
	axes := `"id":` + quoteAll(ids) + `,"size":` + m.sizes(shape)
	role := ""
	if m.IntN(2) == 0 {
		role = `,"role":` + m.role(ids)
	}
	old := m.IntN(8) == 0
	inner := strings.Join(dims, ",")
	var parts []string
	if old || m.IntN(12) == 0 { // 1.x, or both ways
		inner += "," + axes + role
	}
	if !old {
		parts = append(parts, `"version":"2.0","class":"dataset"`, axes+role)
	}
	for _, name := range []string{"label", "source", "updated", "href"} {
		if m.IntN(3) == 0 {
			parts = append(parts, quote(name)+":"+quote(m.text()))
		}
	}
	parts = append(parts, `"dimension":{`+inner+"}", `"value":`+m.cells(n, m.value))
	if m.IntN(3) > 0 {
		parts = append(parts, `"status":`+m.statuses(n))
	}
	m.Shuffle(len(parts), func(i, k int) { parts[i], parts[k] = parts[k], parts[i] })
	text := "{" + strings.Join(parts, ",") + "}"
	switch {
	case old:
		return `{` + quote(m.bundleName()) + `:` + text + `}`
	case m.IntN(10) == 0:
		return `{"version":"2.0","class":"collection","link":{"item":[{"class":"dataset","href":"x"},` + text + `]}}`
	}
	return text
}

func (m *maker) bundleName() string {
	if w := m.text(); w != "error" && w != "class" && w != "dimension" && w != "category" {
		return w
	}
	return "dataset"
}

func (m *maker) sizes(shape []int) string {
	var list []string
	for _, n := range shape {
		text := strconv.Itoa(n)
		if m.odd() && m.IntN(4) == 0 {
			text = quote(text)
		}
		list = append(list, text)
	}
	return "[" + strings.Join(list, ",") + "]"
}

func (m *maker) role(ids []string) string {
	roles := map[string][]string{}
	var order []string
	for _, id := range ids {
		name := []string{"time", "geo", "metric", "metric", "", "classification", "other"}[m.IntN(7)]
		if name == "" {
			continue
		}
		if roles[name] == nil {
			order = append(order, name)
		}
		roles[name] = append(roles[name], id)
	}
	var list []string
	for _, name := range order {
		list = append(list, quote(name)+":"+quoteAll(roles[name]))
	}
	if m.odd() {
		list = append(list, `"empty":[]`, `"none":null`)
	}
	return "{" + strings.Join(list, ",") + "}"
}

// dimension makes a dimension of n categories.
func (m *maker) dimension(n int) string {
	ids := m.words(n, plainWords)
	var parts []string
	switch m.IntN(4) {
	case 0: // a single category needs no index, others had better have one
		if n > 1 {
			parts = append(parts, `"index":`+quoteAll(ids))
		}
	case 1:
		var list []string
		for i, id := range ids {
			list = append(list, quote(id)+":"+strconv.Itoa(i))
		}
		m.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
		parts = append(parts, `"index":{`+strings.Join(list, ",")+"}")
	default:
		parts = append(parts, `"index":`+quoteAll(ids))
	}
	if len(parts) == 0 || m.IntN(4) > 0 {
		parts = append(parts, `"label":`+m.labels(ids, len(parts) > 0))
	}
	if m.IntN(2) == 0 {
		parts = append(parts, `"unit":`+m.units(ids))
	}
	dim := `"category":{` + strings.Join(parts, ",") + "}"
	switch {
	case m.odd() && m.IntN(3) == 0:
		dim = `"label":` + []string{"null", `""`}[m.IntN(2)] + "," + dim
	case m.IntN(5) > 0:
		dim = `"label":` + quote(m.word(names)) + "," + dim
	}
	return "{" + dim + "}"
}

// labels makes labels; with partial some may be left out.
func (m *maker) labels(ids []string, partial bool) string {
	var list []string
	for _, id := range ids {
		switch {
		case partial && m.odd() && m.IntN(4) == 0:
		case m.odd() && m.IntN(4) == 0:
			list = append(list, quote(id)+":"+[]string{"null", `""`}[m.IntN(2)])
		case m.nasty == 0:
			list = append(list, quote(id)+":"+quote("The "+id))
		default:
			list = append(list, quote(id)+":"+quote(m.text()))
		}
	}
	m.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
	return "{" + strings.Join(list, ",") + "}"
}

func (m *maker) units(ids []string) string {
	var list []string
	for _, id := range ids {
		if m.odd() && m.IntN(4) == 0 {
			continue
		}
		var parts []string
		switch {
		case m.odd() && m.IntN(3) == 0:
			parts = append(parts, `"decimals":`+[]string{"-1", "null", `"2"`, "1.5", "2.0"}[m.IntN(5)])
		case m.IntN(4) > 0:
			parts = append(parts, fmt.Sprintf(`"decimals":%d`, m.IntN(4)))
		}
		if m.odd() {
			parts = append(parts, `"base":`+quote(m.text()))
		}
		if m.IntN(4) > 0 {
			parts = append(parts, `"label":`+quote(m.text()))
		}
		if m.IntN(3) == 0 {
			parts = append(parts, `"symbol":"%"`)
			if m.IntN(2) == 0 {
				parts = append(parts, `"position":"end"`)
			}
		}
		list = append(list, quote(id)+":{"+strings.Join(parts, ",")+"}")
	}
	return "{" + strings.Join(list, ",") + "}"
}

func (m *maker) value() string {
	switch {
	case m.IntN(8) == 0:
		return "null"
	case m.odd():
		return nastyValues[m.IntN(len(nastyValues))]
	}
	return values[m.IntN(len(values))]
}

// cells makes values, dense or sparse.
func (m *maker) cells(n int, cell func() string) string {
	var list []string
	sparse := m.IntN(3) == 0
	for i := range n {
		switch {
		case !sparse:
			list = append(list, cell())
		case m.IntN(2) == 0 || i == n/2:
			list = append(list, fmt.Sprintf(`"%d":%s`, i, cell()))
		}
	}
	if !sparse {
		return "[" + strings.Join(list, ",") + "]"
	}
	if m.odd() {
		list = append(list, fmt.Sprintf(`"%d":1`, n+3), `"x":2`, `"01":3`, `"-1":4`)
	}
	if m.IntN(4) == 0 {
		m.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
	}
	return "{" + strings.Join(list, ",") + "}"
}

func (m *maker) status() string {
	switch {
	case m.IntN(3) == 0:
		return "null"
	case m.odd():
		return quote(nastyStatuses[m.IntN(len(nastyStatuses))])
	}
	return quote([]string{"p", "e", "x"}[m.IntN(3)])
}

// statuses makes statuses in one of their forms.
func (m *maker) statuses(n int) string {
	switch m.IntN(8) {
	case 0:
		return quote(nastyStatuses[m.IntN(len(nastyStatuses))])
	case 1:
		return `["p"]`
	case 2:
		return []string{"null", "[]", "{}", `["p","e","x"]`, `{"0":null}`, `[""]`, `[null]`}[m.IntN(7)]
	}
	return m.cells(n, m.status)
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func quoteAll(list []string) string {
	b, err := json.Marshal(list)
	if err != nil {
		panic(err)
	}
	return string(b)
}
