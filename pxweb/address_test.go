package pxweb

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// addressForm is an address and what it says: of a known host its name, of another one its
// bases.
type addressForm struct {
	name, address, host, v1, v2, lang, table, saved string
	api                                             API
}

func (f addressForm) check(t *testing.T, a *Address) {
	t.Helper()
	require.Equal(t, f.host, a.Host.Name)
	if f.host == "" {
		require.Equal(t, f.v1, a.Host.V1)
		require.Equal(t, f.v2, a.Host.V2)
	}
	require.Equal(t, []any{f.api, f.lang, f.table, f.saved}, []any{a.API, a.Lang, a.Table, a.Saved})
}

func TestParseAddress(t *testing.T) {
	tests := []addressForm{
		// Pages of offices.
		{name: "page of a table", address: "https://www.ssb.no/statbank/table/05839", host: "ssb", table: "05839"},
		{name: "its English page, with a layout", address: "https://www.ssb.no/en/statbank/table/05839/tableViewLayout1/", host: "ssb", table: "05839", lang: "en"},
		{name: "its short page", address: "https://www.ssb.no/tabell/05839", host: "ssb", table: "05839"},
		{name: "without www", address: "ssb.no/tabell/05839", host: "ssb", table: "05839"},
		{name: "page of PxStat", address: "https://data.cso.ie/table/CPM01", host: "cso", table: "CPM01"},

		// Pages that PxWeb makes by its rule.
		{name: "page below START", address: "https://www.statistikdatabasen.scb.se/pxweb/sv/ssd/START__BE__BE0101__BE0101A/BefolkManad/", host: "scb", lang: "sv", table: "BE/BE0101/BE0101A/BefolkManad", api: V1},
		{name: "page below the database, site with a path", address: "https://pxdata.stat.fi/PxWeb/pxweb/fi/StatFin/StatFin__vaerak/11re.px/table/tableViewLayout1/", host: "statfin", lang: "fi", table: "vaerak/11re.px", api: V1},
		{name: "page of another database", address: "https://pxdata.stat.fi/PxWeb/pxweb/sv/StatFin_Passiivi/StatFin_Passiivi__vrm/x.px/", v1: "https://pxdata.stat.fi/PxWeb/api/v1/{lang}/StatFin_Passiivi", lang: "sv", table: "vrm/x.px", api: V1},
		{name: "page without levels", address: "https://pxweb.stat.si/SiStatData/pxweb/en/Data/-/05A1002S.px/", host: "surs", lang: "en", table: "05A1002S.px", api: V1},
		{name: "page of a host without a database in its base", address: "https://www.pxweb.bfs.admin.ch/pxweb/de/px-x-0102010000_101/-/px-x-0102010000_101.px/?rxid=1", host: "bfs", lang: "de", table: "px-x-0102010000_101/px-x-0102010000_101.px", api: V1},
		{name: "page of a language with a base of its own", address: "https://px.hagstofa.is/pxen/pxweb/en/Ibuar/Ibuar__mannfjoldi/MAN00101.px", host: "hagstofa", lang: "en", table: "Ibuar/mannfjoldi/MAN00101.px", api: V1},
		{name: "page of an unknown site", address: "https://stat.example.org/some/pxweb/en/db/db__a%20b/t.px/sortedtable/", v1: "https://stat.example.org/some/api/v1/{lang}/db", lang: "en", table: "a b/t.px", api: V1},
		{name: "page without the part pxweb", address: "https://andmed.stat.ee/en/stat/majandus__hinnad/IA001/table/tableViewLayout2", host: "stat.ee", lang: "en", table: "majandus/hinnad/IA001", api: V1},
		{name: "page of a level", address: "https://bank.stat.gl/pxweb/en/Greenland/Greenland__BE__BE01/", host: "stat.gl", lang: "en", table: "BE/BE01", api: V1},
		{name: "page of a database", address: "https://bank.stat.gl/pxweb/en/Greenland/", host: "stat.gl", lang: "en", api: V1},

		// Saved queries.
		{name: "saved query", address: "https://www.ssb.no/statbank/sq/10012345", host: "ssb", saved: "10012345", api: V2},
		{name: "saved query with an extension", address: "https://www.ssb.no/en/statbank/sq/10109887.px", host: "ssb", saved: "10109887", lang: "en", api: V2},
		{name: "saved query of another office", address: "https://www.statistikdatabasen.scb.se/sq/167024", host: "scb", saved: "167024", api: V2},
		{name: "saved query of an unknown site", address: "https://px.example.org/pxweb/sq/a1-b2.csv", v1: "https://px.example.org/api/v0/{lang}/table", v2: "https://px.example.org/api/pxwebapi/v2", saved: "a1-b2"},
		{name: "saved query of version 2", address: "https://data.ssb.no/api/pxwebapi/v2/savedqueries/123/data", host: "ssb", saved: "123", api: V2},

		// Version 1.
		{name: "table by its number", address: "https://data.ssb.no/api/v0/no/table/05839", host: "ssb", lang: "no", table: "05839", api: V1},
		{name: "table by its path", address: "https://data.ssb.no/api/v0/en/table/be/be01/folkemengde/Folkemengde2", host: "ssb", lang: "en", table: "be/be01/folkemengde/Folkemengde2", api: V1},
		{name: "two slashes", address: "https://data.ssb.no/api/v0/en/table//05839/", host: "ssb", lang: "en", table: "05839", api: V1},
		{name: "base with an oddity", address: "https://api.scb.se/OV0104/v1/doris/sv/ssd/BE/BE0101/BefolkningNy", host: "scb", lang: "sv", table: "BE/BE0101/BefolkningNy", api: V1},
		{name: "file as a table", address: "https://pxdata.stat.fi/PXWeb/api/v1/fi/StatFin/vrm/statfin_vrm_pxt_11ra.px", host: "statfin", lang: "fi", table: "vrm/statfin_vrm_pxt_11ra.px", api: V1},
		{name: "base in another case", address: "https://pxdata.stat.fi/PxWeb/api/v1/en/StatFin/vrm/x.px", host: "statfin", lang: "en", table: "vrm/x.px", api: V1},
		{name: "another database", address: "https://pxdata.stat.fi/PXWeb/api/v1/fi/StatFin_Passiivi/x.px", v1: "https://pxdata.stat.fi/PXWeb/api/v1/{lang}/StatFin_Passiivi", lang: "fi", table: "x.px", api: V1},
		{name: "language with a base of its own", address: "https://px.hagstofa.is/pxen/api/v1/en/Ibuar/mannfjoldi/MAN00101.px", host: "hagstofa", lang: "en", table: "Ibuar/mannfjoldi/MAN00101.px", api: V1},
		{name: "unknown server, escapes", address: "https://example.org/api/v1/en/db/a%20b/t%20%C3%B8.PX", v1: "https://example.org/api/v1/{lang}/db", lang: "en", table: "a b/t ø.PX", api: V1},
		{name: "PxStat, table", address: "https://ws.cso.ie/public/api.restful/PxStat.Data.Cube_API.PxAPIv1/en/28/CPIM/CPM01", host: "cso", lang: "en", table: "28/CPIM/CPM01", api: V1},
		{name: "PxStat, base", address: "https://ws-data.nisra.gov.uk/public/api.restful/PxStat.Data.Cube_API.PxAPIv1/en", host: "nisra", lang: "en", api: V1},
		{name: "PxStat, unknown server", address: "http://127.0.0.1:9/public/api.restful/PxStat.Data.Cube_API.PxAPIv1/ga/28/CPIM", v1: "http://127.0.0.1:9/public/api.restful/PxStat.Data.Cube_API.PxAPIv1/{lang}", lang: "ga", table: "28/CPIM", api: V1},
		{name: "PxStat, its other door", address: "https://ws.cso.ie/public/api.restful/PxStat.Data.Cube_API.ReadDataset/CPM01/JSON-stat/2.0/ga", host: "cso", lang: "ga", table: "CPM01", api: V1},

		// Version 2.
		{name: "data with a selection", address: "https://data.ssb.no/api/pxwebapi/v2/tables/05839/data?lang=no&valueCodes[Tid]=top(5)", host: "ssb", lang: "no", table: "05839", api: V2},
		{name: "table", address: "https://data.ssb.no/api/pxwebapi/v2/tables/05839", host: "ssb", table: "05839", api: V2},
		{name: "base", address: "https://statistikdatabasen.scb.se/api/v2", host: "scb", api: V2},
		{name: "base of an unknown server", address: "http://127.0.0.1:8080/px/api/v2/", v2: "http://127.0.0.1:8080/px/api/v2", api: V2},
		{name: "configuration", address: "https://px.example.org/api/v2/config", v2: "https://px.example.org/api/v2", api: V2},
		{name: "description", address: "https://px.example.org/api/v2/index.html", v2: "https://px.example.org/api/v2", api: V2},

		// Servers.
		{name: "server", address: "https://data.ssb.no", host: "ssb"},
		{name: "site of pages", address: "https://www.statistikdatabasen.scb.se/", host: "scb"},
		{name: "unknown server", address: "http://127.0.0.1:8080", v1: "http://127.0.0.1:8080/api/v0/{lang}/table", v2: "http://127.0.0.1:8080/api/pxwebapi/v2"},

		// Spellings of a server.
		{name: "default port of https", address: "https://data.ssb.no:443/api/v0/no/table/05839", host: "ssb", lang: "no", table: "05839", api: V1},
		{name: "default port of http", address: "http://data.ssb.no:80/api/v0/no/table", host: "ssb", lang: "no", api: V1},
		{name: "http for https", address: "http://data.ssb.no/api/pxwebapi/v2/tables/05839", host: "ssb", table: "05839", api: V2},
		{name: "capitals and a dot", address: "HTTPS://Data.SSB.no.:443/api/v0/no/table/05839", host: "ssb", lang: "no", table: "05839", api: V1},
		{name: "page with a port and capitals", address: "https://WWW.ssb.no:443/statbank/table/05839", host: "ssb", table: "05839"},
		{name: "another port is another server", address: "https://data.ssb.no:8443/api/pxwebapi/v2", v2: "https://data.ssb.no:8443/api/pxwebapi/v2", api: V2},
		{name: "unknown server in another spelling", address: "https://PX.Example.org.:443/api/v1/en/DB/T.px", v1: "https://px.example.org/api/v1/{lang}/DB", lang: "en", table: "T.px", api: V1},

		// Without a scheme.
		{name: "no scheme, known server", address: "data.ssb.no/api/v0/no/table/05839", host: "ssb", lang: "no", table: "05839", api: V1},
		{name: "no scheme, unknown server", address: "px.office.example/api/v2", v2: "https://px.office.example/api/v2", api: V2},
		{name: "no scheme, a word and the path of an API", address: "pxserver/api/v1/en/db", v1: "https://pxserver/api/v1/{lang}/db", lang: "en", api: V1},
		{name: "no scheme, this machine", address: "localhost:9810", v1: "http://localhost:9810/api/v0/{lang}/table", v2: "http://localhost:9810/api/pxwebapi/v2"},
		{name: "no scheme, this machine without a port", address: "localhost/api/v2", v2: "http://localhost/api/v2", api: V2},
		{name: "no scheme, this machine by number", address: "127.0.0.1:8080/api/v2", v2: "http://127.0.0.1:8080/api/v2", api: V2},
		{name: "no scheme, this machine by the other number", address: "[::1]:8080/api/v2", v2: "http://[::1]:8080/api/v2", api: V2},
		{name: "no scheme, port of another machine", address: "office:8080/api/v2", v2: "https://office:8080/api/v2", api: V2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := ParseAddress(tt.address)
			require.NoError(t, err)
			tt.check(t, a)
		})
	}
}

