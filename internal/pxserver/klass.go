package pxserver

import (
	"cmp"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A classification of Klass.
type classification struct {
	id       int
	name     map[string]string
	about    string
	versions []version
	codes    []klassCode
	changes  []change
	maps     []mapping // correspondences with others
	variants map[string][]klassCode
}

type version struct {
	id       int
	name     map[string]string
	from, to string // to "" is still valid, and not told
}

type klassCode struct {
	code, parent string
	level        string
	name         map[string]string
	from, to     string
	notes        string
}

type change struct{ from, fromName, to, toName, when string }

type mapping struct {
	id     int
	target int
	items  [][4]string // source code and name, target code and name
}

func both(nb, en string) map[string]string { return map[string]string{"nb": nb, "nn": nb, "en": en} }

// municipality is a code of classification 131.
func municipality(code, name, from, to string) klassCode {
	return klassCode{code: code, level: "1", name: both(name, name), from: from, to: to}
}

var classifications = []classification{
	{id: 131, name: both("Standard for kommuneinndeling", "Classification of municipalities"), about: "Kommunene i Norge.",
		versions: []version{
			{1710, both("Kommuneinndeling 2024", "Municipalities 2024"), "2024-01-01", ""},
			{1160, both("Kommuneinndeling 2020", "Municipalities 2020"), "2020-01-01", "2024-01-01"},
			{991, both("Kommuneinndeling 2018", "Municipalities 2018"), "2018-01-01", "2020-01-01"}},
		codes: []klassCode{
			municipality("0301", "Oslo", "2018-01-01", ""), municipality("1103", "Stavanger", "2018-01-01", ""), municipality("4601", "Bergen", "2020-01-01", ""),
			municipality("1201", "Bergen", "2018-01-01", "2020-01-01"), municipality("5001", "Trondheim", "2018-01-01", "2018-06-01"), municipality("5001", "Trondheim - Tråante", "2018-06-01", ""),
			municipality("1902", "Tromsø", "2018-01-01", "2020-01-01"), municipality("5401", "Tromsø", "2020-01-01", "2024-01-01"), municipality("5501", "Tromsø", "2024-01-01", ""),
			municipality("3005", "Drammen", "2020-01-01", "2024-01-01"), municipality("3301", "Drammen", "2024-01-01", "")},
		changes: []change{
			{"5001", "Trondheim", "5001", "Trondheim - Tråante", "2018-06-01"}, {"1201", "Bergen", "4601", "Bergen", "2020-01-01"},
			{"1902", "Tromsø", "5401", "Tromsø", "2020-01-01"}, {"5401", "Tromsø", "5501", "Tromsø", "2024-01-01"}, {"3005", "Drammen", "3301", "Drammen", "2024-01-01"}},
		maps: []mapping{{1400, 104, [][4]string{{"0301", "Oslo", "03", "Oslo"}, {"1103", "Stavanger", "11", "Rogaland"}, {"4601", "Bergen", "46", "Vestland"}, {"5501", "Tromsø", "55", "Troms"}, {"3301", "Drammen", "33", "Buskerud"}}}}},
	{id: 104, name: both("Standard for fylkesinndeling", "Classification of counties"), about: "Fylkene i Norge.",
		versions: []version{{1711, both("Fylkesinndeling 2024", "Counties 2024"), "2024-01-01", ""}, {1158, both("Fylkesinndeling 2020", "Counties 2020"), "2020-01-01", "2024-01-01"}},
		codes: []klassCode{municipality("03", "Oslo", "2020-01-01", ""), municipality("11", "Rogaland", "2020-01-01", ""), municipality("30", "Viken", "2020-01-01", "2024-01-01"),
			municipality("33", "Buskerud", "2024-01-01", ""), municipality("46", "Vestland", "2020-01-01", ""), municipality("54", "Troms og Finnmark", "2020-01-01", "2024-01-01"), municipality("55", "Troms", "2024-01-01", "")},
		changes: []change{{"54", "Troms og Finnmark", "55", "Troms", "2024-01-01"}, {"30", "Viken", "33", "Buskerud", "2024-01-01"}}},
	{id: 2, name: both("Standard for kjønn", "Classification of sex"), about: "Kjønn på personer.",
		versions: []version{{2, both("Kjønn", "Sex"), "1993-01-01", ""}},
		codes:    []klassCode{{code: "1", level: "1", name: both("Mann", "Male"), from: "1993-01-01"}, {code: "2", level: "1", name: both("Kvinne", "Female"), from: "1993-01-01"}}},
	{id: 6, name: both("Standard for næringsgruppering (SN)", "Standard industrial classification"), about: "Næringer.",
		versions: []version{{30, both("Næringsgruppering 2007", "Industry 2007"), "2009-01-01", ""}},
		codes: []klassCode{
			{code: "A", level: "1", name: both("Jordbruk, skogbruk og fiske", "Agriculture, forestry and fishing"), from: "2009-01-01"},
			{code: "01", parent: "A", level: "2", name: both("Jordbruk og tjenester tilknyttet jordbruk, jakt og viltstell", "Crop and animal production, hunting"), from: "2009-01-01"},
			{code: "01.1", parent: "01", level: "3", name: both("Dyrking av ettårige vekster", "Growing of non-perennial crops"), from: "2009-01-01", notes: "Omfatter dyrking av vekster som ikke varer mer enn to sesonger."}},
		variants: map[string][]klassCode{"Næringsområder": {{code: "10-30", level: "1", name: both("Primær og sekundær", "Primary and secondary"), from: "2009-01-01"}}}},
}

// klass answers what stands below /api/klass/v1.
func klass(w http.ResponseWriter, r *http.Request, rest []string) {
	if len(rest) > 0 {
		rest[len(rest)-1] = strings.TrimSuffix(rest[len(rest)-1], ".json")
	}
	k := &klassCall{w: w, r: r, lang: cmp.Or(r.URL.Query().Get("language"), "nb")}
	switch {
	case len(rest) == 2 && rest[0] == "classifications" && rest[1] == "search":
		k.search()
	case len(rest) == 2 && rest[0] == "versions":
		k.version(rest[1])
	case len(rest) >= 2 && rest[0] == "classifications":
		k.classification(rest[1], strings.Join(rest[2:], "/"))
	default:
		k.notFound("No such resource")
	}
}

type klassCall struct {
	w    http.ResponseWriter
	r    *http.Request
	lang string
}

func (k *klassCall) notFound(text string) {
	Body{http.StatusNotFound, "text/plain; charset=utf-8", text}.write(k.w)
}

// answer writes JSON if it was asked for; the servers' own choice is XML.
func (k *klassCall) answer(f func(*jsonWriter)) {
	if !strings.Contains(k.r.Header.Get("Accept"), "json") && !strings.Contains(k.r.URL.Path, ".json") {
		Body{http.StatusOK, "application/xml; charset=utf-8", `<?xml version="1.0" encoding="UTF-8"?><codeList/>`}.write(k.w)
		return
	}
	writeJSON(k.w, http.StatusOK, "application/json;charset=UTF-8", func(j *jsonWriter) { j.object(func() { f(j) }) })
}

func (k *klassCall) href(path string) string { return "http://" + k.r.Host + "/api/klass/v1" + path }

func (k *klassCall) self(j *jsonWriter, path string) {
	j.key("_links").object(func() { j.key("self").object(func() { j.key("href").text(k.href(path)) }) })
}

func (k *klassCall) classification(id, what string) {
	n, _ := strconv.Atoi(id)
	i := slices.IndexFunc(classifications, func(c classification) bool { return c.id == n })
	if i < 0 {
		k.notFound("Classification not found with id = " + id)
		return
	}
	c := &classifications[i]
	p := k.r.URL.Query()
	switch what {
	case "":
		k.about(c)
	case "codesAt", "variantAt", "correspondsAt":
		if _, err := day(p.Get("date")); err != nil || p.Get("date") == "" {
			Body{http.StatusBadRequest, "text/plain; charset=utf-8", "Required parameter 'date' is not present, or no date"}.write(k.w)
			return
		}
		k.at(c, what, p.Get("date"))
	case "codes", "changes", "corresponds":
		if _, err := day(p.Get("from")); err != nil || p.Get("from") == "" {
			Body{http.StatusBadRequest, "text/plain; charset=utf-8", "Required parameter 'from' is not present, or no date"}.write(k.w)
			return
		}
		k.period(c, what, p.Get("from"), cmp.Or(p.Get("to"), "9999-12-31"))
	default:
		k.notFound("No such resource")
	}
}

func (k *klassCall) about(c *classification) {
	k.answer(func(j *jsonWriter) {
		j.key("name").text(c.name[k.lang])
		j.key("classificationType").text("Klassifikasjon")
		j.key("lastModified").text("2025-01-15T09:00:00.000+0000")
		j.key("description").text(c.about)
		j.key("primaryLanguage").text("nb")
		j.key("copyrighted").boolean(false)
		j.key("includeShortName").boolean(false)
		j.key("includeNotes").boolean(false)
		j.key("contactPerson").object(func() {
			j.key("name").text("Kari Nordmann")
			j.key("email").text("kari@example.org")
			j.key("phone").text("00000000")
		})
		j.key("owningSection").text("Seksjon for oppdiktede tall")
		j.key("statisticalUnits").texts([]string{"Kommune"})
		j.key("versions").array(func() {
			for _, v := range c.versions {
				j.object(func() { k.versionHead(j, v) })
			}
		})
		k.self(j, fmt.Sprint("/classifications/", c.id))
	})
}

func (k *klassCall) versionHead(j *jsonWriter, v version) {
	j.key("name").text(v.name[k.lang])
	j.key("validFrom").text(v.from)
	j.given("validTo", v.to)
	j.key("lastModified").text("2025-01-15T09:00:00.000+0000")
	j.key("published").texts([]string{"nb", "en"})
	k.self(j, fmt.Sprint("/versions/", v.id))
}

// selected tells whether a code is asked for by selectCodes and selectLevel.
func (k *klassCall) selected(c klassCode) bool {
	p := k.r.URL.Query()
	if level := cmp.Or(p.Get("selectLevel"), p.Get("level")); level != "" && level != c.level {
		return false
	}
	patterns := p.Get("selectCodes")
	if patterns == "" {
		return true
	}
	for pattern := range strings.SplitSeq(patterns, ",") {
		from, to, isRange := strings.Cut(pattern, "-")
		if isRange && c.code >= from && c.code <= to {
			return true
		}
		if ok, _ := path.Match(pattern, c.code); ok {
			return true
		}
	}
	return false
}

func (c klassCode) validAt(date string) bool { return c.from <= date && (c.to == "" || date < c.to) }

func (c klassCode) validIn(from, to string) bool { return c.from < to && (c.to == "" || c.to > from) }

func (k *klassCall) at(c *classification, what, date string) {
	switch what {
	case "correspondsAt":
		k.corresponds(c, date)
	case "variantAt":
		codes, ok := c.variants[k.r.URL.Query().Get("variantName")]
		if !ok {
			k.notFound("Variant not found")
			return
		}
		k.codes(codes, func(klassCode) bool { return true })
	default:
		k.codes(c.codes, func(c klassCode) bool { return c.validAt(date) })
	}
}

func (k *klassCall) period(c *classification, what, from, to string) {
	switch what {
	case "changes":
		k.changes(c, from, to)
	case "corresponds":
		k.corresponds(c, from)
	default:
		k.codes(c.codes, func(c klassCode) bool { return c.validIn(from, to) })
	}
}

func (k *klassCall) codes(codes []klassCode, valid func(klassCode) bool) {
	k.answer(func(j *jsonWriter) {
		j.key("codes").array(func() {
			for _, c := range codes {
				if !valid(c) || !k.selected(c) {
					continue
				}
				j.object(func() {
					j.key("code").text(c.code)
					j.key("parentCode").textOrNull(c.parent)
					j.key("level").text(c.level)
					j.key("name").text(c.name[k.lang])
					j.key("shortName").text("")
					j.key("presentationName").text("")
					j.key("validFrom").text(c.from)
					j.key("validTo").textOrNull(c.to)
					j.key("notes").text(c.notes)
				})
			}
		})
	})
}

func (k *klassCall) changes(c *classification, from, to string) {
	k.answer(func(j *jsonWriter) {
		j.key("codeChanges").array(func() {
			for _, x := range c.changes {
				if x.when < from || x.when >= to {
					continue
				}
				j.object(func() {
					for _, m := range [][2]string{{"oldCode", x.from}, {"oldName", x.fromName}, {"oldShortName", ""}, {"newCode", x.to}, {"newName", x.toName}, {"newShortName", ""}, {"changeOccurred", x.when}} {
						j.key(m[0]).text(m[1])
					}
				})
			}
		})
	})
}

func (k *klassCall) corresponds(c *classification, date string) {
	target, _ := strconv.Atoi(k.r.URL.Query().Get("targetClassificationId"))
	i := slices.IndexFunc(c.maps, func(m mapping) bool { return m.target == target })
	if i < 0 {
		k.notFound("No correspondence table found")
		return
	}
	k.answer(func(j *jsonWriter) {
		j.key("correspondenceItems").array(func() {
			for _, m := range c.maps[i].items {
				j.object(func() {
					for n, name := range []string{"sourceCode", "sourceName", "targetCode", "targetName"} {
						j.key(name).text(m[n])
					}
					j.key("sourceShortName").text("")
					j.key("targetShortName").text("")
					j.key("validFrom").text("2024-01-01")
					j.key("validTo").token(nil)
				})
			}
		})
	})
}

func (k *klassCall) version(id string) {
	for i := range classifications {
		c := &classifications[i]
		for _, v := range c.versions {
			if strconv.Itoa(v.id) == id {
				k.items(c, v)
				return
			}
		}
	}
	k.notFound("Version not found with id = " + id)
}

func (k *klassCall) items(c *classification, v version) {
	k.answer(func(j *jsonWriter) {
		k.versionHead(j, v)
		levels := map[string]bool{}
		j.key("classificationItems").array(func() {
			for _, x := range c.codes {
				if !x.validAt(v.from) {
					continue
				}
				levels[x.level] = true
				j.object(func() {
					for _, m := range [][2]string{{"code", x.code}, {"parentCode", x.parent}, {"level", x.level}, {"name", x.name[k.lang]}, {"shortName", ""}, {"notes", x.notes}} {
						j.key(m[0]).text(m[1])
					}
				})
			}
		})
		j.key("levels").array(func() {
			for n := 1; levels[strconv.Itoa(n)]; n++ {
				j.object(func() { j.key("levelNumber").number(n); j.key("levelName").text("Nivå " + strconv.Itoa(n)) })
			}
		})
		j.key("correspondenceTables").array(func() {
			for _, m := range c.maps {
				j.object(func() { k.self(j, fmt.Sprint("/correspondencetables/", m.id)) })
			}
		})
		j.key("classificationVariants").array(func() {})
	})
}

// search answers 20 hits a page.
func (k *klassCall) search() {
	const size = 20
	word := strings.ToLower(k.r.URL.Query().Get("query"))
	page, _ := strconv.Atoi(k.r.URL.Query().Get("page"))
	var hits []*classification
	for i := range classifications {
		if c := &classifications[i]; strings.Contains(strings.ToLower(c.name["nb"]+" "+c.name["en"]+" "+c.about), word) {
			hits = append(hits, c)
		}
	}
	k.answer(func(j *jsonWriter) {
		j.key("_embedded").object(func() {
			j.key("searchResults").array(func() {
				for _, c := range hits[min(page*size, len(hits)):min((page+1)*size, len(hits))] {
					j.object(func() {
						j.key("name").text(c.name[k.lang])
						j.key("snippet").text(c.about)
						j.key("searchScore").token([]byte("1.5"))
						k.self(j, fmt.Sprint("/classifications/", c.id))
					})
				}
			})
		})
		j.key("page").object(func() {
			j.key("size").number(size)
			j.key("totalElements").number(len(hits))
			j.key("totalPages").number((len(hits) + size - 1) / size)
			j.key("number").number(page)
		})
	})
}

// day reads yyyy-MM-dd; nothing is the zero time.
func day(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.DateOnly, text)
}
