package jsonstat

import (
	"errors"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/charset"
)

// TestLongPage: of a page that is long only the start is looked at, wherever that
// cuts a character in two, and little of it is repeated.
func TestLongPage(t *testing.T) {
	for pad := range 5 {
		page := "<html><title>Så mye</title><body>" + strings.Repeat("x", pad) + strings.Repeat("日本🚀", 10_000)
		_, err := Parse([]byte(page))
		var e *ServerError
		if !errors.As(err, &e) {
			t.Fatalf("the error is a %T: %v", err, err)
		}
		if !strings.HasPrefix(e.Message, "Så mye: "+strings.Repeat("x", pad)+"日本🚀日本") || len(e.Message) > maxServerWords+len("…") || !strings.HasSuffix(e.Message, "…") {
			t.Errorf("the message is %q", e.Message)
		}
	}
}

// TestPageEncoding: pages have encodings of their own.
func TestPageEncoding(t *testing.T) {
	for text, want := range map[string]string{
		"<p>Gr\xf8nland \x96 \x80 5</p>":                                    "Grønland – € 5",
		"<p>Grønland – € 5</p>":                                             "Grønland – € 5",
		charset.MarkUTF16BE + "\x00<\x00p\x00>\x01\x7f\x00<\x00/\x00p\x00>": "ſ",
	} {
		_, err := Parse([]byte(text))
		var e *ServerError
		if !errors.As(err, &e) || e.Message != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestNoData(t *testing.T) {
	item := `{"class":"dataset","label":"x"}`
	href := func(k string) string { return `{"class":"dataset","href":"https://example.org/` + k + `"}` }
	for items, want := range map[string]string{
		item:                   "only names some, without their addresses",
		item + "," + href("a"): "fetch one of: https://example.org/a",
		href("a") + "," + href("b") + "," + href("c") + "," + href("d") + "," + href("e") + "," + href("f") + "," + href("g"): "https://example.org/e and 2 more",
		`"x",` + href("a"): "fetch one of: https://example.org/a",
	} {
		doc, err := Parse([]byte(`{"version":"2.0","class":"collection","link":{"item":[` + items + `]}}`))
		if err != nil {
			t.Fatal(err)
		}
		_, err = doc.Dataset(0)
		wantError(t, err, ErrNoData, place{}, "/link", want)
	}
}

// TestLinks reads links of all forms.
func TestLinks(t *testing.T) {
	doc, ds := parse(t, Options{}, cells(`"link":{"related":[{"type":"text/html","href":"h","label":"l","class":"dataset","odd":[1.0],"extension":{"a":1}},"text"],"alternate":{"href":"one"},"none":null},"value":[1,2,3,4]`))
	links := ds.Links()
	equal(t, "the number of links", len(links), 3)
	l := links[0]
	equal(t, "a link", []any{l.Rel, l.Href, l.Type, l.Class, l.Label, string(l.Extension)}, []any{"related", "h", "text/html", ClassDataset, "l", `{"a":1}`})
	equal(t, "all of it", string(l.Raw), `{"type":"text/html","href":"h","label":"l","class":"dataset","odd":[1.0],"extension":{"a":1}}`)
	equal(t, "one without its array", []string{links[2].Rel, links[2].Href}, []string{"alternate", "one"})
	equal(t, "the warnings", warnings(doc), []string{"member-type /link/related/1 ×3"})
}

// TestManyNames: messages name some, not all.
func TestManyNames(t *testing.T) {
	dims := `"d0":{}`
	for _, k := range strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12") {
		dims += `,"d` + k + `":{}`
	}
	err := readAll(Options{}, `{"version":"2.0","class":"dataset","id":["x"],"size":[1],"dimension":{`+dims+`},"value":[1]}`)
	wantError(t, err, ErrNotJSONStat, place{}, "/id/0", `"d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9", …`)
}
