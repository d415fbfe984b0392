package pxfetch

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
	"github.com/jsonstat-go/toolkit/pxweb"
)

// TestHosts names servers as people do. Each call tells a table, or one line that says what is
// wrong, with status 2.
func TestHosts(t *testing.T) {
	base, _ := pxserver.Start(t, pxserver.Options{})
	port := base[strings.LastIndex(base, ":"):]
	tests := []struct {
		name, args string
		status     int
		says       string // in the output, or in the errors
	}{
		{"no scheme on this machine", "meta 05839 --host localhost" + port, 0, "table     05839"},
		{"a base without a scheme", "meta 05839 --host 127.0.0.1" + port + "/api/pxwebapi/v2", 0, "table     05839"},
		{"a table without a scheme", "meta localhost" + port + "/api/v0/en/table/05839", 0, "table     05839"},
		{"capitals", "meta HTTP://LOCALHOST" + port + "/api/v0/en/table/05839", 0, "table     05839"},
		{"the version of a server by its name", "meta 05839 --api 2 --host " + base, 0, "table     05839"},
		{"the place of a version by its language", "meta 05839 --api 1 --host " + base + "/api/v0/en/table", 0, "table     05839"},
		{"a word", "meta 05839 --host sbb", 2, `there is no host "sbb"`},
		{"a path", "meta 05839 --host some/page", 2, `"some/page" is no address: it begins with https://`},
		{"another scheme", "meta ftp://data.ssb.no/05839", 2, `"ftp://data.ssb.no/05839" is no address: it begins with https://`},
		{"any page", "meta https://host.example/en/page", 2, "hint: --api=1 takes what stands in front of its language as the base\nhint: --api=2 takes it as the base of version 2\n"},
		{"any page, no language", "meta https://host.example/page", 2, "or is only https://name\nhint: --api=2 takes it as the base of version 2\n"},
		{"no language for version 1", "meta 1 --api 1 --host https://host.example/page", 2, "there is no language in it"},
		{"a saved query that nobody gives", "meta https://pxdata.stat.fi/PxWeb/sq/a1", 2, "which this server has not: open the page"},
		{"a server, no table", "meta " + base, 2, "is the address of a server, not of a table"},
		{"a language that is not there", "meta 05839 --lang xx", 2, `has no language "xx": it is one of no or en`},
		{"a language with its country", "meta 05839 --lang en-GB", 0, "Population"},
		{"a zero eaten", "meta 5839", 1, "hint: 05839? spreadsheets leave out the zero in front of a number\n"},
		{"an eaten zero at an office without such numbers", "meta 583 --host " + base + "/other/api/v2", 1, "hint: 00583?"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, out, errout := call(t, base, strings.Fields(tt.args)...)
			require.Equal(t, tt.status, status, errout)
			if status == 0 {
				require.Contains(t, out, tt.says)
				return
			}
			require.Contains(t, errout, tt.says)
			require.Equal(t, 1, strings.Count(errout, "pxfetch: "), "one line, and hints")
		})
	}
}

// TestNameHints says what the name of a table tells, and which office was asked where nobody
// named one.
func TestNameHints(t *testing.T) {
	asked, zero := "Statistics Norway was asked, since neither --host nor PXFETCH_HOST names another server", "05839? spreadsheets leave out the zero in front of a number"
	tests := []struct {
		name, host, table string
		byDefault         bool
		want              string
	}{
		{"another office's table", "ssb", "TAB001", true, asked},
		{"a path", "ssb", "be/be01", true, asked},
		{"another office's table, host named", "ssb", "TAB001", false, ""},
		{"a number of Statistics Norway", "ssb", "05839", true, ""},
		{"six digits", "ssb", "105839", true, asked},
		{"a zero eaten", "ssb", "5839", true, zero},
		{"a zero eaten, server by its address", "https://px.example.org", "5839", false, zero},
		{"an office with other names", "scb", "5839", false, ""},
		{"nothing", "ssb", "0", true, asked},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			host, ok := pxweb.FindHost(tt.host)
			require.True(t, ok)
			require.Equal(t, tt.want, strings.Join(nameHints(host, tt.table, tt.byDefault), "; "))
		})
	}
}
