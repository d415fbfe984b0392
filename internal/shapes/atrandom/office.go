package atrandom

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// Office makes a document the way some office's server writes it: its order
// of members, its form of values and statuses, its notes, units and links. Most
// are valid; all have something that a table has no place for.
func Office(rng *rand.Rand) []byte {
	m := &maker{rng, 0}
	styles := []func(*office) string{(*office).pxweb, (*office).pxwebOld, (*office).statfin, (*office).eurostat, (*office).pxstat, (*office).ons, (*office).sample}
	o := &office{maker: m, n: 1}
	for range 1 + m.IntN(4) {
		size := 1 + m.IntN(5)
		if o.n*size > 60 {
			size = 1
		}
		o.shape = append(o.shape, size)
		o.n *= size
	}
	o.dims = m.words(len(o.shape), []string{"Region", "Kjonn", "Alder", "ContentsCode", "Tid", "geo", "unit", "na_item", "TLIST(A1)", "C02199V02655", "STATISTIC", "Info", "Vuosi"})
	for i := range o.dims {
		o.ids = append(o.ids, m.words(o.shape[i], []string{"0", "1", "2", "030101", "TOTAL", "-", "2023", "2024M01", "B1GQ", "A-B", "Y15-24", "IE", "SSS", "é", "1+2", "a.b"}))
	}
	o.metric = m.IntN(len(o.dims) + 1)
	return []byte(styles[m.IntN(len(styles))](o))
}

// An office is a document in the making.
type office struct {
	*maker
	shape  []int
	n      int
	dims   []string
	ids    [][]string
	metric int // the dimension of the contents; there may be none
}

// one is true once in n times.
func (o *office) one(n int) bool { return o.IntN(n) == 0 }

// members writes an object of names and the texts of their values; those that are
// empty are left out.
func members(list ...string) string {
	var kept []string
	for i := 0; i < len(list); i += 2 {
		if list[i+1] != "" {
			kept = append(kept, quote(list[i])+":"+list[i+1])
		}
	}
	return "{" + strings.Join(kept, ",") + "}"
}

// maybe is a text, or nothing once in n times.
func (o *office) maybe(n int, text string) string {
	if o.one(n) {
		return ""
	}
	return text
}

