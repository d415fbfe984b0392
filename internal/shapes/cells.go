package shapes

import "strconv"

// cells are awkward rows of values.
func cells() []Document {
	return []Document{
		both("dense", "the plain case: two dimensions, one missing value, one status",
			boats(`"value":[120,12.5,null,7.25],"status":{"2":"x"}`)),
		both("dense-spaced", "white space wherever JSON allows it, also between the cells",
			boats("\"value\" :\t[ 120 ,\r\n12.5\n,null , 7.25 ] , \"status\" : {\n\"2\" :\n\"x\" }\n")+"\n\n"),
		both("values-before-head", "value and status stand in front of the dimensions",
			`{"value":[1,2,3],"status":["a","","c"],"class":"dataset","version":"2.0","size":[3],"dimension":{"d":{"category":{"index":["a","b","c"]}}},"id":["d"]}`),
		both("sparse", "an object of positions; position 1 is not there",
			boats(`"value":{"0":120,"2":0,"3":7.25}`)),
		both("sparse-full", "an object that names every position",
			boats(`"value":{"0":120,"1":12.5,"2":0,"3":7.25}`)),
		both("sparse-unsorted", "positions in no order",
			boats(`"value":{"3":7.25,"0":120,"2":0}`)),
		both("sparse-null", "a position that is there and has no value",
			boats(`"value":{"0":120,"1":null,"3":7.25}`)),
		both("sparse-repeated", "a position that stands twice, the second time last",
			boats(`"value":{"0":1,"1":2,"3":4,"0":100}`)),
		both("sparse-status-elsewhere", "statuses on positions that have no value",
			boats(`"value":{"1":12.5},"status":{"0":"a","1":"b","3":"d"}`)),
		both("sparse-strange-keys", "names that are no positions of the cube",
			boats(`"value":{"0":120,"4":5,"01":6,"-1":7,"x":8,"99999999999999999999":9}`)),
		both("sparse-wide", "8,000 cells of which three are there",
			cube(`["x","y","z"]`, `[20,20,20]`, `"x":{"category":{`+indexes("x", 20)+`}},"y":{"category":{`+indexes("y", 20)+`}},"z":{"category":{`+indexes("z", 20)+`}}`,
				`"value":{"0":1,"4210":2.5,"7999":3},"status":{"4210":"e","4211":"m"}`)),
		both("all-missing", "a value for every cell, and every one is null",
			boats(`"value":[null,null,null,null],"status":{"0":":","1":":","2":"..","3":"."}`)),
		both("all-missing-sparse", "one position is there, without a value",
			boats(`"value":{"2":null}`)),
		both("one-cell", "a cube of one cell",
			cube(`["d"]`, `[1]`, `"d":{"label":"Only","category":{"label":{"a":"A"}}}`, `"value":[42]`)),
		both("one-cell-sparse", "a sparse cube of one cell",
			cube(`["d"]`, `[1]`, `"d":{"label":"Only","category":{"index":["a"]}}`, `"value":{"0":42},"status":"e"`)),
		ours("no-dimensions", "a cube without dimensions has one cell",
			cube(`[]`, `[]`, ``, `"value":[42]`)),
		ours("size-0", "a dimension without categories: a cube without cells",
			cube(`["d","e"]`, `[0,2]`, `"d":{"category":{"index":[]}},"e":{"category":{"index":["a","b"]}}`, `"value":[]`)),
		ours("value-empty-array", "metadata alone", boats(`"value":[]`)),
		ours("value-empty-object", "metadata alone, as an object", boats(`"value":{}`)),
		ours("value-null", "metadata alone, value is null", boats(`"value":null`)),
		ours("value-absent", "metadata alone, no value at all", boats(`"href":"https://example.org/boats"`)),
		both("many-cells", "more cells than fit in a chunk, with statuses",
			cube(`["x","y"]`, `[60,151]`, `"x":{"label":"X","category":{`+indexes("x", 60)+`}},"y":{"label":"Y","category":{`+indexes("y", 151)+`}}`,
				`"value":[`+repeat(60*151, manyCells)+`],"status":{`+repeat(60, func(i int) string { return `"` + strconv.Itoa(i*151+i) + `":"s` + strconv.Itoa(i%7) + `"` })+`}`)),
		both("many-cells-sparse", "a sparse cube with more entries than fit in a chunk, statuses as an array",
			cube(`["x","y"]`, `[60,151]`, `"x":{"label":"X","category":{`+indexes("x", 60)+`}},"y":{"label":"Y","category":{`+indexes("y", 151)+`}}`,
				`"value":{`+repeat(60*50, func(i int) string { return `"` + strconv.Itoa(i*3) + `":` + manyCells(i) })+`},"status":[`+
					repeat(60*151, func(i int) string { return []string{`null`, `"p"`, `""`}[i%3] })+`]`)),
		both("strings", "texts as values: with dots and commas, quotes, line breaks, like a formula, like a number, empty",
			one(`"index":["a","b","c","d","e","f","g","h","i"]`, 9, `"value":["x.y.z","1,5","say \"no\"","two\nlines","=1+1","12.50",""," padded ","ærfugl €"]`)),
		both("strings-and-numbers", "texts, numbers, booleans and null mixed",
			one(`"index":["a","b","c","d","e","f"]`, 6, `"value":["a",1,true,null,false,2.5]`)),
		both("value-too-deep", "the values of a dataset called value, in a bundle",
			`{"value":{"label":"A dataset called value","dimension":{"id":["d"],"size":[2],"d":{"category":{"index":{"a":0,"b":1}}}},"value":[1,2]}}`),
	}
}

