package cli

import (
	"bytes"
	"encoding/base64"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSplitLine(t *testing.T) {
	t.Setenv("KNOWN", "k n")
	for _, tt := range []struct {
		name, shell, line string
		want              []string // "?" behind one that is vague, ">" behind a target
	}{
		{"nothing", "bash", "", []string{""}},
		{"the name alone", "bash", "a", []string{"a"}},
		{"an empty word at the end", "bash", "a b ", []string{"a", "b", ""}},
		{"blanks", "bash", "a \t b", []string{"a", "b"}},
		{"quotes", "bash", `a 'b c'd"e f" ''`, []string{"a", "b cd" + "e f", ""}},
		{"open quotes", "bash", `a 'b "c`, []string{"a", `b "c`}},
		{"open quotes of nothing", "bash", `a "`, []string{"a", ""}},
		{"a backslash", "bash", `a b\ c\"d "e\"f\g" 'h\'`, []string{"a", `b c"d`, `e"f\g`, `h\`}},
		{"one at the end", "bash", `a b\`, []string{"a", "b"}},
		{"variables", "bash", `a $KNOWN "${KNOWN}x" '$KNOWN' $NOSUCH`, []string{"a", "k n?", "k nx?", "$KNOWN", "$NOSUCH?"}},
		{"a command", "bash", "a $(b", []string{"a", "$(b?"}},
		{"a tilde", "bash", "a ~/b ~c/d e~f ~", []string{"a", "~/b", "~c/d?", "e~f", "~"}},
		{"redirections", "bash", "a <in b 2>&1 >out c", []string{"a", "b", "c"}},
		{"one that is being typed", "bash", "a > ou", []string{"a", "ou>"}},
		{"a sign that is no redirection", "bash", `a 'x>y' \<`, []string{"a", "x>y", "<"}},
		{"fish quotes", "fish", `a 'b\'c\\d\e' "f\$g"`, []string{"a", `b'c\d\e`, "f$g"}},
		{"PowerShell quotes", "powershell", "a 'b''c' \"d\"\"e`$f\" g` h i\\j", []string{"a", "b'c", `d"e$f`, "g h", `i\j`}},
		{"letters", "zsh", "a Grünerløkka ", []string{"a", "Grünerløkka", ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, w := range splitLine(tt.shell, tt.line) {
				text := w.text
				if w.vague {
					text += "?"
				}
				if w.target {
					text += ">"
				}
				got = append(got, text)
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestLineGiven(t *testing.T) {
	require.Equal(t, `a "ø`, lineGiven("powershell", base64.StdEncoding.EncodeToString([]byte(`a "ø`))))
	require.Equal(t, "YQ==", lineGiven("bash", "YQ=="))
}

// TestReplacedFrom has the text that bash replaces in a line.
func TestReplacedFrom(t *testing.T) {
	const breaks = " \t\n\"'@><=;|&(:"
	for _, tt := range []struct{ line, breaks, text, open string }{
		{"a bc", breaks, "bc", ""},
		{"a ", breaks, "", ""},
		{"a --b=c", breaks, "c", ""},
		{"a --b=", breaks, "", ""},
		{"a --b=c", " ", "--b=c", ""},
		{"a b=c/d:e", breaks, "e", ""},
		{`a b\ c`, breaks, `b\ c`, ""},
		{`a b=\"c\ d\"/e`, breaks, `\"c\ d\"/e`, ""},
		{"a 'b c", breaks, "b c", "'"},
		{`a b="c d`, breaks, "c d", `"`},
		{`a 'b=c'd`, breaks, "'b=c'd", ""},
		{`a b='c d'/e`, breaks, "'c d'/e", ""},
		{"", breaks, "", ""},
	} {
		from, open := replacedFrom(tt.line, tt.breaks)
		require.Equal(t, tt.text, tt.line[from:], tt.line)
		require.Equal(t, tt.open, strings.Trim(string(open), "\x00"), tt.line)
	}
}

// TestEscaped lets a shell read what was escaped.
func TestEscaped(t *testing.T) {
	for _, text := range []string{"", "plain", "a b", `a"b'c`, "$HOME `id` \\ !", "#x", "~", "a#~", "a;b|c&d<e>f(g)h[i]{j}*?", "Grünerløkka", "'"} {
		for _, tt := range []struct {
			open byte
			line string
		}{{0, "%s"}, {'"', `"%s"`}, {'\'', "'%s'"}} {
			line := "printf %s " + strings.Replace(tt.line, "%s", escaped(text, tt.open, true), 1)
			if strings.Contains(text, "!") && tt.open != 0 {
				continue // means something only where lines are typed, and then in all quotes
			}
			out, err := exec.Command("sh", "-c", line).Output()
			require.NoError(t, err, line)
			require.Equal(t, text, string(out), line)
		}
	}
}

// TestBashAnswer has what bash is told: how a word goes on behind what it replaces.
func TestBashAnswer(t *testing.T) {
	inFolder(t, map[string]string{"odd.json": odd, "my file.json": odd})
	cmd := frontDoor()
	for _, tt := range []struct{ name, line, kind, want string }{
		{"a word", "front csv odd.json --content l", "9", "label\n:nosort\n"},
		{"behind an equals sign", "front csv odd.json --content=l", "9", "label\n:nosort\n"},
		{"something must follow", "front csv odd.json --keep Ti", "9", "Tid=\n:nospace nosort\n"},
		{"in quotes that stay open", "front csv odd.json --keep 'Ti", "9", "Tid=\nTid=…\n:nospace nosort\n"},
		{"behind a list", "front csv odd.json --keep A/B=x/", "9", "x/\\$y\n:nosort\n"},
		{"with quotes", `front csv odd.json --keep My\ dim=a`, "9", "\\\"a\\ b\\\"\n:nosort\n"},
		{"with quotes in quotes", `front csv odd.json --keep "My dim=a`, "9", "My dim=\\\"a b\\\"\"\n:nosort\n"},
		{"with a quote in quotes", "front csv odd.json --keep 'My dim=e", "9", "My dim=\"e=f'\\''g\"\n:nosort\n"},
		{"files", "front csv my", "9", "my file.json\n:filenames nosort\n"},
		{"no files", "front csv nosuch", "9", ":default nosort\n"},
		{"a variable", "front csv $X", "9", ":default nosort\n"},
		{"not shown yet", "front csv odd.json --by ", "9", "My\\ dim\nA/B\nTid\n:nosort\n"},
		{"shown", "front csv odd.json --by ", "63", "My\\ dim  (Mine)\nA/B\nTid      (year)\n:nosort\n"},
		{"shown at once", "front go ", "33", "get   (get x)\nhelp  (what there is, or more ab…\n:nosort\n"},
		{"gone through", "front csv odd.json --by ", "37", "My\\ dim\nA/B\nTid\n:nosort\n"},
		{"gone through in quotes", "front csv odd.json --keep 'Ti", "37", "Tid=\n:nospace nosort\n"},
		{"found by their labels", "front csv odd.json --keep 'My dim=Oslo", "9", "My dim=\"a b\"\nMy dim=\"c/d\"\n \n:nosort\n"},
		{"one found by its label", "front csv odd.json --keep My\\ dim=Gamle", "9", "\\\"a\\ b\\\"\n:nosort\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newPrinter("bash", tt.line, []string{tt.kind, "35", " \t\n\"'@><=;|&(:"})
			require.Equal(t, tt.want, p.print(completeLine(cmd, p.words)))
		})
	}
}

// TestZshAnswer has what zsh is told: whole words, and what it lists for each.
func TestZshAnswer(t *testing.T) {
	inFolder(t, map[string]string{"odd.json": odd})
	cmd := frontDoor()
	for _, tt := range []struct{ name, line, want string }{
		{"a list that goes on", "front csv odd.json --keep A/B=x/", "A/B=x/$y\t$y\n:\n"},
		{"dimensions", "front csv odd.json --by ", "My dim\tMy dim  (Mine)\nA/B\tA/B\nTid\tTid     (year)\n:\n"},
		{"found by their labels", "front csv odd.json --keep 'My dim=Oslo", "My dim=\"a b\"\t\"a b\"  (Gamle Oslo)\nMy dim=\"c/d\"\t\"c/d\"  (Oslo V)\n:list\n"},
		{"files", "front csv od", ":files 0 (#i)*(.json|.thing)(|.gz|.zst)\n"},
		{"any files", "front csv od x", ":files 0 *\n"},
		{"files behind a flag", "front csv od --describe=od", ":files 11 *\n"},
		{"folders", "front link ", ":folders 0\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newPrinter("zsh", tt.line, []string{"80"})
			require.Equal(t, tt.want, p.print(completeLine(cmd, p.words)))
		})
	}
}

// TestPowershellAnswer has words in its quotes, and a call as the script makes it.
func TestPowershellAnswer(t *testing.T) {
	inFolder(t, map[string]string{"odd.json": odd})
	for line, want := range map[string]string{
		"front csv odd.json --by M":           "'My dim'\tMine\n:\n",
		"front csv odd.json --by T":           "Tid\tyear\n:\n",
		"front csv odd.json --by Tid,A":       "'Tid,A/B'\n:\n",
		"front csv odd.json --keep='My dim=e": "'--keep=My dim=\"e=f''g\"'\tBærum\n:\n",
	} {
		var out, errout bytes.Buffer
		code := Run(frontDoor(), Env{
			Args:  []string{completeWord, "powershell", base64.StdEncoding.EncodeToString([]byte(line))},
			Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errout,
			Getenv: func(name string) string { return map[string]string{"JSONSTAT_DEBUG": "1"}[name] }, // without time limit
		})
		require.Equal(t, result{0, want, ""}, result{code, out.String(), errout.String()}, line)
	}
}
