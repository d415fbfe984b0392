package jsonstat

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// What real documents do, by the numbers of the list that the project was given
// (its part A). This file has container and transport, A01 to A16;
// quirks_dimensions_test.go A18 to A39; quirks_values_test.go A41 to A58.
//
// Elsewhere, since a reader cannot show them: A17 (certificates, moved hosts)
// belongs to the client, pxweb; A40 (cell notes are not in JSON-stat) and A48
// (rounded figures) to the documentation of what to fetch; the output of A27,
// A28, A33, A37 and A47 to convert; the filter syntax of A32 to dice; the
// layout of A39 and A55 to xlsxconv.

const (
	oldDataset = `{"label":"Old","dimension":{"id":["sex"],"size":[2],"role":{"metric":["sex"]},"sex":{"label":"Sex","category":{"index":{"M":0,"F":1}}}},"value":[1,2]}`
	newDataset = `{"version":"2.0","class":"dataset","label":"New","id":["sex"],"size":[2],"dimension":{"sex":{"label":"Sex","category":{"index":["M","F"]}}},"value":[3,4]}`
)

func TestQuirksContainers(t *testing.T) {
	bare := strings.Replace(newDataset, `"version":"2.0","class":"dataset",`, "", 1)
	is := func(class Class, cells string) func(*testing.T, *Document, *Dataset) {
		return func(t *testing.T, doc *Document, ds *Dataset) {
			t.Helper()
			equal(t, "the class", doc.Class(), class)
			equal(t, "the row", row(t, ds), cells)
			equal(t, "the categories", ids(ds.Dimension("sex")), "M F")
		}
	}
	for _, q := range []quirk{
		{name: "A01 bundle", json: `{"first":` + oldDataset + `,"second":` + strings.Replace(oldDataset, "Old", "Older", 1) + `}`,
			check: func(t *testing.T, doc *Document, ds *Dataset) {
				is(ClassBundle, "0=1 1=2")(t, doc, ds)
				equal(t, "the role", ds.Dimension("sex").Role(), Metric)
				equal(t, "the list", slices.Collect(doc.Datasets()), []DatasetInfo{{0, "first", "Old"}, {1, "second", "Older"}})
				for _, name := range []string{"second", "Older", "1"} {
					if ds, err := doc.Find(name); err != nil || ds.Label() != "Older" {
						t.Errorf("Find(%q) gives %v, %v", name, ds, err)
					}
				}
				_, err := doc.Find("secund")
				var unknown *UnknownError
				if !errors.As(err, &unknown) || !errors.Is(err, ErrUnknown) {
					t.Fatalf("Find of an unknown name: %v", err)
				}
				equal(t, "near misses", unknown.Near, []string{"second"})
				if _, err := doc.Dataset(2); !errors.Is(err, ErrUnknown) {
					t.Errorf("Dataset(2): %v", err)
				}
				if again, _ := doc.Dataset(0); again != ds {
					t.Error("asked for again, the dataset is another one")
				}
			}},
		{name: "A01 two datasets of one name", json: `{"dataset":` + oldDataset + `,"dataset":` + marker + oldDataset + `}`,
			check: func(t *testing.T, doc *Document, ds *Dataset) {
				is(ClassBundle, "0=1 1=2")(t, doc, ds)
				equal(t, "the number of datasets", doc.Len(), 2)
			}, warns: []string{"member-repeated /dataset"}, strict: true},
		{name: "A02 bare dataset from before 2.0", json: marker + oldDataset, check: is(ClassDataset, "0=1 1=2"),
			warns: []string{"class-missing"}, strict: true},
		{name: "A03 without class and version", json: marker + bare, check: is(ClassDataset, "0=3 1=4"),
			warns: []string{"class-missing ×2"}, strict: true},
		{name: "A03 without version", json: marker + strings.Replace(newDataset, `"version":"2.0",`, "", 1), check: is(ClassDataset, "0=3 1=4"),
			warns: []string{"class-missing"}, strict: true},
		{name: "A03 without class", json: marker + strings.Replace(newDataset, `"class":"dataset",`, "", 1), check: is(ClassDataset, "0=3 1=4"),
			warns: []string{"class-missing"}, strict: true},
		{name: "A03 class of another case", json: strings.Replace(newDataset, `"class":"dataset"`, `"class":`+marker+`"Dataset"`, 1), check: is(ClassDataset, "0=3 1=4"),
			warns: []string{"class-missing /class"}, strict: true},
		{name: "A03 version as a number", json: strings.Replace(newDataset, `"2.0"`, marker+`2.0`, 1), check: is(ClassDataset, "0=3 1=4"),
			warns: []string{"class-missing /version"}, strict: true},
		{name: "A03 version before 2.0", json: strings.Replace(newDataset, `"2.0"`, marker+`"1.3"`, 1), check: is(ClassDataset, "0=3 1=4"),
			warns: []string{"class-missing /version"}, strict: true},
		{name: "A03 version after 2.0", json: strings.Replace(newDataset, `"2.0"`, `"2.1"`, 1), check: is(ClassDataset, "0=3 1=4")},
		{name: "A04 transitional", json: `{"version":"2.0","class":"dataset","id":["sex"],"size":[2],"role":{},"dimension":{"id":["sex"],"size":[2],"role":{},"sex":{"category":{"index":["M","F"]}}},"value":[3,4]}`,
			check: is(ClassDataset, "0=3 1=4"), warns: []string{"transitional /dimension/id ×3"}},
		{name: "A04 axes among the dimensions of a 2.0 document", json: `{"version":"2.0","class":"dataset","dimension":{"id":` + marker + `["sex"],"size":[2],"sex":{"category":{"index":["M","F"]}}},"value":[3,4]}`,
			check: is(ClassDataset, "0=3 1=4"), warns: []string{"member-misplaced /dimension/id ×2"}, strict: true},
		{name: "A04 dimensions called size and role in 2.0", json: `{"version":"2.0","class":"dataset","id":["size","role"],"size":[1,2],"dimension":{"size":{"category":{"index":["s"]}},"role":{"category":{"index":["M","F"]}}},"value":[3,4]}`,
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				equal(t, "the shape", ds.Shape(), Shape{1, 2})
				equal(t, "the categories", ids(ds.Dimension("role")), "M F")
			}},
		{name: "A05 JSON-RPC", json: `{"jsonrpc":"2.0","id":1,"result":` + marker + newDataset + `}`, check: is(ClassDataset, "0=3 1=4"),
			warns: []string{"envelope /result"}, strict: true},
		{name: "A05 JSON-RPC with an array of one", json: `{"jsonrpc":"2.0","error":null,"result":` + marker + `[` + newDataset + `]}`, check: is(ClassDataset, "0=3 1=4"),
			warns: []string{"envelope /result ×2"}, strict: true},
		{name: "A05 JSON-RPC with a bundle", json: `{"jsonrpc":"2.0","result":` + marker + `{"dataset":` + oldDataset + `}}`, check: is(ClassBundle, "0=1 1=2"),
			warns: []string{"envelope /result"}, strict: true},
		{name: "A05 array of one", json: `[` + marker + newDataset + `]`, check: is(ClassDataset, "0=3 1=4"),
			warns: []string{"envelope /0"}, strict: true},
		{name: "A06 items without class", json: `{"version":"2.0","class":"collection","link":{"item":[` + marker + bare + `,{"href":"https://example.org/b"}]}}`,
			check: is(ClassCollection, "0=3 1=4"), warns: []string{"class-missing /link/item/0"}, strict: true},
		{name: "A06 collection without class", json: marker + `{"link":{"item":[` + newDataset + `]}}`,
			check: is(ClassCollection, "0=3 1=4"), warns: []string{"class-missing ×2"}, strict: true},
		{name: "A07 nested collections, items with and without href", json: `{"version":"2.0","class":"collection","link":{"item":[
			{"class":"dataset","href":"https://example.org/far","label":"Far"},
			{"class":"collection","label":"Inner","link":{"item":[` + newDataset + `]}},
			` + strings.Replace(newDataset, `"label":"New"`, `"label":"Newer","href":"https://example.org/newer"`, 1) + `,
			{"class":"dimension","category":{"index":["a"]}}]}}`,
			check: func(t *testing.T, doc *Document, ds *Dataset) {
				is(ClassCollection, "0=3 1=4")(t, doc, ds)
				equal(t, "the list", slices.Collect(doc.Datasets()), []DatasetInfo{{0, "", "New"}, {1, "https://example.org/newer", "Newer"}})
				equal(t, "what is only named", doc.References(), []Reference{{ClassDataset, "https://example.org/far", "Far"}})
				if ds, err := doc.Find("https://example.org/newer"); err != nil || ds.Label() != "Newer" {
					t.Errorf("Find by address gives %v, %v", ds, err)
				}
			}},
		{name: "A07 too deep", json: strings.Repeat(`{"version":"2.0","class":"collection","link":{"item":[`+newDataset+`,`, 18) + newDataset + strings.Repeat(`]}}`, 18),
			check: func(t *testing.T, doc *Document, _ *Dataset) { equal(t, "the number of datasets", doc.Len(), 17) },
			warns: []string{"depth " + strings.Repeat("/link/item/1", 17)}},
	} {
		t.Run(q.name, q.run)
	}
}