func manyCells(i int) string {
	switch {
	case i%17 == 3:
		return "null"
	case i%5 == 0:
		return strconv.Itoa(i*7919%100000) + "." + strconv.Itoa(1+i%9)
	}
	return strconv.Itoa(i * 31 % 4096)
}

// numbers are the layouts that a number can have.
func numbers() []Document {
	number := func(name, shows string, tokens ...string) Document {
		return both(name, shows, one(indexes("n", len(tokens)), len(tokens), `"value":[`+repeat(len(tokens), func(i int) string { return tokens[i] })+`]`))
	}
	return []Document{
		number("numbers-plain", "whole numbers, decimals and negative numbers",
			"0", "1", "-1", "0.5", "-0.25", "100", "123456789", "3.14159", "0.1", "4294967296", "9007199254740992"),
		number("numbers-layout", "numbers that ECMAScript writes in another layout",
			"-0", "0.0", "-0.0", "1.0", "407.0", "100.50", "1e3", "1E+2", "1e-3", "12e0", "0.000001", "0.0000001", "1e-6", "1e-7", "1e20", "1e21", "1.5e22", "123000000000000000000", "1230000000000000000000", "0e5", "10.00e-1"),
		number("numbers-edges", "the ends of the range of a double",
			"5e-324", "2.2250738585072014e-308", "1.7976931348623157e308", "-1.7976931348623157e+308"),
		number("numbers-long", "more digits than a double holds",
			"9007199254740993", "12345678901234567890", "0.1234567890123456789", "3.14159265358979323846264338327950288", "-100000000000000000000000001"),
		number("numbers-beyond", "beyond the range of a double", "1e400", "-1e999", "123e4567", "1e-400"),
	}
}

// statuses are the forms of statuses.
func statuses() []Document {
	values := `"value":[1,null,3,null]`
	return []Document{
		both("status-none", "no statuses at all", boats(values)),
		both("status-object", "an object of positions", boats(values+`,"status":{"1":":","2":"p"}`)),
		both("status-object-unsorted", "an object of positions in no order", boats(values+`,"status":{"3":"..","1":":","2":"p"}`)),
		both("status-object-empty", "an object of nothing", boats(values+`,"status":{}`)),
		both("status-object-strange-keys", "names that are no positions of the cube", boats(values+`,"status":{"1":":","4":"x","a":"y","-1":"z"}`)),
		both("status-array", "an array as long as the values", boats(values+`,"status":["","a",null,"b"]`)),
		both("status-array-one", "an array of one status holds for all cells (deprecated)", boats(values+`,"status":["p"]`)),
		both("status-array-short", "an array that is too short", boats(values+`,"status":["a","b"]`)),
		both("status-array-empty", "an array of nothing", boats(values+`,"status":[]`)),
		both("status-string", "one string for all cells", boats(values+`,"status":"p"`)),
		both("status-string-empty", "one empty string for all cells", boats(values+`,"status":""`)),
		both("status-null", "null", boats(values+`,"status":null`)),
		both("status-nested", "one level too deep, as Eurostat once wrote it", boats(values+`,"status":{"value":[":","p","",null]}`)),
		both("status-first", "statuses in front of everything, as PxWeb wrote in 1.2",
			`{"dataset":{"status":{"1":":"},"dimension":{"d":{"label":"D","category":{"index":{"a":0,"b":1},"label":{"a":"A","b":"B"}}},"id":["d"],"size":[2]},"value":[1,null]}}`),
		both("status-on-values", "statuses on values as well as on missing cells, with their meanings in the document",
			boats(values+`,"status":{"0":"p","1":":","2":"bep","3":"-"},"extension":{"status":{"label":{"b":"break in time series","e":"estimated","p":"provisional",":":"not available"}}}`)),
		both("status-awkward", "statuses with quotes, separators, escapes and letters beyond ASCII",
			boats(values+`,"status":["a,b","say \"x\"","\u00e6\u00f8\u00e5","=cmd"]`)),
		both("status-many", "more than 256 different statuses",
			one(indexes("c", 300), 300, `"value":[`+repeat(300, strconv.Itoa)+`],"status":[`+repeat(300, func(i int) string { return `"s` + strconv.Itoa(i) + `"` })+`]`)),
		ours("status-numbers", "statuses that are numbers", boats(values+`,"status":{"1":1,"3":2.5}`)),
	}
}
