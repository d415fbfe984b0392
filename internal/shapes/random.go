package shapes

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
)

// maxRandom is about how many cells a random cube may have.
const maxRandom = 3000

// Random is a valid JSON-stat document made at random, the same one for the
// same seed: 1 to 7 dimensions, 2.0 or a bundle from before, dense or sparse,
// with statuses of any form, units, roles, and members in any order. The
// JavaScript reference reads it as well.
//
// One cube of four, that of a seed divisible by 4, is nasty beyond what the
// reference gets right in a CSV: its ids and labels have quotes, line breaks and
// labels twice, some labels and units are missing, and numbers have more digits
// than a double holds. The tables of all others should be the same to the byte,
// as long as they are not pivoted.
func Random(seed uint64) []byte {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 0x6a736f6e)), nasty: seed%4 == 0}
	text := g.document()
	if g.one(4) {
		var spaced bytes.Buffer
		if err := json.Indent(&spaced, text, "", "  "); err != nil {
			panic(err)
		}
		text = spaced.Bytes()
	}
	return text
}

// generator makes one cube.
type generator struct {
	*rand.Rand
	nasty bool
	old   bool // the form before 2.0
}

// one is true once in n times.
func (g *generator) one(n int) bool { return g.IntN(n) == 0 }

func pick[T any](g *generator, list []T) T { return list[g.IntN(len(list))] }

// member is a name and the text of its value.
type member struct{ name, value string }

func quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err)
	}
	return strings.TrimSpace(b.String())
}