// TestParseAddressAs reads addresses whose form tells nothing, once the version is known.
func TestParseAddressAs(t *testing.T) {
	tests := []addressForm{
		{name: "a language in it", address: "https://host.example/some/path/en/db/sub/t.px", v1: "https://host.example/some/path/{lang}/db", lang: "en", table: "sub/t.px", api: V1},
		{name: "two letters that are no language", address: "https://host.example/px/sl/db", v1: "https://host.example/px/{lang}/db", lang: "sl", api: V1},
		{name: "nothing below the language", address: "https://host.example/statbank/fo", v1: "https://host.example/statbank/{lang}", lang: "fo", api: V1},
		{name: "any base", address: "https://host.example/some/path/", v2: "https://host.example/some/path", api: V2},
		{name: "a base without a scheme", address: "host.example/some/path", v2: "https://host.example/some/path", api: V2},
		{name: "a form that tells", address: "https://data.ssb.no/api/pxwebapi/v2/tables/05839", host: "ssb", table: "05839", api: V2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := ParseAddressAs(tt.address, tt.api)
			require.NoError(t, err)
			tt.check(t, a)
		})
	}
	_, err := ParseAddressAs("https://host.example/some/path", V1)
	require.ErrorContains(t, err, "there is no language in it")
}

// TestNoAddress is what is wrong with a text that is no address.
func TestNoAddress(t *testing.T) {
	tests := []struct{ name, address, err string }{
		{"nothing", "", "begins with https://"},
		{"a word", "ssb", "begins with https://"},
		{"a path", "vrm/statfin_vrm_pxt_11ra.px", "begins with https://"},
		{"another scheme", "ftp://data.ssb.no/", "begins with https://"},
		{"a slash too few", "https:/data.ssb.no", "begins with https://"},
		{"no colon", "https//data.ssb.no", "begins with https://"},
		{"no server", "https://", "begins with https://"},
		{"colons alone", "::", "begins with https://"},
		{"a port alone", ":8080", "begins with https://"},
		{"any page", "https://example.org/some/page", "it ends like .../api/v1/en/database"},
		{"a page without a scheme", "example.org/some/page", "it ends like .../api/v1/en/database"},
		{"saved query of an office without version 2", "https://pxdata.stat.fi/PxWeb/sq/a1b2", "use the address of its table"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseAddress(tt.address)
			require.ErrorContains(t, err, tt.err)
		})
	}
}

