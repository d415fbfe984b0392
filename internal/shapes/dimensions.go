package shapes

import "strconv"

// dimensions are awkward sets of dimensions and roles.
func dimensions() []Document {
	two := func(tail string) string {
		return cube(`["a","b"]`, `[2,2]`, `"a":{"label":"A","category":{"index":["a1","a2"]}},"b":{"label":"B","category":{"index":["b1","b2"]}}`, `"value":[1,2,3,4],`+tail)
	}
	return []Document{
		both("dimensions-7", "seven dimensions, the cells of which tell their place",
			cube(`["a","b","c","d","e","f","g"]`, `[2,1,3,2,1,2,2]`,
				`"a":{"category":{"index":["a0","a1"]}},"b":{"category":{"index":["b0"]}},"c":{"category":{"index":["c0","c1","c2"]}},"d":{"category":{"index":["d0","d1"]}},"e":{"category":{"index":["e0"]}},"f":{"category":{"index":["f0","f1"]}},"g":{"category":{"index":["g0","g1"]}}`,
				`"value":[`+repeat(48, func(i int) string {
					return string(rune('1'+i/24)) + string(rune('1'+i/8%3)) + string(rune('1'+i/4%2)) + string(rune('1'+i/2%2)) + string(rune('1'+i%2))
				})+`]`)),
		both("dimension-no-label", "a dimension without a label, one with null and one with an empty one",
			cube(`["a","b","c"]`, `[1,1,2]`, `"a":{"category":{"index":["x"]}},"b":{"label":null,"category":{"index":["y"]}},"c":{"label":"","category":{"index":["p","q"]}}`, `"value":[1,2]`)),
		both("dimension-labels-equal", "two dimensions with the same label",
			cube(`["a","b"]`, `[2,2]`, `"a":{"label":"Region","category":{"index":["x","y"]}},"b":{"label":"Region","category":{"index":["p","q"]}}`, `"value":[1,2,3,4]`)),
		both("dimension-label-is-id", "the label of one dimension is the id of another, and the reverse",
			cube(`["sex","age"]`, `[2,2]`, `"sex":{"label":"age","category":{"index":["M","F"]}},"age":{"label":"sex","category":{"index":["y","o"]}}`, `"value":[1,2,3,4]`)),
		both("dimension-member-order", "the members of dimension stand in another order than id",
			cube(`["z","m","a"]`, `[1,2,2]`, `"a":{"category":{"index":["a1","a2"]}},"m":{"category":{"index":["m1","m2"]}},"z":{"category":{"index":["z1"]}}`, `"value":[1,2,3,4]`)),
		both("dimension-integer-like", "dimensions called 2 and 1, which JavaScript would sort",
			cube(`["2","1"]`, `[2,2]`, `"2":{"label":"Second","category":{"index":["x","y"]}},"1":{"label":"First","category":{"index":["p","q"]}}`, `"value":[1,2,3,4]`)),
		both("dimension-extra", "a dimension that id does not name",
			cube(`["a"]`, `[2]`, `"a":{"category":{"index":["x","y"]}},"b":{"category":{"index":["p"]}}`, `"value":[1,2]`)),
		both("constant-dimensions", "constant dimensions first, in the middle and last",
			cube(`["c1","a","c2","b","c3"]`, `[1,2,1,2,1]`,
				`"c1":{"label":"First","category":{"index":["x"]}},"a":{"label":"A","category":{"index":["a1","a2"]}},"c2":{"label":"Middle","category":{"index":["y"],"label":{"y":"Why"}}},"b":{"label":"B","category":{"index":["b1","b2"]}},"c3":{"label":"Last","category":{"label":{"z":"Zed"}}}`, `"value":[1,2,3,4]`)),
		both("role-none", "no roles", two(`"href":"https://example.org/x"`)),
		both("role-null", "role is null", two(`"role":null`)),
		both("role-string", "a role that is a string in the place of a list", two(`"role":{"time":"b"}`)),
		both("role-empty", "roles without dimensions", two(`"role":{"time":[],"geo":null,"metric":[]}`)),
		both("role-unknown", "a role for a dimension that is not there", two(`"role":{"time":["year"],"geo":["a"]}`)),
		both("role-twice", "a dimension with two roles", two(`"role":{"time":["b"],"metric":["b"]}`)),
		both("role-foreign", "a role that the format does not have", two(`"role":{"classification":["a"],"colour":["b"]}`)),
		both("role-two-times", "two dimensions of role time", two(`"role":{"time":["a","b"]}`)),
		both("size-strings", "sizes written as strings",
			cube(`["a","b"]`, `["2","2"]`, `"a":{"category":{"index":["a1","a2"]}},"b":{"category":{"index":["b1","b2"]}}`, `"value":[1,2,3,4]`)),
		ours("size-short", "a size is missing; the number of values tells",
			cube(`["a","b"]`, `[2]`, `"a":{"category":{"index":["a1","a2"]}},"b":{"category":{"index":["b1","b2"]}}`, `"value":[1,2,3,4]`)),
		both("eliminated-contents", "the contents dimension that PxWeb adds when there is none",
			cube(`["ContentsCode","Tid"]`, `[1,2]`, `"ContentsCode":{"label":"EliminatedContents","category":{"index":{"EliminatedValue":0},"label":{"EliminatedValue":"EliminatedValue"}}},"Tid":{"label":"år","category":{"index":{"2023":0,"2024":1},"label":{"2023":"2023","2024":"2024"}}}`,
				`"role":{"metric":["ContentsCode"],"time":["Tid"]},"value":[10,11]`)),
		both("notes-links-extensions", "all that a table has no room for",
			`{"version":"2.0","class":"dataset","href":"https://example.org/full","label":"Full","source":"Invented Office","updated":"2025-03-01","note":["First.<br/>Second line.","Another"],
"link":{"related":[{"type":"text/html","href":"https://example.org/about","label":"About","extension":{"relation":"about-statistics","metaid":"KORTNAVN:boats"}}],"alternate":[{"type":"text/csv","href":"https://example.org/full.csv"}]},
"id":["r"],"size":[2],"dimension":{"r":{"label":"Region","note":["Borders of 2024"],"href":"https://example.org/r","link":{"describedby":[{"extension":{"r":"urn:ssb:classification:klass:131","0301":"urn:ssb:conceptvariable:vardok:2798"}}]},
"category":{"index":["0301","1103"],"label":{"0301":"Oslo","1103":"Stavanger"},"note":{"1103":["Merged 2020","<b>Twice</b>"]},"coordinates":{"0301":[10.75,59.91],"1103":[5.73,58.97]}},"extension":{"elimination":true,"show":"code_value"}}},
"extension":{"px":{"tableid":"00001","decimals":1},"numbers":[1.50,1e3],"value":[1,2,3]},"unknown":{"value":[1,{"deep":null}],"x":[]},"value":[1.50,2.00]}`),
	}
}

