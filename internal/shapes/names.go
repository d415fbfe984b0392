package shapes

import "strings"

// names are awkward ids and labels.
func names() []Document {
	pair := func(id, label string) string {
		return cube(`["d",`+id+`]`, `[2,2]`, `"d":{"label":"D","category":{"index":["a","b"],"label":{"a":"A","b":"B"}}},`+id+`:{"label":`+label+`,"category":{"index":["x","y"],"label":{"x":"X","y":"Y"}}}`, `"value":[1,null,3,4],"status":{"1":":"}`)
	}
	long := func(letter string) string { return strings.Repeat(letter, 10_000) }
	return []Document{
		both("dimension-value", "a dimension called value", pair(`"value"`, `"Value label"`)),
		ours("dimension-Value", "a dimension with the label Value, which is also what the value column is called", pair(`"v"`, `"Value"`)),
		both("dimension-status", "a dimension called status", pair(`"status"`, `"Status label"`)),
		both("dimension-Status", "a dimension with the label Status, like the status column", pair(`"s"`, `"Status"`)),
		both("dimension-id", "a dimension called id in 2.0", pair(`"id"`, `"Identity"`)),
		both("dimension-size", "a dimension called size in 2.0", pair(`"size"`, `"Size of farm"`)),
		both("dimension-role", "a dimension called role in 2.0", pair(`"role"`, `"Role in family"`)),
		both("dimension-ID", "dimensions that differ from id and size in case only", cube(`["ID","Size"]`, `[1,2]`, `"ID":{"category":{"index":["x"]}},"Size":{"category":{"index":["s","l"]}}`, `"value":[1,2]`)),
		both("dimension-empty-id", "a dimension whose id is empty", pair(`""`, `"Nameless"`)),
		both("dimension-js-names", "names that JavaScript objects have of themselves", cube(`["constructor","toString"]`, `[2,2]`, `"constructor":{"category":{"index":["valueOf","hasOwnProperty"]}},"toString":{"category":{"index":["length","name"]}}`, `"value":[1,2,3,4]`)),
		both("dimension-proto", "a dimension and a category called __proto__", cube(`["__proto__"]`, `[2]`, `"__proto__":{"category":{"index":["__proto__","x"]}}`, `"value":[1,2]`)),
		both("category-is-dimension", "category ids that are ids of dimensions",
			cube(`["a","b"]`, `[2,2]`, `"a":{"label":"A","category":{"index":["b","value"],"label":{"b":"B","value":"Value"}}},"b":{"label":"B","category":{"index":["a","status"],"label":{"a":"A","status":"Status"}}}`, `"value":[1,2,3,4]`)),
		both("ids-separators", "ids and labels with all that CSV may separate with",
			cube(`["a,b","c;d"]`, `[3,2]`, `"a,b":{"label":"one,two;three","category":{"index":["p,q","r;s","t\tu"],"label":{"p,q":"P, Q","r;s":"R; S","t\tu":"T\tU"}}},"c;d":{"label":"x|y","category":{"index":["=1","/"],"label":{"=1":"a=b","/":"c/d"}}}`, `"value":[1,2,3,4,5,6]`)),
		both("ids-quotes", "ids and labels with quotes and backslashes",
			cube(`["\"q\""]`, `[3]`, `"\"q\"":{"label":"the \"Q\"","category":{"index":["\"","a\"b","\\"],"label":{"\"":"\"","a\"b":"a \"b\" c, d","\\":"back\\slash"}}}`, `"value":[1,2,3]`)),
		both("ids-newlines", "ids and labels with line breaks and other control characters",
			cube(`["line\nbreak"]`, `[3]`, `"line\nbreak":{"label":"two\nlines","category":{"index":["a\nb","c\r\nd","e\u0001f"],"label":{"a\nb":"A\nB","c\r\nd":"C\r\nD, E","e\u0001f":"bell\u0007"}}}`, `"value":[1,2,3]`)),
		both("ids-spaces", "ids and labels with blanks around and within, and of blanks alone",
			cube(`[" d "]`, `[4]`, `" d ":{"label":"  padded  ","category":{"index":[" ","a b"," c","d "],"label":{" ":" ","a b":" A  B ","\u00a0":"nobody's"}}}`, `"value":[1,2,3,4]`)),
		both("ids-unicode", "ids and labels beyond ASCII, written out and as escapes",
			cube(`["bevægelse","\u00e5r"]`, `[3,2]`, `"bev\u00e6gelse":{"label":"Bevægelse","category":{"index":["Ærø","\u65e5\u672c","\ud83d\ude80"],"label":{"Ærø":"Ærø","日本":"日本語","🚀":"rocket \ud83d\ude80"}}},"år":{"label":"år","category":{"index":["e\u0301","é"],"label":{"é":"composed","e\u0301":"decomposed"}}}`, `"value":[1,2,3,4,5,6]`)),
		both("ids-rtl", "labels that run from right to left, with marks", one(`"index":["a","b"],"label":{"a":"שלום","b":"\u200fمرحبا\u200e"}`, 2, `"value":[1,2]`)),
		both("ids-half-surrogates", "escapes that are no characters", one(`"index":["a","b"],"label":{"a":"\ud800","b":"x\udc00y"}`, 2, `"value":[1,2]`)),
		both("ids-symbols", "category ids that are symbols: -, .., an empty one", one(`"index":["-","..","","*"],"label":{"-":"All","..":"Missing","":"Empty","*":"Any"}`, 4, `"value":[1,2,3,4]`)),
		both("ids-formulas", "labels that a spreadsheet would run", one(`"index":["=1+1","+1","-1","@x","a"],"label":{"=1+1":"=1+1","+1":"+cmd","-1":"-2+3","@x":"@SUM(A1)","a":"\t=1"}`, 5, `"value":[1,-2,3,4,5]`)),
		both("ids-long", "an id and a label of ten thousand letters", one(`"index":["`+long("i")+`","b"],"label":{"`+long("i")+`":"`+long("l")+`","b":"B"}`, 2, `"value":[1,2]`)),
		both("ids-html", "markup and references in labels", one(`"index":["a","b"],"label":{"a":"<b>bold</b><br/>","b":"A &amp; B &#229;"}`, 2, `"value":[1,2]`)),
	}
}