// TestSameServer knows a server by each spelling: its limits, licence, pages and version 2, and
// the file in which calls are counted.
func TestSameServer(t *testing.T) {
	ssb, _ := FindHost("ssb")
	times := transport.Times("cache", ssb.V2)
	for _, tt := range []struct{ name, address string }{
		{"as it is written", "https://data.ssb.no/api/v0/no/table"},
		{"port", "https://data.ssb.no:443/api/v0/no/table"},
		{"http", "http://data.ssb.no/api/v0/no/table"},
		{"http with its port", "http://data.ssb.no:80"},
		{"capitals", "https://DATA.ssb.NO"},
		{"dot", "https://data.ssb.no./api/pxwebapi/v2"},
		{"no scheme", "data.ssb.no"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h, ok := FindHost(tt.address)
			require.True(t, ok)
			want := ssb.over(tt.address)
			require.Equal(t, want, h)
			require.Equal(t, times, transport.Times("cache", h.V2))
			require.Equal(t, times, transport.Times("cache", tt.address), "also of an address as it was typed")
		})
	}
	h, _ := FindHost("http://data.ssb.no")
	require.Equal(t, "http://www.ssb.no", h.Web, "who writes http gets http")
	h, _ = FindHost("https://data.ssb.no/api/v0/en/table")
	require.Equal(t, []string{"en", "no"}, h.Languages, "the language of the address is the first")
}

