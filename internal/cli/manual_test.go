package cli

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// manual is a command with everything that a page or a script must cope with.
var manual = Command{
	Name: "sample", Summary: "take samples - or not", Description: ".first a dot\n\nSecond 'quoted' \\ back-slash.",
	Args:     InputOutput,
	Examples: []Example{{Line: "sample --say 'it''s' in", Text: "says"}},
	Flags: []Flag{
		Bool{Name: "all", Short: 'a', Help: "all [of] it"},
		String{Name: "say", Short: 's', Value: "TEXT", Default: ",", Help: "what's to say"},
		Choice{Name: "kind", Values: []string{"small", "large"}, Help: "of sample"},
		Strings{Name: "by", Value: "DIM", Help: "by this"},
		Choice{Name: "why", Values: []string{"text", "json"}, Bare: "text", Help: "say why"},
	},
	Run: func(*Context) error { return nil },
}

func TestMan(t *testing.T) {
	page := man(manual)
	for _, want := range []string{
		".TH SAMPLE 1", ".SH NAME\nsample \\- take samples \\- or not\n", "\n\\&.first a dot\n.PP\nSecond \\(aqquoted\\(aq \\e back\\-slash.\n",
		".TP\n.B sample \\-\\-say \\(aqit\\(aq\\(aqs\\(aq in\nsays\n", ".TP\n\\fB\\-s\\fR, \\fB\\-\\-say\\fR=\\fITEXT\\fR\nwhat\\(aqs to say (default: \",\")\n",
		"by this (may be given several times)", ".SH EXIT STATUS",
	} {
		require.Contains(t, page, want)
	}
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, ".") {
			require.Regexp(t, `^\.(TH|SH|B|TP|PP)\b`, line)
		}
	}
	groff, err := exec.LookPath("groff")
	if err != nil {
		t.Skip("groff is not here to read the page")
	}
	cmd := exec.Command(groff, "-man", "-Tascii", "-ww")
	cmd.Stdin = strings.NewReader(page)
	var out, warnings bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &warnings
	require.NoError(t, cmd.Run())
	require.Empty(t, warnings.String())
	require.Contains(t, out.String(), "sample")
}
