package main

import (
	"slices"
	"testing"
)

func names(list []scenario) []string {
	var names []string
	for _, s := range list {
		names = append(names, s.name)
	}
	return names
}

// A command that nobody measures gets slower without anybody seeing it.
func TestEveryCommandIsMeasured(t *testing.T) {
	commands, err := (&side{tree: "../../.."}).commands()
	if err != nil || len(commands) < 17 {
		t.Fatalf("commands: %v, %v", commands, err)
	}
	all, err := choose(scenarios(false), nil, commands)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range commands {
		works := slices.ContainsFunc(all, func(s scenario) bool { return s.tool == c && s.in != "" })
		// What pxfetch does to data is measured by merge, jsonstat by front.sh.
		if !works && c != "pxfetch" && c != "jsonstat" {
			t.Errorf("no scenario gives %s anything to do", c)
		}
		if !slices.Contains(names(all), "start "+c) {
			t.Errorf("the start-up of %s is not measured", c)
		}
	}
	for _, s := range all {
		if s.tool != "merge" && !slices.Contains(commands, s.tool) {
			t.Errorf("%s: there is no command %s", s.name, s.tool)
		}
	}
	if sorted := slices.Compact(slices.Sorted(slices.Values(names(all)))); len(sorted) != len(all) {
		t.Error("two scenarios have one name")
	}
}

func TestEveryInputIsMadeAndRead(t *testing.T) {
	read := map[string]bool{"": true}
	made := map[string]bool{"": true}
	for _, in := range inputs(1000) {
		made[in.name] = true
		if in.tool != "" && !made["doc.json"] {
			t.Errorf("%s is made before the document that it is made of", in.name)
		}
	}
	for _, s := range scenarios(false) {
		read[s.in] = true
		if !made[s.in] {
			t.Errorf("%s: nothing makes %s", s.name, s.in)
		}
	}
	for name := range made {
		if !read[name] {
			t.Errorf("nothing reads %s", name)
		}
	}
}

func TestChoose(t *testing.T) {
	list := []scenario{{name: "a"}, {name: "b"}, {name: "b-x"}}
	tests := []struct {
		name  string
		names []string
		want  []string // nil is an error
	}{
		{"none is all", nil, []string{"a", "b", "b-x", "start p", "start q"}},
		{"all", []string{"all"}, []string{"a", "b", "b-x", "start p", "start q"}},
		{"in the order of the call", []string{"b", "a"}, []string{"b", "a"}},
		{"start", []string{"start", "a"}, []string{"start p", "start q", "a"}},
		{"a variant is not its command", []string{"b-x"}, []string{"b-x"}},
		{"unknown", []string{"a", "c"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := choose(list, tt.names, []string{"p", "q"})
			if (err != nil) != (tt.want == nil) || !slices.Equal(names(got), tt.want) {
				t.Errorf("choose(%v) = %v, %v, want %v", tt.names, names(got), err, tt.want)
			}
		})
	}
}

// What is not asked for is neither made nor built.
func TestNeeded(t *testing.T) {
	chosen, err := choose(scenarios(false), []string{"csv2jsonstat", "sdmx2jsonstat"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	made := needed(inputs(1000), chosen)
	var got []string
	for _, in := range made {
		got = append(got, in.name)
	}
	if want := []string{"doc.json", "sdmx-flat.json", "doc.csv"}; !slices.Equal(got, want) {
		t.Errorf("inputs %v, want %v", got, want)
	}
	if got, want := tools(chosen, made), []string{"csv2jsonstat", "sdmx2jsonstat", "jsonstat2csv"}; !slices.Equal(got, want) {
		t.Errorf("tools %v, want %v", got, want)
	}
}

func TestDefaults(t *testing.T) {
	tests := []struct {
		name string
		o    options
		runs int // 0 is an error
	}{
		{"plain", options{dir: "d"}, 8},
		{"short", options{dir: "d", short: true}, 2},
		{"short, and yet many", options{dir: "d", short: true, runs: 20}, 20},
		{"no folder", options{}, 0},
		{"to without against", options{dir: "d", to: "x"}, 0},
		{"no runs", options{dir: "d", runs: -1}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.o.defaults()
			if (err != nil) != (tt.runs == 0) || err == nil && tt.o.runs != tt.runs {
				t.Errorf("%d runs, %v, want %d", tt.o.runs, err, tt.runs)
			}
		})
	}
}
