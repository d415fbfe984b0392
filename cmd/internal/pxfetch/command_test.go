package pxfetch

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

func TestTable(t *testing.T) { require.NoError(t, Command().Check()) }

// call runs the command against a server and returns its exit status and output.
func call(t *testing.T, base string, args ...string) (int, string, string) {
	t.Helper()
	t.Setenv("PXFETCH_HOST", base)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	var out, errout bytes.Buffer
	code := cli.Run(Command(), cli.Env{Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errout})
	return code, out.String(), errout.String()
}

// TestVeryMuch wants to be told twice before it gets more than five million cells.
func TestVeryMuch(t *testing.T) {
	codes := func(n int) []pxserver.Value {
		list := make([]string, n)
		for i := range list {
			list[i] = fmt.Sprintf("c%04d", i)
		}
		return pxserver.Values(list...)
	}
	text := pxserver.T("stor", "big")
	big := pxserver.Table{ID: "99999", Name: "Stor", Subjects: []string{"be"}, Title: text, Contents: text, Source: text, Heading: 1,
		Variables: []pxserver.Variable{{Code: "A", Text: text, Values: codes(3000)}, {Code: "B", Text: text, Values: codes(2000)},
			{Code: "Tid", Text: text, Kind: pxserver.Time, Values: pxserver.Values("2024")}}, Cells: pxserver.Pseudo(1)}
	base, s := pxserver.Start(t, pxserver.Options{Tables: []pxserver.Table{big}})
	code, out, errout := call(t, base, "get", "99999")
	require.Equal(t, 2, code)
	require.Empty(t, out)
	require.Contains(t, errout, "pxfetch: that is 6 000 000 cells in 8 requests\nhint: --yes gets it all\n")
	for _, r := range s.Requests() {
		require.NotEqual(t, "POST", r.Method, "no data were asked for")
	}
	code, out, _ = call(t, base, "get", "99999", "--dry-run")
	require.Equal(t, 0, code)
	require.Contains(t, out, "requests  8 of at most 800 000 cells: ")
}

// TestProgress tells parts, cells and waits on a terminal.
func TestProgress(t *testing.T) {
	base, _ := pxserver.Start(t, pxserver.Options{MaxCells: 100, Faults: pxserver.Faults{DataOnly: true, On: map[int]pxserver.Fault{2: pxserver.Unavailable}}})
	t.Setenv("PXFETCH_HOST", base)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	var out, errout bytes.Buffer
	code := cli.Run(Command(), cli.Env{Args: []string{"get", "03013"}, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errout, Terminal: func(s any) bool { return s == any(&errout) }})
	require.Equal(t, 0, code, errout.String())
	require.Regexp(t, `1 of \d+ parts, \d+ of \d+ cells`, errout.String())
	require.Contains(t, errout.String(), "waiting 1s: the server answered 503")
	require.True(t, strings.HasSuffix(errout.String(), "\r\x1b[K"), "the line is taken away")
}