func TestQuirksWithoutDatasets(t *testing.T) {
	t.Run("A07 references only", func(t *testing.T) {
		text, at := unmark(`{"version":"2.0","class":"collection","link":` + marker + `{"item":[{"class":"dataset","href":"https://example.org/a","label":"A"},{"href":"https://example.org/b"}]}}`)
		doc, err := Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "the references", doc.References(), []Reference{{ClassDataset, "https://example.org/a", "A"}, {"", "https://example.org/b", ""}})
		_, err = doc.Dataset(0)
		wantError(t, err, ErrNoData, at, "/link", "only refers to some", "fetch one of: https://example.org/a, https://example.org/b")
		_, err = doc.Find("A")
		wantError(t, err, ErrNoData, at, "/link")
	})
	t.Run("A07 nothing in it", func(t *testing.T) {
		doc, err := Parse([]byte(`{"version":"2.0","class":"collection","link":{"item":[]}}`))
		if err != nil {
			t.Fatal(err)
		}
		_, err = doc.Dataset(0)
		wantError(t, err, ErrNoData, place{0, 1, 1, true}, "", "holds no dataset")
	})
	t.Run("A08 dimension document", func(t *testing.T) {
		doc, err := Options{Strict: true}.Parse([]byte(`{"version":"2.0","class":"dimension","label":"sex","category":{"index":["T","M"],"label":{"T":"total","M":"male"}}}`))
		if err != nil {
			t.Fatal(err)
		}
		dim, err := doc.Dimension()
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "the id", dim.ID(), "sex")
		equal(t, "the categories", ids(dim)+": "+labels(dim), "T M: total|male")
		if _, err := doc.Dataset(0); !errors.Is(err, ErrNoData) {
			t.Errorf("Dataset(0): %v", err)
		}
	})
	t.Run("A08 dimension document by its shape", func(t *testing.T) {
		doc, err := Parse([]byte(`{"id":"kjonn","label":"kjønn","category":{"index":["1","2"]}}`))
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "the warnings", warnings(doc), []string{"class-missing ×2"})
		dim, err := doc.Dimension()
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "the id", dim.ID(), "kjonn")
	})
	t.Run("A08 another class has no dimension of its own", func(t *testing.T) {
		doc, _ := parse(t, Options{}, newDataset)
		_, err := doc.Dimension()
		wantError(t, err, ErrNotJSONStat, place{0, 1, 1, true}, "", "is a dataset, not a dimension")
	})
	t.Run("A09 a dimension elsewhere", func(t *testing.T) {
		text, at := unmark(`{"version":"2.0","class":"dataset","id":["sex"],"size":[2],"dimension":{"sex":` + marker + `{"href":"https://example.org/sex"}},"value":[1,2]}`)
		wantError(t, readAll(Options{}, text), ErrNoData, at, "/dimension/sex", "https://example.org/sex", "fetch")
	})
}

