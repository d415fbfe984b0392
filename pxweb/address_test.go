package pxweb

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseAddress(t *testing.T) {
	tests := []struct {
		address, name, v1, v2, lang, table, saved string
		api                                       API
	}{
		{address: "https://www.ssb.no/statbank/table/05839", name: "ssb", table: "05839"},
		{address: "https://www.ssb.no/en/statbank/table/05839/tableViewLayout1/", name: "ssb", table: "05839", lang: "en"},
		{address: "https://www.ssb.no/tabell/05839", name: "ssb", table: "05839"},
		{address: "https://www.ssb.no/statbank/sq/10012345", name: "ssb", saved: "10012345", api: V2},
		{address: "https://data.ssb.no/api/v0/no/table/05839", name: "ssb", lang: "no", table: "05839", api: V1},
		{address: "https://data.ssb.no/api/v0/en/table/be/be01/folkemengde/Folkemengde2", name: "ssb", lang: "en", table: "be/be01/folkemengde/Folkemengde2", api: V1},
		{address: "https://data.ssb.no/api/pxwebapi/v2/tables/05839/data?lang=no&valueCodes[Tid]=top(5)", name: "ssb", lang: "no", table: "05839", api: V2},
		{address: "https://data.ssb.no/api/pxwebapi/v2/tables/05839", name: "ssb", table: "05839", api: V2},
		{address: "https://data.ssb.no/api/pxwebapi/v2/savedqueries/123/data", name: "ssb", saved: "123", api: V2},
		{address: "https://data.ssb.no", name: "ssb"},
		{address: "https://api.scb.se/OV0104/v1/doris/sv/ssd/BE/BE0101/BefolkningNy", name: "scb", lang: "sv", table: "BE/BE0101/BefolkningNy", api: V1},
		{address: "https://statistikdatabasen.scb.se/api/v2", name: "scb", api: V2},
		{address: "https://pxdata.stat.fi/PXWeb/api/v1/fi/StatFin/vrm/statfin_vrm_pxt_11ra.px", name: "statfin", lang: "fi", table: "vrm/statfin_vrm_pxt_11ra.px", api: V1},
		{address: "https://pxdata.stat.fi/PXWeb/api/v1/fi/StatFin_Passiivi/x.px", v1: "https://pxdata.stat.fi/PXWeb/api/v1/{lang}/StatFin_Passiivi", lang: "fi", table: "x.px", api: V1},
		{address: "https://px.hagstofa.is/pxen/api/v1/en/Ibuar/mannfjoldi/MAN00101.px", name: "hagstofa", lang: "en", table: "Ibuar/mannfjoldi/MAN00101.px", api: V1},
		{address: "https://example.org/api/v1/en/db/a%20b/t%20%C3%B8.PX", v1: "https://example.org/api/v1/{lang}/db", lang: "en", table: "a b/t ø.PX", api: V1},
		{address: "http://127.0.0.1:8080", v1: "http://127.0.0.1:8080/api/v0/{lang}/table", v2: "http://127.0.0.1:8080/api/pxwebapi/v2"},
		{address: "http://127.0.0.1:8080/px/api/v2/", v2: "http://127.0.0.1:8080/px/api/v2", api: V2},
	}
	for _, tt := range tests {
		t.Run(tt.address, func(t *testing.T) {
			a, err := ParseAddress(tt.address)
			require.NoError(t, err)
			require.Equal(t, tt.name, a.Host.Name)
			if tt.name == "" {
				require.Equal(t, tt.v1, a.Host.V1)
				require.Equal(t, tt.v2, a.Host.V2)
			}
			require.Equal(t, []any{tt.api, tt.lang, tt.table, tt.saved}, []any{a.API, a.Lang, a.Table, a.Saved})
		})
	}
	for _, bad := range []string{"", "ssb", "ftp://data.ssb.no/", "https://", "https://example.org/some/page", "::"} {
		_, err := ParseAddress(bad)
		require.Error(t, err, bad)
	}
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
	for name, want := range map[string]string{"ssb": "ssb", "SSB": "ssb", "norway": "ssb", "hagstofa": "hagstofa", "https://data.ssb.no/api/v0/no/table": "ssb"} {
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
