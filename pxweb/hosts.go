package pxweb

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// API is a version of PxWebApi.
type API int

// The versions. Auto is version 2 where a host has it, else version 1.
const (
	Auto API = iota
	V1
	V2
)

// String is the version as a word.
func (a API) String() string { return [...]string{"auto", "1", "2"}[a] }

// Host is a PxWeb server: where its APIs are, and what is known of its limits
// beyond what it says itself.
type Host struct {
	Name  string // short name, "" if it has none
	Title string // whose it is

	// V1 is the base of version 1, the database included, with {lang} in the
	// place of the language. V1Lang has the bases of languages that differ in more.
	V1     string
	V1Lang map[string]string
	V2     string // base of version 2, "" if there is none

	Languages []string // the first is the default

	Cells  int64         // most cells of an answer; 0 if not known
	Calls  int           // most calls in a window; 0 if not known
	Window time.Duration // length of that window

	// Dated says that its times of update are those of the figures. At others they may be
	// the day on which a table was made, and say nothing of what it holds now.
	Dated bool

	License     string
	Attribution string

	Web string // origin of the web site, where tables have pages; "" if it is that of the API or not known

	// Quiet are the times of day at Zone, as "07:55", between which the host asks
	// to be left alone.
	QuietFrom, QuietTo, Zone string

	bare string // the origin, if nothing else is known: the bases are guesses
}

// ccby is the licence of most of them.
const ccby = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"

// hosts are the servers with a short name.
var hosts = []Host{
	{Name: "ssb", Title: "Statistics Norway", V1: "https://data.ssb.no/api/v0/{lang}/table", V2: "https://data.ssb.no/api/pxwebapi/v2",
		Languages: []string{"no", "en"}, Cells: 800_000, Calls: 30, Window: time.Minute, Dated: true, License: ccby, Attribution: "Statistisk sentralbyrå (Statistics Norway)",
		Web: "https://www.ssb.no", QuietFrom: "07:55", QuietTo: "08:15", Zone: "Europe/Oslo"},
	{Name: "scb", Title: "Statistics Sweden", V1: "https://api.scb.se/OV0104/v1/doris/{lang}/ssd", V2: "https://statistikdatabasen.scb.se/api/v2",
		Languages: []string{"sv", "en"}, Cells: 150_000, Calls: 30, Window: 10 * time.Second, Dated: true, License: "CC0 1.0", Attribution: "SCB (Statistics Sweden)",
		Web: "https://www.statistikdatabasen.scb.se"},
	{Name: "statfin", Title: "Statistics Finland", V1: "https://pxdata.stat.fi/PXWeb/api/v1/{lang}/StatFin",
		Languages: []string{"fi", "sv", "en"}, Cells: 120_000, Calls: 40, Window: time.Minute, License: ccby, Attribution: "Statistics Finland"},
	{Name: "hagstofa", Title: "Statistics Iceland", V1: "https://px.hagstofa.is/pxis/api/v1/{lang}", V1Lang: map[string]string{"en": "https://px.hagstofa.is/pxen/api/v1/en"},
		Languages: []string{"is", "en"}, Cells: 100_000, Calls: 100, Window: 10 * time.Second, License: ccby, Attribution: "Hagstofa Íslands (Statistics Iceland)"},
	{Name: "stat.ee", Title: "Statistics Estonia", V1: "https://andmed.stat.ee/api/v1/{lang}/stat",
		Languages: []string{"et", "en"}, Cells: 25_000_000, Calls: 1000, Window: 10 * time.Second, Attribution: "Statistics Estonia"},
	{Name: "csp", Title: "Statistics Latvia", V1: "https://data.stat.gov.lv/api/v1/{lang}", V2: "https://api.stat.gov.lv/api/v2",
		Languages: []string{"lv", "en"}, Cells: 100_000, Calls: 100, Window: 10 * time.Second, Attribution: "Central Statistical Bureau of Latvia"},
	{Name: "surs", Title: "Statistics Slovenia", V1: "https://pxweb.stat.si/SiStatData/api/v1/{lang}/Data",
		Languages: []string{"sl", "en"}, Cells: 50_000_000, Calls: 500, Window: 10 * time.Second, Attribution: "SURS (Statistics Slovenia)"},
	{Name: "hagstova", Title: "Statistics Faroe Islands", V1: "https://statbank.hagstova.fo/api/v1/{lang}/H2",
		Languages: []string{"fo", "en"}, Cells: 8_000_000, Attribution: "Hagstova Føroya (Statistics Faroe Islands)"},
	{Name: "stat.gl", Title: "Statistics Greenland", V1: "https://bank.stat.gl/api/v1/{lang}/Greenland",
		Languages: []string{"da", "en", "kl"}, Cells: 2_000_000, Calls: 10_000, Window: 10 * time.Second, Attribution: "Statistics Greenland"},
	{Name: "bfs", Title: "Statistics Switzerland", V1: "https://www.pxweb.bfs.admin.ch/api/v1/{lang}",
		Languages: []string{"de", "fr", "en"}, Cells: 100_000, Calls: 50, Window: 15 * time.Second, Attribution: "Federal Statistical Office, Switzerland"},
	{Name: "oslo", Title: "City of Oslo", V1: "https://statistikkbanken.oslo.kommune.no/statbank/api/v1/{lang}",
		Languages: []string{"no"}, Cells: 550_000, Calls: 50, Window: 10 * time.Second, Attribution: "Oslo kommune"},

	// PxStat has version 1 as one of three doors, see pxstat.go. It states no limit of cells
	// for JSON-stat; that of its other formats is a little above this one.
	{Name: "cso", Title: "Central Statistics Office, Ireland", V1: "https://ws.cso.ie/public/api.restful" + pxStatAdapter + "/{lang}",
		Languages: []string{"en", "ga"}, Cells: 1_000_000, Attribution: "Central Statistics Office, Ireland", Web: "https://data.cso.ie"},
	{Name: "nisra", Title: "Statistics Northern Ireland (NISRA)", V1: "https://ws-data.nisra.gov.uk/public/api.restful" + pxStatAdapter + "/{lang}",
		Languages: []string{"en"}, Cells: 1_000_000, Attribution: "Northern Ireland Statistics and Research Agency", Web: "https://data.nisra.gov.uk"},
}

