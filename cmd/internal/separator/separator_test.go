package separator

import (
	"bytes"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

func TestOf(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want string
		err  string
	}{
		{nil, "", ""},
		{[]string{"--sep", ";"}, ";", ""},
		{[]string{"--sep", "::"}, "::", ""},
		{[]string{"--sep", `\t`}, "\t", ""},
		{[]string{"--sep", "\t"}, "\t", ""},
		{[]string{"--sep", "tab"}, "\t", ""},
		{[]string{"--sep", "Comma"}, ",", ""},
		{[]string{"--sep", "SEMICOLON"}, ";", ""},
		{[]string{"--sep", "space"}, " ", ""},
		{[]string{"--sep", " "}, " ", ""},
		{[]string{"--sep", "pipe"}, "|", ""},
		{[]string{"--sep", "pipes"}, "pipes", ""},
		{[]string{"--sep", ""}, "", "--sep is empty: it is at least one character"},
		{[]string{"--sep", `"`}, "", `--sep "\"": quotes and line ends cannot separate anything in CSV`},
		{[]string{"--sep", "\n"}, "", `--sep "\n": quotes and line ends cannot separate anything in CSV`},
	} {
		var got string
		var errs bytes.Buffer
		cli.Run(cli.Command{
			Name: "try", Summary: "try", Flags: []cli.Flag{cli.String{Name: "sep", Help: "separator"}},
			Run: func(c *cli.Context) (err error) {
				got, err = Of(c, "sep")
				return err
			},
		}, cli.Env{Args: tt.args, Stdin: strings.NewReader(""), Stdout: &bytes.Buffer{}, Stderr: &errs})
		if got != tt.want || tt.err == "" && errs.Len() > 0 || tt.err != "" && errs.String() != "try: "+tt.err+"\n" {
			t.Errorf("%q is %q, %s", tt.args, got, &errs)
		}
	}
}
