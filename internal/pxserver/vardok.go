package pxserver

import (
	"fmt"
	"net/http"
	"strings"
)

// A concept is an entry of Vardok.
type concept struct {
	title, definition map[string]string // by language; nn is not always there
	short             string
}

var concepts = map[string]concept{
	"1":    {map[string]string{"nb": "Kjønn", "en": "Sex"}, map[string]string{"nb": "En persons kjønn.", "en": "The sex of a person."}, "kjonn"},
	"2":    {map[string]string{"nb": "Alder", "nn": "Alder", "en": "Age"}, map[string]string{"nb": "Antall fylte år.", "nn": "Talet på fylte år.", "en": "Completed years of age."}, "alder"},
	"1743": {map[string]string{"nb": "Sysselsatte", "nn": "Sysselsette", "en": "Employed persons"}, map[string]string{"nb": "Personer som utførte inntektsgivende arbeid av minst én times varighet i referanseuka.", "nn": "Personar som utførte inntektsgivande arbeid i minst éin time i referanseveka.", "en": "Persons who performed work for pay or profit for at least one hour in the reference week."}, "sysselsatte"},
	"2798": {map[string]string{"nb": "Kjønn på person", "en": "Sex of person"}, map[string]string{"nb": "Kjønn slik det er registrert i folkeregisteret <gjeldende & tidligere>.", "en": "Sex as registered."}, "kjonn"},
}

// vardok answers the definition of a concept in a language. One that is not there
// in the language is answered in Norwegian, and says so in xml:lang.
func vardok(w http.ResponseWriter, id, lang string) {
	c, ok := concepts[id]
	if !ok || lang != "nb" && lang != "nn" && lang != "en" {
		Body{http.StatusNotFound, "text/html; charset=utf-8", "<html><body><h1>404</h1><p>Fant ikke siden</p></body></html>"}.write(w)
		return
	}
	if c.title[lang] == "" {
		lang = "nb"
	}
	var others []string
	for _, l := range []string{"nb", "nn", "en"} {
		if l != lang && c.title[l] != "" {
			others = append(others, l)
		}
	}
	setType(w, "text/xml; charset=utf-8")
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?>
<FIMD xmlns="http://www.ssb.no/ns/fimd" xmlns:dc="http://purl.org/dc/elements/1.1/" createdOn="2005-12-12" defaultValidFrom="2003-11-18" defaultValidTo="" id="urn:ssb:conceptvariable:vardok:%s" lastChangedDate="2009-05-27" otherLanguages="%s" type="ConceptVariable" xml:lang="%s">
  <DC><dc:contributor>Seksjon for oppdiktede tall</dc:contributor><dc:modified>2009-05-27</dc:modified></DC>
  <Common><Title>%s</Title><Description>%s</Description></Common>
  <Variable><DataElementName>%s</DataElementName><ShortNameWeb><CodeValue>1</CodeValue><CodeText>%s</CodeText></ShortNameWeb></Variable>
</FIMD>
`, id, strings.Join(others, ";"), lang, xmlText(c.title[lang]), xmlText(c.definition[lang]), xmlText(c.title[lang]), c.short)
}

var xmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func xmlText(s string) string { return xmlEscaper.Replace(s) }