// pxStatAdapter is the last part of the address of version 1 at a PxStat server, in front of
// the language.
const pxStatAdapter = "/PxStat.Data.Cube_API.PxAPIv1"

// isPxStat tells whether the host is a PxStat server.
func (h Host) isPxStat() bool { return strings.Contains(h.V1, pxStatAdapter+"/") }

// over is the host with all of its addresses under the scheme of an address: who writes http
// gets http, also from the other addresses of the office.
func (h Host) over(address string) Host {
	if !strings.HasPrefix(address, "http://") {
		return h
	}
	plain := func(base string) string {
		if rest, ok := strings.CutPrefix(base, "https://"); ok {
			return "http://" + rest
		}
		return base
	}
	h.V1, h.V2, h.Web = plain(h.V1), plain(h.V2), plain(h.Web)
	h.V1Lang = maps.Clone(h.V1Lang)
	for lang, base := range h.V1Lang {
		h.V1Lang[lang] = plain(base)
	}
	return h
}

// like is the host with what is known of another one on the same server.
func (h Host) like(known Host) Host {
	h.Cells, h.Calls, h.Window, h.Dated = known.Cells, known.Calls, known.Window, known.Dated
	h.License, h.Attribution = known.License, known.Attribution
	h.QuietFrom, h.QuietTo, h.Zone = known.QuietFrom, known.QuietTo, known.Zone
	return h
}

// speaking is the host with a language as its first, if it has that one.
func (h Host) speaking(lang string) Host {
	if i := slices.IndexFunc(h.Languages, func(have string) bool { return strings.EqualFold(have, lang) }); i > 0 {
		lang = h.Languages[i]
		h.Languages = slices.Insert(slices.Delete(slices.Clone(h.Languages), i, i+1), 0, lang)
	}
	return h
}

// aliases are other short names.
var aliases = map[string]string{
	"norway": "ssb", "sweden": "scb", "finland": "statfin", "iceland": "hagstofa", "estonia": "stat.ee", "latvia": "csp",
	"slovenia": "surs", "faroe": "hagstova", "greenland": "stat.gl", "switzerland": "bfs", "ireland": "cso",
}

// Hosts are the servers that have a short name.
func Hosts() []Host { return slices.Clone(hosts) }

// base1 is the base of version 1 in a language.
func (h Host) base1(lang string) string {
	return cmp.Or(h.V1Lang[lang], strings.ReplaceAll(h.V1, "{lang}", lang))
}

// has tells whether the host offers a version, as far as is known.
func (h Host) has(api API) bool {
	if api == V2 {
		return h.V2 != ""
	}
	return h.V1 != ""
}

// Quiet tells whether a host asks to be left alone now, and until when: Statistics
// Norway publishes at 8 o'clock.
func (h Host) Quiet(now time.Time) (until time.Time, quiet bool) {
	if h.QuietFrom == "" {
		return time.Time{}, false
	}
	zone, err := time.LoadLocation(h.Zone)
	if err != nil {
		zone = centralEurope(now)
	}
	local := now.In(zone)
	at := func(clock string) time.Time {
		t, _ := time.Parse("15:04", clock)
		return time.Date(local.Year(), local.Month(), local.Day(), t.Hour(), t.Minute(), 0, 0, zone)
	}
	until = at(h.QuietTo)
	return until, !local.Before(at(h.QuietFrom)) && local.Before(until)
}

// centralEurope is the time of central Europe where the system has no table of
// zones: summer time is from the last Sunday of March to that of October, at 1 UTC.
func centralEurope(now time.Time) *time.Location {
	lastSunday := func(m time.Month) time.Time {
		t := time.Date(now.UTC().Year(), m+1, 1, 1, 0, 0, 0, time.UTC).AddDate(0, 0, -1)
		return t.AddDate(0, 0, -int(t.Weekday()))
	}
	if now.Before(lastSunday(time.March)) || !now.Before(lastSunday(time.October)) {
		return time.FixedZone("CET", 3600)
	}
	return time.FixedZone("CEST", 2*3600)
}