func TestOtherDatabaseKeepsTheLimits(t *testing.T) {
	a, err := ParseAddress("https://pxdata.stat.fi/PXWeb/api/v1/en/Other/x.px")
	require.NoError(t, err)
	require.EqualValues(t, 120_000, a.Host.Cells)
	require.Equal(t, 40, a.Host.Calls)
}

func TestAddressSelections(t *testing.T) {
	tests := []struct{ name, query, want, err string }{
		{"codes", "valueCodes[Region]=1103,0301&valueCodes[Tid]=2024", "Region=0301,1103 ContentsCode=Personer,Andel Tid=2024", ""},
		{"escaped, in any case", "VALUECODES%5BTid%5D=top%282%29", "ContentsCode=Personer,Andel Tid=2023,2024", ""},
		{"brackets around commas", "valueCodes[Tid]=[range(2022,2023)],2024", "ContentsCode=Personer,Andel Tid=2022,2023,2024", ""},
		{"a comma in an expression", "valueCodes[Tid]=top(1,1)", "ContentsCode=Personer,Andel Tid=2023", ""},
		{"a code list", "codelist[Region]=agg_Fylker&valueCodes[Region]=F-03", "Region=agg:Fylker:F-03 " + rest, ""},
		{"a code list alone", "codelist[Region]=agg_Fylker", "", "names a code list and no values"},
		{"what is left out and cannot be", "valueCodes[Region]=0301", "Region=0301 " + rest, ""},
		{"a variable that only sorts", "valueCodes[$$SORT]=0,1&valueCodes[Tid]=2024", "ContentsCode=Personer,Andel Tid=2024", ""},
		{"what is no selection", "outputFormat=csv&heading=Tid&outputValues[Region]=x&valueCodes[Tid]=2024,$$SORT", "ContentsCode=Personer,Andel Tid=2024", ""},
		{"a variable that web pages add", "valueCodes[$$SORT]=0,1&valueCodes[Tid]=2024", "ContentsCode=Personer,Andel Tid=2024", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := ParseAddress("https://data.ssb.no/api/pxwebapi/v2/tables/05839/data?" + tt.query)
			require.NoError(t, err)
			asked, err := a.SavedQuery()
			var q *Query
			if err == nil {
				q, err = sample(t).Resolve(asked.Criteria, sampleLists)
			}
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, chosen(q))
		})
	}
}

