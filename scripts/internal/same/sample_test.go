package main

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// commands are flags of all kinds, as commands have them.
var commands = []Command{
	{"jsonstat2csv", []Flag{{Name: "status", Letter: "s"}, {Name: "by", Letter: "y", Valued: true}, {Name: "na", Letter: "n", Valued: true}, {Name: "field", Valued: true, Choices: []string{"id", "label", "both"}}, {Name: "help", Letter: "h"}}},
	{"csv2jsonstat", []Flag{{Name: "head", Valued: true}, {Name: "role", Valued: true}, {Name: "stub", Valued: true}, {Name: "separator", Letter: "c", Valued: true},
		{Name: "explain", Optional: true, Choices: []string{"text", "json"}}}},
	{"sdmx2jsonstat", []Flag{{Name: "dims", Valued: true}, {Name: "value", Valued: true}, {Name: "structure", Valued: true}}},
	{"parquet2jsonstat", []Flag{{Name: "dimension", Valued: true}}},
	{"jsonstatdice", []Flag{{Name: "filter", Letter: "f", Valued: true}, {Name: "criteria", Valued: true}}},
}

func testLibrary(t *testing.T) *Library {
	t.Helper()
	l, err := newLibrary(filepath.Join("..", "..", ".."), "")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Every flag, every value of a choice, every kind of documents and every mode is
// in the sample of every command, whatever the seed is.
func TestSampleCovers(t *testing.T) {
	l := testLibrary(t)
	for _, seed := range []uint64{1, 2, 4, 77} {
		s := &sampler{commands: commands, library: l, seed: seed, times: 1}
		runs, err := s.runs()
		if err != nil {
			t.Fatal(err)
		}
		for _, cmd := range commands {
			mine := slices.DeleteFunc(slices.Clone(runs), func(r Run) bool { return r.Command != cmd.Name })
			for _, f := range cmd.Flags {
				if !slices.ContainsFunc(mine, func(r Run) bool { return r.has(f) }) {
					t.Errorf("seed %d: the flag %s of %s is in no run", seed, f, cmd.Name)
				}
				for _, value := range f.Choices {
					if !slices.ContainsFunc(mine, func(r Run) bool { return strings.Contains(strings.Join(r.Options, "=")+"=", "--"+f.Name+"="+value+"=") }) {
						t.Errorf("seed %d: %s=%s of %s is in no run", seed, f, value, cmd.Name)
					}
				}
			}
			for _, mode := range modes {
				if !slices.ContainsFunc(mine, func(r Run) bool { return r.Mode == mode }) {
					t.Errorf("seed %d: %s is never run in mode %s", seed, cmd.Name, mode)
				}
			}
			kinds := []string{"shapes", "odd", "random", "vectors", "testdata", "scripts", "damaged"}
			switch inputFormat(cmd.Name) {
			case "csv":
				kinds = []string{"made", "testdata", "scripts", "damaged"}
			case "sdmx":
				kinds = []string{"sdmx", "testdata", "scripts", "damaged"}
			case "parquet":
				kinds = []string{"made", "testdata", "damaged"}
			}
			for _, kind := range kinds {
				if !slices.ContainsFunc(mine, func(r Run) bool { return strings.HasPrefix(r.Document, kind+"/") }) {
					t.Errorf("seed %d: %s is never run on documents %s", seed, cmd.Name, kind)
				}
			}
		}
		again, err := s.runs()
		if err != nil {
			t.Fatal(err)
		}
		if !slices.EqualFunc(runs, again, func(a, b Run) bool { return a.String() == b.String() }) {
			t.Errorf("seed %d draws other runs the second time", seed)
		}
	}
}

func TestSpell(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(50) {
		seen[strings.Join(spell([]string{"--by=a b", "-s", "-f", "--na=", "-c=;", "-o"}, rand.New(rand.NewPCG(seed, 1))), " ")] = true
	}
	for _, want := range []string{"--by=a b -s -f --na= -c=; -o", "--by a b -s -f --na= -c=; -o", "--by=a b -sf --na= -c ; -o", "--by a b -sf --na= -c=; -o"} {
		if !seen[want] {
			t.Errorf("%q is not among %v", want, seen)
		}
	}
}

// A flag is tried by each of its names, and one with a value of its own alone, too.
func TestSampleNames(t *testing.T) {
	s := &sampler{commands: commands, library: testLibrary(t), seed: 1, times: 1}
	runs, err := s.runs()
	if err != nil {
		t.Fatal(err)
	}
	for command, words := range map[string][]string{
		"csv2jsonstat":  {"--separator", "-c", "--column", "--explain", "--explain=json", "--explain=nosuch"},
		"sdmx2jsonstat": {"--value", "--measures", "--dims"},
	} {
		for _, word := range words {
			if !slices.ContainsFunc(runs, func(r Run) bool {
				return r.Command == command && slices.ContainsFunc(r.Options, func(o string) bool {
					return o == word || !strings.Contains(word, "=") && word != "--explain" && strings.HasPrefix(o, word+"=")
				})
			}) {
				t.Errorf("%s is never run with %s", command, word)
			}
		}
	}
}

// A run over everything has every document that is not too large.
func TestSampleAll(t *testing.T) {
	l := testLibrary(t)
	s := &sampler{commands: commands[:1], library: l, seed: 1, times: 1, all: true}
	runs, err := s.runs()
	if err != nil {
		t.Fatal(err)
	}
	documents := map[string]bool{}
	for _, r := range runs {
		documents[r.Document] = true
	}
	for _, name := range l.namesOf("json") {
		if !documents[name] && !l.files[name].Cube.tooLarge(nil) {
			t.Errorf("%s is in no run", name)
		}
	}
}

// A flag that is not tried with anything is an error.
func TestCovered(t *testing.T) {
	if err := covered("jsonstat2csv", Flag{Name: "colour", Valued: true}); err == nil || !strings.Contains(err.Error(), "--colour of jsonstat2csv") {
		t.Errorf("a flag without values: %v", err)
	}
	if err := covered("jsonstat2csv", Flag{Name: "brand-new"}); err != nil {
		t.Errorf("a flag that takes no value: %v", err)
	}
	if err := covered(pxfetch, Flag{Sub: "get", Name: "brand-new"}); err == nil || !strings.Contains(err.Error(), "get --brand-new") {
		t.Errorf("a flag of pxfetch in no call: %v", err)
	}
	if err := coversAll(commands[0], []Run{{Command: "jsonstat2csv", Options: []string{"--status"}}}); err == nil {
		t.Error("runs without most of the flags cover all")
	}
}
