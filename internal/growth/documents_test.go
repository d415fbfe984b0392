package growth_test

import (
	"fmt"
	"strconv"
	"strings"
)

// list writes n items with commas between them.
func list(n int, item func(i int) string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(item(i))
	}
	return b.String()
}

func array(n int, item func(i int) string) string  { return "[" + list(n, item) + "]" }
func object(n int, item func(i int) string) string { return "{" + list(n, item) + "}" }

func id(i int) string     { return `"c` + strconv.Itoa(i) + `"` }
func number(i int) string { return strconv.Itoa(i) }

// by gives every id the same value.
func by(value string) func(i int) string {
	return func(i int) string { return id(i) + ":" + value }
}

// dataset is a 2.0 dataset of the given dimensions, values and other members.
func dataset(ids, size, dimension, value, more string) string {
	return `{"version":"2.0","class":"dataset","id":` + ids + `,"size":` + size + `,"dimension":` + dimension + `,"value":` + value + more + `}`
}

// small is a dataset of two cells with more members.
func small(more string) string {
	return dataset(`["a"]`, `[2]`, `{"a":{"category":{"index":["x","y"]}}}`, `[1,2]`, more)
}

// one is a dataset of one dimension with n categories, and what is said of them.
func one(n int, category, value, more string) string {
	return dataset(`["a"]`, array(1, func(int) string { return number(n) }), `{"a":{"label":"A","category":{"index":`+array(n, id)+category+`}}}`, value, more)
}

const lone = `{"1":1}` // a sparse value

func every(s string) func(int) string { return func(int) string { return s } }

// usual is the smaller of the two sizes of most shapes: large enough that looking
// through a list for each item of it is what takes the time, and so small that maps
// stay near the processor.
const usual = 1500

// A shape is a document that has n of something.
type shape struct {
	name string
	n    int // of the smaller one; 0 is usual
	text func(n int) string
}

