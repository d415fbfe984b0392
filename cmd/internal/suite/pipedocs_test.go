package suite

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// member is a member of an object, with its value as it is written.
type member struct{ name, text string }

// order is an order of the members of a document.
type order struct {
	name  string
	first []string // the others follow as they stand
	last  []string // but these
	seed  uint64   // not 0: shuffled, those of the dimensions too
}

// orders are those of real servers, the cells in front of all else and behind it, and
// some by seed.
func orders() []order {
	list := []order{
		{name: "PxWeb's order", first: strings.Fields("version class label source updated link note role id size dimension extension value status")},
		{name: "StatFin's order", first: strings.Fields("class label source updated note id size dimension value"), last: strings.Fields("status extension link role version")},
		{name: "Eurostat's order", first: strings.Fields("version class label href source updated value status id size dimension extension")},
		{name: "CSO's order", first: strings.Fields("class version label updated note role id size dimension extension value status")},
		{name: "value first", first: []string{"value"}},
		{name: "value last", last: []string{"value"}},
	}
	for seed := range uint64(20) {
		list = append(list, order{name: "seed " + strconv.FormatUint(seed+1, 10), seed: seed + 1})
	}
	return list
}

// document is a dataset with its members apart, and what stands around it.
type document struct {
	members []member
	dims    []member // of "dimension"
	around  func(dataset string) string
	old     bool // id, size and role stand in "dimension"
}

// with is the document with other members in place of those of the same names; one
// without a text is left out.
func (d document) with(members ...member) document {
	d.members = slices.Clone(d.members)
	for _, m := range members {
		d.members = slices.DeleteFunc(d.members, func(have member) bool { return have.name == m.name })
		if m.text != "" {
			d.members = append(d.members, m)
		}
	}
	return d
}

// plus is the document with one member more, be it there already or not.
func (d document) plus(name, text string) document {
	d.members = append(slices.Clone(d.members), member{name, text})
	return d
}

func (d document) inside(around func(string) string) document {
	d.around = around
	return d
}

// in writes the document in an order.
func (d document) in(o order) []byte {
	members, dims := slices.Clone(d.members), slices.Clone(d.dims)
	if d.old {
		members = slices.DeleteFunc(members, func(m member) bool {
			moves := m.name == "id" || m.name == "size" || m.name == "role"
			if moves {
				dims = append(dims, m)
			}
			return moves || m.name == "version" || m.name == "class"
		})
	}
	if o.seed > 0 {
		rng := rand.New(rand.NewPCG(o.seed, 1))
		shuffle := func(list []member) {
			rng.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
		}
		shuffle(members)
		shuffle(dims)
	}
	if len(dims) > 0 {
		for i, m := range members {
			if m.name == "dimension" {
				members[i].text = object(dims)
			}
		}
	}
	rank := func(m member) int {
		if k := slices.Index(o.first, m.name); k >= 0 {
			return k - 1000
		}
		return slices.Index(o.last, m.name) // -1 of the others
	}
	slices.SortStableFunc(members, func(a, b member) int { return rank(a) - rank(b) })
	text := object(members)
	if d.around != nil {
		text = d.around(text)
	}
	return []byte(text)
}

func object(members []member) string {
	var texts []string
	for _, m := range members {
		texts = append(texts, fmt.Sprintf("%q: %s", m.name, m.text))
	}
	return "{" + strings.Join(texts, ",\n") + "}"
}

