package main

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"
)

// random returns a number that depends on the cell alone, so that the pass over
// the statuses sees what the pass over the values saw (SplitMix64).
func random(cell int) uint64 {
	x := uint64(cell+1) * 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// status returns the symbol of a cell without value, else "".
func status(r uint64) string {
	switch r % 100 {
	case 0, 1:
		return "."
	case 2:
		return ".."
	case 3, 4:
		return ":"
	}
	return ""
}

type category struct{ code, label string }

type dimension struct {
	id, label  string
	categories []category
	extra      string // members of category after label
	after      string // members of the dimension after category
}

type content struct {
	category
	unit     string
	decimals int
	scale    uint64 // figures are below it
}

var contents = []content{
	{category{"Personer1", "Personer 1. januar"}, "personer", 0, 9_000},
	{category{"SysselAndel", "Sysselsettingsandel"}, "prosent", 1, 100},
	{category{"Innflytting", "Innflyttinger i alt"}, "personer", 0, 900},
	{category{"Timelonn", "Gjennomsnittlig timelønn (kr)"}, "kr", 1, 700},
	{category{"Husholdninger", "Husholdninger i alt"}, "husholdninger", 0, 90_000},
	{category{"LedigeAndel", "Andel helt ledige"}, "prosent", 1, 10},
	{category{"Inntekt", "Samlet inntekt etter skatt"}, "1000 kr", 0, 90_000_000},
	{category{"Formue", "Beregnet nettoformue"}, "1000 kr", 0, 90_000_000},
}

const years = 25 // of the shape ssb

// division is what differs between tables of the shape ssb: larger ones have
// finer ages and more contents.
func division(cells int) (regions, ages []category, kinds []content) {
	ages, kinds = fiveYears(), contents[:2]
	switch {
	case cells > 10_000_000:
		ages, kinds = oneYear(), contents
	case cells > 1_000_000:
		ages, kinds = oneYear(), contents[:4]
	}
	perRegion := 2 * len(ages) * len(kinds) * years
	return municipalities((cells + perRegion - 1) / perRegion), ages, kinds
}

// filter writes criteria that keep every second region.
func filter(w *bufio.Writer, cells int) {
	regions, _, _ := division(cells)
	var codes []string
	for i := 0; i < len(regions); i += 2 {
		codes = append(codes, regions[i].code)
	}
	fmt.Fprintf(w, "Region=%s\n", strings.Join(codes, "/"))
}

// ssb writes a table of at least the given number of cells: regions, sexes,
// ages, contents and years.
func ssb(w *bufio.Writer, cells int) {
	regions, ages, kinds := division(cells)
	var codes []category
	var units, ref, measuring, price, adjustment, alternative []string
	for _, c := range kinds {
		codes = append(codes, c.category)
		units = append(units, fmt.Sprintf(`%q:{"base":%q,"decimals":%d}`, c.code, c.unit, c.decimals))
		ref = append(ref, fmt.Sprintf(`%q:"1. januar"`, c.code))
		measuring = append(measuring, fmt.Sprintf(`%q:"Stock"`, c.code))
		price = append(price, fmt.Sprintf(`%q:"NotApplicable"`, c.code))
		adjustment = append(adjustment, fmt.Sprintf(`%q:"None"`, c.code))
		alternative = append(alternative, fmt.Sprintf(`%q:%q`, c.code, c.label))
	}
	join := func(members []string) string { return "{" + strings.Join(members, ",") + "}" }
	dims := []dimension{
		{"Region", "region", regions, "",
			`"extension":{"elimination":false,"noteMandatory":{"0":true},"show":"code_value"},` +
				`"link":{"describedby":[{"extension":{"Region":"urn:ssb:classification:klass:131"}}]}`},
		{"Kjonn", "kjønn", []category{{"2", "Kvinner"}, {"1", "Menn"}}, "",
			`"extension":{"elimination":false,"show":"value"},` +
				`"link":{"describedby":[{"extension":{"Kjonn":"urn:ssb:classification:klass:2"}}]}`},
		{"Alder", "alder", ages, "", `"extension":{"elimination":false,"show":"value"}`},
		{"ContentsCode", "statistikkvariabel", codes, `"unit":` + join(units),
			`"extension":{"elimination":false,"refperiod":` + join(ref) + `,"show":"value","measuringType":` + join(measuring) +
				`,"priceType":` + join(price) + `,"adjustment":` + join(adjustment) + `,"alternativeText":` + join(alternative) + `},` +
				`"link":{"describedby":[{"extension":{"` + codes[0].code + `":"urn:ssb:conceptvariable:vardok:1743"}}]}`},
		{"Tid", "år", calendar(years), "", `"extension":{"elimination":false,"show":"code"}`},
	}

	fmt.Fprint(w, `{"version":"2.0","class":"dataset","label":"Befolkning, etter region, kjønn, alder, statistikkvariabel og år",`,
		`"source":"Statistisk sentralbyrå","updated":"2025-02-25T07:00:00Z",`,
		`"link":{"related":[{"extension":{"relation":"statistics-homepage","metaid":"KORTNAVN:folkemengde"},`,
		`"href":"https://www.ssb.no/folkemengde","label":"Statistikkens hjemmeside","type":"text/html"}]},`,
		`"note":["Tallene er oppdiktet."],`,
		`"role":{"time":["Tid"],"geo":["Region"],"metric":["ContentsCode"]},`)
	shape(w, dims)
	fmt.Fprint(w, `"extension":{"noteMandatory":{"0":true},"px":{"infofile":"None","tableid":"00000","decimals":0,`,
		`"official-statistics":false,"aggregallowed":true,"copyright":false,"language":"no","contents":"00000: Befolkning,",`,
		`"descriptiondefault":false,"heading":["ContentsCode","Tid"],"stub":["Region","Kjonn","Alder"],"matrix":"Folkemengde",`,
		`"subject-code":"be","subject-area":"Befolkning"},"contact":[{"name":"Ola Nordmann","mail":"on@example.org"}]},`)

	total := len(regions) * 2 * len(ages) * len(kinds) * years
	fmt.Fprint(w, `"value":[`)
	for cell := range total {
		b := w.AvailableBuffer()
		if cell > 0 {
			b = append(b, ',')
		}
		r := random(cell)
		if status(r) != "" {
			b = append(b, "null"...)
		} else {
			b = kinds[cell/years%len(kinds)].appendTo(b, r>>8)
		}
		if _, err := w.Write(b); err != nil {
			return // Flush reports it
		}
	}
	fmt.Fprint(w, `],"status":{`)
	first := true
	for cell := range total {
		s := status(random(cell))
		if s == "" {
			continue
		}
		b := w.AvailableBuffer()
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(b, '"')
		b = strconv.AppendInt(b, int64(cell), 10)
		b = append(b, `":"`...)
		b = append(b, s...)
		b = append(b, '"')
		if _, err := w.Write(b); err != nil {
			return
		}
	}
	fmt.Fprint(w, "}}\n")
}

// appendTo writes a figure of the content's kind: numbers of all sizes below its
// scale, a decimal where it has one and that is not zero.
func (c content) appendTo(b []byte, r uint64) []byte {
	n := r >> 16
	if c.decimals == 0 {
		return strconv.AppendUint(b, n%(c.scale/[...]uint64{1, 10, 10, 100}[r%4]), 10)
	}
	b = strconv.AppendUint(b, n%c.scale, 10)
	if d := r % 10; d > 0 {
		b = append(b, '.', byte('0'+d))
	}
	return b
}

// sparse writes a cube of equal dimensions with few values, spread evenly.
func sparse(w *bufio.Writer, dims, size, values int) {
	var ds []dimension
	cells := int64(1)
	for d := range dims {
		dim := dimension{id: "D" + strconv.Itoa(d+1), label: "Dimension " + strconv.Itoa(d+1)}
		for c := range size {
			n := strconv.Itoa(c + 1)
			dim.categories = append(dim.categories, category{"K" + n, "Kategori " + n})
		}
		ds = append(ds, dim)
		cells *= int64(size)
	}
	fmt.Fprint(w, `{"version":"2.0","class":"dataset","label":"Spredt tabell",`)
	shape(w, ds)
	fmt.Fprint(w, `"value":{`)
	step := cells / int64(values)
	for i := range values {
		if i > 0 {
			fmt.Fprint(w, ",")
		}
		r := random(i)
		fmt.Fprintf(w, `"%d":%d`, int64(i)*step+int64(r>>1)%step, r%10_000)
	}
	fmt.Fprint(w, "}}\n")
}

// shape writes the members id, size and dimension.
func shape(w *bufio.Writer, dims []dimension) {
	comma := func(i int) string {
		if i > 0 {
			return ","
		}
		return ""
	}
	fmt.Fprint(w, `"id":[`)
	for i, d := range dims {
		fmt.Fprintf(w, "%s%q", comma(i), d.id)
	}
	fmt.Fprint(w, `],"size":[`)
	for i, d := range dims {
		fmt.Fprintf(w, "%s%d", comma(i), len(d.categories))
	}
	fmt.Fprint(w, `],"dimension":{`)
	for i, d := range dims {
		fmt.Fprintf(w, `%s%q:{"label":%q,"category":{"index":{`, comma(i), d.id, d.label)
		for j, c := range d.categories {
			fmt.Fprintf(w, "%s%q:%d", comma(j), c.code, j)
		}
		fmt.Fprint(w, `},"label":{`)
		for j, c := range d.categories {
			fmt.Fprintf(w, "%s%q:%q", comma(j), c.code, c.label)
		}
		fmt.Fprint(w, "}")
		if d.extra != "" {
			fmt.Fprint(w, ",", d.extra)
		}
		fmt.Fprint(w, "}")
		if d.after != "" {
			fmt.Fprint(w, ",", d.after)
		}
		fmt.Fprint(w, "}")
	}
	fmt.Fprint(w, "},")
}

// municipalities returns n invented ones with codes that rise in the manner of
// the Norwegian ones, some of them abolished.
func municipalities(n int) []category {
	first := []string{"Nord", "Sør", "Øst", "Vest", "Indre ", "Ytre ", "Stor", "Lille", "Lang", "Bjørn", "Tore", "Vår", "Hav", "Fjell",
		"Skog", "Elve", "Mid", "Gammel", "Ny", "Høy", "Stein", "Sand", "Grå", "Hvit", "Rød", "Sval", "Tind", "Lyng", "Ask", "Bråt", "Hest", "Ulv"}
	last := []string{"vik", "dal", "nes", "øy", "sund", "fjord", "heim", "ås", "stad", "bygd", "vær", "mo", "land", "lund", "berg", "sjøen"}
	codes := 4
	for limit := 9000; n > limit; limit *= 10 {
		codes++
	}
	step := 1
	for limit := 9000; n*step*2 <= limit && step < 22; {
		step++
	}
	list := make([]category, n)
	for i := range list {
		code := fmt.Sprintf("%0*d", codes, 301+i*step)
		label := first[i%len(first)] + last[(i/len(first)+i)%len(last)]
		switch round := i / (len(first) * len(last)); {
		case round > 0:
			label += " " + strconv.Itoa(round+1)
		case i%4 == 3:
			label += " (-2019)"
		}
		list[i] = category{code, label}
	}
	return list
}

func fiveYears() []category {
	var list []category
	for from := 0; from < 95; from += 5 {
		list = append(list, category{fmt.Sprintf("F%02d-%02d", from, from+4), fmt.Sprintf("%d-%d år", from, from+4)})
	}
	return append(list, category{"F95+", "95 år eller eldre"})
}

func oneYear() []category {
	var list []category
	for age := range 99 {
		list = append(list, category{fmt.Sprintf("%03d", age), fmt.Sprintf("%d år", age)})
	}
	return append(list, category{"099+", "99 år eller eldre"})
}

func calendar(years int) []category {
	var list []category
	for year := 2025 - years; year < 2025; year++ {
		list = append(list, category{strconv.Itoa(year), strconv.Itoa(year)})
	}
	return list
}