// datasets are documents that are one dataset.
func datasets() []shape {
	return []shape{
		{"dimensions", 1000, func(n int) string {
			return dataset(array(n, id), array(n, every("1")), object(n, by(`{"category":{"index":["x"]}}`)), `[1]`, "")
		}},
		{"dimensions of one label", 1000, func(n int) string {
			return dataset(array(n, id), array(n, every("1")), object(n, by(`{"label":"same","category":{"index":["x"]}}`)), `[1]`, "")
		}},
		{"dimensions with roles", 1000, func(n int) string {
			return dataset(array(n, id), array(n, every("1")), object(n, by(`{"label":"same","category":{"index":["x"],"label":{"x":"2024"}}}`)), `[1]`, `,"role":{"time":`+array(n, id)+`}`)
		}},
		{"dimensions before 2.0", 1000, func(n int) string {
			return `{"b":{"dimension":{` + list(n, by(`{"category":{"index":["x"]}}`)) + `,"id":` + array(n, id) + `,"size":` + array(n, every("1")) + `},"value":[1]}}`
		}},
		{"dimensions that are none", 0, func(n int) string {
			return dataset(`["a"]`, `[2]`, `{"a":{"category":{"index":["x","y"]}},`+list(n, by(`{"category":{"index":["x"]}}`))+`}`, `[1,2]`, "")
		}},
		{"categories", 0, func(n int) string { return one(n, "", array(n, number), "") }},
		{"categories as an object", 0, func(n int) string {
			return dataset(`["a"]`, `[`+number(n)+`]`, `{"a":{"category":{"index":`+object(n, func(i int) string { return id(i) + ":" + number(n-1-i) })+`}}}`, array(n, number), "")
		}},
		{"categories by label", 0, func(n int) string {
			return dataset(`["a"]`, `[`+number(n)+`]`, `{"a":{"category":{"label":`+object(n, by(`"l"`))+`}}}`, array(n, number), "")
		}},
		{"categories of time", 0, func(n int) string {
			day := func(i int) string {
				return fmt.Sprintf(`"%04d-%02d-%02d"`, 1000+i/336%9000, i/28%12+1, i%28+1)
			}
			return dataset(`["a"]`, `[`+number(n)+`]`, `{"a":{"category":{"index":`+array(n, day)+`}}}`, array(n, number), `,"role":{"time":["a"]}`)
		}},
		{"labels that clash", 0, func(n int) string { return one(n, `,"label":`+object(n, by(`"same"`)), lone, "") }},
		{"labels that clash with made ones", 0, func(n int) string {
			return one(n, `,"label":`+object(n, func(i int) string {
				if i%2 == 1 {
					return id(i) + `:"same"`
				}
				return id(i) + `:"same [c` + number(i+1) + `]"`
			}), lone, "")
		}},
		{"labels that are ids of others", 0, func(n int) string {
			return one(n, `,"label":`+object(n, func(i int) string { return id(i) + ":" + id((i+1)%n) }), lone, "")
		}},
		{"labels of no category", 0, func(n int) string {
			return dataset(`["a"]`, `[2]`, `{"a":{"category":{"index":["x","y"],"label":`+object(n, by(`"l"`))+`}}}`, `[1,2]`, "")
		}},
		{"units", 0, func(n int) string {
			return one(n, `,"unit":`+object(n, func(i int) string { return id(i) + `:{"decimals":1,"label":` + id(i) + `}` }), lone, `,"role":{"metric":["a"]}`)
		}},
		{"members of a unit", 0, func(n int) string {
			return one(2, `,"unit":{"c0":`+object(n, by(`1`))+`}`, lone, `,"role":{"metric":["a"]}`)
		}},
		{"coordinates", 0, func(n int) string {
			return one(n, `,"coordinates":`+object(n, by(`[1.5,60]`)), lone, `,"role":{"geo":["a"]}`)
		}},
		{"notes of categories", 0, func(n int) string { return one(n, `,"note":`+object(n, by(`["n"]`)), lone, "") }},
		{"notes of a category", 0, func(n int) string { return one(2, `,"note":{"c0":`+array(n, id)+`}`, lone, "") }},
		{"notes", 0, func(n int) string { return small(`,"note":` + array(n, id)) }},
		{"notes of a dimension", 0, func(n int) string {
			return dataset(`["a"]`, `[2]`, `{"a":{"note":`+array(n, id)+`,"category":{"index":["x","y"]}}}`, `[1,2]`, "")
		}},
		{"members of categories", 0, func(n int) string { return one(2, ","+list(n, by("1")), lone, "") }},
		{"members of a dimension", 0, func(n int) string {
			return dataset(`["a"]`, `[2]`, `{"a":{`+list(n, by("1"))+`,"category":{"index":["x","y"]}}}`, `[1,2]`, "")
		}},
		{"children in a chain", 0, func(n int) string {
			return one(n, `,"child":`+object(n-1, func(i int) string { return id(i) + ":[" + id(i+1) + "]" }), lone, "")
		}},
		{"children of one", 0, func(n int) string {
			return one(n, `,"child":{"c0":`+array(n-1, func(i int) string { return id(i + 1) })+`}`, lone, "")
		}},
		{"children of many", 0, func(n int) string {
			return one(n, `,"child":`+object(n/2, func(i int) string { return id(i) + ":[" + id(n-1) + "]" }), lone, "")
		}},
		{"statuses", 0, func(n int) string {
			return one(n, "", array(n, number), `,"status":`+object(n, func(i int) string { return `"` + number(i) + `":"s` + number(i%60000) + `"` }))
		}},
		{"statuses in an array", 0, func(n int) string {
			return one(n, "", array(n, every("null")), `,"status":`+array(n, func(i int) string { return `"s` + number(i%60000) + `"` }))
		}},
		{"statuses outside", 0, func(n int) string {
			return small(`,"status":` + object(n, func(i int) string { return `"` + number(i+2) + `":"s"` }))
		}},
		{"statuses backward", 0, func(n int) string {
			return one(n, "", array(n, number), `,"status":`+object(n, func(i int) string { return `"` + number(n-1-i) + `":"s` + number(i%60000) + `"` }))
		}},
		{"explanations of statuses", 0, func(n int) string {
			return one(n, "", array(n, number), `,"status":`+object(n, func(i int) string { return `"` + number(i) + `":"s` + number(i%60000) + `"` })+
				`,"extension":{"status":{"label":`+object(n, func(i int) string { return `"s` + number(i%60000) + `":"text ` + number(i) + `"` })+`}}`)
		}},
		{"roles of no dimension", 0, func(n int) string { return small(`,"role":{"time":` + array(n, id) + `}`) }},
		{"a role often", 0, func(n int) string { return small(`,"role":{"time":` + array(n, every(`"a"`)) + `}`) }},
		{"role names", 0, func(n int) string { return small(`,"role":` + object(n, by(`["a"]`))) }},
		{"extension", 0, func(n int) string { return small(`,"extension":` + object(n, by("1"))) }},
		{"extension of a dimension", 0, func(n int) string {
			return dataset(`["a"]`, `[`+number(n)+`]`, `{"a":{"category":{"index":`+array(n, id)+`},"extension":{"refperiod":`+object(n, by(`"r"`))+`},"link":{"describedby":[{"extension":`+object(n, by(`"urn"`))+`}]}}}`, lone, "")
		}},
		{"links", 0, func(n int) string {
			return small(`,"link":{"alternate":` + array(n, func(i int) string { return `{"href":"https://example.org/` + number(i) + `"}` }) + `}`)
		}},
		{"relations", 0, func(n int) string { return small(`,"link":` + object(n, by(`[{"href":"https://example.org"}]`))) }},
		{"relations of a dimension", 0, func(n int) string {
			return dataset(`["a"]`, `[2]`, `{"a":{"category":{"index":["x","y"]},"link":`+object(n, by(`[{"href":"https://example.org"}]`))+`}}`, `[1,2]`, "")
		}},
		{"members", 0, func(n int) string { return small("," + list(n, by("1"))) }},
		{"a member often", 0, func(n int) string { return small("," + list(n, every(`"x":1`))) }},
		{"a label often", 0, func(n int) string { return small("," + list(n, every(`"label":"x"`))) }},
		{"values backward", 0, func(n int) string {
			return one(n, "", object(n, func(i int) string { return `"` + number(n-1-i) + `":` + number(i) }), "")
		}},
		{"values outside", 0, func(n int) string {
			return dataset(`["a"]`, `[2]`, `{"a":{"category":{"index":["x","y"]}}}`, object(n, func(i int) string { return `"` + number(i+2) + `":1` }), "")
		}},
		{"a value often", 0, func(n int) string {
			return dataset(`["a"]`, `[2]`, `{"a":{"category":{"index":["x","y"]}}}`, object(n, every(`"1":1`)), "")
		}},
		{"text values", 0, func(n int) string { return one(n, "", array(n, id), "") }},
		{"values with escapes", 0, func(n int) string { return one(n, "", array(n, every(`"a\"\u00e6\n"`)), "") }},
		{"a long text with escapes", 0, func(n int) string { return small(`,"source":"` + strings.Repeat(`\u00e6\n\"\\`, n) + `"`) }},
		{"a long note", 0, func(n int) string { return small(`,"note":["` + strings.Repeat(`a <b>word</b>, `, n) + `"]`) }},
		{"long ids", 0, func(n int) string {
			long := func(i int) string { return `"` + strings.Repeat("x", 200) + number(i) + `"` }
			return dataset(`["a"]`, `[`+number(n)+`]`, `{"a":{"category":{"index":`+array(n, long)+`}}}`, array(n, number), "")
		}},
		{"two dimensions", 0, func(n int) string {
			return dataset(`["a","b"]`, `[`+number(n)+`,2]`, `{"a":{"category":{"index":`+array(n, id)+`}},"b":{"category":{"index":["x","y"]}}}`, array(2*n, number), `,"status":{"0":"s"}`)
		}},
		{"two dimensions the other way", 0, func(n int) string {
			return dataset(`["b","a"]`, `[2,`+number(n)+`]`, `{"a":{"category":{"index":`+array(n, id)+`}},"b":{"category":{"index":["x","y"]}}}`, array(2*n, number), `,"status":{"0":"s"}`)
		}},
	}
}