// full is a dataset with all that a dataset can have.
func full() document {
	return document{
		members: []member{
			{"version", `"2.0"`}, {"class", `"dataset"`}, {"href", `"https://example.org/boats"`}, {"label", `"Boats"`},
			{"source", `"Invented Office"`}, {"updated", `"2025-01-31T08:00:00Z"`}, {"note", `["Invented figures."]`},
			{"link", `{"related":[{"href":"https://example.org/about","label":"About","type":"text/html"}]}`},
			{"extension", `{"language":{"name":"no"},"px":{"tableid":"07459","heading":["Tid"],"stub":["Region"],"decimals":1},"status":{"label":{"p":"provisional"}},` +
				`"contact":[{"name":"N. N.","mail":"nn@example.org"}],"license":"CC BY 4.0"}`},
			{"role", `{"time":["Tid"],"geo":["Region"],"metric":["ContentsCode"]}`},
			{"id", `["Region","Kjonn","ContentsCode","Tid"]`}, {"size", `[2,1,2,2]`},
			{"dimension", `{}`},
			{"value", `[1,2.5,3,null,5,6.25,7,8]`}, {"status", `{"3":"..","5":"p"}`}, {"x-own", `{"a":[1,{"b":null}]}`},
		},
		dims: []member{
			{"Region", `{"label":"region","note":["Since 2024."],"extension":{"elimination":true,"eliminationValueCode":"0301"},"category":{"index":["0301","1103"],"label":{"0301":"Oslo","1103":"Stavanger"},"note":{"1103":["A town."]}}}`},
			{"Kjonn", `{"label":"kjønn","category":{"label":{"0":"Begge"}}}`},
			{"ContentsCode", `{"label":"statistikkvariabel","category":{"index":{"n":0,"share":1},"label":{"n":"Boats","share":"Share"},` +
				`"unit":{"n":{"base":"number","decimals":0},"share":{"label":"percent","symbol":"%","position":"end","decimals":2}}}}`},
			{"Tid", `{"label":"år","category":{"index":["2023","2024"]}}`},
		},
	}
}

// variant is a document with what is special about it.
type variant struct {
	name string
	document
}

