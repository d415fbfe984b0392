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
	flags, err := parseFlags(`# fish completion for x
complete -c x -l status -s s -d 'add a column'
complete -c x -l na -s n -r -d 'text for -l missing'
complete -c x -l field -x -a 'id label both' -d 'what'
complete -c x -l explain -a 'text json' -d 'say why'
complete -c x -f -n __fish_use_subcommand -a get -d 'get a table'
complete -c x -n '__fish_seen_subcommand_from get' -l api -x -a 'auto 1' -d 'version'
`)
	if err != nil {
		t.Fatal(err)
	}
	want := []Flag{{Name: "status", Letter: "s"}, {Name: "na", Letter: "n", Valued: true}, {Name: "field", Valued: true, Choices: []string{"id", "label", "both"}},
		{Name: "explain", Optional: true, Choices: []string{"text", "json"}},
		{Sub: "get", Name: "api", Valued: true, Choices: []string{"auto", "1"}}}
	if !slices.EqualFunc(flags, want, func(a, b Flag) bool {
		return a.Sub == b.Sub && a.Name == b.Name && a.Letter == b.Letter && a.Valued == b.Valued && a.Optional == b.Optional && slices.Equal(a.Choices, b.Choices)
	}) {
		t.Errorf("the flags are %+v", flags)
	}
	for _, text := range []string{"", "complete -c x --long-option status -l x"} {
		if flags, err := parseFlags(text); err == nil {
			t.Errorf("%q has the flags %+v", text, flags)
		}
	}
}
