package shapes

import "strings"

// containers are what datasets come in.
func containers() []Document {
	const (
		old    = `{"label":"Old","dimension":{"id":["d"],"size":[2],"role":{"time":["d"]},"d":{"label":"D","category":{"index":{"a":0,"b":1},"label":{"a":"A","b":"B"}}}},"value":[1,2]}`
		modern = `{"version":"2.0","class":"dataset","href":"https://example.org/new","label":"New","id":["d"],"size":[2],"dimension":{"d":{"label":"D","category":{"index":["a","b"]}}},"value":[3,4]}`
	)
	bare := strings.Replace(strings.Replace(modern, `"version":"2.0",`, "", 1), `"class":"dataset",`, "", 1)
	many := func(n int, reference bool, name, shows, json string) Document {
		return Document{Name: name, Shows: shows, JSON: json, Datasets: n, Reference: reference}
	}
	return []Document{
		many(1, true, "bundle", "a dataset from before 2.0 in its bundle", `{"dataset":`+old+`}`),
		many(2, true, "bundle-two", "a bundle of two datasets", `{"first":`+old+`,"second":`+strings.Replace(old, "Old", "Older", 1)+`}`),
		many(1, false, "bare-before-20", "a dataset from before 2.0 without a bundle", old),
		many(1, true, "transitional", "id, size and role both where they were before 2.0 and where they are now",
			`{"version":"2.0","class":"dataset","label":"Both","id":["d"],"size":[2],"role":{"time":["d"]},"dimension":{"id":["d"],"size":[2],"role":{"time":["d"]},"d":{"label":"D","category":{"index":["a","b"]}}},"value":[1,2]}`),
		many(1, false, "before-20-dimension-size", "a dimension called size before 2.0, where the sizes are called so too",
			`{"dataset":{"dimension":{"id":["size","role"],"size":[2,1],"size":{"label":"Size","category":{"index":{"s":0,"l":1}}},"role":{"label":"Role","category":{"index":{"r":0}}}},"value":[1,2]}}`),
		many(1, false, "before-20-dimension-id", "a dimension called id before 2.0, in front of the list of the ids",
			`{"dataset":{"dimension":{"id":{"label":"Identity","category":{"index":{"s":0,"l":1}}},"id":["id"],"size":[2]},"value":[1,2]}}`),
		many(1, false, "without-class", "neither class nor version", bare),
		many(1, true, "without-version", "a class and no version", strings.Replace(modern, `"version":"2.0",`, "", 1)),
		many(1, false, "json-rpc", "a dataset in a JSON-RPC response", `{"jsonrpc":"2.0","result":`+modern+`,"id":1}`),
		many(1, false, "json-rpc-array", "a dataset in an array in a JSON-RPC response", `{"jsonrpc":"2.0","id":null,"result":[`+modern+`]}`),
		many(1, true, "array-of-one", "a dataset in an array", `[`+modern+`]`),
		many(2, true, "collection", "a collection of two embedded datasets", `{"version":"2.0","class":"collection","label":"Both","link":{"item":[`+modern+`,`+strings.ReplaceAll(modern, "/new", "/newer")+`]}}`),
		many(2, true, "collection-mixed", "a collection that embeds, refers, nests and holds a dimension",
			`{"version":"2.0","class":"collection","label":"Mixed","link":{"item":[{"class":"dataset","href":"https://example.org/elsewhere","label":"Elsewhere"},`+modern+`,{"class":"collection","label":"Inner","link":{"item":[`+bare+`]}},{"class":"dimension","label":"D","category":{"index":["a"]}},{"type":"text/html","href":"https://example.org/page"}]}}`),
		many(1, false, "collection-without-class", "items of a collection without their class",
			`{"version":"2.0","class":"collection","link":{"item":[`+bare+`,{"href":"https://example.org/elsewhere"}]}}`),
		many(0, false, "collection-references", "a collection that only refers", `{"version":"2.0","class":"collection","link":{"item":[{"class":"dataset","href":"https://example.org/a","label":"A"},{"class":"dataset","href":"https://example.org/b"}]}}`),
		many(0, false, "collection-empty", "a collection of nothing", `{"version":"2.0","class":"collection","link":{"item":[]}}`),
		many(0, false, "dimension-document", "a dimension on its own", `{"version":"2.0","class":"dimension","label":"sex","category":{"index":["T","M","F"],"label":{"T":"total","M":"male","F":"female"}}}`),
		many(1, false, "measure", "the values are called measure, as in drafts", `{"dataset":`+strings.Replace(old, `"value"`, `"measure"`, 1)+`}`),
		many(1, true, "repeated-members", "members that stand twice, the last one of which counts",
			`{"version":"2.0","class":"dataset","label":"First","label":"Last","id":["d"],"size":[9],"size":[2],"dimension":{"d":{"label":"Old","label":"D","category":{"index":["x"],"index":["a","b"],"label":{"a":"no","a":"A"}}}},"value":[1,2]}`),
		many(1, false, "byte-order-mark", "a byte order mark in front", "\ufeff"+modern),
		many(1, true, "embedded-in-link", "a dataset that embeds another one in its links",
			strings.Replace(modern, `"label":"New"`, `"label":"New","link":{"related":[`+bare+`]}`, 1)),
	}
}