// TestLayoutOfAddress: how a file of the server's is laid out.
func TestLayoutOfAddress(t *testing.T) {
	a, err := ParseAddress("https://data.ssb.no/api/pxwebapi/v2/tables/05839/data?lang=en&valuecodes[Tid]=2024&Stub=Tid,[a,b]&heading=&outputformat=csv&outputFormatParams=UseTexts,SeparatorSemicolon")
	require.NoError(t, err)
	got, err := a.SavedQuery()
	require.NoError(t, err)
	got.Criteria = nil
	require.Equal(t, &SavedQuery{API: V2, Table: "05839", Lang: "en", Format: "csv", Params: []string{"UseTexts", "SeparatorSemicolon"}, Heading: []string{}, Stub: []string{"Tid", "a,b"}}, got)
	for _, address := range []string{"https://data.ssb.no/api/pxwebapi/v2/tables/05839", "https://data.ssb.no/api/pxwebapi/v2/tables/05839/data?lang=en"} {
		a, err = ParseAddress(address)
		require.NoError(t, err)
		got, err = a.SavedQuery()
		require.NoError(t, err)
		require.Nil(t, got)
	}
}

func TestCodesWithCommas(t *testing.T) {
	codes := []string{"a,b", "c", "top(5,1)", "[x]", "(1)", "d-e"}
	require.Equal(t, codes, splitCodes(joinCodes(codes)))
}

func TestFindHost(t *testing.T) {
	for name, want := range map[string]string{"ssb": "ssb", "SSB": "ssb", "norway": "ssb", "hagstofa": "hagstofa", "https://data.ssb.no/api/v0/no/table": "ssb", "ireland": "cso", "nisra": "nisra"} {
		h, ok := FindHost(name)
		require.True(t, ok, name)
		require.Equal(t, want, h.Name)
	}
	_, ok := FindHost("sbb")
	require.False(t, ok)
	for _, h := range Hosts() {
		require.NotEmpty(t, h.Title)
		require.NotEmpty(t, h.Languages)
		require.NotZero(t, h.Cells, h.Name)
	}
}
