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

// TestBashCompletion lets bash complete.
func TestBashCompletion(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not here to complete")
	}
	tests := []struct {
		name  string
		words []string
		want  string
	}{
		{"flags", []string{"--"}, "--all --say --kind --by --why --stream --output --force --quiet --help --version --man --completion"},
		{"the rest of a flag", []string{"--sa"}, "--say"},
		{"letters", []string{"-s"}, "-s"},
		{"a choice", []string{"--kind", ""}, "small large"},
		{"the rest of a choice", []string{"--kind", "l"}, "large"},
		{"a choice behind an equals sign", []string{"--kind", "=", "s"}, "small"},
		{"nothing yet behind an equals sign", []string{"--kind", "="}, "small large"},
		{"a shell", []string{"--completion", "f"}, "fish"},
		{"a text", []string{"--say", "x"}, ""},
		{"a file", []string{"in"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			script := completion(manual, "bash") + "\nCOMP_WORDS=(sample"
			for _, w := range tt.words {
				script += " " + ShellQuote(w)
			}
			script += ")\nCOMP_CWORD=$((${#COMP_WORDS[@]}-1))\n_sample\necho \"${COMPREPLY[*]}\"\n"
			out, err := exec.Command(bash, "--norc", "-c", script).Output()
			require.NoError(t, err)
			require.Equal(t, tt.want, strings.TrimSpace(string(out)))
		})
	}
}

// TestCompletionScripts holds the other shells' scripts, which are seldom there
// to try them, against their grammar.
func TestCompletionScripts(t *testing.T) {
	zsh := completion(manual, "zsh")
	require.True(t, strings.HasPrefix(zsh, "#compdef sample\n"))
	for _, want := range []string{`'--all[all \[of\] it]'`, `'-a[all \[of\] it]'`, `'--say=[what'\''s to say]:TEXT:_files'`, `'-s+[what'\''s to say]:TEXT:_files'`, `'--kind=[of sample]:kind:(small large)'`, `'*--by=[by this]:DIM:_files'`} {
		require.Contains(t, zsh, want)
	}
	fish := completion(manual, "fish")
	for _, want := range []string{"complete -c sample -l all -s a -d 'all [of] it'\n", "complete -c sample -l say -s s -r -d 'what\\'s to say'\n", "complete -c sample -l kind -x -a 'small large' -d 'of sample'\n", "complete -c sample -l why -a 'text json' -d 'say why'\n"} {
		require.Contains(t, fish, want)
	}
	power := completion(manual, "powershell")
	for _, want := range []string{"-CommandName 'sample'", "'--kind' = @('small', 'large')", ",@('--say', 'what''s to say')"} {
		require.Contains(t, power, want)
	}
	require.Equal(t, strings.Count(power, "{"), strings.Count(power, "}"))
	for shell, check := range map[string][]string{"zsh": {"-n"}, "fish": {"--no-execute"}} {
		path, err := exec.LookPath(shell)
		if err != nil {
			continue
		}
		cmd := exec.Command(path, check...)
		cmd.Stdin = strings.NewReader(completion(manual, shell))
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s: %s", shell, out)
	}
}