// collections are documents that have datasets, if any, at one remove.
func collections() []shape {
	item := func(i int) string {
		return `{"class":"dataset","label":"L` + number(i) + `","id":["a"],"size":[2],"dimension":{"a":{"category":{"index":["x","y"]}}},"value":[1,2]}`
	}
	return []shape{
		{"items", 1000, func(n int) string {
			return `{"version":"2.0","class":"collection","link":{"item":` + array(n, item) + `}}`
		}},
		{"items elsewhere", 0, func(n int) string {
			return `{"version":"2.0","class":"collection","link":{"item":` + array(n, func(i int) string { return `{"class":"dataset","href":"https://example.org/` + number(i) + `"}` }) + `}}`
		}},
		{"items that are none", 0, func(n int) string {
			return `{"version":"2.0","class":"collection","link":{"item":` + array(n, every("1")) + `}}`
		}},
		{"members of a collection", 0, func(n int) string {
			return `{"version":"2.0","class":"collection",` + list(n, by("1")) + `,"link":{"item":[` + item(0) + `]}}`
		}},
		{"datasets of a bundle", 1000, func(n int) string {
			return object(n, func(i int) string { return id(i) + ":" + item(i) })
		}},
		{"members of a bundle", 0, func(n int) string {
			return `{` + list(n, by(`{"a":1}`)) + `,"b":` + item(0) + `}`
		}},
		{"a dimension", 0, func(n int) string {
			return `{"version":"2.0","class":"dimension","label":"D","category":{"index":` + array(n, id) + `,"label":` + object(n, by(`"l"`)) + `}}`
		}},
	}
}