// variants are other documents: forms, classes, oddities and faults.
func variants() []variant {
	d := full()
	none := member{"status", ""}
	odd := func(name, text string) document { return d.with(member{name, text}) }
	plain := `{"version":"2.0","class":"dataset","label":"Plain","id":["d"],"size":[1],"dimension":{"d":{"category":{"index":["x"]}}},"value":[9]}`
	named := map[string]document{
		"statuses in an array":         odd("status", `["","a",null,"..","","p","",""]`),
		"one status":                   odd("status", `"e"`),
		"an array of one status":       odd("status", `["e"]`),
		"no statuses":                  d.with(none),
		"sparse values":                odd("value", `{"0":1,"2":3.5,"7":8}`),
		"values of all kinds":          odd("value", `["a",true,null,1e3,-0.0,"1",false,12345678901234567890]`),
		"no values":                    d.with(none, member{"value", `[]`}),
		"values that are null":         d.with(none, member{"value", `null`}),
		"values that are absent":       d.with(none, member{"value", ""}),
		"without label and roles":      d.with(member{"label", ""}, member{"role", ""}, member{"extension", ""}, member{"version", ""}),
		"before 2.0, in a bundle":      document{members: d.members, dims: d.dims, old: true, around: func(ds string) string { return `{"dataset":` + ds + `}` }},
		"a bundle of two":              document{members: d.members, dims: d.dims, old: true, around: func(ds string) string { return `{"dataset":` + ds + `,"more":` + plain + `}` }},
		"a bundle of two, plain first": document{members: d.members, dims: d.dims, old: true, around: func(ds string) string { return `{"dataset":` + plain + `,"Boats":` + ds + `}` }},
		"before 2.0, alone":            document{members: d.members, dims: d.dims, old: true},
		"in an envelope":               d.inside(func(ds string) string { return `{"jsonrpc":"2.0","result":` + ds + `,"id":1}` }),
		"in an array":                  d.inside(func(ds string) string { return `[` + ds + `]` }),
		"in a collection": d.inside(func(ds string) string {
			return `{"version":"2.0","class":"collection","label":"Both","link":{"item":[` + ds + `,` + plain + `]}}`
		}),
		"a dimension": d.inside(func(string) string {
			return `{"version":"2.0","class":"dimension","label":"sex","category":{"index":["T","M"],"label":{"T":"total","M":"male"}}}`
		}),
		"behind a byte order mark": d.inside(func(ds string) string { return "\ufeff" + ds }),

		"a class that nobody knows": odd("class", `"cube"`),
		"a class of another thing":  odd("class", `"collection"`),
		"no class":                  odd("class", ""),
		"version 1.3":               odd("version", `1.3`),
		"texts that are none":       d.with(member{"label", `1`}, member{"note", `"alone"`}, member{"source", `["x"]`}, member{"extension", `[1]`}, member{"link", `3`}),
		"roles of no dimension":     odd("role", `{"time":["Year"],"geo":"Region","odd":["Tid"],"metric":["Region"]}`),
		"statuses of no cell":       odd("status", `{"x":"a","99":"b","3":".."}`),
		"statuses in disorder":      odd("status", `{"5":"p","3":"..","5":"q"}`),
		"statuses that are numbers": odd("status", `[1,2,null,true,"a",5,6,7]`),
		"too few statuses":          odd("status", `["a","b"]`),
		"statuses one level deeper": odd("status", `{"value":{"3":".."}}`),
		"statuses that nest":        odd("status", `{"1":"a","3":[1]}`),
		"statuses that nest late":   odd("status", `["a","b",{}]`),
		"statuses that are null":    odd("status", `null`),
		"a dimension more":          document{members: d.members, dims: append(slices.Clone(d.dims), member{"Other", `{"category":{"index":["o"]}}`})},
		"label twice":               d.plus("label", `"Again"`),
		"values twice":              d.plus("value", `[1,2,3,4,5,6,7,9]`),
		"statuses twice":            d.plus("status", `{"0":"z"}`),
		"roles twice":               d.plus("role", `{"time":["Region"]}`),
		"a member of its own twice": d.plus("x-own", `1`),
		"size twice":                d.plus("size", `[2,1,2,2]`),
		"an error beside the data":  d.plus("error", `[{"label":"odd"}]`),
		"a bundle's odd tail": document{members: d.members, dims: d.dims, old: true,
			around: func(ds string) string { return `{"dataset":` + ds + `,"class":"dataset","x":[1]}` }},

		"size that is wrong":            odd("size", `[2,1,2,3]`),
		"no size":                       odd("size", ""),
		"no id":                         odd("id", ""),
		"a value short":                 odd("value", `[1,2.5,3,null,5,6.25,7]`),
		"a value too many":              odd("value", `[1,2.5,3,null,5,6.25,7,8,9]`),
		"a value that nests":            odd("value", `[1,2.5,[3,{"a":[]}],null,5,6.25,7,8]`),
		"an object as a value":          odd("value", `[1,2.5,3,null,5,6.25,7,{}]`),
		"NaN":                           odd("value", `[1,NaN,3,null,5,6.25,7,8]`),
		"a value without quotes":        odd("value", `[1,2.5,x,null,5,6.25,7,8]`),
		"no comma":                      odd("value", `[1,2.5 3,null,5,6.25,7,8]`),
		"a bad word":                    odd("value", `[1,2.5,nul,null,5,6.25,7,8]`),
		"bad UTF-8":                     odd("source", "\"Invented \xe5 Office\""),
		"bad UTF-8 in a status":         odd("status", "{\"3\":\"\xe5\"}"),
		"a fault in a status":           odd("status", `{"3":"..","5":p}`),
		"a fault in a list of statuses": odd("status", `["a","b" "c"]`),
		"a fault in the extension":      odd("extension", `{"px":{"tableid":"x",}}`),
		"a fault in a role":             odd("role", `{"time":["Tid" "x"]}`),
		"a category twice":              document{members: d.members, dims: append(slices.Clone(d.dims[:3]), member{"Tid", `{"category":{"index":["2023","2023"]}}`})},
		"cut off":                       d.inside(func(ds string) string { return ds[:len(ds)-1] }),
		"cut off earlier":               d.inside(func(ds string) string { return ds[:len(ds)-15] }),
		"a bracket more":                d.inside(func(ds string) string { return ds + "}" }),
		"a word behind":                 d.inside(func(ds string) string { return ds[:len(ds)-1] + ", x}" }),
		"short and faulty":              d.with(member{"value", `[1,2]`}).inside(func(ds string) string { return ds[:len(ds)-1] + ", \"z\": [1,,2]}" }),
		"nested and faulty":             d.with(member{"value", `[1,[2]]`}).inside(func(ds string) string { return ds[:len(ds)-1] + ", \"z\": }" }),
	}
	var list []variant
	for _, name := range slices.Sorted(maps.Keys(named)) {
		list = append(list, variant{name, named[name]})
	}
	return list
}