func TestQuirksServers(t *testing.T) {
	for _, c := range []struct {
		name, text string
		status     int
		message    string
		page       string
	}{
		{"A10 Eurostat", `{"error":[{"status":413,"id":413,"label":"EXTRACTION_TOO_BIG: The requested extraction is too big"}]}`, 413, "EXTRACTION_TOO_BIG: The requested extraction is too big", ""},
		{"A10 several errors", `{"version":"2.0","class":"error","error":[{"status":"400","label":"Bad region"},{"status":"404","label":"No such year."}]}`, 400, "Bad region: No such year.", ""},
		{"A10 a dataset of errors", `{"version":"2.0","class":"dataset","error":[{"label":"none of that"}]}`, 0, "none of that", ""},
		{"A10 a collection of errors", `{"version":"2.0","class":"collection","error":[{"label":"none of that"}]}`, 0, "none of that", ""},
		{"A10 a dimension of errors", `{"version":"2.0","class":"dimension","error":[{"label":"none of that"}]}`, 0, "none of that", ""},
		{"A10 problem object", `{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.5","title":"Not Found","status":404,"detail":"Table 99999 not found","traceId":"00-1"}`, 404, "Not Found: Table 99999 not found", ""},
		{"A10 problem object of PxWebApi 2", `{"type":"Parameter error","title":"Non-existent value","status":400}`, 400, "Non-existent value", ""},
		{"A10 problem object without title", `{"type":"about:blank","status":503,"detail":"Try later"}`, 503, "Try later", ""},
		{"A10 ASP.NET", `{"type":"x","title":"One or more validation errors occurred.","status":400,"errors":{"lang":["The value 'xx' is not valid."],"id":["The id field is required."]},"traceId":"y"}`, 400,
			"One or more validation errors occurred: lang: The value 'xx' is not valid: The id field is required.", ""},
		{"A10 PxWeb", `{"error":"Parameter error"}`, 0, "Parameter error", ""},
		{"A10 PxWeb, too often", `{"error":"429 - Too many requests in too short timeframe. Please try again later."}`, 0, "429 - Too many requests in too short timeframe. Please try again later.", ""},
		{"A10 JSON-RPC", `{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params","data":["matrix"]},"id":1}`, 0, "Invalid params: matrix", ""},
		{"A10 JSON-RPC with a text", `{"jsonrpc":"2.0","error":"Invalid request","id":1}`, 0, "Invalid request", ""},
		{"A10 message", `{"message":"Forbidden"}`, 0, "Forbidden", ""},
		{"A10 Message", `{"Message":"An error has occurred."}`, 0, "An error has occurred.", ""},
		{"A10 errors as a list", `{"errors":[{"code":"404","message":"Unknown table"}]}`, 404, "Unknown table", ""},
		{"A10 markup in the words", `{"error":"Too <b>many</b>\n values &amp; cells"}`, 0, "Too many values & cells", ""},
		{"A10 an error without words", `{"error":[]}`, 0, `{"error":[]}`, ""},
		{"A11 page with a title", "<!DOCTYPE html>\n<html lang=\"en\"><head>\n<style>p { color: red }</style><script>var a = '<p>';</script><title>503 Service\n Unavailable</title></head><body>\n<h1>503 Service Unavailable</h1><p>The table is being updated, come back at 08:00.</p></body></html>",
			503, "503 Service Unavailable: The table is being updated, come back at 08:00.", "a web page"},
		{"A11 page without a title", "  \n<html><body><!-- none --><p>Bad&nbsp;Request</p></body></html>", 0, "Bad Request", "a web page"},
		{"A11 page without a word", "<html></html>", 0, "it is empty", "a web page"},
		{"A11 page in Latin-1", "<html><title>Foresp\xf8rselen er for stor</title></html>", 0, "Forespørselen er for stor", "a web page"},
		{"A11 XML", `<?xml version="1.0"?><Error><Message>Access denied</Message></Error>`, 0, "Access denied", "XML"},
		{"A11 XHTML", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Maintenance</title></head></html>`, 0, "Maintenance", "a web page"},
		{"A11 page behind a byte order mark", bomUTF8 + `<html><title>Sorry</title></html>`, 0, "Sorry", "a web page"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse([]byte(c.text))
			var e *ServerError
			if !errors.As(err, &e) {
				t.Fatalf("the error is a %T: %v", err, err)
			}
			equal(t, "the status", e.Status, c.status)
			equal(t, "the message", e.Message, c.message)
			equal(t, "the kind of page", e.Page, c.page)
			if !strings.Contains(err.Error(), c.message) || strings.ContainsAny(err.Error(), "\n\t") {
				t.Errorf("the error reads %q", err)
			}
		})
	}
	t.Run("A11 page saved as .json", func(t *testing.T) {
		name := t.TempDir() + "/table.json"
		writeFile(t, name, "<html><title>Table not found</title></html>")
		_, err := Open(name)
		var e *ServerError
		if !errors.As(err, &e) || e.Message != "Table not found" {
			t.Errorf("the error is %v", err)
		}
	})
	t.Run("A11 a line of text", func(t *testing.T) {
		for text, want := range map[string]string{
			"Bad Request":           `it starts with "Bad Request"`,
			"429 Too many\nsecond":  `it starts with "429 Too many"`,
			"\n  Not found":         `it starts with "Not found"`,
			"Foresp\xf8rselen feil": `it starts with "Forespørselen feil"`,
			"PK\x03\x04\x14\x00":    `it starts with "PK"`,
		} {
			_, err := Parse([]byte(text))
			if !errors.Is(err, ErrSyntax) || !strings.Contains(err.Error(), want) {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
	t.Run("A11 JSON that is something else", func(t *testing.T) {
		for text, want := range map[string]string{
			`"Bad Request"`:                    `the document is the string "Bad Request"`,
			`null`:                             "the document is null",
			`[]`:                               "the document is an array",
			`[` + newDataset + `,{}]`:          "the document is an array",
			`{}`:                               "no dimensions and no values",
			`{"class":"table","columns":[]}`:   `class "table" is not known`,
			`{"jsonrpc":"2.0","id":1}`:         "the JSON-RPC response has no result",
			`{"type":"FeatureCollection"}`:     "JSON but not JSON-stat",
			`{"columns":[],"data":[{"a":[]}]}`: "JSON but not JSON-stat",
		} {
			_, err := Parse([]byte(text))
			if !errors.Is(err, ErrNotJSONStat) || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", text, err)
			}
		}
	})
}

func TestQuirksTransport(t *testing.T) {
	for text, form := range map[string]string{"": "empty", " \n\t ": "white space", bomUTF8: "a byte order mark"} {
		t.Run("A12 empty input: "+form, func(t *testing.T) {
			_, err := Parse([]byte(text))
			wantError(t, err, ErrSyntax, place{}, "", "the input is empty")
		})
	}
	t.Run("A13 UTF-8 byte order mark", func(t *testing.T) {
		_, ds := parse(t, Options{Strict: true}, bomUTF8+newDataset)
		equal(t, "the row", row(t, ds), "0=3 1=4")
		text, at := unmark(bomUTF8 + "{\n\"version\":" + marker + "x}")
		_, err := Parse([]byte(text))
		wantError(t, err, ErrSyntax, at, "/version")
	})
	for name, order := range map[string][2]int{"big": {8, 0}, "little": {0, 8}} {
		for _, mark := range []string{"\ufeff", ""} {
			t.Run("A13 UTF-16 "+name+" endian", func(t *testing.T) {
				var text []byte
				for _, u := range utf16.Encode([]rune(mark + strings.Replace(newDataset, "Sex", "Kjønn 🚀", 1))) {
					text = append(text, byte(u>>order[0]), byte(u>>order[1]))
				}
				_, ds := parse(t, Options{Strict: true}, string(text))
				equal(t, "the label", ds.Dimension("sex").Label(), "Kjønn 🚀")
				equal(t, "the row", row(t, ds), "0=3 1=4")
			})
		}
	}
	t.Run("A14 Latin-1", func(t *testing.T) {
		text, at := unmark(strings.Replace(newDataset, `"label":"Sex"`, "\n\"label\":\"Kj"+marker+"\xf8nn\"", 1))
		_, err := Parse([]byte(text))
		wantError(t, err, ErrEncoding, at, "/dimension/sex/label", "byte 0xf8 is not UTF-8")
		wantError(t, err, ErrSyntax, at, "/dimension/sex/label")
		for _, encoding := range []string{"iso-8859-1", "Latin1", "windows-1252", "CP1252", "iso-8859-15"} {
			_, ds := parse(t, Options{Encoding: encoding}, text)
			equal(t, "the label in "+encoding, ds.Dimension("sex").Label(), "Kjønn")
		}
		if _, err := (Options{Encoding: "ebcdic"}).Parse([]byte(text)); !errors.Is(err, ErrEncodingName) || !strings.Contains(err.Error(), `unknown encoding "ebcdic"`) {
			t.Errorf("an unknown encoding: %v", err)
		}
	})
	t.Run("A15 gzip", func(t *testing.T) {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		if _, err := io.WriteString(w, newDataset); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		_, ds := parse(t, Options{Strict: true}, packed.String())
		equal(t, "the row", row(t, ds), "0=3 1=4")
		for _, n := range []int{3, 11, packed.Len() / 2, packed.Len() - 1} {
			if err := readAll(Options{}, packed.String()[:n]); err == nil || !strings.Contains(err.Error(), "gzip") {
				t.Errorf("cut off at byte %d of %d: %v", n, packed.Len(), err)
			}
		}
		bad := packed.Bytes()
		bad[len(bad)/2] ^= 0x10
		if err := readAll(Options{}, string(bad)); err == nil {
			t.Error("a changed bit is not noticed")
		}
	})
	t.Run("A15 truncated", func(t *testing.T) {
		for n := 1; n < len(newDataset); n++ {
			_, err := Parse([]byte(newDataset[:n]))
			if !errors.Is(err, ErrSyntax) || !strings.Contains(err.Error(), "cut off") {
				t.Fatalf("cut off at byte %d: %v", n, err)
			}
		}
	})
	t.Run("A16 NaN and Infinity", func(t *testing.T) {
		for _, token := range []string{"NaN", "Infinity", "-Infinity"} {
			text, at := unmark(strings.Replace(newDataset, "[3,4]", "[3,\n"+marker+token+"]", 1))
			_, err := Parse([]byte(text))
			wantError(t, err, ErrNaN, at, "/value/1", "not JSON")
			wantError(t, err, ErrSyntax, at, "/value/1")
			_, ds := parse(t, Options{NaNAsNull: true}, text)
			equal(t, "the row with "+token, row(t, ds), "0=3 1=null")
		}
	})
}