// richShape is a document that has n of many things at once.
type richShape struct {
	shape
	wide    bool // its first dimension has more categories than a sheet columns
	columns bool // it has as many columns as n: a table that is read by rule is left out
}

// rich are datasets that have much of everything, for the many writers: if one of
// these things takes time that grows, all of it does.
func rich() []richShape {
	return []richShape{
		{columns: true, shape: shape{"dimensions", 600, func(n int) string {
			return dataset(array(n, id), array(n, every("1")), object(n, by(`{"label":"same","category":{"index":["x"],"label":{"x":"2024"}},"note":["n"],"link":{"describedby":[{"extension":{"x":"urn"}}]}}`)), `[1]`,
				`,"role":{"time":["c0"],"metric":`+array(n-1, func(i int) string { return id(i + 1) })+`}`)
		}}},
		{wide: true, shape: shape{"categories", 1200, func(n int) string {
			about := `,"label":` + object(n, by(`"same"`)) + `,"unit":` + object(n, func(i int) string { return id(i) + `:{"decimals":1,"label":` + id(i) + `}` }) +
				`,"note":` + object(n, by(`["n"]`)) + `,"coordinates":` + object(n, by("[1.5,60]")) +
				`,"child":` + object(n-1, func(i int) string { return id(i) + ":[" + id(i+1) + "]" })
			return one(n, about, array(n, id), `,"role":{"metric":["a"]},"status":`+object(n, func(i int) string { return `"` + number(n-1-i) + `":"s` + number(i) + `"` })+
				`,"extension":{"status":{"label":`+object(n, func(i int) string { return `"s` + number(i) + `":"text ` + number(i) + `"` })+`}}`)
		}}},
		{shape: shape{"members", 1200, func(n int) string {
			return dataset(`["a"]`, `[2]`, `{"a":{"category":{"index":["x","y"],`+list(n, by("1"))+`},`+list(n, by("1"))+`,"link":`+object(n, by(`[{"href":"https://example.org"}]`))+`}}`,
				object(n, func(i int) string { return `"` + number(n-1-i) + `":` + number(i) }),
				`,"note":`+array(n, id)+`,"link":`+object(n, by(`[{"href":"https://example.org"}]`))+`,"extension":`+object(n, by("1"))+","+list(n, by("1")))
		}}},
		{wide: true, shape: shape{"days and a second dimension", 2000, func(n int) string {
			day := func(i int) string { return fmt.Sprintf(`"%04d-%02d-%02d"`, 1900+i/336, i/28%12+1, i%28+1) }
			return dataset(`["t","b"]`, `[`+number(n)+`,2]`, `{"t":{"category":{"index":`+array(n, day)+`}},"b":{"category":{"index":["x","y"]}}}`, array(2*n, number), `,"role":{"time":["t"]},"status":{"0":"s"}`)
		}}},
	}
}