// each writes an object with something for the categories of a dimension, for all
// or for some.
func (o *office) each(dim int, all bool, f func(k int) string) string {
	var list []string
	for k, id := range o.ids[dim] {
		if text := f(k); all || o.one(2) {
			list = append(list, id, text)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return members(list...)
}

func (o *office) label(dim int, array bool) (index, label string) {
	ids := o.ids[dim]
	label = o.each(dim, true, func(k int) string {
		if o.one(12) {
			return quote("Of which") // as often as not a label twice
		}
		return quote(ids[k] + " in words, and more")
	})
	if array {
		return quoteAll(ids), label
	}
	var list []string
	for k, id := range ids {
		list = append(list, quote(id)+":"+strconv.Itoa(k))
	}
	if o.one(3) {
		o.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
	}
	return "{" + strings.Join(list, ",") + "}", label
}

// units are units with all that offices say of one.
func (o *office) units(dim int, all bool) string {
	return o.each(dim, all, func(int) string {
		return members(
			"base", []string{"", "", quote("persons"), quote("")}[o.IntN(4)],
			"decimals", []string{"", "0", "1", "2", "-1"}[o.IntN(5)],
			"label", []string{"", quote("persons"), quote("per cent"), quote("")}[o.IntN(4)],
			"symbol", []string{"", "", quote("%"), quote("")}[o.IntN(4)],
			"position", []string{"", "", quote("end"), quote("start")}[o.IntN(4)],
			"multiplier", o.maybe(2, strconv.Itoa(o.IntN(4))),
			"type", o.maybe(2, quote("count")),
			"adjustment", o.maybe(3, quote("none")),
		)
	})
}

func (o *office) notes() string {
	return []string{"", `["Preliminary figures."]`, `["First.","Second, with a \"quote\"<br/>and a break."]`}[o.IntN(3)]
}

// role gives the dimensions roles, in an order that is not always that of the cube.
func (o *office) role() string {
	lists := map[string][]string{}
	for i, id := range o.dims {
		name := []string{"time", "geo", "geo", ""}[o.IntN(4)]
		if i == o.metric || o.one(8) {
			name = "metric"
		}
		lists[name] = append(lists[name], id)
	}
	var list []string
	for _, name := range [][]string{{"time", "geo", "metric"}, {"geo", "metric", "time"}, {"metric", "time", "geo"}}[o.IntN(3)] {
		if ids := lists[name]; ids != nil {
			if o.one(3) {
				o.Shuffle(len(ids), func(i, k int) { ids[i], ids[k] = ids[k], ids[i] })
			}
			list = append(list, name, quoteAll(ids))
		}
	}
	return members(list...)
}

// links are links, with what servers put into their extension.
func (o *office) links(dim int) string {
	inner := members("href", quote("https://example.org/klass/1"), "label", o.maybe(2, quote("Classification")), "extension", o.each(dim, false, func(int) string { return quote("urn:x") }))
	return members("describedby", "["+inner+"]", "related", o.maybe(2, `[{"type":"text/html","href":"https://example.org/table"}]`))
}

// figures are values with the digits that offices use.
func (o *office) figures(sparse bool) string {
	var list []string
	for i := range o.n {
		v := []string{"0", "12", "12.50", "407.0", "0.1", "-3.25", "1234567", "1e6", "123456789012.25", "null", "null"}[o.IntN(11)]
		switch {
		case !sparse:
			list = append(list, v)
		case v != "null":
			list = append(list, fmt.Sprintf(`"%d":%s`, i, v))
		}
	}
	if sparse {
		return "{" + strings.Join(list, ",") + "}"
	}
	return "[" + strings.Join(list, ",") + "]"
}

// marks are statuses in one of the forms.
func (o *office) marks(form int) string {
	mark := func() string { return quote([]string{".", "..", ":", "p", "bep", "-", ""}[o.IntN(7)]) }
	var list []string
	switch form {
	case 0:
		return ""
	case 1:
		for range o.n {
			list = append(list, []string{"null", mark()}[o.IntN(2)])
		}
		return "[" + strings.Join(list, ",") + "]"
	case 2:
		return mark()
	case 3:
		return "[" + mark() + "]"
	}
	for i := range o.n {
		if o.one(3) {
			list = append(list, fmt.Sprintf(`"%d":%s`, i, mark()))
		}
	}
	return "{" + strings.Join(list, ",") + "}"
}

// dimension writes the dimensions with extra members for each.
func (o *office) dimension(f func(dim int) string) string {
	var list []string
	for i, id := range o.dims {
		list = append(list, id, f(i))
	}
	return members(list...)
}

func (o *office) axes() (id, size string) {
	var sizes []string
	for _, n := range o.shape {
		sizes = append(sizes, strconv.Itoa(n))
	}
	return quoteAll(o.dims), "[" + strings.Join(sizes, ",") + "]"
}

// pxweb is a PxWeb server of today.
func (o *office) pxweb() string {
	id, size := o.axes()
	return members("version", `"2.0"`, "class", `"dataset"`, "label", quote("Table, by region and year"), "source", quote("An office"), "updated", `"2025-01-31T08:00:00Z"`,
		"link", o.maybe(2, o.links(0)), "note", o.notes(), "role", o.maybe(4, o.role()), "id", id, "size", size,
		"dimension", o.dimension(func(i int) string {
			index, label := o.label(i, false)
			unit := ""
			if i == o.metric {
				unit = o.units(i, true)
			}
			return members("label", quote(strings.ToLower(o.dims[i])), "note", o.maybe(2, o.notes()),
				"category", members("index", index, "label", label, "note", o.maybe(2, o.each(i, false, func(int) string { return `["A note."]` })),
					"child", o.maybe(4, members(o.ids[i][0], quoteAll(o.ids[i][1:]))), "unit", unit),
				"extension", members("elimination", "true", "show", `"code_value"`, "categoryNoteMandatory", o.maybe(2, o.each(i, false, func(int) string { return `{"0":true}` })),
					"measuringType", o.maybe(2, o.each(i, true, func(int) string { return `"Stock"` }))), "link", o.maybe(3, o.links(i)))
		}),
		"extension", members("px", `{"infofile":"None","tableid":"T1","decimals":1,"stub":[],"heading":[]}`, "contact", `[{"mail":"x@example.org"}]`),
		"value", o.figures(false), "status", o.marks([]int{0, 4, 4, 1}[o.IntN(4)]))
}

// pxwebOld is one of before 2.0.
func (o *office) pxwebOld() string {
	id, size := o.axes()
	dims := o.dimension(func(i int) string {
		index, label := o.label(i, false)
		unit := ""
		if i == o.metric {
			unit = o.each(i, true, func(int) string { return members("base", quote("personer"), "decimals", o.maybe(2, "1")) })
		}
		return members("label", quote(strings.ToLower(o.dims[i])), "category", members("index", index, "label", label, "unit", unit), "extension", `{"show":"value"}`)
	})
	dims = strings.TrimSuffix(dims, "}") + `,"id":` + id + `,"size":` + size + `,"role":` + o.role() + "}"
	return members("dataset", members("status", o.marks([]int{0, 4}[o.IntN(2)]), "dimension", dims, "label", quote("Old"), "source", quote("Office"), "updated", `"2015-06-25T08:00:00Z"`, "value", o.figures(false)))
}

// statfin has roles and version behind the values.
func (o *office) statfin() string {
	id, size := o.axes()
	return members("class", `"dataset"`, "label", quote("Väestö"), "note", o.notes(), "source", o.maybe(3, quote("")), "id", id, "size", size,
		"dimension", o.dimension(func(i int) string {
			index, label := o.label(i, o.one(2))
			unit := ""
			if i == o.metric || o.one(5) {
				unit = o.units(i, o.one(2))
			}
			return members("label", quote(o.dims[i]), "category", members("index", index, "label", label, "unit", unit))
		}),
		"value", o.figures(o.one(3)), "status", o.marks(o.IntN(5)), "role", o.role(), "version", `"2.0"`)
}

// eurostat is sparse, with positions in no order and no units.
func (o *office) eurostat() string {
	id, size := o.axes()
	return members("version", `"2.0"`, "class", `"dataset"`, "label", quote("GDP"), "source", `"ESTAT"`, "updated", `"2025-03-14T23:00:00+0100"`,
		"value", o.figures(true), "status", o.marks([]int{0, 4, 4}[o.IntN(3)]), "id", id, "size", size,
		"dimension", o.dimension(func(i int) string {
			index, label := o.label(i, false)
			return members("label", quote(o.dims[i]+" in words"), "category", members("index", index, "label", label))
		}),
		"extension", members("lang", `"EN"`, "status", `{"label":{"p":"provisional","bep":"break, estimated, provisional"}}`, "annotation", `[{"type":"DISSEMINATION_DOI"}]`))
}

// pxstat has labels with units that name base and symbol, and may come in an
// envelope or as an item without a class.
func (o *office) pxstat() string {
	id, size := o.axes()
	text := members("class", o.maybe(6, `"dataset"`), "dimension", o.dimension(func(i int) string {
		index, label := o.label(i, true)
		unit := ""
		if i == o.metric {
			unit = o.each(i, true, func(int) string { return members("decimals", "1", "label", quote("%"), "position", `"end"`) })
		}
		return members("label", quote(o.dims[i]), "category", members("index", index, "label", label, "unit", unit, "coordinates", o.maybe(3, o.each(i, false, func(int) string { return "[-6.26,53.35]" }))))
	}), "extension", members("matrix", `"A01"`, "reasons", "[]", "exceptional", "false"), "href", o.maybe(2, quote("https://example.org/A01")), "id", id, "label", quote("Population"),
		"link", `{"alternate":[{"href":"https://example.org/px","type":"application/vnd.px"}]}`, "note", o.notes(), "role", o.role(), "size", size,
		"updated", `"2020-01-01T11:00:00Z"`, "value", o.figures(false), "version", `"2.0"`, "status", o.marks([]int{0, 1}[o.IntN(2)]))
	switch o.IntN(6) {
	case 0:
		return members("jsonrpc", `"2.0"`, "result", text, "id", `"1"`)
	case 1:
		return members("class", `"collection"`, "link", members("item", "["+text+"]"), "label", o.maybe(2, quote("All")), "version", `"2.0"`)
	}
	return text
}

// ons writes the text of its measures in units alone.
func (o *office) ons() string {
	id, size := o.axes()
	dims := o.dimension(func(i int) string {
		index, label := o.label(i, false)
		unit := ""
		if i == o.metric {
			label = ""
			unit = o.each(i, true, func(k int) string {
				return members("base", quote("Person"), "label", quote("Residents "+strconv.Itoa(k)), "multiplier", quote("Units"), "type", quote("Count"), "unit", quote("Number"))
			})
		}
		return members("label", quote(o.dims[i]), "category", members("index", index, "label", label, "unit", unit))
	})
	dims = strings.TrimSuffix(dims, "}") + `,"id":` + id + `,"size":` + size + `,"role":` + o.role() + "}"
	return members("QS1EW", members("label", quote("Sex"), "source", quote("ONS"), "updated", `"17/10/2013 16:51:00"`, "value", o.figures(true), "dimension", dims))
}

// sample has what the format's own samples have: a dimension of one category that
// has no index, hierarchies, coordinates, transitional members.
func (o *office) sample() string {
	id, size := o.axes()
	dims := o.dimension(func(i int) string {
		index, label := o.label(i, true)
		if len(o.ids[i]) == 1 && o.one(2) {
			index = ""
		}
		if index != "" && o.one(3) {
			label = ""
		}
		return members("label", o.maybe(3, quote(o.dims[i])), "note", o.maybe(3, o.notes()), "href", o.maybe(5, quote("https://example.org/dimension")),
			"category", members("index", index, "label", label, "child", o.maybe(2, members(o.ids[i][0], quoteAll(o.ids[i][1:]))),
				"coordinates", o.maybe(2, o.each(i, false, func(int) string { return "[10.75,59.910]" })), "unit", o.maybe(2, o.units(i, o.one(2)))))
	})
	if o.one(4) {
		dims = strings.TrimSuffix(dims, "}") + `,"id":` + id + `,"size":` + size + `,"role":` + o.role() + "}"
	}
	text := members("version", `"2.0"`, "class", `"dataset"`, "href", o.maybe(2, quote("https://example.org/oecd.json")), "label", quote("Unemployment"), "source", o.maybe(2, quote("Office")),
		"updated", `"2012-11-27"`, "extension", o.maybe(2, `{"contact":"EconStat"}`), "role", o.maybe(3, o.role()), "value", o.figures(o.one(4)), "status", o.marks(o.IntN(5)), "id", id, "size", size, "dimension", dims)
	if o.one(5) {
		return members("version", `"2.0"`, "class", `"collection"`, "label", quote("Samples"), "link", members("item", `[{"class":"dataset","href":"https://example.org/other.json","label":"Other"},`+text+"]"))
	}
	return text
}