// categories are awkward categories.
func categories() []Document {
	two, three := `"value":[1,2]`, `"value":[1,2,3]`
	return []Document{
		both("index-array", "ids in an array", one(`"index":["b","a","c"]`, 3, three)),
		both("index-object", "ids with positions", one(`"index":{"b":0,"a":1,"c":2}`, 3, three)),
		both("index-object-unsorted", "positions in another order than the members", one(`"index":{"c":2,"b":0,"a":1},"label":{"a":"A","b":"B","c":"C"}`, 3, three)),
		both("index-integer-like", "ids like 2011 out of order, which JavaScript would sort", one(`"index":{"2024":0,"2001":1,"2011":2},"label":{"2011":"in 2011","2024":"in 2024","2001":"in 2001"}`, 3, three)),
		both("index-integer-like-array", "the same in an array, with leading zeros and signs", one(`"index":["10","9","010","-1","1.0","0"]`, 6, `"value":[1,2,3,4,5,6]`)),
		both("index-strings", "positions written as strings", one(`"index":{"a":"1","b":"0"},"label":{"a":"A","b":"B"}`, 2, two)),
		both("index-decimals", "positions written as 0.0 and 1e0", one(`"index":{"a":1e0,"b":0.0}`, 2, two)),
		both("index-missing-one", "one category without an index", one(`"label":{"a":"Only"}`, 1, `"value":[1]`)),
		both("index-missing", "three categories without an index: the order of the labels", one(`"label":{"c":"C","10":"Ten","a":"A"}`, 3, three)),
		both("label-missing", "no labels: the ids stand for them", one(`"index":["a","b"]`, 2, two)),
		both("label-empty-object", "an object without labels", one(`"index":["a","b"],"label":{}`, 2, two)),
		both("label-partial", "a label for some categories only", one(`"index":["a","b","c"],"label":{"b":"Bee"}`, 3, three)),
		ours("label-odd", "labels that are null, empty, a number, true", one(`"index":["a","b","c","d"],"label":{"a":null,"b":"","c":3,"d":true}`, 4, `"value":[1,2,3,4]`)),
		both("label-unknown", "a label of a category that is not there", one(`"index":["a","b"],"label":{"a":"A","b":"B","z":"Zed"}`, 2, two)),
		both("label-array", "labels in an array", one(`"index":["a","b"],"label":["A","B"]`, 2, two)),
		both("label-order", "labels in another order than the index", one(`"index":["a","b","c"],"label":{"c":"C","a":"A","b":"B"}`, 3, three)),
		both("labels-equal", "two categories with the same label", one(`"index":["a","b","c"],"label":{"a":"Total","b":"Total","c":"Other"}`, 3, three)),
		both("labels-equal-by", "two categories with the same label in the first of two dimensions",
			cube(`["d","e"]`, `[3,2]`, `"d":{"label":"D","category":{"index":["a","b","c"],"label":{"a":"Total","b":"Total","c":"Other"}}},"e":{"label":"E","category":{"index":["x","y"],"label":{"x":"Same","y":"Same"}}}`, `"value":[1,2,3,4,5,6]`)),
		both("label-is-other-id", "labels that are ids and labels of another dimension",
			cube(`["sex","age"]`, `[2,2]`, `"sex":{"label":"Sex","category":{"index":["M","F"],"label":{"M":"age","F":"Age"}}},"age":{"label":"Age","category":{"index":["sex","Sex"],"label":{"sex":"M","Sex":"F"}}}`, `"value":[1,2,3,4]`)),
		both("ons-unit-labels", "no label of the metric but that of its unit, as the ONS wrote; a sparse value that tells the size",
			`{"QS1":{"label":"Sex","source":"Office","updated":"17/10/2013 16:51:00","value":{"0":30,"2":16,"1":14},"dimension":{"CL_1":{"label":"Time","category":{"index":{"CI_1":0},"label":{"CI_1":"2011"}}},"size":[1,3,1,1],"CL_35":{"label":"Sex (T003A)","category":{"index":{"CI_70":2,"CI_71":1,"CI_121":0},"label":{"CI_70":"Females","CI_71":"Males","CI_121":"All categories: Sex"}}},"G":{"label":"Hierarchy","category":{"index":{"K1":0},"label":{"K1":"England and Wales"}}},"id":["G","CL_35","Att_1","CL_1"],"role":{"metric":["Att_1"],"geo":["G"],"time":["CL_1"]},"Att_1":{"label":"Measures","category":{"index":{"Segment_1":0},"unit":{"Segment_1":{"multiplier":"Units","type":"Count","unit":"Number","label":"All usual residents","base":"Person"}}}}}}}`),
		both("unit-partial", "units for some categories only", one(`"index":["a","b"],"label":{"a":"A","b":"B"},"unit":{"a":{"decimals":2,"label":"NOK"}}`, 2, `"role":{"metric":["d"]},`+two)),
		both("unit-base", "the name of the unit is in base, as PxWeb writes it; decimals of -1 and a string",
			one(`"index":["a","b","c"],"unit":{"a":{"base":"personer","decimals":0},"b":{"base":"kroner","decimals":-1},"c":{"base":"","decimals":"2"}}`, 3, `"role":{"metric":["d"]},`+three)),
		both("unit-symbol", "symbols in front and behind, an unknown place, an empty label",
			one(`"index":["a","b","c","e"],"unit":{"a":{"decimals":2,"label":"dollars","symbol":"$","position":"start"},"b":{"decimals":1,"label":"percent","symbol":"%","position":"end"},"c":{"label":"","symbol":"°C"},"e":{"label":"odd","symbol":"?","position":"left"}}`, 4, `"role":{"metric":["d"]},"value":[1,2,3,4]`)),
		both("unit-pipe", "the unit separator of CSV-stat inside a unit", one(`"index":["a"],"unit":{"a":{"decimals":0,"label":"a|b","symbol":"|","position":"start"}}`, 1, `"role":{"metric":["d"]},"value":[1]`)),
		both("unit-foreign", "a unit with members of its own, and a unit of no category", one(`"index":["a","b"],"unit":{"a":{"decimals":1,"label":"index","base":"2015=100","multiplier":1000,"type":{"kind":"Flow"}},"b":{"decimals":1,"label":"index"},"z":{"label":"nobody's"}}`, 2, `"role":{"metric":["d"]},`+two)),
		both("unit-without-role", "units in a dimension that is not metric", one(`"index":["a","b"],"unit":{"a":{"decimals":1,"label":"x"},"b":{"decimals":2,"label":"y"}}`, 2, two)),
		both("coordinates", "longitude and latitude, one with many digits, one not usable", one(`"index":["a","b","c"],"coordinates":{"a":[10.7522,59.9139],"b":["5.3242","60.39130000000000001"],"c":[1]}`, 3, `"role":{"geo":["d"]},`+three)),
		both("child", "a hierarchy of three levels", one(`"index":["T","A","A1","A2","B"],"label":{"T":"Total","A":"Agriculture","A1":"Crops","A2":"Animals","B":"Boats"},"child":{"T":["A","B"],"A":["A1","A2"]}`, 5, `"value":[10,6,4,2,4]`)),
		both("child-two-parents", "a category with two parents", one(`"index":["EU","EA","DE","DK"],"child":{"EU":["DE","DK"],"EA":["DE"]}`, 4, `"value":[2,1,1,1]`)),
		both("child-cycle", "a category that is its own descendant", one(`"index":["a","b","c"],"child":{"a":["b"],"b":["c"],"c":["a"]}`, 3, three)),
		both("child-unknown", "children and parents that are not there, and a child given twice", one(`"index":["a","b"],"child":{"a":["b","x","b"],"z":["a"]}`, 2, two)),
		both("notes-of-categories", "notes on categories, one as a string, one of nobody", one(`"index":["a","b"],"note":{"a":["One","Two<br>lines"],"b":"alone","z":["nobody's"]}`, 2, two)),
		both("categories-1000", "a thousand categories, ids and labels", one(indexes("c", 1000)+`,"label":{`+repeat(1000, func(i int) string {
			return `"c` + strconv.Itoa(i) + `":"Category ` + strconv.Itoa(i) + `"`
		})+`}`, 1000, `"value":[`+repeat(1000, strconv.Itoa)+`]`)),
	}
}
