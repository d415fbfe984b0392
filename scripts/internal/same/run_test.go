package main

import (
	"slices"
	"testing"
)

func TestRunText(t *testing.T) {
	for _, r := range []Run{
		{Mode: "file", Document: "shapes/dense", Command: "jsonstat2csv"},
		{Mode: "pipe", Document: "damaged/cut-3/made/csv-0/shapes/dense", Command: "csv2jsonstat", Options: []string{"--na=", "", "--label=two words", "-c=\t", `say "x"`, "`"}},
		{Mode: "server", Document: "-", Command: "pxfetch", Options: []string{"get", "1", "&&", "get", "2"}},
	} {
		got, err := parseRun(r.String())
		if err != nil {
			t.Errorf("%s: %v", r, err)
			continue
		}
		if got.String() != r.String() || !slices.Equal(got.Options, r.Options) {
			t.Errorf("%s comes back as %s", r, got)
		}
	}
	for _, text := range []string{"", "file shapes/dense", `file shapes/dense jsonstat2csv "x`, "server shapes/dense jsonstat2csv", "file - pxfetch"} {
		if r, err := parseRun(text); err == nil {
			t.Errorf("%q is read as %+v", text, r)
		}
	}
}

func TestParseFlags(t *testing.T) {
	flags, err := parseFlags("get", `x get - get a table

Examples:
  x get 1 --api 2
      a table

Options:
  -s, --status            add a column
  -n, --na=TEXT           text for --status
      --field=id|label|both
                          what --na is
      --explain[=text|json]
                          say why
      --nan=null          read NaN
      --header=ROW[-ROW]  rows

Exit status: 0 done.
`)
	if err != nil {
		t.Fatal(err)
	}
	want := []Flag{{Sub: "get", Name: "status", Letter: "s"}, {Sub: "get", Name: "na", Letter: "n", Valued: true}, {Sub: "get", Name: "field", Valued: true, Choices: []string{"id", "label", "both"}},
		{Sub: "get", Name: "explain", Optional: true, Choices: []string{"text", "json"}}, {Sub: "get", Name: "nan", Valued: true, Choices: []string{"null"}},
		{Sub: "get", Name: "header", Valued: true}}
	if !slices.EqualFunc(flags, want, func(a, b Flag) bool {
		return a.Sub == b.Sub && a.Name == b.Name && a.Letter == b.Letter && a.Valued == b.Valued && a.Optional == b.Optional && slices.Equal(a.Choices, b.Choices)
	}) {
		t.Errorf("the flags are %+v", flags)
	}
	for _, text := range []string{"", "  --status  without room for a letter"} {
		if flags, err := parseFlags("", text); err == nil {
			t.Errorf("%q has the flags %+v", text, flags)
		}
	}
}