// longVariants are documents of many cells.
func longVariants() map[string]document {
	const n = 40_000
	d := full()
	var ids, values, statuses []string
	for i := range n / 4 {
		ids = append(ids, fmt.Sprintf(`"c%d"`, i))
	}
	for i := range n {
		values = append(values, strconv.Itoa(i*7))
		if i%3 == 0 {
			statuses = append(statuses, fmt.Sprintf(`"%d":"p"`, i))
		}
	}
	d.dims = append([]member{{"Region", `{"category":{"index":[` + strings.Join(ids, ",") + `]}}`}}, d.dims[1:]...)
	text := strings.Join(values, ",\n")
	d = d.with(member{"size", fmt.Sprintf("[%d,1,2,2]", n/4)}, member{"value", "[" + text + "]"}, member{"status", "{" + strings.Join(statuses, ",\n") + "}"})
	return map[string]document{
		"long":               d,
		"long and cut off":   d.inside(func(ds string) string { return ds[:len(ds)-1] }),
		"long and short":     d.with(member{"value", "[" + strings.Join(values[1:], ",") + "]"}),
		"long and too long":  d.with(member{"value", "[" + text + ",1]"}),
		"long and faulty":    d.with(member{"value", "[" + text[:len(text)-1] + "x]"}),
		"long with no class": d.with(member{"class", ""}, member{"version", "3"}),
	}
}

// input is a text for a command that reads another format.
type input struct {
	name string
	text []byte
}

// foreign are the inputs of a command.
func foreign(t *testing.T, testdata, command string) []input {
	t.Helper()
	read := func(names ...string) (list []input) {
		for _, name := range names {
			text, err := os.ReadFile(filepath.Join(testdata, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, input{name, text}, input{name + ", cut off", text[:len(text)*2/3]}, input{name + ", a byte", text[:1]})
		}
		return append(list, input{"nothing", nil})
	}
	texts := func(list ...string) (inputs []input) {
		for i, text := range list {
			inputs = append(inputs, input{fmt.Sprintf("text %d", i), []byte(text)})
		}
		return inputs
	}
	switch command {
	case "csv2jsonstat":
		return append(read("catch.csv", "wide.csv", "edited.csv"), texts(
			"jsonstat,;,|\nlabel;Boats\ndimension;Port;Port;2;N;North;S;South\nvalue\nPort;Value\nN;1,5\nS;2\n",
			"Port;Year;Tonnes\nN;2023;1,5\nS;2023;x\n", "a,b\n1\n1,2,3\n", "a,b\n\"1,2\n", "\ufeffa,b\nx,1\nx,2\n")...)
	case "xlsx2jsonstat":
		return read("catch.xlsx", "wide.xlsx", "edited.xlsx")
	case "arrow2jsonstat":
		return read("oslo.arrow", "sales.arrow")
	case "parquet2jsonstat":
		return read("oslo.parquet", "sales.parquet")
	case "px2jsonstat":
		return append(read("boats.px"), texts("TITLE=\"a\";\nDATA=1 2;\n", "STUB=\"a\";\nVALUES(\"a\")=\"b\";\n")...)
	case "sdmx2jsonstat":
		list := read("sdmx/flat.json", "sdmx/ids.csv", "sdmx/series.json", "sdmx/labels.csv", "sdmx/measures.json", "sdmx/oldstyle.json")
		return append(list, shuffledMessages(t, testdata)...)
	}
	return nil
}
