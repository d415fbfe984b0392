package jsonstat

import (
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"testing"
)

func ExampleParseIdentifiers() {
	text := "urn:ssb:classification:klass:131 urn:ssb:conceptvariable:vardok:1743"
	for _, u := range ParseIdentifiers(text) {
		fmt.Println(u)
		fmt.Println(" ", u.Scheme(), u.ID())
		fmt.Println(" ", u.PageURL("en"))
		fmt.Println(" ", u.APIURL("en"))
	}
	// Output:
	// urn:ssb:classification:klass:131
	//   klass 131
	//   https://www.ssb.no/en/klass/klassifikasjoner/131
	//   https://data.ssb.no/api/klass/v1/classifications/131?language=en
	// urn:ssb:conceptvariable:vardok:1743
	//   vardok 1743
	//   https://www.ssb.no/a/metadata/conceptvariable/vardok/1743/en
	//   https://www.ssb.no/a/xml/metadata/conceptvariable/vardok/1743/en
}

func TestParseIdentifiers(t *testing.T) {
	const (
		klass   = "urn:ssb:classification:klass:131"
		vardok  = "urn:ssb:conceptvariable:vardok:1"
		context = "urn:ssb:contextvariable:common:116b3024-0ab0-4c7c-bf0a-973f61912516:127362:KOSbelop0000"
	)
	// Each wanted identifier is written as scheme, ID and text.
	tests := []struct {
		name, text string
		want       []string
	}{
		{"empty", "", nil},
		{"blanks and commas alone", " ,\t, ", nil},
		{"klass", klass, []string{"klass|131|" + klass}},
		{"vardok", vardok, []string{"vardok|1|" + vardok}},
		{"context variable", context, []string{"contextvariable|" + strings.TrimPrefix(context, "urn:ssb:contextvariable:common:") + "|" + context}},
		{"kortnavn", "KORTNAVN:regsys", []string{"kortnavn|regsys|KORTNAVN:regsys"}},
		{"blanks around", " \n" + klass + "\u00a0", []string{"klass|131|" + klass}},
		{"urn in upper case", "URN:SSB:Classification:KLASS:6", []string{"klass|6|URN:SSB:Classification:KLASS:6"}},
		{"kortnavn in lower case keeps its id", "kortnavn:RegSys", []string{"kortnavn|RegSys|kortnavn:RegSys"}},

		{"two parted by a blank", klass + " " + vardok, []string{"klass|131|" + klass, "vardok|1|" + vardok}},
		{"two parted by a comma", klass + "," + vardok, []string{"klass|131|" + klass, "vardok|1|" + vardok}},
		{"blanks and commas mixed", klass + " ," + vardok + ",, KORTNAVN:kpi ,", []string{"klass|131|" + klass, "vardok|1|" + vardok, "kortnavn|kpi|KORTNAVN:kpi"}},
		{"the same twice", klass + " " + klass, []string{"klass|131|" + klass, "klass|131|" + klass}},

		{"free text", "SCALE-TYPE=nominal", []string{"||SCALE-TYPE=nominal"}},
		{"free text with blanks and commas", "Age,  in full years", []string{"||Age,  in full years"}},
		{"free text with an address", "see https://example.org/a for more", []string{"||see https://example.org/a for more"}},
		{"other urn", "urn:isbn:9788253708319", []string{"||urn:isbn:9788253708319"}},
		{"other urns", "urn:a:b, urn:c:d", []string{"||urn:a:b", "||urn:c:d"}},
		{"addresses", "https://example.org/a http://example.org/b", []string{"||https://example.org/a", "||http://example.org/b"}},
		{"addresses parted by a comma", "https://example.org/a,https://example.org/b", []string{"||https://example.org/a", "||https://example.org/b"}},
		{"address with a comma", "https://example.org/a,b", []string{"||https://example.org/a,b"}},
		{"address with a comma beside a known one", klass + " https://example.org/a,b", []string{"klass|131|" + klass, "||https://example.org/a,b"}},
		{"words before a known one", "SCALE-TYPE=nominal " + klass, []string{"||SCALE-TYPE=nominal", "klass|131|" + klass}},
		{"words around known ones", "by region,  or so, " + klass + " and by sex " + vardok, []string{"||by region,  or so", "klass|131|" + klass, "||and by sex", "vardok|1|" + vardok}},
		{"words after a comma", klass + ",nominal scale", []string{"klass|131|" + klass, "||nominal scale"}},

		{"klass that is no number", "urn:ssb:classification:klass:x", []string{"||urn:ssb:classification:klass:x"}},
		{"klass without a number", "urn:ssb:classification:klass:", []string{"||urn:ssb:classification:klass:"}},
		{"vardok with a path", "urn:ssb:conceptvariable:vardok:1/2", []string{"||urn:ssb:conceptvariable:vardok:1/2"}},
		{"context variable with too few parts", "urn:ssb:contextvariable:common:a:1", []string{"||urn:ssb:contextvariable:common:a:1"}},
		{"context variable with an empty part", "urn:ssb:contextvariable:common:a::c", []string{"||urn:ssb:contextvariable:common:a::c"}},
		{"kortnavn without a name", "KORTNAVN:", []string{"||KORTNAVN:"}},
		{"kortnavn that climbs", "KORTNAVN:..", []string{"||KORTNAVN:.."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, u := range ParseIdentifiers(tt.text) {
				got = append(got, fmt.Sprintf("%s|%s|%s", u.Scheme(), u.ID(), u))
				if u.Key() != "" || u.Category != "" {
					t.Errorf("%s: key %q, category %q, want none", u, u.Key(), u.Category)
				}
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("ParseIdentifiers(%q)\n got %q\nwant %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestIdentifierURLs(t *testing.T) {
	tests := []struct {
		name, text, lang string
		page, api, about string
	}{
		{name: "klass nb", text: "urn:ssb:classification:klass:131", lang: "nb",
			page: "https://www.ssb.no/klass/klassifikasjoner/131",
			api:  "https://data.ssb.no/api/klass/v1/classifications/131?language=nb"},
		{name: "klass nn", text: "urn:ssb:classification:klass:131", lang: "nn",
			page: "https://www.ssb.no/klass/klassifikasjoner/131",
			api:  "https://data.ssb.no/api/klass/v1/classifications/131?language=nn"},
		{name: "klass en", text: "URN:SSB:CLASSIFICATION:KLASS:131", lang: "en",
			page: "https://www.ssb.no/en/klass/klassifikasjoner/131",
			api:  "https://data.ssb.no/api/klass/v1/classifications/131?language=en"},
		{name: "klass no", text: "urn:ssb:classification:klass:131", lang: "no",
			page: "https://www.ssb.no/klass/klassifikasjoner/131",
			api:  "https://data.ssb.no/api/klass/v1/classifications/131?language=nb"},
		{name: "klass without a language", text: "urn:ssb:classification:klass:131",
			page: "https://www.ssb.no/klass/klassifikasjoner/131",
			api:  "https://data.ssb.no/api/klass/v1/classifications/131"},

		{name: "vardok nb", text: "urn:ssb:conceptvariable:vardok:1743", lang: "nb",
			page: "https://www.ssb.no/a/metadata/conceptvariable/vardok/1743/nb",
			api:  "https://www.ssb.no/a/xml/metadata/conceptvariable/vardok/1743/nb"},
		{name: "vardok nn", text: "urn:ssb:conceptvariable:vardok:1743", lang: "nn",
			page: "https://www.ssb.no/a/metadata/conceptvariable/vardok/1743/nn",
			api:  "https://www.ssb.no/a/xml/metadata/conceptvariable/vardok/1743/nn"},
		{name: "vardok en", text: "urn:ssb:conceptvariable:vardok:1743", lang: "en",
			page: "https://www.ssb.no/a/metadata/conceptvariable/vardok/1743/en",
			api:  "https://www.ssb.no/a/xml/metadata/conceptvariable/vardok/1743/en"},
		{name: "vardok no", text: "urn:ssb:conceptvariable:vardok:1743", lang: "no",
			page: "https://www.ssb.no/a/metadata/conceptvariable/vardok/1743/nb",
			api:  "https://www.ssb.no/a/xml/metadata/conceptvariable/vardok/1743/nb"},
		{name: "vardok without a language", text: "urn:ssb:conceptvariable:vardok:1743",
			page: "https://www.ssb.no/a/metadata/conceptvariable/vardok/1743/nb",
			api:  "https://www.ssb.no/a/xml/metadata/conceptvariable/vardok/1743/nb"},

		{name: "kortnavn nb", text: "KORTNAVN:regsys", lang: "nb",
			page: "https://www.ssb.no/regsys", about: "https://www.ssb.no/regsys#om-statistikken"},
		{name: "kortnavn en", text: "kortnavn:regsys", lang: "en",
			page: "https://www.ssb.no/en/regsys", about: "https://www.ssb.no/en/regsys#om-statistikken"},
		{name: "kortnavn is escaped", text: "KORTNAVN:a/b?c#d%æ", lang: "no",
			page: "https://www.ssb.no/a%2Fb%3Fc%23d%25%C3%A6", about: "https://www.ssb.no/a%2Fb%3Fc%23d%25%C3%A6#om-statistikken"},

		{name: "context variable", text: "urn:ssb:contextvariable:common:116b3024-0ab0:127362:KOSbelop0000", lang: "nb",
			page: "https://www.ssb.no/kompis/statbank/?id=116b3024-0ab0&ver=127362&val=KOSbelop0000"},
		{name: "context variable en", text: "urn:ssb:contextvariable:common:116b3024-0ab0:127362:KOSbelop0000", lang: "en",
			page: "https://www.ssb.no/kompis/statbank/?id=116b3024-0ab0&ver=127362&val=KOSbelop0000&lang=en"},
		{name: "context variable is escaped", text: "urn:ssb:contextvariable:common:a&b:1=2:c#d:e", lang: "",
			page: "https://www.ssb.no/kompis/statbank/?id=a%26b&ver=1%3D2&val=c%23d%3Ae"},

		{name: "free text", text: "SCALE-TYPE=nominal", lang: "en"},
		{name: "other urn", text: "urn:isbn:9788253708319", lang: "nb"},
		{name: "https", text: "https://example.org/a?b=c%20d#e", lang: "en",
			page: "https://example.org/a?b=c%20d#e", api: "https://example.org/a?b=c%20d#e"},
		{name: "http in upper case", text: "HTTP://example.org", lang: "",
			page: "http://example.org", api: "http://example.org"},
		{name: "address is escaped", text: "https://example.org/<æ>?\"<ø>\"", lang: "",
			page: "https://example.org/%3C%C3%A6%3E?%22%3C%C3%B8%3E%22", api: "https://example.org/%3C%C3%A6%3E?%22%3C%C3%B8%3E%22"},
		{name: "text that begins with an address", text: "https://example.org/a explains it", lang: "en"},
		{name: "address without a host", text: "https:///etc/passwd", lang: "en"},
		{name: "address with a port alone", text: "https://:80/", lang: "en"},
		{name: "host with a quote", text: `https://example.org"onclick=x`, lang: "en"},
		{name: "script", text: "javascript:alert(1)", lang: "en"},
		{name: "file", text: "file:///etc/passwd", lang: "en"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ids := ParseIdentifiers(tt.text)
			if len(ids) != 1 {
				t.Fatalf("ParseIdentifiers(%q) = %q, want one", tt.text, ids)
			}
			for _, got := range []struct{ name, got, want string }{
				{"PageURL", ids[0].PageURL(tt.lang), tt.page},
				{"APIURL", ids[0].APIURL(tt.lang), tt.api},
				{"AboutURL", ids[0].AboutURL(tt.lang), tt.about},
			} {
				if got.got != got.want {
					t.Errorf("%s(%q)\n got %q\nwant %q", got.name, tt.lang, got.got, got.want)
				}
				if _, err := url.Parse(got.got); err != nil {
					t.Errorf("%s(%q): %v", got.name, tt.lang, err)
				}
			}
		})
	}
}

func TestSSBLanguage(t *testing.T) {
	tests := []struct{ tag, want string }{
		{"nb", "nb"}, {"nn", "nn"}, {"no", "nb"}, {"en", "en"},
		{"NB", "nb"}, {"NN", "nn"}, {"No", "nb"}, {"EN", "en"},
		{"en-GB", "en"}, {"EN_us", "en"}, {"nb-NO", "nb"}, {"nn-NO", "nn"}, {" en ", "en"},
		{"", "nb"}, {"sv", "nb"}, {"eng", "nb"}, {"e", "nb"}, {"-", "nb"},
	}
	for _, tt := range tests {
		t.Run(tt.tag, func(t *testing.T) {
			if got := ssbLanguage(tt.tag); got != tt.want {
				t.Errorf("ssbLanguage(%q) = %q, want %q", tt.tag, got, tt.want)
			}
		})
	}
}

func TestIdentifiersOf(t *testing.T) {
	categories := func(ids ...string) func(string) bool {
		return func(id string) bool {
			for _, c := range ids {
				if c == id {
					return true
				}
			}
			return false
		}
	}
	// Each wanted identifier is written as key, category and text.
	tests := []struct {
		name       string
		dimension  string
		isCategory func(string) bool
		key, text  string
		want       []string
	}{
		{"variable", "Region", categories("0301"), "Region", "KORTNAVN:a KORTNAVN:b",
			[]string{"Region||KORTNAVN:a", "Region||KORTNAVN:b"}},
		{"category", "ContentsCode", categories("Sysselsatte"), "Sysselsatte", "urn:ssb:conceptvariable:vardok:1743",
			[]string{"Sysselsatte|Sysselsatte|urn:ssb:conceptvariable:vardok:1743"}},
		{"both", "Alder", categories("Alder", "0"), "Alder", "KORTNAVN:a,KORTNAVN:b",
			[]string{"Alder|Alder|KORTNAVN:a", "Alder|Alder|KORTNAVN:b", "Alder||KORTNAVN:a", "Alder||KORTNAVN:b"}},
		{"neither", "Region", categories("0301"), "region", "KORTNAVN:a",
			[]string{"region||KORTNAVN:a"}},
		{"case matters", "Kjonn", categories("k"), "K", "KORTNAVN:a",
			[]string{"K||KORTNAVN:a"}},
		{"no categories", "", nil, "tableid", "KORTNAVN:a",
			[]string{"tableid||KORTNAVN:a"}},
		{"unknown text", "Tid", categories(), "Tid", "SCALE-TYPE=ordinal scale",
			[]string{"Tid||SCALE-TYPE=ordinal scale"}},
		{"empty text", "Tid", categories("Tid"), "Tid", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, u := range identifiersOf(tt.dimension, tt.isCategory, tt.key, tt.text) {
				got = append(got, u.Key()+"|"+u.Category+"|"+u.String())
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func FuzzParseIdentifiers(f *testing.F) {
	for _, seed := range []string{
		"", "urn:ssb:classification:klass:131 ,urn:ssb:conceptvariable:vardok:2",
		"SCALE-TYPE=nominal, see below", "https://example.org/a,b?c=\"d\" KORTNAVN:a/b",
		"urn:ssb:contextvariable:common:a:b:c:d x y", `http://"`, "\xff\x00,\u00a0",
	} {
		f.Add(seed)
	}
	letters := func(s string) string {
		return strings.Join(strings.FieldsFunc(strings.Join(strings.Fields(s), ""), func(r rune) bool { return r == ',' }), "")
	}
	f.Fuzz(func(t *testing.T, text string) {
		var all strings.Builder
		for _, u := range ParseIdentifiers(text) {
			all.WriteString(u.String())
			for _, address := range []string{u.PageURL("en"), u.APIURL("nn"), u.AboutURL("nb")} {
				if address == "" {
					continue
				}
				a, err := url.Parse(address)
				if err != nil || a.Hostname() == "" || strings.ContainsAny(address, " \t\r\n\"<>") {
					t.Errorf("%q has the address %q (%v)", u, address, err)
				}
				if u.Scheme() != SchemeUnknown && !strings.HasSuffix(a.Host, ".ssb.no") {
					t.Errorf("%q leads to %q", u, a.Host)
				}
			}
		}
		if got, want := letters(all.String()), letters(text); got != want {
			t.Errorf("%q: lost or invented text: %q", text, all.String())
		}
	})
}
