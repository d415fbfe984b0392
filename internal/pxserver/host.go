package pxserver

import "time"

// A Host is which real server this one behaves like.
type Host struct {
	Name      string
	Languages []string // the first is the server's own
	Names     []string // of the languages, for v2
	V1        string   // path of the database in v1, {lang} in it; "" is no v1
	V1En      string   // the same in English where it is another one
	Database  string   // dbid, the last element of V1
	DBText    string
	V2        string // path of v2; "" is no v2
	Services  bool   // Klass, Vardok, ready-made datasets, subject structure

	MaxCells, MaxValues, MaxCalls int
	Window                        time.Duration
	ConfigCalls                   int  // what v1's config says of calls, where that is not the truth
	ConfigV2Zero                  bool // v2's config says 0 calls in 0 seconds: stated elsewhere
	ConfigNoMaxCells              bool // an old installation
	RetryAfter                    bool // v1 says with 429 how long to wait

	Format1  string   // what v1 answers when no format is named
	Format2  string   // the same of v2
	Formats  []string // of v1
	Formats2 []string // of v2; nil is all that there are
	Suffix   string   // of table ids in v1: ".px"

	DatabasePerTable bool // every table has a database of its own, called like it
	ShortAddress     bool // the table directly after the database, by number or name
	SearchOff        Body // with a status: there is no index
	Errors           ErrorForm
	TooMany          Body // answer to too many cells, status 0: 403 in the form of Errors
	NoTable          Body // answer to an unknown table, status 0: 404 in the form of Errors
	Limits2          LimitHeaders

	OldSerializer  bool   // JSON-stat 2 as before August 2023: another order, no notes
	RemoveSingle   bool   // a contents variable of which one value is asked for is taken out of the answer
	FileTables     bool   // v2 gives tables without a contents variable one: CONTENTS with code content
	NoGeo          bool   // role geo is never told
	NoAggregation  bool   // agg: is refused on tables that are marked so
	CodePage       string // of csv and px
	CSVHeader      string // charset in the header of csv, where it is not CodePage
	HTMLTexts      bool   // <em> in titles of listings
	NumberedTitles bool   // titles begin with the number of the table
	OldCodeLists   bool   // metadata of v2 calls them codeLists
	ProblemType    bool   // problems of v2 come as application/problem+json, not as application/json
	LinkLast       bool   // link stands after role and extension
	LicenceURL     string
}

// An ErrorForm is how errors of v1 are told.
type ErrorForm int

const (
	ErrorsJSON  ErrorForm = iota // {"error":"..."}
	ErrorsPlain                  // Bad Request
	ErrorsHTML                   // a page
)

// A Body is an answer that a host always gives to something.
type Body struct {
	Status int
	Type   string // content type; "" is text/html
	Text   string
}

// LimitHeaders are the headers by which v2 tells of its limit.
type LimitHeaders int

const (
	NoLimitHeaders LimitHeaders = iota
	LimitHeadersSSB
	LimitHeadersSCB
)

// limitHeaders are the headers that servers send which tell of their limit themselves;
// a gateway in front of a server sends its own.
var limitHeaders = []string{"X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"}