func object(members []member) string {
	parts := make([]string, len(members))
	for i, m := range members {
		parts[i] = quoted(m.name) + ":" + m.value
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func list(items []string) string { return "[" + strings.Join(items, ",") + "]" }

// shuffled is the object with its members in any order.
func (g *generator) shuffled(members []member) string {
	g.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return object(members)
}

// document makes the whole text.
func (g *generator) document() []byte {
	g.old = g.one(4)
	sizes := g.sizes()
	n := 1
	ids := g.ids(len(sizes))
	roles := map[string][]string{}
	var dims []member
	for i, id := range ids {
		n *= sizes[i]
		role := pick(g, []string{"", "", "time", "geo", "metric"})
		if role != "" {
			roles[role] = append(roles[role], quoted(id))
		}
		dims = append(dims, member{id, g.dimension(i, sizes[i], role)})
	}
	var axes []member
	axes = append(axes, member{"id", list(each(ids, quoted))}, member{"size", list(each(sizes, strconv.Itoa))})
	if len(roles) > 0 {
		var byRole []member
		for _, role := range []string{"time", "geo", "metric"} {
			if roles[role] != nil {
				byRole = append(byRole, member{role, list(roles[role])})
			}
		}
		axes = append(axes, member{"role", g.shuffled(byRole)})
	}
	all := []member{{"label", quoted(g.text())}, {"value", g.values(n)}}
	if g.old {
		dims = append(dims, axes...)
	} else {
		all = append(all, axes...)
		all = append(all, member{"version", `"2.0"`}, member{"class", `"dataset"`})
	}
	all = append(all, member{"dimension", g.shuffled(dims)})
	if status := g.statuses(n); status != "" {
		all = append(all, member{"status", status})
	}
	for _, m := range []member{
		{"source", quoted(g.text())}, {"updated", `"2025-02-28T11:30:00Z"`}, {"href", `"https://example.org/random"`},
		{"note", list([]string{quoted(g.text())})}, {"extension", `{"px":{"decimals":1,"stub":[]},"value":[1,2]}`},
	} {
		if g.one(3) {
			all = append(all, m)
		}
	}
	text := g.shuffled(all)
	if g.old {
		text = object([]member{{pick(g, []string{"dataset", "data", "T1"}), text}})
	}
	return []byte(text)
}

func each[T any](items []T, text func(T) string) []string {
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = text(item)
	}
	return texts
}

// sizes are the sizes of 1 to 7 dimensions.
func (g *generator) sizes() []int {
	sizes := make([]int, 1+g.IntN(7))
	room := maxRandom
	for i := range sizes {
		sizes[i] = 1
		if !g.one(5) {
			sizes[i] += g.IntN(min(room, pick(g, []int{3, 8, 40})))
		}
		room = max(1, room/sizes[i])
	}
	g.Shuffle(len(sizes), func(i, j int) { sizes[i], sizes[j] = sizes[j], sizes[i] })
	return sizes
}

// Parts of ids and labels. Blanks at their ends are left alone by both sides,
// and so are letters beyond ASCII and other people's separators.
var (
	words = []string{"Oslo", "Ærø", "år", "kjønn", "i alt", "total", "25-39 years", "BEVÆGELSE", "日本", "🚀", "-", "..", ":",
		"a;b", "x/y", "TLIST(A1)", "C|D", "=1+1", "#", "100 %", "€", "'quoted'", "é", "тест", "0", "007", "1.5", "2024K1", "2018M03"}
	separators = []string{"one, two", ",", "a,b,c", "\tt", "x;y,z"}
	nastyWords = []string{`say "yes"`, `"`, "two\nlines", "cr\r\nlf", `back\slash`, `"a","b"`, "\x01", "  ", "line\u2028end"}
)

// text is a label.
func (g *generator) text() string {
	s := pick(g, words)
	if g.one(6) {
		s = pick(g, separators)
	}
	if g.nasty && g.one(3) {
		s = pick(g, nastyWords)
	}
	return s
}

// ids are n different ids; JavaScript would reorder some of them.
func (g *generator) ids(n int) []string {
	seen := map[string]bool{
		// What the tables call their own columns, and what 1.x keeps beside the dimensions.
		"id": true, "size": true, "role": true, "value": true, "status": true, "Value": true, "Status": true,
	}
	ids := make([]string, n)
	style := g.IntN(4)
	for i := range ids {
		for id := ""; ; {
			switch k := strconv.Itoa(i); style {
			case 0:
				id = "c" + k
			case 1:
				id = strconv.Itoa(1990 + g.IntN(2*n+9))
			default:
				if id = g.text(); g.one(2) || n > 10 {
					id += " " + k
				}
			}
			if !seen[id] {
				seen[id], ids[i] = true, id
				break
			}
			style = 2 + g.IntN(2)
		}
	}
	return ids
}

// dimension makes the object of dimension i.
func (g *generator) dimension(i, size int, role string) string {
	ids := g.ids(size)
	var category []member
	labelled := size == 1 || !g.one(5)
	if size > 1 || g.one(2) {
		category = append(category, member{"index", g.index(ids)})
	}
	if labelled {
		var labels []member
		used := map[string]bool{}
		for i, id := range ids {
			label := g.text() + " " + strconv.Itoa(i)
			if g.one(3) {
				label = g.text()
			}
			if used[label] && !g.nasty {
				label = "label " + strconv.Itoa(i)
			}
			if used[label] = true; g.nasty && size > 1 && g.one(10) {
				continue
			}
			labels = append(labels, member{id, quoted(label)})
		}
		category = append(category, member{"label", g.shuffled(labels)})
	}
	if role == "metric" && (labelled || g.nasty) && !g.one(3) {
		category = append(category, member{"unit", g.units(ids)})
	}
	if g.one(6) {
		category = append(category, member{"note", object([]member{{ids[0], list([]string{quoted(g.text())})}})})
	}
	parts := []member{{"category", g.shuffled(category)}}
	if !g.one(6) {
		// Different from each other and from the columns Value and Status.
		label := g.text() + " dimension " + strconv.Itoa(i)
		if g.nasty && g.one(3) {
			label = "dimension"
		}
		parts = append(parts, member{"label", quoted(label)})
	}
	return g.shuffled(parts)
}

// index makes the index of a category, an array or an object in any order.
func (g *generator) index(ids []string) string {
	if g.one(2) {
		return list(each(ids, quoted))
	}
	var positions []member
	for i, id := range ids {
		positions = append(positions, member{id, strconv.Itoa(i)})
	}
	return g.shuffled(positions)
}

func (g *generator) units(ids []string) string {
	var units []member
	for _, id := range ids {
		if g.nasty && g.one(4) {
			continue
		}
		unit := []member{{"label", quoted(pick(g, []string{"persons", "NOK 1 000", "per cent", "index", "a b"}))}, {"decimals", strconv.Itoa(g.IntN(4))}}
		switch g.IntN(4) {
		case 0:
			unit = append(unit, member{"symbol", `"%"`}, member{"position", pick(g, []string{`"start"`, `"end"`})})
		case 1:
			unit = append(unit, member{"base", `"2015=100"`}, member{"multiplier", "3"})
		}
		units = append(units, member{id, object(unit)})
	}
	return object(units)
}

// number is a number in one of its layouts.
func (g *generator) number() string {
	switch g.IntN(10) {
	case 0:
		return strconv.FormatFloat(g.NormFloat64()*1000, 'f', 1+g.IntN(6), 64)
	case 1:
		return "-" + strconv.Itoa(1+g.IntN(1e6))
	case 2:
		return pick(g, []string{"0", "-0", "0.0", "1.0", "100.50", "1e3", "1E+2", "2.5e-3", "1e21", "1e-7", "0.000001", "123e18", "9007199254740991", "5e-324"})
	case 3:
		return strconv.FormatFloat(g.Float64(), 'g', -1, 64)
	case 4:
		if g.nasty {
			return pick(g, []string{"9007199254740993", "0.12345678901234567890", "1e400", "123456789012345678901234567890"})
		}
	}
	return strconv.Itoa(g.IntN(100000))
}

// values makes a row of n values, at least one of which is there.
func (g *generator) values(n int) string {
	missing, texts := 1+g.IntN(8), g.one(6)
	value := func() string {
		switch {
		case g.one(missing):
			return "null"
		case texts && g.one(3):
			return quoted(pick(g, []string{"text", "n.a", "ærfugl", "12", "x y"}))
		}
		return g.number()
	}
	if g.one(2) {
		row := make([]string, n)
		for i := range row {
			row[i] = value()
		}
		return list(row)
	}
	var row []member
	there := 1 + g.IntN(6)
	for i := range n {
		if i == n/2 || g.one(there) {
			row = append(row, member{strconv.Itoa(i), value()})
		}
	}
	if g.one(3) {
		return g.shuffled(row)
	}
	return object(row)
}

// statuses makes the statuses of n cells in one of their forms; "" for none.
func (g *generator) statuses(n int) string {
	codes := []string{":", "..", ".", "p", "bep", "-", "*", "u"}
	if g.one(3) {
		codes = append(codes, "a,b", "é", "=x")
	}
	switch g.IntN(6) {
	case 0:
		return ""
	case 1:
		return quoted(pick(g, codes))
	case 2:
		return list([]string{quoted(pick(g, codes))})
	case 3:
		row := make([]string, n)
		for i := range row {
			if row[i] = "null"; g.one(3) {
				row[i] = quoted(pick(g, codes))
			}
		}
		return list(row)
	}
	var row []member
	for i := range n {
		if g.one(5) {
			row = append(row, member{strconv.Itoa(i), quoted(pick(g, codes))})
		}
	}
	if g.one(3) {
		return g.shuffled(row)
	}
	return object(row)
}