const iisForbidden = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html><head><title>403 - Forbidden: Access is denied.</title><style type="text/css">body{margin:0}</style></head>
<body><h1>Server Error</h1><h2>403 - Forbidden: Access is denied.</h2><h3>You do not have permission to view this directory or page using the credentials that you supplied.</h3></body></html>`

const iisNotFound = `<!DOCTYPE html><html><head><title>404 - File or directory not found.</title></head>
<body><h1>Server Error</h1><h2>404 - File or directory not found.</h2><h3>The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.</h3></body></html>`

// The hosts, by what others saw of them.
var (
	SSB = &Host{Name: "ssb", Languages: []string{"no", "en"}, Names: []string{"norsk", "English"},
		V1: "/api/v0/{lang}/table", Database: "table", DBText: "Statistikkbanken", V2: "/api/pxwebapi/v2", Services: true,
		MaxCells: 800_000, MaxValues: 50_000, MaxCalls: 30, Window: 60 * time.Second, ConfigCalls: 300, ConfigV2Zero: true,
		Format1: "json-stat2", Format2: "json-stat2", Formats: []string{"json-stat2", "json-stat", "csv", "csv2", "csv3", "xlsx", "json"},
		ShortAddress: true, NumberedTitles: true, NoTable: Body{400, "application/json; charset=utf-8", `{"error":"Parameter error"}`},
		Limits2: LimitHeadersSSB, NoAggregation: true, CodePage: "iso-8859-1", LicenceURL: "https://creativecommons.org/licenses/by/4.0/"}
	SCB = &Host{Name: "scb", Languages: []string{"sv", "en"}, Names: []string{"Svenska", "English"},
		V1: "/OV0104/v1/doris/{lang}/ssd", Database: "ssd", DBText: "Statistikdatabasen", V2: "/api/v2",
		MaxCells: 150_000, MaxValues: 10_000, MaxCalls: 30, Window: 10 * time.Second,
		Format1: "px", Format2: "json-stat2", Formats: allFormats, ShortAddress: true, SearchOff: Body{400, "text/plain", "Bad Request"},
		Limits2: LimitHeadersSCB, NoGeo: true, CodePage: "iso-8859-1", CSVHeader: "windows-1252", ProblemType: true, LicenceURL: "https://creativecommons.org/publicdomain/zero/1.0/"}
	StatFin = &Host{Name: "statfin", Languages: []string{"fi", "sv", "en"}, V1: "/PXWeb/api/v1/{lang}/StatFin", Database: "StatFin", DBText: "StatFin",
		MaxCells: 120_000, MaxValues: 10_000, MaxCalls: 40, Window: 60 * time.Second,
		Format1: "json-stat2", Formats: allFormats, Suffix: ".px", Errors: ErrorsPlain,
		TooMany: Body{403, "text/html", iisForbidden}, NoTable: Body{404, "text/html", iisNotFound}, OldSerializer: true, CodePage: "iso-8859-15", CSVHeader: "windows-1252"}
	Hagstofa = &Host{Name: "hagstofa", Languages: []string{"is", "en"}, V1: "/pxis/api/v1/{lang}/Ibuar", V1En: "/pxen/api/v1/{lang}/Ibuar", Database: "Ibuar", DBText: "Íbúar",
		MaxCells: 100_000, MaxValues: 10_000, MaxCalls: 100, Window: 10 * time.Second, ConfigNoMaxCells: true,
		Format1: "json", Formats: allFormats, Suffix: ".px", SearchOff: Body{400, "text/plain", "Bad Request"}, Errors: ErrorsPlain,
		OldSerializer: true, RemoveSingle: true, CodePage: "iso-8859-1"}
	Estonia = &Host{Name: "estonia", Languages: []string{"et", "en"}, V1: "/api/v1/{lang}/stat", Database: "stat", DBText: "Eesti statistika",
		MaxCells: 25_000_000, MaxValues: 10_000, MaxCalls: 1000, Window: 10 * time.Second,
		Format1: "json-stat2", Formats: allFormats, Suffix: ".PX", Errors: ErrorsPlain, NoTable: Body{404, "text/html", iisNotFound}, CodePage: "utf-8", RemoveSingle: true}
	Latvia = &Host{Name: "latvia", Languages: []string{"lv", "en"}, Names: []string{"Latviešu", "English"}, V1: "/api/v1/{lang}/OSP_PUB", Database: "OSP_PUB", DBText: "Oficiālā statistika", V2: "/api/v2",
		MaxCells: 100_000, MaxValues: 10_000, MaxCalls: 100, Window: 10 * time.Second, RetryAfter: true,
		Format1: "px", Format2: "px", Formats: allFormats, Formats2: []string{"json-stat2", "csv", "px", "xlsx", "html", "json-px"}, FileTables: true, OldCodeLists: true, Errors: ErrorsPlain, CodePage: "utf-8", LinkLast: true}
	Slovenia = &Host{Name: "slovenia", Languages: []string{"sl", "en"}, V1: "/SiStatData/api/v1/{lang}/Data", Database: "Data", DBText: "SiStat",
		MaxCells: 50_000_000, MaxValues: 10_000, MaxCalls: 500, Window: 10 * time.Second,
		Format1: "px", Formats: allFormats, Suffix: ".px", Errors: ErrorsHTML, CodePage: "utf-8"}
	Faroe = &Host{Name: "faroe", Languages: []string{"fo", "en"}, V1: "/api/v1/{lang}/H2", Database: "H2", DBText: "Hagtølini",
		SearchOff: Body{400, "application/json; charset=utf-8", `{"error":"Search not activated"}`},
		MaxCells:  8_000_000, MaxValues: 10_000, MaxCalls: 1_000_000, Window: 1_000_000 * time.Second,
		Format1: "json", Formats: allFormats, Suffix: ".px", Errors: ErrorsPlain, CodePage: "iso-8859-1"}
	Greenland = &Host{Name: "greenland", Languages: []string{"da", "kl", "en"}, V1: "/api/v1/{lang}/Greenland", Database: "Greenland", DBText: "Statbank",
		MaxCells: 2_000_000, MaxValues: 10_000, MaxCalls: 10_000, Window: 10 * time.Second,
		Format1: "px", Formats: allFormats, Suffix: ".px", Errors: ErrorsPlain, HTMLTexts: true, CodePage: "iso-8859-1"}
	Switzerland = &Host{Name: "switzerland", Languages: []string{"de", "fr", "en"}, V1: "/api/v1/{lang}/px-x-0102010000_101", Database: "px-x-0102010000_101", DBText: "px-x-0102010000_101", DatabasePerTable: true,
		MaxCells: 100_000, MaxValues: 10_000, MaxCalls: 50, Window: 15 * time.Second,
		Format1: "px", Formats: allFormats, Suffix: ".px", Errors: ErrorsHTML, CodePage: "iso-8859-1"}
	OsloCity = &Host{Name: "oslo", Languages: []string{"no"}, V1: "/statbank/api/v1/{lang}/db1", Database: "db1", DBText: "Statistikkbanken",
		MaxCells: 550_000, MaxValues: 10_000, MaxCalls: 50, Window: 10 * time.Second,
		Format1: "px", Formats: allFormats, Suffix: ".px", Errors: ErrorsPlain, OldSerializer: true, CodePage: "iso-8859-1"}
)

// Hosts are all of them.
func Hosts() []*Host {
	return []*Host{SSB, SCB, StatFin, Hagstofa, Estonia, Latvia, Slovenia, Faroe, Greenland, Switzerland, OsloCity}
}

var allFormats = []string{"json-stat2", "json-stat", "csv", "csv2", "csv3", "xlsx", "px", "json", "sdmx"}

// local is the time of day where the server stands.
var local = time.FixedZone("local", 3600)

const localLayout = "2006-01-02T15:04:05"
